"""Small counts of people are hidden everywhere, and cannot be worked out from what is shown.

The proof is by counter-example: for each hidden number another table is looked for that has another number there and
looks the same to a reader in every cell, total, share, change and chart, even to one who knows how it is decided
what is hidden. Where there is such a table, no arithmetic tells the two apart.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from macros.check import check, today
from macros.components import Components
from macros.components.charts import draw
from macros.content.arithmetic import NoSuchNumber, number_at, worked_out
from macros.content.catalogue import Catalogue
from macros.content.suppression import HIDDEN, TOTAL, hide, without_small_counts
from macros.models.cells import Cell, read_cell
from macros.models.table import Table, TableDescription, TableRow
from macros.rules import small_counts
from macros.views.tables import _total, arrange
from macros.views.tables import cell as cell_at
from tests.whole_sites import build, copy_small_site

THRESHOLD = 6
ENOUGH = 3  # so many numbers a reader must think possible in each hidden cell


def count_of_children(name: str) -> dict[str, str]:
    return {"name": name, "title": name.title(), "type": "whole number", "unit": "children"}


def description(columns: Sequence[str], **more: Any) -> TableDescription:
    """A table of made-up kites by place; every column but the first counts children."""
    about: dict[str, Any] = {
        "id": "kites", "title": "Children with kites", "summary": "Made up.", "subject": "website",
        "period": "Never", "source": "nowhere", "place": "Nowhere",
        "columns": [{"name": "place", "title": "Place", "type": "text"}, *(count_of_children(name) for name in columns)],
        "key": "place", "small_counts": {"threshold": str(THRESHOLD)},
    }  # fmt: skip
    extra = more.pop("extra_columns", [])
    about["columns"] = [*about["columns"], *extra]
    return TableDescription.model_validate(about | more)


def table(about: TableDescription, rows: Sequence[Mapping[str, int | str | Decimal]]) -> Table:
    """A table as it is read from its file."""
    made = []
    for number, row in enumerate(rows):
        cells = {c.name: read_cell(str(row[c.name]), c.type) for c in about.columns if c.name != "place"}
        made.append(TableRow(number + 2, MappingProxyType({"place": read_cell(f"Place {number + 1}", "text"), **cells})))
    return Table(about, tuple(made))


def simple(values: Sequence[int], **more: Any) -> Table:
    """One column of counts, as the site may show it."""
    return without_small_counts(table(description(["kites"], **more), [{"kites": value} for value in values]))


def catalogue_of(shown: Table) -> Catalogue:
    nothing: Mapping[Any, Any] = MappingProxyType({})
    return Catalogue(Path(), date(2026, 11, 20), MappingProxyType({shown.id: shown}), nothing, nothing, nothing, frozenset())


def as_number(cell: Cell) -> int:
    assert isinstance(cell.value, Decimal), cell
    return int(cell.value)


def column(shown: Table, name: str = "kites") -> list[str]:
    return [row.cells[name].shown for row in shown.rows]


SUM = {"whole": "kites", "parts": ["clubs", "strings"]}
WITH_TOTAL: dict[str, Any] = {"total": {"columns": ["kites"]}}


@pytest.mark.parametrize(
    ("values", "total", "cells"),
    [
        ([3, 12, 40, 0], None, ["c", "12", "40", "0"]),
        ([3, 12, 40, 0], "55", ["c", "c", "40", "0"]),
        ([40, 12, 0, 3], "55", ["c", "12", "0", "c"]),
        ([3, 0, 0], "c", ["c", "0", "0"]),
        ([1, 5, 20], "26", ["c", "c", "c"]),
        ([1, 5, 2, 20, 9], "37", ["c", "c", "c", "20", "9"]),
        ([1, 1, 1, 20, 9], "c", ["c", "c", "c", "20", "9"]),
        ([1, 20, 6, 7], "34", ["c", "c", "6", "7"]),
        ([1, 6, 20, 7], "c", ["c", "c", "20", "7"]),
        ([1, 1, 20, 30], "52", ["c", "c", "c", "30"]),
        ([5, 5, 20, 30], "60", ["c", "c", "c", "30"]),
        ([1, 2, 0], "c", ["c", "c", "0"]),
        ([6, 12, 40], "58", ["6", "12", "40"]),
    ],
)
def test_what_is_hidden(values: list[int], total: str | None, cells: list[str]) -> None:
    shown = simple(values, **(WITH_TOTAL if total else {}))
    assert column(shown) == cells
    arranged = arrange(shown)
    assert (arranged.total.cells["kites"].shown if arranged.total else None) == total


def test_a_table_that_declares_nothing_is_left_alone() -> None:
    plain = table(description(["kites"], small_counts=None), [{"kites": 3}, {"kites": 9}])
    assert without_small_counts(plain) is plain


def test_hidden_alike_in_table_chart_sentence_total_and_what_is_worked_out() -> None:
    computed = [
        {"name": "share", "title": "Share", "share_of": "kites"},
        {"name": "change", "title": "Change", "change_in": "kites", "as": "number"},
        {"name": "rate", "title": "Rate", "ratio": ["kites", "clubs"]},
    ]
    chart = {"kind": "bar", "label": "place", "values": ["kites"]}
    about = description(["kites", "clubs"], computed=computed, chart=chart, total={"columns": ["kites", "clubs"]}, sort="kites, largest first")
    shown = without_small_counts(table(about, [{"kites": 3, "clubs": 30}, {"kites": 7, "clubs": 9}, {"kites": 50, "clubs": 60}, {"kites": 80, "clubs": 8}]))
    catalogue = catalogue_of(shown)
    arranged = arrange(shown)
    seen = [{name: cell.shown for name, cell in row.cells.items()} for row in arranged.groups[0].rows]
    assert [row["place"] for row in seen] == ["Place 4", "Place 3", "Place 1", "Place 2"], "a hidden number must not be given away by its place in the order"
    assert [row["kites"] for row in seen] == ["80", "50", "c", "c"]
    assert [row["share"] for row in seen] == ["57.1%", "35.7%", "c", "c"]
    assert [row["change"] for row in seen] == ["+30.0", "c", "c", "c"]
    assert [row["rate"] for row in seen] == ["1,000.0%", "83.3%", "c", "c"]
    assert arranged.total is not None and arranged.total.cells["kites"].shown == "140"
    assert [cell_at(catalogue, "kites", row["place"], name).shown for row in seen for name in row] == [text for row in seen for text in row.values()]
    drawing = draw(arranged)
    assert [bar.text for bar in drawing.points] == ["80", "50", "c", "c"] and [bar.x > 0 for bar in drawing.points] == [True, True, False, False]
    assert "2 without a number" in drawing.description
    assert ">a number hidden to protect people<" in Components(catalogue).value("kites", "Place 1", "kites")
    with pytest.raises(NoSuchNumber):
        number_at(catalogue, "kites | Place 1 | kites")
    assert worked_out(shown, about.computed[2])[:2] == [None, None]


def test_no_total_can_be_taken_from_shares() -> None:
    computed = [{"name": "share", "title": "Share", "share_of": "kites"}]
    assert column(simple([3, 12, 40], computed=computed)) == ["c", "c", "40"]
    alone = without_small_counts(table(description(["kites"], computed=computed), [{"kites": 3}, {"kites": 0}]))
    assert {cell.shown for row in arrange(alone).groups[0].rows for name, cell in row.cells.items() if name == "share"} == {"c"}


def test_a_published_percentage_is_taken_for_a_share_of_the_total() -> None:
    share = {"name": "published_share", "title": "Share", "type": "percentage"}
    rows = [{"kites": 3, "published_share": 5}, {"kites": 17, "published_share": 28}, {"kites": 40, "published_share": 67}]
    shown = without_small_counts(table(description(["kites"], extra_columns=[share]), rows))
    assert column(shown) == ["c", "c", "40"] and column(shown, "published_share") == ["c", "c", "67%"]


def test_what_another_table_hides_is_hidden_here_with_what_follows_from_it() -> None:
    """A table that is made of others, which hide these cells, has counts of its own to hide too."""
    made = table(description(["kites", "clubs"], computed=[{"name": "rate", "title": "Rate", "ratio": ["kites", "clubs"], "decimals": 0}]), [
        {"kites": 3, "clubs": 30}, {"kites": 30, "clubs": 60}, {"kites": 50, "clubs": 80}, {"kites": 60, "clubs": 80}
    ])  # fmt: skip
    shown = without_small_counts(made, frozenset({(1, "kites"), (2, "kites"), (2, "clubs")}))
    assert [column(shown, name) for name in ("kites", "clubs")] == [["c", "c", "c", "60"], ["30", "60", "c", "80"]]
    assert worked_out(shown, made.about.computed[0]) == [None, None, None, Decimal(75)]
    words = table(description(["kites"], extra_columns=[{"name": "owner", "title": "Owner", "type": "text"}]), [{"kites": 9, "owner": "A"}])
    assert column(without_small_counts(words, frozenset({(0, "owner")})), "owner") == ["c"], "what is no count can be carried too"


def test_sums_across_columns_hide_the_sum_too() -> None:
    small = {"threshold": "6", "adds_up": [{"whole": "all", "parts": ["boys", "girls"]}]}
    rows = [{"boys": 3, "girls": 20, "all": 23}, {"boys": 30, "girls": 20, "all": 50}, {"boys": 8, "girls": 9, "all": 17}]
    shown = without_small_counts(table(description(["boys", "girls", "all"], small_counts=small), rows))
    assert [column(shown, name) for name in ("boys", "girls", "all")] == [["c", "30", "8"], ["20", "20", "9"], ["c", "50", "17"]]


def grid(columns: Sequence[str], rows: Sequence[str], **more: Any) -> list[str]:
    """Every row as it is shown, and the total beneath, cells parted by blanks. A row is written the same way; ``-`` is a blank cell."""
    names = [name.partition(":")[0] for name in columns]
    extra = [{"name": name, "title": name, "type": kind} for name, _, kind in (column.partition(":") for column in columns) if kind]
    about = description([column for column in columns if ":" not in column], extra_columns=extra, **more)
    cells = [dict(zip(names, ("" if cell == "-" else cell for cell in row.split()), strict=True)) for row in rows]
    arranged = arrange(without_small_counts(table(about, cells)))
    shown = [[row.cells[heading.name].shown or "-" for heading in arranged.headings[1:]] for row in arranged.groups[0].rows]
    total = (
        [[arranged.total.cells[heading.name].shown if heading.name in arranged.total.cells else "-" for heading in arranged.headings[1:]]]
        if arranged.total
        else []
    )
    return [" ".join(row) for row in shown + total]


BOTH = {"small_counts": {"threshold": "6", "adds_up": [{"whole": "both", "parts": ["boys", "girls"]}]}}
NESTED = {"small_counts": {"threshold": "6", "adds_up": [*BOTH["small_counts"]["adds_up"], {"whole": "all", "parts": ["both", "others"]}]}}
SHARE = {"computed": [{"name": "part", "title": "Part", "share_of": "kites", "decimals": 0}]}
RISE = {"name": "again", "title": "Again", "change_in": "kites", "as": "number", "agrees_with": "rise", "decimals": 0}
INDEX = {"computed": [{"name": "index", "title": "Index", "index_of": "kites", "base": "Place 1", "decimals": 0}]}
MEAN = {"computed": [{"name": "mean", "title": "Mean", "mean_of": "kites", "over": 2, "decimals": 0}]}
AGREES = {"name": "again", "title": "Again", "ratio": ["kites", "clubs"], "agrees_with": "rate", "decimals": 0}


@pytest.mark.parametrize(
    ("columns", "rows", "more", "shown"),
    [
        # a sum across columns is hidden with its parts, in the rows in which one of them is, and its total makes theirs known
        (["boys", "girls", "both"], ["3 20 23", "30 20 50", "8 9 17"], {**BOTH, "total": {"columns": ["both"]}}, ["c 20 c", "c 20 c", "8 9 17", "- - 90"]),
        (["boys", "girls", "both"], ["30 20 50", "8 3 11", "7 9 16"], {**BOTH, "total": {"columns": ["both"]}}, ["30 20 50", "8 c c", "7 c c", "- - 77"]),
        (["boys", "girls", "both"], ["3 20 23", "8 9 17"], {**BOTH, "total": {"columns": ["girls"]}}, ["c 20 c", "8 9 17", "- 29 -"]),
        (["boys", "girls", "both", "others", "all"], ["3 20 23 7 30", "30 20 50 8 58", "8 9 17 9 26"], NESTED, ["c 20 c 7 c", "30 20 50 8 58", "8 9 17 9 26"]),
        (["boys", "girls", "both", "others", "all"], ["3 20 23 7 30", "30 20 50 8 58", "8 9 17 9 26"], {**NESTED, "total": {"columns": ["all"]}}, ["c 20 c 7 c", "c 20 c 8 c", "8 9 17 9 26", "- - - - 114"]),
        (["boys", "girls", "both", "others", "all"], ["30 20 50 3 53", "0 20 20 0 20"], {**NESTED, "total": {"columns": ["boys", "girls", "both", "others", "all"]}}, ["30 20 50 c c", "0 20 20 0 20", "30 40 70 c c"]),
        (["boys", "girls", "both"], ["3 20 23", "0 9 9"], {**BOTH, "total": {"columns": ["boys", "girls", "both"]}}, ["c 20 c", "0 9 9", "c 29 c"]),
        # what is no count but stands in the same row could be worked out from it, and its total too
        (["kites", "rate:decimal", "cost:money"], ["3 1.5 9", "20 2.5 10"], {}, ["c c c", "20 2.5 £10"]),
        (["kites", "rate:decimal"], ["3 1.5", "20 2.5"], {"total": {"columns": ["rate"]}}, ["c c", "20 2.5", "- c"]),
        (["kites", "clubs"], ["3 1", "20 2"], {"small_counts": {"threshold": "6", "columns": ["kites"]}}, ["c 1", "20 2"]),
        (["kites", "day:date"], ["3 2021-05-06"], {}, ["c 6 May 2021"]),
        # a published percentage nobody explains may be a share of the total, and gives the total away where that must be hidden
        (["kites", "rate:percentage"], ["3 100", "0 0"], {}, ["c c", "0 c"]),
        (["kites", "rate:percentage"], ["3 15", "17 85"], {}, ["c c", "c c"]),
        (["kites", "clubs", "rate:percentage"], ["3 30 10", "17 34 50", "40 50 80"], {"computed": [AGREES]}, ["c 30 c c", "17 34 50% 50%", "40 50 80% 80%"]),
        (["kites", "clubs", "rate:percentage"], ["30 3 10", "17 34 50"], {"computed": [AGREES]}, ["30 c c c", "17 34 50% 50%"]),
        # shares make the total known; where it must be hidden all of them are
        (["kites"], ["3", "12", "40"], SHARE, ["c c", "c c", "40 73%"]),
        (["kites"], ["3", "0"], SHARE, ["c c", "0 c"]),
        (["kites"], ["3", "0"], {**SHARE, "total": {"columns": ["kites"]}}, ["c c", "0 c", "c c"]),
        (["boys", "girls", "both"], ["3 20 23", "30 20 50", "8 9 17"], {**BOTH, "computed": [{**SHARE["computed"][0], "share_of": "both"}]}, ["c 20 c c", "c 20 c c", "8 9 17 19%"]),
        # a change is hidden where either of its rows is
        (["kites"], ["20", "3", "30", "40"], {"computed": [{"name": "more", "title": "More", "change_in": "kites", "as": "number", "decimals": 0}]}, ["20 -", "c c", "30 c", "40 +10"]),
        (["kites"], ["3", "20", "30"], {"computed": [{"name": "more", "title": "More", "change_in": "kites", "decimals": 0}]}, ["c c", "20 c", "30 +50%"]),
        (["kites", "clubs"], ["20 30", "30 40", "3 50"], {"computed": [{"name": "r", "title": "R", "ratio": ["kites", "clubs"], "decimals": 0}]}, ["20 30 67%", "30 40 75%", "c 50 c"]),
        (["kites", "clubs"], ["20 30", "3 50"], {"total": {"columns": ["kites", "clubs"]}, "computed": [{"name": "r", "title": "R", "ratio": ["kites", "clubs"], "decimals": 0}]}, ["c 30 c", "c 50 c", "23 80 29%"]),
        (["kites", "clubs"], ["20 30", "0 3"], {"total": {"columns": ["kites", "clubs"]}, "computed": [{"name": "r", "title": "R", "ratio": ["kites", "clubs"], "decimals": 0}]}, ["20 c c", "0 c c", "20 33 61%"]),
        # a total that must be hidden takes no row's rate with it
        (["kites", "clubs"], ["3 30", "0 40"], {**WITH_TOTAL, "computed": [{"name": "r", "title": "R", "ratio": ["kites", "clubs"], "decimals": 0}]}, ["c 30 c", "0 40 0%", "c - -"]),
        (["kites"], ["3", "-", "not"], {"computed": []}, ["c", "-", "not"]),
        # in the first row there is no change to hide, even where the total is hidden
        (["kites"], ["0", "3"], {**WITH_TOTAL, "computed": [{"name": "more", "title": "More", "change_in": "kites", "as": "number", "decimals": 0}]}, ["0 -", "c c", "c -"]),
        # a published change goes with the one worked out, though it counts nobody
        (["kites", "rise"], ["20 0", "3 17", "30 27", "40 10"], {"small_counts": {"threshold": "6", "columns": ["kites"]}, "computed": [RISE]}, ["20 0 -", "c c c", "30 c c", "40 10 +10"]),
        # so is an index where its row or the one that is 100 is hidden, and a mean where one of its rows is
        (["kites"], ["20", "3", "30"], INDEX, ["20 100", "c c", "30 150"]),
        (["kites"], ["3", "20", "30"], INDEX, ["c c", "20 c", "30 c"]),
        (["kites"], ["20", "3", "30", "40"], MEAN, ["20 -", "c c", "30 c", "40 35"]),
        (["kites"], ["3", "20", "30", "40", "50"], {"computed": [{**MEAN["computed"][0], "over": 3}]}, ["c c", "20 c", "30 c", "40 30", "50 40"]),
        # one column's total that must be hidden is, whatever becomes of the next
        (["boys", "girls"], ["3 0", "0 4"], {"total": {"columns": ["boys", "girls"]}}, ["c 0", "0 c", "c c"]),
    ],
)  # fmt: skip
def test_what_goes_with_a_hidden_count(columns: list[str], rows: list[str], more: dict[str, Any], shown: list[str]) -> None:
    assert grid(columns, [row.replace("not", "7") for row in rows], **more) == [row.replace("not", "7") for row in shown]


@pytest.mark.parametrize(
    ("threshold", "values", "cells"),
    [
        (4, [3, 4, 0, 9], "c 4 0 9"),
        (10, [9, 10, 1], "c 10 c"),
        (10, [9, 10, 30], "c 10 30"),
    ],
)
def test_the_threshold_is_the_smallest_number_shown(threshold: int, values: list[int], cells: str) -> None:
    assert " ".join(column(simple(values, small_counts={"threshold": str(threshold)}))) == cells


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        # two small ones and the next row; one small one and the next row, from the first small one on and then from the top
        ("1 1 9 9", "c c c 9 = 20"), ("9 1 9 1", "9 c c c = 20"), ("9 9 9 1", "c 9 9 c = 28"), ("9 1 0 9", "9 c 0 c = 19"), ("9 1 0 7", "9 c 0 c = c"), ("8 0 0 1", "c 0 0 c = c"), ("9 0 0 4", "c 0 0 c = 13"),
        # the hidden ones must leave room on both sides: three from the least and from the most that they can be
        ("1 9 9", "c c 9 = 19"), ("1 8 9", "c c 9 = c"), ("4 6 9", "c c 9 = 19"), ("3 6 9", "c c 9 = c"), ("1 1 9 6", "c c c 6 = 17"), ("1 1 8 6", "c c c 6 = c"), ("1 2 8 6", "c c c 6 = 17"), ("2 2 7 6", "c c c 6 = 17"),
        # three small ones hide one another where their sum is neither too small nor too large
        ("1 1 4 9", "c c c 9 = 15"), ("1 1 3 9", "c c c 9 = c"), ("5 5 2 9", "c c c 9 = 21"), ("5 5 3 9", "c c c 9 = c"), ("2 2 2 0", "c c c 0 = 6"),
        ("1 1 1 1 4", "c c c c c = 8"), ("1 1 1 1 3", "c c c c c = c"), ("5 5 5 5 2", "c c c c c = 22"), ("5 5 5 5 3", "c c c c c = c"),
    ],
)  # fmt: skip
def test_which_other_number_hides_a_small_one_and_whether_the_total_may_stay(values: str, shown: str) -> None:
    cells, _, total = shown.partition(" = ")
    assert grid(["kites"], values.split(), **WITH_TOTAL) == [*cells.split(), total]


def test_true_numbers_are_kept_for_sums_and_lines_stay() -> None:
    true = table(description(["kites", "clubs"]), [{"kites": 3, "clubs": 9}, {"kites": 20, "clubs": 9}])
    shown = without_small_counts(true)
    assert (shown.rows_for_sums, shown.true_rows, shown.hidden) == (true.rows, true.rows, frozenset({(0, "kites")}))
    assert [row.line for row in shown.rows] == [2, 3] and shown.rows[0].cells["kites"] is HIDDEN
    assert shown.rows[0].cells["clubs"] is true.rows[0].cells["clubs"]
    shares = without_small_counts(table(description(["kites"], **SHARE), [{"kites": 3}, {"kites": 12}, {"kites": 40}]))
    assert shares.hidden == {(row, name) for row in (0, 1) for name in ("kites", "part")}
    harmless = table(description(["kites"]), [{"kites": 30}])
    assert without_small_counts(harmless) is harmless


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"published_counts": "yes"}, "cannot be both"),
        ({"small_counts": {"threshold": "6", "columns": ["place"]}}, "does not hold numbers"),
        ({"small_counts": {"threshold": "6", "columns": ["wings"]}}, 'no column "wings"'),
        ({"small_counts": {"threshold": "1"}}, "greater than or equal"),
        ({"key": "kites"}, "names the rows"),
        ({"small_counts": {"threshold": "6", "adds_up": [{"whole": "kites", "parts": ["a", "kites"]}]}}, 'no column "a"'),
        ({"small_counts": {"threshold": "6", "columns": ["kites"], "adds_up": [SUM]}}, "not among those"),
        ({"small_counts": {"threshold": "6", "adds_up": [SUM, {"whole": "clubs", "parts": ["kites", "strings"]}]}}, "is a sum twice, or a part"),
    ],
)
def test_a_description_that_could_not_be_kept_is_refused(more: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        description(["kites", "clubs", "strings"], **more)
    assert words in str(refused.value)


# What a reader could work out ------------------------------------------------------------------------------

COUNT = st.one_of(st.just(0), st.integers(1, 5), st.integers(6, 9), st.integers(6, 60))


@st.composite
def tables(draw_: Callable[..., Any]) -> Table:
    """Random tables with totals, sums across columns, shares, ratios, changes and published percentages."""
    leaves = ["boys", "girls", "others"][: draw_(st.integers(1, 3))]
    height = draw_(st.integers(1, 6))
    rows: list[dict[str, Any]] = [{leaf: draw_(COUNT) for leaf in leaves} for _ in range(height)]
    columns = list(leaves)
    sums: list[dict[str, Any]] = []
    if len(leaves) > 1 and draw_(st.booleans()):
        columns.append("both")
        sums.append({"whole": "both", "parts": leaves[:2]})
        if len(leaves) > 2 and draw_(st.booleans()):
            columns.append("all")
            sums.append({"whole": "all", "parts": ["both", "others"]})
    for row in rows:
        for sum_ in sums:
            row[sum_["whole"]] = sum(row[part] for part in sum_["parts"])
    computed: list[dict[str, Any]] = []
    more: dict[str, Any] = {"small_counts": {"threshold": str(THRESHOLD), "adds_up": sums}, "computed": computed}
    totals = draw_(st.lists(st.sampled_from(columns), unique=True))
    if totals:
        more["total"] = {"columns": totals}
    some = st.sampled_from(columns)
    if draw_(st.booleans()):
        computed.append({"name": "share", "title": "Share", "share_of": draw_(some)})
    if draw_(st.booleans()):
        computed.append({"name": "ratio", "title": "Ratio", "ratio": [draw_(some), draw_(some)], "decimals": "2"})
    if draw_(st.booleans()):
        computed.append({"name": "change", "title": "Change", "change_in": draw_(some), "as": draw_(st.sampled_from(["number", "percentage"]))})
    if draw_(st.booleans()):
        more["sort"] = f"{draw_(some)}, largest first"
    return table(description(columns, **more), rows)


def whole_view(shown: Table) -> tuple[Any, ...]:
    """Everything that a reader is shown of a table."""
    arranged = arrange(shown)
    rows = [(group.title, row.key, tuple((name, cell.shown) for name, cell in row.cells.items())) for group in arranged.groups for row in group.rows]
    total = tuple((name, cell.shown) for name, cell in arranged.total.cells.items()) if arranged.total else ()
    return (*rows, total)


def quick_view(shown: Table) -> tuple[Any, ...]:
    """The same without the order of the rows, many times faster."""
    computed = tuple((c.name, tuple(worked_out(shown, c))) for c in shown.about.computed)
    total = _total(shown)
    totals = tuple((name, cell.shown) for name, cell in total.cells.items()) if total else ()
    return (tuple(cell.shown for row in shown.rows for cell in row.cells.values()), computed, totals)


def with_counts(true: Table, leaf: str, values: Mapping[int, int]) -> Table:
    """The table with other numbers in one column, and its sums across columns made right again."""
    rows = []
    for number, row in enumerate(true.rows):
        cells = dict(row.cells)
        if number in values:
            cells[leaf] = read_cell(str(values[number]), "whole number")
            for sum_ in true.about.small_counts.adds_up if true.about.small_counts else ():
                cells[sum_.whole] = read_cell(str(sum(as_number(cells[part]) for part in sum_.parts)), "whole number")
        rows.append(TableRow(row.line, MappingProxyType(cells)))
    return Table(true.about, tuple(rows))


def guesses(values: Sequence[int], dice: random.Random) -> Iterator[list[int]]:
    """Other numbers that might stand in the hidden cells of a column: first one moved, alone or against another, then any."""
    for row, number in itertools.product(range(len(values)), range(1, 10)):
        for against in range(len(values)):
            other = list(values)
            other[row] = number
            other[against] += values[row] - number if against != row else 0
            yield other
    if len(values) < 4:
        yield from (list(other) for other in itertools.product(range(1, 10), repeat=len(values)))
    for low, row, number in itertools.product((1, 4, 5), range(len(values)), range(1, 6)):
        yield [number if n == row else low for n in range(len(values))]
    for _ in range(300):
        other = [dice.choice((value, dice.randint(1, 5), dice.randint(1, 12))) for value in values]
        if dice.random() < 0.7:
            rest = dice.randrange(len(values))
            other[rest] = sum(values) - sum(other) + other[rest]
        yield other


Protect = Callable[[Table], Table]


def possible(true: Table, protect: Protect) -> dict[tuple[int, str], set[int]]:
    """For each hidden number: which numbers a reader must think possible, as far as a search finds them."""
    shown = protect(true)
    parts = {sum_.whole for sum_ in (true.about.small_counts.adds_up if true.about.small_counts else ())}
    dice = random.Random(7)
    found: dict[tuple[int, str], set[int]] = {}
    view = quick_view(shown)
    for leaf in (name for name in true.about.counts if name not in parts):
        rows = sorted(row for row, name in shown.hidden if name == leaf and row != TOTAL)
        values = [as_number(true.rows[row].cells[leaf]) for row in rows]
        for row, value in zip(rows, values, strict=True):
            found.setdefault((row, leaf), {value})
        if not rows:
            continue
        for guess in guesses(values, dice):
            if all(len(found[(row, leaf)]) >= ENOUGH for row in rows):
                break
            if min(guess) < 1 or all(guess[n] in found[(row, leaf)] for n, row in enumerate(rows)):
                continue
            other = protect(with_counts(true, leaf, dict(zip(rows, guess, strict=True))))
            if other.hidden == shown.hidden and quick_view(other) == view:
                assert whole_view(other) == whole_view(shown), "two tables look the same cell by cell but not as a whole"
                for n, row in enumerate(rows):
                    found[(row, leaf)].add(guess[n])
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_no_hidden_number_can_be_worked_out(true: Table) -> None:
    shown = without_small_counts(true)
    for number, row in enumerate(true.rows):
        for name in true.about.counts:
            value = as_number(row.cells[name])
            if 1 <= value < THRESHOLD:
                assert (number, name) in shown.hidden and shown.rows[number].cells[name] is HIDDEN
            if value == 0:
                assert (number, name) not in shown.hidden
    total = _total(shown)
    for name, cell in total.cells.items() if total else ():
        assert name not in true.about.counts or cell is HIDDEN or not 1 <= as_number(cell) < THRESHOLD
    for spot, numbers in possible(true, without_small_counts).items():
        assert len(numbers) >= ENOUGH, f"{spot} can only be one of {numbers}"


def test_the_search_finds_out_what_is_not_protected() -> None:
    """Without the second number hidden, the total gives the first away, and the search above says so."""

    def only_the_small(true: Table) -> Table:
        return hide(true, frozenset((n, "kites") for n, row in enumerate(true.rows) if 1 <= as_number(row.cells["kites"]) < THRESHOLD))

    true = table(description(["kites"], **WITH_TOTAL), [{"kites": n} for n in (3, 12, 40)])
    assert possible(true, only_the_small) == {(0, "kites"): {3}}
    assert len(possible(true, without_small_counts)[(0, "kites")]) >= ENOUGH


# The rule --------------------------------------------------------------------------------------------------


def told(*shown: Table, **records: Any) -> list[str]:
    catalogue = replace(catalogue_of(shown[0]), tables=MappingProxyType({t.id: t for t in shown}), records=MappingProxyType(records))
    return [f"{problem.where}: {problem.says}" for problem in small_counts.check(catalogue)]


def test_small_counts_of_people_must_be_declared() -> None:
    rows = [{"kites": 40}, {"kites": 3}, {"kites": 0}]
    undeclared = table(description(["kites"], small_counts=None), rows)
    assert told(undeclared) == ["data/tables/kites.csv, line 3, kites: A count of people under 6, by which somebody might be recognised (lines: 3)."]
    assert not told(table(description(["kites"], small_counts=None, published_counts="yes"), rows))
    assert not told(table(description(["kites"], small_counts=None), [{"kites": 6}, {"kites": 0}]))
    clubs = {"name": "kites", "title": "Kites", "type": "whole number", "unit": "clubs"}
    assert not told(table(description([], small_counts=None, extra_columns=[clubs]), rows)), "three clubs are not three people"


@pytest.mark.parametrize(
    ("columns", "rows", "more", "words"),
    [
        (["boys", "girls", "all"], [[3, 20, 23], [30, 20, 50]], {}, "boys + girls is all in every row"),
        (["kites"], [[3], [20], [8], [31]], {}, "Place 1 + Place 2 + Place 3 is the row Place 4"),
        (["kites"], [[5], [7], [7], [30]], WITH_TOTAL, "the rows come in the order of kites"),
        (["kites", "clubs", "strings"], [[24, 3, 20], [50, 30, 20]], {"small_counts": {"threshold": "6", "adds_up": [SUM]}}, "clubs + strings is not kites"),
    ],
)
def test_what_would_give_hidden_counts_away_is_told(columns: list[str], rows: list[list[int]], more: dict[str, Any], words: str) -> None:
    shown = without_small_counts(table(description(columns, **more), [dict(zip(columns, row, strict=True)) for row in rows]))
    assert any(words in line for line in told(shown)), told(shown)
    harmless = without_small_counts(table(description(columns, **more), [dict(zip(columns, [n * 10 for n in row], strict=True)) for row in rows]))
    if "is not" not in words:
        assert not told(harmless), "where nothing is hidden nothing can be given away"


def test_a_table_with_hidden_counts_that_gives_nothing_away_passes() -> None:
    assert not told(simple([12, 3, 40, 20], **WITH_TOTAL))


def test_sums_and_measures_do_not_rest_on_hidden_counts(tmp_path: Path) -> None:
    """On a whole site: the sum is told, and what it comes to is not."""
    small_copy = copy_small_site(tmp_path)
    (small_copy / "data/tables/kite-children.csv").write_text("club,children\nNorth,12\nSouth,3\nWest,40\n", encoding="utf-8")
    (small_copy / "data/tables/kite-children.yml").write_text(
        "title: Children in the clubs\nsummary: Made up.\nsubject: website\nperiod: Summer 2022\nsource: yearbook-2023\nplace: Clubs\ncolumns:\n"
        "  - name: club\n    title: Club\n    type: text\n  - name: children\n    title: Children\n    type: whole number\n    unit: children\n"
        "key: club\nsmall_counts:\n  threshold: 6\n",
        encoding="utf-8",
    )
    agreements = small_copy / "data/agreements.yml"
    leaking = "- id: leaking\n  says: Made up.\n  published: 55\n  compute: sum\n  of: [kite-children | * | children]\n"
    agreements.write_text(agreements.read_text(encoding="utf-8") + leaking, encoding="utf-8")
    problems = check(small_copy, today())[1]
    said = [problem.says for problem in problems if problem.file == "data/agreements.yml"]
    assert said == ['This sum cannot be checked: the table "kite-children" hides small counts in the column "children".']
    assert not [text for text in said if "5" in text], "the message gives the numbers away"


# A whole site ----------------------------------------------------------------------------------------------

HIDDEN_TABLE = """title: Children in the clubs
summary: Made up.
subject: website
period: Summer 2022
source: yearbook-2023
place: Clubs
columns:
  - name: club
    title: Club
    type: text
  - name: children
    title: Children
    type: whole number
    unit: children
