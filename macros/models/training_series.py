"""A series of short training sessions."""

from __future__ import annotations

from pydantic import Field

from macros.models.base import ContentType, SourcedRecord, Text, ThemeId


class TrainingSeries(SourcedRecord):
    """A series, as its offer was published."""

    title: Text = Field(description="The series' name.")
    summary: Text = Field(description="What it is for.")
    length: Text = Field(description="How long a session is, as published.")
    how_often: Text = Field(description="How often, as published.")
    for_whom: Text = Field(description="Whom it is for, as published; else: not published.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")


TYPE = ContentType(
    name="training-series",
    plural="training-series",
    title="Training series",
    model=TrainingSeries,
    home="data/training_series.yml",
    columns=("title", "summary", "length", "how_often"),
    filters=("theme",),
    address="/training/lunchtime-series/",
)
