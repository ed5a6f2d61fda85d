"""Tables: ``data/tables/<id>.csv`` with the numbers and ``<id>.yml`` with what they are.

Owns: that the two belong together, the type and limits of each cell, and the rows' keys. Never: works a number out.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from macros.content.catalogue import TABLES, Place
from macros.content.loading import Loading
from macros.content.records import as_name, refuse_markup, validated
from macros.content.suppression import without_small_counts
from macros.models.cells import Cell, CellFault, read_cell
from macros.models.table import Column, Table, TableDescription, TableRow
from macros.problems import Problem, errors, nearest
from macros.sources.csv_files import Grid, not_too_many, read_csv
from macros.sources.files import relative, walk
from macros.sources.yaml_files import read_yaml


def load_tables(loading: Loading) -> None:
    folder = loading.root / TABLES
    found: dict[str, set[str]] = {}
    misnamed: set[str] = set()
    for path in walk(folder):
        right = as_name(path.stem) + path.suffix.lower().replace(".yaml", ".yml")
        fault = _table_fault(path, folder, right)
        if fault:
            loading.problems.append(Problem(relative(path, loading.root), None, fault[0], fault[1]))
            misnamed.add(right)
        else:
            found.setdefault(path.stem, set()).add(path.suffix)
    for stem, endings in found.items():
        if endings == {".csv", ".yml"}:
            loading.take("table", [folder / f"{stem}.csv", folder / f"{stem}.yml"], partial(load_table, stem=stem))
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
    """Why a file cannot be half of a table where it stands, and how to fix that."""
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


def load_table(loading: Loading, stem: str) -> None:
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
    refuse_markup(document, problems)
    about = validated(TableDescription, {**document.value, "id": stem}, document, (), "Tables", problems)
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
