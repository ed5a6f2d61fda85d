"""A single number that stands in a document's prose."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from macros.models.base import ContentType, Fault, SourcedRecord, Text, ThemeId, YesNo
from macros.models.cells import Cell, CellFault, ColumnType, read_cell
from macros.models.table import Area, Subject


class Figure(SourcedRecord):
    """A number with its unit, period and source; a sentence asks for it by its id."""

    title: Text = Field(description="What is counted, as a short label.")
    value: Text = Field(description="The number: digits only, as published.")
    type: ColumnType = Field(description="What kind of number it is.")
    unit: Text | None = Field(None, description="What it counts.")
    qualifier: (
        Literal["around", "more than", "fewer than", "about", "at least", "up to", "almost", "nearly", "approximately", "over", "just under", "just over"]
        | None
    ) = Field(None, description="A word the document puts before it, such as around.")
    period: Text = Field(description="The time it is about, in words.")
    subject: Subject = Field(description="Which part of the catalogue it belongs to.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    area: Area = Field("cheshire-east", description="Whose figure it is.")
    note: Text | None = Field(None, description="What a reader must know about it.")
    headline: YesNo = Field(False, description="Whether it stands among the figures of the home page.")

    @model_validator(mode="after")
    def _value_fits(self) -> Figure:
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


TYPE = ContentType(
    name="figure",
    plural="figures",
    title="Figures",
    model=Figure,
    home="data/figures.yml",
    columns=("title", "shown", "unit", "period"),
    filters=("subject", "theme"),
    address="/performance/figures/#figure-{id}",
)
