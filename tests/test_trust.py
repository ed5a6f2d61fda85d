"""What is published can be trusted: the same commit gives the same bytes, nothing of the network is needed, and no page
runs or loads anything that is not the site's own.
"""

from __future__ import annotations

import gzip
import importlib.metadata
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros import building
from macros.bill_of_materials import bill_of_materials, locked
from tests.page_reader import PageReader, read_page
from tests.whole_sites import ROOT, build, build_environment, contents, copy_real_site, copy_small_site


def built(root: Path, **environment: str) -> Path:
    done = build(root, **environment)
    assert done.returncode == 0, (done.stdout + done.stderr)[-1500:]
    return root / "site"


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(copy_real_site(tmp_path_factory.mktemp("real")), TZ="Pacific/Kiritimati", PYTHONHASHSEED="1")


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(copy_small_site(tmp_path_factory.mktemp("small")))


# The same commit, the same bytes ---------------------------------------------------------------------------


def test_two_builds_in_different_folders_time_zones_and_hash_seeds_are_the_same(real_site: Path, tmp_path: Path) -> None:
    elsewhere = copy_real_site(tmp_path / "a folder with blanks" / "and å letters")
    os.utime(elsewhere / "mkdocs.yml", (0, 1))
    again = built(elsewhere, TZ="America/Anchorage", PYTHONHASHSEED="4711", LC_ALL="C", HOME=str(tmp_path))
    first, second = contents(real_site), contents(again)
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
    assert len(first) > 200


def test_files_are_stamped_with_the_time_of_the_commit_and_pages_with_the_day(tmp_path: Path) -> None:
    root = copy_small_site(tmp_path)
    moment = 1_700_000_000  # 14 November 2023
    facts = {"NAME": "Kim", "EMAIL": "k@example.org", "DATE": f"{moment} +0900"}
    author = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in facts.items()}
    for command in (["init", "-q"], ["add", "mkdocs.yml"], ["commit", "-q", "-m", "Fly"]):
        subprocess.run(["git", *command], cwd=root, env=build_environment(author), check=True)
    told = building.moments(root)
    assert told["SOURCE_DATE_EPOCH"] == str(moment)
    assert told["CESCP_TODAY"] != "2023-11-14", "what is overdue goes by the day and not by the last commit"
    site = built(root)
    assert "<lastmod>2023-11-14</lastmod>" in (site / "sitemap.xml").read_text("utf-8")
    packed = (site / "sitemap.xml.gz").read_bytes()
    assert int.from_bytes(packed[4:8], "little") == moment - moment % 86400
    assert gzip.decompress(packed) == (site / "sitemap.xml").read_bytes()


def test_a_given_moment_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert building.moments(tmp_path) == {}
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    told = building.moments(tmp_path)
    assert int(told["SOURCE_DATE_EPOCH"]) % 86400 == 0, "without a repository: the beginning of the day"


# Nothing of the network ------------------------------------------------------------------------------------

NO_NETWORK = """
import os, socket
open(os.environ["BLOCKED"], "a").write("x")
def refuse(*_args, **_named):
    raise SystemExit("the build asked for the network")
for name in ("create_connection", "getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    setattr(socket, name, refuse)
for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse)
"""


def test_nothing_of_the_network_is_needed(tmp_path: Path) -> None:
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked/sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    blocked = {"PYTHONPATH": f"{tmp_path / 'blocked'}{os.pathsep}{ROOT}", "BLOCKED": str(tmp_path / "times")}
    asking = [sys.executable, "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:9')"]
    asks = subprocess.run(asking, env=build_environment(blocked), capture_output=True, check=False)
    assert b"the build asked for the network" in asks.stderr, "the block does not work, so the test below would say nothing"
    done = build(copy_real_site(tmp_path / "real"), **blocked)
    assert done.returncode == 0, (done.stdout + done.stderr)[-1500:]
    assert len((tmp_path / "times").read_text()) >= 2, "the build ran without the block"
    assert len(contents(tmp_path / "real/site")) > 200


# What is published was made with -----------------------------------------------------------------------------


@pytest.mark.parametrize("lock", sorted(p.name for p in (ROOT / "requirements").glob("*.txt")))
def test_every_package_is_locked_by_hash_and_no_lock_names_an_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+==[^\s;]+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+\Z", entry), entry
    assert len(entries) >= 20
    assert not re.search(r"https?:|//|--index|--find|--extra|--trusted|@|\bfile:", text)


@pytest.mark.parametrize("lock", ["package-lock.json", "bench/package-lock.json"])
def test_npm_packages_are_locked_by_hash_and_no_lock_names_an_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    packages = {name: package for name, package in json.loads(text)["packages"].items() if name}
    assert packages and all(package["integrity"].startswith("sha512-") for package in packages.values() if not package.get("link"))
    assert '"resolved"' not in text


