"""Rule: what was promised in an old document is told in the past tense. It advises and never stops a build."""

import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.content.periods import months_later
from macros.content.standing import standing
from macros.problems import Problem
from macros.rules.reading_ease import sentences_of

_WHO = "we|partnership|partners|council|executive|board|group|subgroup|panel|police|trust|agencies|strategy|guidance|framework|audits?|conference|courses?|sessions?"
_PROMISE = (
    r"will(?! be found)|shall|plans? to|intends? to|aims? to|hopes? to|(?:is|are) (?:due|planned|expected|going|about) to|(?:is|are) (?:now |still )?being"
)
_OLD = re.compile(
    rf"\b(?:{_WHO}) (?:(?!would |could |should )[a-z]+ ){{0,2}}?(?:{_PROMISE})\b|\b(?:currently|at present|next year|this year|coming (?:months|year))\b",
    re.IGNORECASE,
)
_FIX = "Say what was done or planned and when, in the past tense; or name a newer document in the settings."


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A page whose newest document ended more than a year ago should not promise in the present tense: "the board will meet", "currently", "next year"."""
    for page in catalogue.pages.values():
        stood = standing(catalogue, page.meta.sources)
        # Most pages hold no such words at all: only where one does are its sentences told apart.
        if stood and months_later(stood.on, 12) < catalogue.today and _OLD.search(re.sub(r"(?:\]\([^)]*\)|[\[\s*_])+", " ", page.source.prose)):
            for sentence in sentences_of(page.source.prose, page.source.body_line):
                if match := _OLD.search(text := " ".join(sentence.words)):
                    quoted = text if len(text) <= 80 else f"{text[:79]}…"
                    says = f'"{match.group()}" speaks as if it were {stood.when}, when the newest document here ended: "{quoted}"'
                    yield page.problem(sentence.line, says, _FIX, severity="warning")
