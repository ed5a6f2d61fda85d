"""Readers of other languages and of easy read: what a browser translates, and versions of a page that somebody has checked."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from macros.__main__ import main
from tests.whole_sites import build, copy_small_site

WELSH, EASY = "docs/versions/kites-cy.md", "docs/versions/kites-easy-read.md"


class Untranslated(HTMLParser):
    """Links to ring or write, names of contacts, and whether a browser leaves the words of each as they are."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[tuple[str, bool]] = []
        self.kept: list[str] = []
        self._depth: list[bool] = []
        self._tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        keeps = given.get("translate") == "no"
        if (given.get("href") or "").startswith(("tel:", "mailto:")):
            self.links.append((str(given["href"]), keeps))
        self._depth.append(keeps)
        if keeps and "a" in self._tags and self.links:  # the number alone, beside a word that is translated
            self.links[-1] = (self.links[-1][0], True)
        self._tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._depth:
            self._depth.pop()
            self._tags.pop()

    def handle_data(self, data: str) -> None:
        if self._depth and self._depth[-1]:
            self.kept.append(data.strip())


def test_numbers_and_addresses_are_never_translated(built_small: Path) -> None:
    found = {page.relative_to(built_small).as_posix(): Untranslated(page.read_text(encoding="utf-8")).links for page in built_small.rglob("*.html")}
    assert all("/search/" not in name or links for name, links in found.items())
    assert sum(map(len, found.values())) > 100
    assert {(name, href) for name, links in found.items() for href, keeps in links if not keeps} == set()


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, built, with a contact whose title is its name and a version that was checked before its original."""
    site = copy_small_site(tmp_path_factory.mktemp("edited"))
    contacts, version = site / "data/contacts.yml", site / WELSH
    contacts.write_text(contacts.read_text().replace("  title: Kite advice\n", "  title: Kite advice\n  is_name: yes\n"))
    version.write_text(version.read_text().replace("checked_on: 2026-11-20", "checked_on: 2026-11-19"))
    assert build(site).returncode == 0
    return site / "site"


def test_names_stay_and_descriptions_are_translated(edited: Path) -> None:
    for name in ("contact/index.html", "404.html", "topics/kites/index.html"):
        kept = Untranslated((edited / name).read_text(encoding="utf-8")).kept
        assert {"Kite advice", "Children's Partnership"} <= set(kept), name
        assert "Kite rescue" not in kept, name


def test_a_page_leads_to_its_versions_and_each_says_what_it_is(built_small: Path) -> None:
    original, welsh, easy = (
        (built_small / path / "index.html").read_text(encoding="utf-8") for path in ("topics/kites", "versions/kites-cy", "versions/kites-easy-read")
    )
    [links] = re.findall(r'<ul class="versions".*?</ul>', original, re.DOTALL)
    assert re.findall(r'<a href="([^"]+)"( lang="cy" hreflang="cy")?>([^<]+)</a>( \(easy read\))?', links) == [
        ("../../versions/kites-cy/", ' lang="cy" hreflang="cy"', "Barcutiaid", ""),
        ("../../versions/kites-easy-read/", "", "Kites made easy", " (easy read)"),
    ]
    assert '<article class="md-typeset" lang="cy" dir="auto">' in welsh and '<article class="md-typeset">' in easy
    assert '<footer class="furniture" lang="en" dir="ltr">' in welsh
    assert "in another language. Checked by a made-up translator on 20 November 2026." in welsh
    assert "in easy read. Checked by a made-up group of readers on 20 November 2026." in easy
    assert "reviewed after that" not in welsh + easy


def test_without_versions_a_page_promises_none(built_small: Path) -> None:
    assert 'class="versions"' not in (built_small / "topics/puddles/index.html").read_text(encoding="utf-8")


def test_a_version_is_told_when_its_original_was_reviewed_later(edited: Path) -> None:
    assert "The page in English is newer and may say more." in (edited / "versions/kites-cy/index.html").read_text(encoding="utf-8")


def test_plain_english_is_asked_of_english_alone(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = "Yn gair " + "gair " * 30 + "XYZ ⠓.\n"
    for name in (WELSH, EASY):
        path = small_site / name
        path.write_text(path.read_text() + f"\n{long}")
    assert main(["check", "--advice", str(small_site)]) == 0
    said = capsys.readouterr().out
    assert WELSH not in said and said.count(EASY) >= 3
