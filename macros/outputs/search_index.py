"""The site's own search: what is found where, in parts small enough for a slow phone.

Owns: which words lead to which page and how strongly, and the files that ``assets/scripts/search.js`` fetches. Every word of a page leads
back to it, table cells and numbers included. Never: searches (the script does), or writes a file: it is a pure function of finished pages.

    search/words/<part>.json    {"pages": 356, "words": {"neglect": [3, 41, 4, 2]}}: page 3 with weight 41, page 7 (4 on) with 2;
                                "titles": {"3": ["Neglect", "Topic", "topics/neglect/"]} of the first pages of each word
    search/spelling/<part>.json the words that end alike, for a reader who mistypes the beginning of one; short.json the short ones
    search/pages/<page>.json    a page's title, kind, address and text, fetched only for the results on screen

A word's part is worked out from its first three letters, here and in the script alike, so that a search needs no list of parts: words and
pages are two requests at any size of site. The titles let the first result be shown, and followed, after the first of the two.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import accumulate

from macros.components.written import INSIDE_TAG
from macros.models.site import GlossaryTerm

PARTS = 256  # files that the words are spread over; the script has the same number
_LETTERS = 3  # of a word that decide its part
_FIRST = 3  # pages of each word whose titles stand beside it
_SHORT = range(4, 7)  # letters of a word that is looked for by all its letters when it is mistyped; a longer one by its last two
# How strongly a word leads to a page that has it in its title, a heading or its description, how strongly at most for being said in the text,
# and for being another wording of what is said.
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
INLINE = "a|abbr|b|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u"
_NOT_READ = re.compile(rf"<(/?)(?:svg|script|style|template|nav|form)\b{INSIDE_TAG}>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADINGS = re.compile(rf"<(h[2-4]|caption|figcaption)\b{INSIDE_TAG}>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?(?:{INLINE})(?:\s{INSIDE_TAG})?>", re.IGNORECASE)
_TAG = re.compile(rf"</?[a-zA-Z]{INSIDE_TAG}>")
_WORD = re.compile(r"[^\W_]+(?:\.[0-9][^\W_]*)*")
_NO_APOSTROPHES = str.maketrans("", "", "'’ʼ")
_THOUSANDS = re.compile(r",(?=[0-9]{3})(?<=[0-9],)")  # begins with its comma, which is looked for quickly
_NOT_PLAIN = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True)
class SearchPage:
    """A page as a reader sees it. ``kind`` is the layout's word for it; ``address`` begins at the site's root."""

    address: str
    title: str
    kind: str
    description: str
    html: str


class SearchIndex:
    """Grows page by page while a site is built, so that no page is kept: what is left of each is its words and their weights."""

    def __init__(self, terms: Sequence[GlossaryTerm]) -> None:
        self._words: dict[str, list[int]] = {}
        self._latest: dict[str, int] = {}
        self._pages: list[tuple[str, str, str]] = []  # title, kind and address of each
        self._terms = terms
        # By its first word, every wording of the glossary that has others, in small letters, with its number of words and the others.
        self._wordings: defaultdict[str, list[tuple[str, int, tuple[str, ...]]]] = defaultdict(list)
        for term in terms:
            wordings = tuple(dict.fromkeys(wording for wording in (term.term, term.long, *term.also) if wording))
            for wording in wordings if len(wordings) > 1 else ():
                # A name is found only where it begins with its own capitals: SEND is not to send, Prevent not to prevent.
                if parts := _parts_of(wording):
                    self._wordings[parts[0]].append((" ".join(parts).lower(), len(parts), wordings))

    def add(self, page: SearchPage) -> dict[str, bytes]:
        """Takes a page in, and gives the file that holds its text. Pages added in the same order give the same index."""
        number, address = len(self._pages), page.address.lstrip("/")
        kind, factor = _KINDS.get(page.kind, _KINDS["page"])
        text, headings = read_html(page.html)
        title, about, parts = _parts_of(page.title), _parts_of(page.description), _parts_of(text)
        synonyms = self._synonyms_in([*title, *about, *parts])
        weights = Counter({word: min(_MOST_IN_TEXT, times.bit_length()) for word, times in Counter(map(str.lower, parts)).items()})
        for louder, weight in ((title, _TITLE), (_parts_of(headings), _HEADING), (about, _DESCRIPTION)):
            weights.update(dict.fromkeys(map(str.lower, louder), weight))  # adds it
        for word in {word for wordings in synonyms for wording in wordings for word in words_of(wording)}:
            weights.setdefault(word, _SYNONYM)
        for word, weight in weights.items():
            self._words.setdefault(word, []).extend((number - self._latest.get(word, 0), weight if factor == 1 else max(1, round(weight * factor))))
            self._latest[word] = number
        self._pages.append((page.title, kind, address))
        shown = {"title": page.title, "kind": kind, "address": address, "about": page.description, "text": text, "synonyms": synonyms}
        return {f"search/pages/{number}.json": _json(shown)}

    def _synonyms_in(self, parts: Sequence[str]) -> list[tuple[str, ...]]:
        """The wordings of each term that a text names, by the text's words: a page that says one of them is found by all of them."""
        found: dict[tuple[str, ...], None] = {}
        firsts = {part for part in set(parts) if part in self._wordings or part.lower() in self._wordings}
        for place, part in enumerate(parts) if firsts else ():
            for first in dict.fromkeys((part, part.lower())) if part in firsts else ():  # in this order, so that builds repeat
                for wanted, length, wordings in self._wordings.get(first, ()):
                    if " ".join(parts[place : place + length]).lower() == wanted:
                        found[wordings] = None
        return list(found)

    @property
    def addresses(self) -> list[str]:
        """Where the results lead, from the site's root."""
        return [address for _, _, address in self._pages]

    def files(self) -> dict[str, bytes]:
        """The lists of words, and a page for each glossary entry, when every page is in."""
        found: dict[str, bytes] = {}
        for term in self._terms:  # a result of its own, so that the answer to "LADO" stands first
            found |= self.add(SearchPage(f"/glossary/#term-{term.id}", term.title, "term", term.meaning, ""))
        return found | _word_files(self._words, self._pages) | _spelling_files(self._words)


