"""What was read from files that have not changed since, and what was found in texts that are the same, so that only what was edited is looked at again.

By every byte of them: two saves within one tick of the clock look alike by their times. A preview keeps it in memory; between two commands it is in
one file of ``.cache/``, with which nothing is lost, and which is believed only by the same code, packages and Python. Never: knows what was read.
"""

import copyreg
import hashlib
import io
import os
import pickle
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Generic, ParamSpec, TypeVar

from macros.writing import write_whole

_Read = TypeVar("_Read")
_Texts = ParamSpec("_Texts")
_State = tuple[bytes | None, ...]
_MOST = 16_384  # answers of one function: a preview of a long day
_LARGEST = 1_000_000  # bytes of files, or characters of texts, of which more is left on disk for no command: all of it would be in memory at once


class Kept:
    """Results of reading, by what was asked and of which files. A new round is begun before the files are looked at again."""

    def __init__(self) -> None:
        self.results: dict[tuple[str, tuple[Path, ...]], tuple[_State, Any]] = {}
        self.has_read = False  # anything more that is left on disk
        self._seen: dict[Path, bytes | None] = {}
        self._sizes: dict[Path, int] = {}

    def begin(self) -> None:
        """Forgets what the files were like, and not what was read from them."""
        self._seen = {}

    def read(self, what: str, files: Sequence[Path], work: Callable[[], _Read]) -> _Read:
        """What ``work`` makes of the files, remade only if one of them has changed.

        ``work`` must depend on the files' names and bytes alone. What is not an ordinary file is read every time.
        """
        asked = (what, tuple(files))
        state = tuple(map(self._look, files))
        before = self.results.get(asked)
        if before and before[0] == state and None not in state:
            made: _Read = before[1]
            return made
        made = work()
        self.has_read |= self._is_left(files)
        self.results[asked] = (state, made)
        return made

    def of_this_round(self) -> dict[tuple[str, tuple[Path, ...]], tuple[_State, Any]]:
        """The results without those of files that are gone, or large."""
        return {asked: result for asked, result in self.results.items() if self._is_left(asked[1])}

    def _is_left(self, files: Sequence[Path]) -> bool:
        return all(file in self._seen for file in files) and sum(self._sizes.get(file, 0) for file in files) <= _LARGEST

    def _look(self, file: Path) -> bytes | None:
        if file not in self._seen:
            ordinary = file.is_file() and not file.is_symlink()
            content = file.read_bytes() if ordinary else b""
            self._seen[file], self._sizes[file] = hashlib.blake2b(content).digest() if ordinary else None, len(content)
        return self._seen[file]


class Remembered(Generic[_Texts, _Read]):
    """A function whose answer depends on nothing but the texts it is given, which are asked of again and again: it answers once for each."""

    every: ClassVar[dict[str, "Remembered[Any, Any]"]] = {}

    def __init__(self, work: Callable[_Texts, _Read]) -> None:
        self._work = work
        self.answers: dict[Any, _Read] = {}
        self.before: Mapping[Any, _Read] = {}  # by an earlier command
        self.every[f"{work.__module__}.{work.__qualname__}"] = self

    def __call__(self, *texts: _Texts.args, **named: _Texts.kwargs) -> _Read:
        assert not named
        if texts not in self.answers:
            if len(self.answers) >= _MOST:
                self.answers.clear()
            self.answers[texts] = self.before[texts] if texts in self.before else self._work(*texts, **named)
        return self.answers[texts]

    def of_small_texts(self) -> dict[Any, _Read]:
        """The answers that are left on disk."""
        return {texts: answer for texts, answer in self.answers.items() if sum(len(text) for text in texts if isinstance(text, str)) <= _LARGEST}

    def cache_clear(self) -> None:
        self.before = {}
        self.answers.clear()


@contextmanager
def kept_on_disk(root: Path) -> Iterator[Kept]:
    """What the command before has left of the project at ``root``; afterwards it is left for the next.

    Where the changes of strangers are checked (CI=true) nothing is believed: such a file could come with them.
    """
    kept, file, every = Kept(), root / ".cache/kept", Remembered.every
    if os.environ.get("CI"):
        yield kept
        return
    mark = version()
    with suppress(Exception):  # a file that is cut off or spoilt raises errors of any kind
        if (found := file.read_bytes()).startswith(mark):
            kept.results, found_before = pickle.loads(found[len(mark) :])  # noqa: S301 - this command wrote it, on this computer
            for name, before in found_before.items():
                every[name].before = before
    yield kept
    answers = {name: one.of_small_texts() for name, one in every.items()}
    if not kept.has_read and all(answers[name].keys() <= one.before.keys() for name, one in every.items()):
        return
    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: lambda frozen: (_frozen, (dict(frozen),))}
    pickler.dump((kept.of_this_round(), answers))
    with suppress(OSError):
        write_whole(file, mark + written.getvalue())


def _frozen(items: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(items)


def version() -> bytes:
    """What results depend on beside the content: every byte of this code, the names of the packages with their versions, and Python."""
    digest = hashlib.blake2b(repr((sys.version, sorted(map(str, Path(sysconfig.get_path("purelib")).iterdir())))).encode())
    for file in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(str(file).encode() + file.read_bytes())
    return digest.digest()
