"""Telling GitHub: once, again, only what may be told, and with nothing but Python itself."""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError

import pytest

from macros.editing import github as module
from macros.editing.github import GitHub, Refused, comment, propose, suggest, upkeep
from tests.github_at_hand import ROBOT, Repository, serving
from tests.whole_sites import ROOT


@pytest.fixture
def repository() -> Repository:
    """An empty repository."""
    return Repository()


@pytest.fixture
def github(repository: Repository) -> Iterator[GitHub]:
    """The program's view of it."""
    with serving(repository) as api:
        yield GitHub(api, "owner/name", "a-token")


# The comment -----------------------------------------------------------------------------------------------


def test_one_comment_written_anew_and_not_repeated(github: GitHub, repository: Repository) -> None:
    for number in range(150):  # more than a page of other people's
        repository.comments[number + 1] = {"id": number + 1, "on": 5, "body": f"Note {number}", "user": {"login": "someone"}}
    comment(github, 5, "First")
    comment(github, 5, "Second")
    comment(github, 5, "Second")
    ours = [c["body"] for c in repository.comments.values() if c["user"]["login"] == ROBOT]
    assert ours == ["<!-- what-will-change -->\nSecond"]
    assert repository.wrote == ["POST issues/5/comments", "PATCH issues/comments/151"]


def test_somebody_elses_comment_is_never_written_over(github: GitHub, repository: Repository) -> None:
    repository.comments[1] = {"id": 1, "on": 5, "body": "<!-- what-will-change -->\nmine", "user": {"login": "someone"}}
    comment(github, 5, "Ours")
    assert repository.comments[1]["body"] == "<!-- what-will-change -->\nmine"
    assert repository.comments[2]["body"].endswith("Ours")


def test_a_comment_is_cut_to_what_github_takes(github: GitHub, repository: Repository) -> None:
    comment(github, 5, "x" * 100_000)
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


def test_fixes_are_suggested_on_the_lines_that_the_change_shows(github: GitHub, repository: Repository) -> None:
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
    assert suggest(github, 5, "c" * 40, fixes) == 4
    [review] = repository.reviews
    assert (review["event"], review["commit_id"]) == ("COMMENT", "c" * 40)
    assert [(c["path"], c["line"], c["side"]) for c in review["comments"]] == [("data/tables/a.csv", line, "RIGHT") for line in (2, 3, 4, 41)]
    assert review["comments"][0]["body"].endswith("```suggestion\n2021/22,1234\n```")
    assert review["comments"][2]["body"].endswith("````suggestion\n2019/20,``` \n````")
    assert suggest(github, 5, "d" * 40, fixes) == 0, "what was suggested is suggested again"
    assert len(repository.reviews) == 1


def test_there_are_never_too_many_suggestions(github: GitHub, repository: Repository) -> None:
    lines = [f"row {number}" for number in range(100)]
    repository.files = [{"filename": "a.csv", "patch": "@@ -0,0 +1,100 @@\n" + "\n".join(f"+{line}" for line in lines)}]
    assert suggest(github, 5, "c" * 40, [fix(n + 1, line, line.upper(), "a.csv") for n, line in enumerate(lines)]) == 20


# Upkeep ----------------------------------------------------------------------------------------------------


def owners(**texts: str) -> list[dict[str, Any]]:
    return [{"owner": name.replace("_", "-"), "title": f"To look at again: {name}", "text": text} for name, text in texts.items()]


def test_one_issue_an_owner_opened_written_anew_closed_and_opened_again(github: GitHub, repository: Repository) -> None:
    upkeep(github, owners(business_team="- [ ] one", engineers=""))
    assert [(i["number"], i["state"], i["labels"]) for i in repository.issues.values()] == [(1, "open", ["upkeep"])]
    upkeep(github, owners(business_team="- [ ] two", engineers="- [ ] three"))
    assert repository.issues[1]["body"] == "<!-- upkeep: business-team -->\n- [ ] two"
    assert repository.issues[2]["body"].endswith("three")
    before = list(repository.wrote)
    upkeep(github, owners(business_team="- [ ] two", engineers="- [ ] three"))
    assert repository.wrote == before, "nothing changed, and yet something was written"
    upkeep(github, owners(business_team="", engineers="- [ ] three"))
    assert (repository.issues[1]["state"], len(repository.issues)) == ("closed", 2)
    upkeep(github, owners(business_team="- [ ] four", engineers="- [ ] three"))
    assert (repository.issues[1]["state"], len(repository.issues)) == ("open", 2)


