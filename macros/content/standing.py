"""As of when the facts of a page or table stood, by the documents it rests on.

Owns: the newest of those documents and its last day. Never: reads the clock, or gives a date to advice and to contacts, which have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from macros.content.periods import Period, period_of
from macros.models.base import in_words

if TYPE_CHECKING:
    from macros.content.catalogue import Catalogue


@dataclass(frozen=True)
class Standing:
    """The newest document something rests on. ``others`` says that there are older ones, ``mixed`` that it rests
    on common advice too, which is of no day."""

    source: Any
    period: Period
    others: bool
    mixed: bool

    @property
    def on(self) -> date:
        """The last day that the document is about."""
        return self.period.last

    @property
    def when(self) -> str:
        """The month of that day; the year alone where the document names no more."""
        whole = (self.period.first.month, self.period.first.day, self.on.month) == (1, 1, 12)
        return str(self.on.year) if whole else in_words(self.on.isoformat()[:7])


def standing(catalogue: Catalogue, names: Sequence[str]) -> Standing | None:
    """As of when what rests on these sources stood; nothing where the first of them, on which it rests most, is no document with a time of its own."""
    sources = [source for name in names if (source := catalogue.get("source", name))]
    dated = [(period, source) for source in sources if source.is_document and (period := period_of(source.period or ""))]
    if not dated or dated[0][1] is not sources[0]:
        return None
    period, newest = max(dated, key=lambda pair: pair[0].last)
    return Standing(newest, period, others=len(dated) > 1, mixed=any(source.kind == "advice" for source in sources))
