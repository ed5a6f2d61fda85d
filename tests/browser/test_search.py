"""The search in a real browser: what is found, how it is told, and that nothing is fetched before."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import AXE, Watched

STATUS = ".search-page [role=status]"


def search(page: Page, asked: str) -> None:
    """Types into the box and waits until the answer to just these words is told."""
    page.fill("#search-for", asked)
    expect(page.locator(STATUS)).to_contain_text(f'"{asked.strip()}"')
    if not page.locator(STATUS).inner_text().endswith(f'No results for "{asked.strip()}".'):
        expect(page.locator(".results > li").first).to_be_visible()


def titles(page: Page) -> list[str]:
    return page.locator(".results h2").all_inner_texts()


def fetched(watched: Watched) -> list[str]:
    return [urlsplit(url).path for url in watched.requests if url.endswith(".json")]


@pytest.fixture
def searching(watched: Watched) -> Watched:
    watched.page.set_viewport_size({"width": 1280, "height": 900})
    watched.open("/search/")
    return watched


def test_nothing_is_fetched_before_somebody_searches_and_little_then(searching: Watched) -> None:
    assert fetched(searching) == []
    search(searching.page, "made")
    expect(searching.page.locator(".results > li")).to_have_count(10)
    asked_for = sorted({path.split("/search/")[1].split("/")[0] for path in fetched(searching)})
    assert asked_for == ["about", "spelling.json", "titles.json", "words"]  # spellings for a word that comes all at once
    assert len([path for path in fetched(searching) if "/words/" in path]) == 1 and len(fetched(searching)) <= 12
    assert searching.elsewhere == [] and searching.complaints == []


def test_a_word_that_is_typed_right_needs_no_spellings(searching: Watched) -> None:
    searching.page.locator("#search-for").press_sequentially("puddles", delay=60)
    expect(searching.page.locator(STATUS)).to_contain_text('"puddles"')
    assert not [path for path in fetched(searching) if "spelling" in path]


@pytest.mark.parametrize("address", ["/search/", "/search/?q=xuddles"])
def test_spellings_are_sent_for_before_the_words_have_come(fresh: Watched, address: str) -> None:
    page = fresh.page
    page.route("**/search/words/*.json", lambda route: None)  # never come
    with page.expect_request("**/search/spelling.json"):
        fresh.open(address)
        if "?" not in address:
            page.fill("#search-for", "xuddles")


def test_the_best_answer_stands_first(searching: Watched) -> None:
    officer = "Kite Day Officer (KDO)"
    best = {
        "KDO": officer, "kdo": officer, "kite day officer": officer, "wind officer": officer, "gust": "Gust", "puddles": "Puddles",
        "windy lunches": "Windy lunches", "worried about a kite": "Worried about a kite?", "child q in seven minutes": "Child Q in seven minutes",
    }  # fmt: skip
    first = {}
    for asked in best:
        search(searching.page, asked)
        first[asked] = titles(searching.page)[0]
    assert first == best


def test_an_abbreviation_finds_the_pages_that_say_it_in_full(searching: Watched) -> None:
    search(searching.page, "KDO")
    assert "Windy lunches" in titles(searching.page)


def test_beginnings_endings_and_one_mistake_are_understood(searching: Watched) -> None:
    missed = []
    for asked in ("pudd", "puddle", "PUDDLES", "pudles", "pudddles", "pudldes", "upddles", "xuddles", "uddles"):
        search(searching.page, asked)
        missed += [] if "Puddles" in titles(searching.page)[:3] else [(asked, titles(searching.page)[:3])]
    assert missed == []


def test_a_corrected_word_is_told(searching: Watched) -> None:
    search(searching.page, "xartnership")
    assert 'Showing "partnership".' in searching.page.locator(STATUS).inner_text()


def test_a_word_without_its_doubled_letter_or_with_its_own_first_letter_is_not_taken_for_another(searching: Watched) -> None:
    for asked, meant in {"woried": "worried", "litle": "little", "puddlles": "puddles", "counsed": "counted"}.items():  # not worked, title
        search(searching.page, asked)
        assert f'Showing "{meant}".' in searching.page.locator(STATUS).inner_text(), asked


def test_words_typed_as_one_are_looked_for_one_by_one(searching: Watched) -> None:
    for asked, meant in {"puddleskites": "puddles kites", "wheretheworriedkites": "where the worried kites"}.items():
        search(searching.page, asked)
        assert f'Showing "{meant}".' in searching.page.locator(STATUS).inner_text()
    search(searching.page, "puddleskites")
    assert {"Puddles", "Kites"} & set(titles(searching.page)[:3])


def test_numbers_and_marks_are_cut_alike_by_index_and_script(searching: Watched) -> None:
    status = searching.page.locator(STATUS)
    for asked in ("2,829", "78.5%", "children's", "children’s", "01632 960001", "2022/23", "Made-up", "Child Q and kites", "£1,234.50"):
        search(searching.page, asked)
        assert re.match(r"[\d,]+ results? for ", status.inner_text()), asked
        assert "None has all" not in status.inner_text(), asked


def test_what_holds_no_word_is_not_answered(searching: Watched) -> None:
    searching.page.fill("#search-for", "£")
    searching.page.wait_for_timeout(300)
    assert searching.page.locator(STATUS).inner_text() == ""


def test_the_words_are_marked_in_text_that_stays_text(searching: Watched) -> None:
    page = searching.page
    search(page, "puddles")
    marked = page.locator(".results mark").all_inner_texts()
    assert marked and all(text.lower().startswith("puddle") for text in marked)
    search(page, "<img src=x onerror=alert(1)>")
    assert page.locator(".search-page img").count() == 0
    assert searching.complaints == []


def test_a_result_leads_to_its_page(searching: Watched) -> None:
    page = searching.page
    search(page, "Child Q in seven minutes")
    page.locator(".results a").first.click()
    expect(page.locator("h1")).to_have_text("Child Q in seven minutes")


def test_what_is_typed_is_in_no_address_and_no_entry_of_the_history(fresh: Watched) -> None:
    page = fresh.page
    seen: list[str] = []
    page.on("framenavigated", lambda frame: seen.append(frame.url))  # also where a script changes the address
    fresh.open("/search/")
    steps = page.evaluate("history.length")
    page.locator("#search-for").press_sequentially("windy lunches", delay=30)
    expect(page.locator(STATUS)).to_contain_text('"windy lunches"')
    page.keyboard.press("Enter")
    expect(page.locator(".results > li").first).to_be_visible()
    assert (page.evaluate("history.length"), {urlsplit(url).path + urlsplit(url).query for url in seen}) == (steps, {"/search/"})
    assert "windy" not in page.title() + "".join(fresh.requests)
    page.fill("#search-for", "")
    expect(page.locator(".results > li")).to_have_count(0)


def test_words_from_another_page_are_in_no_address_and_not_kept(fresh: Watched) -> None:
    page = fresh.page
    fresh.open("/training/")
    for leave_the_box in (lambda: page.press("#q", "Enter"), lambda: page.click(".site-search button")):
        page.fill("#q", "my dad hits me")
        leave_the_box()
        expect(page.locator("#search-for")).to_have_value("my dad hits me")
        assert urlsplit(page.url).path == "/search/" and "dad" not in page.url + "".join(fresh.requests)
        assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]
        page.go_back()


def test_a_link_to_a_search_is_there_for_whoever_asks_for_it(searching: Watched) -> None:
    page = searching.page
    search(page, "windy lunches & kites")
    shared = page.get_by_role("link", name="A link to this search")
    assert parse_qs(urlsplit(shared.get_attribute("href") or "").query) == {"q": ["windy lunches & kites"]}
    shared.click()
    expect(page.locator("#search-for")).to_have_value("windy lunches & kites")
    search(page, "qwrtzuvx")
    expect(shared).not_to_be_visible()


def test_the_box_of_every_page_leads_here(watched: Watched) -> None:
    watched.open("/training/")
    watched.page.fill("#q", "multi-agency audit & kites")
    watched.page.press("#q", "Enter")
    expect(watched.page.locator("#search-for")).to_have_value("multi-agency audit & kites")
    expect(watched.page.locator(STATUS)).to_contain_text('for "multi-agency audit & kites"')
    assert not watched.page.locator("#q").is_visible()


def test_it_works_by_keyboard(searching: Watched) -> None:
    page = searching.page
    page.focus("#search-for")
    page.keyboard.type("made")
    page.keyboard.press("Enter")
    expect(page.locator(".results > li")).to_have_count(10)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelector('.results a')")
    page.get_by_role("button", name="Show more results").press("Enter")
    expect(page.locator(".results > li")).to_have_count(20)
    assert page.evaluate("document.activeElement === document.querySelectorAll('.results a')[10]")


@pytest.mark.parametrize("asked", ["hurt", "my dad hits me", "help", "abused", "I'm scared", "dying", "bullied", "999"])
def test_somebody_in_trouble_is_given_the_numbers_first(searching: Watched, asked: str) -> None:
    page = searching.page
    search(page, asked)
    answer = page.locator(".urgent-answer")
    expect(answer).to_be_visible()
    numbers = page.locator(".foot-urgent li a").evaluate_all("links => links.map(link => link.href)")
    assert "tel:01632960999" in numbers
    assert sorted(answer.locator("li a").evaluate_all("links => links.map(link => link.href)")) == sorted(numbers)
    assert answer.locator("a").last.get_attribute("href").endswith("/worried-about-a-child/")
    assert answer.bounding_box()["y"] < page.locator(".results").bounding_box()["y"]
    assert page.locator(STATUS).inner_text().startswith("Numbers for urgent help are shown first.")


def test_the_numbers_need_no_network_and_go_when_the_words_are_others(searching: Watched) -> None:
    page = searching.page
    page.route("**/*.json", lambda route: route.abort())
    page.fill("#search-for", "hurt")
    expect(page.locator(".urgent-answer")).to_be_visible()
    expect(page.locator(STATUS)).to_contain_text("could not be loaded")
    page.unroute("**/*.json")
    search(page, "puddles")
    expect(page.locator(".urgent-answer")).to_have_count(0)


def test_it_says_what_to_do_when_nothing_is_found(searching: Watched) -> None:
    page = searching.page
    search(page, "qwrtzuvx")
    text = page.locator(".search-page").inner_text()
    assert 'No results for "qwrtzuvx".' in text and "check the spelling" in text
    assert "Numbers for urgent help are shown first." in text and page.locator(".urgent-answer a[href^='tel:']").count() > 1
    targets = page.locator("main article a:not([href^='tel:'])").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert {"/contact/", "/topics/", "/learning/", "/performance/catalogue/"} <= set(targets)
    for target in targets:
        assert page.request.get(searching.home + target).ok, target
    search(page, "qwrtzuvx puddles")
    assert "None has all of these words." in page.locator(STATUS).inner_text()
    assert "Puddles" in titles(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_results_are_accessible_and_fit(searching: Watched, scheme: str, width: int) -> None:
    page = searching.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    for asked in ("abuse", "made", "qwrtzuvx"):
        search(page, asked)
        page.evaluate(AXE)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        assert [(violation["id"], [node["html"] for node in violation["nodes"]]) for violation in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="light")


def test_the_first_result_needs_one_trip(fresh: Watched) -> None:
    """Titles are sent for together with the words: a result is there before anything that is sent for afterwards."""
    page = fresh.page
    fresh.open("/search/")
    page.route("**/search/about/*.json", lambda route: None)  # never come
    page.fill("#search-for", "puddles")
    expect(page.locator(".results h2").first).to_have_text("Puddles")


def test_who_asks_as_a_child_is_given_the_childrens_line_first(searching: Watched) -> None:
    own = (
        "my dad hits me",
        "someone sent my photo",
        "I'm scared",
        "nobody believes me",
        "chidline",
        "child line",
        "mummy is crying",
        "kids at school hit me",
        "suicidal",
    )
    for asked in own:
        search(searching.page, asked)
        answer = searching.page.locator(".urgent-answer")
        expect(answer.locator("h2"), asked).to_have_text("You can talk to somebody now")
        assert answer.locator("li a").first.get_attribute("href") == "tel:01632960001", asked


def test_who_asks_for_another_is_not_taken_for_a_child(searching: Watched) -> None:
    others = (
        "my son is hurt",
        "hurt",
        "i work in a school",
        "am i a bad mum",
        "my grandaughter is sad",
        "is it a safe home",
        "my 9 year old is sad",
        "i hear kids crying",
    )
    for asked in others:
        search(searching.page, asked)
        assert searching.page.locator(".urgent-answer h2").all_inner_texts() in ([], ["Is somebody hurt or scared now?"]), asked


@pytest.mark.parametrize("asked", ["01632 960001", "01632960001", "(01632) 960001", "01632-960-001", "+44 1632 960001", "ring 01632 960001 option 3"])
def test_a_number_is_found_however_it_is_typed(searching: Watched, asked: str) -> None:
    search(searching.page, asked)
    expect(searching.page.locator(".results h2").get_by_text("Contact", exact=True)).to_be_visible()
    assert "None has all" not in searching.page.locator(STATUS).inner_text()


def test_a_word_without_end_does_not_stop_the_page(searching: Watched) -> None:
    for asked in ("a" * 9000, "isitme" * 6 + "q"):
        searching.page.locator("#search-for").fill(asked)
        expect(searching.page.locator(STATUS)).to_contain_text(asked[:30], timeout=4000)


def test_without_scripts_the_page_says_where_else_to_look(without_scripts: Watched) -> None:
    without_scripts.open("/search/?q=puddles")
    page = without_scripts.page
    assert page.locator(".search-page").count() == 0
    links = page.locator("main article > p a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    assert {"/topics/", "/learning/", "/performance/catalogue/"} <= set(links)
