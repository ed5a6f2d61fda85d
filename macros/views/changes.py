"""What changed on the site, day by day, and when each page last did: what git tells, joined with the content as it is.

Owns: what a reader is told of a publication. Things are named by what they are called today; what is gone has no name here, so no word of it can
come back. Never: says how something read before.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from macros.content.catalogue import Catalogue, address_of_page, path_of
from macros.content.differences import Difference, differences
from macros.models import BY_NAME, BY_PLURAL, TABLE
from macros.models.open_data import OPEN_RECORDS, records_file
from macros.models.words import WORDS, given
from macros.sources.history import Changed, history

SHOWN = timedelta(days=400)  # before the newest publication: whoever was here a year ago finds what is new; the file goes back further
HOWS = {"corrected": "Corrected", "added": "Added", "changed": "Changed", "moved": "Moved to another address"}
_RANK = ("added", "corrected", "moved", "changed")  # of several changes in one day that are told as one, the first
_PARTS = {"reviewed": "read through and found right", "reviewed_on": "dates", "written_on": "dates", "review_by": "dates", "text": "words"}
_LISTS = {"timetable": "sessions", "glossary": "glossary-terms", "timeline": "timeline-events", "duties": "publication-duties"}  # by the word that shows it
Key = tuple[str, str]  # page, table or the name of a content type; and the path or id


@dataclass(frozen=True)
class Change:
    """One thing that changed in a day: the list that it is in as readers know it, its title and address today, and in words what of it."""

    how: str
    kind: str
    title: str
    address: str
    what: str


@dataclass(frozen=True)
class Day:
    """All publications of one day as one. ``gone`` says in words what was withdrawn or taken out, without its name."""

    day: date
    changes: tuple[Change, ...]
    gone: tuple[str, ...]

    def of(self, how: str) -> list[Change]:
        return [change for change in self.changes if change.how == how]

    @property
    def summary(self) -> str:
        """How many of each sort: 1 corrected, 3 changed."""
        return ", ".join([*(f"{len(found)} {how}" for how in HOWS if (found := self.of(how))), *self.gone])


def with_history(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its publications, newest first, each a day and what it did; with none where git knows no history."""
    changed = history(catalogue.root)
    return catalogue if changed is None else replace(catalogue, publications=tuple(_publications(catalogue, changed)))


def _publications(catalogue: Catalogue, changed: Iterable[Changed]) -> Iterator[tuple[date, tuple[Difference, ...]]]:
    called: dict[Key, str] = {}  # what something that has moved since is called today
    withdrawn = {record.address for record in catalogue.all("withdrawn")}
    there = {"page": catalogue.pages, "table": catalogue.tables} | {kind: catalogue.records[kind] for kind in OPEN_RECORDS if kind != "page"}
    for day, before, after in changed:
        found = []
        for difference in differences(before, after):
            kind, name = difference.kind, called.get((difference.kind, difference.name), difference.name)
            if difference.how == "removed":
                found.append(Difference("withdrawn" if address_of(kind, difference.name) in withdrawn else "removed", kind, ""))
            elif name in there.get(kind, ()):
                found.append(replace(difference, name=name, was=""))
            if difference.was:
                called[(kind, difference.was)] = name
        if any(difference.how == "withdrawn" for difference in found):  # what lost its links to the page that is gone would tell what it was about
            found = [difference for difference in found if difference.how in ("withdrawn", "added")]
        yield day, tuple(found)


def address_of(kind: str, name: str) -> str:
    """Where a page stands by its path below docs/, and a table by its id; nothing for what is no page."""
    return address_of_page(name) if kind == "page" else f"/performance/{name}/" if kind == "table" else ""


def days(catalogue: Catalogue) -> list[Day]:
    """Every day on which something for readers was published, newest first; what is for editors alone is left out."""
    publications = sorted(catalogue.publications or (), key=lambda publication: publication[0], reverse=True)
    found = [_day(catalogue, day, [change for _, changes in group for change in changes]) for day, group in groupby(publications, key=lambda p: p[0])]
    return [day for day in found if day.changes or day.gone]


def shown_days(catalogue: Catalogue) -> dict[date, Day]:
    """The days that the page of changes and the feed show."""
    every = catalogue.ask(days)
    return {day.day: day for day in every if day.day >= every[0].day - SHOWN}


def page_of_changes(catalogue: Catalogue) -> str:
    """The address of the page that shows the changes; nothing where none does."""
    return next((page.address for page in catalogue.pages.values() if any(call.name == "changes" for call in page.calls)), "")


