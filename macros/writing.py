"""What is written is whole, or what was there stays: a file, and the folder of the built site.

Owns: also the lock of a build, and the sentence for what the machine refuses. Never: knows what a file or a site holds.
"""

import contextlib
import ctypes
import errno
import os
import re
import shutil
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_EXCHANGE = 2  # RENAME_EXCHANGE of Linux's renameat2(2), and RENAME_SWAP of macOS's renamex_np(2)
_HERE = -100  # AT_FDCWD: paths are relative to the working directory
_IN_WORDS = {
    errno.ENOSPC: "the disk is full. Make room on it, then try again",
    errno.EDQUOT: "your share of the disk is full. Make room in it, then try again",
    errno.EROFS: "the disk can only be read. Use a copy of the project on another disk",
    errno.EACCES: "you are not allowed to read or write there. Change its permissions, or ask whoever looks after this computer",
}
_IN_WORDS[errno.EPERM] = _IN_WORDS[errno.EACCES]


def refusal(error: OSError, about: Path) -> str:
    """What the machine refused, in one sentence that begins with the path, or with ``about`` where the system names none, as when a disk is full.

    Raises ``error`` itself where it does not come from the machine and so is a mistake in the code.
    """
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):  # a list of (from, to, reason), one a file
        _, path, reason = error.args[0][0]
        said = re.match(r"\[Errno (\d+)\] ([^:]+)", str(reason))
        error = OSError(int(said[1]) if said else errno.EIO, said[2] if said else reason, path)
    if error.errno is None:
        raise error
    path = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes | Path) else about
    return f"{path}: {_IN_WORDS.get(error.errno, error.strerror)}."


def write_whole(path: Path, content: bytes) -> None:
    """Puts a file in its place, with the folders it needs.

    Where that fails, the file that was there stays as it was, and OSError is raised with ``path`` as its ``filename``.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        error.filename = str(path)
        raise


class SiteFolder:
    """The folder of the built site, held by one process at a time::

        with SiteFolder(root / "site") as site:
            ...  # make everything in site.next
            site.publish()

    The lock is the operating system's, so it ends with its process however that ends. Where a file system has no locks
    ``filelock`` uses a file that names its process instead, and takes over from one that is no more.
    """

    def __init__(self, live: Path) -> None:
        from filelock import FileLock

        self.live = live
        self._beside = live.with_name(f".{live.name}-build")
        self.next, self._old = self._beside / "next", self._beside / "old"
        self._builder = self._beside / "process"
        self._lock = FileLock(self._beside / "lock")

    def __enter__(self) -> Self:
        """Waits for its turn, puts right what a killed build left, and makes room for the next site. Raises OSError where it cannot."""
        from filelock import Timeout

        _must_be_ours(self._beside)
        self._beside.mkdir(exist_ok=True)
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            who = ""
            with contextlib.suppress(OSError):  # it has only just begun
                since = datetime.fromtimestamp(self._builder.stat().st_mtime)
                who = f" (process {self._builder.read_text(encoding='utf-8')}, since {since:%H:%M:%S})"
            print(f"Another build is running{who}. This one waits for it to end; Ctrl+C stops waiting.", file=sys.stderr, flush=True)
            self._lock.acquire()
        try:
            write_whole(self._builder, str(os.getpid()).encode())
            _must_be_ours(self.live, self.next, self._old)
            self._tidy()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with contextlib.suppress(OSError):  # the site is in its place; what cannot be taken away is said by the next build
            self._tidy()
        self._lock.release()

    def publish(self) -> None:
        """Puts the next site where the site is. On Linux and macOS they change places in one step, so there is always one.

        Raises OSError where the folders cannot be renamed. The site is then as it was.
        """
        if not self.live.exists():
            self.next.rename(self.live)
        elif not _exchange(self.next, self.live):
            self.live.rename(self._old)  # from here until the next line is done there is no site; ``_tidy`` puts it back
            self.next.rename(self.live)

    def _tidy(self) -> None:
        if self._old.is_dir() and not self.live.exists():
            self._old.rename(self.live)
        for left in (self.next, self._old):
            if left.exists():
                shutil.rmtree(left)


def _must_be_ours(*paths: Path) -> None:
    """Where the site is made there may be nothing, or a folder that may be changed. A link cannot change places with a folder, and leads out."""
    for path in paths:
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            what = "a link" if path.is_symlink() else "a file"
            raise NotADirectoryError(errno.ENOTDIR, f"this is {what}, and the site needs a folder there. Move or delete it, then build again", str(path))
        if path.exists() and not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _exchange(first: Path, second: Path) -> bool:
    """Lets two folders change places in one step. Returns whether this computer can."""
    try:
        system: Any = ctypes.CDLL(None, use_errno=True)
    except (OSError, TypeError):
        return False
    names = os.fsencode(first), os.fsencode(second)
    for call, arguments in (("renameat2", (_HERE, names[0], _HERE, names[1], _EXCHANGE)), ("renamex_np", (*names, _EXCHANGE))):
        if hasattr(system, call):
            return bool(getattr(system, call)(*arguments) == 0)
    return False
