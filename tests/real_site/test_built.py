"""The real site as it is built keeps its promises to browsers, calendars, feed readers and programs."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import feedparser
import pytest
from csvw import CSVW
from frictionless import Package
from icalendar import Calendar

from macros.content.catalogue import Catalogue
from tests.site_checks import CHECKS, Check

# Bytes over the wire (gzip). What every page brings along, its letters included, no edit changes; a page may grow far beyond what one edit adds.
# So each first view is to be of 45 KB at most (`make bench-pages` names those that are not), and no edit is refused for it.
SHARED, PAGE = 26_000, 35_000


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_page(check: Check, built_real: Path) -> None:
    assert check(built_real) == []


def test_the_data_package_and_all_its_files_are_valid(built_real: Path) -> None:
    package = Package(str(built_real / "data/datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]
    described = {resource.path for resource in package.resources}
    assert {path.relative_to(built_real / "data").as_posix() for path in (built_real / "data").rglob("*.csv")} <= described


@pytest.mark.filterwarnings("error")
def test_every_table_is_valid_csv_on_the_web(content: Catalogue, built_real: Path) -> None:
    described = built_real / "data/tables/csv-metadata.json"
    assert described.exists() is bool(content.tables), "a site without tables has nothing to describe"
    if not content.tables:
        return
    group = CSVW(str(described), validate=True)
    assert {str(table.url) for table in group.tables} == {path.name for path in (built_real / "data/tables").glob("*.csv")}
    assert {str(table.url).removesuffix(".csv") for table in group.tables} >= content.tables.keys()
    assert group.is_valid


def test_every_calendar_and_feed_can_be_read(built_real: Path) -> None:
    calendars, feeds = sorted(built_real.rglob("*.ics")), sorted((built_real / "feeds").glob("*.xml"))
    assert calendars and feeds
    for file in calendars:
        calendar = Calendar.from_ical(file.read_bytes())
        assert not calendar.errors and calendar.subcomponents, file.name
    for file in feeds:
        feed = feedparser.parse(file.read_bytes())
        assert not feed.bozo and feed.version == "atom10", (file.name, feed.get("bozo_exception"))
        told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        assert [item["id"] for item in told["items"]] == [entry.id for entry in feed.entries], file.name


def test_every_first_view_is_light(built_real: Path) -> None:
    not_found = (built_real / "404.html").read_text(encoding="utf-8")  # it has nothing of its own
    shared = {built_real / name for name in re.findall(r'(?:href|src)="/(assets/[^"]+\.(?:css|js|woff2|svg))"', not_found)}
    assert {file.suffix for file in shared} == {".css", ".js", ".svg", ".woff2"}
    assert sum(weight(file) for file in shared) < SHARED
    assert [page.relative_to(built_real).as_posix() for page in built_real.rglob("*.html") if weight(page) > PAGE] == []


def weight(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))
