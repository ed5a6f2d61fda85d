"""The scorecard: how the newest year of a number compares with the year before.

Owns: which numbers are on it, and which way each went. Never: writes HTML, or calls a change good that no document calls so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from macros.content.catalogue import Catalogue, is_own
from macros.content.editions import is_broken, why_no_change
from macros.models.cells import Cell
from macros.models.table import Table, TableRow

SPARK, _ENOUGH = (80, 28), 3  # the width and height of a small line, and how many numbers make one


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
    row: TableRow
    spark: tuple[str, ...] = ()  # runs of years without a gap, as points within SPARK, where there are three numbers or more


def scorecard(catalogue: Catalogue) -> list[Score]:
    """Every number over years whose description says which way is good (or that neither is)."""
    return scores_of(table for table in catalogue.tables.values() if is_own(catalogue, table.about.area))


def scores_of(tables: Iterable[Table]) -> list[Score]:
    """The same for some tables. Numbers that are counted in different ways are not compared."""
    found = []
    for table in tables:
        if table.about.derived or len(table.about.key) != 1 or table.about.column(table.about.key[0]).type not in ("year", "quarter"):
            continue
        for column in table.about.columns:
            numbers = [(row, number) for row in table.rows if (number := row.number(column.name)) is not None]
            if column.better is None or column.comparator or len(numbers) < 2:
                continue
            (before, was), (latest, now) = numbers[-2:]
            if is_broken(table, column.name, before, latest):
                continue
            direction = "up" if now > was else "down" if now < was else "the same"
            better = "neither" if column.better == "neither" or direction == "the same" else "better" if direction == column.better else "worse"
            newest, earlier = latest.cells[column.name], before.cells[column.name]
            keys = table.key_of(latest), table.key_of(before)
            spark = _spark(table, column.name, numbers)
            score = Score(table, column.name, column.title, column.unit, newest, keys[0], earlier, keys[1], direction, better, latest, spark)
            found.append(score)
    return found


def _spark(table: Table, column: str, numbers: Sequence[tuple[TableRow, Decimal]]) -> tuple[str, ...]:
    """A small line of the numbers that can be compared with the newest."""
    last = numbers[-1][0]
    same = [(when.first.toordinal(), row, number) for row, number in numbers if (when := table.when(row)) and not is_broken(table, column, row, last)]
    if len(same) < _ENOUGH:
        return ()
    first, days = same[0][0], max(1, same[-1][0] - same[0][0])  # a year that stands there twice is told by the check, and stops nothing here
    lowest, highest, (width, height) = min(n for *_, n in same), max(n for *_, n in same), SPARK
    runs: list[list[str]] = []
    for place, (day, row, number) in enumerate(same):
        if not place or why_no_change(table, column, same[place - 1][1], row):
            runs.append([])
        x = 4 + (width - 8) * (day - first) / days
        y = height / 2 if highest == lowest else 4 + (height - 8) * float((highest - number) / (highest - lowest))
        runs[-1].append(f"{x:.1f},{y:.1f}")
    return tuple(" ".join(run if len(run) > 1 else run * 2) for run in runs)  # a point alone is a line without length, whose round ends are seen
