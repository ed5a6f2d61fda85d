"""Words to avoid are told wherever an editor writes, with what to write instead, and stop nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.content.reading import load_catalogue
from macros.problems import errors
from macros.rules import plain_words
from tests.mistakes_corpus import TODAY

PAGE = "docs/topics/kites.md"


def advised(site: Path) -> list[tuple[str, int | None, str, str]]:
    catalogue, problems = load_catalogue(site, TODAY)
    assert problems == []
    found = list(plain_words.check(catalogue))
    assert errors(found) == []
    return [(problem.file, problem.line, problem.says, problem.fix) for problem in found]


def edit(site: Path, file: str, change: str, to: str) -> None:
    text = (site / file).read_text()
    assert change in text
    (site / file).write_text(text.replace(change, to, 1))


SAYS = ('"kite-like" is not a word of this site.', "Write instead: like a kite.")


@pytest.mark.parametrize(
    ("file", "change", "to", "line"),
    [
        (PAGE, "Kites are held", "First.\n\nKite-like things are held", 13),
        (PAGE, "title: Kites", 'title: "Kite-like"', 2),
        ("data/themes.yml", "summary: ", "summary: Kite-like, ", 4),
        ("data/tables/kite-clubs.yml", "summary: ", "summary: Kite-like, ", 2),
    ],
)
def test_a_word_is_told_in_a_page_a_setting_a_list_and_a_table(file: str, change: str, to: str, line: int, small_site: Path) -> None:
    edit(small_site, file, change, to)
    assert advised(small_site) == [(file, line, *SAYS)]


def test_every_form_and_a_phrase_across_two_lines_is_found_and_parts_of_words_are_not(small_site: Path) -> None:
    edit(small_site, "data/plain_words.yml", "kitelike]", "kitelike, as a kite does]")
    edit(small_site, PAGE, "Kites are held by a string.", "Un-kite-like, kite-likes. It flies as a\nkite does, KITELIKE.")
    told = [(line, says) for _, line, says, _ in advised(small_site)]
    assert sorted(told) == [(11, '"as a kite does" is not a word of this site.'), (12, '"kitelike" is not a word of this site.')]


def test_names_that_somebody_else_chose_and_examples_of_code_are_left_alone(small_site: Path) -> None:
    edit(small_site, PAGE, "Kites are held by a string.", "Write `kite-like` so, or see [it](/topics/kites.md#kite-like).")
    edit(small_site, "data/events.yml", "place: Kite Week", "place: Kite-like weeks")
    assert advised(small_site) == []
