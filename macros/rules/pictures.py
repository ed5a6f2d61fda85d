"""Rule: a picture carries nothing but what is seen."""

import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.problems import Problem
from macros.rules.privacy import is_allowed
from macros.sources.files import line_at

_DRAWN_BY = re.compile(r"<\s*(?:\w+:)?metadata\b|\b(?:sodipodi:docname|inkscape:export-filename|sodipodi:absref)\s*=|<\s*(?:dc|cc|rdf):", re.IGNORECASE)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Photographs carry no place, name, time or camera, and drawings no notes of the program they were drawn with."""
    for file, carried in catalogue.carried.items():
        if is_allowed(catalogue, "picture", file, file):
            continue
        if carried is None:
            yield Problem(file, None, "The picture is damaged: a part of it is missing.", "Save it again, as PNG, JPEG or WebP.")
        elif carried:
            fix = "Save it again without details (Windows: Properties, Details, Remove Properties; Mac: export it without location; or screenshot it)."
            yield Problem(file, None, f"The picture carries more than is seen: {', '.join(carried)}.", fix)
    for file, text in catalogue.texts.items():
        notes = _DRAWN_BY.search(text) if file.endswith(".svg") else None
        if notes and not is_allowed(catalogue, "picture", file, file):
            says = "The drawing carries its program's notes, which can name people and folders."
            yield Problem(file, line_at(text, notes.start()), says, "Save it as plain or optimised SVG.")
