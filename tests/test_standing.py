"""As of when a page or table stood: one line, from the documents it rests on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.components import Components
from macros.content.reading import load_catalogue
from tests.mistakes_corpus import TODAY

OLDER = """
- id: almanac
  title: County almanac
  publisher: County of Example
  period: From 2019
  kind: strategy
  holds: Made-up tides.
- id: seen
  title: Seen on public pages
  kind: public pages
  period: 2025
  holds: Made-up numbers.
"""
YEARBOOK = "from the exampleshire yearbook 2023"


def line(html: str) -> str:
    found = re.findall(r'<p class="as-things-stood">(.*?)</p>', html)
    assert len(found) < 2, "said more than once"
    return re.sub(r"<[^>]+>", "", found[0]) if found else ""


def header(small_site: Path, sources: str, path: str = "topics/kites.md") -> str:
    listed, page = small_site / "data/sources.yml", small_site / "docs" / path
    listed.write_text(listed.read_text().replace("publisher: Exampleshire Children's Partnership", "publisher: A county") + OLDER)
    page.write_text(page.read_text().replace("sources: [yearbook-2023]", f"sources: [{sources}]"))
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert problems == []
    return str(Components(catalogue).page_standing(catalogue.pages[path]))


@pytest.mark.parametrize(
    ("sources", "says"),
    [
        ("yearbook-2023", f"As things stood in March 2023, {YEARBOOK}."),
        ("almanac, yearbook-2023", f"As things stood in March 2023, {YEARBOOK} and earlier documents."),
        ("almanac", "As things stood in 2019, from County almanac."),
        ("almanac, seen", "As things stood in 2019, from County almanac."),
        ("yearbook-2023, made-up-guidance", f"The partnership's work is described as things stood in March 2023, {YEARBOOK}."),
        ("seen, yearbook-2023", ""),
        ("made-up-guidance, yearbook-2023", ""),
    ],
)
def test_a_page_says_as_of_when_by_its_newest_document_where_it_rests_on_documents_first(sources: str, says: str, small_site: Path) -> None:
    assert line(header(small_site, sources)) == says


def test_news_has_a_date_of_its_own(small_site: Path) -> None:
    assert line(header(small_site, "yearbook-2023", "news/2023-02-kite-found.md")) == ""


def test_a_table_says_it_once_on_its_own_page_and_names_its_source_wherever_it_is_shown(small_site: Path) -> None:
    catalogue, _ = load_catalogue(small_site, TODAY)
    components = Components(catalogue)
    for name, table in catalogue.tables.items():
        own, elsewhere = components.table_page(name), components.chart(name) if table.about.chart else components.table(name)
        (only,) = table.editions
        assert line(own).startswith("As things stood in March 2023, from ") is (only.source == "yearbook-2023") and only.place in own
        assert own.count(f"#source-{only.source}") == elsewhere.count(f"#source-{only.source}") == 1, name


def test_the_home_page_says_it_once_over_what_is_newest(small_site: Path) -> None:
    catalogue, _ = load_catalogue(small_site, TODAY)
    components, home = Components(catalogue), catalogue.pages["index.md"]
    assert line(str(components.page_standing(home) + components.page_footer(home))).startswith("As things stood in March 2023, from ")
