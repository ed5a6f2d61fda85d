"""Stretches of time as the documents write them: "2023/24", "Spring 2024" or "1 April 2022 to 31 March 2023".

Owns: turning them into a first and a last day, and counting months. Never: reads the clock, or guesses a date from words that hold none.
"""

import calendar
import re
from datetime import date
from functools import lru_cache

from macros.models.base import MONTHS
from macros.models.periods import Period, financial_year, months_of

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})\b"
# From the finest to the coarsest: what one of them has read is not read again by those below it.
_PATTERNS = (
    re.compile(rf"\b(?P<day>\d{{1,2}}) to (?P<last>\d{{1,2}}) {_MONTH}"),
    re.compile(rf"\b(?P<day>\d{{1,2}}) {_MONTH}"),
    re.compile(r"\b(?P<year>\d{4})-(?P<number>0[1-9]|1[0-2])(?:-(?P<day>\d{2}))?\b"),
    re.compile(r"\b(?P<begins>\d{4})[/-](?P<ends>\d{2})\b(?!-)"),
    re.compile(r"\b(?P<season>spring|summer|autumn) (?:of )?(?P<year>\d{4})\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}"),
    re.compile(r"\b(?P<year>(?:19|20)\d{2})\b"),
)
_LENGTH = re.compile(r"(\d+) (month|year)s?\Z")


@lru_cache(maxsize=4096)  # the same few dates, of which much is asked
def period_of(text: str) -> Period | None:
    """The time that words name, from the earliest day they speak of to the latest; nothing where they name none.

    "Early in 2023/24" is that whole year: the words promise no more. "After a year" names no time.
    """
    found = []
    for pattern in _PATTERNS:
        found += [period for match in pattern.finditer(text) if (period := _read(match.groupdict("")))]
        text = pattern.sub(" ", text)
    return Period(min(p.first for p in found), max(p.last for p in found)) if found else None


def coverage_of(text: str) -> tuple[date | None, date | None]:
    """The first and last day that words name, as far as they do: "From 2019" has no last day, "To 2022/23" no first, and what has no date has neither."""
    found = period_of(text)
    if found is None or re.search(r"\bno date\b", text):
        return None, None
    begins, ends = re.match(r"(?:up )?to\b|until\b|by\b", text, re.IGNORECASE), re.search(r"\b(?:from|since)\b(?!.*\bto\b)|\band after\b", text, re.IGNORECASE)
    return None if begins else found.first, None if ends else found.last


def _read(parts: dict[str, str]) -> Period | None:
    """The stretch that the named parts of a pattern stand for; nothing for a year or a day that does not exist."""
    first, last = parts.get("day"), parts.get("last")
    name, number = parts.get("month"), parts.get("number")
    month = MONTHS.index(name) + 1 if name else int(number or 0)
    try:
        if begins := parts.get("begins"):
            return financial_year(int(begins)) if (int(begins) + 1) % 100 == int(parts["ends"]) else None
        year = int(parts["year"])
        if season := parts.get("season"):
            return months_of(year, *_SEASONS[season.lower()])
        if first:
            return Period(date(year, month, int(first)), date(year, month, int(last or first)))
        return months_of(year, month, month) if month else months_of(year, 1, 12)
    except ValueError:
        return None


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
