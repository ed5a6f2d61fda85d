"""What lets others look after the site from outside: security.txt, the hashes of its files, and the nightly comparison with what was built."""

from __future__ import annotations

import hashlib
import http.server
import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from tell import upkeep

from macros.__main__ import main
from macros.editing.live import compare
from macros.outputs.security import DAY, HASHES, SECURITY, files, hashed, read_hashes
from macros.rules import security_contact
from macros.views.freshness import everything_due
from tests.github_at_hand import Repository, gh_at_hand
from tests.outputs_at_hand import ELSEWHERE, SMALL, TODAY, catalogue_at, small, without
from tests.whole_sites import build, copy_small_site

# security.txt ----------------------------------------------------------------------------------------------


def fields(content: bytes) -> dict[str, str]:
    lines = content.decode("ascii").splitlines()
    found = dict(line.split(": ", 1) for line in lines)
    assert len(found) == len(lines), "a field stands twice"
    return found


def test_security_txt_says_whom_to_write_to_and_until_when(built_small: Path) -> None:
    contact = small().get("contact", "partnership")
    found = fields((built_small / SECURITY.lstrip("/")).read_bytes())
    assert found["Contact"] == f"mailto:{contact.value}" and found["Preferred-Languages"] == "en"
    assert datetime.fromisoformat(found["Expires"]) == datetime(contact.review_by.year, contact.review_by.month, contact.review_by.day, tzinfo=UTC)
    assert found["Canonical"] == "https://www.example.org/.well-known/security.txt"


def test_nobody_is_named_where_there_is_no_contact() -> None:
    assert files(without(small(), "contact"), ELSEWHERE) == {}


def test_its_end_is_on_the_list_of_what_is_due_before_it_comes() -> None:
    end = small().get("contact", "partnership").review_by
    states = [
        due.state
        for day in (end - timedelta(days=60), end + timedelta(days=1))
        for due in everything_due(catalogue_at(SMALL, day))
        if (due.kind, due.title) == ("contact", "The partnership")
    ]
    assert states == ["due soon", "overdue"]


def test_more_than_a_year_without_a_look_is_advised_against() -> None:
    end = small().get("contact", "partnership").review_by
    assert list(security_contact.check(catalogue_at(SMALL, end - timedelta(days=366)))) == []
    [problem] = security_contact.check(catalogue_at(SMALL, end - timedelta(days=367)))
    assert (problem.file, problem.severity) == ("data/contacts.yml", "warning") and "security.txt" in problem.says


# The hashes ------------------------------------------------------------------------------------------------


def test_the_list_holds_every_file_but_itself_in_order(built_small: Path) -> None:
    listed = (built_small / HASHES).read_bytes()
    lines = listed.decode().splitlines()
    there = {path.relative_to(built_small).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in built_small.rglob("*") if path.is_file()}
    del there[HASHES]
    assert read_hashes(listed) == there and len(lines) == len(there)
    names = [line.partition("  ")[2] for line in lines]
    assert names == sorted(names) and {".well-known/security.txt", DAY, "index.html"} <= set(names)
    assert (built_small / DAY).read_text() == f"{TODAY}\n"
    assert subprocess.run(["sha256sum", "--check", "--strict", "--quiet", HASHES], cwd=built_small, check=False).returncode == 0


def test_a_second_list_is_as_the_first(built_small: Path) -> None:
    assert hashed(built_small, TODAY) == {name: (built_small / name).read_bytes() for name in (DAY, HASHES)}
    assert hashed(built_small, date(2030, 1, 1)) != hashed(built_small, TODAY)


# The comparison --------------------------------------------------------------------------------------------


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each file waits 40 ms for the acknowledgement of its headers

    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def served(handler: object) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)  # type: ignore[arg-type]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()  # shutting down waits for its next look
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def live(built_small: Path, tmp_path: Path) -> Path:
    """A copy of the small site, as somebody may have changed it where it is published."""
    return Path(shutil.copytree(built_small, tmp_path / "live"))


def asked(folder: Path, address: str, *more: str) -> int:
    return main(["compare-live", str(folder), address, str(SMALL), *more])


