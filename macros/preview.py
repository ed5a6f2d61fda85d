"""The site while it is edited: shown on this computer, each page made when it is looked at.

Owns: what is made anew after an edit. The content is checked first; where it has mistakes, every page says which. A page
is made when somebody asks for it, unless everything it was made from is as it was (``watching``); so the page in front
of an editor never waits for those that nobody is looking at, and none is ever stale. Every page goes through the same
doors as in a build. Never: writes into ``site/``, or renders by itself.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config import load_config
from mkdocs.livereload import _SCRIPT_TEMPLATE, LiveReloadServer, _serve_url, _timestamp
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from macros.check import check, today
from macros.house import House
from macros.outputs import Site, every_output, write
from macros.outputs.search_index import SearchPage, search_files
from macros.plain_text import PlainText
from macros.problems import errors, in_order, tell
from macros.sources.files import walk
from macros.sources.kept import Kept
from macros.watching import Notes, Watched, still_holds

_LOOKS_AGAIN = 0.2  # seconds between two looks at the files
_SCRIPT = "/livereload.js"
_MACROS = Path(__file__).resolve().parent
_OVERRIDES = _MACROS.parent / "overrides"


class Preview:
    """The site as the files are now, in a folder of its own."""

    def __init__(self, root: Path, folder: Path, address: str) -> None:
        self._root, self._folder = root, folder
        self._kept = Kept()
        self._pages: dict[str, File] = {}  # by the place of each in the folder
        self._made: dict[str, Notes] = {}  # what each page in the folder was made from
        self._found: dict[str, SearchPage] = {}
        self._written: set[str] = set()  # files beside the pages that are in the folder
        self._fresh: set[str] = set()  # kinds of such files that are as they should be: "outputs", "search"
        self._lock = threading.RLock()
        self._config = cast(Any, load_config(str(root / "mkdocs.yml"), site_dir=str(folder), strict=False))
        self._config.site_url = address
        self._config.plugins.on_startup(command="serve", dirty=False)
        self._config.markdown_extensions.append(PlainText())
        self._house: House | None = None
        self._day = today()
        self._set_up: object = None
        self._code = self._state_of_code()
        self._looks: object = None
        self.made: list[str] = []  # the pages that were made since the last look, in order
        self.look()

    @property
    def looks(self) -> list[Path]:
        """The folders that say how pages look: the components' own and that of the generator's settings."""
        own = self._config.theme.custom_dir
        return sorted({_OVERRIDES, Path(own).resolve() if own else _OVERRIDES})

    @property
    def is_outdated(self) -> bool:
        """Whether what this process runs has been edited, so that it must begin again."""
        return self._code != self._state_of_code()

    def look(self) -> None:
        """Looks at the files again. What is shown from now on is as they are."""
        with self._lock:
            catalogue, problems = check(self._root, today(), self._kept)
            stopping = errors(problems)
            self._config.to_mend = in_order(stopping)
            self._house = None if stopping else House(Watched(catalogue), found=self._take_in)
            self._config.house = self._house
            self._fresh, self.made = set(), []
            if stopping:
                print(tell(stopping))
            looks = _state_of(file for folder in self.looks for file in walk(folder))
            if (today(), looks) != (self._day, self._looks):
                self._made = {}
            self._day, self._looks = today(), looks
            if stopping and self._set_up:
                return  # the mistakes are shown in the place of the pages that there were
            layout = (
                looks,
                catalogue.files,
                tuple(catalogue.pages),
                tuple(self._house.generated) if self._house else None,
                _state_of(file for file in walk(self._root / "docs") if file.suffix != ".md"),
            )
            if layout != self._set_up:
                self._lay_out()
                self._set_up = layout

    def _state_of_code(self) -> object:
        return _state_of([self._root / "mkdocs.yml", *(file for file in walk(_MACROS) if file.suffix == ".py")])

    def _lay_out(self) -> None:
        """Which files the site has: done again only where one came, went or was renamed, or where the layout was edited."""
        config = self._config
        config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        self._env = config.theme.get_env()
        files.add_files_from_theme(self._env, config)
        self._files = config.plugins.on_files(files, config=config)
        set_exclusions(self._files, config)
        self._nav = config.plugins.on_nav(get_navigation(self._files, config), config=config, files=self._files)
        self._env = config.plugins.on_env(self._env, config=config, files=self._files)
        before, self._pages = self._pages, {}
        for file in self._files.documentation_pages():
            if file.page is None:
                Page(None, file, config)
            self._pages[file.dest_uri] = file
        for path in before.keys() - self._pages.keys():
            self._let_go(path)
        self._files.copy_static_files(dirty=False)

    def _let_go(self, path: str) -> None:
        self._made.pop(path, None)
        self._found.pop(path, None)
        (self._folder / path).unlink(missing_ok=True)

    def bring(self, path: str) -> None:
        """Sees to it that what stands at a path of the site, such as ``training/index.html``, is as it should be."""
        with self._lock:
            if path in self._pages:
                self._bring_page(path)
            elif f"{path}/index.html" in self._pages:
                self._bring_page(f"{path}/index.html")
            elif path.startswith("search/"):
                self._bring_search()
            elif not (self._folder / path).is_file() or path in self._written:
                self._bring_outputs()

    def bring_everything(self) -> None:
        """Every page and file of the site, as a build makes them."""
        with self._lock:
            self._bring_search()
            self._bring_outputs()

    def _bring_page(self, path: str) -> None:
        if self._house is None:
            self._made.pop(path, None)
            self._make(self._pages[path])
            return
        watched: Any = self._house.catalogue
        if path in self._made and still_holds(self._made[path], watched.plain):
            return
        self._found.pop(path, None)
        self._making = path
        with watched.noting() as notes:
            self._make(self._pages[path])
        self._made[path] = notes
        self.made.append(path)

    def _make(self, file: File) -> None:
        # The two steps of the generator's own build, which it keeps to itself: a page takes the same way as when it is published.
        assert file.page is not None
        _populate_page(file.page, self._config, self._files)
        _build_page(file.page, self._config, self._files.documentation_pages(), self._nav, self._env)

    def _take_in(self, page: SearchPage) -> None:
        self._found[self._making] = page

    def _bring_search(self) -> None:
        """The search is made of every page, so it waits until somebody searches."""
        if self._house is None or "search" in self._fresh:
            return
        for path in self._pages:
            self._bring_page(path)
        watched: Any = self._house.catalogue
        pages = [self._found[path] for path in self._pages if path in self._found]
        self._replace("search", search_files(pages, watched.plain.all("glossary-term")))

    def _bring_outputs(self) -> None:
        """Open data, calendars, feeds, old addresses, the map of the site and the page for what is not found."""
        if "outputs" in self._fresh:
            return
        for name in self._config.theme.static_templates:
            _build_theme_template(name, self._env, self._files, self._config, self._nav)
        if self._house:
            watched: Any = self._house.catalogue
            self._replace("outputs", every_output(watched.plain, Site(self._config.site_url, self._config.site_name)))

    def _replace(self, kind: str, files: dict[str, bytes]) -> None:
        """Writes the files of a kind, and takes away those that are no longer among them."""
        mine = {path for path in self._written if path.startswith("search/") == (kind == "search")}
        for path in mine - files.keys():
            (self._folder / path).unlink(missing_ok=True)
        write(files, self._folder)
        self._written = self._written - mine | files.keys()
        self._fresh.add(kind)


def _state_of(files: Iterable[Path]) -> object:
    """What files are like, by every byte."""
    return tuple((file, file.read_bytes()) for file in files if file.is_file())


class _Server(LiveReloadServer):
    """The generator's own server, which shows a page anew when it is told to; before each answer the page is brought."""

    def __init__(self, preview: Preview, host: str, port: int, folder: Path, mount_path: str) -> None:
        super().__init__(self._look, host, port, str(folder), mount_path, polling_interval=_LOOKS_AGAIN)
        self.build_delay = 0.05
        self._preview = preview

    def _look(self) -> None:
        if self._preview.is_outdated:
            print("The code or mkdocs.yml was edited: beginning again.", flush=True)
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  (the command that this process is)
        self._preview.look()

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """The generator would put its script into the page, where the site's own content policy forbids every script."""
        before, end, after = content.rpartition(b"</body>")
        return b'%b<script src="%b?%d-%d"></script>%b%b' % (before, _SCRIPT.encode(), epoch, _timestamp(), end, after)

    def _serve_request(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path == _SCRIPT:
            start_response("200 OK", [("Content-Type", "text/javascript")])
            epoch, _, request = environ.get("QUERY_STRING", "").partition("-")
            return [_SCRIPT_TEMPLATE.substitute(epoch=int(epoch), request_id=int(request)).encode()] if f"{epoch}{request}".isdigit() else []
        if path.startswith(self.mount_path) and not path.startswith("/livereload/"):
            with self._epoch_cond:
                self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            inside = path[len(self.mount_path) :]
            self._preview.bring(f"{inside}index.html" if not inside or inside.endswith("/") else inside)
        return super()._serve_request(environ, start_response)


def serve(root: Path, host: str, port: int) -> int:
    """Shows the site until it is stopped. Returns the exit status."""
    folder = Path(tempfile.mkdtemp(prefix="preview-"))
    mount_path = urlsplit(load_config(str(root / "mkdocs.yml")).site_url or "/").path
    address = _serve_url(host, port, mount_path)
    preview = Preview(root, folder, address)
    server = _Server(preview, host, port, folder, mount_path)
    server.error_handler = lambda code: (folder / "404.html").read_bytes() if code == 404 and (folder / "404.html").is_file() else None
    for watched in (root / "docs", root / "data", root / "mkdocs.yml", _MACROS, *preview.looks):
        server.watch(str(watched))
    try:
        print(f"The site is shown at {address} until you press Ctrl+C.", flush=True)
        server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]
    except OSError as error:
        print(f"The site cannot be shown at {address}: {error.strerror}. Stop what is shown there, or name another with --address.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        server.shutdown()
        shutil.rmtree(folder, ignore_errors=True)
    return 0
