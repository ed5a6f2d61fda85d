"""A priority of the partnership, and how it went."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.models.base import ContentType, References, Text, Year
from macros.models.page import Page


class Priority(Page):
    """A priority with the years in which it was one."""

    years: tuple[Year, ...] = Field(description="The years in which a source calls it a priority or area of focus.", min_length=1)
    status: Text = Field(description="Where it stood when the documents end.")
    lead_group: Annotated[str, References("group")] | None = Field(None, description="The group that led it, by id.")


TYPE = ContentType(
    name="priority",
    plural="priorities",
    title="Priorities",
    model=Priority,
    home="docs/priorities/",
    columns=("title", "years", "status", "description"),
    filters=("theme", "year"),
    dates=("years",),
    starts="""\
TO WRITE: what the partnership wanted to change, in two or three sentences.

## Why it mattered

TO WRITE

## What was done

TO WRITE

## How it was measured

TO WRITE: measures that stand in data/measures.yml are shown by the word "measures".

## What came next

TO WRITE
""",
)
