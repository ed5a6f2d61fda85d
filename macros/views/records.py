"""Records as they are listed: by kind, theme, year and source, in the order a reader wants.

Owns: what belongs together and what comes first. Never: writes HTML.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.standing import is_over, was_there
from macros.models import BY_NAME, BY_PLURAL
from macros.models.base import ContentType, day, in_words
from macros.models.pages import NOT_FOR_CHILDREN
from macros.models.table import Table
from macros.views.measures import MeasureView, measures_for
from macros.views.pages import Link
from macros.views.reports.actions import TrackedAction, track


@dataclass(frozen=True)
class Item:
    """A record as a listing shows it."""

    kind: ContentType
    record: Any
    title: str
    address: str
    summary: str
    date: str
    over: bool = False


_Filter = str | None
# Where a record's one sentence is, and the date that readers care for.
_SUMMARIES = ("description", "summary", "holds", "purpose", "role", "meaning", "aim")
_DATES = ("published", "when", "held")


def item(catalogue: Catalogue, kind: ContentType, record: Any) -> Item:
    """A record with its title, address, one sentence and date in words."""
    summary = next((value for name in _SUMMARIES if (value := getattr(record, name, None))), "")
    date = next((in_words(value) for name in _DATES if (value := getattr(record, name, None))), "")
    return Item(kind, record, record.title, catalogue.address(kind.name, record), summary, date, is_over(catalogue, kind.name, record, catalogue.today))


def listed(
    catalogue: Catalogue, plural: str, theme: _Filter = None, kind: _Filter = None, year: _Filter = None, audience: _Filter = None, as_at: _Filter = None
) -> list[Item]:
    """The records of a type that fit, newest first where it has dates, else in the editors' order; what is over last, or what was there ``as_at`` a day."""
    records = [
        record
        for record in catalogue.all(BY_PLURAL[plural].name)
        if (theme is None or has_theme(record, theme) or record.id == theme)
        and (kind is None or getattr(record, "kind", None) == kind)
        and (year is None or year in years_of(record))
        and (audience is None or audience in getattr(record, "audience", ()))
        and (as_at is None or was_there(catalogue, BY_PLURAL[plural].name, record, day(as_at)))
    ]
    items = _in_order(catalogue, BY_PLURAL[plural], records)
    return [replace(item, over=False) for item in items] if as_at else sorted(items, key=lambda item: item.over)


def took_place_of(catalogue: Catalogue) -> dict[str, list[Link]]:
    """By the path of a page, as editors write it, the pages whose place it took."""
    over = [page for page in catalogue.pages.values() if page.meta.replaced_by]
    return {
        str(path): [Link(page.title_in_lists, page.address) for page in over if page.meta.replaced_by == path] for path in {p.meta.replaced_by for p in over}
    }


def _in_order(catalogue: Catalogue, kind: ContentType, records: Iterable[Any]) -> list[Item]:
    if kind.newest_first:
        records = sorted(records, key=lambda r: str(getattr(r, kind.newest_first) or ""), reverse=True)
    elif kind.is_pages:
        records = sorted(records, key=lambda r: (r.order, r.title))
    return [item(catalogue, kind, record) for record in records]


def years_of(record: Any) -> tuple[str, ...]:
    """The years a record belongs to: its own, or that of its date."""
    if getattr(record, "years", None):
        return tuple(record.years)
    if getattr(record, "year", None):
        return (record.year,)
    date = getattr(record, "published", None)
    return (date[:4],) if date and date[:4].isdigit() else ()


def has_theme(record: Any, theme: str) -> bool:
    return theme in getattr(record, "themes", ())


# What a topic gathers, in the order in which a reader wants it.
_HUB = ("priority", "review", "briefing", "audit", "news", "session", "event", "training-series", "publication", "group")


@dataclass(frozen=True)
class Hub:
    sections: tuple[tuple[ContentType, tuple[Item, ...]], ...]
    tables: tuple[Table, ...]
    figures: tuple[Any, ...]
    actions: tuple[TrackedAction, ...]
    measures: tuple[MeasureView, ...]
    topic: Item | None


def hub(catalogue: Catalogue, theme: str) -> Hub:
    """Everything that carries a theme, by type. Nothing is listed by hand: a theme on a record puts it here."""
    sections = [(BY_NAME[name], tuple(_in_order(catalogue, BY_NAME[name], _current(catalogue, name, theme)))) for name in _HUB]
    topic = catalogue.get("topic", theme)
    return Hub(
        tuple(section for section in sections if section[1]),
        tuple(t for t in catalogue.tables.values() if theme in t.about.themes),
        tuple(f for f in catalogue.all("figure") if has_theme(f, theme)),
        tuple(track(catalogue, a) for a in catalogue.all("action") if has_theme(a, theme)),
        tuple(view for priority in catalogue.all("priority") if has_theme(priority, theme) for view in measures_for(catalogue, priority.id)),
        item(catalogue, BY_NAME["topic"], topic) if topic else None,
    )


