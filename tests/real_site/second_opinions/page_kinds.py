"""One page of each kind, found by what the pages of a built site are made of.

Owns: choosing pages to look at closely where looking at all of them would take too long. Never: names a page, so that an
editor may rename or remove any of them.
"""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path


class _Features(HTMLParser):
    """What a page is made of: its elements with their classes, and its scripts. Classes that say what a listing lists are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        names = given.get("class", "").split()
        self.found |= {tag, *(f"{tag}.{name}" for name in names if "page" in names or not name.startswith("kind-"))}
        if tag == "script" and "src" in given:
            self.found.add(given["src"].rpartition("/")[2])


def one_page_of_each_kind(site: Path) -> list[str]:
    """Addresses of few pages that together hold every element, class and script of the site, and come from each of its parts."""
    features = {_address(site, file): _features(site, file) for file in sorted(site.rglob("*.html")) if not _is_no_destination(file)}
    wanted = set[str]().union(*features.values())
    chosen: list[str] = []
    while wanted:
        best = max(features, key=lambda address: len(features[address] & wanted))
        wanted -= features[best]
        chosen.append(best)
    return chosen


def page_with(site: Path, markup: str) -> str:
    """The address of the first page that holds a piece of HTML."""
    found = [_address(site, file) for file in sorted(site.rglob("*.html")) if markup in file.read_text(encoding="utf-8")]
    assert found, f"no page holds {markup}"
    return found[0]


def _address(site: Path, file: Path) -> str:
    return "/" + file.relative_to(site).as_posix().removesuffix("index.html")


def _features(site: Path, file: Path) -> set[str]:
    reader = _Features()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader.found | {f"part {file.relative_to(site).parts[0]}"}


def _is_no_destination(file: Path) -> bool:
    text = file.read_text(encoding="utf-8")
    return 'http-equiv="refresh"' in text or "<h1>This page has been withdrawn</h1>" in text
