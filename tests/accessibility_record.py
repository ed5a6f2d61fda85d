"""Writes down what the tests of accessibility find, for the accessibility statement: `make accessibility-tests`.

Owns: which tests those are, what each looks at in a reader's words, and data/tables/accessibility-tests.csv. Never: judges a
page, or writes down a run that was broken off or left a tool out.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from macros.writing import write_whole
from tests.browser.watching import AXE
from tests.browser_setup import find_browser, find_firefox
from tests.whole_sites import ROOT

RECORD = ROOT / "data/tables/accessibility-tests.csv"
COLUMNS = ("tool", "tests", "failed", "tested_on", "looks_at", "version")


def _of_browser(path: str | None) -> str:
    said = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.split()[:3]).removesuffix(" built")


def _of_package(name: str) -> str:
    return str(json.loads((ROOT / f"node_modules/{name}/package.json").read_text(encoding="utf-8"))["version"])


def _of_axe() -> str:
    found = re.search(r"axe v([\d.]+)", AXE)
    assert found, "axe no longer names its version at its top"
    return found[1]


@dataclass(frozen=True)
class Tool:
    """A checker or a browser that tests of the real site use. ``looks_at`` is read by visitors."""

    name: str
    file: str
    looks_at: str
    version: Callable[[], str]


TOOLS = (
    Tool("axe", "tests/real_site/test_every_page.py", "Every page, wide and narrow, light and dark, and whether it fits a screen of 320 pixels", _of_axe),
    Tool("IBM Equal Access", "tests/real_site/second_opinions/test_ibm.py", "One page of each kind, wide and narrow", lambda: _of_package("accessibility-checker-engine")),
    Tool("Nu HTML checker", "tests/real_site/second_opinions/test_nu.py", "The code of every page", lambda: _of_package("vnu-jar")),
    Tool("Keyboard, in Chromium", "tests/real_site/second_opinions/test_focus.py", "One page of each kind: whether the keyboard leads to what can be seen, in large text too", lambda: _of_browser(find_browser())),
    Tool("Keyboard and touch, in Firefox", "tests/real_site/second_opinions/test_firefox.py", "Five tasks, such as ringing, leaving and searching", lambda: _of_browser(find_firefox())),
)  # fmt: skip


@dataclass(eq=False)
class Outcomes:
    """Counts, as a pytest plugin, how the tests of each file end."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test fails where it, or what prepares it, does; it counts once."""
        if report.when == "call" or report.outcome != "passed":
            self.counts[Path(report.fspath).as_posix(), report.outcome] += 1


def rows_of(counts: Counter[tuple[str, str]], tools: Iterable[Tool], today: date) -> list[dict[str, str]]:
    """A row for each tool. Raises ``SystemExit`` where a tool did not run or had a test left out: such a run says nothing of the site."""
    rows = []
    for tool in tools:
        passed, failed, skipped = (counts[tool.file, outcome] for outcome in ("passed", "failed", "skipped"))
        if skipped or not passed + failed:
            raise SystemExit(f"{tool.name}: {skipped or 'all'} of its tests did not run, so nothing is written down.")
        found = (tool.name, str(passed + failed), str(failed), today.isoformat(), tool.looks_at, tool.version())
        rows.append(dict(zip(COLUMNS, found, strict=True)))
    return rows


def as_csv(rows: Iterable[dict[str, str]]) -> bytes:
    """The record as the table's file holds it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def main() -> int:
    """Runs the tests, writes down how they ended, and returns 1 where any failed."""
    outcomes = Outcomes()
    status = pytest.main([*(tool.file for tool in TOOLS), "-n", "0", "-q"], plugins=[outcomes])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        print("The run was broken off, so nothing is written down.", file=sys.stderr)
        return 1
    write_whole(RECORD, as_csv(rows_of(outcomes.counts, TOOLS, datetime.now(UTC).date())))
    print(f"Written down in {RECORD.relative_to(ROOT)}. Faults that it found belong into docs/accessibility/index.md, each with its success criterion.")
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
