"""What every test file shares: how hard the searching tests search, and the small made-up site, read, copied and built, and a browser."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from macros.check import TODAY as TODAY_IS
from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from tests.browser_setup import FLAGS, find_browser
from tests.mistakes_corpus import HERE, SMALL_SITE, TODAY, fresh_site
from tests.whole_sites import EPOCH, built_once, copy_small_site

# The files that take longest. The processes are done at the same time if these begin first and single pages come last.
LONGEST_FIRST = (
    "test_layout_shift.py",
    "test_pdfs.py",
    "test_ibm.py",
    "test_focus.py",
    "test_reading.py",
    "test_search.py",
    "test_building.py",
    "test_accessibility.py",
    "test_preview.py",
    "test_writing.py",
)

# When it is imported jsonschema reads a grammar of addresses in any alphabet, which takes longer than a build. No schema here asks for such an address.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # as Python marks what is not to be imported

# The same examples on every machine and every day, so that a red build is about the change in it.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("steady")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file run in one process, so that what they share is made once, and the longest files begin first.

    What is asked of a release of the real site runs apart from the rest of its file, and the pages of the real site wherever there is room.
    """
    for item in items:
        if item.path.name != "test_every_page.py":
            release = " of the real site" if item.path.name == "test_pdfs.py" and "[real" in item.name else ""
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(HERE).as_posix() + release))
    order = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: (item.path.name == "test_every_page.py", order.get(item.path.name, len(order))))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: looking through it again and again for what can be thrown away takes a seventh of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _groups_are_kept(request: pytest.FixtureRequest) -> None:
    """A version of pytest with which pytest-xdist loses the groups costs minutes, and nobody would see why."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        lost = [item.nodeid for item in request.session.items if item.get_closest_marker("xdist_group") and "@" not in item.nodeid]
        assert not lost, "pytest-xdist keeps no groups with this pytest: pin one in pyproject.toml with which it does"


@pytest.fixture(autouse=True)
def _no_day_is_left_behind() -> Iterator[None]:
    """A build in this process sets the day for what it starts; the next test begins without it."""
    yield
    for name in (TODAY_IS, "SOURCE_DATE_EPOCH"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def small_catalogue() -> Catalogue:
    """The small site, read; nothing in it is to be fixed."""
    catalogue, problems = load_catalogue(SMALL_SITE, TODAY)
    assert problems == []
    return catalogue


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A copy of the small site, to be broken."""
    return fresh_site(tmp_path)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of one run of the tests have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def built_small(shared_folder: Path) -> Path:
    """The small site as it is published, built once; nothing in it may be changed."""
    return built_once(shared_folder, "small", copy_small_site, SOURCE_DATE_EPOCH=EPOCH)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium browser without a window, one for each process of a run."""
    path = find_browser()
    assert path, "no Chromium browser: run `make test`, which installs it or says what to install"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()
