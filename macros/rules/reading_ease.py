"""Rule: a page should be easy to read. It advises and never stops a build.

Reading age is the Flesch–Kincaid grade plus five, since a pupil of grade 1 in the United States is six:

    grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59

(J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of new readability formulas for
Navy enlisted personnel", Research Branch Report 8-75, Naval Technical Training Command, 1975.) It counts; it
does not understand. Syllables are counted by the groups of vowels in a word, which is right for some nine
words in ten. Headings, tables and what data puts on a page are not counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from macros.content.catalogue import Catalogue
from macros.problems import Problem
from macros.sources.kept import Remembered
from macros.sources.words import WORD

LONGEST_SENTENCE = 25  # words, as GOV.UK asks of its writers
OLDEST_READER = 14  # years; a page for the public should be open to a reader of that age
FEWEST_WORDS = 100  # a shorter text is too small to count by
PUBLIC = frozenset(("everyone", "children", "parents"))

_NOT_PROSE = re.compile(r"\s*(#|\||!!!|---|\{\{[^{}]*\}\}\s*$|\[[^\]]+\]:)")
_EMPHASIS = re.compile(r"[*_`]")
_BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)]*\)")
_END = re.compile(r"[.!?][\"'”’)\]]*(?:\s+|\Z)")
_WORD = re.compile(r"[^\W_][\w'’.,/%@-]*")
_VOWELS = re.compile(r"[aeiouy]+")
# Where an e is written and not said, and where two vowels that stand together are said apart.
_SILENT = re.compile(
    r"\b(?:care|case|home|life|name|safe|some|there|time|where)(?=[b-df-hj-np-tv-z])|[aeiouy][^aeiouyl]e(?=ly|less|ful|ments?\b|ness)"
    r"|(?:[^aeiouyl]|[aeiouy]l|[gq]u)e\b|[^aeiouydt]ed\b|(?:[^aeiouyscghzxl]|[aeiouy]l)es\b"
)
_SAID_APART = re.compile(
    r"[^ct]ia|[^cgstx]ion|[^cgtx]iou|[^cgstx]io(?![nu])|[aeiouy]ing|[^aeiou]iers?\b|riet|ciet|quie|scien|[dl]ien|erien|eo(?!u|ple)|creat|[dr]eas?\b|[^gq]ua(?!d)|[dfr]uel|[lr]ui[dn]|nui|suic|oe[mt]|thm|sm\b"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a page, and the line of its file on which it begins."""

    words: tuple[str, ...]
    line: int


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A sentence should have at most 25 words, and a page for the public a reading age of at most 14 years.

    Pages for editors alone and pages in other languages are left out.
    """
    for page in catalogue.pages.values():
        if page.is_for_editors or page.language:
            continue
        long, age = _measured(page.source.prose, page.source.body_line)
        for sentence in long:
            says = f'This sentence has {len(sentence.words)} words: "{" ".join(sentence.words[:6])}…"'
            yield page.problem(sentence.line, says, "Split it in two, or make a list of it.", severity="warning")
        if age is not None and age > OLDEST_READER and PUBLIC & set(page.meta.audience):
            says = f"This page is for the public and reads like a text for readers of {age:.0f}; the oldest advised is {OLDEST_READER}."
            yield page.problem(page.source.body_line, says, "Shorten the longest sentences and choose shorter words.", severity="warning")


@Remembered
def _measured(prose: str, first: int) -> tuple[tuple[Sentence, ...], float | None]:
    """The sentences of a text that are too long, and its reading age."""
    sentences = list(sentences_of(prose, first))
    return tuple(sentence for sentence in sentences if len(sentence.words) > LONGEST_SENTENCE), reading_age(sentences)


def reading_age(sentences: list[Sentence]) -> float | None:
    """The age in years from which a text can be read with ease, or nothing for a text too short to tell."""
    words = [word for sentence in sentences for word in sentence.words]
    if len(words) < FEWEST_WORDS:
        return None
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + 5


def sentences_of(prose: str, first: int) -> Iterator[Sentence]:
    """The sentences of a page's text in turn, ``first`` being its first line. A list item or a heading ends one, whether it has a full stop or not."""
    for line, block in _blocks(prose, first):
        start = 0
        for end in [*(match.end() for match in _END.finditer(block)), len(block)]:
            words = tuple(_WORD.findall(block, start, end))
            if words:
                yield Sentence(words, line + block.count("\n", 0, start))
            start = end


def _blocks(prose: str, first: int) -> Iterator[tuple[int, str]]:
    """Paragraphs and list items as they are read, each with its first line: a link is its words, and what data fills in counts as one short word."""
    gathered: list[str] = []
    start = first
    for number, text in enumerate([*prose.split("\n"), ""], first):
        bullet = _BULLET.match(text)
        ends = not text.strip() or _NOT_PROSE.match(text)
        if gathered and (ends or bullet):
            yield start, "\n".join(gathered)
            gathered = []
        if not ends:
            start = start if gathered else number
            line = text[bullet.end() :] if bullet else text
            if "[" in line or "{{" in line:
                line = _LINK.sub(r"\1", WORD.sub("1", line))
            gathered.append(_EMPHASIS.sub("", line))


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables a word has, by its groups of vowels; a number counts as one."""
    letters = re.sub(r"['’]s?\Z|[^a-z'’]", "", word.lower())
    return max(1, len(_VOWELS.findall(letters)) - len(_SILENT.findall(letters)) + len(_SAID_APART.findall(letters)))
