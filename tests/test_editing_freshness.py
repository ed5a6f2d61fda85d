"""Freshness: everything has an owner and a day, each list says what is due, and dead links are told from shy ones."""

from __future__ import annotations

import contextlib
import http.server
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from macros import __main__ as door
from macros.components import Components
from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.editing import outside_links as module
from macros.editing.outside_links import DeadLink, OutsideLink, dead_links, outside_links, why_dead
from macros.editing.owners import owners_lists
from macros.problems import errors
from macros.rules import check_all
from macros.views.freshness import SOON, everything_due, state_on
from macros.views.tables import pages_by_table
from tests.mistakes_corpus import TODAY
from tests.whole_sites import SMALL


def test_everything_has_an_owner_and_a_day(small_catalogue: Catalogue) -> None:
    due = everything_due(small_catalogue)
    counted = {kind: sum(1 for d in due if d.kind == kind) for kind in ("page", "contact", "table")}
    assert counted == {"page": len(small_catalogue.pages), "contact": len(small_catalogue.all("contact")), "table": len(small_catalogue.tables)}
    assert all(d.owner and d.title and d.address.startswith("/") and (SMALL / d.file).is_file() for d in due)
    assert [d.review_by for d in due] == sorted(d.review_by for d in due)


@pytest.mark.parametrize(("days", "state"), [(-1, "overdue"), (0, "due soon"), (SOON.days, "due soon"), (SOON.days + 1, "fresh")])
def test_the_days_between_fresh_and_overdue(days: int, state: str) -> None:
    assert state_on(TODAY + timedelta(days=days), TODAY) == state


def test_a_table_is_reviewed_and_due_with_the_pages_that_show_it(small_site: Path) -> None:
    page = small_site / "docs/learning/reviews/child-q.md"
    page.write_text(page.read_text().replace("review_by: 2027-11-20", "review_by: 2027-01-05\nreviewed: 2026-11-20 by the business team"))
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert problems == []
    title = catalogue.tables["puddles-by-year"].about.title
    (shown,) = (due for due in everything_due(catalogue) if due.title == title)
    assert (shown.review_by, shown.reviewed_on, shown.state) == (date(2027, 1, 5), "", "due soon"), "another page that shows it is not reviewed"
    for path in pages_by_table(catalogue)["puddles-by-year"]:
        file = small_site / path.source.file
        if "reviewed:" not in file.read_text():
            file.write_text(file.read_text().replace("sources:", "reviewed: 2026-11-20 by the training manager\nsources:", 1))
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert problems == []
    (shown,) = (due for due in everything_due(catalogue) if due.title == title)
    assert shown.reviewed_on == "2026-11-20"


def test_nothing_about_time_ever_stops_a_change(small_site: Path) -> None:
    catalogue, problems = load_catalogue(small_site, date(2099, 1, 1))
    assert errors([*problems, *check_all(catalogue)]) == []
    assert {d.state for d in everything_due(catalogue)} == {"overdue"}


def test_each_owner_has_one_list_and_the_owners_of_nothing_due_an_empty_one(small_site: Path) -> None:
    page = small_site / "docs/topics/kites.md"
    page.write_text(
        page.read_text()
        .replace("owner: business-team", "owner: kite-office")
        .replace("written_on: 2026-11-20", "written_on: 2026-01-01\nreviewed: 2026-01-01 by the business team")
        .replace("review_by: 2027-11-20", "review_by: 2026-11-01")
    )
    catalogue, _ = load_catalogue(small_site, TODAY)
    dead = [DeadLink("https://www.example.org/`gone`", "docs/index.md", 3, "kite-office", "it answers 404, not found")]
    lists = {found.owner: found for found in owners_lists(catalogue, dead)}
    assert lists["business-team"].text == ""
    text = lists["kite-office"].text
    assert "## Past its date\n\n- [ ] Page `Kites`, due 1 November 2026: `docs/topics/kites.md`" in text
    assert "- [ ] `` https://www.example.org/`gone` `` (it answers 404, not found), in `docs/index.md`, line 3" in text
    assert "Due within" not in text


