"""Pages that no editor writes: one for every table, the catalogue of them, the figures, the sums, the reports, and the years of long lists.

Owns: which such pages there are and their settings. Never: touches docs/ or writes HTML.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from macros.components import Components
from macros.content import generated
from macros.content.arithmetic import NoSuchNumber, numbers_at, outcome, rounded
from macros.content.catalogue import Catalogue
from macros.views.reports import quarter, summary
from macros.views.reports.year import report_of, year_description, year_title


@dataclass(frozen=True)
class GeneratedPage:
    """A page made of data: where it stands, its settings and what makes its HTML. ``file`` is what an editor would change."""

    path: str
    title: str
    description: str
    kind: str
    file: str
    make: Callable[[], str]

    @property
    def html(self) -> str:
        """The page's text, remade each time: it is asked for once in a build and then no longer kept."""
        return self.make()


@dataclass(frozen=True)
class CheckedSum:
    """An agreement with both its numbers."""

    agreement: Any
    published: str
    worked_out: str


def generated_pages(catalogue: Catalogue, components: Components) -> Iterator[GeneratedPage]:
    """Every generated page, in a fixed order. What a page is made of is asked of the components' own catalogue, which a preview watches."""
    about = "Every table on this site by subject, with its period and the document it comes from."
    yield GeneratedPage("performance/catalogue.md", "Every table", about, "data", "data/tables", components.table_index)
    about = "The numbers that stand alone in the documents, each with its unit, period and source."
    yield GeneratedPage("performance/figures.md", "Every figure", about, "data", "data/figures.yml", components.figures)
    about, title = "Totals and percentages the documents print, worked out again from their own numbers.", "Figures we checked"

    def agreements() -> str:
        return components.render("agreements.html", checks=components.catalogue.ask(checked_sums))

    yield GeneratedPage("performance/agreements.md", title, about, "data", "data/agreements.yml", agreements)
    yield from report_pages(catalogue, components)
    for path, event in generated.event_paths(catalogue).items():
        yield GeneratedPage(path, event.title, _cut(event.summary), "event", "data/events.yml", partial(components.event_page, event.id))
    for years in catalogue.ask(generated.listed_years).values():
        for one in years:
            title = f"{one.kind.title} of {one.year}"
            about = f"Everything of {one.year} under {one.kind.title}: {one.count:,} {'page' if one.count == 1 else 'pages'}."
            yield GeneratedPage(one.path, title, about, "list", f"{one.kind.home}index.md", partial(components.listing_of_year, one.kind.plural, one.year))
    for name, table in catalogue.tables.items():
        yield GeneratedPage(f"performance/{name}.md", table.about.title, _cut(table.about.summary), "data", table.file, partial(components.table_page, name))


def _cut(summary: str) -> str:
    """A summary as results of a search show it."""
    return summary if len(summary) <= 160 else summary[:157].rsplit(" ", 1)[0] + "…"


def report_pages(catalogue: Catalogue, components: Components) -> Iterator[GeneratedPage]:
    """A report for every year that an annual report tells of, one for this quarter, one side for a committee."""

    def report(name: str, question: Any, *about: Any) -> str:
        return components.report(name, components.catalogue.ask(question, *about))

    for year in generated.reported_years(catalogue):
        made = partial(report, "year", report_of, year.year)
        yield GeneratedPage(year.path, year_title(year), year_description(year), "report", "data/sources.yml", made)
    made = partial(report, "quarter", quarter.quarter_report)
    yield GeneratedPage(generated.QUARTERLY, quarter.QUARTER_TITLE, quarter.QUARTER_DESCRIPTION, "report", "data/actions.yml", made)
    made = partial(report, "summary", summary.summary)
    yield GeneratedPage(generated.SUMMARY, summary.SUMMARY_TITLE, summary.SUMMARY_DESCRIPTION, "report", "data/figures.yml", made)


def checked_sums(catalogue: Catalogue) -> list[CheckedSum]:
    """Every agreement with what is published and what the numbers give."""
    found = []
    for agreement in catalogue.all("agreement"):
        try:
            published = sum(numbers_at(catalogue, agreement.published))
            found.append(CheckedSum(agreement, f"{published:,}", f"{rounded(outcome(catalogue, agreement), agreement.decimals):,}"))
        except NoSuchNumber:  # told by the rule; here there is nothing to show
            continue
    return found
