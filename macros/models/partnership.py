"""Whose site this is, the areas whose figures it shows, where its towns lie, and the subjects that its catalogue of tables is arranged by.

Its full name, address, colours and mark are settings of the site generator, in mkdocs.yml. Never: reads a file or looks at another record.
"""

from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import Record, References, Text, WebAddress, WholeNumber, matching, titled_by, written

Chapter = Literal["area", "front-door", "protection", "care", "scrutiny", "reaching-people", "reviews", "training"]


Domain = Annotated[
    str,
    matching(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", "must be the name of a domain alone, in small letters, such as example.org"),
    written("the name of a domain in small letters, such as example.org", r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"),
]
AreaId = Annotated[str, References("area")]


class Partnership(Record):
    """The partnership that the site is for."""

    area: AreaId = Field(description="The area it works in, by its id in data/areas.yml. Tables and figures that name no area are of this one.")
    domain: Domain = Field(
        description="The domain in the names of feeds and calendar entries. Never change it, even when the site moves: programs know entries by it."
    )
    domain_year: WholeNumber = Field(description="A year in which the domain was the partnership's, for the same names (RFC 4151).", ge=1990, le=2100)
    leave_to: WebAddress = Field(description="Where Leave this page goes: an ordinary page that says nothing of this one, such as a weather forecast.")

    title = titled_by("id")

    @property
    def feed_names(self) -> str:
        """What the name of each feed and of its entries begins with, as a tag URI (RFC 4151)."""
        return f"tag:{self.domain},{self.domain_year}:"


class Area(Record):
    """An area whose figures the site shows: the partnership's own, or a neighbour's."""

    title: Text = Field(description="The area's name.")
    code: Text | None = Field(None, description="Its code in national statistics, where a document gives it, such as E06000000.")
    figures_of: Text | None = Field(None, description="For a neighbour: the year that its figures here are of, shown beside each, such as 2017-18.")


class Town(Record):
    """A town of the area and roughly where it lies, for charts of the kind map."""

    title: Text = Field(description="Its name, as the tables write it.")
    east: WholeNumber = Field(description="How far east it lies, in whole kilometres of the national grid that maps print, such as 371.", ge=0, le=700)
    north: WholeNumber = Field(description="How far north it lies, in the same kilometres, such as 356.", ge=0, le=1300)


class Subject(Record):
    """A part of the catalogue of tables and figures, and the chapter of a yearly report that gathers it."""

    title: Text = Field(description="Its heading.")
    chapter: Chapter = Field(description="The chapter of the yearly reports that its numbers stand in, in the order of this list.")
