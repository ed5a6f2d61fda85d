"""What the real site publishes agrees with itself, wherever the same fact is published."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections import Counter
from pathlib import Path

from macros.content.catalogue import Catalogue
from macros.models import KINDS
from macros.views import tables
from tests.schema_fit import faults
from tests.whole_sites import ROOT


def text_of(cell: str) -> str:
    """What a reader reads in a cell."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())


def test_what_the_check_takes_fits_the_schemas_that_editors_use(content: Catalogue) -> None:
    assert [fault for kind in KINDS for fault in faults(ROOT, kind)] == []


def test_a_table_is_the_same_on_its_page_as_csv_and_as_json(content: Catalogue, built_real: Path) -> None:
    for name, table in content.tables.items():
        rows = tables.public_cells(table)
        page = (built_real / "performance" / name / "index.html").read_text(encoding="utf-8")
        bodies = "".join(re.findall(r"<tbody.*?</tbody>", page, re.DOTALL))
        shown = Counter(text_of(cell) for cell in re.findall(r"<t[dh][ >].*?</t[dh]>", bodies, re.DOTALL))
        for column in table.about.columns:
            wanted = Counter(" ".join(row[column.name].shown.split()) for row in rows if row[column.name].shown)
            # What groups the rows stands once above each group.
            assert (set(wanted) <= set(shown)) if column.name == table.about.group_by else not wanted - shown, (name, column.name)
        written = list(csv.reader(io.StringIO((built_real / f"data/tables/{name}.csv").read_text(encoding="utf-8"), newline="")))
        assert len(written) == len(rows) + 1, name
        values = json.loads((built_real / f"data/tables/{name}.json").read_text(encoding="utf-8"))["rows"]
        assert [[value is None for value in row.values()] for row in values] == [[cell.is_gap for cell in row.values()] for row in rows], name


def test_a_figure_is_the_same_on_its_page_and_as_json(content: Catalogue, built_real: Path) -> None:
    page = text_of((built_real / "performance/figures/index.html").read_text(encoding="utf-8"))
    published = {figure["id"]: figure for figure in json.loads((built_real / "data/records/figures.json").read_text(encoding="utf-8"))["records"]}
    assert set(published) == set(content.names("figure"))
    for figure in content.all("figure"):
        assert published[figure.id]["value"] == figure.value, figure.id
        assert figure.shown in page, figure.id


def test_every_number_to_ring_is_a_contacts_number(content: Catalogue, built_real: Path) -> None:
    """A number that is changed in the list of contacts must not live on in a page."""
    known = {contact.address for contact in content.all("contact")} | {"tel:999"}
    linked = {
        (link, path.relative_to(built_real).as_posix())
        for path in built_real.rglob("*.html")
        for link in re.findall(r'href="(tel:[^"]+)"', path.read_text("utf-8"))
    }
    assert linked and {link for link, _ in linked} - known == set(), sorted(found for found in linked if found[0] not in known)[:5]
