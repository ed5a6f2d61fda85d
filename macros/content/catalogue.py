"""The catalogue: everything that editors write, typed, linked and frozen.

Owns: what is in it, where a record stands and at which address a reader finds it, and whose figures are whose. Never: reads a file, or changes once it is made.
"""

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from macros.models import BY_NAME, CONTENT_TYPES
from macros.models.base import ContentType, Record
from macros.models.pages import Page
from macros.models.partnership import Area, Partnership
from macros.models.table import Table
from macros.problems import Problem, Severity
from macros.sources.files import line_at
from macros.sources.pages import Link, PageFile
from macros.sources.words import Call
from macros.sources.yaml_files import At, Document

TABLES = "data/tables"
DOWNLOADS = "publications/files/"  # the documents to download, below docs/
PUBLISHED = "data/published_addresses.txt"
_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class Place:
    """Where a record stands: its document and the path within it."""

    document: Document
    at: At = ()

    def line(self, *keys: str | int) -> int | None:
        """The line of one of its fields, or of the record itself."""
        return self.document.line((*self.at, *keys))


@dataclass(frozen=True)
class PageEntry:
    """A page: its kind, its settings, its Markdown, its words and links."""

    kind: ContentType
    meta: Page
    source: PageFile
    calls: tuple[Call, ...]
    links: tuple[Link, ...]

    @property
    def path(self) -> str:
        """The path below docs/, such as ``topics/safer-sleep.md``."""
        return self.source.file.removeprefix("docs/")

    @property
    def address(self) -> str:
        """The address from the site's root, such as ``/topics/safer-sleep/``."""
        return address_of_page(self.path)

    @property
    def title_in_lists(self) -> str:
        """Its title where pages of all kinds are listed: a priority may have that of a topic."""
        return f"{self.meta.title} (priority)" if self.kind.name == "priority" else self.meta.title

    @property
    def is_for_editors(self) -> bool:
        """Whether it is for editors alone: such a page shows settings and messages word for word."""
        return self.meta.audience == ("editors",)

    @property
    def language(self) -> str | None:
        """The code of its language, where it is not English."""
        return getattr(self.meta, "language", None)

    def line_at(self, position: int) -> int:
        """The line of the file on which a position in its Markdown stands."""
        return line_at(self.source.body, position) + self.source.body_line - 1

    def problem(self, line: int | None, says: str, fix: str, severity: Severity = "error") -> Problem:
        return Problem(self.source.file, line, says, fix, severity=severity)


