"""Sums as published statistics do them: exact, halves rounded up, and nothing guessed where a number is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.content.arithmetic import NoSuchNumber, change, number_at, numbers_at, outcome, percentage, rounded, worked_out
from macros.content.catalogue import Catalogue
from macros.models.performance import Agreement

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
        ("kites", "there is no figure"),
        ("first-kite-day", "is not a number"),
        ("kite-club | * | kites", 'did you mean "kite-clubs"?'),
        ("kite-clubs | * | kite", 'did you mean "kites"?'),
        ("kite-clubs | North, High Fliers | kites", 'did you mean "North, High Flyers"?'),
        ("puddles-by-year | 2019/20 | deep", "gives no number"),
        ("kite-clubs | kites", "neither a figure's id"),
        ("kite-clubs|*|kites", "a blank on each side"),
        ("", "there is no figure"),
    ],
)
def test_a_reference_that_leads_nowhere_says_why(small_catalogue: Catalogue, reference: str, why: str) -> None:
    with pytest.raises(NoSuchNumber) as missing:
        number_at(small_catalogue, reference)
    assert why in str(missing.value)


def test_one_number_is_not_several(small_catalogue: Catalogue) -> None:
    with pytest.raises(NoSuchNumber, match="stands for 4 numbers"):
        number_at(small_catalogue, "kite-clubs | * | kites")


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
    ("compute", "of"), [("percentage", ("1", "0")), ("quotient", ("1", "0")), ("change", ("0", "1")), ("percentage", ("1", "2", "3")), ("difference", ("1",))]
)
def test_a_sum_that_cannot_be_done_says_so(small_catalogue: Catalogue, compute: str, of: tuple[str, ...]) -> None:
    agreement = Agreement.model_validate({"id": "a", "says": "A sum.", "published": "1", "compute": compute, "of": of})
    with pytest.raises(NoSuchNumber):
        outcome(small_catalogue, agreement)


def test_computed_columns_leave_out_what_is_missing(small_catalogue: Catalogue) -> None:
    table = small_catalogue.tables["puddles-by-year"]
    share, in_per_cent, in_number = (worked_out(table, computed) for computed in table.about.computed)
    assert share == [D("78.5"), None, D(310) * 100 / D(1030), None]
    assert in_per_cent[:3] == [None, D(25), D(3)]
    assert in_number == [None, D(200), D(30), D(1799)]


def test_shares_of_a_total_make_a_hundred(small_catalogue: Catalogue) -> None:
    table = small_catalogue.tables["kite-clubs"]
    shares = worked_out(table, table.about.computed[0])
    assert sum(share for share in shares if share is not None).quantize(D("1e-20")) == 100
