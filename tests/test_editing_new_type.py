"""The promise of CONTRIBUTING.md: a new content type is one model file, its line in two lists, one template and one record."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.whole_sites import ROOT

MODEL = '''"""A consultation: what people were asked, and what came of it."""

from __future__ import annotations

from pydantic import Field

from macros.models.base import PartialDate, SourcedRecord, Text, ThemeId
from macros.models.reasons import Stated


class Consultation(SourcedRecord):
    """Something that children or the public were asked about."""

    title: Text = Field(description="What people were asked.")
    summary: Text = Field(description="What came of it, in one or two sentences.")
    held: PartialDate = Field(description="When people were asked, as far as published.")
    answers: Stated[Text] = Field(description="How many answered.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")

'''
IMPORT = "from macros.models.consultation import Consultation\n"
LINE = """    ContentType(
        "consultation", "Consultations", Consultation, "data/consultations.yml", filters=("theme",), newest_first="held", address="/learning/#consultation-{id}"
    ),
"""
TEMPLATE = '<p class="card-facts">Answers: {{ item.record.answers }}.</p>\n'
RECORD = """- id: kites-or-puddles
  title: Kites or puddles?
  summary: Most wanted both.
  held: 2022-07
  answers: 1,240 children
  themes: [kites]
  source: yearbook-2023
  place: Page 9
"""


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command of the copy, by the copy's own code."""
    environment = {**os.environ, "PYTHONPATH": str(root), "SOURCE_DATE_EPOCH": "1795132800", "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run([sys.executable, "-m", "macros", *command], cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_a_content_type_that_does_not_exist_yet(tmp_path: Path) -> None:
    for part in ("macros", "overrides", "tests/small_site"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    site = tmp_path / "tests/small_site"
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    # One model file, its line in two lists, one template, one record.
    (tmp_path / "macros/models/consultation.py").write_text(MODEL)
    models = tmp_path / "macros/models/__init__.py"
    table = "from macros.models.table"
    models.write_text(models.read_text().replace(table, IMPORT + table).replace('    ContentType("audit"', LINE + '    ContentType("audit"'))
    published = tmp_path / "macros/models/open_data.py"
    published.write_text(published.read_text().replace('"audit",', '"audit", "consultation",'))
    (tmp_path / "overrides/components/facts-consultation.html").write_text(TEMPLATE)
    (site / "data/consultations.yml").write_text(RECORD)
    changed = {path for path in tmp_path.rglob("*") if path.is_file() and "__pycache__" not in path.parts and path.read_bytes() != before.get(path)}
    assert len(changed) == 5
    assert models.read_text().count(IMPORT) == models.read_text().count(LINE) == 1
    assert models.read_text().replace(IMPORT, "").replace(LINE, "") == before[models].decode()

    # A page shows it, as a word that is there already lists it.
    learning = site / "docs/learning/index.md"
    learning.write_text(learning.read_text() + '\n## What people were asked\n\n{{ listing("consultations", theme="kites") }}\n')
    told = run(tmp_path, "check", str(site))
    assert told.returncode == 0, told.stdout + told.stderr
    built = run(tmp_path, "build", str(site))
    assert built.returncode == 0, built.stdout + built.stderr
    page = (site / "site/learning/index.html").read_text()
    card = re.search(r'<li class="card" id="consultation-kites-or-puddles">(.*?)</li>', page, re.DOTALL)
    assert card, "the record is not on the page"
    for words in ("Kites or puddles?", "July 2022", "Most wanted both.", "Answers: 1,240 children."):
        assert words in card.group(1)

    # The check, the template, the schema, the way in and the guide know it too.
    (site / "data/consultations.yml").write_text(RECORD.replace("held: 2022-07", "held: last summer").replace("kites]", "kytes]"))
    told = run(tmp_path, "check", str(site))
    assert '"last summer" must be a date as far as it was published' in told.stdout
    (site / "data/consultations.yml").write_text(RECORD)
    assert run(tmp_path, "schemas", str(site)).returncode == 0
    assert "How many answered" in (site / "data/templates/consultation.yml").read_text()
    assert '"answers"' in (site / "data/schemas/consultation.json").read_text()
    assert "## Consultations" in (site / "docs/contribute/settings.md").read_text()
    assert "data/consultations.yml" in (site / ".vscode/settings.json").read_text()
    assert "new/main/data/consultations?filename=name-of-the-consultation.yml" in (site / "site/every-word/index.html").read_text()
    assert run(tmp_path, "new", "consultation", "Which string?", str(site)).returncode == 0
    assert "- id: which-string" in (site / "data/consultations.yml").read_text()
