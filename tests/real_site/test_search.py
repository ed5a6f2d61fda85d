"""What people type into the search of the real site finds the page that helps."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.browser import layout
from tests.browser.watching import Watched

QUERIES = yaml.safe_load((Path(__file__).parent / "search_queries.yml").read_text(encoding="utf-8"))
AMONG_FIRST, MUST_HOLD = 3, 0.95


MOST_FILES, MOST_BYTES = 80, 400_000
# Asks one question after another, as the box and the form do when somebody types into them, and keeps what is shown.
# It is all done in the page: keys that are really pressed, each by a word to the browser, take three times as long, and tests/browser/test_search.py has them.
ASK = """async (questions) => {
    const box = document.querySelector('#search-for'), status = document.querySelector('.search-page [role=status]'), shown = {};
    const answered = (asked) => { // ten at once, of which each but the first comes with its text
        const results = document.querySelectorAll('.results > li'), [, found] = status.textContent.match(/([\\d,]+) results? for "/) || [];
        const all = found && results.length === Math.min(10, found.replace(',', '')) && results[0].querySelector('p + p');
        return status.textContent.includes(`"${asked}"`) && (all || status.textContent.includes('No results'));
    };
    for (const asked of questions) {
        box.value = asked;
        box.dispatchEvent(new Event('input', { bubbles: true }));
        box.form.requestSubmit();
        for (const end = Date.now() + 30_000; !answered(asked);) {
            if (Date.now() > end) throw new Error(`never answered: ${asked}`);
            await new Promise((done) => setTimeout(done, 5));
        }
        shown[asked] = [[...document.querySelectorAll('.results h2 a')].map((link) => link.pathname + link.hash),
            document.querySelector('.urgent-answer li a')?.getAttribute('href') ?? null];
    }
    return shown;
}"""
Answers = dict[str, tuple[list[str], str | None]]


@pytest.fixture(scope="module")
def answers(watched_real: Watched) -> Answers:
    """What each question finds on screen: addresses without their first and last slash, and the number to ring that comes before them."""
    watched_real.open("/robots.txt")  # of the same address, and with no policy that forbids a frame
    frame = layout.frame(watched_real.page)
    watched_real.open("/search/", frame)
    shown = frame.evaluate(ASK, [query["ask"] for query in QUERIES])
    return {asked: ([address.strip("/") for address in addresses], number) for asked, (addresses, number) in shown.items()}


def test_what_people_ask_is_among_the_first_results(answers: Answers) -> None:
    missed = {query["ask"]: found for query in QUERIES if (found := answers[query["ask"]][0][:AMONG_FIRST]) and not set(found) & set(query["finds"])}
    missed |= {query["ask"]: [] for query in QUERIES if query["finds"] and not answers[query["ask"]][0]}
    assert len(missed) <= len(QUERIES) * (1 - MUST_HOLD), missed


def test_a_child_who_asks_is_given_childline_first_and_no_review(answers: Answers) -> None:
    children = [query["ask"] for query in QUERIES if query.get("child")]
    assert children
    for asked in children:
        found, number = answers[asked]
        assert number == "tel:08001111", asked
        assert found[0].startswith(("children-and-young-people", "worried-about-a-child")), (asked, found[0])
        assert not [address for address in found if address.startswith(("learning/reviews", "learning/briefings", "news"))], asked


def test_who_may_be_in_trouble_is_given_the_numbers_before_any_result(answers: Answers) -> None:
    given = {query["ask"]: answers[query["ask"]][1] for query in QUERIES if query.get("numbers") or query.get("childline")}
    own = [query["ask"] for query in QUERIES if query.get("childline")]
    assert own and {given[asked] for asked in own} == {"tel:08001111"}, given
    assert {number for asked, number in given.items() if asked not in own} == {"tel:999"}, given  # a number for adults, not the children's line


def test_the_index_is_light(built_real: Path) -> None:
    files = [file.stat().st_size for file in (built_real / "search").rglob("*.json")]
    assert len(files) <= MOST_FILES and sum(files) <= MOST_BYTES, (len(files), sum(files))
