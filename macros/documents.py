"""Which PDFs the site has, each with its address and the page it is made from.

Owns: their list, and which of them a page offers. Never: makes one (``outputs.pdf`` does).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.catalogue import Catalogue
from macros.periods import QUARTERLY, SUMMARY, reported_years

WORRIED = "worried-about-a-child/index.md"


@dataclass(frozen=True)
class Document:
    """One PDF. ``page`` is the page it is offered on and, unless it has a ``drawing`` of its own, made from.

    ``one_side`` holds it to a single side of A4, in the largest print that fits, up to ``largest`` points. ``is_report`` gives it contents with page numbers.
    """

    name: str
    label: str
    page: str
    one_side: bool = False
    is_report: bool = False
    drawing: str = ""
    largest: float = 11.5

    @property
    def path(self) -> str:
        """Where it stands below the site's root."""
        return f"pdf/{self.name}.pdf"

    @property
    def address(self) -> str:
        """The same as pages link to it."""
        return f"/{self.path}"


def documents(catalogue: Catalogue) -> tuple[Document, ...]:
    """Every PDF of the site, in a fixed order."""
    return tuple(_documents(catalogue))


def _documents(catalogue: Catalogue) -> Iterator[Document]:
    for page in catalogue.pages.values():
        if page.kind.name == "briefing":
            yield Document(f"briefing-{page.meta.id}", "This briefing on one side of A4", page.path, one_side=True)
        elif page.kind.name == "review":
            yield Document(f"review-{page.meta.id}", "This page to print or keep", page.path)
    for reported in reported_years(catalogue):
        yield Document(f"report-{reported.year.replace('/', '-')}", "This report to print or keep", reported.path, is_report=True)
    yield Document("quarterly-report", "This report to print or keep", QUARTERLY, is_report=True)
    yield Document("partnership-in-figures", "This page on one side of A4", SUMMARY, one_side=True)
    if WORRIED in catalogue.pages:
        yield Document("worried-about-a-child", "This page to print or keep", WORRIED)
        yield Document("poster", "Poster with the numbers, A4", WORRIED, one_side=True, drawing="poster", largest=15.0)
        yield Document("pocket-cards", "Pocket cards with the numbers, to cut from A4", WORRIED, one_side=True, drawing="pocket_cards")


def documents_of(catalogue: Catalogue, path: str) -> tuple[Document, ...]:
    """The PDFs that a page offers."""
    return tuple(document for document in documents(catalogue) if document.page == path)
