"""Open data: the files hold what the site holds, and the published specifications' own tools say that they are valid."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pandas
import pytest
from csvw import CSVW
from frictionless import Package

from macros.components import Components
from macros.content.differences import Difference
from macros.content.reading import load_catalogue
from macros.models import CONTENT_TYPES
from macros.models.cells import Cell
from macros.models.open_data import FORMAT, KEPT_BACK, OPEN_RECORDS
from macros.outputs import Files, every_output, write
from macros.outputs.tables import text_of
from macros.problems import errors
from macros.rules.redirects import page_addresses
from macros.settings import read_settings
from macros.views import tables
from tests.open_data_format import kept, refusal, shape_of
from tests.outputs_at_hand import ELSEWHERE, ROOT, SMALL, catalogue_at, copy_of_small, files_of, files_with_a_history, site_of, small, small_files


def table_json(files: Mapping[str, bytes], name: str) -> Any:
    return json.loads(files[f"data/tables/{name}.json"])


# CSV: as the repository keeps it ---------------------------------------------------------------------------


def test_every_csv_file_holds_exactly_the_cells_of_the_repository() -> None:
    assert small().tables
    for name in (name for name, table in small().tables.items() if not table.about.derived):
        kept = list(csv.reader(io.StringIO((SMALL / f"data/tables/{name}.csv").read_text(encoding="utf-8-sig"), newline="")))
        published = list(csv.reader(io.StringIO(small_files()[f"data/tables/{name}.csv"].decode("utf-8"), newline="")))
        assert published == kept, name


def test_a_csv_file_is_utf_8_without_a_mark_and_with_the_line_ends_of_rfc_4180() -> None:
    content = small_files()["data/tables/kite-rules.csv"]
    assert content.split(b"\r\n") == [
        b"rule,because",
        b'Keep away from wires,"They said ""ouch"" & <hummed>"',
        b"Let go before you fly away,",
        b'Share the hill,"It is big, and kites are small"',
        b"",
    ]
    assert not any(name.endswith(".csv") and data.startswith(b"\xef\xbb\xbf") for name, data in small_files().items())


RUNS = (
    "=1+1",
    '=HYPERLINK("http://example.org")',
    "@SUM(A1)",
    "+A1",
    "-A1",
    "-2+3+cmd|' /C calc'!A0",
    "- cmd|' /C calc'!A0",
    "+ HYPERLINK(A1)",
    "＝1+1",
    "＠SUM(A1)",
    "＋A1",
    "－A1",
)
HONEST = ("-5", "+5", "- no change", "+44 151 496 0000", "−3", "A=B", "a@example.org", "5 - 3", "' quoted", "100%")


@pytest.mark.parametrize("cell", RUNS)
def test_a_cell_that_a_spreadsheet_would_run_never_gets_as_far_as_a_file(tmp_path: Path, cell: str) -> None:
    root = copy_of_small(tmp_path)
    with (root / "data/tables/kite-rules.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("rule", "because"), (cell, "Somebody typed it")])
    _, problems = load_catalogue(root, date(2026, 11, 20))
    assert [(p.file, p.line) for p in errors(problems)] == [("data/tables/kite-rules.csv", 2)]
    assert "which a spreadsheet would run" in errors(problems)[0].says


@pytest.mark.parametrize("cell", HONEST)
def test_honest_text_reaches_the_file_as_it_was_typed(tmp_path: Path, cell: str) -> None:
    root = copy_of_small(tmp_path)
    with (root / "data/tables/kite-rules.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("rule", "because"), (cell, "Somebody typed it")])
    published = files_of(catalogue_at(root))["data/tables/kite-rules.csv"].decode()
    assert list(csv.reader(io.StringIO(published)))[1] == [cell, "Somebody typed it"]


# JSON: typed values, and gaps with their reasons -----------------------------------------------------------


def test_json_holds_typed_values_and_says_why_a_value_is_missing() -> None:
    found = table_json(small_files(), "kite-clubs")
    assert found["rows"] == [
        {"area": "North", "club": "High Flyers", "kites": 640, "length": 12.5, "price": 1234.5, "founded": "2001-05-06", "open": True},
        {"area": "South", "club": "Low Flyers", "kites": 250, "length": -0.75, "price": 9.99, "founded": "2010-12-01", "open": False},
        {"area": "South", "club": "Tangled, but happy", "kites": 200, "length": 7, "price": 0, "founded": None, "open": True},
        {"area": "North", "club": "The Diabolos", "kites": 150, "length": 100.0, "price": 12, "founded": "1999-01-31", "open": None},
    ]
    assert found["gaps"] == [
        {"row": 3, "column": "founded", "reason": "the document names it and gives no date"},
        {"row": 4, "column": "open", "reason": "the document says that it is not available"},
    ]
    assert found["small_counts_as_published"] is True
    assert found["page"] == "https://kites.example/performance/kite-clubs/"


def test_a_blank_is_a_gap_of_its_own_kind() -> None:
    assert table_json(small_files(), "kite-rules")["gaps"] == [{"row": 2, "column": "because", "reason": "the document leaves it blank"}]


def test_every_number_is_the_same_number_in_json() -> None:
    compared = 0
    for name, table in small().tables.items():
        rows = table_json(small_files(), name)["rows"]
        assert len(rows) == len(table.rows)
        for row, found in zip(table.rows, rows, strict=True):
            for column, cell in row.cells.items():
                if isinstance(cell.value, Decimal):
                    assert Decimal(str(found[column])) == cell.value
                    compared += 1
                assert (found[column] is None) == cell.is_gap
    assert compared > 20


# What is hidden on a page is hidden here -------------------------------------------------------------------


def test_a_cell_that_is_hidden_from_the_public_is_in_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    catalogue = small()
    table = catalogue.tables["puddles-by-year"]
    before = files_of(catalogue)
    hidden = Cell("2829", None, "hidden to protect people")

    def public_cells(asked: Any) -> tuple[Mapping[str, Cell], ...]:
        return tuple({n: hidden if c.text == "2829" else c for n, c in row.cells.items()} for row in asked.rows)

    monkeypatch.setattr(tables, "public_cells", public_cells)
    after = files_of(replace(catalogue))  # a catalogue that has not been asked for its files before
    about_the_table = [name for name in after if name.startswith((f"data/tables/{table.id}.", "data/tables/csv-metadata."))]
    assert len(about_the_table) == 3
    assert b"2829" in before["data/tables/puddles-by-year.csv"]
    assert not [name for name in about_the_table if b"2829" in after[name]]
    assert b"hidden to protect people" in after["data/tables/puddles-by-year.csv"]
    assert {"row": 4, "column": "puddles", "reason": "hidden to protect people"} in table_json(after, table.id)["gaps"]
    write(after, tmp_path)
    assert Package(str(tmp_path / "data/datapackage.json")).validate().valid
    page = str(Components(catalogue).table("puddles-by-year"))
    assert "hidden to protect people" in page, "the page and its files ask in one place"
    assert "2,829" not in page


# The standards' own tools ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What leaves the small site, in a folder."""
    folder = tmp_path_factory.mktemp("written")
    write(dict(small_files()), folder)
    return folder


