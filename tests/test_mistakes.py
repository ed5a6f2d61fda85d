"""Every mistake of the corpus is told, exactly, with the way to mend it, and nothing else is told beside it.

A mutation test is among them: take any one rule away, and a mistake goes through.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from macros import __main__ as door
from macros import rules
from macros.hooks import _WordsOnly
from macros.models.words import WORDS
from macros.page_macros import PageWords
from macros.problems import errors
from macros.rules import RULES, check_all
from tests.mistakes_corpus import MISTAKES, TODAY, Case, Tried, read_corpus, try_out

CORPUS = read_corpus()
ONE_OF_EACH = list({case.family: case for case in CORPUS}.values())
Once = Callable[[Case], Tried]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Each case tried once; the catalogue it left is kept for the tests that ask again."""
    folder = tmp_path_factory.mktemp("mistakes")
    kept: dict[str, Tried] = {}

    def once(case: Case) -> Tried:
        if str(case) not in kept:
            kept[str(case)] = try_out(case, folder)
        return kept[str(case)]

    return once


@pytest.mark.parametrize("case", CORPUS, ids=str)
def test_the_check_says_exactly_this(case: Case, tried: Once) -> None:
    assert tried(case).told() == case.told


@pytest.mark.parametrize("case", CORPUS, ids=str)
def test_what_is_said_helps_somebody_who_has_never_seen_code(case: Case, tried: Once) -> None:
    outcome = tried(case)
    for problem in [*outcome.problems, *check_all(outcome.catalogue)]:
        assert problem.says.endswith((".", "?", "/", "…")) or ": " in problem.says, problem.says
        assert len(problem.fix) > 8
        for word in ("Traceback", "Error", "pydantic", "NoneType", "<class", "dict", "tuple", "invalid literal", "regex", "null value"):
            assert word not in problem.says.replace(excerpt(problem.says), "") + problem.fix, problem
        assert problem.file == Path(problem.file).as_posix() and not problem.file.startswith(("/", ".."))
        if problem.line is not None:
            assert 1 <= problem.line <= outcome.lines[problem.file], problem


def excerpt(says: str) -> str:
    """What a message quotes from the editor's own file."""
    found = re.search('["“].*["”]', says)
    return found.group() if found else ""


def test_the_corpus_is_large_and_no_case_is_without_its_answer() -> None:
    families = Counter(case.family for case in CORPUS)
    assert len(CORPUS) >= 600
    assert len(families) == len(list(MISTAKES.glob("*.yml")))
    assert families["attacks"] >= 40
    assert [str(case) for case in CORPUS if not case.told] == []
    twice = [name for name, count in Counter(map(str, CORPUS)).items() if count > 1]
    assert twice == []


def test_one_mistake_is_told_once() -> None:
    """Follow-on problems hide the one to mend: nearly every mistake gives a single problem."""
    single = [case for case in CORPUS if case.told.count("To mend:") == 1]
    assert len(single) / len(CORPUS) > 0.94


@pytest.mark.parametrize("case", ONE_OF_EACH, ids=str)
@pytest.mark.parametrize("style", ["text", "github", "json"])
def test_the_command_line_tells_it_and_ends_with_1(case: Case, style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(door, "today", lambda: TODAY)
    root = try_out(case, tmp_path).catalogue.root
    status = door.main(["check", str(root), "--format", style])
    told = capsys.readouterr()
    stops = "Advice:" not in case.told
    assert status == (1 if stops else 0)
    assert told.err == ""
    if style == "text":
        assert told.out.startswith(case.told)
        assert ("Nothing was published." in told.out) is stops
    else:
        first = case.told.split("\n", 1)[0].split(",")[0]
        assert first in told.out


def test_the_small_site_has_nothing_to_mend_and_ends_with_0(small_site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(door, "today", lambda: TODAY)
    assert door.main(["check", str(small_site)]) == 0
    assert capsys.readouterr().out.strip() == "Everything was read and checked: nothing to mend."


def test_advice_alone_never_stops_a_build(tried: Once) -> None:
    advised = [case for case in CORPUS if case.told and case.told.count("To mend:") == case.told.count("Advice:")]
    assert advised
    for case in advised:
        outcome = tried(case)
        assert errors([*outcome.problems, *check_all(outcome.catalogue)]) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__module__.rpartition(".")[2])
def test_without_any_one_rule_a_mistake_goes_through(rule: rules.Rule, tried: Once, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken_to = next(case for case in CORPUS if any(rule(tried(case).catalogue)))
    monkeypatch.setattr(rules, "RULES", tuple(other for other in RULES if other is not rule))
    assert tried(spoken_to).told() != spoken_to.told


# Attacks: refused by the check, and text all the same if they had come through ------------------------------


ATTACKS = [case for case in CORPUS if case.family == "attacks"]


class _Answers:
    """Stands where the components stand, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[object, ...], dict[str, object]]] = []

    def __getattr__(self, name: str) -> Callable[..., str]:
        def answer(*arguments: object, **named: object) -> str:
            self.asked.append((name, arguments, named))
            return ""

        return answer


@pytest.mark.parametrize("case", ATTACKS, ids=lambda case: case.mistake)
def test_an_attack_is_text_even_if_no_check_had_seen_it(case: Case) -> None:
    attack = case.steps[0]["to"]
    components = _Answers()
    engine = _WordsOnly(SimpleNamespace(words=PageWords(components)))  # type: ignore[arg-type]
    try:
        shown = engine.from_string(attack).render(config="secret", page="secret", files="secret", environment="secret", git="secret")
    except (KeyError, ValueError):  # a word that the site does not know is not answered at all
        assert not components.asked
        return
    for name, arguments, named in components.asked:
        assert name in WORDS
        assert all(isinstance(value, str) for value in (*arguments, *named.values()))
    assert components.asked or shown == attack
    assert "secret" not in shown and "49" not in shown
