"""Rule: a document cannot know what happened long after it."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.content.editions import last_day
from macros.content.periods import months_later, period_of
from macros.models.base import in_words
from macros.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """What a document says was done, it dates at most a year after the time that it is about: a report on a year is written in the next."""
    for action in catalogue.all("action"):
        for number, said in enumerate(action.history):
            dated, ends = period_of(said.says or ""), last_day(catalogue, said.source)
            if said.status == "done" and dated and ends.year > 1 and dated.first > months_later(ends, 12):
                says = f"{said.source} ends on {in_words(ends)}, and what it would report as done is dated {in_words(dated.first)} or later."
                yield catalogue.problem("action", action.id, "history", says, "Say it under the document that says so, or correct the date.", number, "says")
