"""CSV read strictly: a row with one cell too many is told, never shifted.

Owns: separators, quotes, empty columns, blank and uneven rows, and the line on which each row begins.
Never: converts a cell or decides which columns there should be.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from macros.problems import Problem
from macros.sources.files import HIDDEN, LARGEST_TABLE, Unreadable, decoded_as_meant, read_text, relative

_MANY_COLUMNS, _MANY_CELLS, _LONGEST_CELL = 100, 1_000_000, 5_000  # many times what any table has
_MOST_TOLD = 10  # faults told of one column; the rest are counted, so that one wrong habit does not fill the screen
_EXCEL_ERROR = re.compile(
    r"#(?:REF|N/A|VALUE|DIV/0|NAME|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|EXTERNAL|GETTING_DATA)[!?]?\Z"
    r"|#(?:REF|VALUE|DIV/0|NAME|NUM|NULL|SPILL|CALC)[!?]|#{3,}\Z"
)
# A sign at the start makes a spreadsheet run the cell, unless a number or a telephone number follows.
_FORMULA = re.compile(r"[=@＝＠]|[+\-＋－](?![0-9][0-9.,% ]*\Z|[0-9 ()]+\Z| [^|!(=]*\Z|\Z)")
_BRACES = re.compile(r"\{[{%#]")
_CURLY = "“”"
_HARMLESS = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ,.()'/-]{0,200}[A-Za-z0-9.)])?\Z")  # most cells by far, so that one look at them is enough
_ODD_IN_NAME = re.compile("[^a-z0-9]+")
_ODD_BLANK = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")


@dataclass(frozen=True, slots=True)  # half the memory, where a table has many
class Row:
    """One row: its first line in the file and its cells, blanks at either end already refused."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A CSV file: the heading line and the rows below it, all of one width."""

    file: str
    heading: tuple[str, ...]
    rows: tuple[Row, ...]


def read_csv(path: Path, root: Path, problems: list[Problem]) -> Grid | None:
    """A CSV file, or nothing where its shape cannot be trusted; what is wrong is added to ``problems``.

    What has only one reading, such as another separator or encoding, is told and read as it was meant, so that everything is told at once.
    """
    text = read_text(path, root, problems)
    if text is None and path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST_TABLE:
        meant, done = decoded_as_meant(path.read_bytes())
        text = meant if done and not HIDDEN.search(meant.replace("\0", "\1")) else None
    return None if text is None else parse_csv(text, relative(path, root), problems)


def parse_csv(text: str, file: str, problems: list[Problem]) -> Grid | None:
    """The same for text at hand."""
    try:
        rows = _rows(text, file, problems)
    except Unreadable as refused:
        problems.append(refused.problem(file))
        return None
    rows = _without_empty(rows, file, problems)
    before = len(problems)
    if (cells := sum(len(row.cells) for row in rows)) > _MANY_CELLS:
        problems.append(Problem(file, None, f"The table has {cells:,} cells; the most allowed are {_MANY_CELLS:,}.", "Split it, such as by years."))
        return None
    problems.extend(_heading_problems(rows[0], file))
    uneven = _check_widths(rows[1:], len(rows[0].cells), file, problems)
    found = list(_cell_problems([row for row in rows if row.line not in uneven], file))
    whole = len(problems) == before and all(" begins or ends with a blank." in problem.says for problem in found)
    problems.extend(found)
    bare = [Row(row.line, tuple(cell.strip() for cell in row.cells)) for row in rows] if whole and found else rows
    return Grid(file, bare[0].cells, tuple(bare[1:])) if whole else None


def separator_of(text: str) -> str:
    """The sign between a table's columns, as its first line has it."""
    first = text.split("\n", 1)[0]
    if first.lower().startswith("sep="):
        return first[4:5] or ","
    return next((sign for sign in _SEPARATORS if sign in first and "," not in first), ",")


_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}


def _refuse_other_shapes(text: str) -> None:
    """What is no table."""
    first = text.split("\n", 1)[0]
    if not text.strip():
        raise Unreadable("The file is empty.", "Put the column names in the first line and one row in each line below.", 1)
    if text.lstrip().lower().startswith(("<!doctype", "<html")):
        raise Unreadable("This is a web page, perhaps a sign-in page saved by mistake, not a table.", "Put the table itself here.", 1)
    if not first.strip():
        raise Unreadable("The first line is blank.", "Delete it, so that the column names stand in the first line.", 1)


