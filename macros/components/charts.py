"""Charts: where each bar and point stands, and what the chart says in words.

Owns: the geometry of bar, grouped bar and line charts, in per cent across and pixels down, so that text keeps its size on every screen.
Bars begin at zero; a missing value is a gap. Never: chooses colours (the stylesheet does) or writes SVG (``chart.html`` does).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from macros.models.cells import Cell
from macros.views.tables import ArrangedTable, ShownRow

BAR_HEIGHT, LABEL_HEIGHT, GAP = 22, 22, 14
WIDEST = 78  # per cent of the width; the rest is for the number after the longest bar
PLOT_TOP, PLOT_HEIGHT = 34, 200
PLOT_LEFT, PLOT_RIGHT = 9.0, 91.0


@dataclass(frozen=True)
class Bar:
    """One bar, its label above or its series' name beside it, and its number."""

    y: int
    width: float
    text: str
    series: int
    missing: bool


@dataclass(frozen=True)
class Mark:
    """One point of a line: its place and its number, written above or below."""

    x: float
    y: float
    text: str
    text_y: float
    series: int


@dataclass(frozen=True)
class Segment:
    """A stretch of line between two points that both have values."""

    x1: float
    y1: float
    x2: float
    y2: float
    series: int


@dataclass(frozen=True)
class Label:
    """Words in the chart."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    minor: bool = False  # may be left out on a narrow screen


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be written as SVG."""

    kind: str
    height: int
    labels: tuple[Label, ...]
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    segments: tuple[Segment, ...] = ()
    baseline: float = 0.0
    title: str = ""
    description: str = ""
    series: tuple[str, ...] = ()
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
    titles = {heading.name: heading.title for heading in arranged.headings} | {column.name: column.title for column in about.columns}
    series = tuple(titles[name] for name in chart.values)
    unit = next((h.unit for h in arranged.headings if h.name == chart.values[0] and h.unit), "")
    if chart.kind == "line":
        kind, drawing = "Line chart", _lines(rows, chart.label, chart.values)
    else:
        kind, drawing = "Bar chart" if len(series) == 1 else "Grouped bar chart", _bars(rows, chart.label, dict(zip(chart.values, series, strict=True)))
    description = _in_words(kind, rows, chart.label, chart.values, series)
    return replace(drawing, title=about.title, description=description, series=series if kind != "Bar chart" else (), unit=unit)


def _number(cell: Cell | None) -> float | None:
    return float(cell.value) if cell is not None and isinstance(cell.value, Decimal) else None


def _numbers(rows: Sequence[ShownRow], names: Iterable[str]) -> list[float]:
    """Every number that is drawn, and zero, at which each chart begins."""
    return [0.0, *(n for name in names for row in rows if (n := _number(row.cells.get(name))) is not None)]


def _bars(rows: Sequence[ShownRow], label: str, series: Mapping[str, str]) -> Drawing:
    largest, widest = max(_numbers(rows, series)) or 1.0, WIDEST if len(series) == 1 else 50
    bars: list[Bar] = []
    labels: list[Label] = []
    y = 0
    for row in rows:
        labels.append(Label(0, y + 16, row.cells[label].shown))
        y += LABEL_HEIGHT
        for number, (name, title) in enumerate(series.items(), 1):
            value, text = _number(row.cells[name]), row.cells[name].shown or "no number"
            width = round(max(value or 0.0, 0.0) / largest * widest, 2)
            bars.append(Bar(y, width, text if len(series) == 1 else f"{text} {title}", number, value is None))
            y += BAR_HEIGHT + 3
        y += GAP
    return Drawing("bar", y, tuple(labels), bars=tuple(bars))


def _lines(rows: Sequence[ShownRow], label: str, names: Sequence[str]) -> Drawing:
    lowest, largest = min(_numbers(rows, names)), max(_numbers(rows, names)) or 1.0
    span = largest - lowest or 1.0
    bottom = PLOT_TOP + PLOT_HEIGHT
    step = (PLOT_RIGHT - PLOT_LEFT) / max(1, len(rows) - 1)
    xs = [round(PLOT_LEFT + step * n, 2) if len(rows) > 1 else 50.0 for n in range(len(rows))]
    marks: list[Mark] = []
    segments: list[Segment] = []
    for number, name in enumerate(names, 1):
        before: Mark | None = None
        for x, row in zip(xs, rows, strict=True):
            value = _number(row.cells[name])
            if value is None:
                before = None
                continue
            y = round(bottom - (value - lowest) / span * PLOT_HEIGHT, 1)
            mark = Mark(x, y, row.cells[name].shown, y - 11 if number % 2 else y + 21, number)
            if before:
                segments.append(Segment(before.x, before.y, x, y, number))
            marks.append(mark)
            before = mark
    every = 1 if len(rows) <= 6 else 2
    labels = tuple(
        Label(x, bottom + 40, row.cells[label].shown, anchor="middle", minor=len(rows) > 4 and (len(rows) - 1 - n) % (2 * every) != 0)
        for n, (x, row) in enumerate(zip(xs, rows, strict=True))
        if n % every == 0
    )
    return Drawing("line", bottom + 52, labels, marks=tuple(marks), segments=tuple(segments), baseline=bottom - (0 - lowest) / span * PLOT_HEIGHT)


def _in_words(kind: str, rows: Sequence[ShownRow], label: str, names: Sequence[str], series: Sequence[str]) -> str:
    """What the chart shows, for somebody who cannot see it: ends, peak and lowest of each series."""
    sentences = [f"{kind} of {len(rows)} rows."]
    for title, name in zip(series, names, strict=True):
        known = [(number, row.cells[label].shown, row.cells[name].shown) for row in rows if (number := _number(row.cells[name])) is not None]
        if not known:
            sentences.append(f"{title}: no numbers were published.")
            continue
        (_, where_most, most), (_, where_least, least) = max(known, key=lambda point: point[0]), min(known, key=lambda point: point[0])
        if kind == "Line chart":
            (_, begin, first), (_, end, last) = known[0], known[-1]
            sentences.append(f"{title}: from {first} in {begin} to {last} in {end}; highest {most} ({where_most}), lowest {least} ({where_least}).")
        else:
            sentences.append(f"{title}: most for {where_most} ({most}), least for {where_least} ({least}).")
        if len(known) < len(rows):
            sentences.append(f"{len(rows) - len(known)} without a number.")
    return " ".join(sentences)
