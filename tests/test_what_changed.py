"""What changed on the site, read from a history made up for the purpose: every sort of change on its day, and nothing of what is gone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from macros.components import Components
from macros.content.catalogue import Catalogue
from macros.content.differences import Difference, differences
from macros.outputs import every_output
from macros.sources.history import _history, history
from macros.views import changes
from macros.views.changes import with_history
from macros.website.words import put_in
from tests.outputs_at_hand import ELSEWHERE, SMALL, catalogue_at, copy_of_small, small
from tests.whole_sites import build_environment

# Words and numbers that stood there once; none of them may come back.
GONE = ("Lost kites", "lost-kites", "Zebedee", "He fell", "Tethered", "tethered", "Private message", "77123", "1777")
LOST = "---\ntitle: Lost kites of Zebedee\ndescription: What became of every kite that Zebedee lost.\n---\nHe fell from the tree.\n"


def commit(root: Path, day: str, message: str = "Private message about Zebedee") -> None:
    moment = {f"GIT_{who}_DATE": f"{day}T23:30:00Z" for who in ("AUTHOR", "COMMITTER")}
    names = {f"GIT_{who}_{what}": "k@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for words in (["add", "-A"], ["commit", "-q", "--allow-empty", "-m", message]):
        subprocess.run(["git", *words], cwd=root, env=build_environment({**moment, **names}), check=True)


def git(root: Path, *words: str) -> None:
    names = {f"GIT_{who}_{what}": "k@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    moment = {f"GIT_{who}_DATE": "2026-05-02T01:00:00+0900" for who in ("AUTHOR", "COMMITTER")}  # in London it is 1 May still
    subprocess.run(["git", *words], cwd=root, env=build_environment({**moment, **names}), check=True, capture_output=True)


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    (root / file).write_text(text.replace(old, new), encoding="utf-8", newline="")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with five months behind it, at whose end it is as it always was."""
    root = copy_of_small(tmp_path_factory.mktemp("changed"))
    git(root, "init", "-q", "-b", "main")
    today = {path: (root / path).read_bytes() for path in ("docs/topics/puddles.md", "docs/topics/kites.md", "data/figures.yml", "data/glossary.yml")}
    # January: as it begins, with a page that will be withdrawn and one that will move.
    (root / "docs/topics/lost-kites.md").write_text(LOST, encoding="utf-8")
    shutil.move(root / "docs/topics/puddles.md", root / "docs/topics/tethered.md")
    change(root, "docs/topics/kites.md", "\n---\n", "\n---\nZebedee flew them, says [this page](lost-kites.md).\n")
    change(root, "data/figures.yml", "value: 1240", "value: 77123")
    change(
        root,
        "data/glossary.yml",
        "- id: gust\n  term: Gust\n  meaning: Wind that comes all at once.\n",
        "- id: zebedee\n  term: Zebedee\n  meaning: He fell.\n",
    )
    change(root, "data/tables/puddles-by-year.csv", "2020/21,1030", "2020/21,1777")
    change(root, "data/tables/kite-clubs.csv", "640", "not available")
    commit(root, "2026-01-10")
    # March: the withdrawn page is edited. Then a number is put right, a gap filled, an entry added and another taken out.
    change(root, "docs/topics/lost-kites.md", "He fell", "He fell down")
    commit(root, "2026-03-05")
    change(root, "data/tables/puddles-by-year.csv", "2020/21,1777", "2020/21,1030")
    shutil.copy(SMALL / "data/tables/kite-clubs.csv", root / "data/tables/kite-clubs.csv")
    (root / "data/figures.yml").write_bytes(today["data/figures.yml"])
    (root / "data/glossary.yml").write_bytes(today["data/glossary.yml"])
    commit(root, "2026-03-20")
    # April: the page goes for good, and with it what led there.
    (root / "docs/topics/lost-kites.md").unlink()
    (root / "docs/topics/kites.md").write_bytes(today["docs/topics/kites.md"])
    commit(root, "2026-04-02")
    # May: a branch of two commits is merged, in which a page moves and is edited.
    git(root, "checkout", "-q", "-b", "branch")
    shutil.move(root / "docs/topics/tethered.md", root / "docs/topics/puddles.md")
    commit(root, "2026-04-20")
    change(root, "docs/news/2023-02-kite-found.md", "It was in the tree.", "It was in the tree. It still is.")
    commit(root, "2026-04-21")
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "Private message", "branch")
    return root


@pytest.fixture(scope="module")
def told(repository: Path) -> Catalogue:
    return with_history(catalogue_at(repository))


