"""What a screen reader says of pages, as text that a person can read: the transcripts in ``tests/by_ear/``.

Owns: hearing a page through the virtual screen reader, within the browser, and writing down what it said. Left out is what it says only of HTML
and no reader of these pages needs written down: the ends of things, paragraphs and bold print, a row's cells before it comes to them,
and once more the words that are the name of something.
What stands within something is set in below it. Never: judges what was said.

    python -m tests.browser.by_ear    write the transcripts again, after a look at what has changed
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.watching import Watched, serving, watching
from tests.browser_setup import FLAGS, find_browser
from tests.whole_sites import EPOCH, ROOT, build, copy_small_site

READER = ROOT / "node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js"
FOLDER = ROOT / "tests/by_ear"
# From the first thing on to where it would begin again.
HEAR = """async selector => {
    const { virtual } = await import('/screen-reader.js');
    await virtual.start({ container: document.querySelector(selector) });
    const first = await virtual.lastSpokenPhrase();
    do await virtual.next(); while (await virtual.lastSpokenPhrase() !== first);
    const said = await virtual.spokenPhraseLog();
    await virtual.stop();
    return said.slice(0, -1);
}"""
UNHEARD = {"paragraph", "strong", "mark", "emphasis", "code"}
SHORTER = (
    (r"^listitem, level \d+, position (\d+), set size (\d+)", r"item \1 of \2"),
    (r"^row, .*", "row"),
    (r"^(option, .*?), position (\d+), set size (\d+)$", r"\1, \2 of \3"),
)


def hear(watched: Watched, address: str, within: str = "main", first: Callable[[Page], None] = lambda page: None) -> str:
    """What is said of a part of a page, from its beginning to its end, after something was done ``first``."""
    page = watched.page
    page.route("**/screen-reader.js", lambda route: route.fulfill(body=READER.read_text(encoding="utf-8"), content_type="text/javascript"))
    watched.open(address)
    first(page)
    return transcript(page.evaluate(HEAR, within))


def transcript(said: list[str]) -> str:
    """The same as lines, each set in below what it is part of."""
    ended = {re.sub("^end of |^end, ", "", phrase) for phrase in said if phrase.startswith(("end of ", "end, "))}
    lines: list[str] = []
    within: list[tuple[str, int]] = []
    for phrase in said:
        if re.sub("^end of |^end, ", "", phrase) != phrase:
            name, begins = within.pop()
            if "".join("".join(lines[begins:]).split()) in "".join(name.split()):
                del lines[begins:]
            continue
        if phrase not in UNHEARD:
            shorter = phrase
            for pattern, shown in SHORTER:
                shorter = re.sub(pattern, shown, shorter)
            lines.append("  " * sum(name not in UNHEARD for name, _ in within) + shorter)
        if phrase in ended:
            within.append((phrase, len(lines)))
    return "\n".join(lines) + "\n"


def searched(page: Page) -> None:
    """Waits for what a search has found."""
    expect(page.locator(".results > li").first).to_be_visible()


def opened(page: Page) -> None:
    """What is folded on phones alone is open on a wide screen: the virtual reader knows no stylesheet, so it is opened for it."""
    page.locator("details.choose").evaluate("box => { box.open = true }")


def pressed_shift(page: Page) -> None:
    """As somebody does who wants to leave, but for the last time."""
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")


def every_transcript(watched: Watched) -> dict[str, str]:
    """What is heard where it matters most, by the name of its file."""
    return {
        "urgent-help": hear(watched, "/worried-about-a-child/", "body"),
        "table": hear(watched, "/every-word/", ".data-table:has(> .table-scroll .group)"),
        "chart": hear(watched, "/performance/puddles-by-year/", "figure"),
        "finder": hear(watched, "/learning/", first=opened),
        "search": hear(watched, "/search/?q=hurt+puddles", first=searched),
        "leaving": hear(watched, "/safety/", "aside") + hear(watched, "/safety/", "body > [role=status]", first=pressed_shift),
    }


def main() -> None:
    """Writes every transcript."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = copy_small_site(Path(folder))
        assert build(site, SOURCE_DATE_EPOCH=EPOCH).returncode == 0
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        with serving(site / "site") as home, watching(browser, home) as watched:
            for name, heard in every_transcript(watched).items():
                (FOLDER / f"{name}.txt").write_text(heard, encoding="utf-8")


if __name__ == "__main__":
    main()
