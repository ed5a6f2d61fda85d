"""A second partnership's site can be made by data alone, and is as right as the first."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros.content.reading import load_catalogue
from macros.problems import errors
from macros.rules import check_all
from tests.browser import layout
from tests.browser.watching import AXE, Watched, faults_found_by_axe, serving, watching
from tests.mistakes_corpus import TODAY
from tests.second_site import NAMES, PAGES, second_site
from tests.site_checks import CHECKS
from tests.whole_sites import ROOT, build_environment


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The neighbour's site, built by its own copy of the code."""
    folder = second_site(ROOT, tmp_path_factory.mktemp("second") / "site", TODAY)
    command, environment = [sys.executable, "-m", "macros", "build"], build_environment({"PYTHONPATH": str(folder)})
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder


@pytest.fixture(scope="module")
def watched(browser: Browser, second: Path) -> Iterator[Watched]:
    with serving(second / "site") as home, watching(browser, home) as page:
        yield page


def test_it_is_data_alone(second: Path) -> None:
    """What it has of code, templates and styles is what this site has, but for the mark that mkdocs.yml names."""
    for part in ("macros", "overrides"):
        for file in (second / part).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts and file.name not in ("mark.svg", "social.png"):
                assert file.read_bytes() == (ROOT / file.relative_to(second)).read_bytes(), file
    catalogue, problems = load_catalogue(second, TODAY)
    assert [problem.where for problem in errors([*problems, *check_all(catalogue)])] == []
    assert len(catalogue.tables) > 30
    assert {table.about.area for table in catalogue.tables.values()} == {None}


def test_every_check_of_a_built_site_finds_nothing(second: Path) -> None:
    for check in CHECKS:
        assert check(second / "site") == [], check.__name__


def test_its_own_name_is_on_every_page_and_the_first_sites_on_none(second: Path) -> None:
    pages = [page for page in (second / "site").rglob("*.html") if "contribute" not in page.parts]
    assert len(pages) > 70
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert NAMES.area in text, page
        assert "Cheshire East" not in text.replace("Cheshire East Council, child protection page", ""), page
        assert "Neighbour" not in text, page


def test_a_browser_finds_nothing_wrong_with_its_pages(watched: Watched, second: Path) -> None:
    page = watched.page
    page.add_init_script(AXE)
    watched.open("/robots.txt")  # of the same address, and with no policy that forbids a frame
    frame = layout.frame(page)
    own, first = (
        tuple(bytes.fromhex(re.findall(r"--deep: ?#([0-9a-f]{6})", (folder / styles).read_text(encoding="utf-8"))[0]))
        for folder, styles in ((second / "site", "assets/styles/site.css"), (ROOT, "overrides/assets/styles/face.css"))
    )
    addresses = {
        path: f"/{path.removesuffix('.md').removesuffix('index').rstrip('/')}/".replace("//", "/")
        for path in ("index.md", "worried-about-a-child/index.md", *PAGES)
    }
    for number, (path, address) in enumerate(addresses.items()):
        watched.open(address, frame)
        for scheme in ("dark", "light") if number < 3 else ("light",):
            page.emulate_media(color_scheme=scheme)
            assert faults_found_by_axe(frame) == [], (path, scheme)
        assert frame.locator(".site-header img[src$='mark.svg']").count() == 1
        assert (frame.locator(".hero .scene .gl").count(), frame.locator(".hero .ss").count()) == (int(path == "index.md"), 0), (
            "the shelter, without this area's skyline"
        )
        header = frame.locator(".site-header").evaluate("e => getComputedStyle(e).backgroundColor")
        assert header == f"rgb{own}" != f"rgb{first}", "its own colour, which its PDFs take too, and not this site's"
        assert layout.faults(frame) == {}, path
        assert watched.elsewhere == []
        assert number == 0 or watched.complaints == [], path  # at first there may be one of robots.txt, which has no icon
