"""A word or abbreviation that readers may not know."""

from __future__ import annotations

from pydantic import Field

from macros.models.base import ContentType, Record, Text, YesNo


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
        """The letter it stands under."""
        return self.term[0].upper()


TYPE = ContentType(
    name="glossary-term",
    plural="glossary-terms",
    title="Glossary",
    model=GlossaryTerm,
    home="data/glossary.yml",
    columns=("term", "long", "meaning"),
    address="/glossary/#term-{id}",
    sorted_by="term",
)
