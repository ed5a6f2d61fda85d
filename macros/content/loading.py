"""What has been read so far, while the catalogue is put together.

Owns: collecting the parts, each read again only where its files have changed. Never: says what is in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from macros.content.catalogue import PageEntry, Place
from macros.models import CONTENT_TYPES
from macros.models.base import ContentType, Record
from macros.models.table import Table
from macros.problems import Problem
from macros.sources.kept import Kept


@dataclass
class Loading:
    """What has been read so far; turned into a frozen Catalogue at the end."""

    root: Path
    kept: Kept | None = None
    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {kind.name: {} for kind in CONTENT_TYPES})
    pages: dict[str, PageEntry] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    lost: set[tuple[str, str]] = field(default_factory=set)
    published: dict[str, int] = field(default_factory=dict)
    listed: list[tuple[ContentType, Record, Place]] = field(default_factory=list)  # entries of one list, before others are known

    def take(self, what: str, files: Sequence[Path], work: Callable[[Loading], None]) -> None:
        """Takes in what ``work`` reads from the files alone; in a preview it is read again only if they have changed."""

        def read() -> Loading:
            part = Loading(self.root)
            work(part)
            return part

        part = self.kept.read(what, files, read) if self.kept else read()
        self.problems += part.problems
        self.tables |= part.tables
        self.pages |= part.pages
        self.places |= part.places
        self.lost |= part.lost
        for name, found in part.records.items():
            self.records[name] |= found
        for kind, record, place in part.listed:
            keep(self, kind, record, place)


def lose_all(loading: Loading, kind: ContentType) -> None:
    """Any entry may have stood in what could not be read."""
    loading.lost.update({(kind.name, "*"), ("plan" if kind.name == "action" else kind.name, "*")})


def keep(loading: Loading, kind: ContentType, record: Record, place: Place) -> None:
    known = loading.records[kind.name]
    if record.id in known:
        first = loading.places[(kind.name, record.id)]
        where = f"line {first.line('id')}" if first.document.file == place.document.file else f"{first.document.file}, line {first.line('id')},"
        loading.problems.append(
            Problem(
                place.document.file,
                place.line("id"),
                f'The id "{record.id}" is taken: it stands in {where} too.',
                "Give one of the two another id.",
                field="id",
            )
        )
        return
    known[record.id] = record
    loading.places[(kind.name, record.id)] = place
