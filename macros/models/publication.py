"""A document the partnership or somebody else published."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.models.base import ContentType, SourcedRecord, Text, ThemeId, WebAddress


class Publication(SourcedRecord):
    """A publication, with its address only where one is known."""

    title: Text = Field(description="The publication's name.")
    kind: Literal["annual report", "arrangements", "inspection", "strategy", "guidance", "review"] = Field(description="What it is.")
    publisher: Text | None = Field(None, description="Who published it. Left out: the document that names it does not say.")
    period: Text | None = Field(None, description="The time it is about, in words. Left out: the document that names it does not say.")
    published: Text | None = Field(None, description="When it was published, as the source says. Left out: it gives no date.")
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
