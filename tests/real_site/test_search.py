"""What people type into the search of the real site finds the page that helps."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.browser.watching import Watched

QUERIES = yaml.safe_load((Path(__file__).parent / "search_queries.yml").read_text(encoding="utf-8"))
AMONG_FIRST, MUST_HOLD = 3, 0.95


MOST_FILES, MOST_BYTES = 80, 400_000
FOUND = """asked => {
    const status = document.querySelector('.search-page [role=status]').textContent, results = document.querySelectorAll('.results > li');
    return status.includes(`"${asked}"`) && (status.includes('No results') || results.length > 0 && results[Math.min(2, results.length - 1)].querySelector('p + p'));
}"""


SHOWN = """[[...document.querySelectorAll('.results h2 a')].map(link => link.pathname + link.hash),
    document.querySelector('.urgent-answer li a')?.getAttribute('href') ?? null]"""
Answers = dict[str, tuple[list[str], str | None]]


@pytest.fixture(scope="module")
def answers(watched_real: Watched) -> Answers:
    """What each question finds on screen: addresses without their first and last slash, and the number to ring that comes before them."""
    page, found = watched_real.page, {}
    watched_real.open("/search/")
    box = page.locator("#search-for").element_handle()
    for asked in (query["ask"] for query in QUERIES):
        box.fill(asked)
        box.press("Enter")
        page.wait_for_function(FOUND, arg=asked)
        addresses, number = page.evaluate(SHOWN)
        found[asked] = [address.strip("/") for address in addresses], number
    return found


def test_what_people_ask_is_among_the_first_results(answers: Answers) -> None:
    missed = {query["ask"]: found for query in QUERIES if not set(found := answers[query["ask"]][0][:AMONG_FIRST]) & set(query["finds"])}
    assert len(missed) <= len(QUERIES) * (1 - MUST_HOLD), missed


def test_a_child_who_asks_is_given_childline_first_and_no_review(answers: Answers) -> None:
    children = [query["ask"] for query in QUERIES if query.get("child")]
    assert children
    for asked in children:
        found, number = answers[asked]
        assert number == "tel:08001111", asked
        assert found[0].startswith(("children-and-young-people", "worried-about-a-child")), (asked, found[0])
        assert not [address for address in found if address.startswith(("learning/reviews", "learning/briefings", "news"))], asked


def test_childline_comes_first_where_a_young_person_may_be_asking(answers: Answers) -> None:
    asked = {query["ask"] for query in QUERIES if query.get("childline")}
    assert asked and {answers[one][1] for one in asked} == {"tel:08001111"}


def test_the_index_is_light(built_real: Path) -> None:
    files = [file.stat().st_size for file in (built_real / "search").rglob("*.json")]
    assert len(files) <= MOST_FILES and sum(files) <= MOST_BYTES, (len(files), sum(files))
