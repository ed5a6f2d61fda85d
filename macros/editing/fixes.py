"""Certain mends: what has only one right way to be put right, and means the same before and after.

Owns: encodings, line ends, blanks, quotation marks, dates and numbers as people type them, the order of lists
that declare one. Every mend is named. Never: decides between two meanings: 03/04/2026 is 3 April to some and
4 March to others, so it is left and said.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from macros.catalogue import TABLES, kind_of_page
from macros.editing.kinds import KINDS, TABLE, settings_of
from macros.models.base import MONTHS, ContentType
from macros.models.cells import GAPS
from macros.problems import Problem
from macros.sources.files import relative, walk
from macros.sources.words import is_word
from macros.sources.yaml_files import Document, Value, parse_yaml
from macros.writing import write_whole


@dataclass(frozen=True)
class Mend:
    """One mend: the line it is in (counted in the file as it was), what was done, and the line before and after.

    ``before`` is nothing where the whole file was mended, ``after`` is nothing where the line was taken out.
    """

    file: str
    line: int
    says: str
    before: str | None = None
    after: str | None = None


@dataclass
class Fixed:
    """A file as it should be, what was mended in it, and what was left because it is not certain."""

    file: str
    data: bytes
    mends: list[Mend] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)


def fix_all(root: Path) -> list[Fixed]:
    """Every file of content in which something was mended or left in doubt. Nothing is written."""
    fixed = [fix_file(path, root) for path in _content(root)]
    return [found for found in fixed if found and (found.mends or found.doubts)]


def write(root: Path, fixed: list[Fixed]) -> None:
    """Puts the mended files in their places."""
    for found in fixed:
        if found.mends:
            write_whole(root / found.file, found.data)


def _content(root: Path) -> Iterator[Path]:
    for path in walk(root / "data"):
        if path.suffix in (".csv", ".yml") and path.parent.name not in ("schemas", "templates"):
            yield path
    yield from (path for path in walk(root / "docs") if path.suffix == ".md")


def fix_file(path: Path, root: Path) -> Fixed | None:
    """One file mended, or nothing where it cannot be read as text at all."""
    file = relative(path, root)
    if path.is_symlink():
        return None
    data = path.read_bytes()
    decoded = _decoded(data, file)
    if decoded is None:
        return None
    text, mends = decoded
    if not text.strip():
        return None  # nothing but blanks: the check says that the file is empty
    work = _Work(file, text.split("\n"), mends)
    if path.suffix == ".csv":
        _fix_table(work, _column_types(path.with_suffix(".yml"), root))
    else:
        _fix_text(work)
    return Fixed(file, work.text().encode("utf-8") if work.mends else data, work.mends, work.doubts)


# Bytes to text ---------------------------------------------------------------------------------------------

# What English text holds beyond ASCII. A file of another encoding that is full of other signs is left alone.
_USUAL = set("£€‘’“”–—…•·°½¼¾×éèêëáàâäíìîïóòôöúùûüçñÉÈÀÁÖÜ®©™\u00a0")


def _decoded(data: bytes, file: str) -> tuple[str, list[Mend]] | None:
    mends: list[Mend] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
        if "\ufffd" in text:
            return None
        mends.append(Mend(file, 1, "was saved as UTF-16 and is saved as UTF-8"))
    elif b"\0" in data or data.startswith(b"PK\x03\x04"):
        return None
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
            if not {c for c in text if ord(c) > 126} <= _USUAL:
                return None  # the check says what is wrong; which letter was meant is for a person to say
            mends.append(Mend(file, 1, "was saved in the Windows-1252 encoding and is saved as UTF-8"))
    if text.startswith("\ufeff"):
        text = text.lstrip("\ufeff")
        mends.append(Mend(file, 1, "began with a mark (BOM) that is not needed"))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        mends.append(Mend(file, 1, "had the line ends of Windows or an old Mac"))
    return text, mends


@dataclass
class _Work:
    """A file's lines while they are mended. A line taken out becomes nothing, so that numbers stay right."""

    file: str
    lines: list[str | None]
    mends: list[Mend]
    doubts: list[Problem] = field(default_factory=list)
    order: list[int] | None = None

    def __init__(self, file: str, lines: list[str], mends: list[Mend]) -> None:
        self.file, self.lines, self.mends, self.doubts, self.order = file, list(lines), mends, [], None
        self._end()

    def _end(self) -> None:
        """One line end at the end of the file, and no blank lines above it."""
        content = [number for number, line in enumerate(self.lines) if line and line.strip(" \t\u00a0")]
        last = content[-1] if content else -1
        if last < 0:
            return
        for number in range(last + 2, len(self.lines)):
            self.change(number, None, "blank lines at the end were taken out", quiet=number > last + 2)
        if last + 1 == len(self.lines):
            self.lines.append("")
            self.mends.append(Mend(self.file, last + 1, "the last line was given its line end"))
        elif self.lines[last + 1]:
            self.change(last + 1, "", "blanks at the end of the file were taken out")

    def change(self, number: int, after: str | None, says: str, quiet: bool = False) -> None:
        """Changes the line at an index, and says so."""
        before = self.lines[number]
        if before == after:
            return
        self.lines[number] = after
        if not quiet:
            self.mends.append(Mend(self.file, number + 1, says, before, after))

    def text(self) -> str:
        """The file as it should be."""
        lines = self.lines if self.order is None else [self.lines[number] for number in self.order]
        return "\n".join(line for line in lines if line is not None)


