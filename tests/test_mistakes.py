"""Every mistake of the corpus is told, exactly, with the way to fix it, and nothing else is told beside it."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from jinja2 import Environment, TemplateSyntaxError
from mkdocs.config import load_config

from macros import __main__ as door
from macros.content.reading import load_catalogue
from macros.problems import errors
from macros.rules import RULES
from macros.sources import pages
from macros.sources.kept import Kept
from macros.website import building
from macros.website.house import House
from macros.website.plugin import WebsitePlugin
from macros.website.words import answer, in_plain_words, put_in
from tests.mistakes_corpus import MISTAKES, SMALL_SITE, TODAY, Case, Tried, fresh_site, made, read_corpus, try_out

CORPUS = read_corpus()
FAMILIES = sorted({case.family for case in CORPUS})
ONE_OF_EACH = list({case.family: case for case in CORPUS}.values())
Once = Callable[[Case], Tried]
EACH_FAMILY = pytest.mark.parametrize("family", FAMILIES)


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Each case tried once; what was told is kept for the tests that ask again."""
    site, files = fresh_site(tmp_path_factory.mktemp("mistakes")), Kept()
    kept: dict[str, Tried] = {}

    def once(case: Case) -> Tried:
        if str(case) not in kept:
            kept[str(case)] = try_out(case, site, files)
        return kept[str(case)]

    return once


def cases(family: str) -> Iterator[Case]:
    return (case for case in CORPUS if case.family == family)


@EACH_FAMILY
def test_the_check_says_exactly_this(family: str, tried: Once) -> None:
    other = {}
    for case in cases(family):
        if (told := tried(case).told) != case.told:
            other[case.mistake] = "\n".join(difflib.unified_diff(case.told.split("\n"), told.split("\n"), "in the corpus", "told", lineterm=""))
    assert not other, "\n\n".join(f"{mistake}\n{difference}" for mistake, difference in other.items())


PROGRAMMERS_WORDS = ("Traceback", "Error", "pydantic", "NoneType", "<class", "dict", "tuple", "invalid literal", "regex", "null value")


@EACH_FAMILY
def test_what_is_said_helps_somebody_who_has_never_seen_code(family: str, tried: Once) -> None:
    for case in cases(family):
        outcome = tried(case)
        for problem in outcome.problems:
            where = f"{case}: {problem}"
            assert problem.says.endswith((".", "?", "/", "…")) or ": " in problem.says, where
            assert len(problem.fix) > 8, where
            assert not [word for word in PROGRAMMERS_WORDS if word in problem.says.replace(excerpt(problem.says), "") + problem.fix], where
            assert problem.file == Path(problem.file).as_posix() and not problem.file.startswith(("/", "..")), where
            assert problem.line is None or 1 <= problem.line <= outcome.lines[problem.file], where


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


def test_a_mistake_is_undone_to_the_last_byte(small_site: Path) -> None:
    """Otherwise one case would speak in the next."""

    def everything(root: Path) -> dict[str, bytes]:
        return {path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b"a folder" for path in root.rglob("*")}

    before = everything(SMALL_SITE)
    for case in CORPUS:
        if not {"repeat", "holds"} & set(case.steps[0]) or case.family == "files-and-names":
            with made(case, small_site):
                pass
    assert everything(small_site) == before


def test_one_mistake_is_told_once() -> None:
    """Follow-on problems hide the one to fix: nearly every mistake gives a single problem, but where several are made at once."""
    alone = [case for case in CORPUS if "told at once" not in case.mistake]
    single = [case for case in alone if case.told.count("To fix:") == 1]
    assert len(single) / len(alone) > 0.94


