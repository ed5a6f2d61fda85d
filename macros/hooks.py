"""The door through which MkDocs comes in: its events, answered by the house.

Owns: the order of a build. Before anything is rendered the content is checked; a page's words are answered
in place of the macros plugin's own template engine, which would run whatever a page holds.
Never: decides what content means. Only this file, ``building`` and ``preview`` import mkdocs.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from macros.__main__ import checked
from macros.building import PDFS
from macros.components.linked_data import linked_data
from macros.components.written import framed_tables, sized_pictures
from macros.house import House, relative_links
from macros.outputs import Site, every_output, write
from macros.outputs.search_index import SearchIndex
from macros.plain_text import PlainText
from macros.problems import Problem, errors, tell
from macros.writing import SiteFolder, refusal


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent


_held: list[SiteFolder] = []  # by `mkdocs build` itself, from its first event to its last; `python -m macros build` does its own holding


def on_startup(command: str, dirty: bool) -> None:
    """Refuses a build of what changed alone, which would leave all other pages out of the search."""
    if dirty and command != "serve":
        raise Abort("The site is built as a whole: leave out --dirty. To see an edit at once use `python -m macros serve`.")


@event_priority(200)
def _build_beside(config: MkDocsConfig) -> MkDocsConfig:
    """`mkdocs build` waits for its turn too, and builds beside ``site/``. What goes elsewhere (--site-dir) goes there directly."""
    live = _root(config) / "site"
    if Path(config.site_dir) == live:
        try:
            _held.append(SiteFolder(live).__enter__())
        except OSError as error:
            raise Abort(refusal(error, live)) from error
        config.site_dir = str(_held[0].next)
    return config


@event_priority(-200)
def _name_the_site(config: MkDocsConfig) -> None:
    """All is written: what comes after, such as `mkdocs gh-deploy`, finds the site where it will be."""
    for site in _held:
        config.site_dir = str(site.live)


def on_build_error(error: Exception) -> None:
    """What the machine refuses is said in a sentence."""
    for site in _held:
        if isinstance(error, OSError):
            raise Abort(f"{refusal(error, site.live)} The site is as it was.") from error


def on_shutdown() -> None:
    """The last event, in which MkDocs comes by whatever happened: with no error on its way out the site is whole and takes its place."""
    while _held:
        site = _held.pop()
        try:
            if sys.exc_info()[0] is None:
                site.publish()
        except OSError as error:
            raise Abort(f"{refusal(error, site.live)} The site is as it was.") from error
        finally:
            site.__exit__(None, None, None)


@event_priority(100)
def _check_first(config: MkDocsConfig) -> MkDocsConfig:
    """Nothing is built of what has mistakes. A preview has looked by itself, and shows them in the pages' place."""
    state: Any = config
    if hasattr(config, "to_mend"):
        return config
    catalogue = getattr(config, "catalogue", None)  # what `python -m macros build` has checked
    if catalogue is None:
        catalogue, problems = checked(_root(config))
        if stopping := errors(problems):
            raise Abort(tell(stopping))
    state.search = SearchIndex(catalogue.all("glossary-term"))
    state.markdown_extensions.append(PlainText())  # the generator hands them on as they are
    state.house = House(catalogue, bool(os.environ.get(PDFS)), lambda page: write(state.search.add(page), Path(config.site_dir)))
    return config


class _WordsOnly:
    """Stands where the macros plugin keeps its template engine: it knows the site's words and nothing else.

    The plugin hands over its configuration, files and page as variables; they are not looked at, so no
    page can reach them, whatever it holds.
    """

    variable_start_string, block_start_string, comment_start_string = "{{", "{%", "{#"

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config

    def from_string(self, body: str) -> _Body:
        return _Body(body, _house(self._config))


class _Body:
    def __init__(self, body: str, house: House | None) -> None:
        self._body, self._house = body, house

    def render(self, **_ignored: object) -> str:
        return self._house.words.mark(self._body) if self._house else ""


@event_priority(-100)
def _replace_engine(config: MkDocsConfig) -> MkDocsConfig:
    plugin: Any = config.plugins["macros"]
    plugin._env = _WordsOnly(config)
    return config


@event_priority(0)
def _stylesheet_alone(config: MkDocsConfig) -> MkDocsConfig:
    """Of Material this site uses the stylesheet, whose name carries a hash that changes with its version.

    Its layouts, scripts, search and some ten thousand icons are left where they are, and not looked through.
    """
    state: Any = config
    for folder in map(Path, config.theme.dirs):
        for found in sorted(folder.glob("assets/stylesheets/main.*.min.css")):
            state.stylesheet = found
            config.theme.dirs = [other for other in config.theme.dirs if Path(other) != folder]
            return config
    if not hasattr(config, "stylesheet"):
        raise Abort("Material for MkDocs brings no stylesheet assets/stylesheets/main.*.min.css any more.")
    return config


