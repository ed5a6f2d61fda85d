"""Which whole numbers hidden cells may hold, by everything that is known of them.

Owns: an exact search, by narrowing ranges and trying. Never: knows what a table is, or guesses: where the search would take too long it says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

ENOUGH = 3  # so many numbers must remain possible: as many as the lowest threshold (4) leaves where nothing else is known
_STEPS = 1_000_000  # looks at a hidden cell within something known: about a second
HiddenCell = tuple[str, int, str]  # a table, a row counted from zero, a column
Ranges = Mapping[HiddenCell, tuple[int, int]]


class TooManyToTry(Exception):
    """The search would take too long; the message says how to fix that."""


@dataclass(frozen=True, slots=True)
class Known:
    """The sum of hidden cells, each times its factor, is from ``low`` to ``high``."""

    factors: tuple[tuple[HiddenCell, int], ...]
    low: int
    high: int


OfCell = Mapping[HiddenCell, Sequence[Known]]  # by cell, what is known of it


class Search:
    """The search through one table's hidden cells. ``true`` holds the numbers that are known to fit, if there are any."""

    def __init__(self, ranges: Ranges, true: Mapping[HiddenCell, int]) -> None:
        self._ranges, self._true, self._steps = ranges, true, _STEPS

    def possible(self, asked: Iterable[HiddenCell], known: Sequence[Known]) -> dict[HiddenCell, set[int]]:
        """For each cell the numbers that it may hold: all of them, or ENOUGH. Raises TooManyToTry after a fixed number of steps, the same on every machine."""
        of_cell: dict[HiddenCell, list[Known]] = {}
        for one in dict.fromkeys(known):
            for cell, _ in one.factors:
                of_cell.setdefault(cell, []).append(one)
        found: dict[HiddenCell, set[int]] = {cell: set() for cell in of_cell}
        for cell in (cell for cell in asked if cell in found and len(found[cell]) < ENOUGH):
            joined = _joined(cell, of_cell)
            while len(found[cell]) < ENOUGH and (fits := self._another(cell, joined, of_cell, found)):
                for name, number in fits.items():
                    found[name].add(number)
        return found

    def _another(self, cell: HiddenCell, joined: Sequence[HiddenCell], of_cell: OfCell, found: Mapping[HiddenCell, set[int]]) -> dict[HiddenCell, int]:
        """Numbers that fit, of which the one for ``cell`` is new; nothing where there are none."""
        everything, (low, high) = {name: self._ranges[name] for name in joined}, self._ranges[cell]
        waiting = [(everything | {cell: (before + 1, after - 1)}, cell) for before, after in pairwise([low - 1, *sorted(found[cell]), high + 1])]
        while waiting:
            ranges, changed = waiting.pop()
            if self._narrowed(ranges, of_cell, changed):
                name = next((name for name in joined if ranges[name][0] < ranges[name][1]), None)
                if name is None:
                    return {name: low for name, (low, _) in ranges.items()}
                low, high = ranges[name]
                near = min(max(self._true.get(name, low), low), high)
                # A number near the true one that was not found before, so that one search finds new numbers for many cells.
                first = min(range(max(low, near - ENOUGH), min(high, near + ENOUGH) + 1), key=lambda n: (n in found[name], abs(n - near)))
                waiting += [(ranges | {name: part}, name) for part in ((low, first - 1), (first + 1, high), (first, first))]  # the last is tried first
        return {}

    def _narrowed(self, ranges: dict[HiddenCell, tuple[int, int]], of_cell: OfCell, changed: HiddenCell) -> bool:
        """Whether something is left when what is known has narrowed every range, beginning from the cell that changed."""
        waiting = {id(one): one for one in of_cell[changed]}
        while waiting:
            one = waiting.pop(next(iter(waiting)))
            self._steps -= len(one.factors)
            if self._steps < 0:
                raise TooManyToTry("Divide it into smaller tables.")
            rise = one.high - sum(factor * ranges[name][factor < 0] for name, factor in one.factors)  # how far the least sum may rise
            fall = sum(factor * ranges[name][factor > 0] for name, factor in one.factors) - one.low  # and the greatest fall
            for name, factor in one.factors:
                low, high = ranges[name]
                up, down = (rise, fall) if factor > 0 else (fall, rise)
                new = max(low, high - down // abs(factor)), min(high, low + up // abs(factor))
                if new[0] > new[1]:
                    return False
                if new != (low, high):
                    ranges[name] = new
                    waiting |= {id(other): other for other in of_cell[name]}
        return True


def _joined(cell: HiddenCell, of_cell: OfCell) -> list[HiddenCell]:
    """This cell, and those of which something is known together with it or with one of those."""
    joined, seen = {cell}, set()
    for name in (found := [cell]):  # it grows
        for one in of_cell[name]:
            if id(one) not in seen:
                seen.add(id(one))
                found += (new := [other for other, _ in one.factors if other not in joined])
                joined.update(new)
    return found
