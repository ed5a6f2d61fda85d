"""The site's own search: what is found where, in parts small enough for a slow phone.

Owns: which words lead to which page and how strongly, and the files that ``assets/scripts/search.js`` fetches.
Never: searches (the script does), or writes a file: it is a pure function of the finished pages.

Every word of a page leads back to it, table cells and numbers included; no word is left out as too common.

    search/words/<part>.json    {"pages": 356, "words": {"neglect": [3, 41, 4, 2]}}: page 3 with weight 41, page 7 (4 on) with 2
    search/spelling/<part>.json the words that end alike, for a reader who mistypes the beginning of one; short.json the short ones
    search/pages/<page>.json    a page's title, kind, address and text, fetched only for the results on screen

A word's part is worked out from its first three letters, here and in the script alike, so that a search needs
no list of parts: words and pages are two requests, one after the other, at any size of site.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from macros.models.glossary_term import GlossaryTerm

PARTS = 64  # files that the words are spread over; the script has the same number
_LETTERS = 3  # of a word that decide its part
_SHORT = range(4, 7)  # letters of a word that is looked for by all its letters when it is mistyped; a longer one by its last two
_TITLE, _HEADING, _DESCRIPTION, _MOST_IN_TEXT, _SYNONYM = 40, 10, 6, 5, 2
# What a kind of page is called in the results, and how much more or less it counts.
_KINDS = {
    "help": ("Get help", 2.0),
    "home": ("Start page", 1.0),
    "page": ("Page", 1.0),
    "topic": ("Topic", 1.2),
    "review": ("Review", 1.1),
    "briefing": ("7-minute briefing", 1.1),
    "priority": ("Priority", 1.0),
    "news": ("News", 0.8),
    "data": ("Table", 0.9),
    "neighbour": ("Table, neighbouring area", 0.7),
    "term": ("Word explained", 1.2),
}
_NOT_READ = frozenset(("svg", "script", "style", "template", "nav"))
_HEADINGS = frozenset(("h2", "h3", "h4", "caption", "figcaption"))
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "em",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    )
)
_WORD = re.compile(r"[^\W_]+(?:\.[0-9][^\W_]*)*")
_JOINS = re.compile(r"['’ʼ]|(?<=[0-9]),(?=[0-9]{3})")


@dataclass(frozen=True)
class SearchPage:
    """A page as a reader sees it. ``kind`` is the layout's word for it; ``address`` begins at the site's root."""

    address: str
    title: str
    kind: str
    description: str
    html: str


def search_files(pages: Iterable[SearchPage], terms: Sequence[GlossaryTerm]) -> dict[str, bytes]:
    """Every file of the search, by its path in the site."""
    synonyms = _Synonyms(terms)
    found: defaultdict[str, list[int]] = defaultdict(list)
    files: dict[str, bytes] = {}
    latest: dict[str, int] = {}
    everything = [*sorted(pages, key=lambda page: page.address), *map(_as_page, terms)]
    for number, page in enumerate(everything):
        text, headings = read_html(page.html)
        extra = synonyms.of(f"{page.title} {page.description} {text}")
        for word, weight in _weights(page, text, headings, extra).items():
            found[word] += (number - latest.get(word, 0), weight)
            latest[word] = number
        kind, _ = _kind(page)
        address = page.address.lstrip("/")
        files[f"search/pages/{number}.json"] = _json(
            {"title": page.title, "kind": kind, "address": address, "about": page.description, "text": text, "synonyms": extra}
        )
    return files | _word_files(found, len(everything)) | _spelling_files(found)


def words_of(text: str) -> list[str]:
    """The words of a text as they are searched for: small letters without accents; 1,234 is 1234 and child's is childs."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return _WORD.findall(_JOINS.sub("", plain).lower())


def part_of(word: str) -> int:
    """The number of the file that a word stands in."""
    part = 0
    for letter in word[:_LETTERS]:
        part = (part * 31 + ord(letter)) % 65536
    return part % PARTS


