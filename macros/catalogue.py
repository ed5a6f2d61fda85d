"""Everything the site knows: read, typed, frozen.

Owns: which files make the catalogue, turning them into records, tables and pages, and saying in plain
words where one does not fit its model. Never: renders, compares records with one another (``rules`` do),
or reads the clock: ``today`` is an argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from macros.models import BY_NAME, CONTENT_TYPES
from macros.models.base import ContentType, Record, References
from macros.models.cells import Cell, CellFault, read_cell
from macros.models.page import Page
from macros.models.table import Column, Table, TableDescription, TableRow
from macros.problems import Problem, nearest
from macros.sources.csv_files import Grid, read_csv
from macros.sources.files import relative, walk
from macros.sources.pages import Call, Link, PageFile, links_of, read_page, words_of
from macros.sources.yaml_files import At, Document, read_yaml

TABLES = "data/tables"
_PAGE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_GENERATED = ("schemas", "templates")


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
            return next(page.address for page in self.pages.values() if page.meta is record)
        return content_type.address.format(**record.model_dump()) if content_type.address else ""


@dataclass
class _Loading:
    """What has been read so far; turned into a frozen Catalogue at the end."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {kind.name: {} for kind in CONTENT_TYPES})
    pages: dict[str, PageEntry] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


def address_of_page(path: str) -> str:
    """The address of a page by its path below docs/: ``training/index.md`` is ``/training/``."""
    stem = path.removesuffix(".md")
    stem = "" if stem == "index" else stem.removesuffix("/index")
    return f"/{stem}/" if stem else "/"


def load_catalogue(root: Path, today: date) -> tuple[Catalogue, list[Problem]]:
    """Everything below ``root``, with every problem of reading and typing it.

    Where there are problems the catalogue holds what could be read, so that the rules can look at the rest
    and an editor hears everything at once.
    """
    loading = _Loading(root)
    _load_lists(loading)
    _load_tables(loading)
    _load_pages(loading)
    frozen = {kind: MappingProxyType(found) for kind, found in loading.records.items()}
    catalogue = Catalogue(
        root,
        today,
        MappingProxyType(loading.tables),
        MappingProxyType(frozen),
        MappingProxyType(loading.pages),
        MappingProxyType(loading.places),
        frozenset(loading.files),
    )
    return catalogue, loading.problems


# Lists of records: data/*.yml ------------------------------------------------------------------------------


def _load_lists(loading: _Loading) -> None:
    homes = {kind.home: kind for kind in CONTENT_TYPES if not kind.is_pages}
    data = loading.root / "data"
    for path in sorted(data.glob("*"), key=lambda p: (p.stem, p.is_dir())) if data.is_dir() else []:
        name = relative(path, loading.root)
        if path.is_dir() and not path.is_symlink():
            if f"{name}.yml" in homes:
                _load_folder(loading, homes[f"{name}.yml"], path)
            elif path.name not in ("tables", *_GENERATED):
                loading.problems.append(Problem(name, None, f'The site knows no folder "{path.name}" in data/.', "Put lists in data/ itself and tables in data/tables/."))
        elif name in homes:
            document = read_yaml(path, loading.root, loading.problems)
            if document:
                _load_list(loading, homes[name], document)
        elif not path.name.startswith("."):
            known = [home.removeprefix("data/") for home in homes]
            loading.problems.append(
                Problem(name, None, "The site does not know this file." + nearest(path.name, known), f"Use one of the lists it knows ({', '.join(known)}), or put a table in data/tables/.")
            )


def _load_folder(loading: _Loading, kind: ContentType, folder: Path) -> None:
    """Entries of a list in files of their own, such as data/sessions/spring.yml: a new one touches no other."""
    for path in walk(folder):
        if path.suffix != ".yml" or path.parent != folder:
            loading.problems.append(Problem(relative(path, loading.root), None, f"Only .yml files stand here, each with entries of {kind.home}.", "Rename the file so that it ends in .yml, or move it."))
            continue
        document = read_yaml(path, loading.root, loading.problems)
        if document:
            _load_list(loading, kind, document)


