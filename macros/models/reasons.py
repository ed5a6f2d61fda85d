"""Why a field or a table's cell is empty: a short list of reasons, written in data and shown on pages in the same words.

Never: lets a field that must be filled stay empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

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


@dataclass(frozen=True)
class _OrReason:
    """Lets a reason stand where a value is unknown. Outside the site the value is then null."""

    reasons: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        value: Any = handler(source)
        if value["type"] == "literal":  # so that a message and a form offer the reasons beside the values
            value["expected"] += self.reasons
        return core_schema.no_info_wrap_validator_function(
            lambda given, as_value: Missing(given) if given in self.reasons else as_value(given),
            value,
            serialization=core_schema.wrap_serializer_function_ser_schema(lambda value, as_json: None if isinstance(value, Missing) else as_json(value)),
        )

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        value: dict[str, Any] = handler(schema)
        if handler.mode == "serialization":
            return {"anyOf": [value | ({"enum": [option for option in value["enum"] if option not in REASONS]} if "enum" in value else {}), {"type": "null"}]}
        return {"anyOf": [value, {"enum": list(self.reasons)}]} if "pattern" in value else value


_Value = TypeVar("_Value")
Stated = Annotated[_Value, _OrReason(tuple(reason for reason in REASONS if reason != "date not given"))]
StatedDate = Annotated[_Value, _OrReason(tuple(REASONS))]