def said(day: changes.Day) -> list[tuple[str, str, str]]:
    return [(change.how, change.title, change.what) for change in day.changes]


def test_each_day_says_what_was_published_on_it_and_names_nothing_that_is_gone(told: Catalogue) -> None:
    may, april, march, january = changes.days(told)
    assert (may.day, said(may), may.gone) == (date(2026, 5, 1), [("changed", "The kite was found", "words"), ("moved", "Puddles", "")], ())
    assert (april.day, said(april), april.gone) == (date(2026, 4, 2), [], ("1 page withdrawn",)), "not which page lost its link to it"
    assert (march.day, march.gone) == (date(2026, 3, 20), ("1 taken out of the list “Glossary”",))
    assert said(march) == [
        ("changed", "Kites of the clubs", "rows"),
        ("corrected", "Puddles and kites by year", "numbers"),
        ("corrected", "Kites in the air", "value"),
        ("added", "Gust", ""),
    ]
    assert january.day == date(2026, 1, 10)
    assert {change.how for change in january.changes} == {"added"}
    assert {"Puddles", "Kites in the air", "Kites of the clubs"} <= {change.title for change in january.changes}
    assert march.summary == "2 corrected, 1 added, 1 changed, 1 taken out of the list “Glossary”"


def test_pages_for_editors_alone_are_left_out(told: Catalogue) -> None:
    page = told.pages["topics/puddles.md"]
    hidden = replace(page, meta=page.meta.model_copy(update={"audience": ("editors",)}))
    assert said(changes.days(replace(told, pages={**told.pages, "topics/puddles.md": hidden}))[0]) == [("changed", "The kite was found", "words")]


def test_a_reader_who_was_here_in_march_sees_on_one_page_what_is_new(told: Catalogue) -> None:
    page = str(Components(told).changes())
    assert re.findall(r'<h2 id="day-(.*?)"', page) == ["2026-05-01", "2026-04-02", "2026-03-20", "2026-01-10"]
    march = page.partition('id="day-2026-03-20"')[2].partition("<h2")[0]
    assert re.findall(r'href="([^"]+)"', march.partition("Added")[0]) == ["/performance/puddles-by-year/", "/performance/figures/#figure-kites-in-the-air"]
    assert "Corrected" in march and "This list begins on this day." in page.partition('id="day-2026-01-10"')[2]


def test_what_sort_of_thing_changed_is_said_as_the_site_says_it_elsewhere(told: Catalogue) -> None:
    entries = tuple(Difference("added", kind, name) for kind in ("absence", "publication-duty", "glossary-term") for name in told.records[kind])
    page = str(Components(replace(told, publications=((date(2026, 6, 1), entries), (date(2020, 1, 1), entries)))).changes())
    said = re.findall(r'(?:<span class="card-date">|<summary>|">)([^<]*?)(?: \(\d+\))?</(?:span|summary|a)>', page)
    assert {"Looked for and not found", "What must be published", "Glossary"} <= set(said)
    assert not {"Absence", "Publication duty", "Glossary term"}.intersection(said)


def test_the_page_of_a_busy_year_is_still_fetched_at_once_and_names_every_correction(told: Catalogue) -> None:
    names = [("page", path) for path, page in told.pages.items() if not page.is_for_editors][:18] + [
        ("timeline-event", name) for name in told.records["timeline-event"]
    ]
    one_day = tuple(Difference("changed", kind, name, parts=("text",)) for kind, name in names)[:20]
    corrected = Difference("corrected", "table", "puddles-by-year", parts=("numbers",))
    days = tuple((date(2026, 11, 20) - timedelta(days=7 * week), (*one_day, corrected)) for week in range(50))
    page = str(Components(replace(told, publications=(*days, (date(2020, 1, 1), one_day)))).changes())
    assert len(one_day) == 20 and page.count("<li>") < 500
    assert page.count('href="/performance/puddles-by-year/"') == page.count("<h2") == 50
    assert put_in("<p>\ue0000\ue001</p>", [Markup(page)]).count("<h3") == page.count("<h3"), "below the days, as no heading is left out above them"
    newest, oldest = page.split("<h2")[1], page.split("<h2")[-1]
    assert all(told.pages[path].meta.title in newest for kind, path in names[:18])
    assert re.findall(r'<a href="([^"]*)">Timeline \(2\)</a>', newest) == [told.address("timeline-event", told.all("timeline-event")[0])], "one way to all"
    assert "In all: 1 corrected, 20 changed." in oldest and 'href="/data/changes.json"' in oldest, "what is not named is counted, with a way to it"


