"""Derived tables: counted from records, or joined, stacked and summed up from other tables, in pandas.

Owns: finding what a derived table is made from, making its cells and noting for each what it was made of. A cell is a text as a file would hold it,
copied or added up exactly: no number is ever a float. pandas is loaded only where a table must be made, and not where one was made before of exactly
the same (``sources.kept``). Never: reads a file of numbers, or decides which number is too small to be shown.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from macros.content.catalogue import TABLES, Place
from macros.content.editions import is_broken
from macros.content.loading import Loading
from macros.content.periods import period_of
from macros.content.suppression import without_small_counts
from macros.content.tables import read_description, table_of
from macros.models import BY_PLURAL
from macros.models.base import MONTHS, Fault, references_in
from macros.models.cells import GAPS, TIMES, read_cell
from macros.models.derived_table import Asked, Derivation, Origin, asked
from macros.models.open_data import OPEN_RECORDS
from macros.models.table import ALL_OTHERS, Break, Edition, Revision, SmallCounts, Spot, Table, TableDescription
from macros.problems import nearest
from macros.sources.csv_files import Grid, Row, is_formula
from macros.sources.kept import Remembered
from macros.sources.yaml_files import At

UNSAID, NO_VALUE, NO_DATE = "not stated in the source", "does not apply", "date not given"  # where a field is left out, a list is empty, no year is named
Rows = Sequence[Mapping[str, list[str]]]  # by field its one text, or those of a list
Made = tuple[str, list[tuple[int, int, str]]]  # a cell's text, and the part, row and column of each cell or record it is made of
_OPEN = {plural: kind for plural, kind in BY_PLURAL.items() if kind.name in OPEN_RECORDS}


@dataclass(frozen=True)
class Part:
    """Records of a type, or a table, with the fields that are asked for, and each row's documents with the places in them."""

    name: str
    rows: Rows
    sources: Sequence[Sequence[tuple[str, str]]]
    table: Table | None = None


def load_derived(loading: Loading, names: Sequence[str]) -> None:
    """Every derived table, when all that they can be made from is there: records, and tables with numbers of their own."""
    given = dict(loading.tables)
    for name in names:
        loading.lost.add(("table", name))
        document, about = loading.take([loading.root / TABLES / f"{name}.yml"], read_description, name)
        if document is None or about is None or about.derived is None or any(_is_lost(loading, part) for part in about.derived.from_):
            continue
        try:
            table = _derive(loading, about, about.derived, given, document.line(("derived", "from")) or 1)
        except Fault as fault:
            loading.tell(document.file, fault.says, fault.fix, document.line(fault.at), ".".join(at for at in fault.at if isinstance(at, str)))
            continue
        loading.lost.discard(("table", name))
        loading.tables[name], loading.places["table", name] = table, Place(document)


def _is_lost(loading: Loading, part: str) -> bool:
    """Whether records or a table could not be read, of which the editor has been told. Records come before a table of the same name."""
    if part in _OPEN:
        return any(kind == _OPEN[part].name for kind, _ in loading.lost)
    return ("table", part) in loading.lost or ("number", part) in loading.lost


def _derive(loading: Loading, about: TableDescription, how: Derivation, given: Mapping[str, Table], line: int) -> Table:
    """Raises a Fault where a name leads nowhere."""
    spoken = list(_spoken_of(about, how))
    parts = [_part(loading, given, name, about, how, spoken) for name in how.from_]
    _check_values(parts, how, spoken)
    columns = [{**asdict(what), "type": column.type, "labels": dict(column.labels)} for column, (what, _) in zip(about.columns, spoken, strict=False)]
    state = json.dumps([[[part.name, part.rows] for part in parts], dict(how), columns], default=dict)
    made: list[list[Made]] = json.loads(make_rows(state))
    for text, number in ((text, number) for row in made for number, (text, _) in enumerate(row)):
        if is_formula(text):
            raise Fault(f'"{text[:40]}" would be a formula, which a spreadsheet would run.', "Begin it with a word.", "columns", number, "name")
    about = _with_what_is_carried(about, parts, made, {name: str(getattr(source, "title", "")) for name, source in loading.records.get("source", {}).items()})
    names = tuple(column.name for column in about.columns)
    grid = Grid(f"{TABLES}/{about.id}.yml", names, tuple(Row(line, tuple(text for text, _ in row)) for row in made))
    origins: dict[Spot, tuple[Origin, ...]] = {
        (number, name): tuple((parts[part].name, at, field) for part, at, field in found)
        for number, row in enumerate(made)
        for name, (_, found) in zip(names, row, strict=True)
    }
    return _without_what_is_hidden(replace(table_of(loading, grid, about), made_from=MappingProxyType(origins)), given)


