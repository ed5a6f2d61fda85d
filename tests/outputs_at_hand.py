"""The small site and copies of it, with what leaves each: for the tests of ``macros.outputs``."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.differences import Difference
from macros.content.reading import load_catalogue
from macros.models.table import Revision
from macros.outputs import Files, Site, every_output
from macros.problems import Problem, errors
from macros.rules import check_all
from macros.settings import read_settings

ROOT = Path(__file__).resolve().parents[1]
SMALL = Path(__file__).resolve().parent / "small_site"
TODAY = date(2026, 11, 20)
ELSEWHERE = Site("https://kites.example/", "Exampleshire Children's Partnership")


def catalogue_at(root: Path, today: date = TODAY) -> Catalogue:
    """The catalogue of a site whose content can be read."""
    catalogue, problems = load_catalogue(root, today)
    assert not errors(problems), problems
    return catalogue


def problems_at(root: Path) -> list[Problem]:
    """Everything there is to fix at a site."""
    catalogue, problems = load_catalogue(root, TODAY)
    return [*problems, *check_all(catalogue)]


@cache
def small() -> Catalogue:
    """The small site's."""
    return catalogue_at(SMALL)


def site_of(root: Path) -> Site:
    """The address and name of a site, as its settings say."""
    return read_settings(root)


@cache
def small_files() -> Mapping[str, bytes]:
    """What leaves the small site, published under another address."""
    return MappingProxyType(every_output(small(), ELSEWHERE))


@cache
def files_with_a_history() -> Mapping[str, bytes]:
    """What leaves the small site had it a history, a neighbour's table, a revised number, a series that a table shares with the list of figures, and a
    column that one table takes from another."""
    catalogue = with_record(small(), "figure", "kites-in-the-air", series="kites-counted")
    about = catalogue.tables["puddles-by-year"].about
    columns = tuple(column.model_copy(update={"series": "kites-counted"} if column.name == "kites" else {}) for column in about.columns)
    flights = catalogue.tables["kite-flights"].about
    taken = tuple(column.model_copy(update={"of": "puddles-by-year | deep"} if column.name == "flights" else {}) for column in flights.columns)
    revised = Revision(row="2018/19", column="kites", was="905", now="900", source="yearbook-2023", because="It counted again.")
    updates: dict[str, dict[str, Any]] = {
        "puddles-by-year": {"columns": columns, "revisions": (revised,)},
        "kite-flights": {"columns": taken},
        "kite-clubs": {"area": "puddleshire", "period": "From 2019"},
    }
    tables = {name: replace(table, about=table.about.model_copy(update=updates.get(name, {}))) for name, table in catalogue.tables.items()}
    history = ((date(2026, 3, 20), "corrected"), (date(2026, 1, 10), "added"))
    publications = tuple((day, (Difference(how, "table", "puddles-by-year"),)) for day, how in history)  # type: ignore[arg-type]
    return MappingProxyType(files_of(replace(catalogue, tables=tables, publications=publications)))


def files_of(catalogue: Catalogue) -> Files:
    """What leaves a site whose catalogue was changed for a test."""
    return every_output(catalogue, ELSEWHERE)


def with_record(catalogue: Catalogue, kind: str, name: str, **changed: Any) -> Catalogue:
    """The same catalogue with other values in one record that is not a page."""
    records = dict(catalogue.records[kind])
    records[name] = records[name].model_copy(update=changed)
    return replace(catalogue, records=MappingProxyType({**catalogue.records, kind: MappingProxyType(records)}))


def without(catalogue: Catalogue, *kinds: str) -> Catalogue:
    """The same catalogue with no record of some types."""
    return replace(catalogue, records=MappingProxyType({**catalogue.records, **{kind: MappingProxyType({}) for kind in kinds}}))


def copy_of_small(folder: Path) -> Path:
    """A copy of the small site, to be changed."""
    return Path(shutil.copytree(SMALL, folder / "site-copy"))
