"""What a change will do to the site, told in words: every sort of change, nothing else, and nothing that comes to life."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from macros import __main__ as door
from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.editing.changes import compare
from macros.editing.changes.files import pages_that_differ
from macros.editing.changes.lines import MOST_BYTES, Quote, Section, tell
from macros.editing.quoting import code, fit, prose
from macros.rules import check_all
from macros.rules.editions import SLIP, changed_since
from macros.sources.kept import Kept
from tests.mistakes_corpus import SMALL_SITE, TODAY

Edit = Callable[[Path], object]


def told(small_catalogue: Catalogue, site: Path, *edits: Edit, style: str = "text", today: date = TODAY) -> str:
    """What is said after some edits to a copy of the small site."""
    for edit in edits:
        edit(site)
    after, problems = load_catalogue(site, today)
    known = check_all(small_catalogue)
    return tell(compare(small_catalogue, after, [*problems, *check_all(after)], known), style)  # type: ignore[arg-type]


def change(file: str, old: str, new: str) -> Edit:
    """An edit of one file."""

    def edit(site: Path) -> None:
        path = site / file
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new))

    return edit


def test_nothing_changed(small_catalogue: Catalogue, small_site: Path) -> None:
    assert told(small_catalogue, small_site) == "Nothing that visitors see changes."
    markdown = told(small_catalogue, small_site, style="markdown")
    assert "**Everything was read and checked: nothing to fix.**" in markdown and "Nothing that visitors see changes." in markdown


def test_one_number_with_everything_that_is_worked_out_from_it(small_catalogue: Catalogue, small_site: Path) -> None:
    said = told(small_catalogue, small_site, change("data/tables/kite-clubs.csv", "High Flyers,640", "High Flyers,650"))
    lines = said.split("\n")
    assert any(re.fullmatch(r"  - “North, High Flyers”, “[^”]+”: “640” becomes “650”", line) for line in lines), said
    assert any("(worked out): “1,240” becomes “1,250”" in line for line in lines), said
    assert any("(worked out)" in line and "%” becomes “" in line for line in lines), said
    assert "Table changed: " in said


def test_rows_and_columns_that_come_and_go(small_catalogue: Catalogue, small_site: Path) -> None:
    said = told(
        small_catalogue,
        small_site,
        change("data/tables/kite-rules.csv", "Share the hill,", "Wear gloves,They burn\nShare the hill,"),
        change("data/tables/puddle-register.csv", "Fig Street,2020,65\n", ""),
    )
    assert re.search(r"row added: “[^”]*Wear gloves[^”]*They burn[^”]*”", said), said
    assert re.search(r"row taken out: “[^”]*Fig Street[^”]*”", said), said
    assert said.count("row added") == 1 and said.count("row taken out") == 1, "rows that only moved down are not told"


def test_a_description_and_its_columns(small_catalogue: Catalogue, small_site: Path) -> None:
    table = next(iter(sorted((SMALL_SITE / "data/tables").glob("kite-clubs.yml"))))
    title = next(line for line in table.read_text().split("\n") if line.startswith("title: "))
    said = told(small_catalogue, small_site, change("data/tables/kite-clubs.yml", title, "title: Clubs of kites"))
    assert f"title: “{title.removeprefix('title: ')}” becomes “Clubs of kites”" in said
    assert "becomes “Clubs of kites”" in said and "column" not in said
    said = told(small_catalogue, small_site, change("data/tables/kite-clubs.yml", "unit: metres", "unit: feet"))
    assert re.search(r"column “[^”]+”, unit: “metres” becomes “feet”", said), said


def test_a_page_added_removed_and_moved(small_catalogue: Catalogue, small_site: Path) -> None:
    def add(site: Path) -> None:
        page = (site / "docs/topics/kites.md").read_text()
        (site / "docs/news/2023-03-new.md").write_text(page.replace("title: Kites", "title: A new kite\npublished: 2023-03"))

    def remove(site: Path) -> None:
        (site / "docs/training/booking.md").unlink()

    def move(site: Path) -> None:
        (site / "docs/news/2023-02-kite-found.md").rename(site / "docs/news/2023-02-kite-was-found.md")

    said = told(replace(small_catalogue, published={"/": 3}), small_site, add, remove, move)
    title = small_catalogue.pages["news/2023-02-kite-found.md"].meta.title
    assert "Pages added\n  - “A new kite” at “/news/2023-03-new/”" in said
    assert f"Pages removed\n  - “{small_catalogue.pages['training/booking.md'].meta.title}” at “/training/booking/”" in said
    assert f"Pages moved\n  - “{title}” from “/news/2023-02-kite-found/” to “/news/2023-02-kite-was-found/”" in said
    to_fix = said.partition("To be fixed before it can be published")[2]
    assert "The address /training/booking/ was published, and now nothing is there." in to_fix
    assert 'Has it become "/news/2023-02-kite-was-found/"?' in to_fix, "a page that moved leads on like any other"


def test_links_that_would_break_are_told_apart_from_other_problems(small_catalogue: Catalogue, small_site: Path) -> None:
    said = told(
        small_catalogue,
        small_site,
        lambda site: (site / "docs/topics/puddles.md").rename(site / "docs/topics/ponds.md"),
        change("docs/index.md", "[Topics](/topics/index.md)", "[Puddles](/topics/puddles.md)"),
        style="markdown",
    )
    broken = said.partition("### Links that would be broken")[2].partition("###")[0]
    assert "- [ ] `docs/index.md, line 13`: The link" in broken
    fixing = said.partition("### To be fixed before it can be published")[2].partition("###")[0]
    assert "There is no theme called" in fixing and "The link" not in fixing
    assert re.search(r"\*\*\d+ things to fix\.\*\*", said)


def test_the_words_of_a_page_and_its_settings(small_catalogue: Catalogue, small_site: Path) -> None:
    said = told(
        small_catalogue,
        small_site,
        change("docs/topics/kites.md", "Kites are held by a string.", "Kites are held by a very long string.\n\nLet go and they fall."),
        change("docs/topics/kites.md", "title: Kites\n", "title: All kites\n"),
    )
    assert "Page changed: All kites (/topics/kites/)" in said
    assert "title: “Kites” becomes “All kites”" in said
    assert "text: “… are held by a string.” becomes “… are held by a very long string.”" in said
    assert "new text: “Let go and they fall.”" in said


def test_list_entries_field_by_field(small_catalogue: Catalogue, small_site: Path) -> None:
    said = told(
        small_catalogue,
        small_site,
        change("data/contacts.yml", "value: 01632 960001", "value: 01632 960002"),
        change("data/figures.yml", "value: 1240", "value: 1241"),
        lambda site: (site / "data/glossary.yml").write_text(
            (site / "data/glossary.yml").read_text() + "- id: loop\n  term: loop\n  meaning: A turn in the air.\n"
        ),
    )
    assert "“Kite advice”, value: “01632 960001” becomes “01632 960002”" in said
    assert "value: “1240” becomes “1241”" in said
    assert "Glossary\n  - added: “loop”" in said


def test_what_has_settings_of_its_own_is_told_part_by_part_and_never_as_a_program_writes_it(small_catalogue: Catalogue, small_site: Path) -> None:
    long = "Every string holds. " * 20
    said = told(
        small_catalogue,
        small_site,
        change("data/actions.yml", "Every string holds.", long.strip()),
        change(
            "data/actions.yml", "      status: under way\n", "      status: under way\n    - source: made-up-guidance\n      place: Tails\n      status: done\n"
        ),
        change("data/measures.yml", "The handbook blew away.", "The handbook was burnt."),
        change("data/tables/kite-flights.yml", "less than a minute", "less than an hour"),
        change("data/tables/kite-clubs.yml", "  label: club", "  label: area"),
        change("data/groups.yml", "    - Write down the direction\n", f"    - Write down the direction\n    - {long}\n"),
    )
    assert "history 1, says: “Every string holds.” becomes “Every string holds. Every string holds." in said, "or both would be cut before they differ"
    assert "“Count the tails”, history 2: “nothing” becomes “source: made-up-guidance; place: Tails; status: done”" in said
    assert "“A handbook”, results 1, says: “The handbook blew away.” becomes “The handbook was burnt.”" in said
    assert "breaks 1, because: “Flights of less than a minute are counted too.” becomes “Flights of less than an hour are counted too.”" in said
    assert "chart, label: “club” becomes “area”" in said
    assert re.search(r"“Wind Board”, duties: “… [^”]*the direction” becomes “… [^”]*the direction, Every string", said), said
    assert "None" not in said and "='" not in said


def test_a_change_that_breaks_a_rule_is_shown_cell_by_cell_all_the_same(small_catalogue: Catalogue, small_site: Path) -> None:
    said = told(small_catalogue, small_site, change(f"{PUDDLES}.csv", "800,628,78.5", "801,628,70.5"), style="markdown")
    assert "70.5 is published here, but deep and puddles give 78.4" in said and "`2018/19`, `Puddles`: `800` becomes `801`" in said
    edits = change("docs/topics/kites.md", "by a string.", "by a string.\n\n{{ kite() }}"), change(f"{PUDDLES}.csv", "801,628,70.5", "800,628,78.5")
    assert "Nothing that visitors see changes." not in told(small_catalogue, small_site, *edits, style="markdown"), (
        "what cannot be built may look like anything"
    )


def test_what_cannot_be_read_is_not_called_removed(small_catalogue: Catalogue, small_site: Path) -> None:
    said = told(
        small_catalogue,
        small_site,
        change("data/contacts.yml", "- id: advice", "- idd: advice"),
        change("data/tables/kite-rules.csv", "Share the hill,", "Share,the,hill,"),
        change("docs/topics/kites.md", "title: Kites\n", ""),
    )
    assert "taken out" not in said and "removed" not in said and "nothing is there" not in said
    assert "To be fixed" in said


def test_pages_past_their_day_are_told_and_stop_nothing(small_catalogue: Catalogue, small_site: Path) -> None:
    said = told(small_catalogue, small_site, change("docs/topics/kites.md", "by a string.", "by a rope."), style="markdown", today=date(2028, 1, 1))
    late = said.partition("### Past the day for review")[2]
    assert "`Kites` was due on 20 November 2027" in late
    assert re.search(r"- \d+ in all on the whole site", late)
    assert "- [ ]" not in late and "nothing to fix" in said
    edits = change("docs/topics/kites.md", "by a rope.", "by a string."), change("data/contacts.yml", "Monday", "Tuesday")
    said = told(small_catalogue, small_site, *edits, today=date(2028, 1, 1))
    assert "Tuesday" in said and "Past the day" not in said, "what this change does not touch is told by the weekly look and not on every change"


def test_the_check_of_a_change_marks_only_advice_that_is_new(small_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kites, puddles = small_site / "docs/topics/kites.md", small_site / "docs/topics/puddles.md"
    kites.write_text(kites.read_text() + "\nThe XYQ said so.\n")
    base = tmp_path / "base/tests/small_site"
    shutil.copytree(small_site, base)
    kites.write_text(kites.read_text().replace("\nThe XYQ", "\nA new line above.\n\nThe XYQ"))
    puddles.write_text(puddles.read_text() + "\nThe VWK said so.\n")
    assert door.main(["check", str(small_site), "--format", "github"]) == 0
    assert {"XYQ", "VWK"} <= set(re.findall(r"XYQ|VWK", capsys.readouterr().out))
    assert door.main(["check", str(small_site), "--format", "github", "--since", str(base)]) == 0
    marked = capsys.readouterr().out
    assert re.findall(r"::(\w+) file=([^,]+)", marked) == [("warning", "docs/topics/puddles.md")] and "XYQ" not in marked
    kites.write_text(kites.read_text() + "\n[Nothing](/nothing.md)\n")
    assert door.main(["check", str(small_site), "--since", str(base)]) == 1


def test_advice_that_stood_there_before_is_not_repeated(small_catalogue: Catalogue, small_site: Path) -> None:
    (small_site / "docs/topics/kites.md").write_text((small_site / "docs/topics/kites.md").read_text() + "\nThe XYQ said so.\n")
    before, _ = load_catalogue(small_site, TODAY)
    known = check_all(before)
    assert any(p.severity == "warning" for p in known), "the example no longer gives advice"
    assert tell(compare(before, before, known, known)) == "Nothing that visitors see changes."
    assert "Advice" in tell(compare(small_catalogue, before, known))


def test_the_command_tells_it_three_ways(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = small_site / "docs/topics/kites.md"
    page.write_text(page.read_text().replace("by a string.", "by a rope. "))
    assert door.main(["changes", str(SMALL_SITE), str(small_site)]) == 0
    assert "Page changed: Kites" in capsys.readouterr().out
    assert door.main(["changes", str(SMALL_SITE), str(small_site), "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["summary"].startswith("## What this will change on the site")
    assert {"file": "docs/topics/kites.md", "line": 11, "before": "Kites are held by a rope. ", "after": "Kites are held by a rope."} in said["fixes"]


# Numbers that were published -----------------------------------------------------------------------------

PUDDLES = "data/tables/puddles-by-year"
LATER = "- id: later\n  title: A later report\n  kind: review\n  period: 2023/24\n  holds: A number.\n"
REVISED = "revisions:\n  - row: 2021/22\n    column: puddles\n    was: {}\n    now: 2831\n    source: later\n    because: Two were under a car.\n"


def corrected(was: str) -> list[Edit]:
    """The edits of the recipe for a number that a later document corrected."""
    return [change(f"{PUDDLES}.csv", "2829", "2831"), add(f"{PUDDLES}.yml", REVISED.format(was)), add("data/sources.yml", LATER)]


def add(file: str, text: str) -> Edit:
    return lambda site: (site / file).write_text((site / file).read_text() + text)


EDITED = ("figures.yml", "sources.yml", "tables/kite-clubs.csv", "tables/kite-rules.csv", "tables/puddle-register.csv")
HELD: list[tuple[str, list[Edit], list[tuple[str, int | None, str | None]]]] = [
    ("a number", [change(f"{PUDDLES}.csv", "2829", "2830")], [(f"{PUDDLES}.csv", 5, "puddles")]),
    ("a number that is blank now", [change("data/tables/kite-clubs.csv", "640,12.50", "640,")], [("data/tables/kite-clubs.csv", 2, "length")]),
    ("a gap that is a number now", [change(f"{PUDDLES}.csv", "1000,not available,,", "1000,310,31.0,")], [(f"{PUDDLES}.csv", 3, "deep"), (f"{PUDDLES}.csv", 3, "deep_share")]),
    ("an amount of money", [change("data/tables/kite-clubs.csv", "1234.50", "1243.50")], [("data/tables/kite-clubs.csv", 2, "price")]),
    ("a date", [change("data/tables/kite-clubs.csv", "2001-05-06", "2001-06-05")], [("data/tables/kite-clubs.csv", 2, "founded")]),
    ("a yes that is a no", [change("data/tables/kite-clubs.csv", "12.50,1234.50,2001-05-06,yes", "12.50,1234.50,2001-05-06,no")], [("data/tables/kite-clubs.csv", 2, "open")]),
    ("a year that became another", [change(f"{PUDDLES}.csv", "2018/19,", "2017/18,"), change(f"{PUDDLES}.yml", "2018/19", "2017/18")], [(f"{PUDDLES}.csv", None, None)]),
    ("a row that is gone", [change("data/tables/puddle-register.csv", "Fig Street,2020,65\n", "")], [("data/tables/puddle-register.csv", None, None)]),
    ("a figure", [change("data/figures.yml", "value: 12.50", "value: 12.05")], [("data/figures.yml", 13, "value")]),
    ("a correction of what was never there", corrected("2289"), [(f"{PUDDLES}.yml", 67, "revisions.was")]),
    ("a correction of another cell", [*corrected("2829"), change(f"{PUDDLES}.csv", "2020/21,1030", "2020/21,1031")], [(f"{PUDDLES}.csv", 4, "puddles")]),
    ("a correction by a later document", corrected("2829"), []),
    ("a number written otherwise", [change("data/tables/kite-clubs.csv", "12.50", "12.5")], []),
    ("a row added", [add("data/tables/puddle-register.csv", "Fig Court,2020,65\n")], []),
    ("a row called otherwise", [change("data/tables/puddle-register.csv", "Fig Street,", "Fig-tree Street,")], []),
    ("words alone", [change("data/tables/kite-rules.csv", "Share the hill", "Share every hill")], []),
    ("rows in another order", [change("data/tables/puddle-register.csv", "Fig Street,2020,65\n", ""), add("data/tables/puddle-register.csv", "Fig Street,2020,65\n")], []),
    ("a record that the site keeps of itself", [change("data/sources.yml", "kind: annual report", "kind: own record"), change(f"{PUDDLES}.csv", "2829", "2830")], []),
]  # fmt: skip


def test_a_published_number_changes_with_a_correction_or_as_a_slip_of_typing_alone(small_catalogue: Catalogue, small_site: Path) -> None:
    kept = Kept()
    load_catalogue(small_site, TODAY, kept)
    for what, edits, held in HELD:
        for edit in edits:
            edit(small_site)
        after, base = load_catalogue(small_site, TODAY, kept)[0], small_catalogue
        if "keeps of itself" in what:
            kinds = {name: source.model_copy(update={"kind": "own record"}) for name, source in base.records["source"].items()}
            base = replace(base, records={**base.records, "source": kinds})
        found = list(changed_since(after, base))
        assert [(p.file, p.line, p.field) for p in found] == held, what
        assert all(SLIP in p.fix for p in found), "the other way out is named"
        for slip in (False, True) if what in ("a figure", "a row added") else ():
            said = tell(compare(base, after, (), slip=slip), "markdown")
            assert (f"**{len(held)} thing" in said, "### Called a slip of typing" in said) == (bool(held) and not slip, bool(held) and slip), what
        for file in (*(f"{PUDDLES}{end}" for end in (".csv", ".yml")), *(f"data/{name}" for name in EDITED)):
            shutil.copy(SMALL_SITE / file, small_site / file)


def test_a_number_that_cannot_be_read_is_told_once_and_hidden_counts_not_at_all(small_catalogue: Catalogue, small_site: Path) -> None:
    change(f"{PUDDLES}.csv", "2021/22,2829,", "2021/22,28w9,")(small_site)
    change("data/tables/kite-clubs.yml", "published_counts: yes", "small_counts:\n  threshold: 6")(small_site)
    hidden = load_catalogue(small_site, TODAY)[0]
    assert not list(changed_since(hidden, small_catalogue))
    change("data/tables/kite-clubs.csv", "640", "3")(small_site)
    assert not list(changed_since(load_catalogue(small_site, TODAY)[0], hidden)), "a message would say which hidden count moved"


# What is new, and other files ------------------------------------------------------------------------------

TOP = "Look at these first: they are new on the site"


def parts(said: str) -> dict[str, list[str]]:
    """The lines of each section."""
    return {title: [line.removeprefix("  - ") for line in lines] for title, *lines in (block.split("\n") for block in said.split("\n\n"))}


def put(file: str, content: bytes | str) -> Edit:
    """An edit that writes a whole file."""

    def edit(site: Path) -> None:
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).write_bytes(content.encode() if isinstance(content, str) else content)

    return edit


HILL = (SMALL_SITE / "docs/hill.png").read_bytes()
LINK = change("docs/topics/kites.md", "held by a string.", "held by a [string](https://strings.example.net/shop?x=1).")
EXCUSED = "- id: strings\n  address: https://strings.example.net/shop?x=1\n  reason: Not asked.\n  owner: business-team\n  review_by: 2027-11-20\n"


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ([LINK], "website “strings.example.net”, in “docs/topics/kites.md”"),
        ([LINK, put("data/link_exceptions.yml", EXCUSED)], "website “strings.example.net”, in “docs/topics/kites.md”"),
        ([change("data/contacts.yml", "value: 01632 960001", "value: 01632 960002")], "telephone number “01632 960002” of “Kite advice”"),
        ([put("docs/topics/new-hill.png", HILL)], "file “docs/topics/new-hill.png” (16 × 9 dots)"),
        ([put("docs/topics/paper.pdf", b"%PDF-1.7")], "file “docs/topics/paper.pdf”"),
        ([put("overrides/assets/scripts/new.js", "1")], "file “overrides/assets/scripts/new.js”"),
    ],
    ids=["a website", "a website that is excused", "a number", "a picture", "a document", "a script"],
)
def test_what_the_site_did_not_have_comes_first(edits: list[Edit], says: str, small_catalogue: Catalogue, small_site: Path) -> None:
    found = parts(told(small_catalogue, small_site, *edits))
    assert [line for line in found.pop(TOP) if line.startswith(says)], found
    assert not any("new: " in line for lines in found.values() for line in lines), "it is told twice"


def test_the_same_number_in_other_groups_is_not_new(small_catalogue: Catalogue, small_site: Path) -> None:
    said = told(small_catalogue, small_site, change("data/contacts.yml", "value: 01632 960001", "value: 0163 296 0001"))
    assert "becomes “0163 296 0001”" in said and TOP not in said


@pytest.mark.parametrize(
    ("edit", "section", "says"),
    [
        (put("docs/hill.png", HILL + b"\0"), "Pictures and documents", "replaced: “docs/hill.png” (16 × 9 dots), on “/”"),
        (lambda site: (site / "docs/hill.png").unlink(), "Pictures and documents", "taken out: “docs/hill.png”"),
        (put("mkdocs.yml", "site_name: Another\n"), "How pages look: templates, styles, scripts, settings", "changed: “mkdocs.yml”"),
        (put("overrides/main.html", "x"), "How pages look: templates, styles, scripts, settings", "new: “overrides/main.html”"),
        (put("data/published_addresses.txt", "/a/\n"), "Machinery and tests", "“data/published_addresses.txt”"),
        (put(".github/workflows/x.yml", "x"), "Machinery and tests", "new: “.github/workflows/x.yml”"),
        (put("macros/x.py", "x"), "Machinery and tests", "new: “macros/x.py”"),
    ],
    ids=["a replaced picture", "a picture taken out", "a setting", "a template", "a list of addresses", "a workflow", "a program"],
)
def test_no_file_that_changes_goes_untold(edit: Edit, section: str, says: str, small_catalogue: Catalogue, small_site: Path) -> None:
    said = told(small_catalogue, small_site, edit, style="text")
    assert any(says in line for line in parts(said)[section]), said
    assert "Nothing that visitors see" not in told(small_catalogue, small_site, style="markdown")


def test_what_git_leaves_out_is_no_change(small_catalogue: Catalogue, small_site: Path) -> None:
    edits = [
        put(".gitignore", "site/\n*.egg-info/\n__pycache__/\n"),
        *(put(f"{folder}/x", "x") for folder in ("site", "a.egg-info", "macros/__pycache__", ".git")),
    ]
    assert parts(told(small_catalogue, small_site, *edits)) == {"Machinery and tests": ["new: “.gitignore”"]}
    forced = ("docs/site/hill.png", "overrides/assets/__pycache__/x.js")
    found = parts(told(small_catalogue, small_site, *(put(file, HILL) for file in forced)))
    assert [line.split("”")[0] for line in found[TOP]] == [f"file “{file}" for file in forced], "git can be made to take what it leaves out"


def test_every_page_that_looks_different_in_the_built_sites_is_named(tmp_path: Path) -> None:
    for name, text in {
        "index.html": "a",
        "data/x/index.html": "a",
        "data/y/index.html": "a",
        "gone/index.html": "a",
        "data/x.csv": "1",
        "feeds/x.xml": "1",
        "search/1.json": "1",
    }.items():
        put(name, text)(tmp_path / "before")
        put(name, text)(tmp_path / "after")
    assert pages_that_differ(tmp_path / "before", tmp_path / "after").lines == []
    for name, text in {
        "data/x/index.html": "b",
        "data/y/index.html": "b",
        "new/index.html": "a",
        "data/x.csv": "2",
        "search/1.json": "2",
        "sitemap.xml": "2",
    }.items():
        put(name, text)(tmp_path / "after")
    (tmp_path / "after/gone/index.html").unlink()
    said = tell([pages_that_differ(tmp_path / "before", tmp_path / "after")])
    assert [line.strip() for line in said.split("\n")[1:]] == [
        "- files to download or follow: “data/x.csv”",
        "- “/data/x/, /data/y/”",
        "- gone: “/gone/”",
        "- new: “/new/”",
    ]
    put("index.html", "b")(tmp_path / "after")
    put("404.html", "b")(tmp_path / "after")
    assert "every page of the site" not in tell([pages_that_differ(tmp_path / "before", tmp_path / "after")]), "one page is gone, and that is told"
    shutil.copytree(tmp_path / "after", tmp_path / "other")
    for page in (tmp_path / "other").rglob("*.html"):
        page.write_text("c")
    assert [line.strip() for line in tell([pages_that_differ(tmp_path / "after", tmp_path / "other")]).split("\n")[1:]] == ["- every page of the site"]


# Other people's text ---------------------------------------------------------------------------------------

HOSTILE = st.text(alphabet=st.sampled_from(list("`*_[]()<>!|~#@&;:/\\{}\"'-+.= \n\tabhpstwxyz1")), max_size=60)
GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["strikethrough", "table"])


def shown(markdown: str) -> tuple[str, set[str]]:
    """The words a reader sees, and every sort of thing in the Markdown beside text and code."""
    words, sorts = [], set()
    for token in GITHUB.parse(markdown):
        sorts.add(token.type)
        for child in token.children or []:
            sorts.add(child.type)
            words.append(child.content)
    return "".join(words), sorts


@given(HOSTILE)
@example("`` ` ``")
@example("@everyone ![x](http://h/x.png) <img src=x> www.x.org")
@example("")
def test_quoted_text_stays_text(text: str) -> None:
    words, sorts = shown(f"- {code(text)} ends")
    assert sorts <= {
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
        "inline",
        "code_inline",
        "text",
        "paragraph_close",
        "list_item_close",
        "bullet_list_close",
    }, sorts
    assert words.replace(" ", "").replace("\n", "") == "".join(text.split()) + "ends"


@given(HOSTILE)
@example("https://www.example.org/ @team #12 <b>x</b> [a](b)")
def test_text_in_our_sentences_stays_text(text: str) -> None:
    words, sorts = shown(f"- [ ] x: {prose(text)} ends")
    assert sorts <= {
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
        "inline",
        "text",
        "text_special",
        "paragraph_close",
        "list_item_close",
        "bullet_list_close",
    }, sorts
    assert words.replace("\u200b", "").replace(" ", "") == "[]x:" + "".join(text.split()) + "ends"
    assert not re.search(r"(?<!\w)[@#]\w", prose(text))


@given(st.lists(st.tuples(HOSTILE, HOSTILE), max_size=20), st.integers(200, 2_000))
def test_a_report_never_grows_beyond_what_github_takes(lines: list[tuple[str, str]], most: int) -> None:
    text = tell([Section("Terms", [(Quote(a), " becomes ", Quote(b)) for a, b in lines])], "markdown")
    cut = fit(text, most, "There is more.")
    assert len(cut.encode()) <= most
    assert cut == text or cut.endswith("There is more.")


def test_a_change_of_everything_is_told_within_the_limit(small_catalogue: Catalogue, small_site: Path) -> None:
    for page in (small_site / "docs").rglob("*.md"):
        page.write_text(page.read_text() + "\n" + "\n\n".join(f"Paragraph {n} on {'é' * 300}" for n in range(300)))
    said = told(small_catalogue, small_site, style="markdown")
    assert len(said.encode()) <= MOST_BYTES
    assert "more places in its text" in said
