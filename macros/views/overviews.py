"""What a drawing shows at a glance: the years of priorities, events in lanes of time, who reports to whom, and how far the actions of a plan are.

Owns: what stands where, in per cent across. Never: writes HTML, or places a thing in time more exactly than its document does.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.periods import period_of
from macros.content.standing import is_over, known
from macros.models.periods import Period
from macros.views.records import Item, groups_in
from macros.views.reports.actions import TrackedAction

_LEAST, _APART, _TICKS = 3.4, 0.6, 6  # per cent: the narrowest mark, and between two; so many years have room for their number on a phone
_STATUSES = ("done", "under way", "planned", "not stated")


@dataclass(frozen=True)
class PriorityYears:
    """A priority: in which of the years it was one, and where it stood at the end."""

    priority: Any
    address: str
    years: tuple[bool, ...]
    status: str


@dataclass(frozen=True)
class YearGrid:
    """Priorities by year: those of the newest year, the others, and the one that was a priority in all of them, if there is one."""

    years: tuple[str, ...]
    now: tuple[PriorityYears, ...]
    before: tuple[PriorityYears, ...]
    always: str


def priority_years(catalogue: Catalogue) -> YearGrid:
    """The years in which each priority was one, as the documents say."""
    priorities = sorted((p for p in catalogue.all("priority") if not is_over(catalogue, "priority", p, catalogue.today)), key=lambda p: (p.order, p.title))
    years = tuple(sorted({year for priority in priorities for year in priority.years}))
    rows = [
        PriorityYears(p, catalogue.address("priority", p), tuple(year in p.years for year in years), known(catalogue, p.spans)[-1].status) for p in priorities
    ]
    always = [row.priority.title for row in rows if all(row.years)]
    now, before = (tuple(row for row in rows if row.years[-1] is current) for current in (True, False))
    return YearGrid(years, now, before, always[0] if len(always) == 1 and len(years) > 1 else "")


@dataclass(frozen=True)
class Mark:
    """An event: how far across it begins, how long it is, and in which row of its lane it has room."""

    x: float
    width: float
    row: int


@dataclass(frozen=True)
class Lane:
    """Events of one kind, and what its marks show in words."""

    title: str
    marks: tuple[Mark, ...]
    rows: int
    says: str


def lanes(catalogue: Catalogue) -> tuple[tuple[tuple[float, str], ...], tuple[Lane, ...]]:
    """Where each year of the timeline begins, and its lanes in the order in which their first event comes. A date known to the year is a year long."""
    dated: dict[str, list[tuple[Period, Any]]] = {}
    for event in sorted(catalogue.all("timeline-event"), key=lambda event: event.starts):
        if period := _when(event):
            dated.setdefault(event.lane or "other events", []).append((period, event))
    every = [period for events in dated.values() for period, _ in events]
    if not every:
        return (), ()
    first, last = min(every).first.year, max(period.last for period in every).year
    begins, days = date(first, 1, 1), (date(last, 12, 31) - date(first, 1, 1)).days + 1

    def across(day: date) -> float:
        return round((day - begins).days * 100 / days, 2)

    found = []
    for title, events in dated.items():
        marks, free = [], list[float]()  # how far each row of the lane is taken
        for period, _ in sorted(events, key=lambda pair: pair[0]):
            width = max(across(period.last) - across(period.first), _LEAST)
            x = min(across(period.first), 100 - width)
            row = next((number for number, taken in enumerate(free) if taken <= x), len(free))
            free[row : row + 1] = [x + width + _APART]
            marks.append(Mark(round(x, 2), round(width, 2), row))
        (earliest, *_), (*_, latest) = events, events
        ends = earliest[1].when if len(events) == 1 else f"{earliest[1].when} to {latest[1].when}"
        found.append(Lane(title, tuple(marks), len(free), f"{len(events)} event{'s' if len(events) != 1 else ''}: {ends}"))
    step = -(-(last - first + 1) // _TICKS)
    return tuple((across(date(year, 1, 1)), str(year)) for year in range(first, last + 1, step)), tuple(found)


def _when(event: Any) -> Period | None:
    """When an event was, as its document says; by its date for sorting where the words name no time that holds it."""
    said, starts = period_of(event.when), period_of(event.starts)
    return said if said and starts and said.first <= starts.first <= said.last else starts


@dataclass(frozen=True)
class Node:
    item: Item
    below: tuple["Node", ...]


def structure(catalogue: Catalogue, period: str | None) -> tuple[tuple[Node, ...], tuple[Item, ...]]:
    """The groups of a time under those they report to; and those of which no document says to whom they report, nor who to them."""
    items = [entry for entry in groups_in(catalogue, period) if not entry.over]
    named = {entry.record.id for entry in items}

    def below(name: str | None, above: frozenset[str]) -> tuple[Node, ...]:
        here = [e for e in items if (e.record.reports_to if e.record.reports_to in named else None) == name and e.record.id not in above]
        return tuple(Node(entry, below(entry.record.id, above | {entry.record.id})) for entry in here)

    tops = below(None, frozenset())
    return tuple(node for node in tops if node.below), tuple(node.item for node in tops if not node.below)


def progress(actions: Iterable[TrackedAction]) -> list[tuple[str, int, float, float]]:
    """How many actions of a plan have each status, as a document last said, and where in a bar they begin and how long they are."""
    counts = Counter(tracked.status if tracked.status in _STATUSES else _STATUSES[-1] for tracked in actions)
    there = [status for status in _STATUSES if counts[status]]
    ends = [0, *accumulate(counts[status] for status in there)]
    return [
        (status, end - begin, round(begin * 100 / ends[-1], 2), round((end - begin) * 100 / ends[-1], 2))
        for status, (begin, end) in zip(there, pairwise(ends), strict=True)
    ]
