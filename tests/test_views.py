"""What is shown where, and in which order: the questions a reader would ask of a made-up almanac of weather."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from macros.content.catalogue import Catalogue
from macros.content.standing import headlines
from macros.models.table import Table
from macros.views import dates, measures, pages, records, scorecard, tables
from macros.views.reports.actions import actions_of
from tests.made_up import SOURCED, catalogue_of, described, page, read_made_up, table

PLACES = {"place": "text", "days": {"type": "whole number", "unit": "days"}}
BY_PLACE: dict[str, Any] = {"key": "place"}


def shown_rows(weather: Table) -> list[list[str]]:
    """Every row as it is shown, from top to bottom, whatever group it stands in."""
    arranged = tables.arrange(weather)
    return [[row.cells[heading.name].shown for heading in arranged.headings] for group in arranged.groups for row in group.rows]


# A table ---------------------------------------------------------------------------------------------------


def test_a_table_is_shown_as_its_file_has_it_unless_it_says_otherwise() -> None:
    weather = table(PLACES, [["Hill", 30], ["Ford", 10], ["Moor", 20]], **BY_PLACE)
    arranged = tables.arrange(weather)
    assert shown_rows(weather) == [["Hill", "30"], ["Ford", "10"], ["Moor", "20"]]
    assert [(group.title, [row.key for row in group.rows]) for group in arranged.groups] == [("", ["Hill", "Ford", "Moor"])]
    assert arranged.headings == (tables.Heading("place", "Place", None, False), tables.Heading("days", "Days", "days", True))
    assert (arranged.table, arranged.total, arranged.row_header) == (weather, None, "place")


def test_rows_without_a_key_are_numbered_from_one() -> None:
    arranged = tables.arrange(table(PLACES, [["Hill", 30], ["Hill", 10]], sort="days, smallest first"))
    assert [(group.title, [row.key for row in group.rows]) for group in arranged.groups] == [("", ["2", "1"])]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("days, largest first", ["Hill", "Moor", "Ford", "Down", "Combe", "Tarn"]),
        ("days, smallest first", ["Down", "Moor", "Ford", "Hill", "Combe", "Tarn"]),
        ("place, A to Z", ["Combe", "Down", "Ford", "Hill", "Moor", "Tarn"]),
        ("share, largest first", ["Hill", "Moor", "Ford", "Down", "Combe", "Tarn"]),
        (None, ["Combe", "Hill", "Moor", "Tarn", "Ford", "Down"]),
    ],
)
def test_rows_come_in_the_order_asked_for_with_gaps_last_and_equals_as_in_the_file(sort: str | None, order: list[str]) -> None:
    rows: list[list[object]] = [["Combe", "not stated in the source"], ["Hill", 100], ["Moor", 20], ["Tarn", ""], ["Ford", 20], ["Down", 3]]
    weather = table(PLACES, rows, sort=sort, computed=[{"name": "share", "title": "Share", "share_of": "days"}], **BY_PLACE)
    assert [row[0] for row in shown_rows(weather)] == order


@settings(max_examples=40)
@given(st.lists(st.integers(0, 3) | st.just("not stated in the source"), max_size=60))
@example([n % 2 for n in range(200)])
def test_sorting_is_what_a_plain_sort_gives(numbers: list[int | str]) -> None:
    weather = table(PLACES, [[f"Place {n}", days] for n, days in enumerate(numbers)], sort="days, largest first", **BY_PLACE)
    plain = sorted(range(len(numbers)), key=lambda n: -days if isinstance(days := numbers[n], int) else 1)
    assert [row[0] for row in shown_rows(weather)] == [f"Place {n}" for n in plain]


def test_groups_come_in_the_order_of_their_first_row_and_the_column_becomes_a_heading() -> None:
    columns = {**PLACES, "side": "text"}
    rows = [["Hill", 1, "North"], ["Ford", 9, "South"], ["Moor", 5, "North"], ["Down", 7, "South"]]
    arranged = tables.arrange(table(columns, rows, key="place", group_by="side", sort="days, largest first"))
    assert [(group.title, [row.key for row in group.rows]) for group in arranged.groups] == [("South", ["Ford", "Down"]), ("North", ["Moor", "Hill"])]
    assert [heading.name for heading in arranged.headings] == ["place", "days"]
    unsorted = tables.arrange(table(columns, rows, key="place", group_by="side"))
    assert [group.title for group in unsorted.groups] == ["North", "South"]


def test_a_gap_that_heads_a_group_is_shown_as_it_was_published_and_a_blank_puts_rows_under_no_heading() -> None:
    rows = [["Hill", 1, "North"], ["Ford", 2, ""], ["Moor", 3, "not stated in the source"], ["Down", 4, ""]]
    arranged = tables.arrange(table({**PLACES, "side": "text"}, rows, key="place", group_by="side"))
    assert [(group.title, [row.key for row in group.rows]) for group in arranged.groups] == [
        ("", ["Ford", "Down"]),
        ("North", ["Hill"]),
        ("not stated in the source", ["Moor"]),
    ]


def test_groups_of_any_type_are_named_as_people_write_them() -> None:
    rows = [["Hill", "2021-05-06"], ["Ford", "2021-05-06"]]
    assert [group.title for group in tables.arrange(table({"place": "text", "seen": "date"}, rows, group_by="seen")).groups] == ["6 May 2021"]


@pytest.mark.parametrize(
    ("key", "group_by", "header"),
    [
        ("place", "side", "place"),
        (["side", "place"], "side", "place"),
        (["place", "side"], "side", "place"),
        ("side", "side", "place"),
        ([], "side", "place"),
        ("side", None, "side"),
        (["place", "side"], None, "side"),
        (["side", "place"], None, "place"),
        ([], None, "place"),
    ],
)
def test_each_row_is_headed_by_its_key_unless_that_heads_the_group(key: str | list[str], group_by: str | None, header: str) -> None:
    assert tables.arrange(table({**PLACES, "side": "text"}, [["Hill", 1, "North"]], key=key, group_by=group_by)).row_header == header


def test_a_cell_looks_like_what_it_is() -> None:
    columns = {"year": "whole number", "place": "text", "days": "whole number", "note": "text"}
    weather = table(columns, [[2020, "Hill", 5, "wet"], [2021, "", "not stated in the source", ""], ["", "Ford", "", "does not apply"]], key="year")
    arranged = tables.arrange(weather)
    assert [list(arranged.looks(row)) for row in arranged.groups[0].rows] == [
        [("head number", "2,020"), ("plain", "Hill"), ("number", "5"), ("plain", "wet")],
        [("head number", "2,021"), ("empty", "Blank"), ("gap", "not stated in the source"), ("empty", "Blank")],
        [("empty", "Blank"), ("plain", "Ford"), ("empty", "Blank"), ("gap", "does not apply")],
    ]
    named = tables.arrange(table(PLACES, [["Hill", 1], ["not stated in the source", 2]], key="place"))
    assert [next(named.looks(row)) for row in named.groups[0].rows] == [("head", "Hill"), ("head", "not stated in the source")]
    changed = tables.arrange(table(PLACES, [["Hill", 1]], computed=[{"name": "more", "title": "More", "change_in": "days"}], **BY_PLACE))
    assert list(changed.looks(changed.groups[0].rows[0]))[2] == ("empty", "Not worked out")
    summed = tables.arrange(table(WET, [["Hill", 40, 5]], total={"label": "All", "columns": ["days"]}, **BY_PLACE))
    assert summed.total and list(summed.looks(summed.total)) == [("head", "All"), ("number", "40"), ("empty", "No total")]


def test_rows_are_stacked_on_a_phone_where_their_columns_have_no_room_and_the_page_stays_short() -> None:
    wide = dict.fromkeys(("place", "said", "done", "left"), "text")
    row = ["Hill", "The kites were fixed", "Strings were counted", "Knots are left"]
    assert tables.arrange(table(wide, [row], key="place")).stacks
    assert not tables.arrange(table(wide, [["Hill", "yes", "no", "no"]], key="place")).stacks
    assert not tables.arrange(table(PLACES, [["Hill", 1]], key="place")).stacks

    def stacks(*letters: int, rows: int = 1) -> bool:
        return tables.arrange(table({f"c{at}": "text" for at in range(len(letters))}, [["x" * number for number in letters]] * rows)).stacks

    assert (stacks(6, 6, 5, 5), stacks(6, 6, 6, 5)) == (False, True), "four edges of three and a half and 22 letters are the 36 that have room"
    assert (stacks(99, 6, 5), stacks(99, 6, 6)) == (False, True), "no column needs more than 14 letters"
    assert (stacks(9, 9, 9, rows=80), stacks(9, 9, 9, rows=81)) == (True, False), "at most 240 cells stand one below another"


# Totals and columns that are worked out -----------------------------------------------------------------------

WORKED_OUT: list[dict[str, Any]] = [
    {"name": "share", "title": "Share of all days", "share_of": "days"},
    {"name": "rate", "title": "Of the days, wet", "ratio": ["wet", "days"], "decimals": 0},
    {"name": "more", "title": "Change in days", "change_in": "days", "as": "number", "decimals": 0},
    {"name": "change", "title": "Change in per cent", "change_in": "days"},
]
WET = {"place": "text", "days": {"type": "whole number", "unit": "days"}, "wet": {"type": "whole number", "unit": "days"}}


def test_worked_out_columns_say_so_and_show_signs_gaps_and_decimals() -> None:
    weather = table(
        WET, [["Hill", 40, 5], ["Ford", 60, "not stated in the source"], ["Moor", 60, 30], ["Down", "", 1], ["Tarn", 30, 30]], computed=WORKED_OUT, **BY_PLACE
    )
    assert shown_rows(weather) == [
        ["Hill", "40", "5", "21.1%", "13%", "", ""],
        ["Ford", "60", "not stated in the source", "31.6%", "", "+20", "+50.0%"],
        ["Moor", "60", "30", "31.6%", "50%", "0", "0.0%"],
        ["Down", "", "1", "", "", "", ""],
        ["Tarn", "30", "30", "15.8%", "100%", "", ""],
    ]
    assert tables.arrange(weather).headings[3:] == tuple(tables.Heading(c["name"], c["title"], None, True, worked_out=True) for c in WORKED_OUT)
    a_little_more = table(
        {"place": "text", "days": "decimal"}, [["Hill", "1"], ["Ford", "1.5"], ["Moor", "2.4"]], computed=[{**WORKED_OUT[2], "decimals": 1}], **BY_PLACE
    )
    assert [row[2] for row in shown_rows(a_little_more)] == ["", "+0.5", "+0.9"]
    fewer = table(WET, [["Hill", 40, 5], ["Ford", 30, 1]], computed=WORKED_OUT, **BY_PLACE)
    assert shown_rows(fewer)[1] == ["Ford", "30", "1", "42.9%", "3%", "−10", "−25.0%"]
    assert [cell.text for cell in tables.arrange(fewer).groups[0].rows[1].cells.values()] == ["Ford", "30", "1", "42.9", "3", "-10", "-25.0"]
    assert tables.cell(catalogue_of(fewer), "weather", "Ford", "more").value == Decimal(-10)


def total_of(rows: Sequence[Sequence[object]], columns: Sequence[str], label: str = "All places", **more: Any) -> dict[str, str]:
    arranged = tables.arrange(table(WET, rows, total={"label": label, "columns": list(columns)}, computed=WORKED_OUT, **BY_PLACE, **more))
    assert arranged.total is not None and arranged.total.key == label
    return {name: cell.shown for name, cell in arranged.total.cells.items()}


def test_a_total_adds_up_what_it_names_and_says_only_what_follows() -> None:
    rows = [["Hill", 1400, 5], ["Ford", "not stated in the source", 10], ["Moor", 600, ""]]
    assert total_of(rows, ["days", "wet"]) == {"place": "All places", "days": "2,000", "wet": "15", "share": "100.0%", "rate": "1%"}
    assert total_of(rows, ["wet"]) == {"place": "All places", "wet": "15", "share": "100.0%"}, "a rate needs both of its numbers"
    nothing_of_zero = {"place": "All places", "days": "0", "wet": "5", "share": "", "rate": ""}
    assert total_of([["Hill", 0, 5]], ["days", "wet"]) == nothing_of_zero, "nothing is divided by zero, nor is it 100% of anything"
    assert total_of([["Hill", "", 5]], ["days", "wet"]) == nothing_of_zero | {"days": ""}, "where nothing is known the total is not zero"


def test_a_total_of_money_and_of_decimals_is_shown_as_such() -> None:
    columns = {"place": "text", "cost": "money", "rain": "decimal"}
    arranged = tables.arrange(table(columns, [["Hill", "1200.50", "0.5"], ["Ford", "0.25", "-2"]], total={"columns": ["cost", "rain"]}, **BY_PLACE))
    assert arranged.total is not None
    assert {name: (cell.text, cell.value, cell.shown) for name, cell in arranged.total.cells.items()} == {
        "place": ("Total", "Total", "Total"),
        "cost": ("1200.75", Decimal("1200.75"), "£1,200.75"),
        "rain": ("-1.5", Decimal("-1.5"), "−1.5"),
    }


@settings(max_examples=40)
@given(st.lists(st.integers(0, 10**6) | st.sampled_from(["", "not stated in the source"]), min_size=1, max_size=8))
def test_a_total_is_the_plain_sum_of_its_rows(numbers: list[int | str]) -> None:
    weather = table(PLACES, [[f"Place {n}", days] for n, days in enumerate(numbers)], total={"columns": ["days"]}, **BY_PLACE)
    known = [days for days in numbers if isinstance(days, int)]
    total = tables.cell(catalogue_of(weather), "weather", "total", "days")
    assert total.value == (sum(known) if known else None), "where nothing is known there is no total, not zero"
    assert total.text == (str(sum(known)) if known else "")


def test_one_cell_is_found_by_its_row_and_column() -> None:
    years = {"year": "year", "days": "whole number"}
    weather = table(
        years, [["2019/20", 1000], ["2020/21", "not stated in the source"], ["2021/22", 1500]], key="year", computed=WORKED_OUT[:1], total={"columns": ["days"]}
    )
    catalogue = catalogue_of(weather, table(PLACES, [["Hill", 7]], name="bare", **BY_PLACE))
    found = {
        (row, column): tables.cell(catalogue, "weather", row, column).shown
        for row in ("2019/20", "latest", "previous", "earliest", "total")
        for column in ("days", "share")
    }
    assert found == {
        ("2019/20", "days"): "1,000", ("2019/20", "share"): "40.0%",
        ("latest", "days"): "1,500", ("latest", "share"): "60.0%",
        ("previous", "days"): "not stated in the source", ("previous", "share"): "",
        ("earliest", "days"): "1,000", ("earliest", "share"): "40.0%",
        ("total", "days"): "2,500", ("total", "share"): "100.0%",
    }  # fmt: skip
    for name, row, column in (("weather", "2022/23", "days"), ("weather", "2019/20", "wind"), ("bare", "total", "days"), ("fog", "Hill", "days")):
        with pytest.raises(LookupError, match=f"{name}|{row}|{column}"):
            tables.cell(catalogue, name, row, column)


# The scorecard ---------------------------------------------------------------------------------------------


def score_of(better: str, *numbers: object) -> tuple[str, str] | None:
    """Which way the newest number went and whether that is better, for a column whose good direction is known."""
    weather = table({"year": "year", "days": {"type": "whole number", "better": better}}, [[2000 + n, number] for n, number in enumerate(numbers)], key="year")
    scores = scorecard.scorecard(catalogue_of(weather))
    return (scores[0].direction, scores[0].better) if scores else None


@pytest.mark.parametrize(
    ("good", "before", "latest", "direction", "verdict"),
    [
        ("up", 10, 11, "up", "better"),
        ("up", 11, 10, "down", "worse"),
        ("up", 10, 10, "the same", "neither"),
        ("down", 10, 11, "up", "worse"),
        ("down", 11, 10, "down", "better"),
        ("down", 10, 10, "the same", "neither"),
        ("neither", 10, 11, "up", "neither"),
        ("neither", 11, 10, "down", "neither"),
        ("neither", 10, 10, "the same", "neither"),
    ],
)
def test_better_and_worse_are_never_swapped(good: str, before: int, latest: int, direction: str, verdict: str) -> None:
    assert score_of(good, before, latest) == (direction, verdict)
    assert score_of(good, 999, before, latest) == (direction, verdict), "older numbers have no say"
    assert score_of(good, before, "not stated in the source", latest, "not available") == (direction, verdict), "gaps are stepped over"


@pytest.mark.parametrize("numbers", [[], [5], [5, "not stated in the source"], ["", 5, ""], ["not stated in the source", "not stated in the source"]])
def test_one_number_cannot_be_better_than_itself(numbers: list[object]) -> None:
    assert score_of("up", *numbers) is None


def test_a_line_of_the_scorecard_names_its_numbers_and_their_years() -> None:
    columns = {
        "year": "year",
        "days": {"title": "Days of rain", "type": "whole number", "unit": "days", "better": "down"},
        "fog": {"type": "whole number"},
        "hail": {"type": "whole number", "better": "down"},
        "neighbours": {"type": "whole number", "better": "down", "comparator": "yes"},
        "share": {"type": "percentage", "better": "up"},
    }
    rows = [
        ["2018/19", 9, 1, 5, 9, 80],
        ["2019/20", 2000, 1, "", 9, 50],
        ["2020/21", 1500, 2, "", 8, ""],
        ["2021/22", "not stated in the source", 3, "", 7, "49.5"],
    ]
    weather = table(columns, rows, key="year")
    days, share = scorecard.scorecard(catalogue_of(weather))
    assert (days.table, days.column, days.title, days.unit) == (weather, "days", "Days of rain", "days")
    assert (days.before_row, days.before.shown, days.latest_row, days.latest.shown) == ("2019/20", "2,000", "2020/21", "1,500")
    assert (days.direction, days.better) == ("down", "better")
    assert (share.column, share.title, share.unit, share.before_row, share.latest_row, share.better) == ("share", "Share", None, "2019/20", "2021/22", "worse")


def test_the_scorecard_takes_tables_of_years_of_this_area_in_the_order_of_their_files() -> None:
    days = {"type": "whole number", "better": "up"}
    years = {"year": "year", "days": days}
    rows = [[2020, 1], [2021, 2]]
    catalogue = catalogue_of(
        table(years, rows, name="elsewhere", key="year", area="puddleshire"),
        table(years, rows, name="without-a-key"),
        table({"place": "text", "days": days}, [["Hill", 1], ["Ford", 2]], name="by-place", key="place"),
        table({**years, "place": "text"}, [[2020, 1, "Hill"], [2021, 2, "Hill"]], name="by-year-and-place", key=["year", "place"]),
        table({**years, "place": "text"}, [[2020, 1, "Hill"], [2021, 2, "Hill"]], name="by-place-and-year", key=["place", "year"]),
        table(years, rows[:1], name="one-year", key="year"),
        table(years, rows, name="zebra", key="year"),
        table({"year": "year", "wind": days, "days": days}, [[2020, 1, 2], [2021, 2, 1]], name="apple", key="year"),
    )
    assert [(score.table.id, score.column, score.better) for score in scorecard.scorecard(catalogue)] == [
        ("zebra", "days", "better"),
        ("apple", "wind", "better"),
        ("apple", "days", "worse"),
    ]


# A made-up site --------------------------------------------------------------------------------------------


def on(title: str, themes: str = "", text: str = "Words.", **settings: Any) -> str:
    return page(title, text, themes=themes.split(), **settings)


REVIEW: dict[str, Any] = {"pseudonym": "Child Q", "age_band": "baby", "agencies": ["Office of rain"], "kind": "joint thematic review"}
WEATHER: dict[str, Any] = {
    "data/themes.yml": [{"id": name, "title": name.title(), "summary": "Made up."} for name in ("rain", "wind", "fog")],
    "data/sources.yml": [
        {"id": name, "title": title, "publisher": "Nobody", "period": "Never", "kind": "annual report", "holds": "Made-up weather.", "reuse": "Anybody"}
        for name, title in (("forecast", "Forecast"), ("almanac", "Almanac"), ("diary", "Diary"))
    ],
    "data/groups.yml": [
        {"id": "vane", "title": "Vane", "kind": "board", "purpose": "It turned.", "period": "From 2019 to 2021", "themes": ["wind"], **SOURCED},
        {"id": "gauge", "title": "Gauge", "kind": "panel", "purpose": "It filled up.", "period": "In 2021", "themes": ["rain"], **SOURCED},
        {"id": "barrel", "title": "Barrel", "kind": "panel", "purpose": "It ran over.", "period": "In 2022", **SOURCED},
    ],
    "data/audits.yml": [
        {"id": "gutters", "title": "Gutters", "year": "2019/20", "held": "May 2019", "kind": "frontline visit", "themes": ["rain"], **SOURCED},
        {"id": "drains", "title": "Drains", "year": "2021/22", "held": "June 2021", "kind": "multi-agency audit", "themes": ["rain", "fog"], **SOURCED},
        {"id": "kites", "title": "Kites", "year": "2020/21", "held": "July 2020", "kind": "frontline visit", "themes": ["wind"], **SOURCED},
    ],
    "data/events.yml": [
        {"id": "rain-day", "title": "Rain day", "summary": "It rained.", "held": "May 2021", "date": "2021-05-02", "format": "online", "themes": ["rain"], **SOURCED},
        {"id": "some-day", "title": "Some day", "summary": "Nobody knows.", "held": "Not said", "format": "online", **SOURCED},
        {"id": "wind-week", "title": "Wind week", "summary": "It blew.", "held": "July 2022", "date": "2022-07-04", "format": "in person", "themes": ["wind"], **SOURCED},
    ],
    "data/sessions.yml": [
        {"id": "gusts", "title": "Gusts", "event": "wind-week", "theme_day": "Tuesday", "held": "Tuesday", "date": "2022-07-05", "starts": "14:00", "minutes": 90, "format": "online", "themes": ["wind"], **SOURCED},
        {"id": "doors", "title": "Doors that slam", "event": "wind-week", "held": "Not said", "format": "online", **SOURCED},
        {"id": "sails", "title": "Sails", "event": "wind-week", "theme_day": "Monday", "held": "Monday", "date": "2022-07-04", "format": "online", **SOURCED},
        {"id": "boots", "title": "Boots", "event": "rain-day", "theme_day": "Monday", "held": "Monday", "length": "an hour or so", "minutes": 60, "format": "online", **SOURCED},
        {"id": "dawn", "title": "Dawn", "event": "wind-week", "theme_day": "Monday", "held": "Monday", "date": "2022-07-04", "starts": "05:00", "format": "online", **SOURCED},
        {"id": "mills", "title": "Mills", "event": "wind-week", "theme_day": "Tuesday", "held": "Tuesday", "date": "2022-07-05", "starts": "09:30", "format": "online", **SOURCED},
    ],
    "data/training_series.yml": [{"id": "wet-lunches", "title": "Wet lunches", "summary": "Soup.", "length": "An hour", "how_often": "When it rains", "for_whom": "not stated in the source", "themes": ["rain"], **SOURCED}],
    "data/publications.yml": [
        {"id": "almanac-book", "title": "The almanac", "kind": "guidance", "publisher": "Nobody", "period": "Never", "published": "September 2023", "holds": "Weather.", "themes": ["rain"], **SOURCED},
        {"id": "old-almanac", "title": "The old almanac", "kind": "review", "publisher": "Nobody", "period": "Never", "published": "2020-10-03", "holds": "Old weather.", **SOURCED},
    ],
    "data/partners.yml": [{"id": "cloud-office", "title": "Office of clouds", "kind": "adviser", "role": "It looks up.", "period": "In 2022", **SOURCED}],
    "data/glossary.yml": [{"id": "gust", "term": "Gust", "meaning": "Wind all at once."}],
    "data/timeline.yml": [
        {"id": "flood", "when": "Spring 2019", "starts": "2019-03", "title": "The flood", **SOURCED},
        {"id": "storm", "when": "11 July 2022", "starts": "2022-07-11", "title": "The storm", "summary": "It blew.", **SOURCED},
        {"id": "calm", "when": "2020", "starts": "2020", "title": "The calm", **SOURCED},
    ],
    "data/figures.yml": [
        {"id": "drops", "title": "Drops", "value": "1200", "type": "whole number", "qualifier": "around", "period": "2022", "subject": "website", "themes": ["rain"], "headline": "yes", **SOURCED},
        {"id": "puffs", "title": "Puffs", "value": "7", "type": "whole number", "period": "2022", "subject": "website", "themes": ["wind"], **SOURCED},
        {"id": "clouds", "title": "Clouds", "value": "12.50", "type": "percentage", "period": "2022", "subject": "website", "headline": "yes", **SOURCED},
    ],
    "data/actions.yml": [
        {"id": "umbrellas", "title": "Buy umbrellas", "plan": "wet-plan", "owner": "Gauge", "due": "May", "themes": ["rain"], "history": [{"status": "done", **SOURCED}]},
        {"id": "pegs", "title": "Buy pegs", "plan": "dry-plan", "owner": "Vane", "due": "May", "themes": ["wind"], "history": [{"status": "planned", **SOURCED}]},
        {"id": "buckets", "title": "Buy buckets", "plan": "wet-plan", "owner": "Gauge", "due": "May", "history": [{"status": "planned", **SOURCED}]},
    ],
    "data/measures.yml": [
        {"id": name, "priority": priority, "title": name.title(), "aim": "Less of it.", "direction": "down", **unit, "results": [{"year": "2022", "published_verdict": "met", "says": "Made up.", **numbers, **SOURCED}]}
        for name, priority, unit, numbers in (
            ("puddles", "less-rain", {"unit": "drops"}, {"baseline": "rain |  2020 | days", "target": "1000", "result": "drops"}),
            ("bill", "less-wind", {}, {"baseline": "cost | Hill | pounds", "result": "1200"}),
            ("breeze", "less-wind", {"unit": "%"}, {"baseline": "12.5", "target": "not asked", "result": "rain | latest | share"}),
            ("drizzle", "less-rain", {"unit": "per cent"}, {"baseline": "rain | 2020 | share", "target": "40", "result": "one-day | * | days"}),
        )
    ],
    "data/contacts.yml": [
        {"id": name, "title": name.title(), "kind": "phone", "value": "01632 960001", "says": "Ring.", "urgent": urgent, "order": order, "last_seen": "date not given", "seen_at": "Nowhere", "owner": "office", "review_by": "2027-05-20"}
        for name, urgent, order in (("mast", "yes", 30), ("buoy", "no", 10), ("lamp", "yes", 20))
    ],
    "data/tables/rain.yml": described({"year": "year", "days": "whole number", "share": "percentage"}, title="Rain", subject="website", themes=["rain"], period="2020 to 2022", key="year"),
    "data/tables/rain.csv": "year,days,share\n2020,1500,50\n2021,1400,not stated in the source\n2022,1300,45.50\n",
    "data/tables/wind.yml": described({"place": "text", "days": "whole number"}, title="Gales", subject="training", themes=["wind"], period="In 2021/22", source="diary"),
    "data/tables/wind.csv": "place,days\nHill,9\n",
    "data/tables/one-day.yml": described({"place": "text", "days": "whole number"}, title="Another rain", subject="website", period="From 2020/21 to 2021/22", source="forecast"),
    "data/tables/one-day.csv": "place,days\nHill,5\n",
    "data/tables/cost.yml": described({"place": "text", "pounds": "money"}, title="Cost", subject="website", period="Always", area="puddleshire", key="place"),
    "data/tables/cost.csv": "place,pounds\nHill,1500\n",
    "data/tables/fog.yml": described({"place": "text"}, title="Brume", subject="website", period="Always", area="puddleshire", source="forecast"),
    "data/tables/fog.csv": "place\nHill\nFord\n",
    "docs/index.md": on("Front", text='{{ chart(id="rain") }}\n\n{{ listing("news") }}\n\n{{ finder() }}'),
    "docs/news/hail.md": on("Hail", "rain", text="See [the storm](/learning/reviews/storm.md#end) and [wind](/topics/wind.md).", published="2022-01-31"),
    "docs/wind.md": on("About", "rain"),
    "docs/topics/index.md": on("Topics", "rain wind fog"),
    "docs/topics/rain.md": on("Rain", text='It rained on {{ value("rain", "2020", "days") }} days, then on {{ value("rain", "latest", "days") }}.\n\n{{ table("wind") }}\n\n{{ value(column="days", row="latest", table="wind") }}', order=2),
    "docs/topics/wind.md": on("Wind", "rain wind", order=1),
    "docs/topics/fog.md": on("Fog", text='{{ table("cost") }}', order=1),
    "docs/learning/index.md": on("Learning", order=9999),
    "docs/learning/zoo.md": on("Zoo", order=1),
    "docs/learning/audits.md": on("Audits", audience=["leaders"]),
    "docs/learning/ants.md": on("Ants", "fog", order=2),
    "docs/learning/reviews/index.md": on("Reviews", "rain"),
    "docs/learning/reviews/storm.md": on("The storm", "rain wind", published="2021-03", **REVIEW),
    "docs/learning/reviews/flood.md": on("Puddles", "rain", published="2022", **(REVIEW | {"kind": "local child safeguarding practice review"})),
    "docs/learning/reviews/drought.md": on("The drought", "fog", published="2021-11-05", audience=["leaders"], order=1, **REVIEW),
    "docs/learning/briefings/index.md": on("Briefings"),
    "docs/learning/briefings/storm.md": on("Storm in seven minutes", "rain wind", order=1, review="storm"),
    "docs/learning/briefings/flood.md": on("Ponds in seven minutes", "rain", order=2, audience=["professionals"]),
    "docs/news/index.md": on("News"),
    "docs/news/sun.md": on("Sun", "fog", published="2021-03-04"),
    "docs/news/mist.md": on("Mist", published="2021-03"),
    "docs/news/more-snow.md": on("Snow", "rain", published="2020"),
    "docs/news/snow.md": on("Snow", "rain", published="2021-12"),
    "docs/priorities/index.md": on("Priorities"),
    "docs/priorities/less-rain.md": on("Less rain", "rain", spans=[{"from": "2020/21", "until": "2021/22", "status": "finished", **SOURCED}], order=1),
    "docs/priorities/less-wind.md": on("Less wind", "wind", spans=[{"from": "2021/22", "until": "2021/22", "status": "finished", **SOURCED}]),
}  # fmt: skip


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return read_made_up(tmp_path_factory.mktemp("weather"), WEATHER)


@pytest.fixture
def weather(read: Catalogue) -> Catalogue:
    """The almanac, which remembers no answer of an earlier test."""
    return replace(read)


def titles(items: Sequence[Any]) -> list[str]:
    return [item.title for item in items]


# Lists of tables -------------------------------------------------------------------------------------------


def test_tables_stand_under_their_subjects_this_area_before_others(weather: Catalogue) -> None:
    assert [(subject, titles(tables)) for subject, tables in tables.tables_by_subject(weather).items()] == [
        ("training", ["Gales"]),
        ("website", ["Another rain", "Rain", "Brume", "Cost"]),
    ]


def test_tables_stand_under_the_documents_they_come_from_in_the_order_of_these(weather: Catalogue) -> None:
    assert [titles(about for about, _ in found) for found in tables.tables_by_source(weather).values()] == [
        ["Another rain", "Brume"],
        ["Cost", "Rain"],
        ["Gales"],
    ]


def test_tables_stand_under_the_last_year_they_name_newest_first(weather: Catalogue) -> None:
    assert [(year, titles(tables)) for year, tables in tables.tables_by_year(weather).items()] == [
        ("2022", ["Rain"]),
        ("2021/22", ["Another rain", "Gales"]),
        ("No year named", ["Brume", "Cost"]),
    ]


def test_how_many_rows_each_table_has(weather: Catalogue) -> None:
    assert tables.row_counts(weather) == {"cost": 1, "fog": 2, "one-day": 1, "rain": 3, "wind": 1}


# Records ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        (("reviews",), ["Puddles", "The drought", "The storm"]),
        (("reviews", "rain"), ["Puddles", "The storm"]),
        (("reviews", "storm"), ["The storm"]),
        (("reviews", None, "joint thematic review"), ["The drought", "The storm"]),
        (("reviews", None, None, "2021"), ["The drought", "The storm"]),
        (("reviews", "rain", "joint thematic review", "2021", "everyone"), ["The storm"]),
        (("reviews", None, None, None, "leaders"), ["The drought"]),
        (("reviews", None, None, "2020"), []),
        (("news",), ["Hail", "Snow", "Sun", "Mist", "Snow"]),
        (("pages",), ["Zoo", "Ants", "About", "Audits", "Briefings", "Front", "News", "Priorities", "Reviews", "Topics", "Learning"]),
        (("audits",), ["Drains", "Kites", "Gutters"]),
        (("audits", None, "frontline visit"), ["Kites", "Gutters"]),
        (("audits", None, None, "2021/22"), ["Drains"]),
        (("audits", None, None, None, "leaders"), []),
        (("events",), ["Wind week", "Rain day", "Some day"]),
        (("timeline-events",), ["The storm", "The calm", "The flood"]),
        (("publications",), ["The almanac", "The old almanac"]),
        (("publications", None, None, "2020"), ["The old almanac"]),
        (("publications", None, None, "Sept"), []),
        (("sessions",), ["Gusts", "Doors that slam", "Sails", "Boots", "Dawn", "Mills"]),
        (("briefings",), ["Storm in seven minutes", "Ponds in seven minutes"]),
        (("priorities",), ["Less rain", "Less wind"]),
        (("priorities", None, None, "2020/21"), ["Less rain"]),
        (("topics",), ["Fog", "Wind", "Rain"]),
        (("topics", "rain"), ["Wind", "Rain"]),
        (("partners", "rain"), []),
        (("events", None, "panel"), []),
        (("groups", "wind"), ["Vane"]),
        (("groups", "barrel"), ["Barrel"]),
        (("groups", None, "panel"), ["Gauge", "Barrel"]),
    ],
)
def test_a_listing_holds_what_fits_newest_first_where_there_are_dates(weather: Catalogue, asked: tuple[str | None, ...], order: list[str]) -> None:
    assert titles(records.listed(weather, *asked)) == order  # type: ignore[arg-type]  # the cases leave out what they do not ask for


@pytest.mark.parametrize(
    ("plural", "name", "address", "summary", "dated"),
    [
        ("reviews", "The storm", "/learning/reviews/storm/", "A made-up page, for trying out what is shown where.", "March 2021"),
        ("publications", "The almanac", "/publications/#publication-almanac-book", "Weather.", "September 2023"),
        ("events", "Rain day", "/training/events/rain-day/", "It rained.", "May 2021"),
        ("groups", "Vane", "/arrangements/groups/#group-vane", "It turned.", ""),
        ("partners", "Office of clouds", "/arrangements/partners/#partner-cloud-office", "It looks up.", ""),
        ("timeline-events", "The storm", "/arrangements/timeline/", "It blew.", "11 July 2022"),
        ("timeline-events", "The flood", "/arrangements/timeline/", "", "Spring 2019"),
        ("glossary-terms", "Gust", "/glossary/#term-gust", "Wind all at once.", ""),
        ("measures", "Puddles", "/priorities/less-rain/#measure-puddles", "Less of it.", ""),
        ("topics", "Rain", "/topics/rain/", "A made-up page, for trying out what is shown where.", ""),
        ("audits", "Drains", "/learning/audits/#audit-drains", "", "June 2021"),
    ],
)
def test_a_card_says_what_it_is_where_it_leads_and_when_it_was(weather: Catalogue, plural: str, name: str, address: str, summary: str, dated: str) -> None:
    item = next(item for item in records.listed(weather, plural) if item.title == name)
    assert (item.kind.plural, item.record.title, item.address, item.summary, item.date) == (plural, name, address, summary, dated)


def test_the_years_of_a_record_are_its_own_or_that_of_its_date(weather: Catalogue) -> None:
    years = {(kind, record.id): records.years_of(record) for kind in ("priority", "audit", "review", "publication", "group") for record in weather.all(kind)}
    assert years == {
        ("priority", "less-rain"): ("2020/21", "2021/22"), ("priority", "less-wind"): ("2021/22",),
        ("audit", "gutters"): ("2019/20",), ("audit", "drains"): ("2021/22",), ("audit", "kites"): ("2020/21",),
        ("review", "storm"): ("2021",), ("review", "flood"): ("2022",), ("review", "drought"): ("2021",),
        ("publication", "almanac-book"): (), ("publication", "old-almanac"): ("2020",),
        ("group", "vane"): (), ("group", "gauge"): (), ("group", "barrel"): (),
    }  # fmt: skip


def test_a_topic_gathers_everything_that_carries_its_theme(weather: Catalogue) -> None:
    rain = records.hub(weather, "rain")
    assert [(kind.name, titles(items)) for kind, items in rain.sections] == [
        ("priority", ["Less rain"]),
        ("review", ["Puddles", "The storm"]),
        ("briefing", ["Storm in seven minutes", "Ponds in seven minutes"]),
        ("audit", ["Drains", "Gutters"]),
        ("news", ["Hail", "Snow", "Snow"]),
        ("event", ["Rain day"]),
        ("training-series", ["Wet lunches"]),
        ("publication", ["The almanac"]),
        ("group", ["Gauge"]),
    ]
    assert [table.id for table in rain.tables] == ["rain"]
    assert [figure.id for figure in rain.figures] == ["drops"]
    assert [[tracked.action.id for tracked in rain.actions], [view.measure.id for view in rain.measures]] == [["umbrellas"], ["puddles", "drizzle"]]
    assert rain.topic is not None and (rain.topic.kind.name, rain.topic.title, rain.topic.address) == ("topic", "Rain", "/topics/rain/")
    assert all(item.kind is kind for kind, items in rain.sections for item in items)
    wind = records.hub(weather, "wind")
    assert [kind.name for kind, _ in wind.sections] == ["priority", "review", "briefing", "audit", "session", "event", "group"]
    assert records.hub(weather, "sun") == records.Hub((), (), (), (), (), None)


def test_a_record_carries_its_themes_and_no_others(weather: Catalogue) -> None:
    assert [group.id for group in weather.all("group") if records.has_theme(group, "rain")] == ["gauge"]
    assert not any(records.has_theme(contact, "rain") for contact in weather.all("contact"))


def test_sessions_stand_under_their_days_in_the_editors_order(weather: Catalogue) -> None:
    assert [(day, titles(sessions)) for day, sessions in dates.sessions_by_day(weather, "wind-week")] == [
        ("Tuesday", ["Gusts", "Mills"]),
        ("Other sessions", ["Doors that slam"]),
        ("Monday", ["Sails", "Dawn"]),
    ]
    assert dates.sessions_by_day(weather, "some-day") == []


def test_a_session_says_when_as_far_as_it_was_published(weather: Catalogue) -> None:
    assert {session.id: dates.when(session) for session in weather.all("session")} == {
        "gusts": "5 July 2022, 2pm, 90 minutes",
        "doors": "",
        "sails": "4 July 2022",
        "dawn": "4 July 2022, 5am",
        "boots": "an hour or so",
        "mills": "5 July 2022, 9:30am",
    }


def test_measures_show_their_numbers_as_published_with_a_verdict(weather: Catalogue) -> None:
    shown = {m.measure.id: (m.baseline, m.target, m.result, m.verdict) for m in measures.measures_for(weather, "less-rain")}
    assert shown == {"puddles": ("1,500", "1,000", "around 1,200", "not met"), "drizzle": ("50%", "40%", "5%", "met")}
    assert list(shown) == ["puddles", "drizzle"]
    bill, breeze = measures.measures_for(weather, "less-wind")
    assert (bill.baseline, bill.target, bill.result, bill.verdict) == ("£1,500", "", "1,200", "met")
    assert (breeze.baseline, breeze.target, breeze.result, breeze.verdict) == ("12.5%", "not asked", "45.50%", "not met")
    assert measures.measures_for(weather, "sun") == []


def test_actions_belong_to_their_plan_and_groups_to_their_years(weather: Catalogue) -> None:
    assert [tracked.action.title for tracked in actions_of(weather, "wet-plan")] == ["Buy umbrellas", "Buy buckets"]
    assert actions_of(weather, "sun-plan") == ()
    assert titles(records.groups_in(weather, "2021")) == ["Vane", "Gauge"]
    assert titles(records.groups_in(weather, None)) == ["Vane", "Gauge", "Barrel"]


def test_everything_to_learn_from_comes_by_kind(weather: Catalogue) -> None:
    found = records.finder_items(weather)
    assert [(item.kind.name, item.title) for item in found] == [
        ("review", "Puddles"), ("review", "The drought"), ("review", "The storm"),
        ("briefing", "Storm in seven minutes"), ("briefing", "Ponds in seven minutes"),
        ("audit", "Drains"), ("audit", "Kites"), ("audit", "Gutters"),
        ("topic", "Fog"), ("topic", "Wind"), ("topic", "Rain"),
        ("priority", "Less rain"), ("priority", "Less wind"),
        ("event", "Wind week"), ("event", "Rain day"), ("event", "Some day"),
        ("training-series", "Wet lunches"),
        ("news", "Hail"), ("news", "Snow"), ("news", "Sun"), ("news", "Mist"), ("news", "Snow"),
    ]  # fmt: skip


def test_what_is_new_comes_newest_first_reviews_and_news_together(weather: Catalogue) -> None:
    everything = ["Hail", "Puddles", "Snow", "The drought", "Sun", "The storm", "Mist", "Snow"]
    assert titles(records.latest(weather, 99)) == everything
    assert titles(records.latest(weather, 2)) == everything[:2]
    assert {item.title: item.kind.name for item in records.latest(weather, 2)} == {"Hail": "news", "Puddles": "review"}


def test_what_comes_from_a_document_is_counted_and_its_pages_come_by_title(tmp_path: Path) -> None:
    forecast = {"id": "forecast", "title": "Forecast", "kind": "review", "publisher": "Nobody", "period": "Never", "published": "2020-10-03", "holds": "Rain."}
    pages_of = {"old": "almanacs of old", "brief": "Brief words", "again": "Brief words"}
    files = {f"docs/{name}.md": on(title, sources=["forecast"]) for name, title in pages_of.items()}
    weather = read_made_up(tmp_path, WEATHER | files | {"data/publications.yml": [{**forecast, **SOURCED}, *WEATHER["data/publications.yml"]]})
    links = tuple(pages.Link(pages_of[name], f"/{name}/") for name in ("old", "again", "brief"))
    assert records.from_source(weather, "forecast") == records.FromSource("3 October 2020", 2, 0, links)
    almanac = records.from_source(weather, "almanac")
    assert (almanac.published, almanac.tables, almanac.figures, len(almanac.pages)) == ("", 2, 3, len(weather.pages) - len(files))
    assert records.from_source(weather, "diary") == records.FromSource("", 1, 0, ())


def test_the_home_page_and_reports_show_what_is_marked(weather: Catalogue) -> None:
    assert titles(headlines(weather)) == ["Drops", "Clouds"]
    assert titles(records.urgent_contacts(weather)) == ["Lamp", "Mast"]
    assert records.theme_titles(weather, ["wind", "sun", "rain"]) == [("wind", "Wind"), ("rain", "Rain")]


# Dates -----------------------------------------------------------------------------------------------------


def test_a_calendar_holds_full_dates_alone_oldest_first(weather: Catalogue) -> None:
    entries = dates.dated(weather)
    assert [(entry.day.isoformat(), entry.kind.name, entry.record.id, entry.starts, entry.minutes) for entry in entries] == [
        ("2021-03-04", "news", "sun", None, None),
        ("2021-05-02", "event", "rain-day", None, None),
        ("2022-01-31", "news", "hail", None, None),
        ("2022-07-04", "event", "wind-week", None, None),
        ("2022-07-04", "session", "sails", None, None),
        ("2022-07-04", "session", "dawn", "05:00", None),
        ("2022-07-05", "session", "mills", "09:30", None),
        ("2022-07-05", "session", "gusts", "14:00", 90),
    ]


def test_there_is_a_calendar_of_everything_and_one_for_each_dated_record(weather: Catalogue) -> None:
    found = dates.calendars(weather)
    assert {address: (calendar.title, [entry.record.id for entry in calendar.entries]) for address, calendar in found.items()} == {
        "/calendars/everything.ics": ("Everything with a date", ["sun", "rain-day", "hail", "wind-week", "sails", "dawn", "mills", "gusts"]),
        "/calendars/events/rain-day.ics": ("Rain day", ["rain-day"]),
        "/calendars/events/wind-week.ics": ("Wind week", ["wind-week", "sails", "dawn", "mills", "gusts"]),
        "/calendars/sessions/sails.ics": ("Sails", ["sails"]),
        "/calendars/sessions/dawn.ics": ("Dawn", ["dawn"]),
        "/calendars/sessions/mills.ics": ("Mills", ["mills"]),
        "/calendars/sessions/gusts.ics": ("Gusts", ["gusts"]),
        "/calendars/news/sun.ics": ("Sun", ["sun"]),
        "/calendars/news/hail.ics": ("Hail", ["hail"]),
    }
    assert all(calendar.address == address for address, calendar in found.items())


def test_a_link_to_a_calendar_is_offered_only_where_there_is_one(weather: Catalogue) -> None:
    before = replace(weather, today=date(2022, 7, 4))
    assert dates.calendar_of(before, "sessions", "sails") == "/calendars/sessions/sails.ics"
    assert dates.calendar_of(replace(weather, today=date(2022, 7, 5)), "sessions", "sails") == "", "the day is gone"
    assert dates.calendar_of(replace(weather, today=date(2022, 7, 5)), "events", "wind-week") == "/calendars/events/wind-week.ics", "its last session is today"
    assert dates.calendar_of(weather, "sessions", "doors") == dates.calendar_of(weather, "events", "some-day") == ""


def test_the_events_of_a_page_are_those_with_a_date(weather: Catalogue) -> None:
    assert titles(dates.events_at(weather, "/training/events/rain-day/")) == ["Rain day"]
    assert dates.events_at(weather, "/training/events/some-day/") == dates.events_at(weather, "/training/") == []


# Pages -----------------------------------------------------------------------------------------------------


def test_a_section_is_the_top_folder_of_a_page() -> None:
    assert [pages.section_of(path) for path in ("index.md", "wind.md", "learning/index.md", "learning/reviews/storm.md")] == ["", "", "learning", "learning"]


def test_a_menu_begins_with_the_sections_own_page_then_its_pages_then_its_folders(weather: Catalogue) -> None:
    assert [(entry.title, entry.address, entry.level) for entry in pages.section_menu(weather, "learning")] == [
        ("Learning", "/learning/", 0),
        ("Zoo", "/learning/zoo/", 0),
        ("Ants", "/learning/ants/", 0),
        ("Audits", "/learning/audits/", 0),
        ("Briefings", "/learning/briefings/", 1),
        ("Storm in seven minutes", "/learning/briefings/storm/", 2),
        ("Ponds in seven minutes", "/learning/briefings/flood/", 2),
        ("Reviews", "/learning/reviews/", 1),
        ("The drought", "/learning/reviews/drought/", 2),
        ("Puddles", "/learning/reviews/flood/", 2),
        ("The storm", "/learning/reviews/storm/", 2),
    ]
    assert titles(pages.section_menu(weather, "topics")) == ["Topics", "Fog", "Wind", "Rain"]
    assert titles(pages.section_menu(weather, "news")) == ["News"], "news is listed by date, not by title"
    assert pages.section_menu(weather, "") == [], "the home page has no section"


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("index.md", []),
        ("wind.md", [("Home", "/", 0)]),
        ("topics/index.md", [("Home", "/", 0)]),
        ("topics/rain.md", [("Home", "/", 0), ("Topics", "/topics/", 1)]),
        ("learning/reviews/storm.md", [("Home", "/", 0), ("Learning", "/learning/", 1), ("Reviews", "/learning/reviews/", 2)]),
        ("performance/rain.md", [("Home", "/", 0)]),
    ],
)
def test_the_way_to_a_page_leads_from_the_home_page_down(weather: Catalogue, path: str, way: list[tuple[str, str, int]]) -> None:
    assert [(entry.title, entry.address, entry.level) for entry in pages.trail(weather, path)] == way


def test_related_pages_share_most_themes_and_are_what_a_reader_wants_first(weather: Catalogue) -> None:
    everything = [
        "Wind", "Storm in seven minutes",  # both themes: a topic before a briefing
        "Rain", "Puddles", "Ponds in seven minutes", "Less rain", "Less wind", "About", "Hail", "Snow", "Snow",  # one theme: by kind, then by title
    ]  # fmt: skip
    assert titles(records.related(weather, "learning/reviews/storm.md", 99)) == everything
    assert titles(records.related(weather, "learning/reviews/storm.md")) == everything[:3]
    assert [item.address for item in records.related(weather, "learning/reviews/storm.md", 99)][-2:] == ["/news/more-snow/", "/news/snow/"]
    first = records.related(weather, "learning/reviews/storm.md")[0]
    assert (first.kind.name, first.address) == ("topic", "/topics/wind/")


def test_a_page_is_not_related_to_itself_to_lists_or_to_what_it_links_to(weather: Catalogue) -> None:
    related = titles(records.related(weather, "news/hail.md", 99))
    assert related == ["Rain", "Puddles", "Ponds in seven minutes", "Storm in seven minutes", "Less rain", "About", "Snow", "Snow"]
    assert records.related(weather, "news/index.md") == []


def test_a_topic_counts_its_own_theme_once_more(weather: Catalogue) -> None:
    assert sorted(records.pages_by_theme(weather)["wind"]) == [
        "learning/briefings/storm.md", "learning/reviews/storm.md", "priorities/less-wind.md", "topics/index.md", "topics/wind.md", "topics/wind.md",
    ]  # fmt: skip
    assert "topics/fog.md" in records.pages_by_theme(weather)["fog"]


def test_where_a_table_is_used(weather: Catalogue) -> None:
    assert tables.uses_of_table(weather, "rain") == (pages.Link("Front", "/"), pages.Link("Rain", "/topics/rain/")), "each page once, however often it asks"
    assert tables.uses_of_table(weather, "wind") == (pages.Link("Rain", "/topics/rain/"),)
    assert tables.uses_of_table(weather, "cost") == (pages.Link("Fog", "/topics/fog/"),)
    assert tables.uses_of_table(weather, "fog") == ()
    assert set(tables.pages_by_table(weather)) == {"rain", "wind", "cost"}, "a word that shows no table names none"


def test_pages_are_found_by_the_path_that_editors_write(weather: Catalogue) -> None:
    found = pages.links_by_path(weather)
    assert len(found) == len(weather.pages)
    assert (found["/index.md"], found["/topics/rain.md"]) == (pages.Link("Front", "/"), pages.Link("Rain", "/topics/rain/"))


def test_the_size_of_a_picture_is_known_by_its_address(weather: Catalogue) -> None:
    with_hill = replace(weather, sizes={"docs/hill.png": (40, 30)})
    assert pages.size_of_picture(with_hill, "/hill.png") == (40, 30)
    assert pages.size_of_picture(with_hill, "/moor.png") is None


def test_hidden_numbers_are_hidden_in_totals_and_single_cells(tmp_path: Path) -> None:
    columns = {"place": "text", "children": {"type": "whole number", "unit": "children"}}
    about = described(
        columns,
        key="place",
        small_counts={"threshold": "6"},
        total={"columns": ["children"]},
        computed=[{"name": "share", "title": "Share", "share_of": "children"}],
    )
    counted = read_made_up(tmp_path, {"data/tables/wet.yml": about, "data/tables/wet.csv": "place,children\nHill,3\nFord,0\nMoor,0\n"})
    assert shown_rows(counted.tables["wet"]) == [["Hill", "c", "c"], ["Ford", "0", "c"], ["Moor", "0", "c"]]
    total = tables.arrange(counted.tables["wet"]).total
    assert total is not None and {name: cell.shown for name, cell in total.cells.items()} == {"place": "Total", "children": "c", "share": "c"}
    assert tables.cell(counted, "wet", "Hill", "share").shown == tables.cell(counted, "wet", "total", "children").shown == "c"
    assert tables.public_cells(counted.tables["wet"])[0]["children"].shown == "c"
