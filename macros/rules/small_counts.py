"""Rule: a small count of people is hidden, or was published before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from macros.content.catalogue import Catalogue
from macros.models.table import AddsUp, Table
from macros.problems import Problem

SMALL = 6  # as in England's official statistics: 1 to 5 are hidden
# Units that count people, or what happens to one person or family at a time.
_PEOPLE = re.compile(
    r"\b(?:adults?|babies|baby|boys?|carers?|child|children|families|family|fathers?|girls?|households?|infants?|mothers?|parents?|patients?|people|persons?"
    r"|pupils?|siblings?|teenagers?|victims?|young"
    r"|admissions?|assessments?|cases?|deaths?|episodes?|investigations?|notices?|notifications?|placements?|plans?|referrals?)\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"%|\b(?:per|percentages?|rates?)\b", re.IGNORECASE)
_TIME = ("date", "year")


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A table with a count of people from 1 to 5 says published_counts, where the document itself shows it, or small_counts, which hides it.

    What is hidden must not be given away by a sum nobody spoke of or by the order of the rows.
    """
    for table in catalogue.tables.values():
        if table.about.small_counts:
            yield from _given_away(table)
        elif not table.about.published_counts:
            yield from _undeclared(table)


def _counts_of_people(table: Table) -> list[str]:
    return [c.name for c in table.about.columns if c.type == "whole number" and _PEOPLE.search(c.unit or "") and not _RATE.search(c.unit or "")]


def _undeclared(table: Table) -> Iterator[Problem]:
    for name in _counts_of_people(table):
        small = [row for row in table.rows if isinstance(value := row.cells[name].value, Decimal) and 1 <= value < SMALL]
        if small:
            lines = ", ".join(str(row.line) for row in small[:5]) + (" and more" if len(small) > 5 else "")
            fix = (
                f"If the document itself shows it, write `published_counts: yes` in {table.id}.yml. If it was never published, "
                f"write `small_counts:` there and `threshold: {SMALL}` in the line below, two blanks to the right."
            )
            says = f"A count of people under {SMALL}, by which somebody might be recognised (lines: {lines})."
            yield _problem(table, small[0].line, name, says, fix)


def _given_away(table: Table) -> Iterator[Problem]:
    assert table.about.small_counts is not None
    declared = table.about.small_counts.adds_up
    for number, sum_ in enumerate(declared):
        for row in table.rows_for_sums:
            if not _adds_up(table, sum_, row.line):
                says = f"{' + '.join(sum_.parts)} is not {sum_.whole} in this row."
                yield _problem(table, row.line, sum_.whole, says, f"Correct the row, or delete entry {number + 1} of `adds_up:`.")
    if not table.hidden:
        return
    columns = [c.name for c in table.about.columns if c.type == "whole number"]
    for sum_ in _unspoken_sums(table, columns, {s.whole for s in declared}):
        says = f"{' + '.join(sum_.parts)} is {sum_.whole} in every row, which would give hidden counts away."
        yield _problem(table, 1, sum_.whole, says, "Name the sum under `adds_up:` of small_counts.")
    for row in table.rows_for_sums if len(table.rows) > 2 else ():
        if all(_is_total(table, row.line, name) for name in table.about.counts):
            says = "This row is the sum of the others, which would give hidden counts away."
            yield _problem(table, row.line, table.about.row_header, says, "Delete the row and write `total:` in the description.")
    if table.about.column(table.about.row_header).type not in _TIME:
        for name in dict.fromkeys(name for _, name in sorted(table.hidden) if name in table.about.counts):
            if _in_order_of_size(table, name):
                says = "The rows stand in order of size, so a hidden count lies between its neighbours."
                yield _problem(table, 2, name, says, "Sort the file by name; `sort:` in the description orders the page.")


def _number(table: Table, line: int, column: str) -> Decimal | None:
    value = next(row for row in table.rows_for_sums if row.line == line).cells[column].value
    return value if isinstance(value, Decimal) else None


def _adds_up(table: Table, sum_: AddsUp, line: int) -> bool:
    numbers = [_number(table, line, name) for name in (sum_.whole, *sum_.parts)]
    if all(number is None for number in numbers):
        return True
    return None not in numbers and numbers[0] == sum(number for number in numbers[1:] if number is not None)


def _unspoken_sums(table: Table, columns: list[str], spoken: set[str]) -> Iterator[AddsUp]:
    """Columns that are the sum of two or three others in every row, and more than zero somewhere, though nobody says so."""
    for whole in (name for name in columns if name not in spoken):
        others = [name for name in columns if name != whole]
        for parts in (pair for size in (2, 3) for pair in combinations(others, size)):
            sum_ = AddsUp(whole=whole, parts=parts)
            lively = all(any(_number(table, row.line, name) for row in table.rows_for_sums) for name in parts)
            if lively and len(table.rows) > 1 and all(_adds_up(table, sum_, row.line) for row in table.rows_for_sums):
                yield sum_
                return


def _is_total(table: Table, line: int, column: str) -> bool:
    others = [number for row in table.rows_for_sums if row.line != line and (number := _number(table, row.line, column)) is not None]
    return bool(others) and _number(table, line, column) == sum(others) > 0


def _in_order_of_size(table: Table, column: str) -> bool:
    numbers = [number for row in table.rows_for_sums if (number := _number(table, row.line, column)) is not None]
    return len(set(numbers)) > 2 and numbers in (sorted(numbers), sorted(numbers, reverse=True))


def _problem(table: Table, line: int, column: str, says: str, fix: str) -> Problem:
    return Problem(f"data/tables/{table.id}.csv", line, says, fix, field=column)
