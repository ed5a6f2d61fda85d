"""What one build of the site shares: the catalogue, the components, and the frame around each page.

Owns: putting the rooms together for the site generator. Never: imports the generator.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from macros.components import Components
from macros.components.glossary_marks import GlossaryMarks
from macros.components.written import marked_current
from macros.content.catalogue import Catalogue, address_of_page, is_own, partnership
from macros.content.standing import is_over
from macros.models.open_data import FEEDS, Feed
from macros.models.partnership import Partnership
from macros.outputs.search_index import SearchPage
from macros.views import pages, records, tables
from macros.views.documents import documents
from macros.website.generated_pages import GeneratedPage, generated_pages
from macros.website.watching import Watched

# It begins with what is rare in a page, so that it is found quickly; which attribute it is is looked at then.
_ROOT_LINK = re.compile(r'="/(?!/)(?:(?<=[\s"]href="/)|(?<=[\s"]src="/)|(?<=[\s"]action="/))([^"]*)"')


@dataclass
class Frame:
    """What the layout shows around a page's text."""

    kind: str
    title: str
    description: str
    address: str
    edit: str  # the file that an editor would change
    section: str
    trail: list[pages.MenuEntry]
    menu: list[pages.MenuEntry]
    header: str = ""
    stood: str = ""  # as of when
    furniture: str = ""
    scripts: tuple[str, ...] = ()
    contents: bool = True
    linked_data: str = ""
    title_in_lists: str = ""  # where it differs
    audience: str = "everyone"  # for whom it is coloured
    language: str | None = None  # where it is not the site's own
    edit_address: str = ""

    @property
    def is_help(self) -> bool:  # for whoever needs help now
        return self.section in ("worried-about-a-child", "safety")


@dataclass(frozen=True)
class MenuLink:
    """A line of the site's menu with the address it leads to."""

    id: str
    title: str
    address: str
    section: str
    where: str
    under: str | None


