"""The real site, built once and served, and one page of each kind of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real_site.second_opinions.page_kinds import one_page_of_each_kind


@pytest.fixture(scope="session")
def kinds(built_real: Path) -> list[str]:
    """Addresses of one page of each kind."""
    return one_page_of_each_kind(built_real)
