"""The search of ``make fuzz`` goes on working: a few hundred of its million cases, and that it does find faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.problems import Problem
from macros.sources import csv_files, yaml_files
from macros.sources.csv_files import Row
from tests import fuzz
from tests.whole_sites import SMALL


@pytest.fixture(autouse=True)
def the_small_site_alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The files to be spoilt are those of the small site, so that the cases stay the same whatever editors change."""
    monkeypatch.setattr(fuzz, "ROOTS", (SMALL,))
    for kept in (fuzz.originals, fuzz._partner):
        kept.cache_clear()
    yield
    for kept in (fuzz.originals, fuzz._partner):
        kept.cache_clear()


def test_a_few_hundred_broken_files_are_refused_or_come_out_as_they_stand() -> None:
    tally = fuzz.batch(0)
    tally.add(fuzz.batch(500_000))
    assert tally.found == []
    assert tally.outcomes.total() == 2 * fuzz.BATCH
    assert tally.outcomes["refused"] > 100 and tally.outcomes["passed"] > 50


def test_a_case_is_known_by_its_number() -> None:
    assert fuzz.case(4711) == fuzz.case(4711)
    assert len({fuzz.case(number).data for number in range(100)}) > 95
    assert {Path(file).suffix for file, _ in fuzz.originals()} == {".csv", ".yml", ".md", ".png"}


def test_the_search_finds_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise KeyError("stumbled")

    monkeypatch.setattr(csv_files, "_cell_problems", stumble)
    assert any("crash" in line and "stumbled" in line for line in fuzz.batch(0).found)


def test_the_search_finds_a_silent_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that drops the end of each long cell and tells nobody."""
    rows = csv_files._rows

    def trimming(text: str, file: str, problems: list[Problem]) -> list[Row]:
        return [Row(row.line, tuple(cell[:30] for cell in row.cells)) for row in rows(text, file, problems)]

    monkeypatch.setattr(csv_files, "_rows", trimming)
    assert any("silent change: the cells" in line for number in range(0, 2000, fuzz.BATCH) for line in fuzz.batch(number).found)


def test_the_search_finds_what_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(fuzz, "SECONDS", 0.2)
    monkeypatch.setattr(fuzz, "BATCH", 3)
    monkeypatch.setattr(yaml_files, "_refuse_traps", wait)
    assert any("hang" in line for line in fuzz.batch(0).found)
