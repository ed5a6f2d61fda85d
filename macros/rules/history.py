"""Rule: a document cannot know what happened long after it, and what one calls done no later one calls open without a word."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.editions import last_day
from macros.content.periods import months_later, period_of
from macros.content.standing import known
from macros.models.base import in_words
from macros.problems import Problem

# What a document tells as a thing of its time or before, and how many months later it may have come before the document was written.
_DATED = (("figure", "period", 12), ("audit", "held", 12), ("audit", "year", 0), ("role", "held", 12), ("timeline-event", "when", 12))


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """What a document says was counted, held or done is dated at most a year after the time that the document is about: a report on a year is written
    in the next. No result or audit is of a year that began after it. If an older document calls an action done and a newer one does not, the newer says why."""
    for kind, field, months in _DATED:
        for record in catalogue.all(kind):
            yield from _too_late(catalogue, kind, record.id, record.source, getattr(record, field), months, field)
    for measure in catalogue.all("measure"):
        for number, one in enumerate(measure.results):
            yield from _too_late(catalogue, "measure", measure.id, one.source, one.year, 0, "results", number, "year")
    for action in catalogue.all("action"):
        for number, said in enumerate(action.history):
            yield from _too_late(catalogue, "action", action.id, said.source, said.says if said.status == "done" else "", 12, "history", number, "says")
        for older, newer in pairwise(one for one in known(catalogue, action.history) if one.status):
            if older.status == "done" != newer.status and not newer.says:
                says = f'{older.source} says that this was done, and {newer.source}, which is newer, that it was "{newer.status}".'
                at = action.history.index(newer), "status"
                yield catalogue.problem("action", action.id, "history", says, "Check both; if they differ, tell in `says:` of the newer what it says.", *at)


def _too_late(catalogue: Catalogue, kind: str, name: str, source: str | None, when: str | None, months: int, *at: Any) -> Iterator[Problem]:
    """A problem where a document would tell of a time that began so many months after its own."""
    dated, ends = period_of(str(when or "")), last_day(catalogue, source or "")
    if dated and ends.year > 1 and dated.first > months_later(ends, months):
        says = f"{source} ends on {in_words(ends)}, and what it would tell of is dated {in_words(dated.first)} or later."
        yield catalogue.problem(kind, name, at[0], says, "Name the document that says so, or correct the date.", *at[1:])
