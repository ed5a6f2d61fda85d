"""The reports that data makes: which there are, what they count, what they say of time, and what they never say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros.components import Components
from macros.content import generated
from macros.content.catalogue import Catalogue, is_own
from macros.content.generated import reported_years
from macros.content.periods import months_later, period_of, time_between
from macros.models.base import in_words
from macros.models.partnership import Chapter
from macros.models.periods import Period, financial_year, quarter_of
from macros.models.reasons import Missing
from macros.views import duties
from macros.views.reports.actions import track
from macros.views.reports.parts import CHAPTERS, abbreviations_in
from macros.views.reports.quarter import quarter_report
from macros.views.reports.year import year_report
from macros.website.generated_pages import report_pages
from tests.outputs_at_hand import ROOT, SMALL, catalogue_at, copy_of_small, small, with_record

COMPONENTS = ROOT / "overrides" / "components"


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Every report page of a catalogue as HTML, by its path."""
    return {page.path: str(page.html) for page in report_pages(catalogue, Components(catalogue))}


def words(html: str) -> str:
    """What a reader reads of it, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def raw(name: str) -> list[dict[str, Any]]:
    """A list of the small site as a YAML library reads it, to hold the reports against."""
    found: list[dict[str, Any]] = yaml.load((SMALL / "data" / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


def stood(catalogue: Catalogue, name: str, status: str, **changed: Any) -> Catalogue:
    """The same catalogue, in which the documents say of an action that it stood so."""
    history = tuple(said.model_copy(update={"status": status}) for said in catalogue.get("action", name).history)
    return with_record(catalogue, "action", name, history=history, **changed)


# Time as the documents write it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023/24", "2023-04-01", "2024-03-31"),
        ("2020-21", "2020-04-01", "2021-03-31"),
        ("Early in 2023/24", "2023-04-01", "2024-03-31"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("Spring 2024", "2024-03-01", "2024-05-31"),
        ("5 January 2023", "2023-01-05", "2023-01-05"),
        ("Inspection of 11 to 15 July 2022", "2022-07-11", "2022-07-15"),
        ("1 April 2022 to 31 March 2023", "2022-04-01", "2023-03-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02-14", "2023-02-14", "2023-02-14"),
        ("February 2024", "2024-02-01", "2024-02-29"),
    ],
)
def test_a_time_in_words_is_read_to_the_day(text: str, first: str, last: str) -> None:
    assert period_of(text) == Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "date not given",
        "not stated in the source",
        "After a year",
        "Future years",
        "Next year",
        "Every year",
        "In the months after the report",
        "31 June 2023",
        "0000-01",
        "2023/25",
        "",
    ],
)
def test_words_that_hold_no_date_give_none(text: str) -> None:
    assert period_of(text) is None


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2089, 12, 31)))
def test_every_day_is_read_back_and_lies_in_its_quarter(day: date) -> None:
    assert period_of(in_words(day)) == Period(day, day) == period_of(day.isoformat())
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.following.first == quarter.last + timedelta(days=1)
    assert financial_year(int(quarter.financial_year[:4])).holds(quarter)
    assert 1 <= quarter.quarter <= 4


def test_months_are_counted_as_a_calendar_counts_them() -> None:
    assert months_later(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_later(date(2022, 10, 31), 12) == date(2023, 10, 31)
    assert time_between(date(2023, 3, 31), date(2026, 11, 21)) == "3 years and 7 months"
    assert time_between(date(2023, 3, 31), date(2024, 3, 30)) == "11 months"
    assert time_between(date(2023, 3, 31), date(2023, 4, 1)) == "less than a month"
    assert time_between(date(2023, 3, 31), date(2024, 4, 30)) == "1 year"


# Which reports there are -----------------------------------------------------------------------------------


def _source(name: str, title: str, years: str) -> str:
    return (
        f"- id: {name}\n  title: {title}\n  publisher: Exampleshire Children's Partnership\n  period: {years}\n"
        "  kind: annual report\n  holds: More made-up counts.\n  reuse: Anybody\n"
    )


def _add_a_year(folder: Path, figure: bool) -> Path:
    """A copy of the small site with another year's document, and a figure that rests on it where asked for."""
    root = copy_of_small(folder)
    with (root / "data/sources.yml").open("a", encoding="utf-8") as file:
        file.write(_source("yearbook-2025", "Exampleshire yearbook 2025", "1 April 2024 to 31 March 2025"))
    if figure:
        text = "- id: kites-2024-25\n  title: Kites that flew home\n  headline: yes\n  value: 77123\n  type: whole number\n  unit: kites\n  period: 2024/25\n"
        with (root / "data/figures.yml").open("a", encoding="utf-8") as file:
            file.write(f"{text}  subject: website\n  source: yearbook-2025\n  place: Kites\n")
    return root


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The small site with numbers of two years."""
    return catalogue_at(_add_a_year(tmp_path_factory.mktemp("two-years"), figure=True))


def test_each_year_with_numbers_has_its_report_newest_first_and_a_neighbours_year_has_none(tmp_path: Path) -> None:
    root = _add_a_year(tmp_path, figure=True)
    with (root / "data/sources.yml").open("a", encoding="utf-8") as file:
        file.write(_source("yearbook-west", "Westshire yearbook 2020", "1 April 2019 to 31 March 2020"))
    neighbours = root / "data/tables/puddle-register.yml"
    neighbours.write_text(neighbours.read_text(encoding="utf-8").replace("source: yearbook-2023", "source: yearbook-west"), encoding="utf-8")
    catalogue = catalogue_at(root)
    assert catalogue.tables["puddle-register"].about.source == "yearbook-west"
    assert [reported.year for reported in reported_years(catalogue)] == ["2024/25", "2022/23"]
    assert [reported.address for reported in reported_years(catalogue)] == ["/publications/report-2024-25/", "/publications/report-2022-23/"]


def test_adding_a_years_data_makes_its_report_and_nothing_else_need_be_told(tmp_path: Path) -> None:
    before = pages(small())
    after = pages(catalogue_at(_add_a_year(tmp_path, figure=True)))
    assert set(after) - set(before) == {"publications/report-2024-25.md"}
    told = words(after["publications/report-2024-25.md"])
    assert "77,123" in told
    assert "Kites that flew home" in told
    assert "1 April 2024 to 31 March 2025" in told


def test_a_document_that_no_number_rests_on_makes_no_report(tmp_path: Path) -> None:
    assert set(pages(catalogue_at(_add_a_year(tmp_path, figure=False)))) == set(pages(small()))


def test_links_in_pages_may_name_every_report_and_no_other(two_years: Catalogue) -> None:
    paths = generated.report_paths(two_years)
    assert set(paths) == set(pages(two_years))
    assert "publications/report-2023-24.md" not in paths


def test_every_chapter_that_a_subject_may_name_is_told_once() -> None:
    assert {*CHAPTERS, "reviews", "training"} == set(get_args(Chapter))
    (reported,) = reported_years(small())
    report = year_report(small(), reported)
    told = [t.id for c in (*report.chapters, report.review_chapter, report.training) for t in (*c.numbers, *c.words)]
    names = {source.id for source in report.sources}
    assert Counter(told) == Counter(t.id for t in small().tables.values() if t.about.source in names and is_own(small(), t.about.area))
    assert set(told) == {"kite-clubs", "kite-flights", "puddles-by-year"}, "neither another document's table nor a neighbour's"


# What they show --------------------------------------------------------------------------------------------


def test_measures_are_counted_as_the_file_has_them() -> None:
    (reported,) = reported_years(small())
    report = year_report(small(), reported)
    expected = Counter(said["published_verdict"] for m in raw("measures.yml") for said in m["results"] if said["source"] == reported.source.id)
    assert dict(report.verdicts) == dict(expected) == {"met": 1, "not met": 1}
    told = words(pages(small())[reported.path])
    for measure in raw("measures.yml"):
        assert measure["title"] in told


def test_actions_are_counted_as_the_file_has_them_each_once() -> None:
    quarter = quarter_report(small())
    actions = raw("actions.yml")
    assert quarter.everything.count() == len(actions)
    assert quarter.everything.count("done") == sum(a["history"][-1]["status"] == "done" for a in actions) == 1
    states = ("done", "late", "date passed", "due", "no date")
    assert sum(quarter.everything.count(state) for state in states) == len(actions)  # type: ignore[arg-type]
    told = [s.action.id for s in (*(s for part in quarter.priorities for s in part.actions.tracked), *quarter.other.tracked)]
    assert set(told) == {a["id"] for a in actions}


def test_every_number_table_of_a_year_stands_in_its_report_cell_by_cell() -> None:
    (reported,) = reported_years(small())
    report = year_report(small(), reported)
    told = words(pages(small())[reported.path])
    tables = [table for chapter in (*report.chapters, report.review_chapter, report.training) for table in chapter.numbers]
    assert len(tables) == 3
    for table in tables:
        for row in table.rows:
            for cell in row.cells.values():
                assert words(str(cell.shown).replace("&", "&amp;").replace("'", "&#39;")).strip() in told, (table.id, cell)


def test_one_cell_changed_changes_its_reports_and_another_year_stays(two_years: Catalogue) -> None:
    before = pages(two_years)
    table = two_years.tables["puddles-by-year"]
    row = table.rows[-1]
    changed = replace(row.cells["puddles"], text="6321", value=Decimal(6321), shown="6,321")
    rows = (*table.rows[:-1], replace(row, cells=MappingProxyType({**row.cells, "puddles": changed})))
    after = pages(replace(two_years, tables=MappingProxyType({**two_years.tables, table.id: replace(table, rows=rows)})))
    for path in ("publications/report-2022-23.md", "performance/summary.md"):
        assert "6,321" in after[path]
        assert "6,321" not in before[path]
    assert after["publications/report-2024-25.md"] == before["publications/report-2024-25.md"]


def test_what_was_published_in_a_year_is_in_its_report_only(two_years: Catalogue) -> None:
    newer, older = (year_report(two_years, reported) for reported in reported_years(two_years))
    assert [item.record.id for item in older.reviews] == ["child-q"]
    assert newer.reviews == ()
    assert "Reviews of this year are not on this website." in words(pages(two_years)[newer.reported.path])
    later = with_record(two_years, "review", "child-q", updated="2024-05")
    assert [[item.record.id for item in year_report(later, reported).reviews] for reported in reported_years(later)] == [["child-q"], ["child-q"]]


def test_contents_lead_to_headings_and_no_id_stands_twice() -> None:
    for path, html in pages(small()).items():
        reader = _Ids()
        reader.feed(html)
        assert [name for name, count in Counter(reader.ids).items() if count > 1] == [], path
        assert {target for target in reader.targets if target not in reader.ids} == set(), path
        assert len(reader.targets) >= 5 or path == generated.SUMMARY


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag == "a" and str(named.get("href", "")).startswith("#"):
            self.targets.append(str(named["href"])[1:])


def test_a_link_within_a_report_leads_somewhere_whatever_became_of_its_actions(two_years: Catalogue) -> None:
    """A year without a single action, or whose actions were all done, has no table of what was not."""
    none = replace(two_years, records={**two_years.records, "action": {}})
    done = two_years
    for action in two_years.all("action"):
        done = stood(done, action.id, "done")
    for catalogue in (two_years, none, done):
        for path, html in pages(catalogue).items():
            assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r'id="([^"]+)"', html)), path


def test_abbreviations_used_are_explained_and_no_others() -> None:
    assert [term.term for term in abbreviations_in(small(), "The KDO met; a pre-KDO did not.")] == ["KDO"]
    assert abbreviations_in(small(), "KDOS, pre-KDO and KDO-led are other words.") == ()
    named = with_record(small(), "figure", "kites-in-the-air", title="Kites that the KDO let go")
    for catalogue, listed in ((small(), []), (named, ["KDO"])):
        _, _, end = pages(catalogue)["publications/report-2022-23.md"].partition('<h2 id="abbreviations">')
        assert re.findall(r"<dt><abbr>([^<]+)</abbr></dt>", end.partition('<h2 id="sources">')[0]) == listed


def test_no_number_is_typed_in_the_reports_templates() -> None:
    for template in sorted(COMPONENTS.glob("report_*.html")):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]+>", " ", template.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r"\d+", text.replace("A4", "")) == [], template.name


# Drift and delay -------------------------------------------------------------------------------------------

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("status", "due", "state", "says"),
    [
        ("done", "July 2022", "done", "Done."),
        ("under way", "July 2022", "late", "Under way at 31 March 2023. It was to be finished in July 2022, so it was late."),
        (
            "planned",
            "2023/24",
            "date passed",
            "Planned at 31 March 2023. It was due in 2023/24, which has ended.",
        ),
        (
            Missing("not stated in the source"),
            "July 2022",
            "date passed",
            "It was due in July 2022, which has ended.",
        ),
        (
            "planned",
            "5 January 2024",
            "date passed",
            "Planned at 31 March 2023. It was due by 5 January 2024, which has passed.",
        ),
        (
            "planned",
            "Early in 2023/24",
            "date passed",
            "Planned at 31 March 2023. It was due early in 2023/24, which has ended.",
        ),
        ("planned", "2026", "due", "Planned at 31 March 2023. Due in 2026."),
        ("planned", "2026/27", "due", "Planned at 31 March 2023. Due in 2026/27."),
        ("planned", "After a year", "no date", "Planned at 31 March 2023."),
        (Missing("not stated in the source"), Missing("date not given"), "no date", "Not stated."),
    ],
)
def test_where_an_action_stands_goes_no_further_than_its_document(status: str, due: str, state: str, says: str) -> None:
    catalogue = stood(small(), "count-tails", status, due=due)
    found = track(catalogue, catalogue.get("action", "count-tails"))
    assert (found.state, found.says) == (state, says)


def test_nothing_is_called_overdue_or_late_that_no_document_shows_late() -> None:
    passed = stood(small(), "count-tails", "planned", due="2023/24")
    assert [quarter_report(passed).everything.count(state) for state in ("late", "date passed")] == [0, 1]
    for path, html in pages(passed).items():
        assert "overdue" not in words(html).lower(), path
        assert "so it was late" not in words(html), path
    late = stood(small(), "count-tails", "under way", due="July 2022")
    assert "so it was late" in words(pages(late)[generated.QUARTERLY])


def test_dates_still_to_come_are_sorted_into_quarters() -> None:
    catalogue = stood(small(), "count-tails", "planned", due="5 February 2027")
    report = quarter_report(catalogue)
    assert report.quarter.title == "October to December 2026"
    assert [s.action.id for s in report.due_next] == ["count-tails"]
    assert report.due_now == ()
    assert "Count the tails: due by 5 February 2027" in words(pages(catalogue)[generated.QUARTERLY])
    later = replace(catalogue, today=date(2027, 1, 4))
    assert [s.action.id for s in quarter_report(later).due_now] == ["count-tails"]
    passed = replace(catalogue, today=date(2027, 2, 6))
    assert quarter_report(passed).everything.count("date passed") == 1


def test_drift_is_told_as_the_time_since_the_last_word() -> None:
    assert "3 years and 7 months before this page was made" in words(pages(small())[generated.QUARTERLY])
    assert "4 years before this page was made" in words(pages(replace(small(), today=date(2027, 3, 31)))[generated.QUARTERLY])


def test_what_the_documents_leave_open_is_said() -> None:
    html = words(pages(small())[generated.QUARTERLY])
    assert "Decisions: not on this website yet." in html
    assert "No action, session or event on this website has a date in January to March 2027." in html


# What a partnership must publish ---------------------------------------------------------------------------


def _duty(**changed: Any) -> duties.DutyView:
    return duties.duty_views(with_record(small(), "publication-duty", "publish-yearbook", **changed))[0]


def test_the_next_date_is_worked_out_from_the_last() -> None:
    view = _duty(last_done="2022-10", every="12 months")
    assert (view.next_due, view.passed) == (date(2023, 10, 31), True)
    assert _duty(last_done="2026-02-28", every="1 year").next_due == date(2027, 2, 28)
    assert not _duty(last_done="2026-02-28", every="1 year").passed
    assert _duty(last_done="2019", every="6 months").next_due == date(2020, 6, 30)


def test_a_missing_date_is_said_and_none_is_made_up() -> None:
    view = _duty(last_done=Missing("date not given"), every="12 months")
    assert view.next_due is None
    assert view.missing[0] == "the date on which it was last done, so it cannot be said when it is due next"
    assert "a check against the guidance itself" in view.missing
    assert "a check against the guidance itself" not in _duty(status="met").missing


def test_reviews_show_until_when_they_must_stay_public() -> None:
    catalogue = with_record(small(), "publication-duty", "publish-yearbook", keeps="reviews", kept_for="1 year")
    (kept,) = duties.duty_views(catalogue)[0].kept
    assert (kept.item.record.id, kept.until, kept.passed) == ("child-q", date(2024, 2, 28), True)
    assert "Child Q , published February 2023: until 28 February 2024 at least, which has passed" in words(str(Components(catalogue).duties()))
    assert not duties.duty_views(replace(catalogue, today=date(2024, 2, 28)))[0].kept[0].passed


def test_the_checklist_counts_itself() -> None:
    assert [duty["status"] for duty in raw("publication_duties.yml")] == ["unverified"]
    html = words(str(Components(small()).duties()))
    assert "1 entry." in html and "guidance itself: none." in html and "on which it was last done: none." in html
    (duty,) = small().all("publication-duty")
    others = {f"duty-{number}": duty.model_copy(update={"id": f"duty-{number}", "last_done": "2022-10", "status": "met"}) for number in range(3)}
    records = MappingProxyType({duty.id: duty, **others})
    html = words(str(Components(replace(small(), records=MappingProxyType({**small().records, "publication-duty": records}))).duties()))
    assert "4 entries." in html and "guidance itself: 3." in html and "on which it was last done: 3." in html


def test_a_length_that_is_none_is_refused(tmp_path: Path) -> None:
    root = copy_of_small(tmp_path)
    file = root / "data/publication_duties.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("every: 12 months", "every: yearly"), encoding="utf-8")
    with pytest.raises(AssertionError, match="must be a number of months or years, such as 12 months"):
        catalogue_at(root)
