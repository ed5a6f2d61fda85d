"""Rule: what was promised in an old document, and what has ended, is told in the past tense. It advises and never stops a build."""

import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.content.periods import months_later
from macros.content.standing import is_over, standing
from macros.problems import Problem
from macros.rules.reading_ease import sentences_of
from macros.sources.kept import Remembered

_WHO = "we|partnership|partners|council|executive|board|group|subgroup|panel|police|trust|agencies|strategy|guidance|framework|audits?|conference|courses?|sessions?"
_PROMISE = (
    r"will(?! be found)|shall|plans? to|intends? to|aims? to|hopes? to|(?:is|are) (?:due|planned|expected|going|about) to|(?:is|are) (?:now |still )?being"
)
_OLD = rf"\b(?:{_WHO}) (?:(?!would |could |should )[a-z]+ ){{0,2}}?(?:{_PROMISE})\b|\b(?:currently|at present|next year|this year|coming (?:months|year))\b"
_DOES = r"(?!was|has|minutes|members|meetings|papers|actions|chairs |leads )[a-z]{3,}s\b(?! (?:was|were|had|of)\b)"  # after the name of what has ended
_PRESENT = r"\b(?:is|are|has|have|meets?|leads?|works?|runs?|reports?|checks?|offers?|helps?|will|can|now)\b"
_MARKS = re.compile(r"(?:\]\([^)]*\)|[\[\s*_])+")
_FIX = "Say what was done or planned and when, in the past tense; or name a newer document in the settings."
_PAST = "Say it in the past tense, or correct `until:` or `replaced_by:`."


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A page whose newest document ended more than a year ago should not promise in the present tense: "the board will meet", "currently", "next year".
    Nor should a page about what has ended, or a sentence with the name of a group or partner that has ended, speak in the present tense at all."""
    over = [re.escape(record.title) for kind in ("group", "partner") for record in catalogue.all(kind) if is_over(catalogue, kind, record, catalogue.today)]
    ended = rf"\b(?:{'|'.join(over) or '(?!)'}) (?:(?:still|also|always|often|now) )?(?:{_PRESENT}|{_DOES})"
    for page in catalogue.pages.values():
        stood = standing(catalogue, page.meta.sources)
        closed = _PRESENT if is_over(catalogue, page.kind.name, page.meta, catalogue.today) else ended
        forms = [(closed, "speaks in the present tense of what has ended", _PAST)] if over or closed == _PRESENT else []
        if stood and months_later(stood.on, 12) < catalogue.today:
            forms += [(_OLD, f"speaks as if it were {stood.when}, when the newest document here ended", _FIX)]
        for form, speaks, fix in forms:
            for line, found, text in _found(page.source.prose, page.source.body_line, form):
                quoted = text if len(text) <= 80 else f"{text[:79]}…"
                yield page.problem(line, f'"{found}" {speaks}: "{quoted}"', fix, severity="warning")


@Remembered
def _found(prose: str, first: int, form: str) -> tuple[tuple[int, str, str], ...]:
    """Of each sentence of a text that has a form: its line, the words that have it, and the sentence."""
    looks = re.compile(form, re.IGNORECASE)
    sentences = sentences_of(prose, first) if looks.search(_MARKS.sub(" ", prose)) else ()  # most texts hold no such words at all
    texts = ((sentence.line, " ".join(sentence.words)) for sentence in sentences)
    return tuple((line, match.group(), text) for line, text in texts if (match := looks.search(text)))