def _spoken_of(about: TableDescription, how: Derivation) -> Iterator[tuple[Asked, At]]:
    """What each column asks for, and then every field by which rows are chosen, joined or counted."""
    for number, column in enumerate(about.columns):
        yield asked(column.of or column.name, how, *(at := ("columns", number, "of" if column.of else "name"))), at
    for name in ("by", "joined_on", "where"):
        yield from ((Asked("value", field), ("derived", name, *([field] if name == "where" else []))) for field in getattr(how, name))
    if how.across:
        yield Asked("value", how.across), ("derived", "across")


def _part(loading: Loading, given: Mapping[str, Table], name: str, about: TableDescription, how: Derivation, spoken: Sequence[tuple[Asked, At]]) -> Part:
    """One part with every field of it that is spoken of. Records come before a table of the same name."""
    kind, table = _OPEN.get(name), given.get(name)
    if kind is None and table is None:
        says = f'There is nothing called "{name}" to make a table from.' + nearest(name, [*_OPEN, *given])
        raise Fault(says, "Name records, such as sessions, or a table with numbers of its own.", "derived", "from")
    properties = [field for field, what in vars(kind.model).items() if isinstance(what, property)] if kind else []
    fields = [*kind.model.model_fields, *properties] if kind else [column.name for column in table.about.columns] if table else []
    used = {what.field: at for what, at in spoken if what.field and what.way != "table" and what.part in ("", name)}
    if wrong := [field for field in used if field not in fields]:
        raise Fault(f'{name} has no field or column "{wrong[0]}".' + nearest(wrong[0], fields), f"Write one of: {', '.join(fields)}.", *used[wrong[0]])
    years = {what.field for column, (what, _) in zip(about.columns, spoken, strict=False) if column.type == "year"}
    if kind:
        records: list[Any] = [*loading.records[kind.name].values()]
        named = {field: loading.records.get(to, {}) for field, to in references_in(kind.model) if field not in how.where}  # an id is shown as its title
        texts = [{field: _texts(getattr(record, field), field in years) for field in used} for record in records]
        rows = [{field: [getattr(named.get(field, {}).get(text), "title", text) for text in found] for field, found in row.items()} for row in texts]
        said = [[(one.source, one.place) for one in getattr(r, "history", [r]) if getattr(one, "source", None)] for r in records]
        return Part(name, rows, [found or [(source, r.title) for source in getattr(r, "sources", ())] for found, r in zip(said, records, strict=True)])
    assert table is not None
    for what, at in spoken:
        if at[0] == "derived" and what.field in {column for _, column in table.hidden}:
            raise Fault(f'{name} hides small counts in "{what.field}", so no row can be chosen by it.', "Choose rows by another column.", *at)
    rows = [{field: _texts(row.cells[field].text or NO_VALUE, field in years) for field in used} for row in table.rows_for_sums]
    keys = [", ".join(row[field][0] for field in how.joined_on) for row in rows]
    if how.joined_on and (twice := next((key for key in keys if keys.count(key) > 1), None)):
        raise Fault(f'Two rows of {name} are called "{twice}".', "Join on what names one row in each table.", "derived", "joined_on")
    return Part(name, rows, [[(edition.source, edition.place) for edition in table.editions_of(row)] for row in table.rows], table)


def _texts(value: object, as_year: bool) -> list[str]:
    """A field's values as a table's file would hold them; where a year is wanted, that in which a date or a period lies. "Due in 2023" is no date."""
    if isinstance(value, tuple):
        return [*map(str, value)] or [NO_VALUE]
    text = UNSAID if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    if not as_year or text in GAPS:
        return [text]
    first = text.split(",")[0]
    period = None if re.search("[a-z]", re.sub(rf"\b(?:{'|'.join(MONTHS)}|to)\b", "", first), re.IGNORECASE) else period_of(first)
    return [(period.year or (str(period.first.year) if period.first.year == period.last.year else NO_DATE)) if period else NO_DATE]


