"""What a page says of itself to machines: JSON-LD in the words of schema.org.

Owns: which kind of page says what. Never: says anything that the page does not show, or decides what a page is.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from markupsafe import Markup

from macros.content.catalogue import Catalogue
from macros.content.periods import coverage_of
from macros.models.table import Table
from macros.views import dates, tables
from macros.views.changes import page_changed

Node = dict[str, Any]
_ATTENDANCE = {"online": "OnlineEventAttendanceMode", "in person": "OfflineEventAttendanceMode", "online and in person": "MixedEventAttendanceMode"}


class Framed(Protocol):
    """What is needed of a page's frame; ``trail`` is the way from the home page to it."""

    title: str
    description: str
    address: str
    trail: Any


def linked_data(catalogue: Catalogue, path: str, frame: Framed, site_address: str, site_name: str) -> Markup:
    """The script element of a page, or nothing where it has nothing to say."""
    nodes = list(_nodes(catalogue, path, frame, site_address, site_name))
    script = Markup('<script type="application/ld+json">{}</script>')
    return script.format(written({"@context": "https://schema.org", "@graph": nodes})) if nodes else Markup()


def written(data: Mapping[str, Any]) -> Markup:
    """JSON that cannot end its script element or be taken for markup, whatever the data holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - nothing is left in it that HTML would read


def _nodes(catalogue: Catalogue, path: str, frame: Framed, site: str, name: str) -> Iterator[Node]:
    def absolute(address: str) -> str:
        return site + address.lstrip("/")

    publisher = {"@id": f"{site}#organisation"}
    if path == "index.md":
        organisation = {"@type": "Organization", **publisher, "name": name, "url": site, "description": frame.description}
        mailbox = next((contact.value for contact in catalogue.all("contact") if contact.kind == "email"), "")
        yield {**organisation, "logo": f"{site}assets/images/favicon.svg", **({"email": mailbox} if mailbox else {})}
        yield {"@type": "WebSite", "@id": f"{site}#website", "name": name, "url": site, "inLanguage": "en-GB", "publisher": publisher}
    if frame.trail:
        items = [{"@type": "ListItem", "position": n, "name": step.title, "item": absolute(step.address)} for n, step in enumerate((*frame.trail, frame), 1)]
        yield {"@type": "BreadcrumbList", "itemListElement": items}
    table = catalogue.tables.get(path.removeprefix("performance/").removesuffix(".md")) if path.startswith("performance/") else None
    if table and any(column.is_number for column in table.about.columns):  # a table of words is no data set
        yield _dataset(catalogue, table, absolute(frame.address), site)
    entry = catalogue.pages.get(path)
    if entry and entry.kind.name == "news":
        meta: Any = entry.meta
        yield {
            "@type": "NewsArticle",
            "headline": meta.title,
            "description": meta.description,
            "datePublished": meta.written_on.isoformat(),  # of the text; what it tells of happened on a day of its own
            "dateModified": (page_changed(catalogue, path) or meta.written_on).isoformat(),
            "temporalCoverage": meta.published,
            "mainEntityOfPage": absolute(frame.address),
            "image": f"{site}assets/images/social.png",
            "inLanguage": "en-GB",
            "author": publisher,
            "publisher": publisher,
        }
    for event in catalogue.ask(dates.events_at, frame.address):
        yield {
            "@type": "Event",
            "name": event.title,
            "description": event.summary,
            "startDate": event.day.isoformat(),
            "endDate": event.last.isoformat(),
            "eventStatus": f"https://schema.org/{'EventCancelled' if event.status else 'EventRescheduled' if event.moved_to else 'EventScheduled'}",
            **({"previousStartDate": event.date.isoformat()} if event.moved_to else {}),
            "url": absolute(catalogue.address("event", event)),
            "organizer": publisher,
            **({"eventAttendanceMode": f"https://schema.org/{_ATTENDANCE[event.format]}"} if event.format in _ATTENDANCE else {}),
            **({"location": {"@type": "Place", "name": event.venue}} if event.venue else {}),
        }


def _dataset(catalogue: Catalogue, table: Table, address: str, site: str) -> Node:
    about, origins = table.about, tables.origins(catalogue, table)
    said = "".join(f" Source{' for ' + one.rows if one.rows else ''}: {one.source.title}, {one.place}." for one in origins)
    publishers = list(dict.fromkeys(one.source.publisher for one in origins if one.source.publisher))
    creators = [{"@type": "Organization", "name": publisher} for publisher in publishers]
    rests_on = [one.source.link or one.source.title for one in origins]
    first, last = coverage_of(about.period)
    since = ".." if not first else first.year if not last and (first.month, first.day) == (1, 1) else first  # "From 2019" names no day
    files = (("text/csv", "csv"), ("application/json", "json"))
    return {
        "@type": "Dataset",
        "@id": f"{address}#dataset",
        "name": about.title,
        "description": f"{about.summary} {about.period}.{said}",
        "url": address,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        **({"creator": creators[0] if len(creators) == 1 else creators} if creators else {}),
        "isBasedOn": rests_on[0] if len(rests_on) == 1 else rests_on,
        "variableMeasured": [c.title for c in about.columns],
        "distribution": [{"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{site}data/tables/{about.id}.{ending}"} for kind, ending in files],
        **({"temporalCoverage": f"{since}/{last or '..'}"} if first or last else {}),
    }
