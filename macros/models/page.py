"""A page: its front matter, whatever kind of page it is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from macros.models.base import ContentType, Day, Record, SourceId, Text, ThemeId, YesNo

Audience = Literal["everyone", "children", "parents", "professionals", "leaders", "editors"]


class Page(Record):
    """The settings between the two lines --- at the top of every page."""

    id: Text = Field(description="The file's name without its ending; for a plain page its path below docs/.")
    title: Annotated[str, Field(min_length=1, max_length=90)] = Field(description="The page's heading, in sentence case.")
    description: Annotated[str, Field(min_length=30, max_length=200)] = Field(description="One plain sentence for search results, 50 to 160 characters.")
    audience: tuple[Audience, ...] = Field(description="Whom the page is for.", min_length=1)
    themes: tuple[ThemeId, ...] = Field((), description="The themes it belongs to, by their ids in data/themes.yml.")
    owner: Text = Field(description="Who looks after it.")
    reviewed_on: Day = Field(description="When it was last read through and found right.")
    review_by: Day = Field(description="When it must be read again.")
    sources: tuple[SourceId, ...] = Field(description="The documents it rests on, by their ids in data/sources.yml.", min_length=1)
    order: Annotated[int, BeforeValidator(int)] = Field(1000, description="Its place in the menu of its section, small first.")
    contents: YesNo = Field(True, description="no: a longer page shows no list of its sections at the top.")
    render_macros: YesNo = Field(True, description="no: words in double braces are shown as they stand, for pages that explain them.")

    @model_validator(mode="after")
    def _review_follows(self) -> Page:
        if self.review_by <= self.reviewed_on:
            raise ValueError("review_by must be later than reviewed_on")
        return self


TYPE = ContentType(name="page", plural="pages", title="Pages", model=Page, home="docs/", columns=("title", "description"), filters=("audience", "theme"), dates=("reviewed_on",))
