"""The site's own search: what is found where, in few files and small enough for a slow phone.

Owns: which words lead to which page and how strongly, and the files that ``assets/scripts/search.js`` fetches. Every word of a visitor's page
leads back to it, table cells and numbers included, but for words that say nothing alone. Never: searches (the script does), or writes a file:
it is a pure function of finished pages, because a reader searches for what stands there, whether Markdown, data or a template wrote it.

    search/titles.json          {"kinds": [["Topic", 1]], "small": ["a", ...], "pages": [["Neglect", 0, "topics/neglect/"], ...]}: every page by its number
                                with its kind's, and how much more each kind counts where a child may be asking (0: not shown)
    search/words/<part>.json    {"neglect": "3.41 4"}: page 3 with weight 41, page 7 (4 on) with weight 1
    search/about/<group>.json   what the pages of a group are about, fetched only for the results on screen
    search/spelling.json        every word long enough to be mistyped, fetched only if a word is found nowhere

A word's part is worked out from its first three letters, here and in the script alike, so that a search needs no list of parts.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from macros.components.written import INSIDE_TAG
from macros.models.site import GlossaryTerm
from macros.outputs.base import as_json

PARTS = 24  # files that the words are spread over; the script has the same number
GROUP = 128  # pages whose descriptions share a file; the script has the same number
_LETTERS = 3  # of a word that decide its part
_MISTYPED = 4  # letters of the shortest word that is looked for when a word is mistyped
# Words that say nothing alone: a page's text leads to it by none of them.
_SMALL = "a about am an and are as at be been being but by can cant could did didnt do does doesnt dont for from get had has have he her him his how i if im in is isnt it its ive me my no not of on or our she should so that the their them there they think this to us was we what when where which who whose why will with wont would you your"
SMALL = frozenset(_SMALL.split())
# How strongly a word leads to a page that has it in its title, among the words that its editor gave for the search, in a heading or its
# description, how strongly at most for being said in the text, and for being another wording of what is said.
_TITLE, _FOUND_BY, _HEADING, _DESCRIPTION, _MOST_IN_TEXT, _SYNONYM = 40, 30, 10, 6, 5, 2


@dataclass(frozen=True)
class _Kind:
    """What a kind of page is called in the results, how much more or less it counts, and again where a child may be asking."""

    label: str
    counts: float = 1.0
    for_a_child: float = 1.0


_KINDS = {
    "children": _Kind("For children and young people", 1.1, 8.0),
    "help": _Kind("Get help", 2.0, 2.0),
    "home": _Kind("Start page"),
    "page": _Kind("Page"),
    "staff": _Kind("For people who work with children", 1.0, 0.0),
    "topic": _Kind("Topic", 1.2),
    "review": _Kind("Review", 1.1, 0.0),
    "briefing": _Kind("7-minute briefing", 1.1, 0.0),
    "priority": _Kind("Priority", 1.0, 0.0),
    "news": _Kind("News", 0.8, 0.0),
    "report": _Kind("Report", 0.5, 0.0),
    "data": _Kind("Table", 0.9, 0.0),
    "neighbour": _Kind("Neighbouring area", 0.7, 0.0),
    "term": _Kind("Word explained"),
}
INLINE = "a|abbr|b|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u"
_NOT_READ = re.compile(rf"<(/?)(?:svg|script|style|template|nav|form|aside)\b{INSIDE_TAG}>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADINGS = re.compile(rf"<(h[2-4]|caption|figcaption)\b{INSIDE_TAG}>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?(?:{INLINE})(?:\s{INSIDE_TAG})?>", re.IGNORECASE)
_TAG = re.compile(rf"</?[a-zA-Z]{INSIDE_TAG}>")
_WORD = re.compile(r"[^\W_]+(?:\.[0-9][^\W_]*)*")
_NO_APOSTROPHES = str.maketrans("", "", "'’ʼ")
# A telephone number of the United Kingdom as it is written, in groups: it is found without its blanks as well.
_TELEPHONE = re.compile(r"(?<![0-9])0[0-9]{2,4}(?: [0-9]{3,6}){1,2}(?![0-9])")
_THOUSANDS = re.compile(r",(?=[0-9]{3})(?<=[0-9],)")  # begins with its comma, which is looked for quickly
_NOT_PLAIN = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True)
class SearchPage:
    """A page as a reader sees it. ``kind`` is the layout's word for it; ``address`` begins at the site's root; ``found_by`` are an editor's words."""

    address: str
    title: str
    kind: str
    description: str
    html: str
    found_by: tuple[str, ...] = ()


