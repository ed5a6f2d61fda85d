"""An end to work that would go on: not a measurement, but a limit far above what the work takes.

Owns: stopping a test whose work grows faster than its input. Never: tells fast from slow; a busy machine must not
decide whether a test is green, and ``make bench`` measures.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ends_within(seconds: float, what: str) -> Iterator[None]:
    """Stops the work inside after so many seconds of this process's own computing. Raises ``AssertionError`` with its name."""

    def stop(*_: object) -> None:
        raise AssertionError(f"{what!r} took more than {seconds:g} seconds of computing")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
