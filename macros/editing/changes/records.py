"""What a change does to the entries of lists, field by field.

Owns: how the fields of a record are compared. Never: compares prose.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from macros.content.catalogue import Catalogue
from macros.content.differences import Difference
from macros.editing.changes.lines import LONGEST, Line, Quote, Section
from macros.editing.quoting import cut
from macros.models import CONTENT_TYPES
from macros.models.base import in_words
from macros.views.changes import name_of


def fields_changed(old: BaseModel, fresh: BaseModel, skip: tuple[str, ...] = ("id",)) -> list[Line]:
    changed = [(name, getattr(old, name, None), getattr(fresh, name)) for name, _ in fresh if name not in skip]
    return [(f"{name.replace('_', ' ')}: ", Quote(_value(was)), " becomes ", Quote(_value(now))) for name, was, now in changed if was != now]


def _value(value: Any) -> str:
    """A setting as people write it."""
    if value is None or value == ():
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, tuple):
        return cut(", ".join(_value(item) for item in value), LONGEST)
    return cut(value if isinstance(value, str) else getattr(value, "title", None) or str(value), LONGEST)


def records_changed(before: Catalogue, after: Catalogue, found: Sequence[Difference], unread: set[str]) -> Iterator[Section]:
    for kind in CONTENT_TYPES:
        if kind.is_pages:
            continue
        old, new = before.records.get(kind.name, {}), after.records.get(kind.name, {})
        gone = {name: record for name, record in old.items() if before.places[(kind.name, name)].document.file not in unread}
        section = Section(kind.title)
        for how, says, there in (("added", "added: ", new), ("removed", "taken out: ", gone)):
            named = [there[d.name] for d in found if d.kind == kind.name and d.how == how and d.name in there]
            section.lines += [(says, Quote(cut(name_of(record), 100))) for record in named]
        for name in (name for name in new if name in old):
            section.lines += [(Quote(cut(name_of(new[name]), 100)), ", ", *line) for line in fields_changed(old[name], new[name])]
        yield section
