"""Questions about the catalogue, answered without a word of HTML.

Owns: what is shown where: a table arranged as its description asks, the records of a theme, a section's
menu, what is related to a page. pandas adds up, sorts and groups. Never: writes HTML, reads a file or the clock.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from macros.arithmetic import NoSuchNumber, number_at, rounded, worked_out
from macros.catalogue import Catalogue, PageEntry
from macros.models import BY_NAME, BY_PLURAL
from macros.models.base import ContentType, in_words, time_in_words
from macros.models.cells import Cell, ColumnType, show
from macros.models.measure import Measure
from macros.models.outlets import EVERYTHING
from macros.models.table import Computed, Table, TableDescription
from macros.rules.measure_verdicts import verdict
from macros.suppression import HIDDEN, TOTAL

if TYPE_CHECKING:
    import pandas as pd


# Tables ----------------------------------------------------------------------------------------------------


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

    def looks(self, row: ShownRow) -> Iterator[tuple[str, str]]:
        """A row's cells in the order of the headings: how each looks (head, head number, number, gap, plain) and what it says."""
        for heading in self.headings:
            cell = row.cells[heading.name]
            if heading.name == self.row_header and cell.shown:
                yield "head number" if heading.is_number else "head", cell.shown
            elif cell.value is None and cell.text:
                yield "gap", cell.shown
            else:
                yield "number" if heading.is_number else "plain", cell.shown

    @property
    def row_count(self) -> int:
        """How many rows it has, totals and headings not counted."""
        return sum(len(group.rows) for group in self.groups)


def arrange(table: Table) -> ArrangedTable:
    """The table with its computed columns, in its order, under its headings, with its total."""
    about = table.about
    shown = _shown_cells(table)
    hidden = {about.group_by} if about.group_by else set()
    headings = tuple(
        [Heading(c.name, c.title, c.unit, c.is_number) for c in about.columns if c.name not in hidden]
        + [Heading(c.name, c.title, None, True, worked_out=True) for c in about.computed]
    )
    keys = table.keys or tuple(str(number) for number in range(1, len(table.rows) + 1))
    groups = tuple(RowGroup(title, tuple(ShownRow(keys[i], shown[i]) for i in part)) for title, part in _order(table))
    row_header = about.row_header if about.row_header not in hidden else headings[0].name
    return ArrangedTable(table, headings, groups, _total(table), row_header)


def _order(table: Table) -> list[tuple[str, Sequence[int]]]:
    """The numbers of the rows in the order in which they are shown, under the titles of their groups."""
    about = table.about
    if not about.sort and not about.group_by:
        return [("", range(len(table.rows)))]
    order = _sorted(_frame(table), about.sort)
    if not about.group_by:
        return [("", list(order.index))]
    return [(str(title), list(part.index)) for title, part in order.groupby(about.group_by, sort=False, dropna=False)]


def _frame(table: Table) -> pd.DataFrame:
    """The typed values by column; object columns, so that decimals stay exact and gaps stay gaps."""
    import pandas as pd  # half a second to load: only a table that is sorted or grouped pays for it

    columns = {c.name: pd.Series([row.cells[c.name].value for row in table.rows], dtype=object) for c in table.about.columns}
    for computed in table.about.computed:
        columns[computed.name] = pd.Series(worked_out(table, computed), dtype=object)
    return pd.DataFrame(columns)


def _shown_cells(table: Table) -> list[dict[str, Cell]]:
    rows = [dict(cells) for cells in public_cells(table)]
    for computed in table.about.computed:
        for number, value in enumerate(worked_out(table, computed)):
            rows[number][computed.name] = HIDDEN if (number, computed.name) in table.hidden else _computed_cell(value, computed)
    return rows


def _computed_cell(value: Decimal | None, computed: Computed) -> Cell:
    if value is None:
        return Cell("", None, "")
    number = rounded(value, computed.decimals)
    kind: ColumnType = "decimal" if computed.as_ == "number" and computed.change_in else "percentage"
    text = show(number, kind)
    if computed.change_in and number > 0:
        text = f"+{text}"
    return Cell(str(number), number, text)


