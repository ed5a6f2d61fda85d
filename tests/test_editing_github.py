"""Telling GitHub: once, again, only what may be told, and with nothing but Python and gh."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tell import LABELS, TEAM, Refused, agreement, answer, comment, propose, suggest, update, upkeep

from macros.editing.forms import TEAM as TEAM_OF_FORMS
from tests.github_at_hand import ROBOT, Repository, gh_at_hand
from tests.whole_sites import ROOT


@pytest.fixture
def repository() -> Repository:
    """An empty repository."""
    return Repository()


@pytest.fixture(autouse=True)
def gh(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The command ``gh`` that answers for it."""
    with gh_at_hand(repository, tmp_path / "bin") as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield


# The comment -----------------------------------------------------------------------------------------------


def test_one_comment_written_again_and_not_repeated(repository: Repository) -> None:
    for number in range(150):  # more than a page of other people's
        repository.comments[number + 1] = {"id": number + 1, "on": 5, "body": f"Note {number}", "user": {"login": "someone"}}
    comment("pr", 5, "First")
    comment("pr", 5, "Second")
    comment("pr", 5, "Second")
    ours = [c["body"] for c in repository.comments.values() if c["user"]["login"] == ROBOT]
    assert ours == ["Second"]


def test_somebody_elses_comment_is_never_written_over(repository: Repository) -> None:
    repository.comments[1] = {"id": 1, "on": 5, "body": "mine", "user": {"login": "someone"}}
    comment("pr", 5, "Ours")
    assert repository.comments[1]["body"] == "mine"
    assert repository.comments[2]["body"].endswith("Ours")


def test_a_comment_is_cut_to_what_github_takes(repository: Repository) -> None:
    comment("pr", 5, "x" * 100_000)
    assert len(repository.comments[1]["body"]) == 64_000


# Suggestions -----------------------------------------------------------------------------------------------

PATCH = """@@ -1,3 +1,4 @@
 year,number
+2021/22,"1,234"
-2020/21,7
+2020/21, 7
 2019/20,```
@@ -40 +41,2 @@ something
+last,“one”
\\ No newline at end of file"""


def fix(line: int, before: str, after: str, file: str = "data/tables/a.csv") -> dict[str, Any]:
    return {"file": file, "line": line, "before": before, "after": after}


def test_fixes_are_suggested_on_the_lines_that_the_change_shows(repository: Repository) -> None:
    repository.files = [{"filename": "data/tables/a.csv", "patch": PATCH}, {"filename": "docs/big.png"}]
    fixes = [
        fix(2, '2021/22,"1,234"', "2021/22,1234"),
        fix(3, "2020/21, 7", "2020/21,7"),
        fix(4, "2019/20,```", "2019/20,``` "),
        fix(41, "last,“one”", "last,one"),
        fix(2, "another text", "x"),  # the file has moved on
        fix(30, "not shown", "x"),
        fix(2, '2021/22,"1,234"', "a\nb"),
        fix(1, "x", "y", file="data/tables/other.csv"),
    ]
    assert suggest(5, "c" * 40, fixes) == 4
    [review] = repository.reviews
    assert (review["event"], review["commit_id"]) == ("COMMENT", "c" * 40)
    assert [(c["path"], c["line"], c["side"]) for c in review["comments"]] == [("data/tables/a.csv", line, "RIGHT") for line in (2, 3, 4, 41)]
    assert review["comments"][0]["body"].endswith("```suggestion\n2021/22,1234\n```")
    assert review["comments"][2]["body"].endswith("````suggestion\n2019/20,``` \n````")
    assert suggest(5, "d" * 40, fixes) == 0, "what was suggested is suggested again"
    assert len(repository.reviews) == 1


def test_there_are_never_too_many_suggestions(repository: Repository) -> None:
    lines = [f"row {number}" for number in range(100)]
    repository.files = [{"filename": "a.csv", "patch": "@@ -0,0 +1,100 @@\n" + "\n".join(f"+{line}" for line in lines)}]
    assert suggest(5, "c" * 40, [fix(n + 1, line, line.upper(), "a.csv") for n, line in enumerate(lines)]) == 20


