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
from macros.sources.files import relative
from macros.sources.yaml_files import parse_yaml


def column_types(path: Path, root: Path) -> Mapping[str, str]:
    """The type of each column as far as the description can be read, whole or not."""
    if not path.is_file():
        return {}
    document = parse_yaml(path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n"), relative(path, root), [])
    columns = document.value.get("columns") if document and isinstance(document.value, dict) else None
    return {str(c["name"]): str(c["type"]) for c in columns if isinstance(c, dict) and c.get("name") and c.get("type")} if isinstance(columns, list) else {}


def fix_table(work: Work, types: Mapping[str, str]) -> None:
    """Fixes every row of a .csv file whose columns have these types."""
    rows = list(_single_rows(work))
    if not rows or rows[0][0] != 0:
        return
    heading = [_bare(cell) for cell in rows[0][1]]
    for number, cells in rows:
        if number and not any(cell.strip() for cell in cells):
            work.change(number, None, "the blank row was taken out")
            continue
        fixed = [_fix_cell(work, number, name, cell, types.get(name, "text") if number else "text") for name, cell in zip(heading, cells, strict=False)]
        fixed += cells[len(fixed) :]
        if fixed != cells:
            row = io.StringIO()
            csv.writer(row, lineterminator="").writerow(fixed)
            changed = [(before, after) for before, after in zip(cells, fixed, strict=True) if before != after]
            work.change(number, row.getvalue(), "; ".join(f"{before} became {after or 'a blank cell'}" for before, after in changed))


def _single_rows(work: Work) -> Iterator[tuple[int, list[str]]]:
    """The rows that are on one line each, with that line's index. A broken file has none."""
    lines = [line for line in work.lines if line is not None]
    reader = csv.reader([f"{line}\n" for line in lines], strict=True)
    begins = 0
    try:
        for cells in reader:
            if reader.line_num == begins + 1 and begins < len(lines) and (lines[begins] or begins < len(lines) - 1):
                yield begins, cells
            begins = reader.line_num
    except csv.Error:
        return


def _bare(cell: str) -> str:
    cell = cell.strip(BLANKS)
    if len(cell) > 1 and cell[0] in "“”" and cell[-1] in "“”" and not re.search("[“”]", cell[1:-1]):
        cell = cell[1:-1].strip(BLANKS)
    return cell


def _fix_cell(work: Work, number: int, name: str, cell: str, kind: str) -> str:
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
                return plain_number(bare, kind) or bare
    except Doubt as doubt:
        work.doubt(number + 1, doubt, name)
    return bare
