"""The check: everything read, every rule asked, all problems at once, within a time.

Owns: that order, the limit on time, and the day a site is made for. Never: reports, builds or stops anything else.
"""

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.models import CONTENT_TYPES
from macros.problems import Problem
from macros.rules import check_all
from macros.rules.editions import SLIP
from macros.sources.kept import Kept

SECONDS = "SITE_CHECK_SECONDS"  # how long one check may take where it is set; else the seconds below
TITLE = "SITE_CHANGE_TITLE"  # set by the check of a proposed change to its title
_SECONDS = 60.0
TODAY = "SITE_TODAY"  # set by a build for the site generator it runs, so that a build at midnight has one day; and to build a commit again for a day gone by


def today() -> date:
    """The day the site is built for: that of SOURCE_DATE_EPOCH where it is set, so that builds repeat."""
    if day := os.environ.get(TODAY):
        return date.fromisoformat(day)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()


def is_called_a_slip() -> bool:
    """Whether the title of the proposed change says that it corrects what was mistyped here."""
    return SLIP in " ".join(os.environ.get(TITLE, "").lower().split())


def check(root: Path, day: date, kept: Kept | None = None) -> tuple[Catalogue, list[Problem]]:
    """The catalogue of the project at ``root`` and every problem in it. ``kept`` is what an earlier look at the same files has left.

    Where it takes longer than the limit, the last problem says at which file it stood; if that was while reading, the catalogue is empty.
    """
    everything = frozenset((kind.name, "*") for kind in CONTENT_TYPES)
    nothing: Mapping[Any, Any] = MappingProxyType({})
    catalogue = Catalogue(root, day, nothing, nothing, nothing, nothing, frozenset(), everything)
    problems: list[Problem] = []
    own = False
    try:
        with time_limit(root) as own:
            catalogue, problems = load_catalogue(root, day, kept)
            problems = [*problems, *check_all(catalogue)]
    except OutOfTime as late:
        if not own:  # the limit is one around more than this check
            raise
        problems = [*problems, late.problem]
    return catalogue, problems


class OutOfTime(BaseException):
    """The limit on time is over; no handler of other errors may take it for one of its own."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.says)
        self.problem = problem


@contextmanager
def time_limit(root: Path) -> Iterator[bool]:
    """Stops the work inside after the limit, and says whether it does: within another limit that one holds; on Windows and in another thread there is none.

    Raises OutOfTime with the file, and the rule, at which the work stood.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread() or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield False
        return
    seconds = float(os.environ.get(SECONDS) or _SECONDS)

    def stop(_: int, frame: FrameType | None) -> None:
        file, rule = _where(frame, root)
        says = f"The check was stopped after {seconds:g} seconds, as it was at this file{rule}."
        fix = f"Look for one thing over and over in it, or very many rows or columns, and split it. Elsewhere {SECONDS} may set another limit."
        raise OutOfTime(Problem(file, None, says, fix))

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _where(frame: FrameType | None, root: Path) -> tuple[str, str]:
    """The file that the innermost function at work has in hand, and the rule that it works for."""
    file = rule = ""
    while frame:
        module = str(frame.f_globals.get("__name__"))
        if module.startswith("macros."):
            file = file or next(filter(None, (_file_in(value, root) for value in frame.f_locals.values())), "")
        if module.startswith("macros.rules."):
            rule = f", in the rule on {module.rpartition('.')[2].replace('_', ' ')}"
        frame = frame.f_back
    return file or "docs", rule


def _file_in(value: object, root: Path) -> str:
    name = getattr(getattr(value, "source", None) or value, "file", value)
    if isinstance(name, Path) and name.is_relative_to(root):
        name = name.relative_to(root).as_posix()
    return name if isinstance(name, str) and name.startswith(("docs/", "data/")) and len(name) < 500 and (root / name).is_file() else ""
