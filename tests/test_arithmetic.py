"""Sums as published statistics do them: exact, halves rounded up, and nothing guessed where a number is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.content.arithmetic import NoSuchNumber, NotRead, change, number_at, numbers_at, outcome, percentage, rounded, worked_out
from macros.content.catalogue import Catalogue
from macros.content.suppression import hide
from macros.models.performance import Agreement
from tests.made_up import catalogue_of, table

D = Decimal


@pytest.mark.parametrize(
    ("value", "decimals", "result"),
    [
        ("78.5", 0, "79"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("2.45", 1, "2.5"),
        ("2.449", 1, "2.4"),
        ("7", 2, "7.00"),
        ("0.005", 2, "0.01"),
    ],
)
def test_halves_are_rounded_up_and_away_from_zero(value: str, decimals: int, result: str) -> None:
    assert str(rounded(D(value), decimals)) == result


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=6), st.integers(0, 4))
def test_rounding_moves_a_number_by_half_a_place_at_most(value: Decimal, decimals: int) -> None:
    step = D(1).scaleb(-decimals)
    found = rounded(value, decimals)
    assert abs(found - value) <= step / 2
    assert -int(found.as_tuple().exponent) == decimals
    if abs(found - value) == step / 2 and value:
        assert abs(found) > abs(value)


def test_628_of_800_is_78_5_per_cent() -> None:
    assert percentage(D(628), D(800)) == D("78.5")
    assert percentage(D(1), D(0)) is None
    assert change(D(800), D(1000)) == D(25)
    assert change(D(0), D(5)) is None


@given(st.decimals(min_value=-(10**17), max_value=10**17, places=0), st.decimals(min_value=D("1e-16"), max_value=1, places=16))
def test_no_pair_of_published_numbers_is_too_much(part: Decimal, whole: Decimal) -> None:
    share = percentage(part, whole)
    assert share is not None
    rounded(share, 4)


def test_references(small_catalogue: Catalogue) -> None:
    assert numbers_at(small_catalogue, "155") == [D(155)]
    assert numbers_at(small_catalogue, "-1.5") == [D("-1.5")]
    assert numbers_at(small_catalogue, "kites-in-the-air") == [D(1240)]
    assert numbers_at(small_catalogue, "puddles-by-year | 2018/19 | deep_share") == [D("78.5")]
    assert numbers_at(small_catalogue, "kite-clubs | North, High Flyers | price") == [D("1234.50")]
    assert numbers_at(small_catalogue, "puddles-by-year | * | deep") == [D(628), D(310)]
    assert numbers_at(small_catalogue, "puddles-by-year | latest | kites") == [D(1100)]
    assert sum(numbers_at(small_catalogue, "puddles-by-year | * | year")) == 4  # text is counted


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("kites-in-air", 'there is no figure "kites-in-air" (did you mean "kites-in-the-air"?)'),
        ("xyz", 'there is no figure "xyz"'),
        ("first-kite-day", 'the figure "first-kite-day" is not a number'),
        ("kite-club | * | kites", 'there is no table "kite-club" (did you mean "kite-clubs"?)'),
        ("kite-clubs | * | kite", 'the table "kite-clubs" has no column "kite" (did you mean "kites"?)'),
        ("kite-clubs | North, High Fliers | kites", 'the table "kite-clubs" has no row "North, High Fliers" (did you mean "North, High Flyers"?)'),
        ("puddles-by-year | 2019/20 | deep", 'the table "puddles-by-year" gives no number for "2019/20", deep'),
        ("kite-clubs | kites", '"kite-clubs | kites" is neither a figure\'s id nor "table | row | column" with a blank on each side of the bars'),
        ("kite-clubs|*|kites", '"kite-clubs|*|kites" is neither a figure\'s id nor "table | row | column" with a blank on each side of the bars'),
        ("", 'there is no figure ""'),
        ("kite-clubs | * | kites", '"kite-clubs | * | kites" stands for 4 numbers, and one is needed'),
    ],
)
def test_a_reference_that_leads_to_no_one_number_says_why(small_catalogue: Catalogue, reference: str, why: str) -> None:
    with pytest.raises(NoSuchNumber) as missing:
        number_at(small_catalogue, reference)
    assert str(missing.value) == why and not isinstance(missing.value, NotRead)


def test_one_number_is_that_number(small_catalogue: Catalogue) -> None:
    assert number_at(small_catalogue, "puddles-by-year | 2018/19 | deep") == D(628)


@pytest.mark.parametrize(
    ("lost", "reference", "why"),
    [
        (("figure", "xyz"), "xyz", 'the figure "xyz" could not be read'),
        (("table", "xyz"), "xyz | * | kites", 'the table "xyz" could not be read'),
        (("number", "kite-clubs"), "kite-clubs | * | kites", 'the table "kite-clubs" could not be read'),
    ],
)
def test_what_could_not_be_read_is_told_apart_from_what_is_not_there(small_catalogue: Catalogue, lost: tuple[str, str], reference: str, why: str) -> None:
    with pytest.raises(NotRead) as missing:
        numbers_at(replace(small_catalogue, lost=frozenset({lost})), reference)
    assert str(missing.value) == why
    assert numbers_at(replace(small_catalogue, lost=frozenset({lost, ("figure", "kites-in-the-air")})), "kites-in-the-air") == [D(1240)], (
        "it is there all the same"
    )


def test_a_hidden_count_is_no_number(small_catalogue: Catalogue) -> None:
    """No column that holds one is added up, and nothing worked out from one is given."""
    clubs = small_catalogue.tables["kite-clubs"]
    hidden = hide(clubs, frozenset({(1, "kites"), (1, clubs.about.computed[0].name)}))
    catalogue = replace(small_catalogue, tables=MappingProxyType({"kite-clubs": hidden}))
    for row in ("*", clubs.keys[1]):
        with pytest.raises(NoSuchNumber, match=r'\Athe table "kite-clubs" hides small counts in the column "kites"\Z'):
            numbers_at(catalogue, f"kite-clubs | {row} | kites")
    assert numbers_at(catalogue, f"kite-clubs | {clubs.keys[0]} | kites") == [D(640)]
    assert len(numbers_at(catalogue, "kite-clubs | * | price")) == 4
    shares = worked_out(hidden, clubs.about.computed[0])
    assert [share is None for share in shares] == [False, True, False, False] and shares[0] == D(640) * 100 / D(1240), "the others are of the true total"


@pytest.mark.parametrize(
    ("compute", "of", "result"),
    [
        ("sum", ("kite-clubs | * | kites", "10"), D(1250)),
        ("count", ("puddles-by-year | * | deep",), D(2)),
        ("difference", ("1240", "1000"), D(240)),
        ("quotient", ("1240", "8"), D(155)),
        ("percentage", ("155", "kites-in-the-air"), D("12.5")),
        ("change", ("puddles-by-year | earliest | kites", "puddles-by-year | latest | kites"), D(200) * 100 / D(900)),
    ],
)
def test_what_an_agreement_works_out_to(small_catalogue: Catalogue, compute: str, of: tuple[str, ...], result: Decimal) -> None:
    agreement = Agreement.model_validate({"id": "a", "says": "A sum.", "published": "1", "compute": compute, "of": of})
    assert outcome(small_catalogue, agreement) == result


@pytest.mark.parametrize(
    ("compute", "of", "why"),
    [
        ("percentage", ("1", "0"), "it would divide by zero"),
        ("quotient", ("1", "0"), "it would divide by zero"),
        ("change", ("0", "1"), "it would divide by zero"),
        ("percentage", ("1", "2", "3"), "a percentage is worked out from two numbers, and here stand 3"),
        ("difference", ("1",), "a difference is worked out from two numbers, and here stand 1"),
    ],
)
def test_a_sum_that_cannot_be_done_says_so(small_catalogue: Catalogue, compute: str, of: tuple[str, ...], why: str) -> None:
    agreement = Agreement.model_validate({"id": "a", "says": "A sum.", "published": "1", "compute": compute, "of": of})
    with pytest.raises(NoSuchNumber) as refused:
        outcome(small_catalogue, agreement)
    assert str(refused.value) == why


GAPS = catalogue_of(table({"day": "text", "drops": "whole number"}, [["Monday", ""], ["Tuesday", "not stated in the source"]], name="rain", key="day"))


@pytest.mark.parametrize(
    ("compute", "of"), [("sum", ["rain | * | drops"]), ("sum", []), ("difference", ["rain | * | drops"] * 2), ("count", ["rain | * | drops"])]
)
def test_gaps_add_up_to_zero_which_can_be_rounded(compute: str, of: list[str]) -> None:
    agreement = Agreement.model_construct(id="a", published="0", compute=compute, of=tuple(of))
    assert str(rounded(outcome(GAPS, agreement), 1)) == "0.0"


def test_computed_columns_leave_out_what_is_missing(small_catalogue: Catalogue) -> None:
    table = small_catalogue.tables["puddles-by-year"]
    share, in_per_cent, in_number = (worked_out(table, computed) for computed in table.about.computed)
    assert share == [D("78.5"), None, D(310) * 100 / D(1030), None]
    assert in_per_cent[:3] == [None, D(25), D(3)]
    assert in_number == [None, D(200), D(30), D(1799)]


def test_shares_of_a_total_make_a_hundred(small_catalogue: Catalogue) -> None:
    table = small_catalogue.tables["kite-clubs"]
    shares = worked_out(table, table.about.computed[0])
    assert sum((share for share in shares if share is not None), D(0)).quantize(D("1e-20")) == 100


MOVES: dict[str, Any] = {"name": "more", "title": "More", "change_in": "drops"}
SHARE: dict[str, Any] = {"name": "part", "title": "Part", "share_of": "drops"}


@pytest.mark.parametrize(
    ("drops", "computed", "result"),
    [
        ([], MOVES, []),
        ([], SHARE, []),
        (["5"], MOVES, [None]),
        (["5", "", "7", "8"], MOVES | {"as": "number"}, [None, None, None, D(1)]),
        (["0", "5", "", "8", "4"], MOVES, [None, None, None, None, D(-50)]),
        (["", "0"], SHARE, [None, None]),
        (["", "5", "15"], SHARE, [None, D(25), D(75)]),
    ],
)
def test_what_a_gap_leaves_open(drops: list[str], computed: dict[str, Any], result: list[Decimal | None]) -> None:
    rain = table({"day": "text", "drops": "whole number"}, [[str(day), number] for day, number in enumerate(drops)], computed=[computed])
    assert worked_out(rain, rain.about.computed[0]) == result
