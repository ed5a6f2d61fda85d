"""What leaves the site and is not a page: open data, calendars, feeds, what stands at old addresses, and the search.

Owns: the list of outputs, and writing them into a folder. Each is a pure function from the catalogue and the site's address to
``{path: bytes}``: the same content gives the same bytes on any day and any computer. The search and the PDFs alone are made of finished
pages, so a build writes them and the command line does not. Never: touches docs/, or asks for the time.
"""

from collections.abc import Callable
from pathlib import Path

from macros.content.catalogue import Catalogue
from macros.models.open_data import DATA_PACKAGE, PAGE_REVIEWS
from macros.outputs import calendars, feeds, old_addresses, package, records, security, tables
from macros.outputs.base import Files, Site
from macros.views.records import urgent_contacts


def robots(catalogue: Catalogue, site: Site) -> Files:  # noqa: ARG001 - every output is called alike
    """What search engines are told: they may read everything but the calendar for those who look after the site. Nothing that must not be seen is published."""
    return {"robots.txt": f"User-agent: *\nDisallow: {PAGE_REVIEWS}\nSitemap: {site.absolute('/sitemap.xml')}\n".encode()}


MOST_LINES = 10


def for_language_models(catalogue: Catalogue, site: Site) -> Files:
    """llms.txt: what a program that answers people must know first. The numbers for urgent help, then where everything else is; at most ten lines."""
    numbers = [f"- {contact.title}: ring {contact.value}" for contact in urgent_contacts(catalogue) if contact.kind != "link"]
    places = {"Worried about a child?": "/worried-about-a-child/", "Every page": "/sitemap.xml", "Data": DATA_PACKAGE}
    leads = [f"- {title} {site.absolute(address)}" for title, address in places.items()]
    lines = [f"# {site.name}", *numbers[: MOST_LINES - 1 - len(leads)], *leads]
    return {"llms.txt": ("\n".join(lines) + "\n").encode()}


Output = Callable[[Catalogue, Site], Files]
OUTPUTS: tuple[Output, ...] = (
    tables.files, records.files, package.files, calendars.files, feeds.files, old_addresses.files, security.files, robots, for_language_models,
)  # fmt: skip


def every_output(catalogue: Catalogue, site: Site) -> Files:
    """Every file that leaves the site, by its path below the site's folder, in order."""
    found: Files = {}
    for output in OUTPUTS:
        for path, content in catalogue.ask(output, site).items():
            assert path not in found, f"two outputs write {path}"
            found[path] = content
    return dict(sorted(found.items()))


def write(files: Files, folder: Path) -> None:
    """Puts the files into a folder, beside what is there."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


__all__ = ["OUTPUTS", "Files", "Site", "every_output", "write"]
