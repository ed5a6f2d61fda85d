"""What reports are made of: headlines, chapters of numbers, priorities with their measures.

Owns: which tables and figures a chapter gathers. Never: writes HTML, or types what a data file should say.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.periods import period_of
from macros.content.standing import known
from macros.models.periods import Period
from macros.models.table import Table
from macros.views.measures import MeasureView, measures_for
from macros.views.reports.actions import Actions, actions_by_plan, plans_of_priority
from macros.views.scorecard import Score

# A report's chapters on numbers; data/subjects.yml says which subjects each gathers.
CHAPTERS = {
    "area": "The area and its children",
    "front-door": "Worries raised, and help given early",
    "protection": "Children at risk of harm",
    "care": "Children in care and young people who left it",
    "scrutiny": "Inspection, audits and the work of the partnership",
    "reaching-people": "Reaching people",
}


@dataclass(frozen=True)
class Headline:
    """One number of a summary box; ``before`` says what it was and which way it went."""

    title: str
    shown: str
    unit: str
    about: str
    address: str
    before: str = ""


def figure_headline(figure: Any) -> Headline:
    """A single figure for a summary box."""
    unit = "" if figure.unit in (None, "%", "per cent") else figure.unit
    return Headline(figure.title, figure.shown, unit, figure.period, f"/performance/figures/#figure-{figure.id}")


def score_headline(score: Score) -> Headline:
    """The newest number of a series for a summary box, with the one before."""
    way = {"up": "up from", "down": "down from", "the same": "as before:"}[score.direction]
    better = "" if score.better == "neither" else f" ({score.better})"
    unit = "" if score.latest.shown.endswith("%") or not score.unit or score.unit.startswith("%") else score.unit
    title = score.title if score.title == score.table.about.title else f"{score.table.about.title}: {score.title}"
    before = f"{way} {score.before.shown} in {score.before_row}{better}"
    return Headline(title, score.latest.shown, unit, score.latest_row, f"/performance/{score.table.id}/", before)


@dataclass(frozen=True)
class Chapter:
    """A chapter of numbers: single figures, tables that hold numbers, and tables of words to link to."""

    id: str
    title: str
    figures: tuple[Any, ...]
    numbers: tuple[Table, ...]
    words: tuple[Table, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.figures or self.numbers or self.words)


def chapter(catalogue: Catalogue, name: str, title: str, tables: Iterable[Table], figures: Iterable[Any]) -> Chapter:
    """What of these tables and figures is about the chapter's subjects, in the subjects' order."""
    subjects = [subject.id for subject in catalogue.all("subject") if subject.chapter == name]
    shown = tuple(sorted((f for f in figures if f.subject in subjects), key=lambda f: subjects.index(f.subject)))
    mine = sorted((t for t in tables if t.about.subject in subjects), key=lambda t: subjects.index(t.about.subject))
    return Chapter(name, title, shown, tuple(t for t in mine if _holds_numbers(t)), tuple(t for t in mine if not _holds_numbers(t)))


def _holds_numbers(table: Table) -> bool:
    """Whether a table counts something, beyond numbering its rows."""
    return any(column.is_number and column.name not in table.about.key for column in table.about.columns)


@dataclass(frozen=True)
class PriorityPart:
    """A priority within a report: the years in which it was one and where it stood then, its measures and the actions of its plans."""

    priority: Any
    address: str
    years: tuple[str, ...]
    status: str
    measures: tuple[MeasureView, ...]
    actions: Actions


def priority_part(catalogue: Catalogue, priority: Any, names: Collection[str] | None = None, by: date | None = None) -> PriorityPart:
    """A priority as documents describe it; of its measures and actions those in the named documents, or all, as far as was known ``by`` a day."""
    plans, spans = plans_of_priority(catalogue, priority), known(catalogue, priority.spans, by)
    actions = [a for a in catalogue.all("action") if a.plan in plans and named_in(a, names)]
    years = tuple(sorted({year for span in spans for year in span.years}))
    measures = tuple(measures_for(catalogue, priority.id, by, names))
    address, status = catalogue.address("priority", priority), spans[-1].status if spans else ""
    return PriorityPart(priority, address, years, status, measures, actions_by_plan(catalogue, actions, by))


def named_in(action: Any, names: Collection[str] | None) -> bool:
    """Whether one of the named documents speaks of an action; any does where none is named."""
    return names is None or any(said.source in names for said in action.history)


def count_verdicts(measures: Iterable[MeasureView]) -> tuple[tuple[str, int], ...]:
    """How often each verdict was published, the best first; verdicts that were not given are left out."""
    given = [m.said.published_verdict for m in measures]
    return tuple((verdict, given.count(verdict)) for verdict in ("met", "partly met", "not met", "no verdict") if verdict in given)


class WithMeasures:
    """What a report with priorities says of all their measures."""

    priorities: tuple[PriorityPart, ...]

    @property
    def measures(self) -> tuple[MeasureView, ...]:
        return tuple(m for part in self.priorities for m in part.measures)

    @property
    def verdicts(self) -> tuple[tuple[str, int], ...]:
        """How often the documents gave each verdict."""
        return count_verdicts(self.measures)


def happened(catalogue: Catalogue, period: Period) -> tuple[Any, ...]:
    """The events of the timeline that lie within a period, in order of time."""
    dated = [(found, event) for event in catalogue.all("timeline-event") if (found := period_of(event.starts)) and period.holds(found)]
    return tuple(event for _, event in sorted(dated, key=lambda pair: (pair[0].first, pair[0].last)))


def newest_first(priorities: Iterable[Any]) -> list[Any]:
    """Priorities of the newest year first, those of one year in the editors' order."""
    return sorted(priorities, key=lambda p: (-int(max(p.years)[:4]), p.order, p.title))


def abbreviations_in(catalogue: Catalogue, text: str) -> tuple[Any, ...]:
    """The glossary's abbreviations that a text uses, A to Z."""
    terms = [t for t in catalogue.all("glossary-term") if t.long and t.term in text and re.search(rf"(?<![\w-]){re.escape(t.term)}(?![\w-])", text)]
    return tuple(sorted(terms, key=lambda term: term.term.lower()))
