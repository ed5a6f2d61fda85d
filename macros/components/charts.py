"""Charts: where each bar, point and dot stands, and what the chart says in words.

Owns: the geometry of bars and lines, in per cent across and pixels down, so that text keeps its size on every screen; and of maps, which
are as wide as the narrowest screen and are drawn larger as a whole.
Bars begin at zero and have a pale track to what they are a part of; a line ends where a year is missing or something is counted otherwise; two numbers
are no chart, and stand side by side. Never: chooses colours (the stylesheet does) or writes SVG (``chart.html`` does).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import cos, sin, sqrt
from textwrap import wrap

from macros.content.arithmetic import HUNDRED
from macros.content.editions import counted_differently_from, why_no_change
from macros.content.findings import finding, rest_of
from macros.models.cells import Cell, show
from macros.models.partnership import Town
from macros.views.tables import ArrangedTable, ShownRow

BAR_HEIGHT, LABEL_HEIGHT, GAP = 22, 22, 14  # of a bar, of a line of words above it, and below what belongs together
WIDEST = 70  # per cent of the width; the rest is for the number after the longest bar
LETTERS, YEAR = 34, 8  # of a line of words above a bar and below a point, for which a phone 320 pixels wide has room
ABOVE, BELOW, LINE = -11, 21, 17  # from a mark to the foot of its number above or below it, and from one number's foot to the next
PLOT_TOP, PLOT_HEIGHT = 34, 200
PART = 230  # at least so tall is each part of a chart of bars, between which paper may end
PLOT_LEFT, PLOT_RIGHT = 11.0, 89.0
MAP, HIGHEST, EDGE, TALLER = 288, 380, 20, 1.4  # units across a map, down, and around it; its kilometres are higher than wide, as names need room
RING, STEP, TURN = 4, 6, 2.4  # of a map: a ring's radius, and how far from dot to dot outwards and around (in radians)
LETTER, NAME, ROUNDS = 8.3, 16, 4  # of its names: across a letter, down a line, and how often they are tried in another order
MOST_SLOTS, PAIR = 60, 2  # years that a line has room for one by one; fewer rows than three are no chart


Changed = Mapping[str, Collection[str]]  # for each series the keys of rows from which it is counted in another way


@dataclass(frozen=True)
class Point:
    """A number: where its bar ends or its mark stands, what is written beside it, and at which height. ``missing`` says that there is none to draw."""

    x: float
    y: float
    text: str
    series: int
    missing: bool
    text_y: float = 0.0
    track: float = 0.0  # how far the pale track of a bar goes, which is the whole that it is a part of
    is_rest: bool = False  # what the rows do not say


@dataclass(frozen=True)
class Label:
    """What a row is called, above its bars or below its points; and what each of its bars is, where a row has several."""

    x: float
    y: float
    text: str
    minor: bool = False  # may be left out on a narrow screen
    heads: bool = False  # stands over several bars, which have names of their own; on a map: the name of a town with dots
    anchor: str = "start"  # on a map: which end of the text is at x


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be written as SVG."""

    kind: str
    parts: Sequence[tuple[int, int]]  # from where to where each goes, below one another; a page of paper may end between two
    labels: Sequence[Label]
    points: Sequence[Point]
    segments: Sequence[tuple[Point, Point]] = ()  # neighbouring points of a line that both have values
    breaks: Sequence[tuple[float, float, float, float]] = ()  # from (across, down) to (across, down): beyond it something is counted differently
    baseline: float = 0.0
    gap: bool = False  # a line is broken as a year is missing
    title: str = ""
    finding: str = ""
    description: str = ""
    series: Sequence[str] = ()
    unit: str = ""


