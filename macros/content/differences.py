"""Which pages, tables and records differ between two states of the content, found in their texts alone.

Owns: what is added, changed, corrected, moved or removed; for a proposed change and for the site's own history, whose old texts today's models
may refuse. Never: tells a value, old or new.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from macros.models import CONTENT_TYPES
from macros.models.open_data import WITHHELD_FIELDS
from macros.sources.history import Texts

_LIST = re.compile(r"(data/[a-z_]+)(?:/[^/]+)?\.yml")
_TABLE = re.compile(r"data/tables/([^/]+)\.(?:yml|csv)")
_KINDS = {kind.home.removesuffix(".yml"): kind.name for kind in CONTENT_TYPES if not kind.is_pages}
_NUMBER = re.compile(r"\A[-+]?[0-9][0-9.]*\Z")
_ALIKE = 0.6  # the share of its lines that a page keeps when it moves: links within it change
Thing = tuple[str, str]  # a page's or record's text; a table's description and its rows


@dataclass(frozen=True)
class Difference:
    """What happened to one thing. ``name`` is a page's path below docs/, or the id of a table or record; ``was`` is what a moved one was called."""

    how: Literal["added", "changed", "corrected", "moved", "removed", "withdrawn"]
    kind: str  # page, table, or the name of a content type
    name: str
    parts: tuple[str, ...] = ()  # which settings; text, rows, numbers
    was: str = ""


def differences(before: Texts, after: Texts) -> Iterator[Difference]:
    """Everything that differs between the texts of two states; what both have alike may be left out of them."""
    kinds: dict[str, tuple[dict[str, Thing], dict[str, Thing]]] = {}
    for path in sorted(path for path in {*before, *after} if before.get(path) != after.get(path)):
        for side, texts in enumerate((before, after)):
            if path.endswith(".md") and path.startswith("docs/") and path in texts:
                kinds.setdefault("page", ({}, {}))[side][path.removeprefix("docs/")] = texts[path], ""
            elif (table := _TABLE.fullmatch(path)) and any(
                found := (texts.get(f"data/tables/{table[1]}.yml", ""), texts.get(f"data/tables/{table[1]}.csv", ""))
            ):
                kinds.setdefault("table", ({}, {}))[side][table[1]] = found
            elif (entries := _LIST.fullmatch(path)) and entries[1] in _KINDS:
                kinds.setdefault(_KINDS[entries[1]], ({}, {}))[side].update(_entries(texts.get(path, "")))
    for kind, (old, new) in kinds.items():
        yield from _compared(kind, old, new)


def _entries(text: str) -> Iterator[tuple[str, Thing]]:
    """The entries of a list by their ids, each set to the left as settings stand in a file of their own."""
    for entry in re.split(r"^- ", text, flags=re.MULTILINE)[1:]:
        settings = re.sub(r"^  ", "", entry, flags=re.MULTILINE)
        if named := re.search(r"^id: *(\S+)", settings, re.MULTILINE):
            yield named[1], (settings, "")


def _compared(kind: str, old: Mapping[str, Thing], new: Mapping[str, Thing]) -> Iterator[Difference]:
    gone = [name for name in old if name not in new]
    for name, thing in new.items():
        if name not in old:
            was = next((name for name in gone if _is_moved(kind, old[name], thing)), "")
            gone = [name for name in gone if name != was]
            yield Difference("moved" if was else "added", kind, name, was=was)
        elif old[name] != thing and (parts := _parts(old[name], thing)):
            corrected = "numbers" in parts or (kind == "figure" and "value" in parts)
            yield Difference("corrected" if corrected else "changed", kind, name, tuple(parts))
    yield from (Difference("removed", kind, name) for name in gone)


def _is_moved(kind: str, old: Thing, new: Thing) -> bool:
    """Whether one thing is the other at a new place: a table's rows are the same, most lines of a page are."""
    if kind != "page":
        return old[1] == new[1] != ""
    first, second = (_parted(thing[0])["text"].split("\n") for thing in (old, new))
    return first != [""] and SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def _parts(old: Thing, new: Thing) -> list[str]:
    """Which parts of a thing differ, as far as a reader can see it."""
    was, now = _parted(old[0]), _parted(new[0])
    parts = [name for name in {**was, **now} if was.get(name, "") != now.get(name, "") and name not in (*WITHHELD_FIELDS, "found_by")]
    return [*_rows_changed(old[1], new[1]), *parts]


def _parted(text: str) -> dict[str, str]:
    """The settings of a page, record or description as they are written, without remarks; and a page's Markdown as ``text``."""
    front, _, body = text[4:].partition("\n---\n") if text.startswith("---\n") else (text, "", "")
    lines = "\n".join(line for line in front.split("\n") if not line.lstrip().startswith("#"))
    return {match[1]: match[2].strip() for match in re.finditer(r"^(\w+):(.*(?:\n(?!\w).*)*)", lines, re.MULTILINE)} | {"text": body.strip()}


def _rows_changed(old: str, new: str) -> list[str]:
    """Whether a row has another number than before (numbers), or else if rows differ (rows); columns that only one table has are not compared."""
    try:
        first, second = (list(csv.DictReader(io.StringIO(text, newline=""))) for text in (old, new))
    except csv.Error:  # of years ago; nobody could publish it today
        return ["rows"]
    common = [name for name in first[0] if name in second[0]] if first and second else []
    if not common:
        return ["rows"] if first != second else []
    was, now = ({tuple(row[name] or "" for name in common) for row in rows} for rows in (first, second))
    if len(first) == len(second) and was == now:
        return []
    # A row is known by its first cell, and by all in it that is no number: so a gap that was filled puts nothing right.
    lost, fresh = ({(row[0], *(_NUMBER.sub("#", cell) for cell in row[1:])) for row in rows} for rows in (was - now, now - was))
    return ["numbers" if lost & fresh else "rows"]
