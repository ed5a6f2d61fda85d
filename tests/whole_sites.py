"""Copies of the small and the real site that a test may break and build.

Owns: which files make a site, running its build as the command line does, and building what no test changes only once
in a run of the tests. Never: judges what was built.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from macros.check import TODAY

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests/small_site"
EPOCH = "1795132800"  # 20 November 2026, the day of the small site
_CODE = ("macros", "overrides")


def copy_small_site(folder: Path) -> Path:
    """The small site two folders down, as in the repository, with the code it leans on linked beside it."""
    site = folder / "tests/small_site"
    shutil.copytree(SMALL, site, ignore=shutil.ignore_patterns("site", ".site-build"))  # left by a build in its place
    for part in _CODE:
        (folder / part).symlink_to(ROOT / part)
    return site


def copy_real_site(folder: Path) -> Path:
    """The real site's content, with the code linked in."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for part in ("docs", "data"):
        shutil.copytree(ROOT / part, folder / part)
    for part in _CODE:
        (folder / part).symlink_to(ROOT / part)
    return folder


def build(site: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``python -m macros build`` in a copy."""
    return subprocess.run([*build_command(site), *options], cwd=ROOT, env=build_environment(environment), capture_output=True, text=True, check=False)


def start_build(site: Path, *more: str, by_mkdocs: bool = False) -> subprocess.Popen[str]:
    """The same, or `mkdocs build` in its place, not waited for."""
    by_itself = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(site / "mkdocs.yml")]
    command = [*(by_itself if by_mkdocs else build_command(site)), *more]
    environment = build_environment({"NO_MKDOCS_2_WARNING": "1"})
    # A program that was started in the background of a script would not hear Ctrl+C, nor would what it starts.
    hear = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=hear)


def build_command(site: Path) -> list[str]:
    """The command that builds a copy."""
    return [sys.executable, "-m", "macros", "build", str(site)]


def contents(site: Path) -> dict[str, str]:
    """Every file of a site by its path, as a hash."""
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(site.rglob("*")) if path.is_file()}


def build_environment(more: Mapping[str, str]) -> dict[str, str]:
    """This process's environment, Python finding the checkout's own code from any folder; the day that a build in this process left behind is dropped."""
    kept = {name: value for name, value in os.environ.items() if name not in (TODAY, "SOURCE_DATE_EPOCH")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def built_once(shared: Path, name: str, copy: Callable[[Path], Path], *options: str, **environment: str) -> Path:
    """The folder ``site`` of a copy, built by whichever of the tests' processes asks first; the others wait and share it.

    Raises ``RuntimeError`` with what the build said where it fails. Nobody may change what is in the folder.
    """
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        finished = shared / f"{name}.finished"
        if not finished.exists():
            shutil.rmtree(shared / name, ignore_errors=True)
            root = copy(shared / name)
            done = build(root, *options, **environment)
            if done.returncode:
                raise RuntimeError(f"{name} was not built:\n{(done.stdout + done.stderr)[-3000:]}")
            finished.write_text(str(root), encoding="utf-8")
        return Path(finished.read_text(encoding="utf-8")) / "site"
