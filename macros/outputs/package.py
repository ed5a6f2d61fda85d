"""The data package: one file that describes all the others, as the Data Package standard has it.

Owns: ``/data/datapackage.json``, from which an analyst understands every number without a page of the site: whose it is, of when, in what it is
counted, which others belong to its series, and where it comes from. It names no licence, because the documents name none. Never: makes the files
it describes, or says what no document does: an area's code that none gives is "not given".
"""

import hashlib
from collections.abc import Sequence
from datetime import date

from macros.content.catalogue import Catalogue, partnership
from macros.content.periods import coverage_of
from macros.models import BY_NAME
from macros.models.open_data import DATA_PACKAGE, FORMAT, OPEN_RECORDS, records_file, schema_file, table_file
from macros.models.table import Column, Table
from macros.outputs import records, tables
from macros.outputs.base import Files, Site, as_json
from macros.views import changes
from macros.views import tables as shown

_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


def files(catalogue: Catalogue, site: Site) -> Files:
    """The description of the package: every table with its schema, and every list of records with its own."""
    made = catalogue.ask(tables.files, site) | catalogue.ask(records.files, site)
    used = dict.fromkeys(source for table in catalogue.tables.values() for source in table.sources)
    licence = f"The documents they come from do not state a licence. {site.absolute('/data/')} says what that means."
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "open-data",
        "id": site.absolute(DATA_PACKAGE),
        "title": f"Open data of the {site.name}",
        "description": f"The tables and records of {site.absolute('/')}. {licence}",
        "homepage": site.absolute("/data/"),
        "formatVersion": FORMAT,
        **_dates([day for (kind, _), days in catalogue.ask(changes.dates_of).items() if kind in ("table", *OPEN_RECORDS) for day, _ in days]),
        "sources": [_source(catalogue, name) for name in used],
        "resources": [*(_table(catalogue, table, made) for table in catalogue.tables.values()), *(_records(name, made) for name in OPEN_RECORDS)],
    }
    return {DATA_PACKAGE.lstrip("/"): as_json(described)}


def _source(catalogue: Catalogue, name: str, place: str = "") -> dict[str, str]:
    """A document, and where a reader opens it for one table's numbers."""
    source = catalogue.get("source", name)
    publisher = f" ({source.publisher})" if source.publisher else ""
    where = {"path": source.link} if source.link else {}
    return {"title": f"{source.title}{publisher}" + (f", {place}" if place else ""), **where, **({"place": place} if place else {})}


def _dates(days: Sequence[date]) -> dict[str, str]:
    """When the first of these was put here, and the newest, by which a version is known; nothing where the site's history is not known."""
    return {"created": f"{min(days)}T00:00:00Z", "modified": f"{max(days)}T00:00:00Z", "version": f"{max(days):%Y.%m.%d}"} if days else {}


def _file(address: str, made: Files) -> dict[str, object]:
    """What a program needs to fetch a file, to see that it came whole and to read it."""
    content, ending = made[address.lstrip("/")], address.rpartition(".")[2]
    whole = {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    return {"path": address.removeprefix("/data/"), "encoding": "utf-8", **whole, "format": ending, "mediatype": _MEDIA_TYPES[ending]}


def _table(catalogue: Catalogue, table: Table, made: Files) -> dict[str, object]:
    about, (first, last) = table.about, coverage_of(table.about.period)
    area = catalogue.get("area", about.area or partnership(catalogue).area)
    return {
        "name": table.id,
        "type": "table",
        "title": about.title,
        "description": " ".join([about.summary, f"Period: {about.period}.", *shown.notes(catalogue, table), *shown.marks(catalogue, table)]),
        **_file(table_file(table.id, "csv"), made),
        **_dates([day for day, _ in changes.dates_of_record(catalogue, "table", table.id)]),
        "area": {"id": area.id, "title": area.title, "code": area.code or "not given"},
        "period": {"words": about.period, "from": first and first.isoformat(), "to": last and last.isoformat()},
        "revised": [one.model_dump(mode="json") for one in about.revisions],
        "breaks": [one.model_dump(mode="json", by_alias=True) for one in about.breaks],
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "sources": [_source(catalogue, one.source.id, f"{one.place} ({one.rows})" if one.rows else one.place) for one in shown.origins(catalogue, table)],
        "schema": {
            "fields": [_field(catalogue, table, column) for column in about.columns],
            "missingValues": [{"value": gap, "label": tables.REASONS.get(gap, gap)} for gap in tables.gaps_of(table)],
            **({"primaryKey": about.key} if about.key and tables.is_complete(table, about.key) else {}),
        },
    }


def _field(catalogue: Catalogue, table: Table, column: Column) -> dict[str, object]:
    limits = column.constraints
    bounds = {name: bound for name in ("minimum", "maximum") if (bound := getattr(limits, name)) is not None}  # of numbers alone
    constraints = {
        **({"required": True} if limits.required and tables.is_complete(table, [column.name]) else {}),
        **({"unique": True} if limits.unique else {}),
        **{name: int(bound) if bound == bound.to_integral_value() else float(bound) for name, bound in bounds.items()},
        **({"pattern": tables.PATTERNS[column.type]} if column.type in tables.PATTERNS else {}),
        **({"enum": limits.enum} if limits.enum and column.type == "text" else {}),
    }
    return {
        "name": column.name,
        "title": column.title,
        "type": tables.DATATYPES[column.type].replace("decimal", "number"),  # as Table Schema calls it
        **({"description": tables.YEARS} if column.type == "year" else {}),
        **({"unit": tables.unit_of(table, column), "series": _series(catalogue, table, column)} if column.is_number else {}),
        **({"trueValues": ["yes"], "falseValues": ["no"]} if column.type == "yes/no" else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _series(catalogue: Catalogue, table: Table, column: Column) -> str:
    """What a column shares with those that count the same: the name that an editor gave it, else that of the column which a joined table takes it from."""
    origin, _, name = (column.of or "").partition(" | ")
    if not column.series and name and origin in catalogue.tables:
        return _series(catalogue, catalogue.tables[origin], catalogue.tables[origin].about.column(name))
    return column.series or f"{table.id}-{column.name}"


def _records(name: str, made: Files) -> dict[str, object]:
    kind = BY_NAME[name]
    return {
        "name": f"records-{kind.plural}",
        "type": "json",
        "title": kind.title,
        "description": kind.what_it_is,
        **_file(records_file(kind.plural), made),
        "jsonSchema": schema_file(kind.name).removeprefix("/data/"),
    }
