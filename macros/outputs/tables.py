"""Tables as files: CSV as the repository keeps them, JSON with typed values, CSV on the Web's description, and what is searched of a long one.

Owns: how a cell, a gap and a column are told to a program. Cells come from ``views.tables.public_cells`` alone, so that what is hidden on a
page is hidden here. Columns that the site works out are left to the pages. Never: rounds or alters a value. A cell that a spreadsheet
would run is refused when content is checked, so none has to be disfigured here with an apostrophe.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from macros.content.catalogue import Catalogue, partnership
from macros.models.cells import GAPS, Cell, ColumnType
from macros.models.open_data import TABLES_DESCRIBED, schema_file, table_file
from macros.models.periods import Period
from macros.models.table import Column, Table
from macros.outputs.base import Files, Site, as_json
from macros.views import tables

# What stands in a file where there is no value, and why.
REASONS: Mapping[str, str] = {
    "": "the document leaves it blank",
    **GAPS,
    "c": "a small number of people, or a number that would give one away, is hidden",
}
JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
PATTERNS: Mapping[ColumnType, str] = {"year": "[0-9]{4}(/[0-9]{2})?", "quarter": "[0-9]{4}/[0-9]{2} Q[1-4]"}
YEARS = "A year such as 2020/21 begins on 1 April 2020 and ends on 31 March 2021; one such as 2020 is the calendar year."
DATATYPES: Mapping[ColumnType, str] = {
    "text": "string", "whole number": "integer", "decimal": "decimal", "percentage": "decimal", "money": "decimal",
    "date": "date", "year": "string", "quarter": "string", "yes/no": "boolean",
}  # fmt: skip


def files(catalogue: Catalogue, site: Site) -> Files:
    """Each table as CSV and as JSON, and once more under every name it used to have, and one description of all of them."""
    found: Files = {schema_file("table").lstrip("/"): as_json(table_schema(site))}
    described: list[dict[str, object]] = []
    for table in catalogue.tables.values():
        # What it was called before its page moved is written too: programs that ask for its files cannot be led on.
        moved = [re.fullmatch("/performance/([^/]+)/?", r.from_) for r in catalogue.all("redirect") if r.to == f"/performance/{table.id}/"]
        for name in (table.id, *(match[1] for match in moved if match)):
            found[table_file(name, "csv").lstrip("/")] = as_csv(table)
            found[table_file(name, "json").lstrip("/")] = as_json(described_rows(catalogue, table, site))
            described.append(web_description(catalogue, table, site, f"{name}.csv"))
        if tables.may_be_cut(table) and tables.beginning(arranged := tables.arrange(table)).left_out:
            found[f"search/tables/{table.id}.json"] = as_shown(arranged)
    if described:  # the standard allows no group of no tables
        shared = {"dc:isPartOf": {"@id": site.absolute("/data/")}, "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","}}
        found[TABLES_DESCRIBED.lstrip("/")] = as_json({"@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}], **shared, "tables": described})
    return found


def as_shown(arranged: tables.ArrangedTable) -> bytes:
    """Every row as its page would show it, for the search in a table of which the page shows the beginning: ``[["a group's title", [["a cell", ...]]]]``."""
    groups = [(group.title, [["" if look == "empty" else shown for look, shown in arranged.looks(row)] for row in group.rows]) for group in arranged.groups]
    return as_json(groups)


def text_of(cell: Cell) -> str:
    """A cell as the CSV file has it: the repository's own text, or the public words for a gap."""
    return cell.shown if cell.is_gap else cell.text


def value_of(cell: Cell) -> str | int | float | bool | None:
    """A cell as JSON has it."""
    value = cell.value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and "." not in cell.text else float(value)
    return cell.text if isinstance(value, Period) else value


def gaps_of(table: Table) -> list[str]:
    """Every text that stands for a missing value in this table's files, the usual ones first."""
    used = {text_of(cell) for row in tables.public_cells(table) for cell in row.values() if cell.is_gap}
    return ["", *GAPS, *sorted(used - {"", *GAPS})]


def unit_of(table: Table, column: Column) -> str | None:
    """What a number counts: what its description says, or else what its type or its row says; nothing for a column without numbers."""
    if not column.is_number or column.unit:
        return column.unit
    said = "the number of the row" if column.name == table.about.row_header else "as its row says"
    return {"percentage": "per cent", "money": "pounds"}.get(column.type, said)


def is_complete(table: Table, columns: Sequence[str]) -> bool:
    """Whether no cell of these columns is a gap."""
    return not any(row[name].is_gap for row in tables.public_cells(table) for name in columns)


def as_csv(table: Table) -> bytes:
    """The table as RFC 4180 has it, in UTF-8, with one heading line."""
    names, written = [column.name for column in table.about.columns], io.StringIO(newline="")
    csv.writer(written).writerows([names, *([text_of(row[name]) for name in names] for row in tables.public_cells(table))])
    return written.getvalue().encode()


