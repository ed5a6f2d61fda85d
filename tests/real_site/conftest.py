"""The real site as it is today: read, built once in a run, served, and looked at by a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.problems import errors
from macros.rules import check_all
from tests.browser.watching import Watched, serving, watching
from tests.whole_sites import ROOT, built_once, copy_real_site


@pytest.fixture(scope="session")
def content() -> Catalogue:
    """What the real site holds, as it is read when it is published today."""
    catalogue, problems = load_catalogue(ROOT, datetime.now(UTC).date())
    assert [f"{problem.where}: {problem.says}" for problem in errors([*problems, *check_all(catalogue)])] == []
    return catalogue


@pytest.fixture(scope="session")
def built_real(shared_folder: Path) -> Path:
    """The real site, built once; nothing in it may be changed."""
    return built_once(shared_folder, "real", copy_real_site)


@pytest.fixture(scope="session")
def served_real(built_real: Path) -> Iterator[str]:
    """The address of the built real site."""
    with serving(built_real) as home:
        yield home


@pytest.fixture(scope="session")
def watched_real(browser: Browser, served_real: str) -> Iterator[Watched]:
    """One page of the browser, used again and again: opening one for each test would take minutes."""
    with watching(browser, served_real) as page:
        yield page
