"""Which pages, tables and records differ between two states of the content, found in their texts alone.

Owns: what is added, changed, corrected, moved or removed; for a proposed change and for the site's history alike. Texts of years ago are read
too, which today's models may refuse. Never: tells a value, old or new.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from macros.models import CONTENT_TYPES
from macros.models.open_data import WITHHELD_FIELDS

How = Literal["added", "changed", "corrected", "moved", "removed"]
Texts = Mapping[str, str]
_LIST = re.compile(r"(data/[a-z_]+)(?:/[^/]+)?\.yml")
_TABLE = re.compile(r"data/tables/([^/]+)\.(?:yml|csv)")
_KINDS = {kind.home.removesuffix(".yml"): kind.name for kind in CONTENT_TYPES if not kind.is_pages}
_NUMBER = re.compile(r"[-+]?[0-9][0-9.]*%?\Z")
_MOST = 100_000  # pairs of rows to hold against each other; a table with more to compare has its numbers changed
_ALIKE = 0.6  # the share of its lines that a page keeps when it moves: links within it change


@dataclass(frozen=True)
class Difference:
    """What happened to one thing. ``name`` is a page's path below docs/, or the id of a table or record; ``was`` is what a moved one was called."""

    how: How
    kind: str  # page, table, or the name of a content type
    name: str
    parts: tuple[str, ...] = ()  # which settings; text, rows, numbers
    was: str = ""


def differences(before: Texts, after: Texts) -> Iterator[Difference]:
    """Everything that differs between the texts of two states, by their paths; what both have alike may be left out of them."""
    differ = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    pages = [path.removeprefix("docs/") for path in differ if path.startswith("docs/") and path.endswith(".md")]
    yield from _things("page", *({path: (text,) for path in pages if (text := side.get(f"docs/{path}")) is not None} for side in (before, after)))
    tables = dict.fromkeys(match[1] for path in differ if (match := _TABLE.fullmatch(path)))
    yield from _things("table", *({name: found for name in tables if any(found := _table(side, name))} for side in (before, after)))
    lists: dict[str, list[str]] = {}
    for path in differ:
        if (match := _LIST.fullmatch(path)) and match[1] in _KINDS:
            lists.setdefault(_KINDS[match[1]], []).append(path)
    for kind, paths in lists.items():
        yield from _things(kind, *({name: (text,) for path in paths for name, text in _entries(side.get(path, ""))} for side in (before, after)))


Thing = tuple[str, ...]  # the texts of one thing: of a table its description and its rows


def _table(texts: Texts, name: str) -> Thing:
    return texts.get(f"data/tables/{name}.yml", ""), texts.get(f"data/tables/{name}.csv", "")


def _things(kind: str, old: Mapping[str, Thing], new: Mapping[str, Thing]) -> Iterator[Difference]:
    gone, fresh = [name for name in old if name not in new], [name for name in new if name not in old]
    for there in fresh:
        here = next((name for name in gone if kind in ("page", "table") and _same(kind, old[name], new[there])), None)
        if here is None:
            yield Difference("added", kind, there)
        else:
            gone.remove(here)
            yield Difference("moved", kind, there, was=here)
    yield from (Difference("removed", kind, name) for name in gone)
    for name in new:
        if name in old and old[name] != new[name] and (found := _changed(kind, old[name], new[name])):
            yield replace(found, name=name)


def _same(kind: str, old: Thing, new: Thing) -> bool:
    """Whether one thing is the other at a new place: a table's rows are the same, most lines of a page are."""
    if kind == "table":
        return old[1] == new[1] != ""
    first, second = (_parted(texts[0])[1].strip().split("\n") for texts in (old, new))
    return first != [""] and (first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE)


def _changed(kind: str, old: Thing, new: Thing) -> Difference | None:
    """What of a thing differs; nothing where no reader can see it."""
    (was, said), (now, says) = _parted(old[0]), _parted(new[0])
    parts = [name for name in {**was, **now} if was.get(name) != now.get(name) and name not in (*WITHHELD_FIELDS, "found_by")]
    if said != says:
        parts.append("text")
    corrected = kind == "figure" and "value" in parts and "value" in was
    if kind == "table" and (rows := _rows_changed(old[1], new[1])):
        parts, corrected = [rows, *parts], rows == "numbers"
    return Difference("corrected" if corrected else "changed", kind, "", tuple(parts)) if parts else None


def _parted(text: str) -> tuple[dict[str, str], str]:
    """The settings of a page, record or description as they are written, without remarks; and a page's Markdown."""
    front, _, body = text[4:].partition("\n---\n") if text.startswith("---\n") else (text, "", "")
    lines = "\n".join(line for line in front.split("\n") if not line.lstrip().startswith("#"))
    return {match[1]: match[2].strip() for match in re.finditer(r"^(\w+):(.*(?:\n(?!\w).*)*)", lines, re.MULTILINE)}, body


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """The entries of a list by their ids, each set to the left as settings stand in a file of their own."""
    for entry in re.split(r"^- ", text, flags=re.MULTILINE)[1:]:
        setting = re.sub(r"^  ", "", entry, flags=re.MULTILINE)
        if named := re.search(r"^id: *(\S+)", setting, re.MULTILINE):
            yield named[1], setting


def _rows_changed(old: str, new: str) -> Literal["", "numbers", "rows"]:
    """Whether a published number reads otherwise now, or else what of the rows; columns that only one has are not compared."""
    first, second = (list(csv.reader(text.splitlines())) for text in (old, new))
    common = [name for name in first[0] if name in second[0]] if first and second else []
    was, now = (_rows(rows, common) for rows in (first, second))
    lost, fresh = was - now, now - was
    if not lost or not fresh:
        return "rows" if lost or fresh else ""
    return "numbers" if len(lost) * len(fresh) > _MOST or any(_put_right(row, fresh) for row in lost) else "rows"


def _rows(rows: list[list[str]], columns: Iterable[str]) -> Counter[tuple[str, ...]]:
    places = [rows[0].index(name) for name in columns]
    return Counter(tuple(row[place] if place < len(row) else "" for place in places) for row in rows[1:])


def _put_right(row: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> bool:
    """Whether the row that is most like it has another number where this has one; a gap that was filled and other words are none."""
    alike, like = max((sum(map(str.__eq__, row, other)), other) for other in others)
    return alike > 0 and any(a != b and _NUMBER.match(a) for a, b in zip(row, like, strict=True))