# Upkeep ----------------------------------------------------------------------------------------------------


def owners(**texts: str) -> list[dict[str, Any]]:
    return [{"owner": name.replace("_", "-"), "title": f"To look at again: {name}", "text": text} for name, text in texts.items()]


def test_one_issue_an_owner_opened_written_again_closed_and_opened_again(repository: Repository) -> None:
    upkeep(owners(business_team="- [ ] one", engineers=""))
    assert [(i["number"], i["state"], i["labels"]) for i in repository.issues.values()] == [(1, "open", ["upkeep"])]
    upkeep(owners(business_team="- [ ] two", engineers="- [ ] three"))
    assert repository.issues[1]["body"] == "<!-- upkeep: business-team -->\n- [ ] two"
    assert repository.issues[2]["body"].endswith("three")
    before = list(repository.wrote)
    upkeep(owners(business_team="- [ ] two", engineers="- [ ] three"))
    assert repository.wrote == before, "nothing changed, and yet something was written"
    upkeep(owners(business_team="", engineers="- [ ] three"))
    assert (repository.issues[1]["state"], len(repository.issues)) == ("closed", 2)
    upkeep(owners(business_team="- [ ] four", engineers="- [ ] three"))
    assert (repository.issues[1]["state"], len(repository.issues)) == ("open", 2)


def test_the_labels_of_the_forms_are_made_once(repository: Repository) -> None:
    repository.labels = [*(f"other {number}" for number in range(40)), "bug", "upkeep"]  # more than a page of them
    upkeep([])
    upkeep([])
    assert sorted(label for label in repository.labels if not label.startswith("other")) == sorted({"bug", *LABELS})


# Forms -----------------------------------------------------------------------------------------------------

PAGE, TEXT = "docs/news/2023-03-kite-day.md", "---\ntitle: Kite day\n---\n"
SAID: dict[str, Any] = {"files": {PAGE: TEXT}, "title": "Kite day"}


def test_a_members_form_becomes_a_pull_request_that_is_checked(repository: Repository) -> None:
    propose(12, "member", SAID)
    assert repository.contents == {("form-12", PAGE): TEXT}
    [pull] = repository.pulls
    assert (pull["head"], pull["base"], pull["title"]) == ("form-12", "main", "Propose: Kite day") and "Closes #12" in pull["body"]
    assert repository.dispatched == [("check.yml", "form-12")]
    [told] = repository.comments.values()
    assert told["on"] == 12 and "in #100" in told["body"]


def test_a_form_that_is_fixed_makes_no_second_pull_request(repository: Repository) -> None:
    propose(12, "member", SAID)
    propose(12, "member", {"files": {"docs/news/2023-04-kite-day.md": "other"}, "title": "Another"})
    assert [pull["title"] for pull in repository.pulls] == ["Propose: Another"]
    assert repository.contents == {("form-12", "docs/news/2023-04-kite-day.md"): "other"}
    assert [c["on"] for c in repository.comments.values()] == [12]


@pytest.mark.parametrize("state", ["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"])
def test_a_change_that_somebody_has_read_is_never_made_again(state: str, repository: Repository) -> None:
    propose(12, "member", SAID)
    repository.reviews.append({"on": 100, "state": state, "user": {"login": "second"}, "author_association": "MEMBER"})
    before, branches = dict(repository.contents), dict(repository.branches)
    propose(12, "member", {**SAID, "files": {PAGE: "something quite different"}})
    assert (repository.contents, repository.branches, len(repository.pulls)) == (before, branches, 1)
    assert repository.dispatched == [("check.yml", "form-12")]
    told = {c["on"]: c["body"] for c in repository.comments.values()}
    assert "already read the change in #100" in told[12] and "new form" in told[12]