def _rows(text: str, file: str, problems: list[Problem]) -> list[Row]:
    """Every row, the heading first."""
    _refuse_other_shapes(text)
    separator, above = separator_of(text), 0
    if text.lower().startswith("sep="):
        problems.append(Problem(file, 1, 'The first line is Excel\'s "sep=" note, not column names.', "Delete the first line, and save with commas."))
        above, text = 1, text.partition("\n")[2]
    if separator in _SEPARATORS:
        says = f"The columns are separated by {_SEPARATORS[separator]}, not by commas."
        problems.append(Problem(file, 1 + above, says, "Save the table again as comma-separated values (in Excel: CSV UTF-8)."))
    if not text.split("\n", 1)[0].strip():
        raise Unreadable("There are no column names in the first line.", "Put them there.", 1)
    # Lines keep their ends, so that a line break inside quotation marks stays where it is.
    reader = csv.reader(io.StringIO(text, newline="\n"), strict=True, delimiter=separator)
    rows: list[Row] = []
    begins = 1 + above
    others = csv.field_size_limit(131_072)  # Python's own, whatever another library has made of it
    try:
        for cells in reader:
            rows.append(Row(begins, tuple(cells)))
            begins = reader.line_num + 1 + above
    except csv.Error as error:
        says, fix = next(plain for sign, plain in _BROKEN_ROWS.items() if sign in str(error))
        raise Unreadable(says, fix, begins) from error
    finally:
        csv.field_size_limit(others)
    filled = [cell for cell in rows[0].cells if cell.strip()]
    wider = len(rows) > 1 and len([cell for cell in rows[1].cells if cell.strip()]) > 1
    if len(filled) == 1 and rows[0].cells[0] == filled[0] and wider:  # a title stands alone above rows of several cells
        fix = "Let the first line hold the column names; a title belongs in the .yml file beside the table."
        raise Unreadable(f'The first line holds "{filled[0].strip()}" alone: perhaps a title, but not column names.', fix, 1)
    return rows


_BROKEN_ROWS = {  # by what Python's reader says, the last of anything else
    "unexpected end of data": ("A quotation mark is opened in this row and never closed.", "Close it, or write two of them where one is meant as text."),
    "expected after": (
        "Text stands straight after a closing quotation mark.",
        "Put the whole cell inside the quotation marks, and write two of them where one is meant as text.",
    ),
    "field larger": ("A cell is longer than 131,072 characters.", "Look for a quotation mark that is not closed."),
    "": ("This row cannot be read.", "Compare it with the rows around it."),
}


def _heading_problems(heading: Row, file: str) -> Iterator[Problem]:
    names = heading.cells
    if len(names) > _MANY_COLUMNS:
        says = f"The first line has {len(names):,} cells; a table here has at most {_MANY_COLUMNS}."
        yield Problem(file, 1, says, "Delete the empty columns to the right of the table.")
        return
    for position, name in enumerate(names, 1):
        if not name.strip():
            yield Problem(file, 1, f"The heading of column {position} is blank.", "Name it, or delete the empty column.")
        elif names.index(name) != position - 1:
            yield Problem(file, 1, f'The heading "{name}" stands twice.', "Give each column a name of its own.", field=name)


def empty_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """The places of the columns that hold nothing in any row, as a spreadsheet leaves them; none where nothing is filled at all."""
    empty = [at for at, name in enumerate(rows[0]) if not name.strip()]
    return [at for at in empty if not any(cells[at : at + 1] and cells[at].strip() for cells in rows)] if len(empty) < len(rows[0]) else []


def column_meant(heading: str, titles: Mapping[str, str]) -> str:
    """The column that a heading means whatever its blanks and capitals: by its name, or by the title that readers see (``titles``, by name); else the heading."""
    meant = _ODD_IN_NAME.sub("_", heading.lower()).strip("_")
    return next((name for name, title in titles.items() if meant in (name, _ODD_IN_NAME.sub("_", title.lower()).strip("_"))), heading)


def _without_empty(rows: list[Row], file: str, problems: list[Problem]) -> list[Row]:
    """The rows and columns that hold something; the others are told, each kind once."""
    if blank := [row for row in rows[1:] if not any(cell.strip() for cell in row.cells)]:
        problems.append(Problem(file, blank[0].line, f"{_lines(blank)} {'is' if len(blank) == 1 else 'are'} blank.", "Delete the blank lines."))
        lines = {row.line for row in blank}
        rows = [row for row in rows if row.line not in lines]
    if empty := empty_columns([row.cells for row in rows]):
        numbers = ", ".join(str(at + 1) for at in empty[:5])
        says = f"{'Column' if len(empty) == 1 else 'Columns'} {numbers}{f' and {len(empty) - 5:,} more' if len(empty) > 5 else ''} hold nothing."
        nothing = frozenset(empty)
        problems.append(Problem(file, rows[0].line, says.replace("hold", "holds") if len(empty) == 1 else says, "Delete the empty columns."))
        rows = [Row(row.line, tuple(row.cells[at] for at in range(len(row.cells)) if at not in nothing)) for row in rows]
    return rows


