"""As of when the facts of a page or table stood, by the documents it rests on.

Owns: the newest of those documents and its last day. Never: reads the clock, or gives a date to advice and to contacts, which have none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.periods import period_of
from macros.models.base import in_words
from macros.models.periods import Period


@dataclass(frozen=True)
class Standing:
    """The newest document something rests on, its last day and that in words; whether there are ``others`` before it, and common advice ``mixed`` in."""

    source: Any
    on: date
    when: str
    others: bool
    mixed: bool


def standing(catalogue: Catalogue, names: Sequence[str]) -> Standing | None:
    """As of when what rests on these sources stood; nothing where the first of them, on which it rests most, is no document with a time of its own."""
    sources = [source for name in names if (source := catalogue.get("source", name))]
    dated = [(period, source) for source in sources if source.is_document and (period := period_of(source.period or ""))]
    if not dated or dated[0][1] is not sources[0]:
        return None
    period, newest = max(dated, key=lambda pair: pair[0].last)
    on = period.last
    when = str(on.year) if period == Period(date(on.year, 1, 1), date(on.year, 12, 31)) else in_words(on.isoformat()[:7])
    return Standing(newest, on, when, others=len(dated) > 1, mixed=any(source.kind == "advice" for source in sources))