def _load_list(loading: _Loading, kind: ContentType, document: Document) -> None:
    if document.value is None:
        return
    if not isinstance(document.value, list):
        loading.problems.append(Problem(document.file, 1, "The file is not a list.", "Begin each entry with `- id: ` and its name, and set its other lines two blanks to the right."))
        return
    for number, value in enumerate(document.value):
        if not isinstance(value, dict):
            loading.problems.append(Problem(document.file, document.line((number,)), "This entry has no settings.", "Begin it with `- id: ` and its name, then one `name: value` a line."))
            continue
        record = _validate(kind.model, value, document, (number,), kind.title, loading.problems)
        if record is not None:
            _keep(loading, kind, record, Place(document, (number,)))


def _keep(loading: _Loading, kind: ContentType, record: Record, place: Place) -> None:
    known = loading.records[kind.name]
    if record.id in known:
        first = loading.places[(kind.name, record.id)]
        where = f"line {first.line('id')}" if first.document.file == place.document.file else f"{first.document.file}, line {first.line('id')},"
        loading.problems.append(Problem(place.document.file, place.line("id"), f'The id "{record.id}" is taken: it stands in {where} too.', "Give one of the two another id.", field="id"))
        return
    known[record.id] = record
    loading.places[(kind.name, record.id)] = place


# Tables: data/tables/<id>.csv and <id>.yml -----------------------------------------------------------------


def _load_tables(loading: _Loading) -> None:
    folder = loading.root / TABLES
    found: dict[str, set[str]] = {}
    for path in walk(folder):
        name = relative(path, loading.root)
        if path.parent != folder:
            loading.problems.append(Problem(name, None, "Tables stand side by side in data/tables/, without folders.", "Move the file up."))
        elif path.suffix not in (".csv", ".yml"):
            loading.problems.append(Problem(name, None, f'A table is a .csv file and a .yml file; this one ends in "{path.suffix or "nothing"}".', "Save the numbers as CSV UTF-8 and describe them in a .yml file of the same name."))
        elif not _PAGE_NAME.match(path.stem):
            loading.problems.append(Problem(name, None, "The file's name becomes an address, so it may hold only small letters, digits and hyphens.", f"Rename it {_as_name(path.stem)}{path.suffix}."))
        else:
            found.setdefault(path.stem, set()).add(path.suffix)
    for stem, endings in found.items():
        if endings == {".csv", ".yml"}:
            _load_table(loading, stem)
        else:
            there, missing = (".csv", ".yml") if ".csv" in endings else (".yml", ".csv")
            loading.problems.append(
                Problem(f"{TABLES}/{stem}{there}", None, f"{stem}{missing} is missing beside it." + nearest(stem, [s for s, e in found.items() if missing in e and there not in e]), f"Add {TABLES}/{stem}{missing}, or rename one of the two so that they match.")
            )


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
    about = _validate(TableDescription, {**document.value, "id": stem}, document, (), "Tables", problems)
    if about is None or grid is None:
        return
    if not _same_heading(grid, about, problems):
        return
    rows = _typed_rows(grid, about, problems)
    table = Table(about, rows)
    _check_keys(table, grid.file, problems)
    loading.tables[stem] = table
    loading.places[("table", stem)] = Place(document, ())


def _same_heading(grid: Grid, about: TableDescription, problems: list[Problem]) -> bool:
    wanted = [column.name for column in about.columns]
    if list(grid.heading) == wanted:
        return True
    missing = [name for name in wanted if name not in grid.heading]
    extra = [name for name in grid.heading if name not in wanted]
    if not missing and not extra:
        problems.append(Problem(grid.file, 1, "The columns stand in another order than in the description.", f"Put them in this order: {','.join(wanted)}"))
    for name in extra:
        problems.append(Problem(grid.file, 1, f'The description has no column "{name}".' + nearest(name, missing), "Correct the heading, or describe the column in the .yml file.", field=name))
    for name in missing:
        if not any(nearest(name, [other]) for other in extra):
            problems.append(Problem(grid.file, 1, f'The column "{name}" is missing.', "Add it, or take it out of the description.", field=name))
    return False


