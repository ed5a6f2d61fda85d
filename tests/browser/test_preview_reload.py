"""What an editor sees: the page in the browser changes by itself after an edit, under the site's own content policy."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.whole_sites import build_environment, copy_small_site


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the small site and the address at which it is shown."""
    site = copy_small_site(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "macros", "serve", str(site), "--address", f"127.0.0.1:{port}"]
    preview = subprocess.Popen(command, cwd=tmp_path, env=build_environment({}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    address = f"http://127.0.0.1:{port}/"
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            break
        except urllib.error.URLError:
            assert preview.poll() is None, "the preview ended by itself"
            time.sleep(0.1)
    yield site, address
    os.killpg(preview.pid, 15)
    preview.wait(20)


def wait_for(page: Page, words: str) -> None:
    for _ in range(200):
        if words in page.inner_text("main"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{words!r} was never shown; there is: {page.inner_text('main')[:400]}")


def test_an_edit_is_shown_without_pressing_a_key(shown: tuple[Path, str], browser: Browser) -> None:
    site, address = shown
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}topics/puddles/")
    page.wait_for_load_state("load")
    file = site / "docs/topics/puddles.md"
    good = file.read_text(encoding="utf-8")
    file.write_text(good + "\nA zeppelin was seen.\n", encoding="utf-8")
    wait_for(page, "A zeppelin was seen.")
    file.write_text(good + "\n<b>A zeppelin</b>\n", encoding="utf-8")
    wait_for(page, "Something needs fixing")
    file.write_text(good + "\nThe zeppelin has gone.\n", encoding="utf-8")
    wait_for(page, "The zeppelin has gone.")
    assert told == []
    page.close()
