"""What every test file shares: how hard the searching tests search, and the small made-up site, read, copied and built, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from tests.browser_setup import FLAGS, find_browser
from tests.mistakes_corpus import HERE, SMALL_SITE, TODAY, fresh_site
from tests.whole_sites import EPOCH, built_once, copy_small_site

# The same examples on every machine and every day, so that a red build is about the change in it.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("steady")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file run in one process, so that what they share is made once; the pages of the real site run wherever there is room."""
    for item in items:
        if item.path.name != "test_every_page.py":
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(HERE).as_posix()))


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
