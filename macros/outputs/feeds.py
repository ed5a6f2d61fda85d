"""Feeds: what is new, in the two formats that feed readers know (Atom, RFC 4287, and JSON Feed 1.1).

Owns: which records a feed tells of, in which order, and the names by which readers know them.
Never: makes up a date. A feed insists on a full one, so a month or year is told by its first day, and the
entry's text says what was published. A briefing has no date of its own: it carries the day it was last reviewed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from macros.content.catalogue import Catalogue
from macros.models import BY_NAME
from macros.models.base import ContentType, in_words
from macros.models.open_data import FEEDS, Feed
from macros.outputs.base import Files, Site, as_json, path_of
from macros.outputs.dates import as_published, first_day, said

ATOM = "http://www.w3.org/2005/Atom"
# Readers know an entry by this name, so it must outlive any change of its address: RFC 4151.
TAG = "tag:cescp.org.uk,2026:"


@dataclass(frozen=True)
class Entry:
    """One thing a feed tells of. ``published`` is nothing where no date of publication is known."""

    tag: str
    title: str
    address: str
    kind: ContentType
    summary: str
    dated: str
    published: date | None
    updated: date
    themes: tuple[str, ...]

    @property
    def text(self) -> str:
        """What a reader sees below the title."""
        return f"{self.summary} {self.dated}"


def files(catalogue: Catalogue, site: Site) -> Files:
    """Each feed in both formats."""
    found: Files = {}
    for feed in FEEDS:
        entries = entries_of(catalogue, feed, site)
        found[path_of(feed.atom)] = as_atom(feed, entries, _updated(catalogue, entries), site)
        found[path_of(feed.json)] = as_json(as_json_feed(feed, entries, site))
    return found


def entries_of(catalogue: Catalogue, feed: Feed, site: Site) -> list[Entry]:
    """What a feed tells, newest first."""
    entries = [entry for name in feed.kinds for record in catalogue.all(name) for entry in _entry(catalogue, BY_NAME[name], record, site)]
    return sorted(sorted(entries, key=lambda e: e.tag), key=lambda e: e.published or e.updated, reverse=True)


def _entry(catalogue: Catalogue, kind: ContentType, record: Any, site: Site) -> Iterator[Entry]:
    published = as_published(record.published or "") if kind.name == "publication" else getattr(record, "published", None)
    summary = record.holds if kind.name == "publication" else record.description
    if published:
        changed = getattr(record, "updated", None)
        dated = _dated(kind, published) + (f" Updated: {said(changed)}." if changed else "")
        day, updated = first_day(published), first_day(changed or published)
    elif kind.name == "briefing":
        dated, day, updated = f"Last reviewed: {in_words(record.reviewed_on)}.", None, record.reviewed_on
    else:
        return
    themes = tuple(catalogue.get("theme", name).title for name in record.themes)
    address = site.absolute(catalogue.address(kind.name, record))
    yield Entry(f"{TAG}{kind.name}/{record.id}", record.title, address, kind, summary, dated, day, max(updated, day or updated), themes)


def _dated(kind: ContentType, published: str) -> str:
    return f"{'Date' if kind.name == 'news' else 'Published'}: {said(published)}."


def _updated(catalogue: Catalogue, entries: list[Entry]) -> date:
    """When a feed last changed: with its newest entry; an empty one with the newest review of a page."""
    return max([entry.updated for entry in entries] or [page.meta.reviewed_on for page in catalogue.pages.values()], default=catalogue.today)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def as_atom(feed: Feed, entries: list[Entry], updated: date, site: Site) -> bytes:
    """The feed as RFC 4287 has it."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _text(root, "id", f"{TAG}feed/{feed.name}")
    _text(root, "title", f"{site.name}: {feed.title}")
    _text(root, "subtitle", feed.says)
    _text(root, "updated", _moment(updated))
    _text(ET.SubElement(root, "author"), "name", site.name)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": site.absolute(feed.atom)})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": site.absolute(feed.part)})
    for entry in entries:
        _add_atom_entry(root, entry)
    ET.indent(root)
    written: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()


def _add_atom_entry(root: ET.Element, entry: Entry) -> None:
    found = ET.SubElement(root, "entry")
    _text(found, "id", entry.tag)
    _text(found, "title", entry.title)
    ET.SubElement(found, "link", {"rel": "alternate", "type": "text/html", "href": entry.address})
    if entry.published:
        _text(found, "published", _moment(entry.published))
    _text(found, "updated", _moment(entry.updated))
    for term in (entry.kind.title, *entry.themes):
        ET.SubElement(found, "category", {"term": term})
    _text(found, "summary", entry.text)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def as_json_feed(feed: Feed, entries: list[Entry], site: Site) -> dict[str, object]:
    """The feed as JSON Feed 1.1 has it."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{site.name}: {feed.title}",
        "description": feed.says,
        "home_page_url": site.absolute(feed.part),
        "feed_url": site.absolute(feed.json),
        "language": "en-GB",
        "authors": [{"name": site.name, "url": site.absolute("/")}],
        "items": [_json_item(entry) for entry in entries],
    }


def _json_item(entry: Entry) -> dict[str, object]:
    dates = {"date_published": _moment(entry.published)} if entry.published else {}
    return {
        "id": entry.tag,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_text": entry.text,
        **dates,
        "date_modified": _moment(entry.updated),
        "tags": [entry.kind.title, *entry.themes],
    }
