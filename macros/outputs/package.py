"""The data package: one file that describes all the others, as the Data Package standard has it.

Owns: ``/data/datapackage.json``. Never: makes the files it describes; it takes them from ``tables`` and ``records``.
No licence is named, because the documents name none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal

from macros.content.catalogue import Catalogue
from macros.models.cells import ColumnType
from macros.models.open_data import DATA_PACKAGE, OPEN_RECORDS, records_file, schema_file, table_file
from macros.models.table import Column, Table
from macros.outputs import records, tables
from macros.outputs.base import Files, Site, as_json, path_of

_LICENCE = "The documents they come from do not state a licence."
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES: Mapping[ColumnType, str] = {
    "text": "string", "whole number": "integer", "decimal": "number", "percentage": "number", "money": "number",
    "date": "date", "year": "string", "yes/no": "boolean",
}  # fmt: skip


def files(catalogue: Catalogue, site: Site) -> Files:
    """The description of the package."""
    made = catalogue.ask(tables.files, site) | catalogue.ask(records.files, site)
    return {path_of(DATA_PACKAGE): as_json(description(catalogue, site, made))}


def description(catalogue: Catalogue, site: Site, made: Files) -> dict[str, object]:
    """Every table with its schema, and every list of records with its own."""
    used = dict.fromkeys(table.about.source for table in catalogue.tables.values())
    return {
        "$schema": PROFILE,
        "name": "open-data",
        "id": site.absolute(DATA_PACKAGE),
        "title": f"Open data of the {site.name}",
        "description": f"The tables and records of {site.absolute('/')}. {_LICENCE} {site.absolute('/data/')} says what that means.",
        "homepage": site.absolute("/data/"),
        "sources": [_source(catalogue, name) for name in used],
        "resources": [*(_table(catalogue, table, made) for table in catalogue.tables.values()), *(_records(name, made) for name in OPEN_RECORDS)],
    }


def _source(catalogue: Catalogue, name: str, place: str = "") -> dict[str, str]:
    """A document, and where a reader opens it for one table's numbers."""
    source = catalogue.get("source", name)
    publisher = f" ({source.publisher})" if source.publisher else ""
    return {"title": f"{source.title}{publisher}" + (f", {place}" if place else "")} | ({"path": source.link} if source.link else {})


def _file(address: str, made: Files) -> dict[str, object]:
    """What a program needs to fetch a file and to see that it came whole."""
    content = made[path_of(address)]
    return {"path": address.removeprefix("/data/"), "encoding": "utf-8", "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _table(catalogue: Catalogue, table: Table, made: Files) -> dict[str, object]:
    about = table.about
    return {
        "name": table.id,
        "type": "table",
        "title": about.title,
        "description": " ".join([about.summary, f"Period: {about.period}.", *about.notes]),
        **_file(table_file(table.id, "csv"), made),
        "format": "csv",
        "mediatype": "text/csv",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "sources": [_source(catalogue, about.source, about.place)],
        "schema": table_schema(table),
    }


def table_schema(table: Table) -> dict[str, object]:
    """A table's columns in the words of Table Schema."""
    schema: dict[str, object] = {
        "fields": [_field(table, column) for column in table.about.columns],
        "missingValues": [{"value": gap, "label": tables.REASONS.get(gap, gap)} for gap in tables.gaps_of(table)],
    }
    if table.about.key and tables.is_complete(table, table.about.key):
        schema["primaryKey"] = list(table.about.key)
    return schema


def _field(table: Table, column: Column) -> dict[str, object]:
    found: dict[str, object] = {"name": column.name, "title": column.title, "type": _TYPES[column.type]}
    if column.unit:
        found["description"] = f"Counted in: {column.unit}."
    if column.type == "yes/no":
        found |= {"trueValues": ["yes"], "falseValues": ["no"]}
    constraints = _constraints(table, column)
    return found | ({"constraints": constraints} if constraints else {})


def _constraints(table: Table, column: Column) -> dict[str, object]:
    keep = column.constraints
    found: dict[str, object] = {}
    if keep.required and tables.is_complete(table, [column.name]):
        found["required"] = True
    if keep.unique:
        found["unique"] = True
    if column.is_number:
        found |= {name: _number(bound) for name, bound in (("minimum", keep.minimum), ("maximum", keep.maximum)) if bound is not None}
    if column.type == "year":
        found["pattern"] = tables.YEAR_PATTERN
    if keep.enum and column.type == "text":
        found["enum"] = list(keep.enum)
    return found


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _records(name: str, made: Files) -> dict[str, object]:
    kind = records.kind_of(name)
    return {
        "name": f"records-{kind.plural}",
        "type": "json",
        "title": kind.title,
        "description": kind.what_it_is,
        **_file(records_file(kind.plural), made),
        "format": "json",
        "mediatype": "application/json",
        "jsonSchema": schema_file(kind.name).removeprefix("/data/"),
    }
