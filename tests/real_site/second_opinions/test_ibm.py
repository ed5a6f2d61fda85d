"""IBM's accessibility checker on one page of each kind: light on a desktop and dark on a phone.

Of its rules those are run that can find a fault. Sixty others only ask that somebody look, whatever a page holds ("confirm that
this text is not used as a heading"): they cannot tell a good page from a bad one, and take most of its time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame

from tests.browser import layout
from tests.browser.watching import watching
from tests.browser_setup import needs
from tests.whole_sites import ROOT

pytestmark = needs("Node")
ENGINE = ROOT / "node_modules/accessibility-checker-engine/ace.js"

# Rule, what its finding holds, and why it is no fault.
EXCEPTIONS = [
    ("aria_content_in_landmark", "skip", "The way past everything is the first thing on a page, before the first landmark (WCAG technique G1)."),
]

# Which guideline to check by is made of IBM's own: a rule that can find a fault says so in its program.
CHECK = """async () => {
  const checker = new ace.Checker();
  const guideline = checker.getGuidelines().find(({ id }) => id === "IBM_Accessibility");
  const canFail = ({ id }) => String(checker.engine.getRule(id).run).includes("RuleFail");
  for (const point of guideline.checkpoints) point.rules = (point.rules || []).filter(canFail);
  checker.addGuideline({ ...guideline, id: "can fail" });
  const { results } = await checker.check(document, ["can fail"]);
  return results.filter(({ value }) => value[0] === "VIOLATION" && value[1] !== "PASS")
    .map(({ ruleId, value, message, snippet }) => [ruleId, `${value[1]}: ${message}`, snippet]);
}"""
# Leaves two of each piece that pages are made of, told by its elements and classes, and the frame of the first page alone.
# Boxes are opened, so that what is in them is looked at, and follows what becomes of it.
LEAVE_TWO = """(made) => {
  const main = document.querySelector("main");
  for (const box of main.querySelectorAll("details")) box.open = true;
  if (made.frame) for (const part of [...document.body.children]) if (!part.contains(main)) part.remove();
  made.frame = 1;
  for (const piece of main.querySelectorAll("li, tr, p, dl > div, section, details, figure, .data-table")) {
    const form = [piece, ...piece.querySelectorAll("*")].map((part) => `${part.localName}.${part.className}`).join(" ");
    made[form] = (made[form] || 0) + 1;
    if (made[form] > 2) piece.remove();
  }
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(made))));
}"""


@pytest.fixture(scope="module")
def engine() -> str:
    assert ENGINE.exists(), "IBM's checker is not installed: run `make node_modules` (it needs npm)"
    return f"{ENGINE.read_text(encoding='utf-8')}; window.ace = ace; undefined"


@pytest.fixture(scope="module")
def frame(browser: Browser, served_real: str) -> Iterator[Frame]:
    """A frame, in which each page is opened: a window takes longer to open it than the checker to look at it."""
    with watching(browser, served_real) as watched:
        watched.open("/robots.txt")  # of the same address, and with no policy that forbids a frame
        watched.page.set_default_timeout(120_000)
        yield layout.frame(watched.page)


def faults(frame: Frame) -> list[str]:
    """What the checker finds in a page as it is shown, one line a fault, without the exceptions."""
    frame.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: list[tuple[str, str, str]] = frame.evaluate(CHECK)
    excepted = [(rule, part) for rule, part, _ in EXCEPTIONS]
    return [f"{rule}, {says} {snippet[:200]}" for rule, says, snippet in found if not any(rule == name and part in snippet for name, part in excepted)]


def test_one_page_of_each_kind(frame: Frame, served_real: str, kinds: list[str], engine: str) -> None:
    made: dict[str, Any] = {}
    found = {}
    for address in kinds:
        layout.widen(frame, layout.DESKTOP)
        frame.page.emulate_media(color_scheme="light")
        frame.goto(served_real + address)
        made = frame.evaluate(LEAVE_TWO, made)
        frame.evaluate(engine)
        found[f"{address}, desktop, light"] = faults(frame)
        frame.page.emulate_media(color_scheme="dark")
        layout.widen(frame, layout.PHONE)
        found[f"{address}, phone, dark"] = faults(frame)
    assert {where: what for where, what in found.items() if what} == {}


GOOD = """<!doctype html><html lang="en"><title>A page</title><style>div { overflow: auto } p { color: #222; background: #fff }</style>
<main><h1>A page</h1><p>Words.</p><div>More words.</div><label for="find">Find</label><input id="find"></main></html>"""


@pytest.mark.parametrize(
    ("good", "bad", "rule"),
    [
        ("#222", "#bbb", "text_contrast_sufficient"),
        ("<div>", '<div role="region" aria-label="More" tabindex="0">', "element_tabbable_role_valid"),
        ('<label for="find">Find</label>', "", "input_label_exists"),
        ("<main>", "<p>Words before it.</p><main>", "aria_content_in_landmark"),
        ('lang="en"', "", "html_lang_exists"),
    ],
)
def test_it_finds_what_is_wrong(frame: Frame, served_real: str, engine: str, good: str, bad: str, rule: str) -> None:
    frame.goto(served_real + "/robots.txt")
    frame.page.emulate_media(color_scheme="light")
    layout.widen(frame, layout.DESKTOP)
    for html, expected in ((GOOD, []), (GOOD.replace(good, bad, 1), [rule])):
        frame.set_content(html)
        frame.evaluate(engine)
        assert [fault.partition(",")[0] for fault in faults(frame)] == expected
