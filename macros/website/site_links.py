"""Every link of the finished site, held against what is there.

Owns: reading a finished page's links and ids, and what an address leads to, as a web server that knows nothing but files answers it.
It reads what was written, templates and all: what MkDocs knows of links and headings is that of the Markdown alone.
Never: writes HTML, or says where to fix a link (``dead_links`` does). Checks of Markdown, before anything is built, are in ``rules/links.py``.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from typing import Literal, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from macros.problems import nearest

_LEADS = ("href", "src", "action", "poster", "data", "cite")
_INSIDE = r"[^>\"']*+(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*+)*+"  # of a tag; values may hold any sign
_TAG = re.compile(rf"<[a-zA-Z][a-zA-Z0-9-]*+\s{_INSIDE}>")
_READ = re.compile(rf'\s(id|srcset|content|{"|".join(_LEADS)})(?:="([^"]*)"|(\s*+=))')
_LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_ADDRESS = re.compile(r"""https?://[^\s"'<>\\]+""")
_USUAL = re.compile(r"(/|(?:\.\./)*)((?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?)(#[\w-][\w.-]*)?", re.ASCII)  # a link within the site as it writes them
_FAR = re.compile(r"(?:tel|mailto):|https?://")
_REFRESH = re.compile(r"\s*\d+\s*;\s*url=(\S+)", re.IGNORECASE)


class PageLinks(NamedTuple):
    """What a page links to, each target once and as it is written, and every id it has, repeated ones too."""

    targets: tuple[str, ...]
    ids: tuple[str, ...]


def read_links(html: str) -> PageLinks:
    """The links and ids of one finished page.

    Two patterns read what this site writes, twenty times as fast as a parser. A page with a comment, or with an attribute
    whose value has other signs around it than ``"``, is read by the parser; a test compares the two on every page.
    """
    found = _READ.findall(" ".join(_TAG.findall(html)))
    if "<!--" in html or any(odd for _, _, odd in found):
        reader = _Reader()
        reader.feed(html)
        reader.close()
        found = reader.found
    targets: list[str] = []
    ids: list[str] = []
    for name, written, _ in found:
        value = unescape(written) if "&" in written else written
        if name == "id":
            ids.append(value)
        elif name == "srcset":
            targets += [part.split()[0] for part in value.split(",") if part.strip()]
        elif name != "content" or value.startswith(("http://", "https://")):
            targets.append(value)
        elif refresh := _REFRESH.match(value):
            targets.append(refresh.group(1))
    if "application/ld+json" in html:
        targets += [address for block in _LINKED_DATA.findall(html) for address in _addresses_in(block)]
    return PageLinks(tuple(dict.fromkeys(targets)), tuple(ids))


class _Reader(HTMLParser):
    """The same attributes and values of any HTML, as they stand in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - html.parser names its arguments
        self.found += [(name, escape(value or ""), "") for name, value in attrs if name in ("id", "srcset", "content", *_LEADS)]


def _addresses_in(text: str) -> Iterator[str]:
    """The full addresses in JSON, XML or a calendar. What follows "#" in an ``@id`` of linked data names a thing and not a place, so it is left off."""
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(".,;:!?)")  # which end a sentence
        names_a_thing = "#" in address and text[max(0, match.start() - 8) : match.start()].endswith(('"@id":"', '"@id": "'))
        yield address.partition("#")[0] if names_a_thing else address


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. ``file`` is the file of the site that it was found in, ``target`` begins at the site's root.

    ``near`` is what the link may have meant, or nothing.
    """

    kind: Literal["no page", "no place", "repeated id"]
    file: str
    target: str
    near: str = ""


@lru_cache(maxsize=4096)  # telephone numbers and addresses elsewhere are on many pages
def _as_browsers_do(host: str, root: str, file: str, target: str) -> str | None:
    """What any link leads to from a file of a site, as RFC 3986 has it."""
    parts = urlsplit(urljoin(f"https://{host}/{file.removesuffix('index.html')}", target))
    if parts.scheme not in ("http", "https") or (parts.hostname or "").removeprefix("www.") != host:
        return None
    found = parts.path.lstrip("/")
    if root and f"{found}/".startswith(f"{root}/"):  # the site is published in a folder of its host
        found = found[len(root) + 1 :]
    place = parts.fragment.partition(":~:")[0]  # what follows are words for the browser to find on the page
    return unquote(f"{found}#{place}" if place else found)


