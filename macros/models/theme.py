"""A theme: what ties reviews, tables, training and topics together."""

from __future__ import annotations

from pydantic import Field

from macros.models.base import ContentType, Record, Text


class Theme(Record):
    """A subject of the site."""

    title: Text = Field(description="The theme's name as a reader sees it.")
    summary: Text = Field(description="What it means, in one sentence.")


TYPE = ContentType(name="theme", plural="themes", title="Themes", model=Theme, home="data/themes.yml", columns=("title", "summary"))
