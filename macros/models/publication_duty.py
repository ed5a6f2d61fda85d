"""Something that guidance asks a safeguarding partnership to publish."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from macros.models.base import ContentType, SourcedRecord, Text

_LENGTH = re.compile(r"[1-9]\d{0,2} (?:months?|years?)\Z")


def _length(text: str) -> str:
    if not _LENGTH.match(text):
        raise ValueError("must be a number of months or years, such as 12 months")
    return text


Length = Annotated[str, AfterValidator(_length)]


class PublicationDuty(SourcedRecord):
    """A duty by edition of the guidance; its status starts at unverified."""

    edition: Literal["Working Together 2018", "Working Together 2023", "Working Together 2026"] = Field(description="The guidance that asks for it.")
    duty: Text = Field(description="What must be published.")
    evidence: tuple[Text, ...] = Field((), description="The pages of this site that show it, as /folder/page.md.")
    status: Literal["unverified", "met", "not met"] = Field(description="Unverified until somebody responsible has checked it against the guidance itself.")
    every: Length | None = Field(None, description="How often at least, such as 12 months: the next date is worked out from last_done.")
    kept_for: Length | None = Field(None, description="How long what was published must stay public, such as 12 months; with keeps.")
    keeps: Literal["reviews"] | None = Field(None, description="The records that must stay public so long.")
    last_done: Text = Field(description="When it was last done, as published; else: not published.")
    note: Text | None = Field(None, description="What a reader must know.")

    @model_validator(mode="after")
    def _kept_and_keeps(self) -> PublicationDuty:
        if (self.kept_for is None) != (self.keeps is None):
            raise ValueError("must say both kept_for and keeps, or neither")
        return self

    @property
    def title(self) -> str:
        """How a list heads it."""
        return self.duty


TYPE = ContentType(
    name="publication-duty",
    plural="publication-duties",
    title="What must be published",
    model=PublicationDuty,
    home="data/publication_duties.yml",
    columns=("duty", "edition", "status"),
    filters=("edition",),
    address="/publications/what-must-be-published/",
)
