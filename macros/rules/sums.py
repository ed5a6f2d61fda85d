"""Rule: what a document prints must agree with the numbers it rests on, or the site says why not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from macros.arithmetic import NoSuchNumber, numbers_at, outcome, rounded, worked_out
from macros.catalogue import Catalogue
from macros.models.table import Computed, Table
from macros.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Published totals, percentages and changes are worked out again from the rows. Where they differ, the data says so."""
    for agreement in catalogue.all("agreement"):
        try:
            worked_out = rounded(outcome(catalogue, agreement), agreement.decimals)
        except NoSuchNumber as missing:
            yield catalogue.problem("agreement", agreement.id, "of", f"This sum cannot be done: {missing}.", "Correct the reference.")
            continue
        try:
            published = sum(numbers_at(catalogue, agreement.published), Decimal(0))
        except NoSuchNumber as missing:
            yield catalogue.problem("agreement", agreement.id, "published", f"This sum cannot be checked: {missing}.", "Correct the reference.")
            continue
        if published != worked_out and not agreement.differs:
            yield catalogue.problem(
                "agreement",
                agreement.id,
                "published",
                f"{agreement.published} is published as {published}, but {' and '.join(agreement.of)} give {worked_out}.",
                "Correct the number that was typed wrongly; or, if the document itself disagrees, say so in `differs:`.",
            )
        if published == worked_out and agreement.differs:
            yield catalogue.problem("agreement", agreement.id, "differs", "The two numbers agree, but the note says that they differ.", "Delete the line `differs:`.")
    for table in catalogue.tables.values():
        for computed in table.about.computed:
            if computed.agrees_with:
                yield from _check_column(catalogue, table, computed, computed.agrees_with)


def _check_column(catalogue: Catalogue, table: Table, computed: Computed, published_name: str) -> Iterator[Problem]:
    file = f"data/tables/{table.id}.csv"
    excused = {difference.row for difference in computed.differs}
    for row, found in zip(table.rows, worked_out(table, computed), strict=True):
        published = row.cells[published_name].value
        if found is None or not isinstance(published, Decimal):
            continue
        decimals = max(0, -int(published.as_tuple().exponent))
        agrees = rounded(found, decimals) == published
        key = table.key_of(row)
        if not agrees and key not in excused:
            yield Problem(
                file,
                row.line,
                f'For "{key}" {published} is published, but {" and ".join(computed.uses)} give {rounded(found, decimals)}.',
                f"Correct the number that was typed wrongly; or, if the document itself disagrees, add it under `differs:` of {computed.name} in the description.",
                field=published_name,
            )
        if agrees and key in excused:
            yield Problem(f"data/tables/{table.id}.yml", None, f'For "{key}" the two numbers agree, but `differs:` of {computed.name} says that they do not.', "Delete the entry.")
    unknown = excused - set(table.keys)
    for key in sorted(unknown):
        yield Problem(f"data/tables/{table.id}.yml", None, f'`differs:` of {computed.name} names a row "{key}" that is not there.', "Correct the row's name.")
