"""When each page, contact and table must be looked at again.

Owns: what is overdue and what falls due soon, counted from the catalogue's own day. Never: stops a build or a change: nothing about time does.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from macros.content.catalogue import Catalogue
from macros.views.tables import pages_by_table

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
    today = catalogue.today
    found = []
    for page in catalogue.pages.values():
        meta, state = page.meta, state_on(page.meta.review_by, today)
        found.append(Due("page", meta.title, page.address, page.source.file, meta.owner, meta.reviewed_on.isoformat(), meta.review_by, state))
    for contact in catalogue.all("contact"):
        file, address = catalogue.places[("contact", contact.id)].document.file, catalogue.address("contact", contact)
        state = state_on(contact.review_by, today)
        found.append(Due("contact", contact.title, address, file, contact.owner, contact.last_seen, contact.review_by, state))
    shown = catalogue.ask(pages_by_table)
    # Tables that no page speaks of are read again with the section that lists them all.
    section = catalogue.pages.get("performance/index.md") or catalogue.pages.get("index.md")
    for table in catalogue.tables.values():
        about = table.about
        pages = shown.get(table.id) or ([section] if section else [])
        reviewed = about.reviewed_on or min((page.meta.reviewed_on for page in pages), default=None)
        review_by = about.review_by or min((page.meta.review_by for page in pages), default=None)
        if review_by:  # else no page shows any table: a site that is only being begun
            address, file, state = f"/performance/{table.id}/", f"data/tables/{table.id}.yml", state_on(review_by, today)
            reviewed_on = reviewed.isoformat() if reviewed else "date not given"
            found.append(Due("table", about.title, address, file, about.owner, reviewed_on, review_by, state, borrowed=about.review_by is None))
    return sorted(found, key=lambda due: (due.review_by, due.kind, due.title, due.file))


def state_on(review_by: date, today: date) -> State:
    """Past its day, due within sixty days, or neither."""
    if review_by < today:
        return "overdue"
    return "due soon" if review_by <= today + SOON else "fresh"
