"""JSON Schemas of what editors write, so that an editor on a computer offers names and marks mistakes.

Owns: turning the models into schemas of text as it is in a file. Never: adds a rule that a model has not.
"""

from typing import Any

from macros.models import TABLE
from macros.models.base import ContentType, Record

_DRAFT = "http://json-schema.org/draft-07/schema#"  # the newest that editors' YAML tools understand


def named_by_file(kind: ContentType) -> bool:
    """Whether an entry's id is the name of its file: pages and tables."""
    return kind.is_pages or kind is TABLE


def record_schema(model: type[Record]) -> dict[str, Any]:
    """One record as it is written: dates and yes/no are text, numbers may stand where text is meant."""
    found: dict[str, Any] = _as_written(model.model_json_schema(by_alias=True))
    return found


def file_schema(kind: ContentType) -> dict[str, Any]:
    """A whole file: a list of records, or the settings of one page or table."""
    record = record_schema(kind.model)
    parts = record.pop("$defs", {})
    record.setdefault("required", [])
    if named_by_file(kind):
        record["properties"].pop("id")
        record["required"] = [name for name in record["required"] if name != "id"]
    for name, about in record["properties"].items():
        if name not in record["required"]:  # it may be there without a value: the site reads it as left out
            kept: dict[str, Any] = {key: about[key] for key in ("description", "$comment") if key in about}
            choices = about.get("anyOf", [{key: value for key, value in about.items() if key not in kept}])
            record["properties"][name] = {**kept, "anyOf": [*(choice for choice in choices if choice != {"type": "null"}), {"type": "null"}]}
    shape = record if named_by_file(kind) else {"type": ["array", "null"], "items": record}
    return {"$schema": _DRAFT, "title": kind.title, **shape, **({"$defs": parts} if parts else {})}


_LIMITS = {"ge": "minimum", "le": "maximum"}  # pydantic leaves its own names where a type of ours stands between


def _as_written(node: Any, inside_properties: bool = False) -> Any:
    if isinstance(node, list):
        return [_as_written(item) for item in node]
    if not isinstance(node, dict) or inside_properties:
        return {name: _as_written(about) for name, about in node.items()} if isinstance(node, dict) else node
    found = {_LIMITS.get(key, key): _as_written(value, key in ("properties", "$defs")) for key, value in node.items() if key not in ("title", "default")}
    if found.get("enum") == ["yes", "no"]:
        del found["type"]
        found["enum"] = ["yes", "no", True, False]
    elif found.get("type") == "string" and "enum" not in found:  # a tool reads 2019 as a number; the site reads it as the text it is
        found["type"] = ["string", "number"] if "pattern" in found else ["string", "number", "boolean"]
    return found
