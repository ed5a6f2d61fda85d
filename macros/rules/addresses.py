"""Rule: one address, one page."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.content.generated import BESIDE_TABLES, generated_paths
from macros.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """No two pages have the same address, and none has that of a page which the build makes from data."""
    first: dict[str, str] = {}
    made = generated_paths(catalogue)
    for page in catalogue.pages.values():
        if page.address in first:
            says = f"The page would have the same address as docs/{first[page.address]}: {page.address}"
            yield page.problem(None, says, "Delete or rename one of the two.")
        elif page.path in made:
            fix = "Rename the page, or delete it and show the data by a word."
            yield page.problem(None, f"The build makes a page of this address itself: {page.address}", fix)
        first.setdefault(page.address, page.path)
    for name in catalogue.tables:
        if name in (*BESIDE_TABLES, "index"):
            says = f'The build makes a page called "{name}" itself.'
            yield Problem(f"data/tables/{name}.yml", None, says, "Give the table another name, in both of its files.")
