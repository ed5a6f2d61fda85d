"""Tables as they are shown: sorted, grouped, with computed columns and totals, and which table belongs where.

Owns: the arrangement that a table's description asks for. Never: writes HTML, or shows a number that is withheld.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import Any

from macros.content.arithmetic import percentage, rounded, worked_out
from macros.content.catalogue import Catalogue, PageEntry, is_own
from macros.content.editions import as_said_by, last_day, why_no_change
from macros.content.findings import finding
from macros.content.suppression import HIDDEN, TOTAL
from macros.models.cells import Cell, read_cell, show
from macros.models.table import ALL_OTHERS, Computed, Table, TableDescription
from macros.models.words import given
from macros.sources.words import Call
from macros.views.pages import Link

_BLANK = Cell("", None, "")
# Letters side by side that a phone 390 px wide has room for in a table's frame, what a column's edges take of them, what a column needs before
# its text breaks into a word a line, and how many cells may stand one below another before a page becomes too long to find anything in.
_NARROW, _EDGES, _COLUMN, _MOST_STACKED = 36, 3.5, 14, 240
# Of a longer table a page shows the beginning, so that an old phone can load it: so many rows, of so many letters (a cell's own and its tags').
MOST_ROWS, _LETTERS, _TAGS = 1_000, 250_000, 30
_FEW = 2  # so many rows of a document are named one by one, where a run of more is named by its ends


@dataclass(frozen=True)
class Heading:
    """A column as it is shown. ``worked_out`` says that the site computed it."""

    name: str
    title: str
    unit: str | None
    is_number: bool
    worked_out: bool = False


@dataclass(frozen=True)
class ShownRow:
    """A row as it is shown: its cells by column, and its address within the page."""

    key: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class RowGroup:
    """Rows under a heading of their own; ``title`` is empty where the table is not grouped."""

    title: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True)
class ArrangedTable:
    """A table as its description asks for it: computed, sorted, grouped and totalled."""

    table: Table
    headings: tuple[Heading, ...]
    groups: tuple[RowGroup, ...]
    total: ShownRow | None
    row_header: str
    revised: frozenset[tuple[str, str]] = frozenset()
    left_out: int = 0

    @property
    def stacks(self) -> bool:
        """Whether a phone shows each row as a list of its cells, as the columns have no room side by side there."""
        rows = [row for group in self.groups for row in group.rows]
        if len(rows) * len(self.headings) > _MOST_STACKED:
            return False
        needed = 0.0
        for heading in self.headings:
            longest = max([*map(len, heading.title.split()), *(len(row.cells[heading.name].shown) for row in rows)])
            needed += _EDGES + min(_COLUMN, longest)
        return needed > _NARROW

    def looks(self, row: ShownRow) -> Iterator[tuple[str, str]]:
        """A row's cells in the order of the headings: how each looks (head, head number, number, gap, plain) and what it says.

        One that is ``empty`` for the eye says to the ear that it is.
        """
        for heading in self.headings:
            cell = row.cells.get(heading.name, _BLANK)
            if (row.key, heading.name) in self.revised:
                yield "number" if heading.is_number else "plain", f"{cell.shown} (corrected)"
            elif heading.name == self.row_header and cell.shown:
                yield "head number" if heading.is_number else "head", cell.shown
            elif cell.value is None and cell.text:
                yield "gap", cell.shown
            elif not cell.shown:
                yield "empty", "No total" if row is self.total else "Not worked out" if heading.worked_out else "Blank"
            else:
                yield "number" if heading.is_number else "plain", cell.shown


@dataclass(frozen=True)
class Origin:
    """A document that rows of a table come from, and where in it; which rows, in words, where others come from another."""

    source: Any
    place: str
    rows: str
    keys: tuple[str, ...]


def origins(catalogue: Catalogue, table: Table) -> tuple[Origin, ...]:
    """Every document that rows of a table come from, the earliest first."""
    found = []
    for edition in sorted(table.editions, key=lambda e: (last_day(catalogue, e.source), e.source, e.place)):
        places = [at for at, row in enumerate(table.rows) if not table.about.editions or edition in table.editions_of(row)]
        keys = tuple(table.keys[at] for at in places) if table.about.key else ()
        if len(table.editions) == 1 or table.about.derived:
            rows = ""
        elif edition.rows == (ALL_OTHERS,):
            rows = "all other rows"
        elif len(keys) > _FEW and places == list(range(places[0], places[-1] + 1)):
            rows = f"{keys[0]} to {keys[-1]}"
        else:
            rows = " and ".join(filter(None, (", ".join(keys[:-1]), *keys[-1:])))
        if places or len(table.editions) == 1:
            found.append(Origin(catalogue.get("source", edition.source), edition.place, rows, keys))
    return tuple(found)


def notes(catalogue: Catalogue, table: Table) -> tuple[str, ...]:
    """What a reader must know of a table beside its marks: its own notes, and those of its documents."""
    of_documents = [f"{catalogue.get('source', edition.source).title}: {note}" for edition in table.about.editions for note in edition.notes]
    return (*table.about.notes, *of_documents)


def marks(catalogue: Catalogue, table: Table) -> tuple[str, ...]:
    """What is marked in a table: each number that was corrected, and from when something is counted in another way."""
    about, said = table.about, []
    for one in about.revisions:
        was, now = (read_cell(text, about.column(one.column).type).shown for text in (one.was, one.now))
        said.append(f"{one.row}, {about.column(one.column).title}: {was} was corrected to {now} in {catalogue.get('source', one.source).title}. {one.because}")
    for at in about.breaks:
        what = f" ({', '.join(about.column(name).title for name in at.columns)})" if at.columns else ""
        said.append(f"Counted differently from {at.from_.title}{what}: {at.because} Numbers from before are not compared with those since.")
    return tuple(said)


def arrange(table: Table) -> ArrangedTable:
    """The table with its computed columns, in its order, under its headings, with its total."""
    about = table.about
    shown = _shown_cells(table)
    headings = [Heading(c.name, c.title, c.unit, c.is_number) for c in about.columns if c.name != about.group_by]
    headings += [Heading(c.name, c.title, None, True, worked_out=True) for c in about.computed]
    keys = table.keys or [str(number) for number, _ in enumerate(table.rows, 1)]
    groups = tuple(RowGroup(title, tuple(ShownRow(keys[i], shown[i]) for i in part)) for title, part in _order(table))
    row_header = about.row_header if about.row_header != about.group_by else headings[0].name
    return ArrangedTable(table, tuple(headings), groups, _total(table), row_header, frozenset((one.row, one.column) for one in about.revisions))


def beginning(arranged: ArrangedTable) -> ArrangedTable:
    """A table as a page shows it: as many of its rows as a page has room for, the first at least. ``left_out`` says how many more there are."""
    rows = [row for group in arranged.groups for row in group.rows]
    letters = accumulate(sum(_TAGS + len(shown) for _, shown in arranged.looks(row)) for row in rows[:MOST_ROWS])
    fit = sum(so_far <= _LETTERS for so_far in letters) or 1
    if fit >= len(rows):
        return arranged
    begins = accumulate((len(group.rows) for group in arranged.groups), initial=0)
    groups = tuple(RowGroup(group.title, group.rows[: fit - at]) for group, at in zip(arranged.groups, begins, strict=False) if at < fit)
    return replace(arranged, groups=groups, left_out=len(rows) - fit)


def may_be_cut(table: Table) -> bool:
    """Whether a page may have no room for every row; small tables are told by their size alone."""
    return len(table.rows) > MOST_ROWS or sum(_TAGS + len(cell.shown) for row in table.rows for cell in row.cells.values()) * 2 > _LETTERS


def _order(table: Table) -> list[tuple[str, Sequence[int]]]:
    """The numbers of the rows in the order in which they are shown, under the titles of their groups."""
    about = table.about
    order = _sorted_rows(table, about.sort) if about.sort else range(len(table.rows))
    if not about.group_by:
        return [("", order)]
    groups: dict[str, list[int]] = {"": []}  # rows without a heading come first, as they would else seem to stand under another's
    for number in order:
        groups.setdefault(table.rows[number].cells[about.group_by].shown, []).append(number)
    return [(title, rows) for title, rows in groups.items() if rows]


def _sorted_rows(table: Table, sort: str) -> Sequence[int]:
    """The numbers of the rows in an order such as ``views, largest first``; equals as in the file, gaps last."""
    column, order = sort.split(", ")
    computed = next((c for c in table.about.computed if c.name == column), None)
    values = worked_out(table, computed) if computed else [row.cells[column].value for row in table.rows]
    known: list[tuple[Any, int]] = [(value, number) for number, value in enumerate(values) if value is not None]
    known.sort(key=lambda pair: pair[0], reverse=order == "largest first")  # which leaves equals as they are, too
    return [number for _, number in known] + [number for number, value in enumerate(values) if value is None]


def _shown_cells(table: Table) -> list[dict[str, Cell]]:
    rows = [dict(cells) for cells in public_cells(table)]
    for computed in table.about.computed:
        for number, value in enumerate(worked_out(table, computed)):
            rows[number][computed.name] = HIDDEN if (number, computed.name) in table.hidden else _computed_cell(value, computed)
            if (
                value is None
                and number
                and (column := computed.change_in)
                and rows[number][column].value is not None
                and rows[number - 1][column].value is not None
            ):
                why = why_no_change(table, column, table.rows[number - 1], table.rows[number])
                rows[number][computed.name] = Cell(why, None, why)
    return rows


def _computed_cell(value: Decimal | None, computed: Computed) -> Cell:
    if value is None:
        return _BLANK
    number = rounded(value, computed.decimals)
    sign = "+" if computed.change_in and number > 0 else ""
    return Cell(str(number), number, sign + show(number, computed.shown_as))


def _total(table: Table) -> ShownRow | None:
    about = table.about
    if about.total is None:
        return None
    cells = {about.row_header: Cell(about.total.label, about.total.label, about.total.label)}
    for name in about.total.columns:
        value = _sum(table, name)
        cells[name] = _BLANK if value is None else Cell(str(value), value, show(value, about.column(name).type))
    for computed in about.computed:
        if computed.share_of:
            cells[computed.name] = _computed_cell(Decimal(100) if _sum(table, computed.share_of) else None, computed)
        elif computed.ratio and all(name in about.total.columns for name in computed.ratio):
            part, whole = (_sum(table, name) for name in computed.ratio)
            cells[computed.name] = _computed_cell(percentage(part, whole), computed)
    cells |= {name: HIDDEN for name in cells if (TOTAL, name) in table.hidden}
    return ShownRow(about.total.label, cells)


def _sum(table: Table, column: str) -> Decimal | None:
    """What a column adds up to; nothing where it holds no number."""
    numbers = [number for row in table.rows_for_sums if (number := row.number(column)) is not None]
    return sum(numbers, Decimal(0)) if numbers else None


def cell(catalogue: Catalogue, table_name: str, row: str, column: str, source: str = "") -> Cell:
    """One cell as a page shows it, now or when a document was written, by the row's key (or total, latest, previous, earliest) and the column.

    Raises LookupError where there is no such cell.
    """
    table = as_said_by(catalogue, catalogue.tables[table_name], source, row)
    cells: Mapping[str, Cell] = {}
    if row == "total":
        total = _total(table)
        cells = total.cells if total else {}
    elif found := table.row(row):
        cells = _shown_cells(table)[table.rows.index(found)]
    if column not in cells:
        raise LookupError(f"{table_name} has no {column} of {row}")
    return cells[column]


def public_cells(table: Table) -> tuple[Mapping[str, Cell], ...]:
    """A table's published columns row by row, as anybody may see them: what a page hides, its files hide too."""
    return tuple(row.cells for row in table.rows)


