"""Rule: a small count of people is hidden, or was published before."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from macros.content.catalogue import Catalogue
from macros.models.table import SmallCounts, Table, TableRow
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
            yield from _given_away(table, table.about.small_counts)
        elif not table.about.published_counts:
            yield from _undeclared(table)


def _undeclared(table: Table) -> Iterator[Problem]:
    for column in table.about.columns:
        counts_people = column.type == "whole number" and column.unit and _PEOPLE.search(column.unit) and not _RATE.search(column.unit)
        small = [row.line for row in table.rows if counts_people and 1 <= (row.number(column.name) or 0) < SMALL]
        if small:
            lines = ", ".join(map(str, small[:5])) + (" and more" if len(small) > 5 else "")
            says = f"A count of people under {SMALL}, by which somebody might be recognised (lines: {lines})."
            fix = (
                f"If the document itself shows it, write `published_counts: yes` in {table.id}.yml. If it was never published, "
                f"write `small_counts:` there and `threshold: {SMALL}` in the line below, two blanks to the right."
            )
            yield _problem(table, small[0], column.name, says, fix)


def _given_away(table: Table, small_counts: SmallCounts) -> Iterator[Problem]:
    rows, declared = table.rows_for_sums, small_counts.adds_up
    for entry, sum_ in enumerate(declared, 1):
        for row in rows:
            if not _adds_up(row, sum_.whole, sum_.parts):
                says = f"{' + '.join(sum_.parts)} is not {sum_.whole} in this row."
                yield _problem(table, row.line, sum_.whole, says, f"Correct the row, or delete entry {entry} of `adds_up:`.")
    if not table.hidden:
        return
    columns = [c.name for c in table.about.columns if c.type == "whole number"]
    for whole in (name for name in columns if name not in {sum_.whole for sum_ in declared}):
        if parts := _unspoken_sum(rows, whole, [name for name in columns if name != whole]):
            says = f"{' + '.join(parts)} is {whole} in every row, which would give hidden counts away."
            yield _problem(table, 1, whole, says, "Name the sum under `adds_up:` of small_counts.")
    for row in rows if len(rows) > 2 else ():
        if all(_is_total(rows, row, name) for name in table.about.counts):
            says = "This row is the sum of the others, which would give hidden counts away."
            yield _problem(table, row.line, table.about.row_header, says, "Delete the row and write `total:` in the description.")
    if table.about.column(table.about.row_header).type not in _TIME:
        for name in dict.fromkeys(name for _, name in sorted(table.hidden) if name in table.about.counts):
            numbers = [number for row in rows if (number := row.number(name)) is not None]
            if len(set(numbers)) > 2 and numbers in (sorted(numbers), sorted(numbers, reverse=True)):
                says = "The rows stand in order of size, so a hidden count lies between its neighbours."
                yield _problem(table, 2, name, says, "Sort the file by name; `sort:` in the description orders the page.")


def _adds_up(row: TableRow, whole: str, parts: Sequence[str]) -> bool:
    total, numbers = row.number(whole), [number for name in parts if (number := row.number(name)) is not None]
    return total == sum(numbers) and len(numbers) == len(parts) if numbers else total is None


def _unspoken_sum(rows: Sequence[TableRow], whole: str, others: Sequence[str]) -> Sequence[str] | None:
    """The two or three columns that a column is the sum of in every row, though nobody says so; each more than zero somewhere."""
    some = [name for name in others if any(row.number(name) for row in rows)]
    sums = (parts for size in (2, 3) for parts in combinations(some, size))
    return next((parts for parts in sums if len(rows) > 1 and all(_adds_up(row, whole, parts) for row in rows)), None)


def _is_total(rows: Sequence[TableRow], row: TableRow, column: str) -> bool:
    others = sum(other.number(column) or 0 for other in rows if other is not row)
    return others > 0 and row.number(column) == others


def _problem(table: Table, line: int, column: str, says: str, fix: str) -> Problem:
    return Problem(f"data/tables/{table.id}.csv", line, says, fix, field=column)
