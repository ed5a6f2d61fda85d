"""Rule: what still waits to be written does not go live, and what only the partnership can say is asked for."""

import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.problems import Problem
from macros.sources.files import line_at

MARK = "TO WRITE"
_ASKED = re.compile(rf"{MARK}(?:: *([^\n\"]*[^\n\",.]))?")


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The words TO WRITE, in capitals, hold the place of text: none may be left. A question that only the partnership can answer is told as advice."""
    yield from unanswered(catalogue)
    explained = {page.source.file for page in catalogue.pages.values() if not page.meta.render_macros}
    for file, text in catalogue.texts.items():
        for mark in _ASKED.finditer(text) if file not in explained and not file.startswith(("data/templates/", "data/schemas/")) else ():
            says = f"Something is still to be written here{f': {mark[1]}' if mark[1] else ''}."
            yield Problem(file, line_at(text, mark.start()), says, "Write it, or delete it with its heading.")


def unanswered(catalogue: Catalogue) -> Iterator[Problem]:
    """Each question without an answer. Pages say there that it is to be confirmed."""
    for question in catalogue.all("question"):
        if question.answer is None:
            fix = f"Ask the {question.asked_of}, and add a line with `answer:`."
            yield catalogue.problem("question", question.id, "answer", f"Only the partnership can say: {question.asks}", fix, severity="warning")
