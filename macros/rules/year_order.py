"""Rule: years run downwards, the newest last."""

from collections.abc import Iterator
from itertools import pairwise

from macros.content.catalogue import Catalogue
from macros.models.cells import TIMES
from macros.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Where a year or a date names each row, the earliest stands first: "latest" is the last row, and a change is that on the row above."""
    for table in catalogue.tables.values():
        if len(table.about.key) != 1 or table.about.column(table.about.key[0]).type not in TIMES:
            continue
        name = table.about.key[0]
        for above, row in pairwise(row for row in table.rows if row.cells[name].value is not None):
            if row.cells[name].text < above.cells[name].text:
                says = f"{row.cells[name].text} stands below {above.cells[name].text}, which is later."
                yield Problem(table.file, row.line, says, "Put the earliest row first and the newest last.", field=name)
                break
