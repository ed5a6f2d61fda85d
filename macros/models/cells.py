"""A cell: what the file says, what it means by its column's type, and how the page shows it.

Never: guesses a type or rounds what was published. Gaps are named in the words of official statistics, spelt out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, get_args

from macros.models.base import Fault
from macros.models.periods import Period, point
from macros.models.reasons import REASONS

ColumnType = Literal["text", "whole number", "decimal", "percentage", "money", "date", "year", "quarter", "yes/no"]
NUMERIC: tuple[ColumnType, ...] = ("whole number", "decimal", "percentage", "money")
TIMES: tuple[ColumnType, ...] = ("date", "year", "quarter")
# What stands in a cell without a value, and what it says: the reasons of every field, and two that only tables have.
GAPS: Mapping[str, str] = {**REASONS, "not available": "the document says that it is not available", "does not apply": "there can be no value here"}
WHY_NOT = f"or why there is none: {', '.join(GAPS)}."
_VAGUE = ("not published", "unpublished", "n/a", "na", "none", "null", "nan")
TYPES: tuple[str, ...] = get_args(ColumnType)
Value = str | Decimal | Period | bool | None
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")
# What a spreadsheet makes of a number: commas or blanks between groups of three, a pound sign, a per cent sign.
_DRESSED = re.compile(r"(-?)£?(-?)([0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3})+|[0-9]+)(\.[0-9]+)? ?%?\Z")
_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)  # there are more of them than of anything else
class Cell:
    """``text`` as in the file, ``value`` by its type (nothing for a blank or a gap), ``shown`` for people."""

    text: str
    value: Value
    shown: str

    @property
    def is_gap(self) -> bool:
        """Whether there is no value: a blank, or words that say why there is none."""
        return self.value is None


class CellFault(Fault):
    """Why a cell does not fit its type (``says``) and how to fix it (``fix``)."""


@lru_cache(maxsize=4096)  # the same year or area in row after row: one cell does for all of them
def read_cell(text: str, kind: ColumnType) -> Cell:
    """A cell's text read by the type of its column. Raises CellFault where it is not of that type."""
    if text == "":
        return Cell("", None, "")
    if text in GAPS:
        return Cell(text, None, text)
    if text.lower() in GAPS or text.lower() in _VAGUE:
        fix = f"Write why there is no value: {', '.join(GAPS)}. Leave the cell blank only where the document does."
        raise CellFault(f'"{text}" is not one of the words for a missing value.', fix)
    value = _value(text, kind)
    return Cell(text, value, show(value, kind, text))


def _value(text: str, kind: ColumnType) -> Value:
    if kind == "text":
        return text
    if kind == "yes/no":
        if text not in ("yes", "no"):
            raise CellFault(f'"{text}" is neither yes nor no.', "Write yes or no in small letters.")
        return text == "yes"
    if kind in TIMES:
        try:
            return point(text, kind)
        except ValueError as error:
            raise CellFault(f'"{text}" {error}.', _fix_of_date(text, kind)) from None
    if not _NUMBER.match(text):
        raise _not_a_number(text)
    if re.match(r"-?0[0-9]", text):
        plain = re.sub(r"^(-?)0+(?=[0-9])", r"\1", text)
        raise CellFault(f'"{text}" begins with a zero.', f"Write {plain}, or make the column text if it is a code.")
    if len(text) > _LONGEST_NUMBER:
        raise CellFault(f'"{text}" has {len(text)} characters, more than any number here.', "Look for two cells that have run together.")
    if kind == "whole number" and "." in text:
        raise CellFault(f'"{text}" is not a whole number.', "Leave out the decimal point, or make the column's type decimal.")
    return Decimal(text)


def _fix_of_date(text: str, kind: ColumnType) -> str:
    if kind == "date":
        from_excel = " This looks like the number Excel keeps for a date." if re.fullmatch(r"[0-9]{5}", text) else ""
        return f"Write the date as year-month-day.{from_excel}"
    span = re.fullmatch(r"([0-9]{4})[-\u2013/]([0-9]{2})?([0-9]{2})", text)
    return f"Write {span[1]}/{span[3]}." if span and (int(span[1]) + 1) % 100 == int(span[3]) else "Correct the year."


def _not_a_number(text: str) -> CellFault:
    dressed = _DRESSED.match(text)
    if dressed:
        bare = dressed[1] + dressed[2] + re.sub(r"[^0-9]", "", dressed[3]) + (dressed[4] or "")
        return CellFault(f'"{text}" holds more than digits.', f"Write {bare}: the page adds commas, £ and % itself.")
    if text[:1] in ("\u2212", "\u2013") and _NUMBER.match(text[1:]):
        return CellFault(f'"{text}" begins with a minus that only looks like one.', f"Write -{text[1:]} with a hyphen.")
    if text.startswith("<"):
        return CellFault(f'"{text}" hides a small number.', "Write: withheld, and say in the table's notes that it was hidden to protect people.")
    if re.fullmatch(r"[0-9]+,[0-9]+|[0-9.]+,[0-9]{1,2}", text):
        return CellFault(f'"{text}" is not a number.', "Write a point before the decimals, and no commas: 1234.50.")
    return CellFault(f'"{text}" is not a number.', f"Write digits only, {WHY_NOT}")


def show(value: Value, kind: ColumnType, text: str = "") -> str:
    """A value as people read it: 2,829 · 7.50% · £1,234.50 · 11 July 2022 · Yes.

    ``text`` is how it was published: its decimal places are kept.
    """
    if value is None:
        return text
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Period):
        return value.title
    if isinstance(value, Decimal):
        digits = f"{abs(value):,f}"
        minus = "−" if value < 0 else ""  # U+2212: lines up with figures and is read aloud as minus
        if kind == "money":
            return f"{minus}£{digits}"
        return f"{minus}{digits}%" if kind == "percentage" else f"{minus}{digits}"
    return value
