"""Rule: a small count of people is hidden, or was published before."""

import re
from collections.abc import Iterator, Sequence

from macros.content.catalogue import Catalogue
from macros.content.possible_values import ENOUGH, HiddenCell, Search, TooManyToTry
from macros.content.relations import Relation, hidden_counts, ranges_of, relations_of
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
_CHANCE = "nothing_else_adds_up: yes"


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A table with a count of people from 1 to 5 says published_counts, where the document itself shows it, or small_counts, which hides it.

    What is hidden cannot be worked out from anything shown: sums down or across, running totals, changes, shares, the order of the rows, other
    tables and figures. At least three numbers stay possible.
    """
    for table in catalogue.tables.values():
        if table.about.small_counts:
            yield from _given_away(catalogue, table, table.about.small_counts)
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


def _given_away(catalogue: Catalogue, table: Table, small: SmallCounts) -> Iterator[Problem]:
    for entry, sum_ in enumerate(small.adds_up, 1):
        for row in table.rows_for_sums:
            if not _adds_up(row, sum_.whole, sum_.parts):
                says = f"{' + '.join(sum_.parts)} is not {sum_.whole} in this row."
                yield _problem(table, row.line, sum_.whole, says, f"Correct the row, or delete entry {entry} of `adds_up:`.")
    try:
        found = list(_worked_out(catalogue, table, small.nothing_else_adds_up))
    except TooManyToTry as too_many:
        says = "This table hides counts and is too large to be sure that they cannot be worked out."
        found = [_problem(table, 1, table.about.row_header, says, str(too_many))]
    yield from found
    if not found and hidden_counts(table) and not small.adds_up and not small.nothing_else_adds_up:
        for name in _looks_like_a_total(table):
            says = f"Counts are hidden, and {name} is as large as any other count in every row, so a reader may take it for their total."
            yield _problem(table, 1, name, says, f"If it is, name the sum under `adds_up:` of small_counts; if not, write `{_CHANCE}` there.")


def _looks_like_a_total(table: Table) -> Iterator[str]:
    """A column that is at least as large as every other count in every row; beside one other it would be the total of nothing."""
    for name in table.about.counts if len(table.about.counts) > 2 else ():
        numbers = [
            (whole, [row.number(other) or 0 for other in table.about.counts if other != name]) for row in table.rows_for_sums if (whole := row.number(name))
        ]
        if all(whole >= max(others) for whole, others in numbers) and any(whole > max(others) for whole, others in numbers):
            yield name


def _worked_out(catalogue: Catalogue, table: Table, only_clear: bool) -> Iterator[Problem]:
    """The hidden counts of which fewer than ENOUGH numbers are possible, once for each way to work them out. Raises TooManyToTry where nobody could be sure."""
    hidden = hidden_counts(table)
    if not hidden:
        return
    relations = relations_of(table, catalogue, only_clear)
    search = Search(*ranges_of(catalogue.tables, {cell for relation in relations for known in relation.known() for cell, _ in known.factors}))

    def short(cells: Sequence[HiddenCell], by: Sequence[Relation]) -> list[HiddenCell]:
        possible = search.possible(cells, [known for relation in by for known in relation.known()])
        return [cell for cell in cells if cell in possible and len(possible[cell]) < ENOUGH]

    left = short(hidden, relations)
    while left:
        needed: Sequence[Relation] = next(([one] for one in relations if short(left[:1], [one])), relations)
        for relation in reversed(needed):
            without = [other for other in needed if other is not relation]
            needed = without if short(left[:1], without) else needed
        (_, row, column), same = left[0], short(left, needed)
        more = f" So can {len(same) - 1} more." if len(same) > 1 else ""
        says = f"This hidden count can be worked out, or nearly so, from what is shown: {'; and '.join(relation.says for relation in needed)}.{more}"
        chance = "" if all(relation.clear for relation in needed) else f" If that is chance, write `{_CHANCE}` in small_counts."
        yield _problem(table, table.rows[row].line, column, says, " Or: ".join(dict.fromkeys(relation.fix for relation in needed)) + chance)
        left = [cell for cell in left if cell not in same]


def _adds_up(row: TableRow, whole: str, parts: Sequence[str]) -> bool:
    total, numbers = row.number(whole), [number for name in parts if (number := row.number(name)) is not None]
    return total == sum(numbers) and len(numbers) == len(parts) if numbers else total is None


def _problem(table: Table, line: int, column: str, says: str, fix: str) -> Problem:
    return Problem(table.file, line, says, fix, field=column)
