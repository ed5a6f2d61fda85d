"""A priority's measures with their numbers and verdicts, and the actions of a plan.

Owns: which number and verdict stand beside a measure. Never: judges one (``content.verdicts`` does).
"""

from dataclasses import dataclass
from typing import Any

from macros.content.arithmetic import number_at
from macros.content.catalogue import Catalogue
from macros.content.verdicts import verdict
from macros.models.cells import show
from macros.models.performance import Measure
from macros.views.tables import cell


@dataclass(frozen=True)
class MeasureView:
    """A success measure with its numbers written out and both verdicts."""

    measure: Measure
    baseline: str
    target: str
    result: str
    verdict: str


def measures_for(catalogue: Catalogue, priority: str) -> list[MeasureView]:
    """A priority's measures in the editors' order."""
    found = []
    for m in catalogue.all("measure"):
        if m.priority == priority:
            baseline, target, result = (_shown_number(catalogue, reference, m.unit, m.source) for reference in (m.baseline, m.target, m.result))
            found.append(MeasureView(m, baseline, target, result, verdict(catalogue, m, m.source)))
    return found


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


def actions_of(catalogue: Catalogue, plan: str) -> list[Any]:
    """The actions of a plan in the editors' order."""
    return [action for action in catalogue.all("action") if action.plan == plan]
