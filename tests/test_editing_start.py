"""The site of another partnership, begun from this one."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from macros.content.reading import load_catalogue
from macros.editing.start import SKELETON, CannotStart, Names, start
from macros.problems import errors
from macros.rules import check_all
from tests.whole_sites import ROOT, build_environment

NAMES = Names("Farshire Safeguarding Children's Partnership", "Farshire", "https://www.example.org/", "https://github.com/farshire/site")
TODAY = date(2026, 11, 20)
FRONT_DOOR = """- id: front-door
  title: Farshire Front Door
  kind: phone
  value: 01632 960001
  says: Ring if you are worried about a child.
  urgent: yes
  order: 20
  last_seen: date not given
  seen_at: Made up for a test
  owner: business-team
  review_by: 2027-05-20
"""
LISTS = ("audits", "events", "groups", "partners", "publications", "roles", "sessions", "timeline", "training_series")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start") / "site"
    start(ROOT, folder, NAMES, TODAY)
    return folder


def test_nothing_in_it_is_wrong_and_every_page_is_asked_for(started: Path) -> None:
    catalogue, problems = load_catalogue(started, TODAY)
    told = [*problems, *check_all(catalogue)]
    assert [problem.where for problem in errors(told)] == []
    asked = {question.id for question in catalogue.all("question")}
    assert len(asked) > 25
    assert len([problem for problem in told if problem.field == "answer"]) == len(asked)
    shown = {call.arguments[0] for page in catalogue.pages.values() for call in page.calls if call.name == "answer"}
    assert asked - {"licence-of-words", "licence-of-code"} <= shown, "each question stands on the page that waits for it; these two among all of them"


def test_where_the_machinery_beside_the_code_had_a_name_it_has_the_new_one(started: Path) -> None:
    for file, holds in (
        ("README.md", NAMES.partnership),
        ("publiccode.yml", NAMES.address),
        ("mkdocs.yml", NAMES.repository),
        (".github/CODEOWNERS", "@farshire/"),
    ):
        assert holds in (started / file).read_text(encoding="utf-8"), file
    for page in started.glob("*.md"):
        links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))
        assert [link for link in links if not (started / link).exists()] == [], page.name


def test_a_duty_comes_along_as_nobody_has_met_it_and_a_law_as_nobody_has_read_it(started: Path) -> None:
    ours, theirs = (load_catalogue(root, TODAY)[0] for root in (ROOT, started))
    duties = theirs.all("publication-duty")
    assert [(duty.id, duty.duty) for duty in duties] == [(duty.id, duty.duty) for duty in ours.all("publication-duty")] != []
    assert {(duty.status, str(duty.last_done), duty.note, duty.source) for duty in duties} == {
        ("unverified", "not stated in the source", None, "statutory-guidance")
    }
    kept = yaml.safe_load((SKELETON / "general.yml").read_text(encoding="utf-8"))
    for kind, names in kept.items():
        assert {record.id for record in theirs.all(kind)} >= set(names), f"{kind}: one of skeleton/general.yml is gone"
    asked = [question.why for question in theirs.all("question") if re.search(r"\b(?:Act|Regulations|Article|section)\b", question.why)]
    assert len(asked) > 8 and all("Unverified: somebody responsible must read" in why for why in asked)


def fill_in(site: Path) -> None:
    """Puts the small site's records into a site's empty lists, whose pages have to show them: what leads to one that is not shown stops the build."""
    for name in LISTS:
        written = (ROOT / f"tests/small_site/data/{name}.yml").read_text(encoding="utf-8")
        (site / f"data/{name}.yml").write_text(re.sub(r"(?m)^  (?:themes|page): .*\n", "", written), encoding="utf-8")
    (document,) = re.findall(r"(?m)^- id: yearbook-2023\n(?:  .*\n)+", (ROOT / "tests/small_site/data/sources.yml").read_text(encoding="utf-8"))
    with (site / "data/sources.yml").open("a", encoding="utf-8") as sources:
        sources.write(document)


def test_its_own_code_builds_it_with_its_own_name_and_number_and_from_its_own_history(started: Path) -> None:
    with (started / "data/contacts.yml").open("a", encoding="utf-8") as contacts:
        contacts.write(FRONT_DOOR)
    fill_in(started)
    for command in (["init", "--quiet"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "Begin"]):
        subprocess.run(["git", *command], cwd=started, check=True)
    done = subprocess.run(
        [sys.executable, "-m", "macros", "build"], cwd=started, env=build_environment({"PYTHONPATH": str(started)}), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    home = (started / "site/index.html").read_text(encoding="utf-8")
    assert "<title>Farshire Safeguarding" in home
    calls = home.partition('class="calls"')[2].partition("</section>")[0]
    assert re.findall(r'href="tel:(\d+)"', calls) == ["999", "01632960001", "08088005000", "08001111"]
    assert "To be confirmed by the partnership." in (started / "site/arrangements/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("folder", "names", "says"),
    [
        (ROOT / "another", NAMES, "lies within this project"),
        (ROOT.parent, NAMES, "is there already"),
        (Path("/nowhere/site"), Names("A", "!", NAMES.address, NAMES.repository), "a name with letters"),
        (Path("/nowhere/site"), Names("A", "A", "www.example.org", NAMES.repository), "begins with https://"),
    ],
)
def test_what_cannot_be_begun_is_refused_before_anything_is_written(folder: Path, names: Names, says: str) -> None:
    with pytest.raises(CannotStart, match=says):
        start(ROOT, folder, names, TODAY)
    assert not (ROOT / "another").exists()
