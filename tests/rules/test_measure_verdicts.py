"""What a document says of a measure is what its numbers say, or a note says why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from macros.content.catalogue import Catalogue
from macros.content.verdicts import verdict
from macros.models.performance import Measure
from macros.rules import measure_verdicts
from tests.made_up import SOURCED, catalogue_of, described, read_made_up, table, told

MEASURE = {"id": "m", "priority": "rain", "title": "M", "aim": "A.", "direction": "up"}
RESULT = {"year": "2022", "published_verdict": "met", "says": "S.", **SOURCED}


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "result", "says"),
    [
        ("up", "10", None, "11", "met"),
        ("up", "10", None, "10", "not met"),
        ("up", "10", None, "9", "not met"),
        ("up", "10", "12", "11", "not met"),
        ("up", "10", "12", "12", "met"),
        ("up", "13", "12", "12", "met"),
        ("down", "10", None, "9", "met"),
        ("down", "10", None, "10", "not met"),
        ("down", "10", None, "11", "not met"),
        ("down", "10", "8", "9", "not met"),
        ("down", "10", "8", "8", "met"),
        ("down", "7", "8", "8", "met"),
        ("reach", None, "100", "100", "met"),
        ("reach", None, "100", "101", "met"),
        ("reach", None, "100", "99.9", "not met"),
        ("reach", "50", None, "60", "no verdict"),
        ("up", None, None, "11", "no verdict"),
        ("up", None, "10", "11", "met"),
        ("down", None, "10", "11", "not met"),
        ("up", "10", None, None, "no verdict"),
        ("up", "10", "12", None, "no verdict"),
        ("do", "10", "12", "12", "no verdict"),
        ("do", None, None, None, "no verdict"),
        ("up", "weather | Hill | days", "weather | Ford | days", "20", "met"),
        ("down", "weather | Hill | days", "weather | Ford | days", "20", "not met"),
        ("up", "20", None, "weather | Hill | days", "met"),
    ],
)
def test_what_the_numbers_say(direction: str, baseline: str | None, target: str | None, result: str | None, says: str) -> None:
    weather = catalogue_of(table({"place": "text", "days": "whole number"}, [["Hill", 30], ["Ford", 10]], key="place"))
    numbers = {"baseline": baseline, "target": target, "result": result}
    measure = Measure.model_validate({**MEASURE, "direction": direction, "results": [{**RESULT, **numbers}]})
    assert verdict(weather, measure, measure.results[0]) == says


def read(folder: Path, *results: dict[str, Any]) -> Catalogue:
    drops = {"id": "drops", "title": "Drops", "value": "20", "type": "whole number", "period": "Never", "subject": "website", **SOURCED}
    records = [{**MEASURE, "id": f"m{number}", "results": [{**RESULT, **result}]} for number, result in enumerate(results)]
    return read_made_up(folder, {"data/figures.yml": [drops], "data/measures.yml": records})


def test_a_verdict_that_the_numbers_do_not_give_needs_a_note(tmp_path: Path) -> None:
    up = {"baseline": "10", "result": "11"}
    assert told(measure_verdicts.check(read(tmp_path, up, up | {"published_verdict": "not met"}, up | {"published_verdict": "partly met"}))) == [
        'data/measures.yml, line 21, results.published_verdict: The document says "not met", but the numbers say "met".',
        'data/measures.yml, line 34, results.published_verdict: The document says "partly met", but the numbers say "met".',
    ]
    assert told(measure_verdicts.check(read(tmp_path, up | {"published_verdict": "not met", "note": "It says so."}))) == []
    assert told(measure_verdicts.check(read(tmp_path, {"published_verdict": "not met"}))) == [], "without numbers the document has the only say"
    assert told(measure_verdicts.check(read(tmp_path, {"baseline": "10", "result": "drops"}))) == [], "the number of a figure is as good as one written out"


@pytest.mark.parametrize("field", ["baseline", "target", "result"])
def test_a_number_that_is_not_there_is_told_and_its_verdict_is_left_open(tmp_path: Path, field: str) -> None:
    numbers = {"baseline": "10", "target": "12", "result": "9"} | {field: "flakes"}
    right = {"baseline": "10", "result": "9", "published_verdict": "met"}
    said = told(measure_verdicts.check(read(tmp_path, numbers, right)))
    assert [line.partition(": ")[0].rpartition(", ")[2] for line in said] == [f"results.{field}", "results.published_verdict"], (
        "the others are checked all the same"
    )
    assert said[0].endswith('The number cannot be found: there is no figure "flakes".')


def test_every_number_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    said = told(measure_verdicts.check(read(tmp_path, {"baseline": "flakes", "target": "12", "result": "puffs"})))
    assert [line.partition(": ")[0] for line in said] == ["data/measures.yml, line 12, results.baseline", "data/measures.yml, line 14, results.result"]


def test_nothing_is_said_of_numbers_that_could_not_be_read(tmp_path: Path) -> None:
    catalogue = read(tmp_path, {"baseline": "10", "result": "flakes"}, {"baseline": "10", "result": "9"})
    lost = replace(catalogue, lost=frozenset({("figure", "flakes")}))
    assert [line.partition(":")[0] for line in told(measure_verdicts.check(lost))] == ["data/measures.yml, line 21, results.published_verdict"]
    unread, wrong = ({**RESULT, "baseline": "10", "result": result, "year": year} for result, year in (("flakes", "2021"), ("9", "2022")))
    one = read_made_up(tmp_path, {"data/measures.yml": [{**MEASURE, "results": [unread, wrong]}]})
    lost = replace(one, lost=frozenset({("figure", "flakes")}))
    assert len(told(measure_verdicts.check(lost))) == 1, "the next result of the same measure is looked at all the same"


RAIN = {"baseline": "rain | 2020 | days", "result": "rain | 2021 | days"}


def of_two_documents(folder: Path, *results: dict[str, Any], was: str = "9") -> list[str]:
    """What is said of one measure, of which an almanac told and then an atlas, which counted the days of 2021 again: 12 and not 9."""
    atlas = {"id": "atlas", "title": "Atlas", "publisher": "Nobody", "period": "2023", "kind": "annual report", "holds": "Hills."}
    almanac = atlas | {"id": "almanac", "title": "Almanac", "period": "Never"}
    revision = {"row": "2021", "column": "days", "was": was, "now": "12", "source": "atlas", "because": "Three were in a cloud."}
    breaks = [{"from": "2022", "because": "Drizzle counts."}]
    about = described({"year": "year", "days": "whole number"}, key="year", revisions=[revision], breaks=breaks)
    files = {
        "data/sources.yml": [almanac, atlas],
        "data/tables/rain.yml": about,
        "data/tables/rain.csv": "year,days\n2020,10\n2021,12\n2022,20\n",
        "data/measures.yml": [{**MEASURE, "results": [{**RESULT, "year": "2021", **result} for result in results]}],
    }
    problems = list(measure_verdicts.check(read_made_up(folder, files)))
    assert all("`note:`" in problem.fix or "cannot be found" in problem.says for problem in problems)
    return [line.partition("data/measures.yml, ")[2] for line in told(problems)]


def test_a_verdict_is_held_against_the_numbers_of_its_day_and_against_those_corrected_since(tmp_path: Path) -> None:
    found_then = {**RAIN, "published_verdict": "not met"}
    corrected = 'line 8, results.published_verdict: The document says "not met", but since a later one corrected a number the numbers say "met".'
    assert of_two_documents(tmp_path, found_then) == [corrected]
    assert of_two_documents(tmp_path, found_then | {"note": "It was counted again."}) == []
    assert of_two_documents(tmp_path, {**RAIN, "source": "atlas"}) == [], "its own document knew the right number"
    noted = {"year": "2020", "published_verdict": "partly met", **RAIN, "note": "It says so."}
    assert of_two_documents(tmp_path, noted, found_then) == [corrected.replace("line 8", "line 16")], "of one result nothing, and of the next"
    across = {"baseline": "rain | 2020 | days", "result": "rain | 2022 | days"}
    assert of_two_documents(tmp_path, across | {"published_verdict": "not met"}) == [], "more days since drizzle counts are no rise"
    (missing,) = of_two_documents(tmp_path, found_then, was="not available")
    assert missing.startswith("line 13, results.result: The number cannot be found: "), "its own document did not know it"


def test_two_documents_that_disagree_on_a_year_are_told_apart_at_the_newer_one(tmp_path: Path) -> None:
    newer, older = {"source": "atlas", "year": "2020"}, {"year": "2020", "published_verdict": "not met"}
    says = 'Of 2020 this document says "met", and almanac says "not met".'
    assert of_two_documents(tmp_path, newer, older, {"year": "2019"}) == [f"line 8, results.published_verdict: {says}"], "also where it is written first"
    assert of_two_documents(tmp_path, older, newer) == [f"line 13, results.published_verdict: {says}"]
    assert of_two_documents(tmp_path, older, newer | {"note": "It was looked at again."}) == []
    assert of_two_documents(tmp_path, older, newer | {"year": "2021"}) == [], "of another year it may say something else"
