"""Of what each cell of a derived table was made, as a reader finds it.

Owns: tracing a cell back to records and to rows of other tables. Never: works a number out.
"""

from macros.content.catalogue import Catalogue
from macros.models import BY_PLURAL
from macros.models.derived_table import Origin
from macros.views.pages import Link


def traced(catalogue: Catalogue, name: str) -> list[tuple[str, list[tuple[str, tuple[Link, ...]]]]]:
    """Each row by its name, with the heading of each column and what its cell was made of; without a heading where that is the same in all."""
    table, found = catalogue.tables[name], []
    for number, row in enumerate(table.rows if table.made_from else ()):
        columns = [column for column in table.about.columns if column.name not in table.about.key or len(table.about.columns) == 1]
        cells = [(c.title, tuple(dict.fromkeys(_entry(catalogue, origin) for origin in table.made_from[number, c.name]))) for c in columns]
        there = [(title, links) for title, links in cells if links]
        found.append((table.key_of(row) or f"Row {number + 1}", there if len({links for _, links in there}) > 1 else [("", links) for _, links in there[:1]]))
    return found


def _entry(catalogue: Catalogue, origin: Origin) -> Link:
    name, number, _ = origin
    if kind := BY_PLURAL.get(name):
        record = catalogue.all(kind.name)[number]
        return Link(getattr(record, "title", record.id), catalogue.address(kind.name, record))
    table = catalogue.tables[name]
    return Link(table.keys[number] if table.keys else f"Row {number + 1}", f"/performance/{name}/")
