"""Rule: plain modern words. It advises and never stops a build; the words are in ``data/plain_words.yml``."""

import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.models import CONTENT_TYPES
from macros.problems import Problem

_NAMES = ("id", "place", "avoid", "write", "address", "seen_at")  # settings whose words somebody else chose, or that are no text


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A page or list entry should do without the words of data/plain_words.yml, which says what to write instead."""
    records = [(kind.name, record.id, record) for kind in CONTENT_TYPES for record in catalogue.all(kind.name)]
    texts = [
        (name, id_, field, text)
        for name, id_, fields in (*records, *(("table", table.id, table.about) for table in catalogue.tables.values()))
        for field, value in fields
        if field not in _NAMES
        for text in (value if isinstance(value, tuple) else (value,))
        if isinstance(text, str)
    ]
    everything = "\n".join([page.source.prose for page in catalogue.pages.values()] + [text for *_, text in texts]).lower().replace("\n", " ")
    avoided = [(word.lower(), entry.write) for entry in catalogue.all("plain-word") for word in entry.avoid]
    once = " ".join(set(everything.split()))  # most words are nowhere, which a text of an eighth of the length says sooner
    avoided = [(word, instead) for word, instead in avoided if all(part in once for part in word.split()) and word in everything]
    for page in catalogue.pages.values():
        for position, says, fix in _found(page.source.prose, avoided):
            yield page.problem(page.line_at(position), says, fix, severity="warning")
    for name, id_, field, text in texts:
        for _, says, fix in _found(text, avoided):
            yield catalogue.problem(name, id_, field, says, fix, severity="warning")


def _found(text: str, avoided: list[tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """Where a word to avoid begins in a text, with what is wrong and how to fix it. A word is looked for as it is first: patterns are slow."""
    lowered = text.lower().replace("\n", " ")
    for word, instead in avoided:
        if word in lowered:
            for match in re.finditer(rf"(?<![\w/#-]){re.escape(word)}(?![\w/#-])", lowered):
                yield match.start(), f'"{word}" is not a word of this site.', f"Write instead: {instead}."
