"""Rule: what a page says of its own days has happened."""

from collections.abc import Iterator
from dataclasses import replace

from macros.content.catalogue import Catalogue
from macros.models.base import in_words
from macros.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A page was reviewed today or earlier; when the next review is due is the setting review_by. A page that is dated ahead of its writing is
    advised against alone, as an older copy of the site may be built for an earlier day."""
    for page in catalogue.pages.values():
        if page.meta.last_found_right > catalogue.today:
            says = f"The day ({in_words(page.meta.last_found_right)}) is still to come."
            problem = catalogue.problem(
                page.kind.name, page.meta.id, "reviewed" if page.meta.reviewed else "written_on", says, "Write the day on which it was done."
            )
            yield problem if page.meta.reviewed else replace(problem, severity="warning")
