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

from macros.catalogue import Catalogue
from macros.outputs import pdf
from macros.problems import errors, tell

_BESIDE = ".site-new"
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux's renameat2(2)
_HERE = -100  # AT_FDCWD: paths are relative to the working directory


def build(root: Path, with_pdfs: bool = False) -> int:
    """Checks, builds beside ``site/`` and swaps only if all went well. Returns the exit status.

    ``with_pdfs`` makes the PDFs too. Where this machine cannot, one line says so and the site is built without
    them and without links to them; where it is published from (CI=true), that is an error.
    """
    from macros.__main__ import checked

    catalogue, problems = checked(root)
    if problems:
        print(tell(problems, advice=False))
    if errors(problems):
        return 1
    if with_pdfs and (missing := pdf.what_is_missing()):
        if os.environ.get("CI") == "true":
            print(missing, file=sys.stderr)
            return 1
        print(f"{missing} The site is built without them.")
        with_pdfs = False
    beside = root / _BESIDE
    shutil.rmtree(beside, ignore_errors=True)
    status = subprocess.run([*_mkdocs(root), "build", "--strict", "--site-dir", str(beside)], cwd=root, env=_environment(with_pdfs), check=False).returncode
    if status:
        print("The build stopped. The site is as it was.", file=sys.stderr)
        return 1
    if with_pdfs and not _add_pdfs(beside, catalogue):
        return 1
    swap(beside, root / "site")
    shutil.rmtree(beside, ignore_errors=True)
    return 0


def _add_pdfs(folder: Path, catalogue: Catalogue) -> bool:
    """Puts the PDFs into a site that was just built. Says why not where one cannot be made."""
    try:
        made = pdf.make_pdfs(folder, catalogue)
    except pdf.CannotMake as reason:
        print(f"{reason} The site is as it was.", file=sys.stderr)
        return False
    for path, content in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return True


def serve(root: Path, address: str) -> int:
    """Shows the site at ``address`` and again after every change, until it is stopped."""
    environment = _environment() | {"CESCP_PREVIEW": "1"}
    try:
        return subprocess.run([*_mkdocs(root), "serve", "--no-strict", "--dev-addr", address], cwd=root, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0


def _mkdocs(root: Path) -> list[str]:
    return [sys.executable, "-m", "mkdocs"]


def _environment(with_pdfs: bool = False) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "CESCP_PDFS"}  # no link without its file
    return kept | {"NO_MKDOCS_2_WARNING": "1"} | ({"CESCP_PDFS": "1"} if with_pdfs else {})


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
