"""The check: everything read, every rule asked, all problems at once.

Owns: that order, and the day a site is made for. Never: reports, builds or stops anything.
"""

import os
from datetime import UTC, date, datetime
from pathlib import Path

from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.problems import Problem
from macros.rules import check_all
from macros.sources.kept import Kept

TODAY = "CESCP_TODAY"  # set by a build for the site generator it runs, so that a build at midnight has one day; and to build a commit again for a day gone by


def today() -> date:
    """The day the site is built for: that of SOURCE_DATE_EPOCH where it is set, so that builds repeat."""
    if day := os.environ.get(TODAY):
        return date.fromisoformat(day)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()


def check(root: Path, day: date, kept: Kept | None = None) -> tuple[Catalogue, list[Problem]]:
    """The catalogue of the project at ``root`` and every problem in it. ``kept`` is what an earlier look at the same files has left."""
    catalogue, problems = load_catalogue(root, day, kept)
    return catalogue, [*problems, *check_all(catalogue)]
