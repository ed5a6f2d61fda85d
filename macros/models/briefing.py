"""A 7-minute briefing: seven short sections for a team meeting."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.models.base import ContentType, References
from macros.models.page import Page


class Briefing(Page):
    """A briefing, linked to its review where it has one."""

    review: Annotated[str, References("review")] | None = Field(None, description="The review it is about, by id.")


TYPE = ContentType(
    name="briefing",
    plural="briefings",
    title="7-minute briefings",
    model=Briefing,
    home="docs/learning/briefings/",
    columns=("title", "description"),
    filters=("theme", "audience"),
    dates=("reviewed_on",),
    starts="""\
TO WRITE: in one or two sentences, what this briefing is about and for whom.

## 1. Why this review was done

TO WRITE

## 2. What happened

TO WRITE

## 3. What we learned about TO WRITE

TO WRITE

## 4. What we learned about TO WRITE

TO WRITE

## 5. What we learned about TO WRITE

TO WRITE

## 6. What has changed, and what to do now

TO WRITE

## 7. Questions for your team

- TO WRITE: four to six questions?
""",
)
