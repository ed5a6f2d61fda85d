"""Something that guidance asks a safeguarding partnership to publish."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.models.base import ContentType, SourcedRecord, Text


class PublicationDuty(SourcedRecord):
    """A duty by edition of the guidance; its status starts at unverified."""

    edition: Literal["Working Together 2018", "Working Together 2023", "Working Together 2026"] = Field(description="The guidance that asks for it.")
    duty: Text = Field(description="What must be published.")
    evidence: tuple[Text, ...] = Field((), description="The pages of this site that show it, as /folder/page.md.")
    status: Literal["unverified", "met", "not met"] = Field(description="Unverified until somebody responsible has checked it against the guidance itself.")
    every: Text | None = Field(None, description="How often, such as 12 months.")
    last_done: Text = Field(description="When it was last done, as published; else: not published.")
    note: Text | None = Field(None, description="What a reader must know.")

    @property
    def title(self) -> str:
        """How a list heads it."""
        return self.duty


TYPE = ContentType(name="publication-duty", plural="publication-duties", title="What must be published", model=PublicationDuty, home="data/publication_duties.yml", columns=("duty", "edition", "status"), filters=("edition",), address="/publications/what-must-be-published/")
