"""What a derived table is made from: records that are counted, or other tables joined, stacked or summed up.

Owns: the setting ``derived:`` of a table's description, and what ``of:`` of its columns may say. Never: counts anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from macros.models.base import Checked, Fault

Origin = tuple[str, int, str]  # a table or type of record, the number of the row in it from zero, and the column; a row that is only counted has no column
_HELP = {"type": ["string", "array"], "items": {"type": "string"}, "$comment": "one name, or several in square brackets"}
ONE_OR_MORE = BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)
Names = Annotated[tuple[str, ...], ONE_OR_MORE, WithJsonSchema(_HELP)]


class Derivation(Checked):
    """How a table without a CSV file is made. Its columns say with `of:` what each of them holds."""

    from_: Names = Field(alias="from", min_length=1, max_length=6, description="Records, such as sessions, or a table; several tables are joined or stacked.")
    where: Mapping[str, Names] = Field({}, description="Only rows in which a field or column holds this value, or one of these.")
    by: Names = Field((), max_length=2, description="The field (or two) to count and sum up by: one row for each value.")
    across: str | None = Field(None, description="A further field whose values have columns of their own, such as of: count | done.")
    joined_on: Names = Field((), max_length=2, description="The column (or two) that names the same row in each table.")

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.across and not self.by:
            raise Fault('"across" needs rows to stand across from.', "Write `by:` and the field whose values are the rows.", "across")
        if self.joined_on and (self.by or len(self.from_) == 1):
            raise Fault("Only several tables can be joined, and a joined table is not counted.", "Delete this line, or name more tables.", "joined_on")
        return self


@dataclass(frozen=True)
class Asked:
    """What ``of:`` of a column asks for. ``part`` is the table meant where several are joined; ``value`` the value of the field across."""

    way: Literal["value", "count", "sum", "table"]
    field: str = ""
    part: str = ""
    value: str = ""


def asked(of: str, how: Derivation, *at: str | int) -> Asked:
    """``of:`` taken apart. Raises a Fault where it cannot be said of a table that is made this way."""
    first, *rest = (piece.strip() for piece in of.split("|"))
    across = bool(how.across)
    if how.by and not (first in how.by and not rest):
        if first == "count" and len(rest) <= across:
            return Asked("count", value="".join(rest))
        if first == "sum" and 1 <= len(rest) <= 1 + across:
            return Asked("sum", rest[0], value="".join(rest[1:]))
        says = f'"{of}" cannot be worked out where rows are counted by {" and ".join(how.by)}.'
        raise Fault(says, f"Write `of: count` or `of: sum | a column`{', each also with ` | a value across`' * across}; or name the field under `by:`.", *at)
    if how.joined_on and first not in how.joined_on:
        if len(rest) != 1 or first not in how.from_:
            fix = f"Write `of: {how.from_[0]} | ` and the column, or name another of the tables."
            raise Fault(f'"{of}" does not say of which table it is a column.', fix, *at)
        return Asked("value", rest[0], part=first)
    if rest:
        raise Fault(f'"{of}" names no column.', "Write the column's name alone.", *at)
    return Asked("table" if first == "table" and len(how.from_) > 1 else "value", first)
