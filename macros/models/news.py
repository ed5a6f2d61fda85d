"""A dated piece of news."""

from __future__ import annotations

from pydantic import Field

from macros.models.base import ContentType, PartialDate
from macros.models.page import Page


class News(Page):
    """News, dated as far as a source dates it."""

    published: PartialDate = Field(description="When it happened, as far as known: 2023, 2023-02 or 2023-02-14.")


TYPE = ContentType(
    name="news",
    plural="news",
    title="News",
    model=News,
    home="docs/news/",
    columns=("title", "published", "description"),
    filters=("theme", "year"),
    dates=("published",),
    starts="""\
TO WRITE: what happened, when and for whom, in 150 to 300 words and in the past tense.
""",
)