# Dates and numbers as people type them ---------------------------------------------------------------------

_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\Z")
_WORDED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([A-Za-z]+),? (\d{4})\Z")
_BACKWARDS = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})\Z")
_THOUSANDS = re.compile(r"(-?)(£?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)\Z")
_TWO_YEARS = re.compile(r"(\d{4})\s?[-–/]\s?(?:\d{2})?(\d{2})\Z")


class _Doubt(Exception):
    """A value with two readings, said in words."""


def iso_date(text: str, partial: bool = False) -> str | None:
    """A date as the site writes it, or nothing where the text is no date, or is one already.

    Raises:
        _Doubt: day and month could change places.
    """
    slashed = _SLASHED.match(text)
    if slashed:
        first, second, year = (int(part) for part in slashed.groups())
        if first <= 12 and second <= 12 and first != second:
            meanings = f"{first} {MONTHS[second - 1]} or {second} {MONTHS[first - 1]} {year}"
            raise _Doubt(f'"{text}" may be {meanings}: write {_iso(year, second, first)} or {_iso(year, first, second)}')
        return _iso(year, second, first) if second <= 12 else _iso(year, first, second)
    backwards = _BACKWARDS.match(text)
    if backwards:
        return _iso(*(int(part) for part in backwards.groups()))
    worded = _WORDED.match(text)
    months = [month for month in MONTHS if worded and len(worded.group(2)) >= 3 and month.lower().startswith(worded.group(2).lower())]
    if worded and len(months) == 1:
        month, year = MONTHS.index(months[0]) + 1, int(worded.group(3))
        if worded.group(1):
            return _iso(year, month, int(worded.group(1)))
        return f"{year}-{month:02}" if partial else None
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def plain_number(text: str, kind: str) -> str | None:
    """A number without the signs that the page adds itself, or nothing where another sign stands in it."""
    match = _THOUSANDS.match(text)
    if not match:
        return None
    minus, pound, whole, point, per_cent = match.groups()
    if (pound and kind != "money") or (per_cent and kind != "percentage"):
        return None
    return f"{minus}{whole.replace(',', '')}{point or ''}"


def _year(text: str) -> str | None:
    match = _TWO_YEARS.match(text)
    if not match or (int(match.group(1)) + 1) % 100 != int(match.group(2)):
        return None
    return f"{match.group(1)}/{match.group(2)}"


# Tables ----------------------------------------------------------------------------------------------------


