"""Rule: a page in easy read or in another language says what its original says."""

from collections.abc import Iterator
from dataclasses import replace

from macros.content.catalogue import Catalogue
from macros.models.base import in_words
from macros.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Such a page names its original. Where the original was reviewed later than the page was checked, that is told as advice and to its readers."""
    for version in catalogue.all("version"):
        original = catalogue.pages.get(version.version_of.removeprefix("/"))
        if original is None or not version.version_of.startswith("/"):
            says = f'The page "{version.version_of}" is not there.'
            yield catalogue.problem("version", version.id, "version_of", says, "Name a file in docs/ from its root, such as /topics/index.md.")
        elif original.meta.reviewed_on > version.checked_on:
            says = f"The original was reviewed on {in_words(original.meta.reviewed_on)}, and this was checked before."
            yield replace(catalogue.problem("version", version.id, "checked_on", says, "Have it held against the original again."), severity="warning")
