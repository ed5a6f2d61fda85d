"""Something that looks as if it were about a person and may be public all the same, with the reason."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.models.base import ContentType, Day, Record, Text

PrivateKind = Literal[
    "NHS number", "National Insurance number", "pupil number", "date of birth", "postcode", "phone number", "e-mail address",
    "e-mail address of a person", "exact age", "pseudonym", "picture",
]  # fmt: skip


class PrivacyAllowed(Record):
    """One text that the privacy check leaves alone."""

    kind: PrivateKind = Field(description="What it looks like, in the words of the check.")
    text: Text = Field(description="The very text; for a picture its path, such as docs/hill.jpg.")
    files: tuple[Text, ...] = Field((), description="The files it may stand in, such as docs/contact/index.md. Left out: every file.")
    reason: Text = Field(description="Why it may be public, in one sentence.")
    owner: Text = Field(description="Who decided it.")
    review_by: Day = Field(description="When it must be looked at again.")


TYPE = ContentType(
    name="privacy-allowed", plural="privacy-allowed", title="Allowed by privacy", model=PrivacyAllowed, home="data/privacy_allowed.yml", sorted_by="id"
)