def test_a_strangers_form_stays_an_issue(repository: Repository) -> None:
    propose(12, "stranger", SAID)
    assert repository.wrote == ["add comment 12"] and "The team reads this" in repository.comments[1]["body"]


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/publish.yml",
        "docs/news/../../mkdocs.yml",
        "docs/news/x.md\n",
        "docs/news/a/b.md",
        "data/tables/x.yml",
        "data/sessions/other.yml",
        "/etc/passwd",
        "docs/index.md",
        "macros/x.py",
        "docs/news/É.md",
    ],
)
def test_a_form_writes_nowhere_else(path: str, repository: Repository) -> None:
    with pytest.raises(Refused):
        propose(12, "member", {**SAID, "files": {PAGE: TEXT, path: TEXT}})
    assert repository.wrote == []


MOVED = {"docs/training/weeks.md": TEXT, "docs/index.md": "Home", "data/redirects.yml": "- id: x\n", "docs/training/week.md": None}


def test_a_form_that_moves_a_page_changes_what_leads_to_it_and_takes_one_file_away(repository: Repository) -> None:
    propose(12, "member", {"files": MOVED, "title": "move it"})
    assert repository.contents == {("form-12", path): text for path, text in MOVED.items()}
    for wrong in (
        {"docs/training/other.md": None},
        {"docs/../mkdocs.yml": TEXT},
        {".github/workflows/check.yml": TEXT},
        {"data/redirects.yml": "x" * 1_000_001},
    ):
        with pytest.raises(Refused):
            propose(13, "member", {"files": {**MOVED, **wrong}, "title": "move it"})
    with pytest.raises(Refused):
        propose(13, "member", {"files": {"docs/index.md": "Home", "data/redirects.yml": None}, "title": "move it"})
    assert len(repository.pulls) == 1


def test_what_is_there_already_is_said_under_the_form(repository: Repository) -> None:
    repository.contents[("main", PAGE)] = "x"
    propose(13, "member", SAID)
    assert "There is a file of this name already" in repository.comments[1]["body"]
    assert repository.pulls == []


# Answers ---------------------------------------------------------------------------------------------------


def test_private_text_is_taken_out_of_sight_and_nobody_can_add_to_it(repository: Repository) -> None:
    repository.issues[12] = {"number": 12, "state": "open", "title": "SECRET", "body": "SECRET", "labels": ["proposal: news"], "user": {"login": "stranger"}}
    answer(12, {"kind": "private", "answer": "Please begin again."})
    assert repository.comments[1]["body"] == "Please begin again." and repository.locked == [12]
    assert "SECRET" not in json.dumps(repository.issues) and repository.issues[12]["state"] == "open", "closed, it would be deleted by nobody"
    assert repository.wrote.index("PATCH issues/12") == 0, "first it goes out of sight"


@pytest.mark.parametrize("kind", ["stranger", "refused"])
def test_another_answer_leaves_the_issue_as_it_is(kind: str, repository: Repository) -> None:
    repository.issues[12] = {"number": 12, "title": "A link", "body": "is old", "user": {"login": "stranger"}}
    answer(12, {"kind": kind, "answer": "Thank you."})
    answer(12, {"kind": kind, "answer": "Thank you."})
    assert (repository.issues[12]["body"], repository.locked) == ("is old", [])
    assert [c["body"] for c in repository.comments.values()] == ["Thank you."]


# Agreement -------------------------------------------------------------------------------------------------


def reviewed(repository: Repository, *reviews: tuple[str, str], branch: str = "form-12", editors: tuple[str, ...] = (), writer: str = "member") -> None:
    """A pull request 100 of the robot from the form in 12, and its reviews in order."""
    repository.issues[12] = {"number": 12, "user": {"login": writer}}
    repository.editors[12] = list(editors)
    repository.pulls.append({"number": 100, "head": branch, "user": {"login": ROBOT}})
    for login, state in reviews:
        association = "NONE" if login == "stranger" else "MEMBER"
        repository.reviews.append({"on": 100, "state": state, "user": {"login": login}, "author_association": association})


