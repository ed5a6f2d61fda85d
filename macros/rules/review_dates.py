"""Rule: what a page says of its own days has happened."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.models.base import in_words
from macros.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A page was written, and reviewed, today or earlier. When the next review is due is the setting review_by."""
    for page in catalogue.pages.values():
        if page.meta.last_found_right > catalogue.today:
            says = f"The day ({in_words(page.meta.last_found_right)}) is still to come."
            field = "reviewed" if page.meta.reviewed else "written_on"
            yield catalogue.problem(page.kind.name, page.meta.id, field, says, "Write the day on which it was done.")
