"""Plainly fictional catalogues and tables, made where a test needs them.

Owns: the settings that every record must have and no test is about, and reading them as the site does. Never: says what is shown of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.models import CONTENT_TYPES
from macros.models.cells import read_cell
from macros.models.table import Table, TableDescription, TableRow
from macros.problems import Problem
from tests.mistakes_corpus import TODAY

SOURCED = {"source": "almanac", "place": "Chapter 1"}
_ALMANAC = {
    "id": "almanac",
    "title": "Almanac",
    "publisher": "Nobody",
    "period": "Never",
    "kind": "annual report",
    "holds": "Made-up weather.",
    "reuse": "Anybody",
}
# Whose site it is, which every site says.
WHOSE: dict[str, list[dict[str, object]]] = {
    "data/partnership.yml": [
        {"id": "cloud-watch", "area": "weatherland", "domain": "example.org", "domain_year": 2026, "leave_to": "https://weather.example.com/"}
    ],
    "data/areas.yml": [{"id": "weatherland", "title": "Weatherland"}, {"id": "puddleshire", "title": "Puddleshire", "figures_of": "2017-18"}],
    "data/subjects.yml": [{"id": "website", "title": "Website", "chapter": "reaching-people"}, {"id": "training", "title": "Training", "chapter": "training"}],
}
_ABOUT = {"title": "Weather", "summary": "Made up.", "subject": "website", "period": "Never", **SOURCED}
_PAGE = {
    "description": "A made-up page, for trying out what is shown where.",
    "audience": ["everyone"],
    "owner": "weather-office",
    "written_on": "2026-11-20",
    "review_by": "2027-11-20",
    "sources": ["almanac"],
}


def read_made_up(folder: Path, files: Mapping[str, Any]) -> Catalogue:
    """The catalogue of a site with these files, read from a folder as an editor's would be; its other lists are empty.

    Text stands in its file as it is; records are written as YAML. Nothing may be wrong in them.
    """
    everything: dict[str, Any] = {kind.home: "[]\n" for kind in CONTENT_TYPES if not kind.is_pages}
    everything |= WHOSE | {"data/sources.yml": [_ALMANAC], "docs/index.md": page("Home")}
    for name, content in (everything | dict(files)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    catalogue, problems = load_catalogue(folder, TODAY)
    assert problems == []
    return catalogue


def page(title: str, text: str = "Words.", **settings: Any) -> str:
    """A page with these settings, and those that it must have."""
    return f"---\n{yaml.safe_dump({'title': title, **_PAGE, **settings}, sort_keys=False)}---\n{text}\n"


def described(columns: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The description of a table whose columns are given by name with their type, or with several settings."""
    settings = [{"name": name, "title": name.title(), **({"type": about} if isinstance(about, str) else about)} for name, about in columns.items()]
    return {**_ABOUT, "columns": settings, **more}


def table(columns: Mapping[str, Any], rows: Sequence[Sequence[object]], name: str = "weather", **more: Any) -> Table:
    """A table as it is read from its two files."""
    about = TableDescription.model_validate({"id": name, **described(columns, **more)})
    cells = ({column.name: read_cell(str(text), column.type) for column, text in zip(about.columns, row, strict=True)} for row in rows)
    return Table(about, tuple(TableRow(line, MappingProxyType(row)) for line, row in enumerate(cells, 2)))


def catalogue_of(*tables: Table) -> Catalogue:
    """A catalogue that holds tables and nothing else."""
    nothing: Mapping[Any, Any] = MappingProxyType({})
    return Catalogue(Path(), TODAY, MappingProxyType({t.id: t for t in tables}), nothing, nothing, nothing, frozenset())


def told(problems: Iterable[Problem]) -> list[str]:
    """Where each problem is and what is said of it, in the order in which they are found. Each says in a sentence how it is fixed."""
    found = list(problems)
    assert [problem.fix for problem in found if not re.match(r"[A-Z][a-z]+ .*[^.]\.\Z", problem.fix)] == []
    return [f"{problem.where}: {problem.says}" for problem in found]
