"""No page for children leads to a review, by a link, a list or what the site gathers by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.components import Components
from macros.content.reading import load_catalogue
from macros.rules import children_first
from tests.mistakes_corpus import TODAY

PAGE = "docs/topics/kites.md"


def of(small_site: Path, text: str, audience: str) -> list[tuple[int | None, str]]:
    page = small_site / PAGE
    page.write_text(page.read_text().replace("[everyone]", f"[{audience}]").replace("Kites are held by a string.", text))
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert problems == []
    return [(problem.line, problem.says) for problem in children_first.check(catalogue) if problem.file == PAGE]


@pytest.mark.parametrize(
    "leads",
    [
        "[Q](/learning/reviews/child-q.md)",
        "[Q](../learning/reviews/child-q.md#what-happened)",
        "[Q](/learning/briefings/child-q.md)",
        "[Q](/learning/reviews/index.md)",
        '{{ listing("reviews", theme="kites") }}',
        '{{ listing("briefings") }}',
        "{{ finder() }}",
    ],
)
def test_what_leads_to_a_review_is_told_with_its_line_on_pages_for_children_alone(leads: str, small_site: Path) -> None:
    (found,) = of(small_site, f"Kites.\n\n{leads}", "everyone, children")
    assert found[0] == 13 and found[1].startswith("The page is for children, and")


@pytest.mark.parametrize("audience", ["everyone", "children"])
def test_other_links_and_lists_are_left_alone(audience: str, small_site: Path) -> None:
    assert of(small_site, 'See [puddles](puddles.md) and [all](/learning/index.md).\n\n{{ listing("topics") }}', audience) == []


def test_adults_may_be_led_to_reviews(small_site: Path) -> None:
    assert of(small_site, "[Q](/learning/reviews/child-q.md)", "everyone, parents") == []


@pytest.mark.parametrize(("audience", "shown"), [("everyone", True), ("everyone, children", False)])
def test_what_a_page_gathers_under_related_holds_no_review_for_children_who_find_the_numbers_first(audience: str, shown: bool, small_site: Path) -> None:
    page = small_site / "docs/arrangements/partners.md"
    page.write_text(page.read_text().replace("[everyone]", f"[{audience}]").replace("themes: []", "themes: [kites]"))
    catalogue, _ = load_catalogue(small_site, TODAY)
    components, entry = Components(catalogue), catalogue.pages["arrangements/partners.md"]
    related = str(components.furniture(entry))
    assert 'id="related"' in related and ("/learning/reviews/" in related) is shown and ("/learning/briefings/" in related) is shown
    assert ('class="talk-now"' in str(components.page_header(entry))) is not shown
