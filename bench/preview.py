"""Times the preview: from saving a file to the new words on the screen of a browser that has the page open.

Owns: the edits, the browser and the table that is printed, for the real site and for 500 made-up pages. Never: changes the project; each site is
previewed from a copy. Run it with ``make bench`` on a quiet computer; it prints Markdown for bench/SPEED.md.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.pages import ROOT, make_pages, write_ours, write_real_ours
from macros.check import check, today
from macros.content.catalogue import Catalogue
from macros.problems import errors
from tests.browser_setup import FLAGS, find_browser

LIMITS = {"The real site": (1.0, 1.0, 2.0), "500 pages": (1.3, 1.3, 2.0)}  # seconds for a page, a cell and a layout, as medians
PORT = 8197
PATIENCE = 60_000  # milliseconds


@dataclass(frozen=True)
class Edit:
    """Something to save: the page that shows it, the file, and its text with the ``number`` of the edit in it."""

    name: str
    address: str
    file: Path
    text: Callable[[int], str]


def edits(root: Path, catalogue: Catalogue) -> Iterator[Edit]:
    """A sentence more on the first page of the first section, a number of the first table that may be any, and a word of the layout of every page."""
    page = next(page for path, page in sorted(catalogue.pages.items()) if "/" in path and not path.endswith("index.md"))
    file = root / page.source.file
    yield Edit("a page", page.address, file, _with(file.read_text(encoding="utf-8"), lambda text, mark: f"{text.rstrip()}\n\n{mark}\n"))
    yield _cell(root, catalogue)
    layout = root / "overrides/main.html"
    foot = _with(layout.read_text(encoding="utf-8"), lambda text, mark: text.replace("</article>", f"<p>{mark}</p></article>"))
    yield Edit("a layout", page.address, layout, foot)


def _with(text: str, put: Callable[[str, str], str]) -> Callable[[int], str]:
    return lambda number: put(text, mark_of(number))


def mark_of(number: int) -> str:
    """The words by which an edit is known on the screen."""
    return f"{900_000 + number:,}"


def _cell(root: Path, catalogue: Catalogue) -> Edit:
    """A whole number that no rule holds to another: in its place any may stand."""
    for name, table in catalogue.tables.items():
        columns = [place for place, column in enumerate(table.about.columns) if column.type == "whole number"]
        file = root / f"data/tables/{name}.csv"
        if not file.is_file() or not columns or len(table.rows) > 200:
            continue
        text = file.read_text(encoding="utf-8")
        first = re.match(rf"[^\n]*\n(?:[^\n,\"]*,){{{columns[0]}}}", text)
        if first is None:
            continue
        before, after = first.group(), re.sub(r"\A[^,\n]*", "", text[first.end() :])
        changed = f"{before}{900_000}{after}"
        file.write_text(changed, encoding="utf-8")
        fine = not errors(check(root, today())[1])
        file.write_text(text, encoding="utf-8")
        if fine:
            return Edit("a cell", f"/performance/{name}/", file, lambda number, before=before, after=after: f"{before}{900_000 + number}{after}")
    raise SystemExit("No table has a number that may be any.")


@contextmanager
def preview(root: Path) -> Iterator[str]:
    """`make serve` for a copy, ready to show pages; gives its address."""
    command = [sys.executable, "-m", "macros", "serve", "--address", f"127.0.0.1:{PORT}"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    server = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert server.stdout
        told = next((line for line in server.stdout if "is shown at" in line), None)
        if told is None:
            raise SystemExit("The preview did not begin.")
        yield f"http://127.0.0.1:{PORT}"
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate()


def seconds(screen: Page, home: str, edit: Edit, runs: int) -> float:
    """The median time from the save to the screen. The first edit, in which Python loads what it needs, is not counted."""
    before = edit.file.read_text(encoding="utf-8")
    screen.goto(home + edit.address)
    taken = []
    for number in range(runs + 1):
        time.sleep(1.5)  # as somebody reads before the next edit; search and downloads are made meanwhile
        begun = time.perf_counter()
        edit.file.write_text(edit.text(number), encoding="utf-8")
        screen.get_by_text(mark_of(number)).first.wait_for(state="attached", timeout=PATIENCE)
        taken.append(time.perf_counter() - begun)
    edit.file.write_text(before, encoding="utf-8")
    time.sleep(3)
    return statistics.median(taken[1:])


def measure(root: Path, runs: int) -> dict[str, float]:
    """The seconds that each edit takes."""
    (root / "overrides").unlink()
    shutil.copytree(ROOT / "overrides", root / "overrides")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    if "watch:" not in settings:
        (root / "mkdocs.yml").write_text(f"{settings}watch: [data, overrides]\n", encoding="utf-8")
    catalogue, problems = check(root, today())
    if errors(problems):
        raise SystemExit(f"The copy has mistakes: {errors(problems)[0]}")
    asked = list(edits(root, catalogue))
    with preview(root) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        screen = browser.new_page()
        found = {edit.name: seconds(screen, home, edit, runs) for edit in asked}
        browser.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    print(f"Medians of {options.runs} saves, in seconds; in brackets what each may take.\n")
    print("| | a page | a cell | a layout |\n|---|---|---|---|", flush=True)
    sites: dict[str, Callable[[Path], None]] = {"The real site": write_real_ours, "500 pages": lambda folder: write_ours(folder, make_pages(500))}
    for title, write in sites.items():
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            root = Path(folder) / "site-copy"
            root.mkdir()
            write(root)
            found = measure(root, options.runs)
        print(f"| {title} | " + " | ".join(f"{taken:.2f} ({limit})" for taken, limit in zip(found.values(), LIMITS[title], strict=True)) + " |", flush=True)


if __name__ == "__main__":
    main()
