"""HTML that is there already, finished: tables and pictures that Markdown made, and the line of a menu that leads to its own page.

Owns: what is put around or into such a piece. Never: changes its words, or makes a piece of data (templates do).
"""

import re
from html import unescape
from itertools import count
from urllib.parse import urljoin

from markupsafe import Markup

from macros.content.catalogue import Catalogue
from macros.views import pages

INSIDE_TAG = r"[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*"  # its attributes, whose values may hold any sign
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_PICTURE = re.compile(r'<img ([^<>]*?)src="([^"]*)"([^<>]*?)\s*/?>')


def framed_tables(html: str) -> str:
    """Tables that a page's Markdown holds, each in a frame that can be scrolled on a phone and by keyboard, as those of data are."""
    numbers, frame = count(1), '<div class="table-scroll" role="region" aria-label="Table {}" tabindex="0">\n<table class="written">{}</table>\n</div>'
    return _TABLE.sub(lambda table: frame.format(next(numbers), table[1]), html)


def sized_pictures(catalogue: Catalogue, html: str, address: str) -> str:
    """Pictures with the room they need, so that nothing jumps when they come; those below the first heading come only when a reader is near."""
    fold = html.find("<h2")

    def sized(match: re.Match[str]) -> str:
        size = catalogue.ask(pages.size_of_picture, urljoin(address, unescape(match[2])))
        room = f' width="{size[0]}" height="{size[1]}"' if size else ""
        late = ' loading="lazy"' if 0 <= fold < match.start() else ""
        return f'<img {match[1]}src="{match[2]}"{match[3]}{room}{late} decoding="async">'

    return _PICTURE.sub(sized, html)


def marked_current(piece: Markup, address: str, instead_of: str = "") -> Markup:
    """A menu that pages share, with the line that leads to the page itself marked for those who cannot see where they are."""
    mark = f' aria-current="{instead_of}"' if instead_of else ""
    return Markup(piece.replace(Markup(f'href="{address}"{mark}>'), Markup(f'href="{address}" aria-current="page">')))  # noqa: S704  (an address of ours)