def test_every_page_leads_to_its_own_changes(told: Catalogue) -> None:
    found = {path: changes.page_days(told, path) for path in ("topics/puddles.md", "performance/puddles-by-year.md", "glossary/index.md", "topics/kites.md")}
    days = {path: [day.isoformat() for day in own] for path, own in found.items()}
    assert days["topics/puddles.md"] == ["2026-05-01", "2026-01-10"], "as what it was called before it moved, too"
    assert days["performance/puddles-by-year.md"] == ["2026-03-20", "2026-01-10"]
    assert days["glossary/index.md"] == ["2026-03-20", "2026-01-10"], "its words show the glossary"
    assert "2026-04-02" not in days["topics/kites.md"], "on that day it lost a link to what was withdrawn"
    moved = replace(told, publications=((date(2026, 6, 1), (Difference("changed", "session", "knots"),)),))
    assert changes.page_days(moved, "performance/sessions-by-format.md") == [date(2026, 6, 1)], "it is counted from the sessions"
    furniture = str(Components(told).furniture(told.pages["topics/puddles.md"]))
    assert 'Changed on this website: <a href="/every-word/#day-2026-05-01">1 May 2026</a>' in furniture
    shown_nowhere = replace(told, pages={path: page for path, page in told.pages.items() if not any(call.name == "changes" for call in page.calls)})
    furniture = str(Components(shown_nowhere).furniture(shown_nowhere.pages["topics/puddles.md"]))
    assert "Changed on this website: 1 May 2026" in furniture, "a site that shows its changes nowhere links to none"
    own = str(Components(told).citation("puddles-by-year", "Name", "https://kites.example/"))
    assert re.findall(r'href="([^"]+)"', own) == ["/every-word/#day-2026-03-20", "/every-word/#day-2026-01-10"], "a table's page too"
    assert [changes.page_changed(told, path) for path in ("topics/puddles.md", "performance/figures.md")] == [date(2026, 5, 1), None]
    assert changes.page_changed(small(), "topics/puddles.md") == small().pages["topics/puddles.md"].meta.last_found_right


def test_nothing_that_was_taken_down_comes_back_in_any_file(told: Catalogue, repository: Path) -> None:
    shown = {name: content.decode("utf-8", "replace") for name, content in every_output(told, ELSEWHERE).items()}
    shown |= {"the page": str(Components(told).changes())}
    assert [(word, name) for word in GONE for name, text in shown.items() if word in text] == []
    past = "".join(text for _, before, after in history(repository) or () for text in (*before.values(), *after.values()))
    assert [word for word in GONE if word not in past] == ["Tethered", "tethered", "Private message"], "git itself tells of all the rest"


