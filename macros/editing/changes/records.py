"""What a change does to the entries of lists, field by field.

Owns: how the fields of a record are compared. Never: compares prose.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from macros.content.catalogue import Catalogue
from macros.editing.changes.lines import LONGEST, Line, Quote, Section
from macros.editing.quoting import cut
from macros.models import CONTENT_TYPES
from macros.models.base import in_words


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


def records_changed(before: Catalogue, after: Catalogue, unread: set[str]) -> Iterator[Section]:
    for kind in CONTENT_TYPES:
        if kind.is_pages:
            continue
        old, new = before.records.get(kind.name, {}), after.records.get(kind.name, {})
        section = Section(kind.title)
        for name, record in new.items():
            if name not in old:
                section.lines.append(("added: ", Quote(_name_of(record))))
            elif record != old[name]:
                section.lines += [(Quote(_name_of(record)), ", ", *line) for line in fields_changed(old[name], record)]
        for name, record in old.items():
            if name not in new and before.places[(kind.name, name)].document.file not in unread:
                section.lines.append(("taken out: ", Quote(_name_of(record))))
        yield section


def _name_of(record: Any) -> str:
    return cut(str(next((getattr(record, name) for name in ("title", "term", "duty", "says", "address") if getattr(record, name, None)), record.id)), 100)
