"""When each page, contact and table must be looked at again.

Owns: what is overdue and what falls due soon, counted from the catalogue's own day. Never: stops a build or a change: nothing about time does.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from macros.content.catalogue import Catalogue
from macros.content.periods import months_later, period_of
from macros.views.tables import pages_by_table

SOON = timedelta(days=60)
State = Literal["overdue", "due soon", "fresh"]


@dataclass(frozen=True)
class Due:
    """One thing that somebody looks after: when it was last reviewed, for a contact last seen, as far as that is known (year-month-day), and when it
    is due. A contact that was not seen within a year, as far as is known, was seen ``long_ago``."""

    kind: Literal["page", "contact", "table"]
    title: str
    address: str
    file: str
    owner: str
    reviewed_on: str
    review_by: date
    state: State
    long_ago: bool = False


def everything_due(catalogue: Catalogue) -> list[Due]:
    """Every page, contact and table, what must be looked at first at the top. A table is reviewed and due with the pages that show it."""
    today = catalogue.today
    found = []
    for page in catalogue.pages.values():
        meta, reviewed = page.meta, (page.meta.reviewed or "")[:10]
        found.append(Due("page", page.title_in_lists, page.address, page.source.file, meta.owner, reviewed, meta.review_by, state_on(meta.review_by, today)))
    for contact in catalogue.all("contact"):
        file, address = catalogue.places[("contact", contact.id)].document.file, catalogue.address("contact", contact)
        seen, state = period_of(contact.known_since), state_on(contact.review_by, today)
        long_ago = seen is None or months_later(seen.last, 12) < today
        found.append(Due("contact", contact.title, address, file, contact.owner, contact.known_since, contact.review_by, state, long_ago))
    shown = catalogue.ask(pages_by_table)
    # Tables that no page speaks of are read again with the section that lists them all.
    section = catalogue.pages.get("performance/index.md") or catalogue.pages.get("index.md")
    for name, table in catalogue.tables.items():
        if pages := [page.meta for page in shown.get(name) or ([section] if section else [])]:  # else this is a site that is only being begun
            reviewed, review_by = min((meta.reviewed or "")[:10] for meta in pages), min(meta.review_by for meta in pages)
            address, file, state = f"/performance/{name}/", f"data/tables/{name}.yml", state_on(review_by, today)
            found.append(Due("table", table.about.title, address, file, table.about.owner, reviewed, review_by, state))
    return sorted(found, key=lambda due: (due.review_by, due.kind, due.title, due.file))


def state_on(review_by: date, today: date) -> State:
    """Past its day, due within sixty days, or neither."""
    if review_by < today:
        return "overdue"
    return "due soon" if review_by <= today + SOON else "fresh"
