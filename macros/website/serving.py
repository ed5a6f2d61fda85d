"""The site while it is edited: which pages a save changes, and what is shown instead of a page that has mistakes.

Owns: what is remembered from one build of `mkdocs serve` to the next. A page is made again unless everything it was made
from is as it was (``watching``), so none is ever stale. Never: runs in a build that is published.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, Template, TemplateSyntaxError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from macros.check import check, today
from macros.components import Translated
from macros.content.catalogue import Catalogue
from macros.outputs import OUTPUTS, Site, write
from macros.outputs.search_index import SearchPage, search_files
from macros.problems import Problem, errors, in_order, tell
from macros.sources.files import walk
from macros.sources.kept import Kept
from macros.website.watching import Notes, Watched, still_holds

_CODE = Path(__file__).resolve().parents[1]
_RESTART = "Stop the preview with Ctrl+C and start it again: make serve"


class Preview:
    """What was made so far, and what the newest look at the files has found. ``catalogue`` notes what pages ask of it."""

    def __init__(self, dirty: bool) -> None:
        self._dirty = dirty  # as MkDocs calls a build that keeps what is there; without it the folder is emptied each time
        self._kept = Kept()
        self._translated = Translated()  # layouts, so that a save does not translate Material's again
        self._code = _code()
        self._looks: object = None
        self._made: dict[str, Notes] = {}  # what each page was made from, by its path
        self._html: dict[str, str] = {}  # each page as it was written
        self._converted: dict[str, tuple[object, str, TableOfContents]] = {}  # from which text, and with which other files beside it
        self._found: dict[str, SearchPage] = {}
        self._files: list[File] = []
        self._places: set[str] = set()
        self._noting = ExitStack()
        self._notes: Notes = {}
        self._failed = False
        self._hidden = False  # mistakes are written in the place of the pages
        self._rest: _Rest | None = None
        self._written: set[str] = set()
        self.problems: list[Problem] = []
        self.catalogue: Watched | None = None

    def look(self, root: Path, config: MkDocsConfig, refused: list[Problem]) -> None:
        """Looks at the files again. Where they or the settings (``refused``) have mistakes, ``problems`` says which."""
        if self._rest:
            self._rest.stop()
        catalogue, problems = check(root, today(), self._kept)
        self.problems = in_order([*refused, *errors(problems)])
        if self._code != _code():
            self.problems = [Problem("macros", None, "The Python of the site was edited, and the preview runs as it was before.", _RESTART)]
        if self.problems:
            print(tell(self.problems), flush=True)
            return
        self.catalogue = Watched(catalogue)
        looks = (today(), Path(config.config_file_path).read_bytes(), _state(walk(Path(config.theme.custom_dir or _CODE.parent / "overrides"))))
        if looks != self._looks:
            self._looks, self._made = looks, {}

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
            elif self._is_fresh(path, target):
                file.inclusion = InclusionLevel.EXCLUDED
                if self._hidden:
                    _put(target, self._html[path])
            else:
                target.unlink(missing_ok=True)
                self._made.pop(path, None)
        self._hidden = bool(self.problems)

    def _is_fresh(self, path: str, target: Path) -> bool:
        assert self.catalogue is not None
        return self._dirty and path in self._made and target.is_file() and still_holds(self._made[path], self.catalogue.plain)

    def every_page(self, config: MkDocsConfig) -> list[File]:
        """All pages of the site, for its map, those that are not made again included."""
        for file in self._files:
            if file.page is None:
                Page(None, file, config)
        return self._files

    # One page after another ---------------------------------------------------------------------------------

    def converted(self, path: str, text: str) -> tuple[str, TableOfContents] | None:
        """A page's Markdown as it was converted before, if neither text nor files have changed."""
        key, html, contents = self._converted.get(path, (None, "", TableOfContents([])))
        return (html, contents) if key == (text, frozenset(self._places)) else None

    def keep(self, path: str, text: str, html: str, contents: TableOfContents) -> None:
        """Keeps a conversion."""
        self._converted[path] = ((text, frozenset(self._places)), html, contents)

    def begin(self) -> None:
        """From now on what is asked of the content is noted for one page."""
        assert self.catalogue is not None
        self._failed = False
        self._notes = self._noting.enter_context(self.catalogue.noting())

    def end(self, path: str, html: str) -> None:
        """The page is finished."""
        self._noting.close()
        if not self._failed:
            self._made[path], self._html[path] = self._notes, html

    def take_in(self, path: str, page: SearchPage) -> None:
        """Keeps what is found in a page."""
        self._found[path] = page

    def failure(self, error: Exception) -> str:
        """The page that is shown where a layout cannot be filled in."""
        self._failed = True
        file, line = _place_of(error)
        return mistakes_page(
            [Problem(file, line, f"The layout cannot be filled in: {error}", "Correct the layout. Every page is shown again when it is saved.")]
        )

    def forgiving(self, env: Environment) -> Environment:
        """The theme's engine, which shows a mistake in a layout in the page's place; with mistakes in the content, one that shows only those."""
        if self.problems:
            return _only(mistakes_page(self.problems))
        env.bytecode_cache = self._translated
        env.template_class = _forgiving(self.failure)
        try:
            for name in ("main.html", "404.html"):
                env.get_template(name)
        except TemplateSyntaxError as error:
            self._made, mistake = {}, error
            only = _only("")
            only.template_class = _forgiving(lambda _: self.failure(mistake), always=True)
            return only
        return env

    # What is beside the pages -------------------------------------------------------------------------------

    def write_rest(self, folder: Path, site: Site) -> None:
        """Writes search and outputs while the editor reads; the next save stops it."""
        if self.problems or self.catalogue is None:
            return
        order = [file.src_uri for file in self._files]
        found = [self._found[path] for path in order if path in self._found]
        self._rest = _Rest(self.catalogue.plain, site, found, folder, self._written)
        self._rest.start()

    def wait_for_rest(self) -> None:
        """Waits until search and outputs are written."""
        if self._rest:
            self._rest.join()


