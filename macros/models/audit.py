"""An audit or frontline visit: what was looked at and what was found."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.models.base import ContentType, SourcedRecord, Text, ThemeId, Year


class Audit(SourcedRecord):
    """An audit with its findings, where they were published."""

    title: Text = Field(description="What was looked at.")
    year: Year = Field(description="The year it belongs to, such as 2022/23.")
    held: Text = Field(description="When it was done, as published.")
    kind: Literal["multi-agency audit", "assurance audit", "frontline visit"] = Field(description="What sort it was.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    working_well: tuple[Text, ...] = Field((), description="What was found to work well.")
    worries: tuple[Text, ...] = Field((), description="What was found to be a worry.")
    next: tuple[Text, ...] = Field((), description="What was to happen next.")


TYPE = ContentType(
    name="audit",
    plural="audits",
    title="Audits",
    model=Audit,
    home="data/audits.yml",
    columns=("title", "kind", "held"),
    filters=("theme", "kind", "year"),
    dates=("year",),
    address="/learning/audits/#audit-{id}",
)
