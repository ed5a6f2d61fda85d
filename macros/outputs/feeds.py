"""Feeds: what is new, in the two formats that feed readers know (Atom, RFC 4287, and JSON Feed 1.1).

Owns: which records a feed tells of, in which order, and the names by which readers know them. Never: makes up a date, or takes one from
the middle of a sentence. A feed insists on a full one, so a month or year is told by its first day, and the entry's text says what was
published. A briefing has no date of its own: it carries the day it was last reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from macros.content.catalogue import Catalogue
from macros.models import BY_NAME
from macros.models.base import MONTHS, ContentType, in_words
from macros.models.open_data import FEEDS, Feed
from macros.outputs.base import Files, Site, as_json, path_of

# Readers know an entry by this name, so it must outlive any change of its address: RFC 4151.
TAG = "tag:cescp.org.uk,2026:"
_IN_WORDS = re.compile(rf"(?:(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) )?(\d{{4}})\Z")


@dataclass(frozen=True)
class Entry:
    """One thing a feed tells of. ``published`` is nothing where no date of publication is known; ``text`` is what a reader sees below the title."""

    tag: str
    title: str
    address: str
    summary: str
    text: str
    published: date | None
    updated: date
    subjects: tuple[str, ...]


def files(catalogue: Catalogue, site: Site) -> Files:
    """Each feed in both formats. It last changed with its newest entry; an empty one with the newest review of a page."""
    found: Files = {}
    for feed in FEEDS:
        entries = [entry for name in feed.kinds for record in catalogue.all(name) for entry in _entry(catalogue, BY_NAME[name], record, site)]
        entries.sort(key=lambda e: e.tag)
        entries.sort(key=lambda e: e.published or e.updated, reverse=True)
        changed = [entry.updated for entry in entries] or [page.meta.reviewed_on for page in catalogue.pages.values()]
        found[path_of(feed.atom)] = _as_atom(feed, entries, max(changed, default=catalogue.today), site)
        found[path_of(feed.json)] = as_json(_as_json_feed(feed, entries, site))
    return found


def _entry(catalogue: Catalogue, kind: ContentType, record: Any, site: Site) -> Iterator[Entry]:
    published = as_published(record.published or "") if kind.name == "publication" else getattr(record, "published", None)
    summary = record.holds if kind.name == "publication" else record.description
    if published:
        changed = getattr(record, "updated", None)
        dated = f"{'Date' if kind.name == 'news' else 'Published'}: {said(published)}." + (f" Updated: {said(changed)}." if changed else "")
        day, updated = first_day(published), first_day(changed or published)
    elif kind.name == "briefing":
        dated, day, updated = f"Last reviewed: {in_words(record.reviewed_on)}.", None, record.reviewed_on
    else:
        return
    subjects = (kind.title, *(catalogue.get("theme", name).title for name in record.themes))
    address = site.absolute(catalogue.address(kind.name, record))
    yield Entry(f"{TAG}{kind.name}/{record.id}", record.title, address, summary, f"{summary} {dated}", day, max(updated, day or updated), subjects)


def first_day(published: str) -> date:
    """The first day of a date as published: ``2023-02`` is 1 February 2023."""
    year, month, day = (*published.split("-"), "01", "01")[:3]
    return date(int(year), int(month), int(day))


def said(published: str) -> str:
    """The date in words, and what is not published of it."""
    missing = {4: " (the month and day are not published)", 7: " (the day is not published)"}.get(len(published), "")
    return f"{in_words(published)}{missing}"


def as_published(words: str) -> str | None:
    """``26 September 2022`` as ``2022-09-26``, ``June 2018`` as ``2018-06``, ``2019`` as it stands; nothing for any other text."""
    match = _IN_WORDS.match(words)
    if not match:
        return None
    day, month, year = match.groups()
    parts = [year] + ([f"{MONTHS.index(month) + 1:02}"] if month else []) + ([f"{int(day):02}"] if day else [])
    return "-".join(parts)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _as_atom(feed: Feed, entries: list[Entry], updated: date, site: Site) -> bytes:
    def add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, name, attributes)
        element.text = text
        return element

    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en-GB"})
    add(root, "id", f"{TAG}feed/{feed.name}")
    add(root, "title", f"{site.name}: {feed.title}")
    add(root, "subtitle", feed.says)
    add(root, "updated", _moment(updated))
    add(add(root, "author"), "name", site.name)
    add(root, "link", rel="self", type="application/atom+xml", href=site.absolute(feed.atom))
    add(root, "link", rel="alternate", type="text/html", href=site.absolute(feed.part))
    for entry in entries:
        found = add(root, "entry")
        add(found, "id", entry.tag)
        add(found, "title", entry.title)
        add(found, "link", rel="alternate", type="text/html", href=entry.address)
        if entry.published:
            add(found, "published", _moment(entry.published))
        add(found, "updated", _moment(entry.updated))
        for subject in entry.subjects:
            add(found, "category", term=subject)
        add(found, "summary", entry.text)
    ET.indent(root)
    written: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()


def _as_json_feed(feed: Feed, entries: list[Entry], site: Site) -> dict[str, object]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{site.name}: {feed.title}",
        "description": feed.says,
        "home_page_url": site.absolute(feed.part),
        "feed_url": site.absolute(feed.json),
        "language": "en-GB",
        "authors": [{"name": site.name, "url": site.absolute("/")}],
        "items": [
            {
                "id": entry.tag,
                "url": entry.address,
                "title": entry.title,
                "summary": entry.summary,
                "content_text": entry.text,
                **({"date_published": _moment(entry.published)} if entry.published else {}),
                "date_modified": _moment(entry.updated),
                "tags": list(entry.subjects),
            }
            for entry in entries
        ],
    }
