"""What was read from files that have not changed since, so that a preview reads again only what was edited.

By every byte of them: two saves within one tick of the clock look alike by their times. Never: knows what was read.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from macros.writing import write_whole

_Read = TypeVar("_Read")
_State = tuple[bytes | None, ...]


class Kept:
    """Results of reading, by what was asked and of which files. A new round is begun before the files are looked at again."""

    def __init__(self) -> None:
        self._results: dict[tuple[str, tuple[Path, ...]], tuple[_State, Any]] = {}
        self._seen: dict[Path, bytes | None] = {}

    def begin(self) -> None:
        """Forgets what the files were like, and not what was read from them."""
        self._seen = {}

    def read(self, what: str, files: Sequence[Path], work: Callable[[], _Read]) -> _Read:
        """What ``work`` makes of the files, remade only if one of them has changed.

        ``work`` must depend on the files' names and bytes alone. What is not an ordinary file is read every time.
        """
        asked = (what, tuple(files))
        state = tuple(map(self._look, files))
        before = self._results.get(asked)
        made: _Read = before[1] if before and before[0] == state and None not in state else work()
        self._results[asked] = (state, made)
        return made

    def _look(self, file: Path) -> bytes | None:
        if file not in self._seen:
            ordinary = file.is_file() and not file.is_symlink()
            self._seen[file] = hashlib.blake2b(file.read_bytes()).digest() if ordinary else None
        return self._seen[file]


def made_on_disk(folder: Path, name: str, state: str, work: Callable[[str], str]) -> str:
    """What ``work`` makes of a state, from a file in ``folder`` where it was made before of the same. Nothing is lost with that file, or published from it."""
    file = folder / f"{name}-{hashlib.blake2b(state.encode(), digest_size=16).hexdigest()}.json"
    with suppress(OSError, ValueError):
        return file.read_text(encoding="utf-8")
    made = work(state)
    with suppress(OSError):
        write_whole(file, made.encode())
    return made
