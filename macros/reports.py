"""The reports that data makes: one for every reported year, one for this quarter, one side for a committee.

Owns: what each report says about which records, and where every action stands. Nothing is typed here that a data
file should say, so a new year's data makes a new year's report. Never: writes HTML, reads a file or the clock.
The documents end before today does. So no action is called overdue unless a document itself shows it late:
a date that passed since then is called that, and whether the thing was done is "not published".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from macros import views
from macros.catalogue import Catalogue, path_of
from macros.models import BY_NAME
from macros.models.base import NOT_PUBLISHED, in_words
from macros.models.table import Subject, Table
from macros.periods import Period, Quarter, ReportedYear, period_of, quarter_of, reported_years, time_between, written_year

State = Literal["done", "late", "date passed", "due", "no date"]

# A report's chapters on numbers, each with the subjects of the catalogue that it gathers.
CHAPTERS: tuple[tuple[str, str, tuple[Subject, ...]], ...] = (
    ("area", "The area and its children", ("population", "education", "health", "youth-justice")),
    ("front-door", "Worries raised, and help given early", ("contacts", "assessments", "early-help")),
    ("protection", "Children at risk of harm", ("child-protection", "exploitation", "missing", "neglect", "emotional-health", "domestic-abuse")),
    ("care", "Children in care and young people who left it", ("children-in-care", "care-leavers")),
    ("scrutiny", "Inspection, audits and the work of the partnership", ("inspection", "audits", "arrangements", "partners", "funding", "priorities")),
    ("reaching-people", "Reaching people", ("website", "bulletins")),
)
# Subjects that a report tells in chapters of their own.
OWN_CHAPTERS: tuple[Subject, ...] = ("reviews", "training")
assert sorted([*OWN_CHAPTERS, *(s for _, _, subjects in CHAPTERS for s in subjects)]) == sorted(get_args(Subject))


QUARTER_TITLE = "Quarterly report"
QUARTER_DESCRIPTION = "Each priority with its measures and what became of its actions: done, due, date passed, or no date published at all."
SUMMARY_TITLE = "The partnership in figures"
SUMMARY_DESCRIPTION = "One side of A4 for a committee: the main figures, how the newest compare with those before, aims and actions counted."

_PLAN_YEAR = re.compile(r"-(\d{4})-(\d{2})\Z")


# Actions ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """An action and where it stands: by when it was due, when it was last heard of, and what can be said today."""

    action: Any
    due: Period | None
    heard: date | None
    state: State
    says: str


def standing(catalogue: Catalogue, action: Any) -> Standing:
    """Where an action stands today, going by what its document said and no further."""
    due = period_of(action.due)
    about = period_of(catalogue.get("source", action.source).period or "")
    heard = about.last if about else None
    state = _state(action.status, due, heard, catalogue.today)
    return Standing(action, due, heard, state, _in_words(action, state, due, heard))


def _state(status: str, due: Period | None, heard: date | None, today: date) -> State:
    if status == "done":
        return "done"
    if due is None:
        return "no date"
    if due.last >= today:
        return "due"
    return "late" if heard and heard > due.last and status != "not published" else "date passed"


def _in_words(action: Any, state: State, due: Period | None, heard: date | None) -> str:
    if state == "done":
        return "Done."
    when = f" at {in_words(heard)}" if heard else " when last reported"
    last = f"{action.status.capitalize()}{when}. " if action.status != NOT_PUBLISHED else ""
    by = in_words(due.last) if due else ""
    said = {
        "late": f"It was to be finished by {by}, so it was late.",
        "date passed": f"Its date passed on {by}; whether it was done is not published.",
        "due": f"Due by {by}.",
        "no date": "Whether it was done is not published.",
    }
    return last + said[state]


@dataclass(frozen=True)
class Plan:
    """The actions of one plan, with a title and a page where there is one."""

    name: str
    title: str
    address: str
    standings: tuple[Standing, ...]

    def count(self, *states: State) -> int:
        """How many of its actions are in one of these states."""
        return sum(s.state in states for s in self.standings)

    @property
    def open(self) -> tuple[Standing, ...]:
        """What was not reported done, those with a date first, by date."""
        waiting = [s for s in self.standings if s.state != "done"]
        return tuple(sorted(waiting, key=lambda s: s.due.last if s.due else date.max))

    @property
    def done(self) -> tuple[Standing, ...]:
        """What was reported done."""
        return tuple(s for s in self.standings if s.state == "done")


@dataclass(frozen=True)
class Actions:
    """A report's actions by plan."""

    plans: tuple[Plan, ...]
    today: date

    @property
    def standings(self) -> tuple[Standing, ...]:
        """All of them."""
        return tuple(s for plan in self.plans for s in plan.standings)

    def count(self, *states: State) -> int:
        """How many are in one of these states; all of them where none is named."""
        return sum(plan.count(*states) for plan in self.plans) if states else len(self.standings)

    @property
    def heard(self) -> date | None:
        """The newest day on which any of them was heard of."""
        return max((s.heard for s in self.standings if s.heard), default=None)

    @property
    def silence(self) -> str:
        """How long it is since then: drift that no single date shows."""
        return time_between(self.heard, self.today) if self.heard else ""