class SiteLinks:
    """Takes in each finished page and file of one site, and then says what leads nowhere."""

    def __init__(self, site_address: str) -> None:
        parts = urlsplit(site_address)
        self._host = (parts.hostname or "").removeprefix("www.")
        self._root = parts.path.strip("/")
        self._own = re.compile(rf"https?://(?:www\.)?{re.escape(self._host)}(?=/)")
        self._ids: dict[str, Counter[str]] = {}  # by the page's file, and how often each is there
        self._targets: dict[str, tuple[str, ...]] = {}

    def add_page(self, file: str, html: str) -> None:
        """Takes in a finished page by its path below the site's folder; one that comes again replaces what it was."""
        found = read_links(html)
        self._ids[file] = Counter(found.ids)
        self.add_targets(file, found.targets)

    def add(self, file: str, content: bytes) -> None:
        """Takes in any finished file; in one that is not a page only this site's own addresses in full are links."""
        if file.endswith(".html"):
            self.add_page(file, content.decode("utf-8"))
        elif self._host.encode() in content:
            unfolded = content.replace(b"\r\n ", b"") if file.endswith(".ics") else content
            self.add_targets(file, dict.fromkeys(_addresses_in(unfolded.decode("utf-8"))))

    def add_targets(self, file: str, targets: Iterable[str]) -> None:
        """Takes in links that a file holds in a way of its own, as seen from that file."""
        self._targets[file] = tuple(dict.fromkeys(found for target in targets if (found := self.resolved(file, target)) is not None))

    def resolved(self, file: str, target: str) -> str | None:
        """What a link in a file of the site leads to, without the first slash: ``news/#feeds``. Nothing where it leaves the site."""
        usual = None if self._root else _USUAL.fullmatch(self._own.sub("", target, count=1) if target.startswith("http") else target)
        if usual is None:
            return _as_browsers_do(self._host, self._root, "" if _FAR.match(target) else file, target)
        up, path, place = usual.groups("")
        if not (up or path):
            return file.removesuffix("index.html") + place
        folders = file.split("/")[:-1] if up != "/" else []
        return "/".join([*folders[: max(0, len(folders) - len(up) // 3)], path]) + place

    def faults(self, files: Collection[str]) -> list[Fault]:
        """Everything that is wrong. ``files`` are all files of the site, by their paths below its folder."""
        there = frozenset(files)
        dead: dict[str, Fault | None] = {}  # what was found out of each target: most lead to the same few
        found = []
        for file, targets in self._targets.items():
            for target in targets:
                if target not in dead:
                    dead[target] = self._fault_of(target, there)
                if fault := dead[target]:
                    found.append(replace(fault, file=file))
        return found + [Fault("repeated id", file, name) for file, ids in self._ids.items() for name, times in ids.items() if times > 1]

    def _fault_of(self, target: str, files: frozenset[str]) -> Fault | None:
        path, _, place = target.partition("#")
        found = f"{path}index.html" if path.endswith("/") or not path else path
        if found not in files:
            if f"{path}/index.html" in files:
                return Fault("no page", "", f"/{target}", f"/{path}/")
            _, dot, ending = path.rpartition(".")  # the address most like it: of a page, or for a file of one of its kind
            alike = sorted(name for name in files if name.endswith(f".{ending}" if dot and "/" not in ending else ".html"))
            near = nearest(f"/{path}", [f"/{name.removesuffix('index.html')}" for name in alike], say="{}")
            return Fault("no page", "", f"/{target}", near.strip('"'))
        if not place or place == "top" or place in self._ids.get(found, (place,)):
            return None
        own = sorted(self._ids[found].keys() - self._ids.get("404.html", Counter()).keys())  # without what every page has
        near = nearest(place, own, say="{}").strip('"')
        return Fault("no place", "", f"/{target}", f"/{path}#{near}" if near else "")
