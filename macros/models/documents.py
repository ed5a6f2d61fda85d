"""Documents: where facts come from, what was published, and what must be."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, WithJsonSchema, model_validator

from macros.models.base import Day, DocumentId, Lasting, Record, References, SourcedRecord, SourceId, Text, ThemeId, WebAddress, matching, titled_by
from macros.models.reasons import OR_WHY, OR_WHY_NO_DATE, Stated, StatedDate


class Source(Record):
    """Where facts come from; pages, tables and figures name it by its id. The date of a document is kept in data/publications.yml, under the same id."""

    title: Text = Field(description="The document's name.")
    kind: Literal["annual report", "arrangements", "inspection", "strategy", "guidance", "review", "public pages", "advice", "own record", "own word"] = Field(
        description="What it is. Public pages, advice, a record that this website keeps of itself and the partnership's own word are not documents."
    )
    publisher: Text | None = Field(None, description="Who published it. Left out: nobody in particular did.")
    period: Text | None = Field(None, description="The time it is about, in words. Left out: it is about none.")
    holds: Text = Field(description="What is in it, in one or two sentences.")
    link: WebAddress | None = Field(None, description="Its public address, where one is known.")
    places: Text | None = Field(None, description="How this site names a place in it: by heading, by page. One sentence.")
    reuse: Text | None = Field(None, description="Who may reuse it, as the document says. Left out: it does not say.")

    @property
    def is_document(self) -> bool:
        """Whether it is one thing that can be read, with a publisher and perhaps a date."""
        return self.kind not in ("public pages", "advice", "own record", "own word")


_LINES = "things that the command year has listed, each with a colon, and what you found after it"
_ANSWERS = WithJsonSchema({"type": ["object", "null"], "additionalProperties": {"type": ["string", "null"]}, "$comment": _LINES})


class Publication(SourcedRecord):
    """A publication, with its address only where one is known."""

    title: Text = Field(description="The publication's name.")
    kind: Literal["annual report", "arrangements", "inspection", "strategy", "guidance", "review"] = Field(description="What it is.")
    publisher: Stated[Text] = Field(description=f"Who published it. {OR_WHY}")
    period: Stated[Text] = Field(description=f"The time it is about, in words. {OR_WHY}")
    published: StatedDate[Text] = Field(description=f"When it was published, as the source says. {OR_WHY_NO_DATE}")
    kept_back: Text | None = Field(None, description="That it was kept from the public and why, in one sentence on one line, only where the source says so.")
    holds: Text = Field(description="What is in it.")
    link: WebAddress | None = Field(None, description="Its public address, where one is known.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")


Length = Annotated[str, matching(r"[1-9]\d{0,2} (?:months?|years?)", "must be a number of months or years, such as 12 months")]


class PublicationDuty(SourcedRecord, Lasting):
    """A duty by the edition of the guidance, or the Act, that asks for it; its status starts at unverified. ``from`` is the day on which it came into force."""

    edition: Annotated[str, Field(pattern=r"^Working Together 20\d\d$")] | None = Field(
        None, description="The guidance that asks for it, with its year, such as Working Together 2023. Needed where no Act is named."
    )
    act: Text | None = Field(None, description="The Act that asks for it, with its section.")
    duty: Text = Field(description="What must be published.")
    evidence: tuple[Text, ...] = Field((), description="The pages of this site that show it, as /folder/page.md.")
    status: Literal["unverified", "met", "not met"] = Field(description="Unverified until somebody responsible has checked it against the guidance itself.")
    every: Length | None = Field(None, description="How often at least, such as 12 months: the next date is worked out from last_done.")
    kept_for: Length | None = Field(None, description="How long what was published must stay public, such as 12 months; with keeps.")
    keeps: Literal["reviews"] | None = Field(None, description="The records that must stay public so long.")
    last_done: StatedDate[Text] = Field(description=f"When it was last done, as the source says. {OR_WHY_NO_DATE}")
    note: Text | None = Field(None, description="What a reader must know.")
    replaced_by: Annotated[str, References("publication-duty")] | None = Field(None, description="The duty that took its place, by id.")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not self.asked_by:
            raise ValueError("must say which edition of the guidance, or which Act, asks for it")
        if (self.kept_for is None) != (self.keeps is None):
            raise ValueError("must say both kept_for and keeps, or neither")
        return self

    title = titled_by("duty")

    @property
    def asked_by(self) -> str:
        """What asks for it: the edition of the guidance, or the Act."""
        return self.edition or self.act or ""


class YearWork(Record):
    """What a new annual report asks for: the command ``year`` writes the list, and ``content.year_work`` says what of it is left."""

    report: DocumentId = Field(description="The annual report, by its id in data/sources.yml.")
    begun_on: Day = Field(description="The day on which the list was begun. A page that is reviewed from then on is done.")
    answers: Annotated[Mapping[str, Text | None], _ANSWERS] = Field(
        {}, description="What is left, one thing a line. After the colon: not in the document, or in a few words why nothing is to be done."
    )

    title = titled_by("id")


class Absence(Record):
    """Something that was looked for in documents and not found. A page says so with the word not_found, which shows ``says``.

    A gap in a single record needs none of this: its field holds the reason (``models.reasons``), and its source is the document that was read.
    """

    looked_for: Text = Field(description="What was looked for, in a few words.")
    documents: tuple[SourceId, ...] = Field(description="The documents that were looked through for it, by their ids in data/sources.yml.", min_length=1)
    says: Text = Field(description="The sentence that pages show: which document leaves out what. Nothing more.")
    in_lists: tuple[Text, ...] = Field((), description="The files of data/ that say so in words of their own, such as data/measures.yml.")
    found_in: SourceId | None = Field(None, description="The document in which it was found at last. Pages must then say what that holds.")

    title = titled_by("looked_for")