def draw(arranged: ArrangedTable, towns: Sequence[Town] = ()) -> Drawing:
    """The chart that the table's description asks for; a map is of the ``towns``. Raises ValueError where the description asks for none."""
    about = arranged.table.about
    chart = about.chart
    if chart is None:
        raise ValueError(f"{about.id} has no chart")
    rows = [row for group in arranged.groups for row in group.rows]
    in_order = not (about.sort or about.group_by)
    changed = {name: counted_differently_from(arranged.table, name) if in_order else frozenset() for name in chart.values}
    titles = {heading.name: heading.title for heading in arranged.headings} | {column.name: column.title for column in about.columns}
    series = {name: titles[name] for name in chart.values}
    if chart.kind == "line":
        drawing = _lines(arranged, rows, chart.label, series, changed)
    elif len(rows) == PAIR and len(series) == 1 and chart.kind == "bar":
        (name,) = series
        labels = [Label(0, 0, row.cells[chart.label].shown) for row in rows]
        points = [Point(0, 0, cell.shown or "no number", 1, _number(cell) is None) for cell in (row.cells[name] for row in rows)]
        drawing = Drawing("pair", (), labels, points, breaks=[(0.0, 0.0, 0.0, 0.0)] if changed[name] else ())
    elif chart.kind == "map":
        drawing = _map({row.cells[chart.label].shown: row.cells[chart.values[0]] for row in rows}, towns)
    else:
        drawing = _bars(arranged, rows, chart.label, series, changed)
    unit = next((h.unit for h in arranged.headings if h.name == chart.values[0] and h.unit), "")
    described = drawing.description or _in_words(drawing.kind, rows, chart.label, series, changed)
    if rest := next((point for point in drawing.points if point.is_rest), None):
        described += f" {chart.rest}: {rest.text}."
    said = finding(arranged.table)
    return replace(drawing, title=about.title, finding=said, description=described, series=tuple(series.values()), unit=unit)


def _number(cell: Cell) -> float | None:
    return float(cell.value) if isinstance(cell.value, Decimal) else None


def _bounds(rows: Sequence[ShownRow], names: Mapping[str, str]) -> tuple[float, float]:
    """The least and the most of every number that is drawn, and zero, at which each chart begins."""
    numbers = [0.0, *(n for name in names for row in rows if (n := _number(row.cells[name])) is not None)]
    return min(numbers), max(numbers) or 1.0


def _bars(arranged: ArrangedTable, rows: Sequence[ShownRow], label: str, series: Mapping[str, str], changed: Changed) -> Drawing:
    alone, (lowest, largest) = len(series) == 1, _bounds(rows, series)
    about = arranged.table.about
    chart, types = about.chart, {column.name: column.type for column in about.columns} | {c.name: c.shown_as for c in about.computed}
    share = all(types[name] == "percentage" for name in series) and 0 <= lowest <= largest <= HUNDRED
    largest = float(HUNDRED) if share else largest
    points, labels, breaks, ends, y, above = [], [], [], [0], 0, 0.0
    for row in rows:
        if y - ends[-1] >= PART:
            ends.append(y)
        if any(row.key in keys for keys in changed.values()):
            breaks.append((0.0, y - GAP / 2, 100.0, y - GAP / 2))
        named = _above_bars(row.cells[label].shown, y, heads=not alone)
        labels += named
        y += LABEL_HEIGHT * len(named)
        for number, (name, title) in enumerate(series.items(), 1):
            if not alone:
                named = _above_bars(title, y)
                labels += named
                y += LABEL_HEIGHT * len(named)
            value, text = _number(row.cells[name]), row.cells[name].shown or "no number"
            x = round(max(value or 0.0, 0.0) / largest * WIDEST, 2)
            track = 0.0 if value is None else WIDEST if share else above if chart and chart.nested else 0.0
            points.append(Point(x, y, text, number, value is None, y + 16, track))
            above = x
            y += BAR_HEIGHT + 3
        y += GAP
    if chart and chart.rest and (rest := rest_of(arranged.table)):
        named = _above_bars(chart.rest, y)
        labels, y = labels + named, y + LABEL_HEIGHT * len(named)
        points.append(Point(float(round(rest * WIDEST / HUNDRED, 2)), y, show(rest, "percentage"), 1, False, y + 16, WIDEST, is_rest=True))
        y += BAR_HEIGHT + 3 + GAP
    return Drawing("bar", list(pairwise([*ends, y])), labels, points, breaks=breaks)


