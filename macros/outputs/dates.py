"""Dates as far as they were published, for programs that insist on a day.

Owns: which day stands for a month or a year (its first), and the words that say so beside it.
Never: takes a date from the middle of a sentence; what is not plainly a date is none.
"""

from __future__ import annotations

import re
from datetime import date

from macros.models.base import MONTHS, in_words

_IN_WORDS = re.compile(rf"(?:(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) )?(\d{{4}})\Z")


def first_day(published: str) -> date:
    """The first day of a date as published: ``2023-02`` is 1 February 2023."""
    year, month, day = (*published.split("-"), "01", "01")[:3]
    return date(int(year), int(month), int(day))


def said(published: str) -> str:
    """The date in words, and what is not published of it."""
    missing = {4: " (the month and day are not published)", 7: " (the day is not published)"}.get(len(published), "")
    return f"{in_words(published)}{missing}"


def as_published(words: str) -> str | None:
    """``26 September 2022`` as ``2022-09-26``, ``June 2018`` as ``2018-06``, ``2019`` as it stands; nothing for any other text."""
    match = _IN_WORDS.match(words)
    if not match:
        return None
    day, month, year = match.groups()
    parts = [year] + ([f"{MONTHS.index(month) + 1:02}"] if month else []) + ([f"{int(day):02}"] if day else [])
    return "-".join(parts)