def test_a_very_long_list_is_cut_and_says_so(small_site: Path) -> None:
    text = (small_site / "docs/topics/kites.md").read_text().replace("review_by: 2027-11-20", "review_by: 2026-11-21")
    for number in range(200):
        (small_site / f"docs/news/2023-01-{number}.md").write_text(text.replace("themes: []", "published: 2023-01\nthemes: []"))
    catalogue, _ = load_catalogue(small_site, date(2026, 12, 1))
    found = next(found for found in owners_lists(catalogue) if found.owner == "business-team")
    assert "and 50 more" in found.text and len(found.text) < 60_000


def test_the_public_page_lists_everything_with_its_owner_and_days(small_site: Path) -> None:
    page = small_site / "docs/topics/kites.md"
    reviewed = "written_on: 2026-01-01\nreviewed: 2026-01-01 by the business team"
    contacts = small_site / "data/contacts.yml"
    contacts.write_text(contacts.read_text().replace("last_seen: 2026-11-20", "last_seen: 2024", 1))
    page.write_text(page.read_text().replace("written_on: 2026-11-20", reviewed).replace("review_by: 2027-11-20", "review_by: 2026-11-01"))
    catalogue, _ = load_catalogue(small_site, TODAY)
    html = re.sub(r' data-label="[^"]*"', "", str(Components(catalogue).freshness()))
    due = everything_due(catalogue)
    assert html.count('<tr><th scope="row">') == len(due)
    pages = len(catalogue.pages)
    assert f"The partnership has reviewed 1 of {pages} pages. Of 4 contacts, 3 were last seen" in html
    assert html.count("<td>Not yet</td>") == pages - 1 + len(catalogue.tables) and html.count("(over a year ago)") == 1
    assert f"{len(due)} things are looked after here. 1 is past its day. None is due in the next 60 days." in html
    row = re.search(r'<a href="/topics/kites/">Kites</a></th> <td>([^<]*)</td> <td>([^<]*)</td> <td>(.*?)</td>', html)
    assert row and row.groups() == ("Business team", "1 January 2026", "1 November 2026 <strong>(past its day)</strong>")


# Links that lead out ---------------------------------------------------------------------------------------


def test_every_outside_address_is_found_where_it_stands(small_catalogue: Catalogue) -> None:
    found = {(link.address, link.file): link for link in outside_links(small_catalogue)}
    assert found[("https://books.example.com/yearbook-2023", "data/sources.yml")].line == 7
    assert ("https://books.example.com/yearbook-2023", "data/publications.yml") in found
    assert all(link.address.startswith(("http://", "https://")) and link.owner for link in found.values())


def test_an_excused_address_is_left_alone_until_its_day(small_site: Path) -> None:
    page = small_site / "docs/topics/kites.md"
    page.write_text(page.read_text() + "\n[Library](https://library.example/closed-to-machines)\n")
    for today, asked in ((date(2027, 11, 20), False), (date(2027, 11, 21), True)):
        catalogue, _ = load_catalogue(small_site, today)
        assert any(link.address.endswith("closed-to-machines") for link in outside_links(catalogue)) == asked