def _check_values(parts: Sequence[Part], how: Derivation, spoken: Sequence[tuple[Asked, At]]) -> None:
    """Raises a Fault where a value is to be added up and is no number, rows are chosen by one that is nowhere, or one has no column across."""
    for what, at in (pair for pair in spoken if pair[0].way == "sum"):
        for text in (text for part in parts for row in part.rows for text in row[what.field]):
            try:
                read_cell(text, "decimal")
            except Fault as fault:
                raise Fault(f"{what.field} cannot be added up: {fault.says}", "Name a column of numbers.", *at) from None
    for field, wanted in how.where.items():
        there = {text for part in parts for row in part.rows for text in row[field]}
        for value in (value for value in wanted if value not in there):
            raise Fault(f'No row has "{value}" as its {field}.' + nearest(value, there), "Correct the value, or delete it.", "derived", "where", field)
    columns, chosen = {what.value for what, _ in spoken}, [row for part in parts for row in part.rows if _is_chosen(row, how.where)]
    for value in sorted({text for row in chosen if how.across for text in row[how.across]} - columns):
        raise Fault(f'"{value}" has no column.' + nearest(value, columns), f"Add one with `of: count | {value}`, or use `where:`.", "derived", "across")
    if not chosen:
        raise Fault("No row is left.", "Correct `from:` or `where:`.", "derived")


def _is_chosen(row: Mapping[str, Sequence[str]], where: Mapping[str, Sequence[str]]) -> bool:
    return all(not set(row[field]).isdisjoint(wanted) for field, wanted in where.items())


@Remembered
def make_rows(state: str) -> str:
    """The rows of a table, each cell with what it is made of, from all that it is made of. The frames hold only what rows are found by, and their numbers."""
    import pandas as pd  # a third of a second to load

    parts, how, columns = json.loads(state)
    keys = list(dict.fromkeys([*how["joined_on"], *how["by"], *filter(None, [how["across"]])]))
    frames = []
    for number, (_, rows) in enumerate(parts):
        chosen = [at for at, row in enumerate(rows) if _is_chosen(row, how["where"])]
        frame = pd.DataFrame({key: [rows[at][key] for at in chosen] for key in keys}, index=chosen, dtype=object)
        for key in keys:  # a record with several themes is counted under each of them
            frame = frame.explode(key)
        frames.append(frame.assign(**{f"row of {number}": frame.index.astype("Int64")}))
    whole = pd.concat(frames, ignore_index=True)
    if how["joined_on"]:
        whole = whole[how["joined_on"]].drop_duplicates()
        for frame in frames:
            whole = whole.merge(frame, on=how["joined_on"], how="left")
    by_time = [column["field"] for column in columns if column["type"] in TIMES and column["field"] in keys]
    whole = whole.sort_values(by_time, kind="stable", ignore_index=True) if by_time else whole.reset_index(drop=True)
    groups = whole.groupby(how["by"] or whole.index, sort=False)
    return json.dumps([[_cell(parts, how, column, group) for column in columns] for _, group in groups])


def _cell(parts: Sequence[tuple[str, Rows]], how: Mapping[str, Any], column: Mapping[str, Any], group: Any) -> Made:
    """One cell from the rows that are in it, a frame."""
    field, way = column["field"], column["way"]
    if column["value"]:
        group = group[group[how["across"]] == column["value"]]
    found = [(part, int(at)) for part, (name, _) in enumerate(parts) if column["part"] in ("", name) for at in group[f"row of {part}"].dropna()]
    if way == "count":
        return str(len(found)), [(part, at, "") for part, at in found]
    if way == "sum":
        texts = [parts[part][1][at][field][0] for part, at in found]
        unknown = next((text for text in texts if text in GAPS), None)
        return unknown or format(sum(map(Decimal, texts), Decimal(0)), "f"), [(part, at, field) for part, at in found]
    if way == "table":
        texts = [parts[found[0][0]][0]]
    else:
        texts = [group[field].iloc[0]] if field in group else parts[found[0][0]][1][found[0][1]][field] if found else [UNSAID]
    return ", ".join(column["labels"].get(text, text) for text in texts), [(part, at, "" if how["by"] or way == "table" else field) for part, at in found]


