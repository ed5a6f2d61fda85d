"""The glossary's abbreviations, written out where a reader first meets them.

Owns: which place of a finished page is the first, and what is put there. Never: changes anything else: the explanations are put between
the page's characters, so a page without them comes out byte for byte as it went in. It reads finished HTML because only there Markdown, words
of data and what a page gathers by itself stand in the order in which a reader meets them.

Why plain words in brackets, "LADO (Local Authority Designated Officer)", and no tip that opens: a worried reader has nothing to find,
press or hold, with mouse, touch or screen reader, in print or in a copied passage (WCAG technique G97). A table stays as it was published:
its short forms are explained in one line above it. What stands inside a closed ``<details>`` is explained there and once more outside,
where a reader may come first.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape

from macros.components.written import INSIDE_TAG
from macros.models.site import GlossaryTerm

# Inside these nothing is put: names of things, what is pressed, code, drawings, what a script copies.
_LEFT_ALONE = re.compile("h[1-6]|a|abbr|button|code|kbd|label|nav|option|pre|samp|select|summary|svg|template|textarea")
_INLINE = re.compile("a|abbr|b|bdi|cite|code|dfn|em|i|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr")
_PART = re.compile(  # of a page: what is passed over, a table with its frame, a tag, or text
    r"<!--.*?-->|<(script|style)\b.*?</\1>"
    rf'|(?P<table>(?:<div class="table-scroll"{INSIDE_TAG}>\s*)?<table\b{INSIDE_TAG}>)'
    rf"|<(?P<end>/?)(?P<tag>[a-z][\w-]*){INSIDE_TAG}>|(?P<text>[^<&]+|&#?\w+;|.)",
    re.DOTALL | re.IGNORECASE,
)
_CAPITAL = re.compile(r"[A-Z][A-Z]?")
_POSSESSIVE = re.compile("(?:['’]|&#39;|&#x27;|&rsquo;)s(?![^\\W_])")
# What may stand between a wording and its short form: "designated officer, or LADO", "youth justice service (YJS".
_LEADS_ON = re.compile(r"[\s,(]*(?:\b(?:or|called|known as|(?:often )?shortened to))?[\s(]*\Z")


class GlossaryMarks:
    """Explains the abbreviations of one glossary. Names that everybody knows (``explain: no``) are left alone."""

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        self._meanings = {term.term: (term.long, *term.also) for term in terms if term.long and term.explain}
        self._begins = {term: (_CAPITAL.match(term) or [""])[0] for term in self._meanings}
        longest_first = sorted(self._meanings, key=len, reverse=True)
        # A word of its own: not a part of another, of an address or of a file's name.
        self._pattern = re.compile(rf"(?<![\w@/#.&-])({'|'.join(map(re.escape, longest_first))})(s?)(?![\w@/]|[-.]\w)")

    def terms_in(self, html: str) -> set[str]:
        """The abbreviations that may stand in a page. Most begin with a capital, and words that do are few and quickly found."""
        capitals = set(_CAPITAL.findall(html))
        return {term for term, begins in self._begins.items() if (not begins or begins in capitals) and term in html}

    def explain(self, html: str) -> str:
        """The same page with each abbreviation written out where it is first met."""
        there = self.terms_in(html)
        added: list[tuple[int, str]] = []
        in_tables: dict[int, list[str]] = {}
        met: set[tuple[str, tuple[int, ...]]] = set()  # each abbreviation with the <details> around it: inside these it is known from then on
        for pieces, table, details in _blocks(html) if there else ():
            text, read = "".join(text for _, text, _ in pieces), 0
            if not any(term in text for term in there):
                continue
            for place, piece, alone in pieces:
                for match in () if alone else self._pattern.finditer(piece):
                    term, before = match[1], text[: read + match.start()]
                    if any((term, details[:depth]) in met for depth in range(len(details) + 1)):
                        continue
                    met.add((term, details))
                    if self._is_explained(term, before, text):
                        continue
                    if table is None:
                        added.append(self._in_brackets(match, before, html, place + match.end()))
                    else:
                        in_tables.setdefault(table, []).append(escape(f"{term} ({self._meanings[term][0]})", quote=False))
                read += len(piece)
            if all((term, ()) in met for term in there):
                break
        added += [(place, f'<p class="source-line">Short forms in this table: {", ".join(terms)}.</p>\n') for place, terms in in_tables.items()]
        found, done = "", 0
        for place, text in sorted(added):
            found, done = found + html[done:place] + text, place
        return found + html[done:]

    def _is_explained(self, term: str, before: str, block: str) -> bool:
        """Whether the author did it: the paragraph has the long form, or another wording stands right before the short one."""
        wordings = tuple(_plain(wording) for wording in self._meanings[term])
        return wordings[0] in _plain(block) or _LEADS_ON.sub("", _plain(before)).endswith(wordings)

    def _in_brackets(self, match: re.Match[str], before: str, html: str, end: int) -> tuple[int, str]:
        """An explanation and its place, which is behind a possessive."""
        long = self._meanings[match[1]][0]
        long = escape(f"{match[1]}: {long}" if match[2] else long, quote=False)
        text = f'<span class="short-for">: {long}</span>' if before.rfind("(") > before.rfind(")") else f' <span class="short-for">({long})</span>'
        possessive = _POSSESSIVE.match(html, end)
        return possessive.end() if possessive else end, text


def _blocks(html: str) -> Iterator[tuple[list[tuple[int, str, bool]], int | None, tuple[int, ...]]]:
    """Each paragraph, cell or list item as pieces of text with their places and whether they are left alone; where its table begins; the <details> around it."""
    left_alone, pieces = 0, list[tuple[int, str, bool]]()
    table: int | None = None
    details: tuple[int, ...] = ()
    for part in _PART.finditer(html):
        tag, ends = "table" if part["table"] else (part["tag"] or "").lower(), bool(part["end"])
        if part["text"]:
            pieces.append((part.start(), unescape(part["text"]), left_alone > 0))
        elif tag and not _INLINE.fullmatch(tag) and pieces:
            yield pieces, table, details
            pieces = []
        if tag == "table":
            table = None if ends else part.start() if table is None else table
        elif tag == "details":
            details = details[:-1] if ends else (*details, part.start())
        elif tag and _LEFT_ALONE.fullmatch(tag):
            left_alone = max(0, left_alone - 1) if ends else left_alone + 1
    yield pieces, table, details


def _plain(text: str) -> str:
    """A wording as it is compared: no capitals, one blank between words, straight apostrophes."""
    return " ".join(text.replace("’", "'").casefold().split())
