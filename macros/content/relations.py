"""How the numbers of tables hang together, as an outsider with a pencil would find out or take for granted.

Owns: what an outsider sees of a table, and the sums, running totals, changes, shares and orders that hold among its true numbers. Never: trusts
what a description declares (a declared sum is found like any other), or decides which numbers are hidden.

A relation is clear where chance can hardly explain it: each result says the logarithm of its size (a sum that is 204 by chance is one in two
hundred), and having chosen it among n like it costs the logarithm of n. A name such as "total" or "change" makes up for a little. A relation
that is not clear is still simple where it is the first that anybody tries: neighbours, all the others, the row before.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise, permutations
from math import comb, gcd, log2
from typing import NamedTuple

from macros.content.arithmetic import rounded, worked_out
from macros.content.catalogue import Catalogue
from macros.content.possible_values import HiddenCell, Known, TooManyToTry
from macros.content.suppression import TOTAL
from macros.models.cells import TIMES
from macros.models.table import Table

_MOST_COLUMNS, _MOST_CELLS = 20, 2_500  # of more there are too many relations to try
_CHANCE = 4.0  # bits: a relation is clear where chance would bring it forth in one table of sixteen, or fewer
_MOST_FACTS = 20_000
_MOST_ADDED = 20  # among so many lines all sums are tried, among more those of two and three
_FEW = 8  # among so many lines anybody looks for the parts of one that is called a total
_SCALES = (100, 1, 1_000, 10_000, 100_000)  # per cent, one for one, and the rates of official statistics
_NAMED = re.compile(
    r"%|\b(?:all|both|overall|together|altogether|combined|everyone|everybody|running|cumulative|so far|to date|per|index|indices"
    r"|(?:total|subtotal|sum|change|rise|fall|increase|decrease|difference|share|proportion|ratio|rate|percentage)s?)\b",
    re.IGNORECASE,
)
_FAR = 10**60  # further than any sum of numbers
UNIT = 10**18  # a number as a whole one: no cell has more decimal places
_TOO_WIDE = f"Divide it, or the table whose rows have the same names, into tables of at most {_MOST_COLUMNS} columns and {_MOST_CELLS:,} cells of numbers."
_TOO_LONG = "If there is no sum in it beside those under `adds_up:`, write `nothing_else_adds_up: yes` in small_counts; else divide it."
_WORK_OUT = "Delete {}: `computed:` in the description works changes and shares out, and hides what must be hidden."
_SUM_OF_ROWS = "Delete the row of the sum and write `total:` in the description, or leave the total out altogether."
_APART = "Leave out one of the two columns, or write `withheld` for a second number beside it."
_NOWHERE = "Leave that number out there, or write `withheld`."
_TOTAL = "Write `total:` for the column, so that a second number is hidden with it."


class Number(NamedTuple):
    """A cell: what it may truly be, times UNIT (one number, or a range where the file has none); where it is hidden; its own last place."""

    low: int
    high: int
    hidden: HiddenCell | None
    place: int


class Line(NamedTuple):
    """A column or row: its name, whether the name says that it is worked out, its cells."""

    name: str
    named: bool
    cells: Sequence[Number | None]


Term = tuple[int, Number]
_Divided = dict[int, tuple[Sequence[Term], Sequence[Term]]]  # by place what is divided, and by what
Orders = Sequence[Sequence[Sequence[int]]]  # ways to go through a table: runs of places of which each follows the one before


def _ends(terms: Sequence[Term]) -> tuple[int, int]:
    """The least and the most that numbers, each times its factor, may add up to."""
    least = sum(factor * (number.low if factor > 0 else number.high) for factor, number in terms)
    return least, least + sum(abs(factor) * (number.high - number.low) for factor, number in terms if number.high > number.low)


class Fact(NamedTuple):
    """Numbers, each times a factor, add up to something from ``low`` to ``high``; how many bits that says."""

    terms: Sequence[Term]
    low: int
    high: int
    bits: float

    def may_hold(self) -> bool:
        """Whether the true numbers keep to it."""
        least, most = _ends(self.terms)
        return least <= self.high and self.low <= most

    def known(self) -> Iterator[Known]:
        """What it says of hidden cells, in its smallest whole numbers."""
        factors: dict[HiddenCell, int] = {}
        for factor, number in self.terms:
            if number.hidden:
                factors[number.hidden] = factors.get(number.hidden, 0) + factor * number.place
        shown = sum(factor * number.low for factor, number in self.terms if not number.hidden)
        if divisor := gcd(*factors.values()):
            low, high = -((shown - self.low) // divisor), (self.high - shown) // divisor
            yield Known(tuple((cell, factor // divisor) for cell, factor in sorted(factors.items()) if factor), low, high)


class Relation(NamedTuple):
    """Something that may be thought to hold: in words, how to take it away, what follows, among how many like it, whether it is simple or its name says so."""

    says: str
    fix: str
    facts: Sequence[Fact]
    alike: float
    simple: bool
    named: bool

    @property
    def clear(self) -> bool:
        return sum(fact.bits for fact in self.facts) > log2(self.alike) + (0 if self.named else _CHANCE)

    def known(self) -> list[Known]:
        """What it says of hidden cells."""
        return [one for fact in self.facts for one in fact.known()]


def relations_of(table: Table, catalogue: Catalogue, only_clear: bool) -> list[Relation]:
    """Every relation that an outsider could use to work out what a table hides, those that are clear first.

    Raises TooManyToTry where there are more columns of numbers, or rows that may be the sum of others, than can be tried; it says how to fix that.
    """
    believed, facts = [], 0
    for one in _relations(table, catalogue, only_clear):
        facts += len(one.facts)
        if facts > _MOST_FACTS:
            raise TooManyToTry(_TOO_LONG)
        if (one.clear or (one.simple and not only_clear)) and one.known():
            believed.append(one)
    return sorted(believed, key=lambda relation: not relation.clear)


def _relations(table: Table, catalogue: Catalogue, only_clear: bool) -> Iterator[Relation]:
    columns, by_time = columns_of(table), table.about.column(table.about.row_header).type in TIMES
    if len(columns) > _MOST_COLUMNS or len(columns) * len(table.rows) > _MOST_CELLS:
        raise TooManyToTry(_TOO_WIDE)
    rows, orders = _rows_of(table, columns), list(_orders(table))
    yield from _sums(columns, only_clear, 1, "{} is {} in every row", "Name the sum under `adds_up:` of small_counts.")
    yield from _sums(rows, only_clear, 0.5, "{} is the row {}", _SUM_OF_ROWS)
    yield from (*_moves(columns, orders), *_quotients(columns, orders), *_said_elsewhere(table, columns, catalogue))
    if not by_time:
        yield from _sizes(columns, len(table.rows))
    if len(rows) <= _MOST_COLUMNS:
        across = [[range(len(rows[0].cells))]]
        yield from (one._replace(simple=False) for one in (*_moves(rows, across), *_quotients(rows, across)))
    yield from _made_from(table, catalogue)
    for other in catalogue.tables.values():
        if other is not table and (other.about.subject == table.about.subject or not by_time):
            yield from _with_rows_of(other, table, columns, only_clear)


def _with_rows_of(other: Table, table: Table, columns: Sequence[Line], only_clear: bool) -> Iterator[Relation]:
    """What holds between the columns of two tables whose rows have the same names."""
    rows = {key.casefold(): at for at, key in enumerate(other.keys)}
    places = [rows.get(key.casefold()) for key in table.keys]
    if sum(place is not None for place in places) < 2:
        return
    theirs = [Line(f"{other.id}/{n}", named, [None if at is None else cells[at] for at in (*places, None)]) for n, named, cells in columns_of(other)]
    if len(columns) + len(theirs) > 2 * _MOST_COLUMNS:
        raise TooManyToTry(_TOO_WIDE)
    for lines in ([*columns, *theirs], *([line, *theirs] for line in columns), *([line, *columns] for line in theirs)):
        yield from _sums(lines, only_clear, 1, "{} is {} in every row", _APART)
    yield from _quotients([*columns, *theirs], [])
    for ours, same in ((a, b) for a in columns for b in theirs if b.name == f"{other.id}/{a.name}"):
        yield Relation(f"{same.name} is {ours.name}", _APART, _added([ours._replace(named=True), same], 0, [1], 0.5), 1, True, True)


def _made_from(table: Table, catalogue: Catalogue) -> Iterator[Relation]:
    """What the page of a derived table says openly: which cells of which tables each of its numbers adds up or repeats."""
    for derived in catalogue.tables.values():
        parts = {name for origins in derived.made_from.values() for name, _, _ in origins} & catalogue.tables.keys()
        if table.id not in (derived.id, *parts):
            continue
        names = {name: _names_of(catalogue.tables[name]) for name in (derived.id, *parts)}
        cells = {(name, line.name): line.cells for name in names for line in columns_of(catalogue.tables[name])}
        for (row, column), origins in derived.made_from.items():
            made = [cells[name, there][at] for name, at, there in origins if (name, there) in cells]
            if (derived.id, column) in cells and (total := cells[derived.id, column][row]) and made and len(made) == len(origins) and all(made):
                rows = ", ".join(names[name][at] for name, at, _ in origins)
                says = f"{derived.id}, {names[derived.id][row]}, {column} is made of {origins[0][0]}, {origins[0][2]}: {rows}"
                fix = f"Take the column out of {derived.id}, or leave rows that hide counts out of it with `where:`."
                yield Relation(says, fix, [Fact([(1, total), *((-1, n) for n in made if n)], 0, 0, _CHANCE)], 1, True, True)


def _said_elsewhere(table: Table, columns: Sequence[Line], catalogue: Catalogue) -> Iterator[Relation]:
    """Numbers in figures, in tables with the same column and in the table's own words: they may be a total, or a number of the row named with them."""
    about, keys = table.about, [key.casefold() for key in table.keys]
    runs = [places for group in _orders(table) for places in group]
    figures = [f for f in catalogue.all("figure") if f.area == about.area and f.type == "whole number" and isinstance(f.cell.value, Decimal)]
    words = re.findall(r"[0-9][0-9,]{0,17}", " ".join((about.title, about.summary, *about.notes)))
    for line in (line for line in columns if line.name in about.counts):
        unit = about.column(line.name).unit
        said = [(f"{word} in the description", int(word.replace(",", "")) * UNIT, "") for word in words]
        said += [(f'the figure "{f.id}"', int(f.cell.value) * UNIT, f.title.casefold()) for f in figures if f.unit == unit or f.subject == about.subject]
        for other in catalogue.tables.values():
            if other is not table and line.name in (column.name for column in other.about.columns if column.is_number):
                (theirs,) = (theirs for theirs in columns_of(other) if theirs.name == line.name)
                said += [(f"{other.id}, {name}", n.low, name.casefold()) for name, n in zip(_names_of(other), theirs.cells, strict=True) if n and not n.hidden]
        for name, value, text in said:
            number = Number(value, value, None, UNIT)
            for places in (*runs, *([at] for at, key in enumerate(keys) if text and key and re.search(rf"\b{re.escape(key)}\b", text))):
                fact = Fact([(1, number), *((-1, n) for at in places if (n := line.cells[at]))], 0, 0, _bits(number))
                if fact.may_hold():
                    says, fix = (f"{name} is the total of {line.name}", _TOTAL) if len(places) > 1 else (f"{name} is {line.name}", _NOWHERE)
                    yield Relation(says, fix, [fact], 4 * len(said), True, False)


