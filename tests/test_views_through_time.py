"""What is shown once documents follow one another, things end or are replaced, and a page or a menu has become too long: asked of a made-up almanac."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from macros.content.catalogue import Catalogue, PageEntry
from macros.models.cells import Cell
from macros.views import dates, measures, pages, records, scorecard, tables
from tests.made_up import SOURCED, catalogue_of, described, read_made_up, table
from tests.test_views import PLACES, WEATHER, on, titles
from tests.test_views import read as read
from tests.test_views import weather as weather

DAYS = {"type": "whole number", "unit": "days"}
YEARS = {"year": "year", "days": DAYS}
HELD = {"format": "online", "announced_on": "2026-11-01"}
LUNCH = {**HELD, "series": "wet-lunches"}


def document(name: str, period: str) -> dict[str, str]:
    return {"id": name, "title": name.title(), "publisher": "Nobody", "period": period, "kind": "annual report", "holds": "Made-up weather."}


def group(name: str, source: str, period: str = "In 2021", **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name.title(), "kind": "board", "purpose": "It turned.", "period": period, "themes": ["wind"], **said_in(source, **more)}


def said_in(source: str, **more: Any) -> dict[str, Any]:
    return {"source": source, "place": "Winds", **more}


LATER: dict[str, Any] = {
    "data/themes.yml": WEATHER["data/themes.yml"],
    "data/sources.yml": [
        document("chronicle", "2022"), document("bulletin", "2020"), document("atlas", "2020"), document("zephyr", "2018"), document("almanac", "Never"),
    ],
    "data/tables/rain.yml": described(
        YEARS, title="Rain", key="year", chart={"kind": "line", "label": "year", "values": ["days"]}, source=None, place=None,
        editions=[
            {"source": "chronicle", "place": "Page 9", "from": "2019"},
            {"source": "zephyr", "place": "Page 1", "rows": "2018"},
            {"source": "almanac", "place": "Page 5", "rows": "2017"},
        ],
        revisions=[
            {"row": year, "column": "days", "was": was, "now": now, "source": "chronicle", "because": "Drizzle."}
            for year, was, now in (("2017", "99", "100"), ("2018", "999", "1000"))
        ],
    ),
    "data/tables/rain.csv": "year,days\n2017,100\n2018,1000\n2019,1200\n2020,1100\n",
    "data/tables/hail.yml": described(YEARS, title="Hail", key="year", chart={"kind": "line", "label": "year", "values": ["days"]}),
    "data/tables/hail.csv": "year,days\n2019,2\n2020,1\n",
    "data/tables/fog.yml": described(PLACES, title="Fog", key="place"),
    "data/tables/fog.csv": "place,days\nHill,2\n",
    "data/groups.yml": [
        group("vane", "zephyr", until="2021-05"),
        group("cone", "zephyr", replaced_by="sock"),
        group("sock", "atlas", **{"from": "2020-06"}),
        group("gauge", "chronicle", "In 2022"),
    ],
    "data/measures.yml": [
        {"id": "breeze", "priority": "less-wind", "title": "Breeze", "aim": "Less of it.", "direction": "up", "results": [
            said_in("chronicle", year="2022", published_verdict="met", says="Blown.", target="1000", result="rain | 2018 | days"),
            said_in("zephyr", year="2018", published_verdict="met", says="Calm.", baseline="rain | * | days", target="1000", result="rain | 2018 | days"),
            said_in("bulletin", year="2020", published_verdict="met", says="A gust.", result="7"),
        ]},
    ],
    "data/events.yml": [
        {"id": "gale-week", "title": "Gale week", "summary": "It blows.", "date": "2026-12-01", "last_day": "2026-12-03", **HELD},
        {"id": "calm-day", "title": "Calm day", "summary": "Nothing blows.", "date": "2026-12-05", "status": "cancelled", **HELD},
        {"id": "gone-week", "title": "Gone week", "summary": "It blew.", "date": "2026-11-18", "last_day": "2026-11-19", **HELD},
    ],
    "data/training_series.yml": [
        {"id": name, "title": title, "summary": "Soup.", "length": "An hour", "how_often": "Daily", "for_whom": "not stated in the source", **SOURCED}
        for name, title in (("dry-lunches", "Dry lunches"), ("wet-lunches", "Wet lunches"))
    ],
    "data/sessions.yml": [
        {"id": "pepper", "title": "Pepper", "date": "2026-12-02", **LUNCH},
        {"id": "soup", "title": "Soup", "date": "2026-11-20", "starts": "12:30", **LUNCH},
        {"id": "salt", "title": "Salt", "held": "Not said", **LUNCH},
        {"id": "bread", "title": "Bread", "date": "2026-11-20", "starts": "09:00", **LUNCH},
        {"id": "water", "title": "Water", "date": "2026-11-20", **LUNCH},
        {"id": "crumbs", "title": "Crumbs", "date": "2026-11-19", **LUNCH},
        {"id": "rinds", "title": "Rinds", "date": "2020-02-01", **LUNCH},
        {"id": "gusts", "title": "Gusts", "event": "gale-week", "date": "2026-12-02", **HELD},
    ],
    "data/contacts.yml": [
        {"id": "partnership", "title": "Cloud watch", "kind": "email", "value": "clouds@example.org", "says": "Write.", "order": 1, "announced_on": "2026-11-01", "owner": "office", "review_by": "2027-05-20"}
    ],
    "docs/performance/index.md": on("Figures", text='{{ table("hail") }}\n\n{{ finding("rain") }}\n\n{{ finding("fog") }}\n\n{{ finding(id="hail") }}'),
    "docs/kites.md": on("Kites", "wind"),
    "docs/old-kites.md": on("Old kites", "wind", replaced_by="/kites.md"),
    "docs/older-kites.md": on("Older kites", "wind", replaced_by="/kites.md"),
    "docs/ended.md": on("Ended", "wind", until="2020"),
    "docs/for-children.md": on("For children", "wind", audience=["children"]),
    "docs/topics/wind.md": on("Wind", "wind"),
    "docs/topics/fans.md": on("Fans", replaced_by="/topics/wind.md"),
    "docs/topics/mills.md": on("Mills", replaced_by="/topics/turbines.md"),
    "docs/topics/turbines.md": on("Turbines", **{"from": "2030"}),
    "docs/topics/sails.md": on("Sails", until="2020"),
    "docs/topics/sails-again.md": on("Sails"),
    "docs/priorities/less-wind.md": on("Less wind", spans=[{"from": "2021/22", "until": "2021/22", "status": "finished", **SOURCED}]),
    "docs/learning/reviews/gale.md": on("A gale", "wind", published="2021", pseudonym="Child Q", age_band="baby", agencies=["Office of rain"], kind="rapid review"),
    "docs/learning/briefings/gale.md": on("A gale in seven minutes", "wind"),
    "docs/news/frost.md": on("Frost", published="2026-12-24"),
}  # fmt: skip


@pytest.fixture(scope="module")
def later_read(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return read_made_up(tmp_path_factory.mktemp("later"), LATER)


@pytest.fixture
def later(later_read: Catalogue) -> Catalogue:
    """The almanac of several documents, which remembers no answer of an earlier test."""
    return replace(later_read)


def ids(found: Iterable[Any]) -> list[str]:
    return [one.id for one in found]


# A table of several documents ------------------------------------------------------------------------------


def test_a_table_names_its_documents_the_earliest_first_and_which_rows_each_printed(later: Catalogue) -> None:
    rows = [[place, 1] for place in ("Ash", "Birch", "Cedar", "Elm", "Fir", "Gorse", "Holly", "Ivy", "Larch", "Maple")]
    editions = [
        {"source": "chronicle", "place": "Page 2", "rows": "all others"},
        {"source": "bulletin", "place": "Page 3", "rows": ["Ash", "Gorse", "Larch"]},
        {"source": "zephyr", "place": "Part 2", "rows": ["Fir"]},
        {"source": "zephyr", "place": "Part 3", "rows": ["Nowhere"]},
        {"source": "zephyr", "place": "Part 1", "rows": ["Holly", "Ivy"]},
        {"source": "atlas", "place": "Page 4", "rows": ["Birch", "Cedar", "Elm"]},
    ]
    trees = table(PLACES, rows, key="place", source=None, place=None, editions=editions)
    assert [(one.source.title, one.place, one.rows, one.keys) for one in tables.origins(later, trees)] == [
        ("Zephyr", "Part 1", "Holly and Ivy", ("Holly", "Ivy")),
        ("Zephyr", "Part 2", "Fir", ("Fir",)),
        ("Atlas", "Page 4", "Birch to Elm", ("Birch", "Cedar", "Elm")),
        ("Bulletin", "Page 3", "Ash, Gorse and Larch", ("Ash", "Gorse", "Larch")),
        ("Chronicle", "Page 2", "all other rows", ("Maple",)),
    ], "a document of which no row is left is not named"


def test_a_table_of_one_document_or_made_of_others_names_no_rows(later: Catalogue) -> None:
    def named(of: tables.Table) -> list[tuple[Any, ...]]:
        return [(one.source.id, one.place, one.rows, one.keys) for one in tables.origins(later, of)]

    rows: list[list[object]] = [["Ash", 1], ["Birch", 2]]
    assert named(table(PLACES, rows, key="place")) == [("almanac", "Chapter 1", "", ("Ash", "Birch"))]
    assert named(table(PLACES, rows)) == [("almanac", "Chapter 1", "", ())]
    assert named(table(PLACES, [], key="place")) == [("almanac", "Chapter 1", "", ())], "a document that printed no row yet is the table's all the same"
    every = [{"source": name, "place": "Page 1", "rows": "all others"} for name in ("zephyr", "atlas")]
    made = table(PLACES, rows, key="place", source=None, place=None, editions=every)
    counted = replace(made, about=made.about.model_copy(update={"derived": {"from": "kites"}}))
    assert named(counted) == [("zephyr", "Page 1", "", ("Ash", "Birch")), ("atlas", "Page 1", "", ("Ash", "Birch"))]


def test_what_must_be_known_of_a_table_stands_beside_it(later: Catalogue) -> None:
    editions = [
        {"source": "zephyr", "place": "Page 1", "rows": "2018", "notes": ["It rained.", "It snowed."]},
        {"source": "atlas", "place": "Page 2", "rows": "all others", "notes": ["It blew."]},
    ]
    columns = {"year": "year", "days": {"title": "Days of rain", **DAYS}, "share": {"title": "Share of days", "type": "percentage"}}
    rain = table(
        columns, [["2018", 1000, 50], ["2019", 2, 40]], key="year", source=None, place=None, editions=editions, notes=["Rounded."],
        revisions=[
            {"row": "2018", "column": "days", "was": "999", "now": "1000", "source": "atlas", "because": "Drizzle."},
            {"row": "2019", "column": "share", "was": "41", "now": "40", "source": "atlas", "because": "Nobody says."},
        ],
        breaks=[{"from": "2019", "columns": ["days", "share"], "because": "A new gauge."}, {"from": "2019/20 Q2", "because": "A newer one."}],
    )  # fmt: skip
    assert tables.notes(later, rain) == ("Rounded.", "Zephyr: It rained.", "Zephyr: It snowed.", "Atlas: It blew.")
    assert tables.marks(later, rain) == (
        "2018, Days of rain: 999 was corrected to 1,000 in Atlas. Drizzle.",
        "2019, Share of days: 41% was corrected to 40% in Atlas. Nobody says.",
        "Counted differently from 2019 (Days of rain, Share of days): A new gauge. Numbers from before are not compared with those since.",
        "Counted differently from July to September 2019: A newer one. Numbers from before are not compared with those since.",
    )
    assert tables.notes(later, later.tables["hail"]) == tables.marks(later, later.tables["hail"]) == ()


def test_a_number_or_word_that_was_corrected_says_so_in_its_cell() -> None:
    revisions = [
        {"row": "Hill", "column": name, "was": was, "now": now, "source": "almanac", "because": "Drizzle."}
        for name, was, now in (("days", "4", "5"), ("note", "dry", "wet"))
    ]
    hills = tables.arrange(table({**PLACES, "note": "text"}, [["Hill", 5, "wet"], ["Ford", 5, "wet"]], key="place", revisions=revisions))
    assert [list(hills.looks(row)) for row in hills.groups[0].rows] == [
        [("head", "Hill"), ("number", "5 (corrected)"), ("plain", "wet (corrected)")],
        [("head", "Ford"), ("number", "5"), ("plain", "wet")],
    ]


def test_a_change_that_cannot_be_worked_out_says_why_unless_a_number_is_missing() -> None:
    rows = [["2010", 10], ["2012", 20], ["2013", 30], ["2015", ""], ["2017", 40], ["2018", 80], ["2019", 0], ["2020", 9]]
    change = {"name": "change", "title": "Change", "change_in": "days", "decimals": 0}
    rain = table(YEARS, rows, key="year", computed=[change], breaks=[{"from": "2018", "columns": ["days"], "because": "A new gauge."}])
    [group] = tables.arrange(rain).groups
    blank, gap, broken = Cell("", None, ""), Cell("no year before", None, "no year before"), Cell("counted differently", None, "counted differently")
    shown = [row.cells["change"] for row in group.rows]
    assert shown[:2] == [blank, gap] and shown[2].shown == "+50%"
    assert shown[3:6] == [blank, blank, broken], "neither the missing number nor the one after it has a reason of its own"
    assert [cell.shown for cell in shown[6:]] == ["−100%", ""], "of nothing, nothing is a share"
    assert tables.cell(catalogue_of(rain), "weather", "2012", "change") == gap


def test_a_cell_is_shown_as_it_is_now_or_as_it_was_when_a_document_was_written(later: Catalogue) -> None:
    assert [tables.cell(later, "rain", year, "days").shown for year in ("2017", "2018")] == ["100", "1,000"]
    assert tables.cell(later, "rain", "2018", "days", "zephyr").shown == "999"
    assert tables.cell(later, "rain", "2018", "days", "chronicle").shown == "1,000"


def test_the_home_page_repeats_the_findings_that_an_editor_put_on_the_page_of_figures(later: Catalogue, weather: Catalogue) -> None:
    assert [(sentence.partition(" by ")[0], found.id) for sentence, found in tables.told_first(later)] == [("Days rose", "rain"), ("Days fell", "hail")]
    assert tables.told_first(weather) == [], "where there is no page of figures nothing is repeated"
    assert set(tables.pages_by_table(later)) == {"rain", "hail", "fog"}


# A table that is too long for a page -----------------------------------------------------------------------


def test_a_page_shows_as_many_rows_as_it_has_room_for_and_says_how_many_are_left_out() -> None:
    """A cell takes thirty letters beside its own; a page has room for 250,000, and for a thousand rows."""
    columns = {"place": "text", "side": "text", "said": "text"}

    def beginning(*lengths: int) -> tables.ArrangedTable:
        sides = ("North", "North", "South", "South", "East")
        rows = [[f"At {number}", side, "x" * length] for number, (side, length) in enumerate(zip(sides, lengths, strict=False))]
        return tables.beginning(tables.arrange(table(columns, rows, key="place", group_by="side")))

    def shown(found: tables.ArrangedTable) -> tuple[list[tuple[str, list[str]]], int]:
        return [(group.title, [row.key for row in group.rows]) for group in found.groups], found.left_out

    quarter = 62_500 - 30 - 4 - 30
    assert shown(beginning(*[quarter] * 5)) == ([("North", ["At 0", "At 1"]), ("South", ["At 2", "At 3"])], 1)
    assert shown(beginning(*[quarter] * 3, quarter + 1, 1)) == ([("North", ["At 0", "At 1"]), ("South", ["At 2"])], 2)
    assert shown(beginning(300_000, 1, 1)) == ([("North", ["At 0"])], 2), "the first row is shown however long it is"
    assert shown(beginning(*[quarter] * 4)) == ([("North", ["At 0", "At 1"]), ("South", ["At 2", "At 3"])], 0)
    for few in ([["Hill", 1]], []):
        whole = tables.arrange(table(PLACES, few, key="place"))
        assert tables.beginning(whole) is whole
    long = tables.beginning(tables.arrange(table(PLACES, [[f"At {number}", 1] for number in range(1_002)], key="place")))
    assert ([len(group.rows) for group in long.groups], long.left_out) == ([1_000], 2)


def test_only_a_table_of_many_rows_or_letters_may_be_cut() -> None:
    assert [tables.may_be_cut(table({"place": "text"}, [["x"]] * rows)) for rows in (0, 1, 1_000, 1_001)] == [False, False, False, True]
    assert [tables.may_be_cut(table({"place": "text"}, [["x" * 62_470], ["x" * length]])) for length in (62_470, 62_471)] == [False, True]


# The scorecard ---------------------------------------------------------------------------------------------


def lines_of(rows: list[list[object]], **more: Any) -> tuple[str, ...]:
    """The small line of a column's numbers on the scorecard: 80 wide and 28 high, with an edge of 4."""
    columns = {"year": more.pop("kind", "year"), "days": {"type": "decimal", "better": "up"}}
    [score] = scorecard.scorecard(catalogue_of(table(columns, rows, key="year", **more)))
    return score.spark


