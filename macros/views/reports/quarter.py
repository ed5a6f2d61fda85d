"""The report of this quarter: each priority with its measures, and what became of its actions.

Owns: which quarter that is, counted from the catalogue's own day. Never: reads the clock, or writes HTML.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from macros.content.catalogue import Catalogue
from macros.models.periods import Period, quarter_of
from macros.views.reports.actions import Actions, TrackedAction, actions_by_plan, due_in
from macros.views.reports.parts import PriorityPart, WithMeasures, happened, newest_first, priority_part

QUARTER_TITLE = "Quarterly report"
QUARTER_DESCRIPTION = "Each priority with its measures and what became of its actions: done, due, date passed, or no date published at all."


@dataclass(frozen=True)
class QuarterReport(WithMeasures):
    """Everything that the quarterly report shows."""

    quarter: Period
    priorities: tuple[PriorityPart, ...]
    other: Actions
    everything: Actions
    due_now: tuple[TrackedAction, ...]
    due_next: tuple[TrackedAction, ...]
    happened: tuple[Any, ...]
    coming: tuple[Any, ...]
    sources: tuple[Any, ...]
    today: date


def quarter_report(catalogue: Catalogue) -> QuarterReport:
    """The report of the quarter that today is in."""
    quarter = quarter_of(catalogue.today)
    following = quarter.following
    actions = catalogue.all("action")
    parts = tuple(priority_part(catalogue, p) for p in newest_first(catalogue.all("priority")))
    shown = {s.action.id for part in parts for s in part.actions.tracked}
    everything = actions_by_plan(catalogue, actions)
    used = {said.source for s in everything.tracked for said in s.history} | {m.said.source for part in parts for m in part.measures}
    return QuarterReport(
        quarter=quarter,
        priorities=parts,
        other=actions_by_plan(catalogue, (a for a in actions if a.id not in shown)),
        everything=everything,
        due_now=due_in(everything, quarter),
        due_next=due_in(everything, following),
        happened=happened(catalogue, quarter),
        coming=tuple(e for kind in ("event", "session") for e in catalogue.all(kind) if e.day and not e.status and following.first <= e.day <= following.last),
        sources=tuple(s for s in catalogue.all("source") if s.id in used),
        today=catalogue.today,
    )
