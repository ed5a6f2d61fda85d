"""Rule: a reader is told what an abbreviation stands for. It advises and never stops a build."""

import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.problems import Problem, nearest
from macros.rules.unfinished import MARK
from macros.sources.kept import Remembered
from macros.sources.words import WORD

_FEWEST, _MOST = 2, 6  # capitals; more of them is a word that is shouted
_TARGET = re.compile(r"(?<=\])\([^)\n]*\)|https?://[^\s>)]*")
_TOKEN = re.compile(r"(?<![\w./&@#-])(?=[\w-]*?[A-Z][\w-]*?[A-Z])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)?(?![\w@])")
_TWO_CAPITALS = re.compile(r"[A-Z][\w-]*[A-Z]")  # what has none holds no abbreviation
_ROMAN = re.compile(r"[IVX]+\Z")
_WORDS_BEFORE = 12


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """An abbreviation in a page, or in a table's title or summary, stands in the glossary or is spelled out beside it.

    Pages for editors alone and pages in other languages are left out.
    """
    known = {word for term in catalogue.all("glossary-term") for word in (term.term, *term.also)}
    for page in catalogue.pages.values():
        if page.is_for_editors or page.language:
            continue
        body = _readable(page.source.prose)
        told = set()
        for field in ("title", "description"):
            for short, _ in unexplained(getattr(page.meta, field), known, beside=body):
                told.add(short)
                yield page.problem(page.source.front.line((field,)), *_advice(short, known), severity="warning")
        for short, place in unexplained(body, known, beside=body):
            if short not in told:
                yield page.problem(page.line_at(place), *_advice(short, known), severity="warning")
    for table in catalogue.tables.values():
        for field in ("title", "summary"):
            for short, _ in unexplained(getattr(table.about, field), known, beside=table.about.summary):
                yield catalogue.problem("table", table.id, field, *_advice(short, known), severity="warning")


def unexplained(text: str, known: set[str], beside: str) -> Iterator[tuple[str, int]]:
    """The abbreviations of a text, each once with its place, that neither the glossary nor the words ``beside`` explain."""
    first: dict[str, int] = {}
    for short, place in abbreviations_in(text):
        first.setdefault(short, place)
    yield from ((short, place) for short, place in first.items() if short not in known and not spelled_out(short, beside))


@Remembered
def abbreviations_in(text: str) -> tuple[tuple[str, int], ...]:
    """Every abbreviation of a text with its place; the s of LADOs is left out."""
    if not _TWO_CAPITALS.search(text):
        return ()
    found = ((match.group(), match.start()) for match in _TOKEN.finditer(text.replace(MARK, " " * len(MARK))))
    plain = ((short[:-1] if short.endswith("s") and short[:-1].isupper() else short, place) for short, place in found)
    return tuple((short, place) for short, place in plain if is_abbreviation(short))


def is_abbreviation(token: str) -> bool:
    """Whether a word is written mostly in capitals: LADO, SoC or i-Kite, and not GitHub, McDonald or the AA of a grade."""
    letters = [letter for letter in token if letter.isalpha()]
    capitals = [letter for letter in letters if letter.isupper()]
    return _FEWEST <= len(capitals) <= _MOST and 2 * len(capitals) > len(letters) and len(set(capitals)) > 1 and not _ROMAN.match(token)


def spelled_out(short: str, text: str) -> bool:
    """Whether the words before its first brackets begin with its letters: ``Care Quality Commission (CQC)``."""
    before, brackets, _ = text.partition(f"({short})")
    if not brackets:
        return False
    initials = iter("".join(word[0] for word in re.split(r"[\W_]+", before)[-_WORDS_BEFORE:] if word).upper())
    return all(letter in initials for letter in short.upper() if letter.isalpha())


def _readable(prose: str) -> str:
    """A page's Markdown without words of the site, addresses and link targets, place for place."""
    for pattern in (WORD, _TARGET) if _TWO_CAPITALS.search(prose) else ():
        prose = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), prose)
    return prose


def _advice(short: str, known: set[str]) -> tuple[str, str]:
    meant = nearest(short, (word for word in known if word.casefold() == short.casefold()))
    fix = "Write the words in full, or add it to data/glossary.yml: with `long:` what it stands for, and with `explain: no` where everybody knows it."
    return f'"{short}" is not in the glossary, so a reader may not know it.{meant}', fix