def test_the_environment_is_made_from_the_lock_alone() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in recipe.splitlines() if "pip install" in line]
    assert len(installs) >= 3
    for line in installs:
        assert "--require-hashes -r requirements/" in line or "--no-deps --no-build-isolation -e ." in line


def test_the_bill_of_materials_names_everything_a_build_uses() -> None:
    bill = json.loads(bill_of_materials(ROOT))
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    named = {component["name"].lower().replace("_", "-"): component for component in bill["components"]}
    assert [(name, version) for name, version, _ in locked(ROOT)] == [(c["name"], c["version"]) for c in bill["components"]]
    assert all(c["purl"] == c["bom-ref"] == f"pkg:pypi/{name}@{c['version']}" and c["properties"] for name, c in named.items())
    assert len({c["bom-ref"] for c in bill["components"]}) == len(bill["components"])
    code = "import mkdocs.__main__, macros.website.plugin, pandas, sys; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    makers = importlib.metadata.packages_distributions()
    used = {maker.lower().replace("_", "-") for module in told for maker in makers.get(module, ())} - {"cescp-website"}
    assert {"mkdocs", "pandas", "pydantic", "jinja2"} <= used
    assert used <= set(named)
    assert bill_of_materials(ROOT) == bill_of_materials(ROOT)


# What a page may do ------------------------------------------------------------------------------------------

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
}


def pages_of(site: Path) -> Iterator[tuple[str, PageReader]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), read_page(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["real_site", "small_site"])
def site(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def test_every_page_has_the_strict_policy_before_anything_else(site: Path) -> None:
    pages = dict(pages_of(site))
    assert len(pages) > 20
    for name, page in pages.items():
        assert len(page.policies) == 1, name
        policy = {directive.split()[0]: directive.split()[1:] for directive in page.policies[0].split(";") if directive.strip()}
        assert policy == POLICY, name
        assert [tag for tag in page.before_policy if tag not in ("html", "head", "meta")] == [], name
        assert page.referrer == ["no-referrer"], name


def test_no_page_runs_or_loads_what_is_not_the_sites_own(site: Path) -> None:
    assert {name: page.faults for name, page in pages_of(site) if page.faults} == {}


def test_data_blocks_are_data(site: Path) -> None:
    blocks = [block for _, page in pages_of(site) for block in page.data_blocks]
    assert blocks
    for block in blocks:
        assert json.loads(block)["@context"] == "https://schema.org"
        assert "<" not in block


def test_only_pages_that_are_no_destination_ask_not_to_be_listed(site: Path) -> None:
    for name, page in pages_of(site):
        moved = 'http-equiv="refresh"' in (site / name).read_text(encoding="utf-8")
        assert page.robots == (["noindex"] if name == "404.html" or moved else []), name


def test_styles_and_scripts_call_no_other_website(site: Path) -> None:
    styles = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    scripts = [path.read_text(encoding="utf-8") for path in site.rglob("*.js")]
    assert styles and scripts
    for text in styles:
        assert "@import" not in text
        assert not re.search(r"url\(\s*(?![\"']?(?:data:|#|\.\./))", text)
    for text in scripts:
        assert not re.search(r"\beval\s*\(|new\s+Function|document\.write|innerHTML|outerHTML|insertAdjacentHTML|setAttribute\(\s*[\"']on|import\s*\(", text)
        assert not re.search(r"[\"'`](?:https?:)?//(?!www\.bbc\.co\.uk/weather)", text)


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p onclick=x>", "<p onclick>"),
        ("<p style='a:b'>", "<p style>"),
        ("<style>p{}</style>", "<style>"),
        ("<script>alert(1)</script>", "a script within the page"),
        ("<script src='https://example.org/a.js'></script>", "loads https"),
        ("<img src='//example.org/a.png'>", "loads //example.org"),
        ("<img srcset='a.png 1x, http://example.org/b.png 2x'>", "loads http"),
        ("<link rel=stylesheet href=https://example.org/a.css>", "loads https"),
        ("<a href=' JavaScript:alert(1)'>", "<a href="),
        ("<a href='data:text/html,x'>", "<a href="),
        ("<form action='https://example.org/'>", "loads https"),
        ("<svg><use href='https://example.org/a.svg#b'/></svg>", "loads https"),
        ("<iframe></iframe>", "<iframe>"),
        ("<base href='/'>", "<base>"),
        ("<meta http-equiv=refresh content='0; url=https://example.org/'>", "leads on"),
        ("<meta http-equiv=set-cookie content=x>", "set-cookie"),
    ],
)
def test_the_reader_above_sees_each_fault(html: str, fault: str) -> None:
    assert any(fault in found for found in read_page(html).faults), read_page(html).faults
