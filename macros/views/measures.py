"""A priority's measures with their numbers and verdicts.

Owns: which number and verdict stand beside a measure, today or as far as was known on a day. Never: judges one (``content.verdicts`` does).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from macros.content.arithmetic import number_at
from macros.content.catalogue import Catalogue
from macros.content.standing import known
from macros.content.verdicts import verdict
from macros.models.cells import show
from macros.models.performance import Measure, Result
from macros.views.tables import cell


@dataclass(frozen=True)
class MeasureView:
    """A success measure with its newest result, the numbers written out and both verdicts; ``earlier`` are the results before it, the newest first."""

    measure: Measure
    said: Result
    baseline: str
    target: str
    result: str
    verdict: str
    earlier: tuple["MeasureView", ...] = ()


def measures_for(catalogue: Catalogue, priority: str, by: date | None = None, names: Collection[str] | None = None) -> list[MeasureView]:
    """A priority's measures in the editors' order, each with its newest result; with ``by`` as far as was known, with ``names`` from these documents."""
    found = []
    for measure in catalogue.all("measure"):
        results = [said for said in known(catalogue, measure.results, by) if names is None or said.source in names] if measure.priority == priority else []
        if results:
            *earlier, newest = (_view(catalogue, measure, said) for said in results)
            found.append(replace(newest, earlier=tuple(reversed(earlier))))
    return found


def _view(catalogue: Catalogue, measure: Measure, said: Result) -> MeasureView:
    baseline, target, result = (_shown_number(catalogue, reference, measure.unit, said.source) for reference in (said.baseline, said.target, said.result))
    return MeasureView(measure, said, baseline, target, result, verdict(catalogue, measure, said, said.source))


def _shown_number(catalogue: Catalogue, reference: str | None, unit: str | None, source: str) -> str:
    """A measure's number as it was published, with its unit; the reason where it is unknown, and nothing where none is asked for."""
    if not reference:
        return "" if reference is None else reference
    figure = catalogue.get("figure", reference)
    if figure:
        return str(figure.shown)
    parts = [part.strip() for part in reference.split(" | ")]
    is_cell = len(parts) == 3 and parts[1] != "*"
    shown = cell(catalogue, parts[0], parts[1], parts[2], source).shown if is_cell else show(number_at(catalogue, reference, source), "decimal")
    return f"{shown}%" if unit in ("%", "per cent") and not shown.endswith("%") else shown
