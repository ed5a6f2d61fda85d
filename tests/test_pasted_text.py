"""What people paste: what GitHub shows right and the site would not is always told, and what is fixed is shown by both as it was meant."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from macros.editing.fixes import fix_file
from macros.rules.pasted_text import faults_in
from tests.pasted_snippets import on_github, on_site, read_snippets, told_of, written_down
from tests.test_limits import ENOUGH
from tests.time_limit import ends_within

SNIPPETS = read_snippets()
_FRONT = "---\ntitle: Kites\n---\n"
# Lines that mean something in Markdown, to be put below one another in every order.
_LINES = (
    "", "", "Text", "more text", "- a", "* b", "1. one", "2. two", "1) one", "10. ten", "  - in", "    - in", "   1. in", "    1. in", "   para", "  para", "    para", "\t- t", "> q", "> - q",
    "> more", "| a | b |", "|---|---|", "| 1 | 2 |", "a | b", "--|--", "## H", "---", "***", "**b** x", "**b **x", "*i*", "*c* **d** _e_", "a_b", "  text  ", "see [x](/y)", "•\tw", "o\tw",
    "https://a.org/x_y", "`code` x", "**`x`**", "3 * 3", "1\\. x", "-",
)  # fmt: skip


def test_each_snippet_is_shown_told_and_fixed_as_is_written_down() -> None:
    assert len(SNIPPETS) >= 80
    assert [snippet["what"] for snippet in SNIPPETS if written_down(snippet) != snippet] == []


def test_what_github_shows_otherwise_is_told_and_what_both_show_as_meant_is_not() -> None:
    other = [snippet for snippet in SNIPPETS if snippet["github"] != snippet["site"]]
    assert len(other) > 40
    assert [snippet["what"] for snippet in other if not snippet["told"]] == []
    quiet = [snippet for snippet in SNIPPETS if not snippet["told"]]
    assert len(quiet) > 15, "some look like a mistake and are none"


def test_a_fix_shows_on_the_site_what_github_shows(tmp_path: Path) -> None:
    """``make fix`` writes what the rule thinks certain, once and for all; what GitHub showed right before it shows still."""
    page = tmp_path / "docs/kites.md"
    page.parent.mkdir()
    for snippet in SNIPPETS:
        page.write_text(f"{_FRONT}{snippet['pasted']}\n", encoding="utf-8")
        work = fix_file(page, tmp_path)
        assert work, snippet["what"]
        fixed = work.data.decode().removeprefix(_FRONT).removesuffix("\n")
        assert fixed == snippet.get("fixed", snippet["pasted"]), snippet["what"]
        assert all(fix.line > 3 for fix in work.fixes)
        if "fixed" in snippet:
            assert on_site(fixed) == on_github(fixed) and told_of(fixed) == [], snippet["what"]
            assert snippet["github"] in (snippet["site"], on_github(fixed)) or re.search("no-break|as HTML", snippet["what"]), snippet["what"]
            page.write_bytes(work.data)
            again = fix_file(page, tmp_path)
            assert again and not again.fixes, snippet["what"]


@pytest.mark.parametrize("seed", [1, 2])
def test_lines_in_any_order_are_shown_alike_or_told(seed: int) -> None:
    """Left out are lists whose first sign is itself to the right, and what only the site shows as a list in a list: GitHub shows those wrong, not the site."""
    chance = random.Random(seed)
    for _ in range(400):
        text = "\n".join(chance.choice(_LINES) for _ in range(chance.randint(2, 5))).strip("\n")
        deeper = "    1. in" in text or "    - in" in text or "\t- t" in text
        if text and not told_of(text) and not (deeper and ("   1. in" in text or "  - in" in text)):
            assert on_site(text) == on_github(text), text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: “Kites”", 'title: "Kites"'),
        ("title: ‘Kites and string’", 'title: "Kites and string"'),
        ("themes: [“wind”, ‘rain’]", 'themes: ["wind", "rain"]'),
        ("title: Kites “and” string", "title: Kites “and” string"),
        ("title: '“Kites”, they said'", "title: '“Kites”, they said'"),
    ],
)
def test_settings_in_curly_quotation_marks_are_made_straight(before: str, after: str, tmp_path: Path) -> None:
    page = tmp_path / "docs/kites.md"
    page.parent.mkdir()
    page.write_text(f"---\n{before}\n---\nText.\n", encoding="utf-8")
    work = fix_file(page, tmp_path)
    assert work and work.data.decode() == f"---\n{after}\n---\nText.\n"


def test_a_page_as_long_as_it_may_be_is_looked_at_in_time() -> None:
    for line in (
        "- a\n",
        "**a ",
        "_a ",
        "| a | b |\n|---|---|\n",
        "> - a\n\n",
        "  - a\n\n      b\n",
        "*a** ",
        "[a](",
        "https://a.",
        "1/1/",
        "\\",
        "• a\n",
        "`a` *b ",
    ):
        with ends_within(ENOUGH, line):
            faults_in(f"{line * (8_000 // len(line))}\n" * 5)
