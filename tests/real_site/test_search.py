"""What people type into the search of the real site finds the page that helps."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.browser.watching import Watched

QUERIES = yaml.safe_load((Path(__file__).parent / "search_queries.yml").read_text(encoding="utf-8"))
AMONG_FIRST, MUST_HOLD = 3, 0.95


MOST_FILES, MOST_BYTES = 80, 400_000
FOUND = """asked => {
    const status = document.querySelector('.search-page [role=status]').textContent, results = document.querySelectorAll('.results > li');
    return status.includes(`"${asked}"`) && (status.includes('No results') || results.length > 0 && results[Math.min(2, results.length - 1)].querySelector('p + p'));
}"""


def answers(watched: Watched, asked: str) -> list[str]:
    """The addresses of the results on screen, without their first and last slash."""
    page = watched.page
    page.fill("#search-for", asked)
    page.locator("#search-for").press("Enter")
    page.wait_for_function(FOUND, arg=asked)
    links = page.locator(".results h2 a").evaluate_all("links => links.map(link => link.href)")
    return [url.removeprefix(watched.home).strip("/") for url in links]


def test_what_people_ask_is_among_the_first_results(watched_real: Watched) -> None:
    watched_real.open("/search/")
    missed = {}
    for query in QUERIES:
        found = answers(watched_real, query["ask"])
        if not set(found[:AMONG_FIRST]) & set(query["finds"]):
            missed[query["ask"]] = found[:AMONG_FIRST]
    assert len(missed) <= len(QUERIES) * (1 - MUST_HOLD), missed


def test_a_child_who_asks_is_given_childline_first_and_no_review(watched_real: Watched) -> None:
    watched_real.open("/search/")
    for query in QUERIES:
        if query.get("child"):
            found = answers(watched_real, query["ask"])
            first = watched_real.page.locator(".urgent-answer li a").first
            assert first.get_attribute("href") == "tel:08001111", query["ask"]
            assert found[0].startswith(("children-and-young-people", "worried-about-a-child")), (query["ask"], found[0])
            assert not [address for address in found if address.startswith(("learning/reviews", "learning/briefings", "news"))], query["ask"]


def test_the_index_is_light(built_real: Path) -> None:
    files = [file.stat().st_size for file in (built_real / "search").rglob("*.json")]
    assert len(files) <= MOST_FILES and sum(files) <= MOST_BYTES, (len(files), sum(files))