class Answers(http.server.BaseHTTPRequestHandler):
    """A site whose pages answer in every way that links meet."""

    asked: ClassVar[list[str]]
    answers: ClassVar[dict[str, list[int]]] = {
        "/ok": [200],
        "/gone": [404],
        "/never": [410],
        "/shy": [403],
        "/busy": [429],
        "/broken": [500],
        "/moved": [301],
        "/moved-to-gone": [302],
        "/flaky": [404, 503, 200],
    }

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        codes = self.answers.get(self.path, [302] if self.path.startswith("/to?") else [404])
        if self.path.startswith("/drip"):
            self.drip()
            return
        code = codes[min(type(self).asked.count(self.path), len(codes)) - 1]
        self.send_response(code)
        if code in (301, 302):
            self.send_header("Location", {"/moved": "/ok", "/moved-to-gone": "/gone"}.get(self.path) or self.path.partition("?")[2])
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def drip(self) -> None:
        """One byte at a time, each well within any limit on silence: of the headers, or of a redirect's."""
        with contextlib.suppress(OSError):
            for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 10_000:
                self.wfile.write(bytes([byte]))
                time.sleep(0.05)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of that site, which listens on this computer, taken for a public one."""
    monkeypatch.setattr(module, "is_public", lambda ip: ip == "127.0.0.1")
    Answers.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def link(address: str, file: str = "docs/a.md") -> OutsideLink:
    return OutsideLink(address, file, 1, "business-team")


def test_only_what_is_gone_is_called_dead(there: str) -> None:
    links = [link(f"{there}/{name}") for name in ("ok", "gone", "never", "shy", "busy", "broken", "moved", "moved-to-gone", "flaky", "ok#part")]
    dead = {d.address.rpartition("/")[2]: d.says for d in dead_links(links, wait=0)}
    assert dead == {"gone": "it answers 404, not found", "never": "it answers 410, not found", "moved-to-gone": "it answers 404, not found"}


def test_an_address_is_asked_again_before_it_is_called_dead_and_once_however_often_it_stands(there: str) -> None:
    dead = dead_links([link(f"{there}/gone", "docs/a.md"), link(f"{there}/gone#x", "docs/b.md"), link(f"{there}/ok")], wait=0)
    assert [d.file for d in dead] == ["docs/a.md", "docs/b.md"]
    assert Answers.asked.count("/gone") == module.TRIES and Answers.asked.count("/ok") == 1


def test_a_site_that_is_not_there_is_said_in_plain_words(there: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 2.0)
    assert why_dead("http://127.0.0.1:9/", wait=0) == "it does not answer (refused)"
    assert why_dead("http://no-such-site.invalid/", wait=0) in ("it does not answer (no such site)", "it does not answer (no connection)")
    assert why_dead("http://[broken/", wait=0) is not None


@pytest.mark.parametrize("path", ["/drip", "/to?/drip", "/to?/to?/drip"])
def test_an_answer_that_comes_a_byte_at_a_time_has_an_end(there: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.4)
    begun = time.monotonic()
    assert module._ask(there + path) == "it does not answer (too slow)"
    assert time.monotonic() - begun < 60, "dripping goes on for eight minutes"


NOT_PUBLIC = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "192.0.2.1", "224.0.0.1", "255.255.255.255", "198.18.0.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "2001:db8::1"),
]  # fmt: skip


def test_which_machines_are_public() -> None:
    assert [ip for ip in NOT_PUBLIC if module.is_public(ip)] == []
    assert all(map(module.is_public, ("1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1")))


@pytest.mark.parametrize("ip", [ip for ip in NOT_PUBLIC if "%" not in ip])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_that_leads_to_a_private_machine_is_never_followed(ip: str, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither alone nor behind a public one, so that what was looked at is what is reached."""
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it was asked"))
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", 80)), (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80))]
    for found in (answers[1:], answers, answers[::-1]):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, found=found, **__: found)
        assert why_dead(f"{scheme}://rain.example/", wait=0) == "it does not answer (not on the public internet)"


@pytest.mark.parametrize("host", ["127.0.0.2", "[::1]", "2130706434", "0x7f.0.0.2", "127.2", "0.0.0.0"])
def test_no_redirect_leads_to_a_private_machine(there: str, host: str) -> None:
    """The first site is taken for public; this computer's other names are not, though the same server would answer there."""
    port = there.rpartition(":")[2]
    assert module._ask(f"{there}/to?http://{host}:{port}/ok") == "it does not answer (not on the public internet)"
    assert "/ok" not in Answers.asked


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "data:text/plain,x"])
def test_a_redirect_leads_to_the_web_or_nowhere(there: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[object] = []
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda *about: connected.append(about) or real(*about))
    module._ask(f"{there}/to?{target}")
    assert len(connected) == 1 and why_dead(target, wait=0) == "it does not answer (no connection)"


def test_the_command_tells_each_owner(small_site: Path, there: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT", 0.0)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    for file in [*(small_site / "data").glob("*.yml"), *(small_site / "docs").rglob("*.md")]:
        file.write_text(re.sub(r"https?://(?!library)[a-z.]*example\.(?:org|com|net)[^\s)>]*", f"{there}/ok", file.read_text()))
    page = small_site / "docs/topics/kites.md"
    page.write_text(page.read_text() + f"\n[Gone]({there}/gone)\n")
    catalogue, _ = load_catalogue(small_site, TODAY)
    dead = dead_links(outside_links(catalogue), wait=0)
    assert [(d.address, d.file, d.line) for d in dead] == [(f"{there}/gone", "docs/topics/kites.md", 13)]
    assert door.main(["freshness", "--format", "json", str(small_site)]) == 0
    assert json.loads(capsys.readouterr().out)[0] == {"owner": "business-team", "title": "To look at again: business team", "text": ""}
    assert door.main(["freshness", str(small_site)]) == 0
    assert "Nothing is due." in capsys.readouterr().out
