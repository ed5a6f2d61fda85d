"""Long lists and long tables come in parts: nothing is lost, each part keeps its address, and no page grows without end."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from macros.check import check
from macros.content.catalogue import Catalogue
from macros.content.generated import MOST_LISTED, generated_paths, listed_years
from macros.views.tables import MOST_ROWS
from tests.browser.watching import serving, watching
from tests.mistakes_corpus import TODAY
from tests.whole_sites import built_once, copy_small_site

NEWS, ROWS = MOST_LISTED + 30, MOST_ROWS + 234
PAGE = 500_000  # bytes that no page may have


def grow(folder: Path) -> Path:
    """The small site with many news of three years, all but a few in one of them, and a long table."""
    site = copy_small_site(folder)
    page = (site / "docs/news/2023-02-kite-found.md").read_text("utf-8")
    for number in range(NEWS):
        year = 2019 + (number % 10 == 0) + (number % 20 == 0)
        text = page.replace("published: 2023-02-14", f"published: {year}-03-{number % 28 + 1:02}").replace("The kite was found", f"Kite {number} was found")
        (site / f"docs/news/kite-{number}.md").write_text(text, "utf-8")
    rows = "".join(f"Street {number},{1990 + number % 30},{number}\n" for number in range(ROWS))
    table = site / "data/tables/puddle-register"
    table.with_suffix(".csv").write_text(f"street,year,depth\n{rows}", "utf-8")
    return site


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shared = tmp_path_factory.getbasetemp()
    return built_once(shared, "grown", grow)


def test_a_long_list_stands_in_years_and_every_entry_is_led_to(grown: Path) -> None:
    first = (grown / "news/index.html").read_text("utf-8")
    years = ("2023", "2021", "2020", "2019")
    assert tuple(re.findall(r'<li><a href="(\d{4})/">', first)) == years
    assert first.count('class="card"') == 20
    led_to = {f"{one}/" for year in years for one in re.findall(r'href="\.\./([\w-]+)/"', (grown / f"news/{year}/index.html").read_text("utf-8"))}
    assert {f"kite-{number}/" for number in range(NEWS)} <= led_to
    busy = (grown / "news/2019/index.html").read_text("utf-8")
    assert busy.count('class="card"') == MOST_LISTED and f"{NEWS - NEWS // 10 - MOST_LISTED} more</summary>" in busy
    finder = (grown / "learning/index.html").read_text("utf-8")
    assert finder.count('data-kind="news"') == MOST_LISTED + 1 and f"{NEWS + 1 - MOST_LISTED} more, by year" in finder
    assert "kite-1/" not in (grown / "news/kite-2/index.html").read_text("utf-8").partition('class="section-menu"')[2].partition("</nav>")[0]
    assert 'href="../2019/"' in (grown / "news/kite-2/index.html").read_text("utf-8")


def test_a_long_table_shows_its_beginning_and_leads_to_the_rest(grown: Path) -> None:
    page = (grown / "performance/puddle-register/index.html").read_text("utf-8")
    assert page.count('<th scope="row"') == MOST_ROWS
    assert f"first {MOST_ROWS:,} of {ROWS:,} rows" in page and "data-long-table" in page
    assert (grown / "data/tables/puddle-register.csv").read_text("utf-8").count("\n") == ROWS + 1
    ((group, rows),) = json.loads((grown / "search/tables/puddle-register.json").read_text("utf-8"))
    assert group == "" and [row[0] for row in rows] == sorted(f"Street {number}" for number in range(ROWS))
    assert {row[-1] for row in rows} == {f"{number:,}" for number in range(ROWS)}, "as the page shows them"
    assert [path.name for path in (grown / "search/tables").iterdir()] == ["puddle-register.json"]
    assert [path for path in grown.rglob("*.html") if path.stat().st_size > PAGE] == []


def test_a_row_that_is_not_on_the_page_is_found_and_sorted_there(grown: Path, browser: Browser) -> None:
    with serving(grown) as home, watching(browser, home) as watched:
        page, file = watched.page, "**/search/tables/*.json"
        find, told, rows = page.get_by_label("Find in this table"), page.locator(".finder-count"), page.locator("[data-long-table] tbody tr")
        watched.open("/performance/puddle-register/")
        expect(told).to_have_text(f"{MOST_ROWS:,} of {ROWS:,} rows shown.")
        assert rows.filter(has_text="Street 999").count() == 0 and not any("/search/" in url for url in watched.requests)
        page.route(file, lambda route: route.abort())
        find.fill("street 999")
        expect(told).to_contain_text("They are all in the file below the table.")
        page.unroute(file)
        find.fill("STREET 999 ")
        expect(told).to_have_text(f"1 of {ROWS:,} rows found.")
        assert [row.split() for row in rows.all_inner_texts()] == [["Street", "999", "1999", "999"]]
        find.fill("street 12")
        depth = page.get_by_role("button", name="Depth")
        for first in (12, ROWS - 1):
            depth.click()
            expect(rows.first).to_contain_text(f"Street {first}")
            expect(rows.first.locator("td").last).to_have_text(f"{first:,}")
        find.fill("")
        expect(told).to_have_text(f"{ROWS:,} of {ROWS:,} rows found, the first {MOST_ROWS:,} are shown.")
        assert rows.count() == MOST_ROWS and sum("/search/tables/" in url for url in watched.requests) == 2


def test_a_year_that_was_published_stays_when_its_list_has_become_short(small_catalogue: Catalogue) -> None:
    assert listed_years(small_catalogue) == {} and "news/2023.md" not in generated_paths(small_catalogue)
    once_long = replace(small_catalogue, published={"/news/2023/": 4})
    assert [one.address for one in listed_years(once_long)["news"]] == ["/news/2023/"]
    assert "news/2023.md" in generated_paths(once_long)


def test_a_chart_that_nobody_could_read_is_refused(tmp_path: Path) -> None:
    site = copy_small_site(tmp_path)
    rows = "".join(f"{year}/{(year + 1) % 100:02} Q{quarter},{year}\n" for year in range(1974, 2025) for quarter in (1, 2, 3, 4))
    (site / "data/tables/kite-flights.csv").write_text(f"quarter,flights\n{rows}", "utf-8")
    assert "A chart of 204 rows cannot be read on any screen." in [problem.says for problem in check(site, TODAY)[1]]
