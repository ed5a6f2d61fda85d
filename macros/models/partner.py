"""An organisation that is part of the partnership."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.models.base import ContentType, SourcedRecord, Text


class Partner(SourcedRecord):
    """An organisation by its office; people are never named."""

    title: Text = Field(description="The organisation's name.")
    kind: Literal["statutory partner", "core partner", "relevant agency", "adviser", "partner board"] = Field(description="Its part in the partnership.")
    role: Text = Field(description="What it does there, in one sentence.")
    period: Text = Field(description="The time the description is about, in words.")


TYPE = ContentType(
    name="partner",
    plural="partners",
    title="Partners",
    model=Partner,
    home="data/partners.yml",
    columns=("title", "kind", "role"),
    filters=("kind",),
    address="/arrangements/partners/#partner-{id}",
)
