"""Old addresses lead on without a script, no published address dies, and a build writes all that leaves the site."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin

import pytest

from macros import __main__ as door
from macros.editing import published_addresses
from macros.models.open_data import FEEDS
from macros.outputs import OUTPUTS, Files, every_output
from macros.problems import errors
from macros.rules.redirects import page_addresses
from tests.outputs_at_hand import ROOT, SMALL, catalogue_at, copy_of_small, files_of, problems_at, site_of, small

OLD, NEW = "/kites/all-about-kites.aspx", "/topics/kites/"  # the redirect of the small site


# A built site, behind a web server that knows nothing but files ---------------------------------------------


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def served(built_small: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(built_small)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def fetch(address: str) -> tuple[str, str]:
    """The page at an address and the address at which it was found in the end."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode("utf-8"), answer.url


def test_an_address_of_an_earlier_website_leads_to_its_new_page(served: str) -> None:
    page, found_at = fetch(served + OLD)
    refresh = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', page)
    assert refresh
    assert urljoin(found_at, refresh.group(1)) == served + NEW
    new, _ = fetch(urljoin(found_at, refresh.group(1)))
    heading = re.search(r"<h1>(.*?)</h1>", new)
    assert heading
    link = re.search(r'You will find it here: <a href="([^"]+)">([^<]+)</a>', page)
    assert link
    assert urljoin(found_at, link.group(1)) == served + NEW
    assert link.group(2) in heading.group(1)
    for target in re.findall(r'<a href="(?!tel:)([^"]+)"', page):
        fetch(urljoin(found_at, target))


def test_an_address_that_never_was_is_not_found(served: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as told:
        fetch(served + "/kites/nothing.aspx")
    told.value.close()
    assert told.value.code == 404


def test_the_page_at_an_old_address_needs_no_script_and_is_as_guarded_as_any_other(built_small: Path) -> None:
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]+">')
    site = policy.search((built_small / "index.html").read_text(encoding="utf-8"))
    assert site
    page = (built_small / OLD.strip("/") / "index.html").read_text(encoding="utf-8")
    assert policy.findall(page) == [site.group()]
    assert "<script" not in page
    assert "<style" not in page
    assert not re.search(r"\s(style|on\w+)=", page)
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="https://www.example.org{NEW}">' in page
    assert 'href="tel:999"' in page


def test_old_addresses_are_not_in_the_site_map(built_small: Path) -> None:
    site_map = (built_small / "sitemap.xml").read_text(encoding="utf-8")
    assert "https://www.example.org/arrangements/" in site_map
    assert ".aspx" not in site_map
    robots = "User-agent: *\nDisallow: /calendars/page-reviews.ics\nSitemap: https://www.example.org/sitemap.xml\n"
    assert (built_small / "robots.txt").read_text() == robots


@pytest.fixture(scope="module")
def leaves() -> Files:
    """Everything that leaves the small site under its own address."""
    return every_output(small(), site_of(SMALL))


def test_a_build_writes_everything_that_leaves_the_site(built_small: Path, leaves: Files) -> None:
    assert len(leaves) > 20
    assert {name: (built_small / name).read_bytes() for name in leaves} == leaves


def test_every_page_points_to_the_feeds_of_its_part(built_small: Path) -> None:
    pages = [page for page in built_small.rglob("index.html") if '<meta name="robots" content="noindex">' not in page.read_text(encoding="utf-8")]
    assert len(pages) == len(page_addresses(small()))
    for page in pages:
        address = "/" + page.parent.relative_to(built_small).as_posix().removeprefix(".") + "/"
        found = re.findall(r'<link rel="alternate" type="application/(?:atom\+xml|feed\+json)" title="[^"]+" href="([^"]+)">', page.read_text(encoding="utf-8"))
        names = [name for feed in FEEDS if address.replace("//", "/").startswith(feed.part) for name in (feed.atom, feed.json)]
        assert [(page.parent / target).resolve() for target in found] == [(built_small / name.lstrip("/")).resolve() for name in names], address
        assert all((page.parent / target).is_file() for target in found)


