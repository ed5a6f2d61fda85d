"""Counts of people that are too small to be shown, and what would give them away.

Owns: which cells of a table are hidden, and the table without them. A count from 1 to below the threshold is
shown as "c", as the Department for Education does; zero stays zero. Where a total would give a hidden count
away, the number of the next row is hidden too, or else the total. Whatever is worked out from a hidden number is
hidden with it. Everything downstream is handed the table without them, so page, chart, sentence and file agree.
Never: reads a file, works a number out, or shows one.

Why it holds. Call a column that is not the sum of others a leaf. The hidden numbers of a leaf are known by their sum
at most, and a column that adds leaves up is hidden in every row in which one of them is, so it says nothing that the
leaves' sums do not. Which other number is hidden goes by the order of the rows and not by size, and whether the total
may stay by that sum, which is known then, so that a reader who knows these rules learns nothing from the choice.
``tests/test_suppression.py`` tries to work numbers out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from macros.models.cells import Cell
from macros.models.table import Spot, Table, TableDescription, TableRow

TOTAL = -1  # the place of the total in a set of hidden cells; rows count from zero
HIDDEN = Cell("c", None, "c")
_ENOUGH = 3  # so many small counts of a column hide one another; fewer need the number of another row beside them
_ROOM = 3  # how far the sum of the hidden numbers must be from the least and the most it can be


def without_small_counts(table: Table, carried: frozenset[Spot] = frozenset()) -> Table:
    """The table as it may be shown, without what is ``carried`` hidden from the tables it is made from. Its true rows are kept aside for sums."""
    spots = hidden_spots(table.about, table.rows, carried)
    return hide(table, spots) if spots else table


def hide(table: Table, spots: frozenset[Spot]) -> Table:
    """The table with those cells hidden."""
    rows = []
    for number, row in enumerate(table.rows):
        cells = {name: HIDDEN if (number, name) in spots else cell for name, cell in row.cells.items()}
        rows.append(replace(row, cells=MappingProxyType(cells)))
    return replace(table, rows=tuple(rows), hidden=spots, true_rows=table.rows)


def hidden_spots(about: TableDescription, rows: Sequence[TableRow], carried: frozenset[Spot] = frozenset()) -> frozenset[Spot]:
    """Every cell to hide, by row and column: counts, what is worked out from them, totals."""
    if about.small_counts is None:
        return frozenset()
    parts = {sum_.whole: sum_.parts for sum_ in about.small_counts.adds_up}
    by_column: dict[str, set[int]] = {}
    silent: set[str] = set()
    for leaf in (name for name in about.counts if name not in parts):
        values = [int(row.number(leaf) or 0) for row in rows]  # a gap counts nobody
        by_column[leaf], total_may_stay = _rows_to_hide(values, about.small_counts.threshold, _total_is_known(about, leaf, parts))
        if not total_may_stay:
            silent |= {leaf, *_wholes_of(leaf, parts)}
    for leaf in list(by_column):
        for whole in _wholes_of(leaf, parts):
            by_column.setdefault(whole, set()).update(by_column[leaf])
    for row, column in carried:
        by_column.setdefault(column, set()).add(row)
    return frozenset(_with_what_follows(about, by_column, silent, [about.key_of(row) for row in rows]))


def _rows_to_hide(values: Sequence[int], threshold: int, total_is_known: bool) -> tuple[set[int], bool]:
    """The rows of one column to hide, and whether its total may then be shown."""
    small = [row for row, value in enumerate(values) if 1 <= value < threshold]
    if not small or not total_is_known:
        return set(small), True
    hidden, least, most = set(small), len(small) + _ROOM, len(small) * (threshold - 1) - _ROOM
    if len(small) < _ENOUGH:
        after = [*range(small[0] + 1, len(values)), *range(small[0])]
        second = next((row for row in after if values[row] >= threshold), None)
        if second is None:
            return hidden, False
        hidden.add(second)
        least, most = least + threshold, sum(values)
    return hidden, sum(values) >= threshold and least <= sum(values[row] for row in hidden) <= most


def _wholes_of(column: str, parts: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The columns that a column is added up into, and what these are added up into."""
    found = {whole for whole, names in parts.items() if column in names}
    return found.union(*(_wholes_of(whole, parts) for whole in found))


def _total_is_known(about: TableDescription, leaf: str, parts: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a reader may know what a column adds up to: from a total, from shares, or from a sum with other columns."""
    told = {*(about.total.columns if about.total else ()), *(c.share_of for c in about.computed if c.share_of)}
    return bool(_unexplained(about)) or not told.isdisjoint({leaf, *_wholes_of(leaf, parts)})


def _unexplained(about: TableDescription) -> list[str]:
    """Published percentages of which the description does not say how they come about: they may be shares of a total."""
    explained = {computed.agrees_with for computed in about.computed}
    return [column.name for column in about.columns if column.type == "percentage" and column.name not in explained]


def _with_what_follows(about: TableDescription, by_column: Mapping[str, set[int]], silent: set[str], keys: Sequence[str]) -> set[Spot]:
    """The hidden counts, and everything that is worked out from them or would give them away."""
    spots = {(row, column) for column, rows in by_column.items() for row in rows}
    rates = [column.name for column in about.columns if column.is_number and column.type != "whole number"]
    spots |= {(place, rate) for row, _ in set(spots) for rate in rates for place in (row, TOTAL)}
    if silent:
        spots |= {(TOTAL, column) for column in silent}
        spots |= {(row, name) for name in _unexplained(about) for row in range(len(keys))}
    for computed in about.computed:
        base = keys.index(computed.base) if computed.base in keys else TOTAL
        for row in (TOTAL, *range(len(keys))):
            before = range(max(0, row - (computed.over or 2) + 1), row) if computed.change_in or computed.over else (base,) if base != TOTAL else ()
            everywhere = computed.share_of in silent
            if everywhere or any((place, name) in spots for place in (row, *before) for name in computed.uses):
                spots |= {(row, computed.name)} | ({(row, computed.agrees_with)} if computed.agrees_with else set())
    return spots
