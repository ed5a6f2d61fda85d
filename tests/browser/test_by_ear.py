"""What a screen reader says on the pages that matter most, held against transcripts that somebody has read (``tests/by_ear/``)."""

from __future__ import annotations

from tests.browser.by_ear import FOLDER, READER, every_transcript, hear
from tests.browser.watching import Watched
from tests.browser_setup import needs


@needs("Node")
def test_pages_are_heard_as_they_were_when_somebody_listened(fresh: Watched) -> None:
    assert READER.exists(), "the virtual screen reader is not installed: run `make node_modules` (it needs npm)"
    written = {file.stem: file.read_text(encoding="utf-8") for file in FOLDER.iterdir()}
    for name, heard in every_transcript(fresh).items():
        assert heard == written.pop(name, ""), f"Read what is said now, then run: python -m tests.browser.by_ear ({name})"
    assert written == {}


@needs("Node")
def test_what_is_hidden_unnamed_or_out_of_order_is_heard(fresh: Watched) -> None:
    def spoil(script: str) -> str:
        return hear(fresh, "/worried-about-a-child/", "main", lambda page: page.evaluate(script))

    well = spoil("() => {}")
    assert "heading, Kite rescue" in well
    assert "heading, Kite rescue" not in spoil("() => document.querySelector('.contact').setAttribute('aria-hidden', 'true')")
    assert "heading, Kite rescue" not in spoil("() => document.querySelector('.contact :is(h2, h3)').setAttribute('role', 'none')")
    assert "link, Go" in spoil("() => document.querySelector('.contact a').setAttribute('aria-label', 'Go')")
