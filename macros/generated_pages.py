"""Pages that no editor writes: one for every table, the catalogue of them, the figures, the sums and the reports.

Owns: which such pages there are and their settings. Never: touches docs/ or writes HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macros import periods, reports
from macros.arithmetic import NoSuchNumber, numbers_at, outcome, rounded
from macros.catalogue import Catalogue
from macros.components import Components


@dataclass(frozen=True)
class GeneratedPage:
    """A page made of data: where it stands, its settings and its HTML. ``file`` is what an editor would change."""

    path: str
    title: str
    description: str
    html: str
    kind: str
    file: str


@dataclass(frozen=True)
class CheckedSum:
    """An agreement with both its numbers."""

    agreement: Any
    published: str
    worked_out: str


def generated_pages(catalogue: Catalogue, components: Components) -> Iterator[GeneratedPage]:
    """Every generated page, in a fixed order."""
    yield GeneratedPage(
        "performance/catalogue.md",
        "Every table",
        "Every table on this site by subject, with its period and the document it comes from.",
        components.table_index(),
        "data",
        "data/tables",
    )
    yield GeneratedPage(
        "performance/figures.md",
        "Every figure",
        "The numbers that stand alone in the documents, each with its unit, period and source.",
        components.figures(),
        "data",
        "data/figures.yml",
    )
    yield GeneratedPage(
        "performance/agreements.md",
        "Sums held against the documents",
        "Totals and percentages the documents print, worked out again from their own numbers.",
        components.agreements(checked_sums(catalogue)),
        "data",
        "data/agreements.yml",
    )
    yield from report_pages(catalogue, components)
    for name, table in catalogue.tables.items():
        components.start_page()
        about = table.about
        yield GeneratedPage(f"performance/{name}.md", about.title, _short(about.summary), components.table_page(name), "data", f"data/tables/{name}.csv")


def report_pages(catalogue: Catalogue, components: Components) -> Iterator[GeneratedPage]:
    """A report for every year that an annual report tells of, one for this quarter, one side for a committee."""
    years = periods.reported_years(catalogue)
    for reported in years:
        year = reports.year_report(catalogue, reported, years)
        yield GeneratedPage(reported.path, year.title, year.description, components.report("year", year), "report", "data/sources.yml")
    quarter = reports.quarter_report(catalogue)
    yield GeneratedPage(periods.QUARTERLY, quarter.title, quarter.description, components.report("quarter", quarter), "report", "data/actions.yml")
    side = reports.summary(catalogue)
    yield GeneratedPage(periods.SUMMARY, side.title, side.description, components.report("summary", side), "report", "data/figures.yml")


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


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + "…"
