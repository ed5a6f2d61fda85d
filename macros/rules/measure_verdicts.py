"""Rule: the verdict a document gave must be the one its numbers give, and the one that later documents give, or a note says why not."""

from collections.abc import Iterator

from macros.content.arithmetic import NoSuchNumber, NotRead, number_at
from macros.content.catalogue import Catalogue
from macros.content.standing import known
from macros.content.verdicts import verdict
from macros.models.performance import Measure, Result
from macros.problems import Problem

_FIX = "Check the numbers; or, if the document says so all the same, explain it in `note:`."


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Every number of a measure is there, and its verdict follows from them, also once a later document has corrected one, and agrees with every other
    document on that year, unless its note explains."""
    for measure in catalogue.all("measure"):
        for number, said in enumerate(measure.results):
            at = (number, "published_verdict")
            try:
                missing = list(_missing(catalogue, measure, number, said))
            except NotRead:
                continue
            yield from missing
            if said.note:
                continue
            found, since = ("no verdict", "no verdict") if missing else (verdict(catalogue, measure, said, said.source), verdict(catalogue, measure, said))
            if since != found:
                says = f'The document says "{said.published_verdict}", but since a later one corrected a number the numbers say "{since}".'
                yield catalogue.problem("measure", measure.id, "results", says, "Tell it in `note:`.", *at)
            elif found not in ("no verdict", said.published_verdict):
                says = f'The document says "{said.published_verdict}", but the numbers say "{found}".'
                yield catalogue.problem("measure", measure.id, "results", says, _FIX, *at)
            first = next(one for one in known(catalogue, measure.results) if one.year == said.year)
            if first.published_verdict != said.published_verdict:
                says = f'Of {said.year} this document says "{said.published_verdict}", and {first.source} says "{first.published_verdict}".'
                yield catalogue.problem("measure", measure.id, "results", says, "Check both; if they differ, explain it in `note:` of the newer one.", *at)


def _missing(catalogue: Catalogue, measure: Measure, at: int, said: Result) -> Iterator[Problem]:
    for field in ("baseline", "target", "result"):
        reference = getattr(said, field)
        if not reference:
            continue
        try:
            number_at(catalogue, reference)
            number_at(catalogue, reference, said.source)  # as its own document printed it
        except NotRead:
            raise
        except NoSuchNumber as missing:
            yield catalogue.problem("measure", measure.id, "results", f"The number cannot be found: {missing}.", "Correct the reference.", at, field)
