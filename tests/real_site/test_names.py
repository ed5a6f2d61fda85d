"""No name of this partnership stands where another would have to change code, and a site begun from this one says nothing of it.

Whose site it is stands in data/, docs/, mkdocs.yml and what GitHub reads. The names are typed here beside those in the data: the short ones, the
towns and the council's address are the ones that slip into an example.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from macros.content.catalogue import Catalogue
from macros.editing.start import OWN, Names, start
from tests.whole_sites import ROOT

SHORT = ("CESCP", "CWAC", "CWCSCB", "ChECS", "SCiES", "SCEP", "i-ART", "Cheshire", "cheshireeast")
MACHINERY = (
    "macros", "overrides", "tests", "bench", "requirements", ".github/workflows", ".github/*.py", ".github/dependabot.yml", ".ci", ".devcontainer", ".vscode", "Makefile",
    "pyproject.toml", "package.json", "package-lock.json", "CONTRIBUTING.md", "THREAT-MODEL.md", "SECURITY.md", "CHANGELOG.md", "docs/contribute",
)  # fmt: skip
# Where a national number was seen, and this site's own address in an example of a command: start puts the new one there.
MAY_STAND = {"CONTRIBUTING.md": "https://www.cescp.org.uk/", "data/contacts.yml": "Cheshire East Council, child protection page"}


def names(content: Catalogue) -> re.Pattern[str]:
    """Every way in which this partnership and its places are named."""
    (whose,) = content.all("partnership")
    towns = {row.cells["town"].text for table in content.tables.values() for row in table.rows if "town" in row.cells}
    assert {"Crewe", "Macclesfield"} <= towns
    areas = {part for area in content.all("area") for part in (area.id, area.title)}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted({*SHORT, whose.id, whose.domain, *areas, *towns})))})\b", re.IGNORECASE)


def named_in(file: Path, name: str, wanted: re.Pattern[str]) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):  # a picture or font; a file that is about to be deleted
        return []
    return wanted.findall(text.replace(MAY_STAND.get(name, "\0"), ""))


def test_no_partnership_is_named_where_another_would_have_to_change_code(content: Catalogue) -> None:
    wanted = names(content)
    listed = subprocess.run(["git", "ls-files", *MACHINERY], cwd=ROOT, capture_output=True, text=True, check=False)
    files = [name for name in listed.stdout.split() if name not in OWN and not name.startswith(("tests/real_site/", "tests/second_site/"))]
    assert len(files) > 300 or listed.returncode, "without a repository there is no list of what belongs to it"
    assert {name: found for name in files if (found := named_in(ROOT / name, name, wanted))} == {}
    assert named_in(Path(__file__), "", wanted), "and a name is found where there is one"


def test_a_site_begun_from_this_one_says_nothing_of_it(content: Catalogue, tmp_path: Path) -> None:
    whose = Names("Farshire Safeguarding Children's Partnership", "Farshire", "https://www.example.org/", "https://github.com/farshire/site")
    start(ROOT, tmp_path / "site", whose, content.today)
    files = {path.relative_to(tmp_path / "site").as_posix(): path for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert len(files) > 500
    wanted = names(content)
    assert {name: found for name, path in files.items() if (found := named_in(path, name, wanted))} == {}
