"""The site's own history: what each publication added, changed, corrected, moved or took away.

Owns: joining what git tells with the content as it is. Things are named by what they are called today. What is gone has no name here, so no word
of it can come back. Never: says how something read before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from macros.content.catalogue import Catalogue, address_of_page
from macros.content.differences import Difference, differences
from macros.models.open_data import OPEN_RECORDS
from macros.sources.history import Changed, history


def with_history(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its publications, newest first, each a day and what it did; with none where git knows no history."""
    changed = history(catalogue.root)
    return catalogue if changed is None else replace(catalogue, publications=tuple(_publications(catalogue, changed)))


def _publications(catalogue: Catalogue, changed: Iterable[Changed]) -> Iterator[tuple[date, tuple[Difference, ...]]]:
    called: dict[tuple[str, str], str] = {}  # what something that has moved since is called today
    gone = {record.address for record in catalogue.all("withdrawn")}
    for day, before, after in changed:
        found = []
        for difference in differences(before, after):
            kind, name = difference.kind, called.get((difference.kind, difference.name), difference.name)
            if difference.how == "removed":
                withdrawn = kind in ("page", "table") and address_of(kind, difference.name) in gone
                found.append(Difference("withdrawn" if withdrawn else "removed", kind, ""))
            elif name in (
                catalogue.tables if kind == "table" else catalogue.pages if kind == "page" else catalogue.records[kind] if kind in OPEN_RECORDS else ()
            ):
                found.append(replace(difference, name=name, was=""))
            if difference.was:
                called[(kind, difference.was)] = name
        if any(difference.how == "withdrawn" for difference in found):  # what lost its links to the page that is gone would tell what it was about
            found = [difference for difference in found if difference.how in ("withdrawn", "added")]
        yield day, tuple(found)


def address_of(kind: str, name: str) -> str:
    """Where a page stands by its path below docs/, and a table by its id."""
    return address_of_page(name) if kind == "page" else f"/performance/{name}/"
