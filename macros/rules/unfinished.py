"""Rule: what still waits to be written does not go live."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.models import CONTENT_TYPES
from macros.problems import Problem

MARK = "TO WRITE"
_FIX = "Write it, or delete it with its heading."


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The words TO WRITE, in capitals, hold the place of text in a new page or entry. None may be left."""
    for page in catalogue.pages.values():
        for number, line in enumerate(page.source.body.split("\n"), page.source.body_line):
            if MARK in line and page.meta.render_macros:  # pages that explain the mark show it
                yield page.problem(number, _says(line), _FIX)
    for kind in CONTENT_TYPES:
        for record in catalogue.all(kind.name):
            for field, value in record:
                for text in value if isinstance(value, tuple) else (value,):
                    if isinstance(text, str) and MARK in text:
                        yield catalogue.problem(kind.name, record.id, field, _says(text), _FIX)
    for table in catalogue.tables.values():
        for row in table.rows:
            for name, cell in row.cells.items():
                if MARK in cell.text:
                    yield Problem(f"data/tables/{table.id}.csv", row.line, _says(cell.text), _FIX, field=name)


def _says(text: str) -> str:
    asked = text.partition(MARK)[2].lstrip(": ").strip()
    return "Something is still to be written here" + (f": {asked}" if asked else ".")
