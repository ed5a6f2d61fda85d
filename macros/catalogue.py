"""Everything the site knows: read, typed, frozen.

Owns: which files make the catalogue, turning them into records, tables and pages, and saying in plain
words where one does not fit its model. Never: renders, compares records with one another (``rules`` do),
or reads the clock: ``today`` is an argument.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from macros.models import BY_NAME, CONTENT_TYPES
from macros.models.base import ContentType, Record, References
from macros.models.cells import Cell, CellFault, read_cell
from macros.models.misfits import fit
from macros.models.page import Page
from macros.models.table import Column, Table, TableDescription, TableRow
from macros.models.words import WORDS
from macros.problems import Problem, errors, nearest
from macros.sources.csv_files import Grid, not_too_many, read_csv
from macros.sources.files import check_picture, read_text, relative, text_as_it_stands, walk
from macros.sources.kept import Kept
from macros.sources.pages import Link, PageFile, links_of, read_page, words_of
from macros.sources.pictures import PHOTOGRAPHS, carried_by, size_of
from macros.sources.words import Call
from macros.sources.yaml_files import At, Document, read_yaml
from macros.suppression import without_small_counts

TABLES = "data/tables"
PUBLISHED = "data/published_addresses.txt"
_PAGE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_GENERATED = ("schemas", "templates")
_BRACES = re.compile(r"\{[{%#]|[}%#]\}")
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>?")
_Model = TypeVar("_Model", bound=BaseModel)
_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class Place:
    """Where a record stands: its document and the path within it."""

    document: Document
    at: At

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
        """The path below docs/, such as ``learning/reviews/child-j.md``."""
        return self.source.file.removeprefix("docs/")

    @property
    def address(self) -> str:
        """The address from the site's root, such as ``/learning/reviews/child-j/``."""
        return address_of_page(self.path)


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

    def is_lost(self, kind: str, name: str) -> bool:
        """Whether something of that name may stand where it could not be read.

        The editor has been told of that place; no rule tells once more that the name leads to nothing.
        """
        kind = "table" if kind == "chart" else kind
        return (kind, name) in self.lost or (kind, "*") in self.lost

    def all(self, kind: str) -> tuple[Any, ...]:
        """Every record of a type, in the order of its file."""
        return tuple(self.records.get(kind, {}).values())

    def get(self, kind: str, name: str) -> Any:
        """One record, or nothing."""
        return self.records.get(kind, {}).get(name)

    def names(self, kind: str) -> tuple[str, ...]:
        """What may be named of a type: tables and charts included."""
        if kind == "table":
            return tuple(self.tables)
        if kind == "chart":
            return tuple(name for name, table in self.tables.items() if table.about.chart)
        if kind == "plan":
            return tuple(dict.fromkeys(action.plan for action in self.all("action")))
        return tuple(self.records.get(kind, {}))

    def problem(self, kind: str, name: str, field_name: str | None, says: str, fix: str, *more: str | int) -> Problem:
        """A problem with a record, placed at the field it is about."""
        place = self.places[(kind, name)]
        at = (field_name, *more) if field_name else more
        return Problem(place.document.file, place.line(*at), says, fix, field=field_name)

    def address(self, kind: str, record: Record) -> str:
        """Where a reader finds a record: its page, or its place on the page that lists it."""
        content_type = BY_NAME[kind]
        if content_type.is_pages:
            return address_of_page(path_of(content_type, record.id))
        return content_type.address.format(**dict(record)) if content_type.address else ""

    def ask(self, question: Callable[..., _Answer], *about: Any) -> _Answer:
        """The answer to a question about the whole content, worked out once: the content never changes.

        ``question`` is a pure function of the catalogue and of what it is ``about``.
        """
        asked = (question, about)
        if asked not in self._answers:
            self._answers[asked] = question(self, *about)
        answer: _Answer = self._answers[asked]
        return answer

    @cached_property
    def _answers(self) -> dict[tuple[Callable[..., Any], tuple[Any, ...]], Any]:
        return {}


@dataclass
class _Loading:
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

    def take(self, what: str, files: Sequence[Path], work: Callable[[_Loading], None]) -> None:
        """Takes in what ``work`` reads from the files alone; in a preview it is read again only if they have changed."""

        def read() -> _Loading:
            part = _Loading(self.root)
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
            _keep(self, kind, record, place)