class SearchIndex:
    """Grows page by page while a site is built, so that no page is kept: what is left of each is its words and their weights."""

    def __init__(self, terms: Sequence[GlossaryTerm]) -> None:
        self._words: dict[str, list[str]] = {}
        self._latest: dict[str, int] = {}
        self._pages: list[tuple[str, int, str]] = []  # title, number of its kind and address of each
        self._about: list[str] = []
        self._terms = terms
        # By its first word, every wording of the glossary that has others, in small letters, with its number of words and the others.
        self._wordings: defaultdict[str, list[tuple[str, int, tuple[str, ...]]]] = defaultdict(list)
        for term in terms:
            wordings = tuple(dict.fromkeys(wording for wording in (term.term, term.long, *term.also) if wording))
            for wording in wordings if len(wordings) > 1 else ():
                # A name is found only where it begins with its own capitals: SEND is not to send, Prevent not to prevent.
                if parts := _parts_of(wording):
                    self._wordings[parts[0]].append((" ".join(parts).lower(), len(parts), wordings))

    def add(self, page: SearchPage) -> None:
        """Takes a page in. Pages added in the same order give the same index; of pages that answer equally well the first comes first."""
        number, kind = len(self._pages), _KINDS.get(page.kind, _KINDS["page"])
        text, headings = read_html(page.html)
        title, about, parts = _parts_of(page.title), _parts_of(page.description), _parts_of(text)
        said = Counter(map(str.lower, parts)) + Counter(number.replace(" ", "") for number in _TELEPHONE.findall(text))
        weights = Counter({word: min(_MOST_IN_TEXT, times.bit_length()) for word, times in said.items() if word not in SMALL})
        found_by = _parts_of(" ".join(page.found_by))
        for louder, weight in ((title, _TITLE), (found_by, _FOUND_BY), (_parts_of(headings), _HEADING), (about, _DESCRIPTION)):
            weights.update(dict.fromkeys(map(str.lower, louder), weight))  # adds it
        for word in self._synonyms_in([*title, *about, *parts]):
            weights.setdefault(word, _SYNONYM)
        for word, weight in weights.items():
            step, counts = number - self._latest.get(word, 0), max(1, round(weight * kind.counts))
            self._words.setdefault(word, []).append(f"{step}.{counts}" if counts > 1 else f"{step}")
            self._latest[word] = number
        self._pages.append((page.title, list(_KINDS.values()).index(kind), page.address.lstrip("/")))
        self._about.append(page.description)

    def _synonyms_in(self, parts: Sequence[str]) -> set[str]:
        """The words of every wording of each term that a text names, by the text's words: a page that says one of them is found by all of them."""
        found: set[str] = set()
        firsts = {part for part in set(parts) if part in self._wordings or part.lower() in self._wordings}
        for place, part in enumerate(parts) if firsts else ():
            for first in {part, part.lower()} if part in firsts else ():
                for wanted, length, wordings in self._wordings.get(first, ()):
                    if " ".join(parts[place : place + length]).lower() == wanted:
                        found.update(word for wording in wordings for word in words_of(wording))
        return found

    @property
    def addresses(self) -> list[str]:
        """Where the results lead, from the site's root."""
        return [address for _, _, address in self._pages]

    def files(self) -> dict[str, bytes]:
        """Every file of the search, by its path in the site, when every page is in; each entry of the glossary is a result of its own."""
        for term in self._terms:  # so that the answer to "LADO" stands first
            self.add(SearchPage(f"/glossary/#term-{term.id}", term.title, "term", term.meaning, "", term.also))
        parts: list[dict[str, str]] = [{} for _ in range(PARTS)]
        for word, steps in sorted(self._words.items()):
            parts[part_of(word)][word] = " ".join(steps)
        kinds, titles = list(_KINDS.values()), Counter(title for title, _, _ in self._pages)
        pages = [(f"{title} ({kinds[kind].label.lower()})" if titles[title] > 1 else title, kind, address) for title, kind, address in self._pages]
        spelling = sorted(word for word in self._words if word.isalpha() and len(word) >= _MISTYPED)
        return {
            "search/titles.json": as_json({"kinds": [(kind.label, kind.for_a_child) for kind in kinds], "small": sorted(SMALL), "pages": pages}),
            "search/spelling.json": as_json(spelling),
            **{f"search/words/{number}.json": as_json(words) for number, words in enumerate(parts)},
            **{f"search/about/{first // GROUP}.json": as_json(self._about[first : first + GROUP]) for first in range(0, len(self._about), GROUP)},
        }


def search_files(pages: Iterable[SearchPage], terms: Sequence[GlossaryTerm]) -> dict[str, bytes]:
    index = SearchIndex(terms)
    for page in pages:
        index.add(page)
    return index.files()


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
