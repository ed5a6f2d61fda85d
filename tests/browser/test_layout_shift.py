"""Nothing moves under a reader's eyes while a page comes in, however slow the line: one page of every kind."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watching import Quiet, Watched, serving

PAGES = {
    "home": "/",
    "urgent help": "/worried-about-a-child/",
    "topic": "/topics/kites/",
    "priority": "/priorities/kites/",
    "review": "/learning/reviews/child-q/",
    "briefing": "/learning/briefings/child-q/",
    "finder": "/learning/",
    "search": "/search/",
    "search with words": "/search/?q=puddles",
    "search with a mistake": "/search/?q=xartnership",
    "search by somebody in trouble": "/search/?q=hurt",
    "search for what is not there": "/search/?q=qwrtzuvx",
    "table with chart": "/performance/puddles-by-year/",
    "longest table": "/performance/puddle-register/",
    "every component": "/every-word/",
    "news": "/news/",
    "glossary": "/glossary/",
    "contact": "/contact/",
    "not found": "/404.html",
}
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
# Narrow, and seen whole, so that what moves further down counts too.
WHOLE = {"small phone": (320, 568), "whole page": (800, 3000)}
WITH_FORMS = [kind for kind in PAGES if kind.startswith("search") or kind in ("finder", "longest table")]
# A slow line, whose scripts come visibly later than all else: on a slow phone they would as well, but to slow a computer down
# takes four times its computing. The line has four times the width of Lighthouse's slow one, because the server of the tests
# does not compress.
LINE = {"offline": False, "latency": 150, "downloadThroughput": 4 * 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
LATER = 0.3  # seconds
MOST = 0.01

SHIFTS = """() => new Promise(done => {
    const found = [];
    new PerformanceObserver(list => found.push(...list.getEntries())).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(found.filter(shift => !shift.hadRecentInput).map(shift => ({
        value: shift.value,
        moved: shift.sources.map(source => source.node && (source.node.className || source.node.nodeName)).join(', '),
    }))), 250);
})"""


class ScriptsLate(Quiet):
    """Serves scripts when the page without them has long been drawn."""

    def do_GET(self) -> None:
        if self.path.endswith(".js"):
            time.sleep(LATER)
        with contextlib.suppress(ConnectionError):  # the page it was for has been left
            super().do_GET()


@pytest.fixture(scope="module")
def slow(browser: Browser, built_small: Path) -> Iterator[Watched]:
    """A page on a slow line that keeps nothing."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", LINE)
    with serving(built_small, ScriptsLate) as home:
        yield Watched(page, home)
    context.close()


def shifts(page: Page) -> list[dict[str, Any]]:
    """What has moved since the page began to come in, but for what the reader's own keys and clicks moved."""
    found: list[dict[str, Any]] = page.evaluate(SHIFTS)
    return found


def assert_still(page: Page) -> None:
    found = shifts(page)
    assert sum(shift["value"] for shift in found) < MOST, found


@pytest.mark.parametrize(("kind", "size"), [*itertools.product(PAGES, SIZES), *itertools.product(WITH_FORMS, WHOLE)])
def test_nothing_moves_while_a_page_comes_in(slow: Watched, kind: str, size: str) -> None:
    width, height = (SIZES | WHOLE)[size]
    slow.page.set_viewport_size({"width": width, "height": height})
    slow.open(PAGES[kind])
    if "?q=" in PAGES[kind]:
        expect(slow.page.locator(".search-page [role=status]")).not_to_be_empty()
        expect(slow.page.locator(".results > li, .search-page li a").first).to_be_visible()
    assert_still(slow.page)


def test_nothing_moves_when_results_come_long_after_the_last_key(slow: Watched) -> None:
    slow.page.set_viewport_size({"width": 390, "height": 844})
    slow.open("/search/")
    slow.page.route("**/search/words/*.json", lambda route: None)  # held back
    slow.page.locator("#search-for").press_sequentially("puddles")
    slow.page.wait_for_timeout(800)  # half a second after a key, what moves counts as moved by itself
    slow.page.unroute("**/search/words/*.json")  # let go
    expect(slow.page.locator(".results > li").first).to_be_visible()
    assert_still(slow.page)


@pytest.mark.parametrize("size", SIZES | WHOLE)
@pytest.mark.parametrize("address", ["/learning/", "/performance/puddle-register/", "/search/"])
def test_what_a_script_puts_in_has_its_exact_place_kept(fresh: Watched, address: str, size: str) -> None:
    """Where readers want less motion the text is shown at once, with nothing but the kept place to hold it still."""
    width, height = (SIZES | WHOLE)[size]
    fresh.page.set_viewport_size({"width": width, "height": height})
    fresh.page.emulate_media(reduced_motion="reduce")
    below = "document.querySelector('main .furniture, .site-foot').getBoundingClientRect().top"
    fresh.open(address)
    with_script = fresh.page.evaluate(below)
    fresh.page.route("**/*.js", lambda route: route.abort())
    fresh.open(address)
    assert abs(fresh.page.evaluate(below) - with_script) < 2


@pytest.mark.parametrize("address", ["/learning/", "/performance/puddle-register/"])
def test_without_scripts_there_is_neither_a_dead_form_nor_a_hole_where_it_would_be(without_scripts: Watched, address: str) -> None:
    without_scripts.open(address)
    page = without_scripts.page
    assert page.locator("main form:visible, main input:visible, main select:visible, main button:visible").count() == 0
    begins = page.locator("[data-finder], [data-long-table]").first.bounding_box()
    text = page.locator("[data-finder] > :visible, [data-long-table] > :visible").first.bounding_box()
    assert begins and text and text["y"] - begins["y"] < 20


def test_without_scripts_the_search_page_shows_its_text(without_scripts: Watched) -> None:
    without_scripts.open("/search/")
    page = without_scripts.page
    lead, after = page.locator("main article > p").nth(0).bounding_box(), page.locator("main article > p").nth(1).bounding_box()
    assert lead and after and after["y"] - lead["y"] - lead["height"] < 30


def test_what_waits_for_the_search_is_shown_even_if_the_script_never_comes(fresh: Watched) -> None:
    fresh.page.route("**/search.js", lambda route: route.abort())
    fresh.open("/search/")
    links = fresh.page.get_by_role("link", name="every table")
    expect(links).to_be_visible(timeout=10_000)