on_config = CombinedEvent(_build_beside, _check_first, _stylesheet_alone, _replace_engine)
_NOT_SHOWN = ("print/", "components/")  # parts of pages, and what PDFs are made with


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the generated pages and the stylesheet; drops drafts of nothing: every file in docs/ was checked."""
    house = _house(config)
    for file in list(files):
        if file.src_uri.startswith(_NOT_SHOWN):
            files.remove(file)
    state: Any = config
    files.append(File.generated(config, _stylesheet(config), abs_src_path=str(state.stylesheet)))
    if house:
        for path in house.generated:
            files.append(File.generated(config, path, content="---\nrender_macros: false\n---\n"))
    return files


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:
    """A page is not read a second time: it was when the content was checked."""
    return ""


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Hands MkDocs the checked settings and text instead of its own reading, which ends front matter elsewhere in odd cases."""
    house = _house(config)
    path = page.file.src_uri
    if house is None:
        page.meta = {"title": "Something needs mending", "render_macros": False}
        return ""
    entry = house.catalogue.pages.get(path)
    if entry is None:
        made = house.generated[path]
        page.meta = {"title": made.title, "description": made.description, "render_macros": False}
        state: Any = page
        state.render = partial(_nothing_to_convert, page)
        return ""
    page.meta = {"title": entry.meta.title, "description": entry.meta.description, "render_macros": entry.meta.render_macros}
    return entry.source.body


def _nothing_to_convert(page: Page, *_: object) -> None:
    """A page made of data holds no Markdown, so nothing is set up to convert it."""
    page.content, page.toc, page.present_anchor_ids, page.links_to_anchors = "", TableOfContents([]), set(), {}


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keeps with the page which words it holds: they are answered when it is put together."""
    house, state = _house(config), cast(Any, page)
    state.calls = house.words.calls if house else []
    return html


def _put_together(house: House, page: Page) -> str:
    """A page's text with the answers to its words in their places and what it gathers by itself."""
    house.components.start_page()
    path, state = page.file.src_uri, cast(Any, page)
    entry = house.catalogue.pages.get(path)
    if entry is None:
        return house.explain(str(house.generated[path].html))
    calls = state.calls if entry.meta.render_macros else []
    written = sized_pictures(house.catalogue, framed_tables(page.content or ""), f"/{page.url}")
    content = house.words.place(written, calls) + str(house.components.page_footer(entry))
    for item in page.toc:
        item.title = house.words.plain(item.title)
    return house.explain(content)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    """Gives the layout the frame around the page."""
    house = _house(config)
    context["to_mend"] = _to_mend(config)
    context["house"] = house
    context["frame"] = house.frame(page.file.src_uri) if house else None
    context["material_stylesheet"] = _stylesheet(config)
    page.content = _put_together(house, page) if house else ""
    if house:
        frame = context["frame"]
        frame.linked_data = linked_data(house.catalogue, page.file.src_uri, frame, config.site_url or "/", config.site_name)
        house.finish(page.file.src_uri, frame, f"{frame.header}{page.content}")
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Makes links relative, and lets go of a page that is written: with hundreds of pages the memory of all of them adds up."""
    page.content = page.markdown = None
    return relative_links(output, f"/{page.url}")


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """The not-found page is shown at any address, so its links begin where the site does."""
    base = urlsplit(config.site_url or "/").path
    return output.replace('="/', f'="{base}') if template_name == "404.html" else output


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """The not-found page has the same menu and urgent numbers."""
    context.update(house=_house(config), frame=None, to_mend=_to_mend(config), material_stylesheet=_stylesheet(config))
    return context


def _write_outputs(config: MkDocsConfig) -> None:
    """Writes what leaves the site beside its pages, and the search, for which all pages must be there."""
    state: Any = config
    folder = Path(config.site_dir)
    write(every_output(state.house.catalogue, Site(config.site_url or "/", config.site_name)), folder)
    write(state.search.files(), folder)


on_post_build = CombinedEvent(_write_outputs, _name_the_site)


def _stylesheet(config: MkDocsConfig) -> str:
    """Where Material's stylesheet stands in the site."""
    state: Any = config
    return f"assets/stylesheets/{state.stylesheet.name}"


def _house(config: MkDocsConfig) -> House | None:
    found: House | None = getattr(config, "house", None)
    return found


def _to_mend(config: MkDocsConfig) -> list[Problem]:
    found: list[Problem] = getattr(config, "to_mend", [])
    return found


__all__ = [
    "on_build_error",
    "on_config",
    "on_files",
    "on_page_content",
    "on_page_context",
    "on_page_markdown",
    "on_page_read_source",
    "on_post_build",
    "on_post_page",
    "on_post_template",
    "on_shutdown",
    "on_startup",
    "on_template_context",
]
