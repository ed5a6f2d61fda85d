"""What a reference to a number means, and the few sums the site does.

Owns: references (a figure's id, ``table | row | column``), percentages, changes and rounding halves up, as
published statistics do (628 of 800 is 78.5, printed 79). Never: formats or decides whether a difference matters.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import pairwise

from macros.content.catalogue import Catalogue
from macros.content.editions import as_said_by, is_broken, last_day, why_no_change
from macros.models.performance import Agreement
from macros.models.table import Computed, Table, TableRow
from macros.problems import nearest

HUNDRED = Decimal(100)
_ROOMY = Context(prec=100)  # wide enough for any quotient of two numbers that a cell may hold


class NoSuchNumber(LookupError):
    """A reference that leads to no number; the message says why in plain words."""


class NotRead(NoSuchNumber):
    """The number may stand in a file that could not be read, of which the editor has been told."""


def rounded(value: Decimal, decimals: int) -> Decimal:
    """``value`` to so many places, halves up (away from zero)."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_ROOMY)


def percentage(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """``part`` as per cent of ``whole``; nothing where either is missing or ``whole`` is zero."""
    return part * HUNDRED / whole if part is not None and whole else None


def change(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """How far ``after`` lies above ``before``, in per cent; nothing where either is missing or ``before`` is zero."""
    return (after - before) * HUNDRED / before if after is not None and before else None


def numbers_at(catalogue: Catalogue, reference: str, source: str = "") -> list[Decimal]:
    """The number (or, for every row, numbers) that a reference or literal stands for: now, or when a document was written.

    Raises NoSuchNumber where it names something that is not there, or a cell without a number.
    """
    if re.fullmatch(r"-?\d+(\.\d+)?", reference):
        return [Decimal(reference)]
    parts = [part.strip() for part in reference.split(" | ")]
    if len(parts) == 1 and "|" not in reference:
        return [_figure(catalogue, parts[0])]
    if len(parts) != 3:
        raise NoSuchNumber(f'"{reference}" is neither a figure\'s id nor "table | row | column" with a blank on each side of the bars')
    return _cells(catalogue, source, *parts)


def number_at(catalogue: Catalogue, reference: str, source: str = "") -> Decimal:
    """The one number of a reference, now or when a document was written. Raises NoSuchNumber where there is none, or more than one."""
    found = numbers_at(catalogue, reference, source)
    if len(found) != 1:
        raise NoSuchNumber(f'"{reference}" stands for {len(found)} numbers, and one is needed')
    return found[0]


def _figure(catalogue: Catalogue, name: str) -> Decimal:
    figure = catalogue.get("figure", name)
    if figure is None and catalogue.is_lost("figure", name):
        raise NotRead(f'the figure "{name}" could not be read')
    if figure is None:
        raise NoSuchNumber(f'there is no figure "{name}"' + nearest(name, catalogue.names("figure"), say=" (did you mean {}?)"))
    value = figure.cell.value
    if not isinstance(value, Decimal):
        raise NoSuchNumber(f'the figure "{name}" is not a number')
    return value


def _cells(catalogue: Catalogue, source: str, table_name: str, key: str, column: str) -> list[Decimal]:
    if catalogue.is_lost("table", table_name) or catalogue.is_lost("number", table_name):
        raise NotRead(f'the table "{table_name}" could not be read')
    table = catalogue.tables.get(table_name)
    if table is None:
        raise NoSuchNumber(f'there is no table "{table_name}"' + nearest(table_name, catalogue.tables, say=" (did you mean {}?)"))
    table = as_said_by(catalogue, table, source, key)
    columns = [c.name for c in table.about.columns]
    if column not in columns:
        raise NoSuchNumber(f'the table "{table_name}" has no column "{column}"' + nearest(column, columns, say=" (did you mean {}?)"))
    if key == "*":
        if any(name == column for _, name in table.hidden):
            raise NoSuchNumber(f'the table "{table_name}" hides small counts in the column "{column}"')
        if not table.about.column(column).is_number:
            return [Decimal(1) for row in table.rows if row.cells[column].text]
        return [number for row in table.rows if (number := row.number(column)) is not None]
    row = table.row(key)
    if row is None:
        raise NoSuchNumber(f'the table "{table_name}" has no row "{key}"' + nearest(key, table.keys, say=" (did you mean {}?)"))
    if (table.rows.index(row), column) in table.hidden:
        raise NoSuchNumber(f'the table "{table_name}" hides small counts in the column "{column}"')
    found = row.number(column)
    if found is None:
        raise NoSuchNumber(f'the table "{table_name}" gives no number for "{key}", {column}')
    return [found]


def said_by(catalogue: Catalogue, agreement: Agreement) -> str:
    """The document whose words are compared: the one that printed the first of its numbers that comes from any."""
    for reference in (agreement.published, *agreement.of):
        name, *key = reference.split(" | ")
        figure, table = catalogue.get("figure", name), catalogue.tables.get(name)
        row = table.row(key[0]) if table and key else None
        editions = table.editions_of(row) if table and row else table.editions if table else ()
        if figure or editions:
            return figure.source if figure else min((last_day(catalogue, e.source), e.source) for e in editions)[1]
    return ""


def counted_differently(catalogue: Catalogue, one: str, other: str) -> bool:
    """Whether two references stand for numbers of one column between which it began to be counted in another way."""
    (name, row, column), (again, after, same) = ([*(part.strip() for part in reference.split(" | ")), "", ""][:3] for reference in (one, other))
    table = catalogue.tables.get(name)
    rows = [found for key in (row, after) if table and name == again and column == same and (found := table.row(key))]
    return table is not None and bool(rows) and is_broken(table, column, rows[0], rows[-1])


def outcome(catalogue: Catalogue, agreement: Agreement) -> Decimal:
    """What an agreement works out to, before rounding. Raises NoSuchNumber where one of its references leads nowhere, or the sum cannot be done."""
    source = said_by(catalogue, agreement)
    groups = [numbers_at(catalogue, reference, source) for reference in agreement.of]
    if agreement.compute == "count":
        return Decimal(sum(map(len, groups)))
    sums = [sum(group, Decimal(0)) for group in groups]
    if agreement.compute == "sum":
        return sum(sums, Decimal(0))
    if len(sums) != 2:
        raise NoSuchNumber(f"a {agreement.compute} is worked out from two numbers, and here stand {len(sums)}")
    first, second = sums
    if agreement.compute == "difference":
        return first - second
    if agreement.compute == "quotient":
        found = first / second if second else None
    else:
        found = percentage(first, second) if agreement.compute == "percentage" else change(first, second)
    if found is None:
        raise NoSuchNumber("it would divide by zero")
    return found


def worked_out(table: Table, computed: Computed) -> list[Decimal | None]:
    """A computed column row by row, before rounding; nothing where a number is missing or hidden."""
    found = _row_by_row(table, table.rows_for_sums, computed)
    return [None if (row, computed.name) in table.hidden else value for row, value in enumerate(found)]


def _row_by_row(table: Table, rows: Sequence[TableRow], computed: Computed) -> list[Decimal | None]:
    if computed.ratio:
        part, whole = computed.ratio
        return [percentage(row.number(part), row.number(whole)) for row in rows]
    if computed.share_of:
        numbers = [row.number(computed.share_of) for row in rows]
        total = sum((number for number in numbers if number is not None), Decimal(0))
        return [percentage(number, total) for number in numbers]
    (column,) = computed.uses
    if computed.base:
        base = next((row for row in rows if table.key_of(row) == computed.base), None)
        return [None if base is None or is_broken(table, column, base, row) else percentage(row.number(column), base.number(column)) for row in rows]
    if computed.over:
        return [_mean(table, column, rows[max(0, end - computed.over) : end], computed.over) for end in range(1, len(rows) + 1)]
    moves: list[Decimal | None] = []
    for above, row in pairwise(rows):
        before, after = above.number(column), row.number(column)
        if before is None or after is None or why_no_change(table, column, above, row):
            moves.append(None)
        else:
            moves.append(after - before if computed.as_ == "number" else change(before, after))
    return [None, *moves] if rows else []


def _mean(table: Table, column: str, rows: Sequence[TableRow], over: int) -> Decimal | None:
    """The mean of so many rows; nothing where a number is missing, or one cannot be held against the next."""
    numbers = [number for row in rows if (number := row.number(column)) is not None]
    whole = len(numbers) == over and not any(why_no_change(table, column, above, row) for above, row in pairwise(rows))
    return sum(numbers, Decimal(0)) / over if whole else None
