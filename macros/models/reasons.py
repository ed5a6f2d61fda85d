"""Why a field or a table's cell is empty: a short list of reasons, written in data and shown on pages in the same words.

Never: lets a field that must be filled stay empty.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, WithJsonSchema

# What stands in place of a value, and what it says.
REASONS: Mapping[str, str] = {
    "date not given": "the document names it and gives no date",
    "not stated in the source": "the document that it comes from does not say",
    "withheld": "it is kept back, for example to protect people",
    "not asked": "nobody was asked for it",
}
OR_WHY_NO_DATE = f"If it is unknown, write why: {', '.join(REASONS)}."
OR_WHY = OR_WHY_NO_DATE.replace("date not given, ", "")


class Missing(str):
    """The reason why a field is empty. It counts as false, as an empty text does, and is shown as the reason."""

    def __bool__(self) -> bool:
        return False


_Null = WithJsonSchema({"type": "null"}, mode="serialization")  # what programs are given in its place
_NoDate = Annotated[Literal["date not given"], AfterValidator(Missing), _Null]
_Other = Annotated[Literal["not stated in the source", "withheld", "not asked"], AfterValidator(Missing), _Null]
_Value = TypeVar("_Value")
Stated: TypeAlias = _Value | _Other
StatedDate: TypeAlias = _Value | _Other | _NoDate
