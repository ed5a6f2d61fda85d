"""Copies of the small and the real site that a test may break and build.

Owns: which files make a site, and running its build as the command line does. Never: asserts.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests/small_site"
_CODE = ("macros", "overrides")


def copy_small_site(folder: Path) -> Path:
    """The small site two folders down, as in the repository, with the code it leans on linked beside it."""
    site = folder / "tests/small_site"
    shutil.copytree(SMALL, site)
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


def build(site: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """``python -m macros build`` in a copy."""
    return subprocess.run(build_command(site), cwd=ROOT, env=build_environment(environment), capture_output=True, text=True, check=False)


def start_build(site: Path, *more: str, by_mkdocs: bool = False) -> subprocess.Popen[str]:
    """The same, or `mkdocs build` in its place, not waited for."""
    by_itself = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(site / "mkdocs.yml")]
    command = [*(by_itself if by_mkdocs else build_command(site)), *more]
    environment = build_environment({"NO_MKDOCS_2_WARNING": "1"})
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def build_command(site: Path) -> list[str]:
    """The command that builds a copy."""
    return [sys.executable, "-m", "macros", "build", str(site)]


def contents(site: Path) -> dict[str, str]:
    """Every file of a site by its path, as a hash."""
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(site.rglob("*")) if path.is_file()}


def build_environment(more: Mapping[str, str]) -> dict[str, str]:
    """This process's environment, Python finding the checkout's own code from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}
