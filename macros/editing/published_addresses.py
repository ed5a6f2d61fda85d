"""The list of every address that was ever published, kept in data/ so that no change can lose one in silence.

Owns: adding new addresses to ``data/published_addresses.txt``, when asked to on the command line; and asking Git for those that the branch main has.
Never: takes one away, or runs during a build.
"""

import subprocess
from pathlib import Path

from macros.content.catalogue import PUBLISHED, Catalogue, address_of_page
from macros.rules.redirects import unlisted
from macros.writing import write_whole

HEADING = """\
# Every address this site has ever published, one a line. The check sees to it that each stays a page or leads to one.
# A line is never deleted. New pages are added by: make fix
"""


def add_new(catalogue: Catalogue) -> list[str]:
    """Adds what is new to the list, keeps it in order, and returns what was added."""
    new = unlisted(catalogue)
    if new:
        listed = sorted([*catalogue.published, *new])
        write_whole(catalogue.root / PUBLISHED, (HEADING + "".join(f"{address}\n" for address in listed)).encode())
    return new


def addresses_of_main(root: Path) -> set[str] | None:
    """The addresses on the list, and of the pages in docs/, where this branch left main; nothing where Git cannot say."""

    def git(*words: str) -> list[str]:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, encoding="utf-8", errors="replace", check=True, timeout=10)  # noqa: S607
        return done.stdout.splitlines()

    for main in ("origin/main", "main"):
        try:
            (base,) = git("merge-base", "HEAD", main)
            files = git("ls-tree", "-r", "--name-only", base, "docs/", PUBLISHED)
            listed = git("show", f"{base}:./{PUBLISHED}") if PUBLISHED in files else []
        except (OSError, ValueError, subprocess.SubprocessError):
            continue
        pages = {address_of_page(page.removeprefix("docs/")) for page in files if page.endswith(".md")}
        return pages | {line for line in listed if line.startswith("/")} if listed else set()  # without a list nothing was published
    return None
