"""The next year's document goes in on top of the made-up one: every row under its own document, and what was reported before stays as it was.

Made-up yearbooks of three more years are added to the small site: new rows, a corrected number, a new way of counting, a club and a figure.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.components import Components
from macros.components.charts import draw
from macros.content.catalogue import Catalogue
from macros.content.editions import printed_in
from macros.content.findings import finding
from macros.models.table import Table
from macros.problems import errors
from macros.views import records, tables
from macros.views.scorecard import scorecard
from macros.website.generated_pages import report_pages
from tests.outputs_at_hand import catalogue_at, copy_of_small, files_of, problems_at, small

PUDDLES, CLUBS = "data/tables/puddles-by-year", "data/tables/kite-clubs"
FIRST, SECOND, THIRD, FOURTH = "yearbook-2023", "yearbook-2024", "yearbook-2025", "yearbook-2026"
YEARS = {SECOND: "2023/24", THIRD: "2024/25", FOURTH: "2025/26"}
ROWS = {SECOND: "2023/24,2900,400,13.8,1200\n", THIRD: "2024/25,3000,420,14.0,1300\n", FOURTH: "2025/26,2500,500,20.0,1250\n"}
PLACES = {FIRST: "Puddles", SECOND: "Rain, page 7", THIRD: "Rain, page 8", FOURTH: "Rain, page 9"}
RESULT = "      year: {year}\n      published_verdict: met\n      says: It was found again.\n"
CLUB = "North,The Tails,77,3,5,2020-01-01,yes\n"


def add_yearbook(root: Path, name: str) -> None:
    """What an editor writes when a yearbook arrives: the document, its rows with their edition, what it corrected, a club and a figure."""
    year, csv, yml = YEARS[name], root / f"{PUDDLES}.csv", root / f"{PUDDLES}.yml"
    with (root / "data/sources.yml").open("a", encoding="utf-8") as file:
        file.write(f"- id: {name}\n  title: Exampleshire yearbook {year}\n  kind: annual report\n  holds: More made-up counts.\n")
        file.write(f"  period: 1 April {year[:4]} to 31 March {int(year[:4]) + 1}\n  publisher: Exampleshire Children's Partnership\n")
    heading, *rows = csv.read_text(encoding="utf-8").splitlines(keepends=True)
    rows = [re.sub("^2021/22,2829,", "2021/22,2831,", row) if name == SECOND else row for row in rows]
    csv.write_text("".join([heading, *sorted([*rows, ROWS[name]])]), encoding="utf-8")
    text = yml.read_text(encoding="utf-8").replace("period: 2018/19 to 2021/22", "period: from the rows")
    text = text.replace(f"source: {FIRST}\nplace: Puddles\n", f"editions:\n  - source: {FIRST}\n    place: Puddles\n    to: 2021/22\n")
    edition = f"  - source: {name}\n    place: {PLACES[name]}\n    from: {year}\n    to: {year}\n    repeats: [2021/22]\n    notes:\n      - Puddles of {year} were wet.\n"
    text = text.replace("editions:\n", f"editions:\n{edition}")
    if name == SECOND:
        text += (
            f"revisions:\n  - row: 2021/22\n    column: puddles\n    was: 2829\n    now: 2831\n    source: {name}\n    because: Two were found under a car.\n"
        )
        text += "breaks:\n  - from: 2023/24\n    columns: [kites]\n    because: Small kites are counted too.\n"
        clubs = root / f"{CLUBS}.yml"
        several = f"editions:\n  - source: {FIRST}\n    place: Kites\n    rows: all others\n    period: Summer 2022\n  - source: {name}\n"
        several += '    place: New clubs\n    rows: ["North, The Tails"]\n'
        clubs.write_text(clubs.read_text(encoding="utf-8").replace(f"source: {FIRST}\nplace: Kites\n", several), encoding="utf-8")
        clubs.write_text(clubs.read_text(encoding="utf-8").replace("period: Summer 2022\neditions", "period: Summer 2022 and 2023\neditions"), encoding="utf-8")
        with (root / f"{CLUBS}.csv").open("a", encoding="utf-8") as file:
            file.write(CLUB)
    yml.write_text(text, encoding="utf-8")
    found = f"  source: {name}\n  place: Looking back\n"
    with (root / "data/sessions.yml").open("a", encoding="utf-8") as file:
        file.write(f"- id: late-session-{name}\n  title: Told of late\n  event: kite-week-2022\n  held: July 2022\n  format: online\n{found}")
    with (root / "data/pseudonyms.yml").open("a", encoding="utf-8") as file:
        file.write(f"- id: child-{name}\n  name: Child of {name}\n  review: child-{name}\n{found}")
    review = (root / "docs/learning/reviews/child-q.md").read_text(encoding="utf-8").replace("Child Q", f"Child of {name}").replace("briefing: child-q\n", "")
    (root / f"docs/learning/reviews/child-{name}.md").write_text(review.replace(f"sources: [{FIRST}]", f"sources: [{name}]"), encoding="utf-8")
    said = f"    - source: {name}\n      place: Looking back\n"
    for file_name, last, more in (
        ("actions", "      status: under way\n", "      status: done\n"),
        ("measures", "      says: The handbook blew away.\n", RESULT),
    ):
        path = root / f"data/{file_name}.yml"
        path.write_text(path.read_text(encoding="utf-8").replace(last, f"{last}{said}{more.format(year=year)}"), encoding="utf-8")
    with (root / "data/audits.yml").open("a", encoding="utf-8") as file:
        file.write(f"- id: late-{name}\n  title: Kites looked at again\n  year: 2022/23\n  held: June 2022\n  kind: frontline visit\n{found}")
    with (root / "data/timeline.yml").open("a", encoding="utf-8") as file:
        file.write(f"- id: told-{name}\n  when: 12 July 2022\n  starts: 2022-07-12\n  title: A storm that nobody told of before\n{found}")
    with (root / "data/figures.yml").open("a", encoding="utf-8") as file:
        file.write(
            f"- id: seen-{name}\n  title: Kites seen from a train in {year}\n  headline: yes\n  value: 77{year[2:4]}\n  type: whole number\n  unit: kites\n"
        )
        file.write(f"  period: {year}\n  subject: website\n  source: {name}\n  place: Trains\n")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_of_small(tmp_path_factory.mktemp("later"))
    add_yearbook(folder, SECOND)
    return folder


@pytest.fixture(scope="module")
def later(root: Path) -> Catalogue:
    return catalogue_at(root)


def reports(catalogue: Catalogue) -> dict[str, str]:
    """The yearly reports as HTML, by their path."""
    return {page.path: str(page.html) for page in report_pages(catalogue, Components(catalogue)) if re.search(r"report-\d", page.path)}


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def puddles(table: Table) -> dict[str, Decimal | None]:
    return {table.key_of(row): row.number("puddles") for row in table.rows}


def test_nothing_is_to_be_fixed_once_it_is_in(root: Path) -> None:
    told = problems_at(root)
    assert errors(told) == []
    assert "Between 2021/22 and 2023/24 something is missing." in [problem.says for problem in told], "which is advice"


def test_the_report_of_the_year_before_stays_byte_for_byte_and_the_new_one_is_whole(later: Catalogue) -> None:
    before, after = reports(small()), reports(later)
    assert after["publications/report-2022-23.md"] == before["publications/report-2022-23.md"]
    new = words(after["publications/report-2023-24.md"])
    assert "2,900" in new and "The Tails" in new and "7,723" in new and "2,831 (corrected)" in new
    assert "2,829 was corrected to 2,831 in Exampleshire yearbook 2023/24" in new
    assert "2,829 " not in new.replace("2,829 was", "") and "High Flyers" not in new and "1,030" not in new
    assert "Source: Exampleshire yearbook 2023/24 , Rain, page 7." in new and "Exampleshire yearbook 2023 ," not in new
    assert "2,900 puddles" in new and "up from 2,831 in 2021/22" in new, "a headline is held against the number as it was known by then"
    assert "7,723" not in after["publications/report-2022-23.md"]


def test_each_row_stands_under_its_own_document_on_the_tables_page(later: Catalogue) -> None:
    page = words(str(Components(later).table_page("puddles-by-year")))
    assert "Source for 2018/19 to 2021/22 Exampleshire yearbook 2023 , Puddles" in page
    assert "Source for 2023/24 Exampleshire yearbook 2023/24 , Rain, page 7" in page
    assert "2018/19 to 2023/24" in page and "2,831 (corrected)" in page and "2,829 was corrected" in page
    assert "Exampleshire yearbook 2023/24: Puddles of 2023/24 were wet." in page
    assert "Counted differently from 2023/24 (Kites): Small kites are counted too." in page
    assert "As things stood in March 2024" in page and "and earlier documents" in page
    listed = words(str(Components(later).table_index()))
    assert "Puddles and kites by year Rain, page 7: 2023/24." in listed and "Puddles and kites by year Puddles: 2018/19 to 2021/22." in listed
    assert "Kites: all other rows." in listed and "New clubs: North, The Tails." in listed
    assert records.from_source(later, FIRST).tables == records.from_source(small(), FIRST).tables and records.from_source(later, SECOND).tables == 3, (
        "the two, and the one that counts sessions"
    )


def test_files_say_which_document_printed_which_row(later: Catalogue) -> None:
    files = files_of(later)
    heading = (small().tables["puddles-by-year"].about.columns, files["data/tables/puddles-by-year.csv"].decode().split("\r\n")[0])
    assert heading[1] == ",".join(column.name for column in heading[0])
    found = json.loads(files["data/tables/puddles-by-year.json"])
    assert found["source"] is None
    assert [(one["id"], one["place"], one["rows"]) for one in found["editions"]] == [
        (FIRST, "Puddles", ["2018/19", "2019/20", "2020/21", "2021/22"]),
        (SECOND, "Rain, page 7", ["2023/24"]),
    ]
    assert [(one["row"], one["was"], one["now"], one["source"]) for one in found["revisions"]] == [("2021/22", "2829", "2831", SECOND)]
    assert found["breaks"] == [{"from": "2023/24", "columns": ["kites"], "because": "Small kites are counted too."}]
    package = json.loads(files["data/datapackage.json"])
    (resource,) = (one for one in package["resources"] if one["name"] == "puddles-by-year")
    assert [one["title"].endswith(end) for one, end in zip(resource["sources"], ("Puddles (2018/19 to 2021/22)", "page 7 (2023/24)"), strict=True)] == [
        True
    ] * 2
    assert "2,829 was corrected to 2,831" in resource["description"]
    (web,) = (one for one in json.loads(files["data/tables/csv-metadata.json"])["tables"] if one["url"] == "puddles-by-year.csv")
    assert web["dc:source"].endswith("; Exampleshire yearbook 2023/24, Rain, page 7 (2023/24)")


def test_nothing_is_worked_out_across_a_gap_of_years_or_a_new_way_of_counting(later: Catalogue) -> None:
    table = later.tables["puddles-by-year"]
    rows = [row for group in tables.arrange(table).groups for row in group.rows]
    assert [row.cells["change"].shown for row in rows][-2:] == ["+174.9%", "no year before"]
    assert "kites" not in {score.column for score in scorecard(later) if score.table.id == table.id}
    assert "puddles" in {score.column for score in scorecard(later) if score.table.id == table.id}, "only what is counted differently is left out"
    drawing = draw(tables.arrange(table))
    joined = {number: sum(after.series == number for _, after in drawing.segments) for number in (1, 2)}
    assert joined == {1: 3, 2: 3} and len(drawing.breaks) == 1 and drawing.gap, "a year is missing, and kites are counted differently"
    assert "Kites: from 900 in 2018/19 to 1,100 in 2021/22" in drawing.description
    assert "Kites, counted differently: 1,200 in 2023/24." in drawing.description
    flights = [row.cells["change"].shown for group in tables.arrange(small().tables["kite-flights"]).groups for row in group.rows]
    assert flights == ["", "+50.0%", "counted differently", "+5.0%", "+10.0%"]


def test_a_table_as_each_document_printed_it(later: Catalogue) -> None:
    table = later.tables["puddles-by-year"]
    first, second = (printed_in(later, table, {name}) for name in (FIRST, SECOND))
    assert first and second and printed_in(later, table, {"made-up-guidance"}) is None
    assert puddles(first) == puddles(small().tables["puddles-by-year"])
    assert finding(first) == finding(small().tables["puddles-by-year"]) != finding(table), "a report says what was known then"
    assert first.about == small().tables["puddles-by-year"].about
    assert puddles(second) == {"2021/22": Decimal(2831), "2023/24": Decimal(2900)}
    both = printed_in(later, table, {FIRST, SECOND})
    assert both and puddles(both) == puddles(table)


def test_what_only_a_later_document_tells_of_is_in_its_report_and_in_none_before(later: Catalogue) -> None:
    """A review of 2023 and a session of 2022, which the yearbook of 2023/24 is the first to tell of."""
    before, after = (words(reports(later)[f"publications/report-{year}.md"]) for year in ("2022-23", "2023-24"))
    assert "Child of" not in before and "Child of yearbook-2024 February 2023" in after
    assert "Kites looked at again" not in before and "Kites looked at again" in after
    assert "A handbook" in after, "a measure of a priority that is none any more is reported on all the same"
    assert len(later.all("session")) > len(small().all("session")), "or the report before could not have counted it"


def test_two_documents_of_one_year_stand_side_by_side_whatever_their_order(tmp_path: Path) -> None:
    """A letter of July 2022 printed a row and a number that the yearbook of that year corrected; both are in the report of 2022/23."""
    found = []
    letter, yearbook = ("source: letter\n    place: Rain\n    rows: 2019/20\n", f"source: {FIRST}\n    place: Puddles\n    rows: all others\n")
    for number, order in enumerate(((letter, yearbook), (yearbook, letter))):
        root = copy_of_small(tmp_path / str(number))
        with (root / "data/sources.yml").open("a", encoding="utf-8") as file:
            file.write("- id: letter\n  title: Letter of a storm\n  kind: inspection\n  publisher: Nobody\n  holds: Rain.\n  period: 11 to 15 July 2022\n")
        path = root / f"{PUDDLES}.yml"
        editions = "editions:\n" + "".join(f"  - {edition}" for edition in order)
        revision = f"revisions:\n  - row: 2019/20\n    column: puddles\n    was: 999\n    now: 1000\n    source: {FIRST}\n    because: One was deep.\n"
        path.write_text(path.read_text(encoding="utf-8").replace(f"source: {FIRST}\nplace: Puddles\n", editions) + revision, encoding="utf-8")
        assert errors(problems_at(root)) == []
        catalogue = catalogue_at(root)
        table = catalogue.tables["puddles-by-year"]
        told = printed_in(catalogue, table, {"letter"})
        assert told and puddles(told) == {"2019/20": Decimal(999)}
        both = printed_in(catalogue, table, {"letter", FIRST})
        assert both and [edition.source for edition in both.editions] == ["letter", FIRST]
        found.append(reports(catalogue)["publications/report-2022-23.md"])
    assert found[0] == found[1]
    assert "1,000 (corrected)" in words(found[0]) and "Source for 2019/20: Letter of a storm" in words(found[0])


@cache
def after_adding(order: tuple[str, ...], folder: Path) -> dict[str, str]:
    root = copy_of_small(folder / ("-".join(order) or "nothing"))
    for name in order:
        add_yearbook(root, name)
    assert errors(problems_at(root)) == []
    return reports(catalogue_at(root))


@settings(max_examples=8)
@given(order=st.permutations(list(YEARS)), so_far=st.integers(0, len(YEARS)))
def test_any_order_of_adding_documents_gives_each_years_report_the_same_words(tmp_path_factory: pytest.TempPathFactory, order: list[str], so_far: int) -> None:
    """The report of a year is whole as soon as its own document and those before it are there, whatever comes after, and in whatever order."""
    folder = tmp_path_factory.getbasetemp() / "orders"
    everything, found = after_adding(tuple(YEARS), folder), after_adding(tuple(order[:so_far]), folder)
    whole = [f"publications/report-{YEARS[name].replace('/', '-')}.md" for at, name in enumerate(YEARS) if set(list(YEARS)[: at + 1]) <= set(order[:so_far])]
    for path in ("publications/report-2022-23.md", *whole):
        assert found[path] == everything[path]