def tables_by_subject(catalogue: Catalogue) -> dict[str, list[TableDescription]]:
    """The tables of the catalogue page, by subject, titles in order."""
    found: defaultdict[str, list[TableDescription]] = defaultdict(list)
    for about in sorted((table.about for table in catalogue.tables.values()), key=lambda about: (not is_own(catalogue, about.area), about.title)):
        found[about.subject].append(about)
    return dict(sorted(found.items()))


def row_counts(catalogue: Catalogue) -> dict[str, int]:
    return {name: len(table.rows) for name, table in catalogue.tables.items()}


def tables_by_source(catalogue: Catalogue) -> dict[str, list[tuple[TableDescription, Origin]]]:
    """The tables by the id of each document they come from, with the rows and the place in it, in the order of the documents."""
    pairs = [(table.about, origin) for table in sorted(catalogue.tables.values(), key=lambda table: table.about.title) for origin in origins(catalogue, table)]
    return {source.id: found for source in catalogue.all("source") if (found := [pair for pair in pairs if pair[1].source.id == source.id])}


def tables_by_year(catalogue: Catalogue) -> dict[str, list[TableDescription]]:
    """The tables by year, titles in order."""
    return by_year(sorted((table.about for table in catalogue.tables.values()), key=lambda about: about.title))


