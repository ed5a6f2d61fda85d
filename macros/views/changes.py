"""What changed on the site, day by day, and when each page last did.

Owns: what a reader is told of a publication and in which order. Never: names what is gone, or says how something read before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from macros.content.catalogue import Catalogue, path_of
from macros.content.differences import Difference
from macros.content.publications import Publication, address_of
from macros.models import BY_NAME, BY_PLURAL
from macros.models.open_data import OPEN_RECORDS, records_file
from macros.models.words import WORDS, given

SHOWN = timedelta(days=400)  # before the newest publication: whoever was here a year ago finds what is new; changes.json goes back further
HOWS = {"corrected": "Corrected", "added": "Added", "changed": "Changed", "moved": "Moved to another address"}
_BEFORE = ("added", "corrected", "moved", "changed")  # of several changes in one day that are told as one, the first
_PARTS = {"rows": "rows", "reviewed": "read through and found right", "reviewed_on": "dates", "written_on": "dates", "review_by": "dates", "text": "words"}
# Words of pages that show a whole list and do not name it.
_SHOW = {
    "timetable": "session", "measures": "measure", "actions": "action", "groups": "group", "glossary": "glossary-term", "contacts": "contact",
    "timeline": "timeline-event", "duties": "publication-duty",
}  # fmt: skip
Key = tuple[str, str]  # page, table or the name of a content type; and the path or id


@dataclass(frozen=True)
class Change:
    """One thing that changed in a day: what sort of thing it is, its title and address today, and in words what of it."""

    how: str
    kind: str
    title: str
    address: str
    what: str


@dataclass(frozen=True)
class Day:
    """All publications of one day as one. ``gone`` says in words what was taken out, without its name."""

    day: date
    changes: tuple[Change, ...]
    gone: tuple[str, ...]

    def of(self, how: str) -> list[Change]:
        """The changes of one sort."""
        return [change for change in self.changes if change.how == how]

    @property
    def summary(self) -> str:
        """How many of each sort, in words: "1 corrected, 3 changed"."""
        counts = [f"{len(found)} {HOWS[how].split()[0].lower()}" for how in HOWS if (found := self.of(how))]
        return ", ".join([*counts, *self.gone])


def days(catalogue: Catalogue) -> list[Day]:
    """Every day on which something for readers was published, newest first; what is for editors alone is left out."""
    by_day: dict[date, list[Publication]] = {}
    for publication in catalogue.publications or ():
        by_day.setdefault(publication.day, []).append(publication)
    found = (_day(catalogue, day, publications) for day, publications in sorted(by_day.items(), reverse=True))
    return [day for day in found if day.changes or day.gone]


def page_of_changes(catalogue: Catalogue) -> str:
    """The address of the page that shows the changes; nothing where none does."""
    return next((page.address for page in catalogue.pages.values() if any(call.name == "changes" for call in page.calls)), "")


def first_day(catalogue: Catalogue) -> date | None:
    """The day on which the history begins: what was on the site then is not new."""
    return min((publication.day for publication in catalogue.publications or ()), default=None)


def shown_days(catalogue: Catalogue) -> list[Day]:
    """The days that the page of changes shows."""
    every = catalogue.ask(days)
    return [day for day in every if day.day >= every[0].day - SHOWN]


def _day(catalogue: Catalogue, day: date, publications: list[Publication]) -> Day:
    merged: dict[Key, Difference] = {}
    removed: dict[str, int] = {}
    for difference in (difference for publication in publications for difference in publication.changes):
        if difference.how == "removed":
            removed[difference.kind] = removed.get(difference.kind, 0) + 1
            continue
        key = difference.kind, difference.name
        other = merged.get(key, difference)
        how = min(difference.how, other.how, key=_BEFORE.index)
        merged[key] = replace(difference, how=how, parts=tuple(dict.fromkeys([*other.parts, *difference.parts])))
    changes = sorted((change for found in merged.values() for change in _change(catalogue, found)), key=lambda c: (c.kind != "Page", c.kind, c.title))
    withdrawn = sum(publication.withdrawn for publication in publications)
    gone = [f"{withdrawn} {'page was' if withdrawn == 1 else 'pages were'} withdrawn"] if withdrawn else []
    for kind, number in sorted(removed.items()):
        if kind in ("page", "table"):
            gone.append(f"{number} {kind}{'' if number == 1 else 's'} taken out")
        elif kind in OPEN_RECORDS:
            gone.append(f"{number} {'entry' if number == 1 else 'entries'} taken out of the list “{BY_NAME[kind].title}”")
    return Day(day, tuple(changes), tuple(gone))


def _change(catalogue: Catalogue, found: Difference) -> Iterator[Change]:
    parts = dict.fromkeys(_PARTS.get(part, part.replace("_", " ")) for part in found.parts)
    what = ", ".join(parts) if found.how in ("changed", "corrected") else ""
    if found.kind == "page":
        page = catalogue.pages[found.name]
        if not page.is_for_editors:
            yield Change(found.how, page.kind.name.capitalize(), page.meta.title, page.address, what)
    elif found.kind == "table":
        yield Change(found.how, "Table", catalogue.tables[found.name].about.title, address_of("table", found.name), what)
    else:
        kind, record = BY_NAME[found.kind], catalogue.get(found.kind, found.name)
        address = catalogue.address(kind.name, record) or records_file(kind.plural)
        yield Change(found.how, kind.name.replace("-", " ").capitalize(), name_of(record), address, what)


def name_of(record: Any) -> str:
    """What readers call a record."""
    return str(next((getattr(record, name) for name in ("title", "term", "duty", "says", "address") if getattr(record, name, None)), record.id))


def dates_of(catalogue: Catalogue) -> dict[Key, list[tuple[date, str]]]:
    """The days on which each thing was added here, changed, corrected or moved, newest first."""
    found: dict[Key, list[tuple[date, str]]] = {}
    for publication in catalogue.publications or ():
        for difference in publication.changes:
            found.setdefault((difference.kind, difference.name), []).append((publication.day, difference.how))
    return found


def added_and_changed(catalogue: Catalogue, kind: str, name: str) -> tuple[date | None, date | None]:
    """The day on which a record was added here, where the history goes back so far, and the last on which it was changed."""
    key = ("page", path_of(BY_NAME[kind], name)) if BY_NAME[kind].is_pages else (kind, name)
    history = catalogue.ask(dates_of).get(key, [])
    return next((day for day, how in reversed(history) if how == "added"), None), history[0][0] if history else None


def page_days(catalogue: Catalogue, path: str) -> list[tuple[date, str]]:
    """The days on which a page changed, newest first: its own text, or a table or entry that its words name; each with its place on the page of changes."""
    dates, shown, page = catalogue.ask(dates_of), {day.day for day in catalogue.ask(shown_days)}, catalogue.ask(page_of_changes)
    found = {day for key in _made_of(catalogue, path) for day, _ in dates.get(key, ())}
    return [(day, f"{page}#day-{day}" if page and day in shown else "") for day in sorted(found, reverse=True)]


def page_changed(catalogue: Catalogue, path: str) -> date | None:
    """The day on which a page's content last changed: as the history says, else when it was reviewed or written; nothing where neither is known."""
    page, found = catalogue.pages.get(path), page_days(catalogue, path)
    return found[0][0] if found else page.meta.last_found_right if page else None


def _made_of(catalogue: Catalogue, path: str) -> Iterator[Key]:
    page = catalogue.pages.get(path)
    if page is None:
        yield "table", path.removeprefix("performance/").removesuffix(".md")
        return
    yield "page", path
    for call in page.calls:
        arguments = given(call.name, call.arguments, call.named)
        whole = _SHOW.get(call.name) or (BY_PLURAL[arguments["plural"]].name if call.name == "listing" else "")
        yield from ((whole, name) for name in catalogue.records.get(whole, ()))
        for argument in WORDS[call.name].arguments:
            if argument.name in arguments and argument.names in ("table", "figure", "contact", "source"):
                yield argument.names, arguments[argument.name]
