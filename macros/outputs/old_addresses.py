"""What stands at an address from which a page has moved: a small page that leads on.

Owns: the files at old addresses. Never: decides where an address leads (``data/redirects.yml`` does).
An old address such as /about-us/about-us.aspx becomes a folder of that name with a page in it: a web server
without settings of its own, such as GitHub Pages, finds that under the old address. It needs no script.
"""

from __future__ import annotations

import posixpath

from macros.components import Components
from macros.content.catalogue import Catalogue
from macros.outputs.base import Files, Site


def files(catalogue: Catalogue, site: Site) -> Files:
    """One page for each redirect."""
    components = Components(catalogue)
    return {
        redirect.file: (
            components.moved(
                title=title_of(catalogue, redirect.to),
                to=_relative(redirect.to, redirect.file),
                canonical=site.absolute(redirect.to),
                site_name=site.name,
                urgent=_relative("/worried-about-a-child/", redirect.file),
            )
            + "\n"
        ).encode()
        for redirect in catalogue.all("redirect")
    }


def title_of(catalogue: Catalogue, address: str) -> str:
    """What stands at an address, as a reader would name it."""
    path = address.partition("#")[0]
    page = next((page for page in catalogue.pages.values() if page.address == path), None)
    table = catalogue.tables.get(path.removeprefix("/performance/").strip("/"))
    return page.meta.title if page else table.about.title if table else address


def _relative(address: str, file: str) -> str:
    """The address as seen from the file, so that the site works in any folder of any host."""
    path, mark, place = address.partition("#")
    found = posixpath.relpath(path, "/" + posixpath.dirname(file))
    return f"{found}/{mark}{place}" if path.endswith("/") else f"{found}{mark}{place}"
