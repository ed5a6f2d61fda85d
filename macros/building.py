"""Building the site beside the one that is there.

Owns: the folder a build is made in, and the swap at its end. Never: says what is in a page; it runs the site generator.
A build that fails or is killed leaves ``site/`` as it was. Two builds of one commit on one day are the same, byte for
byte, wherever they are made.
"""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
import subprocess
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from macros.catalogue import Catalogue
from macros.outputs import pdf
from macros.problems import Format, errors, tell

PDFS = "CESCP_PDFS"  # read by ``hooks``: pages link to the PDFs that are made after them
_BESIDE, _ASIDE = ".site-new", ".site-old"
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux's renameat2(2), and RENAME_SWAP of macOS's renamex_np(2)
_HERE = -100  # AT_FDCWD: paths are relative to the working directory


def build(root: Path, with_pdfs: bool = False, style: Format = "text") -> int:
    """Checks, builds beside ``site/`` and swaps only if all went well. Returns the exit status.

    ``with_pdfs`` makes the PDFs too. Where this machine cannot, one line says so and the site is built without
    them and without links to them; where it is published from (CI=true), that is an error.
    """
    from macros.__main__ import checked

    catalogue, problems = checked(root)
    if problems:
        print(tell(problems, style, advice=False))
    if errors(problems):
        return 1
    if with_pdfs and (missing := pdf.what_is_missing()):
        if os.environ.get("CI") == "true":
            print(missing, file=sys.stderr)
            return 1
        print(f"{missing} The site is built without them.")
        with_pdfs = False
    _put_back(root / "site")
    beside = root / _BESIDE
    shutil.rmtree(beside, ignore_errors=True)
    os.environ.update(moments(root))
    if not _generate(root, catalogue, beside, with_pdfs):
        print("The build stopped. The site is as it was.", file=sys.stderr)
        return 1
    if with_pdfs and not _add_pdfs(beside, catalogue, style):
        return 1
    swap(beside, root / "site")
    shutil.rmtree(beside, ignore_errors=True)
    return 0


def _generate(root: Path, catalogue: Catalogue, folder: Path, with_pdfs: bool) -> bool:
    """Runs the site generator on what was checked. Says why not where it stops."""
    from mkdocs.commands.build import build as generate
    from mkdocs.config import load_config

    gc.freeze()  # the content stays to the end: it need not be looked through for what can be thrown away
    gc.set_threshold(50_000, 20, 100)
    os.environ.pop(PDFS, None)  # no link without its file
    os.environ.update({PDFS: "1"} if with_pdfs else {})
    try:
        config: Any = load_config(str(root / "mkdocs.yml"), site_dir=str(folder), strict=True)
        config.catalogue = catalogue
        config.plugins.on_startup(command="build", dirty=False)
        generate(config)
    except SystemExit as stopped:  # the generator's own way of stopping, in one sentence
        print(stopped, file=sys.stderr)
        return False
    except Exception:
        traceback.print_exc()
        return False
    return True


def _add_pdfs(folder: Path, catalogue: Catalogue, style: Format) -> bool:
    """Puts the PDFs into a site that was just built. Says what to shorten, and why not where one cannot be made."""
    made, problems = pdf.make_pdfs(folder, catalogue)
    if problems:
        print(tell(problems, style))
    if errors(problems):
        return False
    for path, content in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return True


def swap(new: Path, live: Path) -> None:
    """Puts ``new`` where ``live`` is. On Linux the two change places in one step, so there is never no site."""
    if not live.exists():
        new.rename(live)
        return
    if _exchange(new, live):
        return
    aside = live.with_name(_ASIDE)
    shutil.rmtree(aside, ignore_errors=True)
    live.rename(aside)
    new.rename(live)
    shutil.rmtree(aside, ignore_errors=True)


def _put_back(live: Path) -> None:
    """Undoes a swap that was cut off half way, where two folders cannot change places in one step."""
    aside = live.with_name(_ASIDE)
    if aside.is_dir() and not live.exists():
        aside.rename(live)


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


def moments(root: Path) -> dict[str, str]:
    """What the site generator is told of time: the day the site is made for, and the one moment that files are stamped with.

    The stamp is the time of the last commit, so that builds of one commit repeat. Where SOURCE_DATE_EPOCH is set,
    day and stamp are both taken from it, and the build repeats on any day.
    """
    from macros.__main__ import TODAY, today

    if os.environ.get("SOURCE_DATE_EPOCH"):
        return {}
    day = today()
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    return {TODAY: day.isoformat(), "SOURCE_DATE_EPOCH": str(_last_commit(root) or midnight)}


def _last_commit(root: Path) -> int | None:
    """When the last commit was made, in seconds; nothing where the project does not stand in a repository of its own."""
    if not (root / ".git").exists():
        return None
    try:
        told = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607
    except (OSError, subprocess.CalledProcessError):
        return None
    return int(told) if told.isdigit() else None