def columns_of(table: Table) -> list[Line]:
    """Every column of numbers that an outsider sees, those that are worked out too, each with its total last."""
    about, rows = table.about, table.rows_for_sums
    found: list[tuple[str, bool, list[Decimal | None]]] = []
    for column in (c for c in about.columns if c.is_number):
        numbers = [row.number(column.name) for row in rows]
        told = about.total and column.name in about.total.columns and (TOTAL, column.name) not in table.hidden
        total = sum((n for n in numbers if n is not None), Decimal(0)) if told else None
        named = column.type == "percentage" or bool(_NAMED.search(f"{column.name.replace('_', ' ')} {column.title} {column.unit or ''}"))
        found.append((column.name, named, [*numbers, total]))
    for computed in about.computed:
        found.append((computed.name, True, [*(None if n is None else rounded(n, computed.decimals) for n in worked_out(table, computed)), None]))
    return [Line(name, named, [_number(table, at, name, n) for at, n in enumerate(numbers)]) for name, named, numbers in found]


def _number(table: Table, at: int, column: str, value: Decimal | None) -> Number | None:
    """A cell to an outsider. A blank among counts is nobody; a count that is withheld is a small one that the file does not hold either."""
    here, small = (table.id, at, column), table.about.small_counts
    if value is not None:
        whole = int(value.scaleb(18))
        return Number(whole, whole, here if (at, column) in table.hidden else None, UNIT // 10 ** _decimals(value))
    text = table.rows_for_sums[at].cells[column].text if at < len(table.rows) and column in table.about.counts else None
    if text == "withheld" and small:
        return Number(UNIT, (small.threshold - 1) * UNIT, here, UNIT)
    return Number(0, 0, None, UNIT) if text == "" else None


def hidden_counts(table: Table) -> list[HiddenCell]:
    """Every count that is not shown, row by row: hidden by suppression, or small and not in the file either."""
    counts = [line for line in columns_of(table) if line.name in table.about.counts]
    return [n.hidden for at in range(len(table.rows)) for line in counts if (n := line.cells[at]) and n.hidden]


def ranges_of(tables: Mapping[str, Table], cells: Iterable[HiddenCell]) -> tuple[dict[HiddenCell, tuple[int, int]], dict[HiddenCell, int]]:
    """From what to what hidden cells may be, in units of their own last place, and what they are where the files say.

    It is taken for known which counts are small (from 1 to below the threshold) and which only hide those.
    """
    ranges, true = {}, {}
    for cell in cells:
        table, (_, row, column) = tables[cell[0]], cell
        value, small = table.rows_for_sums[row].number(column), table.about.small_counts
        threshold = small.threshold if small and column in table.about.counts else 0
        if value is not None:
            true[cell] = int(value.scaleb(_decimals(value)))
        number = true.get(cell, 1)
        far = 100 * abs(number) + 1000
        ranges[cell] = (1, threshold - 1) if 0 < number < threshold else (threshold or number - far, number + far)
    return ranges, true


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


def _names_of(table: Table) -> list[str]:
    """What each row is called, the totals last."""
    return [*(table.keys or (f"line {row.line}" for row in table.rows)), table.about.total.label if table.about.total else "Total"]


def _rows_of(table: Table, columns: Sequence[Line]) -> list[Line]:
    """Every row of whole numbers as an outsider sees it, the totals last."""
    kept = [line for line in columns if line.name in {c.name for c in table.about.columns if c.type == "whole number"}]
    rows = [Line(name, bool(_NAMED.search(name)), [line.cells[at] for line in kept]) for at, name in enumerate(_names_of(table))]
    return rows if table.about.total else rows[:-1]


def _orders(table: Table) -> Iterator[Sequence[Sequence[int]]]:
    """The rows from top to bottom, and those of each year, area or other group that a column names; and both upwards."""
    groups: list[list[list[int]]] = [[list(range(len(table.rows)))]]
    for column in (c for c in table.about.columns if not c.is_number):
        alike: dict[str, list[int]] = {}
        for at, row in enumerate(table.rows):
            alike.setdefault(row.cells[column.name].text, []).append(at)
        if 1 < len(alike) < len(table.rows):
            groups.append(list(alike.values()))
    for group in groups:
        yield from (group, [places[::-1] for places in group])


def _bits(result: Number, others: Iterable[Number] = ()) -> float:
    """What a result says: less where numbers that it comes from are not in the file."""
    loose = sum((number.high - number.low) // number.place for number in others)
    return max(0.0, log2(1 + max(abs(result.low), abs(result.high)) / result.place) - log2(1 + loose))


# Sums -------------------------------------------------------------------------------------------------------


def _sums(lines: Sequence[Line], only_clear: bool, share: float, says: str, fix: str) -> Iterator[Relation]:
    """Lines that are the sum of their neighbours, of all others or of any; where a name says so, this share of the places is enough."""
    simple = _sums_of_neighbours(lines, share)
    for whole, parts in dict.fromkeys((*simple, *_sums_of_any(lines, {whole for whole, parts in simple if len(parts) == len(lines) - 1}, only_clear))):
        alike = 4 * len(lines) if (whole, parts) in simple else len(lines) * comb(len(lines) - 1, len(parts))
        is_simple = (whole, parts) in simple or (lines[whole].named and len(lines) <= _FEW)
        names = [lines[part].name for part in parts]
        parts_named = " + ".join(names if len(names) < 7 else (*names[:3], "…", names[-1]))
        yield Relation(says.format(parts_named, lines[whole].name), fix, _added(lines, whole, parts, share), alike, is_simple, lines[whole].named)


def _added(lines: Sequence[Line], whole: int, parts: Sequence[int], share: float) -> list[Fact]:
    """That a line is the sum of others, place by place; nothing if that holds in a smaller share of the places, or not in all though no name says it."""
    facts = []
    for at, total in enumerate(lines[whole].cells):
        numbers = [lines[part].cells[at] for part in parts]
        if total and total.high and None not in numbers:
            there = [number for number in numbers if number]
            facts.append(Fact([(1, total), *((-1, number) for number in there)], 0, 0, _bits(total, there)))
    true = [fact for fact in facts if fact.may_hold()]
    return true if len(true) >= (share if lines[whole].named else 1) * len(facts) else []


def _sums_of_neighbours(lines: Sequence[Line], share: float) -> dict[tuple[int, tuple[int, ...]], None]:
    """Which lines are the sum of those just before or after them, or of all others; then again without the parts of those sums."""
    found: dict[tuple[int, tuple[int, ...]], None] = {}
    active, only_up = list(range(len(lines))), not any(n and n.low < 0 for line in lines for n in line.cells)
    while True:
        new: dict[tuple[int, tuple[int, ...]], None] = {}
        sums = [sum(n.low for line in active if (n := lines[line].cells[at])) for at in range(len(lines[0].cells))]
        for place, whole in enumerate(active):
            runs = [run for side in (active[place + 1 :], active[:place][::-1]) for run in _runs(lines, whole, side, only_up)]
            if any(n and least <= 2 * n.high for n, least in zip(lines[whole].cells, sums, strict=True)):
                runs.append((*active[:place], *active[place + 1 :]))
            new |= {(whole, parts): None for run in runs if len(parts := tuple(sorted(run))) > 1 and _added(lines, whole, parts, share)}
        if not new.keys() - found.keys():
            return found
        found |= new
        taken = {part for _, parts in new for part in parts} - {whole for whole, _ in new}
        active = [line for line in active if line not in taken]


def _runs(lines: Sequence[Line], whole: int, side: Sequence[int], only_up: bool) -> Iterator[tuple[int, ...]]:
    """The beginnings of a run of lines that may add up to a line somewhere."""
    totals = [(at, total) for at, total in enumerate(lines[whole].cells) if total and total.high]
    low, high = [0] * len(lines[whole].cells), [0] * len(lines[whole].cells)
    for size, line in enumerate(side, 1):
        for at, number in enumerate(lines[line].cells):
            if number:
                low[at], high[at] = low[at] + number.low, high[at] + number.high
        if any(n and n.high for n in lines[line].cells) and any(low[at] <= total.high and total.low <= high[at] for at, total in totals):
            yield tuple(side[:size])
        if only_up and all(low[at] > total.high for at, total in totals):
            return


def _sums_of_any(lines: Sequence[Line], known: Collection[int], only_clear: bool) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Which lines may be the sum of others wherever these are, by one mark for all that is in a line: marks add up as the lines do."""
    exact = [at for at in range(len(lines[0].cells)) if all(n.low == n.high for line in lines if (n := line.cells[at]))]
    for whole, line in enumerate(lines):
        totals = [(at, total) for at in exact if (total := line.cells[at]) and total.high]
        spare = sum(_bits(total) for _, total in totals) - log2(len(lines)) - (0 if line.named else _CHANCE)
        if whole in known or (len(lines) > _FEW and spare <= log2(len(lines) - 1)):
            continue
        marks = {whole: sum(total.low * 7**at for at, total in totals)}
        for other, part in enumerate(lines):
            there = [(at, n) for at, total in totals if (n := part.cells[at]) and (n.low <= total.low or total.low < 0)]
            if other != whole and len(there) == len(totals) and any(n.low for _, n in there):
                marks[other] = sum(n.low * 7**at for at, n in there)
        others = [other for other in marks if other != whole]
        few = len(others) <= _MOST_ADDED
        if not few and not only_clear and spare > log2(comb(len(lines) - 1, 4)):
            raise TooManyToTry(_TOO_LONG)
        first, second, sizes = (others[::2], others[1::2], (len(others), len(others))) if few else (others, others, (1, 2))
        rest: dict[int, list[tuple[int, ...]]] = {}
        for parts, mark in _choices(first, marks, sizes[0]):
            rest.setdefault(mark, []).append(parts)
        for parts, mark in _choices(second, marks, sizes[1]):
            yield from ((whole, tuple(sorted({*parts, *more}))) for more in rest.get(marks[whole] - mark, ()))


def _choices(lines: Sequence[int], marks: Mapping[int, int], most: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """Every choice of so many lines at most, with the sum of their marks."""
    return ((parts, sum(marks[part] for part in parts)) for size in range(most + 1) for parts in combinations(lines, size))


# Running totals, changes, shares and orders -----------------------------------------------------------------


def _moves(lines: Sequence[Line], orders: Orders) -> Iterator[Relation]:
    """Lines that say how far another moved from place to place, upwards or downwards; so do the parts of a running total."""
    for order in orders:
        steps = [step for places in order for step in pairwise(places)]
        for (one, moved), (two, move) in permutations(enumerate(lines), 2):
            facts: list[Fact] = []
            for before, at in steps:
                start, end, step = moved.cells[before], moved.cells[at], move.cells[at]
                if start and end and step:
                    up, down = (Fact([(sign, step), (1, start), (-1, end)], 0, 0, _bits(step, (start, end))) for sign in (1, -1))
                    facts.append(up if up.may_hold() else down)
                    if not facts[-1].may_hold():
                        break
            if facts and facts[-1].may_hold():
                begins = [(moved.cells[places[0]], move.cells[places[0]]) for places in order]
                starts = [Fact([(1, a), (-1, b)], 0, 0, _bits(b)) for a, b in begins if a and b]
                facts += [fact for fact in starts if fact.may_hold()]
                says, fix = f"{move.name} is how far {moved.name} moves from one to the next", _WORK_OUT.format(f"{move.name} or {moved.name}")
                yield Relation(says, fix, facts, 4 * len(lines) ** 2, abs(one - two) == 1, moved.named or move.named)


def _quotients(lines: Sequence[Line], orders: Orders) -> Iterator[Relation]:
    """Lines that are, as far as their rounding tells, one thing as a percentage (or so many in 1,000) of another."""
    pairs = [pair for pair in _pairs(lines, orders) if any(n.hidden for part, whole in pair[1].values() for _, n in (*part, *whole))]
    about = [_about(places) for _, places in pairs]
    alike = len(_SCALES) * len(lines) * (len(pairs) + 1)
    for ratio in lines:
        asked = [(at, n) for at, n in enumerate(ratio.cells) if n and not n.hidden and n.low]
        for (words, places), near in zip(pairs, about, strict=True):
            there = [(n, *near[at]) for at, n in asked if at in near]
            for scale in (s for s in _SCALES if there and all(s * least < n.low + n.place and s * most > n.low - n.place for n, least, most in there)):
                if not any(n is ratio.cells[at] for at, pair in places.items() for part in pair for _, n in part):
                    facts = [fact for at, n in asked if at in near for fact in _rounded_to(n, *places[at], scale * UNIT)]
                    if all(fact.may_hold() for fact in facts):
                        yield Relation(f"{ratio.name} is {words}", _WORK_OUT.format(ratio.name), facts, alike, ratio.named and scale == 100, ratio.named)


def _about(places: _Divided) -> dict[int, tuple[float, float]]:
    """From what to what each quotient is: a quick look at what cannot be."""
    found = {}
    for at, (part, whole) in places.items():
        (low, high), (least, most) = _ends(part), _ends(whole)
        if least > 0:
            found[at] = UNIT * min(low / least, low / most), UNIT * max(high / least, high / most)
    return found


def _pairs(lines: Sequence[Line], orders: Orders) -> Iterator[tuple[str, _Divided]]:
    """What a percentage may be of what, in words and place by place."""
    for line in lines:
        for order in orders:
            runs = [[(at, n) for at in places if (n := line.cells[at]) and n.high] for places in order]
            there = [(run, [(1, n) for _, n in run]) for run in runs]
            yield f"{line.name} as a share of its total", {at: ([(1, n)], whole) for run, whole in there for at, n in run}
            so_far: _Divided = {at: (whole[: k + 1], whole) for run, whole in there if len(run) <= 100 for k, (at, _) in enumerate(run)}
            yield f"the running total of {line.name} as a share of its total", so_far
            for name, moves in (
                ("the one before", [(a, b) for run in runs for a, b in pairwise(run)]),
                ("the first", [(run[0], b) for run in runs for b in run[1:]]),
            ):
                yield from _against(line.name, name, [(at, n, start) for (_, start), (at, n) in moves])
        counted = [other for other in lines if not other.named]
        if len(counted) > 2:
            names = " + ".join(other.name for other in counted)
            in_all: _Divided = {at: ([(1, n)], [(1, c) for o in counted if (c := o.cells[at])]) for at, n in enumerate(line.cells) if n and n.high}
            yield f"{line.name} as a share of {names}", in_all
        for other in (other for other in lines if other is not line):
            both = [(at, a, b) for at, (a, b) in enumerate(zip(line.cells, other.cells, strict=True)) if a and b and a.high and b.high]
            yield from _against(line.name, other.name, both)
            yield f"{line.name} as a share of {line.name} and {other.name}", {at: ([(1, a)], [(1, a), (1, b)]) for at, a, b in both}


def _against(new: str, old: str, both: Sequence[tuple[int, Number, Number]]) -> Iterator[tuple[str, _Divided]]:
    """A number as a share of another, and how far it rises or falls from it, place by place."""
    yield f"{new} as a share of {old}", {at: ([(1, a)], [(1, b)]) for at, a, b in both}
    yield f"the rise from {old} to {new}", {at: ([(1, a), (-1, b)], [(1, b)]) for at, a, b in both}
    yield f"the fall from {old} to {new}", {at: ([(1, b), (-1, a)], [(1, b)]) for at, a, b in both}


def _rounded_to(ratio: Number, part: Sequence[Term], whole: Sequence[Term], scale: int) -> Iterator[Fact]:
    """That part over whole, so many times, is rounded to the ratio: halves away from zero, or else either way."""
    for sign in (1, -1):
        edge = 2 * ratio.low - sign * ratio.place  # below it for 1, above it for -1
        terms = [*((sign * 2 * scale * f, n) for f, n in part), *((-sign * edge * f, n) for f, n in whole)]
        strict = Fact(terms, 1 if (sign > 0) == (ratio.low < 0) else 0, _FAR, _bits(ratio, (n for _, n in (*part, *whole))) / 2)
        yield strict if strict.may_hold() else Fact(terms, 0, _FAR, strict.bits)


def _sizes(lines: Sequence[Line], height: int) -> Iterator[Relation]:
    """Columns whose rows come in order of size."""
    for line in lines:
        numbers = [n for n in line.cells[:height] if n and n.high]
        for way, order in (("smallest", numbers), ("largest", numbers[::-1])):
            facts = [Fact([(1, b), (-1, a)], 0, _FAR, log2(size)) for size, (a, b) in enumerate(pairwise(order), 2)]
            if len({n.low for n in numbers}) > 2 and all(fact.may_hold() for fact in facts):
                fix = "Sort the file by name; `sort:` in the description orders the page."
                yield Relation(f"the rows come in the order of {line.name}, {way} first", fix, facts, 2, True, False)
