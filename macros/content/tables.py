"""Tables: ``data/tables/<id>.csv`` with the numbers and ``<id>.yml`` with what they are.

Owns: that the two belong together, the type and limits of each cell, and the rows' keys. Never: works a number out.
"""

import re
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from macros.content.catalogue import TABLES, Place
from macros.content.editions import span
from macros.content.loading import Loading, as_name, record_of_file
from macros.content.suppression import without_small_counts
from macros.models.base import fault_of_name
from macros.models.cells import WHY_NOT, Cell, CellFault, read_cell
from macros.models.table import FROM_THE_ROWS, Column, Table, TableDescription, TableRow
from macros.problems import Problem, errors, nearest
from macros.sources.csv_files import Grid, Row, column_meant, not_too_many, read_csv
from macros.sources.files import text_as_it_stands, walk
from macros.sources.yaml_files import Document, read_yaml

MOST_DRAWN = 200  # rows of a table with a chart: bars of so many stand ten screens high
_DERIVED = re.compile(r"^[\"']?derived[\"']?[ \t]*:[ \t]*(?:\{|(?:#.*)?\r?\n[ \t]+\S)", re.MULTILINE)  # a description that says what its table is made from


def load_tables(loading: Loading) -> tuple[str, ...]:
    """Every pair of files that makes a table; what else stands in the folder, or has no partner, is told. The names of derived tables are given back."""
    folder = loading.root / TABLES
    found: dict[str, set[str]] = {}
    misnamed: set[str] = set()
    for path in walk(folder):
        right = as_name(path.stem) + path.suffix.lower().replace(".yaml", ".yml")
        if fault := _fault_of_name(path, folder, right):
            loading.tell(path, *fault)
            misnamed.add(right)
        else:
            found.setdefault(path.stem, set()).add(path.suffix)
    derived = tuple(stem for stem, endings in found.items() if endings == {".yml"} and _DERIVED.search(text_as_it_stands(folder / f"{stem}.yml") or ""))
    for stem, endings in ((stem, endings) for stem, endings in found.items() if stem not in derived):
        there, missing = (".csv", ".yml") if ".csv" in endings else (".yml", ".csv")
        if missing in endings:
            loading.take([folder / f"{stem}.csv", folder / f"{stem}.yml"], load_table, stem)
        elif f"{stem}{missing}" not in misnamed:
            alone = [f"{other}{missing}" for other, had in found.items() if had == {missing}]
            says = f"{stem}{missing} is missing beside it." + nearest(f"{stem}{missing}", alone)
            loading.tell(folder / f"{stem}{there}", says, f"Add {TABLES}/{stem}{missing}, or rename one of the two so that they match.")
    unread = {*found, *(name.rpartition(".")[0] for name in misnamed)} - loading.tables.keys()
    loading.lost.update(("table", stem) for stem in unread)
    return derived


def _fault_of_name(path: Path, folder: Path, right: str) -> tuple[str, str] | None:
    """Why a file cannot be half of a table where it stands, and how to fix that."""
    if path.parent != folder:
        return "Tables stand side by side in data/tables/, without folders.", "Move the file up."
    if not right.endswith((".csv", ".yml")):
        says = f'A table is a .csv file and a .yml file; this one ends in "{path.suffix or "nothing"}".'
        return says, "Save the numbers as CSV UTF-8 and describe them in a .yml file of the same name."
    if path.name != right:
        return "The file's name becomes an address: small letters, digits and hyphens, and .csv or .yml at the end.", f"Rename it {right}."
    if fault := fault_of_name(path.stem):
        return f"The file {fault}.", "Rename it, such as with one word more or fewer."
    return None


def load_table(loading: Loading, stem: str) -> None:
    """One table from its two files, without the counts that are too small to be shown."""
    problems = loading.problems
    path = loading.root / TABLES / stem
    document, about = read_description(loading, stem)
    grid = read_csv(path.with_suffix(".csv"), loading.root, problems)
    if about and about.derived:
        fix = "Delete this file; or, where somebody is to write the numbers, the lines from `derived:` on."
        loading.tell(path.with_suffix(".csv"), f"The numbers of {stem} are worked out from others, and here they stand a second time.", fix)
    elif document and about and grid and _has_columns_of(grid, about, loading):
        loading.tables[stem] = without_small_counts(table_of(loading, grid, about))
        loading.places[("table", stem)] = Place(document)


def read_description(loading: Loading, stem: str) -> tuple[Document | None, TableDescription | None]:
    """A table's description and what it says, as far as it can be read; what is wrong in it is told."""
    document = read_yaml(loading.root / TABLES / f"{stem}.yml", loading.root, loading.problems)
    if document and not isinstance(document.value, dict):
        fix = "Begin with `title:` and go on with one `name: value` a line."
        loading.tell(document.file, "The description is not a list of settings.", fix, 1)
        return None, None
    return document, record_of_file(loading, TableDescription, document, stem, "table", "Tables", tags=False) if document else None


