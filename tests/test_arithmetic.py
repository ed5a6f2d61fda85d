"""Sums as published statistics do them: exact, halves rounded up, and nothing guessed where a number is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.content.arithmetic import (
    NoSuchNumber,
    NotRead,
    change,
    counted_differently,
    number_at,
    numbers_at,
    outcome,
    percentage,
    rounded,
    said_by,
    worked_out,
)
from macros.content.catalogue import Catalogue
from macros.content.suppression import hide
from macros.models.performance import Agreement
from tests.made_up import SOURCED, catalogue_of, described, read_made_up, table

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
INDEX: dict[str, Any] = {"name": "index", "title": "Index", "index_of": "drops", "base": "1"}
MEAN: dict[str, Any] = {"name": "mean", "title": "Mean", "mean_of": "drops", "over": "2"}


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
        (["4", "5", "", "8"], INDEX, [D(80), D(100), None, D(160)]),
        (["4", "", "8"], INDEX, [None, None, None]),
        (["4"], INDEX, [None]),
        (["4", "6", "", "8", "10"], MEAN, [None, D(5), None, None, D(9)]),
        (["3", "6", "9", "0"], MEAN | {"over": "3"}, [None, None, D(6), D(5)]),
    ],
)
def test_what_a_gap_leaves_open(drops: list[str], computed: dict[str, Any], result: list[Decimal | None]) -> None:
    rain = table({"day": "text", "drops": "whole number"}, [[str(day), number] for day, number in enumerate(drops)], key="day", computed=[computed])
    assert worked_out(rain, rain.about.computed[0]) == result


@pytest.mark.parametrize(
    ("computed", "result"),
    [
        (INDEX | {"base": "2020"}, [D(100), D(120), None, None]),
        (INDEX | {"base": "2022"}, [None, None, D(100), D(50)]),
        (INDEX | {"index_of": "days", "base": "2020"}, [D(100), D(200), D(300), D(400)]),
        (MEAN, [None, D(11), None, None]),
        (MEAN | {"mean_of": "days"}, [None, D("1.5"), D("2.5"), None]),
        (MOVES, [None, D(20), None, None]),
        (MOVES | {"change_in": "days"}, [None, D(100), D(50), None]),
    ],
)
def test_nothing_is_held_against_what_was_counted_otherwise_or_against_a_year_that_is_missing(computed: dict[str, Any], result: list[Decimal | None]) -> None:
    """What else a table counts goes on as before."""
    rows = [["2020", 10, 1], ["2021", 12, 2], ["2022", 20, 3], ["2024", 10, 4]]
    breaks = [{"from": "2022", "columns": ["drops"], "because": "Drizzle counts."}]
    rain = table({"year": "year", "drops": "whole number", "days": "whole number"}, rows, key="year", breaks=breaks, computed=[computed])
    assert worked_out(rain, rain.about.computed[0]) == result


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """An almanac of 2021 printed two years of rain; an atlas of 2023 added one, in which drizzle counts too, and found 12 days where 9 were printed."""
    atlas = {"id": "atlas", "title": "Atlas", "publisher": "Nobody", "period": "2023", "kind": "annual report", "holds": "Hills."}
    almanac = atlas | {"id": "old-almanac", "title": "Almanac", "period": "2021"}
    about = described(
        {"year": "year", "days": "whole number", "drops": "whole number"},
        key="year",
        editions=[{"source": "atlas", "place": "Rain", "rows": "2022"}, {"source": "old-almanac", "place": "Rain", "rows": "all others"}],
        revisions=[{"row": "2021", "column": "days", "was": "9", "now": "12", "source": "atlas", "because": "Three were in a cloud."}],
        breaks=[{"from": "2022", "columns": ["days"], "because": "Drizzle counts."}],
    )
    files = {
        "data/sources.yml": [almanac, atlas],
        "data/tables/rain.yml": {name: value for name, value in about.items() if name not in SOURCED},
        "data/tables/rain.csv": "year,days,drops\n2020,10,1\n2021,12,2\n2022,20,3\n",
        "data/figures.yml": [
            {"id": "hills", "title": "Hills", "value": "5", "type": "whole number", "period": "Never", "subject": "website", "source": "atlas", "place": "P"}
        ],
    }
    return read_made_up(tmp_path_factory.mktemp("corrected"), files)


def test_a_document_is_held_to_the_numbers_of_its_day(corrected: Catalogue) -> None:
    """What a document added up are the rows that it printed or corrected, as it printed them."""
    for source, days in (("", [10, 12, 20]), ("atlas", [12, 20]), ("old-almanac", [10, 9])):
        assert numbers_at(corrected, "rain | * | days", source) == [D(day) for day in days], source
    assert numbers_at(corrected, "rain | * | days") == [D(10), D(12), D(20)] and number_at(corrected, "rain | 2021 | days") == D(12), "now"
    assert [number_at(corrected, "rain | 2021 | days", source) for source in ("", "atlas", "old-almanac")] == [D(12), D(12), D(9)]
    agreement = {"id": "a", "says": "A sum.", "compute": "sum"}
    for published, of, source, found in (
        ("19", ["rain | * | days"], "old-almanac", 19),
        ("9", ["rain | 2021 | days"], "old-almanac", 9),
        ("rain | 2022 | days", ["rain | 2021 | days"], "atlas", 12),
        ("5", ["hills", "rain | 2021 | days"], "atlas", 17),
        ("9", ["4", "rain | 2021 | days"], "old-almanac", 13),
        ("rain | 2019 | days", ["4"], "old-almanac", 4),
        ("4", ["4"], "", 4),
        ("rain", ["4"], "old-almanac", 4),
        ("snow | 2021 | days", ["rain | 2021 | days"], "old-almanac", 9),
    ):
        made = Agreement.model_validate({**agreement, "published": published, "of": of})
        assert (said_by(corrected, made), outcome(corrected, made)) == (source, found), published


@pytest.mark.parametrize(
    ("one", "other", "differently"),
    [
        ("rain | 2021 | days", "rain | 2022 | days", True),
        ("rain | 2022 | days", "rain | 2020 | days", True),
        ("rain | 2020 | days", "rain | 2021 | days", False),
        ("rain | 2021 | drops", "rain | 2022 | drops", False),
        ("rain | 2021 | days", "rain | 2022 | drops", False),
        ("rain | 2021 | days", "snow | 2022 | days", False),
        ("snow | 2021 | days", "snow | 2022 | days", False),
        ("rain | 2019 | days", "rain | 2022 | days", False),
        ("rain | 2019 | days", "rain | 2018 | days", False),
        ("10", "rain | 2022 | days", False),
        ("hills", "hills", False),
    ],
)
def test_what_began_to_be_counted_in_another_way_between_two_numbers(corrected: Catalogue, one: str, other: str, differently: bool) -> None:
    assert counted_differently(corrected, one, other) is differently
