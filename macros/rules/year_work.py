"""Rule: what a new annual report asks for is kept in mind until each thing is done, or somebody has said why not."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.content.year_work import ASKS, NOT_THERE, left, others
from macros.models import BY_PLURAL
from macros.problems import Problem, nearest


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Whatever rests on the reports before it is advised of, from the day on which the work on a new annual report begins: tables, actions, measures,
    priorities, roles, headline figures, lists and pages. Each is done in its own file, or answered in data/year_work.yml."""
    for work in catalogue.all("year-work"):
        known = [*filter(None, map(others, ASKS)), *(f"{kind} {name}" for kind in ASKS for name in _names(catalogue, kind))]
        for key in work.answers:
            if key not in known and not any(catalogue.is_lost(key.partition(" ")[0], lost) for lost in ("*", key.partition(" ")[2])):
                says = f'There is nothing called "{key}" to be done.' + nearest(key, known)
                yield catalogue.problem("year-work", work.id, "answers", says, "Correct it, or delete the line.", key)
        for item in left(catalogue, work):
            if item.kind != "absence":  # told where it is said, by the rule on absences
                says = f"{work.report} asks for this: {item.key}{f' ({item.more})' if item.more else ''}."
                fix = f"{ASKS[item.kind][1]}; or write here `{item.key}: {NOT_THERE}`."
                yield catalogue.problem("year-work", work.id, "answers", says, fix, item.key, severity="warning")


def _names(catalogue: Catalogue, kind: str) -> tuple[str, ...]:
    return tuple(BY_PLURAL) if kind == "list" else tuple(catalogue.pages) if kind == "page" else catalogue.names("table" if kind == "period" else kind)