def _with_what_is_carried(about: TableDescription, parts: Sequence[Part], made: Sequence[Sequence[Made]], titles: Mapping[str, str]) -> TableDescription:
    """The description with the documents of what is in its cells and the tables' notes and breaks. Raises a Fault where a sum crosses a break, or names no document."""
    places: dict[str, dict[str, None]] = {}
    breaks: dict[Break, dict[str, None]] = {}
    begins: dict[tuple[int, int], int] = {}  # of each column and part the first row that is in it
    revisions: dict[Revision, None] = {}
    mixed: set[str] = set()  # the columns whose rows are counted in different ways
    for number, (part, at, field), first in ((number, origin, found[0]) for row in made for number, (_, found) in enumerate(row) for origin in found):
        for source, place in parts[part].sources[at]:
            places.setdefault(source, {}).update(dict.fromkeys(place.split("; ")))
        if (table := parts[part].table) and field:
            for one in (one for one in table.about.breaks if field in (one.columns or [field])):
                breaks.setdefault(one, {})[about.columns[number].name] = None
            if is_broken(table, field, table.rows[begins.setdefault((number, part), at)], table.rows[at]):
                mixed.add(about.columns[number].name)
            if first[0] == part and is_broken(table, field, table.rows[first[1]], table.rows[at]):
                says = f"Numbers of {table.id} that are counted in different ways would be added up."
                raise Fault(says, "Count by the year too, or choose years with `where:`.", "columns", number, "of")
    for cells in made:
        called = dict(zip((column.name for column in about.columns), (text for text, _ in cells), strict=True))
        for column, (_, found) in zip(about.columns, cells, strict=True):
            part, at, field = found[0] if len(found) == 1 and about.key else (0, 0, "")
            if field and (table := parts[part].table):  # a copy of a number that was corrected is marked as that is
                key, own = table.key_of(table.rows[at]), {"row": ", ".join(called[name] for name in about.key), "column": column.name}
                revisions |= {fix.model_copy(update=own): None for fix in table.about.revisions if (fix.row, fix.column) == (key, field)}
    if about.time is None:  # with a year of its own it carries the break, across which nothing is worked out
        compared = [(("computed", at, c.way), c.uses) for at, c in enumerate(about.computed) if not c.ratio]
        for spot, names in [*compared, *([(("total", "columns"), about.total.columns)] if about.total else [])]:
            if not mixed.isdisjoint(names):
                raise Fault("Numbers that are counted in different ways would be held against one another.", "Delete it, or name the year under `key:`.", *spot)
    if not places:
        raise Fault("What it is made from names no source.", "Make the table from records or tables that do.", "derived", "from")
    few = {source: "; ".join(found) if len(found) < 4 else f"{len(found)} places, named with each entry" for source, found in places.items()}
    tables = [part.table.about for part in parts if part.table]
    notes = [*about.notes]
    for other in tables:
        of_documents = (f"{titles.get(one.source, one.source)}: {note}" for one in other.editions for note in one.notes)
        notes += [(f"{other.title}: " if len(tables) > 1 else "") + note for note in (*other.notes, *of_documents)]
    carried = {
        "editions": tuple(Edition.model_construct(source=source, place=place, rows=(ALL_OTHERS,)) for source, place in few.items()),
        "notes": tuple(notes),
        "breaks": tuple(one.model_copy(update={"columns": tuple(columns)}) for one, columns in breaks.items()) if about.key else (),
        "revisions": tuple(revisions),
        "published_counts": about.published_counts or any(other.published_counts for other in tables),
    }
    return about.model_copy(update=carried)


def _without_what_is_hidden(table: Table, given: Mapping[str, Table]) -> Table:
    """What a part hides is hidden here too, and a sum of it where it is small itself; whether the rest gives it away is for ``rules.small_counts``."""
    hidden = {(name, row, column) for name, other in given.items() for row, column in other.hidden}
    touched = {spot: found for spot, origins in table.made_from.items() if (found := hidden.intersection(origins))}
    if not touched:
        return without_small_counts(table)
    limits = [small.threshold for name in {name for found in touched.values() for name, _, _ in found} if (small := given[name].about.small_counts)]
    small = table.about.small_counts or SmallCounts.model_validate({"threshold": str(max(limits))})
    counts = {name for _, name in touched if table.about.column(name).type == "whole number"}
    small = small.model_copy(update={"threshold": max(*limits, small.threshold), "columns": tuple({*small.columns, *counts})})
    shown = replace(table, about=table.about.model_copy(update={"small_counts": small, "published_counts": False}))
    carried = {(row, name) for row, name in touched if len(table.made_from[row, name]) == 1 or 0 < (table.rows[row].number(name) or 0) < small.threshold}
    return without_small_counts(shown, frozenset(carried))
