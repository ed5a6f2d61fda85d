"""What the repository's history tells: each publication with the texts it changed.

Owns: asking git. A publication is a commit on the first-parent line, so a merge is one, whatever led to it. Never: reads a message or a name in
it, which may speak of what was taken down; or looks at more than the newest publications, so that a build stays quick after years of them.
"""

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

MOST = 2_000  # publications; today's 160 take a third of a second
_NONE = "0" * 40
_TEXTS = (".md", ".yml", ".csv")


@dataclass(frozen=True)
class Changed:
    """One publication: its day (UTC) and its texts below docs/ and data/ by path, before and after; a text that is not there is left out."""

    day: date
    before: Mapping[str, str]
    after: Mapping[str, str]


def history(root: Path) -> tuple[Changed, ...] | None:
    """The publications, newest first; nothing where git cannot say: a plain download, a folder within another project, a clone without its past."""
    if not (root / ".git").exists():
        return None
    try:
        shallow, head = _git(root, "rev-parse", "--is-shallow-repository", "HEAD").decode().split()
        return None if shallow == "true" else _publications(root, head)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


@lru_cache(maxsize=1)
def _publications(root: Path, head: str) -> tuple[Changed, ...]:
    """Those up to one commit, kept for the next build of a preview: what is committed never changes."""
    show = ("--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "--no-renames", "-z", "--format=%x01%ct")
    told = _git(root, "log", f"--max-count={MOST}", *show, head, "--", "docs", "data").decode("utf-8", "replace")
    found = []
    for part in told.split("\x01")[1:]:
        moment, *pieces = part.strip("\0\n").split("\0")
        files = [(path, about.split()[2:4]) for about, path in zip(pieces[::2], pieces[1::2], strict=True) if path.endswith(_TEXTS)]
        found.append((datetime.fromtimestamp(int(moment), UTC).date(), files))
    texts = dict(_texts(root, {blob for _, files in found for _, blobs in files for blob in blobs if blob != _NONE}))
    sides = ([{path: texts[blobs[side]] for path, blobs in files if blobs[side] in texts} for side in (0, 1)] for _, files in found)
    return tuple(Changed(day, before, after) for (day, _), (before, after) in zip(found, sides, strict=True))


def _texts(root: Path, blobs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The texts that git keeps under some names, with these."""
    told, at = _git(root, "cat-file", "--batch", said="\n".join(blobs) + "\n"), 0
    while at < len(told):
        end = told.index(b"\n", at)
        name, _, size = told[at:end].decode().split()
        at = end + 1 + int(size) + 1
        yield name, told[end + 1 : at - 1].decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")


def _git(root: Path, *words: str, said: str = "") -> bytes:
    command = ["git", "-c", "core.quotePath=false", *words]
    return subprocess.run(command, cwd=root, input=said.encode(), capture_output=True, check=True, timeout=60).stdout
