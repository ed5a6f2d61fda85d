"""The site's plugin for MkDocs: its events, answered by the house.

Owns: the order of a build and all that a build keeps. Before anything is rendered the content is checked; mkdocs-macros
then renders each page, and its words are answered when the page is put together. Never: decides what content means.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from macros.check import check, today
from macros.components import Translated
from macros.components.linked_data import linked_data
from macros.components.written import doors, folded, framed_tables, sized_pictures, unfolded
from macros.content.catalogue import Catalogue
from macros.models.pages import Page as PageSettings
from macros.outputs import Site, every_output, write
from macros.outputs.search_index import SearchIndex
from macros.outputs.security import hashed
from macros.problems import Problem, errors, tell
from macros.rules.silence import check_finished
from macros.sources.kept import kept_on_disk
from macros.views.changes import page_changed, with_history
from macros.website.allowed_html import refused_html
from macros.website.allowed_settings import STYLES, refused_settings
from macros.website.colours import in_chosen_colours
from macros.website.dead_links import dead_links
from macros.website.generated_pages import GeneratedPage
from macros.website.house import Frame, House, relative_links, under
from macros.website.serving import Preview
from macros.website.site_links import SiteLinks
from macros.website.used_styles import SAID, TAG, WORD, packed, used_styles
from macros.website.words import PageWords, answer, in_plain_words, put_in
from macros.writing import SiteFolder, refusal

_LOOK_EVERY = 0.2  # seconds; MkDocs looks every half second, a quarter of what an editor may wait for
_PARTS = ("print/*", "components/*")  # of our own: what pages and PDFs are made with
_COMMENT_LINE = re.compile(r"^ *//.*\n", re.MULTILINE)  # of our scripts, in which no text is of several lines
_FOR_SCRIPTS = re.compile(  # of Material's, which no page has: boxes without a name, a label without words, and empty frames
    r'<(?:input class="md-toggle"[^>]*|label class="md-overlay"[^>]*></label|div data-md-component="announce">\s*</div|div class="md-dialog".*?</div>\s*</div)>\s*',
    re.DOTALL,
)
_IMPORT = re.compile(r'@import "([a-z-]+\.css)";\n')
_TRANSLATED = Translated("layouts")  # Material's templates and ours that extend them


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs types its classes' beginnings no further
    """The plugin has no settings of its own in mkdocs.yml."""


class WebsitePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # as above
    """One build of the site after another. ``catalogue`` is what was checked already, with its history; ``pdfs`` says that PDFs follow."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.catalogue: Catalogue | None = None
        self.pdfs = False
        self.words = PageWords()
        self.house: House | None = None
        self.preview: Preview | None = None
        self._folder: SiteFolder | None = None  # held by `mkdocs build` itself; `python -m macros build` does its own holding
        self._refused: list[Problem] = []
        self._tags: set[str] = set()  # every tag of the pages, by which the theme's styles are chosen
        self._theme_styles = ""
        self._search: SearchIndex
        self._links: SiteLinks

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Starts again, and notes whether an editor looks on. With this event MkDocs keeps the plugin from build to build."""
        if dirty and command != "serve":
            raise Abort("The site is built as a whole: leave out --dirty. To see an edit at once use `mkdocs serve`.")
        self._begin()
        self.preview = Preview(dirty) if command == "serve" else None

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Checks everything. Nothing is built of what has mistakes; a preview shows them in the place of the pages."""
        refused = list(refused_settings(config))
        root, repository = Path(config.config_file_path).resolve().parent, (config.repo_url or "").rstrip("/")
        if self.preview:
            if watched := self.preview.look(root, config, refused):
                self.house = House(watched, self.pdfs, repository)
            return config
        live = root / "site"
        if Path(config.site_dir) == live:  # `mkdocs build` waits for its turn too, and builds beside site/; elsewhere (--site-dir) directly
            try:
                self._folder = SiteFolder(live).__enter__()
            except OSError as error:
                raise Abort(refusal(error, live)) from error
            config.site_dir = str(self._folder.next)
        with nullcontext() if self.catalogue else kept_on_disk(root) as kept:
            catalogue, problems = (self.catalogue, []) if self.catalogue else check(root, today(), kept)
        if stopping := refused or errors(problems):
            raise Abort(tell(stopping))
        self._search = SearchIndex(catalogue.all("glossary-term"))
        self._links = SiteLinks(config.site_url or "/")
        self.house = House(self.catalogue or with_history(catalogue), self.pdfs, repository)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the generated pages; leaves out what no page uses: parts of layouts, and all of Material but its styles, which join the site's own."""
        wanted = [config.theme["favicon"], config.theme.get("logo")]
        sheets = ["assets/stylesheets/main.*.min.css", *(["assets/stylesheets/palette.*.min.css"] if config.theme.get("palette") else [])]
        self._theme_styles = "".join(file.content_string for sheet in sheets for file in files if fnmatch(file.src_uri, sheet))
        for file in list(files):
            of_theme = file.src_dir not in (config.docs_dir, config.theme.custom_dir)
            if any(fnmatch(file.src_uri, part) for part in _PARTS) or (of_theme and not any(name and fnmatch(file.src_uri, name) for name in wanted)):
                files.remove(file)
            elif file.src_uri == STYLES:  # one file to fetch, without what is for engineers
                text = file.content_string
                for name in _IMPORT.findall(text):
                    text = text.replace(f'@import "{name}";\n', Path(file.abs_src_path or "").with_name(name).read_text(encoding="utf-8"))
                file.content_string = (self._theme_styles if self.preview else "") + in_chosen_colours(packed(text), config)
            elif fnmatch(file.src_uri, "assets/scripts/*.js") and file.src_dir == config.theme.custom_dir:
                file.content_string = _COMMENT_LINE.sub("", file.content_string)
        for path in self.house.generated if self.house else ():
            files.append(File.generated(config, path, content=""))
        if self.preview:
            self.preview.sort(files)
        return files

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str:
        """A page is not read a second time: it was when the content was checked."""
        return ""

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Hands on the checked settings and text instead of MkDocs' own reading, which ends front matter elsewhere in odd cases."""
        path = page.file.src_uri
        entry = self._house_now.catalogue.pages.get(path)
        meta: GeneratedPage | PageSettings = entry.meta if entry else self._house_now.generated[path]
        asks = entry is not None and entry.meta.render_macros and any(sign in entry.source.body for sign in ("{{", "{%", "{#"))  # half of all pages do
        page.meta = {"title": meta.title, "description": meta.description, "render_macros": asks}
        if changed := self._house_now.catalogue.ask(page_changed, path):
            page.update_date = changed.isoformat()  # what the map of the site says
        if entry is None or (self.preview and self.preview.converted(path, entry.source.body)):
            page.meta["render_macros"] = False
            return ""
        self.words.start(path)
        return entry.source.body

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Holds what an editor's text has become to what a page may hold. A preview does not convert a text a second time."""
        path = page.file.src_uri
        entry = self._house_now.catalogue.pages.get(path)
        if entry is None:
            return html
        if self.preview is None:
            self._refused += refused_html(entry, html)
            return html
        if kept := self.preview.converted(path, entry.source.body):
            html, page.toc = kept
        else:
            self.preview.keep(path, entry.source.body, html, page.toc)
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Lines of layouts that hold only commands leave no blank lines in pages. Every text has been converted by now."""
        if self._refused:  # all of them in one run, and before any page is written
            raise Abort(tell(self._refused))
        env.trim_blocks = env.lstrip_blocks = True
        env.bytecode_cache = _TRANSLATED
        _TRANSLATED.used.clear()
        return self.preview.forgiving(env) if self.preview else env

    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Gives the layout the page put together and the frame around it."""
        if self.preview is None:
            return _with(context, house=self._house_now, frame=self._frame(page, config))
        self.preview.begin()
        try:
            if page.content and (entry := self._house_now.catalogue.pages.get(page.file.src_uri)) and (refused := list(refused_html(entry, page.content))):
                raise Abort(tell(refused))
            return _with(context, serving=True, house=self._house_now, frame=self._frame(page, config))
        except Exception as mistake:  # in a component's layout; shown in the page's place
            return _with(context, mistake=mistake)

    def _frame(self, page: Page, config: MkDocsConfig) -> Frame:
        house, path = self._house_now, page.file.src_uri
        frame = house.frame(path)
        page.content, page.toc = self.preview.put_together(path, lambda: self._put_together(page)) if self.preview else self._put_together(page)
        frame.edit_address = page.edit_url or ""
        if not frame.edit_address and config.repo_url and config.edit_uri:  # of a generated page: it is made of a list or a table beside docs/
            frame.edit_address = urljoin(f"{config.repo_url.rstrip('/')}/{config.edit_uri}", f"../{frame.edit}")
        if (table := path.removeprefix("performance/").removesuffix(".md")) in house.catalogue.tables:
            frame.furniture = house.components.citation(table, config.site_name, page.canonical_url or frame.address)
        frame.linked_data = linked_data(house.catalogue, path, frame, config.site_url or "/", config.site_name)
        found = house.found_by_search(path, frame, f"{frame.header}{unfolded(page.content)}")
        if found and self.preview:
            self.preview.found[path] = found
        elif found:
            self._search.add(found)
        return frame

    def _put_together(self, page: Page) -> tuple[str, TableOfContents]:
        """A page's text with the answers to its words in their places and what it gathers by itself, and its headings."""
        house, path = self._house_now, page.file.src_uri
        house.components.start_page()
        entry = house.catalogue.pages.get(path)
        top = AnchorLink("", "content", 1)  # where Material's link for keyboards leads to
        if entry is None:
            return house.explain(folded(str(house.generated[path].html))), TableOfContents([top])
        answers = [answer(house.components, asked) for asked in self.words.asked[path]]
        written = sized_pictures(house.catalogue, doors(framed_tables(page.content or "")), f"/{page.url}")
        headings = TableOfContents([top, *(AnchorLink(in_plain_words(item.title, answers), item.id, item.level) for item in page.toc)])
        whole = put_in(written, answers).replace('</ul>\n\n<ul class="contacts">\n', "")  # cards that follow one another are one list
        return house.explain(folded(whole + str(house.components.page_footer(entry)))), headings

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Makes links relative, leaves out indents and what only scripts would use, and lets go of a page that is written: with hundreds of pages the memory of all of them adds up."""
        page.content = page.markdown = None
        output = _FOR_SCRIPTS.sub("", output)
        html = relative_links(output if "<pre" in output else re.sub(r"\n\s+", "\n", output), f"/{page.url}")
        if self.preview:
            self.preview.end(page.file.src_uri, html)
        else:
            self._tags.update(TAG.findall(html))
            self._links.add_page(page.file.dest_uri, html)
        return html

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> TemplateContext:
        """The not-found page has the same menu and urgent numbers."""
        if self.preview:
            context["pages"] = self.preview.every_page(config)
        return _with(context, house=self.house, frame=None, serving=self.preview is not None)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The not-found page is shown at any address, so its links begin where the site does; Material's do so already."""
        base = urlsplit(config.site_url or "/").path
        html = under(_FOR_SCRIPTS.sub("", output), base) if template_name == "404.html" else output
        if not self.preview:
            self._tags.update(TAG.findall(html))
            self._links.add(template_name, html.encode())
        return html

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes what leaves the site beside its pages, and the search, for which all pages must be there. A dead link stops the build."""
        folder, site = Path(config.site_dir), Site(config.site_url or "/", config.site_name)
        if self.preview:
            self.preview.write_rest(folder, site)
            return
        outputs = every_output(self._house_now.catalogue, site)
        write(outputs, folder)
        write(self._search.files(), folder)
        write(self._styles_used(folder), folder)
        for path, content in outputs.items():
            self._links.add(path, content)
        self._links.add_targets("search/index.html", [f"/{address}" for address in self._search.addresses])
        unused = unused_layouts(Path(config.theme.custom_dir or ""))
        if wrong := [*dead_links(self._links, self._house_now, folder), *check_finished(self._house_now.catalogue, folder), *unused]:
            raise Abort(tell(wrong))
        write(hashed(folder, self._house_now.catalogue.today), folder)  # once more where PDFs follow
        if self._folder:  # what comes after, such as `mkdocs gh-deploy`, finds the site where it will be
            config.site_dir = str(self._folder.live)

    def _styles_used(self, folder: Path) -> dict[str, bytes]:
        """The one stylesheet: before the site's own rules those of the theme that some page can use, a fifth of what a phone would fetch of it."""
        words = set(
            WORD.findall("".join([*(SAID.sub(r"\1", tag) for tag in self._tags), *(file.read_text(encoding="utf-8") for file in folder.rglob("*.js"))]))
        )
        others = "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.css"))
        return {STYLES: (used_styles(self._theme_styles, words, others) + (folder / STYLES).read_text(encoding="utf-8")).encode()}

    def on_build_error(self, *, error: Exception) -> None:
        """What the machine refuses is said in a sentence."""
        if self._folder and isinstance(error, OSError):
            raise Abort(f"{refusal(error, self._folder.live)} The site is as it was.") from error

    def on_shutdown(self) -> None:
        """The last event, in which MkDocs comes by whatever happened: with no error on its way out the site is whole and takes its place."""
        if self.preview:
            self.preview.stop_rest()  # MkDocs takes its folder away
        if self._folder is None:
            return
        held, self._folder = self._folder, None
        try:
            if sys.exc_info()[0] is None:
                held.publish()
        except OSError as error:
            raise Abort(f"{refusal(error, held.live)} The site is as it was.") from error
        finally:
            held.__exit__(None, None, None)

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Callable[..., Any]) -> Any:
        """Looks for saved files more often than MkDocs does, and lets whoever asks for a file that a preview makes after the pages wait until it is made."""
        application, preview, watched = server.get_app(), self.preview, (config.docs_dir, config.config_file_path)
        for path in watched:
            server.unwatch(path)
        server.observer = type(server.observer)(timeout=_LOOK_EVERY)
        for path in watched:
            server.watch(path)

        def wait_and_answer(environ: dict[str, Any], start_response: Any) -> Any:
            path = str(environ.get("PATH_INFO", "/"))
            if preview and not path.endswith("/") and "/assets/" not in path and not path.startswith("/livereload/"):
                preview.wait_for_rest()
            return application(environ, start_response)

        server.set_app(wait_and_answer)
        print(f"The site is shown at {server.url} until you press Ctrl+C.", flush=True)
        return server

    @property
    def _house_now(self) -> House:
        assert self.house is not None, "no page is made of content that has mistakes"
        return self.house


def unused_layouts(folder: Path) -> Iterator[Problem]:
    """Layouts and parts of Material's in overrides/ that not one page of a whole build was made with. Of its languages one is used."""
    for path in (*folder.glob("*.html"), *folder.glob("partials/**/*.html")):
        name = path.relative_to(folder).as_posix()
        if path.parent.name != "languages" and _TRANSLATED.get_cache_key(name) not in _TRANSLATED.used:
            fix = "Delete it. What pages are made of instead is in overrides/main.html and overrides/components/."
            yield Problem(f"{folder.name}/{name}", None, "No page is made with this layout.", fix)


def _with(context: TemplateContext, **own: Any) -> TemplateContext:
    context.update(own)  # type: ignore[typeddict-item]  # MkDocs names what it puts there itself; a plugin may add more
    return context
