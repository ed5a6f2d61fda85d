"""When a duty to publish is due next, and until when something must stay public, worked out from its dates.

Owns: those dates, and what is missing for want of one. Never: decides whether a duty is met (somebody responsible
does, in ``data/publication_duties.yml``), writes HTML or reads the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.periods import months_in, months_later, period_of
from macros.models import BY_PLURAL
from macros.models.base import NOT_PUBLISHED
from macros.views import records


@dataclass(frozen=True)
class Kept:
    """A record that must stay public, and the last day on which it must."""

    item: records.Item
    until: date | None
    passed: bool


@dataclass(frozen=True)
class DutyView:
    """A duty with its computed dates and what is missing."""

    duty: Any
    next_due: date | None
    passed: bool
    kept: tuple[Kept, ...]
    missing: tuple[str, ...]


def duty_views(catalogue: Catalogue) -> tuple[DutyView, ...]:
    """Every duty in the editors' order."""
    return tuple(_view(catalogue, duty) for duty in catalogue.all("publication-duty"))


def _view(catalogue: Catalogue, duty: Any) -> DutyView:
    due = _after(duty.last_done, duty.every)
    return DutyView(duty, due, due is not None and due < catalogue.today, _kept(catalogue, duty), _missing(duty, due))


def _after(done: str, length: str | None) -> date | None:
    """So much later than something was done; where only its month or year is published, than the end of that."""
    when, months = period_of(done), months_in(length) if length else None
    return months_later(when.last, months) if when and months else None


def _kept(catalogue: Catalogue, duty: Any) -> tuple[Kept, ...]:
    if not duty.kept_for:
        return ()
    found = []
    for item in records.listed(catalogue, duty.keeps):
        until = _after(str(getattr(item.record, "published", "")), duty.kept_for)
        found.append(Kept(records.item(catalogue, BY_PLURAL[duty.keeps], item.record), until, until is not None and until < catalogue.today))
    return tuple(found)


def _missing(duty: Any, due: date | None) -> tuple[str, ...]:
    found = []
    if duty.last_done == NOT_PUBLISHED:
        found.append("the date on which it was last done" + (", so it cannot be said when it is due next" if duty.every else ""))
    elif duty.every and due is None:
        found.append("a date from which the next could be worked out")
    if not duty.evidence:
        found.append("anything on this website that shows it")
    if duty.status == "unverified":
        found.append("a check against the guidance itself")
    return tuple(found)


@dataclass(frozen=True)
class DutyCount:
    """The whole checklist in numbers."""

    all: int
    verified: int
    dated: int
    passed: int


def counted(duties: Sequence[DutyView]) -> DutyCount:
    """How many duties there are, are verified, have a date on which they were done, and are past their next one."""
    return DutyCount(
        all=len(duties),
        verified=sum(d.duty.status != "unverified" for d in duties),
        dated=sum(d.duty.last_done != NOT_PUBLISHED for d in duties),
        passed=sum(d.passed for d in duties),
    )
