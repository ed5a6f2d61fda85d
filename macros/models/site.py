"""What the site is arranged by, and what its checks let stand: themes, history, words, menu, old addresses, exceptions."""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from macros.models.base import (
    Day,
    Identifier,
    PartialDate,
    Record,
    References,
    SourcedRecord,
    Team,
    Text,
    WebAddress,
    YesNo,
    fault_of_name,
    matching,
    titled_by,
    written,
)


class Theme(Record):
    """A subject of the site."""

    title: Text = Field(description="The theme's name as a reader sees it.")
    summary: Text = Field(description="What it means, in one sentence.")


class TimelineEvent(SourcedRecord):
    """Something that happened, dated as far as the documents date it."""

    when: Text = Field(description="When, as published.")
    starts: PartialDate = Field(description="The same for sorting: 2019, 2019-09 or 2019-09-29.")
    title: Text = Field(description="What happened.")
    summary: Text | None = Field(None, description="More about it, in one or two sentences.")
    lane: Literal["how we work", "inspections and audits", "reviews and learning", "work with children"] | None = Field(
        None, description="In which lane of the drawing it stands."
    )


class GlossaryTerm(Record):
    """A term, what it stands for and what it means in plain words."""

    term: Text = Field(description="The word or abbreviation as it is written.")
    long: Text | None = Field(None, description="The words an abbreviation stands for.")
    meaning: Text = Field(description="What it means, in one plain sentence.")
    also: tuple[Text, ...] = Field((), description="Other words that people may search for.")
    explain: YesNo = Field(True, description="no: so well known (NHS, Ofsted) that pages do not write it out where it is first met.")

    @property
    def title(self) -> str:
        """How the glossary heads it."""
        return f"{self.long} ({self.term})" if self.long else self.term

    @property
    def initial(self) -> str:
        """The letter it stands under; figures and signs stand together."""
        return self.term[0].upper() if self.term[0].isalpha() else "0–9, @"


class PlainWord(Record):
    """Words that the check advises against, and what to write instead."""

    avoid: tuple[Text, ...] = Field(description="The word in each of its forms, or a phrase.", min_length=1)
    write: Text = Field(description="What to write instead.")

    @property
    def title(self) -> str:
        return self.avoid[0]


class MenuEntry(Record):
    """A section or page that the menu leads to."""

    title: Text = Field(description="The words of the link.")
    page: Text = Field(description="The page it leads to, as /folder/index.md.")
    where: Literal["header", "foot"] = Field(description="header: in the menu at the top and at the foot; foot: at the foot alone.")
    under: Annotated[str, References("menu-entry")] | None = Field(
        None, description="The line of the header, by id, that gathers this one: it is marked on the pages of both, and they show a bar with all it gathers."
    )
    says: Text | None = Field(None, description="A few words on whom or what it is for.")


_LONGEST_ADDRESS = 200  # characters; each slash begins a folder on a disk
_ADDRESS = re.compile(r"/[A-Za-z0-9._~/-]*\Z")


def _address(text: str) -> str:
    path = text.partition("#")[0]
    if not _ADDRESS.match(path) or "//" in path:
        raise ValueError("must be an address on this site as it stands after the site's name, such as /about-us/about-us.aspx")
    if {".", ".."} & set(path.split("/")):
        raise ValueError("must be a plain address without . or .. between its slashes")
    if len(path) > _LONGEST_ADDRESS:
        raise ValueError(f"has {len(path)} characters; the longest allowed has {_LONGEST_ADDRESS}")
    if fault := next(filter(None, map(fault_of_name, path.split("/"))), None):
        raise ValueError(f"leads through a folder that {fault}")
    return text


def _without_place(text: str) -> str:
    if "#" in text:
        raise ValueError("must be an address without #: what follows it is never sent to a website")
    if text == "/":
        raise ValueError("is the home page, which cannot move")
    if "index.html" in text.lower().split("/"):
        raise ValueError("names the file of a page; write its address without index.html")
    return text


Address = Annotated[str, AfterValidator(_address)]
OldAddress = Annotated[Address, AfterValidator(_without_place)]


class Redirect(Record):
    """A page that moved: whoever comes to the old address is led on."""

    from_: OldAddress = Field(alias="from", description="The old address, as it stood after the site's name: /about-us/about-us.aspx")
    to: Address = Field(description="The page it leads to now, by its address: /arrangements/")
    why: Text = Field(description="What happened, in a few words.")

    title = titled_by("from_")


_OPAQUE = matching(r"w-[0-9]{4}-[0-9]{2,}", "must be the letter w, the year and a number, such as w-2026-01, so that it says nothing of the page")
Role = Literal["safeguarding partners", "business team", "data protection officer"]
ROLES: tuple[str, ...] = get_args(Role)


class Withdrawn(Record):
    """A page that was taken down for good. Why is kept elsewhere: nothing here, or at its address, may say it."""

    id: Annotated[Identifier, _OPAQUE, written("the letter w, the year and a number, such as w-2026-01", r"^w-[0-9]{4}-[0-9]{2,}$")] = Field(
        description="A name that says nothing of the page."
    )
    address: OldAddress = Field(description="The address of the page, as it stands after the site's name.")
    withdrawn_on: Day = Field(description="The day it was taken down.")
    decided_by: Role = Field(description="Who decided it, by role.")

    title = titled_by("id")


class Question(Record):
    """Something that only the partnership can say. Until it is answered, pages say that it is to be confirmed."""

    title: Text = Field(description="What it is about, in a few words.")
    asks: Text = Field(description="The question, in one or two sentences.")
    asked_of: Role = Field(description="Who can answer it, by role.")
    why: Text = Field(description="What needs the answer, such as a law, a page or a setting.")
    answer: Text | None = Field(None, description="The answer as pages show it, in whole sentences. Left out: not answered yet.")


class LinkException(Record):
    """An address that answers people but not machines, or is known to come back."""

    address: WebAddress = Field(description="The address as it stands in the page or list, from https:// on.")
    reason: Text = Field(description="Why it is not checked, in one sentence.")
    owner: Team = Field(description="Who looks after it.")
    review_by: Day = Field(description="When the exception must be looked at again; after that day the address is checked.")


class Pseudonym(SourcedRecord):
    """A child of a review, under the only name the site may use."""

    name: Text = Field(description="The name as the review writes it.")
    review: Annotated[str, References("review")] | None = Field(None, description="The review it comes from, by id, where it has a page.")


PrivateKind = Literal[
    "NHS number", "National Insurance number", "pupil number", "date of birth", "postcode", "street address", "phone number", "e-mail address",
    "e-mail address of a person", "exact age", "name of a person", "school of a child", "pseudonym", "picture",
]  # fmt: skip


class PrivacyAllowed(Record):
    """One text that the privacy check leaves alone."""

    kind: PrivateKind = Field(description="What it looks like, in the words of the check.")
    text: Text = Field(description="The very text; for a picture its path, such as docs/hill.jpg.")
    files: tuple[Text, ...] = Field((), description="The files it may stand in, such as docs/contact/index.md. Left out: every file.")
    reason: Text = Field(description="Why it may be public, in one sentence.")
    owner: Team = Field(description="Who decided it.")
    review_by: Day = Field(description="When it must be looked at again.")
