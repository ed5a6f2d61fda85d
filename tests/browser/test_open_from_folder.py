"""The site to look at, as the check of a change offers it: opened from a folder, without a server."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros import __main__ as door
from tests.whole_sites import build, copy_small_site


def test_the_site_opens_from_a_folder_without_a_server(tmp_path: Path, capsys: pytest.CaptureFixture[str], browser: Browser) -> None:
    site = copy_small_site(tmp_path / "copy")
    built = build(site, SOURCE_DATE_EPOCH="1795132800")
    assert built.returncode == 0, built.stdout
    folder = tmp_path / "to look at"
    assert door.main(["folder", str(folder), str(site)]) == 0
    pages = len(list(folder.rglob("*.html")))
    assert f"{pages} pages in" in capsys.readouterr().out and pages > 20
    shutil.rmtree(site / "site")  # nothing of it is needed any more
    page = browser.new_page()
    failed: list[str] = []
    # What is still on its way when the next page is opened ends as aborted; a file that is not there does not.
    page.on("requestfailed", lambda request: failed.append(request.url) if request.failure != "net::ERR_ABORTED" else None)
    seen = walk_through(page, folder)
    page.close()
    assert failed == []
    assert len(seen) > 15, seen


def walk_through(page: Page, folder: Path) -> set[str]:
    """Follows every link from the first page; each must open a page that has its styles."""
    start = (folder / "index.html").as_uri()
    waiting, seen = [start], set()
    while waiting and len(seen) < 25:
        address = waiting.pop()
        if address in seen:
            continue
        page.goto(address)
        assert page.locator("main h1, main .help-now").count() >= 1, address
        assert page.evaluate("getComputedStyle(document.querySelector('.site-header')).display") and page.evaluate("document.styleSheets.length") >= 2
        seen.add(address)
        links = page.evaluate("[...document.querySelectorAll('main a, .menu-wide a, .foot-menu a')].map(a => a.href.split('#')[0])")
        waiting += [link for link in links if link.startswith("file:") and link.endswith(".html")]
        assert not [link for link in links if link.startswith("file:") and link.endswith("/")], "a link that shows a list of files"
    return seen