def _check_widths(rows: Sequence[Row], width: int, file: str, problems: list[Problem]) -> set[int]:
    """The lines of rows at fault. Those at fault in the same way are told together: one extra comma in every row is one mistake."""
    if not rows:
        problems.append(Problem(file, 1, "There are column names and no rows.", "Put one row in each line below them."))
    by_width: dict[int, list[Row]] = {}
    for row in rows:
        if len(row.cells) != width:
            by_width.setdefault(len(row.cells), []).append(row)
    for found, faulty in by_width.items():
        has = "has" if len(faulty) == 1 else "have"
        says = f"{_lines(faulty)} {has} {found} cell{'' if found == 1 else 's'}, but the heading has {width}."
        problems.append(Problem(file, faulty[0].line, says, _fix_width(faulty[0].cells, width)))
    return {row.line for faulty in by_width.values() for row in faulty}


def _fix_width(cells: Sequence[str], width: int) -> str:
    """The likeliest way to fix a row, by what stands in it."""
    if any(cell.strip().startswith(tuple(_CURLY)) for cell in cells):
        return 'The quotation marks are curly. Put straight ones (") around a cell that holds a comma.'
    if any(cell.startswith(' "') for cell in cells):
        return "Delete the blank between the comma and the quotation mark."
    if len(cells) == 1 and (cells[0].count(";") >= width - 1 or cells[0].count("\t") >= width - 1):
        return "Its columns are separated by something else. Save the table again as comma-separated values (in Excel: CSV UTF-8)."
    if len(cells) > width:
        return "Look for an extra comma; a number is written without one (1234, not 1,234), and text with a comma goes inside double quotes."
    return "Look for a missing comma; a cell with nothing in it still needs its comma."


def _lines(rows: Sequence[Row]) -> str:
    numbers = [row.line for row in rows]
    if len(numbers) == 1:
        return f"Line {numbers[0]}"
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"Lines {numbers[0]} to {numbers[-1]}"
    more = f" and {len(numbers) - 5:,} more" if len(numbers) > 5 else ""
    return f"Lines {', '.join(map(str, numbers[:5]))}{more}"


def _cell_problems(rows: Sequence[Row], file: str) -> Iterator[Problem]:
    heading = [name.strip() for name in rows[0].cells] if rows else []
    if again := [row for row in rows[1:] if [cell.strip() for cell in row.cells] == heading]:
        once = len(again) == 1
        says = "The column names stand here a second time." if once else f"The column names stand here again: {_lines(again)}."
        yield Problem(file, again[0].line, says, "Delete the line." if once else "Delete these lines.")
    repeated, found = {row.line for row in again}, dict[str, list[Problem]]()
    for row in (row for row in rows if row.line not in repeated):
        for name, cell in zip(heading, row.cells, strict=True):
            fault = _cell_fault(cell)
            if fault:
                found.setdefault(name, []).append(Problem(file, row.line, *fault, field=name))
    for name, faults in found.items():
        yield from not_too_many(faults, name)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet that opens the file would run the cell."""
    return bool(_FORMULA.match(cell))


def not_too_many(faults: Sequence[Problem], name: str) -> list[Problem]:
    """The first faults of a column one by one, and how many more there are."""
    if len(faults) <= _MOST_TOLD:
        return list(faults)
    first, says = faults[_MOST_TOLD], f"{len(faults) - _MOST_TOLD:,} more cells of this column are at fault."
    fix = "Fix the column as a whole; perhaps every cell has the same mistake."
    return [*faults[:_MOST_TOLD], Problem(first.file, first.line, says, fix, field=name)]


def _cell_fault(cell: str) -> tuple[str, str] | None:
    if _HARMLESS.match(cell):
        return None
    if len(cell) > _LONGEST_CELL:
        return f"The cell has {len(cell):,} characters; the most allowed are {_LONGEST_CELL:,}.", "Look for a quotation mark that is not closed, or shorten it."
    if cell != cell.strip():
        return f'The cell "{cell.strip()}" begins or ends with a blank.', "Delete the blank."
    if is_formula(cell):
        return f'The cell "{cell[:40]}" is a formula, which a spreadsheet would run.', "Write the value itself."
    if _EXCEL_ERROR.match(cell):
        return f'The cell says "{cell}", which is a spreadsheet\'s error.', "Write the value itself, or: not available."
    if _BRACES.search(cell):
        return f'The cell "{cell[:40]}" holds braces, which begin a command of the page builder.', "Write the words themselves."
    if cell[:1] in tuple(_CURLY) and cell[-1:] in tuple(_CURLY) and len(cell) > 1:
        return f"The cell {cell[:40]} stands in curly quotation marks.", 'Use straight ones (") around a cell, or none.'
    if _ODD_BLANK.search(cell) and re.search(r"[^\W\d]", cell):  # in a number it is told with the number
        says = f'The cell "{_ODD_BLANK.sub(" ", cell)[:40]}" holds a tab or a no-break space, which looks like a blank but is none.'
        return says, "Type an ordinary blank in its place."
    return None
