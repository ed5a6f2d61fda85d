"""Rule: whom to tell about a weakness is looked at every year. It advises and never stops a build."""

from collections.abc import Iterator
from datetime import timedelta

from macros.content.catalogue import Catalogue
from macros.problems import Problem

_YEAR = timedelta(days=366)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The partnership's own contact is checked again within a year: security.txt gives it to people who find a weakness, and should promise no longer (RFC 9116)."""
    for contact in catalogue.all("contact"):
        if contact.id == "partnership" and contact.review_by > catalogue.today + _YEAR:
            says = "security.txt would give this address for more than a year without anybody looking whether it is still right."
            yield catalogue.problem("contact", contact.id, "review_by", says, "Write a date within the next year.", severity="warning")
