"""How a hidden count could be worked out: through which relation, how sure an outsider is of it, and what it leaves possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import comb, inf, log2
from random import Random
from types import MappingProxyType
from typing import Any

import pytest

from macros.content import possible_values, relations
from macros.content.possible_values import ENOUGH, Known, Search, TooManyToTry
from macros.content.relations import UNIT, Number, Relation, columns_of, hidden_counts, ranges_of, relations_of
from macros.content.suppression import without_small_counts
from macros.models.derived_table import Origin
from macros.models.table import Spot, Table
from macros.rules import small_counts
from tests.made_up import catalogue_of, table
from tests.rules.test_small_counts import hiding, named

FAR = 10**20  # further than any limit that says something


def as_told(relation: Relation) -> str:
    """The relation, how many bits it says among how many like it, and what it says of each hidden cell, or of several together."""
    bits = sum(fact.bits for fact in relation.facts)
    marks = f"{bits:.1f} bits of {relation.alike:g}{', simple' * relation.simple}{', named' * relation.named}"
    limits: dict[str, tuple[float, float]] = {}
    for known in relation.known():
        assert {type(number) for number in (known.low, known.high, *(factor for _, factor in known.factors))} == {int}
        low, high, factors = known.low, known.high, known.factors
        if factors[0][1] < 0:
            low, high, factors = -high, -low, tuple((cell, -factor) for cell, factor in factors)
        if len(factors) == 1:
            low, high, factors = -(-low // factors[0][1]), high // factors[0][1], ((factors[0][0], 1),)
        terms = (f"{factor:+d} {'' if name == 'weather' else f'{name}/'}{column}{row}" for (name, row, column), factor in factors)
        said = " ".join(terms).replace("+1 ", "+").replace("-1 ", "-").removeprefix("+")
        least, most = limits.get(said, (-inf, inf))
        limits[said] = max(least, low if low > -FAR else -inf), min(most, high if high < FAR else inf)
    found = (f"{said} is {least}" if least == most else f"{said} from {least} to {most}" for said, (least, most) in limits.items())
    return f"{relation.says} ({marks}): {', '.join(found)}"


def ways(shown: Table, *others: Table, only_clear: bool = False) -> list[str]:
    """Every way by which an outsider could work out what the first of these tables hides."""
    return list(dict.fromkeys(as_told(relation) for relation in relations_of(shown, catalogue_of(shown, *others), only_clear)))


# Within one table -------------------------------------------------------------------------------------------

WAYS: list[tuple[str, str, dict[str, Any], list[str]]] = [
    ("n so_far", "8 8, 3 11, 20 31, 9 40", {}, ["n is how far so_far moves from one to the next (12.9 bits of 16, simple, named): n1 is 3"]),
    (
        "a b n so_far",
        "31 7 8 108, 90 60 3 111, 17 8 20 131, 55 12 9 140",
        {"small": {"columns": ["n"]}},
        ["n is how far so_far moves from one to the next (9.7 bits of 64, simple, named): n1 is 3"],
    ),
    (
        "n fell_by.",
        "4 8, 12 8, 20 11, 31 -",
        {},
        [
            "fell_by is how far n moves from one to the next (9.9 bits of 16, simple): fell_by0 +n0 is 12",
            "the rows come in the order of n, smallest first (4.6 bits of 2, simple): n0 from -inf to 12",
        ],
    ),
    (
        "n moved.",
        "30 -, 30 0, 30 0, 12 18, 4 8",
        {},
        [
            "the rows come in the order of n, largest first (6.9 bits of 2, simple): n4 from -inf to 12",
            "moved is how far n moves from one to the next (7.4 bits of 16, simple): moved4 +n4 is 12",
        ],
    ),
    ("n m", "12 -, 4 8, 20 -, 9 4", {"small": {"columns": ["n"]}}, []),
    (
        "n x change",
        "12 31 -, 4 77 -8, 20 9 16, 31 40 11",
        {"small": {"columns": ["n"]}},
        ["change is how far n moves from one to the next (10.8 bits of 36, named): n1 is 4"],
    ),
    (
        "q1 q2 q3 q4",
        "New: 8 3 20 9, So far: 8 11 31 40",
        {},
        [
            "New is how far So far moves from one to the next (12.9 bits of 16, named): q20 is 3",
            "q1 is how far q2 moves from one to the next (3.2 bits of 64, simple): q20 is 3",
        ],
    ),
    (
        "n change.",
        "16 -, 4 -75.0, 20 400.0, 30 50.0",
        {},
        [
            "change is the rise from the one before to n (20.9 bits of 410, simple, named): n1 is 4",
            "Place 0 + Place 1 is the row Place 2 (4.4 bits of 16, simple): n1 is 4",
        ],
    ),
    (
        "n fall",
        "30 -, 20 33, 4 80, 3 25",
        {"small": {"columns": ["n"]}},
        [
            "fall is the fall from the one before to n (16.1 bits of 250, simple, named): n2 is 4, 151 n2 -200 n3 from 0 to inf, 149 n2 -200 n3 from -inf to -1",
            "the rows come in the order of n, largest first (4.6 bits of 2, simple): n2 -n3 from 0 to inf, n2 from -inf to 20",
        ],
    ),
    (
        "n rate",
        "20 1000, 4 200, 33 1650, 47 2350",
        {"small": {"columns": ["n"]}},
        [
            "rate is n as a share of the first (29.5 bits of 250, named): n1 is 4",
            "Place 0 is the running total of Place 1 as a share of its total (14.4 bits of 740): n1 is 4",
        ],
    ),
    ("n index", "20 -, 4 20, 33 165, 47 235", {"small": {"columns": ["n"]}}, ["index is n as a share of the first (19.6 bits of 250, simple, named): n1 is 4"]),
    (
        "n up_to.",
        "17 28.3, 3 33.3, 40 100.0",
        {},
        [
            "up_to is the running total of n as a share of its total (18.1 bits of 410): n1 is 3",
            "the rows come in the order of up_to, smallest first (2.6 bits of 2, simple): up_to1 from 283 to 1000",
        ],
    ),
    (
        "boys girls share_of_boys",
        "3 57 5, 17 43 28, 40 31 56",
        {"small": {"columns": ["boys", "girls"]}},
        [
            "share_of_boys is boys as a share of boys and girls (13.3 bits of 495, simple, named): boys0 is 3",
            "the rows come in the order of boys, smallest first (2.6 bits of 2, simple): boys0 from -inf to 17",
        ],
    ),
    (
        "a b c ratio",
        "3 57 60 3, 17 43 29 19, 40 31 44 35",
        {"small": {"columns": ["a", "b", "c"]}},
        [
            "ratio is a as a share of a + b + c (11.5 bits of 900, simple, named): a0 from 3 to 4",
            "the rows come in the order of a, smallest first (2.6 bits of 2, simple): a0 from -inf to 17",
        ],
    ),
    (
        "n of x",
        "3 61 492, 17 72 2361, 40 83 4819",
        {"small": {"columns": ["n", "of"]}},
        [
            "of is n as a share of x (18.5 bits of 540): n0 is 3",
            "x is n as a share of of (32.4 bits of 540): n0 is 3",
            "the rows come in the order of n, smallest first (2.6 bits of 2, simple): n0 from -inf to 17",
        ],
    ),
    (
        "now then fall",
        "3 61 95, 17 72 76, 40 83 52",
        {"small": {"columns": ["now", "then"]}},
        [
            "fall is the fall from then to now (18.6 bits of 495, simple, named): now0 is 3",
            "the rows come in the order of now, smallest first (2.6 bits of 2, simple): now0 from -inf to 17",
        ],
    ),
    (
        "now then rise",
        "61 3 1933, 72 17 324, 83 40 108",
        {"small": {"columns": ["now", "then"]}},
        [
            "rise is the rise from then to now (26.0 bits of 495, simple, named): then0 is 3",
            "the rows come in the order of then, smallest first (2.6 bits of 2, simple): then0 from -inf to 17",
        ],
    ),
    (
        "n share.",
        "np 5.0, 17 28.3, 40 66.7",
        {},
        [
            "share is n as a share of its total (15.4 bits of 250, simple, named): n0 is 3",
            "the rows come in the order of n, smallest first (2.6 bits of 2, simple): n0 from -inf to 17",
        ],
    ),
    (
        "q1 q2 q3",
        "Children: 8 3 20, Visits: 77 31 90, Change %: 12 -63 567",
        {"small": {"columns": ["q1", "q2", "q3"]}},
        ["Change % is the rise from the one before to Children (15.1 bits of 375, named): q20 is 3"],
    ),
    (
        "n",
        "40, 5, 5, 3",
        {"total": {"columns": ["n"]}},
        ["the rows come in the order of n, largest first (4.6 bits of 2, simple): n2 -n3 from 0 to inf, n1 -n2 from 0 to inf, n1 from -inf to 40"],
    ),
    ("n", "30, 5, 0, 7", {}, []),
    ("a x b y c whole", "9 7 4 60 20 33, 12 9 8 33 9 29, 30 8 7 41 6 43", {}, ["a + b + c is whole in every row (15.5 bits of 60): b0 is 4"]),
    ("n", "20, 4, 24, 30, 20, 50, 74", {}, ["Place 0 + Place 1 is the row Place 2 (4.6 bits of 28, simple): n1 is 4"]),
    (
        "boys girls others all",
        "3 20 9 32, 12 - 20 32, 7 9 9 25",
        {},
        ["boys + girls + others is all in every row (14.8 bits of 16, simple, named): boys0 is 3"],
    ),
    ("n m", "3 9, 20 7, 8 6, All: 31 23", {}, ["Place 0 + Place 1 + Place 2 is the row All (5.0 bits of 16, simple, named): n0 is 3"]),
    ("n m", "3 9, 20 7, 8 6, Hills: 31 23", {}, []),
    (
        "a b c d every",
        "9 4 13 20 37, 12 8 20 9 37",
        {},
        ["b + c + d is every in every row (10.5 bits of 20, simple): b0 is 4", "a + b is c in every row (8.2 bits of 20, simple): b0 is 4"],
    ),
    (
        "a b c all",
        "np 20 9 33, 12 20 9 41",
        {},
        [
            "a + b + c is all in every row (8.2 bits of 16, simple, named): a0 is 4",
            "all is a as a share of the one before (2.8 bits of 900, simple, named): a0 is 4",
            "all is a as a share of the first (2.8 bits of 900, simple, named): a0 is 4",
        ],
    ),
    (
        "a b c d. all",
        "3 40 20 -7.0 56, 12 20 9 8.0 49",
        {"small": {"columns": ["a", "b", "c", "all"]}},
        [
            "a + b + c + d is all in every row (11.5 bits of 20, simple, named): 10 a0 +d0 is -40",
            "d is how far all moves from one to the next (6.1 bits of 100, simple, named): d0 is -70",
        ],
    ),
    ("n", "77, 3, 21, 30, 44, 12, 68, 9, 80, 26, 91, 17", {}, []),
    ("n", "Girls: 20, North: 61, Boys: 4, South: 77, All: 24", {}, ["Girls + Boys is the row All (4.6 bits of 30, simple, named): n2 is 4"]),
    ("n change", "30 -, 12 -18, np -8, 20 16, 31 11", {}, ["change is how far n moves from one to the next (10.4 bits of 16, simple, named): n2 is 4"]),
    ("a x none b whole y", "9 60 - 4 13 44, 12 33 - 8 20 7, 30 41 0 7 37 58", {}, ["a + b is whole in every row (13.4 bits of 60): b0 is 4"]),
    ("all a b none x", "13 9 4 - 44, 20 12 8 - 7, 37 30 7 0 58", {}, ["a + b is all in every row (13.4 bits of 20, simple, named): b0 is 4"]),
    (
        "n",
        "30, 20, 50, 2, 2, 4, 54",
        {},
        [
            "Place 3 + Place 4 is the row Place 5 (2.3 bits of 28, simple): n3 +n4 -n5 is 0",
            "Place 2 + Place 5 is the row Place 6 (5.8 bits of 28, simple): n5 is 4",
        ],
    ),
    (
        "x whole b c a d.",
        "90 56 60 3 20 -27, 12 41 50 9 11 -29, 77 69 75 6 8 -20",
        {"small": {"columns": ["x", "whole", "b", "c", "a"]}},
        ["b + c + a + d is whole in every row (17.4 bits of 24, simple): c0 +d0 is -24"],
    ),
    (
        "whole a x b both",
        "86 9 60 4 13, 57 12 17 8 20, 115 30 41 7 37",
        {},
        ["a + x + b + both is whole in every row (19.2 bits of 20, simple): b0 is 4", "a + b is both in every row (13.4 bits of 30, simple, named): b0 is 4"],
    ),
    (
        "n fall",
        "np -, 40 -1233, 30 25, 20 33",
        {"small": {"columns": ["n"]}},
        ["fall is the fall from the one before to n (16.9 bits of 170, simple, named): n0 is 3"],
    ),
]


@pytest.mark.parametrize(("columns", "rows", "more", "expected"), WAYS)
def test_each_way_to_work_a_count_out_is_found_with_how_sure_it_is_and_what_it_leaves(
    columns: str, rows: str, more: dict[str, Any], expected: list[str]
) -> None:
    assert ways(hiding(columns, rows, **more)) == expected


def by_area(columns: str, *rows: str) -> Table:
    """Counts of children in places of two areas, and a second column of whole numbers. The area comes first in each row."""
    kinds: dict[str, Any] = {name: {"type": "whole number", "unit": "children"} for name in columns.split()}
    cells = [[f"Place {at}", *row.split()] for at, row in enumerate(rows)]
    small = {"threshold": "6", "columns": columns.split()[:1]}
    return without_small_counts(table({"place": "text", "area": "text", **kinds}, cells, key="place", small_counts=small))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (
            by_area("n moved", "K 20 11", "L 8 0", "K 3 17", "L 31 23", "K 9 6"),
            "moved is how far n moves from one to the next (11.6 bits of 16, simple): n2 is 3",
        ),
        (
            by_area("n share", "K 20 63", "L 8 21", "K 3 9", "L 31 79", "K 9 28"),
            "share is n as a share of its total (25.0 bits of 410, simple, named): n2 is 3",
        ),
        # With one area, or one for each place, nothing begins again: there are as many ways to try as without the areas.
        (by_area("n share", "K 20 63", "K 3 9", "K 9 28"), "share is n as a share of its total (14.2 bits of 250, simple, named): n1 is 3"),
        (by_area("n share", "K 20 63", "L 3 9", "M 9 28"), "share is n as a share of its total (14.2 bits of 250, simple, named): n1 is 3"),
    ],
)
def test_what_begins_again_with_each_area_is_seen(shown: Table, expected: str) -> None:
    assert ways(shown) == [expected]


# Other tables and what is said elsewhere --------------------------------------------------------------------


def openly(columns: str, rows: str, **more: Any) -> Table:
    """Another table that hides nothing."""
    other = named(hiding(columns, rows, **more), "other")
    return replace(other, about=other.about.model_copy(update={"small_counts": None}), rows=other.rows_for_sums, hidden=frozenset(), true_rows=())


MINE = hiding("n", "A: 12, B: 4, C: 31, D: 50")
IN_YEARS = hiding("n", "2019: 12, 2020: 4, 2021: 31", first="year")
TWO_SUMS = ("m x", "2019: 30 42, 2020: 9 13, 2021: 7 38")
THE_SUM = "n + other/m is other/x in every row (14.5 bits of 12, simple): n1 is 4"


@pytest.mark.parametrize(
    ("shown", "other", "expected"),
    [
        (
            MINE,
            openly("n", "A: 12, B: 4, C: 30, D: 51"),
            ["other/n is n (6.0 bits of 1, simple, named): n1 is 4", "other, B is n (2.3 bits of 16, simple): n1 is 4"],
        ),
        (MINE, openly("n", "A: 13, B: 4, C: 30, D: 51"), ["other, B is n (2.3 bits of 16, simple): n1 is 4"]),
        (MINE, named(hiding("n", "a: 12, B: 4, C: 30, D: 51"), "other"), ["other/n is n (6.0 bits of 1, simple, named): other/n1 -n1 is 0"]),
        (IN_YEARS, openly(*TWO_SUMS, first="year"), [THE_SUM]),
        (IN_YEARS, openly(*TWO_SUMS, first="year", subject="training"), []),
        (hiding("n", "2019: 12, 2020: 4, 2021: 31"), openly(*TWO_SUMS, subject="training"), [THE_SUM]),
        (MINE, openly("m all", "A: 30 42, B: 9 13, C: 7 39"), []),
        (MINE, openly("n", "2019: 60, 2020: 97, 2021: 66", key=[]), ["other, line 3 is the total of n (6.6 bits of 12, simple): n1 is 4"]),
        (MINE, openly("n", "X: 60, Y: 37", total={"columns": ["n"], "label": "In all"}), ["other, In all is the total of n (6.6 bits of 12, simple): n1 is 4"]),
        (
            hiding("n", "A: 12, B: 4, C: 31", notes=["Of 1,203,", "47 took part."]),
            openly("m", "X: 1"),
            ["47 in the description is the total of n (5.6 bits of 8, simple): n1 is 4"],
        ),
        (
            hiding("n", "A: 12, B: 4, C: 31", notes=["47 took part."]),
            openly("n", "X: 90"),
            ["47 in the description is the total of n (5.6 bits of 8, simple): n1 is 4"],
        ),
        (
            hiding("n m", "A: 12 40, B: 4 33, C: 31 18", small={"columns": ["n"]}, key=[], summary="In 2020/21, 47."),
            openly("m", "X: 1"),
            ["47 in the description is the total of n (5.6 bits of 12, simple): n1 is 4"],
        ),
    ],
)
def test_what_another_table_or_the_text_gives_away(shown: Table, other: Table, expected: list[str]) -> None:
    assert ways(shown, other) == expected


def test_each_relation_is_taken_away_by_what_its_fix_says() -> None:
    fixes: dict[str, str] = {}
    apart = (hiding("n", "A: 12, B: 4, C: 31, D: 50", notes=["There were 97."]), openly("n", "A: 12, B: 4, C: 30, D: 51"))
    many = (hiding("n", "A: 12, B: 4, C: 31, D: 50"), openly("m all", "A: 30 42, B: 9 13, C: 7 38, D: 8 58"))
    for shown, *others in (apart, many, *((hiding(*case[:2], **case[2]),) for case in WAYS)):
        fixes |= {relation.says: relation.fix for relation in relations_of(shown, catalogue_of(shown, *others), False)}
    delete = "Delete {}: `computed:` in the description works changes and shares out, and hides what must be hidden."
    expected = {
        "a + b + c is whole in every row": "Name the sum under `adds_up:` of small_counts.",
        "Place 0 + Place 1 is the row Place 2": "Delete the row of the sum and write `total:` in the description, or leave the total out altogether.",
        "change is how far n moves from one to the next": delete.format("change or n"),
        "change is the rise from the one before to n": delete.format("change"),
        "the rows come in the order of n, smallest first": "Sort the file by name; `sort:` in the description orders the page.",
        "n + other/m is other/all in every row": "Leave out one of the two columns, or write `withheld` for a second number beside it.",
        "other/n is n": "Leave out one of the two columns, or write `withheld` for a second number beside it.",
        "97 in the description is the total of n": "Write `total:` for the column, so that a second number is hidden with it.",
        "other, B is n": "Leave that number out there, or write `withheld`.",
    }
    assert {says: fixes.get(says) for says in expected} == expected


def test_what_a_derived_table_is_made_of_is_known_for_certain() -> None:
    part = hiding("n", "Arden: 12, Bollin: 4, Croco: 3, Dane: 50")
    origins: dict[Spot, tuple[Origin, ...]] = {
        (0, "n"): (("weather", 0, "n"), ("weather", 1, "n")),
        (1, "n"): (("weather", 2, "n"), ("weather", 3, "n"), ("sessions", 0, "")),
        (1, "place"): (("weather", 2, "place"),),
        (0, "m"): (("weather", 1, "n"), ("weather", 2, "n")),
        (1, "m"): (),
    }
    made = replace(openly("n m", "North: 16 7, South: 53 9"), made_from=MappingProxyType(origins))
    first = "other, North, n is made of weather, n: Arden, Bollin (4.0 bits of 1, simple, named): n1 is 4"
    second = "other, North, m is made of weather, n: Bollin, Croco (4.0 bits of 1, simple, named): n1 +n2 is 7"
    unconcerned = replace(named(openly("k", "X: 1"), "third"), made_from=MappingProxyType({(0, "k"): (("fourth", 0, "n"),)}))
    assert [way for way in ways(part, unconcerned, made, only_clear=True) if "made of" in way] == [first, second]
    (told, *_) = (one for one in relations_of(part, catalogue_of(part, made), True) if "made of" in one.says)
    assert told.fix == "Take the column out of other, or leave rows that hide counts out of it with `where:`."
    nameless = replace(part, about=part.about.model_copy(update={"key": ()}))
    assert any("weather, n: line 2, line 3" in way for way in ways(nameless, made))
    own = replace(named(part, "other"), made_from=MappingProxyType({(1, "n"): (("third", 0, "k"),)}))
    assert "other, Bollin, n is made of third, k: X (4.0 bits of 1, simple, named): other/n1 is 4" in ways(own, replace(named(openly("k", "X: 4"), "third")))


# Words ------------------------------------------------------------------------------------------------------

WORKED_OUT_BY_NAME = "% all both overall together altogether combined everyone everybody running cumulative so_far to_date per index indices sub-total"
ALSO_OF_MANY = "total subtotal sum change rise fall increase decrease difference share proportion ratio rate percentage"
ORDINARY = "small allotments bothers person summary tallest interchange sunrise rainfall shareholder operation perhaps indexed reran"


def test_every_word_for_what_is_worked_out_is_known_in_the_name_the_heading_and_the_unit() -> None:
    words = [*WORKED_OUT_BY_NAME.split(), *ALSO_OF_MANY.split(), *(f"{word}s" for word in ALSO_OF_MANY.split())]
    for word, expected in [*((word, True) for word in words), *((word, False) for word in ORDINARY.split())]:
        spoken = word.replace("_", " ")
        kinds: dict[str, Any] = {
            "heading": {"type": "whole number", "title": f"Kites, {spoken} of them"},
            "unit": {"type": "decimal", "unit": f"kites {spoken}"},
            "neither": {"type": "decimal", "title": "Kites"},
        }
        if word.isidentifier():
            kinds[word] = {"type": "decimal", "title": "Kites"}
        found = {line.name: line.named for line in columns_of(table(kinds, [[1] * len(kinds)]))}
        assert found == {name: expected and name != "neither" for name in kinds}, word
        assert [line.named for line in relations._rows_of(table({"n": "whole number", "k": "text"}, [[1, spoken]], key="k"), [])] == [expected]
    assert columns_of(table({"n": {"type": "percentage", "title": "Kites"}}, [[1]]))[0].named


# What an outsider sees --------------------------------------------------------------------------------------


def test_an_outsider_sees_of_each_cell_what_it_may_be_and_where_nothing_is_said() -> None:
    columns = {"place": "text", "n": {"type": "whole number", "unit": "children"}, "m": "decimal", "of": "decimal"}
    share: dict[str, Any] = {"name": "part", "title": "Part", "ratio": ["m", "of"], "decimals": "1"}
    cells = [["A", 3, "0.25", 8], ["B", "withheld", "7", 8], ["C", "", "", 8], ["D", 40, "2.5", 8], ["E", 7, "8.25", 8], ["F", 9, "4", 8]]
    small = {"threshold": "6", "columns": ["n"]}
    shown = without_small_counts(table(columns, cells, key="place", small_counts=small, computed=[share], total={"columns": ["n"]}))
    n, m, _, part = columns_of(shown)

    def seen(cells: Sequence[Number | None]) -> list[object]:
        return [cell and (cell.low / UNIT, cell.high / UNIT, cell.hidden and cell.hidden[1:], cell.place / UNIT) for cell in cells]

    assert seen(n.cells) == [
        (3, 3, (0, "n"), 1),
        (1, 5, (1, "n"), 1),
        (0, 0, None, 1),
        (40, 40, (3, "n"), 1),
        (7, 7, None, 1),
        (9, 9, None, 1),
        (59, 59, None, 1),
    ]
    assert seen(m.cells) == [(0.25, 0.25, (0, "m"), 0.01), (7, 7, None, 1), None, (2.5, 2.5, (3, "m"), 0.1), (8.25, 8.25, None, 0.01), (4, 4, None, 1), None]
    assert (part.name, part.named) == ("part", True)
    assert seen(part.cells) == [None, (87.5, 87.5, None, 0.1), None, None, (103.1, 103.1, None, 0.1), (50, 50, None, 0.1), None]
    (nobody,) = columns_of(table({"n": "decimal"}, [[""], [""]], total={"columns": ["n"]}))
    assert seen(nobody.cells) == [None, None, (0, 0, None, 1)]
    assert hidden_counts(shown) == [("weather", 0, "n"), ("weather", 1, "n"), ("weather", 3, "n")]


def test_a_hidden_number_may_be_small_or_anything_above_as_it_is_known_which() -> None:
    cells = [["A", 5, "0.0"], ["B", 6, "-2.50"], ["C", "withheld", "4"], ["D", 0, "7"]]
    columns = {"place": "text", "n": {"type": "whole number", "unit": "children"}, "m": "decimal"}
    shown = without_small_counts(table(columns, cells, key="place", small_counts={"threshold": "6"}))
    spots = [("weather", row, column) for column in ("n", "m") for row in range(3)]
    ranges, true = ranges_of({"weather": shown}, spots)
    assert list(ranges.values()) == [(1, 5), (6, 1606), (1, 5), (-1000, 1000), (-26250, 25750), (-1396, 1404)]
    assert true == {spots[0]: 5, spots[1]: 6, spots[3]: 0, spots[4]: -250, spots[5]: 4}
    ordinary = table(columns, cells)
    assert ranges_of({"weather": ordinary}, spots[:1])[0] == {spots[0]: (-1495, 1505)}


# How sure an outsider is ------------------------------------------------------------------------------------


def test_a_result_says_as_much_as_it_is_large_and_less_where_its_parts_are_not_in_the_file() -> None:
    def number(low: int, high: int, place: int = UNIT) -> Number:
        return Number(low * UNIT, high * UNIT, None, place)

    assert relations._bits(number(204, 204)) == relations._bits(number(-204, -204)) == log2(205)
    assert relations._bits(number(20, 20, UNIT // 10)) == log2(201), "to one decimal place"
    assert relations._bits(number(204, 204), [number(1, 5), number(7, 7)]) == log2(205) - log2(5)
    assert relations._bits(number(2, 2), [number(1, 5), number(1, 5)]) == 0 == relations._bits(number(0, 0))


# Limits -----------------------------------------------------------------------------------------------------


def problems_of(shown: Table, *others: Table) -> list[str]:
    return [problem.fix for problem in small_counts.check(catalogue_of(shown, *others)) if problem.file == shown.file]


def test_each_limit_is_where_it_is_said_to_be() -> None:
    wide = [hiding(" ".join(f"c{at}" for at in range(width)), " ".join(["3", *map(str, range(10, 9 + width))]), said=True) for width in (20, 21)]
    assert [problems_of(shown) for shown in wide] == [[], [relations._TOO_WIDE]]
    long = [hiding("n", ", ".join(["3", *["-"] * (height - 1)]), said=True) for height in (2500, 2501)]
    assert [problems_of(shown) for shown in long] == [[], [relations._TOO_WIDE]]
    alike = hiding("a b c d e f g h i j", ", ".join(["3 3 3 3 3 3 3 3 3 3"] * 100))
    assert problems_of(alike) == [relations._TOO_LONG], "a thousand threes are each a copy of every other"


def scattered(height: int, parts: Sequence[int], **more: Any) -> Table:
    """Rows of four counts of which the first is the sum of some others, in no place that anybody would look at first. The second hides a count."""
    dice = Random(4)
    rows = [[dice.randint(6, 60) for _ in range(4)] for _ in range(height)]
    rows[1][0] = 3
    rows[0] = [sum(rows[part][at] for part in parts) for at in range(4)]
    return hiding("a b c d", ", ".join(" ".join(map(str, row)) for row in rows), **more)


def test_all_sums_of_twenty_lines_are_looked_for_and_of_more_those_of_three() -> None:
    five, three = (1, 4, 8, 11, 17), (1, 8, 17)
    found = " + ".join(f"Place {part}" for part in five) + " is the row Place 0"
    assert [way.partition(" (")[0] for way in ways(scattered(21, five), only_clear=True)] == [found]
    assert ways(scattered(21, five)) == ways(scattered(21, five), only_clear=True)
    assert ways(scattered(22, five), only_clear=True) == []
    assert problems_of(scattered(22, five)) == [relations._TOO_LONG], "unless the description says that nothing else adds up, nobody can be sure"
    clear = "Place 1 + Place 8 + Place 17 is the row Place 0"
    assert [way.partition(" (")[0] for way in ways(scattered(22, three), only_clear=True)] == [clear]
    everything = tuple(range(1, 30))
    (total,) = ways(scattered(30, everything))
    assert total.startswith("Place 1 + Place 2 + Place 3 + … + Place 29 is the row Place 0 ("), "a total of all the others is no riddle, however many there are"
    wide = openly(
        "big " + " ".join(f"c{at}" for at in range(21)), ", ".join(f"{name}: 90000 " + " ".join(str(9 + 7 * at * at) for at in range(21)) for name in "AB")
    )
    assert problems_of(hiding("n", "A: 3, B: 20"), wide) == [relations._TOO_LONG]
    assert problems_of(hiding("n", "A: 3, B: 20", said=True), wide) == []


def test_where_sums_of_four_become_clear_is_where_more_lines_than_can_be_tried_are_refused() -> None:
    others = ", ".join(str(3 if at == 5 else 10 + at * at) for at in range(21))
    for name, chance in (("Hill", 4), ("All", 0)):
        for nearly, refused in ((1.02, [relations._TOO_LONG]), (0.98, [])):
            total = round(nearly * comb(21, 4) * 22 * 2**chance)
            assert problems_of(hiding("n", f"{name}: {total}, {others}")) == refused


def test_a_row_that_repeats_another_is_taken_for_a_copy_where_chance_would_hardly_make_one() -> None:
    others = ", ".join(f"{20 + 9 * at} {70 - 7 * at}" for at in range(7))
    for number, expected in ((300, ["Place 8 is the row Place 0", "Place 0 is the row Place 8"]), (270, [])):
        copied = hiding("a b", f"3 {number}, {others}, 3 {number}")
        assert [way.partition(" (")[0] for way in ways(copied, only_clear=True)] == expected


def test_the_parts_of_a_total_of_another_place_are_looked_for_among_few_rows() -> None:
    rows = "Girls: 20, North: 61, Boys: 4, South: 77, All: 24, East: 90, West: 33"
    found = "Girls + Boys is the row All"
    assert [way.partition(" (")[0] for way in ways(hiding("n", f"{rows}, Hill: 48"))] == [found]
    assert ways(hiding("n", f"{rows}, Hill: 48, Dale: 51")) == []
    assert ways(hiding("n", rows.replace("All", "Mill"))) == [], "its name says nothing"


def test_rows_that_follow_one_another_across_are_looked_for_among_twenty() -> None:
    dice = Random(6)
    for height, expected in ((20, ["New is how far So far moves from one to the next"]), (21, [])):
        others = [" ".join(str(dice.randint(20, 900)) for _ in range(4)) for _ in range(height - 2)]
        shown = hiding("q1 q2 q3 q4", ", ".join(["New: 8 3 20 9", *others, "So far: 8 11 31 40"]))
        assert [way.partition(" (")[0] for way in ways(shown, only_clear=True)] == expected


# The search -------------------------------------------------------------------------------------------------

GRID = [[2, 5, 1, 4], [3, 3, 5, 1], [4, 2, 2, 5], [1, 4, 3, 2]]


def of_grid() -> list[Known]:
    """What the totals of a square say of its cells, each row once more and half of each column beside it."""
    cells = [[("t", row, f"c{column}") for column in range(4)] for row in range(4)]
    sums = [(tuple((cell, 1) for cell in row), sum(GRID[at])) for at, row in enumerate(cells)]
    sums += [(tuple((row[at], at - 2 or 2) for row in cells), sum((at - 2 or 2) * row[at] for row in GRID)) for at in range(4)]
    return [Known(factors, total - (at == 1), total + (at == 6)) for at, (factors, total) in enumerate(sums)]


@pytest.mark.parametrize("is_known", [True, False])
def test_the_search_takes_as_many_looks_on_every_machine_and_one_fewer_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, is_known: bool) -> None:
    known = of_grid()
    cells = list(dict.fromkeys(cell for one in known for cell, _ in one.factors))
    true = {cell: GRID[cell[1]][int(cell[2][1])] for cell in cells} if is_known else {}
    looks = 868 if is_known else 1672
    monkeypatch.setattr(possible_values, "_STEPS", looks)
    found = Search(dict.fromkeys(cells, (1, 5)), true).possible(cells, known)
    assert all(len(found[cell]) >= ENOUGH for cell in cells) and set(found["t", 3, "c3"]) == {1, 2, 5}
    monkeypatch.setattr(possible_values, "_STEPS", looks - 1)
    with pytest.raises(TooManyToTry, match=r"\ADivide it into smaller tables\.\Z"):
        Search(dict.fromkeys(cells, (1, 5)), true).possible(cells, known)