def test_the_data_package_and_all_its_files_are_valid(written: Path) -> None:
    package = Package(str(written / "data/datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]
    described = {resource.path for resource in package.resources}
    there = {path.relative_to(written / "data").as_posix() for path in (written / "data").rglob("*.csv")}
    assert there <= described
    assert len(report.tasks) == len(there) + len(OPEN_RECORDS)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The data folder and nothing else, of a site with a history."""
    folder = tmp_path_factory.mktemp("alone")
    write({name: content for name, content in files_with_a_history().items() if name.startswith("data/")}, folder)
    return Package(str(folder / "data/datapackage.json"))


def frame_of(package: Package, name: str) -> Any:
    """A table as an analyst reads it: by its path, with the texts for a missing value that the package names."""
    resource = package.get_resource(name)
    missing = [entry["value"] for entry in resource.to_descriptor()["schema"]["missingValues"]]
    return pandas.read_csv(Path(package.basepath or "") / resource.path, na_values=missing, keep_default_na=False)


def field_of(package: Package, table: str, column: str) -> dict[str, Any]:
    return next(field for field in package.get_resource(table).to_descriptor()["schema"]["fields"] if field["name"] == column)


def test_an_analyst_answers_how_a_number_changed_and_what_a_year_and_a_number_are(alone: Package) -> None:
    kites = frame_of(alone, "puddles-by-year").set_index("year")["kites"]
    assert kites["2021/22"] - kites["2018/19"] == 200
    assert (field_of(alone, "puddles-by-year", "kites")["unit"], field_of(alone, "puddles-by-year", "deep_share")["unit"]) == ("kites", "per cent")
    assert "begins on 1 April 2020 and ends on 31 March 2021" in field_of(alone, "puddles-by-year", "year")["description"]
    numbers = [
        field
        for table in alone.resources
        if table.type == "table"
        for field in table.to_descriptor()["schema"]["fields"]
        if field["type"] in ("integer", "number")
    ]
    assert numbers and all(field["unit"] and field["series"] for field in numbers)


def test_an_analyst_answers_which_numbers_are_missing_and_why(alone: Package) -> None:
    resource = alone.get_resource("puddles-by-year").to_descriptor()
    texts = pandas.read_csv(Path(alone.basepath or "") / resource["path"], dtype=str, keep_default_na=False).set_index("year")["deep"]
    reasons = {entry["value"]: entry["label"] for entry in resource["schema"]["missingValues"]}
    assert {year: reasons[text] for year, text in texts.items() if text in reasons} == {
        "2019/20": "the document says that it is not available",
        "2021/22": "the document that it comes from does not say",
    }
    assert frame_of(alone, "puddles-by-year").set_index("year")["deep"].isna().sum() == 2


def test_an_analyst_answers_what_one_series_says_over_time_in_tables_and_lists(alone: Package) -> None:
    found: dict[str, float] = {}
    for resource in (resource.to_descriptor() for resource in alone.resources):
        for field in resource.get("schema", {}).get("fields", []) if resource["type"] == "table" else []:
            if field.get("series") == "kites-counted":
                found |= frame_of(alone, resource["name"]).set_index("year")[field["name"]].to_dict()
    figures = pandas.DataFrame(json.loads((Path(alone.basepath or "") / alone.get_resource("records-figures").path).read_text())["records"])
    shared = figures[figures["series"] == "kites-counted"]
    found |= dict(zip(shared["period"], shared["number"], strict=True))
    assert found == {"2018/19": 900, "2019/20": 950, "2020/21": 1000, "2021/22": 1100, "Summer 2022": 1240}
    assert field_of(alone, "kite-flights", "flights")["series"] == field_of(alone, "puddles-by-year", "deep")["series"] == "puddles-by-year-deep"


def test_an_analyst_answers_whose_the_numbers_are_and_of_when(alone: Package) -> None:
    own, neighbour = (alone.get_resource(name).to_descriptor() for name in ("puddles-by-year", "kite-clubs"))
    assert (own["area"], neighbour["area"]) == (
        {"id": "exampleshire", "title": "Exampleshire", "code": "not given"},
        {"id": "puddleshire", "title": "Puddleshire", "code": "not given"},
    )
    assert own["period"] == {"words": "2018/19 to 2021/22", "from": "2018-04-01", "to": "2022-03-31"}
    assert neighbour["period"] == {"words": "From 2019", "from": "2019-01-01", "to": None}


def test_an_analyst_answers_where_a_number_comes_from_and_whether_it_is_still_so(alone: Package) -> None:
    resource = alone.get_resource("puddles-by-year").to_descriptor()
    assert [(source["title"].partition(" (")[0], source["place"]) for source in resource["sources"]] == [
        (small().get("source", "yearbook-2023").title, "Puddles")
    ]
    assert (resource["created"], resource["modified"]) == ("2026-01-10T00:00:00Z", "2026-03-20T00:00:00Z")
    assert [(one["row"], one["column"], one["was"], one["source"]) for one in resource["revised"]] == [("2018/19", "kites", "905", "yearbook-2023")]
    package = alone.to_descriptor()
    assert (package["version"], package["created"]) == ("2026.03.20", "2026-01-10T00:00:00Z")
    assert alone.validate().valid, "and it is a data package still"


def test_the_data_package_names_no_licence_because_the_documents_name_none(written: Path) -> None:
    package = json.loads((written / "data/datapackage.json").read_text())
    assert "licenses" not in package
    assert "do not state a licence" in package["description"]
    assert all("licenses" not in resource for resource in package["resources"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("High Flyers,640", "High Flyers,many"),
        ("High Flyers,640", "High Flyers,-1"),
        ("2001-05-06,yes", "2001-05-06,maybe"),
        ("North,High Flyers", "East,High Flyers"),
        ("South,Low Flyers", "North,High Flyers"),
        ("North,The Diabolos", ",The Diabolos"),
    ],
)
def test_the_data_package_describes_the_columns_closely_enough_to_notice_a_mistake(tmp_path: Path, old: str, new: str) -> None:
    write(dict(small_files()), tmp_path)
    file = tmp_path / "data/tables/kite-clubs.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8", newline="")
    (resource,) = [r for r in Package(str(tmp_path / "data/datapackage.json")).resources if r.name == "kite-clubs"]
    resource.hash, resource.bytes = None, None
    types = resource.validate().flatten(["type"])
    assert types
    assert ["hash-count"] not in types


def test_the_data_package_notices_a_file_that_did_not_come_whole(tmp_path: Path) -> None:
    write(dict(small_files()), tmp_path)
    file = tmp_path / "data/tables/kite-clubs.csv"
    file.write_bytes(file.read_bytes().replace(b"640", b"641"))
    assert ["hash-count"] in Package(str(tmp_path / "data/datapackage.json")).validate().flatten(["type"])


def _csvw(path: Path) -> tuple[bool, list[str]]:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        valid = CSVW(str(path), validate=True).is_valid
    return valid, [str(w.message) for w in told]


def test_every_table_is_valid_csv_on_the_web(written: Path) -> None:
    description = written / "data/tables/csv-metadata.json"
    tables = json.loads(description.read_bytes())["tables"]
    assert sorted(table["url"] for table in tables) == sorted(path.name for path in description.parent.glob("*.csv"))
    assert _csvw(description) == (True, [])


@pytest.mark.parametrize(("old", "new"), [("640", "many"), ("2001-05-06", "6 May 2001"), (",yes", ",perhaps")])
def test_csv_on_the_web_notices_a_cell_of_the_wrong_type(tmp_path: Path, old: str, new: str) -> None:
    write(dict(small_files()), tmp_path)
    file = tmp_path / "data/tables/kite-clubs.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8", newline="")
    valid, told = _csvw(file.with_name("csv-metadata.json"))
    assert not valid or told


def _schema_of(files: Mapping[str, bytes], address: str) -> Any:
    schema = json.loads(files["data/" + address.partition("/data/")[2]])
    assert schema["$id"] == address
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def test_every_json_file_keeps_to_the_schema_that_it_names() -> None:
    files = small_files()
    checked = 0
    for name, content in files.items():
        if name.startswith(("data/records/", "data/tables/")) and name.endswith(".json") and not name.endswith("-metadata.json"):
            found = json.loads(content)
            validator = jsonschema.Draft202012Validator(_schema_of(files, found["$schema"]), format_checker=jsonschema.FormatChecker())
            assert not [f"{name}: {error.message}" for error in validator.iter_errors(found)]
            checked += 1
    assert checked == len(OPEN_RECORDS) + len(small().tables)


@pytest.mark.parametrize("kind", OPEN_RECORDS)
def test_a_schema_refuses_a_record_that_lacks_a_field_or_has_one_too_many(kind: str) -> None:
    files = small_files()
    (plural,) = [k.plural for k in CONTENT_TYPES if k.name == kind]
    found = json.loads(files[f"data/records/{plural}.json"])
    validator = jsonschema.Draft202012Validator(_schema_of(files, found["$schema"]))
    record = found["records"][0]
    for name in record:
        assert not validator.is_valid(found | {"records": [{n: v for n, v in record.items() if n != name}]}), name
    assert not validator.is_valid(found | {"records": [record | {"render_macros": True}]})


# Records ---------------------------------------------------------------------------------------------------


def test_of_every_content_type_it_is_decided_whether_it_is_open_data() -> None:
    assert {kind.name for kind in CONTENT_TYPES} == set(OPEN_RECORDS) | set(KEPT_BACK)
    assert not set(OPEN_RECORDS) & set(KEPT_BACK)
    published = {name for name in small_files() if name.startswith("data/records/")}
    assert not [kind.plural for kind in CONTENT_TYPES if kind.name in KEPT_BACK and f"data/records/{kind.plural}.json" in published]


def test_every_record_is_there_once_and_its_address_leads_to_a_page() -> None:
    base, pages, led = ELSEWHERE.address, page_addresses(small()), 0
    for kind in CONTENT_TYPES:
        if kind.name not in OPEN_RECORDS:
            continue
        records = json.loads(small_files()[f"data/records/{kind.plural}.json"])["records"]
        assert [record["id"] for record in records] == list(small().names(kind.name))
        for record in records:
            if record["address"] is not None:
                assert record["address"].startswith(base)
                assert "/" + record["address"].removeprefix(base).partition("#")[0] in pages, record["address"]
                led += 1
    assert led > 20


def test_a_figure_has_its_number_as_a_number() -> None:
    figures = {f["id"]: f for f in json.loads(small_files()["data/records/figures.json"])["records"]}
    assert {name: figure["number"] for name, figure in figures.items()} == {
        "kites-in-the-air": 1240,
        "share-of-red-kites": 12.5,
        "first-kite-day": "2022-07-11",
    }
    assert isinstance(figures["kites-in-the-air"]["number"], int)


# What programs rely on -------------------------------------------------------------------------------------


def test_what_is_published_has_the_shape_that_its_version_promises() -> None:
    shape, version = kept()
    reason = refusal(shape, version, shape_of(files_with_a_history()), FORMAT, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert reason is None, reason
    assert shape == shape_of(files_with_a_history()), "its version is right: run `python -m tests.open_data_format` to write the new shape down"
    assert json.loads(small_files()["data/datapackage.json"])["formatVersion"] == FORMAT
    assert len(shape) > 300


def test_a_field_that_goes_needs_another_first_number_and_a_field_more_the_second() -> None:
    files, (shape, _) = dict(files_with_a_history()), kept()
    gone = shape_of(files | {"data/schemas/review.json": files["data/schemas/review.json"].replace(b'"published"', b'"published_on"')})
    assert "data/records/reviews.json records[].published" in shape.keys() - gone.keys()
    more = {**shape, "data/new.json": "object"}
    for after, now, said in (
        (gone, "1.0", "must be 2.0: gone or changed: data/records/reviews.json records[].published"),
        (gone, "1.1", "must be 2.0"),
        (gone, "2.0", "CHANGELOG.md must say what changed with format 2.0"),
        (more, "1.0", "must be 1.1: new: data/new.json"),
        (more, "1.1", "CHANGELOG.md must say what changed with format 1.1"),
        (shape, "1.1", "nothing changed since 1.0"),
    ):
        assert said in str(refusal(shape, "1.0", after, now, "It begins with format 1.0."))
    assert refusal(shape, "1.0", gone, "2.0", "With format 2.0 a review's day is published_on.") is None


# Always the same -------------------------------------------------------------------------------------------


def test_the_same_content_gives_the_same_bytes_on_another_day() -> None:
    assert every_output(catalogue_at(SMALL, date(2031, 2, 3)), ELSEWHERE) == dict(small_files())


def test_the_same_content_gives_the_same_bytes_in_another_place_and_run(tmp_path: Path) -> None:
    elsewhere = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-m", "macros", "outputs", str(tmp_path), "--root", str(SMALL)], cwd=ROOT, env=elsewhere, check=True)
    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == every_output(small(), site_of(SMALL))


def test_addresses_in_full_come_from_one_place() -> None:
    files: Files = dict(small_files())
    own = {name for name, content in files.items() if b"https://kites.example/" in content}
    assert {"data/datapackage.json", "feeds/news.xml", "feeds/news.json", "robots.txt", "calendars/everything.ics", "data/records/reviews.json"} <= own
    assert not [name for name, content in files.items() if read_settings(ROOT).address.encode() in content], "the small site is at another address"


def test_every_table_page_has_one_line_to_cite_it_by() -> None:
    line = str(Components(small()).citation("puddles-by-year", "Kite Society", "https://kites.example/performance/puddles-by-year/"))
    source = small().get("source", "yearbook-2023").title
    wanted = f"Puddles and kites by year. Kite Society. 2018/19 to 2021/22. From: {source}, Puddles. https://kites.example/performance/puddles-by-year/"
    assert re.findall(r'<p class="to-copy">(.*?)</p>', line) == [wanted], "one line, with no day where the history is not known"
    publications = ((date(2026, 3, 20), (Difference("corrected", "table", "puddles-by-year"),)),)
    known = Components(replace(small(), publications=publications)).citation("puddles-by-year", "Kite Society", "https://kites.example/")
    assert "(version of 20 March 2026)</p>" in known


def test_every_table_page_offers_files_that_are_there() -> None:
    for name in small().tables:
        offered = set(re.findall(r'href="/(data/tables/[^"]+)"', str(Components(small()).table_page(name))))
        assert {f"data/tables/{name}.csv", f"data/tables/{name}.json"} <= offered <= set(small_files()), name


def test_no_text_of_a_gap_can_be_taken_for_a_value() -> None:
    for table in small().tables.values():
        gaps = {text_of(cell) for row in tables.public_cells(table) for cell in row.values() if cell.is_gap}
        values = {cell.text for row in tables.public_cells(table) for cell in row.values() if not cell.is_gap}
        assert not gaps & values
