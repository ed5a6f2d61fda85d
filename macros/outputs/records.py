"""Records as files: each list of records as JSON, and the JSON Schema it keeps to, made from its model.

Owns: what a record tells a program: its fields, its address in full, and for a figure its number. Never: publishes a type that
``models.open_data`` does not name, or settings that only arrange a page.
"""

from __future__ import annotations

from typing import Any

from macros.content.catalogue import Catalogue
from macros.models import BY_NAME
from macros.models.base import ContentType
from macros.models.open_data import OPEN_RECORDS, WITHHELD_FIELDS, records_file, schema_file
from macros.outputs.base import Files, Site, as_json, path_of
from macros.outputs.tables import value_of

_ADDRESS = {
    "anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}],
    "description": "Where a reader finds it on the site; null where it has no place of its own.",
}
_NUMBER = {
    "type": ["number", "string", "boolean", "null"],
    "description": "The value by its type: a number for counts, percentages and money; null where none is published.",
}
_SHOWN = {"type": "string", "description": "The value as a sentence says it, such as: around 100."}


def files(catalogue: Catalogue, site: Site) -> Files:
    """Each open type twice: its records and their schema."""
    found: Files = {}
    for name in OPEN_RECORDS:
        kind = BY_NAME[name]
        found[path_of(records_file(kind.plural))] = as_json(listed(catalogue, kind, site))
        found[path_of(schema_file(name))] = as_json(schema(kind, site))
    return found


def listed(catalogue: Catalogue, kind: ContentType, site: Site) -> dict[str, object]:
    """Every record of a type, in the order in which the site keeps them."""
    return {
        "$schema": site.absolute(schema_file(kind.name)),
        "title": kind.title,
        "description": kind.what_it_is,
        "records": [_told(catalogue, kind, record, site) for record in catalogue.all(kind.name)],
    }


def _told(catalogue: Catalogue, kind: ContentType, record: Any, site: Site) -> dict[str, object]:
    """One record: the fields that editors keep, and where it is shown."""
    found: dict[str, object] = record.model_dump(mode="json", by_alias=True, exclude=set(WITHHELD_FIELDS))
    if kind.name == "figure":
        found |= {"number": value_of(record.cell), "shown": record.shown}
    address = catalogue.address(kind.name, record)
    return found | {"address": site.absolute(address) if address else None}


def schema(kind: ContentType, site: Site) -> dict[str, object]:
    """The JSON Schema of a type's file, with the help that editors read on each field."""
    model = kind.model.model_json_schema(mode="serialization", by_alias=True)
    definitions = model.pop("$defs", {})
    for name in WITHHELD_FIELDS:
        model["properties"].pop(name, None)
    added = {"number": _NUMBER, "shown": _SHOWN} if kind.name == "figure" else {}
    model["properties"] |= added | {"address": _ADDRESS}
    model["required"] = list(model["properties"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": site.absolute(schema_file(kind.name)),
        "title": kind.title,
        "description": kind.what_it_is,
        "type": "object",
        "properties": {name: {"type": "string"} for name in ("$schema", "title", "description")} | {"records": {"type": "array", "items": model}},
        "required": ["$schema", "title", "description", "records"],
        "additionalProperties": False,
    } | ({"$defs": definitions} if definitions else {})
