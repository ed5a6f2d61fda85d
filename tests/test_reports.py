"""The reports that data makes: which there are, what they count, what they say of time, and what they never say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros import duties, periods, reports
from macros.catalogue import Catalogue
from macros.components import Components
from macros.models.base import in_words
from macros.periods import Period, financial_year, months_later, period_of, quarter_of, reported_years, time_between
from macros.website.generated_pages import report_pages
from tests.outputs_at_hand import ROOT, catalogue_at, copy_of_small, real, small, with_record

COMPONENTS = ROOT / "overrides" / "components"


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Every report page of a catalogue as HTML, by its path."""
    return {page.path: str(page.html) for page in report_pages(catalogue, Components(catalogue))}


def words(html: str) -> str:
    """What a reader reads of it, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def raw(name: str) -> list[dict[str, Any]]:
    """A list in data/ as a YAML library reads it, to hold the reports against."""
    found: list[dict[str, Any]] = yaml.load((ROOT / "data" / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


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
    "text", ["not published", "After a year", "Future years", "Next year", "Every year", "In the months after the report", "31 June 2023", "2023/25", ""]
)
def test_words_that_hold_no_date_give_none(text: str) -> None:
    assert period_of(text) is None


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2089, 12, 31)))
def test_every_day_is_read_back_and_lies_in_its_quarter(day: date) -> None:
    assert period_of(in_words(day)) == Period(day, day) == period_of(day.isoformat())
    quarter = quarter_of(day)
    assert quarter.period.first <= day <= quarter.period.last
    assert quarter.following.period.first == quarter.period.last + timedelta(days=1)
    assert financial_year(int(quarter.year[:4])).holds(quarter.period)
    assert 1 <= quarter.number <= 4


def test_months_are_counted_as_a_calendar_counts_them() -> None:
    assert months_later(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_later(date(2022, 10, 31), 12) == date(2023, 10, 31)
    assert time_between(date(2023, 3, 31), date(2026, 11, 21)) == "3 years and 7 months"
    assert time_between(date(2023, 3, 31), date(2024, 3, 30)) == "11 months"
    assert time_between(date(2023, 3, 31), date(2023, 4, 1)) == "less than a month"
    assert time_between(date(2023, 3, 31), date(2024, 4, 30)) == "1 year"


# Which reports there are -----------------------------------------------------------------------------------


def test_the_real_data_makes_the_two_years_and_no_neighbours_year() -> None:
    assert [reported.year for reported in reported_years(real())] == ["2022/23", "2020/21"]
    assert [reported.address for reported in reported_years(real())] == ["/publications/report-2022-23/", "/publications/report-2020-21/"]
    assert "neighbour-annual-report-2017-18" not in {reported.source.id for reported in reported_years(real())}


def _add_a_year(folder: Path, figure: bool) -> Path:
    root = copy_of_small(folder)
    source = "- id: yearbook-2025\n  title: Exampleshire yearbook 2025\n  publisher: Exampleshire Children's Partnership\n"
    source += "  period: 1 April 2024 to 31 March 2025\n  kind: annual report\n  holds: More made-up counts.\n  reuse: Anybody\n"
    with (root / "data/sources.yml").open("a", encoding="utf-8") as file:
        file.write(source)
    if figure:
        text = "- id: kites-2024-25\n  title: Kites that flew home\n  headline: yes\n  value: 77123\n  type: whole number\n  unit: kites\n  period: 2024/25\n"
        with (root / "data/figures.yml").open("a", encoding="utf-8") as file:
            file.write(f"{text}  subject: website\n  source: yearbook-2025\n  place: Kites\n")
    return root


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


def test_links_in_pages_may_name_every_report_and_no_other() -> None:
    paths = periods.report_paths(real())
    assert set(paths) == set(pages(real()))
    assert "publications/report-2021-22.md" not in paths


def test_every_subject_of_the_catalogue_has_one_chapter() -> None:
    subjects = [*reports.OWN_CHAPTERS, *(subject for _, _, subjects in reports.CHAPTERS for subject in subjects)]
    assert len(subjects) == len(set(subjects))
    for reported in reported_years(real()):
        report = reports.year_report(real(), reported)
        told = [t.id for c in (*report.chapters, report.review_chapter, report.training) for t in (*c.numbers, *c.words)]
        names = {source.id for source in report.sources}
        assert Counter(told) == Counter(t.id for t in real().tables.values() if t.about.source in names and t.about.area == "cheshire-east")


# What they show --------------------------------------------------------------------------------------------


def test_measures_are_counted_as_the_file_has_them() -> None:
    report = reports.year_report(real(), reported_years(real())[0])
    expected = Counter(m["published_verdict"] for m in raw("measures.yml") if m["source"] == "annual-report-2022-23")
    assert dict(report.verdicts) == dict(expected)
    told = words(pages(real())["publications/report-2022-23.md"])
    for measure in raw("measures.yml"):
        assert measure["title"].replace("&", "&amp;") in told


def test_actions_are_counted_as_the_file_has_them_each_once() -> None:
    quarter = reports.quarter_report(real())
    actions = raw("actions.yml")
    assert quarter.everything.count() == len(actions)
    assert quarter.everything.count("done") == sum(a["status"] == "done" for a in actions)
    states = ("done", "late", "date passed", "due", "no date")
    assert sum(quarter.everything.count(state) for state in states) == len(actions)  # type: ignore[arg-type]
    told = [s.action.id for s in (*(s for part in quarter.priorities for s in part.actions.standings), *quarter.other.standings)]
    assert set(told) == {a["id"] for a in actions}


def test_every_number_table_of_a_year_stands_in_its_report_cell_by_cell() -> None:
    for reported in reported_years(real()):
        report = reports.year_report(real(), reported)
        told = words(pages(real())[reported.path])
        tables = [table for chapter in (*report.chapters, report.review_chapter, report.training) for table in chapter.numbers]
        assert len(tables) > 5
        for table in tables:
            for row in table.rows:
                for cell in row.cells.values():
                    assert words(str(cell.shown).replace("&", "&amp;").replace("'", "&#39;")).strip() in told, (table.id, cell)


def test_one_cell_changed_changes_the_report_and_the_other_year_stays() -> None:
    before = pages(real())
    table = real().tables["exploitation-screening-tool"]
    row = table.rows[-1]
    changed = replace(row.cells["share"], text="63.21", value=type(row.cells["share"].value)("63.21"), shown="63.21%")  # type: ignore[call-arg]
    rows = (*table.rows[:-1], replace(row, cells=MappingProxyType({**row.cells, "share": changed})))
    after = pages(replace(real(), tables=MappingProxyType({**real().tables, table.id: replace(table, rows=rows)})))
    for path in ("publications/report-2022-23.md", "publications/quarterly.md", "performance/summary.md"):
        assert "63.21%" in after[path]
        assert "63.21%" not in before[path]
    assert after["publications/report-2020-21.md"] == before["publications/report-2020-21.md"]


def test_what_was_published_in_a_year_is_in_its_report_only() -> None:
    newer, older = (reports.year_report(real(), reported) for reported in reported_years(real()))
    expected = {r.id for r in real().all("review") if any(day and "2022-04" <= day[:7] <= "2023-03" for day in (r.published, r.updated))}
    assert {item.record.id for item in newer.reviews} == expected
    assert older.reviews == ()
    assert "No review on this website was published in this year." in words(pages(real())[older.reported.path])


def test_contents_lead_to_headings_and_no_id_stands_twice() -> None:
    for path, html in pages(real()).items():
        reader = _Ids()
        reader.feed(html)
        assert [name for name, count in Counter(reader.ids).items() if count > 1] == [], path
        assert {target for target in reader.targets if target not in reader.ids} == set(), path
        assert len(reader.targets) >= 10 or path == periods.SUMMARY


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


def test_abbreviations_used_are_explained_and_no_others() -> None:
    terms = reports.abbreviations_in(real(), "The MARAC met; SENDs and pre-NEET did not.")
    assert [term.term for term in terms] == ["MARAC"]
    html = pages(real())["publications/report-2022-23.md"]
    used, _, end = html.partition('<h2 id="abbreviations">')
    listed = re.findall(r"<dt>([^<]+)</dt>", end.partition('<h2 id="sources">')[0])
    assert "MARAC" in listed
    assert all(re.search(rf"(?<![\w-]){re.escape(term)}(?![\w-])", words(used)) for term in listed)


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
        ("under way", "July 2022", "late", "Under way at 31 March 2023. It was to be finished by 31 July 2022, so it was late."),
        ("planned", "2023/24", "date passed", "Planned at 31 March 2023. Its date passed on 31 March 2024; whether it was done is not published."),
        ("not published", "July 2022", "date passed", "Its date passed on 31 July 2022; whether it was done is not published."),
        ("planned", "2026/27", "due", "Planned at 31 March 2023. Due by 31 March 2027."),
        ("planned", "After a year", "no date", "Planned at 31 March 2023. Whether it was done is not published."),
        ("not published", "not published", "no date", "Whether it was done is not published."),
    ],
)
def test_where_an_action_stands_goes_no_further_than_its_document(status: str, due: str, state: str, says: str) -> None:
    catalogue = with_record(small(), "action", "count-tails", status=status, due=due)
    found = reports.standing(catalogue, catalogue.get("action", "count-tails"))
    assert (found.state, found.says) == (state, says)


def test_nothing_is_called_overdue_or_late_that_no_document_shows_late() -> None:
    quarter = reports.quarter_report(real())
    assert quarter.everything.count("late") == 0
    for path, html in pages(real()).items():
        assert "overdue" not in words(html).lower(), path
        assert "so it was late" not in words(html), path


def test_dates_still_to_come_are_sorted_into_quarters() -> None:
    catalogue = with_record(small(), "action", "count-tails", due="5 February 2027", status="planned")
    report = reports.quarter_report(catalogue)
    assert report.quarter.title == "October to December 2026"
    assert [s.action.id for s in report.due_next] == ["count-tails"]
    assert report.due_now == ()
    assert "Count the tails: due by 5 February 2027" in words(pages(catalogue)[periods.QUARTERLY])
    later = replace(catalogue, today=date(2027, 1, 4))
    assert [s.action.id for s in reports.quarter_report(later).due_now] == ["count-tails"]
    passed = replace(catalogue, today=date(2027, 2, 6))
    assert reports.quarter_report(passed).everything.count("date passed") == 1


def test_drift_is_told_as_the_time_since_the_last_word() -> None:
    assert "3 years and 7 months before this page was made" in words(pages(real())[periods.QUARTERLY])
    assert "4 years before this page was made" in words(pages(replace(small(), today=date(2027, 3, 31)))[periods.QUARTERLY])


def test_what_is_not_published_is_said() -> None:
    html = words(pages(real())[periods.QUARTERLY])
    assert "Decisions: not published." in html
    assert "Nothing is published with a date in January to March 2027: no action, session or event." in html


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
    view = _duty(last_done="not published", every="12 months")
    assert view.next_due is None
    assert view.missing[0] == "the date on which it was last done, so it cannot be said when it is due next"
    assert "a check against the guidance itself" in view.missing
    assert "a check against the guidance itself" not in _duty(status="met").missing


def test_reviews_show_until_when_they_must_stay_public() -> None:
    catalogue = with_record(small(), "publication-duty", "publish-yearbook", kept_for="12 months", keeps="reviews")
    kept = {k.item.record.id: k for view in duties.duty_views(catalogue) for k in view.kept}
    assert set(kept) == {"child-q"}
    assert kept["child-q"].until == date(2024, 2, 28)
    assert kept["child-q"].passed
    html = words(str(Components(catalogue).duties()))
    assert "published February 2023: until 28 February 2024 at least, which has passed" in html


def test_the_checklist_counts_itself() -> None:
    listed = raw("publication_duties.yml")
    html = words(str(Components(real()).duties()))
    assert f"{len(listed)} entries." in html
    assert f"last done: {sum(d['last_done'] != 'not published' for d in listed)}." in html
    assert ("guidance itself: none." in html) == all(d["status"] == "unverified" for d in listed)


def test_a_length_that_is_none_is_refused(tmp_path: Path) -> None:
    root = copy_of_small(tmp_path)
    file = root / "data/publication_duties.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("every: 12 months", "every: yearly"), encoding="utf-8")
    with pytest.raises(AssertionError, match="must be a number of months or years, such as 12 months"):
        catalogue_at(root)
