"""A new annual report goes in, as the recipe walks through it: the command, the rows, the answers, and what is left at each step.

Everything is made up: Exampleshire's report for 2023/24 has wetter puddles, a corrected number and a second chair of the Wind Board.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from macros import __main__ as door
from macros.check import check
from macros.content.catalogue import Catalogue
from macros.content.year_work import left
from macros.editing.changes import compare
from macros.editing.changes.lines import tell
from macros.editing.year import CannotBegin, begin
from macros.problems import errors
from macros.rules import year_work
from tests.outputs_at_hand import catalogue_at, copy_of_small, problems_at, small
from tests.test_editions import reports, words
from tests.test_reports import pages

REPORT, BEGUN, LIST = "annual-report-2023-24", "2026-11-21", "data/year_work.yml"
SAID = f"source: {REPORT}\n      place: Kites again\n"


def change(root: Path, name: str, *pairs: tuple[str, str]) -> None:
    """Puts one text in the place of another in a file; the file's end where nothing is to go."""
    text = (root / name).read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after, 1) if before else text + after
    (root / name).write_text(text, encoding="utf-8")


def kept(root: Path, report: str = REPORT) -> list[str]:
    """What is left for a report, by its lines in the list."""
    catalogue = catalogue_at(root)
    return [item.key for work in catalogue.all("year-work") if work.report == report for item in left(catalogue, work)]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site on the day on which the work is begun, and the rows are typed."""
    root = copy_of_small(tmp_path_factory.mktemp("begun"))
    # so that the period, as the document has it, is not what the rows say, and notes and place stand apart
    change(root, "data/tables/puddles-by-year.yml", ("period: 2018/19 to 2021/22", "period: 2018/19 to 2021/22, in spring"))
    run(root)
    return root


def run(root: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_TODAY", BEGUN)
        assert door.main(["year", "2023/24", str(root)]) == 0


def type_rows(root: Path) -> None:
    change(root, "data/tables/puddles-by-year.csv", ("2829", "2831"), ("", "2022/23,2850,400,14.0,1150\n2023/24,2900,400,13.8,1200\n"))
    change(root, "data/tables/kite-flights.csv", ("", "2022/23 Q4,240\n2023/24 Q1,250\n"))
    run(root)


@pytest.fixture(scope="module")
def done(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The same when the report is in, whole."""
    root = tmp_path_factory.mktemp("done") / "site"
    shutil.copytree(begun, root)
    type_rows(root)
    for name in ("data/sources.yml", "data/publications.yml", "data/tables/puddles-by-year.yml", "data/tables/kite-flights.yml"):
        (root / name).write_text(re.sub(r'"TO WRITE: [^"]*"', "Made up", (root / name).read_text(encoding="utf-8")), encoding="utf-8")
    # rows of the year between, which no report printed before, are this report's too
    change(root, "data/tables/puddles-by-year.yml", ("to: 2022/23", "to: 2021/22"), ("from: 2023/24", "from: 2022/23"), ("", CORRECTED))
    change(root, "data/tables/kite-flights.yml", ("to: 2022/23 Q4", "to: 2022/23 Q3"), ("from: 2023/24 Q1", "from: 2022/23 Q4"))
    change(root, "data/actions.yml", ("      status: under way\n", f"      status: under way\n    - {SAID}      status: done\n"))
    change(root, "data/measures.yml", ("      says: The handbook blew away.\n", f"      says: The handbook blew away.\n    - {SAID}{RESULT}"))
    change(root, "data/roles.yml", ("  held: From 2022\n", "  held: From 2022\n  until: 2023-05\n"))
    for name, entry in NEW.items():
        change(root, name, ("", entry))
    change(root, "docs/topics/kites.md", ("sources: [", f"sources: [{REPORT}, "))
    change(root, "docs/topics/puddles.md", ("owner:", f"reviewed: {BEGUN} by the business team\nowner:"))
    review = (root / "docs/learning/reviews/child-q.md").read_text(encoding="utf-8").replace("Child Q", "Child R").replace("yearbook-2023", REPORT)
    (root / "docs/learning/reviews/child-r.md").write_text(review.replace("briefing: child-q\n", ""), encoding="utf-8")
    text = (root / LIST).read_text(encoding="utf-8")
    text = re.sub(r"(    (?:other tables|other priorities|other lists|absence [a-z-]+):)\n", r"\1 not in the document\n", text)
    text = text.replace("    other tables:", f"    {PERIOD}    other tables:")  # which the late session is counted in
    (root / LIST).write_text(re.sub(r"(    page [^:]+:)\n", r"\1 still right\n", text), encoding="utf-8")
    yield root


