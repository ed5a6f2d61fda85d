"""Where a page stands among the others: its section's menu, the trail to it, and links by path.

Owns: the order of menus. Never: writes HTML.
"""

import posixpath
from collections import Counter
from dataclasses import dataclass

from macros.content.catalogue import Catalogue
from macros.content.generated import MOST_LISTED, listed_years
from macros.content.standing import is_over


@dataclass(frozen=True)
class Link:
    """A page of this site by its title and address."""

    title: str
    address: str


@dataclass(frozen=True)
class MenuEntry:
    """One line of a section's menu."""

    title: str
    address: str
    level: int


def section_of(path: str) -> str:
    """The top folder a page stands in; nothing for the home page."""
    return path.rpartition("/")[0].partition("/")[0]


def section_menu(catalogue: Catalogue, section: str) -> list[MenuEntry]:
    """The pages of a section, its own page first, folders within it one step to the right. News is listed by date; a page that was replaced is found
    from the one that took its place, and those of a folder of very many from its list, by year where they have years."""
    found, years = [], [one for of_kind in catalogue.ask(listed_years).values() for one in of_kind if section_of(one.path) == section]
    crowded = {folder for folder, number in catalogue.ask(pages_by_folder).items() if number > MOST_LISTED}
    for number, one in enumerate(years):
        folders = one.path.split("/")[1:-1]
        found.append(((folders, True, number, ""), MenuEntry(f"{one.kind.title} of {one.year}", one.address, len(folders) + bool(folders))))
    for page in [page for page in catalogue.pages.values() if section and section_of(page.path) == section and page.kind.name != "news"]:
        is_listed = posixpath.dirname(page.path) in crowded and not page.path.endswith("/index.md")
        if not is_listed and not (page.meta.replaced_by and is_over(catalogue, page.kind.name, page.meta, catalogue.today)):
            _, *folders, name = page.path.split("/")
            level = len(folders) + (name != "index.md") if folders else 0
            order = (folders, name != "index.md", page.meta.order, page.meta.title)
            found.append((order, MenuEntry(page.meta.title, page.address, level)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def pages_by_folder(catalogue: Catalogue) -> Counter[str]:
    """How many pages each folder holds, by its path below docs/."""
    return Counter(map(posixpath.dirname, catalogue.pages))


def trail(catalogue: Catalogue, path: str) -> list[MenuEntry]:
    """The way from the home page to a page, itself left out."""
    folders = path.split("/")[:-1]
    above = ["index.md", *("/".join([*folders[:depth], "index.md"]) for depth in range(1, len(folders) + 1))]
    pages = [(level, catalogue.pages.get(index)) for level, index in enumerate(above) if index != path]
    found = [MenuEntry("Home" if page.path == "index.md" else page.meta.title, page.address, level) for level, page in pages if page]
    if entry := catalogue.pages.get(path):
        years = catalogue.ask(listed_years).get(entry.kind.name, ())
        found += [MenuEntry(one.year, one.address, len(found)) for one in years if getattr(entry.meta, one.kind.newest_first).startswith(one.year)]
    return found


def size_of_picture(catalogue: Catalogue, address: str) -> tuple[int, int] | None:
    """The width and height of a picture at an address of this site, where they can be told."""
    return catalogue.sizes.get(f"docs{address}")


def links_by_path(catalogue: Catalogue) -> dict[str, Link]:
    """Every page's title and address, by its path as editors write it."""
    return {f"/{page.path}": Link(page.title_in_lists, page.address) for page in catalogue.pages.values()}
