"""What every test of a rule shares."""

from __future__ import annotations

import pytest

from macros.rules import privacy
from macros.sources import plain_text


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """What was found in a text is kept for the next preview, and would answer for code that was changed since."""
    privacy._forms_in.cache_clear()
    plain_text._typed.cache_clear()
