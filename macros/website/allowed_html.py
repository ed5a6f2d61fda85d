"""The last door: what an editor's Markdown may have become, whatever the Markdown was.

Owns: the elements, attributes, addresses and characters that a page's text may hold once it is HTML. The text must be written as the
converter writes it (small letters, double quotes, nothing left open), so that every browser reads the same in it. Never: puts anything right.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit

from macros.content.catalogue import PageEntry
from macros.problems import Problem
from macros.rules.links import is_address
from macros.rules.markdown_safety import BOXES

_TAG = re.compile(r'<(?:/([a-z][a-z0-9]*)|([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*) ?/?)>')
_MARK = re.compile(r"<[^<>]*>?")
_ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"]*)")?')
_REFERENCE = re.compile(r"&#\w+;?")
_BOXES = "|".join(BOXES)


def _is(pattern: str) -> Callable[[str], bool]:
    return re.compile(rf"(?:{pattern})\Z").match  # type: ignore[return-value]


_ANY: Callable[[str], bool] = lambda _: True  # noqa: E731
_ID, _NOTHING = _is(r"[\w:.-]+"), _is("")
_NO: Mapping[str, Callable[[str], bool]] = {}
_ROOM = {"width": _is(r"\d{1,4}"), "height": _is(r"\d{1,4}")}
_CELL = {"style": _is("text-align: (?:left|right|center);")}
ELEMENTS: Mapping[str, Mapping[str, Callable[[str], bool]]] = {
    **dict.fromkeys(("em", "strong", "pre", "blockquote", "br", "del", "ins", "mark", "sub", "dl", "dt", "dd", "table", "thead", "tbody", "tr"), _NO),
    **{name: {"id": _ID} for name in ("h2", "h3", "h4", "h5", "h6", "sup")},
    "a": {"href": is_address, "title": _ANY, "id": _ID, "class": _is("footnote-(?:backref|ref)|md-button(?: md-button--primary)?")},
    "p": {"id": _ID, "class": _is("admonition-title")},
    "img": {"src": lambda src: is_address(src) and not urlsplit(src).netloc, "alt": _ANY, "title": _ANY, "loading": _is("lazy"), **_ROOM},
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
        "class": _is(rf"admonition (?:{_BOXES})|footnote|highlight|tabbed-set(?: tabbed-alternate)?|tabbed-(?:labels|content|block)"),
        "data-tabs": _is(r"\d+:\d+"),
    },
    "details": {"class": _is(_BOXES), "open": _is("open")},
    "summary": _NO,
    "label": {"for": _ID, "class": _is("task-list-control")},
    "input": {"type": _is("checkbox|radio"), "id": _ID, "name": _ID, "checked": _is("(?:checked)?"), "disabled": _NOTHING},
}


def refused_html(page: PageEntry, html: str) -> Iterator[Problem]:
    """A problem for each thing in a page's converted text that no page may hold, at the first line where its words are found."""
    for says, words in faults_in(html):
        place = page.source.body.find(words) if words else -1
        line = page.source.body_line + page.source.body.count("\n", 0, place) if place >= 0 else None
        fix = "Write it as Markdown. What a page may hold is in the guide; names, numbers and addresses to write to come from words."
        yield page.problem(line, says, fix)


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
    for sign in sorted({sign for sign in set(unescape(html)) if sign not in "\n\t" and unicodedata.category(sign) in ("Cc", "Cf")}):
        yield f"The text holds a character that cannot be seen (U+{ord(sign):04X}).", sign
    for reference in sorted({reference for reference in _REFERENCE.findall(html) if unescape(reference) in ("", "\ufffd", "\r")}):
        yield f"{reference} is no character.", reference