def test_a_small_line_goes_through_the_numbers_from_the_first_day_to_the_last_and_from_the_least_to_the_most() -> None:
    assert lines_of([["2018/19", 8], ["2019/20", 9]]) == ()
    assert lines_of([["2018/19", 8], ["2019/20", 12], ["2020/21", "9.5"]]) == ("4.0,24.0 40.0,4.0 76.0,16.5",)
    assert lines_of([["2018/19", 5], ["2019/20", 5], ["2020/21", 5], ["2021/22", 5]]) == ("4.0,14.0 28.0,14.0 52.0,14.0 76.0,14.0",), "level, in the middle"
    assert lines_of([["2018/19 Q1", 0], ["2018/19 Q2", 2], ["2018/19 Q3", 1]], kind="quarter") == ("4.0,24.0 39.8,4.0 76.0,14.0",)
    assert lines_of([["2018", 8], ["2018", 12], ["2018", 9]]) == ("4.0,24.0 4.0,24.0", "4.0,4.0 4.0,4.0", "4.0,19.0 4.0,19.0"), "one year three times"


def test_a_small_line_stops_where_a_year_is_missing_and_begins_where_something_is_counted_as_it_is_now() -> None:
    gaps = [["2010", 1], ["2012", 3], ["2013", "not stated in the source"], ["2014", 2], ["2015", 5]]
    assert lines_of(gaps) == ("4.0,24.0 4.0,24.0", "32.8,14.0 32.8,14.0", "61.6,19.0 76.0,4.0"), "a year alone is a dot"
    broken = [["2010", 100], ["2011", 90], ["2012", 1], ["2013", 2], ["2014", 3]]
    gauge = {"from": "2012", "columns": ["days"], "because": "A new gauge."}
    assert lines_of(broken, breaks=[gauge]) == ("4.0,24.0 40.0,14.0 76.0,4.0",)
    assert lines_of([["", 100], *broken[2:]]) == ("4.0,24.0 40.0,14.0 76.0,4.0",), "what has no year has no place in it"


