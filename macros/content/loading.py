"""What has been read so far, while the catalogue is put together.

Owns: collecting the parts, each read again only where its files have changed. Never: says what is in a file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from macros.content.catalogue import PageEntry, Place
from macros.models import CONTENT_TYPES
from macros.models.base import ContentType, Record
from macros.models.table import Table
from macros.problems import Problem
from macros.sources.files import relative
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
    listed: list[tuple[ContentType, Record, Place]] = field(default_factory=list)  # records of one file, before others are known

    def tell(self, file: Path | str, says: str, fix: str, line: int | None = None, field: str | None = None) -> None:
        """Adds a problem with a file, given as its path or as editors see it."""
        name = relative(file, self.root) if isinstance(file, Path) else file
        self.problems.append(Problem(name, line, says, fix, field=field))

    def take(self, files: Sequence[Path], work: Callable[..., None], *about: object) -> None:
        """Takes in what ``work`` puts into a Loading of its own from the files alone; in a preview it reads again only if one of them has changed."""

        def read() -> Loading:
            part = Loading(self.root)
            work(part, *about)
            return part

        part = self.kept.read(work.__name__, files, read) if self.kept else read()
        self.problems += part.problems
        self.tables |= part.tables
        self.pages |= part.pages
        self.places |= part.places
        self.lost |= part.lost
        for kind, record, place in part.listed:
            if first := self.places.get((kind.name, record.id)):
                same = first.document.file == place.document.file
                where = f"line {first.line('id')}" if same else f"{first.document.file}, line {first.line('id')},"
                says = f'The id "{record.id}" is taken: it stands in {where} too.'
                self.tell(place.document.file, says, "Give one of the two another id.", place.line("id"), "id")
            else:
                self.records[kind.name][record.id] = record
                self.places[(kind.name, record.id)] = place