@dataclass(frozen=True)
class Catalogue:
    """The whole content, checked. The only thing that is passed downstream."""

    root: Path
    today: date
    tables: Mapping[str, Table]
    records: Mapping[str, Mapping[str, Record]]
    pages: Mapping[str, PageEntry]
    places: Mapping[tuple[str, str], Place]
    files: frozenset[str]
    lost: frozenset[tuple[str, str]] = frozenset()
    published: Mapping[str, int] = field(default_factory=dict)  # every address ever published, and its line in the list
    texts: Mapping[str, str] = field(default_factory=dict)  # every text in docs/ and data/ as it stands, remarks and all
    carried: Mapping[str, Sequence[str] | None] = field(default_factory=dict)  # what each photograph holds beside what is seen
    sizes: Mapping[str, tuple[int, int] | None] = field(default_factory=dict)  # the width and height of each photograph in dots
    publications: Sequence[Any] | None = None  # newest first, where ``publications.with_history`` has asked for them; nothing: not known
    _answers: dict[tuple[Callable[..., Any], tuple[Any, ...]], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_lost(self, kind: str, name: str) -> bool:
        """Whether something of that name may stand where it could not be read, of which the editor has been told."""
        kind = "table" if kind == "chart" else kind
        return (kind, name) in self.lost or (kind, "*") in self.lost

    def all(self, kind: str) -> tuple[Any, ...]:
        """Every record of a type, in the order of its file."""
        return tuple(self.records.get(kind, {}).values())

    def get(self, kind: str, name: str) -> Any:
        return self.records.get(kind, {}).get(name)

    def names(self, kind: str) -> tuple[str, ...]:
        """What may be named of a type: tables and charts included."""
        if kind == "table":
            return tuple(self.tables)
        if kind == "chart":
            return tuple(name for name, table in self.tables.items() if table.about.chart)
        if kind == "plan":
            return tuple(dict.fromkeys(action.plan for action in self.all("action")))
        if kind == "owner":
            owned = (*(page.meta for page in self.pages.values()), *self.all("contact"), *(table.about for table in self.tables.values()))
            return tuple(sorted({"business-team", *(record.owner for record in owned)}))
        return tuple(self.records.get(kind, {}))

    def problem(self, kind: str, name: str, field_name: str | None, says: str, fix: str, *more: str | int, severity: Severity = "error") -> Problem:
        """A problem with a record, placed at the field it is about."""
        place = self.places[(kind, name)]
        at = (field_name, *more) if field_name else more
        field = ".".join(part for part in at if isinstance(part, str)) or None
        return Problem(place.document.file, place.line(*at), says, fix, field=field, severity=severity)

    def address(self, kind: str, record: Record) -> str:
        """Where a reader finds a record: its page, or its place on the page that lists it."""
        content_type = BY_NAME[kind]
        if content_type.is_pages:
            return address_of_page(path_of(content_type, record.id))
        if event := self.get("event", getattr(record, "event", None) or ""):  # a session stands on the page of its event
            return f"{self.address('event', event)}#session-{record.id}"
        return content_type.address.format(record, **dict(record))

    def ask(self, question: Callable[..., _Answer], *about: Any) -> _Answer:
        """The answer of a pure function of the catalogue and of what it is ``about``, worked out once: the content never changes."""
        asked = (question, about)
        if asked not in self._answers:
            self._answers[asked] = question(self, *about)
        answer: _Answer = self._answers[asked]
        return answer


def address_of_page(path: str) -> str:
    """The address of a page by its path below docs/: ``training/index.md`` is ``/training/``."""
    stem = path.removesuffix(".md")
    stem = "" if stem == "index" else stem.removesuffix("/index")
    return f"/{stem}/" if stem else "/"


def resolved(path: str, target: str) -> str:
    """The path below docs/ to which a link of the page at ``path`` leads, without its place on that page."""
    bare = target.partition("#")[0]
    return posixpath.normpath(bare.lstrip("/") if bare.startswith("/") else posixpath.join(posixpath.dirname(path), bare)) if bare else path


def path_of(kind: ContentType, name: str) -> str:
    """The path below docs/ of the page of a record, by the record's id."""
    return f"{name}.md" if kind.name == "page" else f"{kind.home.removeprefix('docs/')}{name}.md"


def kind_of_page(path: str) -> ContentType:
    """The content type of a page by the folder it stands in; a folder's own page is a plain page."""
    folder, _, name = f"docs/{path}".rpartition("/")
    of_folder = (kind for kind in CONTENT_TYPES if kind.home == f"{folder}/" and kind.name != "page" and name != "index.md")
    return next(of_folder, BY_NAME["page"])


def partnership(catalogue: Catalogue) -> Partnership:
    """Whose site it is: the one entry of data/partnership.yml, which rules/partnership.py holds. Raises LookupError where there is none."""
    for found in catalogue.all("partnership"):
        assert isinstance(found, Partnership)
        return found
    raise LookupError("data/partnership.yml has no entry")


def is_own(catalogue: Catalogue, area: str | None) -> bool:
    """Whether figures of this area are the partnership's own: it names no area, or its own one."""
    return area is None or any(area == whose.area for whose in catalogue.all("partnership"))


def neighbour(catalogue: Catalogue, area: str | None) -> Area | None:
    """The neighbour whose figures these are; nothing where they are the partnership's own."""
    return None if is_own(catalogue, area) else catalogue.get("area", area or "")
