"""Pages as a browser prints them, one of every kind: print that can be read, no sheet left nearly empty, a briefing on one sheet."""

from __future__ import annotations

import unicodedata

from playwright.sync_api import Page

from tests.browser.watching import DESKTOP, Watched
from tests.paper import faults_on_paper, sheets, usual_size

BRIEFING = "/learning/briefings/child-q/"
ADDRESSES = (
    "/", "/worried-about-a-child/", "/topics/kites/", "/priorities/kites/", "/learning/reviews/child-q/", "/learning/", "/performance/puddle-register/",
    "/publications/report-2022-23/", "/every-word/",
)  # fmt: skip
# A chart as tall as a sheet, made of the parts that a page has.
TALL = """() => { const part = document.querySelector('svg.drawing'); for (let more = 0; more < 5; more++) part.after(part.cloneNode(true)); }"""
WIDTH = 673  # pixels: between the margins of A4
BEYOND = """() => [...document.querySelectorAll('main *')].filter(e => e.getClientRects().length && !e.closest('.visually-hidden'))
    .filter(e => e.getBoundingClientRect().right > innerWidth + 2).map(e => e.outerHTML.slice(0, 80))"""
STYLE = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }"


def printed(page: Page) -> bytes:
    """The page as the browser prints it on A4."""
    return page.pdf(format="A4", prefer_css_page_size=True)


def faults(page: Page) -> list[str]:
    """What is wrong with the page on paper. A browser leaves out what is beyond the edge of the paper, so that is looked for in a window as wide."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": WIDTH, "height": 900})
    beyond = [f"beyond the edge: {what}" for what in page.evaluate(BEYOND)]
    page.emulate_media(media="no-override")
    page.set_viewport_size(DESKTOP)
    return beyond + faults_on_paper(printed(page))


def text(pdf: bytes) -> str:
    """The words of a PDF on one line."""
    return unicodedata.normalize("NFKC", " ".join(" ".join(sheet.text for sheet in sheets(pdf)).split()))


def test_every_kind_of_page_prints_well(watched: Watched) -> None:
    found = {}
    for address in ADDRESSES:
        watched.open(address)
        found[address] = faults(watched.page)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_a_briefing_is_one_sheet_that_says_whose_it_is_and_whom_to_ring(watched: Watched) -> None:
    watched.open(BRIEFING)
    pdf = printed(watched.page)
    assert len(sheets(pdf)) == 1
    assert 10 <= usual_size(pdf) <= 11
    said = text(pdf)
    for what in ("Exampleshire", "Written on", "Sources: ", BRIEFING, "Worried about a child? Ring 01632 960", "If you are worried about a child"):
        assert what in said, what
    lines = {words.said: words.y for words in sheets(pdf)[0].words}
    assert next(y for said, y in lines.items() if said.startswith("If you are worried")) > next(y for said, y in lines.items() if said.startswith("Child Q")), (
        "it heads the sheet"
    )


def test_a_browser_that_cannot_open_boxes_by_stylesheet_opens_them_while_it_prints(fresh: Watched) -> None:
    fresh.page.add_init_script("CSS.supports = () => false")
    fresh.open("/every-word/")
    boxes = "() => [...document.querySelectorAll('details')].map(box => box.open)"
    before = fresh.page.evaluate(boxes)
    fresh.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert all(fresh.page.evaluate(boxes)) and not all(before)
    fresh.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert fresh.page.evaluate(boxes) == before, "and leaves them as they were"


def test_paper_may_end_between_the_parts_of_a_tall_chart(watched: Watched) -> None:
    watched.open("/performance/puddles-by-year/")
    watched.page.evaluate(TALL)
    assert faults(watched.page) == []
    watched.page.evaluate(STYLE, "figure { break-inside: avoid !important }")
    assert [fault for fault in faults(watched.page) if fault.startswith("sheet 1 of ")]


def test_each_fault_on_paper_is_seen(watched: Watched) -> None:
    for css, kind in (
        ("article p { font-size: 8pt !important }", "points:"),
        ("h2 { position: relative; left: 50rem }", "beyond the edge:"),
        ("h2 { break-before: page !important }", "ends after"),
        (".furniture { break-before: page !important } .furniture * { display: none !important } .furniture::after { content: 'A line' }", "the last, has 1 lines"),
    ):  # fmt: skip
        watched.open("/worried-about-a-child/")
        watched.page.evaluate(STYLE, css)
        assert any(kind in fault for fault in faults(watched.page)), kind
