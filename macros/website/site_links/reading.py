"""A finished page or file to what it links to.

Owns: which attributes lead somewhere. Never: knows which site a page belongs to, or whether a link leads anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

_LEADS = ("href", "src", "action", "poster", "data", "cite")
_INSIDE = r"[^>\"']*+(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*+)*+"  # of a tag; values may hold any sign
_TAG = re.compile(rf"<[a-zA-Z][a-zA-Z0-9-]*+\s{_INSIDE}>")
_READ = re.compile(rf'\s(id|srcset|content|{"|".join(_LEADS)})="([^"]*)"')
_ODD = re.compile(rf"<!--|\s(?:id|srcset|content|{'|'.join(_LEADS)})\s*+=(?!\")", re.IGNORECASE)
_LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_ADDRESS = re.compile(r"""("@id": ?")?(https?://[^\s"'<>\\]+)""")
_REFRESH = re.compile(r"\s*\d+\s*;\s*url=(\S+)", re.IGNORECASE)
_ENDS_A_SENTENCE = ".,;:!?)"


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page links to, each target once and as it is written, and every id it has, repeated ones too."""

    targets: tuple[str, ...]
    ids: tuple[str, ...]


def read_links(html: str) -> PageLinks:
    """The links and ids of one finished page.

    Two patterns read what this site writes, twenty times as fast as a parser; a page with a comment, or with an attribute
    whose value has other signs around it than ``"``, is read by the parser. A test compares the two on every page.
    """
    if _ODD.search(html):
        pairs = _parsed(html)
    else:
        pairs = _READ.findall(" ".join(_TAG.findall(html)))
        pairs = [(name, unescape(value) if "&" in value else value) for name, value in pairs]
    targets = {target: None for name, value in pairs if name != "id" for target in _targets(name, value)}
    if "application/ld+json" in html:
        targets |= dict.fromkeys(address for block in _LINKED_DATA.findall(html) for address in addresses_in(block))
    return PageLinks(tuple(targets), tuple(value for name, value in pairs if name == "id"))


def _targets(name: str, value: str) -> list[str]:
    if name == "srcset":
        return [part.split()[0] for part in value.split(",") if part.strip()]
    if name == "content":  # a description, an address, or where a page leads on to
        refresh = _REFRESH.match(value)
        return [refresh.group(1)] if refresh else [value] if value.startswith(("http://", "https://")) else []
    return [value]


def addresses_in(text: str) -> list[str]:
    """The full addresses in a text that is not HTML: JSON, XML, a calendar.

    What follows "#" in an ``@id`` of linked data names a thing and not a place on a page, so it is left off.
    """
    found = []
    for names_a_thing, address in _ADDRESS.findall(text):
        address = address.rstrip(_ENDS_A_SENTENCE)
        found.append(address.partition("#")[0] if names_a_thing else address)
    return found


def _parsed(html: str) -> list[tuple[str, str]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.pairs


class _Reader(HTMLParser):
    """The same pairs of attribute and value, of any HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - html.parser names its arguments
        self.pairs += [(name, value or "") for name, value in attrs if name in ("id", "srcset", "content", *_LEADS)]
