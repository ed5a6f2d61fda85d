"""As of when things stood: what the documents said by a day, what was in place then, and what nobody has looked for in a newer document.

Owns: the order of documents in time, which is that of their last days and never that of a file; what has ended or was replaced. Never: reads the
clock, or gives a date to advice and to contacts, which have none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from macros.content.catalogue import Catalogue
from macros.content.editions import last_day
from macros.content.periods import period_of
from macros.models.base import Said, in_words
from macros.models.documents import Absence
from macros.models.periods import Period

_Said = TypeVar("_Said", bound=Said)


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


def known(catalogue: Catalogue, said: Sequence[_Said], by: date | None = None) -> tuple[_Said, ...]:
    """What documents say of one thing, the oldest document first; with ``by``, what could be known on that day, as these documents had ended."""
    dated = [(last_day(catalogue, one.source), one.source, one.place, one) for one in said]
    return tuple(one for ended, *_, one in sorted(dated, key=lambda entry: entry[:3]) if by is None or ended <= by)


def is_over(catalogue: Catalogue, kind: str, record: Any, day: date) -> bool:
    """Whether something had ended or been replaced by a day."""
    if until := period_of(getattr(record, "until", None) or ""):
        return until.last < day
    follower = replacing(catalogue, kind, record)
    return follower is not None and not ((begins := period_of(follower.from_ or "")) and begins.first > day)


def replacing(catalogue: Catalogue, kind: str, record: Any) -> Any:
    """The record that took the place of another; a page's settings where it is a page. Nothing where none did."""
    name = getattr(record, "replaced_by", None) or ""
    page = catalogue.pages.get(name.lstrip("/"))
    return page.meta if page else catalogue.get(kind, name)


def was_there(catalogue: Catalogue, kind: str, record: Any, day: date) -> bool:
    """Whether a record was in place on a day, as far as is known: begun, or named in a document that began by then, and not over."""
    if several := {"action": "history", "measure": "results", "priority": "spans"}.get(kind):
        return bool(known(catalogue, getattr(record, several), day))
    source = catalogue.get("source", getattr(record, "source", ""))
    texts = (*(getattr(record, name, None) for name in ("from_", "published", "announced_on")), source and source.period)
    begins = next((found for text in texts if text and (found := period_of(str(text)))), None)
    return (begins is None or begins.first <= day) and not is_over(catalogue, kind, record, day)


def not_looked_in(catalogue: Catalogue, absence: Absence) -> list[Any]:
    """The documents that are newer than every one in which something was looked for: it may stand there, and nobody has looked."""
    looked = max(last_day(catalogue, name) for name in absence.documents)
    return [s for s in catalogue.all("source") if s.is_document and s.id not in absence.documents and last_day(catalogue, s.id) > looked]


def headlines(catalogue: Catalogue) -> list[Any]:
    """The main figures, in the editors' order: of those that share a series the newest, by the day on which its document ends."""
    chosen = [figure for figure in catalogue.all("figure") if figure.headline]
    newest = {f.series: f for f in sorted(chosen, key=lambda f: last_day(catalogue, f.source)) if f.series}
    return [figure for figure in chosen if not figure.series or newest[figure.series] is figure]
