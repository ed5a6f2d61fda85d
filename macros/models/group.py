"""A board, subgroup, panel or task group of the partnership."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import ContentType, References, SourcedRecord, Text, ThemeId


class Group(SourcedRecord):
    """A group with its duties, as one document describes it."""

    title: Text = Field(description="The group's name.")
    kind: Literal["executive", "board", "subgroup", "task group", "panel", "network"] = Field(description="What sort of group it is.")
    reports_to: Annotated[str, References("group")] | None = Field(None, description="The group it answers to, where published.")
    purpose: Text = Field(description="What it is for, in one or two sentences.")
    duties: tuple[Text, ...] = Field((), description="What it does, one short line each.")
    chair: Text | None = Field(None, description="The role (never the name) of who chairs it, where published.")
    meets: Text | None = Field(None, description="How often, where published.")
    period: Text = Field(description="The time the description is about, in words.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")


TYPE = ContentType(
    name="group",
    plural="groups",
    title="Groups",
    model=Group,
    home="data/groups.yml",
    columns=("title", "kind", "purpose", "period"),
    filters=("kind", "period", "theme"),
    address="/arrangements/groups/#group-{id}",
)