def actions_by_plan(catalogue: Catalogue, actions: Iterable[Any]) -> Actions:
    """Actions under their plans, plans in the order of the file."""
    by_plan: dict[str, list[Standing]] = {}
    for action in actions:
        by_plan.setdefault(action.plan, []).append(standing(catalogue, action))
    plans = (Plan(name, *_plan_title(catalogue, name), tuple(found)) for name, found in by_plan.items())
    return Actions(tuple(plans), catalogue.today)


def _plan_title(catalogue: Catalogue, plan: str) -> tuple[str, str]:
    """A plan is called after its review or priority, else after the page that shows it, else by its own id."""
    kind, _, name = plan.partition("-")
    record = catalogue.get(kind, name) if kind in ("review", "priority") else None
    if record:
        return record.title, catalogue.address(kind, record)
    pages = [page for page in catalogue.pages.values() if any(call.name == "actions" and call.arguments[:1] == (plan,) for call in page.calls)]
    if pages:
        return pages[0].meta.title, pages[0].address
    return _PLAN_YEAR.sub(r" \1/\2", plan).replace("-", " ").capitalize(), ""


def plans_of_priority(catalogue: Catalogue, priority: Any) -> tuple[str, ...]:
    """A priority's own plan, and every plan that its page shows."""
    page = catalogue.pages[path_of(BY_NAME["priority"], priority.id)]
    shown = [call.arguments[0] for call in page.calls if call.name == "actions" and call.arguments]
    return tuple(dict.fromkeys([f"priority-{priority.id}", *shown]))


# A year ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Headline:
    """One number of a summary box; ``before`` says what it was and which way it went."""

    title: str
    shown: str
    unit: str
    about: str
    address: str
    before: str = ""


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
        """Whether there is nothing to tell."""
        return not (self.figures or self.numbers or self.words)


@dataclass(frozen=True)
class PriorityPart:
    """A priority within a report: its measures and the actions of its plans."""

    priority: Any
    address: str
    measures: tuple[views.MeasureView, ...]
    actions: Actions


class _WithMeasures:
    """What a report with priorities says of all their measures."""

    priorities: tuple[PriorityPart, ...]

    @property
    def measures(self) -> tuple[views.MeasureView, ...]:
        """Every measure of its priorities."""
        return tuple(m for part in self.priorities for m in part.measures)

    @property
    def verdicts(self) -> tuple[tuple[str, int], ...]:
        """How often the documents gave each verdict."""
        return count_verdicts(self.measures)


@dataclass(frozen=True)
class YearReport(_WithMeasures):
    """Everything that a yearly report shows."""

    reported: ReportedYear
    title: str
    description: str
    headlines: tuple[Headline, ...]
    priorities: tuple[PriorityPart, ...]
    happened: tuple[Any, ...]
    chapters: tuple[Chapter, ...]
    reviews: tuple[views.Item, ...]
    review_chapter: Chapter
    audits: tuple[Any, ...]
    training: Chapter
    events: tuple[tuple[Any, int], ...]
    series: tuple[Any, ...]
    actions: Actions
    next_year: str
    next_priorities: tuple[views.Item, ...]
    differs: tuple[Any, ...]
    sources: tuple[Any, ...]
    others: tuple[ReportedYear, ...]
    today: date


def year_report(catalogue: Catalogue, reported: ReportedYear, others: Sequence[ReportedYear] = ()) -> YearReport:
    """The report of one year."""
    sources = _sources_of(catalogue, reported)
    names = {source.id for source in sources}
    tables = [t for t in catalogue.tables.values() if t.about.source in names and t.about.area == "cheshire-east"]
    figures = [f for f in catalogue.all("figure") if f.source in names and f.area == "cheshire-east"]
    following = written_year(reported.period.first.year + 1)
    return YearReport(
        reported=reported,
        title=year_title(reported),
        description=year_description(reported),
        headlines=_headlines(catalogue, reported),
        priorities=tuple(_priority_part(catalogue, p, names) for p in catalogue.all("priority") if reported.year in p.years),
        happened=tuple(e for e in _happened(catalogue, reported.period) if e.when != reported.source.period),
        chapters=tuple(c for c in (_chapter(name, title, subjects, tables, figures) for name, title, subjects in CHAPTERS) if not c.is_empty),
        reviews=tuple(views.item(catalogue, BY_NAME["review"], r) for r in catalogue.all("review") if _published_in(r, reported.period)),
        review_chapter=_chapter("reviews", "Reviews", ("reviews",), tables, figures),
        audits=tuple(a for a in catalogue.all("audit") if a.year == reported.year),
        training=_chapter("training", "Training and events", ("training",), tables, figures),
        events=tuple((e, sum(s.event == e.id for s in catalogue.all("session"))) for e in catalogue.all("event") if e.source in names),
        series=tuple(s for s in catalogue.all("training-series") if s.source in names),
        actions=actions_by_plan(catalogue, (a for a in catalogue.all("action") if a.source in names)),
        next_year=following,
        next_priorities=tuple(views.item(catalogue, BY_NAME["priority"], p) for p in catalogue.all("priority") if following in p.years),
        differs=_differs(catalogue, {t.id for t in tables}, {f.id for f in figures}),
        sources=sources,
        others=tuple(other for other in others if other != reported),
        today=catalogue.today,
    )


