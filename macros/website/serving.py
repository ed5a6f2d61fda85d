"""The site while it is edited: which pages a save changes, and what is shown instead of a page that has mistakes.

Owns: what is remembered from one build of `mkdocs serve` to the next. A page is made again unless everything it was made
from is as it was (``watching``), so none is ever stale. Never: runs in a build that is published.
"""

import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, Template, TemplateSyntaxError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from macros.check import check, today
from macros.content.catalogue import Catalogue
from macros.outputs import OUTPUTS, Site, write
from macros.outputs.search_index import SearchPage, search_files
from macros.problems import Problem, errors, in_order, tell
from macros.sources.files import walk
from macros.sources.kept import Kept
from macros.views.changes import with_history
from macros.website.watching import Notes, Watched, still_holds

_CODE = Path(__file__).resolve().parents[1]
_RESTART = "Stop the preview with Ctrl+C and start it again: make serve"


class Preview:
    """What was made so far, and what the newest look at the files has found. ``catalogue`` notes what pages ask of it."""

    def __init__(self, dirty: bool) -> None:
        self._dirty = dirty  # as MkDocs calls a build that keeps what is there; without it the folder is emptied each time
        self._kept = Kept()
        self._code = _code()
        self._looks: object = None
        self._parts: object = None  # those of which the text of a page is made
        self._together: dict[str, tuple[Notes, tuple[str, TableOfContents]]] = {}  # each page's text, put together from which answers
        self._made: dict[str, Notes] = {}  # what each page was made from, by its path
        self._html: dict[str, str] = {}  # each page as it was written
        self._converted: dict[str, tuple[object, str, TableOfContents]] = {}  # from which text, and with which other files beside it
        self.found: dict[str, SearchPage] = {}  # each page as the search has it
        self._files: list[File] = []
        self._places: set[str] = set()
        self._layout_broken = False  # no page can be made
        self._failed = False  # the page that is being made shows a mistake in its place
        self._hidden = False  # mistakes are written in the place of the pages
        self._rest: threading.Thread | None = None  # search and outputs, written beside the pages
        self._stopped = threading.Event()
        self._written: set[str] = set()
        self.problems: list[Problem] = []
        self.catalogue: Watched | None = None

    def look(self, root: Path, config: MkDocsConfig, refused: list[Problem]) -> Watched | None:
        """Looks at the files again. Where they or the settings (``refused``) have mistakes, ``problems`` says which and there is no catalogue."""
        self.stop_rest()
        catalogue, problems = check(root, today(), self._kept)
        self.problems = in_order([*refused, *errors(problems)])
        if self._code != _code():
            self.problems = [Problem("macros", None, "The Python of the site was edited, and the preview runs as it was before.", _RESTART)]
        if self.problems:
            print(tell(self.problems), flush=True)
            return None
        self.catalogue = Watched(with_history(catalogue))
        overrides = Path(config.theme.custom_dir or _CODE.parent / "overrides")
        parts = (today(), Path(config.config_file_path).read_bytes(), _state(walk(overrides / "components")))
        if parts != self._parts:
            self._parts, self._together = parts, {}
        if (looks := (parts, _state(walk(overrides)))) != self._looks:
            self._looks, self._made = looks, {}
        return self.catalogue

    def sort(self, files: Files) -> None:
        """Leaves out of this build each page that is as it should be; with mistakes, all of them, and writes those in their place."""
        self._files = list(files.documentation_pages(inclusion=InclusionLevel.all))
        places = {file.dest_uri for file in files}
        for place in self._places - places:
            (Path(self._files[0].dest_dir) / place).unlink(missing_ok=True)
        self._places = places
        for file in self._files:
            path, target = file.src_uri, Path(file.abs_dest_path)
            if self.problems:
                file.inclusion = InclusionLevel.EXCLUDED
                _put(target, mistakes_page(self.problems))
            elif self._dirty and path in self._made and target.is_file() and self.catalogue and still_holds(self._made[path], self.catalogue.plain):
                file.inclusion = InclusionLevel.EXCLUDED
                if self._hidden:
                    _put(target, self._html[path])
            else:
                target.unlink(missing_ok=True)
                self._made.pop(path, None)
        self._hidden = bool(self.problems)

    def every_page(self, config: MkDocsConfig) -> list[File]:
        """All pages of the site, for its map, those that are not made again included."""
        for file in self._files:
            if file.page is None:
                Page(None, file, config)
        return self._files

    def converted(self, path: str, text: str) -> tuple[str, TableOfContents] | None:
        """A page's Markdown as it was converted before, if neither text nor files have changed."""
        key, html, contents = self._converted.get(path, (None, "", TableOfContents([])))
        return (html, contents) if key == (text, frozenset(self._places)) else None

    def keep(self, path: str, text: str, html: str, contents: TableOfContents) -> None:
        self._converted[path] = ((text, frozenset(self._places)), html, contents)

    def put_together(self, path: str, make: Callable[[], tuple[str, TableOfContents]]) -> tuple[str, TableOfContents]:
        """A page's text as it was put together before, if all that it was made from is as it was: so an edit of a layout is filled in with it."""
        assert self.catalogue is not None
        if path in self._together and still_holds((before := self._together[path])[0], self.catalogue.plain):
            self.catalogue.notes |= before[0]
            return before[1]
        made = make()
        self._together[path] = dict(self.catalogue.notes), made
        return made

    def begin(self) -> None:
        """From now on what is asked of the content is noted for one page."""
        assert self.catalogue is not None
        self._failed = False
        self.catalogue.take_notes()

    def end(self, path: str, html: str) -> None:
        if self.catalogue and not self._failed and not self._layout_broken:
            self._made[path], self._html[path] = self.catalogue.take_notes(), html

    def failure(self, error: Exception) -> str:
        """The page that is shown where a layout cannot be filled in."""
        self._failed = True
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
        file, line = (Path(frames[-1].filename).name, frames[-1].lineno) if frames else ("overrides", None)
        if isinstance(error, TemplateSyntaxError):
            file, line = Path(error.filename or error.name or "overrides").name, error.lineno
        fix = "Correct the layout. Every page is shown again when it is saved."
        return mistakes_page([Problem(file, line, f"The layout cannot be filled in: {error}", fix)])

    def forgiving(self, env: Environment) -> Environment:
        """The theme's engine, which shows a mistake in a layout in the page's place; with mistakes in the content, one that shows only those."""
        self._layout_broken = False
        if self.problems:
            return _only(mistakes_page(self.problems))
        failure = self.failure

        class Forgiving(Template):
            def render(self, *args: Any, **names: Any) -> str:
                try:
                    if args and isinstance(args[0], Mapping) and isinstance(mistake := args[0].get("mistake"), Exception):
                        return failure(mistake)
                    return super().render(*args, **names)
                except Exception as error:  # whatever a layout does, the preview goes on
                    return failure(error)

        env.template_class = Forgiving
        try:
            for name in ("main.html", "404.html"):
                env.get_template(name)
        except TemplateSyntaxError as error:
            self._made, self._layout_broken = {}, True
            return _only(self.failure(error))
        return env

    def write_rest(self, folder: Path, site: Site) -> None:
        """Writes search and outputs while the editor reads; the next save stops it."""
        if self.catalogue and not self.problems:
            self._stopped.clear()
            self._rest = threading.Thread(target=self._make_rest, args=(self.catalogue.plain, folder, site), daemon=True)
            self._rest.start()

    def _make_rest(self, catalogue: Catalogue, folder: Path, site: Site) -> None:
        """Makes everything first and writes it then, so that what is there is never half new; what is no longer made is taken away."""

        def pages() -> Iterator[SearchPage]:
            for file in self._files:
                if not self._stopped.is_set() and file.src_uri in self.found:
                    yield self.found[file.src_uri]

        files: dict[str, bytes] = {}
        for output in OUTPUTS:
            if self._stopped.is_set():
                return
            files |= catalogue.ask(output, site)
        files |= search_files(pages(), catalogue.all("glossary-term"))
        if self._stopped.is_set():
            return
        for gone in self._written - files.keys():
            (folder / gone).unlink(missing_ok=True)
        write(files, folder)
        self._written = set(files)

    def stop_rest(self) -> None:
        self._stopped.set()
        self.wait_for_rest()

    def wait_for_rest(self) -> None:
        if self._rest:
            self._rest.join()


def mistakes_page(problems: Iterable[Problem]) -> str:
    """The whole page that stands in the place of every other while something is wrong."""
    told = "".join(f"<li><p><strong>{escape(p.where)}</strong></p><p>{escape(p.says)}</p><p>To fix: {escape(p.fix)}</p></li>" for p in problems)
    style = "body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem } li { margin-bottom: 1.5rem }"
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Something needs fixing</title><link rel="icon" href="data:,">'
        f"<style>{style}</style></head><body><main><h1>Something needs fixing</h1>"
        f'<p>The site is shown again as soon as this is put right.</p><ol class="to-fix">{told}</ol></main></body></html>\n'
    )


def _only(html: str) -> Environment:
    """An engine whose every page is this one."""
    env = Environment(loader=FunctionLoader(lambda name: "{{ everything }}" if name.endswith(".html") else ""))  # noqa: S701  (finished HTML)
    env.globals["everything"] = html
    return env


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _code() -> object:
    return _state(file for file in walk(_CODE) if file.suffix == ".py")


def _state(files: Iterable[Path]) -> object:
    """What files are like, by every byte."""
    return tuple((file, file.read_bytes()) for file in files if file.is_file())