def test_every_link_of_a_page_of_open_data_leads_to_a_file(built_small: Path, leaves: Files) -> None:
    page = built_small / "every-word/index.html"
    links = re.findall(r'<a href="([^"#:]+\.(?:csv|json|xml|ics))"', page.read_text(encoding="utf-8"))
    assert len(links) > 2 * len(small().tables)
    assert not [link for link in links if not (page.parent / link).is_file()]
    offered = {(page.parent / link).resolve().relative_to(built_small.resolve()).as_posix() for link in links}
    kept_by_other_pages = {"llms.txt", "robots.txt", ".well-known/security.txt"} | {
        # Of a day that has passed nobody is offered an entry for a calendar; its address stays.
        name
        for name in leaves
        if name.endswith(("-metadata.json", "/table.json", "index.html")) or (name.startswith("calendars/") and name.count("/") > 1)
    }
    assert set(leaves) - offered == kept_by_other_pages


# The rule ----------------------------------------------------------------------------------------------------

REDIRECT = "- id: old-kites\n  from: /old/kites.aspx\n  to: {to}\n  why: It moved.\n"


def told(root: Path) -> list[tuple[str, int | None, str]]:
    return [(p.file, p.line, p.says) for p in errors(problems_at(root))]


def with_redirects(root: Path, text: str) -> Path:
    (root / "data/redirects.yml").write_text(text, encoding="utf-8")
    return root


def published(root: Path, *addresses: str) -> Path:
    (root / "data/published_addresses.txt").write_text("# Remarks\n" + "".join(f"{a}\n" for a in addresses), encoding="utf-8")
    return root


def test_a_redirect_to_a_page_a_table_or_a_place_on_a_page_is_right(tmp_path: Path) -> None:
    root = copy_of_small(tmp_path)
    for to in ("/topics/kites/", "/performance/kite-clubs/", "/performance/catalogue/", "/training/#kite-week-2022", "/", "/hill.png"):
        assert told(with_redirects(root, REDIRECT.format(to=to))) == []


@pytest.mark.parametrize(
    ("redirects", "line", "says"),
    [
        (REDIRECT.format(to="/topics/kite/"), 3, 'The redirect leads to /topics/kite/, and no page is there. Did you mean "/topics/kites/"?'),
        (REDIRECT.format(to="/topics/kites"), 3, "The address /topics/kites lacks its last slash."),
        (
            REDIRECT.format(to="/topics/kites/").replace("/old/kites.aspx", "/topics/puddles/"),
            2,
            "A page stands at /topics/puddles/ itself, and the redirect would take its place.",
        ),
        (
            REDIRECT.format(to="/topics/kites/").replace("/old/kites.aspx", "/hill.png"),
            2,
            "A page stands at /hill.png itself, and the redirect would take its place.",
        ),
        (
            REDIRECT.format(to="/topics/kites/").replace("/old/kites.aspx", "/data/tables/kites.csv"),
            2,
            "/data/tables/kites.csv lies where the site keeps files for programs, which cannot be led on.",
        ),
        (
            REDIRECT.format(to="/topics/kites/") + REDIRECT.format(to="/topics/puddles/").replace("old-kites", "again"),
            6,
            'The address /old/kites.aspx is redirected twice; the first is "old-kites".',
        ),
        (
            REDIRECT.format(to="/old/older.aspx")
            + REDIRECT.format(to="/topics/kites/").replace("old-kites", "older").replace("/old/kites.aspx", "/old/older.aspx"),
            3,
            "/old/older.aspx has moved on itself, so people would be sent round twice.",
        ),
    ],
)
def test_a_redirect_that_leads_nowhere_or_takes_a_place_is_told(tmp_path: Path, redirects: str, line: int, says: str) -> None:
    assert told(with_redirects(copy_of_small(tmp_path), redirects)) == [("data/redirects.yml", line, says)]


