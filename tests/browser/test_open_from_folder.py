"""The site to look at, as the check of a change offers it: opened from a folder, without a server, and with nothing in it that runs or calls out."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros import __main__ as door
from tests.browser.watching import Watched

PAGE = "topics/kites/index.html"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, built_small: Path) -> Path:
    """A project with a built site in which a test may plant something."""
    root = tmp_path_factory.mktemp("project")
    (root / "mkdocs.yml").write_text("site_name: Kites\n", encoding="utf-8")
    shutil.copytree(built_small, root / "site")
    return root


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server elsewhere, and what was asked of it."""
    requests: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()
    server.server_close()


def test_the_site_opens_from_a_folder_without_a_server(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], browser: Browser) -> None:
    folder = tmp_path / "to look at"
    assert door.main(["folder", str(folder), str(project)]) == 0
    pages = len(list(folder.rglob("*.html")))
    assert f"{pages} pages in" in capsys.readouterr().out and pages > 20
    page = browser.new_page()
    failed: list[str] = []
    # What is still on its way when the next page is opened ends as aborted; a file that is not there does not.
    page.on("requestfailed", lambda request: failed.append(request.url) if request.failure != "net::ERR_ABORTED" else None)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    seen = walk_through(page, folder)
    page.close()
    assert failed == [] and complaints == []
    assert len(seen) > 15, seen


def walk_through(page: Page, folder: Path) -> set[str]:
    """Follows every link from the first page; each must open a page that has its styles, scripts and pictures."""
    start = (folder / "index.html").as_uri()
    waiting, seen = [start], set()
    while waiting and len(seen) < 25:
        address = waiting.pop()
        if address in seen:
            continue
        page.goto(address)
        assert page.locator("main h1, main .help-now").count() >= 1, address
        assert page.locator(".site-menu ul").first.evaluate("list => getComputedStyle(list).listStyleType") == "none", "the styles have not come"
        assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)"), address
        assert page.locator("body > p[role=status]").count() == 1, "the script that makes leaving work did not run"
        seen.add(address)
        links = page.evaluate("[...document.querySelectorAll('main a, .menu-wide a, .foot-menu a')].map(a => a.href.split('#')[0])")
        waiting += [link for link in links if link.startswith("file:") and link.endswith(".html")]
        assert not [link for link in links if link.startswith("file:") and link.endswith("/")], "a link that shows a list of files"
    return seen


RAN = "document.documentElement.dataset.ran = 'yes'"
PLANTED = {
    "an inline script": ("</main>", f"<script>{RAN}; fetch('HOST/inline')</script></main>"),
    "a script before the head": ("<html", f"<script>{RAN}; new Image().src = 'HOST/first'</script><html"),
    "a handler": ("</main>", f'<img src="gone.png" onerror="{RAN}; fetch(`HOST/handler`)"></main>'),
    "a script from elsewhere": ("</head>", '<script src="HOST/script.js"></script></head>'),
    "a script that lies beside the page": ("</head>", '<script src="planted.js"></script></head>'),
    "a style from elsewhere": ("</head>", '<link rel="stylesheet" href="HOST/style.css"></head>'),
    "a style that loads": ("</main>", '<p style="background: url(HOST/attribute)">x</p><style>main { background: url(HOST/sheet) }</style></main>'),
    "pictures and frames": ("</main>", '<img src="HOST/picture.png"><iframe src="HOST/frame"></iframe><object data="HOST/object"></object></main>'),
    "a base elsewhere": ("<head>", '<head><base href="HOST/">'),
    "a policy of its own": ("<head>", f"<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src *; script-src 'unsafe-inline'\"><script>{RAN}</script>"),
}  # fmt: skip


def test_what_is_planted_in_a_page_neither_runs_nor_calls_out(project: Path, tmp_path: Path, fresh: Watched, asked: tuple[str, list[str]]) -> None:
    host, requests = asked
    page_file = project / "site" / PAGE
    plain = page_file.read_text(encoding="utf-8")
    script = page_file.with_name("planted.js")
    script.write_text(f"{RAN}; fetch('{host}/beside')")
    pages = {}
    for number, (planted, (before, after)) in enumerate(PLANTED.items()):
        assert plain.count(before) == 1, f"{planted}: nothing was planted"
        pages[planted] = page_file.with_name(f"planted-{number}.html")
        pages[planted].write_text(plain.replace(before, after.replace("HOST", host)), encoding="utf-8")
    try:
        assert door.main(["folder", str(tmp_path / "look"), str(project)]) == 0
    finally:
        for file in (script, *pages.values()):
            file.unlink()
    for planted, file in pages.items():
        fresh.page.goto((tmp_path / "look" / file.relative_to(project / "site")).as_uri())
        fresh.page.wait_for_timeout(300)
        ran = fresh.page.evaluate("document.documentElement.dataset.ran")
        assert (ran, requests) == (None, []), planted


def test_the_attacks_work_where_nothing_forbids_them(project: Path, browser: Browser, asked: tuple[str, list[str]]) -> None:
    """What this file would not notice if the attacks were not attacks: without a policy each of them runs or calls out."""
    host, requests = asked
    file = project / "site/without-policy.html"
    page = browser.new_page()
    (file.parent / "planted.js").write_text(RAN)
    for planted, (before, after) in PLANTED.items():
        requests.clear()
        inside = after.replace("HOST", host)
        opening = "<!doctype html><html><head>" if before != "<html" else "<!doctype html>"
        file.write_text(f"{opening}{inside}<main><img src=x.png>")
        page.goto(file.as_uri())
        page.wait_for_timeout(300)
        assert requests or page.evaluate("document.documentElement.dataset.ran") == "yes", planted
    page.close()
    file.unlink()
    (file.parent / "planted.js").unlink()