def _sorted(frame: pd.DataFrame, sort: str | None) -> pd.DataFrame:
    if not sort:
        return frame
    column, _, order = sort.partition(", ")
    return frame.sort_values(column, ascending=order != "largest first", kind="stable", na_position="last")


def _total(table: Table) -> ShownRow | None:
    about = table.about
    if about.total is None:
        return None
    cells = {about.row_header: Cell(about.total.label, about.total.label, about.total.label)}
    for name in about.total.columns:
        values = (row.cells[name].value for row in table.rows_for_sums)
        value = sum((number for number in values if isinstance(number, Decimal)), Decimal(0))
        cells[name] = Cell(str(value), value, show(value, about.column(name).type))
    for computed in about.computed:
        if computed.share_of:
            cells[computed.name] = _computed_cell(Decimal(100), computed)
        elif computed.ratio and all(name in cells for name in computed.ratio):
            part, whole = (cells[name].value for name in computed.ratio)
            if isinstance(part, Decimal) and isinstance(whole, Decimal) and whole:
                cells[computed.name] = _computed_cell(part * 100 / whole, computed)
    cells |= {name: HIDDEN for name in cells if (TOTAL, name) in table.hidden}
    return ShownRow(about.total.label, cells)


def cell(catalogue: Catalogue, table_name: str, row: str, column: str) -> Cell:
    """One cell as a page shows it, by the row's key (or total, latest, previous, earliest) and the column.

    Raises:
        LookupError: there is no such cell.
    """
    table = catalogue.tables[table_name]
    if row == "total":
        total = _total(table)
        if total is None or column not in total.cells:
            raise LookupError(f"{table_name} has no total of {column}")
        return total.cells[column]
    found = table.row(row)
    if found is None:
        raise LookupError(f"{table_name} has no row {row}")
    if column in found.cells:
        return public_cells(table)[table.rows.index(found)][column]
    computed = next(c for c in table.about.computed if c.name == column)
    number = table.rows.index(found)
    return HIDDEN if (number, column) in table.hidden else _computed_cell(worked_out(table, computed)[number], computed)


def public_cells(table: Table) -> tuple[Mapping[str, Cell], ...]:
    """A table's published columns row by row, as anybody may see them: what a page hides, its files hide too."""
    return tuple(row.cells for row in table.rows)


def tables_by_subject(catalogue: Catalogue) -> dict[str, list[TableDescription]]:
    """The tables of the catalogue page, by subject, titles in order."""
    found: dict[str, list[TableDescription]] = {}
    for about in sorted(_described(catalogue), key=lambda about: (about.area != "cheshire-east", about.subject, about.title)):
        found.setdefault(about.subject, []).append(about)
    return dict(sorted(found.items()))


def _described(catalogue: Catalogue) -> list[TableDescription]:
    return [table.about for table in catalogue.tables.values()]


def row_counts(catalogue: Catalogue) -> dict[str, int]:
    """How many rows each table has, by its name."""
    return {name: len(table.rows) for name, table in catalogue.tables.items()}


def tables_by_source(catalogue: Catalogue) -> dict[str, list[TableDescription]]:
    """The tables by the id of the document they come from, in the order of the documents."""
    found = {source.id: [about for about in _described(catalogue) if about.source == source.id] for source in catalogue.all("source")}
    return {name: sorted(tables, key=lambda about: about.title) for name, tables in found.items() if tables}


@dataclass(frozen=True)
class FromSource:
    """What of the site comes from one source, and when that was published, in words, where it says so."""

    published: str
    tables: int
    figures: int
    pages: tuple[Link, ...]


def from_source(catalogue: Catalogue, name: str) -> FromSource:
    """How many tables and figures come from a source, and the pages that name it, by title."""
    publication = catalogue.get("publication", name)
    pages = sorted((page for page in catalogue.pages.values() if name in page.meta.sources), key=lambda page: (page.meta.title.lower(), page.path))
    return FromSource(
        in_words(publication.published) if publication and publication.published else "",
        len(catalogue.ask(tables_by_source).get(name, ())),
        sum(figure.source == name for figure in catalogue.all("figure")),
        tuple(Link(page.meta.title, page.address) for page in pages),
    )


