"""Calendars: what has a full date, to be kept or followed, and when each page must be read again.

Owns: how a dated record is told to a calendar program (``views.dates`` says which calendars there are). What was held stays in them.
An entry that was changed, moved or cancelled here carries a higher number than before, so that a program that holds it puts it right.
Never: makes up a time, an end or a place: without a published time an entry lasts its days. Without a published length it has no end, which
the standard reads as ending when it begins (RFC 5545, 3.6.1), and it says so in words.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import CLASS, STATUS, TRANSP, Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur, vText

from macros.content.catalogue import Catalogue, partnership
from macros.models.base import in_words
from macros.models.open_data import PAGE_REVIEWS
from macros.outputs.base import Files, Site
from macros.views import changes, dates, records

LONDON = "Europe/London"


def files(catalogue: Catalogue, site: Site) -> Files:
    """Every calendar by its path, and for those who look after the site the days on which pages and contacts must be looked at again."""
    found = {}
    for calendar in dates.calendars(catalogue).values():
        entries = [_entry(catalogue, entry, site) for entry in calendar.entries]
        found[calendar.address.lstrip("/")] = _calendar(calendar.title, calendar.address, entries, site)
    due, domain = [], partnership(catalogue).domain
    for page in catalogue.pages.values():
        uid = f"page-{page.path.removesuffix('.md').replace('/', '.')}@{domain}"
        due.append(_review(uid, f"Read again: {page.meta.title}", page.meta, page.meta.last_found_right, page.meta.history, site.absolute(page.address)))
    for contact in catalogue.all("contact"):
        since, address = _shown_since(catalogue, "/contact/", contact.review_by), site.absolute(catalogue.address("contact", contact))
        last = f"Last found right: {in_words(contact.known_since)}."
        due.append(_review(f"contact-{contact.id}@{domain}", f"Check again: {contact.title}", contact, since, last, address))
    due.sort(key=lambda entry: (entry.start, entry.uid))
    return found | {PAGE_REVIEWS.lstrip("/"): _calendar("pages to be read again", PAGE_REVIEWS, due, site)}


def _review(uid: str, summary: str, reviewed: Any, since: date, last: str, address: str) -> Event:
    return Event.new(
        uid=f"review-{uid}",
        stamp=_midnight(since),
        summary=summary,
        start=reviewed.review_by,
        end=reviewed.review_by + timedelta(days=1),
        description=f"Looked after by the {reviewed.owner.replace('-', ' ')}. {last}",
        url=address,
        classification=CLASS.PRIVATE,
        transparency=TRANSP.TRANSPARENT,
    )


def _calendar(title: str, address: str, entries: Iterable[Event], site: Site) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{site.name}//Website//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):  # as text: the library escapes only what it knows to be text
        calendar.add(name, vText(f"{site.name}: {title}"))
    calendar.add("source", site.absolute(address), parameters={"value": "URI"})
    calendar.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    # A calendar must hold something (RFC 5545, 3.4): where nothing is dated yet, it is the time zone.
    for component in (_london(), *entries):
        calendar.add_component(component)
    return bytes(calendar.to_ical())


def _london() -> Component:
    """The United Kingdom's time since 1996, written out: a computer's own tables change from year to year."""
    zone = Timezone()
    zone.add("tzid", LONDON)
    for part, name, start, before, after, month in (
        (TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1), 0, 1, 3),
        (TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), 1, 0, 10),
    ):
        part.add("tzname", name)
        part.add("dtstart", start)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("rrule", vRecur({"freq": "yearly", "bymonth": month, "byday": "-1su"}))
        zone.add_component(part)
    return zone


def _entry(catalogue: Catalogue, entry: dates.Dated, site: Site) -> Event:
    kind, record, address = entry.kind.name, entry.record, catalogue.address(entry.kind.name, entry.record)
    # Beside its name: what it is, how it is held, by whom, and what is not known of it.
    said = [text for text in (getattr(record, "summary", None) or getattr(record, "description", None),) if text]
    if kind == "session":
        said.append(f"Part of {(catalogue.get('event', record.event) or catalogue.get('training-series', record.series)).title}.")
    if getattr(record, "format", None):
        said.append(f"{record.format.capitalize()}.")
    if getattr(record, "host", None):
        said.append(f"Host: {record.host}.")
    if kind != "news" and entry.last < catalogue.today:
        said.insert(0, "This day has passed.")
    if became := getattr(record, "changed", ""):
        said.insert(0, f"{became}.")
    cancelled = getattr(record, "status", None) == "cancelled"
    history = [day for day, how in changes.dates_of_record(catalogue, kind, record.id) if how != "added"]
    since = _midnight(history[0] if history else _shown_since(catalogue, address, entry.day))
    if kind != "news" and entry.starts is None:
        said.append("No time of day is given.")
    if entry.starts and not entry.minutes:
        said.append(f"Length: {length}." if (length := getattr(record, "length", None)) else "How long it takes is not given.")
    event = Event.new(
        uid=f"{kind}-{record.id}@{partnership(catalogue).domain}",
        stamp=since,
        last_modified=since,
        status=STATUS.CANCELLED if cancelled else STATUS.CONFIRMED,
        sequence=max(len(history), int(bool(became))),
        summary=f"{'Cancelled: ' if cancelled else ''}{record.title}",
        start=datetime.combine(entry.day, time.fromisoformat(entry.starts), ZoneInfo(LONDON)) if entry.starts else entry.day,
        end=None if entry.starts else entry.last + timedelta(days=1),
        description="\n".join(said),
        url=site.absolute(address),
        location=getattr(record, "venue", None) or None,
        transparency=TRANSP.OPAQUE if entry.starts and not cancelled else TRANSP.TRANSPARENT,
    )
    if themes := [title for _, title in records.theme_titles(catalogue, record.themes)]:
        event.categories = themes
    if entry.starts and entry.minutes:
        event.add("duration", timedelta(minutes=entry.minutes))
    return event


def _shown_since(catalogue: Catalogue, address: str, otherwise: date) -> date:
    """The stamp of an entry: when the page at its address was last reviewed or written. With the time of the build, every build would differ from the last."""
    path = address.partition("#")[0]
    return next((page.meta.last_found_right for page in catalogue.pages.values() if page.address == path), otherwise)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