class House:
    """One build. ``pdfs`` says that the PDFs are made after it, so that pages may link to them; ``repository`` is its address."""

    def __init__(self, catalogue: Catalogue, pdfs: bool = False, repository: str = "") -> None:
        self.catalogue = catalogue
        self.pdfs = pdfs
        self.components = Components(catalogue, repository)
        self._shared: dict[tuple[str, str | None], Markup] = {}
        self._plain = catalogue.plain if isinstance(catalogue, Watched) else catalogue
        self._documents = documents(self._plain) if pdfs else ()
        self._marks = GlossaryMarks(self._plain.all("glossary-term"))

    @property
    def partnership(self) -> Partnership:
        return self.catalogue.ask(partnership)

    @property
    def area_name(self) -> str:
        area: str = self.catalogue.get("area", self.partnership.area).title
        return area

    @cached_property
    def generated(self) -> dict[str, GeneratedPage]:
        """The generated pages by path."""
        return {page.path: page for page in generated_pages(self._plain, self.components)}

    @property
    def urgent(self) -> list[object]:
        return self.catalogue.ask(records.urgent_contacts)

    def site_menu(self, frame: Frame | None) -> Markup:
        """The menu at the top of a page, with the page's own section marked."""
        menu = self.catalogue.ask(menu_links)
        section = frame.section if frame else None
        here = next((link for link in menu if link.section == section), None)
        names = {"menu": menu, "section": section, "family": here and (here.under or here.id)}
        piece = self._once(("site menu", section), lambda: self.components.render("site_menu.html", **names))
        return marked_current(piece, frame.address, instead_of="true") if frame else piece

    def section_menu(self, frame: Frame) -> Markup:
        """The menu of a page's section, with the page itself marked."""
        piece = self._once(("section menu", frame.section), lambda: self.components.render("section_menu.html", entries=frame.menu))
        return marked_current(piece, frame.address)

    def foot(self, is_help: bool) -> Markup:
        """The foot of every page: the numbers for urgent help, but on pages that begin with them, and all sections."""
        menu, urgent = self.catalogue.ask(menu_links), self.urgent
        return self._once(("foot", str(is_help)), lambda: self.components.render("site_foot.html", menu=menu, urgent=() if is_help else urgent))

    def _once(self, name: tuple[str, str | None], make: Callable[[], Markup]) -> Markup:
        """A piece that many pages share, made for the first of them."""
        if name not in self._shared:
            self._shared[name] = make()
        return self._shared[name]

    def feeds(self, address: str) -> list[Feed]:
        """The feeds that a page points to: those of its part of the site."""
        return [feed for feed in FEEDS if address.startswith(feed.part)]

    def scripts(self, path: str) -> tuple[str, ...]:
        """The scripts a page needs beside the one that every page has."""
        calls = self.catalogue.pages[path].calls if path in self.catalogue.pages else ()
        names = [tables.table_named(c) for c in calls if c.name in ("table", "chart")] + [path.removeprefix("performance/").removesuffix(".md")]
        long = any(
            name in self.catalogue.tables and (self.catalogue.tables[name].about.long or tables.may_be_cut(self.catalogue.tables[name])) for name in names
        )
        wanted = {"long-tables.js": long, "finder.js": any(c.name == "finder" for c in calls), "search.js": path == "search/index.md"}
        return tuple(name for name, is_wanted in wanted.items() if is_wanted)

    def pdf_links(self, path: str) -> Markup:
        """Links to the PDFs of a page, in a build that makes them; a link never leads to a file that is not there."""
        return self.components.render("pdf_links.html", documents=[document for document in self._documents if document.page == path])

    def frame(self, path: str) -> Frame:
        section = pages.section_of(path)
        trail = self.catalogue.ask(pages.trail, path)
        menu = self.catalogue.ask(pages.section_menu, section)
        page = self.catalogue.pages.get(path)
        if page is None:
            made = self.generated[path]
            frame = Frame(made.kind, made.title, made.description, address_of_page(path), made.file, section, trail, menu)
        else:
            kind = "home" if path == "index.md" else page.kind.name
            frame = Frame(kind, page.meta.title, page.meta.description, page.address, page.source.file, section, trail, menu)
            frame.header, frame.stood, frame.furniture = self.components.page_header(page), self.components.page_standing(page), self.components.furniture(page)
            frame.title_in_lists = page.title_in_lists
            frame.language, frame.contents, frame.audience = page.language, page.meta.contents and kind not in ("briefing", "news"), page.meta.audience[0]
        frame.header += self.pdf_links(path)
        frame.scripts = self.scripts(path)
        return frame

    def explain(self, html: str) -> str:
        """A page with the glossary's abbreviations written out where they are first met."""
        if isinstance(self.catalogue, Watched):  # a new abbreviation may be in any page, a changed one only where it is met
            self.catalogue.ask(abbreviations)
            for term in self._marks.terms_in(html):
                self.catalogue.ask(meaning_of, term)
        return self._marks.explain(html)

    def found_by_search(self, path: str, frame: Frame, html: str) -> SearchPage | None:
        """A finished page for the search; neither the page that searches, nor what is for editors alone, nor what is over is found."""
        page, table = self.catalogue.pages.get(path), self.catalogue.tables.get(path.removeprefix("performance/").removesuffix(".md"))
        audience, found_by = (page.meta.audience, page.meta.found_by) if page else (("everyone",), ())
        over = page and is_over(self.catalogue, page.kind.name, page.meta, self.catalogue.today)
        if path == "search/index.md" or audience == ("editors",) or over or frame.kind == "list":  # what is on a list is found by itself
            return None
        kind = {"worried-about-a-child": "help", "news": "news"}.get(frame.section, frame.kind)
        if audience == ("children",):
            kind = "children"
        elif frame.section == "neighbours" or (table and not is_own(self.catalogue, table.about.area)):
            kind = "neighbour"
        elif kind == "page" and set(audience) <= {"professionals", "leaders"}:
            kind = "staff"
        return SearchPage(frame.address, frame.title, kind, frame.description, html, found_by)


def abbreviations(catalogue: Catalogue) -> list[str]:
    """What is explained where it is first met."""
    return [term.term for term in catalogue.all("glossary-term") if term.long and term.explain]


def meaning_of(catalogue: Catalogue, abbreviation: str) -> Any:
    """The glossary's entry for an abbreviation."""
    return next(term for term in catalogue.all("glossary-term") if term.term == abbreviation and term.long and term.explain)


def menu_links(catalogue: Catalogue) -> list[MenuLink]:
    """The site's own menu, in the editors' order."""
    entries = catalogue.all("menu-entry")
    return [MenuLink(e.id, e.title, address_of_page(e.page.lstrip("/")), pages.section_of(e.page.lstrip("/")), e.where, e.under) for e in entries]


def relative_links(html: str, address: str) -> str:
    """Links that begin with "/" made relative to the page at ``address``, so the site works in any folder."""
    section, up = address.split("/")[1], "../" * address.rstrip("/").count("/")

    def relative(match: re.Match[str]) -> str:
        target = match.group(1)
        end = min((target.index(mark) for mark in "#?" if mark in target), default=len(target))
        path, rest = target[:end], target[end:]
        if path.partition("/")[0] != section and "/." not in f"/{path}" and "//" not in path:  # nearly always, and five times as quick
            return f'="{up}{target}"'
        found = posixpath.relpath(f"/{path}", address) + ("/" if path.endswith("/") or not path else "")
        return f'="{"" if found == "./" and rest else found}{rest}"'

    return _ROOT_LINK.sub(relative, html)


def under(html: str, base: str) -> str:
    """Links that begin with "/" made to begin with ``base``, such as ``/site/``, where they do not already."""
    return _ROOT_LINK.sub(lambda m: m.group() if f"/{m.group(1)}".startswith(base) else f'="{base}{m.group(1)}"', html)
