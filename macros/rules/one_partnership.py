"""Rule: the site is one partnership's."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.problems import Problem

HOME = "data/partnership.yml"


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """data/partnership.yml has exactly one entry, and no table or figure names the partnership's own area: it is what is meant
    where none is named. Any other area is one that figures are of."""
    entries, lost = catalogue.all("partnership"), {kind for kind, _ in catalogue.lost}
    if "partnership" in lost:
        return
    if not entries:
        yield Problem(HOME, None, "The list does not say whose site this is.", "Add the one entry: id, area, domain, domain_year and leave_to.")
    for second in entries[1:]:
        yield catalogue.problem("partnership", second.id, "id", "The site can be one partnership's only.", "Delete this entry, or the one above it.")
    own = {entry.area for entry in entries[:1]}
    described = [("table", table.about) for table in catalogue.tables.values()] + [("figure", figure) for figure in catalogue.all("figure")]
    for kind, about in described:
        if about.area in own:
            yield catalogue.problem(
                kind, about.id, "area", "This is the partnership's own area.", "Delete the line: what names no area is the partnership's own."
            )
    named = own | {about.area for _, about in described if about.area}
    known = set(catalogue.names("area"))
    for area in sorted(known - named) if own and named <= known and not lost & {"table", "figure"} else ():  # else another area may be the one that is meant
        yield catalogue.problem(
            "area", area, "id", "No table or figure is of this area.", "Delete the entry, or name the area with the figures that are of it."
        )
