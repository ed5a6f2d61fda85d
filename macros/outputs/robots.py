"""What search engines are told: they may read everything but the calendar for those who look after the site.

Owns: robots.txt. Never: keeps anything secret; what must not be seen is not published.
"""

from __future__ import annotations

from macros.content.catalogue import Catalogue
from macros.models.open_data import PAGE_REVIEWS
from macros.outputs.base import Files, Site


def files(catalogue: Catalogue, site: Site) -> Files:  # noqa: ARG001 - every output is called alike
    """robots.txt, with the way to the site map."""
    return {"robots.txt": f"User-agent: *\nDisallow: {PAGE_REVIEWS}\nSitemap: {site.absolute('/sitemap.xml')}\n".encode()}
