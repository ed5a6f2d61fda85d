"""Rule: each row of a table comes from one document, and a corrected number from a later one; what was published is not changed without a word."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.content.editions import last_day
from macros.models.table import ALL_OTHERS, Table, TableRow
from macros.problems import Problem, nearest
from macros.sources.csv_files import not_too_many

SLIP = "slip of typing"  # in the title of a proposed change: the number was never in the document
_CALLED = f'If it was only mistyped here, write "{SLIP}" in the title of the proposed change'
_WHICH = "Name the row under `rows:`, `from:` or `to:` of the edition whose document printed it first"


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Where a table has several documents, each row is in one edition. A correction names a row, its old and its new number, and a later document.

    A proposed change alters a published number only with such a correction, or if its title calls it a slip of typing."""
    for table in catalogue.tables.values():
        yield from _names(catalogue, table)
        yield from _rows(table)
        if not catalogue.is_lost("number", table.id) and not table.about.derived:  # which has its corrections from other tables
            yield from _revisions(catalogue, table)


def _names(catalogue: Catalogue, table: Table) -> Iterator[Problem]:
    """Rows that editions and corrections name must be there."""
    named: list[tuple[str, tuple[str | int, ...], str]] = []
    for number, one in enumerate(table.about.editions):
        for field, keys in (("rows", one.rows), ("repeats", one.repeats)):
            named += [("editions", (number, field, at), key) for at, key in enumerate(keys) if key != ALL_OTHERS]
    named += [("revisions", (number, "row"), correction.row) for number, correction in enumerate(table.about.revisions)]
    for where, at, name in named:
        if name not in table.keys and not catalogue.is_lost("row", name):
            says = f'There is no row called "{name}".' + nearest(name, table.keys)
            yield catalogue.problem("table", table.id, where, says, "Write one that exists, or delete the entry.", *at)


def _rows(table: Table) -> Iterator[Problem]:
    faults = []
    for row in table.rows if table.about.editions and not table.about.derived else ():
        if len(found := table.editions_of(row)) != 1:
            says = "More than one edition says that it printed this row first." if found else "No edition says which document this row comes from."
            fix = f"{_WHICH}, and only there; a document that printed it again has it under `repeats:`." if found else f"{_WHICH}."
            faults.append(Problem(table.file, row.line, says, fix))
    yield from not_too_many(faults, table.about.row_header)


def _revisions(catalogue: Catalogue, table: Table) -> Iterator[Problem]:
    """Each correction begins with what was printed until then, and the last ends with what the cell holds."""
    until: dict[tuple[str, str], tuple[str, str]] = {}  # of each corrected cell the number so far, and the document that gave it
    last = {(one.row, one.column): number for number, one in enumerate(table.about.revisions)}
    for number, one in enumerate(table.about.revisions):
        row, spot = table.row(one.row) if one.row in table.keys else None, (one.row, one.column)
        if row is None or catalogue.get("source", one.source) is None:
            continue
        was, document = until.get(spot, (one.was, next((e.source for e in table.editions_of(row)), one.source)))
        until[spot] = one.now, one.source
        cell = row.cells[one.column].text
        if one.was == one.now:
            says, at = f"The correction leaves {one.now} as it was.", "now"
        elif last_day(catalogue, one.source) <= last_day(catalogue, document):
            says, at = f"{one.source} is not later than {document}, which printed the number before.", "source"
        elif one.was != was:
            says, at = f"The correction before this one ends with {was}, and this one begins with {one.was}.", "was"
        elif last[spot] == number and one.now != cell:
            says, at = f"The cell holds {cell or 'nothing'}, and the last correction of it says {one.now}.", "now"
        else:
            continue
        fix = "Name the later document." if at == "source" else "Correct the one that was typed wrongly."
        yield catalogue.problem("table", table.id, "revisions", says, fix, number, at)


def changed_since(catalogue: Catalogue, before: Catalogue) -> Iterator[Problem]:
    """A problem for each number of a document that was published and reads otherwise now, without a correction that says which document changed it;
    and for each row of such numbers that is gone. The yearly reports would print what their documents never said."""
    documents = {source.id for source in before.all("source") if source.is_document}
    for old in before.tables.values():
        table = catalogue.tables.get(old.id, old)
        if not (catalogue.is_lost("number", old.id) or any(one.about.derived or one.about.small_counts for one in (old, table))):
            yield from _numbers_since(catalogue, old, table, [row for row in old.rows if documents.intersection(e.source for e in old.editions_of(row))])
    for figure in before.all("figure"):
        fresh = catalogue.get("figure", figure.id)
        if fresh and figure.source in documents and figure.cell.value != fresh.cell.value:
            fix = f"A later document's number is a figure of its own with the same `series:`. {_CALLED}."
            yield catalogue.problem("figure", figure.id, "value", "This number was published and reads otherwise now.", fix)


def _numbers_since(catalogue: Catalogue, old: Table, table: Table, printed: list[TableRow]) -> Iterator[Problem]:
    there = {column.name for column in table.about.columns}
    numbers = [c.name for c in old.about.columns if c.name in there and c.type != "text" and c.name not in old.about.key]
    # a row is known by its key, else by its numbers: it may be called otherwise now; another year is another row
    fresh: dict[object, TableRow] = {} if old.about.time else {_values(row, numbers): row for row in table.rows}
    fresh |= zip(table.keys, table.rows, strict=False) if old.about.key == table.about.key else ()
    for row in printed if numbers else ():
        now = fresh.get(old.key_of(row)) or fresh.get(_values(row, numbers))
        if now is None:
            says = f'The row "{old.key_of(row) or row.cells[old.about.row_header].text}" was published, and it is gone or its numbers read otherwise.'
            yield Problem(table.file, None, says, f"Put it back as it was. {_CALLED}.")
        for name in numbers if now else ():
            new = (one for one in table.about.revisions if (one.row, one.column) == (old.key_of(row), name) and one not in old.about.revisions)
            if now is None or _values(row, [name]) == _values(now, [name]) or ((one := next(new, None)) and one.was == row.cells[name].text):
                continue
            if one:
                says, fix = f"The correction says that {one.was} was printed until now, and the site had another number.", f"Write here what it had. {_CALLED}."
                yield catalogue.problem("table", table.id, "revisions", says, fix, table.about.revisions.index(one), "was")
            else:
                fix = f"If a later document prints it so, add it under `revisions:` in data/tables/{table.id}.yml. {_CALLED}."
                yield Problem(table.file, now.line, "This number was published and reads otherwise now, and no correction says why.", fix, field=name)


def _values(row: TableRow, names: list[str]) -> tuple[object, ...]:
    """What cells hold, however it is written: 7.5 is 7.50."""
    return tuple(cell.text if (cell := row.cells[name]).value is None else cell.value for name in names)
