"""Where every action of a plan stands, as far as the documents say.

Owns: what became of an action, today and as far as could be known on a day. The documents end before today does, so a date that passed since
then is called that, and whether the thing was done is left open. Never: calls an action late unless a document itself shows it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from macros.content.catalogue import Catalogue, PageEntry, path_of
from macros.content.editions import last_day
from macros.content.periods import period_of, time_between
from macros.content.standing import known
from macros.models import BY_NAME
from macros.models.base import MONTHS, in_words
from macros.models.performance import Progress
from macros.models.periods import Period
from macros.models.words import given

State = Literal["done", "late", "date passed", "due", "no date"]
_PLAN_YEAR = re.compile(r"-(\d{4})-(\d{2})\Z")


@dataclass(frozen=True)
class TrackedAction:
    """An action and where it stood: what documents said of it, the oldest first, by when it was due, when it was last heard of, and what can be said.

    That no document says whether the rest were done is true of most, so a report says it once.
    """

    action: Any
    history: tuple[Progress, ...]
    status: str
    by: str
    due: Period | None
    heard: date | None
    state: State
    says: str

    @property
    def when(self) -> str:
        """By when it was due, in a sentence."""
        return by_when(self.by)


def track(catalogue: Catalogue, action: Any, by: date | None = None) -> TrackedAction:
    """Where an action stands today, going by what its documents said and no further; with ``by``, what could be known on that day.

    A document that speaks of an action and does not say where it stood changes nothing of what the one before said.
    """
    history = known(catalogue, action.history, by)
    newest = next((said for said in reversed(history) if said.status), history[-1])
    date_set = next((said.due for said in reversed(history) if said.due is not None), action.due)
    due, heard = period_of(date_set), last_day(catalogue, newest.source)
    when = f" at {in_words(heard)}" if heard > date.min else " when last reported"
    last = f"{newest.status.capitalize()}{when}. " if newest.status else ""

    def found(state: State, says: str) -> TrackedAction:
        return TrackedAction(action, history, newest.status, date_set, due, heard if heard > date.min else None, state, says)

    if newest.status == "done":
        return found("done", "Done.")
    if due is None:
        return found("no date", last.strip() or "Not stated.")
    if due.last >= (by or catalogue.today):
        return found("due", f"{last}Due {by_when(date_set)}.")
    if heard > due.last and newest.status:
        return found("late", f"{last}It was to be finished {by_when(date_set)}, so it was late.")
    if by:
        return found("date passed", f"{last}It was due {by_when(date_set)}.")
    return found("date passed", f"{last}It was due {by_when(date_set)}, which has {'passed' if due.first == due.last else 'ended'}.")


def actions_of(catalogue: Catalogue, plan: str, by: date | None = None) -> tuple[TrackedAction, ...]:
    """The actions of a plan in the editors' order; with ``by``, those that a document had named by that day."""
    return tuple(track(catalogue, action, by) for action in catalogue.all("action") if action.plan == plan and known(catalogue, action.history, by))


def by_when(due: str) -> str:
    """A deadline as its document wrote it, in a sentence: ``by 5 January 2023``, ``in 2023/24``, ``early in 2023/24``.

    A year is not turned into its last day: nobody set that day.
    """
    if re.match(r"\d{1,2} \w+ \d{4}\Z", due):
        return f"by {due}"
    text = due if due.startswith(MONTHS) else due[:1].lower() + due[1:]
    return text if re.match(r"(?:early|late|mid|by|before|in|at|the)\b", text) else f"in {text}"


@dataclass(frozen=True)
class Plan:
    """The actions of one plan, with a title and a page where there is one."""

    title: str
    address: str
    tracked: tuple[TrackedAction, ...]

    def count(self, *states: State) -> int:
        """How many of its actions are in one of these states."""
        return sum(s.state in states for s in self.tracked)

    @property
    def open(self) -> tuple[TrackedAction, ...]:
        """What was not reported done, those with a date first, by date."""
        waiting = [s for s in self.tracked if s.state != "done"]
        return tuple(sorted(waiting, key=lambda s: s.due.last if s.due else date.max))

    @property
    def done(self) -> tuple[TrackedAction, ...]:
        return tuple(s for s in self.tracked if s.state == "done")


@dataclass(frozen=True)
class Actions:
    """A report's actions by plan."""

    plans: tuple[Plan, ...]
    today: date

    @property
    def tracked(self) -> tuple[TrackedAction, ...]:
        return tuple(s for plan in self.plans for s in plan.tracked)

    def count(self, *states: State) -> int:
        """How many are in one of these states; all of them where none is named."""
        return sum(plan.count(*states) for plan in self.plans) if states else len(self.tracked)

    @property
    def heard(self) -> date | None:
        """The newest day on which any of them was heard of."""
        return max((s.heard for s in self.tracked if s.heard), default=None)

    @property
    def silence(self) -> str:
        """How long it is since then: drift that no single date shows."""
        return time_between(self.heard, self.today) if self.heard else ""


def actions_by_plan(catalogue: Catalogue, actions: Iterable[Any], by: date | None = None) -> Actions:
    """Actions under their plans, plans in the order of the file; with ``by``, as they stood on that day."""
    by_plan: dict[str, list[TrackedAction]] = {}
    for action in actions:
        by_plan.setdefault(action.plan, []).append(track(catalogue, action, by))
    return Actions(tuple(Plan(*_plan_title(catalogue, name), tuple(found)) for name, found in by_plan.items()), catalogue.today)


def _plan_title(catalogue: Catalogue, plan: str) -> tuple[str, str]:
    """A plan is called after its review or priority, else after the page that shows it, else by its own id."""
    kind, _, name = plan.partition("-")
    record = catalogue.get(kind, name) if kind in ("review", "priority") else None
    if record:
        return record.title, catalogue.address(kind, record)
    for page in catalogue.pages.values():
        if plan in _plans_shown(page):
            return page.meta.title, page.address
    return _PLAN_YEAR.sub(r" \1/\2", plan).replace("-", " ").capitalize(), ""


def plans_of_priority(catalogue: Catalogue, priority: Any) -> tuple[str, ...]:
    """A priority's own plan, and every plan that its page shows."""
    page = catalogue.pages[path_of(BY_NAME["priority"], priority.id)]
    return tuple(dict.fromkeys([f"priority-{priority.id}", *_plans_shown(page)]))


def _plans_shown(page: PageEntry) -> list[str]:
    return [given(call.name, call.arguments, call.named).get("plan", "") for call in page.calls if call.name == "actions"]


def due_in(actions: Actions, period: Period) -> tuple[TrackedAction, ...]:
    """The actions that are due within a period."""
    return tuple(s for s in actions.tracked if s.state == "due" and s.due and period.first <= s.due.last <= period.last)