def test_numbers_that_are_counted_in_two_ways_are_not_on_the_scorecard_and_others_of_the_table_are() -> None:
    better = {"type": "whole number", "better": "up"}
    rows = [["2018/19 Q1", 1, 1, 1, 5], ["2018/19 Q2", 2, 2, 2, 6], ["2018/19 Q3", 3, 3, 3, 7]]
    columns = {"quarter": "quarter", "fog": better, "hail": DAYS, "mist": {**better, "comparator": "yes"}, "rain": better}
    weather = table(columns, rows, key="quarter", breaks=[{"from": "2018/19 Q3", "columns": ["fog"], "because": "A new gauge."}])
    [score] = scorecard.scorecard(catalogue_of(weather))
    assert (score.column, score.direction, score.row, score.spark) == ("rain", "up", weather.rows[-1], ("4.0,24.0 39.8,14.0 76.0,4.0",))


# What has ended or was replaced ----------------------------------------------------------------------------


def test_what_is_over_comes_last_in_a_list_and_is_not_among_what_is_current(later: Catalogue) -> None:
    groups = records.listed(later, "groups")
    assert [(item.title, item.over) for item in groups] == [("Sock", False), ("Gauge", False), ("Vane", True), ("Cone", True)]
    [(_, current)] = [section for section in records.hub(later, "wind").sections if section[0].name == "group"]
    assert titles(current) == ["Sock", "Gauge"]