AGREED: dict[str, tuple[tuple[tuple[str, str], ...], tuple[str, ...]]] = {
    "somebody else": ((("second", "APPROVED"),), ()),
    "after a change was asked for": ((("second", "CHANGES_REQUESTED"), ("second", "APPROVED")), ()),
    "with a remark afterwards": ((("second", "APPROVED"), ("second", "COMMENTED")), ()),
    "the writer only remarked": ((("member", "COMMENTED"), ("second", "APPROVED")), ()),
    "the writer's approval was dismissed": ((("member", "APPROVED"), ("member", "DISMISSED"), ("second", "APPROVED")), ()),
    "another edited it": ((("second", "APPROVED"),), ("third", ROBOT, "")),
}
ONE_PERSON: dict[str, tuple[tuple[tuple[str, str], ...], tuple[str, ...]]] = {
    "nobody": ((), ()),
    "the writer": ((("member", "APPROVED"),), ()),
    "the writer beside another": ((("second", "APPROVED"), ("member", "APPROVED")), ()),
    "the writer after being asked to change": ((("member", "CHANGES_REQUESTED"), ("member", "APPROVED")), ()),
    "who edited the form later": ((("second", "APPROVED"),), ("second",)),
    "who edited it among others": ((("second", "APPROVED"), ("third", "APPROVED")), ("fourth", "third")),
    "a stranger": ((("stranger", "APPROVED"),), ()),
    "an approval that was dismissed": ((("second", "APPROVED"), ("second", "DISMISSED")), ()),
    "only a remark": ((("second", "COMMENTED"),), ()),
    "too many edits to know": ((("second", "APPROVED"),), tuple(["member"] * 101)),
}


@pytest.mark.parametrize("case", AGREED)
def test_a_change_from_a_form_that_somebody_else_agreed_to_may_be_merged(case: str, repository: Repository) -> None:
    reviews, editors = AGREED[case]
    reviewed(repository, *reviews, editors=editors)
    agreement(100)


@pytest.mark.parametrize("case", ONE_PERSON)
def test_nobody_publishes_alone_through_a_form(case: str, repository: Repository) -> None:
    reviews, editors = ONE_PERSON[case]
    reviewed(repository, *reviews, editors=editors)
    with pytest.raises(Refused):
        agreement(100)


def test_a_form_that_is_gone_says_nothing_of_who_wrote_it(repository: Repository) -> None:
    reviewed(repository, ("second", "APPROVED"))
    del repository.issues[12]
    with pytest.raises(Refused, match="Could not resolve"):
        agreement(100)


@pytest.mark.parametrize("branch", ["change", "form-", "form-x", "upkeep", "a/form-12"])
def test_of_other_changes_github_itself_knows_the_writer(branch: str, repository: Repository) -> None:
    reviewed(repository, ("member", "APPROVED"), branch=branch)
    agreement(100)


def test_both_sides_know_the_team_by_the_same_names() -> None:
    assert TEAM == TEAM_OF_FORMS


# What Upkeep makes -----------------------------------------------------------------------------------------

LOCKED = "kites==1.2.3 ; python_version < '3.12' \\\n    --hash=sha256:" + "a" * 64 + " \\\n    --hash=sha256:" + "b" * 64 + "\n"
MADE = {
    "files": {"requirements/build.txt": LOCKED, ".github/ISSUE_TEMPLATE/news.yml": "name: News\n", "data/published_addresses.txt": "# All.\n/kites/\n"},
    "message": "- kites 1.2.2 becomes 1.2.3",
}


def test_newer_packages_are_one_change_that_says_what_moved(repository: Repository) -> None:
    update(MADE)
    assert repository.contents.keys() == {("upkeep", path) for path in MADE["files"]}
    update({"files": {"requirements/build.txt": LOCKED}, "message": "- kites 1.2.2 becomes 1.2.3"})
    [pull] = repository.pulls
    assert (pull["head"], pull["base"]) == ("upkeep", "main") and "- kites 1.2.2 becomes 1.2.3" in pull["body"]
    assert repository.contents == {("upkeep", "requirements/build.txt"): LOCKED}
    assert repository.dispatched == [("check.yml", "upkeep")] * 2
    repository.reviews.append({"on": 100, "state": "COMMENTED", "user": {"login": "second"}})
    update(MADE)
    assert len(repository.contents) == 1, "what somebody reads does not change under their eyes"