def tables_by_year(catalogue: Catalogue) -> dict[str, list[TableDescription]]:
    """The tables by the last year that their period names, newest first; those that name none come last."""
    found: dict[str, list[TableDescription]] = {}
    for about in sorted(_described(catalogue), key=lambda about: about.title):
        years = re.findall(r"\b(?:19|20)\d{2}(?:/\d{2})?", about.period)
        found.setdefault(max(years) if years else "No year named", []).append(about)
    return dict(sorted(found.items(), key=lambda pair: (pair[0][0].isdigit(), pair[0]), reverse=True))


@dataclass(frozen=True)
class Score:
    """One line of the scorecard: the newest number of a column, the one before, and which way is good."""

    table: Table
    column: str
    title: str
    unit: str | None
    latest: Cell
    latest_row: str
    before: Cell
    before_row: str
    direction: str  # "up", "down", "the same"
    better: str  # "better", "worse", "neither"


def scorecard(catalogue: Catalogue) -> list[Score]:
    """Every number over years whose description says which way is good (or that neither is)."""
    found = []
    for table in catalogue.tables.values():
        if table.about.area != "cheshire-east" or len(table.rows) < 2 or not table.about.key:
            continue
        for column in table.about.columns:
            if column.better is None or column.comparator or table.about.key[0] != "year" or len(table.about.key) > 1:
                continue
            numbers = [row for row in table.rows if isinstance(row.cells[column.name].value, Decimal)]
            if len(numbers) < 2:
                continue
            before, latest = numbers[-2].cells[column.name], numbers[-1].cells[column.name]
            direction = _direction(before.value, latest.value)
            better = "neither" if column.better == "neither" or direction == "the same" else ("better" if direction == column.better else "worse")
            found.append(
                Score(table, column.name, column.title, column.unit, latest, table.key_of(numbers[-1]), before, table.key_of(numbers[-2]), direction, better)
            )
    return found


def _direction(before: Any, latest: Any) -> str:
    return "up" if latest > before else "down" if latest < before else "the same"


# Records ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """A record as a listing shows it."""

    kind: ContentType
    record: Any
    title: str
    address: str
    summary: str
    date: str


def item(catalogue: Catalogue, kind: ContentType, record: Any) -> Item:
    """A record with its title, address, one sentence and date in words."""
    summary = next(
        (getattr(record, name) for name in ("description", "summary", "holds", "purpose", "role", "meaning", "aim") if getattr(record, name, None)), ""
    )
    return Item(kind, record, record.title, catalogue.address(kind.name, record), summary, date_of(record))


def date_of(record: Any) -> str:
    """The record's own date in words, where its type has one that readers care for."""
    for name in ("published", "held", "when"):
        value = getattr(record, name, None)
        if value:
            return in_words(value)
    return ""


def listed(
    catalogue: Catalogue, plural: str, theme: str | None = None, kind: str | None = None, year: str | None = None, audience: str | None = None
) -> list[Item]:
    """The records of a type that fit, newest first where the type has dates, else in the editors' order."""
    content_type = BY_PLURAL[plural]
    records = [
        record
        for record in catalogue.all(content_type.name)
        if (theme is None or theme in getattr(record, "themes", ()) or record.id == theme)
        and (kind is None or getattr(record, "kind", None) == kind)
        and (year is None or year in years_of(record))
        and (audience is None or audience in getattr(record, "audience", ()))
    ]
    return [item(catalogue, content_type, record) for record in _ordered(content_type, records)]


def _ordered(content_type: ContentType, records: list[Any]) -> list[Any]:
    if content_type.dates and content_type.name not in ("briefing", "page", "priority", "session"):
        field_name = content_type.dates[0]
        return sorted(records, key=lambda r: str(getattr(r, field_name, "") or ""), reverse=True)
    if content_type.is_pages:
        return sorted(records, key=lambda r: (r.order, r.title))
    return records


def years_of(record: Any) -> tuple[str, ...]:
    """The years a record belongs to: its own, or that of its date."""
    if getattr(record, "years", None):
        return tuple(record.years)
    if getattr(record, "year", None):
        return (record.year,)
    date = getattr(record, "published", None)
    return (date[:4],) if date and date[:4].isdigit() else ()


