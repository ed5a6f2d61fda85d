"""A cell is what the file says, read by the type of its column, and shown without being changed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.models.cells import GAPS, NUMERIC, TYPES, CellFault, read_cell, show
from macros.models.periods import Period, financial_year

DAY = Period(date(2022, 7, 11), date(2022, 7, 11))


@pytest.mark.parametrize(
    ("text", "kind", "value", "shown"),
    [
        ("High Flyers", "text", "High Flyers", "High Flyers"),
        ("007", "text", "007", "007"),
        ("NO", "text", "NO", "NO"),
        ("2829", "whole number", Decimal(2829), "2,829"),
        ("0", "whole number", Decimal(0), "0"),
        ("-3", "whole number", Decimal(-3), "−3"),
        ("12.50", "decimal", Decimal("12.50"), "12.50"),
        ("-0.75", "decimal", Decimal("-0.75"), "−0.75"),
        ("0.1", "decimal", Decimal("0.1"), "0.1"),
        ("1234567.891", "decimal", Decimal("1234567.891"), "1,234,567.891"),
        ("7.50", "percentage", Decimal("7.50"), "7.50%"),
        ("100", "percentage", Decimal(100), "100%"),
        ("1234.50", "money", Decimal("1234.50"), "£1,234.50"),
        ("-12", "money", Decimal(-12), "−£12"),
        ("2022-07-11", "date", DAY, "11 July 2022"),
        ("2019", "year", Period(date(2019, 1, 1), date(2019, 12, 31)), "2019"),
        ("2019/20", "year", financial_year(2019), "2019/20"),
        ("1999/00", "year", financial_year(1999), "1999/00"),
        ("2019/20 Q1", "quarter", Period(date(2019, 4, 1), date(2019, 6, 30)), "April to June 2019"),
        ("2019/20 Q4", "quarter", Period(date(2020, 1, 1), date(2020, 3, 31)), "January to March 2020"),
        ("yes", "yes/no", True, "Yes"),
        ("no", "yes/no", False, "No"),
    ],
)
def test_read_and_shown(text: str, kind: str, value: object, shown: str) -> None:
    cell = read_cell(text, kind)  # type: ignore[arg-type]
    assert (cell.text, cell.value, cell.shown) == (text, value, shown)
    assert not cell.is_gap


@pytest.mark.parametrize("kind", TYPES)
def test_a_blank_and_words_for_a_missing_value_stand_in_every_column(kind: str) -> None:
    for gap in ("", *GAPS):
        cell = read_cell(gap, kind)  # type: ignore[arg-type]
        assert (cell.is_gap, cell.shown, cell.text) == (True, gap, gap)


@pytest.mark.parametrize(
    ("text", "kind", "fix"),
    [
        ("2,829", "whole number", "Write 2829:"),
        ("12,345,678", "whole number", "Write 12345678:"),
        ("1 234 567.5", "decimal", "Write 1234567.5:"),
        ("£1,234.50", "money", "Write 1234.50:"),
        ("-£5", "money", "Write -5:"),
        ("£-5", "money", "Write -5:"),
        ("12.5 %", "percentage", "Write 12.5:"),
        ("007", "whole number", "Write 7,"),
        ("-007", "whole number", "Write -7,"),
        ("000", "whole number", "Write 0,"),
        ("00.50", "decimal", "Write 0.50,"),
        ("−5", "whole number", "Write -5 "),
        ("–5", "whole number", "Write -5 "),
        ("2019-20", "year", "Write 2019/20."),
        ("2019/2020", "year", "Write 2019/20."),
        ("2019–20", "year", "Write 2019/20."),
    ],
)
def test_the_fix_is_the_right_one(text: str, kind: str, fix: str) -> None:
    with pytest.raises(CellFault) as fault:
        read_cell(text, kind)  # type: ignore[arg-type]
    assert fault.value.fix.startswith(fix)


@pytest.mark.parametrize("text", ["7.891,50", "78,90", "7,8", "78,99,567", "7,89", "7.891.567"])
def test_no_number_is_guessed_where_a_comma_may_be_a_point(text: str) -> None:
    """7,8 may be less than eight or seventy-eight: whoever knows must write it."""
    with pytest.raises(CellFault) as fault:
        read_cell(text, "decimal")
    assert re.sub(r"[^0-9]", "", text) not in fault.value.fix


def refused(texts: Iterable[str], kind: str) -> list[str]:
    """Those of the texts that no cell of the type may hold, with what is said of them."""
    found = []
    for text in texts:
        with contextlib.suppress(CellFault):
            read_cell(text, kind)  # type: ignore[arg-type]
            continue
        found.append(text)
    return found


NO_NUMBERS = [
    "1e5", "1E+05", ".5", "5.", "+5", "0x10", "1_000", "Infinity", "NaN1", "--5", "5-", "١٢", "½", "5 m", "c", "x", "*", "..", "12345678901234567890",
]  # fmt: skip
NO_DATES = ["01/12/2026", "1 December 2026", "2026-1-1", "2026-02-30", "20261201", "2026-12-01T00:00", "46357", "٢٠٢٦-١٢-٠١", "2026"]


@pytest.mark.parametrize("kind", NUMERIC)
def test_what_is_no_number_is_refused(kind: str) -> None:
    assert refused(NO_NUMBERS, kind) == NO_NUMBERS
    assert refused(["5"], kind) == []


def test_what_is_no_date_is_refused() -> None:
    assert refused(NO_DATES, "date") == NO_DATES
    assert refused(["2026-12-01"], "date") == []


@pytest.mark.parametrize("kind", TYPES)
def test_other_words_for_nothing_are_refused(kind: str) -> None:
    for text in ("N/A", "na", "None", "NULL", "nan", "Not available", "NOT ASKED", "not published", "Unpublished"):
        with pytest.raises(CellFault, match="missing value"):
            read_cell(text, kind)  # type: ignore[arg-type]


def test_a_gap_without_words_shows_nothing() -> None:
    assert show(None, "decimal") == ""
    assert show(None, "decimal", "not stated in the source") == "not stated in the source"


# Whatever the number ----------------------------------------------------------------------------------------

NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=3).map(str).filter(lambda text: "E" not in text) | st.integers(-(10**12), 10**12).map(str)


@given(NUMBERS, st.sampled_from([kind for kind in NUMERIC if kind != "whole number"]))
def test_a_number_is_shown_as_published_to_its_last_digit(text: str, kind: str) -> None:
    cell = read_cell(text, kind)  # type: ignore[arg-type]
    bare = re.sub(r"[£%,]", "", cell.shown).replace("−", "-")
    assert bare == (text if cell.value else text.lstrip("-"))  # no page says minus zero
    assert isinstance(cell.value, Decimal) and cell.value == Decimal(text)


@given(st.dates())
def test_a_date_comes_back_from_its_words(day: date) -> None:
    shown = read_cell(day.isoformat(), "date").shown
    number, month, year = shown.split(" ")
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
    assert date(int(year), months.index(month) + 1, int(number)) == day


@given(st.text(), st.sampled_from(TYPES))
def test_any_text_is_read_or_refused_in_words(text: str, kind: str) -> None:
    try:
        cell = read_cell(text, kind)  # type: ignore[arg-type]
    except CellFault as fault:
        assert fault.says and fault.fix and text != ""
    else:
        assert cell.text == text
        assert kind != "text" or cell.shown == text
