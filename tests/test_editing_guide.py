"""The guide: what it shows is what happens; what is made for it is complete; the site to look at opens from a folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from macros import __main__ as door
from macros.editing import generated_files
from macros.editing.guide import rule_in_words
from macros.editing.kinds import settings_of
from macros.editing.open_from_folder import with_file_links
from macros.models import KINDS
from macros.models.words import WORDS
from macros.rules import RULES
from tests.mistakes_corpus import TODAY
from tests.test_house import FLOOR_OF, FLOORS
from tests.whole_sites import ROOT, copy_small_site


def test_every_setting_word_and_rule_is_in_the_guide(tmp_path: Path) -> None:
    made = generated_files.generated_files(copy_small_site(tmp_path), TODAY)
    settings, messages = made[generated_files.SETTINGS], made[generated_files.MESSAGES]
    for kind in KINDS:
        section = settings.partition(f"## {kind.title}\n")[2].partition("\n## ")[0]
        assert section
        for setting in settings_of(kind):
            assert f"- `{setting.name}`: " in section, f"{kind.name}: {setting.name}"
    for word in WORDS.values():
        assert word.example in settings
    for rule in RULES:
        title, says = rule_in_words(rule)
        assert f"### {title}\n" in messages and len(title) > 5 and len(says) > 30, rule.__module__


def test_the_files_that_contributing_names_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    named = set(re.findall(r"`([\w./-]+/[\w./-]+\.(?:py|md|html))`", text)) - {"macros/models/consultation.py", "overrides/components/facts-consultation.html"}
    assert len(named) > 8
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_contributing_describes_the_rooms_in_their_order() -> None:
    rows = re.findall(r"^\| (\d) \| (`.+?`) \|", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    described = [(int(floor) - 1, room) for floor, rooms in rows for room in re.findall(r"`(\w+)(?:\.py|/)`", rooms)]
    assert {room: floor for floor, room in described} == FLOOR_OF
    assert [floor for floor, _ in described] == sorted(floor for floor, _ in described) and len(described) == sum(map(len, FLOORS))


def test_the_container_runs_commands_that_are_there() -> None:
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text())
    targets = set(re.findall(r"^([\w./-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for command in (container["onCreateCommand"], container["postAttachCommand"]):
        assert command.removeprefix("make ") in targets
    assert "/" not in container["image"], "an official image, named without a host"
    served = door.main.__code__.co_filename
    assert f"127.0.0.1:{container['forwardPorts'][0]}" in Path(served).read_text()


def test_owners_are_named_for_content_and_machinery() -> None:
    lines = [line.split() for line in (ROOT / ".github/CODEOWNERS").read_text().splitlines() if line and not line.startswith("#")]
    owners = {place: who for place, *who in lines}
    assert lines[0][0] == "*", "the last line that fits counts, so the rule for everything comes first"
    assert owners["/docs/"] == owners["/data/"] != owners["*"] == owners["/data/schemas/"]
    for place in owners:
        assert "*" in place or (ROOT / place.strip("/")).exists(), place
    pictures = {path.suffix for path in (ROOT / "docs").rglob("*") if path.is_file() and path.suffix != ".md"}
    guarded = ["/mkdocs.yml", "/data/privacy_allowed.yml", "/data/link_exceptions.yml", *(f"/docs/**/*{suffix}" for suffix in pictures)]
    assert {place: owners.get(place) for place in guarded} == dict.fromkeys(guarded, owners["*"])


# The site to look at ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ('href="b/"', 'href="b/index.html"'),
        ('href="b/#part"', 'href="b/index.html#part"'),
        ('href="."', 'href="index.html"'),
        ('href="./?q=1"', 'href="./?q=1"'),
        ('href=".."', 'href="../index.html"'),
        ('action="b/"', 'action="b/index.html"'),
        ('href="c.csv"', 'href="c.csv"'),
        ('href="gone/"', 'href="gone/"'),
        ('href="#part"', 'href="#part"'),
        ('href="https://www.example.org/b/"', 'href="https://www.example.org/b/"'),
        ('href="tel:999"', 'href="tel:999"'),
        ('href="//www.example.org/"', 'href="//www.example.org/"'),
        ('data-href="b/"', 'data-href="b/"'),
    ],
)
def test_links_name_the_file_they_lead_to(link: str, leads_to: str, tmp_path: Path) -> None:
    for folder in ("a/b", "a"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "index.html").write_text("")
    (tmp_path / "index.html").write_text("")
    if link == 'href="./?q=1"':
        leads_to = 'href="index.html?q=1"'
    assert with_file_links(f"<a {link}>x</a>", tmp_path / "a/index.html") == f"<a {leads_to}>x</a>"