def test_no_redirect_takes_the_place_of_a_file_or_folder_of_the_site(built_small: Path, tmp_path: Path) -> None:
    """From no file that a build writes, in small letters or capitals or as a folder, and from no page, may a redirect lead on."""
    files = [path.relative_to(built_small).as_posix() for path in built_small.rglob("*") if path.is_file() and OLD not in f"{path}/"]
    files = [file for file in files if file != "topics/lost-kites/index.html"]  # withdrawn, which is told beside its entry
    wanted = [f"/{ways}" for file in files for ways in (file, file.upper(), f"{file}/old/", file.removesuffix("/index.html").title())]
    entries = "".join(f"- id: r-{number}\n  from: {old}\n  to: /contact/\n  why: It moved.\n" for number, old in enumerate(wanted))
    at_fault = {line for file, line, _ in told(with_redirects(copy_of_small(tmp_path), entries)) if file == "data/redirects.yml"}
    assert len(wanted) > 500 and [old for number, old in enumerate(wanted) if 4 * number + 2 not in at_fault] == []


@pytest.mark.parametrize("address", ["about-us.aspx", "https://example.org/", "/a/../b", "//example.org/", "/a b/", "/<b>/", '/"/', "/a?b=1", "/", "/a/#b"])
def test_an_old_address_that_is_none_is_told(tmp_path: Path, address: str) -> None:
    found = told(with_redirects(copy_of_small(tmp_path), REDIRECT.format(to="/topics/kites/").replace("/old/kites.aspx", f"'{address}'")))
    assert [(file, line) for file, line, _ in found] == [("data/redirects.yml", 2)]


def test_a_published_address_with_nothing_left_at_it_is_told(tmp_path: Path) -> None:
    root = published(copy_of_small(tmp_path), "/topics/kites/", "/topics/umbrellas/", "/performance/kite-clubs/")
    (problem,) = errors(problems_at(root))
    assert (problem.file, problem.line) == ("data/published_addresses.txt", 3)
    assert problem.says.startswith("The address /topics/umbrellas/ was published, and now nothing is there.")
    assert "data/redirects.yml" in problem.fix
    with_redirects(root, "- id: umbrellas\n  from: /topics/umbrellas/\n  to: /topics/puddles/\n  why: Umbrellas are about puddles.\n")
    assert told(root) == []


@pytest.mark.parametrize("line", ["topics/kites/", "https://www.example.org/", " /topics/kites/", "/topics/kites/ "])
def test_a_line_that_is_no_address_is_told(tmp_path: Path, line: str) -> None:
    assert told(published(copy_of_small(tmp_path), line)) == [("data/published_addresses.txt", 2, f'"{line}" is not an address of this site.')]


def _spoil_a_page(root: Path) -> None:
    file = root / "docs/topics/kites.md"
    file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: one: two: ", 1), encoding="utf-8")


def _spoil_a_table(root: Path) -> None:
    file = root / "data/tables/kite-clubs.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("640", "6,4,0"), encoding="utf-8")


@pytest.mark.parametrize("spoil", [_spoil_a_page, _spoil_a_table])
def test_a_page_with_a_mistake_in_it_is_not_said_to_be_gone(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    root = with_redirects(copy_of_small(tmp_path), REDIRECT.format(to="/topics/kites/"))
    published(root, "/topics/kites/", "/performance/kite-clubs/", "/old/kites.aspx")
    spoil(root)
    files = {file for file, _, _ in told(root)}
    assert files
    assert not files & {"data/published_addresses.txt", "data/redirects.yml"}


def test_one_command_adds_new_pages_and_takes_none_away(tmp_path: Path) -> None:
    root = with_redirects(copy_of_small(tmp_path), REDIRECT.format(to="/topics/kites/"))
    published(root, "/topics/kites/")
    command = [sys.executable, "-m", "macros", "outputs", "--addresses", "--root", str(root)]
    subprocess.run(command, cwd=ROOT, check=True)
    lines = (root / "data/published_addresses.txt").read_text(encoding="utf-8").splitlines()
    addresses = [line for line in lines if not line.startswith("#")]
    assert addresses == sorted(page_addresses(catalogue_at(root)) | {"/old/kites.aspx"})
    (root / "docs/topics/puddles.md").rename(root / "docs/topics/pools.md")
    assert "/topics/puddles/" in (root / "data/published_addresses.txt").read_text(encoding="utf-8")
    assert any(p.says.startswith("The address /topics/puddles/ was published") for p in errors(problems_at(root)))


def test_what_a_change_listed_and_then_called_otherwise_was_never_published(tmp_path: Path) -> None:
    """A page that is new in a change is listed by `make fix`, renamed, and listed again: main never had the first name."""
    root = published(copy_of_small(tmp_path), "/topics/kites/", "/topics/puddles/")
    git = ["git", "-C", str(root), "-c", "user.name=Kim", "-c", "user.email=kim@kites.example"]
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "The site"]):
        subprocess.run([*git, *command], check=True)
    (root / "docs/topics/pools.md").write_text((root / "docs/topics/puddles.md").read_text(encoding="utf-8"), encoding="utf-8")
    assert door.main(["fix", str(root)]) == 0
    (root / "docs/topics/pools.md").rename(root / "docs/topics/ponds.md")
    assert door.main(["fix", str(root)]) == 0
    listed = (root / "data/published_addresses.txt").read_text(encoding="utf-8").split("\n")
    assert "/topics/ponds/" in listed and "/topics/puddles/" in listed and "/topics/pools/" not in listed


