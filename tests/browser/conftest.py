"""The real site, built strictly and served on this computer, and a browser to look at it."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.browser_setup import FLAGS, find_browser

ROOT = Path(__file__).parents[2]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as GitHub Pages does: the not-found page for what is not there, and no log."""

    def log_message(self, format: str, *args: object) -> None:
        return

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built strictly from this checkout."""
    folder = tmp_path_factory.mktemp("real") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def served(built_site: Path) -> Iterator[str]:
    """The address of the built site."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(built_site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium browser without a window."""
    path = find_browser()
    assert path, "no Chromium browser: run `make test`, which installs it or says what to install"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


class Watched:
    """A page whose requests and complaints are written down."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("request", self._request)
        page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        if urlsplit(request.url).scheme != "data" and not request.url.startswith(self.home):
            self.elsewhere.append(request.url)

    def open(self, address: str) -> None:
        """Goes to an address of the site with a clean record."""
        self.elsewhere.clear()
        self.complaints.clear()
        self.requests.clear()
        self.page.goto(self.home + address, wait_until="load")


@pytest.fixture(scope="session")
def watched(browser: Browser, served: str) -> Iterator[Watched]:
    """One page of the browser, used again and again: opening one for each test would take minutes."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield Watched(context.new_page(), served)
    context.close()


@pytest.fixture
def fresh(browser: Browser, served: str) -> Iterator[Watched]:
    """A page of its own for a test that changes things."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield Watched(context.new_page(), served)
    context.close()


@pytest.fixture
def without_scripts(browser: Browser, served: str) -> Iterator[Watched]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield Watched(context.new_page(), served)
    context.close()
