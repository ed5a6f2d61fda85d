"""Links and what is there to what is wrong.

Owns: what an address of this site leads to, as a web server that knows nothing but files answers it.
Never: says where to fix a link (``origins`` does).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from macros.problems import nearest
from macros.website.site_links.reading import addresses_in, read_links

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. ``file`` is the file of the site that it was found in, ``target`` begins at the site's root.

    ``near`` is what the link may have meant, or nothing.
    """

    kind: Literal["no page", "no place", "repeated id"]
    file: str
    target: str
    near: str = ""


class SiteLinks:
    """Takes in each finished page and file of one site, and then says what leads nowhere."""

    def __init__(self, site_address: str) -> None:
        parts = urlsplit(site_address)
        self._host = (parts.hostname or "").removeprefix("www.")
        self._root = parts.path.strip("/")
        self._ids: dict[str, frozenset[str]] = {}
        self._repeated: dict[str, tuple[str, ...]] = {}
        self._targets: dict[str, tuple[str, ...]] = {}

    def add(self, file: str, content: str | bytes) -> None:
        """Takes in a finished file of the site by its path below the site's folder; one that comes again replaces what it was."""
        if file.endswith(".html"):
            self.add_page(file, content if isinstance(content, str) else content.decode("utf-8"))
        else:
            self.add_data(file, content if isinstance(content, bytes) else content.encode("utf-8"))

    def add_page(self, file: str, html: str) -> None:
        """Takes in a finished page: its links and its ids."""
        found = read_links(html)
        self._ids[file] = ids = frozenset(found.ids)
        self._repeated[file] = () if len(ids) == len(found.ids) else tuple(name for name, times in Counter(found.ids).items() if times > 1)
        self.add_targets(file, found.targets)

    def add_data(self, file: str, content: bytes) -> None:
        """Takes in a file that is not a page; only this site's own addresses in full are links there."""
        if self._host.encode() in content:
            unfolded = content.replace(b"\r\n ", b"") if file.endswith(".ics") else content
            self.add_targets(file, dict.fromkeys(addresses_in(unfolded.decode("utf-8"))))

    def add_targets(self, file: str, targets: Iterable[str]) -> None:
        """Takes in links that a file holds in a way of its own, as seen from that file."""
        self._targets[file] = tuple(dict.fromkeys(found for target in targets if (found := self.resolved(file, target)) is not None))

    def resolved(self, file: str, target: str) -> str | None:
        """What a link in a file of the site leads to, without the first stroke: ``news/#feeds``. Nothing where it leaves the site."""
        path, mark, place = target.partition("#")
        path = path.partition("?")[0]
        if path.startswith("//") or (":" in path and _SCHEME.match(path)):
            parts = urlsplit(path)
            if parts.scheme not in ("http", "https", "") or (parts.hostname or "").removeprefix("www.") != self._host:
                return None
            path = parts.path or "/"
        if not path:
            found = file.removesuffix("index.html")
        elif path.startswith("/"):
            found = self._below_root(path)
        else:
            found = _joined(file, path)
        place = place.partition(":~:")[0]  # words for the browser to find on the page
        found = f"{found}#{place}" if mark and place else found
        return unquote(found) if "%" in found else found

    def _below_root(self, path: str) -> str:
        """Where the site is published in a folder of its host, links from the host's root begin with that folder."""
        inside = path.lstrip("/")
        if self._root and inside.startswith(f"{self._root}/"):
            return inside.removeprefix(f"{self._root}/")
        return "" if self._root and inside == self._root else inside

    def faults(self, files: Collection[str]) -> list[Fault]:
        """Everything that is wrong. ``files`` are all files of the site, by their paths below its folder."""
        return [*self._dead_links(frozenset(files)), *(Fault("repeated id", file, name) for file, names in self._repeated.items() for name in names)]

    def _dead_links(self, files: frozenset[str]) -> Iterator[Fault]:
        dead: dict[str, Fault | None] = {}  # what was found out of each target: most lead to the same few
        for file, targets in self._targets.items():
            for target in targets:
                if target not in dead:
                    dead[target] = self._fault_of(target, file, files)
                if fault := dead[target]:
                    yield Fault(fault.kind, file, fault.target, fault.near)

    def _fault_of(self, target: str, file: str, files: frozenset[str]) -> Fault | None:
        path, _, place = target.partition("#")
        found = f"{path}index.html" if path.endswith("/") or not path else path
        if found not in files:
            beside = f"/{path}/" if f"{path}/index.html" in files else ""
            return Fault("no page", file, f"/{target}", beside or _nearest_address(path, files))
        if not place or place == "top" or place in self._ids.get(found, (place,)):
            return None
        own = sorted(self._ids[found] - self._ids.get("404.html", frozenset()))  # without what every page has
        near = nearest(place, own, say="{}").strip('"')
        return Fault("no place", file, f"/{target}", f"/{path}#{near}" if near else "")


def _nearest_address(path: str, files: frozenset[str]) -> str:
    """The address most like one where nothing is: of a page, or for a file of one of its kind."""
    _, dot, ending = path.rpartition(".")
    alike = [name for name in files if name.endswith(f".{ending}" if dot and "/" not in ending else ".html")]
    return nearest(f"/{path}", [f"/{name.removesuffix('index.html')}" for name in sorted(alike)], say="{}").strip('"')


def _joined(file: str, path: str) -> str:
    """A path as seen from a file, from the site's root."""
    steps = file.split("/")[:-1]
    while path.startswith("../"):
        path = path.removeprefix("../")
        del steps[-1:]
    if "./" not in path and not path.endswith("."):  # nearly every link
        return "/".join([*steps, path])
    for step in path.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in (".", ""):
            steps.append(step)
    is_folder = path.endswith(("/", "/.", "/..")) or path in (".", "..")
    return "/".join(steps) + ("/" if is_folder and steps else "")