CORRECTED = f"revisions:\n  - row: 2021/22\n    column: puddles\n    was: 2829\n    now: 2831\n    source: {REPORT}\n    because: Two were under a car.\n"
RESULT = "      year: 2023/24\n      published_verdict: met\n      says: It was found again.\n"
PERIOD = "period sessions-by-format: it is still right\n"
_FOUND = f"  source: {REPORT}\n  place: Looking back\n"
NEW = {
    "data/roles.yml": f"- id: second-chair\n  title: Chair of the Wind Board\n  kind: chair\n  held_by: The second cock\n  held: From June 2023\n{_FOUND}",
    "data/audits.yml": f"- id: late-audit\n  title: Strings looked at long ago\n  year: 2021/22\n  held: June 2021\n  kind: frontline visit\n{_FOUND}",
    "data/sessions.yml": f"- id: late-session\n  title: What nobody told of\n  event: kite-week-2022\n  held: July 2022\n  format: online\n{_FOUND}",
    "data/pseudonyms.yml": f"- id: child-r\n  name: Child R\n  review: child-r\n{_FOUND}",
}


def test_the_command_writes_what_is_certain_and_lists_what_rests_on_the_reports_before(begun: Path) -> None:
    told = problems_at(begun)
    assert {(p.file, p.says.rstrip(".").split(": ", 1)[-1]) for p in errors(told)} == {
        ("data/sources.yml", "what is in it, in one or two sentences"),
        ("data/publications.yml", "what is in it, in one or two sentences"),
        ("data/publications.yml", "when it was published; or these words: date not given"),
    }, "a document is whole but for what only it can say"
    catalogue = catalogue_at(begun)
    source = catalogue.get("source", REPORT)
    assert (source.title, source.period, source.publisher) == ("Annual report 2023/24", "1 April 2023 to 31 March 2024", "Exampleshire Children's Partnership")
    expected = {"table": ["kite-clubs", "kite-flights", "puddles-by-year"], "action": ["count-tails"], "priority": ["kites"], "role": ["wind-board-chair"]}
    for kind, names in expected.items():
        assert [line for line in kept(begun) if line.startswith(f"{kind} ")] == [f"{kind} {name}" for name in names]
    lines = kept(begun)
    assert {"list reviews", "list audits", "absence price-of-strings", "page topics/kites.md"} <= set(lines)
    assert "list publications" not in lines and "action fix-strings" not in lines, "what is done is not asked for"
    assert not any(line.startswith("page news/2") for line in lines), "news tell of a day gone by"
    asked = {f"    {line}:" for line in lines}
    assert asked <= set((begun / LIST).read_text(encoding="utf-8").split("\n"))
    advised = [p for p in told if p.file == LIST]
    assert {p.severity for p in advised} == {"warning"} and len(advised) == sum(not line.startswith("absence ") for line in lines)
    at = (begun / LIST).read_text(encoding="utf-8").split("\n").index("    action count-tails:") + 1
    assert [p.fix for p in advised if p.line == at] == [
        "Add a line of `history:` in data/actions.yml; or write here `action count-tails: not in the document`."
    ]
    assert kept(begun, "yearbook-2023") == [], "no report came before that one"


