"""Dates, numbers and years as people type them, and as the site wants them.

Owns: what can be read in one way only. Never: guesses.
"""

import re
from datetime import date

from macros.models.base import MONTHS

_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\Z")
_WORDED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?([A-Za-z]{3,}),?[ -](\d{4}|(?<=-)[0-4]\d)\Z")  # Excel's 25-Dec-26 is of this century
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00(?::00(?:\.0+)?)?\Z")
_BACKWARDS = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})\Z")
_THOUSANDS = re.compile(r"(-?)(£?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)\Z")
_TWO_YEARS = re.compile(r"(\d{4})\s?[-–/]\s?(?:\d{2})?(\d{2})\Z")


class Doubt(Exception):
    """A value with two readings, said in words."""


def iso_date(text: str, partial: bool = False) -> str | None:
    """A date as the site writes it, or nothing where the text is no date, or is one already. Raises Doubt where day and month could change places."""
    if slashed := _SLASHED.match(text):
        first, second, year = (int(part) for part in slashed.groups())
        if first <= 12 and second <= 12 and first != second:
            meanings = f"{first} {MONTHS[second - 1]} or {second} {MONTHS[first - 1]} {year}"
            raise Doubt(f'"{text}" may be {meanings}: write {_iso(year, second, first)} or {_iso(year, first, second)}')
        return _iso(year, second, first) if second <= 12 else _iso(year, first, second)
    if midnight := _MIDNIGHT.match(text):
        return midnight[1]
    if backwards := _BACKWARDS.match(text):
        return _iso(*(int(part) for part in backwards.groups()))
    if worded := _WORDED.match(text):
        day, name, year = worded.group(1), worded.group(2).lower(), int(f"20{worded.group(3)}"[-4:])
        months = [number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(name)]
        if len(months) == 1 and day:
            return _iso(year, months[0], int(day))
        if len(months) == 1 and partial:
            return f"{year}-{months[0]:02}"
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def plain_number(text: str, kind: str, decimal_comma: bool = False) -> str | None:
    """A number without the signs that the page adds itself, or nothing where another sign is in it.

    Where semicolons stand between the cells a comma is likely to be a decimal one (``decimal_comma``).

    Raises Doubt where the comma may be either.
    """
    if decimal_comma and kind != "whole number" and "," in text and "." not in text:
        if re.search(r",\d{3}%?\Z", text):
            raise Doubt(f'"{text}" may be {text.replace(",", "")} or {text.replace(",", ".")}')
        text = text.replace(",", ".")
    match = _THOUSANDS.match(text)
    if not match:
        return None
    minus, pound, whole, point, per_cent = match.groups()
    if (pound and kind != "money") or (per_cent and kind != "percentage"):
        return None
    return f"{minus}{whole.replace(',', '')}{point or ''}"


def financial_year(text: str) -> str | None:
    """2022/23 of 2022-23 or 2022/2023, or nothing where the second year does not follow the first."""
    match = _TWO_YEARS.match(text)
    return f"{match.group(1)}/{match.group(2)}" if match and (int(match.group(1)) + 1) % 100 == int(match.group(2)) else None
