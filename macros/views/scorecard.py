"""The scorecard: how the newest year of a number compares with the year before.

Owns: which numbers are on it, and which way each went. Never: writes HTML, or calls a change good that no document calls so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from macros.content.catalogue import Catalogue
from macros.models.cells import Cell
from macros.models.table import Table


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
