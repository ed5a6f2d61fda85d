"""Rule: a page in easy read or in another language says what its original says. It advises and never stops a build."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.models.base import in_words
from macros.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Where the original was reviewed later than such a page was checked, that is advised here and told to its readers."""
    for version in catalogue.all("version"):
        original = catalogue.pages.get(version.version_of.removeprefix("/"))
        if original and original.meta.last_found_right > version.checked_on:
            says = f"The original was written or reviewed on {in_words(original.meta.last_found_right)}, and this was checked before."
            yield catalogue.problem("version", version.id, "checked_on", says, "Have it held against the original again.", severity="warning")
