"""What a browser would do with a page, without a browser: what it runs, what it loads, which elements it finds.

Owns: reading HTML. Never: judges; the tests do.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

LOADS = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "video": ("src", "poster"), "audio": ("src",), "track": ("src",),
    "input": ("src", "formaction"), "button": ("formaction",), "form": ("action",), "image": ("href", "xlink:href"), "use": ("href", "xlink:href"),
    "body": ("background",), "link": ("href",),
}  # fmt: skip
NEVER = {"style", "iframe", "frame", "object", "embed", "applet", "base", "portal", "foreignobject", "animate", "set", "noscript", "math"}
NOT_LOADED = {"canonical", "alternate", "license", "author", "next", "prev"}  # kinds of link that a browser does not fetch


class PageReader(HTMLParser):
    """Reads one page. ``faults`` are what it would run or load, ``forms`` its elements with their attributes, ``words`` all that a reader or a
    screen reader is told: texts and values of attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: set[tuple[str, str]] = set()
        self.words: list[str] = []
        self.faults: list[str] = []
        self.policies: list[str] = []
        self.referrer: list[str] = []
        self.robots: list[str] = []
        self.before_policy: list[str] = []
        self.data_blocks: list[str] = []
        self.inside_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.forms |= {(tag, name) for name in ("", *given)}
        self.words += given.values()
        if len(given) != len(attrs):
            self.faults.append(f"<{tag}> names an attribute twice")
        if not self.policies:
            self.before_policy.append(tag)
        if tag == "meta":
            self._meta(given)
        if tag in NEVER:
            self.faults.append(f"<{tag}>")
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc", "ping"):
                self.faults.append(f"<{tag} {name}>")
            harmless = (tag == "img" and value.startswith("data:image/")) or (tag, value) == ("link", "data:,")  # the second: no icon
            if re.match(r"[\s\x00-\x20]*(?:javascript|vbscript|data|file|blob):", value, re.IGNORECASE) and not harmless:
                self.faults.append(f"<{tag} {name}={value[:40]}>")
        if tag == "script":
            self._script(given)
        for name in LOADS.get(tag, ()):
            if name in given and not (tag == "link" and set(given.get("rel", "").split()) <= NOT_LOADED):
                self._loaded(tag, name, given[name])

    def _meta(self, given: dict[str, str]) -> None:
        kind = given.get("http-equiv", "").lower()
        if kind == "content-security-policy":
            self.policies.append(given["content"])
        elif kind == "refresh":
            if not re.fullmatch(r"0; url=(?![a-z]+:|//)[^\s\"']+", given["content"]):
                self.faults.append(f"leads on to {given['content']}")
        elif kind:
            self.faults.append(f"<meta http-equiv={kind}>")
        if given.get("name") == "referrer":
            self.referrer.append(given["content"])
        if given.get("name") == "robots":
            self.robots.append(given["content"])

    def _script(self, given: dict[str, str]) -> None:
        if given.get("type") == "application/ld+json":
            self.inside_data = True
        elif not given.get("src"):
            self.faults.append("a script within the page")

    def _loaded(self, tag: str, name: str, value: str) -> None:
        for part in value.split(",") if name == "srcset" else [value]:
            address = urlsplit(part.strip())
            if address.netloc or address.scheme not in ("", "data"):
                self.faults.append(f"<{tag} {name}> loads {part.strip()[:60]}")

    def handle_data(self, data: str) -> None:
        if self.inside_data:
            self.data_blocks.append(data)
        else:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.inside_data = False


def read_page(text: str) -> PageReader:
    """A page or a piece of one, read to its end."""
    reader = PageReader()
    reader.feed(text)
    reader.close()
    return reader