def _typed_rows(grid: Grid, about: TableDescription, problems: list[Problem]) -> tuple[TableRow, ...]:
    rows = []
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
                        raise CellFault(f'"{cell.text}" stands in line {first} too, and each row must have its own.', "Correct one of the two, or delete the row that is there twice.")
            except CellFault as fault:
                problems.append(Problem(grid.file, row.line, fault.says, fault.fix, field=column.name))
                cell = Cell(text, None, text)
            cells[column.name] = cell
        rows.append(TableRow(row.line, MappingProxyType(cells)))
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
    seen: dict[str, int] = {}
    for row in table.rows:
        if table.about.key:
            key = table.key_of(row)
            if key in seen:
                problems.append(Problem(file, row.line, f'A row called "{key}" stands in line {seen[key]} too.', "Delete the row that is there twice, or name another key in the description.", field=" and ".join(table.about.key)))
            seen.setdefault(key, row.line)


# Pages: docs/**/*.md ---------------------------------------------------------------------------------------

_DOCS_ENDINGS = (".md", ".png", ".jpg", ".jpeg", ".svg", ".webp", ".pdf", ".txt", ".css", ".js", ".ico", ".xml", ".webmanifest")


def _load_pages(loading: _Loading) -> None:
    docs = loading.root / "docs"
    for path in walk(docs):
        file = relative(path, loading.root)
        name = file.removeprefix("docs/")
        if path.suffix.lower() not in _DOCS_ENDINGS:
            loading.problems.append(Problem(file, None, f'A file ending in "{path.suffix or "nothing"}" does not belong in docs/.', "Put pages (.md) and pictures here, lists and tables in data/."))
            continue
        loading.files.add(name)
        if path.suffix != ".md":
            continue
        wrong = [part for part in name.removesuffix(".md").split("/") if not _PAGE_NAME.match(part)]
        if wrong and name != "404.md":
            loading.problems.append(Problem(file, None, f'"{wrong[0]}" becomes part of an address, so it may hold only small letters, digits and hyphens.', f'Rename it "{_as_name(wrong[0])}".'))
        source = read_page(path, loading.root, loading.problems)
        if source:
            _load_page(loading, source)


def kind_of_page(path: str) -> ContentType:
    """The content type of a page by the folder it stands in; a folder's own page is a plain page."""
    folder, _, name = f"docs/{path}".rpartition("/")
    if name != "index.md":
        for kind in CONTENT_TYPES:
            if kind.is_pages and kind.home == f"{folder}/" and kind.name != "page":
                return kind
    return BY_NAME["page"]


def _load_page(loading: _Loading, source: PageFile) -> None:
    path = source.file.removeprefix("docs/")
    kind = kind_of_page(path)
    settings = source.front.value
    assert isinstance(settings, dict)
    if "id" in settings:
        loading.problems.append(Problem(source.file, source.front.line(("id",)), "A page's id is its file's name and is not written.", "Delete the line.", field="id"))
        return
    _refuse_braces(source, loading.problems)
    name = path.removesuffix(".md")
    page_id = name if kind.name == "page" else name.rpartition("/")[2]
    meta = _validate(kind.model, {**settings, "id": page_id}, source.front, (), kind.title, loading.problems)
    calls = words_of(source, loading.problems) if not isinstance(meta, Page) or meta.render_macros else []
    if not isinstance(meta, Page):
        return
    loading.pages[path] = PageEntry(kind, meta, source, tuple(calls), tuple(links_of(source)))
    loading.records[kind.name][page_id] = meta
    loading.places[(kind.name, page_id)] = Place(source.front, ())


def _refuse_braces(source: PageFile, problems: list[Problem]) -> None:
    """A setting with braces would be taken for a command by the page builder."""
    for key, text in _texts(source.front.value, ()):
        if re.search(r"\{[{%#]|[}%#]\}", text):
            problems.append(Problem(source.file, source.front.line(key), "Braces such as {{ cannot stand in a setting.", "Write the words themselves.", field=str(key[0])))


