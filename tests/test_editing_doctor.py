"""What a copy of the project says that it lacks: each thing alone, all at once, and nothing where all is well."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from macros import __main__ as door
from macros.editing import doctor, generated_files
from tests.mistakes_corpus import TODAY
from tests.whole_sites import ROOT, copy_small_site

Edit = Callable[[Path], object]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small site with everything in place, on a computer that can make PDFs."""
    monkeypatch.setattr(doctor, "what_is_missing", lambda: "")
    found = copy_small_site(tmp_path)
    settings = found / "mkdocs.yml"
    settings.write_text(settings.read_text() + "repo_url: https://www.example.org/kite-people/website\n")
    generated_files.write(found, TODAY)
    shutil.rmtree(found / "docs/contribute")  # it speaks of the real site's data
    monkeypatch.setattr(doctor, "stale", lambda root, day: [path for path in generated_files.stale(root, day) if "contribute" not in path])
    (found / ".github/CODEOWNERS").write_text("* @kite-people/engineers\n")
    subprocess.run(["git", "init", "--quiet", str(found)], check=True)
    subprocess.run(["git", "-C", str(found), "remote", "add", "origin", "git@www.example.org:kite-people/website.git"], check=True)
    return found


def rewrite(file: str, old: str, new: str) -> Edit:
    """An edit of one file."""

    def edit(site: Path) -> None:
        text = (site / file).read_text()
        assert old in text
        (site / file).write_text(text.replace(old, new))

    return edit


WRONG: dict[str, tuple[Edit, str]] = {
    "a form": (rewrite(".github/ISSUE_TEMPLATE/news.yml", "News", "Newts"), ".github/ISSUE_TEMPLATE/news.yml is out of step: run `make schemas`."),
    "content": (rewrite("docs/index.md", "title:", "titel:"), ": run `make check`."),
    "owners": (rewrite(".github/CODEOWNERS", "kite-people", "others"), ".github/CODEOWNERS names teams of others"),
    "where it came from": (rewrite(".git/config", "kite-people/website.git", "kite-people/another"), "repo_url in mkdocs.yml is not where this copy came from"),
    "the address": (rewrite("mkdocs.yml", "site_url: https:", "site_url: http:"), "site_url in mkdocs.yml is not the address of the site"),
}


def test_where_all_is_well_only_the_first_day_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(ROOT / "CONTRIBUTING.md", site)
    assert door.main(["doctor", str(site)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("As far as this copy can tell, all is well.\n\n## The first day on GitHub\n")
    steps = [line.partition(".")[0] for line in said.split("\n") if line[:1].isdigit()]
    assert steps == [str(number) for number in range(1, len(steps) + 1)] and len(steps) > 5, "the list is in order"
    assert "## Updates" not in said


@pytest.mark.parametrize("what", WRONG)
def test_each_thing_that_is_wrong_is_said(what: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit, says = WRONG[what]
    edit(site)
    assert door.main(["doctor", str(site)]) == 1
    assert says in capsys.readouterr().out


def test_everything_wrong_is_said_at_once(site: Path) -> None:
    for edit, _ in WRONG.values():
        edit(site)
    said = doctor.examine(site)
    assert all(any(says in line for line in said) for _, says in WRONG.values()), said


def test_a_copy_without_git_or_these_files_is_told_of_what_it_has(site: Path) -> None:
    shutil.rmtree(site / ".git")
    (site / ".github/CODEOWNERS").unlink()
    assert doctor.examine(site) == [] and doctor.first_day(site) == ""