def test_rows_that_are_typed_get_an_edition_and_what_was_said_stays_with_the_document_that_said_it(begun: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(begun, root)
    days = "title: Days\nsummary: Days to come.\nsubject: website\nperiod: 2022 to 2024\nsource: yearbook-2023\nplace: Plans\nkey: day\n"
    (root / "data/tables/days.yml").write_text(f"{days}columns:\n  - name: day\n    title: Day\n    type: date\n", encoding="utf-8")
    (root / "data/tables/days.csv").write_text("day\n2022-05-01\n2024-01-05\n", encoding="utf-8")
    settings = "title: Points\nsummary: Points.\nsubject: website\nperiod: 2021/22 to 2023/24\nsource: yearbook-2023\nplace: Strings\nnotes:\n  - Of then.\nkey: point\n"
    columns = "columns:\n  - name: point\n    title: Point\n    type: text\n  - name: strings\n    title: Strings\n    type: whole number\n"
    (root / "data/tables/points.yml").write_text(settings + columns, encoding="utf-8")
    (root / "data/tables/points.csv").write_text(
        "point,strings\nAt the start,3\n2022/23 quarter 4,1\n2023/24 quarter 1,2\nEnd of March 2024,5\n", encoding="utf-8"
    )
    type_rows(root)
    assert catalogue_at(root).tables["days"].sources == ("yearbook-2023",), "what was still ahead when it was printed is no new row"
    points = catalogue_at(root).tables["points"]
    assert [points.editions_of(row)[0].source for row in points.rows] == ["yearbook-2023"] * 2 + [REPORT] * 2, "a text may name a time"
    assert (points.about.period, points.editions[0].notes) == ("2021/22 to 2023/24", ("Of then.",)) and "table points" not in kept(root)
    text = (root / "data/tables/puddles-by-year.yml").read_text(encoding="utf-8")
    assert text[text.index("period:") : text.index("columns:")] == (
        "period: from the rows\neditions:\n  - source: yearbook-2023\n    place: Puddles\n    to: 2022/23\n    notes:\n"
        "      - In 2019/20 nobody counted the deep puddles.\n      - The shares are printed with one place after the point.\n"
        '    period: 2018/19 to 2021/22, in spring\n  - source: annual-report-2023-24\n    place: "TO WRITE: where in the report"\n    from: 2023/24\n    to: 2023/24\n'
    )
    flights = (root / "data/tables/kite-flights.yml").read_text(encoding="utf-8")
    assert "    to: 2022/23 Q4\n  - source: annual-report-2023-24\n" in flights and "    from: 2023/24 Q1\n    to: 2023/24 Q1\n" in flights
    assert "table puddles-by-year" not in kept(root)
    run(root)
    assert (root / "data/tables/puddles-by-year.yml").read_text(encoding="utf-8") == text, "a second time there is nothing to write"
    change(root, "data/tables/puddles-by-year.csv", ("", "2024/25,1,1,100,1\n"))
    with pytest.MonkeyPatch.context() as patch:  # the year after, a report goes in where editions are already
        patch.setenv("SITE_TODAY", BEGUN)
        change(root, "data/tables/puddles-by-year.yml", ("    to: 2023/24\n", ""), ('"TO WRITE: where in the report"', "Made up"))
        assert door.main(["year", "2024/25", str(root)]) == 0
    editions = catalogue_at(root).tables["puddles-by-year"].about.editions
    assert [(e.source, e.to.title if e.to else "") for e in editions] == [
        ("annual-report-2024-25", "2024/25"), ("yearbook-2023", "2022/23"), (REPORT, "2023/24"),
    ]  # fmt: skip


def test_when_all_is_done_or_answered_nothing_is_left_and_the_reports_are_whole(done: Path) -> None:
    run(done)
    assert errors(check(done, date.fromisoformat(BEGUN))[1]) == []
    assert kept(done) == []
    catalogue = catalogue_at(done)
    assert not list(year_work.check(catalogue))
    assert catalogue.get("absence", "price-of-strings").documents == ("yearbook-2023", REPORT), "who has looked is kept where the absence is"
    listed = (done / LIST).read_text(encoding="utf-8")
    assert "action" not in listed and "absence" not in listed.split("answers:", 2)[2] and "page topics/kites.md" not in listed
    assert "    table kite-clubs:\n    other tables: not in the document\n" in listed
    before, after = reports(small()), reports(catalogue)
    assert after["publications/report-2022-23.md"].replace("2018/19 to 2021/22, in spring", "2018/19 to 2021/22") == before["publications/report-2022-23.md"]
    new = words(after["publications/report-2023-24.md"])
    for told in ("2,831 (corrected)", "2,900", "Child R", "Strings looked at long ago", "A handbook", "The second cock", "Actions reported done (1)"):
        assert told in new, told
    assert "What nobody told of" not in after["publications/report-2022-23.md"]


def test_a_proposed_change_says_how_much_is_left(begun: Path, done: Path) -> None:
    def told(catalogue: Catalogue) -> str:
        return tell(compare(small(), catalogue, list(year_work.check(catalogue))), "markdown")

    text = told(catalogue_at(begun))
    assert "### Left to do for annual-report-2023-24, which stops nothing" in text
    assert "- 3 of the tables: `kite-clubs, kite-flights, puddles-by-year`\n- 1 of the actions: `count-tails`\n" in text
    assert re.search(r"- \d\d of the pages: `arrangements/groups.md, .*` and \d\d more\n", text)
    assert "asks for this" not in text, "advice of it is not told once more"
    assert "Left to do" not in told(catalogue_at(done))


def test_a_page_that_writes_an_older_or_corrected_number_is_listed_with_its_line(done: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(done, root)
    change(root, LIST, ("    page contact/index.md: still right\n", "    page contact/index.md:\n"), ("    page training/booking.md: still right\n", ""))
    change(root, LIST, (PERIOD, "\n"))
    for name, row in (("contact/index.md", "2020/21"), ("training/booking.md", "2021/22")):
        change(root, f"docs/{name}", ("", f'\nThere were {{{{ value("puddles-by-year", "{row}", "puddles") }}}} puddles.\n'))
    change(
        root,
        "data/tables/puddles-by-year.yml",
        ("    from: 2022/23\n    to: 2023/24\n", "    rows: [2021/22]\n"),
        ("    to: 2021/22\n", "    rows: all others\n"),
    )
    lines = {item.name: item.more for work in catalogue_at(root).all("year-work") for item in left(catalogue_at(root), work)}
    assert lines.pop("sessions-by-format") == "11 to 15 July 2022", "a period that ends before the report begins, in which something is counted"
    last = {name: len((root / f"docs/{name}").read_text(encoding="utf-8").rstrip().split("\n")) for name in lines}
    assert lines == {name: f"it has newer or corrected numbers for line {number}" for name, number in last.items()} and len(lines) == 2


def test_an_answer_to_nothing_is_an_error_and_a_year_that_cannot_be_is_refused(done: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(done, root)
    change(root, LIST, ("    other tables:", "    tabel kite-clubs: not in the document\n    other pages: still right\n    other tables:"))
    assert [(p.severity, p.says) for p in year_work.check(catalogue_at(root))] == [
        ("error", 'There is nothing called "tabel kite-clubs" to be done. Did you mean "table kite-clubs"?'),
        ("error", 'There is nothing called "other pages" to be done. Did you mean "other tables"?'),
    ], "pages and absences are answered one by one"
    for year, why in (
        ("2023", "no year from April to March"),
        ("2022/23", "no year from April"),
        ("2023/25", "must run into the next year"),
        ("soon", "must be a year"),
    ):
        with pytest.raises(CannotBegin, match=why):
            begin(small(), year)


def test_of_headline_figures_in_one_series_the_newest_stands_on_the_home_page(tmp_path: Path) -> None:
    root = copy_of_small(tmp_path)
    run(root)
    assert date.fromisoformat(BEGUN) == catalogue_at(root).get("year-work", "2023-24").begun_on
    figure = "- id: {0}\n  title: Tails {0}\n  headline: yes\n  series: tails\n  value: 7\n  type: whole number\n  period: {1}\n  subject: website\n  source: {2}\n  place: Tails\n"
    change(root, "data/figures.yml", ("", figure.format("old", "2022/23", "yearbook-2023")))
    assert "figure old" in kept(root)
    before = pages(catalogue_at(root))
    change(root, "data/figures.yml", ("", figure.format("new", "2023/24", REPORT)))
    assert "figure old" not in kept(root), "the newer one stands in its place"
    after = pages(catalogue_at(root))
    assert "Tails new" in after["performance/summary.md"] and "Tails old" not in after["performance/summary.md"]
    assert after["publications/report-2022-23.md"] == before["publications/report-2022-23.md"] and "Tails old" in before["publications/report-2022-23.md"]