key: club
small_counts:
  threshold: 6
total:
  columns: [children]
computed:
  - name: share
    title: Share
    share_of: children
    decimals: 4
  - name: change
    title: Change
    change_in: children
    as: number
chart:
  kind: bar
  label: club
  values: [children]
"""


def test_no_file_of_a_built_site_holds_a_hidden_number(tmp_path: Path) -> None:
    site = copy_small_site(tmp_path)
    (site / "data/tables/kite-children.yml").write_text(HIDDEN_TABLE, encoding="utf-8")
    (site / "data/tables/kite-children.csv").write_text("club,children\nEast,4000000\nNorth,3\nSouth,7654321\nWest,0\n", encoding="utf-8")
    page = site / "docs/contact/index.md"
    words = [f'{{{{ value("kite-children", "{row}", "{column}") }}}}' for row in ("South", "total") for column in ("children", "share")]
    page.write_text(page.read_text("utf-8") + "\n" + "\n\n".join([*words, '{{ chart("kite-children") }}']) + "\n", encoding="utf-8")
    done = build(site)
    assert done.returncode == 0, (done.stdout + done.stderr)[-1500:]
    given_away = re.compile("7,?654,?321|65[.,]67|3,?654,?32|7,?654,?31")  # the number, its share, the changes to it
    files = [path for path in (site / "site").rglob("*") if path.is_file() and path.suffix != ".png"]
    assert [path for path in files if given_away.search(path.read_bytes().decode("utf-8", "replace"))] == []
    shown = (site / "site/contact/index.html").read_text("utf-8")
    assert shown.count("a number hidden to protect people") == 2
    assert "11,654,324" in shown and "c: a number from 1 to 5, or one that would give such a number away" in shown
    csv = (site / "site/data/tables/kite-children.csv").read_text("utf-8").split()
    assert csv == ["club,children", "East,4000000", "North,c", "South,c", "West,0"]
    rows = json.loads((site / "site/data/tables/kite-children.json").read_text("utf-8"))["rows"]
    assert [row["children"] for row in rows] == [4000000, None, None, 0]
