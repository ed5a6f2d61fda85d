"""The catalogue: everything that was read, typed, linked to its place, and then never changed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from pydantic import BaseModel, ValidationError

from macros.content.catalogue import Catalogue, address_of_page, kind_of_page
from macros.content.reading import load_catalogue
from macros.models import BY_NAME, BY_PLURAL, CONTENT_TYPES
from macros.models.base import ContentType, in_words, references_in
from macros.models.cells import GAPS, TYPES
from macros.models.faults import fit
from macros.models.pages import Review
from macros.models.periods import Period
from macros.models.table import TableDescription
from macros.models.words import WORDS
from macros.rules import check_all
from macros.sources.kept import Kept
from tests.mistakes_corpus import SMALL_SITE, TODAY


def test_the_small_site_shows_every_kind_of_content(small_catalogue: Catalogue) -> None:
    empty = [kind.name for kind in CONTENT_TYPES if not small_catalogue.all(kind.name)]
    assert set(empty) <= {"privacy-allowed"}, "nothing in it looks as if it were about a person, so there is nothing to allow"
    assert {page.kind.name for page in small_catalogue.pages.values()} == {kind.name for kind in CONTENT_TYPES if kind.is_pages}


def test_the_small_site_has_a_column_of_every_type_and_a_gap_of_every_sort(small_catalogue: Catalogue) -> None:
    columns = [column for table in small_catalogue.tables.values() for column in table.about.columns]
    assert {column.type for column in columns} == set(TYPES)
    cells = [cell.text for table in small_catalogue.tables.values() for row in table.rows for cell in row.cells.values()]
    assert {"", *GAPS} <= set(cells)


def test_the_small_site_uses_every_word(small_catalogue: Catalogue) -> None:
    assert {call.name for call in small_catalogue.pages["every-word/index.md"].calls} == set(WORDS)


def test_cells_are_typed_and_frozen(small_catalogue: Catalogue) -> None:
    row = small_catalogue.tables["kite-clubs"].rows[0]
    assert {name: cell.value for name, cell in row.cells.items()} == {
        "area": "North", "club": "High Flyers", "kites": Decimal(640), "length": Decimal("12.50"), "price": Decimal("1234.50"),
        "founded": Period(date(2001, 5, 6), date(2001, 5, 6)), "open": True,
    }  # fmt: skip
    assert row.line == 2


def test_rows_are_named(small_catalogue: Catalogue) -> None:
    clubs, years, rules = (small_catalogue.tables[name] for name in ("kite-clubs", "puddles-by-year", "kite-rules"))
    assert clubs.keys[2] == "South, Tangled, but happy"
    assert clubs.row("North, The Diabolos") is clubs.rows[3]
    assert years.row("earliest") is years.rows[0]
    assert years.row("latest") is years.rows[-1]
    assert years.row("previous") is years.rows[-2]
    assert years.row("2030/31") is None
    assert rules.keys == () and rules.row("rule") is None


def test_records_pages_and_tables_know_their_place(small_catalogue: Catalogue) -> None:
    assert small_catalogue.places[("theme", "puddles")].line("summary") == 7
    assert small_catalogue.places[("review", "child-q")].line("briefing") == 15
    assert small_catalogue.places[("table", "kite-clubs")].line("columns", 1, "name") == 15
    problem = small_catalogue.problem("group", "string-group", "reports_to", "Wrong.", "Fix it.")
    assert (problem.file, problem.line, problem.field) == ("data/groups.yml", 15, "reports_to")


def test_names_of_everything_that_may_be_named(small_catalogue: Catalogue) -> None:
    assert set(small_catalogue.names("table")) == {
        "kite-clubs",
        "kite-flights",
        "kite-rules",
        "puddle-register",
        "puddles-by-year",
        "sessions-by-format",
        "windy-towns",
    }
    assert set(small_catalogue.names("chart")) == {"kite-clubs", "kite-flights", "puddles-by-year", "sessions-by-format", "windy-towns"}
    assert small_catalogue.names("plan") == ("kite-plan",)
    assert small_catalogue.names("nonsense") == ()
    assert small_catalogue.get("theme", "nonsense") is None


def test_addresses(small_catalogue: Catalogue) -> None:
    assert address_of_page("index.md") == "/"
    assert address_of_page("training/index.md") == "/training/"
    assert address_of_page("training/booking.md") == "/training/booking/"
    assert small_catalogue.address("review", small_catalogue.get("review", "child-q")) == "/learning/reviews/child-q/"
    assert small_catalogue.address("figure", small_catalogue.get("figure", "kites-in-the-air")) == "/performance/figures/#figure-kites-in-the-air"


def test_every_record_has_an_address_or_none_but_never_a_wrong_pattern(small_catalogue: Catalogue) -> None:
    for kind in CONTENT_TYPES:
        for record in small_catalogue.all(kind.name):
            address = small_catalogue.address(kind.name, record)
            assert address == "" or (address.startswith("/") and "{" not in address)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("learning/reviews/child-q.md", "review"),
        ("learning/reviews/index.md", "page"),
        ("learning/briefings/child-q.md", "briefing"),
        ("priorities/kites.md", "priority"),
        ("topics/kites.md", "topic"),
        ("topics/kites/more.md", "page"),
        ("news/2023-02-kite-found.md", "news"),
        ("anything/else.md", "page"),
        ("index.md", "page"),
    ],
)
def test_the_folder_says_what_a_page_is(path: str, kind: str) -> None:
    assert kind_of_page(path).name == kind


def test_nothing_of_a_catalogue_can_be_changed(small_catalogue: Catalogue) -> None:
    with pytest.raises(FrozenInstanceError):
        small_catalogue.today = date(2000, 1, 1)  # type: ignore[misc]
    for mapping in (small_catalogue.tables, small_catalogue.records, small_catalogue.pages, small_catalogue.places, small_catalogue.records["theme"]):
        assert isinstance(mapping, MappingProxyType)
    with pytest.raises(ValidationError):
        small_catalogue.get("theme", "kites").title = "Birds"
    with pytest.raises(FrozenInstanceError):
        small_catalogue.tables["kite-clubs"].rows[0].line = 7  # type: ignore[misc]


def test_today_is_an_argument_and_reading_twice_gives_the_same() -> None:
    first, _ = load_catalogue(SMALL_SITE, date(2030, 1, 1))
    again, _ = load_catalogue(SMALL_SITE, date(2030, 1, 1))
    assert first.today == date(2030, 1, 1)
    assert first == again
    assert list(first.pages) == list(again.pages) == sorted(first.pages, key=lambda path: path.split("/"))


def test_an_empty_folder_is_told_and_does_not_crash(tmp_path: Path) -> None:
    catalogue, problems = load_catalogue(tmp_path, TODAY)
    assert {problem.file for problem in problems} >= {"docs/index.md", "data/contacts.yml", "data/themes.yml"}
    assert check_all(catalogue) == []


def test_a_list_may_be_empty_if_it_says_so(small_site: Path) -> None:
    (small_site / "data" / "link_exceptions.yml").write_text("[]\n")
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert [*problems, *check_all(catalogue)] == []


def test_entries_of_a_list_may_stand_in_files_of_their_own(small_site: Path) -> None:
    folder = small_site / "data" / "glossary"
    folder.mkdir()
    (folder / "wind.yml").write_text("- id: breeze\n  term: Breeze\n  meaning: Hardly any wind.\n")
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert [*problems, *check_all(catalogue)] == []
    assert catalogue.names("glossary-term") == ("kdo", "gust", "breeze")
    assert catalogue.places[("glossary-term", "breeze")].document.file == "data/glossary/wind.yml"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(small_site: Path) -> None:
    for path in [*small_site.rglob("*.md"), *small_site.rglob("*.yml"), *small_site.rglob("*.csv")]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert [*problems, *check_all(catalogue)] == []
    assert {name: [row.cells for row in table.rows] for name, table in catalogue.tables.items()} == {
        name: [row.cells for row in table.rows] for name, table in load_catalogue(SMALL_SITE, TODAY)[0].tables.items()
    }


# What could not be read is told once ------------------------------------------------------------------------


def told_of(site: Path, file: str, data: bytes, kept: Kept) -> tuple[Catalogue, list[str]]:
    """What stands in the catalogue, and the files in which something is to be fixed, with other bytes in one file."""
    path = site / file
    good = path.read_bytes()
    path.write_bytes(data)
    catalogue, problems = load_catalogue(site, TODAY, kept)
    told = [problem.file for problem in (*problems, *check_all(catalogue))]
    path.write_bytes(good)
    return catalogue, told


def test_a_broken_list_is_one_problem_whatever_names_its_entries(small_site: Path) -> None:
    kept = Kept()
    homes = [kind.home for kind in CONTENT_TYPES if not kind.is_pages]
    assert {home: told_of(small_site, home, b"- id: [\n", kept)[1] for home in homes} == {home: [home] for home in homes}


def test_a_broken_table_is_one_problem_whatever_shows_it(small_site: Path) -> None:
    kept = Kept()
    for stem in ("kite-clubs", "kite-rules", "puddle-register", "puddles-by-year"):
        for ending in (".csv", ".yml"):
            file = f"data/tables/{stem}{ending}"
            catalogue, told = told_of(small_site, file, b"PK\x03\x04", kept)
            assert told == [file]
            assert catalogue.is_lost("table", stem) and catalogue.is_lost("chart", stem), file


def test_a_broken_page_is_one_problem_whatever_links_to_it(small_site: Path) -> None:
    kept = Kept()
    pages = {path.relative_to(small_site).as_posix(): path.read_bytes() for path in sorted(small_site.rglob("*.md"))}
    assert len(pages) > 20
    assert {page: told_of(small_site, page, text.replace(b"\ntitle: ", b"\ntitel: ", 1), kept)[1] for page, text in pages.items()} == {
        page: [page] for page in pages
    }


# Models -----------------------------------------------------------------------------------------------------


def test_content_types_have_names_homes_and_plurals_of_their_own() -> None:
    assert (
        len({kind.name for kind in CONTENT_TYPES})
        == len({kind.plural for kind in CONTENT_TYPES})
        == len({kind.home for kind in CONTENT_TYPES})
        == len(CONTENT_TYPES)
    )
    assert len(BY_NAME) == len(BY_PLURAL) == len(CONTENT_TYPES)


def described(model: type[BaseModel]) -> list[str]:
    """The fields of a model that say nothing to an editor."""
    return [f"{model.__name__}.{name}" for name, info in model.model_fields.items() if len((info.description or "").split()) < 2]


@pytest.mark.parametrize("kind", CONTENT_TYPES, ids=lambda kind: kind.name)
def test_every_field_is_explained_to_editors(kind: ContentType) -> None:
    assert described(kind.model) == []
    assert described(TableDescription) == []


@pytest.mark.parametrize("kind", CONTENT_TYPES, ids=lambda kind: kind.name)
def test_what_a_type_declares_of_its_records_is_there(kind: ContentType, small_catalogue: Catalogue) -> None:
    for record in small_catalogue.all(kind.name):
        for name in filter(None, ("title" if kind.listed else "", kind.newest_first, kind.sorted_by)):
            assert hasattr(record, name), f"{kind.name} declares {name}"


def test_references_are_found_in_the_model() -> None:
    assert dict(references_in(Review)) == {"themes": "theme", "sources": "source", "briefing": "briefing"}
    assert ("source", "source") in list(references_in(TableDescription))
    assert {target for kind in CONTENT_TYPES for _, target in references_in(kind.model)} <= set(BY_NAME)


def test_a_record_that_fits_is_a_record_and_one_that_does_not_says_why() -> None:
    theme = BY_NAME["theme"].model
    assert not isinstance(fit(theme, {"id": "kites", "title": "Kites", "summary": "They fly."}, "Themes"), list)
    faults = fit(theme, {"id": "Kites", "titel": "Kites", "summary": None}, "Themes")
    assert isinstance(faults, list)
    assert {fault.at for fault in faults} == {("id",), ("titel",), ("summary",)}
    assert all(fault.says and fault.fix for fault in faults)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (date(2023, 2, 1), "1 February 2023"),
        ("2023-02-14", "14 February 2023"),
        ("2023-02", "February 2023"),
        ("2023", "2023"),
        ("2022/23", "2022/23"),
        ("Spring 2021", "Spring 2021"),
    ],
)
def test_dates_are_written_as_far_as_they_are_known(moment: str | date, words: str) -> None:
    assert in_words(moment) == words