def test_a_list_as_at_a_day_holds_what_was_there_then(later: Catalogue) -> None:
    for day, there in (("2017-12-31", []), ("2019-06-30", ["Vane", "Cone"]), ("2021-12-31", ["Sock"]), ("2022-01-01", ["Sock", "Gauge"])):
        assert [(item.title, item.over) for item in records.listed(later, "groups", as_at=day)] == [(title, False) for title in there], day
        assert titles(records.groups_in(later, None, day)) == there
    assert titles(records.groups_in(later, "2022", "2022-12-31")) == ["Gauge"]


def test_a_page_names_those_whose_place_it_took(later: Catalogue) -> None:
    assert records.took_place_of(later) == {
        "/kites.md": [pages.Link("Old kites", "/old-kites/"), pages.Link("Older kites", "/older-kites/")],
        "/topics/wind.md": [pages.Link("Fans", "/topics/fans/")],
        "/topics/turbines.md": [pages.Link("Mills", "/topics/mills/")],
    }


def test_no_page_leads_to_one_that_is_over_nor_one_for_children_to_a_review_or_briefing(later: Catalogue) -> None:
    assert titles(records.related(later, "kites.md", 99)) == ["Wind", "A gale", "A gale in seven minutes", "For children"]
    assert titles(records.related(later, "for-children.md", 99)) == ["Wind", "Kites"]