def test_adding_addresses_twice_changes_nothing(tmp_path: Path) -> None:
    root = published(copy_of_small(tmp_path), "/topics/kites/")
    assert published_addresses.add_new(catalogue_at(root))
    once = (root / "data/published_addresses.txt").read_bytes()
    assert published_addresses.add_new(catalogue_at(root)) == []
    assert (root / "data/published_addresses.txt").read_bytes() == once


def test_addresses_are_not_added_while_there_is_something_to_fix(tmp_path: Path) -> None:
    root = published(copy_of_small(tmp_path), "/topics/umbrellas/")
    before = (root / "data/published_addresses.txt").read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "macros", "outputs", "--addresses", "--root", str(root)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "/topics/umbrellas/" in done.stdout
    assert (root / "data/published_addresses.txt").read_bytes() == before


# A change held against the branch main: an address cannot die with its line in the list -------------------------


def without(root: Path, *addresses: str) -> None:
    """Takes lines out of the list of published addresses."""
    file = root / "data/published_addresses.txt"
    file.write_text("".join(line for line in file.read_text("utf-8").splitlines(keepends=True) if line.strip() not in addresses), encoding="utf-8")


def _delete_a_page_with_its_line(root: Path) -> str:
    (root / "docs/training/booking.md").unlink()
    without(root, "/training/booking/")
    return "/training/booking/"


def _delete_a_page_that_was_never_listed(root: Path) -> str:
    (root / "docs/new.md").unlink()
    return "/new/"


def _rename_a_page_and_its_line(root: Path) -> str:
    (root / "docs/training/booking.md").rename(root / "docs/training/places.md")
    (root / "data/published_addresses.txt").write_text("/training/places/\n", encoding="utf-8")
    return "/training/booking/"


def _delete_the_whole_list_with_a_page(root: Path) -> str:
    (root / "docs/training/booking.md").unlink()
    (root / "data/published_addresses.txt").unlink()
    return "/training/booking/"


def _delete_a_redirect_with_its_line(root: Path) -> str:
    with_redirects(root, "[]\n")
    without(root, OLD)
    return OLD


def _empty_the_list_and_delete_a_page(root: Path) -> str:
    (root / "docs/training/booking.md").unlink()
    (root / "data/published_addresses.txt").write_text("# /training/booking/\n", encoding="utf-8")
    return "/training/booking/"


@pytest.fixture
def on_main(tmp_path: Path) -> Path:
    """A copy of the small site on the branch main of a repository, with its list, one page that is not on it, and a branch for a change."""
    root = copy_of_small(tmp_path)
    published_addresses.add_new(catalogue_at(published(root, "/topics/kites/")))
    page = (root / "docs/training/booking.md").read_text("utf-8")
    (root / "docs/new.md").write_text(page, encoding="utf-8")
    for words in (["init", "-q", "-b", "main"], ["add", "--all"], ["commit", "-q", "-m", "Fly"], ["checkout", "-q", "-b", "change"]):
        subprocess.run(["git", "-c", "user.name=K", "-c", "user.email=k@example.org", *words], cwd=root, check=True)
    return root


