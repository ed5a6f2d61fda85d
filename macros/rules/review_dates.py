"""Rule: what is said to have happened has happened."""

import re
from collections.abc import Iterator
from datetime import timedelta

from macros.content.catalogue import Catalogue
from macros.models import CONTENT_TYPES
from macros.models.base import in_words
from macros.problems import Problem

_HAPPENED = ("published", "updated", "last_seen", "announced_on", "checked_on", "withdrawn_on")
_A_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")  # elsewhere such a setting holds words
_CLOCKS = timedelta(days=1)  # a summer's night in London is a day ahead of the clock by which the site is built


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A page was reviewed today or earlier, and what is said to have been published, seen or announced was; when the next review is due is the setting
    review_by. A page that is dated ahead of its writing is advised against alone, as an older copy of the site may be built for an earlier day."""
    for page in catalogue.pages.values():
        if page.meta.last_found_right > catalogue.today:
            says = f"The day ({in_words(page.meta.last_found_right)}) is still to come."
            field, fix = "reviewed" if page.meta.reviewed else "written_on", "Write the day on which it was done."
            yield catalogue.problem(page.kind.name, page.meta.id, field, says, fix, severity="error" if page.meta.reviewed else "warning")
    latest = (catalogue.today + _CLOCKS).isoformat()
    for kind in CONTENT_TYPES:
        for field in _HAPPENED:
            for record in catalogue.all(kind.name) if field in kind.model.model_fields else ():
                value = getattr(record, field)
                if _A_DAY.fullmatch(str(value)) and str(value) > latest:
                    fix = "Write the day on which it happened. What is to come is an event or session, in data/events.yml or data/sessions.yml."
                    yield catalogue.problem(kind.name, record.id, field, f"The day ({in_words(value)}) is still to come.", fix)
