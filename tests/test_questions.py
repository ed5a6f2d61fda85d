"""What only the partnership can say: asked for by the check and by a release, and shown to readers as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.components import Components
from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.outputs import pdf
from macros.problems import Problem, errors
from macros.rules.unfinished import check
from macros.website import building
from tests.mistakes_corpus import TODAY
from tests.whole_sites import ROOT, copy_small_site

ASKED = "Only the partnership can say: Who is responsible for the strings?"


def take_back_an_answer(site: Path) -> None:
    """The first question of the small site waits again."""
    questions = site / "data/questions.yml"
    questions.write_text(questions.read_text().replace("  answer: The club that let go of them.\n", ""))


def asked_at(site: Path) -> tuple[Catalogue, list[Problem]]:
    catalogue, problems = load_catalogue(site, TODAY)
    assert problems == []
    return catalogue, list(check(catalogue))


def test_an_unanswered_question_is_advice_with_its_place_and_whom_to_ask(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked_at(small_site)[1] == []
    take_back_an_answer(small_site)
    _, [problem] = asked_at(small_site)
    assert (problem.file, problem.line, problem.field, problem.severity) == ("data/questions.yml", 2, "answer", "warning")
    assert (problem.says, problem.fix) == (ASKED, "Ask the safeguarding partners, and add a line with `answer:`.")
    assert errors([problem]) == []
    assert main(["check", "--advice", str(small_site)]) == 0
    assert ASKED in capsys.readouterr().out


def test_a_page_shows_the_answer_or_that_there_is_none_yet(small_site: Path) -> None:
    take_back_an_answer(small_site)
    pieces = Components(asked_at(small_site)[0])
    assert pieces.answer("kite-controller").striptags() == "To be confirmed by the partnership."
    assert str(pieces.answer("kite-licence")).strip() == "The strings are &lt;free&gt; for all."
    told = re.findall(r'<h3>(.*?)</h3>|<li id="question-(.*?)">', str(pieces.questions()))
    assert [heading or name for heading, name in told] == [
        "Waiting for an answer: safeguarding partners", "kite-controller", "Answered: business team", "kite-licence",
    ]  # fmt: skip


def test_a_question_that_is_not_there_is_told(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = small_site / "docs/topics/kites.md"
    page.write_text(page.read_text() + '\nAsk {{ answer("kite-controler") }}\n')
    assert main(["check", str(small_site)]) == 1
    assert 'There is no question called "kite-controler". Did you mean "kite-controller"?' in capsys.readouterr().out


@pytest.mark.parametrize("waits", [True, False])
def test_a_release_names_what_is_open_and_is_published(
    waits: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = copy_small_site(tmp_path)
    if waits:
        take_back_an_answer(site)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(pdf, "what_is_missing", lambda: "No PDFs in this test.")
    monkeypatch.delenv("CI", raising=False)
    assert building.build(site, with_pdfs=True) == 0
    said = capsys.readouterr().out
    assert (f"- {ASKED}\n" in said) is waits
    assert ("To be confirmed by the partnership" in said) is waits
    page = (site / "site/every-word/index.html").read_text()
    assert ("To be confirmed by the partnership" in page) is waits


def test_an_ordinary_build_only_counts_the_advice(small_site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    take_back_an_answer(small_site)
    monkeypatch.setattr(building, "_generate", lambda root, catalogue, folder, with_pdfs: folder.mkdir())
    assert building.build(small_site) == 0
    said = capsys.readouterr().out
    assert "1 piece of advice" in said and ASKED not in said
