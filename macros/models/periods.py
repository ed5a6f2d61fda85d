"""Time: a first and a last day. A year, a quarter and a date are of this one type, so that each can be held against any other.

Owns: what comes after a year or quarter, and how each is written. Never: reads the clock, or words in a sentence (``content.periods`` does).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from macros.models.base import MONTHS, day, in_words, written, year

_QUARTER = re.compile(r"([0-9]{4}/[0-9]{2}) Q([1-4])\Z")
_APRIL = 4
_LAST = 9990  # no calendar here goes beyond 9999, and years are counted on from this one
_HOW = "a year, quarter or date: 2019, 2019/20, 2019/20 Q1 or 2019-06-30"


@dataclass(frozen=True, order=True)
class Period:
    """A first and a last day, both within it."""

    first: date
    last: date

    def holds(self, other: Period) -> bool:
        """Whether ``other`` lies wholly within it."""
        return self.first <= other.first and other.last <= self.last

    @property
    def financial_year(self) -> str:
        """The financial year in which it begins, such as 2022/23."""
        return written_year(self.first.year - (self.first.month < _APRIL))

    @property
    def year(self) -> str:
        """The financial year that it is exactly; nothing where it is not one."""
        return self.financial_year if self == financial_year(int(self.financial_year[:4])) else ""

    @property
    def quarter(self) -> int:
        """The quarter of the financial year in which it begins: 1 to 4."""
        return (self.first.month - 4) % 12 // 3 + 1

    @property
    def title(self) -> str:
        """As people write it: ``14 February 2023``, ``2022/23``, ``2022``, ``October to December 2026``, else from the first day to the last."""
        if self.first == self.last:
            return in_words(self.first)
        if self == months_of(self.first.year, 1, 12):
            return str(self.first.year)
        if self == quarter_of(self.first):
            return f"{MONTHS[self.first.month - 1]} to {in_words(self.last.isoformat()[:7])}"
        return self.year or self.in_words

    @property
    def in_words(self) -> str:
        """From the first day to the last."""
        return f"{in_words(self.first)} to {in_words(self.last)}"

    @property
    def following(self) -> Period:
        """The year or quarter after it; of days and other stretches, the day after."""
        after = self.last + timedelta(days=1)
        if self.year:
            return financial_year(after.year)
        if self == months_of(self.first.year, 1, 12):
            return months_of(after.year, 1, 12)
        return quarter_of(after) if self == quarter_of(self.first) else Period(after, after)


def written_year(first: int) -> str:
    """The financial year that begins in April of ``first``: 2022/23."""
    return f"{first}/{(first + 1) % 100:02}"


def financial_year(first: int) -> Period:
    """The year from 1 April."""
    return Period(date(first, 4, 1), date(first + 1, 3, 31))


def months_of(year: int, first: int, last: int) -> Period:
    """From one month of a year to another."""
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def quarter_of(day: date) -> Period:
    """The quarter that a day is in."""
    first = (day.month - 1) // 3 * 3 + 1
    return months_of(day.year, first, first + 2)


def point(text: str, kind: str = "") -> Period:
    """A year, quarter or date as files have it: ``2019``, ``2019/20``, ``2019/20 Q1``, ``2019-06-30``. Raises ValueError for anything else."""
    if kind == "date" or (not kind and text.count("-") > 1):
        return Period(day(text), day(text))
    if kind == "quarter" or (not kind and " Q" in text):
        found = _QUARTER.match(text)
        if not found:
            raise ValueError("must be a quarter of a year from April, such as 2019/20 Q1 for April to June 2019")
        first, month = point(found[1], "year").first.year, int(found[2]) * 3 % 12 + 1
        return quarter_of(date(first + (month < _APRIL), month, 1))
    first = int(year(text)[:4])
    if not 1 <= first < _LAST:
        raise ValueError(f"must be a year from 0001 to {_LAST - 1}")
    return financial_year(first) if "/" in text else months_of(first, 1, 12)


PointInTime = Annotated[
    Period,
    BeforeValidator(lambda value: point(value) if isinstance(value, str) else value),
    PlainSerializer(lambda period: period.title),
    written(_HOW, r"^\d{4}(/\d{2}( Q[1-4])?|-\d{2}-\d{2})?$"),
]
