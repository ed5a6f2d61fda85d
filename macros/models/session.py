"""A training session, as it was held or is offered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import ContentType, Day, References, SourcedRecord, Text, ThemeId, WholeNumber


class Session(SourcedRecord):
    """One session of an event such as Learning Week. What was not published is left out."""

    title: Text = Field(description="The session's published title.")
    event: Annotated[str, References("event")] = Field(description="The event it belongs to, by its id in data/events.yml.")
    theme_day: Text | None = Field(None, description="The themed day it stood under, as published.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    held: Text = Field(description="When it was held, as published.")
    date: Day | None = Field(None, description="The full date, only where one is published.")
    starts: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = Field(
        None, description="The time it starts, such as 12:30, only where one is published."
    )
    minutes: Annotated[WholeNumber, Field(ge=5, le=600)] | None = Field(None, description="Its length in minutes, where published.")
    length: Text | None = Field(None, description="Its length in words, as published.")
    format: Literal["online", "in person", "not published"] = Field(description="How it was held.")
    host: Text | None = Field(None, description="The service that held it, as published. Never a person's name.")


TYPE = ContentType(
    name="session",
    plural="sessions",
    title="Training sessions",
    model=Session,
    home="data/sessions.yml",
    columns=("title", "length", "format"),
    filters=("event", "theme_day", "theme"),
    dates=("date",),
    address="/training/learning-week/",
)
