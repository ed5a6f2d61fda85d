"""Stretches of time as the documents write them, and the years and quarters that reports are about.

Owns: from "2023/24", "Spring 2024" or "1 April 2022 to 31 March 2023" to a first and a last day; quarters of a
financial year; which years have a yearly report. Never: reads the clock, or guesses a date from words that hold none.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from macros.content.catalogue import Catalogue, address_of_page
from macros.models.base import MONTHS, in_words

_MONTH = "|".join(MONTHS)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
_PATTERNS = (
    ("days", re.compile(rf"\b(\d{{1,2}}) to (\d{{1,2}}) ({_MONTH}) (\d{{4}})\b")),
    ("day", re.compile(rf"\b(\d{{1,2}}) ({_MONTH}) (\d{{4}})\b")),
    ("iso", re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?\b")),
    ("year", re.compile(r"\b(\d{4})[/-](\d{2})\b(?!-)")),
    ("season", re.compile(r"\b(spring|summer|autumn) (?:of )?(\d{4})\b", re.IGNORECASE)),
    ("month", re.compile(rf"\b({_MONTH}) (\d{{4}})\b")),
    ("calendar year", re.compile(r"\b((?:19|20)\d{2})\b")),
)
_LENGTH = re.compile(r"(\d+) (month|year)s?\Z")


@dataclass(frozen=True)
class Period:
    """A first and a last day, both within it."""

    first: date
    last: date

    def holds(self, other: Period) -> bool:
        """Whether ``other`` lies wholly within it."""
        return self.first <= other.first and other.last <= self.last

    @property
    def year(self) -> str:
        """The financial year that it is exactly, such as 2022/23; nothing where it is not one."""
        whole = (self.first.month, self.first.day) == (4, 1) and self.last == date(self.first.year + 1, 3, 31)
        return written_year(self.first.year) if whole else ""

    @property
    def in_words(self) -> str:
        """From the first day to the last."""
        return f"{in_words(self.first)} to {in_words(self.last)}"


def written_year(first: int) -> str:
    """The financial year that begins in April of ``first``: 2022/23."""
    return f"{first}/{(first + 1) % 100:02}"


def financial_year(first: int) -> Period:
    """The year from 1 April."""
    return Period(date(first, 4, 1), date(first + 1, 3, 31))


def period_of(text: str) -> Period | None:
    """The time that words name, from the earliest day they speak of to the latest; nothing where they name none.

    "Early in 2023/24" is that whole year: the words promise no more. "After a year" names no time.
    """
    found: list[Period] = []
    rest = text
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(rest):
            period = _read(kind, match)
            if period:
                found.append(period)
        rest = pattern.sub(" ", rest)  # what has been read is not read again as something coarser
    return Period(min(p.first for p in found), max(p.last for p in found)) if found else None


def _read(kind: str, match: re.Match[str]) -> Period | None:
    parts = match.groups()
    try:
        if kind == "days":
            month, year = MONTHS.index(parts[2]) + 1, int(parts[3])
            return Period(date(year, month, int(parts[0])), date(year, month, int(parts[1])))
        if kind == "day":
            day = date(int(parts[2]), MONTHS.index(parts[1]) + 1, int(parts[0]))
            return Period(day, day)
        if kind == "iso" and parts[2]:
            day = date(int(parts[0]), int(parts[1]), int(parts[2]))
            return Period(day, day)
        if kind == "year":
            return financial_year(int(parts[0])) if (int(parts[0]) + 1) % 100 == int(parts[1]) else None
    except ValueError:  # a day that does not exist
        return None
    if kind == "iso":
        return _months(int(parts[0]), int(parts[1]), int(parts[1]))
    if kind == "season":
        return _months(int(parts[1]), *_SEASONS[parts[0].lower()])
    if kind == "month":
        month = MONTHS.index(parts[0]) + 1
        return _months(int(parts[1]), month, month)
    return _months(int(parts[0]), 1, 12)


def _months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def months_in(length: str) -> int | None:
    """How many months "12 months" or "1 year" are; nothing where the words are no such length."""
    match = _LENGTH.fullmatch(length.strip())
    return int(match.group(1)) * (12 if match.group(2) == "year" else 1) if match else None


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def time_between(before: date, after: date) -> str:
    """How long it is from one day to the other, in whole years and months, in words."""
    months = max(0, (after.year - before.year) * 12 + after.month - before.month - (after.day < before.day))
    years, months = divmod(months, 12)
    parts = [f"{years} year{'s' if years != 1 else ''}"] if years else []
    parts += [f"{months} month{'s' if months != 1 else ''}"] if months else []
    return " and ".join(parts) or "less than a month"


@dataclass(frozen=True)
class Quarter:
    """Three months of a financial year."""

    period: Period

    @property
    def title(self) -> str:
        """Its months: October to December 2026."""
        return f"{MONTHS[self.period.first.month - 1]} to {in_words(self.period.last.isoformat()[:7])}"

    @property
    def number(self) -> int:
        """Its place in the financial year, from April: 1 to 4."""
        return (self.period.first.month - 4) % 12 // 3 + 1

    @property
    def year(self) -> str:
        """The financial year it belongs to."""
        return written_year(self.period.first.year - (self.period.first.month < 4))

    @property
    def following(self) -> Quarter:
        """The quarter after it."""
        return quarter_of(self.period.last + timedelta(days=1))


def quarter_of(day: date) -> Quarter:
    """The quarter that a day is in."""
    first = (day.month - 1) // 3 * 3 + 1
    return Quarter(_months(day.year, first, first + 2))


@dataclass(frozen=True)
class ReportedYear:
    """A year that has a yearly report, and the annual report it rests on."""

    year: str
    period: Period
    source: Any

    @property
    def path(self) -> str:
        """The page's path below docs/."""
        return f"publications/report-{self.year.replace('/', '-')}.md"

    @property
    def address(self) -> str:
        """Where a reader finds it."""
        return address_of_page(self.path)


def reported_years(catalogue: Catalogue) -> tuple[ReportedYear, ...]:
    """The years with an annual report that numbers or actions of this area come from, newest first.

    Nothing lists them: a source of the kind "annual report" whose period is 1 April to 31 March makes its year's
    report as soon as a table, figure, measure or action rests on it. A neighbour's report makes none.
    """
    resting = set(_resting_on(catalogue))
    found: dict[str, ReportedYear] = {}
    for source in catalogue.all("source"):
        period = period_of(source.period or "")
        if source.kind == "annual report" and period and period.year and source.id in resting:
            found.setdefault(period.year, ReportedYear(period.year, period, source))
    return tuple(sorted(found.values(), key=lambda reported: reported.period.first, reverse=True))


def _resting_on(catalogue: Catalogue) -> Iterator[str]:
    for table in catalogue.tables.values():
        if table.about.area == "cheshire-east":
            yield table.about.source
    for figure in catalogue.all("figure"):
        if figure.area == "cheshire-east":
            yield figure.source
    for kind in ("measure", "action"):
        yield from (record.source for record in catalogue.all(kind))


QUARTERLY = "publications/quarterly.md"
SUMMARY = "performance/summary.md"


def report_paths(catalogue: Catalogue) -> tuple[str, ...]:
    """The path of every report page, below docs/."""
    return (*(reported.path for reported in reported_years(catalogue)), QUARTERLY, SUMMARY)
