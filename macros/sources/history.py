"""What the repository's history tells: each publication, a commit on the first-parent line, with the texts it changed.

Owns: asking git. Never: reads a message or a name in it, which may speak of what was taken down; or looks at more than the newest publications,
so that a build stays quick after years of them.
"""

import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

MOST = 2_000  # publications; the first 160 took a third of a second
Texts = Mapping[str, str]  # by their paths; one that is not there is left out
Changed = tuple[date, Texts, Texts]  # the day (UTC) of a publication, and its texts below docs/ and data/ before and after


def history(root: Path) -> tuple[Changed, ...] | None:
    """The publications, newest first; nothing where git cannot say: a plain download, a folder within another project, a clone without its past."""
    if not (root / ".git").exists():
        return None
    try:
        shallow, head = _git(root, "rev-parse", "--is-shallow-repository", "HEAD").decode().split()
        return None if shallow == "true" else _history(root, head)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


@lru_cache(maxsize=1)
def _history(root: Path, head: str) -> tuple[Changed, ...]:
    """The publications up to one commit, kept for a preview's next build: what is committed never changes."""
    how = ("--first-parent", "--raw", "--no-abbrev", "--no-renames", "-z", "--format=%x01%ct", f"--max-count={MOST}")
    found: list[tuple[date, dict[str, list[str]]]] = []  # each file's path, and git's names for its texts before and after
    for part in _git(root, "log", *how, head, "--", "docs", "data").decode("utf-8", "replace").split("\x01")[1:]:
        moment, *told = part.strip("\0\n").split("\0")
        files = {path: about.split()[2:4] for about, path in zip(told[::2], told[1::2], strict=True) if path.endswith((".md", ".yml", ".csv"))}
        found.append((datetime.fromtimestamp(int(moment), UTC).date(), files))
    texts: dict[str, str] = {}
    wanted = dict.fromkeys(name for _, files in found for names in files.values() for name in names)
    kept, at = _git(root, "cat-file", "--batch", said="".join(f"{name}\n" for name in wanted)), 0
    while at < len(kept):
        end = kept.index(b"\n", at)
        name, *about = kept[at:end].decode().split()
        at = end + 1
        if about != ["missing"]:  # as what stands for no file is
            at += int(about[1]) + 1
            texts[name] = kept[end + 1 : at - 1].decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    sides = ([{path: texts[names[n]] for path, names in files.items() if names[n] in texts} for n in (0, 1)] for _, files in found)
    return tuple((day, before, after) for (day, _), (before, after) in zip(found, sides, strict=True))


def _git(root: Path, *words: str, said: str = "") -> bytes:
    return subprocess.run(["git", *words], cwd=root, input=said.encode(), capture_output=True, check=True, timeout=60).stdout  # noqa: S607