def address_of_page(path: str) -> str:
    """The address of a page by its path below docs/: ``training/index.md`` is ``/training/``."""
    stem = path.removesuffix(".md")
    stem = "" if stem == "index" else stem.removesuffix("/index")
    return f"/{stem}/" if stem else "/"


def path_of(kind: ContentType, name: str) -> str:
    """The path below docs/ of the page of a record, by the record's id."""
    return f"{name}.md" if kind.name == "page" else f"{kind.home.removeprefix('docs/')}{name}.md"


def load_catalogue(root: Path, today: date, kept: Kept | None = None) -> tuple[Catalogue, list[Problem]]:
    """Everything below ``root``, with every problem of reading and typing it.

    Where there are problems the catalogue holds what could be read, so that the rules can look at the rest
    and an editor hears everything at once. With ``kept`` only files that have changed are read again, and the
    records, tables and pages of all others are the same objects as before.
    """
    loading = _Loading(root, kept)
    if kept:
        kept.begin()
    _load_lists(loading)
    _load_tables(loading)
    _load_pages(loading)
    frozen = {kind: MappingProxyType(found) for kind, found in loading.records.items()}
    photographs = list(_photographs_of(root))
    catalogue = Catalogue(
        root,
        today,
        MappingProxyType(loading.tables),
        MappingProxyType(frozen),
        MappingProxyType(loading.pages),
        MappingProxyType(loading.places),
        frozenset(loading.files),
        frozenset(loading.lost),
        MappingProxyType(loading.published),
        MappingProxyType(_texts_of(root, kept)),
        MappingProxyType({name: carried_by(data, ending) for name, ending, data in photographs}),
        MappingProxyType({name: size_of(data, ending) for name, ending, data in photographs}),
    )
    return catalogue, loading.problems


def _texts_of(root: Path, kept: Kept | None) -> dict[str, str]:
    def read(path: Path) -> str | None:
        return kept.read("text", [path], lambda: text_as_it_stands(path)) if kept else text_as_it_stands(path)

    found = {relative(path, root): read(path) for folder in ("docs", "data") for path in walk(root / folder)}
    return {name: text for name, text in found.items() if text is not None}


def _photographs_of(root: Path) -> Iterator[tuple[str, str, bytes]]:
    """Each photograph's name, ending and bytes."""
    for path in walk(root / "docs"):
        if path.suffix.lower() in PHOTOGRAPHS and path.is_file() and not path.is_symlink():
            yield relative(path, root), path.suffix.lower(), path.read_bytes()


# Lists of records: data/*.yml ------------------------------------------------------------------------------


def _load_lists(loading: _Loading) -> None:
    homes = {kind.home: kind for kind in CONTENT_TYPES if not kind.is_pages}
    data = loading.root / "data"
    known = [home.removeprefix("data/") for home in homes]
    likely: set[str] = set()
    for path in sorted(data.glob("*"), key=lambda p: (p.stem, p.is_dir())) if data.is_dir() else []:
        name = relative(path, loading.root)
        if name in homes:
            loading.take("list", [path], partial(_load_list, kind=homes[name], path=path))
        elif f"{name}.yml" in homes and path.is_dir() and not path.is_symlink():
            _load_folder(loading, homes[f"{name}.yml"], path)
        elif name == PUBLISHED:
            _load_published(loading, path)
        elif not path.name.startswith("."):
            _tell_unknown(loading, path, known)
            likely.add("data/" + nearest(path.name, known, say="{}").strip('"'))
    for home, kind in homes.items():
        if not (loading.root / home).exists() and not (loading.root / home).with_suffix("").is_dir():
            _lose_all(loading, kind)
            if home not in likely:
                loading.problems.append(Problem(home, None, "The list is missing.", "Put the file back; a list with nothing in it holds the two signs []."))


def _load_published(loading: _Loading, path: Path) -> None:
    """The list of published addresses: one a line, and remarks that begin with #."""
    for number, line in enumerate((read_text(path, loading.root, loading.problems) or "").split("\n"), 1):
        if line and not line.startswith("#"):
            loading.published.setdefault(line, number)


