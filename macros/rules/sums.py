"""Rule: what a document prints must agree with the numbers it rests on, or the site says why not."""

from collections.abc import Iterator

from macros.content.arithmetic import NoSuchNumber, NotRead, counted_differently, numbers_at, outcome, rounded, worked_out
from macros.content.catalogue import Catalogue
from macros.content.editions import is_broken
from macros.models.performance import Agreement
from macros.models.table import Computed, Table
from macros.problems import Problem, nearest

_ACROSS = "Numbers that are counted in different ways would be added up."
_APART = "Delete the line, or make a table of the rows that are counted alike."


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Published totals, percentages and changes are worked out again from the rows. Where they differ, the data says so."""
    for agreement in catalogue.all("agreement"):
        yield from _check_agreement(catalogue, agreement)
    for table in catalogue.tables.values():
        if not catalogue.is_lost("number", table.id):
            yield from _totals_left_in(table)
            for at, name in enumerate(table.about.total.columns if table.about.total else ()):
                if is_counted_otherwise(table, name):
                    yield catalogue.problem("table", table.id, "total", _ACROSS, _APART, "columns", at)
            for number, computed in enumerate(table.about.computed):
                if computed.share_of and is_counted_otherwise(table, computed.share_of):
                    yield catalogue.problem("table", table.id, "computed", _ACROSS, _APART, number, "share_of")
                if computed.base and computed.base not in table.keys:
                    says = f'There is no row "{computed.base}" to be 100.' + nearest(computed.base, table.keys)
                    yield catalogue.problem("table", table.id, "computed", says, "Correct the row's name.", number, "base")
                if computed.agrees_with:
                    yield from _check_column(catalogue, table, computed, computed.agrees_with, number)


def is_counted_otherwise(table: Table, column: str) -> bool:
    """Whether some rows of a column are counted in another way than others."""
    return any(is_broken(table, column, table.rows[0], row) for row in table.rows)


def _check_agreement(catalogue: Catalogue, agreement: Agreement) -> Iterator[Problem]:
    field = "of"
    try:
        found = rounded(outcome(catalogue, agreement), agreement.decimals)
        field = "published"
        published = sum(numbers_at(catalogue, agreement.published))
    except NotRead:
        return
    except NoSuchNumber as missing:
        yield catalogue.problem("agreement", agreement.id, field, f"This sum cannot be checked: {missing}.", "Correct the reference.")
        return
    if agreement.compute in ("change", "difference", "quotient", "percentage") and counted_differently(catalogue, *agreement.of):
        says = "The two numbers are counted in different ways, so that nothing can be worked out from both."
        yield catalogue.problem("agreement", agreement.id, "of", says, "Delete the entry.")
    if published != found and not agreement.differs:
        says = f"{agreement.published} is published as {published}, but {' and '.join(agreement.of)} give {found}."
        fix = "Correct the number that was typed wrongly; or, if the document itself disagrees, say so in `differs:`."
        yield catalogue.problem("agreement", agreement.id, "published", says, fix)
    if published == found and agreement.differs:
        says, fix = "The two numbers agree, but the note says that they differ.", "Delete the line `differs:`."
        yield catalogue.problem("agreement", agreement.id, "differs", says, fix)


def _totals_left_in(table: Table) -> Iterator[Problem]:
    """A row of totals among the rows would be added up with them."""
    about = table.about
    if about.total is None and not any(column.share_of for column in about.computed):
        return
    labels = {"total", "totals", "grand total", "sum", "all", *((about.total.label.lower(),) if about.total else ())}
    for row in table.rows:
        for name in about.key or (about.columns[0].name,):
            if row.cells[name].text.lower() in labels:
                says, fix = f'The row "{row.cells[name].text}" would be added up with the others.', "Delete the row: the page adds up by itself."
                yield Problem(table.file, row.line, says, fix, field=name)


def _check_column(catalogue: Catalogue, table: Table, computed: Computed, published_name: str, number: int) -> Iterator[Problem]:
    """Each published number agrees with the one worked out, to the precision it was published with, but in the rows that are said to differ."""
    excused = {difference.row for difference in computed.differs}
    agrees: dict[str, bool] = {}
    for row, found in zip(table.rows, worked_out(table, computed), strict=True):
        published = row.number(published_name)
        if found is None or published is None:
            continue
        again = rounded(found, max(0, -int(published.as_tuple().exponent)))
        agrees[table.key_of(row)] = again == published
        if again != published and table.key_of(row) not in excused:
            says = f"{published} is published here, but {' and '.join(computed.uses)} give {again}."
            excuse = f"add the row under `differs:` of {computed.name} in the description"
            fix = f"Correct the number that was typed wrongly; or, if the document itself disagrees, {excuse}."
            yield Problem(table.file, row.line, says, fix, field=published_name)
    for position, difference in enumerate(computed.differs):
        if difference.row not in table.keys:
            says, fix = f'There is no row "{difference.row}".' + nearest(difference.row, table.keys), "Correct the row's name."
        elif agrees.get(difference.row):
            says, fix = f'For "{difference.row}" the two numbers agree, but the note says that they do not.', "Delete the entry."
        else:
            continue
        yield catalogue.problem("table", table.id, "computed", says, fix, number, "differs", position)
