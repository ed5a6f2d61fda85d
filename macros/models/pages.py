"""Pages: the front matter of each kind, and the Markdown that a new one begins with; what waits to be written is marked TO WRITE."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from macros.models.base import (
    PARTNERSHIP,
    Day,
    Fault,
    Language,
    Lasting,
    PartialDate,
    References,
    Said,
    SourceId,
    Team,
    Text,
    ThemeId,
    WholeNumber,
    Year,
    YesNo,
    day,
    in_words,
    written,
)
from macros.models.reasons import OR_WHY, Stated
from macros.models.site import ROLES

Audience = Literal["everyone", "children", "parents", "professionals", "leaders", "editors"]
NOT_FOR_CHILDREN = ("review", "briefing")  # kinds that no page for children leads to
REVIEWERS = (*ROLES, "independent scrutineer", "training manager")  # a page says who has reviewed it by role, never by name


def _review(text: str) -> str:
    on, _, by = text.partition(" by the ")
    if by not in REVIEWERS:
        raise ValueError(f"must be a day and a role, never a name: 2026-12-01 by the business team; the roles are {', '.join(REVIEWERS)}")
    day(on)
    return text


_REVIEWED = written("a date and a role, such as 2026-12-01 by the business team", r"^\d{4}-\d{2}-\d{2} by the [a-z ]+$")


def _outline(opening: str, *sections: tuple[str, str]) -> str:
    """The Markdown that a new page begins with: a heading and what is to be written below it, section by section."""
    return "\n\n".join([opening, *(f"## {heading}\n\n{text}" for heading, text in sections)]) + "\n"


class Page(Lasting):
    """The settings between the two lines --- at the top of every page."""

    id: Text = Field(description="The file's name without its ending; for a plain page its path below docs/.")
    title: Annotated[Text, Field(max_length=90)] = Field(description="The page's heading, in sentence case.")
    description: Annotated[Text, Field(min_length=30, max_length=200)] = Field(description="One plain sentence for search results, 50 to 160 characters.")
    audience: tuple[Audience, ...] = Field(description="Whom the page is for.", min_length=1)
    themes: tuple[ThemeId, ...] = Field((), description="The themes it belongs to, by their ids in data/themes.yml.")
    owner: Team = Field(description="Who looks after it.")
    written_on: Day = Field(description="When it was written.")
    review_by: Day = Field(description="By when somebody at the partnership must review it.")
    reviewed: Annotated[str, AfterValidator(_review), _REVIEWED] | None = Field(
        None, description="When it was last reviewed and found right, and by whom. Left out: nobody has reviewed it yet."
    )
    sources: tuple[SourceId, ...] = Field(
        description="What it rests on, the most important first, by ids in data/sources.yml. Where that is a document, the page says as of when.", min_length=1
    )
    order: WholeNumber = Field(1000, description="Its place in the menu of its section, small first.")
    found_by: tuple[Text, ...] = Field((), description="Words that people type who need this page and that it does not say. For the search alone; never shown.")
    contents: YesNo = Field(True, description="no: a longer page shows no list of its sections at the top.")
    replaced_by: Text | None = Field(None, description="The page that took its place, as /folder/page.md. This one then says so at its top.")
    render_macros: YesNo = Field(True, description="no: words in double braces are shown as they stand, for pages that explain them.")

    @property
    def last_found_right(self) -> date:
        """The day on which somebody last saw that it is right: its last review, or the day it was written."""
        return day(self.reviewed[:10]) if self.reviewed else self.written_on

    @property
    def history(self) -> str:
        """When it was written, and when and by whom it was reviewed, in words."""
        review = f"Reviewed on {in_words(self.last_found_right)}{self.reviewed[10:]}." if self.reviewed else "Nobody at the partnership has reviewed it yet."
        return f"Written on {in_words(self.written_on)}. {review}"

    @model_validator(mode="after")
    def _review_follows(self) -> Self:
        if self.last_found_right < self.written_on:
            says = f"The page was reviewed on {in_words(self.last_found_right)}, before it was written ({in_words(self.written_on)})."
            raise Fault(says, "Correct one of the two dates.", "reviewed")
        if self.review_by <= self.last_found_right:
            last = "the last" if self.reviewed else "the day it was written"
            says = f"The next review ({in_words(self.review_by)}) is not after {last} ({in_words(self.last_found_right)})."
            raise Fault(says, "Correct one of the two dates.", "review_by")
        return self


NEW_PAGE = _outline(
    "TO WRITE: the answer to the page's question, in two or three plain sentences.",
    ("TO WRITE: a heading", "TO WRITE: short paragraphs, 300 to 900 words in all."),
)


class Review(Page):
    """A published review; the child is known only by a pseudonym."""

    pseudonym: Text = Field(description="The name the review gives the child or children.")
    kind: Literal["local child safeguarding practice review", "joint thematic review", "rapid review"] = Field(description="What sort of review it was.")
    published: PartialDate = Field(description="When it was published, as far as known: 2023, 2023-02 or 2023-02-14.")
    updated: PartialDate | None = Field(None, description="When it was updated, where published.")
    age_band: Stated[Literal["baby", "young child", "teenager", "more than one child"]] = Field(description=f"The child's age in a broad band. {OR_WHY}")
    agencies: tuple[Text, ...] = Field(description="The kinds of service that took part or are named.")
    briefing: Annotated[str, References("briefing")] | None = Field(None, description="Its 7-minute briefing, by id.")


NEW_REVIEW = _outline(
    "TO WRITE: what the review looked at and why, in two or three sentences. No names, dates of birth, places or schools.",
    ("What happened", "TO WRITE: only as much as a reader needs to understand the learning."),
    ("What was done well", "- TO WRITE: one point a line."),
    ("What was learned", "- TO WRITE: one point a line."),
    ("What the review recommended", "- TO WRITE: one point a line."),
    ("What the partnership did", 'TO WRITE: what was done. Actions that stand in data/actions.yml are shown by the word "actions".'),
    ("What changed", "TO WRITE: what is different now; or, in one line, that the report does not say."),
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


class Span(Said):
    """The years in which one document calls something a priority or area of focus."""

    from_: Year = Field(alias="from", description="The first of these years.")
    until: Year = Field(description="The last of these years.")
    status: Text = Field(description="Where it stood when the document ends.")

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.until < self.from_:
            raise Fault(f"It would end ({self.until}) before it begins ({self.from_}).", "Correct one of the two years.", "until")
        return self

    @property
    def years(self) -> tuple[str, ...]:
        firsts = range(int(self.from_[:4]), int(self.until[:4]) + 1)
        return tuple(f"{first}/{(first + 1) % 100:02}" if "/" in self.from_ else str(first) for first in firsts)


class Priority(Page):
    """A priority with the years in which each document calls it one."""

    spans: tuple[Span, ...] = Field(description="The years in which it was one, document by document.", min_length=1)
    lead_group: Annotated[str, References("group")] | None = Field(None, description="The group that led it, by id.")

    @property
    def years(self) -> tuple[str, ...]:
        """Every year in which any document calls it a priority, the earliest first."""
        return tuple(sorted({year for span in self.spans for year in span.years}))


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
    sources: tuple[SourceId, ...] = Field(
        (PARTNERSHIP,), description="What it rests on, by ids in data/sources.yml. Left out: the partnership's own word.", min_length=1
    )


NEW_NEWS = _outline("TO WRITE: what happened, when and for whom, in 150 to 300 words and in the past tense.")


class Version(Page):
    """A page of this site in easy read or in another language, checked by somebody against the original."""

    version_of: Text = Field(description="The page it stands for, as /folder/page.md.")
    language: Language | None = Field(None, description="The language it is in, by its code. Left out: it is easy read in English.")
    checked_by: Text = Field(description="The role, never the name, of whoever held it against the original.")
    checked_on: Day = Field(description="The day it was checked.")