def has_theme(record: Any, theme: str) -> bool:
    """Whether a record carries a theme."""
    return theme in getattr(record, "themes", ())


# What a topic gathers, in the order in which a reader wants it.
_HUB = ("priority", "review", "briefing", "audit", "news", "session", "event", "training-series", "publication", "group")


@dataclass(frozen=True)
class Hub:
    """Everything of a theme."""

    sections: tuple[tuple[ContentType, tuple[Item, ...]], ...]
    tables: tuple[Table, ...]
    figures: tuple[Any, ...]
    actions: tuple[Any, ...]
    measures: tuple[Any, ...]
    topic: Item | None


def hub(catalogue: Catalogue, theme: str) -> Hub:
    """Everything that carries a theme, by type. Nothing is listed by hand: a theme on a record puts it here."""
    sections = []
    for name in _HUB:
        content_type = BY_NAME[name]
        records = [r for r in catalogue.all(name) if has_theme(r, theme)]
        if records:
            sections.append((content_type, tuple(item(catalogue, content_type, r) for r in _ordered(content_type, records))))
    topic = catalogue.get("topic", theme)
    priorities = {priority.id for priority in catalogue.all("priority") if has_theme(priority, theme)}
    return Hub(
        tuple(sections),
        tuple(t for t in catalogue.tables.values() if theme in t.about.themes),
        tuple(f for f in catalogue.all("figure") if has_theme(f, theme)),
        tuple(a for a in catalogue.all("action") if has_theme(a, theme)),
        tuple(m for m in catalogue.all("measure") if m.priority in priorities),
        item(catalogue, BY_NAME["topic"], topic) if topic else None,
    )


def sessions_by_day(catalogue: Catalogue, event: str) -> list[tuple[str, list[Any]]]:
    """An event's sessions under their themed days, both in the editors' order."""
    days: dict[str, list[Any]] = {}
    for session in catalogue.all("session"):
        if session.event == event:
            days.setdefault(session.theme_day or "Other sessions", []).append(session)
    return list(days.items())


@dataclass(frozen=True)
class MeasureView:
    """A success measure with its numbers written out and both verdicts."""

    measure: Measure
    baseline: str
    target: str
    result: str
    verdict: str


def measures_for(catalogue: Catalogue, priority: str) -> list[MeasureView]:
    """A priority's measures in the editors' order."""
    return [
        MeasureView(
            m,
            _shown_number(catalogue, m.baseline, m.unit),
            _shown_number(catalogue, m.target, m.unit),
            _shown_number(catalogue, m.result, m.unit),
            verdict(catalogue, m),
        )
        for m in catalogue.all("measure")
        if m.priority == priority
    ]


def _shown_number(catalogue: Catalogue, reference: str | None, unit: str | None) -> str:
    """A measure's number as it was published, with its unit; words where there is none."""
    if reference is None:
        return "not published"
    figure = catalogue.get("figure", reference)
    if figure:
        return str(figure.shown)
    parts = reference.split(" | ")
    if len(parts) == 3:
        shown = cell(catalogue, parts[0], parts[1], parts[2]).shown
    else:
        try:
            shown = show(number_at(catalogue, reference), "decimal")
        except NoSuchNumber:
            return reference
    return f"{shown}%" if unit in ("%", "per cent") and not shown.endswith("%") else shown


def actions_of(catalogue: Catalogue, plan: str) -> list[Any]:
    """The actions of a plan in the editors' order."""
    return [action for action in catalogue.all("action") if action.plan == plan]


def groups_in(catalogue: Catalogue, period: str | None) -> list[Any]:
    """The groups whose period speaks of a year; all of them where none is asked for."""
    return [group for group in catalogue.all("group") if period is None or period in group.period]


# Dates -----------------------------------------------------------------------------------------------------

_DATED = ("event", "session", "news")


@dataclass(frozen=True)
class Dated:
    """A record that has a full date, with the time of day and length where they are published."""

    kind: ContentType
    record: Any
    day: date
    starts: str | None
    minutes: int | None


@dataclass(frozen=True)
class Calendar:
    """A calendar to be kept or followed: its address, its name and what is in it."""

    address: str
    title: str
    entries: tuple[Dated, ...]


