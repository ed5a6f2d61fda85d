"""A small count of people is declared, and what is hidden is given away neither by a sum nor by the order of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from macros.content.suppression import without_small_counts
from macros.models.table import Table
from macros.rules import small_counts
from tests.made_up import catalogue_of, table, told

UNDECLARED = "A count of people under 6, by which somebody might be recognised"


def counted(columns: dict[str, str], rows: Sequence[Sequence[object]], **more: Any) -> Table:
    """Counts by place; each column with its unit."""
    kinds = {name: {"type": "whole number", "unit": unit} for name, unit in columns.items()}
    return without_small_counts(table({"place": "text", **kinds}, [[f"Place {n}", *row] for n, row in enumerate(rows)], key="place", **more))


def of_undeclared(unit: str, *numbers: object, **more: Any) -> list[str]:
    return told(small_counts.check(catalogue_of(counted({"n": unit}, [[number] for number in numbers], **more))))


@pytest.mark.parametrize(
    ("unit", "is_of_people"),
    [
        ("children", True),
        ("Young people", True),
        ("referrals to a service", True),
        ("family", True),
        ("babies under one", True),
        ("deaths", True),
        ("households in need", True),
        ("corporate parents", True),
        ("paper plans", True),
        ("staircases", False),
        ("childminders", False),
        ("clubs", False),
        ("childcare places", False),
        ("visits", False),
        ("children per 10,000", False),
        ("% of children", False),
        ("percentage of pupils", False),
        ("Rates of children", False),
        ("the rate of children", False),
        ("percentages of pupils", False),
        ("", False),
    ],
)
def test_what_counts_people_is_told_by_its_unit(unit: str, is_of_people: bool) -> None:
    assert bool(of_undeclared(unit, 3)) is is_of_people


PEOPLE = "adult baby boy carer child family father girl household infant mother parent patient person pupil sibling teenager victim"
CASES = "admission assessment case death episode investigation notice notification placement plan referral"
IRREGULAR = "babies children families people young"


def test_every_word_for_people_and_for_what_happens_to_one_of_them_is_known() -> None:
    regular = [word for word in f"{PEOPLE} {CASES}".split() if word not in ("baby", "child", "family")]
    units = [*f"{PEOPLE} {CASES} {IRREGULAR}".split(), *(f"{word}s" for word in regular)]
    columns = {f"n{number}": unit for number, unit in enumerate(units)}
    said = told(small_counts.check(catalogue_of(counted(columns, [[3] * len(units)]))))
    assert [line.split(", ")[2].partition(":")[0] for line in said] == list(columns)


def test_one_to_five_are_small_and_their_lines_are_named() -> None:
    assert of_undeclared("children", 6, 0, "", "not stated in the source", 600) == []
    assert of_undeclared("children", 6, 1) == [f"data/tables/weather.csv, line 3, n: {UNDECLARED} (lines: 3)."]
    assert of_undeclared("children", 5, 4, 9, 3, 2, 1) == [f"data/tables/weather.csv, line 2, n: {UNDECLARED} (lines: 2, 3, 5, 6, 7)."]
    assert of_undeclared("children", 5, 4, 3, 2, 1, 1) == [f"data/tables/weather.csv, line 2, n: {UNDECLARED} (lines: 2, 3, 4, 5, 6 and more)."]
    assert of_undeclared("children", 1, published_counts="yes") == []
    both = counted({"boys": "children", "clubs": "clubs", "girls": "children"}, [[9, 1, 2], [1, 1, 9]])
    assert [line.partition(":")[0] for line in told(small_counts.check(catalogue_of(both)))] == [
        "data/tables/weather.csv, line 3, boys",
        "data/tables/weather.csv, line 2, girls",
    ]
    decimals = table({"n": {"type": "decimal", "unit": "children"}}, [[3]])
    assert told(small_counts.check(catalogue_of(decimals))) == [], "an average counts nobody"


def test_the_fix_says_what_to_write_and_where() -> None:
    (problem,) = small_counts.check(catalogue_of(counted({"n": "children"}, [[3]])))
    assert "`published_counts: yes` in weather.yml" in problem.fix and "`threshold: 6`" in problem.fix


# What is hidden and given away all the same -------------------------------------------------------------------

HIDE: dict[str, Any] = {"threshold": "6"}


def of_hidden(columns: str, rows: Sequence[Sequence[object]], sums: Sequence[str] = (), **more: Any) -> list[str]:
    """What is said of a table with hidden counts; ``sums`` are declared as ``all = boys + girls``."""
    adds_up = [{"whole": whole, "parts": parts.split(" + ")} for whole, _, parts in (line.partition(" = ") for line in sums)]
    made = counted(dict.fromkeys(columns.split(), "children"), rows, **{"small_counts": {**HIDE, "adds_up": adds_up}, **more})
    return [line.removeprefix("data/tables/weather.csv, ") for line in told(small_counts.check(catalogue_of(made)))]


def unspoken(line: str) -> str:
    whole = line.partition(" is ")[2]
    return f"line 1, {whole}: {line} in every row, which would give hidden counts away."


@pytest.mark.parametrize(
    ("columns", "rows", "sums", "said"),
    [
        ("boys girls all", [[3, 20, 23], [30, 20, 50], [9, 9, 18]], [], [unspoken("boys + girls is all")]),
        ("boys girls all", [[3, 20, 23], [30, 20, 50], [9, 9, 18]], ["all = boys + girls"], []),
        ("boys girls all", [[3, 20, 23], [30, 20, 51], [9, 9, 18]], [], []),
        ("all boys girls", [[23, 3, 20], [50, 30, 20], [18, 9, 9]], [], [unspoken("boys + girls is all")]),
        ("a b c d", [[3, 20, 10, 33], [30, 20, 7, 57], [9, 9, 8, 26]], [], [unspoken("a + b + c is d")]),
        ("a b c d e", [[3, 20, 10, 9, 42], [30, 20, 7, 8, 65], [9, 9, 8, 7, 33]], [], []),
        ("boys girls all", [[3, "", 3], [30, 20, 50], [9, 9, 18]], [], []),
        ("boys girls all", [[3, 20, 23], ["", "", ""], [30, 20, 50], [9, 9, 18]], [], [unspoken("boys + girls is all")]),
        ("boys none all", [[3, 0, 3], [30, 0, 30], [9, 0, 9]], [], []),
        ("boys girls all", [[3, 20, 23]], [], []),
        ("boys girls all", [[3, 20, 23], [30, 20, 50]], [], [unspoken("boys + girls is all")]),
        ("boys girls all", [[30, 20, 50], [9, 9, 18]], [], []),
        ("a b ab abc c", [[3, 20, 23, 33, 10], [30, 20, 50, 57, 7], [9, 9, 18, 26, 8]], ["ab = a + b"], [unspoken("ab + c is abc")]),
        ("boys girls all", [[3, 20, 24], [30, 20, 50], [9, 9, 18]], ["all = boys + girls"], ["line 2, all: boys + girls is not all in this row."]),
        ("boys girls all", [[3, 20, ""], [30, "", 30], ["", "", ""]], ["all = boys + girls"], ["line 2, all: boys + girls is not all in this row.", "line 3, all: boys + girls is not all in this row."]),
        ("boys girls all", [[30, 20, 51]], ["all = boys + girls"], ["line 2, all: boys + girls is not all in this row."]),
    ],
)  # fmt: skip
def test_a_sum_nobody_spoke_of_gives_hidden_counts_away(columns: str, rows: list[list[object]], sums: list[str], said: list[str]) -> None:
    assert of_hidden(columns, rows, sums) == said


def test_the_fix_names_the_entry_of_a_sum_that_does_not_add_up() -> None:
    sums = [{"whole": "b", "parts": ["a", "c"]}, {"whole": "e", "parts": ["b", "d"]}]
    made = counted(dict.fromkeys("abcde", "children"), [[10, 20, 11, 10, 31]], small_counts={**HIDE, "adds_up": sums})
    assert [problem.fix for problem in small_counts.check(catalogue_of(made))] == [
        f"Correct the row, or delete entry {entry} of `adds_up:`." for entry in (1, 2)
    ]


@pytest.mark.parametrize(
    ("columns", "rows", "lines"),
    [
        ("n", [[3], [20], [8], [31]], [5]),
        ("n", [[31], [3], [20], [8]], [2]),
        ("n", [[3], [20], [8], [32]], []),
        ("n", [[3], [20], ["not stated in the source"], [23]], [5]),
        ("n", [[3], [3]], []),
        ("n", [[3], [20], [23]], [4]),
        ("n", [[0], [1], [1]], [3, 4]),
        ("n", [[3], [20], [8], [""]], []),
        ("n m", [[3, 9], [20, 7], [8, 6], [31, 22]], [5]),
        ("n m", [[3, 9], [20, 7], [8, 6], [31, 23]], []),
        ("n m", [[3, 0], [20, 0], [8, 0], [31, 0]], []),
    ],
)
def test_a_row_that_is_the_sum_of_the_others_gives_hidden_counts_away(columns: str, rows: list[list[object]], lines: list[int]) -> None:
    said = [text for text in of_hidden(columns, rows) if "sum of the others" in text]
    assert said == [f"line {line}, place: This row is the sum of the others, which would give hidden counts away." for line in lines]


@pytest.mark.parametrize(
    ("numbers", "in_order"),
    [
        ([3, 8, 20], True),
        ([20, 8, 3], True),
        ([3, 8, 8, 20], True),
        ([3, "not stated in the source", 8, 20], True),
        ([8, 3, 20], False),
        ([3, 3, 8, 8], False),
        ([3, 8], False),
    ],
)
def test_rows_in_order_of_size_give_hidden_counts_away(numbers: list[object], in_order: bool) -> None:
    said = [line for line in of_hidden("n", [[number] for number in numbers]) if "order of size" in line]
    assert said == (["line 2, n: The rows stand in order of size, so a hidden count lies between its neighbours."] if in_order else [])
    larger = [number * 10 if isinstance(number, int) else number for number in numbers]
    assert of_hidden("n", [[number] for number in larger]) == [], "where nothing is hidden nothing can be given away"


def test_each_column_in_order_is_told_once_and_years_may_come_in_order() -> None:
    rows = [[3, 40, 9], [4, 9, 20], [20, 3, 3], [30, 2, 40]]
    assert [line.partition(":")[0] for line in of_hidden("up down mixed", rows)] == ["line 2, up", "line 2, down"]
    for kind, days in (("year", ["2019", "2020", "2021"]), ("date", ["2019-01-01", "2020-01-01", "2021-01-01"])):
        counts = {"type": "whole number", "unit": "children"}
        by_time = without_small_counts(table({"when": kind, "n": counts}, list(zip(days, [3, 8, 20], strict=True)), key="when", small_counts=HIDE))
        assert told(small_counts.check(catalogue_of(by_time))) == []


def test_a_column_that_is_not_hidden_may_come_in_order() -> None:
    small = {**HIDE, "columns": ["n"]}
    assert of_hidden("n sorted", [[8, 1], [3, 2], [20, 3]], small_counts=small) == []