def test_the_same_site_is_the_same(built_small: Path, live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(partial(Handler, directory=live)) as address:
        assert asked(built_small, address) == 0
    assert capsys.readouterr().out == "Every file is the one that was built.\n"


def test_each_file_that_differs_is_named(built_small: Path, live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (live / "index.html").open("a") as page:
        page.write("<script src=//evil.example></script>")
    (live / "robots.txt").unlink()
    (live / "added").mkdir()
    (live / "added/page.html").write_text("A page that nobody built.")
    (live / HASHES).write_bytes(hashed(live, TODAY)[HASHES])
    with served(partial(Handler, directory=live)) as address:
        assert asked(built_small, address) == 1
    assert capsys.readouterr().out.splitlines() == [
        "- `files.sha256`, the list of files, is not the one that was built.",
        "- `index.html` is not the file that was built.",
        "- `robots.txt` is missing.",
        "- `added/page.html` is there and should not be.",
    ]


def test_a_change_that_the_live_list_hides_is_found_and_a_name_that_calls_somebody_is_not_repeated(built_small: Path, live: Path) -> None:
    page = live / "index.html"
    page.write_bytes(page.read_bytes()[:-1] + b" ")  # as long as it was
    with (live / HASHES).open("a") as listed:
        listed.write(f"{'0' * 64}  `@everyone`\n{'0' * 64}  not/there.html\n")
    with served(partial(Handler, directory=live)) as address:
        different, unasked = compare(built_small, address)
    assert different == [
        "`files.sha256`, the list of files, is not the one that was built.",
        "`index.html` is not the file that was built.",
        "1 more in the list of files should not be there.",
    ]
    assert unasked == []


def test_a_file_that_leads_to_another_host_is_not_followed(built_small: Path, live: Path) -> None:
    followed = []

    class Elsewhere(Handler):
        def do_GET(self) -> None:
            followed.append(self.path)
            self.send_error(404)

    with served(Elsewhere) as other:

        class Leading(Handler):
            def do_GET(self) -> None:
                if self.path == "/robots.txt":
                    self.send_response(302)
                    self.send_header("Location", other)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                else:
                    super().do_GET()

        with served(partial(Leading, directory=live)) as address:
            assert compare(built_small, address) == (["`robots.txt` is not given: the site answers 302."], [])
    assert followed == []


def test_a_site_that_is_gone_is_said(built_small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(Handler) as address:
        pass
    assert asked(built_small, address) == 2
    assert capsys.readouterr().out == "- The site at 127.0.0.1 does not answer.\n"


def test_an_answer_that_says_nothing_of_a_file_is_no_difference(built_small: Path, live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Busy(Handler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.send_error(503)
            else:
                super().do_GET()

    with served(partial(Busy, directory=live)) as address:
        assert asked(built_small, address) == 2
    assert capsys.readouterr().out == "- `robots.txt` could not be asked for.\n"


def test_a_line_that_breaks_once_is_asked_again(built_small: Path, live: Path) -> None:
    broken = []

    class Breaking(Handler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt" and not broken:
                broken.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", "60")
                self.end_headers()
                self.wfile.write(b"User")
                self.close_connection = True
            else:
                super().do_GET()

    with served(partial(Breaking, directory=live)) as address:
        assert compare(built_small, address) == ([], [])
    assert broken


@pytest.mark.parametrize("at", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n"], ids=["in its first line", "in a file"])
def test_a_server_that_drips_holds_nobody_up(built_small: Path, at: bytes) -> None:
    listening, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip() -> None:
        line, _ = listening.accept()
        with line:
            line.sendall(at)
            while not over.wait(0.05):
                line.sendall(b"H")

    dripping = threading.Thread(target=drip, daemon=True)
    dripping.start()
    begun = time.monotonic()
    different, unasked = compare(built_small, f"http://127.0.0.1:{listening.getsockname()[1]}/", deadline=1.0)
    assert time.monotonic() - begun < 60
    assert (different, unasked) == ([], ["The site at 127.0.0.1 does not answer."])
    over.set()
    listening.close()


@pytest.mark.parametrize("address", ["www.example.org", "ftp://www.example.org/", "https://", "https://www.example.org:port/"])
def test_what_is_no_address_is_said(built_small: Path, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(built_small, address) == 2
    assert capsys.readouterr().err == f'"{address}" is not an address such as https://www.example.org/.\n'


def test_a_folder_that_holds_no_site_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(tmp_path, "http://127.0.0.1:9/") == 1
    assert str(tmp_path / HASHES) in capsys.readouterr().err


# The issue -------------------------------------------------------------------------------------------------


def test_one_issue_is_opened_written_again_and_closed(
    built_small: Path, live: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository()
    with gh_at_hand(repository, tmp_path / "bin") as gh, served(partial(Handler, directory=live)) as address:
        for name, value in gh.items():
            monkeypatch.setenv(name, value)
        seen = []
        for change in (lambda: None, (live / "robots.txt").unlink, (live / "404.html").unlink, partial(shutil.copytree, built_small, live, dirs_exist_ok=True)):
            change()
            asked(built_small, address, "--format=json")
            upkeep(json.loads(capsys.readouterr().out))
            seen.append([(issue["state"], "robots.txt" in issue["body"], "404.html" in issue["body"]) for issue in repository.issues.values()])
    assert seen == [[], [("open", True, False)], [("open", True, True)], [("closed", False, False)]]
    assert repository.issues[1]["labels"] == ["upkeep"]


def test_another_build_of_the_day_that_the_site_names_is_the_same(built_small: Path, tmp_path: Path) -> None:
    """As the nightly comparison builds it, on any later day."""
    site = copy_small_site(tmp_path / "again")
    done = build(site, SITE_TODAY=(built_small / DAY).read_text().strip())
    assert done.returncode == 0, done.stderr
    assert (site / "site" / HASHES).read_bytes() == (built_small / HASHES).read_bytes()
