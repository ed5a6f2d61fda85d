"""What charts say: the site's sentences are true of any numbers, an editor's own are held against them, and drawings show what is there and no more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.components.charts import LETTER, MAP, WIDEST, Drawing, Label, draw
from macros.content.catalogue import Catalogue
from macros.content.findings import faults, finding
from macros.content.suppression import hide, without_small_counts
from macros.models.partnership import Town
from macros.models.periods import written_year
from macros.models.table import OwnFinding, Table
from macros.rules import charts
from macros.views import overviews, scorecard
from macros.views.reports.actions import actions_of
from macros.views.tables import arrange, told_first
from tests.made_up import SOURCED, catalogue_of, page, read_made_up, table

DAYS = {"type": "whole number", "unit": "days"}
SHARE = {"type": "percentage"}


def chart(kind: str = "bar", label: str = "place", values: Sequence[str] = ("days",), **more: Any) -> dict[str, Any]:
    return {"kind": kind, "label": label, "values": list(values), **more}


def by_year(rows: Sequence[tuple[str, object]], kind: Any = None, **more: Any) -> Table:
    return table({"year": "year", "days": kind or DAYS}, rows, key="year", chart=more.pop("chart", chart("line", "year")), **more)


def by_place(rows: Sequence[tuple[str, object]], kind: Any = None, **more: Any) -> Table:
    return table({"place": "text", "days": kind or DAYS}, rows, key="place", chart=more.pop("chart", chart()), **more)


YEARS = ("2018/19", "2019/20", "2020/21", "2021/22", "2022/23")
BROKEN = {"breaks": [{"from": "2020/21", "because": "Drizzle counts."}]}
TOTAL = {"total": {"columns": ["days"]}}


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        (by_year(list(zip(YEARS, (3438, 2976, 2558, 2543, 2273), strict=True))), "Days fell by about a third, from 3,438 in 2018/19 to 2,273 in 2022/23, the lowest of the 5 years given"),
        (by_year(list(zip(YEARS, (95, 98, 90, 92, 93), strict=True)), SHARE), "Days fell by 2 percentage points, from 95% in 2018/19 to 93% in 2022/23, the highest since 2019/20"),
        (by_year(list(zip(YEARS, (40, 20, 21, 22, 60), strict=True))), "Days rose by half, from 40 in 2018/19 to 60 in 2022/23, the highest of the 5 years given"),
        (by_year(list(zip(YEARS[:4], (25, 60, 30, 60), strict=True))), "Days rose by 140%, from 25 in 2018/19 to 60 in 2021/22"),
        (by_year([("2018/19", 3), ("2021/22", 10)]), "Days rose by 7, from 3 in 2018/19 to 10 in 2021/22"),
        (by_year([("2018/19", 5), ("2019/20", 5)]), "Days stayed at 5 from 2018/19 to 2019/20"),
        (by_year([("2018/19", 5), ("2019/20", 7), ("2020/21", 5)]), "Days came to 5 in 2020/21, the same as in 2018/19"),
        (by_year([("2018/19", 5), ("2019/20", "not available"), ("2020/21", 5)]), "Days came to 5 in 2020/21, the same as in 2018/19"),
        (by_year([("2018/19", 40), ("2019/20", "not available"), ("2020/21", 80)]), "Days rose by 100%, from 40 in 2018/19 to 80 in 2020/21"),
        (by_year([("2018/19", "not available"), ("2019/20", 7)]), ""),
        (by_year(list(zip(YEARS, (900, 950, 100, 110, 120), strict=True)), **BROKEN), "Days rose by about a fifth, from 100 in 2020/21 to 120 in 2022/23, the highest of the 3 years given".replace("about ", "")),
        (by_year([("2019/20", 900), ("2020/21", 100)], **BROKEN), ""),
        (by_year([("2020/21", 30), ("2018/19", 20)]), "Days rose by half, from 20 in 2018/19 to 30 in 2020/21"),
        (by_place([("Hill", 13), ("Ford", 3), ("Moor", 2)], **TOTAL), "Hill accounted for 13 of 18 days (72%)"),
        (by_place([("Hill", 5), ("Ford", 5), ("Moor", 2)], **TOTAL), "Highest: Hill and Ford (5); lowest: Moor (2)"),
        (by_place([("Hill", 5), ("Ford", "not available"), ("Moor", 2)], **TOTAL), "Of those with a number, highest: Hill (5); lowest: Moor (2)"),
        (by_place([("Hill", 5), ("Ford", 5)]), "All are the same: 5"),
        (by_place([("Hill", 0), ("Ford", 0)], **TOTAL), "All are the same: 0"),
        (by_place([("Hill", 5)]), ""),
        (by_place([("Hill", 5), ("Ford", 3)], computed=[{"name": "more", "title": "More", "change_in": "days"}]), "Days fell by 2, from 5 (Hill) to 3 (Ford)"),
        (by_place([("Hill", 6), ("Ford", 2)], chart=chart(nested=True)), "2 of 6 came as far as the last step: Ford"),
        (by_place([("Hill", 66), ("Ford", 10)], SHARE, chart=chart(rest="Not said")), "Hill accounted for 66%"),
        (by_year([("2018/19", "not available")]), ""),
        # how far: in points of a percentage, as a fraction where it is one or nearly, in per cent, and as it is where numbers are small
        (by_year([("2018/19", 5), ("2019/20", 6)], SHARE), "Days rose by 1 percentage point, from 5% in 2018/19 to 6% in 2019/20"),
        (by_year([("2018/19", 19), ("2019/20", 24)]), "Days rose by 5, from 19 in 2018/19 to 24 in 2019/20"),
        (by_year([("2018/19", 20), ("2019/20", 25)]), "Days rose by a quarter, from 20 in 2018/19 to 25 in 2019/20"),
        (by_year([("2018/19", 24), ("2019/20", 19)]), "Days fell by 5, from 24 in 2018/19 to 19 in 2019/20"),
        (by_year([("2018/19", 100), ("2019/20", 134)]), "Days rose by about a third, from 100 in 2018/19 to 134 in 2019/20"),
        (by_year([("2018/19", 100), ("2019/20", 135)]), "Days rose by 35%, from 100 in 2018/19 to 135 in 2019/20"),
        (by_year([("2018/19", 300), ("2019/20", 100)]), "Days fell by two thirds, from 300 in 2018/19 to 100 in 2019/20"),
        (by_year([("2018/19", 1000), ("2019/20", 799)]), "Days fell by about a fifth, from 1,000 in 2018/19 to 799 in 2019/20"),
        (by_year([("2018/19", 1000), ("2019/20", 1004)]), "Days rose by 4, from 1,000 in 2018/19 to 1,004 in 2019/20"),
        (by_year([("2018/19", 1000), ("2019/20", 1005)]), "Days rose by 1%, from 1,000 in 2018/19 to 1,005 in 2019/20"),
        (by_year([("2018/19", 9), ("2019/20", 30)], {"type": "money"}), "Days rose by £21, from £9 in 2018/19 to £30 in 2019/20"),
        # when: on a date, in a quarter, and beside a label that is no time
        (table({"day": "date", "days": DAYS}, [["2022-06-04", 60], ["2021-05-03", 25]], key="day", chart=chart("line", "day")), "Days rose by 140%, from 25 on 3 May 2021 to 60 on 4 June 2022"),
        (table({"quarter": "quarter", "days": DAYS}, [["2022/23 Q1", 60], ["2022/23 Q2", 50], ["2022/23 Q3", 45]], key="quarter", chart=chart("line", "quarter")), "Days fell by a quarter, from 60 in April to June 2022 to 45 in October to December 2022, the lowest of the 3 quarters given"),
        (by_place([("Before (May)", 5), ("After", 3)], computed=[{"name": "more", "title": "More", "change_in": "days"}]), "Days fell by 2, from 5 to 3"),
        (by_place([("Hill", 50), ("Ford", 40), ("Moor", 30)], computed=[{"name": "more", "title": "More", "change_in": "days"}]), "Days fell by 40%, from 50 (Hill) to 30 (Moor), the lowest of the 3 numbers given"),
        # which: rows that share a place are named, or counted where they are many; a share that rounds to all or nothing is none
        (by_place([("Hill", 5), ("Ford", 5), ("Moor", 5), ("Down", 2)]), "Highest: Hill, Ford and Moor (5); lowest: Down (2)"),
        (by_place([("Hill", 5), ("Ford", 5), ("Moor", 5), ("Down", 5), ("Tarn", 2)]), "Highest: 5 (4 of 5 rows); lowest: Tarn (2)"),
        (by_place([("Hill", 5), ("Ford", 5), ("Moor", "not available")]), "All that are given are the same: 5"),
        (by_place([("Hill", 1999), ("Ford", 1)], **TOTAL), "Hill accounted for 1,999 of 2,000 days"),
        (by_place([("Hill", 198), ("Ford", 2)], **TOTAL), "Hill accounted for 198 of 200 days (99%)"),
        (by_place([("Hill", 13), ("Ford", 5)], {"type": "money", "unit": "pounds"}, **TOTAL), "Hill accounted for £13 of £18 (72%)"),
        (by_place([("Hill", 13), ("Ford", 5)], "whole number", **TOTAL), "Hill accounted for 13 of 18 (72%)"),
        (by_place([("Hill", 13), ("Ford", 5)], computed=[{"name": "part", "title": "Part", "share_of": "days"}]), "Hill accounted for 13 of 18 days (72%)"),
        (by_place([("Hill", -1), ("Ford", 5)], **TOTAL), "Highest: Ford (5); lowest: Hill (\u22121)"),
        (by_place([("Hill", 66), ("Ford", 10)], SHARE), "Highest: Hill (66%); lowest: Ford (10%)"),
        # of what: never of what others came to, and of no more than one column
        (table({"place": "text", "england": {**DAYS, "comparator": "yes"}, "days": DAYS}, [["Hill", 9, 4], ["Ford", 8, 3]], key="place", chart=chart(values=["england", "days"])), "Highest: Hill (4); lowest: Ford (3)"),
        (table({"place": "text", "days": DAYS, "nights": DAYS}, [["Hill", 9, 4], ["Ford", 8, 3]], key="place", chart=chart("grouped bar", values=["days", "nights"])), ""),
        (table({"place": "text", "days": DAYS}, [["Hill", 9], ["Ford", 8]], key="place"), ""),
    ],
)  # fmt: skip
def test_the_sentence_over_a_chart(shown: Table, says: str) -> None:
    assert finding(shown) == says


# Any numbers: the sentence is read again and held against them, without the code that made it -----------------------------------------------

_OVER_TIME = re.compile(
    r"Days (?P<way>rose|fell) by (?P<by>.+), from (?P<was>[\d,]+) in (?P<from>\S+) to (?P<now>[\d,]+) in (?P<to>[^\s,]+)"
    r"(?:, the (?P<record>highest|lowest) (?:since (?P<since>\S+)|of the (?P<of>\d+) years given))?\Z"
)
_HIDES = {"small_counts": {"threshold": 6}}
cells = st.one_of(st.integers(0, 40), st.integers(0, 5000), st.sampled_from(["not available", ""]))
series = st.lists(st.tuples(st.integers(1, 3), cells), min_size=1, max_size=7)


def plain(text: str) -> int:
    return int(text.replace(",", ""))


def dated(steps: Sequence[tuple[int, object]]) -> list[tuple[str, object]]:
    year, rows = 2000, []
    for step, value in steps:
        year += step
        rows.append((written_year(year), value))
    return rows


@settings(max_examples=150, deadline=None)
@given(series, st.booleans(), st.one_of(st.none(), st.integers(0, 6)), st.randoms(use_true_random=False))
def test_a_sentence_over_time_is_never_false(steps: list[tuple[int, object]], hides: bool, broken_at: int | None, shuffle: Any) -> None:
    rows = dated(steps)
    new = rows[broken_at][0] if broken_at is not None and broken_at < len(rows) else ""
    shuffled = list(rows)
    shuffle.shuffle(shuffled)
    made = by_year(shuffled, **({"breaks": [{"from": new, "because": "Drizzle counts."}]} if new else {}), **(_HIDES if hides else {}))
    said = finding(without_small_counts(made) if hides else made)
    # What a reader sees: hidden counts are no numbers, and before the break nothing is compared.
    seen = [(year, value if isinstance(value, int) and not (hides and 0 < value < 6) else None) for year, value in rows if year >= new]
    known = [(year, value) for year, value in seen if value is not None]
    if len(known) < 2:
        assert said == ""
        return
    (begins, was), (ends, now) = known[0], known[-1]
    if was == now:
        assert said == (
            f"Days stayed at {now:,} from {begins} to {ends}"
            if len(known) == len(seen) and len({v for _, v in known}) == 1
            else f"Days came to {now:,} in {ends}, the same as in {begins}"
        )
        return
    found = _OVER_TIME.match(said)
    assert found, said
    assert (plain(found["was"]), found["from"], plain(found["now"]), found["to"]) == (was, begins, now, ends)
    assert (found["way"] == "rose") == (now > was)
    by, share = found["by"], abs(now - was) * 100 / was if was else 0
    if by[:1].isdigit():
        assert (abs(share - float(by.strip("%").replace(",", ""))) <= 0.5) if by.endswith("%") else plain(by) == abs(now - was)
    else:
        exact = {"half": 50, "a third": 100 / 3, "two thirds": 200 / 3, "a quarter": 25, "a fifth": 20}[by.removeprefix("about ")]
        assert abs(share - exact) <= (1 if by.startswith("about") else 0.05)
    beyond = (lambda value: value < now) if found["record"] == "highest" else (lambda value: value > now)
    if found["of"]:
        assert len(seen) == len(known) == int(found["of"]) and all(beyond(value) for _, value in known[:-1])
    elif found["since"]:
        since = [year for year, _ in seen].index(found["since"])
        between = seen[since + 1 : -1]
        assert between and all(value is not None and beyond(value) for _, value in between) and not beyond(seen[since][1])
        assert all(int(after[:4]) - int(before[:4]) == 1 for (before, _), (after, _) in pairwise(seen[since:])), "no year is missing in between"


@settings(max_examples=100, deadline=None)
@given(st.lists(cells, min_size=1, max_size=6), st.booleans(), st.booleans())
def test_a_sentence_of_rows_is_never_false_and_knows_no_hidden_number(values: list[object], hides: bool, totals: bool) -> None:
    made = by_place([(f"Place {n}", value) for n, value in enumerate(values)], **(TOTAL if totals else {}), **(_HIDES if hides else {}))
    shown = without_small_counts(made) if hides else made
    said, known = finding(shown), {row.cells["place"].text: row.number("days") for row in shown.rows}
    numbers = {name: number for name, number in known.items() if number is not None}
    if shown.hidden:  # other numbers in the hidden cells change nothing of what is said
        others = by_place(
            [(f"Place {n}", 4321 if (n, "days") in shown.hidden else value) for n, value in enumerate(values)], **(TOTAL if totals else {}), **_HIDES
        )
        assert finding(hide(others, shown.hidden)) == said
    if len(numbers) < 2:
        assert said == ""
    elif part := re.fullmatch(r"(Place \d) accounted for ([\d,]+) of ([\d,]+) days(?: \((\d+)%\))?", said):
        assert totals and len(numbers) == len(values) and not shown.hidden
        assert numbers.pop(part[1]) == plain(part[2]) > max(numbers.values())
        assert plain(part[3]) == sum(numbers.values()) + plain(part[2])
        assert part[4] is None or abs(Decimal(part[4]) - Decimal(plain(part[2]) * 100) / plain(part[3])) <= Decimal("0.5")
    elif same := re.fullmatch(r"All( that are given)? are the same: ([\d,]+)", said):
        assert set(numbers.values()) == {plain(same[2])} and (same[1] is not None) == (len(numbers) < len(values))
    else:
        ends = re.fullmatch(r"(Of those with a number, h|H)ighest: (.+ \(.+\)); lowest: (.+ \(.+\))", said)
        assert ends, said
        assert (len(ends[1]) > 1) == (len(numbers) < len(values))
        for named, of in ((ends[2], max(numbers.values())), (ends[3], min(numbers.values()))):
            there = [name for name, value in numbers.items() if value == of]
            by_name = f"{' and '.join(filter(None, (', '.join(there[:-1]), there[-1])))} ({of:,})"
            assert named == (f"{of:,} ({len(there)} of {len(numbers)} rows)" if len(there) > 3 else by_name)


# An editor's own sentence ----------------------------------------------------------------------------------------------------------------

FALLING = by_year(list(zip(YEARS, (3438, 2976, 2558, 2543, 2273), strict=True)))
PLACES = by_place([("Hillside", 13), ("Ford", 3), ("Moor", 2)], **TOTAL)


def own(says: str, shown: Table, **more: Any) -> list[str]:
    return [said for said, _ in faults(shown, OwnFinding.model_validate({"says": says, **more}))]


def test_an_own_sentence_is_filled_from_the_data_and_follows_it() -> None:
    says = "It rained less: days fell by {change} in {years} years, from {first} in {from} to {last} in {to}"
    about = FALLING.about.model_copy(update={"chart": chart_of(FALLING, says)})
    assert finding(replace(FALLING, about=about)) == "It rained less: days fell by about a third in 4 years, from 3,438 in 2018/19 to 2,273 in 2022/23"
    risen = replace(by_year([("2018/19", 100), ("2019/20", 150)]), about=about)
    assert finding(risen) == "Days rose by half, from 100 in 2018/19 to 150 in 2019/20", "what is no longer true is not shown, even where only some rows are"
    assert own("Most of {total} days, {most}, were in {top}; the fewest were in {bottom}", PLACES) == []


def chart_of(shown: Table, says: str) -> Any:
    assert shown.about.chart
    return shown.about.chart.model_copy(update={"finding": OwnFinding.model_validate({"says": says})})


@pytest.mark.parametrize(
    ("says", "shown", "wrong"),
    [
        ("Days rose from {first} to {last}", FALLING, ['The sentence says "rose", which its numbers do not show.']),
        ("Days stayed near {last}", FALLING, ['The sentence says "stayed", which its numbers do not show.']),
        ("{last} days, the highest so far", FALLING, ['The sentence says "highest", which its numbers do not show.']),
        ("Days fell to the lowest", FALLING, ['The sentence says "lowest", which its numbers do not show.']),  # of which number it speaks is not said
        ("Days fell by a third to {last}", FALLING, ['"third" is typed']),
        ("Days fell to 2,273", FALLING, ['"2,273" is typed']),
        ("Days fell until 2022/23", FALLING, ['"2022/23" is typed']),
        ("Days fell from {last} to {first}", FALLING, ['"from {last}" is the wrong way round: {from} and {first} come before {to} and {last}.']),
        ("Days fell since {since}", FALLING, ['The sentence asks for "{since}", which these rows do not give.']),
        ("Days plunged to {last}", FALLING, ["Nothing in this sentence can be checked."]),
        ("Most were in {bottom}", PLACES, ['The sentence says "Most", which its numbers do not show.']),
        ("Hillside had the most, {most}", PLACES, ['"Hillside" is typed']),
        ("Days rose in {top}", PLACES, ['The sentence says "rose", which its numbers do not show.']),
        ("The most was {most}", by_place([("Hill", 5), ("Ford", "not available"), ("Moor", 2)]), ['The sentence says "The most", which its numbers do not show.']),
    ],
)  # fmt: skip
def test_an_own_sentence_that_is_not_true_or_cannot_be_checked(says: str, shown: Table, wrong: list[str]) -> None:
    assert [
        re.sub(r'The sentence has (".*") typed into it, which would stay when the numbers change\.', r"\1 is typed", one) for one in own(says, shown)
    ] == wrong


def test_one_column_held_against_another_in_every_row() -> None:
    shown = table({"place": "text", "days": SHARE, "others": SHARE}, [["Hill", 5, 9], ["Ford", 6, 8]], key="place", chart=chart())
    assert own("Fewer here than elsewhere", shown, than="others") == []
    assert own("More here than elsewhere", shown, than="others") == ['The sentence says "More", which its numbers do not show.']
    assert own("Fewer here than elsewhere", replace(shown, rows=shown.rows[:0]), than="others") != [], "of no rows nothing is true"


def test_charts_are_checked_before_they_are_shown() -> None:
    def told(shown: Table) -> list[str]:
        return [f"{field}: {says}" for field, says, _ in charts._drawn_wrongly(shown, shown.about.chart)] if shown.about.chart else []

    assert told(by_place([("Hill", 66), ("Ford", 10)], SHARE, chart=chart(rest="Not said"))) == []
    assert told(by_place([("Hill", 66), ("Ford", 34)], SHARE, chart=chart(rest="Not said"))) == [
        "rest: The shares leave no rest: they are no percentages, or make up the whole."
    ]
    assert told(by_place([("Hill", 2), ("Ford", 6)], chart=chart(nested=True))) == [
        "nested: A row is larger than the one above, or the rows are sorted, so that none is a part of it."
    ]
    assert told(by_place([("Hill", 61)], chart=chart("map"))) == ["kind: The dots of a map are for counts from 0 to 60."]
    assert told(by_place([("Hill", 60)], chart=chart("map"))) == []
    assert told(by_year([("2018/19", 1)], chart=chart("line", "year", rest="Not said"))) == ['rest: "rest" is for a chart of bars of one column of the file.']


def test_the_home_page_says_what_the_page_of_figures_says_first(small_catalogue: Catalogue) -> None:
    assert told_first(small_catalogue) == []
    every_word, name = small_catalogue.pages["every-word/index.md"], "performance/index.md"
    pages = {**small_catalogue.pages, name: replace(small_catalogue.pages[name], calls=every_word.calls)}
    puddles = small_catalogue.tables["puddles-by-year"]
    assert told_first(replace(small_catalogue, pages=pages)) == [(finding(puddles), puddles)] != [("", puddles)]


# Drawings --------------------------------------------------------------------------------------------------------------------------------


def drawn(shown: Table) -> Drawing:
    return draw(arrange(shown))


def test_a_line_is_broken_where_a_year_is_missing_which_keeps_its_place() -> None:
    drawing = drawn(by_year([("2018/19", 8), ("2020/21", 9), ("2021/22", 7)]))
    assert [(before.text, after.text) for before, after in drawing.segments] == [("9", "7")] and drawing.gap
    first, second, third = (point.x for point in drawing.points)
    assert round(second - first, 1) == round(2 * (third - second), 1)
    whole = drawn(by_year([("2018/19", 8), ("2019/20", 9)]))
    assert len(whole.segments) == 1 and not whole.gap
    assert drawn(by_year([])).points == []


def test_numbers_of_lines_are_at_their_marks_and_where_lines_are_close_the_first_alone_has_them() -> None:
    def numbers(*rows: Sequence[object]) -> list[tuple[str, str]]:
        titles = ("days", "others", "north", "south")[: len(rows[0])]
        lines = table({"year": "year", **dict.fromkeys(titles, SHARE)}, [[f"{2018 + at}/{19 + at}", *row] for at, row in enumerate(rows)], key="year", chart=chart("line", "year", titles))  # fmt: skip
        points = drawn(lines).points
        told = [(point.text, "below" if point.text_y > point.y else "above") for point in points if point.text]
        heights = sorted((point.x, point.text_y) for point in points if point.text)
        assert all(there != x or below - above >= 17 for (x, above), (there, below) in pairwise(heights))
        assert all(point.text_y - point.y <= -11 or point.text_y - point.y >= 16 for point in points if point.text), "no number is on its own mark"
        return told

    assert numbers((18, 95, 84), (28, 93, 79)) == [("95%", "above"), ("84%", "below"), ("18%", "below"), ("93%", "above"), ("79%", "below"), ("28%", "below")]
    assert numbers((88, 82, 81, 83), (81, 86, 84, 83)) == [("88%", "above"), ("81%", "below")]
    assert numbers((50, 49), (51, 52)) == [("50%", "above"), ("49%", "below"), ("52%", "above"), ("51%", "below")]


def test_shares_have_a_track_to_the_whole_and_the_rest_is_shown() -> None:
    drawing = drawn(by_place([("Hill", 67), ("Ford", 8), ("Moor", 1)], SHARE, chart=chart(rest="Not said")))
    assert [(point.text, round(point.x * 100 / WIDEST), point.track, point.is_rest) for point in drawing.points] == [
        ("67%", 67, WIDEST, False), ("8%", 8, WIDEST, False), ("1%", 1, WIDEST, False), ("24%", 24, WIDEST, True),
    ]  # fmt: skip
    assert drawing.description.endswith("Not said: 24%.")
    assert not any(
        point.is_rest for point in drawn(by_place([("Hill", 67), ("Ford", 8), ("Moor", "not available")], SHARE, chart=chart(rest="Not said"))).points
    )
    nested = drawn(by_place([("Hill", 8), ("Ford", 4), ("Moor", 1)], chart=chart(nested=True))).points
    assert [point.track for point in nested] == [0, nested[0].x, nested[1].x]


def test_what_is_worked_out_is_not_compared_across_a_break_of_what_it_is_worked_out_from() -> None:
    rain = table({"year": "year", "days": DAYS, "wet": DAYS}, [["2019/20", 100, 50], ["2020/21", 200, 50]], key="year", chart=chart("line", "year", ["share"]),
                 computed=[{"name": "share", "title": "Share", "ratio": ["wet", "days"]}], breaks=[{"from": "2020/21", "columns": ["days"], "because": "Drizzle."}])  # fmt: skip
    assert finding(rain) == "" and not drawn(rain).segments and len(drawn(rain).breaks) == 1
    one = rain.about.model_copy(update={"breaks": ()})
    assert finding(replace(rain, about=one)) == "Share fell by 25.0 percentage points, from 50.0% in 2019/20 to 25.0% in 2020/21"


def test_two_numbers_are_a_pair() -> None:
    pair = drawn(by_place([("Before", 118), ("After", "not available")]))
    assert (pair.kind, [p.text for p in pair.points], [p.missing for p in pair.points], pair.parts) == ("pair", ["118", "not available"], [False, True], ())


TOWNS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=20)


@given(TOWNS)
def test_a_map_has_a_dot_for_each_where_its_town_lies_and_no_name_over_another_or_off_its_edge(places: list[tuple[int, int, int]]) -> None:
    towns = [Town(id=f"t{at}", title=f"Town {at}", east=east, north=north) for at, (east, north, _) in enumerate(places)]
    rows = [(town.title, count) for town, (_, _, count) in zip(towns, places, strict=True)]
    drawing = draw(arrange(by_place([*rows[1:], ("Town 0", "not available")], chart=chart("map"))), towns)
    assert sum(not point.missing for point in drawing.points) == sum(count for _, count in rows[1:])
    assert sum(point.missing for point in drawing.points) == sum(count == 0 for _, count in rows[1:]) + 1, "a ring where there is none"
    assert all(f"{name}, in the " in drawing.description and f": {count}" in drawing.description for name, count in rows[1:])
    assert all(0 <= point.x <= MAP and 0 <= point.y <= drawing.parts[0][1] for point in drawing.points)
    names = [(x, label.y - 13, x + wide, label.y + 3) for label in drawing.labels if (wide := len(label.text) * LETTER) for x in [_left(label, wide)]]
    assert all(x1 >= -1 and x2 <= MAP + 1 and y1 >= -1 and y2 <= drawing.parts[0][1] + 1 for x1, y1, x2, y2 in names)
    assert not any(one[0] < two[2] - 1 and two[0] < one[2] - 1 and one[1] < two[3] - 1 and two[1] < one[3] - 1 for one, two in combinations(names, 2))


def _left(label: Label, wide: float) -> float:
    return label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]


def test_a_map_says_where_its_towns_lie_and_gives_each_a_name_where_there_is_room() -> None:
    towns = [Town(id=name.lower(), title=name, east=east, north=north) for name, east, north in (("Hill", 10, 50), ("Ford", 40, 10), ("Moor", 25, 30))]
    drawing = draw(arrange(by_place([("Hill", 3), ("Ford", 1)], chart=chart("map"))), towns)
    assert drawing.description == "Map with a dot for each. Hill, in the north-west: 3; Ford, in the south-east: 1."
    assert {label.text: label.heads for label in drawing.labels} == {"Hill 3": True, "Ford 1": True, "Moor": False}
    (moor,) = (point for point in drawing.points if point.missing)
    hill, ford = ([p for p in drawing.points if not p.missing and (p.x < moor.x) is west] for west in (True, False))
    assert len(hill) == 3 and len(ford) == 1 and max(p.y for p in hill) < moor.y < ford[0].y


def test_small_lines_of_the_scorecard_begin_with_three_numbers_and_have_gaps() -> None:
    def spark(rows: Sequence[tuple[str, object]], **more: Any) -> tuple[str, ...]:
        column = {"type": "whole number", "better": "up"}
        (score,) = scorecard.scorecard(catalogue_of(table({"year": "year", "days": column}, rows, key="year", **more)))
        return score.spark

    assert spark([("2018/19", 8), ("2019/20", 9)]) == ()
    assert spark([("2018/19", 8), ("2019/20", 10), ("2020/21", 9)]) == ("4.0,24.0 40.0,4.0 76.0,14.0",)
    assert len(spark([("2018/19", 8), ("2020/21", 10), ("2021/22", 9)])) == 2
    assert spark([("2018/19", 8), ("2019/20", 10), ("2020/21", 9), ("2021/22", 7)], **BROKEN) == ()


@pytest.fixture(scope="module")
def weather_office(tmp_path_factory: pytest.TempPathFactory) -> Any:
    def group(name: str, **more: Any) -> dict[str, Any]:
        return {"id": name, "title": name.title(), "kind": "board", "purpose": "Watch clouds.", "period": "2021", **SOURCED, **more}

    def event(name: str, when: str, starts: str, **more: Any) -> dict[str, Any]:
        return {"id": name, "when": when, "starts": starts, "title": name.title(), **SOURCED, **more}

    def span(begin: str, end: str) -> list[dict[str, Any]]:
        return [{"from": begin, "until": end, "status": f"known to {end}", **SOURCED}]

    action = {"plan": "dry", "owner": "Office", "due": "date not given"}
    said = [("a", "done"), ("b", "done"), ("c", "planned"), ("d", "not stated in the source")]
    return read_made_up(
        tmp_path_factory.mktemp("office"),
        {
            "data/groups.yml": [group("top"), group("left", reports_to="top"), group("leaf", reports_to="left"), group("lone"), group("later", period="2022", reports_to="top")],
            "data/timeline.yml": [
                event("begun", "2019", "2019", lane="how we work"), event("met", "3 March 2019", "2019-03-03", lane="how we work"), event("hail", "Hail", "2021-05"),
            ],
            "data/actions.yml": [{"id": name, "title": name, **action, "history": [{**SOURCED, "status": status}]} for name, status in said],
            "docs/index.md": page("Home"),
            "docs/priorities/index.md": page("Priorities"),
            "docs/priorities/rain.md": page("Rain", spans=span("2019/20", "2021/22")),
            "docs/priorities/wind.md": page("Wind", spans=span("2020/21", "2020/21")),
        },
    )  # fmt: skip


def test_drawings_of_priorities_groups_events_and_actions(weather_office: Any) -> None:
    grid = overviews.priority_years(weather_office)
    assert (grid.years, grid.always) == (("2019/20", "2020/21", "2021/22"), "Rain")
    assert [(r.priority.title, r.years, r.status) for r in grid.before] == [("Wind", (False, True, False), "known to 2020/21")]
    (top,), alone = overviews.structure(weather_office, "2021")
    assert [node.item.title for node in top.below] == ["Left"] and [node.item.title for node in top.below[0].below] == ["Leaf"]
    assert [item.title for item in alone] == ["Lone"]
    _, alone = overviews.structure(weather_office, "2022")
    assert [item.title for item in alone] == ["Later"], "whose executive is of another time"
    ticks, (work, other) = overviews.lanes(weather_office)
    assert [year for _, year in ticks] == ["2019", "2020", "2021"]
    assert [mark.row for mark in work.marks] == [0, 1] and work.marks[0].width > 30 > work.marks[1].width, "a day is shorter than a year, and below it"
    assert (work.says, other.title, other.says) == ("2 events: 2019 to 3 March 2019", "other events", "1 event: Hail")
    parts = overviews.progress(actions_of(weather_office, "dry"))
    assert list(parts) == [("done", 2, 0, 50), ("planned", 1, 50, 25), ("not stated", 1, 75, 25)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 365 * 6), min_size=1, max_size=25))
def test_no_two_events_of_a_lane_lie_on_each_other_and_none_leaves_it(days: list[int]) -> None:
    starts = [str(date(2019, 1, 1) + timedelta(day)) for day in days]
    events = [SimpleNamespace(when=start, starts=start, lane=None) for start in starts]
    _, (lane,) = overviews.lanes(SimpleNamespace(all=lambda _: events))  # type: ignore[arg-type]  # a stand-in that has events alone
    for row in range(lane.rows):
        marks = sorted((mark.x, mark.x + mark.width) for mark in lane.marks if mark.row == row)
        assert marks and marks[0][0] >= 0 and marks[-1][1] <= 100.01
        assert all(end < begin for (_, end), (begin, _) in pairwise(marks))
