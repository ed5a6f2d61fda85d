"""The pages that the build makes from data: a page for each table, lists, reports.

Owns: which there are, and where they stand. Never: says what is on them.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from macros.content.catalogue import Catalogue, address_of_page, is_own
from macros.content.periods import period_of
from macros.models import CONTENT_TYPES
from macros.models.base import ContentType
from macros.models.periods import Period

QUARTERLY = "publications/quarterly.md"
SUMMARY = "performance/summary.md"
MOST_LISTED = 100  # entries that a list shows with all there is to say of each
BESIDE_TABLES = ("catalogue", "figures", "agreements", "summary")  # the names of pages in performance/ that are not a table's


@dataclass(frozen=True)
class ReportedYear:
    """A year that has a yearly report, and the annual report it rests on."""

    year: str
    period: Period
    source: Any

    @property
    def path(self) -> str:
        """The page's path below docs/."""
        return f"publications/report-{self.year.replace('/', '-')}.md"

    @property
    def address(self) -> str:
        return address_of_page(self.path)


@dataclass(frozen=True)
class ListedYear:
    """The pages of one kind and year, which share a page where a list of every year would be too long; ``count`` is how many they are."""

    kind: ContentType
    year: str
    count: int

    @property
    def path(self) -> str:
        """The page's path below docs/."""
        return f"{self.kind.home.removeprefix('docs/')}{self.year}.md"

    @property
    def address(self) -> str:
        return address_of_page(self.path)


def listed_years(catalogue: Catalogue) -> dict[str, tuple[ListedYear, ...]]:
    """The years of each kind of dated pages of which there are many, newest first. Where there once were, so that a year had an address, it keeps it."""
    found = {}
    for kind in (kind for kind in CONTENT_TYPES if kind.is_pages and kind.newest_first):
        counted = Counter(getattr(record, kind.newest_first)[:4] for record in catalogue.all(kind.name))
        years = tuple(ListedYear(kind, year, counted[year]) for year in sorted(counted, reverse=True))
        if counted.total() > MOST_LISTED or any(one.address in catalogue.published for one in years):
            found[kind.name] = years
    return found


def generated_paths(catalogue: Catalogue) -> frozenset[str]:
    """The path below docs/ of every page that the build makes, as a link would name it."""
    tables = (f"performance/{name}.md" for name in (*catalogue.tables, *BESIDE_TABLES))
    years = (one.path for of_kind in catalogue.ask(listed_years).values() for one in of_kind)
    return frozenset([*tables, *report_paths(catalogue), *event_paths(catalogue), *years])


def event_paths(catalogue: Catalogue) -> dict[str, Any]:
    """The events about which nobody has written a page, by the path of the page below docs/."""
    return {f"{event.shown_at.strip('/')}.md": event for event in catalogue.all("event") if not event.page}


def report_paths(catalogue: Catalogue) -> tuple[str, ...]:
    """The path of every report page, below docs/."""
    return (*(reported.path for reported in reported_years(catalogue)), QUARTERLY, SUMMARY)


def reported_years(catalogue: Catalogue) -> tuple[ReportedYear, ...]:
    """The years with an annual report that numbers or actions of this area come from, newest first.

    Nothing lists them: a source of the kind "annual report" whose period is 1 April to 31 March makes its year's
    report as soon as a table, figure, measure or action rests on it. A neighbour's report makes none.
    """
    resting = {source for table in catalogue.tables.values() if is_own(catalogue, table.about.area) and not table.about.derived for source in table.sources}
    resting |= {figure.source for figure in catalogue.all("figure") if is_own(catalogue, figure.area)}
    resting |= {result.source for measure in catalogue.all("measure") for result in measure.results}
    resting |= {progress.source for action in catalogue.all("action") for progress in action.history}
    found: dict[str, ReportedYear] = {}
    for source in catalogue.all("source"):
        period = period_of(source.period or "")
        if source.kind == "annual report" and period and period.year and source.id in resting:
            found.setdefault(period.year, ReportedYear(period.year, period, source))
    return tuple(sorted(found.values(), key=lambda reported: reported.period.first, reverse=True))
