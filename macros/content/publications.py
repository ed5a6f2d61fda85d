"""The site's own history: what each publication added, changed, corrected, moved or took away, of what is on the site now.

Owns: joining what git tells with the content as it is. Things are named by what they are called today. What is gone has no name here, so no word
of it can come back; it is counted. Never: says how something read before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from macros.content.catalogue import Catalogue, address_of_page
from macros.content.differences import Difference, differences
from macros.models.open_data import OPEN_RECORDS
from macros.sources.history import Changed, history


@dataclass(frozen=True)
class Publication:
    """One publication. What was taken out has no name; ``withdrawn`` counts pages that were taken down for good."""

    day: date
    changes: tuple[Difference, ...]
    withdrawn: int = 0


def with_history(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its publications, newest first; with none where git knows no history."""
    changed = history(catalogue.root)
    return catalogue if changed is None else replace(catalogue, publications=tuple(_publications(catalogue, changed)))


def _publications(catalogue: Catalogue, changed: Iterable[Changed]) -> Iterator[Publication]:
    called: dict[tuple[str, str], str] = {}  # what something that has moved since is called today
    gone = {record.address for record in catalogue.all("withdrawn")}
    for publication in changed:
        found, withdrawn = [], 0
        for difference in differences(publication.before, publication.after):
            kind, name = difference.kind, called.get((difference.kind, difference.name), difference.name)
            if difference.how == "removed":
                withdrawn += kind in ("page", "table") and address_of(kind, difference.name) in gone
                found.append(replace(difference, name=""))
            elif _is_there(catalogue, kind, name):
                found.append(replace(difference, name=name, was=""))
            if difference.was:
                called[(kind, difference.was)] = name
        if withdrawn:  # what lost its links to the page that is gone would tell what it was about
            found = [difference for difference in found if difference.how == "added"]
        if found or withdrawn:
            yield Publication(publication.day, tuple(found), withdrawn)


def _is_there(catalogue: Catalogue, kind: str, name: str) -> bool:
    """Whether something is on the site today, for everybody to see."""
    if kind in ("page", "table"):
        return name in (catalogue.pages if kind == "page" else catalogue.tables)
    return kind in OPEN_RECORDS and catalogue.get(kind, name) is not None


def address_of(kind: str, name: str) -> str:
    """Where a page stands by its path below docs/, and a table by its id."""
    return address_of_page(name) if kind == "page" else f"/performance/{name}/"
