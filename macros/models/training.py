"""Training: events, their sessions, and series of short sessions."""

import datetime  # a field is called date
import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from macros.models.base import AnnouncedRecord, Day, Fault, References, Text, ThemeId, WholeNumber, in_words, matching, written
from macros.models.reasons import OR_WHY, Stated

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


_CANCELLED = matching("cancelled", "must be cancelled, or left out; a new day is written as moved_to")


class Held(AnnouncedRecord):
    """What is held on a day or was: it may move to another, or be cancelled, and the entry stays as history."""

    held: Text | None = Field(None, description="When it was held, in words as published. Left out: the date says it.")
    date: Day | None = Field(None, description="The full date, only where one is known.")
    status: Annotated[str, _CANCELLED, written("cancelled", options=("cancelled",))] | None = Field(
        None, description="cancelled: it does not take place. Left out: it does, or did."
    )
    last_day: Day | None = Field(None, description="Its last day, where it takes more than one.")
    moved_to: Day | None = Field(None, description="The new day, where it was moved; the setting date keeps the day that was announced first.")

    @property
    def day(self) -> datetime.date | None:
        """The first day on which it is held, as far as is known now."""
        return self.moved_to or self.date

    @property
    def last(self) -> datetime.date | None:
        return self.last_day or self.day

    @property
    def changed(self) -> str:
        """What became of it after it was announced, in words; nothing where nothing did."""
        if self.status == "cancelled":
            return "Cancelled"
        return f"Moved from {in_words(self.date)}" if self.moved_to and self.date else ""

    @property
    def when(self) -> str:
        """Its day or days in words: as published, unless it was moved."""
        if self.day is None or (self.held and not self.moved_to):
            return self.held or ""
        return in_words(self.day) + (f" to {in_words(self.last)}" if self.last and self.last != self.day else "")

    @model_validator(mode="after")
    def _has_a_day(self) -> Self:
        if not self.held and not self.date:
            raise Fault("Nothing says when it is held.", "Write `date: 2026-12-01`; where no day is known, say in `held:` what is.", "date")
        if self.moved_to and (not self.date or self.moved_to == self.date):
            raise Fault("It was moved, and no other day says from when.", "Keep in `date:` the day that was announced first.", "moved_to")
        if self.last_day and (self.day is None or self.last_day < self.day):
            raise Fault("Its last day is before its first.", "Correct `last_day:`, or the day it begins. Left out: it takes one day.", "last_day")
        return self


class Event(Held):
    """Something that is held or was, with sessions of its own or none. It has a page of its own."""

    title: Text = Field(description="The event's name.")
    summary: Text = Field(description="What it is, in one or two sentences.")
    venue: Stated[Text] | None = Field(None, description=f"Where it is held. {OR_WHY}")
    format: Stated[Literal["online", "in person", "online and in person"]] = Field(description=f"How it is held. {OR_WHY}")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    page: Text | None = Field(None, description="A page that somebody wrote about it, as /folder/page.md. Left out: the build makes one.")

    @property
    def shown_at(self) -> str:
        return re.sub(r"(?:/index)?\.md\Z", "/", self.page) if self.page else f"/training/events/{self.id}/"


class Session(Held):
    """One session of an event such as Learning Week, or of a series. What is not known is left out."""

    title: Text = Field(description="The session's title.")
    event: Annotated[str, References("event")] | None = Field(
        None, description="The event it belongs to, by its id in data/events.yml. It belongs to an event or to a series."
    )
    series: Annotated[str, References("training-series")] | None = Field(None, description="The series it belongs to, by its id in data/training_series.yml.")
    theme_day: Text | None = Field(None, description="The themed day it stands under, as published.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    starts: Clock | None = Field(None, description="The time it starts, such as 12:30, only where it is known.")
    minutes: Annotated[WholeNumber, Field(ge=5, le=600)] | None = Field(None, description="Its length in minutes, where known.")
    length: Text | None = Field(None, description="Its length in words, as published.")
    format: Stated[Literal["online", "in person"]] = Field(description=f"How it is held. {OR_WHY}")
    host: Text | None = Field(None, description="The service that holds it. Never a person's name.")

    @model_validator(mode="after")
    def _belongs_somewhere(self) -> Self:
        if bool(self.event) == bool(self.series):
            fix = "Name the one or the other. Something that stands by itself is an event, in data/events.yml."
            raise Fault("A session belongs to an event or to a series." if not self.event else "It names both an event and a series.", fix, "event")
        return self


class TrainingSeries(AnnouncedRecord):
    """A series of sessions, as it was offered."""

    title: Text = Field(description="The series' name.")
    summary: Text = Field(description="What it is for.")
    length: Text = Field(description="How long a session is.")
    how_often: Text = Field(description="How often there is one.")
    for_whom: Stated[Text] = Field(description=f"Whom it is for, as the document says. {OR_WHY}")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
