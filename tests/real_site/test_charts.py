"""Every chart of the real site, on screens of four widths: no word leaves the drawing, and none stands on another."""

from __future__ import annotations

from pathlib import Path

from tests.browser.watching import Watched

WIDTHS = (320, 390, 768, 1280)
# Letters have room above and below them, in which the boxes around two lines of words may meet.
FAULTS = """() => [...document.querySelectorAll('svg.drawing')].flatMap(drawing => {
    const words = [...drawing.querySelectorAll('text')].filter(text => text.getClientRects().length).map(text => [text.textContent, text.getBoundingClientRect()]);
    const outside = words.filter(([, box]) => box.left < 0 || box.right > innerWidth).map(([text]) => `outside: ${text}`);
    const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
    return [...outside, ...words.flatMap(([text, box], place) => words.slice(place + 1).filter(([, other]) => over(box, other)).map(([other]) => `${text} on ${other}`))];
})"""


def faults(watched: Watched, address: str) -> dict[int, list[str]]:
    """What is wrong with the charts of a page, by the width of the screen."""
    watched.open(address)
    found = {}
    for width in WIDTHS:
        watched.page.set_viewport_size({"width": width, "height": 900})
        found[width] = watched.page.evaluate(FAULTS)
    return {width: seen for width, seen in found.items() if seen}


def test_words_in_charts_stay_inside_and_apart(watched_real: Watched, built_real: Path) -> None:
    drawn = [path for path in sorted(built_real.rglob("index.html")) if 'class="drawing' in path.read_text(encoding="utf-8")]
    assert len(drawn) > 20
    addresses = [f"/{path.parent.relative_to(built_real).as_posix()}/" for path in drawn]
    assert {address: found for address in addresses if (found := faults(watched_real, address))} == {}


def test_such_faults_are_seen(watched_real: Watched) -> None:
    page = watched_real.page
    watched_real.open("/performance/consultations/")
    page.set_viewport_size({"width": 320, "height": 900})
    page.evaluate("() => document.querySelectorAll('.drawing text').forEach(text => { text.style.fontSize = '40px' })")
    assert [fault for fault in page.evaluate(FAULTS) if " on " in fault]
    page.locator("svg.drawing text").first.evaluate("text => { text.setAttribute('dx', 400) }")
    assert [fault for fault in page.evaluate(FAULTS) if fault.startswith("outside: ")]
