"""What others need to take this software up: what it is, where it may run, who is named in it, and what programs are told first."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime

import yaml

from macros.content.reading import load_catalogue
from macros.outputs import Site, for_language_models
from macros.settings import read_settings
from macros.views.records import urgent_contacts
from tests.mistakes_corpus import TODAY
from tests.outputs_at_hand import small
from tests.whole_sites import ROOT


def test_what_it_is_agrees_with_the_settings() -> None:
    about, settings = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8")), read_settings(ROOT)
    assert (about["url"], about["landingURL"]) == (settings.repo_url, settings.site_url)
    assert settings.site_name in about["name"]
    needed = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal", "maintenance", "localisation"}
    assert needed <= set(about)
    assert 150 <= len(about["description"]["en"]["longDescription"]) <= 10_000
    assert len(about["description"]["en"]["shortDescription"]) <= 150


def test_where_it_may_run_is_pinned() -> None:
    image = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))["image"]
    assert re.fullmatch(r"python:3\.\d+-\w+@sha256:[0-9a-f]{64}", image)


def test_the_list_of_changes_is_dated_newest_first() -> None:
    found = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    days = [datetime.strptime(heading, "%d %B %Y").replace(tzinfo=UTC).date() for heading in found]
    assert days == sorted(set(days), reverse=True) != []
    assert days[0] <= datetime.now(UTC).date()


def test_no_partnership_is_named_where_another_would_have_to_change_code() -> None:
    """Whose site it is stands in data/, docs/, mkdocs.yml and what GitHub reads; the real site's own tests may name it."""
    catalogue, _ = load_catalogue(ROOT, TODAY)
    (whose,) = catalogue.all("partnership")
    names = [whose.id, whose.domain, *(part for area in catalogue.all("area") for part in (area.id, area.title))]
    listed = subprocess.run(
        ["git", "ls-files", "macros", "overrides", "tests", ".github/workflows", ".github/*.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    files = [name for name in listed.stdout.split() if not name.startswith(("tests/real_site/", "tests/second_site/")) and name != "tests/test_second_site.py"]
    assert len(files) > 300 or listed.returncode, "without a repository there is no list of what belongs to it"
    found = {}
    for name in files:
        try:
            text = (ROOT / name).read_text(encoding="utf-8").casefold()
        except (UnicodeDecodeError, FileNotFoundError):  # a picture or font; a file that is about to be deleted
            continue
        if told := [word for word in names if re.search(rf"\b{re.escape(word.casefold())}\b", text)]:
            found[name] = told
    assert found == {}


def test_a_program_that_answers_people_is_told_the_urgent_numbers_first() -> None:
    (text,) = for_language_models(small(), Site("https://www.example.org/", "Exampleshire")).values()
    lines = text.decode().splitlines()
    assert len(lines) <= 10
    assert lines[0] == "# Exampleshire"
    assert lines[1].endswith(urgent_contacts(small())[0].value)
    assert any(line.endswith("https://www.example.org/worried-about-a-child/") for line in lines)
