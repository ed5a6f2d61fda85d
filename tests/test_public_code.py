"""What others need to take this software up: what it is, where it may run, who is named in it, and what programs are told first."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import yaml

from macros.outputs import Site, for_language_models
from macros.settings import read_settings
from macros.views.records import urgent_contacts
from tests.outputs_at_hand import small
from tests.whole_sites import ROOT


def test_what_it_is_agrees_with_the_settings() -> None:
    about, settings = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8")), read_settings(ROOT)
    assert (about["url"], about["landingURL"]) == (settings.repository, settings.address)
    assert settings.name in about["name"]
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


def test_no_template_or_rule_types_a_colour_that_a_setting_or_a_property_at_the_top_of_a_stylesheet_names() -> None:
    overrides = ROOT / "overrides"
    typed = {path.name: re.findall(r"""[:"' ](#[0-9a-f]{6})\b""", path.read_text(encoding="utf-8"), re.IGNORECASE) for path in overrides.rglob("*.html")}
    assert len(typed) > 40 and {name: found for name, found in typed.items() if found} == {}
    styles = {path.name: path.read_text(encoding="utf-8") for path in overrides.rglob("*.css")}
    own = {colour for text in styles.values() for colour in re.findall(r"--deep: (#[0-9a-f]{6})", text)}
    assert own and {name for name, text in styles.items() for colour in own if text.count(colour) > len(re.findall(rf"--[\w-]+: {colour}", text))} == set()


def test_a_program_that_answers_people_is_told_the_urgent_numbers_first() -> None:
    (text,) = for_language_models(small(), Site("https://www.example.org/", "Exampleshire")).values()
    lines = text.decode().splitlines()
    assert len(lines) <= 10
    assert lines[0] == "# Exampleshire"
    assert lines[1].endswith(urgent_contacts(small())[0].value)
    assert any(line.endswith("https://www.example.org/worried-about-a-child/") for line in lines)
