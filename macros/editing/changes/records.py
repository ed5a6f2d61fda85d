"""What a change does to the entries of lists, field by field, and on which pages they are shown.

Owns: how the fields of a record are compared. Never: compares prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from macros.content.catalogue import Catalogue, PageEntry
from macros.editing.changes.lines import LONGEST, Line, Quote, Section
from macros.editing.quoting import cut
from macros.models import CONTENT_TYPES
from macros.models.base import Record, in_words
from macros.models.table import TableDescription
from macros.models.words import WORDS


def fields_changed(old: Record | TableDescription, fresh: Record | TableDescription, skip: tuple[str, ...] = ("id",)) -> list[Line]:
    lines: list[Line] = []
    for name, _ in fresh:
        was, now = getattr(old, name, None), getattr(fresh, name)
        if was != now and name not in skip:
            label = name.replace("_", " ")
            lines.append((f"{label}: ", Quote(_value(was)), " becomes ", Quote(_value(now))))
    return lines


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
    return cut(getattr(value, "title", None) or str(value), LONGEST) if not isinstance(value, str) else cut(value, LONGEST)


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
                section.lines += shown_on(after, kind.name, name)
        for name, record in old.items():
            file = before.places[(kind.name, name)].document.file
            if name not in new and file not in unread:
                section.lines.append(("taken out: ", Quote(_name_of(record))))
        yield section


def _name_of(record: Any) -> str:
    return cut(str(next((getattr(record, name) for name in ("title", "term", "duty", "says", "address") if getattr(record, name, None)), record.id)), 100)


def shown_on(catalogue: Catalogue, kind: str, name: str) -> list[Line]:
    """The pages whose words name an entry, and so show the new value."""
    pages = [page for page in catalogue.pages.values() if _names(page, kind, name)]
    if not pages:
        return []
    shown = ", ".join(page.address for page in pages[:6]) + (f" and {len(pages) - 6} more" if len(pages) > 6 else "")
    return [("shown on: ", Quote(shown))]


def _names(page: PageEntry, kind: str, name: str) -> bool:
    takes = {kind, "chart"} if kind == "table" else {kind}
    return any(
        argument.names in takes and value == name
        for call in page.calls
        if call.name in WORDS
        for argument, value in zip(WORDS[call.name].arguments, call.arguments, strict=False)
    )
