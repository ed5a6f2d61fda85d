"""Rule: what still waits to be written does not go live."""

import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.problems import Problem
from macros.sources.files import line_at

MARK = "TO WRITE"
_ASKED = re.compile(rf"{MARK}(?:: *([^\n\"]*[^\n\",.]))?")


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The words TO WRITE, in capitals, hold the place of text in a new page, entry or table. None may be left."""
    explained = {page.source.file for page in catalogue.pages.values() if not page.meta.render_macros}
    for file, text in catalogue.texts.items():
        for mark in _ASKED.finditer(text) if file not in explained and not file.startswith(("data/templates/", "data/schemas/")) else ():
            says = f"Something is still to be written here{f': {mark[1]}' if mark[1] else ''}."
            yield Problem(file, line_at(text, mark.start()), says, "Write it, or delete it with its heading.")
