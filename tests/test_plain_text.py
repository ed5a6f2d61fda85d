"""Leaving plain text alone changes no page."""

from __future__ import annotations

from pathlib import Path

import markdown
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros.plain_text import PlainText
from macros.sources.pages import read_page

ROOT = Path(__file__).parents[1]
_SETTINGS = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
EXTENSIONS = ["tables", "fenced_code"] + [name for one in _SETTINGS for name in (one if isinstance(one, dict) else [one])]
SIGNS = [
    "`",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "!",
    "<",
    ">",
    "&amp;",
    "*",
    "_",
    "  \n",
    "\n",
    "\n\n",
    "# ",
    "- ",
    "1. ",
    "> ",
    "!!! note\n    ",
    "word",
    "a b",
    "https://kites.example/",
    "\ue000",
    "| a | b |\n|---|---|\n",
    "```\n",
    "0",
    "\ue001",
]


def both(text: str) -> tuple[str, str, object, object]:
    plain, quick = (markdown.Markdown(extensions=[*EXTENSIONS, *more]) for more in ((), (PlainText(),)))
    return plain.convert(text), quick.convert(text), plain.toc_tokens, quick.toc_tokens  # type: ignore[attr-defined]


def test_every_page_of_the_small_site_comes_out_the_same() -> None:
    site = ROOT / "tests/small_site"
    files = sorted((site / "docs").rglob("*.md"))
    assert len(files) > 20
    for file in files:
        page = read_page(file, site, [])
        assert page
        before, after, contents, quick_contents = both(page.body)
        assert (before, contents) == (after, quick_contents), file.name


@given(st.lists(st.sampled_from(SIGNS) | st.text(max_size=6), max_size=14).map("".join))
def test_any_text_comes_out_the_same(text: str) -> None:
    before, after, contents, quick_contents = both(text)
    assert (before, contents) == (after, quick_contents)
