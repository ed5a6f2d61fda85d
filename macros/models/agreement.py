"""A sum that must agree: something published, held against the numbers it rests on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import ContentType, Record, Text, WholeNumber


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


TYPE = ContentType(
    name="agreement", plural="agreements", title="Sums that must agree", model=Agreement, home="data/agreements.yml", columns=("says", "differs")
)