@pytest.mark.parametrize("style", ["text", "github", "json"])
def test_the_command_line_tells_it_and_ends_with_1(style: str, small_site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(door, "today", lambda: TODAY)
    for case in ONE_OF_EACH:
        with made(case, small_site):
            status = door.main(["check", str(small_site), "--advice", "--format", style])
        told = capsys.readouterr()
        stops = case.told.count("To fix:") > case.told.count("Advice:")
        assert status == (1 if stops else 0), case
        assert told.err == "", case
        if style == "text":
            assert told.out.startswith(case.told), case
            assert ("Nothing was published." in told.out) is stops, case
        else:
            assert case.told.split("\n", 1)[0].split(",")[0] in told.out, case


def test_the_small_site_has_nothing_to_fix_and_ends_with_0(small_site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(door, "today", lambda: TODAY)
    assert door.main(["check", str(small_site)]) == 0
    assert capsys.readouterr().out.strip() == "Everything was read and checked: nothing to fix."


def test_advice_alone_never_stops_a_build(tried: Once) -> None:
    advised = [case for case in CORPUS if case.told and case.told.count("To fix:") == case.told.count("Advice:")]
    assert advised
    for case in advised:
        assert errors(tried(case).problems) == []


def test_without_any_one_rule_a_mistake_would_be_published(tried: Once) -> None:
    """For each rule there is a mistake that nothing but this rule tells."""
    alone = {next(rule for rule in RULES if outcome.by_rule[rule]) for outcome in map(tried, CORPUS) if told_by_one_rule(outcome)}
    assert [rule.__module__ for rule in RULES if rule not in alone] == []


def told_by_one_rule(outcome: Tried) -> bool:
    return not outcome.read and sum(bool(found) for found in outcome.by_rule.values()) == 1


# Attacks: refused by the check, and text all the same if they had come through ------------------------------


ATTACKS = [case for case in CORPUS if case.family == "attacks"]


@pytest.fixture(scope="module")
def engine() -> Any:
    """The template engine of mkdocs-macros as the site's settings make it, and the site's words."""
    config = load_config(str(SMALL_SITE / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    website: Any = config.plugins["website"]
    website.words.start("attack")
    macros: Any = config.plugins["macros"]
    return macros.env


@pytest.mark.parametrize("case", ATTACKS, ids=lambda case: case.mistake)
def test_an_attack_does_not_run_even_if_no_check_had_seen_it(case: Case, engine: Any) -> None:
    """The second wall alone: what it lets through are the site's words with names in their brackets, and text."""
    attack = case.steps[0]["to"]
    try:
        shown = engine.from_string(attack).render(config="secret", page="secret", files="secret", environment="secret", git="secret")
    except TemplateSyntaxError:
        return
    assert not re.search(r"\{\{|\{%|\{#", shown)
    assert re.sub(r"\ue000\d+\ue001", "", shown) == re.sub(r"\{\{[^{}]*\}\}", "", attack)
    assert "secret" not in shown and "49" not in shown


def test_without_both_walls_attacks_would_run() -> None:
    ran = 0
    for case in ATTACKS:
        if "range(" in case.steps[0]["to"]:  # it would run, for half a minute
            continue
        try:
            ran += Environment().from_string(case.steps[0]["to"]).render(config="secret", page="secret") != case.steps[0]["to"]
        except Exception:  # an attack that is written for another engine
            continue
    assert ran > 20


def test_with_the_first_wall_down_the_build_stops_at_the_second(small_site: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    (small_site / "docs/topics/kites.md").write_text(
        (small_site / "docs/topics/kites.md").read_text("utf-8") + "\n{{ cycler.__init__.__globals__.os.popen('touch broken-in').read() }}\n", encoding="utf-8"
    )
    monkeypatch.setattr("macros.content.reading.words_of", lambda *_: [])
    monkeypatch.setattr(pages, "_OPENS", re.compile("(?!)"))
    settings = (small_site / "mkdocs.yml").read_text("utf-8").replace("../../overrides", str(Path(__file__).parents[1] / "overrides"))
    (small_site / "mkdocs.yml").write_text(settings.replace("../../macros", str(Path(__file__).parents[1] / "macros")), encoding="utf-8")
    monkeypatch.chdir(small_site)
    assert building.build(small_site) == 1
    assert "The build stopped" in capfd.readouterr().err
    assert not (small_site / "broken-in").exists() and not (small_site / "site").exists()


# Attacks in data: shown as the letters they are -------------------------------------------------------------

ALIVE = re.compile(r"<img src=x|<script>alert\(2|<svg/onload")
POISON = '<img src=x onerror=alert(1)> "quoted" <script>alert(2)</script> &amp; <svg/onload=alert(3)>'


def poisoned(root: Path) -> None:
    """Every title, summary, meaning and text cell of the small site made an attack."""
    for path in [*root.glob("data/*.yml"), *root.glob("data/tables/*.yml")]:
        text = path.read_text()
        path.write_text(
            re.sub(
                r"(?m)^(\s*(?:- )?(?:title|summary|meaning|says|role|purpose|holds|note|place|outcome|unit|because): ).*$",
                lambda m: f"{m.group(1)}'{POISON}'",
                text,
            )
        )
    for path in root.glob("data/tables/*.csv"):
        path.write_text(re.sub(r"Low Flyers|Let go before you fly away|Apple Row", lambda _: '"' + POISON.replace('"', '""') + '"', path.read_text()))


def test_an_attack_in_data_is_shown_as_text(small_site: Path) -> None:
    poisoned(small_site)
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert errors(problems) == []
    house = House(catalogue)
    shown = [page.html for page in house.generated.values()]
    for page in catalogue.pages.values():
        house.components.start_page()
        answers = [answer(house.components, call) for call in page.calls]
        marked = "".join(f"\ue000{number}\ue001" for number in range(len(answers)))
        shown += [
            put_in(marked, answers),
            in_plain_words(marked, answers),
            str(house.components.page_header(page)),
            str(house.components.page_footer(page)),
            str(house.components.furniture(page)),
        ]
    assert sum("&lt;img src=x onerror=alert(1)&gt;" in piece for piece in shown) > 20
    alive = [match.group() for piece in shown for match in ALIVE.finditer(piece)]
    assert alive == []


@pytest.mark.parametrize("ending", ["---", "---\n", "---\n\nText\n", "---   \nText"])
def test_what_was_checked_is_what_is_built(ending: str, small_site: Path) -> None:
    """MkDocs has an idea of its own of where front matter ends: at three dots, and not at the end of a file."""
    path = small_site / "docs" / "search" / "index.md"
    settings = path.read_text().split("---\n")[1]
    path.write_text(f"---\n{settings}{ending}")
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert errors(problems) == []
    page: Any = SimpleNamespace(file=SimpleNamespace(src_uri="search/index.md"))
    website, nothing = WebsitePlugin(), cast(Any, None)
    website.house = House(catalogue)
    given = website.on_page_markdown("title: read by somebody else", page=page, config=nothing, files=nothing)
    assert given.strip() == ("Text" if "Text" in ending else "")
