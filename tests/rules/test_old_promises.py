"""A plan in an old document is told in the past tense."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from macros.content.reading import load_catalogue
from macros.problems import errors
from macros.rules import old_promises

PAGE = "docs/topics/kites.md"
AFTER_A_YEAR = date(2024, 4, 1)  # the yearbook ends on 31 March 2023


def advised(site: Path, text: str, today: date = AFTER_A_YEAR) -> list[tuple[int | None, str]]:
    page = site / PAGE
    page.write_text(page.read_text().replace("Kites are held by a string.", text))
    catalogue, _ = load_catalogue(site, today)
    found = [problem for problem in old_promises.check(catalogue) if problem.file == PAGE]
    assert errors(found) == []
    return [(problem.line, problem.says) for problem in found]


@pytest.mark.parametrize(
    "promise",
    [
        "The board will meet four times.",
        "We plan to buy string.",
        "The new strategy for kites is due to begin.",
        "The partners are still being trained.",
        "The council [intends](/index.md) to help.",
        "Kites are currently red.",
        "More will be held next year.",
    ],
)
def test_a_promise_is_told_with_its_line_when_its_document_is_a_year_old(promise: str, small_site: Path) -> None:
    ((line, says),) = advised(small_site, f"One.\n\nTwo. {promise}")
    assert line == 13 and "speaks as if it were March 2023, when the newest document here ended:" in says


@pytest.mark.parametrize(
    "sentence",
    [
        "The board was to meet.",
        "The council would plan to help.",
        "You will hear from us.",
        "Ask who will do it.",
        "The plan to protect kites was made.",
        "Ring now.",
    ],
)
def test_what_is_past_advice_or_a_question_is_left_alone(sentence: str, small_site: Path) -> None:
    assert advised(small_site, sentence) == []


def test_a_young_document_may_promise(small_site: Path) -> None:
    assert advised(small_site, "The board will meet.", date(2024, 3, 31)) == []


def test_a_page_that_rests_on_advice_first_may_promise(small_site: Path) -> None:
    page = small_site / PAGE
    page.write_text(page.read_text().replace("sources: [yearbook-2023]", "sources: [made-up-guidance, yearbook-2023]"))
    assert advised(small_site, "The board will meet.") == []
