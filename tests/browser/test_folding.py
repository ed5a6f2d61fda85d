"""Parts of a long page on a phone: closed at first, found by key, by link and on paper; on a wide screen nothing is closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.components.written import LONG, folded
from tests.browser.watching import DESKTOP, PHONE

PART = f'<h2 id="{{0}}">Part {{0}}</h2><p>{"word " * (LONG // 8)}</p><p id="in-{{0}}">Far down in {{0}}</p>'
HTML = """<!doctype html><html lang="en" dir="ltr"><meta name="viewport" content="width=device-width"><title>A long page</title>
<link rel="stylesheet" href="{}"><body><main class="page kind-page md-grid"><article class="md-typeset"><h1>A long page</h1>
<nav class="contents"><a href="#one">Part one</a></nav>{}</article></main>"""


@pytest.fixture(scope="module")
def address(built_small: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("folded") / "long.html"
    styles = (built_small / "assets/styles/site.css").as_uri()
    file.write_text(HTML.format(styles, folded("<p>Lead</p>" + "".join(map(PART.format, ("first", "one", "two", "three"))))), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page(viewport=PHONE)  # type: ignore[arg-type]  # a literal is asked for


def test_a_part_opens_by_key_and_says_what_it_does(page: Page, address: str) -> None:
    page.goto(address)
    inside, show = page.get_by_text("Far down in two"), page.locator("summary").nth(1)
    expect(page.get_by_role("heading", name="Part two")).to_be_visible()
    expect(page.get_by_text("Far down in first")).to_be_visible()  # so that a reader sees more than headings
    expect(page.get_by_role("navigation")).to_be_hidden()  # the headings below each other are the contents
    expect(inside).to_be_hidden()
    assert " ".join(show.inner_text().split()) == "Show : Part two"
    show.focus()
    page.keyboard.press("Enter")
    expect(inside).to_be_visible()
    assert show.inner_text().startswith("Hide") and page.locator("summary").nth(2).inner_text().startswith("Show")


@pytest.mark.parametrize(("anchor", "seen", "closed"), [("#in-two", "Far down in two", "Far down in one"), ("#two", "Far down in two", "Far down in three")])
def test_what_a_link_leads_to_is_open_and_in_sight(page: Page, address: str, anchor: str, seen: str, closed: str) -> None:
    page.goto("about:blank")
    page.goto(address + anchor)
    expect(page.get_by_text(seen)).to_be_visible()
    expect(page.get_by_text(closed)).to_be_hidden()
    expect(page.locator(anchor)).to_be_in_viewport()


def test_nothing_is_closed_on_paper_or_where_there_is_room(page: Page, address: str) -> None:
    for size, media in ((PHONE, "print"), (DESKTOP, "screen")):
        page.goto("about:blank")
        page.goto(address)
        page.set_viewport_size(size)  # type: ignore[arg-type]  # as above
        page.emulate_media(media=media)  # type: ignore[arg-type]  # as above
        for part in ("one", "two", "three"):
            expect(page.get_by_text(f"Far down in {part}")).to_be_visible()
        assert not any(show.is_visible() for show in page.locator("summary").all())
