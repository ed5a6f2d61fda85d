"""Pages: the front matter of each kind, and the Markdown that a new one begins with; what waits to be written is marked TO WRITE."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.models.base import Day, Fault, PartialDate, Record, References, SourceId, Team, Text, ThemeId, WholeNumber, Year, YesNo, in_words

Audience = Literal["everyone", "children", "parents", "professionals", "leaders", "editors"]


def _outline(opening: str, *sections: tuple[str, str]) -> str:
    """The Markdown that a new page begins with: a heading and what is to be written below it, section by section."""
    return "\n\n".join([opening, *(f"## {heading}\n\n{text}" for heading, text in sections)]) + "\n"


class Page(Record):
    """The settings between the two lines --- at the top of every page."""

    id: Text = Field(description="The file's name without its ending; for a plain page its path below docs/.")
    title: Annotated[Text, Field(max_length=90)] = Field(description="The page's heading, in sentence case.")
    description: Annotated[Text, Field(min_length=30, max_length=200)] = Field(description="One plain sentence for search results, 50 to 160 characters.")
    audience: tuple[Audience, ...] = Field(description="Whom the page is for.", min_length=1)
    themes: tuple[ThemeId, ...] = Field((), description="The themes it belongs to, by their ids in data/themes.yml.")
    owner: Team = Field(description="Who looks after it.")
    reviewed_on: Day = Field(description="When it was last read through and found right.")
    review_by: Day = Field(description="When it must be read again.")
    sources: tuple[SourceId, ...] = Field(description="The documents it rests on, by their ids in data/sources.yml.", min_length=1)
    order: WholeNumber = Field(1000, description="Its place in the menu of its section, small first.")
    contents: YesNo = Field(True, description="no: a longer page shows no list of its sections at the top.")
    render_macros: YesNo = Field(True, description="no: words in double braces are shown as they stand, for pages that explain them.")

    @model_validator(mode="after")
    def _review_follows(self) -> Page:
        if self.review_by <= self.reviewed_on:
            says = f"The next review ({in_words(self.review_by)}) is not after the last ({in_words(self.reviewed_on)})."
            raise Fault(says, "Correct one of the two dates.", "review_by")
        return self


NEW_PAGE = _outline(
    "TO WRITE: the answer to the page's question, in two or three plain sentences.",
    ("TO WRITE: a heading", "TO WRITE: short paragraphs, 300 to 900 words in all."),
)


class Review(Page):
    """A published review; the child is known only by a pseudonym."""

    pseudonym: Text = Field(description="The name the review gives the child or children.")
    kind: Literal["local child safeguarding practice review", "joint thematic review"] = Field(description="What sort of review it was.")
    published: PartialDate = Field(description="When it was published, as far as known: 2023, 2023-02 or 2023-02-14.")
    updated: PartialDate | None = Field(None, description="When it was updated, where published.")
    age_band: Literal["baby", "young child", "teenager", "more than one child", "not published"] = Field(description="The child's age in a broad band.")
    agencies: tuple[Text, ...] = Field(description="The kinds of service that took part or are named.")
    briefing: Annotated[str, References("briefing")] | None = Field(None, description="Its 7-minute briefing, by id.")


NEW_REVIEW = _outline(
    "TO WRITE: what the review looked at and why, in two or three sentences. No names, dates of birth, places or schools.",
    ("What happened", "TO WRITE: only as much as a reader needs to understand the learning."),
    ("What was done well", "- TO WRITE: one point a line."),
    ("What was learned", "- TO WRITE: one point a line."),
    ("What the review recommended", "- TO WRITE: one point a line."),
    ("What the partnership did", 'TO WRITE: what was done. Actions that stand in data/actions.yml are shown by the word "actions".'),
    ("What changed", "TO WRITE: what is different now; or, in one line, that this has not been published."),
)


class Briefing(Page):
    """A briefing, linked to its review where it has one."""

    review: Annotated[str, References("review")] | None = Field(None, description="The review it is about, by id.")


NEW_BRIEFING = _outline(
    "TO WRITE: in one or two sentences, what this briefing is about and for whom.",
    ("1. Why this review was done", "TO WRITE"),
    ("2. What happened", "TO WRITE"),
    ("3. What we learned about TO WRITE", "TO WRITE"),
    ("4. What we learned about TO WRITE", "TO WRITE"),
    ("5. What we learned about TO WRITE", "TO WRITE"),
    ("6. What has changed, and what to do now", "TO WRITE"),
    ("7. Questions for your team", "- TO WRITE: four to six questions?"),
)


class Priority(Page):
    """A priority with the years in which it was one."""

    years: tuple[Year, ...] = Field(description="The years in which a source calls it a priority or area of focus.", min_length=1)
    status: Text = Field(description="Where it stood when the documents end.")
    lead_group: Annotated[str, References("group")] | None = Field(None, description="The group that led it, by id.")


NEW_PRIORITY = _outline(
    "TO WRITE: what the partnership wanted to change, in two or three sentences.",
    ("Why it mattered", "TO WRITE"),
    ("What was done", "TO WRITE"),
    ("How it was measured", 'TO WRITE: measures that stand in data/measures.yml are shown by the word "measures".'),
    ("What came next", "TO WRITE"),
)


class Topic(Page):
    """A hub; the file's name is the theme's id. What belongs to the theme is added by the page itself."""


NEW_TOPIC = _outline(
    "TO WRITE: what it is, in plain words.",
    ("Signs to look out for", "- TO WRITE"),
    ("What to do if you are worried", "TO WRITE"),
    ("What the partnership found and did", "TO WRITE"),
)


class News(Page):
    """News, dated as far as a source dates it."""

    published: PartialDate = Field(description="When it happened, as far as known: 2023, 2023-02 or 2023-02-14.")


NEW_NEWS = _outline("TO WRITE: what happened, when and for whom, in 150 to 300 words and in the past tense.")
