"""The real site, built once and served, and one page of each kind of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import browser, built_site, served  # noqa: F401  (fixtures)
from tests.second_opinions.page_kinds import one_page_of_each_kind


@pytest.fixture(scope="session")
def kinds(built_site: Path) -> list[str]:  # noqa: F811
    """Addresses of one page of each kind."""
    return one_page_of_each_kind(built_site)
