"""When a duty to publish is due next, and until when something must stay public, worked out from its dates.

Owns: those dates, and what is missing for want of one. Never: decides whether a duty is met (somebody responsible does, in its file).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.periods import months_in, months_later, period_of
from macros.views import records


@dataclass(frozen=True)
class Kept:
    """A record that must stay public, and the last day on which it must."""

    item: records.Item
    until: date | None
    passed: bool


@dataclass(frozen=True)
class DutyView:
    duty: Any
    next_due: date | None
    passed: bool
    kept: tuple[Kept, ...]
    missing: tuple[str, ...]


def duty_views(catalogue: Catalogue) -> tuple[DutyView, ...]:
    """Every duty in the editors' order."""
    found = []
    for duty in catalogue.all("publication-duty"):
        due = _after(duty.last_done, duty.every)
        kept = []
        for item in records.listed(catalogue, duty.keeps) if duty.kept_for else ():
            until = _after(str(getattr(item.record, "published", "")), duty.kept_for)
            kept.append(Kept(item, until, until is not None and until < catalogue.today))
        found.append(DutyView(duty, due, due is not None and due < catalogue.today, tuple(kept), _missing(duty, due)))
    return tuple(found)


def _after(done: str, length: str | None) -> date | None:
    """So much later than something was done; where only its month or year is published, than the end of that."""
    when, months = period_of(done), months_in(length) if length else None
    return months_later(when.last, months) if when and months else None


def _missing(duty: Any, due: date | None) -> tuple[str, ...]:
    found = []
    if not duty.last_done:
        found.append("the date on which it was last done" + (", so it cannot be said when it is due next" if duty.every else ""))
    elif duty.every and due is None:
        found.append("a date from which the next could be worked out")
    if not duty.evidence:
        found.append("anything on this website that shows it")
    if duty.status == "unverified":
        found.append("a check against the guidance itself")
    return tuple(found)
