"""When each page, contact and table must be looked at again, and by whom.

Owns: what is overdue and what falls due soon, counted from the catalogue's own day, and how an owner is told.
Never: stops a build or a change: nothing about time does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from macros.catalogue import Catalogue, PageEntry
from macros.editing.outside_links import DeadLink
from macros.editing.quoting import code
from macros.models.base import in_words
from macros.models.table import Table
from macros.views import table_named

SOON = timedelta(days=60)
_MOST = 150  # lines of one section of an issue, which may hold 65,536 characters in all
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


# What an owner is told -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnersList:
    """Everything one owner is asked to do, as the text of one issue; empty where there is nothing."""

    owner: str
    title: str
    text: str

    @property
    def has_work(self) -> bool:
        """Whether anything is to be done."""
        return bool(self.text)


def owners_lists(catalogue: Catalogue, dead: Iterable[DeadLink] = ()) -> list[OwnersList]:
    """One list for every owner there is, also for those with nothing to do, whose issue can be closed."""
    due, dead = everything_due(catalogue), list(dead)
    owners = sorted({d.owner for d in due} | {link.owner for link in dead})
    return [OwnersList(owner, f"To look at again: {owner.replace('-', ' ')}", _told(owner, due, dead)) for owner in owners]


def _told(owner: str, due: list[Due], dead: list[DeadLink]) -> str:
    mine = [d for d in due if d.owner == owner]
    parts = [
        *_section("Past its date", [_line(d) for d in mine if d.state == "overdue"]),
        *_section("Due within sixty days", [_line(d) for d in mine if d.state == "due soon"]),
        *_section("Links that lead nowhere", [_dead_line(link) for link in dead if link.owner == owner]),
    ]
    if not parts:
        return ""
    return "\n".join([
        "This list is written anew every week. Nothing in it stops a change or takes a page off the site.",
        "",
        "Read each thing through. If it is right, move `reviewed_on` to today and `review_by` to the next date. If it is not, put it right.",
        "",
        *parts,
    ])  # fmt: skip


def _section(title: str, lines: list[str]) -> list[str]:
    more = [f"- and {len(lines) - _MOST:,} more, which the site's own page on freshness lists"] if len(lines) > _MOST else []
    return [f"## {title}", "", *lines[:_MOST], *more, ""] if lines else []


def _line(due: Due) -> str:
    borrowed = ", with the page that shows it" if due.borrowed else ""
    return f"- [ ] {due.kind.capitalize()} {code(due.title)}, due {in_words(due.review_by)}{borrowed}: {code(due.file)}"


def _dead_line(link: DeadLink) -> str:
    return f"- [ ] {code(link.address)} ({link.says}), in {code(link.file)}{f', line {link.line}' if link.line else ''}"
