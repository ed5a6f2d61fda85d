"""Rule: what a chart says and how it is drawn is true of its numbers."""

from collections.abc import Iterator
from itertools import pairwise

from macros.content.catalogue import Catalogue
from macros.content.findings import faults, rest_of
from macros.models import BY_NAME
from macros.models.table import Chart, Table
from macros.problems import Problem, nearest

TOWNS = BY_NAME["town"].home
MOST_DOTS = 60  # of a town; more cannot be counted by eye


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """An editor's own sentence over a chart is true of its numbers, and names them in braces. Shares with a rest do not make up the whole, and a row
    that is a part of the row above is no larger. A map knows where each of its towns lies, and draws dots that can be counted by eye.
    """
    towns = [town.title for town in catalogue.all("town")]
    for twice in sorted({name for name in towns if towns.count(name) > 1}):
        yield Problem(TOWNS, None, f"Two entries are called {twice}, and a map cannot tell which is meant.", "Delete one, or correct its name.")
    for table in catalogue.tables.values():
        if (chart := table.about.chart) and not catalogue.is_lost("number", table.id):
            if chart.finding:
                for says, fix in faults(table, chart.finding):
                    yield catalogue.problem("table", table.id, "chart", says, fix, "finding", "says")
            for row in table.rows if chart.kind == "map" and "town" not in dict(catalogue.lost) else ():
                if chart.label in row.cells and (name := row.cells[chart.label].shown) not in towns:
                    says = f'Nothing says where on the map "{name}" lies.{nearest(name, towns)}'
                    yield Problem(table.file, row.line, says, f"Correct the name, or add the town to {TOWNS}.", field=chart.label)
            for field, says, fix in _drawn_wrongly(table, chart):
                yield catalogue.problem("table", table.id, "chart", says, fix, field)


def _drawn_wrongly(table: Table, chart: Chart) -> Iterator[tuple[str, str, str]]:
    kinds = {column.name: column.type for column in table.about.columns}
    numbers = [row.number(chart.values[0]) for row in table.rows if chart.values[0] in kinds]
    for field, asked in (("rest", chart.rest), ("nested", chart.nested), ("kind", chart.kind == "map")):
        if asked and (len(chart.values) > 1 or chart.kind not in ("bar", "map") or chart.values[0] not in kinds):
            yield field, f'"{field}" is for a chart of bars of one column of the file.', "Take it out, or draw one column as bars."
            return
    if chart.rest and (kinds[chart.values[0]] != "percentage" or (None not in numbers and rest_of(table) is None)):
        yield "rest", "The shares leave no rest: they are no percentages, or make up the whole.", "Delete the line."
    if chart.nested and (table.about.sort or any(below > above for above, below in pairwise(n for n in numbers if n is not None))):
        yield "nested", "A row is larger than the one above, or the rows are sorted, so that none is a part of it.", "Delete the line, or correct the numbers."
    if chart.kind == "map" and (kinds[chart.values[0]] != "whole number" or any(not 0 <= number <= MOST_DOTS for number in numbers if number is not None)):
        yield "kind", f"The dots of a map are for counts from 0 to {MOST_DOTS}.", "Write bar."
