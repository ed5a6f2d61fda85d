"""From a file to a published page: what changes, what is told, and what stays as it was."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from macros.__main__ import main
from macros.components import Translated
from tests.whole_sites import ROOT, build_environment, copy_small_site


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the small site and its templates, to be broken; it is built by this checkout's own Python."""
    site = copy_small_site(tmp_path)
    (tmp_path / "overrides").unlink()
    shutil.copytree(ROOT / "overrides", tmp_path / "overrides")
    return site


def run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """One command of the website's door."""
    line = [sys.executable, "-m", "macros", *command, str(checkout)]
    return subprocess.run(line, cwd=checkout, env=build_environment({}), capture_output=True, text=True, check=False)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_changing_one_number_changes_page_total_and_shares_together(checkout: Path) -> None:
    assert run(checkout, "build").returncode == 0
    page = checkout / "site/performance/kite-clubs/index.html"
    before = page.read_text(encoding="utf-8")
    _replace(checkout / "data/tables/kite-clubs.csv", "High Flyers,640,", "High Flyers,3829,")
    # The sums that rest on this number say so, as they should; an editor who changes the source changes them too.
    told = run(checkout, "check")
    assert told.returncode == 1
    assert "kite-clubs | * | kites" in told.stdout
    _drop_agreements(checkout, "kite-clubs")
    built = run(checkout, "build")
    assert built.returncode == 0, built.stdout
    after = page.read_text(encoding="utf-8")
    assert ">640<" in before
    assert ">640<" not in after
    assert ">3,829<" in after
    total = re.compile(r"<tfoot>.*?</tfoot>", re.DOTALL)
    assert total.search(before).group() != total.search(after).group()  # type: ignore[union-attr]
    shares = re.compile(r"\d+\.\d%")
    assert shares.findall(before) != shares.findall(after)


def _drop_agreements(checkout: Path, table: str) -> None:
    file = checkout / "data/agreements.yml"
    entries = re.split(r"(?m)^(?=- id:)", file.read_text(encoding="utf-8"))
    file.write_text("".join(entry for entry in entries if f"{table} |" not in entry), encoding="utf-8")


