"""An outside address that the weekly link check leaves alone, and why."""

from __future__ import annotations

from pydantic import Field

from macros.models.base import ContentType, Day, Record, Text, WebAddress


class LinkException(Record):
    """An address that answers people but not machines, or is known to come back."""

    address: WebAddress = Field(description="The address as it stands in the page or list, from https:// on.")
    reason: Text = Field(description="Why it is not checked, in one sentence.")
    owner: Text = Field(description="Who looks after it.")
    review_by: Day = Field(description="When the exception must be looked at again; after that day the address is checked.")


TYPE = ContentType(
    name="link-exception", plural="link-exceptions", title="Links not checked", model=LinkException, home="data/link_exceptions.yml", sorted_by="id"
)
