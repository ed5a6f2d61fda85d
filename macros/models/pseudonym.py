"""A name that stands for a child in a published review."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.models.base import ContentType, References, SourcedRecord, Text


class Pseudonym(SourcedRecord):
    """A child of a review, under the only name the site may use."""

    name: Text = Field(description="The name as the review writes it, such as Child J.")
    review: Annotated[str, References("review")] | None = Field(None, description="The review it comes from, by id, where it has a page.")


TYPE = ContentType(name="pseudonym", plural="pseudonyms", title="Pseudonyms", model=Pseudonym, home="data/pseudonyms.yml")
