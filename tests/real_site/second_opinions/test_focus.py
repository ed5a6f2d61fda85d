"""What the keyboard leads to can be seen: nothing that has the focus is hidden by what stays on the screen (WCAG 2.4.11).

A key that is really pressed costs a hundred times what ``focus()`` costs. Both bring an element into view by the same code of
the browser; one test presses the key and holds the other to it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Frame, Page

from tests.browser import layout
from tests.browser.watching import watching

# Width, height and the reader's own size of text, in CSS pixels. The usual size is 16.
SCREENS = {
    "small phone": (320, 568, 16),
    "phone": (390, 844, 16),
    "desktop": (1280, 720, 16),
    "phone, text twice as large": (390, 844, 32),
}

# Every stop of the Tab key, in order, and whether it can be seen once it has the focus: any of its points, the middle first, where most are.
PREPARE = """() => {
  const stops = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((stop) => stop.checkVisibility());
  window.look = (stop) => {
    const { left, right, top, bottom } = stop.getClientRects()[0];
    const [first, last] = [Math.max(top, 0) + 2, Math.min(bottom, innerHeight) - 2];
    const points = [left + 3, (left + right) / 2].flatMap((x) => [(first + last) / 2, first, last].map((y) => [x, y]));
    const seen = points.some(([x, y]) => stop.contains(document.elementFromPoint(x, y)));
    return { what: stop.cloneNode().outerHTML.slice(0, 120), seen, at: Math.round(scrollY) };
  };
  window.walk = (backwards) => {
    document.activeElement.blur();
    scrollTo(0, 0);
    return (backwards ? stops().reverse() : stops()).map((stop) => (stop.focus(), look(stop)));
  };
}"""
# How far the way out is from each edge of the screen, at the beginning of the page and at its end.
OUT = """[0, document.body.scrollHeight].map((where) => {
  scrollTo({ top: where, behavior: "instant" });
  const { left, top, right, bottom } = document.querySelector("[data-leave]").getBoundingClientRect();
  return [left, top, innerWidth - right, innerHeight - bottom];
})"""


def hidden(page: Page | Frame, backwards: bool = True) -> list[str]:
    """The stops of which nothing can be seen when they have the focus, on the way down and on the way back."""
    walks = page.evaluate("[walk(false), walk(true)]" if backwards else "[walk(false)]")
    assert len({len(walk) for walk in walks}) == 1 and walks[0]
    return [stop["what"] for walk in walks for stop in walk if not stop["seen"]]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(locale="en-GB")
    yield page
    page.close()


@pytest.fixture
def session(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def show_on(page: Page, session: CDPSession, screen: str) -> None:
    width, height, text = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    session.send("Page.setFontSizes", {"fontSizes": {"standard": text, "fixed": text}})


@pytest.fixture
def frame(browser: Browser, served_real: str) -> Iterator[Frame]:
    """A frame that is seen, in a window larger than any screen: to open a page in a window takes twice as long."""
    with watching(browser, served_real) as watched:
        watched.open("/robots.txt")  # of the same address, and with no policy that forbids a frame
        inner = layout.frame(watched.page)
        watched.page.add_style_tag(content="iframe { visibility: visible }")
        yield inner


def test_whatever_has_the_focus_is_seen_and_the_way_out_is_whole(frame: Frame, served_real: str, kinds: list[str]) -> None:
    session, found = frame.page.context.new_cdp_session(frame.page), {}
    for address in kinds:
        frame.goto(served_real + address)
        frame.evaluate(PREPARE)
        for screen, (width, height, text) in SCREENS.items():
            layout.widen(frame, width, height)
            session.send("Page.setFontSizes", {"fontSizes": {"standard": text, "fixed": text}})
            found[f"{address} hides, {screen}"] = hidden(frame, backwards=screen == "small phone")  # where what stays on the screen takes the largest part
            if "twice" in screen:
                frame.evaluate(layout.OPEN)
                found[f"{address} is laid out, {screen}"] = layout.faults_here(frame)
            found[f"{address} pushes out, {screen}"] = [round(room) for rooms in frame.evaluate(OUT) for room in rooms if room < 0]
    assert {where: what for where, what in found.items() if what} == {}


def test_large_text_is_large_and_fits(page: Page, session: CDPSession, served_real: str, kinds: list[str]) -> None:
    """The reader's own setting is heeded, and no line of a page then runs out of the screen. What stays on it takes a tenth at most."""
    page.goto(served_real + kinds[-1])
    sizes = {}
    for screen in ("phone", "phone, text twice as large"):
        show_on(page, session, screen)
        sizes[screen] = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main article')).fontSize)")
    assert sizes["phone, text twice as large"] == 2 * sizes["phone"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    covered = page.evaluate("[...document.querySelectorAll('.safety, .leave')].map(e => e.getBoundingClientRect()).reduce((sum, b) => sum + Math.max(0, Math.min(b.bottom, innerHeight) - Math.max(b.top, 0)), 0)")  # fmt: skip
    assert covered < page.evaluate("innerHeight") / 10


def test_what_a_link_leads_to_is_right_below_the_bar(page: Page, session: CDPSession, served_real: str, kinds: list[str]) -> None:
    """The room that the stylesheet keeps for the bar is its height and a little more, wherever it stays on the screen."""
    page.goto(served_real + kinds[-1])
    found = {}
    for text in (16, 20, 24, 32):
        session.send("Page.setFontSizes", {"fontSizes": {"standard": text, "fixed": text}})
        for width in (300, 320, 360, 378, 384, 390, 480, 640, 768, 890, 900, 1024, 1200, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            spare = page.evaluate("(bar => getComputedStyle(bar).position === 'sticky' ? parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) - bar.offsetHeight : 0)(document.querySelector('.safety'))")  # fmt: skip
            if not 0 <= spare <= 1.5 * text:
                found[text, width] = spare
    assert found == {}


def test_the_key_itself_shows_the_same(page: Page, session: CDPSession, served_real: str, kinds: list[str]) -> None:
    """Tab, and Shift with Tab, through one page: the same stops, each at the same place of the screen."""
    show_on(page, session, "phone")
    for backwards in (False, True):
        page.goto(served_real + kinds[-1])
        page.evaluate(PREPARE)
        walked = page.evaluate(f"walk({str(backwards).lower()})")
        page.reload()
        page.evaluate(PREPARE)
        page.evaluate("scrollTo(0, 0)")  # a page that is loaded again is shown where it was left
        pressed = []
        for _ in walked:
            page.keyboard.press("Shift+Tab" if backwards else "Tab")
            pressed.append(page.evaluate("look(document.activeElement)"))
        assert pressed == walked


STICKY = """<!doctype html><html lang="en"><title>A page</title>
<style>html { scroll-padding-top: PADDING } header { position: sticky; top: 0; background: #fff } p { margin: 40px 0 }</style>
<header><p>A bar that stays</p></header><main><h1>A page</h1>LINKS</main></html>"""


@pytest.mark.parametrize(("padding", "faults"), [("0", True), ("120px", False)])
def test_it_finds_what_is_hidden(page: Page, padding: str, faults: bool) -> None:
    links = "".join(f'<p><a href="#{number}">Link {number}</a></p>' for number in range(40))
    page.set_content(STICKY.replace("LINKS", links).replace("PADDING", padding))
    page.evaluate(PREPARE)
    assert bool(hidden(page)) is faults
