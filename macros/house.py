"""What one build of the site shares: the catalogue, the components, and the frame around each page.

Owns: putting the rooms together for the site generator. Never: imports the generator.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from macros import views
from macros.catalogue import Catalogue, address_of_page
from macros.components import Components
from macros.components.glossary_marks import GlossaryMarks
from macros.documents import Document, documents
from macros.generated_pages import GeneratedPage, generated_pages
from macros.models.outlets import FEEDS, Feed
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
    linked_data: str = ""


@dataclass(frozen=True)
class MenuLink:
    """A line of the site's menu with the address it leads to."""

    title: str
    address: str
    section: str
    where: str


class House:
    """One build. ``pdfs`` says that the PDFs are made after it, so that pages may link to them."""

    def __init__(self, catalogue: Catalogue, pdfs: bool = False) -> None:
        self.catalogue = catalogue
        self.pdfs = pdfs
        self.components = Components(catalogue)
        self.words = PageWords(self.components)
        self.marks = GlossaryMarks(catalogue.all("glossary-term"))
        self.finished: list[SearchPage] = []
        self._section_menus: dict[str, list[views.MenuEntry]] = {}

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

    def feeds(self, address: str) -> list[Feed]:
        """The feeds that a page points to: those of its part of the site."""
        return [feed for feed in FEEDS if address.startswith(feed.part)]

    def scripts(self, path: str) -> tuple[str, ...]:
        """The scripts a page needs beside the one that every page has."""
        calls = self.catalogue.pages[path].calls if path in self.catalogue.pages else ()
        tables = [c.arguments[0] for c in calls if c.name in ("table", "chart")] + [path.removeprefix("performance/").removesuffix(".md")]
        long = any(name in self.catalogue.tables and self.catalogue.tables[name].about.long for name in tables)
        found = ["long-tables.js"] if long else []
        found += ["finder.js"] if any(c.name == "finder" for c in calls) else []
        found += ["search.js"] if path == "search/index.md" else []
        return tuple(found)

    @cached_property
    def _documents(self) -> tuple[Document, ...]:
        return documents(self.catalogue) if self.pdfs else ()

    def pdf_links(self, path: str) -> Markup:
        """Links to the PDFs of a page, in a build that makes them; a link never leads to a file that is not there."""
        return self.components.pdf_links([document for document in self._documents if document.page == path])

    def _section_menu(self, section: str) -> list[views.MenuEntry]:
        """A section's menu, made once: it is the same on every page of the section."""
        if section not in self._section_menus:
            self._section_menus[section] = views.section_menu(self.catalogue, section)
        return self._section_menus[section]

    def frame(self, path: str) -> Frame:
        """The frame of a page by its path below docs/."""
        section = views.section_of(path)
        trail = views.trail(self.catalogue, path)
        menu = self._section_menu(section)
        page = self.catalogue.pages.get(path)
        if page is None:
            made = self.generated[path]
            return Frame(
                made.kind,
                made.title,
                made.description,
                trail,
                menu,
                address_of_page(path),
                header=self.pdf_links(path),
                edit=made.file,
                section=section,
                scripts=self.scripts(path),
            )
        header = self.components.page_header(page) + self.pdf_links(path)
        return Frame(
            "home" if path == "index.md" else page.kind.name,
            page.meta.title,
            page.meta.description,
            trail,
            menu,
            page.address,
            furniture=self.components.furniture(page),
            header=header,
            edit=page.source.file,
            section=section,
            audience=page.meta.audience,
            scripts=self.scripts(path),
            contents=page.meta.contents and page.kind.name not in ("briefing", "news"),
        )

    def finish(self, path: str, frame: Frame, html: str) -> None:
        """Keeps a finished page for the search, which is made when all of them are there."""
        table = self.catalogue.tables.get(path.removeprefix("performance/").removesuffix(".md"))
        help_now = path.startswith("worried-about-a-child/")
        kind = "help" if help_now else "neighbour" if table and table.about.area != "cheshire-east" else frame.kind
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
