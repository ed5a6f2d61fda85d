"""Where a page stands among the others: its section's menu, the trail to it, and links by path.

Owns: the order of menus. Never: writes HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from macros.content.catalogue import Catalogue, PageEntry


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
    """The pages of a section, its own page first, folders within it one step to the right."""
    pages = [p for p in catalogue.pages.values() if section and section_of(p.path) == section]
    return [MenuEntry(p.meta.title, p.address, _depth(p)) for p in sorted(pages, key=_menu_key)]


def _menu_key(page: PageEntry) -> tuple[Any, ...]:
    _, *folders, name = page.path.split("/")
    return (folders, name != "index.md", page.meta.order, page.meta.title)


def _depth(page: PageEntry) -> int:
    _, *folders, name = page.path.split("/")
    return len(folders) + (name != "index.md") if folders else 0


def trail(catalogue: Catalogue, path: str) -> list[MenuEntry]:
    """The way from the home page to a page, itself left out."""
    found = []
    parts = path.split("/")[:-1]
    home = catalogue.pages.get("index.md")
    if path != "index.md" and home:
        found.append(MenuEntry("Home", "/", 0))
    for depth, _ in enumerate(parts, 1):
        index = "/".join(parts[:depth]) + "/index.md"
        page = catalogue.pages.get(index)
        if page and index != path:
            found.append(MenuEntry(page.meta.title, page.address, depth))
    return found


def size_of_picture(catalogue: Catalogue, address: str) -> tuple[int, int] | None:
    """The width and height of a picture at an address of this site, where they can be told."""
    return catalogue.sizes.get(f"docs{address}")


def links_by_path(catalogue: Catalogue) -> dict[str, Link]:
    """Every page's title and address, by its path as editors write it."""
    return {f"/{page.path}": Link(page.meta.title, page.address) for page in catalogue.pages.values()}