def report_of(catalogue: Catalogue, year: str) -> YearReport:
    """The report of a year by its name, such as 2020/21."""
    years = reported_years(catalogue)
    return year_report(catalogue, next(one for one in years if one.year == year), years)


def year_title(reported: ReportedYear) -> str:
    """What the report of a year is called."""
    return f"Yearly report {reported.year}"


def year_description(reported: ReportedYear) -> str:
    """The report of a year in one sentence."""
    return f"What the published documents say about {reported.year}: numbers, aims and whether they were met, reviews, training and actions."


def _sources_of(catalogue: Catalogue, reported: ReportedYear) -> tuple[Any, ...]:
    """The annual report, and every other document whose own time lies within the year."""
    found = [reported.source]
    for source in catalogue.all("source"):
        about = period_of(source.period or "")
        if source is not reported.source and about and source.kind != "annual report" and reported.period.holds(about):
            found.append(source)
    return tuple(found)


def _headlines(catalogue: Catalogue, reported: ReportedYear) -> tuple[Headline, ...]:
    figures = [figure_headline(f) for f in catalogue.all("figure") if f.headline and f.source == reported.source.id]
    newest = [s for s in catalogue.ask(views.scorecard) if s.latest_row == reported.year and s.table.about.source == reported.source.id]
    scores = [score_headline(s) for s in newest]
    return (*figures, *scores)


def figure_headline(figure: Any) -> Headline:
    """A single figure for a summary box."""
    unit = "" if figure.unit in (None, "%", "per cent") else figure.unit
    return Headline(figure.title, figure.shown, unit, figure.period, f"/performance/figures/#figure-{figure.id}")


def score_headline(score: views.Score) -> Headline:
    """The newest number of a series for a summary box, with the one before."""
    way = {"up": "up from", "down": "down from", "the same": "as before:"}[score.direction]
    better = "" if score.better == "neither" else f" ({score.better})"
    unit = "" if score.latest.shown.endswith("%") or not score.unit or score.unit.startswith("%") else score.unit
    title = score.title if score.title == score.table.about.title else f"{score.table.about.title}: {score.title}"
    before = f"{way} {score.before.shown} in {score.before_row}{better}"
    return Headline(title, score.latest.shown, unit, score.latest_row, f"/performance/{score.table.id}/", before)


def _priority_part(catalogue: Catalogue, priority: Any, names: set[str] | None) -> PriorityPart:
    """A priority with the measures and actions that come from the named documents (or from all)."""
    measures = tuple(m for m in views.measures_for(catalogue, priority.id) if names is None or m.measure.source in names)
    plans = plans_of_priority(catalogue, priority)
    actions = [a for a in catalogue.all("action") if a.plan in plans and (names is None or a.source in names)]
    return PriorityPart(priority, catalogue.address("priority", priority), measures, actions_by_plan(catalogue, actions))


def _happened(catalogue: Catalogue, period: Period) -> tuple[Any, ...]:
    dated = [(found, event) for event in catalogue.all("timeline-event") if (found := period_of(event.starts)) and period.holds(found)]
    return tuple(event for _, event in sorted(dated, key=lambda pair: (pair[0].first, pair[0].last)))


def _chapter(name: str, title: str, subjects: Sequence[str], tables: Iterable[Table], figures: Iterable[Any]) -> Chapter:
    mine = sorted((t for t in tables if t.about.subject in subjects), key=lambda t: subjects.index(t.about.subject))
    return Chapter(
        name,
        title,
        tuple(sorted((f for f in figures if f.subject in subjects), key=lambda f: subjects.index(f.subject))),
        tuple(t for t in mine if holds_numbers(t)),
        tuple(t for t in mine if not holds_numbers(t)),
    )


