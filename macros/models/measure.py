"""A success measure of a priority: what was to happen, and whether it did."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import ContentType, References, SourcedRecord, Text


class Measure(SourcedRecord):
    """Numbers are references (a figure's id or ``table | row | column``) or literals."""

    priority: Annotated[str, References("priority")] = Field(description="The priority it belongs to.")
    title: Text = Field(description="A short name.")
    aim: Text = Field(description="What was to happen, in one sentence.")
    direction: Literal["down", "up", "reach", "do"] = Field(description="Which way the number was to go; do: a thing to be done, with no number.")
    baseline: Text | None = Field(None, description="The number before.")
    target: Text | None = Field(None, description="The number aimed at, where one was published.")
    result: Text | None = Field(None, description="The number reached.")
    unit: Text | None = Field(None, description="What the numbers count.")
    period: Text = Field(description="The time the result is about.")
    published_verdict: Literal["met", "partly met", "not met", "no verdict"] = Field(description="What the document said.")
    says: Text = Field(description="What the document reported, in one or two sentences.")
    note: Text | None = Field(None, description="Needed where the numbers say otherwise than the document.")


TYPE = ContentType(
    name="measure",
    plural="measures",
    title="Success measures",
    model=Measure,
    home="data/measures.yml",
    columns=("title", "aim", "published_verdict"),
    filters=("priority",),
    address="/priorities/{priority}/#measure-{id}",
)
