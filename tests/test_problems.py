"""Problems are told in three ways, and no content can make the telling do something else."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from macros.problems import Problem, errors, in_order, nearest, nearest_path, new_since, tell

WRONG = Problem("data/kites.csv", 3, '"many" is not a number.', "Write digits only.", field="kites")
ADVICE = Problem("docs/index.md", None, "The page is long.", "Shorten it.", severity="warning")


def test_a_terminal_shows_place_fault_and_fix() -> None:
    assert tell([WRONG]) == (
        'data/kites.csv, line 3, kites\n  "many" is not a number.\n  To fix: Write digits only.\n\n1 problem in 1 file. Nothing was published.'
    )


def test_advice_is_marked_and_counted_apart() -> None:
    told = tell([ADVICE, WRONG])
    assert "docs/index.md\n  Advice: The page is long.\n  To fix: Shorten it." in told
    assert told.endswith("1 problem in 1 file. Nothing was published. 1 piece of advice, which stops nothing.")
    assert tell([ADVICE]).endswith("\n\n1 piece of advice, which stops nothing.")
    assert tell([ADVICE, Problem("docs/b.md", 1, "So is this.", "Shorten it.", severity="warning")]).endswith("2 pieces of advice, which stop nothing.")


def test_advice_can_be_counted_alone() -> None:
    assert tell([ADVICE], advice=False) == "Everything was read and checked: nothing to fix.\n1 piece of advice: python -m macros check --advice"
    assert tell([WRONG, ADVICE], advice=False).startswith(tell([WRONG]))
    assert tell([WRONG], advice=False) == tell([WRONG])
    assert "::warning" in tell([ADVICE], "github", advice=False)


def test_many_problems_are_counted_with_their_files() -> None:
    problems = [Problem(f"data/{n}.csv", 1, "Wrong.", "Fix it.") for n in range(1200)]
    assert tell(problems).endswith("1,200 problems in 1,200 files. Nothing was published.")


def test_nothing_to_fix_is_said_in_words() -> None:
    assert tell([]) == "Everything was read and checked: nothing to fix."
    assert tell([], "github") == ""
    assert json.loads(tell([], "json")) == []


def test_the_place_in_words() -> None:
    assert WRONG.where == "data/kites.csv, line 3, kites"
    assert ADVICE.where == "docs/index.md"
    assert Problem("a", 2, "", "", column=7).where == "a, line 2, character 7"
    assert Problem("a", 2, "", "", column=7, field="b").where == "a, line 2, b"


def test_each_problem_is_told_once_from_the_top_of_each_file() -> None:
    late, early = Problem("b", 9, "x", "y"), Problem("b", 2, "x", "y")
    whole = Problem("b", None, "x", "y")
    assert in_order([late, early, whole, late]) == [whole, early, late]


def test_only_errors_stop_a_build() -> None:
    assert errors([WRONG, ADVICE]) == [WRONG]


def test_github_shows_it_beside_the_line() -> None:
    assert tell([WRONG], "github") == (
        '::error file=data/kites.csv,line=3,title=data/kites.csv%2C line 3%2C kites::"many" is not a number. To fix: Write digits only.'
    )
    assert tell([ADVICE], "github").startswith("::warning file=docs/index.md,title=")
    assert ",col=7," in tell([Problem("a", 2, "x", "y", column=7)], "github")


def test_json_holds_every_field() -> None:
    assert json.loads(tell([WRONG], "json")) == [asdict(WRONG)]


@pytest.mark.parametrize(
    "payload",
    ["x\n::set-output name=a::b", "x\r::stop-commands::y", "x\r\n::add-mask::z", "::error::x", "%0A::error::x", "a,line=1::b", "a:b,c%", "\n\n::warning::"],
)
def test_content_cannot_start_a_workflow_command(payload: str) -> None:
    told = tell([Problem(f"docs/{payload}.md", 1, payload, payload, field=payload)], "github")
    assert "\n" not in told and "\r" not in told
    assert told.count("::error file=") == 1
    head = told.removeprefix("::error ").split("::")[0]
    assert {part.split("=")[0] for part in head.split(",")} == {"file", "line", "title"}


@given(st.lists(st.text(), min_size=4, max_size=4))
def test_whatever_the_text_one_problem_is_one_command(texts: list[str]) -> None:
    file, says, fix, field = texts
    told = tell([Problem(f"docs/{file}", 1, says, fix, field=field)], "github")
    assert told.startswith("::error file=docs/")
    assert "\n" not in told and "\r" not in told


@given(st.text(), st.text())
@example("x\n::error::y", "z\r\n  ::add-mask::z")
@example("x\n##[error]y", "\n\t::stop-commands::z")
def test_in_a_terminal_no_line_of_content_begins_a_command(says: str, fix: str) -> None:
    """A runner reads commands from the log of any step, whatever the form."""
    for line in tell([Problem("docs/a.md", 1, f"It says {says}", f"Write {fix}")]).splitlines():
        assert not line.lstrip().startswith(("::", "##["))


def test_a_name_that_is_close_is_suggested() -> None:
    assert nearest("kits", ["Kites", "puddles"]) == ' Did you mean "Kites"?'
    assert nearest("xyz", ["Kites", "puddles"]) == ""
    assert nearest("kits", []) == ""
    assert nearest("kits", ["kites"], say="{}") == '"kites"'


PAGES = ["index.md", "topics/index.md", "topics/neglect-of-children.md", "topics/exploitation.md", "learning/briefings/online-harm.md", "news/index.md"]


@pytest.mark.parametrize(
    ("path", "likely"),
    [
        ("topics/neglect.md", "topics/neglect-of-children.md"),  # renamed, and not the folder's own page
        ("topics/online-harm.md", "learning/briefings/online-harm.md"),  # moved
        ("topics/explotation.md", "topics/exploitation.md"),  # mistyped
        ("topic", "topics/index.md"),
        ("topics/weather.md", None),  # nothing like it, although it stands in the same folder
    ],
)
def test_the_nearest_path_goes_by_the_name_and_not_by_the_folder(path: str, likely: str | None) -> None:
    assert nearest_path(path, PAGES) == likely
    assert nearest_path(path, []) is None


def test_advice_that_was_given_before_is_not_new() -> None:
    old = Problem("docs/a.md", 3, "This sentence has 30 words.", "Split it.", severity="warning")
    moved = Problem("docs/a.md", 9, "This sentence has 30 words.", "Split it.", severity="warning")
    elsewhere = Problem("docs/b.md", 3, "This sentence has 30 words.", "Split it.", severity="warning")
    stops = Problem("docs/a.md", 1, "The link leads nowhere.", "Name a page.")
    assert new_since([old, stops], [moved, elsewhere, stops]) == [elsewhere, stops]
