"""An event of the partnership: a week, a conference, a learning hub."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.models.base import ContentType, Day, SourcedRecord, Text, ThemeId


class Event(SourcedRecord):
    """Something that took place, with sessions of its own or none."""

    title: Text = Field(description="The event's name.")
    summary: Text = Field(description="What it was, in one or two sentences.")
    held: Text = Field(description="When it was held, as published.")
    date: Day | None = Field(None, description="The full date, only where one is published.")
    venue: Text | None = Field(None, description="Where, as published.")
    format: Literal["online", "in person", "online and in person", "not published"] = Field(description="How it was held.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")


TYPE = ContentType(
    name="event",
    plural="events",
    title="Events",
    model=Event,
    home="data/events.yml",
    columns=("title", "held", "format", "summary"),
    filters=("theme", "format"),
    dates=("date",),
    address="/training/#{id}",
)
