"""Every link of the finished site, held against what is there.

Owns: reading a finished page's links and ids, deciding which links lead nowhere, and saying in which file to fix each.
Never: writes HTML, or decides what a link should be. Checks of Markdown, with line numbers and before anything is built,
are in ``rules/links.py``; this is the last door, for whatever wrote the link.
"""

from __future__ import annotations

import os
from pathlib import Path

from macros.content.catalogue import address_of_page
from macros.problems import Problem
from macros.views.documents import documents
from macros.website.house import House
from macros.website.site_links.origins import problems
from macros.website.site_links.reading import PageLinks, addresses_in, read_links
from macros.website.site_links.resolving import Fault, SiteLinks

TEMPLATES = Path(__file__).resolve().parents[3] / "overrides"


def dead_links(links: SiteLinks, house: House, folder: Path) -> list[Problem]:
    """What is wrong with the links of a site that was just built into ``folder``; PDFs that are made after it count as there."""
    files = {document.path for document in documents(house.catalogue)} if house.pdfs else set()
    for where, _, names in os.walk(folder):
        below = Path(where).relative_to(folder).as_posix()
        files |= {name if below == "." else f"{below}/{name}" for name in names}
    faults = links.faults(files)
    if not faults:
        return []
    sources = {page.path: page.source.file for page in house.catalogue.pages.values()} | {path: made.file for path, made in house.generated.items()}
    made_from = {f"{address_of_page(path)}index.html".lstrip("/"): file for path, file in sources.items()} | {"404.html": "overrides/404.html"}
    return problems(faults, links, house.catalogue, made_from, TEMPLATES)


__all__ = ["Fault", "PageLinks", "SiteLinks", "addresses_in", "dead_links", "problems", "read_links"]