def table_of(loading: Loading, grid: Grid, about: TableDescription) -> Table:
    """The table of typed rows, none of them hidden yet; what is wrong in a cell is told."""
    before = len(loading.problems)
    rows = _typed_rows(grid, about, loading.problems)
    if about.period == FROM_THE_ROWS:  # a new row then needs no other edit
        about = about.model_copy(update={"period": span(about, rows) or "No time yet"})
    table = Table(about, rows)
    if about.chart and len(rows) > MOST_DRAWN:
        fix = f"Leave out `chart:`; or draw a table of at most {MOST_DRAWN} rows that is counted from this one (`derived:`)."
        loading.tell(grid.file, f"A chart of {len(rows):,} rows cannot be read on any screen.", fix)
    _check_keys(table, loading, grid.file)
    if errors(loading.problems[before:]):
        loading.lost.add(("number", about.id))
    return table


def _has_columns_of(grid: Grid, about: TableDescription, loading: Loading) -> bool:
    """Whether the heading holds the columns described, in their order; what is otherwise is told."""
    wanted = [column.name for column in about.columns]
    if list(grid.heading) == wanted:
        return True
    titles = {column.name: column.title for column in about.columns}
    if [column_meant(name, titles) for name in grid.heading] == wanted:
        other = ", ".join(f'"{name}"' for name, right in zip(grid.heading, wanted, strict=True) if name != right)
        loading.tell(grid.file, f"These headings are not written as the columns' names: {other}.", f"Write: {','.join(wanted)}", 1)
        return True
    missing = [name for name in wanted if name not in grid.heading]
    extra = [name for name in grid.heading if name not in wanted]
    if not missing and not extra:
        loading.tell(grid.file, "The columns stand in another order than in the description.", f"Put them in this order: {','.join(wanted)}", 1)
    names = {column.title.lower(): column.name for column in about.columns if column.name in missing}
    meant = set()
    for name in extra:
        likely = nearest(name, [*missing, *names], say="{}").strip('"')
        likely = names.get(likely, likely)
        meant.add(likely)
        says = f'The description has no column "{name}".' + (f' Did you mean "{likely}"?' if likely else "")
        loading.tell(grid.file, says, "Correct the heading, or describe the column in the .yml file.", 1, name)
    for name in missing:
        if name not in meant:
            loading.tell(grid.file, f'The column "{name}" is missing.', "Add it, or take it out of the description.", 1, name)
    return False


def _typed_rows(grid: Grid, about: TableDescription, problems: list[Problem]) -> tuple[TableRow, ...]:
    rows = []
    faults: dict[str, list[Problem]] = {}
    seen: dict[tuple[str, str], Row] = {}  # the row in which a column's value stands first
    for row in grid.rows:
        cells = {}
        for column, text in zip(about.columns, row.cells, strict=True):
            try:
                cell = read_cell(text, column.type)
                _check_constraints(cell, column)
                unique = column.constraints.unique and not cell.is_gap
                if unique and (first := seen.setdefault((column.name, cell.text), row)) is not row:
                    says = f'"{cell.text}" stands in line {first.line} too, and each row must have its own.'
                    raise CellFault(says, "Correct one of the two, or delete the row that is there twice.")
            except CellFault as fault:
                faults.setdefault(column.name, []).append(Problem(grid.file, row.line, fault.says, fault.fix, field=column.name))
                cell = Cell(text, None, text)
            cells[column.name] = cell
        rows.append(TableRow(row.line, MappingProxyType(cells)))
    for name, found in faults.items():
        problems.extend(not_too_many(found, name))
    return tuple(rows)


def _check_constraints(cell: Cell, column: Column) -> None:
    """Raises a CellFault where a cell does not keep to its column's constraints."""
    keep, value = column.constraints, cell.value
    if keep.required and cell.text == "":
        raise CellFault("The cell is blank.", f"Write the value, {WHY_NOT}")
    if keep.enum and not cell.is_gap and cell.text not in keep.enum:
        raise CellFault(f'"{cell.text}" is not one of the values allowed.' + nearest(cell.text, keep.enum), f"Write one of: {', '.join(keep.enum)}.")
    if isinstance(value, Decimal) and keep.minimum is not None and value < keep.minimum:
        raise CellFault(f"{cell.text} is smaller than {keep.minimum}, the smallest allowed.", "Check the number against the document.")
    if isinstance(value, Decimal) and keep.maximum is not None and value > keep.maximum:
        raise CellFault(f"{cell.text} is larger than {keep.maximum}, the largest allowed.", "Check the number against the document.")


def _check_keys(table: Table, loading: Loading, file: str) -> None:
    """No two rows have the same key; where a table has none, it is advised that no two rows are the same."""
    names = table.about.key
    if len(names) == 1 and table.about.column(names[0]).constraints.unique:
        return
    seen: dict[tuple[str, ...], TableRow] = {}
    for row in table.rows:
        key = tuple(row.cells[name].text for name in names or row.cells)
        first = seen.setdefault(key, row)
        if first is not row and names:
            fix = "Delete the row that is there twice, or name another key in the description."
            loading.tell(file, f'A row called "{", ".join(key)}" stands in line {first.line} too.', fix, row.line, " and ".join(names))
        elif first is not row:
            says, fix = f"The same row stands in line {first.line} too.", "Delete one of the two, unless the document itself prints it twice."
            loading.problems.append(Problem(file, row.line, says, fix, severity="warning"))
