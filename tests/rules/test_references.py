"""Whatever a record names is there; a pair names each other; a theme and its page belong together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from macros.rules import references
from tests.made_up import SOURCED, described, page, read_made_up, told


def theme(name: str) -> dict[str, str]:
    return {"id": name, "title": name.title(), "summary": "Made up."}


def group(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name.title(), "kind": "board", "purpose": "It turned.", "period": "In 2021", **more, **SOURCED}


REVIEW: dict[str, Any] = {"pseudonym": "Child Q", "age_band": "baby", "agencies": ["Office of rain"], "kind": "joint thematic review", "published": "2021"}
FILES: dict[str, Any] = {
    "data/themes.yml": [theme("rain"), theme("wind")],
    "data/groups.yml": [group("vane"), group("gauge", reports_to="vane", themes=["rain", "wind"])],
    "data/tables/rain.yml": described({"place": "text"}, themes=["rain"]),
    "data/tables/rain.csv": "place\nHill\n",
    "docs/topics/rain.md": page("Rain"),
    "docs/topics/wind.md": page("Wind"),
    "docs/learning/reviews/storm.md": page("Storm", briefing="squall", **REVIEW),
    "docs/learning/reviews/calm.md": page("Calm", **REVIEW),
    "docs/learning/briefings/squall.md": page("Squall", review="storm"),
    "docs/learning/briefings/haze.md": page("Haze"),
}


def check(folder: Path, changed: Mapping[str, Any]) -> list[str]:
    """What is said of the made-up site with other content in some of its files."""
    return told(references.check(read_made_up(folder, {**FILES, **changed})))


def test_a_site_on_which_every_name_leads_somewhere_passes(tmp_path: Path) -> None:
    assert check(tmp_path, {}) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"data/groups.yml": [group("vane", reports_to="gauges"), group("gauge")]}, ['data/groups.yml, line 6, reports_to: There is no group called "gauges". Did you mean "gauge"?']),
        ({"data/groups.yml": [group("vane", reports_to="vane")]}, ["data/groups.yml, line 6, reports_to: The group would answer to itself."]),
        ({"data/groups.yml": [group("vane", themes=["rain", "xyz", "fog"])]}, ['data/groups.yml, line 8, themes: There is no theme called "xyz".', 'data/groups.yml, line 9, themes: There is no theme called "fog".']),
        ({"data/tables/rain.yml": described({"place": "text"}, themes=["wind", "rian"])}, ['data/tables/rain.yml, line 13, themes: There is no theme called "rian". Did you mean "rain"?']),
        ({"data/tables/rain.yml": described({"place": "text"}) | {"source": "nowhere"}}, ['data/tables/rain.yml, line 5, source: There is no source called "nowhere".']),
        ({"docs/topics/wind.md": page("Wind", themes=["fog"])}, ['docs/topics/wind.md, line 12, themes: There is no theme called "fog".']),
        ({"data/themes.yml": [theme("rain"), theme("wind"), theme("quartz")]}, ['data/themes.yml, line 7: The theme "quartz" has no page.']),
        ({"docs/learning/reviews/calm.md": page("Calm", briefing="squall", **REVIEW)}, ['docs/learning/reviews/calm.md, line 11, briefing: The briefing "squall" does not name this review in turn.']),
        ({"docs/learning/briefings/haze.md": page("Haze", review="storm")}, ['docs/learning/briefings/haze.md, line 11, review: The review "storm" does not name this briefing in turn.']),
        ({"docs/learning/briefings/squall.md": page("Squall")}, ['docs/learning/reviews/storm.md, line 11, briefing: The briefing "squall" does not name this review in turn.']),
        ({"docs/learning/briefings/squall.md": page("Squall", review="stor")}, ['docs/learning/briefings/squall.md, line 11, review: There is no review called "stor". Did you mean "storm"?']),
        ({"docs/learning/reviews/storm.md": page("Storm", briefing="hurricane", **REVIEW), "docs/learning/briefings/squall.md": page("Squall")}, ['docs/learning/reviews/storm.md, line 11, briefing: There is no briefing called "hurricane".']),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_told_once_where_it_is_written(tmp_path: Path, changed: dict[str, Any], said: list[str]) -> None:
    assert check(tmp_path, changed) == said


def test_a_name_within_an_entry_is_told_where_it_is_written(tmp_path: Path) -> None:
    """Also where a table is made of others, to which nothing is to be fixed."""
    editions = [{"place": "Rain", "rows": "Hill", "source": "almanac"}, {"place": "Wind", "rows": "all others", "source": "fog"}]
    result = {"year": "2021", "published_verdict": "met", "says": "S.", "place": "Chapter 1"}
    revision = {"row": "Hill", "column": "days", "was": "8", "now": "9", "source": "dew", "because": "One was in a cloud."}
    columns = {"place": "text", "days": "whole number"}
    tables = {
        "rain": described(columns, key="place", editions=editions, revisions=[revision]),
        "again": described(columns, key="place", derived={"from": "rain"}),
    }
    files = {f"data/tables/{id_}.yml": {name: value for name, value in about.items() if name not in SOURCED} for id_, about in tables.items()} | {
        "data/tables/rain.csv": "place,days\nHill,9\nFord,7\n",
        "data/measures.yml": [
            {"id": "m", "priority": "dry", "title": "M", "aim": "A.", "direction": "do", "results": [{**result, "source": s} for s in ("almanac", "mist")]}
        ],
        "docs/priorities/dry.md": page("Dry", spans=[{"from": "2021", "until": "2021", "status": "over", **SOURCED}]),
        "data/menu.yml": [{"id": "kites", "title": "Kites", "under": "puddles", "page": "/index.md", "where": "foot"}],
    }
    assert check(tmp_path, files) == [
        'data/measures.yml, line 16, results.source: There is no source called "mist".',
        'data/menu.yml, line 3, under: There is no menu entry called "puddles".',
        'data/tables/rain.yml, line 19, editions.source: There is no source called "fog".',
        'data/tables/rain.yml, line 25, revisions.source: There is no source called "dew".',
    ]


def test_a_topic_needs_its_theme_and_a_misspelt_one_is_told_once(tmp_path: Path) -> None:
    files = {**FILES, "docs/topics/wnid.md": page("Wind")}
    del files["docs/topics/wind.md"]
    catalogue = read_made_up(tmp_path, files)
    assert told(references.check(catalogue)) == [
        'docs/topics/wnid.md, line 2: There is no theme called "wnid", so nothing can be gathered here. Did you mean "wind"?'
    ]
    lost = replace(catalogue, lost=frozenset({("theme", "wnid")}))
    assert told(references.check(lost)) == ['data/themes.yml, line 4: The theme "wind" has no page.'], (
        "the page's own theme may be the one that could not be read"
    )


def test_nothing_is_told_of_names_that_may_stand_where_a_file_could_not_be_read(tmp_path: Path) -> None:
    files = {
        "data/groups.yml": [group("vane", themes=["fog", "mist"], reports_to="gauge")],
        "data/themes.yml": [theme("rain"), theme("wind"), theme("quartz")],
        "docs/learning/briefings/squall.md": page("Squall", review="gale"),
        "docs/learning/reviews/storm.md": page("Storm", **REVIEW),
    }
    broken = read_made_up(tmp_path, FILES | files)
    assert len(told(references.check(broken))) == 5
    lost = {("theme", "fog"), ("theme", "mist"), ("group", "*"), ("topic", "quartz"), ("review", "gale")}
    assert told(references.check(replace(broken, lost=frozenset(lost)))) == []
    assert len(told(references.check(replace(broken, lost=frozenset(lost - {("topic", "quartz"), ("theme", "fog")}))))) == 2


@pytest.mark.parametrize(
    ("count", "fix"),
    [(0, "none is there yet"), (1, "group-0"), (8, ", ".join(f"group-{n}" for n in range(8))), (9, "group-7 and 1 more"), (10, "group-7 and 2 more")],
)
def test_the_fix_names_some_of_those_that_exist(tmp_path: Path, count: int, fix: str) -> None:
    catalogue = read_made_up(
        tmp_path,
        {
            **FILES,
            "data/groups.yml": [group(f"group-{n}") for n in range(count)],
            "docs/priorities/dry.md": page("Dry", spans=[{"from": "2021", "until": "2021", "status": "over", **SOURCED}], lead_group="xyz"),
        },
    )
    (problem,) = references.check(catalogue)
    assert problem.fix.endswith(f"{fix}.") and problem.fix.startswith("Write one that exists: ")
