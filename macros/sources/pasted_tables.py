"""Tables as Word, Excel and web pages paste them (HTML, or cells with tabs between them), as Markdown.

Owns: what is a table there, and whether it has one reading. Never: guesses: merged cells, tables in tables, lists or pictures in a cell are left.
Markdown has no table without a heading, so the first row becomes it.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from macros.sources.pages import blank_code, blanks_for

HTML_TABLE = re.compile(r"<table\b(?:(?!</?table\b).)*</table\s*>", re.DOTALL | re.IGNORECASE)
_ROW = r"(?![ >|\-*+#])[^\t\n]*(?:\t[^\t\n]*)+"
_TABS = re.compile(rf"^(?=[^\t\n]*\w){_ROW}(?:\n{_ROW})+$", re.MULTILINE)
_SIGN = re.compile(r"(?:\W+|[olnquvØü]|[0-9a-z]{1,3}[.)])\s*\Z")  # of a list, as Word pastes one, with a tab after it
_NOT_PLAIN = re.compile(r"[{}<>`\\\[\]]")
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_LEFT_ALONE = {"p", "span", "div", "tbody", "thead", "tfoot", "colgroup", "col", "font", "u", "o:p", "table", *_MARKS}


class PastedTable(NamedTuple):
    """Where a table begins and ends in a text, and what it is in Markdown; nothing where it has more than one reading."""

    start: int
    end: int
    markdown: str | None


def pasted_tables(text: str) -> Iterator[PastedTable]:
    """Every such table of a page's Markdown outside examples of code, in order."""
    if "\t" not in text and "<" not in text:
        return
    shown = blank_code(text)
    for match in HTML_TABLE.finditer(shown):
        reader = _Reader()
        reader.feed(match.group())
        yield PastedTable(*match.span(), _as_markdown(reader.rows) if reader.certain else None)
    for match in _TABS.finditer(HTML_TABLE.sub(blanks_for, shown)):
        rows = [line.split("\t") for line in match.group().split("\n")]
        if not any(_SIGN.match(row[0]) for row in rows) and (found := _as_markdown([[cell.replace("|", "\\|") for cell in row] for row in rows])):
            yield PastedTable(*match.span(), found)


def _as_markdown(rows: list[list[str]]) -> str | None:
    """Rows of cells as a table, the first its heading; nothing where they are not all of one width, or a heading is blank."""
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    even = len(cells) > 1 and len({len(row) for row in cells}) == 1 and len(cells[0]) > 1 and all(cells[0])
    if not even or any(_NOT_PLAIN.search(cell.replace("\\|", "")) for row in cells for cell in row):
        return None
    heading = [cell.strip("*") for cell in cells[0]]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heading, ["---"] * len(heading), *cells[1:]))


class _Reader(HTMLParser):
    """The cells of one table, row by row; ``certain`` until something comes that a cell of Markdown cannot hold."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.certain = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self.certain &= all(value in (None, "", "1") for name, value in attrs if name in ("colspan", "rowspan"))
        elif tag == "p" and self.rows and self.rows[-1] and self.rows[-1][-1].strip():  # a second paragraph
            self.certain = False
        else:
            self.certain &= tag in _LEFT_ALONE
            self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        self._mark(tag)

    def _mark(self, tag: str) -> None:
        if tag in _MARKS and self.rows and self.rows[-1]:
            self.rows[-1][-1] += _MARKS[tag]

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.certain &= not re.search("[*_]", data)
            self.rows[-1][-1] += data.replace("|", "\\|")
        else:
            self.certain &= not data.strip()
