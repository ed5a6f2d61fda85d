"""The report of one year, for every year that the documents report on.

Owns: what happened in the year and which records say so. A new year's data makes a new year's report. Never: writes HTML.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from macros.content.arithmetic import said_by
from macros.content.catalogue import Catalogue, is_own
from macros.content.editions import documents_until, last_day, printed_in
from macros.content.generated import ReportedYear, reported_years
from macros.content.periods import period_of
from macros.models import BY_NAME
from macros.models.periods import Period, written_year
from macros.views import records
from macros.views.reports import parts
from macros.views.reports.actions import Actions, actions_by_plan
from macros.views.scorecard import scores_of


@dataclass(frozen=True)
class YearReport(parts.WithMeasures):
    """Everything that a yearly report shows."""

    reported: ReportedYear
    headlines: tuple[parts.Headline, ...]
    priorities: tuple[parts.PriorityPart, ...]
    roles: tuple[Any, ...]
    happened: tuple[Any, ...]
    chapters: tuple[parts.Chapter, ...]
    reviews: tuple[records.Item, ...]
    review_chapter: parts.Chapter
    audits: tuple[Any, ...]
    training: parts.Chapter
    events: tuple[tuple[Any, int], ...]
    series: tuple[Any, ...]
    actions: Actions
    next_year: str
    next_priorities: tuple[parts.PriorityPart, ...]
    differs: tuple[Any, ...]
    sources: tuple[Any, ...]
    others: tuple[ReportedYear, ...]
    today: date


def year_report(catalogue: Catalogue, reported: ReportedYear) -> YearReport:
    """The report of one year, from the annual report and every other document whose own time lies within the year."""

    def is_of_the_year(source: Any) -> bool:
        about = period_of(source.period or "")
        return source is not reported.source and source.kind != "annual report" and about is not None and reported.period.holds(about)

    sources = (reported.source, *(source for source in catalogue.all("source") if is_of_the_year(source)))
    names = {source.id for source in sources}
    tables = [printed for t in catalogue.tables.values() if is_own(catalogue, t.about.area) and (printed := printed_in(catalogue, t, names))]
    figures = [f for f in catalogue.all("figure") if f.source in names and is_own(catalogue, f.area)]
    chapters = (parts.chapter(catalogue, name, title, tables, figures) for name, title in parts.CHAPTERS.items())
    by = reported.period.last  # whatever later documents say, this report says what was known then
    known = documents_until(catalogue, by)

    def first_told(record: Any) -> str:
        """The earliest document that tells of it; nothing for what rests on no document with a time of its own."""
        dated = [(last_day(catalogue, name), name) for name in getattr(record, "sources", None) or (record.source,)]
        return min((pair for pair in dated if pair[0] > date.min), default=(date.min, ""))[1]

    def is_told(record: Any, in_the_year: bool) -> bool:
        """Whether this report tells of it: it is of the year, and a document of the time says so; or none before this report's did."""
        first = first_told(record)
        return (in_the_year and (not first or first in known)) or first in names

    following = written_year(reported.period.first.year + 1)
    described = [parts.priority_part(catalogue, priority, names, by) for priority in catalogue.all("priority")]
    return YearReport(
        reported=reported,
        headlines=_headlines(catalogue, reported),
        priorities=tuple(p for p in described if reported.year in p.years or p.measures),
        roles=tuple(r for r in catalogue.all("role") if r.source in names),
        happened=tuple(e for e in parts.happened(catalogue, reported.period) if e.source in known and e.when != reported.source.period),
        chapters=tuple(chapter for chapter in chapters if not chapter.is_empty),
        reviews=tuple(records.item(catalogue, BY_NAME["review"], r) for r in catalogue.all("review") if is_told(r, _published_in(r, reported.period))),
        review_chapter=parts.chapter(catalogue, "reviews", "Reviews", tables, figures),
        audits=tuple(a for a in catalogue.all("audit") if is_told(a, a.year == reported.year)),
        training=parts.chapter(catalogue, "training", "Training and events", tables, figures),
        events=tuple((e, sum(s.event == e.id and is_told(s, True) for s in catalogue.all("session"))) for e in catalogue.all("event") if e.source in names),
        series=tuple(s for s in catalogue.all("training-series") if s.source in names),
        actions=actions_by_plan(catalogue, (a for a in catalogue.all("action") if parts.named_in(a, names)), by),
        next_year=following,
        next_priorities=tuple(p for p in described if following in p.years),
        differs=tuple(a for a in catalogue.all("agreement") if a.differs and said_by(catalogue, a) in names),
        sources=sources,
        others=tuple(other for other in reported_years(catalogue) if other.period.first < reported.period.first),
        today=catalogue.today,
    )


def _headlines(catalogue: Catalogue, reported: ReportedYear) -> tuple[parts.Headline, ...]:
    """The main figures of the annual report, and each number of its own year that its tables hold, beside the one before as it was known then."""
    figures = [parts.figure_headline(f) for f in catalogue.all("figure") if f.headline and f.source == reported.source.id]
    until = documents_until(catalogue, reported.period.last)
    scores = scores_of(known for table in catalogue.tables.values() if is_own(catalogue, table.about.area) and (known := printed_in(catalogue, table, until)))
    newest = [s for s in scores if s.latest_row == reported.year and any(e.source == reported.source.id for e in s.table.editions_of(s.row))]
    return (*figures, *(parts.score_headline(score) for score in newest))


def _published_in(review: Any, period: Period) -> bool:
    return any((found := period_of(text)) is not None and period.holds(found) for text in (review.published, review.updated) if text)


def report_of(catalogue: Catalogue, year: str) -> YearReport:
    """The report of a year by its name, such as 2020/21."""
    return year_report(catalogue, next(one for one in reported_years(catalogue) if one.year == year))


def year_title(reported: ReportedYear) -> str:
    return f"Yearly report {reported.year}"


def year_description(reported: ReportedYear) -> str:
    return f"What the published documents say about {reported.year}: numbers, aims and whether they were met, reviews, training and actions."
