"""From a number to its source: what a source's entry and a publication's card say, and what they leave out."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

from macros.components import Components
from macros.content.catalogue import Catalogue
from macros.models.reasons import Missing
from tests.outputs_at_hand import catalogue_at, files_of, small, small_files, with_record


def card(catalogue: Catalogue, plural: str, anchor: str) -> str:
    """The words of one card of a listing, without its HTML."""
    _, begins, rest = str(Components(catalogue).listing(plural)).partition(f'<li class="card" id="{anchor}">')
    assert begins
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", rest.partition('<li class="card"')[0])).split())


def test_a_source_says_what_it_is_and_where_it_can_be_read() -> None:
    said = card(small(), "sources", "source-yearbook-2023")
    for words in (
        "What it is Annual report",
        "Published by Exampleshire Children's Partnership",
        "Date The document gives none",
        "Time it is about 1 April 2022 to 31 March 2023",
        "Where to read it At books.example.com",
        "Reuse Anybody, because nothing in it is true",
        "Numbers from it 5 tables and 3 figures from its text",
        "How this site says where a number is found in it: by page, and every page is made up.",
    ):
        assert words in said
    assert re.search(r"Pages that rest on it: \d+ .*Kites .*More kites \(priority\)", said), "a priority may have the title of a topic"


def test_a_document_that_is_a_source_has_one_date_and_its_card_leads_to_what_comes_from_it(small_site: Path) -> None:
    publications = small_site / "data/publications.yml"
    publications.write_text(publications.read_text(encoding="utf-8").replace("- id: yearbook\n", "- id: yearbook-2023\n"), encoding="utf-8")
    catalogue = catalogue_at(small_site)
    assert "Date September 2023" in card(catalogue, "sources", "source-yearbook-2023")
    assert "What on this site comes from it" in card(catalogue, "publications", "publication-yearbook-2023")
    assert "What on this site comes from it" not in card(small(), "publications", "publication-yearbook")


def test_what_is_no_document_has_no_publisher_and_no_date() -> None:
    said = card(small(), "sources", "source-made-up-guidance")
    assert said.startswith("Made-up guidance Advice that nobody gave. Numbers from it 2 tables")
    for words in ("Published", "Date", "Where to read it", "Reuse"):
        assert words not in said


def test_what_is_not_known_of_a_publication_is_left_out_of_its_line() -> None:
    known = card(small(), "publications", "publication-yearbook")
    assert known.endswith("September 2023 Counts of kites and puddles. By Exampleshire Children's Partnership. 1 April 2022 to 31 March 2023.")
    unknown = card(
        with_record(small(), "publication", "yearbook", publisher=Missing("not asked"), period=Missing("withheld"), published=Missing("date not given")),
        "publications",
        "publication-yearbook",
    )
    assert unknown == "Exampleshire yearbook 2023 Counts of kites and puddles. When it was published: date not given."


def test_the_data_package_names_the_place_of_each_table_in_its_document() -> None:
    resources = {resource["name"]: resource for resource in json.loads(small_files()["data/datapackage.json"])["resources"]}
    place = small().tables["kite-clubs"].about.place
    assert resources["kite-clubs"]["sources"] == [
        {
            "title": f"Exampleshire yearbook 2023 (Exampleshire Children's Partnership), {place}",
            "path": "https://books.example.com/yearbook-2023",
            "place": place,
        }
    ]
    rules = small().tables["kite-rules"].about.place
    assert resources["kite-rules"]["sources"] == [{"title": f"Made-up guidance, {rules}", "place": rules}]


def test_a_table_without_a_publisher_names_none_in_its_files() -> None:
    files = files_of(small())
    assert json.loads(files["data/tables/kite-rules.json"])["source"]["publisher"] is None
    described = {table["url"]: table for table in json.loads(files["data/tables/csv-metadata.json"])["tables"]}
    assert "dc:publisher" not in described["kite-rules.csv"] and "dc:publisher" in described["kite-clubs.csv"]


def test_the_list_of_tables_by_document_can_be_led_to_and_gives_each_place() -> None:
    html = str(Components(small()).table_index())
    part = html.partition('<h3 id="document-yearbook-2023">')[2].partition("<h3")[0]
    assert part.count("<li>") == 5
    assert f'Kites of the clubs</a> <span class="card-date">{small().tables["kite-clubs"].about.place}.</span>' in part