def _day(catalogue: Catalogue, day: date, differences: list[Difference]) -> Day:
    merged: dict[Key, Difference] = {}
    for difference in (difference for difference in differences if difference.name):
        other = merged.get((difference.kind, difference.name), difference)
        how, parts = min(difference.how, other.how, key=_RANK.index), dict.fromkeys([*other.parts, *difference.parts])
        merged[difference.kind, difference.name] = replace(difference, how=how, parts=tuple(parts))
    found = [(difference.kind != "page", difference.kind != "table", change) for difference in merged.values() for change in _change(catalogue, difference)]
    found.sort(key=lambda one: (*one[:2], one[2].kind, one[2].title))  # pages first, then tables
    gone = []
    for (how, kind), number in sorted(Counter((d.how, d.kind) for d in differences if not d.name).items(), reverse=True):
        if kind in ("page", "table"):
            gone.append(f"{number} {kind}{'' if number == 1 else 's'} {how.replace('removed', 'taken out')}")
        elif kind in OPEN_RECORDS:
            gone.append(f"{number} taken out of the list “{BY_NAME[kind].title}”")
    return Day(day, tuple(change for *_, change in found), tuple(gone))


def _change(catalogue: Catalogue, found: Difference) -> Iterator[Change]:
    what = ", ".join(dict.fromkeys(_PARTS.get(part, part.replace("_", " ")) for part in found.parts)) if found.how in ("changed", "corrected") else ""
    page, table, address = catalogue.pages.get(found.name), catalogue.tables.get(found.name), address_of(found.kind, found.name)
    if found.kind == "page" and page and not page.is_for_editors:
        yield Change(found.how, page.kind.title, page.meta.title, address, what)
    elif found.kind == "table" and table:
        yield Change(found.how, TABLE.title, table.about.title, address, what)
    elif record := catalogue.get(found.kind, found.name):
        address = catalogue.address(found.kind, record) or records_file(BY_NAME[found.kind].plural)
        yield Change(found.how, BY_NAME[found.kind].title, name_of(record), address, what)


def name_of(record: Any) -> str:
    return str(next((getattr(record, name) for name in ("title", "term", "duty", "says", "address") if getattr(record, name, None)), record.id))


def dates_of(catalogue: Catalogue) -> dict[Key, list[tuple[date, str]]]:
    """The days on which each thing was added here, changed, corrected or moved, newest first."""
    found: dict[Key, list[tuple[date, str]]] = {}
    for day, changed in catalogue.publications or ():
        for difference in changed:
            found.setdefault((difference.kind, difference.name), []).append((day, difference.how))
    return found


def dates_of_record(catalogue: Catalogue, kind: str, name: str) -> list[tuple[date, str]]:
    """The same for one record, which may be a page, or a table."""
    is_page = kind in BY_NAME and BY_NAME[kind].is_pages
    return catalogue.ask(dates_of).get(("page", path_of(BY_NAME[kind], name)) if is_page else (kind, name), [])


def page_days(catalogue: Catalogue, path: str) -> list[date]:
    """The days on which a page changed, newest first: its own text, a table or entry that its words name, or what such a table is made from."""
    keys = {("page", path), ("table", path.removeprefix("performance/").removesuffix(".md"))}
    for call in catalogue.pages[path].calls if path in catalogue.pages else ():
        arguments = given(call.name, call.arguments, call.named)
        keys |= {(argument.names, arguments[argument.name]) for argument in WORDS[call.name].arguments if argument.name in arguments}
        if shown := BY_PLURAL.get(arguments.get("plural") or _LISTS.get(call.name, call.name)):
            keys |= {(shown.name, name) for name in catalogue.records[shown.name]}
    for table in [catalogue.tables[name] for kind, name in keys if kind == "table" and name in catalogue.tables]:
        for made_of in table.about.derived.from_ if table.about.derived else ():
            keys |= {(BY_PLURAL[made_of].name, name) for name in catalogue.records[BY_PLURAL[made_of].name]} if made_of in BY_PLURAL else {("table", made_of)}
    dates = catalogue.ask(dates_of)
    return sorted({day for key in keys for day, _ in dates.get(key, ())}, reverse=True)


def page_changed(catalogue: Catalogue, path: str) -> date | None:
    """The day on which a page's content last changed: as the history says, else when it was reviewed or written; nothing where neither is known."""
    page = catalogue.pages.get(path)
    return next(iter(page_days(catalogue, path)), page.meta.last_found_right if page else None)