def _tell_unknown(loading: _Loading, path: Path, known: list[str]) -> None:
    name = relative(path, loading.root)
    if path.is_symlink():
        loading.problems.append(Problem(name, None, "This is a symbolic link, which can lead out of the project.", "Put the file itself here."))
    elif not path.is_dir():
        fix = "Correct its name, or move it: a list the site knows stands in data/, a table in data/tables/, a page or picture in docs/."
        loading.problems.append(Problem(name, None, "The site does not know this file." + nearest(path.name, known), fix))
    elif path.name not in ("tables", *_GENERATED):
        loading.problems.append(
            Problem(name, None, f'The site knows no folder "{path.name}" in data/.', "Put lists in data/ itself and tables in data/tables/.")
        )


def _lose_all(loading: _Loading, kind: ContentType) -> None:
    """Any entry may have stood in what could not be read."""
    loading.lost.update({(kind.name, "*"), ("plan" if kind.name == "action" else kind.name, "*")})


def _load_folder(loading: _Loading, kind: ContentType, folder: Path) -> None:
    """Entries of a list in files of their own, such as data/sessions/spring.yml: a new one touches no other."""
    for path in walk(folder):
        if path.suffix != ".yml" or path.parent != folder:
            loading.problems.append(
                Problem(
                    relative(path, loading.root),
                    None,
                    f"Only .yml files stand here, each with entries of {kind.home}.",
                    "Rename the file so that it ends in .yml, or move it.",
                )
            )
            _lose_all(loading, kind)
        else:
            loading.take("list", [path], partial(_load_list, kind=kind, path=path))


def _load_list(loading: _Loading, kind: ContentType, path: Path) -> None:
    document = read_yaml(path, loading.root, loading.problems)
    if document is None or not _is_list(document, loading.problems):
        _lose_all(loading, kind)
        return
    _refuse_markup(document, loading.problems)
    assert isinstance(document.value, list)
    for number, value in enumerate(document.value):
        if isinstance(value, dict):
            record = _validate(kind.model, value, document, (number,), kind.title, loading.problems)
        else:
            record, value = None, {}
            loading.problems.append(
                Problem(
                    document.file,
                    document.line((number,)),
                    "This entry has no settings.",
                    "Begin it with `- id: ` and its name, then one `name: value` a line.",
                )
            )
        if record is not None:
            loading.listed.append((kind, record, Place(document, (number,))))
        else:
            loading.lost.update(_names_lost(kind, value.get("id")))


def _is_list(document: Document, problems: list[Problem]) -> bool:
    if document.value is None:
        problems.append(Problem(document.file, 1, "The file is empty.", "Put its entries back; a list with nothing in it holds the two signs []."))
    elif not isinstance(document.value, list):
        problems.append(
            Problem(
                document.file, 1, "The file is not a list.", "Begin each entry with `- id: ` and its name, and set its other lines two blanks to the right."
            )
        )
    return isinstance(document.value, list)


def _names_lost(kind: ContentType, name: object) -> set[tuple[str, str]]:
    """What an entry that does not fit would have been called. Without a proper id it may be anything."""
    lost = {(kind.name, name if isinstance(name, str) and _PAGE_NAME.match(name) else "*")}
    return lost | {("plan", "*")} if kind.name == "action" else lost


def _keep(loading: _Loading, kind: ContentType, record: Record, place: Place) -> None:
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


# Tables: data/tables/<id>.csv and <id>.yml -----------------------------------------------------------------


def _load_tables(loading: _Loading) -> None:
    folder = loading.root / TABLES
    found: dict[str, set[str]] = {}
    misnamed: set[str] = set()
    for path in walk(folder):
        right = _as_name(path.stem) + path.suffix.lower().replace(".yaml", ".yml")
        fault = _table_fault(path, folder, right)
        if fault:
            loading.problems.append(Problem(relative(path, loading.root), None, fault[0], fault[1]))
            misnamed.add(right)
        else:
            found.setdefault(path.stem, set()).add(path.suffix)
    for stem, endings in found.items():
        if endings == {".csv", ".yml"}:
            loading.take("table", [folder / f"{stem}.csv", folder / f"{stem}.yml"], partial(_load_table, stem=stem))
        else:
            there, missing = (".csv", ".yml") if ".csv" in endings else (".yml", ".csv")
            if f"{stem}{missing}" not in misnamed:
                alone = [f"{other}{missing}" for other, had in found.items() if had == {missing}]
                fix = f"Add {TABLES}/{stem}{missing}, or rename one of the two so that they match."
                loading.problems.append(
                    Problem(f"{TABLES}/{stem}{there}", None, f"{stem}{missing} is missing beside it." + nearest(f"{stem}{missing}", alone), fix)
                )
    unread = {*found, *(name.rpartition(".")[0] for name in misnamed)} - loading.tables.keys()
    loading.lost.update(("table", stem) for stem in unread)


