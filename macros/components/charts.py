"""Charts: where each bar and point stands, and what the chart says in words.

Owns: the geometry of bar, grouped bar and line charts, in per cent across and pixels down, so that text keeps its size on every screen.
Bars begin at zero; a missing value is a gap. Never: chooses colours (the stylesheet does) or writes SVG (``chart.html`` does).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from textwrap import wrap

from macros.content.editions import counted_anew
from macros.models.cells import Cell
from macros.views.tables import ArrangedTable, ShownRow

BAR_HEIGHT, LABEL_HEIGHT, GAP = 22, 22, 14  # of a bar, of a line of words above it, and below what belongs together
WIDEST = 70  # per cent of the width; the rest is for the number after the longest bar
LETTERS, YEAR = 34, 8  # of a line of words above a bar and below a point, for which a phone 320 pixels wide has room
ABOVE, BELOW, LINE = -11, 21, 17  # from a mark to the foot of its number above or below it, and from one number's foot to the next
PLOT_TOP, PLOT_HEIGHT = 34, 200
PART = 230  # at least so tall is each part of a chart of bars, between which paper may end
PLOT_LEFT, PLOT_RIGHT = 11.0, 89.0


Anew = Mapping[str, Collection[str]]  # for each series the keys of rows from which it is counted in another way


@dataclass(frozen=True)
class Point:
    """A number: where its bar ends or its mark stands, what is written beside it, and at which height. ``missing`` says that there is none to draw."""

    x: float
    y: float
    text: str
    series: int
    missing: bool
    text_y: float = 0.0


@dataclass(frozen=True)
class Label:
    """What a row is called, above its bars or below its points; and what each of its bars is, where a row has several."""

    x: float
    y: float
    text: str
    minor: bool = False  # may be left out on a narrow screen
    heads: bool = False  # stands over several bars, which have names of their own


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
    title: str = ""
    description: str = ""
    series: Sequence[str] = ()
    unit: str = ""


def draw(arranged: ArrangedTable) -> Drawing:
    """The chart that the table's description asks for.

    Raises:
        ValueError: the description asks for none.
    """
    about = arranged.table.about
    chart = about.chart
    if chart is None:
        raise ValueError(f"{about.id} has no chart")
    rows = [row for group in arranged.groups for row in group.rows]
    in_order = not (about.sort or about.group_by)
    anew = {name: counted_anew(arranged.table, name) if in_order else frozenset() for name in chart.values}
    titles = {heading.name: heading.title for heading in arranged.headings} | {column.name: column.title for column in about.columns}
    series = {name: titles[name] for name in chart.values}
    drawing = (_lines if chart.kind == "line" else _bars)(rows, chart.label, series, anew)
    unit = next((h.unit for h in arranged.headings if h.name == chart.values[0] and h.unit), "")
    described = _in_words(drawing.kind, rows, chart.label, series, anew)
    return replace(drawing, title=about.title, description=described, series=tuple(series.values()), unit=unit)


def _number(cell: Cell) -> float | None:
    return float(cell.value) if isinstance(cell.value, Decimal) else None


def _bounds(rows: Sequence[ShownRow], names: Mapping[str, str]) -> tuple[float, float]:
    """The least and the most of every number that is drawn, and zero, at which each chart begins."""
    numbers = [0.0, *(n for name in names for row in rows if (n := _number(row.cells[name])) is not None)]
    return min(numbers), max(numbers) or 1.0


def _bars(rows: Sequence[ShownRow], label: str, series: Mapping[str, str], anew: Anew) -> Drawing:
    alone, (_, largest) = len(series) == 1, _bounds(rows, series)
    points, labels, breaks, ends, y = [], [], [], [0], 0
    for row in rows:
        if y - ends[-1] >= PART:
            ends.append(y)
        if any(row.key in keys for keys in anew.values()):
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
            points.append(Point(round(max(value or 0.0, 0.0) / largest * WIDEST, 2), y, text, number, value is None, y + 16))
            y += BAR_HEIGHT + 3
        y += GAP
    return Drawing("bar", list(pairwise([*ends, y])), labels, points, breaks=breaks)


def _above_bars(text: str, y: int, heads: bool = False) -> list[Label]:
    """The words above bars, in as many lines as they need on the narrowest screen."""
    return [Label(0, y + 16 + LABEL_HEIGHT * number, line, heads=heads) for number, line in enumerate(wrap(text, LETTERS) or [""])]


def _lines(rows: Sequence[ShownRow], label: str, series: Mapping[str, str], anew: Anew) -> Drawing:
    lowest, largest = _bounds(rows, series)
    bottom, span = PLOT_TOP + PLOT_HEIGHT, largest - lowest or 1.0
    step = (PLOT_RIGHT - PLOT_LEFT) / max(1, len(rows) - 1)
    xs = [round(PLOT_LEFT + step * n, 2) if len(rows) > 1 else 50.0 for n in range(len(rows))]
    points, segments = [], []
    for number, name in enumerate(series, 1):
        line = []
        for x, cell in zip(xs, (row.cells[name] for row in rows), strict=True):
            value = _number(cell)
            line.append(Point(x, round(bottom - ((value or 0.0) - lowest) / span * PLOT_HEIGHT, 1), cell.shown, number, value is None))
        joined = [row.key not in anew[name] for row in rows[1:]]
        segments += [(a, b) for (a, b), whole in zip(pairwise(line), joined, strict=True) if whole and not a.missing and not b.missing]
        points += [point for point in line if not point.missing]
    points = list(_numbers_apart(points))
    between = [x - step / 2 for x, row in zip(xs, rows, strict=True) if any(row.key in keys for keys in anew.values())]
    breaks = [(x, float(PLOT_TOP), x, float(bottom)) for x in between]
    every = 1 if len(rows) <= 6 else 2
    labels = [
        Label(x, bottom + 40 + LINE * line, text, minor=len(rows) > 4 and (len(rows) - 1 - n) % (2 * every) != 0)
        for n, (x, row) in enumerate(zip(xs, rows, strict=True))
        if n % every == 0
        for line, text in enumerate(wrap(row.cells[label].shown, YEAR, break_long_words=False))
    ]
    foot = max([bottom + 40, *(name.y for name in labels)]) + 12
    return Drawing("line", [(0, int(foot))], labels, points, segments, breaks, baseline=bottom - (0 - lowest) / span * PLOT_HEIGHT)


def _numbers_apart(points: Sequence[Point]) -> Iterator[Point]:
    """Each point with the height of its number: above the highest mark of its place, below the lowest, and never on another number."""
    for x in dict.fromkeys(point.x for point in points):
        here, last = sorted((point for point in points if point.x == x), key=lambda point: point.y), float("-inf")
        for place, point in enumerate(here):
            lowest = place == len(here) - 1 and place > 0
            last = max(point.y + (BELOW if lowest or point.y + ABOVE - last < LINE else ABOVE), last + LINE)
            yield replace(point, text_y=last)


def _in_words(kind: str, rows: Sequence[ShownRow], label: str, series: Mapping[str, str], anew: Anew) -> str:
    """What the chart shows, for somebody who cannot see it: ends, peak and lowest of each series, anew wherever it is counted differently."""
    sentences = [f"{'Line' if kind == 'line' else 'Bar' if len(series) == 1 else 'Grouped bar'} chart of {len(rows)} rows."]
    for column, title, stretch in [(name, *stretch) for name in series for stretch in _stretches(rows, series[name], anew[name])]:
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


def _stretches(rows: Sequence[ShownRow], title: str, anew: Collection[str]) -> Iterator[tuple[str, Sequence[ShownRow]]]:
    """The rows in runs within which a series is counted in one way, and what it is called in each."""
    edges = [0, *(place for place, row in enumerate(rows) if place and row.key in anew), len(rows)]
    yield from ((f"{title}, counted differently" if first else title, rows[first:last]) for first, last in pairwise(edges))