CHANGES = [
    _delete_a_page_with_its_line,
    _delete_a_page_that_was_never_listed,
    _rename_a_page_and_its_line,
    _delete_the_whole_list_with_a_page,
    _delete_a_redirect_with_its_line,
    _empty_the_list_and_delete_a_page,
]


@pytest.mark.parametrize("change", CHANGES)
def test_an_address_does_not_die_with_its_line(on_main: Path, tmp_path: Path, change: Callable[[Path], str], capsys: pytest.CaptureFixture[str]) -> None:
    base = Path(shutil.copytree(on_main, tmp_path / "base/tests/small_site"))
    lost = change(on_main)
    for options in ([], ["--since", str(base)]):  # Git is asked, or a copy of main is at hand as in the check of a pull request
        door.main(["check", *options, str(on_main)])
        assert f"The address {lost} was published, and now nothing is there." in capsys.readouterr().out
    with_redirects(on_main, REDIRECT.format(to="/contact/").replace("/old/kites.aspx", lost))
    for options in ([], ["--since", str(base)]):
        door.main(["check", *options, str(on_main)])
        assert f"The address {lost} was" not in capsys.readouterr().out, "it says what takes its place"


def test_what_main_has_is_what_counts_and_not_what_was_begun_beside_it(on_main: Path) -> None:
    (on_main / "docs/newer.md").write_text((on_main / "docs/new.md").read_text("utf-8"), encoding="utf-8")
    for words in (["add", "--all"], ["commit", "-q", "-m", "Fly on"]):
        subprocess.run(["git", "-c", "user.name=K", "-c", "user.email=k@example.org", *words], cwd=on_main, check=True)
    found = published_addresses.addresses_of_main(on_main)
    assert found and {"/new/", "/topics/kites/", "/", OLD} <= found and "/newer/" not in found


def test_without_git_or_main_it_is_said(on_main: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    says = "Without Git and its branch main"
    door.main(["check", str(on_main)])
    assert says not in capsys.readouterr().err
    subprocess.run(["git", "branch", "-q", "-D", "main"], cwd=on_main, check=True)
    door.main(["check", str(on_main)])
    assert says in capsys.readouterr().err, "as where only the newest commit was fetched"
    monkeypatch.setenv("PATH", str(tmp_path))
    door.main(["check", str(on_main)])
    assert says in capsys.readouterr().err, "as where Git is not installed"
    door.main(["check", "--format", "json", str(on_main)])
    assert capsys.readouterr().err == ""


def test_the_files_of_a_table_stay_where_they_were_when_its_page_moves(tmp_path: Path) -> None:
    root = copy_of_small(tmp_path)
    before = files_of(catalogue_at(root))
    for ending in (".csv", ".yml"):
        (root / f"data/tables/kite-rules{ending}").rename(root / f"data/tables/rules-of-kites{ending}")
    for page in root.glob("docs/**/*.md"):
        page.write_text(page.read_text(encoding="utf-8").replace("kite-rules", "rules-of-kites"), encoding="utf-8")
    with_redirects(root, REDIRECT.format(to="/performance/rules-of-kites/").replace("/old/kites.aspx", "/performance/kite-rules/"))
    assert told(root) == []
    after = files_of(catalogue_at(root))
    assert after["data/tables/kite-rules.csv"] == before["data/tables/kite-rules.csv"] == after["data/tables/rules-of-kites.csv"]
    urls = [table["url"] for table in json.loads(after["data/tables/csv-metadata.json"])["tables"]]
    assert {"kite-rules.csv", "rules-of-kites.csv"} <= set(urls) and len(urls) == len(set(urls))


def test_no_output_writes_where_another_does_or_where_a_page_stands() -> None:
    pages = {f"{address.strip('/')}/index.html".lstrip("/") for address in page_addresses(small())}
    seen: set[str] = set()
    for output in OUTPUTS:
        files = set(output(small(), site_of(SMALL)))
        assert not files & (seen | pages | small().files)
        seen |= files
    folders = {"/".join(path.split("/")[:n]) for path in seen | pages for n in range(1, path.count("/") + 1)}
    assert not folders & seen, "a file cannot stand where a folder does"
    assert list(every_output(small(), site_of(SMALL))) == sorted(seen)
