"""A phone number, e-mail address or form, and when it was last seen to be right."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from macros.models.base import ContentType, Day, Fault, Record, Text, WholeNumber, YesNo, partial_date, web_address

_DIALLED = re.compile(r"\+?[0-9][0-9 ]{1,18}[0-9]\Z")
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+\Z", re.ASCII)


def _seen(text: str) -> str:
    return text if text == "not known" else partial_date(text)


class Contact(Record):
    """A way to reach somebody. Every page that shows a number asks for it here."""

    title: Text = Field(description="Who answers.")
    kind: Literal["emergency", "phone", "email", "form", "link"] = Field(description="What it is.")
    value: Text = Field(description="The number as it is dialled, the e-mail address or the web address.")
    hours: Text | None = Field(None, description="When it is answered.")
    says: Text = Field(description="When to use it, in one sentence.")
    urgent: YesNo = Field(False, description="Whether it is one of the numbers for urgent help.")
    order: WholeNumber = Field(description="Its place in the list, small first.")
    last_seen: Annotated[Text, AfterValidator(_seen)] = Field(
        description="The date it was last seen on a public page (year-month-day), as far as known; else: not known."
    )
    seen_at: Text = Field(description="Where it was seen.")
    owner: Text = Field(description="Who looks after it.")
    review_by: Day = Field(description="When it must be checked again.")
    note: Text | None = Field(None, description="What a reader must know about it.")

    @model_validator(mode="after")
    def _can_be_reached(self) -> Contact:
        if self.kind in ("emergency", "phone") and not _DIALLED.match(self.value):
            raise Fault(
                f'"{self.value}" is not one number that can be dialled.', "Write one number, in digits and blanks; anything else belongs in `note:`.", "value"
            )
        if self.kind == "email" and not _MAILBOX.match(self.value):
            raise Fault(f'"{self.value}" is not an e-mail address.', "Write it as name@organisation.uk, without blanks.", "value")
        if self.kind in ("form", "link"):
            try:
                web_address(self.value)
            except ValueError as fault:
                raise Fault(f'"{self.value}" {fault}.', "Copy the whole address from the browser's address line.", "value") from None
        return self

    @property
    def address(self) -> str:
        """What a link to it leads to: ``tel:``, ``mailto:`` or the web address."""
        if self.kind in ("emergency", "phone"):
            return "tel:" + re.sub(r"[^\d+]", "", self.value)
        return f"mailto:{self.value}" if self.kind == "email" else self.value


TYPE = ContentType(
    name="contact",
    plural="contacts",
    title="Contacts",
    model=Contact,
    home="data/contacts.yml",
    columns=("title", "value", "says"),
    address="/contact/#contact-{id}",
)
