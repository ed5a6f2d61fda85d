"""Whom to reach, who works together, and who held which role when: contacts, partners, groups and roles. Nobody is named."""

import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from macros.models.base import WHERE_FROM, AnnouncedRecord, Day, Fault, Lasting, PartialDate, References, Team, Text, ThemeId, WholeNumber, YesNo, web_address
from macros.models.reasons import OR_WHY, OR_WHY_NO_DATE, Stated, StatedDate

_DIALLED = re.compile(r"\+?[0-9][0-9 ]{1,18}[0-9]\Z")
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+\Z", re.ASCII)


class Contact(Lasting):
    """A way to reach somebody. Every page that shows a number asks for it here."""

    title: Text = Field(description="Who answers.")
    kind: Literal["emergency", "phone", "email", "form", "link"] = Field(description="What it is.")
    is_name: YesNo = Field(False, description="yes: the title is a name, which a browser that translates the page leaves as it is.")
    value: Text = Field(description="The number as it is dialled, the e-mail address or the web address.")
    hours: Text | None = Field(None, description="When it is answered.")
    says: Text = Field(description="When to use it, in one sentence.")
    urgent: YesNo = Field(False, description="Whether it is one of the numbers for urgent help.")
    for_children: YesNo = Field(False, description="Whether it is for children themselves, and comes first where a child may be asking.")
    order: WholeNumber = Field(description="Its place in the list, small first.")
    announced_on: Day | None = Field(None, description="The day of the change, where the partnership itself announces it; then it was seen nowhere else.")
    last_seen: StatedDate[PartialDate] | None = Field(None, description=f"When it was last seen on a public page. {OR_WHY_NO_DATE}")
    seen_at: Text | None = Field(None, description="Where it was seen.")
    owner: Team = Field(description="Who looks after it.")
    review_by: Day = Field(description="When it must be checked again.")
    note: Text | None = Field(None, description="What a reader must know about it.")
    replaced_by: Annotated[str, References("contact")] | None = Field(None, description="The contact to use in its place, by id.")

    @model_validator(mode="after")
    def _is_known_from_somewhere(self) -> Self:
        if self.announced_on is None and not (self.last_seen is not None and self.seen_at):
            raise Fault("Nothing says where it is known from.", f"{WHERE_FROM}; or `last_seen:` and `seen_at:` where a public page says it.", "last_seen")
        if self.announced_on and (self.last_seen or self.seen_at):
            raise Fault("It was seen elsewhere, and is announced by the partnership too.", "Keep the one that is newer.", "announced_on")
        return self

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.kind in ("emergency", "phone") and not _DIALLED.match(self.value):
            fix = "Write one number, in digits and blanks; anything else belongs in `note:`."
            raise Fault(f'"{self.value}" is not one number that can be dialled.', fix, "value")
        if self.kind == "email" and not _MAILBOX.match(self.value):
            raise Fault(f'"{self.value}" is not an e-mail address.', "Write it as name@organisation.uk, without blanks.", "value")
        if self.kind in ("form", "link"):
            try:
                web_address(self.value)
            except ValueError as fault:
                raise Fault(f'"{self.value}" {fault}.', "Copy the whole address from the browser's address line.", "value") from None
        return self

    @property
    def known_since(self) -> str:
        """The day or month on which it was last found right, as year-month-day, as far as that is known."""
        return self.announced_on.isoformat() if self.announced_on else "" if self.last_seen is None else self.last_seen

    @property
    def address(self) -> str:
        """What a link to it leads to: ``tel:``, ``mailto:`` or the web address."""
        if self.kind in ("emergency", "phone"):
            return "tel:" + re.sub(r"[^\d+]", "", self.value)
        return f"mailto:{self.value}" if self.kind == "email" else self.value


class Partner(AnnouncedRecord, Lasting):
    """An organisation by its office; people are never named."""

    title: Text = Field(description="The organisation's name.")
    kind: Literal["statutory partner", "education partner", "core partner", "relevant agency", "adviser", "partner board"] = Field(
        description="Its part in the partnership."
    )
    role: Text = Field(description="What it does there, in one sentence.")
    period: Text = Field(description="The time the description is about, in words.")
    replaced_by: Annotated[str, References("partner")] | None = Field(None, description="The partner that took its place, by id.")


class Group(AnnouncedRecord, Lasting):
    """A group with its duties, as one document describes it."""

    title: Text = Field(description="The group's name.")
    kind: Literal["executive", "board", "subgroup", "task group", "panel", "network", "multi-agency child protection team"] = Field(
        description="What sort of group it is."
    )
    reports_to: Annotated[str, References("group")] | None = Field(None, description="The group it answers to, where published.")
    purpose: Text = Field(description="What it is for, in one or two sentences.")
    duties: tuple[Text, ...] = Field((), description="What it does, one short line each.")
    meets: Text | None = Field(None, description="How often, where published.")
    period: Text = Field(description="The time the description is about, in words.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    replaced_by: Annotated[str, References("group")] | None = Field(None, description="The group that took its place, by id.")


class HeldRole(AnnouncedRecord, Lasting):
    """Who held a role in the partnership, and from when to when: by office or organisation, never by name."""

    title: Text = Field(description="The role, such as Chair of the executive.")
    kind: Literal["chair", "independent scrutineer", "lead safeguarding partner", "delegated safeguarding partner"] = Field(
        description="What sort of role it is."
    )
    held_by: Stated[Text] = Field(description=f"The office or organisation that held it, never a name. {OR_WHY}")
    group: Annotated[str, References("group")] | None = Field(None, description="The group that it belongs to, by id.")
    partner: Annotated[str, References("partner")] | None = Field(None, description="The partner whose role it is, by id.")
    held: Text = Field(description="When, as published.")
    says: Text | None = Field(None, description="More about it, in one or two sentences.")
    replaced_by: Annotated[str, References("role")] | None = Field(None, description="Who held it after that: the id of another entry here.")
