"""Feeds: what is new, in the two formats that feed readers know (Atom, RFC 4287, and JSON Feed 1.1).

Owns: which records a feed tells of, in which order, and the names by which readers know them. Never: makes up a date, or takes one from
the middle of a sentence. An entry's date is the day on which it was added to the site, and its last change there counts as one: so what is old
and new here comes first, and a correction is seen. Where the site's history is not known it is the record's own date. A feed insists on a full
one, so a month or year is told by its first day, and the entry's text says what was published. A briefing has no date of its own: it carries the
day it was last reviewed, or written.
"""

import re
from dataclasses import asdict
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from macros.content.catalogue import Catalogue, partnership
from macros.models import BY_NAME
from macros.models.base import MONTHS, in_words
from macros.models.open_data import CHANGES, FEEDS, Feed
from macros.outputs.base import Files, Site, as_json
from macros.views import changes, dates

_IN_WORDS = re.compile(rf"(?:(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) )?(\d{{4}})\Z")


def files(catalogue: Catalogue, site: Site) -> Files:
    """Each feed in both formats, and all changes of the site as data."""
    found: Files = {CHANGES.lstrip("/"): as_json(_every_change(catalogue, site))}
    for feed in FEEDS:
        items = [item for kind in feed.kinds for record in catalogue.all(kind) if (item := _item(catalogue, kind, record, site))]
        items += _days(catalogue, site) if feed.name == "changes" else []
        items.sort(key=lambda item: item["id"])
        items.sort(key=lambda item: item["date_modified"], reverse=True)
        about = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": f"{site.name}: {feed.title}",
            "description": feed.says,
            "home_page_url": site.absolute(feed.part),
            "feed_url": site.absolute(feed.json),
            "language": "en-GB",
            "authors": [{"name": site.name, "url": site.absolute("/")}],
        }
        found[feed.json.lstrip("/")] = as_json(about | {"items": items})
        # It last changed with its newest entry; an empty one with the newest review of a page.
        changed = [item["date_modified"] for item in items] or [_moment(page.meta.last_found_right) for page in catalogue.pages.values()]
        found[feed.atom.lstrip("/")] = _as_atom(feed, items, partnership(catalogue).feed_names, max(changed, default=_moment(catalogue.today)), site)
    return found


def _item(catalogue: Catalogue, kind: str, record: Any, site: Site) -> dict[str, Any] | None:
    """A record as JSON Feed has it; nothing where it has no date."""
    if kind in ("event", "session"):
        return _coming(catalogue, kind, record, site)
    published = as_published(record.published) if kind == "publication" else getattr(record, "published", None)
    summary = record.holds if kind == "publication" else record.description
    if published:
        changed = getattr(record, "updated", None)
        dated = f"{'Date' if kind == 'news' else 'Published'}: {said(published)}." + (f" Updated: {said(changed)}." if changed else "")
        updated = max(first_day(published), first_day(changed or published))
    elif kind == "briefing":
        dated, updated = f"{'Last reviewed' if record.reviewed else 'Written'}: {in_words(record.last_found_right)}.", record.last_found_right
    else:
        return None
    here = first_day(published) if published else None
    if history := changes.dates_of_record(catalogue, kind, record.id):
        added, updated = next((day for day, how in reversed(history) if how == "added"), None), history[0][0]
        here, dated = added or here, dated + (f" Added here: {in_words(added)}." if added else "")
        dated += f" Changed here: {in_words(updated)}." if updated != added else ""
    more = {"date_published": _moment(here)} if here else {}
    return _entry(catalogue, kind, record, site, title=record.title, summary=summary, content_text=f"{summary} {dated}", **more, date_modified=_moment(updated))


def _entry(catalogue: Catalogue, kind: str, record: Any, site: Site, **says: str) -> dict[str, Any]:
    """What a record says, between the name by which readers know it and its subjects."""
    name, url = f"{partnership(catalogue).feed_names}{kind}/{record.id}", site.absolute(catalogue.address(kind, record))
    return {"id": name, "url": url, **says, "tags": [BY_NAME[kind].title, *(catalogue.get("theme", theme).title for theme in record.themes)]}


_LISTED, _DAYS = 40, 60  # how much of a day an entry says, and how many days a feed holds


