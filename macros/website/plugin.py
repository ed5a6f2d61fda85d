"""The site's plugin for MkDocs: its events, answered by the house.

Owns: the order of a build and all that a build keeps. Before anything is rendered the content is checked; mkdocs-macros
then renders each page, and its words are answered when the page is put together. Never: decides what content means.
"""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from macros.catalogue import Catalogue
from macros.check import check, today
from macros.components.linked_data import linked_data
from macros.components.written import framed_tables, sized_pictures
from macros.outputs import Site, every_output, write
from macros.outputs.search_index import SearchIndex, SearchPage
from macros.problems import errors, tell
from macros.website.house import House, relative_links, under
from macros.website.words import PageWords, answer, in_plain_words, put_in

_PARTS = ("print/*", "components/*")  # of our own: what pages and PDFs are made with
_THEME = ("assets/stylesheets/main.*.min.css",)  # what pages use of Material's files; of its scripts and icons none


class Options(Config):
    """The plugin has no settings of its own in mkdocs.yml."""


class WebsitePlugin(BasePlugin[Options]):
    """One build of the site after another. ``catalogue`` is what was checked already; ``pdfs`` says that PDFs follow."""

    def __init__(self) -> None:
        self.catalogue: Catalogue | None = None
        self.pdfs = False
        self.words = PageWords()
        self.house: House
        self._search: SearchIndex
        self._serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Notes whether an editor looks on. With this event MkDocs keeps the plugin from build to build."""
        self._serving = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Checks everything. Nothing is built of what has mistakes."""
        catalogue = self.catalogue
        if catalogue is None:
            catalogue, problems = check(_root(config), today())
            if stopping := errors(problems):
                raise Abort(tell(stopping))
        folder = Path(config.site_dir)
        self._search = SearchIndex(catalogue.all("glossary-term"))

        def found(page: SearchPage) -> None:
            write(self._search.add(page), folder)

        self.house = House(catalogue, self.pdfs, found, (config.repo_url or "").rstrip("/"))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the generated pages; leaves out what no page uses: parts of layouts, and most of Material."""
        wanted = [*_THEME, config.theme["favicon"], config.theme.get("logo")]
        wanted += ["assets/stylesheets/palette.*.min.css"] if config.theme.get("palette") else []
        for file in list(files):
            of_theme = file.src_dir not in (config.docs_dir, config.theme.custom_dir)
            if any(fnmatch(file.src_uri, part) for part in _PARTS) or (of_theme and not any(name and fnmatch(file.src_uri, name) for name in wanted)):
                files.remove(file)
        for path in self.house.generated:
            files.append(File.generated(config, path, content=""))
        return files

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str:
        """A page is not read a second time: it was when the content was checked."""
        return ""

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Hands on the checked settings and text instead of MkDocs' own reading, which ends front matter elsewhere in odd cases."""
        path = page.file.src_uri
        self.words.start(path)
        entry = self.house.catalogue.pages.get(path)
        if entry is None:
            made = self.house.generated[path]
            page.meta = {"title": made.title, "description": made.description, "render_macros": False}
            return ""
        page.meta = {"title": entry.meta.title, "description": entry.meta.description, "render_macros": entry.meta.render_macros}
        return entry.source.body

    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Gives the layout the page put together and the frame around it."""
        path = page.file.src_uri
        frame = self.house.frame(path)
        page.content = self._put_together(page)
        frame.edit_address = _edit_address(page, frame.edit, config)
        frame.linked_data = linked_data(self.house.catalogue, path, frame, config.site_url or "/", config.site_name)
        self.house.finish(path, frame, f"{frame.header}{page.content}")
        own: dict[str, Any] = {"house": self.house, "frame": frame, "serving": self._serving}
        return {**context, **own}  # type: ignore[typeddict-item,return-value]  # MkDocs takes any context that its own is part of

    def _put_together(self, page: Page) -> str:
        """A page's text with the answers to its words in their places and what it gathers by itself."""
        house, path = self.house, page.file.src_uri
        house.components.start_page()
        entry = house.catalogue.pages.get(path)
        top = AnchorLink("", "content", 1)  # where Material's link for keyboards leads to
        if entry is None:
            page.toc = TableOfContents([top])
            return house.explain(str(house.generated[path].html))
        answers = [answer(house.components, asked) for asked in self.words.of(path)]
        written = sized_pictures(house.catalogue, framed_tables(page.content or ""), f"/{page.url}")
        for item in page.toc:
            item.title = in_plain_words(item.title, answers)
        page.toc = TableOfContents([top, *page.toc])
        return house.explain(put_in(written, answers) + str(house.components.page_footer(entry)))

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Makes links relative, and lets go of a page that is written: with hundreds of pages the memory of all of them adds up."""
        page.content = page.markdown = None
        return relative_links(output, f"/{page.url}")

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> TemplateContext:
        """The not-found page has the same menu and urgent numbers."""
        own: dict[str, Any] = {"house": self.house, "frame": None, "serving": self._serving}
        return {**context, **own}  # type: ignore[typeddict-item,return-value]  # as for pages

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The not-found page is shown at any address, so its links begin where the site does; Material's do so already."""
        base = urlsplit(config.site_url or "/").path
        return under(output, base) if template_name == "404.html" else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes what leaves the site beside its pages, and the search, for which all pages must be there."""
        folder = Path(config.site_dir)
        write(every_output(self.house.catalogue, Site(config.site_url or "/", config.site_name)), folder)
        write(self._search.files(), folder)


def _edit_address(page: Page, file: str, config: MkDocsConfig) -> str:
    """Where the file of a page can be changed; that of a generated page is a list or a table beside docs/."""
    if page.edit_url or not (config.repo_url and config.edit_uri):
        return page.edit_url or ""
    return urljoin(f"{config.repo_url.rstrip('/')}/{config.edit_uri}", f"../{file}")


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent
