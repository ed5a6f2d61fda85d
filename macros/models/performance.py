"""What was counted, aimed at, done and looked into.

Owns: figures, sums that must agree, success measures with their results, actions with their history, and audits. Never: works anything out.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from macros.models.base import Fault, Identifier, Record, References, Said, SourcedRecord, Text, ThemeId, WholeNumber, Year, YesNo, titled_by
from macros.models.cells import Cell, CellFault, ColumnType, read_cell
from macros.models.partnership import AreaId
from macros.models.reasons import OR_WHY, OR_WHY_NO_DATE, Missing, Stated, StatedDate

Qualifier = Literal["around", "more than", "fewer than", "about", "at least", "up to", "almost", "nearly", "approximately", "over", "just under", "just over"]


class Figure(SourcedRecord):
    """A number with its unit, period and source; a sentence asks for it by its id."""

    title: Text = Field(description="What is counted, as a short label.")
    value: Text = Field(description="The number: digits only, as published.")
    type: ColumnType = Field(description="What kind of number it is.")
    unit: Text | None = Field(None, description="What it counts.")
    qualifier: Qualifier | None = Field(None, description="A word the document puts before it, such as around.")
    period: Text = Field(description="The time it is about, in words.")
    subject: Annotated[str, References("subject")] = Field(description="Which part of the catalogue it belongs to.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    area: AreaId | None = Field(None, description="Whose figure it is, where not the partnership's own: a neighbour, by its id in data/areas.yml.")
    series: Identifier | None = Field(None, description="A name that it shares with columns of tables and figures that count the same.")
    note: Text | None = Field(None, description="What a reader must know about it.")
    headline: YesNo = Field(False, description="Whether it stands among the first figures of the reports.")

    @model_validator(mode="after")
    def _value_fits(self) -> Self:
        try:
            read_cell(self.value, self.type)
        except CellFault as fault:
            raise Fault(fault.says, fault.fix, "value") from None
        return self

    @property
    def cell(self) -> Cell:
        """The number as a cell: value and text for people, without the qualifier."""
        return read_cell(self.value, self.type)

    @property
    def shown(self) -> str:
        """As a sentence says it: ``around 100``."""
        return f"{self.qualifier} {self.cell.shown}" if self.qualifier else self.cell.shown


class Agreement(Record):
    """A total, percentage or change that a document prints, and how to work it out again.

    A reference is a figure's id, ``table | row | column``, or ``table | * | column`` for every row.
    """

    says: Text = Field(description="What is compared, as a sentence a reader understands.")
    published: Text = Field(description="What the document prints: a reference, or the number itself.")
    decimals: Annotated[WholeNumber, Field(ge=0, le=4)] = Field(0, description="The places after the point it is printed with.")
    compute: Literal["sum", "percentage", "change", "difference", "quotient", "count"] = Field(
        description="sum: all added up; percentage: the first as per cent of the second; change: from the first to the second, in per cent; "
        "difference: the first less the second; quotient: the first over the second; count: how many rows."
    )
    of: tuple[Text, ...] = Field(description="The numbers it is worked out from, in order.", min_length=1)
    differs: Text | None = Field(None, description="Where the document disagrees with itself: what it shows.")

    title = titled_by("says")


class Result(Said):
    """What one document says a measure came to in a year. Numbers are references (a figure's id or ``table | row | column``) or literals."""

    year: Year = Field(description="The year it is about, such as 2022/23.")
    period: Text | None = Field(None, description="The time it is about, in words, where that is not the whole year.")
    baseline: Stated[Text] | None = Field(None, description=f"The number before. {OR_WHY}")
    target: Stated[Text] | None = Field(None, description=f"The number aimed at. {OR_WHY}")
    result: Stated[Text] | None = Field(None, description=f"The number reached. {OR_WHY}")
    published_verdict: Literal["met", "partly met", "not met", "no verdict"] = Field(description="What the document said.")
    says: Text = Field(description="What the document reported, in one or two sentences.")
    note: Text | None = Field(None, description="Needed where the numbers, or a later document, say otherwise than the document.")


class Measure(Record):
    """What was to get better, with a result for each year that a document reports. What is not counted, but done, has no numbers."""

    priority: Annotated[str, References("priority")] = Field(description="The priority it belongs to.")
    title: Text = Field(description="A short name.")
    aim: Text = Field(description="What was to happen, in one sentence.")
    direction: Literal["down", "up", "reach", "do"] = Field(description="Which way the number was to go; do: a thing to be done, with no number.")
    unit: Text | None = Field(None, description="What the numbers count.")
    results: tuple[Result, ...] = Field(description="What each document says that it came to.", min_length=1)


class Progress(Said):
    """Where an action stood, as one document says."""

    status: Stated[Literal["planned", "under way", "done"]] = Field(description=f"Where it stood at the document's date. {OR_WHY}")
    due: StatedDate[Text] | None = Field(None, description=f"A new date that this document sets. {OR_WHY_NO_DATE}")
    says: Text | None = Field(None, description="What came of it, where the document says.")


class Action(Record):
    """An action with its plan and owner, and what each document says of it: two documents that speak of the same action make one action."""

    title: Text = Field(description="What was to be done.")
    plan: Identifier = Field(description="The plan it belongs to, such as jtai-2022.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    owner: Stated[Text] = Field(description=f"Who was to do it, as the document says. {OR_WHY}")
    due: StatedDate[Text] = Field(description=f"By when, as the first document says. {OR_WHY_NO_DATE}")
    history: tuple[Progress, ...] = Field(description="What each document says of it.", min_length=1)

    @property
    def status(self) -> str | Missing:
        """How far it is, as the last document that says so has it."""
        return next((said.status for said in reversed(self.history) if said.status), self.history[-1].status)


class Audit(SourcedRecord):
    """An audit with its findings, where the document gives them."""

    title: Text = Field(description="What was looked at.")
    year: Year = Field(description="The year it belongs to, such as 2022/23.")
    held: Text = Field(description="When it was done, as published.")
    kind: Literal["multi-agency audit", "assurance audit", "frontline visit"] = Field(description="What sort it was.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    working_well: tuple[Text, ...] = Field((), description="What was found to work well.")
    worries: tuple[Text, ...] = Field((), description="What was found to be a worry.")
    next: tuple[Text, ...] = Field((), description="What was to happen next.")
