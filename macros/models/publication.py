"""A document the partnership or somebody else published."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.models.base import ContentType, SourcedRecord, Text, ThemeId, WebAddress


class Publication(SourcedRecord):
    """A publication, with its address only where one is known."""

    title: Text = Field(description="The publication's name.")
    kind: Literal["annual report", "arrangements", "inspection", "strategy", "guidance", "review"] = Field(description="What it is.")
    publisher: Text = Field(description="Who published it; else: not published.")
    period: Text = Field(description="The time it is about, in words.")
    published: Text = Field(description="When it was published, as the source says; else: not published.")
    holds: Text = Field(description="What is in it.")
    link: WebAddress | None = Field(None, description="Its public address, where one is known.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")


TYPE = ContentType(
    name="publication",
    plural="publications",
    title="Publications",
    model=Publication,
    home="data/publications.yml",
    columns=("title", "kind", "publisher", "period", "published", "holds"),
    filters=("kind", "theme"),
    address="/publications/#publication-{id}",
)
