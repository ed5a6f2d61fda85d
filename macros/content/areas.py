"""Whose figures are the partnership's own and whose a neighbour's.

Never: says what is shown of them.
"""

from macros.content.catalogue import Catalogue
from macros.models.partnership import Area, Partnership


def partnership(catalogue: Catalogue) -> Partnership:
    """Whose site it is: the one entry of data/partnership.yml, which rules/partnership.py holds. Raises LookupError where there is none."""
    for found in catalogue.all("partnership"):
        assert isinstance(found, Partnership)
        return found
    raise LookupError("data/partnership.yml has no entry")


def is_own(catalogue: Catalogue, area: str | None) -> bool:
    """Whether figures of this area are the partnership's own: it names no area, or its own one."""
    return area is None or any(area == whose.area for whose in catalogue.all("partnership"))


def neighbour(catalogue: Catalogue, area: str | None) -> Area | None:
    """The neighbour whose figures these are; nothing where they are the partnership's own."""
    return None if is_own(catalogue, area) else catalogue.get("area", area or "")