def described_rows(catalogue: Catalogue, table: Table, site: Site) -> dict[str, object]:
    """The table with typed values. A gap is null, and ``gaps`` says why."""
    about, rows = table.about, tables.public_cells(table)
    editions = [
        {name: getattr(one.source, name) for name in ("id", "title", "publisher", "link", "reuse")} | {"place": one.place, "rows": one.keys or None}
        for one in tables.origins(catalogue, table)
    ]
    gaps = [
        {"row": number, "column": name, "reason": REASONS.get(text_of(cell), text_of(cell))}
        for number, row in enumerate(rows, 1)
        for name, cell in row.items()
        if cell.is_gap
    ]
    return {
        "$schema": site.absolute(schema_file("table")),
        **{name: getattr(about, name) for name in ("id", "title", "summary", "period")},
        "area": about.area or partnership(catalogue).area,
        **{name: getattr(about, name) for name in ("subject", "themes")},
        "source": {name: value for name, value in editions[0].items() if name != "rows"} if len(editions) == 1 else None,
        "editions": editions,
        "revisions": [one.model_dump(mode="json") for one in about.revisions],
        "breaks": [one.model_dump(mode="json", by_alias=True) for one in about.breaks],
        "notes": [*tables.notes(catalogue, table), *tables.marks(catalogue, table)],
        "small_counts_as_published": about.published_counts,
        "page": site.absolute(f"/performance/{table.id}/"),
        "csv": site.absolute(table_file(table.id, "csv")),
        "columns": [{"name": c.name, "title": c.title, "type": c.type, "unit": unit_of(table, c)} for c in about.columns],
        "key": about.key,
        "rows": [{name: value_of(cell) for name, cell in row.items()} for row in rows],
        "gaps": gaps,
    }


def web_description(catalogue: Catalogue, table: Table, site: Site, file: str) -> dict[str, object]:
    """The table's description as CSV on the Web has it, in a group of tables."""
    about, documents = table.about, tables.origins(catalogue, table)
    publishers = dict.fromkeys(one.source.publisher for one in documents if one.source.publisher)
    key = {"primaryKey": about.key} if about.key and is_complete(table, about.key) else {}
    return {
        "url": file,
        "dc:title": about.title,
        "dc:description": " ".join([about.summary, *tables.notes(catalogue, table), *tables.marks(catalogue, table)]),
        "dc:temporal": about.period,
        "dc:source": "; ".join(f"{one.source.title}, {one.place}" + (f" ({one.rows})" if one.rows else "") for one in documents),
        **({"dc:publisher": "; ".join(publishers)} if publishers else {}),
        "rdfs:seeAlso": {"@id": site.absolute(f"/performance/{table.id}/")},
        "tableSchema": {"columns": [_web_column(table, column) for column in about.columns], **key},
    }


def _web_column(table: Table, column: Column) -> dict[str, object]:
    limits, datatype = column.constraints, {"base": DATATYPES[column.type]}
    if column.type == "yes/no" or column.type in PATTERNS:
        datatype["format"] = PATTERNS.get(column.type, "yes|no")
    datatype |= {name: str(bound) for name in ("minimum", "maximum") if (bound := getattr(limits, name)) is not None}  # of numbers alone
    return {
        "name": column.name,
        "titles": [column.name, column.title],
        **({"dc:description": f"Counted in: {unit}."} if (unit := unit_of(table, column)) else {}),
        "datatype": datatype if len(datatype) > 1 else datatype["base"],
        "null": gaps_of(table),
        **({"required": True} if limits.required and is_complete(table, [column.name]) else {}),
    }


def table_schema(site: Site) -> dict[str, object]:
    """The JSON Schema of a table's JSON file."""
    text: dict[str, object] = {"type": "string"}
    texts: dict[str, object] = {"type": "array", "items": text}
    maybe: dict[str, object] = {"type": ["string", "null"]}
    document: dict[str, object] = {"id": text, "title": text, "publisher": maybe, "link": maybe, "reuse": maybe, "place": text}
    keys: dict[str, object] = {"anyOf": [texts, {"type": "null"}]}
    properties: dict[str, object] = {
        "$schema": text,
        "id": {"type": "string", "description": "The table's name, which never changes."},
        "title": text,
        "summary": text,
        "period": {"type": "string", "description": "The time the numbers are about, in words."},
        "area": {"type": "string", "description": "Whose figures they are."},
        "subject": text,
        "themes": texts,
        "source": {"anyOf": [object_schema(document), {"type": "null"}], "description": "The document of every row; null where there are several."},
        "editions": {"type": "array", "items": object_schema(document | {"rows": {"description": "The keys of the rows it printed first.", **keys}})},
        "revisions": {"type": "array", "items": object_schema(dict.fromkeys(("row", "column", "was", "now", "source", "because"), text))},
        "breaks": {"type": "array", "items": object_schema({"from": text, "columns": texts, "because": text})},
        "notes": texts,
        "small_counts_as_published": {"type": "boolean", "description": "Whether small counts stand here because the published document prints them."},
        "page": {"type": "string", "format": "uri"},
        "csv": {"type": "string", "format": "uri"},
        "columns": {"type": "array", "minItems": 1, "items": object_schema({"name": text, "title": text, "type": {"enum": list(DATATYPES)}, "unit": maybe})},
        "key": {"type": "array", "items": text, "description": "The columns whose values name a row."},
        "rows": {"type": "array", "items": {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}}},
        "gaps": {
            "type": "array",
            "description": "Why a value is null: the row, counted from 1, the column and the reason.",
            "items": object_schema({"row": {"type": "integer", "minimum": 1}, "column": text, "reason": text}),
        },
    }
    about = {"$schema": JSON_SCHEMA, "$id": site.absolute(schema_file("table")), "title": "A table"}
    return about | object_schema(properties)


def object_schema(properties: Mapping[str, object]) -> dict[str, object]:
    """The JSON Schema of an object that has these properties and no others."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
