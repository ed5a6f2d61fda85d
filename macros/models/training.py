"""Training: events, their sessions, and series of short sessions."""

from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import Day, References, SourcedRecord, Text, ThemeId, WholeNumber
from macros.models.reasons import OR_WHY, Stated

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Event(SourcedRecord):
    """Something that took place, with sessions of its own or none."""

    title: Text = Field(description="The event's name.")
    summary: Text = Field(description="What it was, in one or two sentences.")
    held: Text = Field(description="When it was held, as published.")
    date: Day | None = Field(None, description="The full date, only where one is published.")
    venue: Stated[Text] | None = Field(None, description=f"Where, as the document says. {OR_WHY}")
    format: Stated[Literal["online", "in person", "online and in person"]] = Field(description=f"How it was held. {OR_WHY}")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")


class Session(SourcedRecord):
    """One session of an event such as Learning Week. What its document does not say is left out."""

    title: Text = Field(description="The session's published title.")
    event: Annotated[str, References("event")] = Field(description="The event it belongs to, by its id in data/events.yml.")
    theme_day: Text | None = Field(None, description="The themed day it stood under, as published.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    held: Text = Field(description="When it was held, as published.")
    date: Day | None = Field(None, description="The full date, only where one is published.")
    starts: Clock | None = Field(None, description="The time it starts, such as 12:30, only where one is published.")
    minutes: Annotated[WholeNumber, Field(ge=5, le=600)] | None = Field(None, description="Its length in minutes, where published.")
    length: Text | None = Field(None, description="Its length in words, as published.")
    format: Stated[Literal["online", "in person"]] = Field(description=f"How it was held. {OR_WHY}")
    host: Text | None = Field(None, description="The service that held it, as published. Never a person's name.")


class TrainingSeries(SourcedRecord):
    """A series, as its offer was published."""

    title: Text = Field(description="The series' name.")
    summary: Text = Field(description="What it is for.")
    length: Text = Field(description="How long a session is, as published.")
    how_often: Text = Field(description="How often, as published.")
    for_whom: Stated[Text] = Field(description=f"Whom it is for, as the document says. {OR_WHY}")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