class _Rest(threading.Thread):
    """Search and outputs, written beside the pages. ``written`` is what there was; what is no longer made is taken away."""

    def __init__(self, catalogue: Catalogue, site: Site, found: list[SearchPage], folder: Path, written: set[str]) -> None:
        super().__init__(daemon=True)
        self._catalogue, self._site, self._found, self._folder, self._written = catalogue, site, found, folder, written
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Gives way, and returns when it has."""
        self._stopped.set()
        self.join()

    def run(self) -> None:
        """Makes everything first and writes it then, so that what is there is never half new."""
        files: dict[str, bytes] = {}
        for output in OUTPUTS:
            if self._stopped.is_set():
                return
            files |= self._catalogue.ask(output, self._site)
        files |= search_files(self._until_stopped(), self._catalogue.all("glossary-term"))
        if self._stopped.is_set():
            return
        for gone in self._written - files.keys():
            (self._folder / gone).unlink(missing_ok=True)
        write(files, self._folder)
        self._written.clear()
        self._written.update(files)

    def _until_stopped(self) -> Iterator[SearchPage]:
        for page in self._found:
            if self._stopped.is_set():
                return
            yield page


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


def _forgiving(told: Callable[[Exception], str], always: bool = False) -> type[Template]:
    class Forgiving(Template):
        def render(self, *args: Any, **names: Any) -> str:
            mistake: object = args[0].get("mistake") if args and isinstance(args[0], Mapping) else None
            try:
                if always or isinstance(mistake, Exception):
                    return told(mistake if isinstance(mistake, Exception) else ValueError(""))
                return super().render(*args, **names)
            except Exception as error:  # whatever a layout does, the preview goes on
                return told(error)

    return Forgiving


def _place_of(error: Exception) -> tuple[str, int | None]:
    """The layout in which an error arose, and the line in it."""
    if isinstance(error, TemplateSyntaxError):
        return Path(error.filename or error.name or "overrides").name, error.lineno
    at, place = error.__traceback__, ("overrides", None)
    found: tuple[str, int | None] = place
    while at is not None:
        if at.tb_frame.f_code.co_filename.endswith(".html"):
            found = (Path(at.tb_frame.f_code.co_filename).name, at.tb_lineno)
        at = at.tb_next
    return found


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _code() -> object:
    return _state(file for file in walk(_CODE) if file.suffix == ".py")


def _state(files: Iterable[Path]) -> object:
    """What files are like, by every byte."""
    return tuple((file, file.read_bytes()) for file in files if file.is_file())
