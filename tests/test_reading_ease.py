"""Advice on plain writing: sentences, reading age, abbreviations. It advises; it never stops a build."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.problems import Problem, errors, tell
from macros.rules import abbreviations, reading_ease
from macros.rules.abbreviations import is_abbreviation, unexplained
from macros.rules.reading_ease import Sentence, reading_age, sentences_of, syllables
from macros.sources.pages import PageFile, parse_page
from tests.whole_sites import SMALL

PLAIN = "The cat sat on the mat. "  # six words of one syllable
HEAVY = "Organisational responsibilities necessitate comprehensive interdisciplinary communication. "


def page_of(body: str) -> PageFile:
    problems: list[Problem] = []
    page = parse_page(f"---\ntitle: Kites\n---\n{body}", "docs/kites.md", problems)
    assert page and not problems
    return page


def lengths(body: str) -> list[tuple[int, int]]:
    return [(sentence.line, len(sentence.words)) for sentence in sentences_of(page_of(body).prose, page_of(body).body_line)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("One two three. Four five?\n", [(4, 3), (4, 2)]),
        ("One two\nthree. Four\nfive six.\n", [(4, 3), (5, 3)]),
        ("# Not this\n\nOne two.\n\n- three four\n- five\n  six\n\n1. seven\n", [(6, 2), (8, 2), (9, 2), (12, 1)]),
        ('One [two three](/four/five.md "six") and **seven**.\n', [(4, 5)]),
        ('Ring {{ phone("advice") }} now.\n\n{{ contact("advice") }}\n', [(4, 3)]),
        ("Open from 8.30am to 5.15pm. Then closed.\n", [(4, 5), (4, 2)]),
        ('He said "Go." Then he went.\n', [(4, 3), (4, 3)]),
        ("One `code` two.\n\n```\nnot a sentence at all\n```\n", [(4, 2)]),
    ],
)
def test_sentences_are_told_apart_with_their_lines(body: str, found: list[tuple[int, int]]) -> None:
    assert lengths(body) == found


def test_the_formula_by_hand() -> None:
    sentences = [Sentence(("the", "cat", "sat", "on", "the", "mat"), 1)] * 20
    assert reading_age(sentences) == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59 + 5)
    assert reading_age([Sentence(("children",) * 10, 1)] * 10) == pytest.approx(0.39 * 10 + 11.8 * 2 - 15.59 + 5)


def test_a_text_too_short_to_count_by_has_no_reading_age() -> None:
    assert reading_age([Sentence(("word",) * 99, 1)]) is None


def test_syllables_are_right_for_nine_words_in_ten() -> None:
    # Words that the rules were not made from.
    counted = {
        "kitchen": 2, "window": 2, "yesterday": 3, "hospital": 3, "teacher": 2, "grandmother": 3, "telephone": 3, "worries": 2, "shouted": 2, "jumped": 1,
        "played": 1, "loved": 1, "bottle": 2, "apple": 2, "cycle": 2, "breathe": 1, "whole": 1, "wholesale": 2, "nation": 2, "question": 2, "mission": 2,
        "musician": 3, "serious": 3, "curious": 3, "dangerous": 3, "piano": 3, "lion": 2, "museum": 3, "cruelty": 3, "dying": 2, "playing": 2, "flying": 2,
        "heavier": 3, "busiest": 3, "usually": 4, "manual": 3, "guest": 1, "plague": 1, "boutique": 2, "judgement": 2, "hopeful": 2, "useless": 2,
        "boxes": 2, "churches": 2, "wishes": 2, "makes": 1, "planes": 1, "mother's": 2, "doctor’s": 2, "1,234": 1, "I": 1, "rhythm": 2, "optimism": 4,
        "neighbourhood": 3, "assessment": 3, "referral": 3, "meetings": 2, "harmful": 2, "abuse": 2, "bruises": 2, "ambulance": 3, "council": 2,
    }  # fmt: skip
    right = [word for word, number in counted.items() if syllables(word) == number]
    assert len(right) >= 0.9 * len(counted), sorted(set(counted) - set(right))


@pytest.fixture(scope="module")
def site() -> Catalogue:
    catalogue, problems = load_catalogue(SMALL, date(2026, 11, 20))
    assert not errors(problems)
    return catalogue


def with_body(catalogue: Catalogue, body: str, **settings: object) -> Catalogue:
    """The small site with one page, whose text is ``body``."""
    entry = catalogue.pages["index.md"]
    meta = entry.meta.model_copy(update=settings)
    return replace(catalogue, pages={"index.md": replace(entry, meta=meta, source=replace(entry.source, body=body))}, tables={})


def test_a_long_sentence_is_told_with_its_line_and_one_at_the_limit_is_not(site: Catalogue) -> None:
    limit, over = "Kite " * 24 + "kite.", "Kite " * 25 + "kite."
    told = list(reading_ease.check(with_body(site, f"{limit}\n\n{over}\n")))
    first = site.pages["index.md"].source.body_line
    assert [(problem.line, problem.severity) for problem in told] == [(first + 2, "warning")]
    assert "26 words" in told[0].says


@pytest.mark.parametrize(("audience", "count"), [(("everyone",), 1), (("children",), 1), (("professionals", "parents"), 1), (("professionals", "leaders"), 0)])
def test_a_hard_page_is_told_only_where_the_public_is_to_read_it(site: Catalogue, audience: tuple[str, ...], count: int) -> None:
    assert len(list(reading_ease.check(with_body(site, HEAVY * 20, audience=audience)))) == count
    assert not list(reading_ease.check(with_body(site, PLAIN * 20, audience=audience)))


@pytest.mark.parametrize("word", ["KCS", "KiCS", "k-ART", "DfK", "KS2", "KITE-19"])
def test_abbreviations_are_known_by_their_capitals(word: str) -> None:
    assert is_abbreviation(word)


@pytest.mark.parametrize("word", ["Kite", "McKite", "GitHub", "KitePad", "AA", "II", "IV", "K", "EXCLAMATION"])
def test_other_words_with_capitals_are_left_alone(word: str) -> None:
    assert not is_abbreviation(word)


def test_pages_for_editors_alone_are_left_out(site: Catalogue) -> None:
    body = "Kite " * 30 + "KQZ. " + HEAVY * 20
    for rule in (reading_ease.check, abbreviations.check):
        assert list(rule(with_body(site, body, audience=("editors", "everyone"))))
        assert not list(rule(with_body(site, body, audience=("editors",))))


def test_wrong_capitals_are_recognised(site: Catalogue) -> None:
    assert "KDO" in {term.term for term in site.all("glossary-term")}
    (told,) = abbreviations.check(with_body(site, "Ring KdO.\n"))
    assert 'Did you mean "KDO"?' in told.says


def test_what_the_glossary_or_the_page_itself_explains_is_not_told() -> None:
    beside = "The Kite Control Board (KCB) met. The Xylophone, by the way (XYZ), blew."
    text = "KCS, KCSs, KCB and XYZ; see https://KLM.example and @KLM."
    assert [short for short, _ in unexplained(text, {"KCS"}, beside)] == ["XYZ"]


def test_an_unknown_abbreviation_is_told_once_with_its_line(site: Catalogue) -> None:
    catalogue = with_body(site, 'Plain.\n\nThe KQZ and [the KQZ](/KWX.md) and `KVU` and {{ value("KTS", "a", "b") }}.\n')
    told = list(abbreviations.check(catalogue))
    assert [(problem.line, problem.severity) for problem in told] == [(site.pages["index.md"].source.body_line + 2, "warning")]
    assert '"KQZ"' in told[0].says and "data/glossary.yml" in told[0].fix


def test_advice_is_counted_by_check_and_told_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    advice = Problem("docs/a.md", 3, "This sentence has 30 words.", "Split it.", severity="warning")
    fault = Problem("docs/b.md", 1, "The page has no title.", "Give it one.")
    assert "30 words" in tell([advice, fault])
    short = tell([advice, fault], advice=False)
    assert "no title" in short and "30 words" not in short and "1 piece of advice" in short
    assert "--advice" in tell([advice], advice=False)
    assert "30 words" in tell([advice], "github", advice=False)
    assert "advice" not in tell([fault], advice=False)


def test_advice_never_stops_a_check(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (small_site / "docs/topics/kites.md").open("a", encoding="utf-8") as page:
        page.write("\n" + "Kite " * 30 + "KQZ.\n")
    assert main(["check", str(small_site), "--advice"]) == 0
    told = capsys.readouterr().out
    assert "31 words" in told and '"KQZ"' in told and "2 pieces of advice" in told
    assert "Nothing was published" not in told
