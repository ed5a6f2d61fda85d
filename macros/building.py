"""Building the site beside the one that is there, and showing it while it is edited.

Owns: the folder a build is made in, and the swap at its end. Never: imports the site generator; it runs it.
A build that fails or is killed leaves ``site/`` as it was.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from macros.problems import errors, tell

_BESIDE = ".site-new"
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux's renameat2(2)
_HERE = -100  # AT_FDCWD: paths are relative to the working directory


def build(root: Path) -> int:
    """Checks, builds beside ``site/`` and swaps only if all went well. Returns the exit status."""
    from macros.__main__ import checked

    _, problems = checked(root)
    if problems:
        print(tell(problems, advice=False))
    if errors(problems):
        return 1
    beside = root / _BESIDE
    shutil.rmtree(beside, ignore_errors=True)
    status = subprocess.run([*_mkdocs(root), "build", "--strict", "--site-dir", str(beside)], cwd=root, env=_environment(), check=False).returncode
    if status:
        print("The build stopped. The site is as it was.", file=sys.stderr)
        return 1
    swap(beside, root / "site")
    shutil.rmtree(beside, ignore_errors=True)
    return 0


def serve(root: Path, address: str) -> int:
    """Shows the site at ``address`` and again after every change, until it is stopped."""
    environment = _environment() | {"CESCP_PREVIEW": "1"}
    try:
        return subprocess.run([*_mkdocs(root), "serve", "--no-strict", "--dev-addr", address], cwd=root, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0


def _mkdocs(root: Path) -> list[str]:
    return [sys.executable, "-m", "mkdocs"]


def _environment() -> dict[str, str]:
    return os.environ | {"NO_MKDOCS_2_WARNING": "1"}


def swap(new: Path, live: Path) -> None:
    """Puts ``new`` where ``live`` is. On Linux the two change places in one step, so there is never no site."""
    if not live.exists():
        new.rename(live)
        return
    if _exchange(new, live):
        return
    aside = live.with_name(".site-old")
    shutil.rmtree(aside, ignore_errors=True)
    live.rename(aside)
    new.rename(live)
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(renameat2(_HERE, os.fsencode(first), _HERE, os.fsencode(second), _EXCHANGE) == 0)
