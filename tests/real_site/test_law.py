"""What the law wants of the real site: the words and parts of the accessibility statement, and what a privacy page must say.

These two pages are named here because the law names them. An edit that takes a part away would break the law, so it is no ordinary one.
"""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path

import pytest

from macros.content.catalogue import Catalogue
from tests import accessibility_record
from tests.accessibility_record import TOOLS
from tests.real_site import waits
from tests.whole_sites import ROOT

REGULATIONS = "the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
# The model statement under regulation 8 of these regulations, in the words of the sample on GOV.UK of 19 December 2023. They may not be changed.
# Each follows the one before it; what a site fills in stands between them.
STATEMENT = (
    "This accessibility statement applies to ",
    "Feedback and contact information",
    "If you find any problems not listed on this page or think we're not meeting accessibility requirements",
    "Enforcement procedure",
    f"The Equality and Human Rights Commission (EHRC) is responsible for enforcing {REGULATIONS} (the 'accessibility regulations'). "
    "If you're not happy with how we respond to your complaint, contact the Equality Advisory and Support Service (EASS).",
    "Technical information about this website's accessibility",
    f"is committed to making its website accessible, in accordance with {REGULATIONS}.",
    "Compliance status",
    "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard, due to the non-compliances listed below.",
    "Non-accessible content",
    "The content listed below is non-accessible for the following reasons.",
    "Non-compliance with the accessibility regulations",
    "This fails WCAG 2.2 success criterion ",
    "Preparation of this accessibility statement",
    "This statement was prepared on ",
    "It was last reviewed on ",
    "This website was last tested on ",
    " against the WCAG 2.2 AA standard.",
    "The test was carried out by ",
)
OPEN = "To be confirmed by the partnership."  # what a page says that waits for its answer
# Article 13 of the UK GDPR, paragraph by paragraph, as headings and words of the page.
ARTICLE_13 = {
    "1(a) the controller": "data controller",
    "1(b) the data protection officer": "data protection officer",
    "1(c) and (d) purposes and the lawful basis": "lawful basis",
    "1(e) recipients": "Who else receives it",
    "1(f) other countries": "Outside the United Kingdom",
    "2(a) how long": "How long it is kept",
    "2(b) rights": "Your data protection rights",
    "2(c) consent": "take back your consent",
    "2(d) complaints": "Information Commissioner's Office",
    "2(e) whether one must": "You do not have to tell us anything",
    "2(f) decisions by machine": "decides anything about you by machine",
}


def words_of(site: Path, address: str) -> str:
    """What a reader reads in the text of a page, on one line."""
    page = (site / address / "index.html").read_text(encoding="utf-8")
    text = re.search(r"<article.*?</article>", page, re.DOTALL)
    assert text, address
    plain = html.unescape(re.sub(r"<[^>]+>", "", text[0]))
    return re.sub(r"\s+", " ", plain).replace("\u2019", "'").replace("\u2018", "'")


def missing(text: str, parts: tuple[str, ...]) -> list[str]:
    """The parts that do not follow one another in a text."""
    at, found = 0, []
    for part in parts:
        place = text.find(part, at)
        if place < 0:
            found.append(part)
        else:
            at = place + len(part)
    return found


def test_the_statement_has_the_words_of_the_law_in_their_order(content: Catalogue, built_real: Path) -> None:
    if waits(content, "accessibility"):
        assert OPEN in words_of(built_real, "accessibility")
        return
    assert missing(words_of(built_real, "accessibility"), STATEMENT) == []


@pytest.mark.parametrize("part", range(len(STATEMENT)))
def test_each_part_that_is_taken_away_is_missed(part: int) -> None:
    whole = " Words. ".join(STATEMENT)
    assert missing(whole, STATEMENT) == []
    assert missing(whole.replace(STATEMENT[part], "", 1), STATEMENT)


def test_the_statement_links_to_the_service_and_to_the_standard_and_names_a_way_to_write(content: Catalogue, built_real: Path) -> None:
    page = (built_real / "accessibility/index.html").read_text(encoding="utf-8")
    if waits(content, "accessibility"):
        return
    for link in ("https://www.equalityadvisoryservice.com/", "https://www.w3.org/TR/WCAG22/", "mailto:"):
        assert f'href="{link}' in page, link


def test_every_page_leads_to_the_statement_and_to_privacy(built_real: Path) -> None:
    foot = (built_real / "404.html").read_text(encoding="utf-8").partition('class="foot-menu')[2]
    assert re.findall(r'href="[^"]*?/(accessibility|privacy|safety)/"', foot) == ["safety", "accessibility", "privacy"]


def test_privacy_says_all_that_article_13_asks_for_or_that_it_is_to_be_confirmed(content: Catalogue, built_real: Path) -> None:
    text = words_of(built_real, "privacy")
    if waits(content, "privacy"):
        assert OPEN in text
        return
    assert {paragraph for paragraph, words in ARTICLE_13.items() if words not in text} == set()


def test_the_statement_names_the_tools_that_really_run(content: Catalogue) -> None:
    """Another checker is added to the record, and one that is gone is taken from it."""
    second = sorted((ROOT / "tests/real_site/second_opinions").glob("test_*.py"))
    assert {path.relative_to(ROOT).as_posix() for path in second} | {"tests/real_site/test_every_page.py"} == {tool.file for tool in TOOLS}
    if not accessibility_record.RECORD.exists():
        assert waits(content, "accessibility"), "a statement rests on tests that were written down: run `make accessibility-tests`"
        return
    with accessibility_record.RECORD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["tool"], row["looks_at"]) for row in rows] == [(tool.name, tool.looks_at) for tool in TOOLS]
