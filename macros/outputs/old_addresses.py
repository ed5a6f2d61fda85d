"""What stands at an address from which a page has moved, and where one was withdrawn: a small page that leads on, or says no more than that.

Owns: the files at old addresses. /about-us/about-us.aspx becomes a folder of that name with a page in it: a web server without settings of
its own, such as GitHub Pages, finds that under the old address. Never: decides where an address leads (``data/redirects.yml`` does), or why a page was withdrawn.
"""

import posixpath

from macros.components import Components
from macros.content.catalogue import Catalogue
from macros.outputs.base import Files, Site


def files(catalogue: Catalogue, site: Site) -> Files:
    """One page for each redirect and each withdrawn page."""
    components = Components(catalogue)
    titles = {f"/performance/{name}/": table.about.title for name, table in catalogue.tables.items()}
    titles |= {page.address: page.meta.title for page in catalogue.pages.values()}
    found = {}
    for redirect in catalogue.all("redirect"):
        to, urgent = (_relative(address, redirect.from_) for address in (redirect.to, "/worried-about-a-child/"))
        title = titles.get(redirect.to.partition("#")[0], redirect.to)
        moved = components.render("moved.html", title=title, to=to, canonical=site.absolute(redirect.to), site_name=site.name, urgent=urgent)
        found[_file_at(redirect.from_)] = f"{moved}\n".encode()
    for gone in catalogue.all("withdrawn"):
        home, urgent = (_relative(address, gone.address) for address in ("/", "/worried-about-a-child/"))
        withdrawn = components.render("withdrawn.html", home=home, site_name=site.name, urgent=urgent)
        found[_file_at(gone.address)] = f"{withdrawn}\n".encode()
    return found


def _file_at(address: str) -> str:
    """A folder's own page, which every web server finds."""
    return f"{address.strip('/')}/index.html"


def _relative(address: str, old: str) -> str:
    """The address as seen from an old one, so that the site works in any folder of any host."""
    path, mark, place = address.partition("#")
    return posixpath.relpath(path, f"/{old.strip('/')}") + ("/" if path.endswith("/") else "") + mark + place
