"""Rule: what a document prints must agree with the numbers it rests on, or the site says why not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from macros.content.arithmetic import NoSuchNumber, NotRead, numbers_at, outcome, rounded, worked_out
from macros.content.catalogue import Catalogue
from macros.models.performance import Agreement
from macros.models.table import Computed, Table
from macros.problems import Problem, nearest


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Published totals, percentages and changes are worked out again from the rows. Where they differ, the data says so."""
    for agreement in catalogue.all("agreement"):
        yield from _check_agreement(catalogue, agreement)
    for table in catalogue.tables.values():
        if catalogue.is_lost("number", table.id):
            continue
        yield from _totals_left_in(table)
        for number, computed in enumerate(table.about.computed):
            if computed.agrees_with:
                yield from _check_column(table, computed, computed.agrees_with)
                yield from _check_excuses(catalogue, table, computed, computed.agrees_with, number)


def _check_agreement(catalogue: Catalogue, agreement: Agreement) -> Iterator[Problem]:
    field = "of"
    try:
        found = rounded(outcome(catalogue, agreement), agreement.decimals)
        field = "published"
        published = sum(numbers_at(catalogue, agreement.published), Decimal(0))
    except NotRead:
        return
    except NoSuchNumber as missing:
        yield catalogue.problem("agreement", agreement.id, field, f"This sum cannot be checked: {missing}.", "Correct the reference.")
        return
    if published != found and not agreement.differs:
        fix = "Correct the number that was typed wrongly; or, if the document itself disagrees, say so in `differs:`."
        yield catalogue.problem(
            "agreement", agreement.id, "published", f"{agreement.published} is published as {published}, but {' and '.join(agreement.of)} give {found}.", fix
        )
    if published == found and agreement.differs:
        yield catalogue.problem(
            "agreement", agreement.id, "differs", "The two numbers agree, but the note says that they differ.", "Delete the line `differs:`."
        )


def _totals_left_in(table: Table) -> Iterator[Problem]:
    """A row of totals among the rows would be added up with them."""
    about = table.about
    added = (about.total is not None) or any(column.share_of for column in about.computed)
    labels = {"total", "totals", "grand total", "sum", "all", *((about.total.label.lower(),) if about.total else ())}
    for row in table.rows if added else ():
        for name in about.key or (about.columns[0].name,):
            if row.cells[name].text.lower() in labels:
                fix = "Delete the row: the page adds up by itself."
                yield Problem(f"data/tables/{table.id}.csv", row.line, f'The row "{row.cells[name].text}" would be added up with the others.', fix, field=name)


def _check_column(table: Table, computed: Computed, published_name: str) -> Iterator[Problem]:
    """Each published number beside the one worked out, to the precision it was published with."""
    excused = {difference.row for difference in computed.differs}
    for row, found in zip(table.rows, worked_out(table, computed), strict=True):
        published = row.cells[published_name].value
        if found is None or not isinstance(published, Decimal):
            continue
        again = rounded(found, _places(published))
        if again != published and table.key_of(row) not in excused:
            says = f"{published} is published here, but {' and '.join(computed.uses)} give {again}."
            excuse = f"add the row under `differs:` of {computed.name} in the description"
            fix = f"Correct the number that was typed wrongly; or, if the document itself disagrees, {excuse}."
            yield Problem(f"data/tables/{table.id}.csv", row.line, says, fix, field=published_name)


def _check_excuses(catalogue: Catalogue, table: Table, computed: Computed, published_name: str, number: int) -> Iterator[Problem]:
    """Rows that are said to differ are there, and do differ."""
    found = worked_out(table, computed)
    for position, difference in enumerate(computed.differs):
        if difference.row not in table.keys:
            says, fix = f'There is no row "{difference.row}".' + nearest(difference.row, table.keys), "Correct the row's name."
        else:
            row = table.keys.index(difference.row)
            published, again = table.rows[row].cells[published_name].value, found[row]
            if not isinstance(published, Decimal) or again is None or rounded(again, _places(published)) != published:
                continue
            says, fix = f'For "{difference.row}" the two numbers agree, but the note says that they do not.', "Delete the entry."
        yield catalogue.problem("table", table.id, "computed", says, fix, number, "differs", position)


def _places(number: Decimal) -> int:
    """The places after the point that a number was published with."""
    return max(0, -int(number.as_tuple().exponent))
