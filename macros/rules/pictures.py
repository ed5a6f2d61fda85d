"""Rule: a picture carries nothing but what is seen."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.problems import Problem
from macros.rules.privacy import is_allowed

MOST_DOTS = 25_000_000  # a photograph of a telephone has half as many; a file of a few bytes can ask a reader's device for billions


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Pictures carry no place, name, time or camera, and are no larger than a photograph."""
    for file, carried in catalogue.carried.items():
        size = catalogue.sizes[file]
        if size and size[0] * size[1] > MOST_DOTS:
            says = f"The picture has {size[0]:,} by {size[1]:,} dots; a page takes at most {MOST_DOTS:,} in all."
            yield Problem(file, None, says, "Save it again, some 2,000 dots wide.")
        if is_allowed(catalogue, "picture", file, file):
            continue
        if carried is None:
            yield Problem(file, None, "The picture is damaged: a part of it is missing.", "Save it again, as PNG, JPEG or WebP.")
        elif carried:
            fix = "Save it again without details (Windows: Properties, Details, Remove Properties; Mac: export it without location; or screenshot it)."
            yield Problem(file, None, f"The picture carries more than is seen: {', '.join(carried)}.", fix)