def test_where_nothing_moved_nothing_is_proposed(repository: Repository) -> None:
    update({"files": {}, "message": ""})
    assert repository.wrote == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("requirements/build.txt", f"--extra-index-url https://packages.example.org/\n{LOCKED}"),
        ("requirements/build.txt", LOCKED.replace("==1.2.3", " @ https://packages.example.org/kites.whl")),
        ("requirements/build.txt", "kites==1.2.3\n"),
        ("requirements/build.txt", f"{LOCKED}-e .\n"),
        ("requirements/build.txt", ""),
        ("requirements/../macros/x.txt", LOCKED),
        ("requirements/build.txt\n", LOCKED),
        ("pyproject.toml", LOCKED),
        ("data/published_addresses.txt", "/kites/\n{{ x }}\n"),
        ("data/published_addresses.yml", "/kites/\n"),
        (".github/workflows/publish.yml", "name: x\n"),
        (".github/ISSUE_TEMPLATE/../workflows/x.yml", "name: x\n"),
    ],
)
def test_upkeep_writes_packages_and_forms_alone(path: str, text: str, repository: Repository) -> None:
    with pytest.raises(Refused, match="may not write"):
        update({**MADE, "files": {path: text}})
    assert repository.wrote == []


# As a workflow runs it -------------------------------------------------------------------------------------


def run(said: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The program as a job runs it, which installs no package: with Python alone, without this environment's packages."""
    environment = {**os.environ, "NUMBER": "5", "COMMIT": "c" * 40, "RUN": "x", **variables}
    return subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / ".github/tell.py"), "comment"], input=said, env=environment, capture_output=True, text=True, check=False
    )


def test_it_runs_with_nothing_installed(repository: Repository) -> None:
    repository.files = [{"filename": "data/tables/a.csv", "patch": PATCH}]
    done = run(json.dumps({"summary": "## What é", "fixes": [fix(3, "2020/21, 7", "2020/21,7")]}))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert repository.comments[1]["body"] == "## What é\n[The check](x). There is no site to look at: something is to be fixed first."
    assert len(repository.review_comments) == 1


def test_what_is_cut_off_is_refused_in_a_sentence(repository: Repository) -> None:
    done = run(json.dumps({"summary": "x" * 100, "fixes": []})[:50])
    assert done.returncode == 1 and done.stderr.startswith("What there is to say is not whole") and "Traceback" not in done.stderr
    assert repository.wrote == []


def test_a_call_that_github_refuses_is_not_passed_over(repository: Repository) -> None:
    done = run(json.dumps({"summary": "x", "fixes": []}), GH_TOKEN="wrong")
    assert done.returncode == 1 and "GitHub was not told" in done.stderr and "HTTP 401" in done.stderr and "Traceback" not in done.stderr
    assert repository.wrote == []


def test_what_others_write_never_stands_in_a_command(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[str] = []
    plain = repository.command
    monkeypatch.setattr(repository, "command", lambda arguments, said: (commands.extend(arguments), plain(arguments, said))[1])
    repository.files = [{"filename": "a.csv", "patch": "@@ -0,0 +1 @@\n+SPOKEN"}]
    comment("pr", 5, "SPOKEN")
    suggest(5, "c" * 40, [fix(1, "SPOKEN", "SPOKEN ", "a.csv")])
    upkeep([{"owner": "SPOKEN", "title": "SPOKEN", "text": "SPOKEN"}])
    propose(12, "member", {**SAID, "title": "SPOKEN", "text": "SPOKEN"})
    answer(12, {"kind": "refused", "answer": "SPOKEN"})
    assert len(repository.wrote) > 6 and not [argument for argument in commands if "spoken" in argument.casefold()]
