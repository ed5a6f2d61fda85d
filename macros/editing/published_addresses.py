"""The list of every address that was ever published, kept in data/ so that no change can lose one in silence.

Owns: adding new addresses to ``data/published_addresses.txt``, as `make fix`, forms and Upkeep do; and asking Git for those that the branch main has.
Never: takes one away, or runs during a build.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from macros.content.catalogue import PUBLISHED, Catalogue, address_of_page
from macros.rules.redirects import page_addresses, unlisted
from macros.writing import write_whole

HEADING = """\
# Every address this site has ever published, one a line. The check sees to it that each stays a page or leads to one.
# A line is never deleted. New pages are added by: make fix
"""


def add_new(catalogue: Catalogue) -> list[str]:
    """Adds what is new to the list, keeps it in order, and returns what was added."""
    if new := unlisted(catalogue):
        write_whole(catalogue.root / PUBLISHED, as_list(catalogue, new).encode())
    return new


def as_list(catalogue: Catalogue, new: Iterable[str]) -> str:
    """The text of the list with more addresses. One that this change listed itself, of a page that it then called otherwise, was never published."""
    main = addresses_of_main(catalogue.root)
    known = {address for address in catalogue.published if not main or address in main or address in page_addresses(catalogue)}
    return HEADING + "".join(f"{address}\n" for address in sorted({*known, *new}))


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
