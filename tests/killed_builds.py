"""Builds of a tiny made-up site that are killed at random moments, many of them a second.

Run as a program, in a process of its own: only one without threads may be forked. Prints what was seen, as JSON.
Owns: the killing and the counting. Never: asserts.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from macros import writing

FILES = 10
ENOUGH = {"killed": 40, "old": 5, "new": 1}


def build(live: Path, version: str) -> None:
    """A site of which every file holds the same word."""
    with writing.SiteFolder(live) as site:
        site.next.mkdir()
        for number in range(FILES):
            (site.next / f"{number}.html").write_text(version, encoding="utf-8")
        site.publish()


def state_of(live: Path) -> str:
    """The word that a whole site holds, or what is wrong with it."""
    if not live.is_dir():
        return "no site"
    held = Counter(file.read_text(encoding="utf-8") for file in live.iterdir())
    return next(iter(held)) if list(held.values()) == [FILES] else f"torn: {held}"


def rename_slowly(path: Path, target: Path, rename: object = Path.rename) -> None:
    """So that many a kill comes between two renames."""
    rename(path, target)  # type: ignore[operator]
    time.sleep(0.003)


def main(folder: Path, seed: int, in_one_step: bool) -> dict[str, int]:
    """Counts in what state the site is after each kill, and after the next command has looked at it.

    Goes on until every state has been seen, or for a thousand builds: how soon a build is through differs from computer to computer.
    """
    if not in_one_step:
        writing._exchange = lambda *_: False
        Path.rename = rename_slowly  # type: ignore[assignment,method-assign]
    chance, live = random.Random(seed), folder / "site"
    build(live, "first")
    begun = time.monotonic()
    build(live, "0")
    took, seen = time.monotonic() - begun, Counter[str]()
    for trial in range(1, 1_001):
        if seen["killed"] >= ENOUGH["killed"] and seen["old"] >= ENOUGH["old"] and seen["new"] >= ENOUGH["new"]:
            break
        before = state_of(live)
        child = os.fork()
        if not child:
            build(live, str(trial))
            os._exit(0)
        time.sleep(chance.uniform(0, 1.4 * took))
        os.kill(child, signal.SIGKILL)
        seen["killed" if os.waitpid(child, 0)[1] else "ended"] += 1
        after = state_of(live)
        seen["old" if after == before else "new" if after == str(trial) else after] += 1
        with writing.SiteFolder(live):
            pass
        seen["whole afterwards"] += state_of(live) in (before, str(trial))
    build(live, "last")
    seen["last build"] += state_of(live) == "last"
    seen["left over"] += sorted(path.name for path in (folder / ".site-build").iterdir()) != ["lock", "process"]
    return dict(seen)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "one step")))