def _table_fault(path: Path, folder: Path, right: str) -> tuple[str, str] | None:
    """Why a file cannot be half of a table where it stands, and how to mend that."""
    if path.parent != folder:
        return "Tables stand side by side in data/tables/, without folders.", "Move the file up."
    if not right.endswith((".csv", ".yml")):
        return (
            f'A table is a .csv file and a .yml file; this one ends in "{path.suffix or "nothing"}".',
            "Save the numbers as CSV UTF-8 and describe them in a .yml file of the same name.",
        )
    if path.name != right:
        return "The file's name becomes an address: small letters, digits and hyphens, and .csv or .yml at the end.", f"Rename it {right}."
    return None


def _as_name(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "a-name"


def _load_table(loading: _Loading, stem: str) -> None:
    problems = loading.problems
    path = loading.root / TABLES / stem
    document = read_yaml(path.with_suffix(".yml"), loading.root, problems)
    grid = read_csv(path.with_suffix(".csv"), loading.root, problems)
    if document is None:
        return
    if not isinstance(document.value, dict):
        problems.append(Problem(document.file, 1, "The description is not a list of settings.", "Begin with `title:` and go on with one `name: value` a line."))
        return
    if "id" in document.value:
        problems.append(Problem(document.file, document.line(("id",)), "A table's id is its file's name and is not written.", "Delete the line.", field="id"))
        return
    _refuse_markup(document, problems)
    about = _validate(TableDescription, {**document.value, "id": stem}, document, (), "Tables", problems)
    if about is None or grid is None:
        return
    if not _same_heading(grid, about, problems):
        return
    before = len(problems)
    rows = _typed_rows(grid, about, problems)
    table = Table(_with_period(about, rows), rows)
    _check_keys(table, grid.file, problems)
    if errors(problems[before:]):
        loading.lost.add(("number", stem))
    loading.tables[stem] = without_small_counts(table)
    loading.places[("table", stem)] = Place(document, ())


def _same_heading(grid: Grid, about: TableDescription, problems: list[Problem]) -> bool:
    wanted = [column.name for column in about.columns]
    if list(grid.heading) == wanted:
        return True
    missing = [name for name in wanted if name not in grid.heading]
    extra = [name for name in grid.heading if name not in wanted]
    if not missing and not extra:
        problems.append(Problem(grid.file, 1, "The columns stand in another order than in the description.", f"Put them in this order: {','.join(wanted)}"))
    titles = {column.title.lower(): column.name for column in about.columns if column.name in missing}
    likely = {name: nearest(name, [*missing, *titles], say="{}").strip('"') for name in extra}
    meant = {name: titles.get(likely[name], likely[name]) for name in extra}
    for name in extra:
        suggestion = f' Did you mean "{meant[name]}"?' if meant[name] else ""
        problems.append(
            Problem(
                grid.file,
                1,
                f'The description has no column "{name}".{suggestion}',
                "Correct the heading, or describe the column in the .yml file.",
                field=name,
            )
        )
    for name in missing:
        if name not in meant.values():
            problems.append(Problem(grid.file, 1, f'The column "{name}" is missing.', "Add it, or take it out of the description.", field=name))
    return False


def _with_period(about: TableDescription, rows: tuple[TableRow, ...]) -> TableDescription:
    """The description with its period taken from its years, where it says so: a new row then needs no other edit."""
    if about.period != "from the rows" or about.key != ("year",) or not rows:
        return about
    first, last = rows[0].cells["year"].text, rows[-1].cells["year"].text
    return about.model_copy(update={"period": first if first == last else f"{first} to {last}"})


def _typed_rows(grid: Grid, about: TableDescription, problems: list[Problem]) -> tuple[TableRow, ...]:
    rows = []
    faults: dict[str, list[Problem]] = {}
    seen: dict[str, dict[str, int]] = {column.name: {} for column in about.columns if column.constraints.unique}
    for row in grid.rows:
        cells = {}
        for column, text in zip(about.columns, row.cells, strict=True):
            try:
                cell = read_cell(text, column.type)
                _within(cell, column)
                if column.name in seen and not cell.is_gap:
                    first = seen[column.name].setdefault(cell.text, row.line)
                    if first != row.line:
                        raise CellFault(
                            f'"{cell.text}" stands in line {first} too, and each row must have its own.',
                            "Correct one of the two, or delete the row that is there twice.",
                        )
            except CellFault as fault:
                faults.setdefault(column.name, []).append(Problem(grid.file, row.line, fault.says, fault.fix, field=column.name))
                cell = Cell(text, None, text)
            cells[column.name] = cell
        rows.append(TableRow(row.line, MappingProxyType(cells)))
    for name, found in faults.items():
        problems.extend(not_too_many(found, name))
    return tuple(rows)


def _within(cell: Cell, column: Column) -> None:
    """Holds a cell to its column's constraints.

    Raises:
        CellFault: it does not keep to one of them.
    """
    keep = column.constraints
    if keep.required and cell.text == "":
        raise CellFault("The cell is blank.", "Write the value, or: not available, not published, does not apply.")
    if cell.is_gap:
        return
    if keep.enum and cell.text not in keep.enum:
        raise CellFault(f'"{cell.text}" is not one of the values allowed.' + nearest(cell.text, keep.enum), f"Write one of: {', '.join(keep.enum)}.")
    if column.is_number:
        value: Any = cell.value
        if keep.minimum is not None and value < keep.minimum:
            raise CellFault(f"{cell.text} is smaller than {keep.minimum}, the smallest allowed.", "Check the number against the document.")
        if keep.maximum is not None and value > keep.maximum:
            raise CellFault(f"{cell.text} is larger than {keep.maximum}, the largest allowed.", "Check the number against the document.")


def _check_keys(table: Table, file: str, problems: list[Problem]) -> None:
    if len(table.about.key) == 1 and table.about.column(table.about.key[0]).constraints.unique:
        return
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        key = tuple(row.cells[name].text for name in table.about.key or row.cells)
        if key in seen and table.about.key:
            says = f'A row called "{", ".join(key)}" stands in line {seen[key]} too.'
            problems.append(
                Problem(
                    file, row.line, says, "Delete the row that is there twice, or name another key in the description.", field=" and ".join(table.about.key)
                )
            )
        elif key in seen:
            says = f"The same row stands in line {seen[key]} too."
            problems.append(Problem(file, row.line, says, "Delete one of the two, unless the document itself prints it twice.", severity="warning"))
        seen.setdefault(key, row.line)


# Pages: docs/**/*.md ---------------------------------------------------------------------------------------

_DOCS_ENDINGS = (".md", ".png", ".jpg", ".jpeg", ".svg", ".webp", ".pdf", ".txt", ".css", ".js", ".ico", ".xml", ".webmanifest")


def _load_pages(loading: _Loading) -> None:
    docs = loading.root / "docs"
    for path in walk(docs):
        file = relative(path, loading.root)
        name = file.removeprefix("docs/")
        if path.is_symlink():
            loading.problems.append(Problem(file, None, "This is a symbolic link, which can lead out of the project.", "Put the file itself here."))
            continue
        if path.suffix.lower() not in _DOCS_ENDINGS:
            loading.problems.append(
                Problem(
                    file,
                    None,
                    f'A file ending in "{path.suffix or "nothing"}" does not belong in docs/.',
                    "Put pages (.md) and pictures here, lists and tables in data/.",
                )
            )
            continue
        loading.files.add(name)
        wrong = [part for part in name.removesuffix(path.suffix).split("/") if not _PAGE_NAME.match(part)]
        if wrong or path.suffix != path.suffix.lower():
            last = not wrong or wrong[0] == path.stem
            right = _as_name(wrong[0] if wrong else path.stem) + (path.suffix.lower() if last else "")
            says = f'"{wrong[0] if wrong else path.name}" becomes part of an address, so it may hold only small letters, digits and hyphens.'
            loading.problems.append(Problem(file, None, says, f'Rename it "{right}".'))
        if path.suffix == ".md":
            loading.take("page", [path], partial(_load_page, file=path, path=name))
        else:
            check_picture(path, loading.root, loading.problems)
    if "index.md" not in loading.files:
        loading.problems.append(Problem("docs/index.md", None, "The home page is missing.", "Put it back: the site begins with docs/index.md."))
        loading.files.add("index.md")  # so that links to it are not told as well


def kind_of_page(path: str) -> ContentType:
    """The content type of a page by the folder it stands in; a folder's own page is a plain page."""
    folder, _, name = f"docs/{path}".rpartition("/")
    if name != "index.md":
        for kind in CONTENT_TYPES:
            if kind.is_pages and kind.home == f"{folder}/" and kind.name != "page":
                return kind
    return BY_NAME["page"]


def _load_page(loading: _Loading, file: Path, path: str) -> None:
    kind = kind_of_page(path)
    name = path.removesuffix(".md")
    page_id = name if kind.name == "page" else name.rpartition("/")[2]
    source = read_page(file, loading.root, loading.problems)
    meta = _settings(loading, source, kind, page_id) if source else None
    if source is None or meta is None:
        loading.lost.add((kind.name, page_id))
        return
    calls = words_of(source, loading.problems, WORDS) if meta.render_macros else []
    loading.pages[path] = PageEntry(kind, meta, source, tuple(calls), tuple(links_of(source)))
    loading.records[kind.name][page_id] = meta
    loading.places[(kind.name, page_id)] = Place(source.front, ())


def _settings(loading: _Loading, source: PageFile, kind: ContentType, page_id: str) -> Page | None:
    settings = source.front.value
    assert isinstance(settings, dict)
    if "id" in settings:
        loading.problems.append(
            Problem(source.file, source.front.line(("id",)), "A page's id is its file's name and is not written.", "Delete the line.", field="id")
        )
        return None
    _refuse_markup(source.front, loading.problems, also_tags=True)
    meta = _validate(kind.model, {**settings, "id": page_id}, source.front, (), kind.title, loading.problems)
    return meta if isinstance(meta, Page) else None


# From a mapping of text to a record ------------------------------------------------------------------------


def _validate(model: type[_Model], value: dict[str, Any], document: Document, at: At, title: str, problems: list[Problem]) -> _Model | None:
    not_written = ("id",) if issubclass(model, (Page, TableDescription)) else ()
    found = fit(model, value, title, not_written)
    if not isinstance(found, list):
        return found
    for misfit in found:
        name = ".".join(str(part) for part in misfit.at if isinstance(part, str)) or None
        problems.append(Problem(document.file, document.line((*at, *misfit.at)), misfit.says, misfit.fix, field=name))
    return None


def _refuse_markup(document: Document, problems: list[Problem], also_tags: bool = False) -> None:
    """Braces would be taken for a command by the page builder, and a tag in a page's setting for HTML."""
    for at, text in _texts(document.value, ()):
        name = next((str(part) for part in at if isinstance(part, str)), None)
        if _BRACES.search(text):
            problems.append(
                Problem(document.file, document.line(at), "Braces such as {{ cannot stand in a setting.", "Write the words themselves.", field=name)
            )
        tag = _TAG.search(text) if also_tags else None
        if tag:
            problems.append(
                Problem(document.file, document.line(at), f'"{tag.group()[:30]}" is HTML, which a setting cannot hold.', "Write the words alone.", field=name)
            )


def _texts(value: object, at: At) -> Iterator[tuple[At, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _texts(item, (*at, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*at, key))


def references_in(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """The fields of a model that name other records: (field, content type)."""
    for name, info in model.model_fields.items():
        targets = [m.to for m in info.metadata if isinstance(m, References)] or _references_in_type(info.annotation)
        for target in targets:
            yield name, target


def _references_in_type(annotation: Any) -> list[str]:
    own = [m.to for m in getattr(annotation, "__metadata__", ()) if isinstance(m, References)]
    for argument in getattr(annotation, "__args__", ()):
        own += _references_in_type(argument)
    return own
