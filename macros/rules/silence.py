"""Rule: that a few documents are silent does not show that nobody ever said it.

Owns: the words that claim so, in what editors write (``check``) and in finished files of the site (``Claims``), where a template or code wrote them.
Never: takes a sentence of the past for a claim: "it could not be made public in 2020/21" is what a document says.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from macros.content.catalogue import Catalogue
from macros.models.reasons import REASONS
from macros.problems import Problem
from macros.sources.files import line_at

_GAP = r"(?:[ \t*_>]+\n?|\n)[ \t*_>]*"  # between words: blanks, the end of a line, stars of emphasis; never a blank line
_HELPERS = "yet|ever|been|is|are|was|were|has|have|had|so|far"
# What stands before "published", and claims that begin with words of their own. Texts are in small letters when they are looked through.
_BEFORE = re.compile(
    rf"(?:\bun|\b(?:not|never|nothing|none){_GAP}(?:(?:{_HELPERS}){_GAP})*|\bno{_GAP}(?:[\w’'-]+{_GAP}){{1,5}}?(?:is|are|was|were|has|have|had){_GAP}(?:(?:{_HELPERS}){_GAP})*)\Z"
)
_CLAIMS = re.compile(
    rf"\b(?:no{_GAP}document(?:{_GAP}[\w’'-]+){{0,4}}?{_GAP}(?:says?|gives?|shows?|names?|lists?|tells?|mentions?)|never{_GAP}(?:happened|took{_GAP}place))\b"
)
_VAGUE = re.compile(r"^(?:- |  )*\w+: [\"']?(not known|unknown|not stated|not given|no date|n/a|tbc)[\"']?$", re.MULTILINE)
_LONGEST = 100
_WRITE = f"Leave the value empty and write why: {', '.join(REASONS)}."


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """No text claims that something was never made public. An empty field or cell says why, and a sentence names the document that leaves it out. Only a publication's setting for what a source itself keeps from the public may say so, on one line."""
    known = [catalogue.places[("publication", record.id)] for record in catalogue.all("publication") if record.kept_back]
    allowed = {(place.document.file, place.line("kept_back")) for place in known}
    for file, text in catalogue.texts.items():
        for found, place in _claims_in_content(text):
            line = line_at(text, place)
            if (file, line) not in allowed and not (file.endswith(".csv") and _is_whole_cell(text, found, place)):  # such a cell is refused when it is read
                fix = f'Say what a document leaves out, in the past tense: "The annual report 2022/23 does not say …". {_WRITE}'
                yield Problem(file, line, f'"{found}" claims more than the documents can show.', fix)
        for vague in _VAGUE.finditer(text.lower()) if file.endswith((".yml", ".md")) else ():
            yield Problem(file, line_at(text, vague.start(1)), f'"{vague[1]}" does not say why the value is unknown.', _WRITE)


class Claims:
    """Takes in each finished file of a site, and then says what the site claims beside its content: a template or code wrote that."""

    def __init__(self, catalogue: Catalogue) -> None:
        kept_back = [record.kept_back for record in catalogue.all("publication") if record.kept_back]
        self._allowed = sorted({*kept_back, *map(escape, kept_back)})
        self._files: dict[str, list[str]] = {}  # by the claim

    def add(self, file: str, text: str) -> None:
        """Takes in a file by its path below the site's folder."""
        if claims_in(text):
            for allowed in self._allowed:
                text = text.replace(allowed, "")
            for found in {found for found, _ in claims_in(text)}:
                self._files.setdefault(found, []).append(file)

    def problems(self) -> Iterator[Problem]:
        """Each claim once, however many files make it."""
        for found, files in self._files.items():
            more = f", and so do {len(files) - 1} more" if len(files) > 1 else ""
            says = f'The finished file says "{found}", which claims more than the documents can show{more}.'
            fix = "No text in docs/ or data/ says so: look for these words in overrides/ and macros/, and say what a document leaves out."
            yield Problem(files[0], None, says, fix)


def _is_whole_cell(text: str, found: str, place: int) -> bool:
    return text[place - 1 : place] in ("", ",", "\n") and text[place + len(found) :][:1] in ("", ",", "\n", "\r")


def claims_in(text: str) -> tuple[tuple[str, int], ...]:
    """Every claim in a text as it is written, and the place where it begins."""
    low = text.lower()
    spans = [match.span() for match in _CLAIMS.finditer(low)] if "document" in low or "never" in low else []
    for match in re.finditer(r"published\b", low):
        if before := _BEFORE.search(low, max(0, match.start() - _LONGEST), match.start()):
            spans.append((before.start(), match.end()))
    return tuple((text[start:end], start) for start, end in sorted(spans))


_claims_in_content = lru_cache(maxsize=16_384)(claims_in)  # a preview looks through the same texts after every edit
