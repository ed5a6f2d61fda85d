"""The five things that readers most need, done in Firefox: ring, leave, search, find and read a table.

Every other test looks through Chromium. In Firefox other code draws, scrolls, keeps the history and hands out keys.
"""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from tests.browser.watching import Quiet
from tests.browser_setup import find_firefox, needs
from tests.real_site.second_opinions.firefox import Firefox, running
from tests.real_site.second_opinions.page_kinds import page_with
from tests.whole_sites import ROOT

pytestmark = needs("Firefox")
PHONE = (390, 844)
OPEN = "document.querySelectorAll('details').forEach(box => { box.open = true })"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    path = find_firefox()
    assert path, "Firefox is not installed (Debian: firefox-esr, elsewhere: firefox)"
    with running(path, tmp_path_factory.mktemp("firefox") / "profile") as started:
        started.size(*PHONE)
        yield started


class WithoutScripts(Quiet):
    """The same site for a reader whose browser runs no scripts: none ever comes."""

    def do_GET(self) -> None:
        if self.path.endswith(".js"):
            self.send_error(404)
        else:
            super().do_GET()


@pytest.fixture(scope="module")
def served_without_scripts(built_real: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(WithoutScripts, directory=str(built_real)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def place(firefox: Firefox, element: str) -> tuple[float, float]:
    """The middle of an element, brought into view."""
    x, y = firefox.read(f"(e => (e.scrollIntoView({{block: 'center'}}), (b => [b.x + b.width / 2, b.y + b.height / 2])(e.getBoundingClientRect())))({element})")
    return x, y


def tap(firefox: Firefox, element: str) -> None:
    firefox.tap(*place(firefox, element))


def tab_to(firefox: Firefox, element: str, most: int = 80) -> None:
    """Presses Tab until an element has the focus."""
    for _ in range(most):
        firefox.press("Tab")
        if firefox.read(f"document.activeElement === {element}"):
            return
    raise AssertionError(f"{most} times Tab did not lead to {element}")


@pytest.mark.parametrize("scripts", ["with scripts", "without scripts"])
def test_ring(firefox: Firefox, served_real: str, served_without_scripts: str, scripts: str) -> None:
    """On the home page one tap rings the number that is shown, 999 on the first screen; each is one of the partnership's list."""
    contacts, _ = load_catalogue(ROOT, date(2026, 11, 20))
    known = {contact.address for contact in contacts.all("contact")}
    firefox.open(f"{served_real if scripts == 'with scripts' else served_without_scripts}/")
    assert firefox.read("!document.querySelector('body > [role=status]')") == (scripts == "without scripts"), "every-page.js puts this in"
    links = firefox.read(
        "[...document.querySelectorAll('a[href^=\"tel:\"]')].map(a => [a.getAttribute('href'), a.textContent, a.getBoundingClientRect().bottom])"
    )
    assert {address for address, _, _ in links} <= known
    assert all(address.removeprefix("tel:") == re.sub(r"\D", "", text) for address, text, _ in links)
    in_sight = [address for address, _, bottom in links if bottom <= PHONE[1]]
    assert "tel:999" in in_sight
    firefox.read("addEventListener('click', event => (event.preventDefault(), window.rung = event.target.closest('a')?.getAttribute('href')), true)")
    for number, (address, _, _) in enumerate(links):
        tap(firefox, f"document.querySelectorAll('a[href^=\"tel:\"]')[{number}]")
        assert firefox.read("window.rung") == address


@pytest.mark.parametrize("way", ["tap", "Shift three times"])
def test_leave(firefox: Firefox, served_real: str, way: str) -> None:
    """The page is gone, and Back does not lead to it but to the one before."""
    firefox.open(f"{served_real}/")
    firefox.open(f"{served_real}/worried-about-a-child/")
    away = firefox.read("document.querySelector('[data-leave]').href")
    if way == "tap":
        tap(firefox, "document.querySelector('[data-leave]')")
    else:
        firefox.press("Shift", "Shift")
        firefox.until("document.querySelector('body > [role=status]').textContent.includes('1 more time')")
        firefox.press("Shift")
    firefox.until_at(away)
    firefox.back()
    firefox.until_at(served_real)
    assert urlsplit(firefox.address).path == "/"


def test_search(firefox: Firefox, served_real: str, built_real: Path, content: Catalogue) -> None:
    """The title of a page, typed into the box of another, leads to that page by keyboard alone."""
    wanted = page_with(built_real, "md-grid kind-topic") if content.all("topic") else "/worried-about-a-child/"
    title = unescape(re.search(r"<h1[^>]*>(.*?)</h1>", (built_real / f"{wanted[1:]}index.html").read_text(encoding="utf-8"))[1])  # type: ignore[index]
    firefox.open(f"{served_real}/")
    tab_to(firefox, "document.querySelector('.to-search')")  # the header of a phone has a link in the place of the box
    firefox.press("Enter")
    firefox.until("document.querySelector('#search-for')")
    if not firefox.read("document.activeElement === document.querySelector('#search-for')"):
        tab_to(firefox, "document.querySelector('#search-for')")
    firefox.press(*title, "Enter")
    firefox.until("document.querySelector('.results a')")
    assert "result" in firefox.read("document.querySelector('.search-page [role=status]').textContent")
    found = f"[...document.querySelectorAll('.results a')].find(a => new URL(a.href).pathname === '{wanted}')"
    firefox.until(f"!!{found}")
    tab_to(firefox, found)
    firefox.press("Enter")
    firefox.until_at(served_real + wanted)


def test_find(firefox: Firefox, served_real: str, built_real: Path, content: Catalogue) -> None:
    """A choice made by keyboard hides what does not fit, says how much is left, and is kept in the address."""
    if sum(len(content.all(kind)) for kind in ("review", "briefing", "audit")) < 2:
        pytest.skip("this site has no two reviews, briefings or audits yet to choose from")
    firefox.open(served_real + page_with(built_real, "data-finder-form"))
    shown = "[...document.querySelectorAll('[data-finder-list] > li')].filter(entry => entry.checkVisibility()).length"
    everything = firefox.read("document.querySelectorAll('[data-finder-list] > li').length")  # folded by kind on a phone, until a choice is made
    if not firefox.read("document.querySelector('[data-finder] select').checkVisibility()"):  # folded where there is little room
        tab_to(firefox, "document.querySelector('[data-finder] select').closest('details').querySelector('summary')")
        firefox.press("Enter")
    tab_to(firefox, "document.querySelector('[data-finder] select')")
    firefox.press("ArrowDown", "Tab")
    firefox.until("location.search")
    left = firefox.read(shown)
    assert 0 < left < everything
    assert firefox.read("parseInt(document.querySelector('.finder-count').textContent)") == left
    firefox.open(firefox.address)
    assert firefox.read(shown) == left


def test_read_a_table(firefox: Firefox, served_real: str, built_real: Path, content: Catalogue) -> None:
    """A long table is found in, sorted and scrolled by keyboard."""
    if not any(table.about.long for table in content.tables.values()):
        pytest.skip("this site has no long table yet")
    firefox.open(served_real + page_with(built_real, "data-long-table"))
    firefox.read(OPEN)
    rows = "[...document.querySelectorAll('[data-long-table] tbody tr:not(.group)')].filter(row => row.checkVisibility())"
    everything = firefox.read(f"{rows}.length")
    word = firefox.read(f"{rows}.at(-1).cells[0].textContent.trim()")
    tab_to(firefox, "document.querySelector('[data-long-table] input')")
    firefox.press(*word)
    firefox.until(f"{rows}.length < {everything}")
    left = firefox.read(f"{rows}.map(row => row.textContent)")
    assert left and all(word.lower() in text.lower() for text in left)
    button = "document.querySelector('[data-long-table] thead button')"
    tab_to(firefox, button)
    firefox.press("Enter")
    firefox.until(f"{button}.closest('th').getAttribute('aria-sort') === 'ascending'")
    frame = "[...document.querySelectorAll('.table-scroll')].find(frame => frame.checkVisibility() && frame.scrollWidth > frame.clientWidth)"
    firefox.size(600, 844)  # wider than where its rows are stacked
    firefox.open(served_real + widest_table(built_real))
    firefox.read(OPEN)
    tab_to(firefox, frame, most=200)
    firefox.press("ArrowRight", "ArrowRight")
    firefox.until(f"{frame}.scrollLeft > 0")
    firefox.size(*PHONE)


def widest_table(site: Path) -> str:
    """The address of the page whose table has the most columns."""
    columns = {
        file: max(table.count('<th scope="col"') for table in file.read_text(encoding="utf-8").split("<table"))
        for file in sorted((site / "performance").glob("*/index.html"))
    }
    return f"/performance/{max(columns, key=lambda file: columns[file]).parent.name}/"
