"""A built site behind a web server, and a page of a browser that notes what is asked for and complained of.

Owns: serving a folder as GitHub Pages does, and watching a page. Never: asserts.
"""

from __future__ import annotations

import functools
import http.server
import importlib.resources
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Frame, Page, Request

AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# Half of what axe takes for a page, and what each is asked of. The second, which it leaves out by itself, finds what is between 4.5 and 7 to 1.
COLOURS = {"color-contrast": ":is({})", "color-contrast-enhanced": ":is({})", "link-in-text-block": "a[href]:is({})"}
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# A script that follows the size of things, as every-page.js does, has done so once two frames have been drawn.
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
# How the browser works out every element, but for the properties that a pattern leaves out: how many elements there are, and in which of them
# what differs from the time before. All of it stays in the page, because it is megabytes.
WORKED_OUT = """without => {
    const names = [...getComputedStyle(document.body)].filter(name => !new RegExp(without).test(name));
    const all = [...document.querySelectorAll('body, body *')], before = window.before;
    window.before = all.map(e => { const style = getComputedStyle(e); return names.map(name => style.getPropertyValue(name)); });
    const differs = at => names.filter((_, n) => before[at]?.[n] !== window.before[at][n]);
    const faults = before ? all.map((e, at) => [differs(at), e]).filter(([found]) => found.length) : [];
    return [all.length, faults.map(([found, e]) => `${found} of ${e.outerHTML.slice(0, 99)}`)];
}"""
REQUESTS, BYTES = (
    5,
    45_000,
)  # a first view needs no more files beside the sign in the browser's tab and a picture of its own, and no more bytes of them compressed


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


@contextmanager
def serving(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """The address at which a folder is served meanwhile."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


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

    def open(self, address: str, frame: Frame | None = None) -> None:
        """Goes to an address of the site with a clean record, in a frame of the page where one is named."""
        self.elsewhere.clear()
        self.complaints.clear()
        self.requests.clear()
        (frame or self.page).goto(self.home + address, wait_until="load")


@contextmanager
def watching(browser: Browser, home: str, **settings: object) -> Iterator[Watched]:
    """A page of its own, at the home address, closed in the end."""
    context = browser.new_context(**{"viewport": DESKTOP, "locale": "en-GB", **settings})  # type: ignore[arg-type]
    yield Watched(context.new_page(), home)
    context.close()


def faults_found_by_axe(page: Page | Frame, colours: bool = True, of: str = "") -> list[str]:
    """What axe finds in the page as it stands, of any severity, one line a fault. Looking at ``colours`` takes most of its time.

    ``of`` is what has an attribute of this name, where the colours of nothing else are looked at.
    """
    # Its rules on stylesheets and films are off or have nothing to read here, and fetching both beforehand takes a quarter of its time.
    violations = page.evaluate(
        f"async ([options, rules]) => {{ await ({TWO_FRAMES})(); axe.configure({{ rules }}); return (await axe.run(document, options)).violations }}",
        [
            {"resultTypes": ["violations"], "preload": False, "rules": {rule: {"enabled": colours} for rule in COLOURS}},
            [{"id": rule, "selector": selector.format(f"[{of}], [{of}] *" if of else "*")} for rule, selector in COLOURS.items()],
        ],
    )
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in violations
        for node in violation["nodes"]
    ]
