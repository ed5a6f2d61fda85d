"""Rule: each row of a table comes from one document, and a corrected number from a later one."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.content.editions import last_day
from macros.models.table import ALL_OTHERS, Table
from macros.problems import Problem, nearest
from macros.sources.csv_files import not_too_many

_WHICH = "Name the row under `rows:`, `from:` or `to:` of the edition whose document printed it first"


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Where a table has several documents, each row is in one edition. A correction names a row, its old and its new number, and a later document."""
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
        if last_day(catalogue, one.source) <= last_day(catalogue, document):
            says, at = f"{one.source} is not later than {document}, which printed the number before.", "source"
        elif one.was != was:
            says, at = f"The correction before this one ends with {was}, and this one begins with {one.was}.", "was"
        elif last[spot] == number and one.now != cell:
            says, at = f"The cell holds {cell or 'nothing'}, and the last correction of it says {one.now}.", "now"
        else:
            continue
        fix = "Name the later document." if at == "source" else "Correct the one that was typed wrongly."
        yield catalogue.problem("table", table.id, "revisions", says, fix, number, at)
