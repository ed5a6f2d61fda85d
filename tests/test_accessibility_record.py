"""The record of the tests of accessibility says what happened, or nothing at all."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests import accessibility_record
from tests.accessibility_record import Outcomes, Tool, as_csv, main, rows_of

TODAY = date(2026, 11, 20)
TOOL = Tool("Kite checker", "tests/test_kites.py", "Every kite", lambda: "1.0")
TESTS = """
import pytest
def test_good(): pass
@pytest.mark.parametrize("kite", [1, 2])
def test_bad(kite): assert kite == 1
@pytest.fixture
def broken(): raise OSError
def test_not_prepared(broken): pass
"""


def test_every_test_counts_once_however_it_ends(tmp_path: Path) -> None:
    (tmp_path / "test_kites.py").write_text(TESTS)
    outcomes = Outcomes()
    pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path / "test_kites.py")], plugins=[outcomes])
    ended = Counter({outcome: count for (_, outcome), count in outcomes.counts.items()})
    assert ended == {"passed": 2, "failed": 2}


def test_a_row_says_how_many_failed_and_when() -> None:
    rows = rows_of(Counter({(TOOL.file, "passed"): 5, (TOOL.file, "failed"): 1}), (TOOL,), TODAY)
    assert as_csv(rows).decode() == "tool,tests,failed,tested_on,looks_at,version\nKite checker,6,1,2026-11-20,Every kite,1.0\n"


@pytest.mark.parametrize("counts", [{}, {("tests/test_kites.py", "passed"): 5, ("tests/test_kites.py", "skipped"): 1}], ids=["none ran", "one left out"])
def test_a_run_that_left_something_out_is_not_written_down(counts: dict[tuple[str, str], int]) -> None:
    with pytest.raises(SystemExit, match=r"Kite checker: .* did not run, so nothing is written down\."):
        rows_of(Counter(counts), (TOOL,), TODAY)


@pytest.mark.parametrize("status", [pytest.ExitCode.INTERRUPTED, pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED])
def test_a_run_that_was_broken_off_leaves_the_record(status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = tmp_path / "record.csv"
    record.write_text("as it was")
    monkeypatch.setattr(accessibility_record, "RECORD", record)
    monkeypatch.setattr(pytest, "main", lambda *_, **__: status)
    assert main() == 1
    assert record.read_text() == "as it was"
