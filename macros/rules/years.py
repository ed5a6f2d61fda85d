"""Rule: years run downwards, the newest last, and lie within what the table and its documents are about."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from macros.content.catalogue import Catalogue
from macros.content.editions import last_day, time_of, why_no_change
from macros.content.periods import period_of
from macros.models.cells import TIMES
from macros.models.table import Table
from macros.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Where a year, quarter or date names each row, the earliest stands first, none is missing, and each lies within the table's period.

    "Latest" is the last row, and a change is that on the row above. No document counts a year or quarter that began after its own time.
    """
    for table in catalogue.tables.values():
        if table.about.time:
            yield from _order(table, table.about.time)
        if not table.about.derived:  # which has its rows from other tables, where they are looked at
            yield from _within(catalogue, table)


def _order(table: Table, name: str) -> Iterator[Problem]:
    file, rows = table.file, [row for row in table.rows if table.when(row)] if len(table.about.key) == 1 else []
    for above, row in pairwise(rows):
        was, now = row.cells[name].text, above.cells[name].text
        if was < now:
            yield Problem(file, row.line, f"{was} stands below {now}, which is later.", "Put the earliest row first and the newest last.", field=name)
            break
        if len(rows) == len(table.rows) and why_no_change(table, name, above, row).startswith("no "):
            fix = "Add the rows between, with words that say why they have no number. No change is worked out across the gap."
            yield Problem(file, row.line, f"Between {now} and {was} something is missing.", fix, field=name, severity="warning")


def _within(catalogue: Catalogue, table: Table) -> Iterator[Problem]:
    name = table.about.time or table.about.row_header
    about, counted = period_of(table.about.period), table.about.column(name).type != TIMES[0]
    for row in table.rows if table.about.key else ():
        when, text = time_of(table, row), row.cells[name].text
        editions = table.editions_of(row) if counted and when and when.first < when.last else ()  # a day may have been ahead when it was printed
        older = next((e.source for e in editions if when and date.min < last_day(catalogue, e.source) < when.first), None)
        if when and about and (when.last < about.first or about.last < when.first):
            says = f"{text} is outside the table's period, {table.about.period}."
            fix = "Write `period:` with it (from the rows, where years name them), or correct the row."
        elif older:
            says, fix = f"{text} is newer than {older}, which it is said to come from.", "Name the later document under `editions:` in the description."
        else:
            continue
        yield Problem(table.file, row.line, says, fix, field=name)
