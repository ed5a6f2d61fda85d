"""The verdict that a measure's numbers give.

Owns: comparing the numbers that a measure names, in the direction that it wants. Never: reports a document's other verdict (``rules`` do).
"""

from decimal import Decimal
from typing import Literal

from macros.content.arithmetic import number_at
from macros.content.catalogue import Catalogue
from macros.models.performance import Measure, Result

Verdict = Literal["met", "not met", "no verdict"]


def verdict(catalogue: Catalogue, measure: Measure, said: Result) -> Verdict:
    """What the numbers of one result say: a target reached or not, else whether it moved the way it was to."""
    result, target, baseline = (_number(catalogue, reference) for reference in (said.result, said.target, said.baseline))
    if measure.direction == "do" or result is None:
        return "no verdict"
    if target is not None:
        reached = result <= target if measure.direction == "down" else result >= target
    elif baseline is not None and measure.direction in ("up", "down"):
        reached = result < baseline if measure.direction == "down" else result > baseline
    else:
        return "no verdict"
    return "met" if reached else "not met"


def _number(catalogue: Catalogue, reference: str | None) -> Decimal | None:
    return number_at(catalogue, reference) if reference else None
