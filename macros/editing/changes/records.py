"""What a change does to the entries of lists, field by field.

Owns: how the fields of a record are compared. Never: compares prose.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from pydantic import BaseModel

from macros.content.catalogue import Catalogue
from macros.content.differences import Difference
from macros.editing.changes.lines import LONGEST, Line, Quote, Section, around
from macros.editing.quoting import cut
from macros.models import CONTENT_TYPES
from macros.models.base import in_words
from macros.views.changes import name_of


def fields_changed(old: BaseModel, fresh: BaseModel, skip: tuple[str, ...] = ("id",)) -> list[Line]:
    changed = [(name.replace("_", " ").strip(), getattr(old, name, None), now) for name, now in fresh if name not in skip]
    return [line for name, was, now in changed if was != now for line in _setting_changed(name, was, now)]


def _setting_changed(name: str, was: Any, now: Any) -> list[Line]:
    """Parts that have settings of their own are told one by one: a long value, cut, might read the same before and after."""
    if isinstance(was, BaseModel) and isinstance(now, BaseModel):
        return [(f"{name}, ", *line) for line in fields_changed(was, now)]
    if any(isinstance(part, BaseModel) for value in (was, now) if isinstance(value, tuple) for part in value):
        pairs = enumerate(zip_longest(was or (), now or ()), 1)
        return [line for number, pair in pairs if pair[0] != pair[1] for line in _setting_changed(f"{name} {number}", *pair)]
    before, after = _value(was), _value(now)
    if max(len(before), len(after)) > LONGEST:
        before, after = around(before.split(" "), after.split(" "))
    return [(f"{name}: ", Quote(before), " becomes ", Quote(after))]


def _value(value: Any) -> str:
    """A setting as people write it."""
    if value is None or value == ():
        return "nothing"
    if isinstance(value, BaseModel):
        return "; ".join(f"{name.strip('_').replace('_', ' ')}: {_value(part)}" for name, part in value if part not in (None, (), False))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, tuple):
        return ", ".join(_value(item) for item in value)
    return value if isinstance(value, str) else getattr(value, "title", None) or str(value)


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
