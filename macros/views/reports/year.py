"""The report of one year, for every year that the documents report on.

Owns: what happened in the year and which records say so. A new year's data makes a new year's report. Never: writes HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.generated import ReportedYear, reported_years
from macros.content.periods import Period, period_of, written_year
from macros.models import BY_NAME
from macros.views import records, scorecard
from macros.views.reports.actions import Actions, actions_by_plan
from macros.views.reports.parts import (
    CHAPTERS,
    Chapter,
    Headline,
    PriorityPart,
    WithMeasures,
    chapter,
    figure_headline,
    happened,
    priority_part,
    score_headline,
)


@dataclass(frozen=True)
class YearReport(WithMeasures):
    """Everything that a yearly report shows."""

    reported: ReportedYear
    title: str
    description: str
    headlines: tuple[Headline, ...]
    priorities: tuple[PriorityPart, ...]
    happened: tuple[Any, ...]
    chapters: tuple[Chapter, ...]
    reviews: tuple[records.Item, ...]
    review_chapter: Chapter
    audits: tuple[Any, ...]
    training: Chapter
    events: tuple[tuple[Any, int], ...]
    series: tuple[Any, ...]
    actions: Actions
    next_year: str
    next_priorities: tuple[records.Item, ...]
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
        priorities=tuple(priority_part(catalogue, p, names) for p in catalogue.all("priority") if reported.year in p.years),
        happened=tuple(e for e in happened(catalogue, reported.period) if e.when != reported.source.period),
        chapters=tuple(c for c in (chapter(name, title, subjects, tables, figures) for name, title, subjects in CHAPTERS) if not c.is_empty),
        reviews=tuple(records.item(catalogue, BY_NAME["review"], r) for r in catalogue.all("review") if _published_in(r, reported.period)),
        review_chapter=chapter("reviews", "Reviews", ("reviews",), tables, figures),
        audits=tuple(a for a in catalogue.all("audit") if a.year == reported.year),
        training=chapter("training", "Training and events", ("training",), tables, figures),
        events=tuple((e, sum(s.event == e.id for s in catalogue.all("session"))) for e in catalogue.all("event") if e.source in names),
        series=tuple(s for s in catalogue.all("training-series") if s.source in names),
        actions=actions_by_plan(catalogue, (a for a in catalogue.all("action") if a.source in names)),
        next_year=following,
        next_priorities=tuple(records.item(catalogue, BY_NAME["priority"], p) for p in catalogue.all("priority") if following in p.years),
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
    newest = [s for s in catalogue.ask(scorecard.scorecard) if s.latest_row == reported.year and s.table.about.source == reported.source.id]
    scores = [score_headline(s) for s in newest]
    return (*figures, *scores)


def _published_in(review: Any, period: Period) -> bool:
    return any((found := period_of(text)) is not None and period.holds(found) for text in (review.published, review.updated) if text)


def _differs(catalogue: Catalogue, tables: set[str], figures: set[str]) -> tuple[Any, ...]:
    """Sums of these tables and figures that the document does not bear out."""

    def named(reference: str) -> bool:
        return reference.partition(" | ")[0] in tables or reference in figures

    return tuple(a for a in catalogue.all("agreement") if a.differs and any(named(r) for r in (a.published, *a.of)))
