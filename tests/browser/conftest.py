"""The small site, built strictly and served on this computer, with a page of a browser to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import Watched, serving, watching


@pytest.fixture(scope="session")
def served(built_small: Path) -> Iterator[str]:
    """The address of the built small site."""
    with serving(built_small) as home:
        yield home


@pytest.fixture(scope="session")
def watched(browser: Browser, served: str) -> Iterator[Watched]:
    """One page of the browser, used again and again: opening one for each test would take minutes."""
    with watching(browser, served) as page:
        yield page


@pytest.fixture
def fresh(watched: Watched) -> Iterator[Watched]:
    """A tab of its own for a test that changes things. A profile of its own would take twice as long, and the site keeps nothing in it."""
    yield from _a_tab(watched)


@pytest.fixture(scope="session")
def _watched_without_scripts(browser: Browser, served: str) -> Iterator[Watched]:
    with watching(browser, served, java_script_enabled=False, viewport={"width": 390, "height": 844}) as page:
        yield page


@pytest.fixture
def without_scripts(_watched_without_scripts: Watched) -> Iterator[Watched]:
    """A tab of a browser that runs no scripts."""
    yield from _a_tab(_watched_without_scripts)


def _a_tab(beside: Watched) -> Iterator[Watched]:
    page = beside.page.context.new_page()
    yield Watched(page, beside.home)
    page.close()
