"""Rule: the verdict a document gave must be the one its numbers give, or a note says why not."""

from collections.abc import Iterator

from macros.content.arithmetic import NoSuchNumber, NotRead, number_at
from macros.content.catalogue import Catalogue
from macros.content.verdicts import verdict
from macros.models.performance import Measure
from macros.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Every number of a measure is there, and its verdict follows from them, also once a later document has corrected one, unless its note explains."""
    for measure in catalogue.all("measure"):
        try:
            missing = list(_missing(catalogue, measure))
        except NotRead:
            continue
        yield from missing
        if missing:
            continue
        found, since = verdict(catalogue, measure, measure.source), verdict(catalogue, measure)
        if since != found and not measure.note:
            says = f'The document says "{measure.published_verdict}", but since a later one corrected a number the numbers say "{since}".'
            yield catalogue.problem("measure", measure.id, "published_verdict", says, "Tell it in `note:`.")
            continue
        if found != "no verdict" and measure.published_verdict != found and not measure.note:
            yield catalogue.problem(
                "measure",
                measure.id,
                "published_verdict",
                f'The document says "{measure.published_verdict}", but the numbers say "{found}".',
                "Check the numbers; or, if the document says so all the same, explain it in `note:`.",
            )


def _missing(catalogue: Catalogue, measure: Measure) -> Iterator[Problem]:
    for field in ("baseline", "target", "result"):
        reference = getattr(measure, field)
        if not reference:
            continue
        try:
            number_at(catalogue, reference)
        except NotRead:
            raise
        except NoSuchNumber as missing:
            yield catalogue.problem("measure", measure.id, field, f"The number cannot be found: {missing}.", "Correct the reference.")
