"""Building the site: what was checked is made beside the site that is there, and takes its place only if all went well.

Owns: the order of a build, and what the site generator is told of time: two builds of one commit on one day are the same, byte for byte, wherever
they are made. Never: says what is in a page, or writes into ``site/`` itself (``writing.SiteFolder`` does).
"""

import contextlib
import gc
import os
import subprocess
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from macros.check import TODAY, check, today
from macros.content.catalogue import Catalogue
from macros.outputs import pdf, write
from macros.outputs.security import hashed
from macros.problems import Format, errors, tell
from macros.rules.unfinished import unanswered
from macros.sources.kept import kept_on_disk
from macros.views.changes import with_history
from macros.writing import SiteFolder, refusal


def build(root: Path, with_pdfs: bool = False, style: Format = "text") -> int:
    """Waits for its turn, checks, builds and publishes. Returns the exit status; where it is 1 the site is as it was.

    ``with_pdfs`` makes the PDFs too. Where this machine cannot, one line says so and the site is built without
    them and without links to them; where it is published from (CI=true), that is an error. ``style`` is how problems are told.
    """
    try:
        with SiteFolder(root / "site") as site:
            os.environ.update(moments(root))
            gc.disable()  # what is read stays to the end: it need not be looked through for what can be thrown away
            with kept_on_disk(root) as kept:
                catalogue, problems = check(root, today(), kept)
            if said := problems if style == "text" else errors(problems):  # advice on the content is for the check to report
                print(tell(said, style, advice=False))
            if errors(problems):
                return 1
            if with_pdfs and (waiting := [question.says for question in unanswered(catalogue)]):
                print("To be confirmed by the partnership, and shown as such on the pages (data/questions.yml):", *waiting, sep="\n- ", flush=True)
            if with_pdfs and (missing := pdf.what_is_missing()):
                if os.environ.get("CI") == "true":
                    print(missing, file=sys.stderr)
                    return 1
                print(f"{missing} The site is built without them.", flush=True)
                with_pdfs = False
            catalogue = with_history(catalogue)
            _generate(root, catalogue, site.next, with_pdfs)
            if with_pdfs:
                made, problems = pdf.make_pdfs(site.next, catalogue, _last_pdfs(root))
                if problems:
                    print(tell(problems, style))
                if errors(problems):
                    return 1
                write(made, site.next)
                write(hashed(site.next, catalogue.today), site.next)
            site.publish()
            return 0
    except SystemExit as stopped:  # the generator's own way of stopping, in a sentence
        why = str(stopped)
    except OSError as error:
        why = refusal(error, root)
    except Exception:
        why = traceback.format_exc()
    print(f"{why}\nThe build stopped. The site is as it was.", file=sys.stderr)
    return 1


def _last_pdfs(root: Path) -> Path | None:
    """Where the PDFs of the last release are kept: nowhere in a workflow (CI=true), as what is kept there for the next could be filled by others."""
    return None if os.environ.get("CI") else root / ".cache/pdfs"


def _generate(root: Path, catalogue: Catalogue, folder: Path, with_pdfs: bool) -> None:
    """Runs the site generator on what was checked."""
    from mkdocs.commands.build import build as generate
    from mkdocs.config import load_config

    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 100)
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    website: Any = config.plugins.get("website")
    if website is not None:  # without it mkdocs-macros stops the build and says so
        website.catalogue, website.pdfs = catalogue, with_pdfs
    generate(config)


def moments(root: Path) -> dict[str, str]:
    """What the site generator is told of time: the day the site is made for, and the one moment that files are stamped with.

    The stamp is the time of the last commit, so that builds of one commit repeat. Where SOURCE_DATE_EPOCH is set,
    day and stamp are both taken from it, and the build repeats on any day.
    """
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return {}
    day = today()
    moment = str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))  # where the project is in no repository of its own
    if (root / ".git").exists():
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, check=True)  # noqa: S607
            moment = done.stdout.strip() or moment
    return {TODAY: day.isoformat(), "SOURCE_DATE_EPOCH": moment}
