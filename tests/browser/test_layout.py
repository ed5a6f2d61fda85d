"""Each check of a page's layout finds its fault on a page made up to have it, at the widths where it is one, and nothing on a page that is well."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame

from tests.browser import layout
from tests.browser_setup import FLAGS, find_browser

FRAME = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>A page</title>
<style>body { margin: 0; font: 16px/1.5 sans-serif } .page { padding: 0 20px } div { box-sizing: border-box }</style>
<div class="page"><h1>A page</h1><p>HALF</p>FAULT</div></html>"""
WELL = """<p>One <a href="#two">link</a> after another,<br>line by line</p><details><summary>More</summary><p>What opens</p></details>
<div style="overflow-x: auto"><table style="width: 2500px"><tr><td>A table wider than any screen in a frame of the page's width</td></tr></table></div>
<p style="position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); font-size: 9px">For ears</p>
<svg width="100%" height="40"><text x="50%" y="20" text-anchor="middle">In the middle</text></svg>"""
FAULTS = {
    '<p style="font-size: 13px">Little</p>': dict.fromkeys(layout.WIDTHS, "small: 13px"),
    '<svg width="100" height="40" viewBox="0 0 200 80"><text y="20" font-size="20">Shrunk</text></svg>': dict.fromkeys(layout.WIDTHS, "small: 10px"),
    '<svg width="100" height="40" overflow="visible"><text x="90" y="20">Leaves it</text></svg>': dict.fromkeys(layout.WIDTHS, "outside its drawing"),
    '<p style="position: absolute; left: -900px">Gone</p>': dict.fromkeys(layout.WIDTHS, "off the screen"),
    '<p style="width: 200px; white-space: nowrap; overflow: hidden">A line that has more letters than there is room for in it</p>': dict.fromkeys(
        layout.WIDTHS, "cut off"
    ),
    '<details><summary>More</summary><p style="height: 15px; overflow: hidden">One line<br>and another</p></details>': dict.fromkeys(layout.WIDTHS, "cut off"),
    '<div style="height: 24px"><p style="margin: 0">Above</p><p style="margin: -24px 0 0">Below</p></div>': dict.fromkeys(layout.WIDTHS, "over each other"),
    '<p style="margin: 0">Text</p><input style="display: block; margin-top: -20px" aria-label="Box">': dict.fromkeys(layout.WIDTHS, "over each other"),
    '<div style="width: 600px; max-width: 100%; overflow: auto"><table style="width: 700px"><tr><td>Wide</td></tr></table></div>': dict.fromkeys(
        (768, 1280, 1920), "narrow"
    ),
    '<div style="width: 400px">Wider than a phone</div>': dict.fromkeys((320, 390), "the page scrolls sideways"),
}


@pytest.fixture
def frame(browser: Browser) -> Iterator[Frame]:
    page = browser.new_page(locale="en-GB")
    yield layout.frame(page)
    page.close()


def test_each_fault_is_found_where_it_is_one(frame: Frame) -> None:
    half = "Words as far as the edge. " * 20
    for markup, wanted in {WELL: {}, **FAULTS}.items():
        frame.set_content(FRAME.replace("HALF", half).replace("FAULT", markup))
        found = layout.faults(frame)
        assert found.keys() == wanted.keys(), (markup, found)
        assert all(any(seen.startswith(says) for seen in found[width]) for width, says in wanted.items()), (markup, found)


def test_an_empty_part_and_a_long_page_are_found(frame: Frame) -> None:
    frame.set_content(FRAME.replace("HALF", "A narrow column").replace("FAULT", ""))
    assert [seen[0].split(":")[0] for seen in layout.faults(frame).values()] == ["empty"] * len(layout.WIDTHS)
    frame.set_content(FRAME.replace("FAULT", "<div style='height: 5000px'></div><details><summary>More</summary><div style='height: 5000px'></div></details>"))
    assert 5_000 < layout.height(frame) < 6_000, "what is folded takes no room"


def test_everything_stays_in_its_place_where_letters_are_twice_as_large(browser: Browser, served: str) -> None:
    large = browser.browser_type.launch(executable_path=find_browser(), args=[*FLAGS, "--blink-settings=defaultFontSize=32"])
    page = large.new_page(viewport={"width": min(layout.WIDTHS), "height": 900})
    for address in (
        "/",
        "/performance/puddles-by-year/",
        "/performance/kite-clubs/",
        "/performance/windy-towns/",
        "/every-word/",
        "/worried-about-a-child/",
        "/publications/",
    ):
        page.goto(served + address)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "40px"
        page.evaluate(layout.OPEN)
        assert layout.faults_here(page) == [], address
    large.close()
