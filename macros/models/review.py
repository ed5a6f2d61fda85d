"""A review of practice after a child was seriously harmed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import ContentType, PartialDate, References, Text
from macros.models.page import Page


class Review(Page):
    """A published review; the child is known only by a pseudonym."""

    pseudonym: Text = Field(description="The name the review gives the child or children, such as Child J.")
    kind: Literal["local child safeguarding practice review", "joint thematic review"] = Field(description="What sort of review it was.")
    published: PartialDate = Field(description="When it was published, as far as known: 2023, 2023-02 or 2023-02-14.")
    updated: PartialDate | None = Field(None, description="When it was updated, where published.")
    age_band: Literal["baby", "young child", "teenager", "more than one child", "not published"] = Field(description="The child's age in a broad band.")
    agencies: tuple[Text, ...] = Field(description="The kinds of service that took part or are named.")
    briefing: Annotated[str, References("briefing")] | None = Field(None, description="Its 7-minute briefing, by id.")


TYPE = ContentType(
    name="review",
    plural="reviews",
    title="Reviews",
    model=Review,
    home="docs/learning/reviews/",
    columns=("title", "published", "description"),
    filters=("theme", "kind", "year", "audience"),
    dates=("published",),
    starts="""\
TO WRITE: what the review looked at and why, in two or three sentences. No names, dates of birth, places or schools.

## What happened

TO WRITE: only as much as a reader needs to understand the learning.

## What was done well

- TO WRITE: one point a line.

## What was learned

- TO WRITE: one point a line.

## What the review recommended

- TO WRITE: one point a line.

## What the partnership did

TO WRITE: what was done. Actions that stand in data/actions.yml are shown by the word "actions".

## What changed

TO WRITE: what is different now; or, in one line, that this has not been published.
""",
)