def holds_numbers(table: Table) -> bool:
    """Whether a table counts something, beyond numbering its rows."""
    return any(column.is_number and column.name not in table.about.key for column in table.about.columns)


def _published_in(review: Any, period: Period) -> bool:
    return any((found := period_of(text)) is not None and period.holds(found) for text in (review.published, review.updated) if text)


def _differs(catalogue: Catalogue, tables: set[str], figures: set[str]) -> tuple[Any, ...]:
    """Sums of these tables and figures that the document does not bear out."""

    def named(reference: str) -> bool:
        return reference.partition(" | ")[0] in tables or reference in figures

    return tuple(a for a in catalogue.all("agreement") if a.differs and any(named(r) for r in (a.published, *a.of)))


def count_verdicts(measures: Iterable[views.MeasureView]) -> tuple[tuple[str, int], ...]:
    """How often each verdict was published, the best first; verdicts that were not given are left out."""
    given = [m.measure.published_verdict for m in measures]
    return tuple((verdict, given.count(verdict)) for verdict in ("met", "partly met", "not met", "no verdict") if verdict in given)


# A quarter -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuarterReport(_WithMeasures):
    """Everything that the quarterly report shows."""

    quarter: Quarter
    title: str
    description: str
    priorities: tuple[PriorityPart, ...]
    other: Actions
    everything: Actions
    due_now: tuple[Standing, ...]
    due_next: tuple[Standing, ...]
    happened: tuple[Any, ...]
    coming: tuple[Any, ...]
    sources: tuple[Any, ...]
    today: date


def quarter_report(catalogue: Catalogue) -> QuarterReport:
    """The report of the quarter that today is in."""
    quarter = quarter_of(catalogue.today)
    actions = catalogue.all("action")
    parts = tuple(_priority_part(catalogue, p, None) for p in _newest_first(catalogue.all("priority")))
    told = {s.action.id for part in parts for s in part.actions.standings}
    everything = actions_by_plan(catalogue, actions)
    used = {s.action.source for s in everything.standings} | {m.measure.source for part in parts for m in part.measures}
    return QuarterReport(
        quarter=quarter,
        title=QUARTER_TITLE,
        description=QUARTER_DESCRIPTION,
        priorities=parts,
        other=actions_by_plan(catalogue, (a for a in actions if a.id not in told)),
        everything=everything,
        due_now=_due_in(everything, quarter.period),
        due_next=_due_in(everything, quarter.following.period),
        happened=_happened(catalogue, quarter.period),
        coming=tuple(e for e in catalogue.all("event") if e.date and quarter.following.period.first <= e.date <= quarter.following.period.last),
        sources=tuple(s for s in catalogue.all("source") if s.id in used),
        today=catalogue.today,
    )


def _newest_first(priorities: Iterable[Any]) -> list[Any]:
    """Priorities of the newest year first, those of one year in the editors' order."""
    return sorted(priorities, key=lambda p: (-int(max(p.years)[:4]), p.order, p.title))


def _due_in(actions: Actions, period: Period) -> tuple[Standing, ...]:
    return tuple(s for s in actions.standings if s.state == "due" and s.due and period.first <= s.due.last <= period.last)


# One side for a committee ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Summary:
    """The partnership in figures, on one side."""

    title: str
    description: str
    figures: tuple[Headline, ...]
    scores: tuple[views.Score, ...]
    measures: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...]
    actions: Actions
    sources: tuple[Any, ...]
    today: date


def summary(catalogue: Catalogue) -> Summary:
    """The figures of the home page, every series with a direction, measures and actions counted."""
    figures = [f for f in catalogue.all("figure") if f.headline]
    scores = catalogue.ask(views.scorecard)
    parts = [_priority_part(catalogue, p, None) for p in _newest_first(catalogue.all("priority"))]
    used = {f.source for f in figures} | {s.table.about.source for s in scores} | {m.measure.source for part in parts for m in part.measures}
    return Summary(
        title=SUMMARY_TITLE,
        description=SUMMARY_DESCRIPTION,
        figures=tuple(figure_headline(f) for f in figures),
        scores=tuple(scores),
        measures=tuple((part.priority.title, part.address, count_verdicts(part.measures)) for part in parts if part.measures),
        actions=actions_by_plan(catalogue, catalogue.all("action")),
        sources=tuple(s for s in catalogue.all("source") if s.id in used),
        today=catalogue.today,
    )


# The end of every report -----------------------------------------------------------------------------------


def abbreviations_in(catalogue: Catalogue, text: str) -> tuple[Any, ...]:
    """The glossary's abbreviations that a text uses, A to Z."""
    terms = [t for t in catalogue.all("glossary-term") if t.long and t.term in text and re.search(rf"(?<![\w-]){re.escape(t.term)}(?![\w-])", text)]
    return tuple(sorted(terms, key=lambda term: term.term.lower()))
