"""Which PDFs the site has, each with its address and the page it is made from.

Owns: their list, and which text to shorten where one has outgrown its side of paper. Never: makes one (``outputs.pdf`` does).
"""

from dataclasses import dataclass

from macros.content.catalogue import Catalogue, PageEntry
from macros.content.generated import QUARTERLY, SUMMARY, reported_years
from macros.problems import Problem
from macros.views import records

WORRIED = "worried-about-a-child/index.md"


@dataclass(frozen=True)
class Document:
    """One PDF. ``page`` is the page it is offered on and, unless it has a ``drawing`` of its own, made from.

    One of ``one_side`` is printed on a single side of A4 wherever its text fits there in print of ``largest`` to
    ``smallest`` points. ``is_report`` gives it contents with page numbers. ``shows`` are the fields of the urgent
    contacts that a drawing prints.
    """

    name: str
    label: str
    page: str
    one_side: bool = False
    is_report: bool = False
    drawing: str = ""
    largest: float = 11.5
    smallest: float = 10
    shows: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where it stands below the site's root."""
        return f"pdf/{self.name}.pdf"

    @property
    def address(self) -> str:
        return f"/{self.path}"


def documents(catalogue: Catalogue) -> tuple[Document, ...]:
    """Every PDF of the site, in a fixed order."""
    this_page, this_report = "This page to print or keep", "This report to print or keep"
    found = []
    for page in catalogue.pages.values():
        if page.kind.name == "briefing":
            found.append(Document(f"briefing-{page.meta.id}", "This briefing to print or keep", page.path, one_side=True, largest=11))
        elif page.kind.name == "review":
            found.append(Document(f"review-{page.meta.id}", this_page, page.path))
    found += [Document(f"report-{reported.year.replace('/', '-')}", this_report, reported.path, is_report=True) for reported in reported_years(catalogue)]
    found.append(Document("quarterly-report", this_report, QUARTERLY, is_report=True))
    found.append(Document("partnership-in-figures", this_page, SUMMARY, one_side=True))
    if WORRIED in catalogue.pages:
        found.append(Document("worried-about-a-child", this_page, WORRIED))
        # A poster is read from a step away, a card from the hand.
        poster, cards = "Poster with the numbers", "Pocket cards with the numbers, to cut out"
        found.append(Document("poster", poster, WORRIED, one_side=True, drawing="poster", largest=15, smallest=12, shows=("title", "hours", "says")))
        found.append(Document("pocket-cards", cards, WORRIED, one_side=True, drawing="pocket_cards", largest=9.5, smallest=9, shows=("title", "hours")))
    return tuple(found)


def outgrown(catalogue: Catalogue, document: Document, sides: int) -> Problem:
    """Advice that a document needs more than its one side, placed at the longest of the texts it is made from."""
    says = f"{document.name}.pdf no longer fits on one side of A4, even in print of {document.smallest:g} points, and goes on to {sides} sides."
    if document.drawing:
        fix = "Shorten this, the longest of its texts, or another if it is to be one side again. Nothing is cut off."
        texts = [(contact.id, name, getattr(contact, name) or "") for contact in records.urgent_contacts(catalogue) for name in document.shows]
        contact, name, _ = max(texts, key=lambda text: len(text[2]))
        return catalogue.problem("contact", contact, name, says, fix, severity="warning")
    if page := catalogue.pages.get(document.page):
        fix = "Shorten the page if it is to be one side again; its longest section begins here. Nothing is cut off."
        return Problem(page.source.file, _longest_section(page), says, fix, severity="warning")
    fix = "Choose fewer headline figures, or fewer columns for which more or less is better, if it is to be one side again. Nothing is cut off."
    return Problem("data/figures.yml", None, says, fix, severity="warning")


def _longest_section(page: PageEntry) -> int:
    begins, longest = page.source.body_line, (0, page.source.body_line)
    length = 0
    for number, line in enumerate([*page.source.body.split("\n"), "## "], page.source.body_line):
        if line.startswith("## "):
            longest = max(longest, (length, begins), key=lambda section: section[0])
            begins, length = number, 0
        length += len(line)
    return longest[1]