def _map(counts: Mapping[str, Cell], towns: Sequence[Town]) -> Drawing:
    """A dot for each that was counted, around where its town lies, and a ring for every other town."""
    dots = {town.title: int(_number(counts[town.title]) or 0) if town.title in counts else 0 for town in towns}
    west, south, edge = min(town.east for town in towns), min(town.north for town in towns), max(EDGE, STEP * sqrt(max(dots.values())))
    wide, high = max(1, *(town.east - west for town in towns)), max(1, *(town.north - south for town in towns))
    scale = min((MAP - 2 * edge) / wide, HIGHEST / high / TALLER)
    left, foot = (MAP - wide * scale) / 2, 2 * edge + high * scale * TALLER
    at = {town.title: (left + (town.east - west) * scale, foot - (town.north - south) * scale * TALLER) for town in towns}
    points = [Point(round(x, 1), round(y, 1), "", 1, True) for name, (x, y) in at.items() if not dots[name]]
    for name, (x, y) in at.items():  # each dot a turn on and further out than the one before, as seeds lie in a sunflower
        spots = [(STEP * sqrt(number + 0.5) * (dots[name] > 1), TURN * number) for number in range(dots[name])]
        points += [Point(round(x + out * cos(turn), 1), round(y + out * sin(turn), 1), "", 1, False) for out, turn in spots]
    texts = {name: f"{name} {counts[name].shown}" if name in counts else name for name in sorted(at, key=lambda name: (name not in counts, dots[name]))}
    labels = _names({name: (x, y, RING + 3 + STEP * sqrt(max(0, dots[name] - 1))) for name, (x, y) in at.items()}, texts, counts, foot + 2 * edge)
    thirds = {t.title: (("south", "", "north")[int(2.99 * (t.north - south) / high)], ("west", "", "east")[int(2.99 * (t.east - west) / wide)]) for t in towns}
    said = "; ".join(f"{name}, in the {'-'.join(filter(None, thirds[name])) or 'middle'}: {counts[name].shown}" for name in counts if name in thirds)
    return Drawing("map", [(0, int(foot + 2 * edge))], labels, points, description=f"Map with a dot for each. {said}.")


def _names(marks: Mapping[str, tuple[float, float, float]], texts: Mapping[str, str], heads: Collection[str], deep: float) -> list[Label]:
    """Each town's name beside its mark, over no other. What finds no room chooses first in another round; if it never does, its mark is alone."""
    order, labels = list(texts), list[Label]()
    for _ in range(ROUNDS):
        taken, labels = {name: (x - far, y - far, x + far, y + far) for name, (x, y, far) in marks.items()}, []
        for name in order:
            (x, y, far), wide = marks[name], len(texts[name]) * LETTER
            for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1), (0.5, 0.7), (-0.5, 0.7), (0.5, -0.7), (-0.5, -0.7)):
                x1, y1 = x + across * far - wide * (across < 0) - wide / 2 * (not across), y + down * (far + NAME / 2) - NAME / 2
                hits = (one for of, one in taken.items() if of != name and x1 < one[2] and one[0] < x1 + wide and y1 < one[3] and one[1] < y1 + NAME)
                if x1 >= 0 <= y1 <= deep - NAME and x1 + wide <= MAP and not any(hits):
                    anchor = "middle" if not across else "start" if across > 0 else "end"
                    labels.append(Label(round(x + across * far, 1), round(y1 + NAME - 3, 1), texts[name], heads=name in heads, anchor=anchor))
                    taken[f"name of {name}"] = (x1, y1, x1 + wide, y1 + NAME)
                    break
        order.sort(key=lambda name: texts[name] in {label.text for label in labels})
    return labels


def _above_bars(text: str, y: int, heads: bool = False) -> list[Label]:
    """The words above bars, in as many lines as they need on the narrowest screen."""
    return [Label(0, y + 16 + LABEL_HEIGHT * number, line, heads=heads) for number, line in enumerate(wrap(text, LETTERS) or [""])]


def _slots(arranged: ArrangedTable, rows: Sequence[ShownRow], label: str) -> list[int]:
    """The place of each row across: years and quarters that are missing keep theirs free."""
    about, table = arranged.table.about, arranged.table
    times = [when for row in table.rows if (when := table.when(row))]
    steady = about.time == label and about.key == (label,) and about.column(label).type != "date" and times == sorted(times) and len(times) == len(rows)
    places = [0]
    for above, here in pairwise(times if steady else ()):
        step = 1
        while (above := above.following) < here and step < MOST_SLOTS:
            step += 1
        places.append(places[-1] + step)
    return places if len(places) == len(rows) and places[-1] < MOST_SLOTS else list(range(len(rows)))


