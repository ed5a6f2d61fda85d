"""What is unknown is empty with its reason, on pages and in files; and the finished site claims no more than its documents show."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from macros.models import CONTENT_TYPES
from macros.models.base import PartialDate, Text
from macros.models.cells import TYPES, read_cell
from macros.models.reasons import REASONS, Missing, Stated, StatedDate
from macros.rules.silence import check_finished, claims_in
from tests.outputs_at_hand import small, with_record
from tests.whole_sites import ROOT, copy_small_site

# The small site has each reason in a list or a page, and each in a table.
RECORDS = (
    ("actions", "count-tails", "owner", "not asked", "every-word", 'class="gap">not asked</dd>'),
    ("actions", "count-tails", "due", "date not given", "every-word", 'class="gap">date not given</dd>'),
    ("training-series", "windy-lunches", "for_whom", "not stated in the source", "training/lunchtime-series", "For whom: not stated in the source."),
    ("reviews", "child-q", "age_band", "withheld", "learning/reviews/child-q", "<dd>Withheld</dd>"),
)
CELLS = (
    ("kite-clubs", 3, "founded", "date not given"),
    ("puddles-by-year", 4, "deep", "not stated in the source"),
    ("puddle-register", 39, "depth", "withheld"),
    ("puddle-register", 40, "depth", "not asked"),
)


@pytest.mark.parametrize(("plural", "name", "field", "reason", "page", "shown"), RECORDS)
def test_an_unknown_field_shows_its_reason_on_the_page_and_is_null_in_json(
    built_small: Path, plural: str, name: str, field: str, reason: str, page: str, shown: str
) -> None:
    assert shown in (built_small / page / "index.html").read_text(encoding="utf-8")
    (record,) = (r for r in json.loads((built_small / f"data/records/{plural}.json").read_text(encoding="utf-8"))["records"] if r["id"] == name)
    assert record[field] is None
    assert record["gaps"][field] == reason


@pytest.mark.parametrize(("table", "row", "column", "reason"), CELLS)
def test_an_unknown_cell_shows_its_reason_on_the_page_in_csv_and_in_json(built_small: Path, table: str, row: int, column: str, reason: str) -> None:
    assert re.search(f'<td class="gap[^>]*>{reason}</td>', (built_small / f"performance/{table}/index.html").read_text(encoding="utf-8"))
    with (built_small / f"data/tables/{table}.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file))[row - 1][column] == reason
    found = json.loads((built_small / f"data/tables/{table}.json").read_text(encoding="utf-8"))
    assert found["rows"][row - 1][column] is None
    assert {"row": row, "column": column, "reason": REASONS[reason]} in found["gaps"]


def test_every_reason_is_tried_in_a_record_and_in_a_table() -> None:
    assert {reason for *_, reason, _, _ in RECORDS} == {reason for *_, reason in CELLS} == set(REASONS)


def test_only_what_is_unknown_is_among_the_gaps_of_a_record(built_small: Path) -> None:
    (known, unknown) = json.loads((built_small / "data/records/actions.json").read_text(encoding="utf-8"))["records"]
    assert known["gaps"] == {}
    assert unknown["gaps"] == {"owner": "not asked", "due": "date not given"}


# What a field takes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Text, Literal["planned", "done"], PartialDate])
def test_a_field_takes_its_reasons_and_no_others(kind: Any) -> None:
    for reason in REASONS:
        dated = TypeAdapter(StatedDate[kind]).validate_python(reason)
        assert isinstance(dated, Missing) and not dated and str(dated) == reason
    plain = TypeAdapter(Stated[kind])
    assert {reason for reason in REASONS if _takes(plain, reason)} == set(REASONS) - {"date not given"}
    assert not any(_takes(TypeAdapter(kind), reason) for reason in REASONS), "where a value is needed, no reason stands in its place"


def _takes(adapter: TypeAdapter[Any], value: object) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("kind", [Text, Literal["planned", "done"], PartialDate])
def test_editors_may_write_a_reason_and_programs_are_given_none(kind: Any) -> None:
    written, given_out = (TypeAdapter(StatedDate[kind]).json_schema(mode=mode) for mode in ("validation", "serialization"))
    assert [choice for choice in given_out["anyOf"] if choice == {"type": "null"}] == [{"type": "null"}]
    assert not any(reason in json.dumps(given_out) for reason in REASONS)
    for reason in REASONS:
        jsonschema.validate(reason, written)


@pytest.mark.parametrize("kind", TYPES)
def test_a_cell_of_any_type_takes_every_reason(kind: Any) -> None:
    assert all((cell := read_cell(reason, kind)).is_gap and cell.shown == reason for reason in REASONS)


def test_every_field_that_may_be_unknown_says_so_to_editors() -> None:
    found = {}
    for kind in CONTENT_TYPES:
        schema = kind.model.model_json_schema()
        for name, field in (pair for block in (schema, *schema.get("$defs", {}).values()) for pair in block.get("properties", {}).items()):
            if any("withheld" in choice.get("enum", ()) for choice in field.get("anyOf", ())):
                found[kind.name, name] = "If it is unknown, write why: " in field["description"]
    assert {("action", "due"), ("action", "status"), ("contact", "last_seen"), ("measure", "target")} <= found.keys()
    assert [where for where, said in found.items() if not said] == []


# What a few documents cannot show ----------------------------------------------------------------------------

CLAIMS = (
    "not published", "never published", "not yet published", "never been published", "nothing has so far been published", "unpublished",
    "no figures have been published", "no dates of coming sessions are published", "none were ever published", "no document gives",
    "no document behind this website lists", "no document says", "never happened", "never took place",
)  # fmt: skip
HONEST = (
    "it could not be published in 2020/21", "the annual report 2022/23 does not say", "what came of it is not on this website yet", "published in 2023",
    "date not given", "a report that is published, not sold", "no report was late. It was published", "the document says", "casino document says",
    "what was not said was published later", "not HTML\n\nPublished totals",
)  # fmt: skip


@pytest.mark.parametrize("claim", CLAIMS)
@given(gaps=st.lists(st.sampled_from([" ", "\n", "  ", " **", "* ", " _"]), min_size=8, max_size=8), shout=st.booleans())
def test_a_claim_is_found_however_it_is_set(claim: str, gaps: list[str], shout: bool) -> None:
    words = claim.split()
    text = words[0] + "".join(gap + word for gap, word in zip(gaps, words[1:], strict=False))
    text = f"Before. {text.upper() if shout else text}. After."
    assert [(found, text.index(found)) for found, _ in claims_in(text)] == claims_in(text)
    assert [place for _, place in claims_in(text)] == [8]


@pytest.mark.parametrize("text", HONEST)
def test_what_documents_do_say_is_no_claim(text: str) -> None:
    assert claims_in(text) == []


def test_the_built_small_site_claims_nothing(built_small: Path) -> None:
    assert list(check_finished(small(), built_small)) == []


def test_a_template_that_claims_stops_the_build_at_its_line(tmp_path: Path) -> None:
    site = copy_small_site(tmp_path)
    for part in ("macros", "overrides"):
        (tmp_path / part).unlink()
        shutil.copytree(ROOT / part, tmp_path / part)
    template = tmp_path / "overrides/components/table_page.html"
    lines = len(template.read_text(encoding="utf-8").split("\n"))
    with template.open("a", encoding="utf-8") as file:
        file.write("<p>Other numbers were not published.</p>\n")
    done = subprocess.run([sys.executable, "-m", "macros", "build", "tests/small_site"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"overrides/components/table_page.html, line {lines}\n")
    assert 'The finished file performance/kite-clubs/index.html says "not published", which claims more than the documents can show.' in done.stderr
    assert done.stderr.count("To fix:") == 1, "however many pages show the template"
    assert not (site / "site").exists()


def test_only_what_a_source_itself_keeps_back_may_be_said_so(tmp_path: Path) -> None:
    sentence = "It was not published, because it rained & poured."
    (tmp_path / "index.html").write_text(f"<p>{sentence.replace('&', '&amp;')}</p>", encoding="utf-8")
    (tmp_path / "records.json").write_text(json.dumps({"kept_back": sentence}), encoding="utf-8")
    assert [problem.file for problem in check_finished(small(), tmp_path)] == ["index.html"], "each claim is told once"
    known = with_record(small(), "publication", "yearbook", kept_back=sentence)
    assert list(check_finished(known, tmp_path)) == []
    (tmp_path / "other.html").write_text("<p>Unpublished.</p>", encoding="utf-8")
    assert [problem.file for problem in check_finished(known, tmp_path)] == ["other.html"]