def _texts(value: object, at: At) -> Iterator[tuple[At, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _texts(item, (*at, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*at, key))


# From a mapping of text to a record, and from pydantic's errors to plain words -----------------------------


def _validate(model: type[Record], value: dict[str, Any], document: Document, at: At, title: str, problems: list[Problem]) -> Any:
    blank = {key for key, item in value.items() if item is None}
    filled = {key: item for key, item in value.items() if item is not None}
    try:
        return model.model_validate(filled)
    except ValidationError as error:
        for fault in error.errors():
            problems.append(_in_plain_words(dict(fault), model, document, at, title, blank))
        return None


def _in_plain_words(fault: dict[str, Any], model: type[BaseModel], document: Document, at: At, title: str, blank: set[str]) -> Problem:
    loc = tuple(part for part in fault["loc"] if not (isinstance(part, str) and part.startswith("function-")))
    name = next((part for part in reversed(loc) if isinstance(part, str)), None)
    owner = _model_at(model, loc)
    line = document.line((*at, *loc))
    says, fix = _plain(fault, name, owner, title, blank)
    return Problem(document.file, line, says, fix, field=".".join(str(p) for p in loc if isinstance(p, str)) or None)


def _model_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> type[BaseModel]:
    """The model that the last name of ``loc`` is a field of, so that suggestions name its siblings."""
    for part in loc[:-1]:
        if isinstance(part, str):
            field_info = model.model_fields.get(part)
            inner = _inner_model(field_info.annotation) if field_info else None
            model = inner or model
    return model


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner_model(argument)
        if found:
            return found
    return None


def _names(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items() if name != "id" or not issubclass(model, (Page, TableDescription))]


def _plain(fault: dict[str, Any], name: str | None, owner: type[BaseModel], title: str, blank: set[str]) -> tuple[str, str]:
    given = fault.get("input")
    info = owner.model_fields.get(name) if name else None
    help_text = info.description if info and info.description else ""
    kind = fault["type"]
    if kind == "missing":
        state = "is blank" if name in blank else "is missing"
        return f'"{name}" {state}.', f"Write `{name}: …`. {help_text}".strip()
    if kind == "extra_forbidden":
        known = _names(owner)
        return f'"{name}" is not a setting here.' + nearest(str(name), known), f"Correct or delete it. Known are: {', '.join(known)}."
    if kind == "literal_error":
        expected = [e.strip("'") for e in re.findall(r"'[^']*'", fault["ctx"]["expected"])]
        return f'"{given}" is not one of the values allowed.' + nearest(str(given), expected), f"Write one of: {', '.join(expected)}."
    if kind in ("value_error", "assertion_error"):
        message = str(fault["ctx"]["error"])
        shown = f'"{given}" {message}.' if isinstance(given, str) else f"This {title.lower().removesuffix('s')} {message}."
        return shown.replace("..", "."), help_text or "Correct it as said."
    return _plain_shape(kind, given, fault, name, help_text)


def _plain_shape(kind: str, given: object, fault: dict[str, Any], name: str | None, help_text: str) -> tuple[str, str]:
    if kind in ("tuple_type", "list_type"):
        return f'"{name}" is a list, and here stands a single value.', f"Write it in brackets: {name}: [{given}]"
    if kind == "string_type" and isinstance(given, (list, dict)):
        return f'"{name}" is a single value, and here stands a list or block.', help_text or "Write one value on the line."
    if kind == "string_type":
        return f'"{name}" has a blank entry.', "Write it, or delete the line."
    if kind == "string_too_short":
        least = fault["ctx"]["min_length"]
        return ("The text is blank." if least == 1 else f"The text has {len(str(given))} characters; at least {least} are needed."), help_text or "Write it."
    if kind == "string_too_long":
        return f"The text has {len(str(given))} characters; at most {fault['ctx']['max_length']} are allowed.", "Shorten it."
    if kind == "too_short":
        return f'"{name}" has too few entries.', f"Give at least {fault['ctx']['min_length']}."
    if kind == "too_long":
        return f'"{name}" has too many entries.', f"Give at most {fault['ctx']['max_length']}."
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f'"{name}" is a block of settings, and here stands something else.', "Write its settings on the lines below, two blanks to the right."
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = fault["ctx"].get("ge", fault["ctx"].get("le"))
        return f"{given} is out of bounds.", f"The {'smallest' if 'ge' in fault['ctx'] else 'largest'} allowed is {bound}."
    if kind == "string_pattern_mismatch":
        return f'"{given}" is not written as it must be.', help_text
    if "int" in kind or "decimal" in kind:
        return f'"{given}" is not a number.', "Write digits only."
    return f'"{given}" does not fit.', help_text or "Compare it with an entry that works."


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
