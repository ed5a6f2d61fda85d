"""The Nu HTML checker, by which the W3C checks pages, on every page of the site in one run."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.browser_setup import needs
from tests.whole_sites import ROOT

pytestmark = needs("Java", "Node")
JAR = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
# The first compiler alone and the plain collector: a short run ends before the better ones have paid.
COMMAND = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", "--skip-non-html"]

# What it says that is no fault.
EXCEPTIONS = {
    "violates Content Security Policy": 'A file on a disk has no address of its own, so that nothing is "self". Browsers hold every page to its policy in other tests.',
    "Attribute “autocomplete” is only allowed when": "Material's layout has two hidden boxes to tick with this attribute, which cannot be switched off; they are never shown.",
}

GOOD = '<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1 id="a">A page</h1><dl><dt>One</dt><dd>1</dd></dl></main></body></html>'
BAD = {
    "an id twice": ("<dl>", '<p id="a">Words.</p><dl>', "Duplicate ID"),
    "a term twice": ("</dl>", "<dt>One</dt><dd>2</dd></dl>", "Duplicate “dt” name"),
    "a box in a paragraph": ("<dl>", "<p><span><div>Words.</div></span></p><dl>", "open elements"),
    "a picture without words": ("<dl>", '<img src="a.png"><dl>', "must have an “alt” attribute"),
    "no title": ("<title>A page</title>", "", "“title”"),
}


def check(*where: Path) -> dict[str, list[str]]:
    """What the checker says of every page at some places, by the page's path."""
    assert JAR.exists(), "the Nu checker is not installed: run `make node_modules` (it needs npm)"
    assert shutil.which("java"), "Java is not installed (Debian: default-jre-headless)"
    done = subprocess.run([*COMMAND, *map(str, where)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return _by_page(json.loads(done.stderr)["messages"])


def _by_page(messages: Iterable[dict[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for message in messages:
        is_fault = message["type"] != "info" or message.get("subType") == "warning"
        if is_fault and not any(words in message["message"] for words in EXCEPTIONS):
            line = f"line {message.get('lastLine')}: {message['message']} {message.get('extract', '')}"
            found.setdefault(message["url"].removeprefix("file:"), []).append(line)
    return found


@pytest.fixture(scope="module")
def said(built_real: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    """A folder of pages with one fault each, and what the checker says of these and of every page of the site."""
    folder = tmp_path_factory.mktemp("faulty")
    for name, (good, bad, _) in BAD.items():
        (folder / f"{name}.html").write_text(GOOD.replace(good, bad, 1), encoding="utf-8")
    (folder / "good.html").write_text(GOOD, encoding="utf-8")
    return folder, check(built_real, folder)


def test_every_page_is_without_error_and_warning(built_real: Path, said: tuple[Path, dict[str, list[str]]]) -> None:
    folder, found = said
    assert {page: what for page, what in found.items() if not page.startswith(str(folder))} == {}


@pytest.mark.parametrize("name", BAD)
def test_it_finds_what_is_wrong(said: tuple[Path, dict[str, list[str]]], name: str) -> None:
    folder, found = said
    assert str(folder / "good.html") not in found
    assert any(BAD[name][2] in line for line in found[(folder / f"{name}.html").as_uri().removeprefix("file://")])
