"""What is published can be trusted: the same commit gives the same bytes, nothing of the network is needed, and no page
runs or loads anything that is not the site's own.
"""

from __future__ import annotations

import gzip
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from macros.website import building
from tests.page_reader import read_page
from tests.site_checks import CHECKS, Check
from tests.whole_sites import EPOCH, ROOT, build, build_environment, contents, copy_small_site

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]


def built(root: Path, **environment: str) -> Path:
    done = build(root, **environment)
    assert done.returncode == 0, (done.stdout + done.stderr)[-1500:]
    return root / "site"


# The same commit, the same bytes ---------------------------------------------------------------------------


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


def test_a_build_in_another_folder_time_zone_and_hash_seed_without_a_network_is_the_same(built_small: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked/sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    blocked = {"PYTHONPATH": f"{tmp_path / 'blocked'}{os.pathsep}{ROOT}", "BLOCKED": str(tmp_path / "times")}
    asking = [sys.executable, "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:9')"]
    asks = subprocess.run(asking, env=build_environment(blocked), capture_output=True, check=False)
    assert b"the build asked for the network" in asks.stderr, "the block does not work, so the test below would say nothing"
    elsewhere = copy_small_site(tmp_path / "a folder with blanks" / "and å letters")
    os.utime(elsewhere / "mkdocs.yml", (0, 1))
    places = {"TZ": "America/Anchorage", "PYTHONHASHSEED": "4711", "LC_ALL": "C", "HOME": str(tmp_path)}
    again = built(elsewhere, SOURCE_DATE_EPOCH=EPOCH, **places, **blocked)
    assert len((tmp_path / "times").read_text()) >= 2, "the build ran without the block"
    first, second = contents(built_small), contents(again)
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
    assert len(first) > 100


def test_files_are_stamped_with_the_time_of_the_commit_and_pages_with_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SOURCE_DATE_EPOCH", "SITE_TODAY"):  # a build in this process leaves them
        monkeypatch.delenv(name, raising=False)
    root = copy_small_site(tmp_path)
    moment = 1_700_000_000  # 14 November 2023
    facts = {"NAME": "Kim", "EMAIL": "k@example.org", "DATE": f"{moment} +0900"}
    author = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in facts.items()}
    earlier = {name: value.replace(str(moment), "1600000000") for name, value in author.items()}  # 13 September 2020
    for command in (["init", "-q"], ["add", "docs/topics"], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *command], cwd=root, env=build_environment(earlier), check=True)
    for command in (["add", "mkdocs.yml", "data/tables"], ["commit", "-q", "-m", "Fly"]):
        subprocess.run(["git", *command], cwd=root, env=build_environment(author), check=True)
    told = building.moments(root)
    assert told["SOURCE_DATE_EPOCH"] == str(moment)
    assert told["SITE_TODAY"] != "2023-11-14", "what is overdue goes by the day and not by the last commit"
    site = built(root)
    days = dict(re.findall(r"<loc>https://www.example.org(.*?)</loc>\s*<lastmod>(.*?)</lastmod>", (site / "sitemap.xml").read_text("utf-8")))
    # The day on which a page's own text or table last changed; without a history, the day it was reviewed or written.
    assert (days["/topics/puddles/"], days["/performance/kite-clubs/"], days["/glossary/"]) == ("2020-09-13", "2023-11-14", "2026-11-20")
    packed = (site / "sitemap.xml.gz").read_bytes()
    assert int.from_bytes(packed[4:8], "little") == datetime.fromisoformat(f"{max(days.values())}T00:00:00+00:00").timestamp()
    assert gzip.decompress(packed) == (site / "sitemap.xml").read_bytes()


def test_a_given_moment_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert building.moments(tmp_path) == {}
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    told = building.moments(tmp_path)
    assert int(told["SOURCE_DATE_EPOCH"]) % 86400 == 0, "without a repository: the beginning of the day"


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


def test_the_bill_of_materials_names_everything_a_build_uses(tmp_path: Path) -> None:
    recipe = next(line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "cyclonedx_py" in line)
    command = [sys.executable, *recipe.split()[1:]]
    command[command.index("--output-file") + 1] = str(tmp_path / "bill.json")
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    bill = json.loads((tmp_path / "bill.json").read_text("utf-8"))
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", PROJECT)
    assert all(c["version"] and c["purl"] and c["externalReferences"][0]["hashes"] for c in bill["components"])
    named = {component["name"].lower().replace("_", "-") for component in bill["components"]}
    code = "import mkdocs.__main__, macros.website.plugin, pandas, sys; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    makers = importlib.metadata.packages_distributions()
    used = {maker.lower().replace("_", "-") for module in told for maker in makers.get(module, ())} - {PROJECT}
    assert {"mkdocs", "pandas", "pydantic", "jinja2"} <= used
    assert used <= named


# What a page may do ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_page_of_a_built_site(check: Check, built_small: Path) -> None:
    assert check(built_small) == []


def test_the_checks_of_a_built_site_see_what_they_are_for(built_small: Path, tmp_path: Path) -> None:
    site = Path(shutil.copytree(built_small, tmp_path / "site"))
    for file, old, new in SPOILT:
        text = (site / file).read_text(encoding="utf-8")
        assert old in text, (file, old)
        (site / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [check.__name__ for check in CHECKS if not check(site)] == []


SPOILT = (
    ("index.html", "default-src 'none'", "default-src *"),
    ("topics/kites/index.html", "</main>", "<script>alert(1)</script></main>"),
    ("topics/puddles/index.html", '"@context":"https://schema.org"', '"@context":"https://schema.example"'),
    ("contact/index.html", "</head>", '<meta name="robots" content="noindex"></head>'),
    ("assets/scripts/search.js", "", "eval('1');"),
)


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