def test_a_menu_leaves_out_what_has_been_replaced_and_keeps_what_has_only_ended_or_will_be(later: Catalogue) -> None:
    assert [(entry.title, entry.address) for entry in pages.section_menu(later, "topics")] == [
        ("Mills", "/topics/mills/"),
        ("Sails", "/topics/sails-again/"),
        ("Sails", "/topics/sails/"),
        ("Turbines", "/topics/turbines/"),
        ("Wind", "/topics/wind/"),
    ]
    assert titles(pages.section_menu(replace(later, today=date(2030, 1, 1)), "topics"))[0] == "Sails", "from the day on which the other page begins"


def test_a_reader_is_sent_to_the_partnerships_own_contact(later: Catalogue, weather: Catalogue) -> None:
    assert records.where_to_write(later) == "/contact/#contact-partnership"
    assert records.where_to_write(weather) == "/contact/", "where none is kept, to the page of all"


def test_a_measure_shows_its_newest_result_each_as_its_document_knew_the_numbers(later: Catalogue) -> None:
    def seen(**asked: Any) -> list[tuple[str, ...]]:
        found = measures.measures_for(later, "less-wind", **asked)
        return [(one.said.source, one.baseline, one.target, one.result, one.verdict, *(each.said.source for each in one.earlier)) for one in found]

    assert seen() == [("chronicle", "", "1,000", "1,000", "met", "bulletin", "zephyr")]
    assert seen(by=date(2020, 12, 31)) == [("bulletin", "", "", "7", "no verdict", "zephyr")]
    assert seen(by=date(2018, 12, 31)) == seen(names=["zephyr"]) == [("zephyr", "999", "1,000", "999", "not met")]
    assert seen(by=date(2018, 12, 30)) == seen(names=["atlas"]) == []