def _weights(page: SearchPage, text: str, headings: str, extra: Sequence[Sequence[str]]) -> dict[str, int]:
    """How strongly each word leads to the page: its title most, then headings, the description, and how often it is said."""
    weights: Counter[str] = Counter()
    for word, times in Counter(words_of(text)).items():
        weights[word] = min(_MOST_IN_TEXT, times.bit_length())
    for words, weight in ((page.title, _TITLE), (headings, _HEADING), (page.description, _DESCRIPTION)):
        for word in set(words_of(words)):
            weights[word] += weight
    for wording in {wording for wordings in extra for wording in wordings}:
        for word in words_of(wording):
            weights[word] = weights[word] or _SYNONYM
    _, factor = _kind(page)
    return {word: max(1, round(weight * factor)) for word, weight in weights.items()}


def _kind(page: SearchPage) -> tuple[str, float]:
    return _KINDS.get(page.kind, _KINDS["page"])


def _as_page(term: GlossaryTerm) -> SearchPage:
    """A glossary entry as a result of its own, so that the answer to "LADO" stands first."""
    return SearchPage(f"/glossary/#term-{term.id}", term.title, "term", term.meaning, "")


class _Synonyms:
    """Finds the glossary's wordings in a text: a page that says one of them is found by all of them."""

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        self._by_first: defaultdict[str, list[tuple[list[str], tuple[str, ...]]]] = defaultdict(list)
        for term in terms:
            wordings = tuple(dict.fromkeys(wording for wording in (term.term, term.long, *term.also) if wording))
            for wording in wordings if len(wordings) > 1 else ():
                # A name is found only where it begins with its own capitals: SEND is not to send, Prevent not to prevent.
                parts = _WORD.findall(_JOINS.sub("", wording))
                if parts:
                    self._by_first[parts[0]].append((parts, wordings))

    def of(self, text: str) -> list[tuple[str, ...]]:
        """The wordings of each term that the text names."""
        parts = _WORD.findall(_JOINS.sub("", text))
        found: dict[tuple[str, ...], None] = {}
        for place, part in enumerate(parts):
            for first in dict.fromkeys((part, part.lower())):  # in this order, so that builds repeat
                for wanted, wordings in self._by_first.get(first, ()):
                    if " ".join(parts[place : place + len(wanted)]).lower() == " ".join(wanted).lower():
                        found[wordings] = None
        return list(found)


class _Text(HTMLParser):
    """Reads a page's text, with a blank wherever a reader sees a gap, and apart from it that of the headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.headings: list[str] = []
        self._skipped = 0
        self._in_heading = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  the parser's own signature
        if tag in _NOT_READ:
            self._skipped += 1
        elif tag not in _INLINE:
            self.text.append(" ")
            self._in_heading += tag in _HEADINGS

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_READ:
            self._skipped -= 1
        elif tag not in _INLINE:
            self.text.append(" ")
            if tag in _HEADINGS:
                self._in_heading -= 1
                self.headings.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.text.append(data)
            if self._in_heading:
                self.headings.append(data)


def read_html(html: str) -> tuple[str, str]:
    """A page's text and the text of its headings and captions."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.text).split()), " ".join("".join(reader.headings).split())


def _word_files(found: Mapping[str, list[int]], pages: int) -> dict[str, bytes]:
    parts: list[dict[str, list[int]]] = [{} for _ in range(PARTS)]
    for word in sorted(found):
        parts[part_of(word)][word] = found[word]
    return {f"search/words/{number}.json": _json({"pages": pages, "words": part}) for number, part in enumerate(parts)}


def _spelling_files(words: Iterable[str]) -> dict[str, bytes]:
    """Lists to correct a beginning by: the end of a long word is as it should be, and short words are few."""
    plain = sorted(word for word in words if word.isalpha() and len(word) >= _SHORT.start)
    lists: dict[str, list[str]] = {"short": [word for word in plain if len(word) in _SHORT]} | {str(part): [] for part in range(PARTS)}
    for word in plain:
        if len(word) > _SHORT.start:
            lists[str(part_of(word[-2:]))].append(word)
    return {f"search/spelling/{name}.json": _json(found) for name, found in lists.items()}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
