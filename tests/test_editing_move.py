"""Moving a page: nothing that led to it leads nowhere, and what cannot be moved says why."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from macros import __main__ as door
from macros.content.catalogue import Catalogue
from macros.editing import Refused
from macros.editing.move import move
from macros.editing.new import write_files
from macros.problems import errors
from macros.rules import check_all
from tests.mistakes_corpus import TODAY
from tests.outputs_at_hand import catalogue_at, problems_at
from tests.whole_sites import ROOT, copy_small_site

MENU = "data/menu.yml"
MOVED = (
    "learning/reviews/child-q.md",
    "learning/briefings/child-q.md",
    "priorities/kites.md",
    "every-word/index.md",
    "training/strings.md",
    "training/learning-week.md",
)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Catalogue]:
    """The small site after pages of several kinds have moved, one after the other."""
    root = copy_small_site(tmp_path_factory.mktemp("moved"))
    (root / "docs/training/strings.md").write_text(
        _page("Strings", "![A hill](../hill.png) [Kites](../topics/kites.md#x) [here](#y) [all][1]\n\n[1]: learning-week.md\n")
    )
    (root / "docs/topics/puddles.md").write_text(
        (root / "docs/topics/puddles.md").read_text() + "\n[S](/training/strings.md) and [again](../training/strings.md#top)\n"
    )
    (root / "data/published_addresses.txt").write_text("/training/strings/\n")
    catalogue = catalogue_at(root)
    for path in MOVED:
        new = path.replace("/index.md", "-moved/index.md") if path.endswith("/index.md") else path.replace(".md", "-moved.md")
        write_files(root, move(catalogue_at(root), catalogue.pages[path].address, new))
    return root, catalogue


def _page(title: str, text: str) -> str:
    settings = "audience: [everyone]\nthemes: []\nowner: business-team\nwritten_on: 2026-11-20\nreview_by: 2027-11-20\nsources: [yearbook-2023]"
    return f"---\ntitle: {title}\ndescription: Something made up that is long enough to be a description.\n{settings}\n---\n{text}"


def test_after_every_move_all_links_lead_somewhere(moved: tuple[Path, Catalogue]) -> None:
    root, before = moved
    after = catalogue_at(root)
    gone = set(before.pages) - set(after.pages)
    assert gone == set(MOVED)
    assert len(after.pages) == len(before.pages)
    assert errors([*problems_at(root), *check_all(after)]) == []
    assert {redirect.from_ for redirect in after.all("redirect")} >= {before.pages[path].address for path in gone}
    assert {after.pages[path].address for path in set(after.pages) - set(before.pages)} <= set(after.published)
    assert after.get("review", "child-q-moved").briefing == "child-q-moved" and 'measures("kites-moved")' in after.texts["docs/every-word-moved/index.md"]
    assert "page: /every-word-moved/index.md" in after.texts[MENU]
    text = after.texts["docs/training/strings-moved.md"]
    assert text.endswith("![A hill](/hill.png) [Kites](/topics/kites.md#x) [here](#y) [all][1]\n\n[1]: /training/learning-week-moved.md\n")
    assert "page: /training/learning-week-moved.md" in after.texts["data/events.yml"]
    assert "[S](/training/strings-moved.md) and [again](/training/strings-moved.md#top)" in after.texts["docs/topics/puddles.md"]


@pytest.mark.parametrize(
    ("page", "to", "says"),
    [
        ("/trainin/", "/x/", "Did you mean /training/"),
        ("/", "/x/", "home page"),
        ("/topics/kites/", "/topics/dragons/", "named after its theme"),
        ("/learning/reviews/child-q/", "/topics/child-q/", "another kind"),
        ("docs/training/learning-week.md", "/training/booking/", "already"),
        ("/training/learning-week/", "/performance/kite-clubs/", "already"),
        ("/training/learning-week/", "/training/Week One/", "small letters"),
        ("/training/learning-week/", "/training/../../x/", "small letters"),
        ("/training/learning-week/", "/training/con/", "small letters"),
        ("/training/booking/", "/training/places/", "an engineer"),
    ],
)
def test_what_cannot_be_moved_says_why(page: str, to: str, says: str, small_catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match=says):
        move(replace(small_catalogue, root=ROOT), page, to)  # whose layouts lead to some pages


def test_the_command_says_what_it_did_and_a_page_can_go_back(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "today", lambda: TODAY)
    root = copy_small_site(tmp_path)
    before = {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert door.main(["move", "/training/learning-week/", "/training/kite-week/", str(root)]) == 0
    assert "Removed docs/training/learning-week.md\nEvery link leads to the new place" in capsys.readouterr().out
    assert "page: /training/kite-week.md" in (root / "data/events.yml").read_text()
    assert door.main(["move", "https://kites.example/training/kite-week/#x", "docs/training/learning-week.md", str(root)]) == 0
    after = {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert [str(path) for path in before if after.get(path) != before[path]] == ["data/redirects.yml"]
    assert after.keys() == before.keys() and b"moved-training-learning-week" not in after[Path("data/redirects.yml")]
    assert door.main(["move", "/nowhere/", "/x/", str(root)]) == 1


def test_the_form_that_moves_a_page_is_a_proposal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_small_site(tmp_path / "project")
    event = tmp_path / "event.json"
    for new, kind in (("/training/kite-week/", "proposal"), ("/training/Kite Week/", "refused")):
        body = f"### Page\n\nhttps://kites.example/training/learning-week/\n\n### New address\n\n{new}\n"
        issue = {"number": 7, "title": "Move", "body": body, "labels": [{"name": "proposal: move"}], "author_association": "MEMBER"}
        event.write_text(json.dumps({"issue": issue}))
        assert door.main(["from-form", str(event), str(root)]) == 0
        said = json.loads(capsys.readouterr().out)
        assert said["kind"] == kind
        if kind == "proposal":
            assert said["files"]["docs/training/learning-week.md"] is None and "docs/training/kite-week.md" in said["files"]
            shutil.copytree(root.parents[1], tmp_path / "again", symlinks=True)
            root = tmp_path / "again/tests/small_site"
