"""Fixes in the .csv file of a table.

Owns: its rows, quotation marks and cells. Never: changes a value's meaning.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from macros.editing.fixes.values import Doubt, financial_year, iso_date, plain_number
from macros.editing.fixes.work import BLANKS, Work
from macros.models.cells import GAPS
from macros.sources.csv_files import column_meant, empty_columns, separator_of
from macros.sources.files import relative
from macros.sources.yaml_files import parse_yaml


def described_columns(path: Path, root: Path) -> Mapping[str, Mapping[str, str]]:
    """Each column's settings by its name, as far as the description can be read, whole or not."""
    if not path.is_file():
        return {}
    document = parse_yaml(path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n"), relative(path, root), [])
    columns = document.value.get("columns") if document and isinstance(document.value, dict) else None
    if not isinstance(columns, list):
        return {}
    return {str(c["name"]): {key: str(value) for key, value in c.items()} for c in columns if isinstance(c, dict) and c.get("name") and c.get("type")}


def fix_table(work: Work, columns: Mapping[str, Mapping[str, str]]) -> None:
    """Fixes every row of a .csv file whose columns have these settings."""
    text = "\n".join(line or "" for line in work.lines)
    separator, noted = separator_of(text), text.lower().startswith("sep=")
    rows = list(_single_rows(work, separator, int(noted)))
    if not rows or rows[0][0] != noted:
        return
    titles = {name: about.get("title", name) for name, about in columns.items()}
    empty = empty_columns([cells for _, cells in rows])
    heading = [column_meant(_bare(cell), titles) for at, cell in enumerate(rows[0][1]) if at not in empty]
    lines = len([line for line in work.lines[noted:] if line])
    if heading != [*columns] or len(rows) != lines:  # it cannot be known what is meant, or a cell of several lines would be left as it stands
        if noted or separator != ",":
            return
        empty, heading = [], [column_meant(_bare(cell), titles) for cell in rows[0][1]]
    if noted:
        work.change(0, None, "Excel's note of the separator was taken out")
    for number, cells in rows:
        if number > noted and not any(cell.strip() for cell in cells):
            work.change(number, None, "the blank row was taken out")
            continue
        kept = [cell for at, cell in enumerate(cells) if at not in empty]
        kinds = [columns.get(name, {}).get("type", "text") for name in heading]
        fixed = heading if number == noted else [_fix_cell(work, number, *about, separator) for about in zip(heading, kept, kinds, strict=False)]
        fixed = [*fixed, *kept[len(fixed) :]]
        if fixed != cells or separator != ",":
            row = io.StringIO()
            csv.writer(row, lineterminator="").writerow(fixed)
            done = [f"{before} became {after or 'a blank cell'}" for before, after in zip(kept, fixed, strict=True) if before != after]
            done += ["empty columns were taken out"] * (len(kept) < len(cells)) + ["commas became the signs between the cells"] * (separator != ",")
            work.change(number, row.getvalue(), "; ".join(done))


def _single_rows(work: Work, separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """The rows from a line on that are on one line each, with that line's index. A broken file has none."""
    lines = [line for line in work.lines[first:] if line is not None]
    reader = csv.reader([f"{line}\n" for line in lines], strict=True, delimiter=separator)
    begins = 0
    try:
        for cells in reader:
            if reader.line_num == begins + 1 and begins < len(lines) and (lines[begins] or begins < len(lines) - 1):
                yield begins + first, cells
            begins = reader.line_num
    except csv.Error:
        return


def _bare(cell: str) -> str:
    cell = cell.strip(BLANKS)
    if len(cell) > 1 and cell[0] in "“”" and cell[-1] in "“”" and not re.search("[“”]", cell[1:-1]):
        cell = cell[1:-1].strip(BLANKS)
    return cell


def _fix_cell(work: Work, number: int, name: str, cell: str, kind: str, separator: str) -> str:
    bare = _bare(cell)
    lower = bare.lower()
    if lower in GAPS or (kind == "yes/no" and lower in ("yes", "no")):
        return lower
    try:
        match kind:
            case "date":
                return iso_date(bare) or bare
            case "year":
                return financial_year(bare) or bare
            case "whole number" | "decimal" | "percentage" | "money":
                return plain_number(bare, kind, separator == ";") or bare
    except Doubt as doubt:
        work.doubt(number + 1, doubt, name)
    return bare
