"""A topic page: the hub of one theme."""

from __future__ import annotations

from macros.models.base import ContentType
from macros.models.page import Page


class Topic(Page):
    """A hub; the file's name is the theme's id. What belongs to the theme is added by the page itself."""


TYPE = ContentType(
    name="topic",
    plural="topics",
    title="Topics",
    model=Topic,
    home="docs/topics/",
    columns=("title", "description"),
    filters=("audience",),
    starts="""\
TO WRITE: what it is, in plain words.

## Signs to look out for

- TO WRITE

## What to do if you are worried

TO WRITE

## What the partnership found and did

TO WRITE
""",
)