def _lines(arranged: ArrangedTable, rows: Sequence[ShownRow], label: str, series: Mapping[str, str], changed: Changed) -> Drawing:
    lowest, largest = _bounds(rows, series)
    bottom, span, slots = PLOT_TOP + PLOT_HEIGHT, largest - lowest or 1.0, _slots(arranged, rows, label)
    last = max(slots, default=0)
    step = (PLOT_RIGHT - PLOT_LEFT) / max(1, last)
    xs = [round(PLOT_LEFT + step * slot, 2) if len(rows) > 1 else 50.0 for slot in slots]
    points, segments, table = [], [], arranged.table
    in_order = not (table.about.sort or table.about.group_by)
    follows = [not in_order or why_no_change(table, "", above, here) == "" for above, here in pairwise(table.rows)]
    for number, name in enumerate(series, 1):
        line = []
        for x, cell in zip(xs, (row.cells[name] for row in rows), strict=True):
            value = _number(cell)
            line.append(Point(x, round(bottom - ((value or 0.0) - lowest) / span * PLOT_HEIGHT, 1), cell.shown, number, value is None))
        joined = [row.key not in changed[name] and whole for row, whole in zip(rows[1:], follows, strict=True)]
        segments += [(a, b) for (a, b), whole in zip(pairwise(line), joined, strict=True) if whole and not a.missing and not b.missing]
        points += [point for point in line if not point.missing]
    points = _numbers_apart(points)
    between = [x - step / 2 for x, row in zip(xs, rows, strict=True) if any(row.key in keys for keys in changed.values())]
    breaks = [(x, float(PLOT_TOP), x, float(bottom)) for x in between]
    every = 1 if last < 6 else 2
    labels = [
        Label(x, bottom + 40 + LINE * line, text, minor=last > 3 and (last - slot) % (2 * every) != 0)
        for slot, x, row in zip(slots, xs, rows, strict=True)
        if slot % every == 0
        for line, text in enumerate(wrap(row.cells[label].shown, YEAR, break_long_words=False))
    ]
    foot = max([bottom + 40, *(name.y for name in labels)]) + 12
    return Drawing("line", [(0, int(foot))], labels, points, segments, breaks, bottom + lowest / span * PLOT_HEIGHT, gap=last >= len(rows) > 0)


def _numbers_apart(points: Sequence[Point]) -> list[Point]:
    """Each point with the height of its number: above the highest mark of its place, below the lowest, and never on another number. Where that would push
    numbers away from their marks, the first line alone has numbers, above or below every mark of their place; the table has all of them.
    """
    placed = list(_one_below_another(points))
    if all(point.text_y <= point.y + BELOW for point in placed):
        return placed
    marks = {x: [point.y for point in points if point.x == x] for x in {point.x for point in points}}
    return [
        replace(point, text="")
        if point.series > 1
        else replace(point, text_y=top + ABOVE if point.y - (top := min(marks[point.x])) <= max(marks[point.x]) - point.y else max(marks[point.x]) + BELOW)
        for point in placed
    ]


def _one_below_another(points: Sequence[Point]) -> Iterator[Point]:
    for x in dict.fromkeys(point.x for point in points):
        here, last = sorted((point for point in points if point.x == x), key=lambda point: point.y), float("-inf")
        for place, point in enumerate(here):
            below = place > 0 and (point is here[-1] or point.y - here[place - 1].y < here[place + 1].y - point.y)
            last = max(point.y + (BELOW if below or point.y + ABOVE - last < LINE else ABOVE), last + LINE)
            yield replace(point, text_y=last)


def _in_words(kind: str, rows: Sequence[ShownRow], label: str, series: Mapping[str, str], changed: Changed) -> str:
    """What the chart shows, for somebody who cannot see it: ends, peak and lowest of each series, each again from where it is counted differently."""
    looks = "Line" if kind == "line" else "Bar" if len(series) == 1 else "Grouped bar"
    sentences = [f"{looks} chart of {len(rows)} rows."]
    for column, title, stretch in [(name, *stretch) for name in series for stretch in _stretches(rows, series[name], changed[name])]:
        known = [(number, row.cells[label].shown, row.cells[column].shown) for row in stretch if (number := _number(row.cells[column])) is not None]
        if not known:
            sentences.append(f"{title}: no numbers are given.")
            continue
        if kind == "line" and len(known) == 1:
            sentences.append(f"{title}: {known[0][2]} in {known[0][1]}.")
            continue
        (_, where_most, most), (_, where_least, least) = max(known, key=lambda point: point[0]), min(known, key=lambda point: point[0])
        if kind == "line":
            (_, begin, first), (_, end, last) = known[0], known[-1]
            sentences.append(f"{title}: from {first} in {begin} to {last} in {end}; highest {most} ({where_most}), lowest {least} ({where_least}).")
        else:
            sentences.append(f"{title}: most for {where_most} ({most}), least for {where_least} ({least}).")
        if len(known) < len(stretch):
            sentences.append(f"{len(stretch) - len(known)} without a number.")
    return " ".join(sentences)


def _stretches(rows: Sequence[ShownRow], title: str, changed: Collection[str]) -> Iterator[tuple[str, Sequence[ShownRow]]]:
    """The rows in runs within which a series is counted in one way, and what it is called in each."""
    edges = [0, *(place for place, row in enumerate(rows) if place and row.key in changed), len(rows)]
    yield from ((f"{title}, counted differently" if first else title, rows[first:last]) for first, last in pairwise(edges))
