"""What a change does to tables, column by column and cell by cell.

Owns: pairing the rows before with the rows after. Never: shows a number that is withheld.
"""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from macros.content.catalogue import Catalogue
from macros.content.differences import Difference
from macros.editing.changes.lines import LONGEST, Line, Quote, Section
from macros.editing.changes.records import fields_changed
from macros.editing.quoting import cut
from macros.models.table import Column, Computed, Table
from macros.views import tables
from macros.views.changes import address_of


def tables_changed(before: Catalogue, after: Catalogue, found: Iterable[Difference]) -> Iterator[Section]:
    differ = [difference for difference in found if difference.kind == "table"]
    for title, how, there in (("Tables added", "added", after.tables), ("Tables removed", "removed", before.tables)):
        named = [there[difference.name] for difference in differ if difference.how == how and difference.name in there]
        sized = [(t, f"{len(t.rows):,} row{'' if len(t.rows) == 1 else 's'}") for t in named]
        yield Section(title, [(Quote(t.about.title), f" with {rows}, at ", Quote(address_of("table", t.id))) for t, rows in sized])
    moved = {d.was: d.name for d in differ if d.how == "moved" and d.was in before.tables and d.name in after.tables}
    places = [(after.tables[name].about.title, address_of("table", was), address_of("table", name)) for was, name in moved.items()]
    yield Section("Tables moved", [(Quote(title), " from ", Quote(here), " to ", Quote(there)) for title, here, there in places])
    for name, table in before.tables.items():
        fresh = after.tables.get(moved.get(name, name))
        if fresh is None or after.is_lost("number", fresh.id) or (table.about == fresh.about and _texts(table) == _texts(fresh)):
            continue
        skip = ("id", "columns", "computed")
        lines = [*fields_changed(table.about, fresh.about, skip), *_columns_changed(table, fresh), *_cells_changed(table, fresh)]
        if lines:
            yield Section(f"Table changed: {fresh.about.title}", lines)


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells.values()] for row in table.rows]


def _columns_changed(old: Table, fresh: Table) -> Iterator[Line]:
    was, now = _columns(old), _columns(fresh)
    for name, column in now.items():
        if name not in was:
            yield ("column added: ", Quote(column.title))
        elif type(column) is not type(was[name]):
            yield ("column ", Quote(column.title), ": it is worked out now" if isinstance(column, Computed) else ": it is no longer worked out")
        else:
            yield from (("column ", Quote(column.title), ", ", *line) for line in fields_changed(was[name], column))
    for name, column in was.items():
        if name not in now:
            yield ("column taken out: ", Quote(column.title))


def _columns(table: Table) -> dict[str, Column | Computed]:
    return {**{column.name: column for column in table.about.columns}, **{column.name: column for column in table.about.computed}}


def _cells_changed(old: Table, fresh: Table) -> Iterator[Line]:
    """Each cell that a reader will see otherwise, also those that the site works out: old value, new value."""
    first, second = tables.arrange(old), tables.arrange(fresh)
    headings = {h.name: h for h in second.headings if h.name in {o.name for o in first.headings}}
    for was, now in _paired(old, fresh, first, second):
        if was is None and now is not None:
            yield ("row added: ", Quote(_row_in_words(now, second)))
        elif now is None and was is not None:
            yield ("row taken out: ", Quote(_row_in_words(was, first)))
        elif was is not None and now is not None:
            for name, heading in headings.items():
                before, after = was.cells.get(name), now.cells.get(name)
                if before and after and before.shown != after.shown:
                    how = " (worked out): " if heading.worked_out or now is second.total else ": "
                    yield (Quote(now.key), ", ", Quote(heading.title), how, Quote(before.shown or "blank"), " becomes ", Quote(after.shown or "blank"))


def _row_in_words(row: tables.ShownRow, table: tables.ArrangedTable) -> str:
    return cut("; ".join(f"{h.title} {row.cells[h.name].shown or 'blank'}" for h in table.headings if h.name in row.cells), LONGEST)


_MANY_ROWS = 1_000  # beyond which rows that stand there again and again are no help in finding others
Pair = tuple[tables.ShownRow | None, tables.ShownRow | None]


def _paired(old: Table, fresh: Table, first: tables.ArrangedTable, second: tables.ArrangedTable) -> Iterator[Pair]:
    """Rows by their key; where a table has none, by what is in them."""
    before, after = ([row for group in table.groups for row in group.rows] for table in (first, second))
    if old.about.key and old.about.key == fresh.about.key:
        was, now = {row.key: row for row in before}, {row.key: row for row in after}
        yield from ((was.get(key), row) for key, row in now.items())
        yield from ((row, None) for key, row in was.items() if key not in now)
    else:
        texts = [[tuple(c.text for c in row.cells.values()) for row in rows] for rows in (before, after)]
        for what, a, b, c, d in SequenceMatcher(None, texts[0], texts[1], autojunk=len(before) > _MANY_ROWS).get_opcodes():
            if what != "equal":
                yield from zip_longest(before[a:b], after[c:d])
    if first.total and second.total:
        yield first.total, second.total