# Dates -----------------------------------------------------------------------------------------------------


def test_what_is_to_come_stays_until_its_last_day_has_passed_and_news_is_never_among_it(later: Catalogue) -> None:
    today = ["water", "bread", "soup", "gale-week", "gusts", "pepper", "calm-day"]
    assert ids(entry.record for entry in dates.coming(later)) == today
    assert ids(entry.record for entry in dates.coming(replace(later, today=date(2026, 12, 3)))) == ["gale-week", "calm-day"]
    assert [(entry.day, entry.last) for entry in dates.dated(later) if entry.record.id == "gale-week"] == [(date(2026, 12, 1), date(2026, 12, 3))]


def test_a_series_lists_what_is_to_come_the_next_first_and_then_what_was_the_newest_first(later: Catalogue) -> None:
    ahead, past = dates.sessions_of(later, "wet-lunches")
    assert (ids(ahead), ids(past)) == (["water", "bread", "soup", "pepper"], ["crumbs", "rinds", "salt"]), "what has no day comes last"
    assert dates.sessions_of(later, "dry-lunches") == ([], [])


def test_a_series_has_a_calendar_and_what_was_cancelled_or_is_gone_offers_none(later: Catalogue) -> None:
    lunches = dates.calendars(later)["/calendars/training-series/wet-lunches.ics"]
    assert (lunches.address, lunches.title) == ("/calendars/training-series/wet-lunches.ics", "Wet lunches")
    assert ids(entry.record for entry in lunches.entries) == ["rinds", "crumbs", "water", "bread", "soup", "pepper"]
    assert "/calendars/training-series/dry-lunches.ics" not in dates.calendars(later)
    asked = (("training-series", "wet-lunches"), ("events", "gale-week"), ("news", "frost"), ("events", "calm-day"), ("events", "gone-week"))
    assert [bool(dates.calendar_of(later, plural, name)) for plural, name in asked] == [True, True, True, False, False]


