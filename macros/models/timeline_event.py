"""A dated event in the partnership's history."""

from __future__ import annotations

from pydantic import Field

from macros.models.base import ContentType, PartialDate, SourcedRecord, Text


class TimelineEvent(SourcedRecord):
    """Something that happened, dated as far as the documents date it."""

    when: Text = Field(description="When, as published.")
    starts: PartialDate = Field(description="The same for sorting: 2019, 2019-09 or 2019-09-29.")
    title: Text = Field(description="What happened.")
    summary: Text | None = Field(None, description="More about it, in one or two sentences.")


TYPE = ContentType(
    name="timeline-event",
    plural="timeline-events",
    title="Timeline",
    model=TimelineEvent,
    home="data/timeline.yml",
    columns=("when", "title", "summary"),
    dates=("starts",),
    address="/arrangements/timeline/",
)