def test_the_labels_of_the_forms_are_made_once(github: GitHub, repository: Repository) -> None:
    repository.labels = ["bug", "upkeep"]
    upkeep(github, [])
    upkeep(github, [])
    assert sorted(repository.labels) == sorted({"bug", *module._LABELS})


# Forms -----------------------------------------------------------------------------------------------------

SAID = {"path": "docs/news/2023-03-kite-day.md", "text": "---\ntitle: Kite day\n---\n", "title": "Kite day", "message": "## What this will change"}


def test_a_members_form_becomes_a_pull_request_that_is_checked(github: GitHub, repository: Repository) -> None:
    propose(github, 12, "member", SAID)
    assert base64.b64decode(repository.contents[("form-12", SAID["path"])]).decode() == SAID["text"]
    assert repository.branches["form-12"] == repository.branches["main"]
    [pull] = repository.pulls
    assert (pull["head"], pull["base"], pull["title"]) == ("form-12", "main", "Propose: Kite day") and "Closes #12" in pull["body"]
    assert repository.dispatched == [("check.yml", "form-12")]
    told = {c["on"]: c["body"] for c in repository.comments.values()}
    assert "What this will change" in told[100] and "in #100" in told[12]


def test_a_form_that_is_fixed_makes_no_second_pull_request(github: GitHub, repository: Repository) -> None:
    propose(github, 12, "member", SAID)
    propose(github, 12, "member", {**SAID, "path": "docs/news/2023-04-kite-day.md", "text": "other", "message": "Anew"})
    assert len(repository.pulls) == 1
    assert [key for key in repository.contents if key[0] == "form-12"] == [("form-12", "docs/news/2023-04-kite-day.md")]
    assert sorted(c["on"] for c in repository.comments.values()) == [12, 100]


def test_a_strangers_form_stays_an_issue(github: GitHub, repository: Repository) -> None:
    propose(github, 12, "stranger", SAID)
    assert repository.wrote == []


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
def test_a_form_writes_nowhere_else(path: str, github: GitHub, repository: Repository) -> None:
    with pytest.raises(Refused):
        propose(github, 12, "member", {**SAID, "path": path})
    assert repository.wrote == []


def test_what_is_refused_or_there_already_is_said_under_the_form(github: GitHub, repository: Repository) -> None:
    propose(github, 12, "member", {"refused": "The title needs letters."})
    assert repository.comments[1]["body"].endswith("The title needs letters.")
    repository.contents[("main", SAID["path"])] = "x"
    propose(github, 13, "member", SAID)
    assert "There is a file of this name already" in repository.comments[2]["body"]
    assert repository.pulls == []


# As a workflow runs it -------------------------------------------------------------------------------------


def packed(said: object) -> str:
    """As the workflows pack what one job tells the other."""
    return base64.b64encode(gzip.compress(json.dumps(said).encode())).decode()


def test_it_runs_with_nothing_installed(repository: Repository) -> None:
    """The job that may write installs no package: Python alone must do, without this environment's packages."""
    repository.files = [{"filename": "data/tables/a.csv", "patch": PATCH}]
    said = {"summary": "## What", "fixes": [fix(3, "2020/21, 7", "2020/21,7")]}
    with serving(repository) as api:
        environment = {
            "GITHUB_API_URL": api,
            "GITHUB_REPOSITORY": "owner/name",
            "GITHUB_TOKEN": "a-token",
            "SAID": packed(said),
            "NUMBER": "5",
            "COMMIT": "c" * 40,
            "CLOSING": "[run](x)",
        }
        program = (
            f"import sys, runpy; sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['x', 'comment']; runpy.run_module('macros.editing.github', run_name='__main__')"
        )
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", program],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert repository.comments[1]["body"] == "<!-- what-will-change -->\n## What\n[run](x)"
    assert len(repository.review_comments) == 1


def test_too_much_or_spoilt_text_is_refused() -> None:
    with pytest.raises(Refused, match="more than"):
        module.unpacked(packed("x" * 5_000_000))
    assert module.unpacked(packed({"a": "é"})) == {"a": "é"}


def test_a_call_that_github_refuses_is_not_passed_over(repository: Repository) -> None:
    with serving(repository) as api, pytest.raises(HTTPError):
        comment(GitHub(api, "owner/name", "wrong"), 5, "x")
