"""The verdict that a measure's numbers give.

Owns: comparing the numbers that a measure names, in the direction that it wants. Never: reports a document's other verdict (``rules`` do).
"""

from typing import Literal

from macros.content.arithmetic import counted_differently, number_at
from macros.content.catalogue import Catalogue
from macros.models.performance import Measure, Result

Verdict = Literal["met", "not met", "no verdict"]


def verdict(catalogue: Catalogue, measure: Measure, said: Result, source: str = "") -> Verdict:
    """What the numbers of one result say, now or when a document was written: a target reached or not, else whether it moved the way it was to."""
    result, target, baseline = (number_at(catalogue, one, source) if one else None for one in (said.result, said.target, said.baseline))
    if measure.direction == "do" or result is None:
        return "no verdict"
    if target is not None:
        reached = result <= target if measure.direction == "down" else result >= target
    elif baseline is not None and measure.direction in ("up", "down") and not counted_differently(catalogue, str(said.baseline), str(said.result)):
        reached = result < baseline if measure.direction == "down" else result > baseline
    else:
        return "no verdict"
    return "met" if reached else "not met"
