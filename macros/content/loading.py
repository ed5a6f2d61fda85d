"""What has been read so far, while the catalogue is put together: from a mapping of text to a record, with every fault at its line.

Owns: collecting the parts, each read again only where its files have changed; what no setting may hold. Never: reads a file.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from macros.content.catalogue import PageEntry, Place
from macros.models import CONTENT_TYPES
from macros.models.base import ContentType, Record
from macros.models.faults import fit
from macros.models.table import Table
from macros.problems import Problem
from macros.sources.files import relative
from macros.sources.kept import Kept
from macros.sources.yaml_files import At, Document

_BRACES = re.compile(r"\{[{%#]|[}%#]\}")
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>?")
_Model = TypeVar("_Model", bound=BaseModel)


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
    given: Any = None  # what was read beside these

    def tell(self, file: Path | str, says: str, fix: str, line: int | None = None, field: str | None = None) -> None:
        """Adds a problem with a file, given as its path or as editors see it."""
        name = relative(file, self.root) if isinstance(file, Path) else file
        self.problems.append(Problem(name, line, says, fix, field=field))

    def take(self, files: Sequence[Path], work: Callable[..., object], *about: object) -> Any:
        """Takes in what ``work`` puts into a Loading of its own from the files alone, and gives what it gives; it reads again only if one of them has changed."""

        def read() -> Loading:
            part = Loading(self.root)
            part.given = work(part, *about)
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
        return part.given


def as_name(stem: str) -> str:
    """The likeliest proper name for a file or folder: small letters and digits, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "a-name"


def record_of_file(loading: Loading, model: type[_Model], document: Document, name: str, what: str, title: str, tags: bool = True) -> _Model | None:
    """The record of which a whole file, or the front matter of one, holds the settings; its id is the file's name."""
    assert isinstance(document.value, dict)
    if "id" in document.value:
        says = f"A {what}'s id is its file's name and is not written."
        loading.tell(document.file, says, "Delete the line.", document.line(("id",)), "id")
        return None
    refuse_markup(loading, document, tags)
    return record_of(loading, model, {**document.value, "id": name}, Place(document), title, not_written=("id",))


def record_of(loading: Loading, model: type[_Model], value: dict[str, Any], place: Place, title: str, not_written: tuple[str, ...] = ()) -> _Model | None:
    """The record that a mapping makes, or nothing where it does not fit; ``title`` is what such records are called."""
    found = fit(model, value, title, not_written)
    if not isinstance(found, list):
        return found
    for fault in found:
        field = ".".join(part for part in fault.at if isinstance(part, str)) or None
        loading.tell(place.document.file, fault.says, fault.fix, place.line(*fault.at), field)
    return None


def refuse_markup(loading: Loading, document: Document, tags: bool = False) -> None:
    """Braces would be taken for a command by the page builder, and a tag in a page's setting for HTML."""
    for at, text in texts_in(document.value):
        if not ("{" in text or "}" in text or (tags and "<" in text)):
            continue
        line, field = document.line(at), next((part for part in at if isinstance(part, str)), None)
        if _BRACES.search(text):
            loading.tell(document.file, "Braces such as {{ cannot stand in a setting.", "Write the words themselves.", line, field)
        if tags and (tag := _TAG.search(text)):
            says = f'"{tag.group()[:30]}" is HTML, which a setting cannot hold.'
            loading.tell(document.file, says, "Write the words alone.", line, field)


def texts_in(value: object, at: At = ()) -> Iterator[tuple[At, str]]:
    """Every text within a value that holds lists and blocks, with the path to it."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list | dict):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts_in(item, (*at, key))