def test_an_event_of_several_days_says_all_of_them(later: Catalogue) -> None:
    assert {event.id: dates.when(event) for event in later.all("event")} == {
        "gale-week": "1 December 2026 to 3 December 2026", "calm-day": "5 December 2026", "gone-week": "18 November 2026 to 19 November 2026",
    }  # fmt: skip


# Menus of many pages ---------------------------------------------------------------------------------------


def test_years_that_have_a_page_stand_in_the_menu_and_on_the_way_to_their_pages(weather: Catalogue) -> None:
    by_year = replace(weather, published={"/learning/reviews/2021/": 1, "/news/2020/": 2})
    assert [(entry.title, entry.address, entry.level) for entry in pages.section_menu(by_year, "learning")][-6:] == [
        ("Reviews", "/learning/reviews/", 1),
        ("Reviews of 2022", "/learning/reviews/2022/", 2),
        ("Reviews of 2021", "/learning/reviews/2021/", 2),
        ("The drought", "/learning/reviews/drought/", 2),
        ("Puddles", "/learning/reviews/flood/", 2),
        ("The storm", "/learning/reviews/storm/", 2),
    ]
    assert [(entry.title, entry.level) for entry in pages.section_menu(by_year, "news")] == [
        ("News", 0),
        *((f"News of {year}", 0) for year in (2022, 2021, 2020)),
    ]
    way = pages.trail(by_year, "learning/reviews/storm.md")
    assert [(entry.title, entry.address, entry.level) for entry in way[2:]] == [("Reviews", "/learning/reviews/", 2), ("2021", "/learning/reviews/2021/", 3)]
    assert titles(pages.trail(by_year, "topics/rain.md")) == ["Home", "Topics"], "another kind of page has no years"


@pytest.mark.parametrize(("number", "named"), [(100, 100), (101, 1)])
def test_a_menu_names_every_page_of_a_folder_unless_they_are_very_many(weather: Catalogue, number: int, named: int) -> None:
    def at(path: str) -> PageEntry:
        entry = weather.pages["topics/index.md"]
        return replace(entry, source=replace(entry.source, file=f"docs/{path}"))

    crowd = {path: at(path) for path in ("topics/winds/index.md", *(f"topics/winds/gust-{n}.md" for n in range(number - 1)), "topics/breeze.md")}
    menu = pages.section_menu(replace(weather, pages=crowd), "topics")
    assert sum(entry.address.startswith("/topics/winds/") for entry in menu) == named
    assert {"/topics/breeze/", "/topics/winds/"} <= {entry.address for entry in menu}
