"""Which whole numbers hidden cells may hold, by everything that is known of them.

Owns: an exact search, by narrowing ranges and trying. Never: knows what a table is, or guesses: where the search would take too long it says so.
"""

from collections import defaultdict
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


class Search:
    """The search through one table's hidden cells. ``true`` holds the numbers that are known to fit, if there are any."""

    def __init__(self, ranges: Ranges, true: Mapping[HiddenCell, int]) -> None:
        self._ranges, self._true, self._steps = ranges, true, _STEPS

    def possible(self, asked: Iterable[HiddenCell], known: Sequence[Known]) -> dict[HiddenCell, set[int]]:
        """For each cell the numbers that it may hold: all of them, or ENOUGH. Raises TooManyToTry after a fixed number of steps, the same on every machine."""
        of_cell = defaultdict(list)
        for one in dict.fromkeys(known):
            for cell, _ in one.factors:
                of_cell[cell].append(one)
        found: dict[HiddenCell, set[int]] = {cell: {self._true[cell]} if cell in self._true else set() for cell in of_cell}
        for cell in asked:
            others: Sequence[HiddenCell] = ()
            while cell in found and len(found[cell]) < ENOUGH:
                others = others or self._joined(cell, of_cell)
                fits = self._another(cell, others, of_cell, found)
                for name, number in fits.items():
                    found[name].add(number)
                if not fits:
                    break
        return found

    def _joined(self, cell: HiddenCell, of_cell: Mapping[HiddenCell, Sequence[Known]]) -> list[HiddenCell]:
        """The cells of which something is known together with this one, or with one of those; first those of which the most is known."""
        reached, waiting, seen = {cell: 0}, [cell], set()
        while waiting:
            for one in of_cell[waiting.pop()]:
                if id(one) not in seen:
                    seen.add(id(one))
                    self._steps -= len(one.factors)
                    waiting += [name for name, _ in one.factors if name not in reached]
                    for name, _ in one.factors:
                        reached[name] = min(reached.get(name) or len(one.factors), len(one.factors))
        return sorted(reached, key=lambda name: (reached[name], name))

    def _another(
        self, cell: HiddenCell, others: Sequence[HiddenCell], of_cell: Mapping[HiddenCell, Sequence[Known]], found: Mapping[HiddenCell, set[int]]
    ) -> dict[HiddenCell, int]:
        """Numbers that fit, of which the one for ``cell`` is new; nothing where there are none."""
        waiting = []
        low, high = self._ranges[cell]
        edges = [low - 1, *sorted(number for number in found[cell] if low <= number <= high), high + 1]
        for before, after in pairwise(edges):
            if before + 1 < after:
                waiting.append(({name: self._ranges[name] for name in others} | {cell: (before + 1, after - 1)}, cell))
        while waiting:
            ranges, changed = waiting.pop()
            if not self._narrowed(ranges, of_cell, changed):
                continue
            loose = [name for name in others if ranges[name][0] < ranges[name][1]]
            if not loose:
                return {name: low for name, (low, _) in ranges.items()}
            name = loose[0]
            low, high = ranges[name]
            first = self._first_to_try(low, high, found[name], self._true.get(name, low))
            for part in ((low, first - 1), (first + 1, high), (first, first)):  # the last is tried first
                if part[0] <= part[1]:
                    waiting.append((ranges | {name: part}, name))
        return {}

    @staticmethod
    def _first_to_try(low: int, high: int, seen: set[int], true: int) -> int:
        """A number near the true one that was not found before, so that one search finds new numbers for many cells."""
        near = min(max(true, low), high)
        return next((n for n in (near, near + 1, near - 1, near + 2, near - 2) if low <= n <= high and n not in seen), near) if len(seen) < ENOUGH else near

    def _narrowed(self, ranges: dict[HiddenCell, tuple[int, int]], of_cell: Mapping[HiddenCell, Sequence[Known]], changed: HiddenCell) -> bool:
        """Whether something is left when what is known has narrowed every range, beginning from the cell that changed."""
        waiting = {id(one): one for one in of_cell.get(changed, ())}
        while waiting:
            one = waiting.pop(next(iter(waiting)))
            self._steps -= len(one.factors)
            if self._steps < 0:
                raise TooManyToTry("Divide it into smaller tables.")
            least = sum(factor * ranges[name][factor < 0] for name, factor in one.factors)
            most = sum(factor * ranges[name][factor > 0] for name, factor in one.factors)
            if least > one.high or most < one.low:
                return False
            if least >= one.low and most <= one.high:
                continue
            for name, factor in one.factors:
                low, high = ranges[name]
                at_most = one.high - least + factor * (low if factor > 0 else high)  # for this cell times its factor
                at_least = one.low - most + factor * (high if factor > 0 else low)
                if factor < 0:
                    at_most, at_least = at_least, at_most
                new = max(low, -(-at_least // factor)), min(high, at_most // factor)
                if new[0] > new[1]:
                    return False
                if new != (low, high):
                    ranges[name] = new
                    waiting |= {id(other): other for other in of_cell[name]}
        return True
