"""Each ordinary edit of the real site passes the check; upkeep goes on from there to the build, the PDFs and the tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.problems import errors
from macros.rules import check_all
from macros.sources.kept import Kept
from tests import ordinary_edits
from tests.whole_sites import copy_real_site

CHANGED = ("news", "event", "review", "briefing", "publication", "action", "priority")


def test_each_passes_the_check(content: Catalogue, tmp_path: Path) -> None:
    original, site, kept = copy_real_site(tmp_path / "original"), copy_real_site(tmp_path / "edited"), Kept()
    told, left_out = {}, []
    for edit in ordinary_edits.EDITS:
        catalogue, _ = load_catalogue(site, content.today, kept)
        try:
            edit(site, catalogue)
        except ordinary_edits.NothingSuitable as reason:
            left_out.append(f"{edit.__name__}: {reason}")
            continue
        edited, problems = load_catalogue(site, content.today, kept)
        if found := errors([*problems, *check_all(edited)]):
            told[edit.__name__] = [f"{problem.where}: {problem.says}" for problem in found]
        assert changed_files(original, site), f"{edit.__name__} changed nothing"
        for part in ("docs", "data"):
            shutil.rmtree(site / part)
            shutil.copytree(original / part, site / part)
    assert told == {}
    # Few are left out of a site that has something of all that they change: a site that grows is asked from then on.
    assert len(left_out) < 4 or not all(content.all(kind) for kind in CHANGED), left_out


def changed_files(before: Path, after: Path) -> set[str]:
    """The files of the content that are not as they were."""
    found: list[dict[str, bytes]] = []
    for root in (before, after):
        found.append({path.relative_to(root).as_posix(): path.read_bytes() for part in ("docs", "data") for path in (root / part).rglob("*") if path.is_file()})
    return {name for name in found[0].keys() | found[1].keys() if found[0].get(name) != found[1].get(name)}


def test_an_edit_that_breaks_something_is_told(tmp_path: Path) -> None:
    def break_a_link(root: Path, catalogue: Catalogue) -> str:
        with (root / "docs/index.md").open("a", encoding="utf-8") as page:
            page.write("\n[Nowhere](/no/such/page.md)\n")
        return "docs/index.md"

    tried = ordinary_edits.try_out(break_a_link, tmp_path, {"check": ["macros", "check", "."]})
    assert tried.steps == {"check": False} and "/no/such/page.md" in tried.said["check"]
    assert "| break a link | docs/index.md | **red** |" in ordinary_edits.as_table([tried], ["check"])


@pytest.mark.parametrize("edit", ordinary_edits.EDITS, ids=lambda edit: edit.__name__)
def test_a_site_without_such_records_is_no_fault(edit: ordinary_edits.Edit, small_site: Path, small_catalogue: Catalogue) -> None:
    """On the small site every edit is made, or says what there is not."""
    catalogue, _ = load_catalogue(small_site, small_catalogue.today)
    try:
        assert edit(small_site, catalogue)
    except ordinary_edits.NothingSuitable as reason:
        assert "there is no" in str(reason)
