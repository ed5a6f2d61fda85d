"""A second board's site, begun by ``start`` and filled by data alone: the neighbour's, from the tables that this site already has of its report of 2017-18.

Owns: what is put where. No line of code, template or style is changed: if a step here cannot be done in mkdocs.yml, docs/ or data/, the site is not
ready for another partnership. The facts keep their one home, this site's own data/tables/cwac-*.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import yaml

from macros.editing.start import Names, start

HERE = Path(__file__).parent
NAMES = Names(
    "Cheshire West and Chester Local Safeguarding Children Board", "Cheshire West and Chester", "https://board.example.org/", "https://github.com/board/website"
)
SOURCE = "neighbour-annual-report-2017-18"
# Which tables each page shows, by their names without "cwac-".
PAGES = {
    "arrangements/funding.md": ["income", "spending", "business-unit"],
    "arrangements/groups.md": ["groups"],
    "arrangements/partners.md": ["partner-organisations", "board-attendance"],
    "arrangements/timeline.md": ["timeline"],
    "inspection/index.md": ["inspection-findings"],
    "learning/audits.md": ["audits", "audit-recommendations"],
    "performance/index.md": ["population", "children-by-age", "contact-sources", "contact-reasons", "custody-overnight"],
    "priorities/index.md": ["priorities", "focus-2018-19"],
    "topics/index.md": ["marac", "missing", "sexual-exploitation", "private-fostering"],
    "training/index.md": ["training-courses", "bespoke-training", "training-pool"],
}


def second_site(root: Path, folder: Path, today: date) -> Path:
    """Begins the site in ``folder`` from the project at ``root`` and fills it."""
    start(root, folder, NAMES, today)
    for described in sorted((root / "data/tables").glob("cwac-*.yml")):
        name = described.stem.removeprefix("cwac-")
        about = yaml.safe_load(described.read_text(encoding="utf-8"))
        kept = {setting: value for setting, value in about.items() if setting not in ("area", "themes")}  # its own area; it has no topics yet
        text = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)
        (folder / f"data/tables/{name}.yml").write_text(text, encoding="utf-8")
        shutil.copy(described.with_suffix(".csv"), folder / f"data/tables/{name}.csv")
    _add_the_source(root, folder)
    for path, tables in PAGES.items():
        page = folder / "docs" / path
        text = re.sub(r"^sources: .*\n(?:- .*\n)*", f"sources: [{SOURCE}]\n", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        page.write_text(text + "\n## In figures\n\n" + "\n\n".join(f'{{{{ table("{name}") }}}}' for name in tables) + "\n", encoding="utf-8")
    _give_it_its_face(folder)
    return folder


def _add_the_source(root: Path, folder: Path) -> None:
    entries = re.split(r"(?m)^(?=- id: )", (root / "data/sources.yml").read_text(encoding="utf-8"))
    with (folder / "data/sources.yml").open("a", encoding="utf-8") as sources:
        sources.writelines(entry for entry in entries if entry.startswith(f"- id: {SOURCE}\n"))


def _give_it_its_face(folder: Path) -> None:
    """Its own colours and mark, by settings of Material."""
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("  font: false\n", "  font: false\n  palette:\n    primary: deep purple\n    accent: indigo\n  logo: mark.svg\n"), encoding="utf-8"
    )
    shutil.copy(HERE / "mark.svg", folder / "overrides/mark.svg")
