"""What one build of the site shares: the catalogue, the components, and the frame around each page.

Owns: putting the rooms together for the site generator. Never: imports the generator.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property

from macros import views
from macros.catalogue import Catalogue, address_of_page
from macros.components import Components
from macros.components.glossary_marks import GlossaryMarks
from macros.generated_pages import GeneratedPage, generated_pages
from macros.outputs.search_index import SearchPage
from macros.page_macros import PageWords

_ROOT_LINK = re.compile(r'(?<=[\s"])(href|src|action)="/(?!/)([^"]*)"')


@dataclass
class Frame:
    """What the layout shows around a page's text."""

    kind: str
    title: str
    description: str
    trail: list[views.MenuEntry]
    menu: list[views.MenuEntry]
    address: str
    furniture: str = ""
    header: str = ""
    edit: str = ""
    section: str = ""
    audience: tuple[str, ...] = field(default_factory=tuple)
    scripts: tuple[str, ...] = ()
    contents: bool = True


@dataclass(frozen=True)
class MenuLink:
    """A line of the site's menu with the address it leads to."""

    title: str
    address: str
    section: str
    where: str


class House:
    """One build. ``problems`` is empty unless the preview is to show what must be mended."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.components = Components(catalogue)
        self.words = PageWords(self.components)
        self.marks = GlossaryMarks(catalogue.all("glossary-term"))
        self.finished: list[SearchPage] = []

    @cached_property
    def generated(self) -> dict[str, GeneratedPage]:
        """The generated pages by path."""
        return {page.path: page for page in generated_pages(self.catalogue, self.components)}

    @cached_property
    def urgent(self) -> list[object]:
        """The numbers for urgent help."""
        return views.urgent_contacts(self.catalogue)

    @cached_property
    def menu(self) -> list[MenuLink]:
        """The site's own menu, in the editors' order."""
        entries = self.catalogue.all("menu-entry")
        return [MenuLink(e.title, address_of_page(e.page.lstrip("/")), views.section_of(e.page.lstrip("/")), e.where) for e in entries]

    def scripts(self, path: str) -> tuple[str, ...]:
        """The scripts a page needs beside the one that every page has."""
        calls = self.catalogue.pages[path].calls if path in self.catalogue.pages else ()
        tables = [c.arguments[0] for c in calls if c.name in ("table", "chart")] + [path.removeprefix("performance/").removesuffix(".md")]
        long = any(name in self.catalogue.tables and self.catalogue.tables[name].about.long for name in tables)
        found = ["long-tables.js"] if long else []
        found += ["finder.js"] if any(c.name == "finder" for c in calls) else []
        found += ["search.js"] if path == "search/index.md" else []
        return tuple(found)

    def frame(self, path: str) -> Frame:
        """The frame of a page by its path below docs/."""
        section = views.section_of(path)
        trail = views.trail(self.catalogue, path)
        menu = views.section_menu(self.catalogue, section)
        page = self.catalogue.pages.get(path)
        if page is None:
            made = self.generated[path]
            return Frame(made.kind, made.title, made.description, trail, menu, address_of_page(path), edit=made.file, section=section, scripts=self.scripts(path))
        header = self.components.page_header(page)
        return Frame(
            "home" if path == "index.md" else page.kind.name, page.meta.title, page.meta.description, trail, menu, page.address, furniture=self.components.furniture(page), header=header, edit=page.source.file, section=section, audience=page.meta.audience, scripts=self.scripts(path), contents=page.meta.contents and page.kind.name not in ("briefing", "news")
        )

    def finish(self, path: str, frame: Frame, html: str) -> None:
        """Keeps a finished page for the search, which is made when all of them are there."""
        table = self.catalogue.tables.get(path.removeprefix("performance/").removesuffix(".md"))
        kind = "neighbour" if table and table.about.area != "cheshire-east" else frame.kind
        if path != "search/index.md":
            self.finished.append(SearchPage(frame.address, frame.title, kind, frame.description, html))


def relative_links(html: str, address: str) -> str:
    """Links that begin with "/" made relative to the page at ``address``, so the site works in any folder."""
    return _ROOT_LINK.sub(lambda m: f'{m.group(1)}="{relative_to(m.group(2), address)}"', html)


def relative_to(target: str, address: str) -> str:
    """A target below the site's root as seen from the page at ``address``."""
    path, mark, rest = re.match(r"([^#?]*)([#?]?)(.*)", target, re.DOTALL).groups()  # type: ignore[union-attr]
    base = address.strip("/")
    found = posixpath.relpath(path or ".", base or ".")
    if path.endswith("/") or not path:
        found = f"{found}/"
    if found == "./" and mark:
        found = ""
    return f"{found}{mark}{rest}"
