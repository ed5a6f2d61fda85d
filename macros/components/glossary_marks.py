"""The glossary's abbreviations, written out where a reader first meets them.

Owns: which place of a finished page is the first, and what is put there. Never: changes anything else: the explanations are put between
the page's characters, so a page without them comes out byte for byte as it went in.

Why plain words in brackets, "LADO (Local Authority Designated Officer)", and no tip that opens: a worried reader has nothing to find,
press or hold, with mouse, touch or screen reader, in print or in a copied passage (WCAG technique G97). A table stays as it was published:
its short forms are explained in one line above it. What stands inside a closed ``<details>`` is explained there and once more outside,
where a reader may come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from html.parser import HTMLParser

from macros.models.glossary_term import GlossaryTerm

# Inside these nothing is put: names of things, what is pressed, code, drawings, what a script copies.
_LEFT_ALONE = re.compile("h[1-6]|a|abbr|button|code|kbd|label|nav|option|pre|samp|script|select|style|summary|svg|template|textarea")
_INLINE = re.compile("a|abbr|b|bdi|cite|code|dfn|em|i|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr")
_CAPITAL = re.compile(r"[A-Z][A-Z]?")
_POSSESSIVE = re.compile("(?:['’]|&#39;|&#x27;|&rsquo;)s(?![^\\W_])")
# What may stand between a wording and its short form: "designated officer, or LADO", "consultation service (ChECS".
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
        if not there:
            return html
        reader = _Reader(html, self._pattern, self._meanings, there)
        try:
            reader.feed(html)
            reader.close()
            reader.end_block()
        except _AllExplained:  # the rest of the page need not be read
            pass
        pieces, done = [], 0
        for place, text in sorted(reader.added):
            pieces += [html[done:place], text]
            done = place
        return "".join([*pieces, html[done:]])


class _AllExplained(Exception):
    """Every abbreviation that the page holds has been explained."""


class _Reader(HTMLParser):
    def __init__(self, html: str, pattern: re.Pattern[str], meanings: dict[str, tuple[str, ...]], there: set[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.added: list[tuple[int, str]] = []
        self._html, self._pattern, self._meanings, self._there = html, pattern, meanings, there
        self._lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self._explained: set[str] = set()
        self._outside: list[set[str]] = []  # what was explained before each <details> that is open
        self._left_alone = 0
        self._block: list[tuple[int, str, bool]] = []  # the text of one paragraph, cell or list item, and which pieces are left alone
        self._divisions: list[tuple[int, bool]] = []  # the <div>s that are open, and whether each is a table's frame
        self._table: int | None = None  # where the line that explains the open table goes
        self._in_table: list[str] = []

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not _INLINE.fullmatch(tag):
            self.end_block()
        if _LEFT_ALONE.fullmatch(tag):
            self._left_alone += 1
        elif tag == "details":
            self._outside.append(set(self._explained))
        elif tag == "div":
            self._divisions.append((self._place(), ("class", "table-scroll") in attrs))
        elif tag == "table" and self._table is None:
            start, framed = self._divisions[-1] if self._divisions else (0, False)
            self._table = start if framed else self._place()

    def handle_endtag(self, tag: str) -> None:
        if not _INLINE.fullmatch(tag):
            self.end_block()
        if _LEFT_ALONE.fullmatch(tag):
            self._left_alone = max(0, self._left_alone - 1)
        elif tag == "details" and self._outside:
            self._explained = self._outside.pop()
        elif tag == "div" and self._divisions:
            self._divisions.pop()
        elif tag == "table" and self._table is not None:
            if self._in_table:
                self.added.append((self._table, f'<p class="source-line">Short forms in this table: {", ".join(self._in_table)}.</p>\n'))
            self._table, self._in_table = None, []
        if self._table is None and not self._outside and self._explained >= self._there:
            raise _AllExplained

    def handle_data(self, data: str) -> None:
        self._block.append((self._place(), data, self._left_alone > 0))

    def handle_entityref(self, name: str) -> None:
        self._block.append((self._place(), unescape(f"&{name};"), True))

    def handle_charref(self, name: str) -> None:
        self._block.append((self._place(), unescape(f"&#{name};"), True))

    def end_block(self) -> None:
        """Explains what the block that ends here was the first to hold."""
        pieces, self._block = self._block, []
        if not any(term in piece for _, piece, _ in pieces for term in self._there - self._explained):
            return
        words = _plain("".join(piece for _, piece, _ in pieces))
        before = ""
        for place, piece, alone in pieces:
            for match in () if alone else self._pattern.finditer(piece):
                self._meet(match, place, before + piece[: match.start()], words)
            before = (before + piece)[-200:]

    def _meet(self, match: re.Match[str], place: int, before: str, words: str) -> None:
        term, plural = match.groups()
        if term in self._explained:
            return
        self._explained.add(term)
        long = self._meanings[term][0]
        wordings = tuple(_plain(wording) for wording in self._meanings[term])  # beside one of these it needs no explanation
        if wordings[0] in words or _LEADS_ON.sub("", _plain(before)).endswith(wordings):
            return
        if self._table is not None:
            self._in_table.append(f"{escape(term, quote=False)} ({escape(long, quote=False)})")
            return
        long = escape(f"{term}: {long}" if plural else long, quote=False)
        in_brackets = before.rfind("(") > before.rfind(")")
        text = f'<span class="short-for">: {long}</span>' if in_brackets else f' <span class="short-for">({long})</span>'
        possessive = _POSSESSIVE.match(self._html, place + match.end())
        self.added.append((possessive.end() if possessive else place + match.end(), text))


def _plain(text: str) -> str:
    """A wording as it is compared: no capitals, one blank between words, straight apostrophes."""
    return " ".join(text.replace("’", "'").casefold().split())
