"""HTML that is there already, finished: tables and pictures that Markdown made, long pages, and the line of a menu that leads to its own page.

Owns: what is put around or into such a piece. Never: changes its words, or makes a piece of data (templates do).
"""

import re
from html import unescape
from itertools import cycle
from urllib.parse import urljoin

from markupsafe import Markup, escape

from macros.content.catalogue import Catalogue
from macros.views import pages

INSIDE_TAG = r"[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*"  # its attributes, whose values may hold any sign
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_HEAD_CELL, _CELL = re.compile(r"<th\b[^<>]*>(.*?)</th>", re.DOTALL), re.compile(r"<td\b")
_PICTURE = re.compile(r'<img ([^<>]*?)src="([^"]*)"([^<>]*?)\s*/?>')
# A page of more text than a phone shows on about a dozen screens is folded there, part by part, but for parts of a few lines.
LONG, FEW_LINES, CELL = 5_000, 250, 15  # letters; the cell of a stacked table takes a line, of which about so many are missing
_DOOR = re.compile(r"<li><a ([^<>]*)>([^\n]*?)</a>: ([^\n]*)</li>")
_DOORS = re.compile(r"<(ul|ol)>\n((?:<li><a [^<>]*>[^\n]*?</a>: [^\n]*</li>\n){2,})</\1>")
_TO_DO = re.compile(r'(<h2 id="what-to-do\b[^"]*">.*?)(?=<h2\b|\Z)', re.DOTALL)
_BLOCK = re.compile(
    r"<(?:h2\b[^<>]*>(?P<heading>.*?)</h2>|(?P<end>/)?(?P<tag>section|div|nav|details|figure|ul|ol|dl|table|blockquote|form)\b(?P<rest>[^<>]*)>)", re.DOTALL
)
_WHOLE = ("summary-box", "to-do", "by-year")  # classes of boxes that are never folded
_SHOW = '<summary class="show"><span>Show</span><span>Hide</span><span class="visually-hidden">: {}</span></summary>'
_SHOWS = re.compile(_SHOW.format(".*?"), re.DOTALL)
_MARK = re.compile(r"<[^<>]*>|\s+")


def framed_tables(html: str) -> str:
    """Tables that a page's Markdown holds, each in a frame as those of data have: on a phone those of three columns or more are stacked, and a frame
    whose table is too wide for it can be scrolled by finger and by keyboard.
    """

    def framed(table: re.Match[str]) -> str:
        headings = [f' data-label="{escape(Markup(heading).striptags())}"' for heading in _HEAD_CELL.findall(table[1])]  # noqa: S704  (finished HTML)
        # A word of data among the headings has only its mark there yet, whose answer may be no plain text.
        stacks, rows, places = len(headings) > 2 and "\ue000" not in "".join(headings), table[1], cycle(headings)
        if stacks:
            rows = _CELL.sub(lambda _: f"<td{next(places)}", rows)
        look = "written stacks" if stacks else "written"
        return f'<div class="table-scroll" role="group" aria-label="May scroll sideways" tabindex="0">\n<table class="{look}">{rows}</table>\n</div>'

    return _TABLE.sub(framed, html)


def doors(html: str) -> str:
    """Lists of which every line is a link and, after a colon, what it leads to: as tiles that can be pressed anywhere, or where they are numbered as the steps of a path.
    What stands under a heading that says what to do is put into a box.
    """

    def tiles(found: re.Match[str]) -> str:
        lines = _DOOR.sub(r"<li><a \1>\2</a> <span>\3</span></li>", found[2])
        return f'<{found[1]} class="{"doors" if found[1] == "ul" else "path"}">\n{lines}</{found[1]}>'

    return _TO_DO.sub(r'<div class="to-do">\1</div>\n', _DOORS.sub(tiles, html))


def folded(html: str) -> str:
    """A long page with what follows each heading of its second level but the first in a box, which is open but on phones (site.css).

    Headings stay outside, so that whoever follows a link to one lands in sight. What stands inside a list, a table or the summary of a report is one piece.
    """
    if len(_MARK.sub("", html)) + CELL * html.count(" data-label=") < LONG:
        return html
    opened: list[tuple[int, bool]] = []  # the elements around a place: where each begins, and whether parts of the page may be inside it
    parts: list[tuple[int, int, str]] = []
    begun: tuple[int, int, str] | None = None  # how deep the part stands, where it begins, and its heading
    for block in _BLOCK.finditer(html):
        is_heading = block["tag"] is None and all(may_be for _, may_be in opened)
        may_fold = block["tag"] in ("section", "div") and not any(kept in block["rest"] for kept in _WHOLE)
        if begun and (is_heading or (block["tag"] and not block["end"] and 'class="to-do"' in block["rest"]) or (block["end"] and len(opened) == begun[0])):
            end = opened[begun[0]][0] if len(opened) > begun[0] else block.start()
            parts.append((begun[1], end, begun[2]))
            begun = None
        if is_heading:
            begun = (len(opened), block.end(), block["heading"])
        elif block["end"]:
            opened.pop()
        elif block["tag"]:
            opened.append((block.start(), may_fold))
    parts += [(begun[1], len(html), begun[2])] if begun else []
    pieces, done = [], 0
    tall = [part for part in parts if len(_MARK.sub("", html[slice(*part[:2])])) > FEW_LINES and not html[slice(*part[:2])].lstrip().startswith("<details")]
    stays = all(len(_MARK.sub("", html[start:end])) < LONG for start, end, _ in tall[:1])  # the first: on a topic, the signs of harm
    for start, end, heading in tall[stays:]:
        show = _SHOW.format(escape(Markup(heading).striptags()))  # noqa: S704  (finished HTML)
        pieces += [html[done:start], f'<details class="part">{show}\n', html[start:end], "</details>\n"]
        done = end
    return "".join([*pieces, html[done:]])


def unfolded(html: str) -> str:
    """The same page without the words by which its parts are shown, for whoever reads words alone."""
    return _SHOWS.sub("", html)


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
    """A menu that pages share, with the line of the page itself marked for those who cannot see where they are. In the menu of a section it leads nowhere any more."""
    line, mark = (f'href="{address}" aria-current="{instead_of}">', f'href="{address}" ') if instead_of else (f'href="{address}">', "")
    return Markup(piece.replace(Markup(line), Markup(f'{mark}aria-current="page">')))  # noqa: S704  (an address of ours)
