"""What a reader does on the site: reads a table, moves by keyboard, leaves, filters, goes without scripts."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.watching import BYTES, REQUESTS, Watched
from tests.whole_sites import SMALL


def _until(watched: Watched, expression: str) -> None:
    """Waits for something on the page. (The page's security policy forbids the browser's own way of waiting for an expression.)"""
    for _ in range(60):
        if watched.page.evaluate(expression):
            return
        watched.page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {expression}")


def test_table_reads_as_it_was_published(fresh: Watched) -> None:
    fresh.open("/performance/kite-clubs/")
    table = fresh.page.get_by_role("table", name="Kites of the clubs")
    rows = list(csv.DictReader((SMALL / "data/tables/kite-clubs.csv").open(encoding="utf-8")))
    assert table.get_by_role("columnheader").all_inner_texts()[:2] == ["Club", "Kites"]
    shown = {row.get_by_role("rowheader").inner_text(): row.get_by_role("cell").first.inner_text() for row in table.locator("tbody tr:not(.group)").all()}
    assert shown == {row["club"]: f"{int(row['kites']):,}" for row in rows}
    total = table.locator("tfoot").inner_text()
    assert f"{sum(int(row['kites']) for row in rows):,}" in total


def test_table_frame_is_reached_by_keyboard_and_scrolls(fresh: Watched) -> None:
    fresh.page.set_viewport_size({"width": 600, "height": 640})  # too narrow for the table, and wider than where its rows are stacked
    fresh.open("/performance/kite-clubs/")
    frame = fresh.page.get_by_role("group", name="May scroll sideways")
    assert frame.get_by_role("table", name="Kites of the clubs").is_visible()
    frame.focus()
    assert frame.evaluate("e => e === document.activeElement")
    fresh.page.keyboard.press("ArrowRight")
    _until(fresh, "document.querySelector('.table-scroll').scrollLeft > 0")


STACKED = """rows => rows.map(row => [...row.cells].filter(cell => cell.offsetHeight).map(cell => [
    getComputedStyle(cell, '::before').content.split(' / ')[0].replace(/"/g, ''), cell.textContent, cell.getBoundingClientRect().left >= 0 && cell.getBoundingClientRect().right <= innerWidth]))"""


def test_a_wide_table_is_rows_with_headings_on_a_phone_and_a_table_still_to_who_hears_it(fresh: Watched) -> None:
    page = fresh.page
    page.set_viewport_size({"width": 390, "height": 844})
    fresh.open("/performance/puddles-by-year/")
    table = page.locator("table.stacks").first
    table.evaluate("table => { const box = table.closest('details'); if (box) box.open = true }")
    headings = table.locator("thead th").all_inner_texts()
    seen = table.locator("tbody tr").evaluate_all(STACKED)
    assert seen and all(fits for row in seen for _, _, fits in row)
    assert all(before and said and any(title.startswith(before) for title in headings) for row in seen for before, said, _ in row[1:]), (
        "an empty cell takes no room"
    )
    session = page.context.new_cdp_session(page)
    roles = [node["role"]["value"] for node in session.send("Accessibility.getFullAXTree")["nodes"] if not node["ignored"]]
    assert roles.count("columnheader") >= len(headings) and roles.count("rowheader") >= len(seen) and roles.count("cell") >= len(seen)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert {before for row in table.locator("tbody tr").evaluate_all(STACKED) for before, _, _ in row} == {"none"}


def test_keyboard_path_begins_with_skip_urgent_help_and_leaving(fresh: Watched) -> None:
    fresh.open("/")
    names = []
    for _ in range(7):
        fresh.page.keyboard.press("Tab")
        names.append(fresh.page.evaluate("document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || document.activeElement.id"))
    assert names[0] == "Skip to the main text"
    assert names[1] == "999"
    assert names[2] == "Worried about a child?"
    assert names[3].startswith("Leave this page")
    assert "q" in names


def test_skip_link_moves_focus_to_the_text(fresh: Watched) -> None:
    fresh.open("/topics/kites/")
    fresh.page.keyboard.press("Tab")
    fresh.page.keyboard.press("Enter")
    _until(fresh, "document.activeElement.id === 'content'")


def test_small_menu_opens_by_keyboard(fresh: Watched) -> None:
    fresh.page.set_viewport_size({"width": 320, "height": 640})
    fresh.open("/")
    summary = fresh.page.locator(".menu-small summary")
    link = fresh.page.locator(".menu-small a", has_text="Topics")
    assert not link.is_visible()
    summary.focus()
    fresh.page.keyboard.press("Enter")
    assert link.is_visible()


def _leaving(fresh: Watched) -> list[str]:
    """Stands in for the page that is left for, so that the test needs no network."""
    left: list[str] = []
    fresh.page.route(
        "https://weather.example.com/**",
        lambda route: (left.append(route.request.url), route.fulfill(body="<title>Weather</title>weather", content_type="text/html")),
    )
    return left


def test_leave_by_link_replaces_the_page_in_the_history(fresh: Watched) -> None:
    left = _leaving(fresh)
    fresh.open("/topics/")
    fresh.open("/topics/kites/")
    fresh.page.locator("[data-leave]").click()
    fresh.page.wait_for_url("https://weather.example.com/")
    fresh.page.go_back()
    assert urlsplit(fresh.page.url).path == "/topics/"
    assert left


def test_leave_by_pressing_shift_three_times_and_it_is_announced(fresh: Watched) -> None:
    _leaving(fresh)
    fresh.open("/topics/kites/")
    status = fresh.page.locator("[role=status].visually-hidden").last
    fresh.page.keyboard.press("Shift")
    assert "2 more times" in status.inner_text()
    fresh.page.keyboard.press("Shift")
    assert "1 more time" in status.inner_text()
    fresh.page.keyboard.press("Shift")
    fresh.page.wait_for_url("https://weather.example.com/")


def test_typing_capitals_does_not_leave(fresh: Watched) -> None:
    _leaving(fresh)
    fresh.open("/topics/kites/")
    box = fresh.page.locator("#q")
    box.focus()
    for letter in "NRM":
        fresh.page.keyboard.press(f"Shift+{letter}")
    fresh.page.wait_for_timeout(100)
    assert urlsplit(fresh.page.url).path == "/topics/kites/"
    assert box.input_value() == "NRM"


@pytest.mark.parametrize(
    "press", [{"button": "middle"}, {"button": "right"}, {"modifiers": ["Control"]}, {"modifiers": ["Shift"]}, {"modifiers": ["Meta"]}], ids=str
)
def test_however_the_link_is_pressed_this_page_is_left(fresh: Watched, press: dict[str, Any]) -> None:
    _leaving(fresh)
    fresh.open("/topics/kites/")
    tabs = len(fresh.page.context.pages)
    fresh.page.locator("[data-leave]").click(**press)
    fresh.page.wait_for_url("https://weather.example.com/")
    assert len(fresh.page.context.pages) == tabs


@pytest.mark.parametrize("button", ["left", "middle", "right"])
def test_clicks_with_shift_held_do_not_leave(fresh: Watched, button: Any) -> None:
    _leaving(fresh)
    fresh.open("/topics/kites/")
    for _ in range(4):
        fresh.page.keyboard.down("Shift")
        fresh.page.locator("main h1").click(button=button)
        fresh.page.keyboard.up("Shift")
    fresh.page.keyboard.press("Shift")
    fresh.page.wait_for_timeout(100)
    assert urlsplit(fresh.page.url).path == "/topics/kites/"


def test_leave_link_works_without_scripts(without_scripts: Watched) -> None:
    without_scripts.open("/topics/kites/")
    link = without_scripts.page.locator("[data-leave]")
    assert link.is_visible()
    assert (link.get_attribute("href") or "").startswith("https://")


def test_finder_filters_and_keeps_its_state_in_the_address(fresh: Watched) -> None:
    fresh.open("/learning/")
    entries = fresh.page.locator("[data-finder-list] > li")
    everything = entries.count()
    fresh.page.get_by_label("Theme").select_option("kites")
    fresh.page.get_by_label("Kind").select_option("briefing")
    shown = fresh.page.locator("[data-finder-list] > li:visible")
    assert 0 < shown.count() < everything
    assert fresh.page.locator(".finder-count").inner_text().startswith(f"{shown.count()} result")
    assert "theme=kites" in fresh.page.url
    kept = shown.count()
    fresh.page.reload()
    assert fresh.page.locator("[data-finder-list] > li:visible").count() == kept
    fresh.page.get_by_role("button", name="Clear").click()
    _until(fresh, "!location.search")
    assert fresh.page.locator("[data-finder-list] > li:visible").count() == everything


def test_finder_is_complete_without_scripts(without_scripts: Watched) -> None:
    without_scripts.open("/learning/")
    assert without_scripts.page.locator("[data-finder-list] > li:visible").count() > 3
    assert without_scripts.page.locator("form.filters").count() == 0


def test_long_table_finds_and_sorts(fresh: Watched) -> None:
    fresh.open("/performance/puddle-register/")
    rows = fresh.page.locator("[data-long-table] tbody tr:not(.group)")
    total = rows.count()
    assert total == 40
    fresh.page.get_by_label("Find in this table").fill("lane")
    visible = fresh.page.locator("[data-long-table] tbody tr:not(.group):visible")
    assert 0 < visible.count() < total
    assert fresh.page.locator("[data-long-table] .finder-count").inner_text() == f"{visible.count()} of {total} rows shown."
    assert all("lane" in text.lower() for text in visible.all_inner_texts())
    fresh.page.get_by_label("Find in this table").fill("")
    button = fresh.page.locator("[data-long-table] thead button").first
    button.focus()
    fresh.page.keyboard.press("Enter")
    assert fresh.page.locator("[aria-sort=ascending]").count() == 1
    fresh.page.keyboard.press("Enter")
    assert fresh.page.locator("[aria-sort=descending]").count() == 1
    address = fresh.page.url
    assert "-sort=" in address
    fresh.page.reload()
    assert fresh.page.locator("[aria-sort=descending]").count() == 1


def test_long_table_is_whole_without_scripts(without_scripts: Watched) -> None:
    without_scripts.open("/performance/puddle-register/")
    assert without_scripts.page.locator("[data-long-table] tbody tr:not(.group):visible").count() == 40


def test_contacts_that_follow_one_another_are_one_list(without_scripts: Watched) -> None:
    without_scripts.open("/every-word/")
    assert without_scripts.page.locator("ul.contacts").count() == 1 and without_scripts.page.locator(".contacts > .contact").count() > 2


def test_charts_need_no_scripts_and_say_what_they_show(without_scripts: Watched) -> None:
    without_scripts.open("/performance/puddles-by-year/")
    drawing = without_scripts.page.get_by_role("img").first
    assert drawing.is_visible()
    description = drawing.get_attribute("aria-label") or ""
    assert "from 800 in 2018/19 to 2,829 in 2021/22" in description
    assert without_scripts.page.get_by_role("table").first.is_visible()


@pytest.mark.parametrize("address", ["/", "/worried-about-a-child/", "/topics/kites/", "/performance/puddles-by-year/", "/learning/"])
def test_nothing_moves_when_the_reader_prefers_less_motion(fresh: Watched, address: str) -> None:
    fresh.page.emulate_media(reduced_motion="reduce")
    fresh.open(address)
    moving = fresh.page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0; }).length"
    )
    assert moving == 0


def test_nothing_of_the_search_is_fetched_before_anyone_searches_and_little_at_all(fresh: Watched, built_small: Path) -> None:
    for address in ("/", "/search/", "/learning/", "/performance/puddle-register/", "/topics/kites/", "/learning/reviews/child-q/"):
        fresh.open(address)
        assert len([url for url in fresh.requests if not url.endswith(("/favicon.svg", "/hill.png"))]) <= REQUESTS, fresh.requests
        files = [built_small / urlsplit(url).path.strip("/") for url in fresh.requests]
        assert sum(len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes())) for file in files) < BYTES, address
        assert not [url for url in fresh.requests if url.endswith(".json")], address
