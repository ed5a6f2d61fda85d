"""Which document each row of a table comes from, what was printed before a number was corrected, and which rows can be compared.

Owns: a table as some of its documents printed it; breaks in how something is counted, and gaps between years. Never: decides what is shown where.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.periods import period_of
from macros.models.base import MONTHS
from macros.models.cells import read_cell
from macros.models.periods import Period
from macros.models.table import Edition, Table, TableDescription, TableRow

_ONLY_A_TIME = re.compile(rf"(?i:[\d /,-]|to|of|the|end|start|q(?=[1-4])|quarter|term|year|spring|summer|autumn|winter|{'|'.join(MONTHS)})+")


def last_day(catalogue: Catalogue, source: str) -> date:
    """The last day that a document is about; a day before all others where it is about none."""
    found = catalogue.get("source", source)
    period = period_of(found.period or "") if found else None
    return period.last if period else date.min


def documents_until(catalogue: Catalogue, day: date) -> set[str]:
    """The ids of the documents that are about no later day."""
    return {source.id for source in catalogue.all("source") if last_day(catalogue, source.id) <= day}


def time_of(table: Table, row: TableRow) -> Period | None:
    """The year, quarter or date of a row, also where its name is a text that says nothing else: 2022/23 quarter 1, End of March 2023."""
    name = table.key_of(row)
    return table.when(row) or (period_of(name) if _ONLY_A_TIME.fullmatch(name) else None)


def printed_in(catalogue: Catalogue, table: Table, sources: Collection[str]) -> Table | None:
    """The table as these documents printed it: the rows that they printed or corrected and no others, each number as it was by then.

    Nothing where they printed none of it. The rows of one document are a table of one document.
    """
    about, on = table.about, max((last_day(catalogue, name) for name in sources), default=date.min)
    editions = sorted((e for e in table.editions if e.source in sources), key=lambda e: (last_day(catalogue, e.source), e.source))
    undone = [one for one in about.revisions if one.source not in sources and last_day(catalogue, one.source) >= on]
    if not editions or about.derived:  # no document printed a derived table
        return None
    if not (about.editions or undone):
        return table
    rows: list[TableRow] = []
    keys: dict[Edition, list[str]] = {edition: [] for edition in editions}
    for row in table.rows:
        key, first = table.key_of(row), table.editions_of(row)
        corrected = {one.source for one in about.revisions if one.row == key}
        if found := [e for e in editions if e in first] or [e for e in editions if key in e.repeats or e.source in corrected]:
            before = {one.column: read_cell(one.was, about.column(one.column).type) for one in reversed(undone) if one.row == key}
            rows.append(replace(row, cells=MappingProxyType({**row.cells, **before})) if before else row)
            keys[found[0]].append(key)
    if not rows:
        return None
    last = max((when for row in rows if (when := table.when(row))), default=None)
    changed: dict[str, Any] = {
        "editions": tuple(e.model_copy(update={"rows": tuple(keys[e]), "from_": None, "to": None}) for e in editions if keys[e]),
        "revisions": tuple(one for one in about.revisions if one not in undone and any(one.row in of for of in keys.values())),
        "breaks": tuple(one for one in about.breaks if last and one.from_.first <= last.first),
        "period": span(about, rows) if about.period == span(about, table.rows) else about.period,
    }
    if len(changed["editions"]) == 1:
        (only,) = changed["editions"]
        one = {"source": only.source, "place": only.place, "notes": (*about.notes, *only.notes), "period": only.period or changed["period"]}
        changed |= {**one, "editions": ()}
    return replace(table, rows=tuple(rows), about=about.model_copy(update=changed))


def as_said_by(catalogue: Catalogue, table: Table, source: str, key: str) -> Table:
    """The table in which a document's own words find a row: as known by its day; where they mean every row (*), only those it printed. Now, without one."""
    if not source:
        return table
    known = printed_in(catalogue, table, {source} if key == "*" else documents_until(catalogue, last_day(catalogue, source)))
    return known if known and (key == "*" or known.row(key)) else table


def span(about: TableDescription, rows: Sequence[TableRow]) -> str:
    """From the first year, quarter or date of the rows to the last; nothing where none names them."""
    times = sorted(when for row in rows if (when := Table(about, ()).when(row)))
    return " to ".join(dict.fromkeys((times[0].title, times[-1].title))) if times else ""


def is_broken(table: Table, column: str, one: TableRow, other: TableRow) -> bool:
    """Whether something, or what it is worked out from, began to be counted in another way between two rows."""
    if not table.about.breaks:
        return False
    names = {column, *(name for one in table.about.computed if one.name == column for name in one.uses)}
    days = sorted(when.first for row in (one, other) if (when := table.when(row)))
    breaks = (at.from_.first for at in table.about.breaks if not at.columns or names & set(at.columns))
    return any(days[0] < day <= days[-1] for day in breaks) if days else False


def counted_differently_from(table: Table, column: str) -> frozenset[str]:
    """The keys of the rows that cannot be held against the row above, as something is counted in another way since."""
    return frozenset(table.key_of(row) for above, row in pairwise(table.rows) if is_broken(table, column, above, row))


def why_no_change(table: Table, column: str, above: TableRow, row: TableRow) -> str:
    """Why a row's number is no change on that of the row above, in words for its cell; nothing where it is one."""
    if is_broken(table, column, above, row):
        return "counted differently"
    before, when = table.when(above), table.when(row)
    kind = table.about.column(table.about.time).type if table.about.time else "date"
    others = [name for name in table.about.key if name != table.about.time and above.cells[name].text != row.cells[name].text]
    if kind == "date" or before is None or when is None:
        return ""
    return f"no {kind} before" if others or before.following != when else ""
