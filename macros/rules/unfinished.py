"""Rule: what still waits to be written is not published, and what only the partnership can say is asked for."""

from collections.abc import Iterator
from dataclasses import replace

from macros.content.catalogue import Catalogue
from macros.models import CONTENT_TYPES
from macros.problems import Problem

MARK = "TO WRITE"
_FIX = "Write it, or delete it with its heading."


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The words TO WRITE, in capitals, hold the place of text: none may be left. A question that only the partnership can answer is told as advice."""
    yield from unanswered(catalogue)
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


def unanswered(catalogue: Catalogue) -> Iterator[Problem]:
    """Each question without an answer. Pages say there that it is to be confirmed."""
    for question in catalogue.all("question"):
        if question.answer is None:
            fix = f"Ask the {question.asked_of}, and add a line with `answer:`."
            yield replace(catalogue.problem("question", question.id, "answer", f"Only the partnership can say: {question.asks}", fix), severity="warning")


def _says(text: str) -> str:
    asked = text.partition(MARK)[2].lstrip(": ").strip()
    return "Something is still to be written here" + (f": {asked}" if asked else ".")