def test_the_feeds_and_the_file_say_what_the_page_says_and_always_the_same(told: Catalogue, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = every_output(told, ELSEWHERE)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    _history.cache_clear()
    assert files == every_output(with_history(catalogue_at(repository)), ELSEWHERE)
    monkeypatch.undo()
    time.tzset()
    data: Any = json.loads(files["data/changes.json"])
    assert data["history_known"] is True
    assert [day["day"] for day in data["days"]] == ["2026-05-01", "2026-04-02", "2026-03-20", "2026-01-10"]
    assert data["days"][1] == {"day": "2026-04-02", "changes": [], "gone": ["1 page withdrawn"]}
    assert data["days"][0]["changes"][1] == {
        "how": "moved",
        "kind": "Topics",
        "title": "Puddles",
        "address": "https://kites.example/topics/puddles/",
        "what": "",
    }
    entries = feedparser.parse(files["feeds/changes.xml"]).entries
    assert [entry.id for entry in entries] == [f"tag:example.org,2026:changes/{day['day']}" for day in data["days"]]
    assert entries[2].title.startswith("20 March 2026: 2 corrected")
    assert "Corrected: Puddles and kites by year (https://kites.example/performance/puddles-by-year/)." in entries[2].summary
    assert [item["id"] for item in json.loads(files["feeds/changes.json"])["items"]] == [entry.id for entry in entries]


def test_other_feeds_go_by_the_day_on_which_something_was_added_or_changed_here(told: Catalogue) -> None:
    before, after = ({e.id: e for e in feedparser.parse(every_output(c, ELSEWHERE)["feeds/everything.xml"]).entries} for c in (small(), told))
    assert before.keys() == after.keys(), "names of entries stay"
    news = after["tag:example.org,2026:news/2023-02-kite-found"]
    assert (news.published, news.updated) == ("2026-01-10T00:00:00Z", "2026-05-01T00:00:00Z")
    assert "Date: 14 February 2023. Added here: 10 January 2026. Changed here: 1 May 2026." in news.summary
    assert before[news.id].published == "2023-02-14T00:00:00Z"
    assert next(iter(after)) == news.id, "what was corrected last comes first"


def test_without_history_the_page_says_so_and_all_else_goes_on(tmp_path: Path, repository: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", repository.as_uri(), "clone")
    empty = tmp_path / "empty"
    shutil.copytree(repository, empty, ignore=shutil.ignore_patterns(".git"))
    git(empty, "init", "-q")
    within = SMALL  # a folder of another project
    for root in (clone, empty, within):
        assert history(root) is None, root
        without = with_history(catalogue_at(root))
        assert "was made without its history" in str(Components(without).changes())
        assert "Changed on this website" not in str(Components(without).furniture(without.pages["topics/kites.md"]))
        assert json.loads(every_output(without, ELSEWHERE)["data/changes.json"])["history_known"] is False


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"docs/a.md": "---\norder: 1\n---\nx"}, {"docs/a.md": "---\norder: 2\n---\nx"}, []),
        ({"docs/a.md": "---\ntitle: A\n---\nx"}, {"docs/a.md": "---\ntitle: B\n---\ny"}, [Difference("changed", "page", "a.md", ("title", "text"))]),
        ({"docs/a.md": "---\ntitle: A\n---\nx"}, {"docs/b.md": "---\ntitle: B\n---\nx"}, [Difference("moved", "page", "b.md", was="a.md")]),
        ({"docs/a.md": "x"}, {"docs/b.md": "y"}, [Difference("added", "page", "b.md"), Difference("removed", "page", "a.md")]),
        ({"data/tables/a.csv": "k,n\nx,1\n"}, {"data/tables/a.csv": "k,n\nx,2\n"}, [Difference("corrected", "table", "a", ("numbers",))]),
        ({"data/tables/a.csv": "k,n\nx,\n"}, {"data/tables/a.csv": "k,n\nx,2\n"}, [Difference("changed", "table", "a", ("rows",))]),
        ({"data/tables/a.csv": "k,n\nx,1\n"}, {"data/tables/a.csv": "k,n\ny,7\nx,1\n"}, [Difference("changed", "table", "a", ("rows",))]),
        ({"data/tables/a.csv": "k,n\nx,1\ny,2\n"}, {"data/tables/a.csv": "k,n\ny,2\nx,1\n"}, []),
        ({"data/tables/a.csv": "n\n1\n"}, {"data/tables/b.csv": "n\n1\n"}, [Difference("moved", "table", "b", was="a")]),
        ({"data/tables/a.csv": "k,n\nx,1\n"}, {"data/tables/a.csv": "l,m\nx,1\n"}, [Difference("changed", "table", "a", ("rows",))]),
        ({"data/themes.yml": "- id: a\n  x: 1\n"}, {"data/themes.yml": "# new\n- x: 1\n  id: a\n"}, []),
        ({"data/themes.yml": "- id: a\n"}, {"data/themes.yml": "[]", "data/themes/form-1.yml": "- id: a\n"}, []),
        ({"data/themes.yml": "- id: a\n  b: |\n    c\n"}, {"data/themes.yml": "- id: a\n  b: |\n    d\n"}, [Difference("changed", "theme", "a", ("b",))]),
        ({"data/schemas/x.json": "1", "data/unknown.yml": "- id: a"}, {"docs/x.png": "2"}, []),
    ],
)
def test_what_differs_between_two_states(before: dict[str, str], after: dict[str, str], found: list[Difference]) -> None:
    assert list(differences(before, after)) == found


ANYTHING = st.text(alphabet=st.sampled_from(list('-: \n\r\0,"#[]ab1é\u2028')), max_size=60)


@given(ANYTHING, ANYTHING)
@example('a,b\n"', "a,b\n1\n")
@example("a,b\n1\n", "a,b\n1,2,3\n")
def test_no_text_of_years_ago_can_stop_a_build(old: str, new: str) -> None:
    for path in ("docs/a.md", "data/tables/a.csv", "data/tables/a.yml", "data/themes.yml"):
        assert {found.kind for found in differences({path: old}, {path: new})} <= {"page", "table", "theme"}
        assert list(differences({path: old}, {path: old})) == []
