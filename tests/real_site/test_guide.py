"""What the editors' guide shows is what happens: its first edit, and the commands that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros import __main__ as door
from macros.content.reading import load_catalogue
from macros.editing.changes import compare
from macros.editing.changes.lines import tell
from macros.editing.forms import FORMS, HELP
from macros.settings import read_settings
from tests.mistakes_corpus import TODAY
from tests.whole_sites import ROOT

GUIDE = ROOT / "docs/contribute"


def test_the_first_edit_says_what_the_comparison_really_says(small_site: Path) -> None:
    """The guide's own example, on a table made of it: what editors of the real table have changed since does not matter."""
    text = (GUIDE / "first-edit.md").read_text()
    example = re.search(r"\n    ([a-z_,]+)\n    (.+)\n", text)
    shown = re.search(r"    Table changed: (.*)\n    - (.*), (.*): (\S+) becomes (\S+)\n    - (.*), \3 \(worked out\): (\S+) becomes (\S+)\n", text)
    assert example and shown
    heading, row = example.groups()
    title, name, column, before, after, total, sum_before, sum_after = shown.groups()
    plain = {number: number.replace(",", "") for number in (before, after, sum_before, sum_after)}
    assert row.split(",")[:2] == [name, plain[before]] and f"Write digits only: {plain[after]}, not {after}" in text
    rest = int(plain[sum_before]) - int(plain[before])
    names = heading.split(",")
    table = small_site / "data/tables/example"
    table.with_suffix(".csv").write_text(f"{','.join(names[:2])}\n{name},{plain[before]}\nAll the others,{rest}\n")
    table.with_suffix(".yml").write_text(
        f"title: {title}\nsummary: Made of the guide's example.\nsubject: website\nperiod: 2022/23\nsource: yearbook-2023\nplace: The guide\ncolumns:\n"
        f"  - name: {names[0]}\n    title: Page\n    type: text\n  - name: {names[1]}\n    title: {column}\n    type: whole number\n"
        f"key: {names[0]}\ntotal:\n  label: {total}\n  columns: [{names[1]}]\n"
    )
    old, problems = load_catalogue(small_site, TODAY)
    assert problems == []
    table.with_suffix(".csv").write_text(table.with_suffix(".csv").read_text().replace(plain[before], plain[after]))
    new, problems = load_catalogue(small_site, TODAY)
    said = re.sub("[“”]", "", tell(compare(old, new, problems)))
    for line in shown.group().strip().split("\n"):
        assert line.strip() in said, line


def test_the_commands_that_the_guide_names_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    guide = "".join(page.read_text(encoding="utf-8") for page in GUIDE.glob("*.md"))
    targets, commands = (set(re.findall(rf"`{begins} ([a-z][a-z-]*)", guide)) for begins in ("make", "python -m macros"))
    assert targets and commands
    assert targets <= set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for command in sorted(commands):
        with pytest.raises(SystemExit) as ended:
            door.main([command, "--help"])
        assert ended.value.code == 0, command
        assert "usage: python -m macros" in capsys.readouterr().out, command


def test_what_the_forms_link_to_is_there() -> None:
    """Where to turn about a child above all: a page of that address, or an old address that leads on."""
    catalogue, _ = load_catalogue(ROOT, TODAY)
    known = {page.address for page in catalogue.pages.values()} | {redirect.from_ for redirect in catalogue.all("redirect")}
    site = read_settings(ROOT).address.rstrip("/")
    named = "".join(form.read_text(encoding="utf-8") for form in (ROOT / FORMS).glob("*.yml"))
    linked = {address.removeprefix(site) for address in re.findall(r"https://[^\s)'\"]+", named)}
    assert f"/{HELP}/" in linked and linked <= known