def _current(catalogue: Catalogue, kind: str, theme: str | None = None) -> Iterator[Any]:
    """The records of a type that are not over, with a theme where one is asked for."""
    of_theme = (record for record in catalogue.all(kind) if theme is None or has_theme(record, theme))
    return (record for record in of_theme if not is_over(catalogue, kind, record, catalogue.today))


def groups_in(catalogue: Catalogue, period: str | None, as_at: str | None = None) -> list[Item]:
    """The groups whose period speaks of a year, those that are over last; all of them where none is asked for; those that were there as at a day."""
    return [entry for entry in listed(catalogue, "groups", as_at=as_at) if period is None or period in entry.record.period]


_WANTED_FIRST = {"topic": 0, "review": 1, "briefing": 2, "priority": 3}


def related(catalogue: Catalogue, path: str, most: int = 3) -> list[Item]:
    """Pages that share themes with the one at ``path``, most shared first; what it links to itself is left out, and on a page for children every review."""
    page = catalogue.pages[path]
    by_theme, ranks = catalogue.ask(pages_by_theme), catalogue.ask(_ranks)
    shared = Counter(name for theme in page.meta.themes for name in by_theme[theme] if name in ranks)
    for name in (path, *(link.target.split("#")[0].removeprefix("/") for link in page.links)):
        del shared[name]
    if "children" in page.meta.audience:
        shared = Counter({name: number for name, number in shared.items() if catalogue.pages[name].kind.name not in NOT_FOR_CHILDREN})
    best = nsmallest(most, shared, key=lambda name: (-shared[name], ranks[name]))
    return [item(catalogue, other.kind, other.meta) for other in map(catalogue.pages.__getitem__, best)]


def _ranks(catalogue: Catalogue) -> dict[str, int]:
    """The pages that may be named as related, by path, with their place among them where they share as many themes: worked out once for all pages."""
    pages = [page for path, page in catalogue.pages.items() if not path.endswith("index.md")]
    pages = [page for page in pages if not is_over(catalogue, page.kind.name, page.meta, catalogue.today)]
    pages.sort(key=lambda page: (_WANTED_FIRST.get(page.kind.name, len(_WANTED_FIRST)), page.meta.title, page.path))
    return {page.path: place for place, page in enumerate(pages)}


def pages_by_theme(catalogue: Catalogue) -> dict[str, list[str]]:
    """The paths of the pages of each theme; a topic's own page has its theme once more."""
    found: dict[str, list[str]] = {}
    for page in catalogue.pages.values():
        for theme in (*dict.fromkeys(page.meta.themes), *([page.meta.id] if page.kind.name == "topic" else [])):
            found.setdefault(theme, []).append(page.path)
    return found


def finder_items(catalogue: Catalogue) -> list[Item]:
    """Everything there is to learn from: reviews, briefings, audits, topics, priorities, training and news."""
    names = ("review", "briefing", "audit", "topic", "priority", "event", "training-series", "news")
    return [found for name in names for found in _in_order(catalogue, BY_NAME[name], _current(catalogue, name))]


def latest(catalogue: Catalogue, most: int) -> list[Item]:
    """The newest reviews and news, newest first."""
    dated = [(str(r.published), item(catalogue, BY_NAME[name], r)) for name in ("review", "news") for r in _current(catalogue, name)]
    return [entry for _, entry in sorted(dated, key=lambda pair: pair[0], reverse=True)[:most]]


def urgent_contacts(catalogue: Catalogue) -> list[Any]:
    """The numbers for urgent help, in the editors' order."""
    return sorted((c for c in _current(catalogue, "contact") if c.urgent), key=lambda c: c.order)


def where_to_write(catalogue: Catalogue) -> str:
    """The address at which a reader finds how to write to the partnership."""
    contact = catalogue.get("contact", "partnership")
    return catalogue.address("contact", contact) if contact else "/contact/"


def theme_titles(catalogue: Catalogue, themes: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, catalogue.get("theme", name).title) for name in themes if catalogue.get("theme", name)]


@dataclass(frozen=True)
class FromSource:
    """What of the site comes from one source, and when that was published, in words, where it says so."""

    published: str
    tables: int
    figures: int
    pages: tuple[Link, ...]


def from_source(catalogue: Catalogue, name: str) -> FromSource:
    """How many tables and figures come from a source, and the pages that name it, by title."""
    publication = catalogue.get("publication", name)
    published = in_words(publication.published) if publication and publication.published else ""
    tables = sum(name in table.sources for table in catalogue.tables.values())
    figures = sum(figure.source == name for figure in catalogue.all("figure"))
    pages = sorted((page for page in catalogue.pages.values() if name in page.meta.sources), key=lambda page: (page.meta.title.casefold(), page.path))
    return FromSource(published, tables, figures, tuple(Link(page.title_in_lists, page.address) for page in pages))
