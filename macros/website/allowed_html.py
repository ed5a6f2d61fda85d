"""The last door: what an editor's Markdown may have become, whatever the Markdown was.

Owns: the elements, attributes, addresses and characters that a page's text may hold once it is HTML. The text must be written as the
converter writes it (small letters, double quotes, nothing left open), so that every browser reads the same in it. Never: puts anything right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit

_TAG = re.compile(r'<(?:/([a-z][a-z0-9]*)|([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*) ?/?)>')
_MARK = re.compile(r"<[^<>]*>?")
_ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"]*)")?')
_REFERENCE = re.compile(r"&#\w+;?")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\Z")
_PRIVATE = (".local", ".localhost", ".internal", ".lan", ".home", ".arpa", ".onion")
ADMONITIONS = "note|abstract|info|tip|success|question|warning|failure|danger|bug|example|quote"  # Material's own; any other class could hide text


def _is(pattern: str) -> Callable[[str], bool]:
    return re.compile(rf"(?:{pattern})\Z").match  # type: ignore[return-value]


def is_address(address: str) -> bool:
    """Whether a link says where it leads: within the site, or to a public host that is spelt in plain letters. Never to a telephone or mailbox."""
    if re.search(r"[\s\\]|[^ -~]", address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if not parts.scheme and not parts.netloc:
        return ":" not in parts.path.partition("/")[0]
    return parts.scheme in ("https", "http") and bool(_HOST.match(parts.netloc)) and not parts.netloc.endswith(_PRIVATE)


_ANY: Callable[[str], bool] = lambda _: True  # noqa: E731
_ID, _NOTHING = _is(r"[\w:.-]+"), _is("")
_NO: Mapping[str, Callable[[str], bool]] = {}
_CELL = {"style": _is("text-align: (?:left|right|center);")}
ELEMENTS: Mapping[str, Mapping[str, Callable[[str], bool]]] = {
    **dict.fromkeys(("em", "strong", "pre", "blockquote", "br", "del", "ins", "mark", "sub", "dl", "dt", "dd", "table", "thead", "tbody", "tr"), _NO),
    **{name: {"id": _ID} for name in ("h2", "h3", "h4", "h5", "h6", "sup")},
    "a": {"href": is_address, "title": _ANY, "class": _is("footnote-(?:backref|ref)")},
    "p": {"class": _is("admonition-title")},
    "img": {"src": lambda src: is_address(src) and not urlsplit(src).netloc, "alt": _ANY, "title": _ANY},
    "ol": {"start": _is(r"\d+")},
    "ul": {"class": _is("task-list")},
    "li": {"id": _ID, "class": _is("task-list-item")},
    "hr": {"class": _is("footnotes-sep")},
    "th": _CELL,
    "td": _CELL,
    "code": {"class": _is(r"language-\w+")},
    "span": {"class": _is("keys|[a-z]{1,2}[a-z0-9]?")},  # the parts of an example of code have names of one to three letters
    "kbd": {"class": _is(r"key-[\w-]+")},
    "div": {
        "class": _is(rf"admonition (?:{ADMONITIONS})|footnote|highlight|tabbed-set(?: tabbed-alternate)?|tabbed-(?:labels|content|block)"),
        "data-tabs": _is(r"\d+:\d+"),
    },
    "details": {"class": _is(ADMONITIONS), "open": _is("open")},
    "summary": _NO,
    "label": {"for": _ID, "class": _is("task-list-control")},
    "input": {"type": _is("checkbox|radio"), "id": _ID, "name": _ID, "checked": _is("(?:checked)?"), "disabled": _NOTHING},
}


def faults_in(html: str) -> Iterator[tuple[str, str]]:
    """What a page's text holds that it may not: what is wrong, and the words of the page by which it is found again."""
    for mark in _MARK.finditer(html):
        tag = _TAG.fullmatch(mark.group())
        name = (tag.group(1) or tag.group(2)) if tag else ""
        if tag is None or name not in ELEMENTS:
            yield f'"{mark.group()[:40]}" is HTML that no page may hold.', mark.group()[:6]
            continue
        for attribute, value in _ATTRIBUTE.findall(tag.group(3) or ""):
            allowed = ELEMENTS[name].get(attribute)
            if allowed is None or not allowed(unescape(value)):
                yield f'{attribute}="{unescape(value)[:60]}" may not be said of <{name}>.', unescape(value)
    for sign in sorted({sign for sign in unescape(html) if sign not in "\n\t" and unicodedata.category(sign) in ("Cc", "Cf")}):
        yield f"The text holds a character that cannot be seen (U+{ord(sign):04X}).", sign
    for reference in sorted({reference for reference in _REFERENCE.findall(html) if unescape(reference) in ("", "\ufffd", "\r")}):
        yield f"{reference} is no character.", reference
