"""Charts: where each bar and point stands, and what the chart says in words.

Owns: the geometry of bar, grouped bar and line charts, in per cent across and pixels down, so that text
keeps its size on every screen. Bars begin at zero; a missing value is a gap.
Never: chooses colours (the stylesheet does) or writes SVG (``overrides/components/chart.html`` does).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    series: int = 0
    anchor: str = "start"
    minor: bool = False  # may be left out on a narrow screen


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be written as SVG."""

    kind: str
    height: int
    title: str
    description: str
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    segments: tuple[Segment, ...] = ()
    labels: tuple[Label, ...] = ()
    series: tuple[str, ...] = ()
    unit: str = ""
    baseline: float = 0.0


def draw(arranged: ArrangedTable) -> Drawing:
    """The chart that the table's description asks for.

    Raises:
        ValueError: the description asks for none.
    """
    chart = arranged.table.about.chart
    if chart is None:
        raise ValueError(f"{arranged.table.id} has no chart")
    rows = [row for group in arranged.groups for row in group.rows]
    titles = {heading.name: heading.title for heading in arranged.headings}
    titles |= {column.name: column.title for column in arranged.table.about.columns}
    series = tuple(titles[name] for name in chart.values)
    unit = next((h.unit for h in arranged.headings if h.name == chart.values[0] and h.unit), "")
    make = _lines if chart.kind == "line" else _bars
    return make(arranged, rows, chart.label, chart.values, series, unit or "")


def _number(cell: Cell | None) -> float | None:
    return float(cell.value) if cell is not None and isinstance(cell.value, Decimal) else None


def _numbers(rows: Sequence[ShownRow], names: Sequence[str]) -> list[float]:
    return [n for row in rows for name in names if (n := _number(row.cells.get(name))) is not None]


def _bars(arranged: ArrangedTable, rows: Sequence[ShownRow], label: str, names: Sequence[str], series: tuple[str, ...], unit: str) -> Drawing:
    largest = max([*_numbers(rows, names), 0.0]) or 1.0
    bars: list[Bar] = []
    labels: list[Label] = []
    y = 0
    for row in rows:
        labels.append(Label(0, y + 16, row.cells[label].shown))
        y += LABEL_HEIGHT
        for number, name in enumerate(names):
            cell = row.cells[name]
            value = _number(cell)
            text = cell.shown or "no number"
            if len(names) > 1:
                text = f"{text} {series[number]}"
            bars.append(Bar(y, round(max(value or 0.0, 0.0) / largest * (WIDEST if len(names) == 1 else 50), 2), text, number + 1, value is None))
            y += BAR_HEIGHT + 3
        y += GAP
    kind = "Bar chart" if len(names) == 1 else "Grouped bar chart"
    return Drawing(
        "bar",
        y,
        arranged.table.about.title,
        _in_words(kind, rows, label, names, series),
        tuple(bars),
        labels=tuple(labels),
        series=series if len(names) > 1 else (),
        unit=unit,
    )


def _lines(arranged: ArrangedTable, rows: Sequence[ShownRow], label: str, names: Sequence[str], series: tuple[str, ...], unit: str) -> Drawing:
    largest = max([*_numbers(rows, names), 0.0]) or 1.0
    lowest = min([*_numbers(rows, names), 0.0])
    span = largest - lowest or 1.0
    step = (PLOT_RIGHT - PLOT_LEFT) / max(1, len(rows) - 1)
    xs = [round(PLOT_LEFT + step * n, 2) if len(rows) > 1 else 50.0 for n in range(len(rows))]
    marks: list[Mark] = []
    segments: list[Segment] = []
    for number, name in enumerate(names):
        before: Mark | None = None
        for x, row in zip(xs, rows, strict=True):
            value = _number(row.cells[name])
            if value is None:
                before = None
                continue
            y = round(PLOT_TOP + PLOT_HEIGHT - (value - lowest) / span * PLOT_HEIGHT, 1)
            mark = Mark(x, y, row.cells[name].shown, y - 11 if number % 2 == 0 else y + 21, number + 1)
            if before:
                segments.append(Segment(before.x, before.y, x, y, number + 1))
            marks.append(mark)
            before = mark
    every = 1 if len(rows) <= 6 else 2
    labels = [
        Label(x, PLOT_TOP + PLOT_HEIGHT + 40, row.cells[label].shown, anchor="middle", minor=len(rows) > 4 and (len(rows) - 1 - n) % (2 * every) != 0)
        for n, (x, row) in enumerate(zip(xs, rows, strict=True))
        if n % every == 0
    ]
    words = _in_words("Line chart", rows, label, names, series)
    return Drawing(
        "line",
        PLOT_TOP + PLOT_HEIGHT + 52,
        arranged.table.about.title,
        words,
        (),
        tuple(marks),
        tuple(segments),
        tuple(labels),
        series,
        unit,
        PLOT_TOP + PLOT_HEIGHT - (0 - lowest) / span * PLOT_HEIGHT,
    )


def _in_words(kind: str, rows: Sequence[ShownRow], label: str, names: Sequence[str], series: tuple[str, ...]) -> str:
    """What the chart shows, for somebody who cannot see it: ends, peak and lowest of each series."""
    sentences = [f"{kind} of {len(rows)} rows."]
    for title, name in zip(series, names, strict=True):
        known = [(row.cells[label].shown, row.cells[name]) for row in rows if _number(row.cells[name]) is not None]
        if not known:
            sentences.append(f"{title}: no numbers were published.")
            continue
        high = max(known, key=lambda pair: _number(pair[1]) or 0.0)
        low = min(known, key=lambda pair: _number(pair[1]) or 0.0)
        if kind == "Line chart":
            first, last = known[0], known[-1]
            sentences.append(
                f"{title}: from {first[1].shown} in {first[0]} to {last[1].shown} in {last[0]}; highest {high[1].shown} ({high[0]}), lowest {low[1].shown} ({low[0]})."
            )
        else:
            sentences.append(f"{title}: most for {high[0]} ({high[1].shown}), least for {low[0]} ({low[1].shown}).")
        missing = len(rows) - len(known)
        if missing:
            sentences.append(f"{missing} without a number.")
    return " ".join(sentences)
