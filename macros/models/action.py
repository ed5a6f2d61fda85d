"""Something the partnership said it would do, or did."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.models.base import ContentType, Identifier, SourcedRecord, Text, ThemeId


class Action(SourcedRecord):
    """An action with its plan, owner, date and status, each only as the document gives it."""

    title: Text = Field(description="What was to be done.")
    plan: Identifier = Field(description="The plan it belongs to, such as jtai-2022 or review-child-j.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    owner: Text = Field(description="Who was to do it, as published; else: not published.")
    due: Text = Field(description="By when, as published; else: not published.")
    status: Literal["planned", "under way", "done", "not published"] = Field(description="Where it stood at the document's date.")
    outcome: Text | None = Field(None, description="What came of it, where the document says.")


TYPE = ContentType(
    name="action",
    plural="actions",
    title="Actions",
    model=Action,
    home="data/actions.yml",
    columns=("title", "owner", "due", "status"),
    filters=("plan", "theme", "status"),
)