def _column_types(path: Path, root: Path) -> Mapping[str, str]:
    """The type of each column as far as the description can be read, whole or not."""
    if not path.is_file():
        return {}
    document = parse_yaml(path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n"), relative(path, root), [])
    columns = document.value.get("columns") if document and isinstance(document.value, dict) else None
    return {str(c["name"]): str(c["type"]) for c in columns if isinstance(c, dict) and c.get("name") and c.get("type")} if isinstance(columns, list) else {}


def _fix_table(work: _Work, types: Mapping[str, str]) -> None:
    rows = list(_single_rows(work))
    if not rows or rows[0][0] != 0:
        return
    heading = [_bare(cell) for cell in rows[0][1]]
    for number, cells in rows:
        if number and not any(cell.strip() for cell in cells):
            work.change(number, None, "the blank row was taken out")
            continue
        mended = [_mend_cell(work, number, name, cell, types.get(name, "text") if number else "text") for name, cell in zip(heading, cells, strict=False)]
        mended += cells[len(mended) :]
        if mended != cells:
            said = "; ".join(f"{before} became {after or 'a blank cell'}" for before, after in zip(cells, mended, strict=True) if before != after)
            work.change(number, _row(mended), said)


def _single_rows(work: _Work) -> Iterator[tuple[int, list[str]]]:
    """The rows that stand on one line each, with that line's index. A broken file has none."""
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


def _row(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _bare(cell: str) -> str:
    cell = cell.strip(" \t\u00a0")
    if len(cell) > 1 and cell[0] in "“”" and cell[-1] in "“”" and not re.search("[“”]", cell[1:-1]):
        cell = cell[1:-1].strip(" \t\u00a0")
    return cell


def _mend_cell(work: _Work, number: int, name: str, cell: str, kind: str) -> str:
    bare = _bare(cell)
    if bare.lower() in GAPS:
        return bare.lower()
    ways: dict[str, Callable[[str], str | None]] = {
        "date": iso_date,
        "year": _year,
        "yes/no": lambda text: text.lower() if text.lower() in ("yes", "no") else None,
        **{numeric: (lambda text, numeric=numeric: plain_number(text, numeric)) for numeric in ("whole number", "decimal", "percentage", "money")},  # type: ignore[misc]
    }
    try:
        return (ways[kind](bare) if kind in ways else None) or bare
    except _Doubt as doubt:
        work.doubts.append(Problem(work.file, number + 1, f"{doubt}.", "A person must say which is meant.", field=name, severity="warning"))
        return bare


# Lists and pages -------------------------------------------------------------------------------------------

_ODD_INDENT = re.compile(r"^([ \u00a0\u2007\u202f\u3000]+)(?=\S)")
_ODD_AFTER_SIGN = re.compile(r"^( *(?:- +)*(?:-|[\w-]+:))[\u00a0\u2007\u202f\u3000]+")
_CURLY_WORD = re.compile(r"\{\{[^{}\n]*[“”‘’][^{}\n]*\}\}")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def _fix_text(work: _Work) -> None:
    page = work.file.endswith(".md")
    begin, end = _settings(work) if page else (0, len(work.lines))
    _fix_blanks(work, begin, end)
    if page:
        for number in range(end, len(work.lines)):
            line = work.lines[number]
            if line is not None:
                work.change(number, _without_trailing(line), "blanks that cannot be seen were taken out")
                work.change(number, _CURLY_WORD.sub(_straight, work.lines[number] or ""), "curly quotation marks inside the braces were made straight")
    kind = kind_of_page(work.file.removeprefix("docs/")) if page else _kind_of_list(work.file)
    if kind:
        _fix_dates(work, kind, begin, end)
        if kind.sorted_by and not page:
            _sort(work, kind)


def _settings(work: _Work) -> tuple[int, int]:
    """The lines between the two lines of dashes at the top of a page: the first, and the one after the last."""
    bare = [(line or "").rstrip() for line in work.lines]
    return (1, bare.index("---", 1)) if bare[0] == "---" and "---" in bare[1:] else (0, 0)


def _fix_blanks(work: _Work, begin: int, end: int) -> None:
    """Blanks that cannot be seen or look like ordinary ones; all or none, should the settings then say something else."""
    mended = [None if line is None else _ODD_AFTER_SIGN.sub(r"\1 ", _ODD_INDENT.sub(_ordinary, line)).rstrip(" \t\u00a0") for line in work.lines[begin:end]]
    before = parse_yaml("\n".join(line or "" for line in work.lines[begin:end]), work.file, [])
    after = parse_yaml("\n".join(line or "" for line in mended), work.file, [])
    if before is None or (after is not None and _without_blanks(after.value) == _without_blanks(before.value)):
        for number, line in enumerate(mended, begin):
            work.change(number, line, "blanks that cannot be seen were taken out or made ordinary")


def _ordinary(match: re.Match[str]) -> str:
    return " " * len(match.group(1))


def _without_blanks(value: Value) -> object:
    if isinstance(value, dict):
        return {name: _without_blanks(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_without_blanks(item) for item in value]
    return "".join((value or "").split())


def _without_trailing(line: str) -> str:
    """Two blanks at the end of a line of Markdown are a line break, so they stay."""
    bare = line.rstrip(" \t\u00a0")
    return line if bare and line[len(bare) :].startswith("  ") else bare


def _straight(match: re.Match[str]) -> str:
    straight = match.group().translate(_STRAIGHT)
    return straight if is_word(straight) else match.group()


def _kind_of_list(file: str) -> ContentType | None:
    if file.startswith(f"{TABLES}/"):
        return TABLE
    return next((kind for kind in KINDS if not kind.is_pages and (kind.home == file or file.startswith(kind.home.removesuffix(".yml") + "/"))), None)


def _fix_dates(work: _Work, kind: ContentType, begin: int, end: int) -> None:
    document = parse_yaml("\n".join(line or "" for line in work.lines[begin:end]), work.file, [], first_line=begin + 1)
    if document is None:
        return
    dates = {setting.name: setting.written.startswith("a date as far") for setting in settings_of(kind) if setting.written.startswith("a date")}
    entries = enumerate(document.value) if isinstance(document.value, list) else [(None, document.value)]
    for number, entry in entries:
        for name, partial in dates.items():
            value = entry.get(name) if isinstance(entry, dict) else None
            at = (name,) if number is None else (number, name)
            if isinstance(value, str):
                _fix_date(work, document, at, name, value, partial)


def _fix_date(work: _Work, document: Document, at: tuple[str | int, ...], name: str, value: str, partial: bool) -> None:
    line = document.line(at) or 1
    try:
        mended = iso_date(value.strip(), partial)
    except _Doubt as doubt:
        work.doubts.append(Problem(work.file, line, f"{doubt}.", "A person must say which is meant.", field=name, severity="warning"))
        return
    text = work.lines[line - 1] or ""
    head, colon, rest = text.partition(":")
    if mended and rest.strip().strip("\"'") == value:
        work.change(line - 1, f"{head}{colon} {mended}", f"{value} became {mended}")


def _sort(work: _Work, kind: ContentType) -> None:
    """Puts the entries of a list in the order its kind declares; comments above an entry move with it."""
    document = parse_yaml("\n".join(line or "" for line in work.lines), work.file, [])
    if document is None or not isinstance(document.value, list) or not all(isinstance(entry, dict) and entry.get(kind.sorted_by) for entry in document.value):
        return
    starts = [number for number, line in enumerate(work.lines) if line is not None and line.startswith("- ")]
    if not starts or len(starts) != len(document.value):
        return
    begins = [starts[0], *(_with_comments(work, start) for start in starts[1:])]  # remarks at the top belong to the file
    end = len(work.lines) - 1 if work.lines[-1] == "" else len(work.lines)
    blocks = [list(range(begin, following)) for begin, following in zip(begins, [*begins[1:], end], strict=True)]
    words = [re.sub(r"[^a-z0-9]+", " ", str(entry[kind.sorted_by]).lower()).strip() for entry in document.value if isinstance(entry, dict)]
    order = sorted(range(len(blocks)), key=lambda place: words[place])
    if order == sorted(order):
        return
    work.order = [*range(begins[0]), *(number for place in order for number in blocks[place]), *range(end, len(work.lines))]
    moved = document.value[next(place for place, was in enumerate(order) if place != was)]
    work.mends.append(Mend(work.file, starts[0] + 1, f"the list was put in order by {kind.sorted_by}, A to Z (from {moved[kind.sorted_by]} on)"))  # type: ignore[index,call-overload]


def _with_comments(work: _Work, start: int) -> int:
    while (work.lines[start - 1] or "").startswith("#"):
        start -= 1
    return start