def _days(catalogue: Catalogue, site: Site) -> list[dict[str, Any]]:
    """The newest days of changes, each an entry that says what changed."""
    found = []
    for day in list(catalogue.ask(changes.shown_days).values())[:_DAYS]:
        lines = [f"{changes.HOWS[how]}: {change.title} ({site.absolute(change.address)})." for how in changes.HOWS for change in day.of(how)]
        more = [f"And {len(lines) - _LISTED:,} more."] if len(lines) > _LISTED else []
        about = {
            "id": f"{partnership(catalogue).feed_names}changes/{day.day}",
            "url": site.absolute(f"{catalogue.ask(changes.page_of_changes) or '/'}#day-{day.day}"),
        }
        about |= {"title": f"{in_words(day.day)}: {day.summary}", "summary": f"{day.summary}.", "content_text": " ".join([*lines[:_LISTED], *more, *day.gone])}
        about |= {"date_published": _moment(day.day), "date_modified": _moment(day.day)}
        found.append({**about, "tags": sorted({change.kind for change in day.changes})})
    return found


def _every_change(catalogue: Catalogue, site: Site) -> dict[str, object]:
    """What changed on the site, day by day; nothing where its history is not known."""
    days = [asdict(day) | {"day": day.day.isoformat()} for day in catalogue.ask(changes.days)]
    for change in (change for day in days for change in day["changes"]):
        change["address"] = site.absolute(change["address"])
    says = "What was added, changed, corrected or moved here, by what it is called today. What was withdrawn or taken out is counted (gone)."
    return {"title": f"Changes of {site.absolute('/')}", "description": says, "history_known": catalogue.publications is not None, "days": days}


def _coming(catalogue: Catalogue, kind: str, record: Any, site: Site) -> dict[str, Any] | None:
    """An event or session until its last day is over. It is known since the day it was announced, or since the pages on training were last found right."""
    if record.last is None or record.last < catalogue.today:
        return None
    section = next((page.meta.last_found_right for page in catalogue.pages.values() if page.address == "/training/"), record.date)
    history = changes.dates_of_record(catalogue, kind, record.id)
    since = _moment(history[0][0] if history else record.announced_on or section)
    texts = (getattr(record, "summary", ""), dates.when(record), record.changed, record.announced)
    told, title = " ".join(f"{text.removesuffix('.')}." for text in texts if text), f"{record.changed}: {record.title}" if record.status else record.title
    return _entry(catalogue, kind, record, site, title=title, summary=record.title, content_text=told, date_modified=since)


def first_day(published: str) -> date:
    """The first day of a date as published: ``2023-02`` is 1 February 2023."""
    return date.fromisoformat((published + "-01-01")[:10])


def said(published: str) -> str:
    """The date in words, and what the source leaves out of it."""
    return in_words(published) + {4: " (the source gives no month or day)", 7: " (the source gives no day)"}.get(len(published), "")


def as_published(words: str) -> str | None:
    """``26 September 2022`` as ``2022-09-26``, ``June 2018`` as ``2018-06``, ``2019`` as it stands; nothing for any other text."""
    match = _IN_WORDS.match(words)
    if not match:
        return None
    day, month, year = match.groups()
    return year + (f"-{MONTHS.index(month) + 1:02}" if month else "") + (f"-{int(day):02}" if day else "")


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _as_atom(feed: Feed, items: list[dict[str, Any]], names: str, updated: str, site: Site) -> bytes:
    def add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, name, attributes)
        element.text = text
        return element

    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en-GB"})
    add(root, "id", f"{names}feed/{feed.name}")
    add(root, "title", f"{site.name}: {feed.title}")
    add(root, "subtitle", feed.says)
    add(root, "updated", updated)
    add(add(root, "author"), "name", site.name)
    add(root, "link", rel="self", type="application/atom+xml", href=site.absolute(feed.atom))
    add(root, "link", rel="alternate", type="text/html", href=site.absolute(feed.part))
    for item in items:
        entry = add(root, "entry")
        add(entry, "id", item["id"])
        add(entry, "title", item["title"])
        add(entry, "link", rel="alternate", type="text/html", href=item["url"])
        if "date_published" in item:
            add(entry, "published", item["date_published"])
        add(entry, "updated", item["date_modified"])
        for subject in item["tags"]:
            add(entry, "category", term=subject)
        add(entry, "summary", item["content_text"])
    ET.indent(root)
    written: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()