def dated(catalogue: Catalogue) -> list[Dated]:
    """Everything with a full date, oldest first. What is dated to a month or a year has no place in a calendar."""
    found = []
    for kind in (BY_NAME[name] for name in _DATED):
        for record in catalogue.all(kind.name):
            day = record.date if kind.name != "news" else date.fromisoformat(record.published) if len(record.published) == 10 else None
            if day:
                found.append(Dated(kind, record, day, getattr(record, "starts", None), getattr(record, "minutes", None)))
    return sorted(found, key=lambda entry: (entry.day, entry.starts or "", entry.kind.name, entry.record.id))


def calendars(catalogue: Catalogue) -> dict[str, Calendar]:
    """The calendars by address: one of everything, one for each dated record; an event's holds its dated sessions too."""
    entries = dated(catalogue)
    found = [Calendar(EVERYTHING, "Everything with a date", tuple(entries))]
    for event in catalogue.all("event"):
        own = tuple(e for e in entries if e.record is event or (e.kind.name == "session" and e.record.event == event.id))
        if own:
            found.append(Calendar(calendar_address("events", event.id), event.title, own))
    found += [Calendar(calendar_address(e.kind.plural, e.record.id), e.record.title, (e,)) for e in entries if e.kind.name != "event"]
    return {calendar.address: calendar for calendar in found}


def calendar_of(catalogue: Catalogue, plural: str, name: str) -> str:
    """The address of a record's calendar; nothing where it has no full date."""
    address = calendar_address(plural, name)
    return address if address in catalogue.ask(calendars) else ""


def calendar_address(plural: str, name: str) -> str:
    """Where the calendar of a record stands, if it has one."""
    return f"/calendars/{plural}/{name}.ics"


def when(session: Any) -> str:
    """A session's date, time and length in words, as far as they are published."""
    parts = [in_words(session.date)] if session.date else []
    parts += [time_in_words(session.starts)] if session.starts else []
    length = session.length or (f"{session.minutes} minutes" if session.minutes else "")
    return ", ".join([*parts, *([length] if length else [])])


# Pages -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    """A page of this site by its title and address."""

    title: str
    address: str


@dataclass(frozen=True)
class MenuEntry:
    """One line of a section's menu."""

    title: str
    address: str
    level: int


def section_of(path: str) -> str:
    """The top folder a page stands in; nothing for the home page."""
    return path.split("/", 1)[0] if "/" in path else ""


def section_menu(catalogue: Catalogue, section: str) -> list[MenuEntry]:
    """The pages of a section, its own page first, folders within it one step to the right."""
    pages = [p for p in catalogue.pages.values() if section and section_of(p.path) == section]
    return [MenuEntry(p.meta.title, p.address, max(0, _depth(p))) for p in sorted(pages, key=_menu_key)]


def _menu_key(page: PageEntry) -> tuple[Any, ...]:
    parts = page.path.split("/")
    inner = parts[1] if len(parts) > 2 else parts[-1].removesuffix(".md")
    return (
        parts[1] != "index.md" if len(parts) == 2 else True,
        len(parts) > 2,
        inner if len(parts) > 2 else "",
        parts[-1] != "index.md",
        page.meta.order,
        page.meta.title,
    )


def _depth(page: PageEntry) -> int:
    parts = page.path.split("/")
    return len(parts) - (1 if parts[-1] == "index.md" else 0) - 1 if len(parts) > 2 else 0


def trail(catalogue: Catalogue, path: str) -> list[MenuEntry]:
    """The way from the home page to a page, itself left out."""
    found = []
    parts = path.split("/")[:-1]
    home = catalogue.pages.get("index.md")
    if path != "index.md" and home:
        found.append(MenuEntry("Home", "/", 0))
    for depth in range(1, len(parts) + 1):
        index = "/".join(parts[:depth]) + "/index.md"
        page = catalogue.pages.get(index)
        if page and index != path:
            found.append(MenuEntry(page.meta.title, page.address, depth))
    return found