BREAKS = {
    "an extra comma in every row": (
        "data/tables/puddles-by-year.csv",
        lambda t: re.sub(r"(?m)^(\d.*)$", r"\1,", t),
        "Lines 2 to 5 have 6 cells, but the heading has 5",
    ),
    "a missing cell": ("data/tables/puddles-by-year.csv", lambda t: t.replace("800,628,78.5,900", "800,628,78.5"), "Line 2 has 4 cells"),
    "a word in a number column": ("data/tables/puddles-by-year.csv", lambda t: t.replace("1030", "many"), '"many" is not a number'),
    "a semicolon file": ("data/tables/puddles-by-year.csv", lambda t: t.replace(",", ";"), "separated by semicolons"),
    "a duplicate key": ("data/tables/puddles-by-year.yml", lambda t: "title: Again\n" + t, '"title" stands twice'),
    "a tab": ("data/tables/puddles-by-year.yml", lambda t: t.replace("  - name: year", "\t- name: year"), "begins with a tab"),
    "a merge conflict mark": ("data/themes.yml", lambda t: t.replace("- id: kites", "<<<<<<< HEAD\n- id: kites"), "merge conflict mark"),
    "a misspelt word": ("docs/every-word/index.md", lambda t: t.replace("{{ table(", "{{ tabel("), 'Did you mean "table"?'),
    "an unknown table": ("docs/every-word/index.md", lambda t: t.replace("puddle-register", "puddle-registr"), 'Did you mean "puddle-register"?'),
    "broken front matter": ("docs/contact/index.md", lambda t: t.replace("title: ", "title: one: two: ", 1), "colon"),
    "a page that would run something": ("docs/contact/index.md", lambda t: t + "\n{{ cycler.__init__.__globals__ }}\n", "is not something a page may say"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_mistake_is_told_and_the_site_stays(checkout: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    file, spoil, says = BREAKS[name]
    (checkout / "site").mkdir()
    (checkout / "site/index.html").write_text("the last good site", encoding="utf-8")
    path = checkout / file
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert main(["build", str(checkout)]) == 1
    told = capsys.readouterr()
    assert re.search(rf"^{re.escape(file)}, line \d+", told.out, re.MULTILINE), told.out
    assert says in told.out
    assert "Traceback" not in told.out + told.err
    assert [p.name for p in (checkout / "site").iterdir()] == ["index.html"]
    assert (checkout / "site/index.html").read_text(encoding="utf-8") == "the last good site"


def test_a_file_saved_by_excel_for_windows_is_told(checkout: Path) -> None:
    file = checkout / "data/tables/kite-rules.csv"
    _replace(file, "It is big", "It is – as ever – big")
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp1252"))
    done = run(checkout, "check")
    assert done.returncode == 1
    assert "Windows-1252" in done.stdout
    assert "data/tables/kite-rules.csv, line 4" in done.stdout


def test_a_table_is_added_with_two_files_and_one_line(checkout: Path) -> None:
    (checkout / "data/tables/cups-of-tea.csv").write_text("day,cups\nMonday,3\nTuesday,not stated in the source\n", encoding="utf-8")
    (checkout / "data/tables/cups-of-tea.yml").write_text(
        "title: Cups of tea\nsummary: A made-up table for a test.\nsubject: website\nperiod: A week\nsource: made-up-guidance\nplace: Nowhere\n"
        "columns:\n  - name: day\n    title: Day\n    type: text\n  - name: cups\n    title: Cups\n    type: whole number\n    unit: cups\nkey: day\n",
        encoding="utf-8",
    )
    page = checkout / "docs/contact/index.md"
    page.write_text(
        page.read_text(encoding="utf-8") + '\n{{ table("cups-of-tea") }}\n\nMonday: {{ value("cups-of-tea", "Monday", "cups") }}.\n', encoding="utf-8"
    )
    done = run(checkout, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    html = (checkout / "site/contact/index.html").read_text(encoding="utf-8")
    assert "Cups of tea</" in html
    assert re.search(r"Monday: <a [^>]*>3</a>\.", html), "a number in a sentence leads to its table"
    assert re.search('<td class="gap[^>]*>not stated in the source</td>', html)
    assert (checkout / "site/performance/cups-of-tea/index.html").exists()


def _wait_for(address: str, words: str, seconds: float) -> str:
    end = time.monotonic() + seconds
    text = ""
    while time.monotonic() < end:
        try:
            text = urllib.request.urlopen(address, timeout=2).read().decode("utf-8")
        except OSError:
            text = ""
        if words in text:
            return text
        time.sleep(0.2)
    raise AssertionError(f"{words!r} never came; last seen: {text[-600:]}")


def test_preview_follows_edits_and_survives_a_mistake(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "macros", "serve", str(checkout), "--address", f"127.0.0.1:{port}"]
    preview = subprocess.Popen(command, cwd=checkout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    address = f"http://127.0.0.1:{port}/performance/puddles-by-year/"
    data = checkout / "data/tables/puddles-by-year.csv"
    good = data.read_text(encoding="utf-8")
    try:
        _wait_for(address, "2,829", 90)
        data.write_text(good.replace("2829", "many"), encoding="utf-8")
        shown = _wait_for(f"http://127.0.0.1:{port}/contact/", "Something needs fixing", 90)
        assert "is not a number" in shown
        data.write_text(good, encoding="utf-8")
        _wait_for(address, "2,829", 90)
        page = checkout / "docs/contact/index.md"
        page.write_text(page.read_text(encoding="utf-8") + "\nA brand new sentence.\n", encoding="utf-8")
        _wait_for(f"http://127.0.0.1:{port}/contact/", "A brand new sentence.", 90)
        _replace(checkout.parents[1] / "overrides/main.html", "Where you are", "Where you stand")
        _wait_for(address, "Where you stand", 90)
        _wait_for(f"http://127.0.0.1:{port}/data/tables/puddles-by-year.csv", "2829", 90)
    finally:
        os.killpg(preview.pid, 15)
        preview.wait(20)


def test_translated_templates_are_believed_only_for_the_same_text_and_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    def shown(text: str, **settings: bool) -> str:
        cache = Translated("of-a-test")
        cache.directory = str(tmp_path)
        engine = Environment(loader=DictLoader({"kite.html": text}), bytecode_cache=cache, **settings)
        return engine.get_template("kite.html").render(name="<Kite>")

    lines = "{% if name %}\n{{ name }}\n{% endif %}\n"
    for text, settings, expected in (
        (lines, {}, "\n<Kite>\n"),
        (lines, {"trim_blocks": True}, "<Kite>\n"),
        (lines, {"autoescape": True}, "\n&lt;Kite&gt;\n"),
        ("{{ name }}", {}, "<Kite>"),
    ):
        assert shown(text, **settings) == expected
    (file,) = tmp_path.iterdir()
    for spoilt in (file.read_bytes()[:-9], file.read_bytes()[:30], b"", b"none"):
        file.write_bytes(spoilt)
        assert shown("{{ name }}") == "<Kite>"
    monkeypatch.setattr(Environment, "compile", None)
    assert shown("{{ name }}") == "<Kite>", "what is there is not translated again"


def test_a_new_year_needs_one_row_and_nothing_else(checkout: Path) -> None:
    _replace(checkout / "data/tables/puddles-by-year.yml", "period: 2018/19 to 2021/22", "period: from the rows")
    with (checkout / "data/tables/puddles-by-year.csv").open("a", encoding="utf-8") as rows:
        rows.write("2022/23,9000,2520,28.0,1234\n")
    done = run(checkout, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    site = checkout / "site"
    page = (site / "performance/puddles-by-year/index.html").read_text(encoding="utf-8")
    assert "2018/19 to 2022/23" in page
    assert "9,000 in 2022/23" in page, "the chart says in words where it ends"
    assert '<th scope="row">2022/23</th>' in page
    assert "9,000" in (site / "performance/summary/index.html").read_text(encoding="utf-8")
    sentence = (site / "learning/reviews/child-q/index.html").read_text(encoding="utf-8")
    assert "In the year before there had been 1,234 kites" in re.sub("<[^>]+>", "", sentence)
    assert "9000" in (site / "data/tables/puddles-by-year.csv").read_text(encoding="utf-8")
    assert "9000" in (site / "data/tables/puddles-by-year.json").read_text(encoding="utf-8")