def search_files(pages: Iterable[SearchPage], terms: Sequence[GlossaryTerm]) -> dict[str, bytes]:
    """Every file of the search, by its path in the site. Of pages that answer equally well the first comes first."""
    index = SearchIndex(terms)
    found = {path: content for page in pages for path, content in index.add(page).items()}
    return found | index.files()


def words_of(text: str) -> list[str]:
    """The words of a text as they are searched for: small letters without accents; 1,234 is 1234 and child's is childs."""
    return [part.lower() for part in _parts_of(text)]


def _parts_of(text: str) -> list[str]:
    """The same with its capitals, by which a name is told from a word."""
    if not text.isascii():
        text = _NOT_PLAIN.sub(lambda run: "".join(c for c in unicodedata.normalize("NFKD", run[0]) if not unicodedata.combining(c)), text)
    text = text.translate(_NO_APOSTROPHES)
    found: list[str] = _WORD.findall(_THOUSANDS.sub("", text) if "," in text else text)
    return found


def part_of(word: str) -> int:
    """The number of the file that a word stands in."""
    part = 0
    for letter in word[:_LETTERS]:
        part = (part * 31 + ord(letter)) % 65536
    return part % PARTS


def read_html(html: str) -> tuple[str, str]:
    """A page's text, with a blank wherever a reader sees a gap, and the text of its headings and captions.

    The page is one that this site made: every tag is closed, and signs in text are written as entities. That is
    what lets a few patterns do, in a quarter of the time, what a parser of any HTML does; a test compares the two.
    """
    html = _COMMENT.sub("", html) if "<!--" in html else html
    pieces, read, depth = [], 0, 0
    for tag in _NOT_READ.finditer(html):  # drawings, which hold drawings, and menus are cut out whole
        if tag[1]:
            depth, read = depth - 1, tag.end()
        else:
            pieces += [html[read : tag.start()]] if depth == 0 else []
            depth += 1
    html = "".join([*pieces, html[read:]])
    return _text(html), _text(" ".join(text for _, text in _HEADINGS.findall(html)))


def _text(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _INLINE_TAG.sub("", html))).split())


def _word_files(found: Mapping[str, list[int]], pages: Sequence[tuple[str, str, str]]) -> dict[str, bytes]:
    """Each part's words with their steps, and the titles of the pages to which a word leads most strongly, in the order in which the script shows them."""
    parts: list[dict[str, list[int]]] = [{} for _ in range(PARTS)]
    first: list[set[int]] = [set() for _ in range(PARTS)]
    for word, steps in sorted(found.items()):
        parts[part_of(word)][word] = steps
        best = sorted(zip((-weight for weight in steps[1::2]), accumulate(steps[::2]), strict=True))
        first[part_of(word)] |= {page for _, page in best[:_FIRST]}
    titles = [{str(page): pages[page] for page in sorted(numbers)} for numbers in first]
    return {f"search/words/{n}.json": _json({"pages": len(pages), "words": parts[n], "titles": titles[n]}) for n in range(PARTS)}


def _spelling_files(words: Iterable[str]) -> dict[str, bytes]:
    """Lists to correct a beginning by: the end of a long word is as it should be, and short words are few."""
    lists: dict[str, list[str]] = {name: [] for name in ("short", *map(str, range(PARTS)))}
    for word in sorted(word for word in words if word.isalpha() and len(word) >= _SHORT.start):
        if len(word) in _SHORT:
            lists["short"].append(word)
        if len(word) > _SHORT.start:
            lists[str(part_of(word[-2:]))].append(word)
    return {f"search/spelling/{name}.json": _json(found) for name, found in lists.items()}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
