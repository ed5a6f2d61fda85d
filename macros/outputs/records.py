"""Records as files: each list of records as JSON, and the JSON Schema it keeps to, made from its model.

Owns: what a record tells a program: its fields, its address in full, and for a figure its number. Never: publishes a type that
``models.open_data`` does not name, or settings that only arrange a page.
"""

from pydantic import BaseModel

from macros.content.catalogue import Catalogue, partnership
from macros.models import BY_NAME
from macros.models.base import ContentType
from macros.models.open_data import OPEN_RECORDS, WITHHELD_FIELDS, records_file, schema_file
from macros.models.reasons import REASONS, Missing
from macros.outputs.base import Files, Site, as_json
from macros.outputs.tables import JSON_SCHEMA, object_schema, value_of


def files(catalogue: Catalogue, site: Site) -> Files:
    """Each open type twice: its records and their schema."""
    found: Files = {}
    for name in OPEN_RECORDS:
        kind = BY_NAME[name]
        about = {"$schema": site.absolute(schema_file(name)), "title": kind.title, "description": kind.what_it_is}
        entries = []
        for record in catalogue.all(name):  # the fields that editors keep, and where it is shown
            fields = _fields(record)
            if name == "figure":
                fields |= {"area": record.area or partnership(catalogue).area, "number": value_of(record.cell), "shown": record.shown}
            address = catalogue.address(name, record)
            entries.append(fields | {"address": site.absolute(address) if address else None})
        found[records_file(kind.plural).lstrip("/")] = as_json({**about, "records": entries})
        found[schema_file(name).lstrip("/")] = as_json(_schema(kind, site))
    return found


def _fields(record: BaseModel) -> dict[str, object]:
    """The fields of a record, or of a block within one, with the reasons why some are empty."""
    gaps = {field: str(value) for field, value in record if isinstance(value, Missing)}
    blocks = {field: [_fields(part) for part in value] for field, value in record if isinstance(value, tuple) and value and isinstance(value[0], BaseModel)}
    return record.model_dump(mode="json", by_alias=True, exclude=set(WITHHELD_FIELDS)) | dict.fromkeys(gaps) | blocks | {"gaps": gaps}


def _schema(kind: ContentType, site: Site) -> dict[str, object]:
    """The JSON Schema of a type's file, with the help that editors read on each field."""
    model = kind.model.model_json_schema(mode="serialization", by_alias=True)
    definitions = model.pop("$defs", {})
    fields = {name: field for name, field in model["properties"].items() if name not in WITHHELD_FIELDS}
    if kind.name == "figure":
        says = "The value by its type: a number for counts, percentages and money; null where there is none."
        fields["area"] = {"type": "string", "description": "Whose figure it is."}
        fields["number"] = {"type": ["number", "string", "boolean", "null"], "description": says}
        fields["shown"] = {"type": "string", "description": "The value as a sentence says it, such as: around 100."}
    says = "Why a field is null, where it is unknown: its name and the reason."
    gaps = {"type": "object", "additionalProperties": {"enum": list(REASONS)}, "description": says}
    for block in (model | {"properties": fields}, *definitions.values()):
        block["properties"]["gaps"] = gaps
        block["required"] = list(block["properties"])
    says = "Where a reader finds it on the site; null where it has no place of its own."
    fields["address"] = {"anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}], "description": says}
    model |= {"properties": fields, "required": list(fields)}
    properties = {name: {"type": "string"} for name in ("$schema", "title", "description")} | {"records": {"type": "array", "items": model}}
    about = {"$schema": JSON_SCHEMA, "$id": site.absolute(schema_file(kind.name)), "title": kind.title, "description": kind.what_it_is}
    return about | object_schema(properties) | ({"$defs": definitions} if definitions else {})