def by_year(described: Iterable[Any]) -> dict[str, list[Any]]:
    """Tables or figures by the last year that their period names, newest first, each in the order given; those that name none come last."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for about in described:
        found[max(re.findall(r"\b(?:19|20)\d{2}(?:/\d{2})?", about.period), default="")].append(about)
    return {year or "No year named": same for year, same in sorted(found.items(), reverse=True)}


def uses_of_table(catalogue: Catalogue, name: str) -> tuple[Link, ...]:
    """The pages that show a table, its chart or one of its cells."""
    return tuple(Link(page.title_in_lists, page.address) for page in catalogue.ask(pages_by_table).get(name, ()))


def pages_by_table(catalogue: Catalogue) -> dict[str, list[PageEntry]]:
    """The pages that show each table, its chart or one of its cells, by the table's name."""
    found: defaultdict[str, list[PageEntry]] = defaultdict(list)
    for page in catalogue.pages.values():
        for name in dict.fromkeys(filter(None, map(table_named, page.calls))):
            found[name].append(page)
    return dict(found)


def told_first(catalogue: Catalogue) -> list[tuple[str, Table]]:
    """What the numbers show, as the page of figures says it: each finding that an editor put there, with its table."""
    page = catalogue.pages.get("performance/index.md")
    told = [catalogue.tables[table_named(call)] for call in (page.calls if page else ()) if call.name == "finding"]
    return [(sentence, table) for table in told if (sentence := finding(table))]


def table_named(call: Call) -> str:
    """The table that a word of a page shows, charts or takes a cell from; nothing for another word."""
    argument = {"table": "id", "chart": "id", "finding": "id", "value": "table"}.get(call.name)
    return given(call.name, call.arguments, call.named)[argument] if argument else ""
