"""When each page, contact and table must be looked at again.

Owns: what is overdue and what falls due soon, counted from the catalogue's own day. Never: stops a build or a change: nothing about time does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from macros.content.catalogue import Catalogue, PageEntry
from macros.models.table import Table
from macros.views.tables import table_named

SOON = timedelta(days=60)
State = Literal["overdue", "due soon", "fresh"]


@dataclass(frozen=True)
class Due:
    """One thing that somebody looks after. ``borrowed`` says that its dates are those of the pages that show it."""

    kind: Literal["page", "contact", "table"]
    title: str
    address: str
    file: str
    owner: str
    reviewed_on: str
    review_by: date
    state: State
    borrowed: bool = False


def everything_due(catalogue: Catalogue) -> list[Due]:
    """Every page, contact and table, what must be looked at first at the top."""
    found = [*_pages(catalogue), *_contacts(catalogue), *_tables(catalogue)]
    return sorted(found, key=lambda due: (due.review_by, due.kind, due.title, due.file))


def state_on(review_by: date, today: date) -> State:
    """Past its day, due within sixty days, or neither."""
    if review_by < today:
        return "overdue"
    return "due soon" if review_by <= today + SOON else "fresh"


def _pages(catalogue: Catalogue) -> Iterator[Due]:
    for page in catalogue.pages.values():
        meta = page.meta
        yield Due(
            "page",
            meta.title,
            page.address,
            page.source.file,
            meta.owner,
            meta.reviewed_on.isoformat(),
            meta.review_by,
            state_on(meta.review_by, catalogue.today),
        )


def _contacts(catalogue: Catalogue) -> Iterator[Due]:
    for contact in catalogue.all("contact"):
        file = catalogue.places[("contact", contact.id)].document.file
        address = catalogue.address("contact", contact)
        yield Due("contact", contact.title, address, file, contact.owner, contact.last_seen, contact.review_by, state_on(contact.review_by, catalogue.today))


def _tables(catalogue: Catalogue) -> Iterator[Due]:
    shown = _pages_by_table(catalogue)
    for table in catalogue.tables.values():
        about = table.about
        pages = shown.get(table.id, []) or _catalogue_page(catalogue)
        reviewed = about.reviewed_on or min((page.meta.reviewed_on for page in pages), default=None)
        review_by = about.review_by or min((page.meta.review_by for page in pages), default=None)
        if review_by is None:  # no page shows any table: a site that is only being begun
            continue
        yield Due(
            "table", about.title, f"/performance/{table.id}/", _description(table), about.owner, reviewed.isoformat() if reviewed else "not known",
            review_by, state_on(review_by, catalogue.today), borrowed=about.review_by is None,
        )  # fmt: skip


def _description(table: Table) -> str:
    return f"data/tables/{table.id}.yml"


def _pages_by_table(catalogue: Catalogue) -> dict[str, list[PageEntry]]:
    found: dict[str, list[PageEntry]] = {}
    for page in catalogue.pages.values():
        for name in {table_named(call) for call in page.calls}:
            found.setdefault(name, []).append(page)
    return found


def _catalogue_page(catalogue: Catalogue) -> list[PageEntry]:
    """Tables that no page speaks of are read again with the section that lists them all."""
    page = catalogue.pages.get("performance/index.md") or catalogue.pages.get("index.md")
    return [page] if page else []
