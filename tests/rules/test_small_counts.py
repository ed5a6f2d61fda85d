"""A small count of people is declared, and what is hidden is given away neither by a sum nor by the order of the rows."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

import pytest
import yaml
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from macros.check import check
from macros.content import relations
from macros.content.possible_values import ENOUGH, Known, Search
from macros.content.relations import UNIT
from macros.content.suppression import without_small_counts
from macros.models.performance import Figure
from macros.models.table import Table
from macros.problems import errors
from macros.rules import small_counts
from tests.made_up import catalogue_of, table, told
from tests.mistakes_corpus import TODAY

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
    assert of_undeclared("children", 6, 0, "", "withheld", 600) == []
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


# What is hidden and could be worked out all the same ---------------------------------------------------------

HIDE: dict[str, Any] = {"threshold": "6"}
KINDS = {"%": {"type": "percentage"}, ".": {"type": "decimal"}, "": {"type": "whole number", "unit": "children"}}


def hiding(columns: str, rows: str, sums: Sequence[str] = (), said: bool = False, **more: Any) -> Table:
    """A table that hides counts. ``boys share%`` names columns and their kinds; rows are parted by commas, ``-`` is a blank, ``np`` withheld.

    A word with a colon before a row's numbers names the row. ``sums`` are declared as ``all = boys + girls``; ``said``: nothing else adds up.
    """
    kinds = {name.rstrip("%."): KINDS[name[len(name.rstrip("%.")) :]] for name in columns.split()}
    cells = []
    for number, row in enumerate(rows.split(",")):
        name, _, numbers = row.rpartition(":")
        cells.append([name.strip() or f"Place {number}", *({"-": "", "np": "withheld"}.get(cell, cell) for cell in numbers.split())])
    adds_up = [{"whole": whole, "parts": parts.split(" + ")} for whole, _, parts in (line.partition(" = ") for line in sums)]
    small = {**HIDE, "adds_up": adds_up, **({"nothing_else_adds_up": "yes"} if said else {}), **more.pop("small", {})}
    first = more.pop("first", "text")
    return without_small_counts(table({"place": first, **kinds}, cells, **{"key": "place", "small_counts": small, **more}))


def said_of(*tables: Table, figures: Sequence[Any] = ()) -> list[str]:
    """What is said of the first of these tables where they are on a site together."""
    catalogue = catalogue_of(*tables)
    catalogue = replace(catalogue, records=MappingProxyType({"figure": MappingProxyType({figure.id: figure for figure in figures})}))
    start = f"data/tables/{tables[0].id}.csv, "
    return [line.removeprefix(start) for line in told(small_counts.check(catalogue)) if line.startswith(start)]


WORKED_OUT = "This hidden count can be worked out, or nearly so, from what is shown: "

# Each kind of table as an attacker found it, and others like it. All of them were refused at sight by somebody with a pencil.
GIVEN_AWAY: dict[str, list[tuple[str, str, dict[str, Any]]]] = {
    "a column that is the sum of many": [
        ("a b c d e all", "90 80 20 4 10 204", {}),
        ("all a b c d e", "204 90 80 20 4 10", {}),
        ("a b c d e f g h n", "9 8 20 4 10 7 9 11 78, 10 9 11 20 8 9 7 5 79", {}),
        ("a b all c d every", "9 4 13 20 10 43, 12 8 20 9 7 36", {}),
        ("a x b y c whole", "9 7 4 60 20 33, 12 9 8 33 9 29, 30 8 7 41 6 43", {}),
        ("boys girls all", "3 20 23", {"said": True}),
        ("boys girls others all", "3 20 9 32, 12 - 20 32, 7 9 9 25", {}),
        ("north all south west", "20 33 4 9, 31 60 20 9", {"total": {"columns": ["all"]}}),
    ],
    "a row that is the sum of others": [
        ("n", "90, 80, 20, 4, 10, 204", {}),
        ("n", "All: 204, 90, 80, 20, 4, 10", {}),
        ("n", "90, 80, 20, 4, All: 194, 30, 41, 9, All again: 80", {}),
        ("n", "Girls: 20, Boys: 4, Both: 24, North: 12, South: 77", {}),
        ("n", "20, 4, 24, 30, 20, 50, 74", {}),
        ("n m", "3 9, 20 7, 8 6, 31 22", {}),
        ("n age", "3 14, 20 12, 8 9, Total: 31 12", {}),
        ("n", "Girls: 20, North: 61, Boys: 4, South: 77, All: 24", {}),
    ],
    "a running total": [
        ("n so_far", "8 8, 3 11, 20 31, 9 40", {}),
        ("n so_far", "8 8, 3 11", {}),
        ("so_far n", "108 8, 111 3, 131 20", {}),
        ("n so_far", "9 40, 20 31, 3 11, 8 8", {}),
        ("n so_far.", "8 8.0, 3 11.0, 20 31.0, 9 40.0, 12 52.0", {}),
        ("q1 q2 to_q2 q3 to_q3", "8 3 11 20 31, 9 8 17 9 26", {}),
        ("year_one year_two year_three year_four", "New: 8 3 20 9, So far: 8 11 31 40", {}),
        ("q1 q2 q3 q4 q5", "New: 8 3 20 9 31, Visits: 77 31 90 8 12, So far: 8 11 31 40 71", {}),
    ],
    "a column of changes": [
        ("n change", "12 -, 4 8", {}),
        ("n change", "12 -, 4 -8, 20 16", {}),
        ("n change", "30 -, 12 -18, 4 -8, 20 16, 31 11", {}),
        ("change n", "- 12, 8 4, 16 20, 11 31", {}),
        ("n change", "4 8, 12 8, 20 11, 31 -", {}),
        ("before after change", "12 4 -8, 20 31 11", {}),
        ("before after fall", "12 4 8, 31 20 11, 9 8 1", {}),
    ],
    "a change or share in per cent": [
        ("n change.", "4 -, 12 200, 30 150, 20 -33", {}),
        ("n change.", "16 -, 4 -75.0, 20 400.0, 30 50.0", {}),
        ("n share.", "3 5.0, 17 28.3, 40 66.7", {}),
        ("n change", "4 -, 12 200, 30 150, 20 -33", {"small": {"columns": ["n"]}}),
        ("n index", "4 100, 20 500, 30 750, 33 825", {"small": {"columns": ["n"]}}),
        ("n of share", "3 60 5, 17 70 24, 40 80 50", {"small": {"columns": ["n", "of"]}}),
        ("n of share", "2 200 1, 17 70 24, 40 80 50", {"small": {"columns": ["n", "of"]}}),  # 1 or 2: 3 of 200 would be printed 2
        ("q1 q2 q3", "Children: 8 3 20, Visits: 77 31 90, Change %: 12 -63 567", {}),
        ("n up_to.", "17 28.3, 3 33.3, 40 100.0", {}),
        ("boys girls share_of_boys", "3 57 5, 17 43 28, 40 31 56", {"small": {"columns": ["boys", "girls"]}}),
        ("n share.", "np 5.0, 17 28.3, 40 66.7", {}),
        ("n change", "np -, 12 200, 30 150, 20 -33", {"small": {"columns": ["n"]}}),
    ],
    "numbers in order, and what only their range gives away": [
        ("n", "5, 7, 7, 30", {"total": {"columns": ["n"]}}),
        ("n", "Girls: np, Boys: 20, All: 24, North: 90", {}),
        ("a b all", "5 5 10, 12 20 32, 9 9 18", {}),
        ("a b c all", "1 1 20 22, 12 20 9 41", {}),
        ("a b all", "4 5 9, 12 20 32, 9 9 18", {}),  # 4 and 5, or 5 and 4
        ("a b all", "4 5 9, 12 20 32, 9 9 -", {}),
        ("a b c all", "np 20 9 33, 12 20 9 41", {}),
        ("n", "90, 80, 20, np, 10, All: 204", {}),
    ],
}


@pytest.mark.parametrize(("columns", "rows", "more"), [case for cases in GIVEN_AWAY.values() for case in cases])
def test_what_somebody_with_a_pencil_could_work_out_is_refused(columns: str, rows: str, more: dict[str, Any]) -> None:
    said = said_of(hiding(columns, rows, **more))
    assert said and all(WORKED_OUT in line for line in said), said


@pytest.mark.parametrize("kind", GIVEN_AWAY)
def test_each_kind_of_table_is_there_at_least_six_times(kind: str) -> None:
    assert len(GIVEN_AWAY[kind]) >= 6


@pytest.mark.parametrize(
    ("columns", "rows", "more"),
    [
        ("n", "12, 3, 40, 20", {}),
        ("n", "12, 3, 40, 20", {"total": {"columns": ["n"]}}),
        ("n", "40, 12, 3", {}),  # in order of size, but from 1 to 5 is known anyway
        ("boys girls all", "3 20 23, 30 20 50, 9 9 18", {"sums": ["all = boys + girls"]}),
        ("boys girls all", "3 20 27, 30 20 52, 9 9 18", {"said": True}),
        ("north south east west", "12 3 40 7, 31 8 4 90, 20 61 77 8", {"total": {"columns": ["north", "south", "east", "west"]}}),
        ("a b all", "3 5 8, 12 20 32, 9 9 18", {"said": True}),  # 3 and 5, 4 and 4, or 5 and 3
        ("n visits", "3 41, 12 77, 40 203", {"small": {"columns": ["n"]}}),
        ("n rate.", "3 1.7, 12 8.1, 40 7.7", {}),
        ("n share%", "3 4, 30 44, 36 52", {}),
        ("n", "3, np, 40, 20", {}),
        ("n m", "3 20, 30 -, 40 12", {}),
        ("n", "2019: 3, 2020: 8, 2021: 20", {"first": "year"}),
        ("n", "3, 20, 8, 31", {"small": {"threshold": "4", "columns": ["n"]}, "said": True}),
        ("boys girls", "3 20, 30 20, 9 8", {"computed": [{"name": "rise", "title": "Rise", "change_in": "boys", "as": "number"}]}),
    ],
)
def test_a_table_with_nothing_to_work_out_passes(columns: str, rows: str, more: dict[str, Any]) -> None:
    shown = hiding(columns, rows, **more)
    assert shown.hidden or "np" in rows
    assert said_of(shown) == []


def test_the_largest_column_is_named_as_a_sum_or_said_to_be_none() -> None:
    rows = "3 20 27, 30 20 52, 9 9 18"
    takes = "line 1, all: Counts are hidden, and all is as large as any other count in every row, so a reader may take it for their total."
    assert said_of(hiding("boys girls all", rows)) == [takes]
    assert said_of(hiding("boys girls all", rows, said=True)) == []
    assert said_of(hiding("boys girls all", "3 20 27, 30 20 29, 9 9 18")) == []
    assert said_of(hiding("boys all", "3 28, 30 52")) == [], "with two columns there is nothing to add up"
    assert said_of(hiding("boys girls all", "30 20 57, 9 9 18")) == [], "where nothing is hidden nothing can be worked out"
    assert said_of(hiding("boys girls all", "3 20 20, 9 9 9")) == [], "as large as another throughout"
    assert said_of(hiding("boys girls all", "3 20 20, 9 9 21")) == [takes], "as large as another in one row and larger in the next"
    assert said_of(hiding("boys girls all", "3 20 20, - - 1")) == [takes], "a row in which it is the only count"
    assert said_of(hiding("boys girls all", "3 20 24, 30 20 50", ["all = boys + girls"])) == ["line 2, all: boys + girls is not all in this row."]


def test_a_sum_that_is_declared_is_told_by_its_entry_where_it_does_not_add_up() -> None:
    two = ["all = boys + girls", "pets = cats + dogs"]
    shown = hiding("boys girls all cats dogs pets", "3 20 23 9 9 18, - - - 9 9 19, - - 7 - - -", two)
    assert [(problem.line, problem.field, problem.fix) for problem in small_counts.check(catalogue_of(shown))] == [
        (4, "all", "Correct the row, or delete entry 1 of `adds_up:`."),
        (3, "pets", "Correct the row, or delete entry 2 of `adds_up:`."),
    ], "a sum whose parts are all missing is missing too"


def test_each_way_to_work_counts_out_has_its_own_message_and_fix() -> None:
    apart = hiding("boys girls all cats dogs pets", "3 57 60 44 20 64, 31 20 51 7 4 11, 4 44 48 9 9 18", said=True)
    problems = list(small_counts.check(catalogue_of(apart)))
    assert [(problem.line, problem.says.removeprefix(WORKED_OUT).partition(" in ")[0]) for problem in problems] == [
        (2, "boys + girls is all"),
        (3, "cats + dogs is pets"),
    ]
    assert {problem.fix for problem in problems} == {"Name the sum under `adds_up:` of small_counts."}, "three rows are no chance"
    (both,) = small_counts.check(catalogue_of(hiding("n", "5, 7, 7, 30", total={"columns": ["n"]})))
    assert both.fix == (
        "Delete the row of the sum and write `total:` in the description, or leave the total out altogether. "
        "Or: Sort the file by name; `sort:` in the description orders the page. If that is chance, write `nothing_else_adds_up: yes` in small_counts."
    )


def test_what_is_chance_can_be_said_to_be_chance_and_what_is_none_cannot() -> None:
    by_chance = "12, 3, 15, 40, 77"
    assert said_of(hiding("n", by_chance)) == [f"line 3, n: {WORKED_OUT}Place 0 + Place 1 is the row Place 2."]
    assert said_of(hiding("n", by_chance, said=True)) == []
    assert said_of(hiding("a b c", "12 3 15, 20 31 51, 7 9 16", said=True)) == [f"line 2, b: {WORKED_OUT}a + b is c in every row."]
    (problem,) = small_counts.check(catalogue_of(hiding("n", by_chance)))
    assert problem.fix == (
        "Delete the row of the sum and write `total:` in the description, or leave the total out altogether. "
        "If that is chance, write `nothing_else_adds_up: yes` in small_counts."
    )


def test_a_message_names_each_way_once_and_no_number() -> None:
    said = said_of(hiding("boys girls all", "3 57 60, 31 2 33, 4 44 48, 71 72 143"))
    assert said == [f"line 2, boys: {WORKED_OUT}boys + girls is all in every row. So can 2 more."]
    two = said_of(hiding("n", "5, 7, 7, 30", total={"columns": ["n"]}))
    assert two == [
        f"line 2, n: {WORKED_OUT}Place 0 + Place 1 + Place 2 + Place 3 is the row Total; and the rows come in the order of n, smallest first. So can 1 more."
    ]
    assert said_of(hiding("n", "5, 7, 7, 30", total={"columns": ["n"]}), figures=[figure(49)]) == two, "what needs not be known is not said"
    many = said_of(hiding("a b c d e f g all", "9 20 8 7 9 3 11 67"))
    assert many == [f"line 2, f: {WORKED_OUT}a + b + c + … + g is all in every row."]


# Other tables and figures -----------------------------------------------------------------------------------


def named(shown: Table, name: str) -> Table:
    return replace(shown, about=shown.about.model_copy(update={"id": name}))


def figure(value: int, title: str = "Children", **more: Any) -> Figure:
    about = {"id": "children", "title": title, "value": str(value), "type": "whole number", "unit": "children", "period": "Never", "subject": "website"}
    return Figure.model_validate({**about, "source": "almanac", "place": "Chapter 1", **more})


@pytest.mark.parametrize(
    ("mine", "other", "words"),
    [
        (("n", "A: 3, B: 20, C: 31"), ("boys girls", "A: 1 2, B: 9 11, C: 20 11"), ""),
        (("n", "A: 3, B: 20, C: 31"), ("boys girls", "A: 12 15, B: 9 11, C: 20 11"), ""),
        (("girls", "A: 3, B: 20, C: 31"), ("boys all", "A: 17 20, B: 9 29, C: 20 51"), "girls + other/boys is other/all in every row"),
        (("girls", "A: 3, B: 20, C: 31"), ("all", "A: 20, B: 29, C: 51"), ""),
        (("girls boys", "A: 3 17, B: 20 9, C: 31 20"), ("n", "A: 20, B: 29, C: 51"), "girls + boys is other/n in every row"),
        (("girls boys", "A: 3 17, B: 20 9, C: 31 20"), ("n", "a: 20, Z: 51, b: 29"), "girls + boys is other/n in every row"),
        (("girls boys", "A: 3 17, B: 20 9, C: 31 20"), ("n", "A: 20, Y: 29, Z: 51"), ""),  # one row of the same name is chance
        (("n", "A: 12, B: 4, C: 31"), ("change n", "A: 8 20, B: 30 34, C: 9 40"), "n + other/change is other/n in every row"),
        (("n", "A: 12, B: 4, C: 31"), ("rise.", "A: 75.0, B: 700.0, C: 29.0"), ""),
        (("n", "A: 12, B: 4, C: 31"), ("n rise.", "A: 21 75.0, B: 32 700.0, C: 40 29.0"), "other/rise is the rise from n to other/n"),
        (("n m", "A: 12 31, B: 4 20, C: 31 88"), ("n", "A: 12, B: 4, C: 31"), ""),
        (("n", "A: 12, B: 4, C: 31, D: 50"), ("n", "2019: 60, 2020: 97, 2021: 66"), "other, 2020 is the total of n"),
        (("n", "A: 12, B: 4, C: 31, D: 50"), ("n", "2019: 60, 2020: 98, 2021: 66"), ""),
        (("n", "A: 12, B: 4, C: 31, D: 50"), ("m", "2019: 60, 2020: 97, 2021: 66"), ""),
    ],
)
def test_two_tables_with_the_same_rows_are_read_together(mine: tuple[str, str], other: tuple[str, str], words: str) -> None:
    said = said_of(hiding(*mine), named(hiding(*other, said=True), "other"))
    assert bool(said) is bool(words) and all(WORKED_OUT + words in line for line in said), said


def test_two_tables_that_are_too_wide_together_are_refused_in_words() -> None:
    mine = hiding("n", "A: 3, B: 20", said=True)
    for width, refused in ((39, False), (40, True)):
        columns = " ".join(f"c{at}" for at in range(width))
        other = named(hiding(columns, ", ".join(f"{name}: " + " ".join(str(100 + 7 * at) for at in range(width)) for name in "AB")), "other")
        problems = [problem for problem in small_counts.check(catalogue_of(mine, other)) if problem.file == mine.file]
        assert [problem.fix for problem in problems] == ([relations._TOO_WIDE] if refused else [])


def test_what_one_table_hides_another_does_not_show() -> None:
    mine, other = hiding("n", "A: 12, B: 4, C: 31"), hiding("n", "A: 12, B: 4, C: 31", small={"threshold": "4"})
    assert said_of(mine, named(other, "other")) == [f"line 3, n: {WORKED_OUT}other/n is n in every row."]


@pytest.mark.parametrize(
    ("figures", "more", "words"),
    [
        ([figure(97)], {}, 'the figure "children" is the total of n'),
        ([figure(96)], {}, ""),
        ([figure(97, unit="visits", subject="health")], {}, ""),
        ([figure(97, subject="health")], {}, 'the figure "children" is the total of n'),
        ([figure(97, area="puddleshire")], {}, ""),
        ([figure(97, unit="visits")], {}, 'the figure "children" is the total of n'),
        ([figure(4, title="Children in Bollin")], {}, 'the figure "children" is n'),
        ([figure(4, title="Children")], {}, ""),
        ([figure(4, title="Children in Hilltop")], {}, ""),
        ([figure(4, title="Children in Bollin", type="text")], {}, ""),
        ([], {"notes": ["Of 1,097 there were 9 " + "9" * 4900]}, ""),
        ([], {"notes": ["There were 97 in all."]}, "97 in the description is the total of n"),
        ([figure(97)], {"total": {"columns": ["n"]}}, ""),
    ],
)
def test_a_total_that_is_said_elsewhere_is_known(figures: list[Figure], more: dict[str, Any], words: str) -> None:
    said = said_of(hiding("n", "Arden: 12, Bollin: 4, Croco: 31, Dane: 50", **more), figures=figures)
    assert bool(said) is bool(words) and all(WORKED_OUT + words in line for line in said), said


# The proof by counter-example -------------------------------------------------------------------------------

Derived = Callable[[Sequence[int]], list[str]]


def halves_up(part: int, whole: int, decimals: int) -> str:
    return str((Decimal(100) * part / whole).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def of_rows(*worked_out: Callable[[Sequence[int], int], object]) -> Derived:
    """Rows of one count and what is worked out from all of them; ``-`` where nothing is."""
    return lambda numbers: [" ".join([str(numbers[at]), *(str(work(numbers, at)) for work in worked_out)]) for at in range(len(numbers))]


def per_row(width: int, work: Callable[[Sequence[int]], object]) -> Derived:
    """Rows of several counts and what is worked out from each row."""
    return lambda numbers: [" ".join(map(str, (*numbers[at : at + width], work(numbers[at : at + width])))) for at in range(0, len(numbers), width)]


# The columns, how many numbers make a row (nothing: any number of rows of one), and the rows as a document would print them.
SHAPES: dict[str, tuple[str, int, Derived]] = {
    "sum of columns": ("a b c d all", 4, per_row(4, sum)),
    "sum of columns that stand apart": ("a b c both", 3, per_row(3, lambda row: row[0] + row[2])),
    "difference of columns": ("before after change", 2, per_row(2, lambda row: row[1] - row[0])),
    "share of two": ("boys girls share.", 2, per_row(2, lambda row: halves_up(row[0], row[1] or 1, 0))),
    "total row": ("n", 0, lambda numbers: [*map(str, numbers), f"All: {sum(numbers)}"]),
    "total row of no name": ("n", 0, lambda numbers: [str(sum(numbers)), *map(str, numbers)]),
    "subtotals": ("n", 0, lambda numbers: [*map(str, numbers[:2]), str(sum(numbers[:2])), *map(str, numbers[2:]), str(sum(numbers[2:])), str(sum(numbers))]),
    "running total": ("n so_far", 0, of_rows(lambda numbers, at: sum(numbers[: at + 1]))),
    "changes": ("n change", 0, of_rows(lambda numbers, at: numbers[at] - numbers[at - 1] if at else "-")),
    "changes, none below zero": ("n moved", 0, of_rows(lambda numbers, at: abs(numbers[at] - numbers[at - 1]) if at else "-")),
    "changes in per cent": ("n change.", 0, of_rows(lambda numbers, at: halves_up(numbers[at] - numbers[at - 1], numbers[at - 1], 0) if at else "-")),
    "shares": ("n share.", 0, of_rows(lambda numbers, at: halves_up(numbers[at], sum(numbers), 1))),
    "shares of the first": ("n index.", 0, of_rows(lambda numbers, at: halves_up(numbers[at], numbers[0], 0))),
    "shares that add up": ("n running_share.", 0, of_rows(lambda numbers, at: halves_up(sum(numbers[: at + 1]), sum(numbers), 1))),
}


class Withheld(int):
    """A count that the document itself withheld: it is printed as such, and what was worked out from it as ever."""

    def __str__(self) -> str:
        return "np"


COUNTS = st.one_of(st.integers(1, 5), st.integers(6, 30), st.integers(6, 90))


def left_possible(shape: str, numbers: Sequence[int], shown: Table) -> dict[int, set[int]]:
    """For each hidden number all that an outsider who knows the shape must think possible, by trying every one there could be.

    It is taken for known which numbers are small, and what the others are.
    """
    columns, _, derive = SHAPES[shape]
    hidden = {*shown.hidden, *((at, name) for at, row in enumerate(shown.rows) for name, cell in row.cells.items() if cell.text == "withheld")}

    def as_seen(tried: Sequence[int]) -> list[tuple[str | int | bool, ...]]:
        # What is shown is seen, and of what is hidden whether it is small.
        names = [name.rstrip("%.") for name in columns.split()]
        rows = [row.rpartition(":")[2].split() for row in derive(tried)]
        counted = set(shown.about.counts)
        return [
            tuple(cell if (at, name) not in hidden else name not in counted or 1 <= int(cell) < 6 for name, cell in zip(names, row, strict=True))
            for at, row in enumerate(rows)
        ]

    true = as_seen([*map(int, numbers)])
    lone = [at for at, number in enumerate(numbers) if 1 <= number < 6]
    found: dict[int, set[int]] = {at: set() for at in lone}
    for tried in product(*([*range(1, 6)] if at in found else [number] for at, number in enumerate(numbers))):
        if as_seen(tried) == true:
            for at in lone:
                found[at].add(tried[at])
    return found


@settings(max_examples=60)
@pytest.mark.parametrize("shape", SHAPES)
@given(data=st.data())
def test_whatever_can_be_worked_out_by_trying_everything_is_refused(shape: str, data: st.DataObject) -> None:
    columns, width, derive = SHAPES[shape]
    numbers = data.draw(st.lists(COUNTS, min_size=2 * width or 4, max_size=2 * width or 6))
    numbers = numbers[: len(numbers) - len(numbers) % (width or 1)]
    assume(1 <= sum(number < 6 for number in numbers) <= 4)
    # Scattered columns are added up from the rows in which nothing is withheld; with a count withheld in every row there is none.
    if shape != "sum of columns that stand apart" and data.draw(st.booleans()):
        numbers = [Withheld(number) if number < 6 else number for number in numbers]
    shown = hiding(
        columns, ", ".join(derive(numbers)), small={"columns": [name for name in columns.split() if name[-1] != "." and name not in ("change", "moved")]}
    )
    given_away = any(len(possible) < 3 for possible in left_possible(shape, numbers, shown).values())
    assert not given_away or said_of(shown), derive(numbers)
    event(f"{shape}: {'given away' if given_away else 'safe'}, {'refused' if said_of(shown) else 'passed'}")


def test_a_share_tells_of_its_part_what_its_rounding_leaves() -> None:
    """Halves away from zero; where the numbers themselves show that they were rounded the other way, either way."""
    cell, whole = ("t", 0, "n"), relations.Number(200 * UNIT, 200 * UNIT, None, UNIT)
    hidden = relations.Number(-99 * UNIT, 99 * UNIT, cell, UNIT)
    for decimals in (0, 1):
        for ratio in (-3, -2, -1, 1, 2, 3):
            printed = relations.Number(ratio * UNIT // 10**decimals, ratio * UNIT // 10**decimals, None, UNIT // 10**decimals)
            facts = list(relations._rounded_to(printed, [(1, hidden)], [(1, whole)], 100 * UNIT))
            limits = [(one.factors[0][1], one.low, one.high) for fact in facts for one in fact.known()]
            left = [part for part in range(-99, 100) if all(low <= factor * part <= high for factor, low, high in limits)]
            assert left == [part for part in range(-99, 100) if Decimal(halves_up(part, 200, decimals)).scaleb(decimals) == ratio], (ratio, decimals)
            assert [fact.bits for fact in facts] == [0, 0], "a part that may be anything makes any ratio likely"
            exact = relations._rounded_to(printed, [(1, whole)], [(1, whole)], 100 * UNIT)
            assert [fact.bits for fact in exact] == [math.log2(1 + abs(ratio)) / 2] * 2
    two = relations.Number(2 * UNIT, 2 * UNIT, None, UNIT)
    fitting = []
    for part in range(9):
        shown = relations.Number(part * UNIT, part * UNIT, None, UNIT)
        if all(fact.may_hold() for fact in relations._rounded_to(two, [(1, shown)], [(1, whole)], 100 * UNIT)):
            fitting.append(part)
    assert fitting == [3, 4, 5], "2.5 may have been rounded to 2"


@settings(max_examples=60)
@given(st.lists(COUNTS, min_size=3, max_size=6), st.booleans())
def test_a_total_that_a_figure_says_is_refused_where_it_leaves_too_little(numbers: list[int], declared: bool) -> None:
    small = [number for number in numbers if number < 6]
    assume(1 <= len(small) <= 4)
    shown = hiding("n", ", ".join(map(str, numbers)), **({"total": {"columns": ["n"]}} if declared else {}))
    fits = [tried for tried in product(range(1, 6), repeat=len(small)) if sum(tried) == sum(small)]
    hides_others = sum(name == "n" and row >= 0 for row, name in shown.hidden) > len(small)
    if not hides_others and any(len(set(values)) < 3 for values in zip(*fits, strict=True)):
        assert said_of(shown, figures=[figure(sum(numbers))])


@settings(max_examples=60)
@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=2, max_size=5), st.sampled_from(["change", "n", "all"]))
def test_a_second_table_that_gives_counts_away_is_refused(numbers: list[tuple[int, int]], how: str) -> None:
    assume(any(n < 6 for n, _ in numbers))
    mine = hiding("n", ", ".join(f"Place {chr(65 + at)}: {n}" for at, (n, _) in enumerate(numbers)))
    rows = {"change": lambda n, m: f"{n + 200 + m} {200 + m}", "n": lambda n, m: f"{n}", "all": lambda n, m: f"{60 + m} {n + 60 + m}"}[how]
    other = hiding(
        {"change": "n change", "n": "n", "all": "others all"}[how],
        ", ".join(f"Place {chr(65 + at)}: {rows(*both)}" for at, both in enumerate(numbers)),
        small={"columns": []},
    )
    plain = replace(other, rows=other.rows_for_sums, hidden=frozenset(), true_rows=())
    assert said_of(mine, named(plain, "other"))


CELLS = [("t", at, "n") for at in range(4)]


@given(
    st.lists(st.integers(1, 5), min_size=4, max_size=4),
    st.lists(st.tuples(st.lists(st.integers(-2, 3), min_size=4, max_size=4), st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=4),
)
def test_the_search_finds_every_number_that_fits_or_enough(numbers: list[int], sums: list[tuple[list[int], int, int]]) -> None:
    known, tests = [], []
    for factors, below, above in sums:
        found = sum(factor * number for factor, number in zip(factors, numbers, strict=True))
        tests.append((factors, found - below, found + above))
        known.append(Known(tuple((cell, factor) for cell, factor in zip(CELLS, factors, strict=True) if factor), found - below, found + above))
    fits = [
        tried
        for tried in product(range(1, 6), repeat=4)
        if all(low <= sum(f * n for f, n in zip(factors, tried, strict=True)) <= high for factors, low, high in tests)
    ]
    for true in (dict(zip(CELLS, numbers, strict=True)), {}):
        possible = Search(dict.fromkeys(CELLS, (1, 5)), true).possible(CELLS, known)
        for at, cell in enumerate(CELLS):
            every = {tried[at] for tried in fits}
            assert cell not in possible or (possible[cell] <= every and len(possible[cell]) >= min(ENOUGH, len(every)))
            assert cell in possible or not any(factors[at] for factors, _, _ in sums)


# Limits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("height", "width"), [(1000, 1), (250, 4), (100, 10), (50, 20), (20, 20)])
@pytest.mark.parametrize("total", [True, False])
def test_a_thousand_cells_take_two_seconds_at_most(height: int, width: int, total: bool) -> None:
    dice = Random(1)
    columns = [f"c{at}" for at in range(width)]
    rows = ", ".join(" ".join(str(dice.randint(1, 5) if dice.random() < 0.15 else dice.randint(6, 200)) for _ in columns) for _ in range(height))
    shown = hiding(" ".join(columns), rows, **({"total": {"columns": columns}} if total else {}))
    begun = time.process_time()
    said_of(shown)
    assert time.process_time() - begun < 2


def test_a_table_that_is_too_large_to_be_sure_is_refused_in_words() -> None:
    wide = hiding(" ".join(f"c{at}" for at in range(21)), " ".join(["3", *map(str, range(10, 30))]), said=True)
    assert said_of(wide) == ["line 1, place: This table hides counts and is too large to be sure that they cannot be worked out."]
    (problem,) = small_counts.check(catalogue_of(wide))
    assert problem.fix == "Divide it, or the table whose rows have the same names, into tables of at most 20 columns and 2,500 cells of numbers."
    assert len(said_of(hiding("n", ", ".join(["3", "20"] * 1251), said=True))) == 1, "too long, too"


def test_numbers_that_may_hang_together_in_too_many_ways_are_refused_in_words() -> None:
    dice = Random(2)
    rows = ["900 " * 6, *(" ".join(str(dice.randint(1, 90)) for _ in range(6)) for _ in range(40))]
    many = [hiding("a b c d e f", ", ".join(rows), said=said) for said in (False, True)]
    assert [len(said_of(shown)) for shown in many] == [1, 0], "a row that may be the sum of any of forty others is refused, unless it is said to be none"


# On a whole site --------------------------------------------------------------------------------------------


def test_six_tables_of_a_small_site_are_refused_each_with_the_way_to_work_it_out(small_site: Path) -> None:
    for number, cases in enumerate(GIVEN_AWAY.values(), 1):
        columns, rows, more = cases[0]
        shown = hiding(columns, rows, **more)
        about = {key: value for key, value in shown.about.model_dump(mode="json", by_alias=True, exclude_unset=True).items() if key != "id"}
        about |= {"source": "yearbook-2023", "place": "Clubs", "small_counts": {"threshold": 6}}
        (small_site / f"data/tables/counts-{number}.yml").write_text(yaml.safe_dump(about, sort_keys=False), encoding="utf-8")
        names = [column.name for column in shown.about.columns]
        lines = [",".join(names), *(",".join(row.cells[name].text for name in names) for row in shown.rows_for_sums)]
        (small_site / f"data/tables/counts-{number}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    problems = check(small_site, TODAY)[1]
    assert [(p.file, WORKED_OUT in p.says) for p in errors(problems)] == [(f"data/tables/counts-{number}.csv", True) for number in range(1, 7)]
