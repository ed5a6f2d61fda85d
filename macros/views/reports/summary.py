"""One side of A4 for a committee: the main figures beside those of the year before.

Owns: what is on it. Never: writes HTML.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.standing import headlines
from macros.views.reports.actions import Actions, actions_by_plan
from macros.views.reports.parts import Headline, count_verdicts, figure_headline, newest_first, priority_part
from macros.views.scorecard import Score, scorecard

SUMMARY_TITLE = "The partnership in figures"
SUMMARY_DESCRIPTION = "One side of A4 for a committee: the main figures, how the newest compare with those before, aims and actions counted."


@dataclass(frozen=True)
class Summary:
    """The partnership in figures, on one side."""

    figures: tuple[Headline, ...]
    scores: tuple[Score, ...]
    measures: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...]
    actions: Actions
    sources: tuple[Any, ...]
    today: date


def summary(catalogue: Catalogue) -> Summary:
    """The figures of the home page, every series with a direction, measures and actions counted."""
    figures = headlines(catalogue)
    scores = catalogue.ask(scorecard)
    parts = [priority_part(catalogue, p) for p in newest_first(catalogue.all("priority"))]
    used = {f.source for f in figures} | {source for s in scores for source in s.table.sources} | {m.said.source for part in parts for m in part.measures}
    return Summary(
        figures=tuple(figure_headline(f) for f in figures),
        scores=tuple(scores),
        measures=tuple((part.priority.title, part.address, count_verdicts(part.measures)) for part in parts if part.measures),
        actions=actions_by_plan(catalogue, catalogue.all("action")),
        sources=tuple(s for s in catalogue.all("source") if s.id in used),
        today=catalogue.today,
    )