def related(catalogue: Catalogue, path: str, most: int = 6) -> list[Item]:
    """Pages that share themes with the one at ``path``, most shared first; what it links to itself is left out."""
    page = catalogue.pages[path]
    by_theme = catalogue.ask(pages_by_theme)
    shared = Counter(path for theme in page.meta.themes for path in by_theme.get(theme, ()))
    already = {link.target.split("#")[0].lstrip("/") for link in page.links}
    scored: list[tuple[int, str, PageEntry]] = []
    for name, themes in shared.items():
        other = catalogue.pages[name]
        if name != path and name not in already and not name.endswith("index.md"):
            scored.append((-themes * 10 + _weight(other), other.meta.title, other))
    return [item(catalogue, other.kind, other.meta) for _, _, other in sorted(scored, key=lambda s: (*s[:2], s[2].path))[:most]]


def pages_by_theme(catalogue: Catalogue) -> dict[str, list[str]]:
    """The paths of the pages of each theme; a topic's own page has its theme once more."""
    found: dict[str, list[str]] = {}
    for page in catalogue.pages.values():
        for theme in (*dict.fromkeys(page.meta.themes), *([page.meta.id] if page.kind.name == "topic" else [])):
            found.setdefault(theme, []).append(page.path)
    return found


def size_of_picture(catalogue: Catalogue, address: str) -> tuple[int, int] | None:
    """The width and height of a picture at an address of this site, where they can be told."""
    return catalogue.sizes.get(f"docs{address}")


def links_by_path(catalogue: Catalogue) -> dict[str, Link]:
    """Every page's title and address, by its path as editors write it."""
    return {f"/{page.path}": Link(page.meta.title, page.address) for page in catalogue.pages.values()}


def uses_of_table(catalogue: Catalogue, name: str) -> tuple[Link, ...]:
    """The pages that show a table, its chart or one of its cells."""
    return tuple(Link(catalogue.pages[path].meta.title, catalogue.pages[path].address) for path in catalogue.ask(_users_by_table).get(name, ()))


def _users_by_table(catalogue: Catalogue) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for page in catalogue.pages.values():
        for name in dict.fromkeys((*call.arguments, "")[0] for call in page.calls if call.name in ("table", "chart", "value")):
            found.setdefault(name, []).append(page.path)
    return found


def _weight(page: PageEntry) -> int:
    return {"topic": 0, "review": 1, "briefing": 2, "priority": 3}.get(page.kind.name, 5)


def overdue_pages(catalogue: Catalogue) -> list[PageEntry]:
    """Pages past the day on which they were to be read again, oldest first."""
    late = [page for page in catalogue.pages.values() if page.meta.review_by < catalogue.today]
    return sorted(late, key=lambda page: page.meta.review_by)


def finder_items(catalogue: Catalogue) -> list[Item]:
    """Everything there is to learn from: reviews, briefings, audits, topics, priorities, training and news."""
    names: Sequence[str] = ("review", "briefing", "audit", "topic", "priority", "event", "training-series", "news")
    return [found for name in names for found in (item(catalogue, BY_NAME[name], r) for r in _ordered(BY_NAME[name], list(catalogue.all(name))))]


def latest(catalogue: Catalogue, most: int) -> list[Item]:
    """The newest reviews and news, newest first."""
    dated = [(str(r.published), item(catalogue, BY_NAME[name], r)) for name in ("review", "news") for r in catalogue.all(name)]
    return [entry for _, entry in sorted(dated, key=lambda pair: pair[0], reverse=True)[:most]]


def headline_figures(catalogue: Catalogue) -> list[Any]:
    """The figures that stand on the home page, in the editors' order."""
    return [figure for figure in catalogue.all("figure") if figure.headline]


def events_at(catalogue: Catalogue, address: str) -> list[Any]:
    """The events with a full date that the page at an address tells of."""
    return [event for event in catalogue.all("event") if event.date and catalogue.address("event", event).partition("#")[0] == address]


def urgent_contacts(catalogue: Catalogue) -> list[Any]:
    """The numbers for urgent help, in the editors' order."""
    return sorted((c for c in catalogue.all("contact") if c.urgent), key=lambda c: c.order)


def theme_titles(catalogue: Catalogue, themes: Iterable[str]) -> list[tuple[str, str]]:
    """Each theme's id and title."""
    return [(name, catalogue.get("theme", name).title) for name in themes if catalogue.get("theme", name)]
