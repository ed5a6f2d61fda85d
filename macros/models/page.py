"""A page: its front matter, whatever kind of page it is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.models.base import ContentType, Day, Fault, Record, SourceId, Text, ThemeId, WholeNumber, YesNo, in_words

Audience = Literal["everyone", "children", "parents", "professionals", "leaders", "editors"]


class Page(Record):
    """The settings between the two lines --- at the top of every page."""

    id: Text = Field(description="The file's name without its ending; for a plain page its path below docs/.")
    title: Annotated[Text, Field(max_length=90)] = Field(description="The page's heading, in sentence case.")
    description: Annotated[Text, Field(min_length=30, max_length=200)] = Field(description="One plain sentence for search results, 50 to 160 characters.")
    audience: tuple[Audience, ...] = Field(description="Whom the page is for.", min_length=1)
    themes: tuple[ThemeId, ...] = Field((), description="The themes it belongs to, by their ids in data/themes.yml.")
    owner: Text = Field(description="Who looks after it.")
    reviewed_on: Day = Field(description="When it was last read through and found right.")
    review_by: Day = Field(description="When it must be read again.")
    sources: tuple[SourceId, ...] = Field(description="The documents it rests on, by their ids in data/sources.yml.", min_length=1)
    order: WholeNumber = Field(1000, description="Its place in the menu of its section, small first.")
    contents: YesNo = Field(True, description="no: a longer page shows no list of its sections at the top.")
    render_macros: YesNo = Field(True, description="no: words in double braces are shown as they stand, for pages that explain them.")

    @model_validator(mode="after")
    def _review_follows(self) -> Page:
        if self.review_by <= self.reviewed_on:
            raise Fault(
                f"The next review ({in_words(self.review_by)}) is not after the last ({in_words(self.reviewed_on)}).",
                "Correct one of the two dates.",
                "review_by",
            )
        return self


TYPE = ContentType(
    name="page",
    plural="pages",
    title="Pages",
    model=Page,
    home="docs/",
    columns=("title", "description"),
    filters=("audience", "theme"),
    dates=("reviewed_on",),
    starts="""\
TO WRITE: the answer to the page's question, in two or three plain sentences.

## TO WRITE: a heading

TO WRITE: short paragraphs, 300 to 900 words in all.
""",
)
