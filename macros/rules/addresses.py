"""Rule: one address, one page, and a way to it."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue, resolved
from macros.content.generated import BESIDE_TABLES, generated_paths
from macros.models.base import NAME, fault_of_name
from macros.problems import Problem

_LAID_OUT = ("search/index.md", "training/booking.md")  # the site's own layouts lead to these


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """No two pages have the same address, and none has that of a page which the build makes from data. A file has a name of its own, and some page or
    the menu leads to each page."""
    yield from _unnamed(catalogue)
    yield from _orphans(catalogue)
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


def _unnamed(catalogue: Catalogue) -> Iterator[Problem]:
    """Files that still have the name with which a new file opens."""
    for file in sorted({*catalogue.texts, *(f"docs/{file}" for file in catalogue.files)}):
        if file.rpartition("/")[2].startswith("name-of-"):
            fix = "Name it after what is in it, in small letters with hyphens: on GitHub, choose the pencil and change the name above the text."
            yield Problem(file, None, "The file still has the name with which it was begun.", fix)


def _orphans(catalogue: Catalogue) -> Iterator[Problem]:
    """Plain pages to which only the menu of their section leads. Pages of other kinds are listed by what they are, a folder's own
    page is named above each page in it, and the layouts lead to some."""
    if catalogue.lost or any(f.endswith(".md") and f not in catalogue.pages for f in catalogue.files):
        return  # what could not be read may have led to it
    linked = {resolved(page.path, link.target) for page in catalogue.pages.values() for link in page.links if resolved(page.path, link.target) != page.path}
    linked |= {entry.page.lstrip("/") for entry in catalogue.all("menu-entry")} | {event.page.lstrip("/") for event in catalogue.all("event") if event.page}
    led_to = {*linked, *_LAID_OUT, *generated_paths(catalogue)}
    for page in catalogue.pages.values():
        alone = not page.path.endswith("index.md") or sum(path.startswith(page.path.removesuffix("index.md")) for path in catalogue.pages) == 1
        named = all(NAME.match(part) and not fault_of_name(part) for part in page.path.removesuffix(".md").split("/"))  # else it is to be renamed first
        if page.kind.name == "page" and alone and named and page.path not in led_to:
            fix = f"Link to it where readers look for it: [{page.meta.title}](/{page.path})."
            yield page.problem(None, "No page links to this one, so hardly anybody will find it.", fix, severity="warning")
