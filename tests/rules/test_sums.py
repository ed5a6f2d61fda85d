"""What a document prints is worked out again from its numbers, and told where the two differ."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.rules import sums
from tests.made_up import catalogue_of, described, read_made_up, table, told

DAYS = {"place": "text", "days": "whole number", "wet": "whole number", "share": "percentage"}
SHARE: dict[str, Any] = {"name": "again", "title": "Share", "ratio": ["wet", "days"], "agrees_with": "share"}


def of_agreement(folder: Path, published: str, compute: str, of: list[str], **more: Any) -> list[str]:
    """What is said of one sum about a made-up table and figure."""
    files = {
        "data/tables/rain.yml": described(DAYS, key="place"),
        "data/tables/rain.csv": "place,days,wet,share\nHill,8,2,25\nFord,12,not stated in the source,33.3\n",
        "data/figures.yml": [{"id": "drops", "title": "Drops", "value": "20", "type": "whole number", "period": "Never", "subject": "website", "source": "almanac", "place": "P"}],
        "data/agreements.yml": [{"id": "a", "says": "A sum.", "published": published, "compute": compute, "of": of, **more}],
    }  # fmt: skip
    return told(sums.check(read_made_up(folder, files)))


@pytest.mark.parametrize(
    ("published", "compute", "of", "more", "says"),
    [
        ("20", "sum", ["rain | * | days"], {}, None),
        ("drops", "sum", ["rain | * | days"], {}, None),
        ("rain | * | days", "sum", ["drops"], {}, None),
        ("21", "sum", ["rain | * | days"], {}, "line 3, published: 21 is published as 21, but rain | * | days give 20."),
        ("drops", "sum", ["rain | Hill | days", "10"], {}, "line 3, published: drops is published as 20, but rain | Hill | days and 10 give 18."),
        ("21", "sum", ["rain | * | days"], {"differs": "It prints 21."}, None),
        ("20", "sum", ["rain | * | days"], {"differs": "It prints 21."}, "line 7, differs: The two numbers agree, but the note says that they differ."),
        ("67", "percentage", ["8", "12"], {}, None),
        ("66.7", "percentage", ["8", "12"], {"decimals": 1}, None),
        ("66.6", "percentage", ["8", "12"], {"decimals": 1}, "line 3, published: 66.6 is published as 66.6, but 8 and 12 give 66.7."),
        ("66.7", "percentage", ["8", "12"], {}, "line 3, published: 66.7 is published as 66.7, but 8 and 12 give 67."),
        ("13", "percentage", ["1", "8"], {}, None),
        ("1", "sum", ["rain | Moor | days"], {}, 'line 5, of: This sum cannot be checked: the table "rain" has no row "Moor" (did you mean "Ford"?).'),
        ("rain | Ford | wet", "sum", ["1"], {}, 'line 3, published: This sum cannot be checked: the table "rain" gives no number for "Ford", wet.'),
    ],
)
def test_a_published_sum_agrees_with_its_numbers(tmp_path: Path, published: str, compute: str, of: list[str], more: dict[str, Any], says: str | None) -> None:
    assert of_agreement(tmp_path, published, compute, of, **more) == ([f"data/agreements.yml, {says}"] if says else [])


def test_nothing_is_said_of_a_sum_whose_numbers_could_not_be_read(tmp_path: Path) -> None:
    """The editor has been told of that place, and hears of the sums once it is right."""
    catalogue = read_made_up(tmp_path, {"data/agreements.yml": [{"id": "a", "says": "A sum.", "published": "1", "compute": "sum", "of": ["rain | * | days"]}]})
    assert told(sums.check(catalogue)) == ['data/agreements.yml, line 5, of: This sum cannot be checked: there is no table "rain".']
    object.__setattr__(catalogue, "lost", frozenset({("table", "rain")}))
    assert told(sums.check(catalogue)) == []


def of_column(rows: list[list[object]], **more: Any) -> list[str]:
    """What is said of a published column of shares."""
    return told(sums.check(catalogue_of(table(DAYS, rows, computed=[SHARE], **{"key": "place", **more}))))


@pytest.mark.parametrize("key", ["place", []])
def test_a_published_share_is_held_to_its_own_precision(key: str | list[str]) -> None:
    right = [
        ["Hill", 3, 2, "66.7"],
        ["Ford", 3, 2, "67"],
        ["Moor", 3, 2, "66.67"],
        ["Down", 0, 2, "5"],
        ["Tarn", 3, "", "5"],
        ["Weir", 3, 2, "not stated in the source"],
    ]
    assert of_column(right, key=key) == []
    wrong = [["Hill", 3, 2, "66.6"], ["Ford", 3, 2, "66"], ["Down", 0, 2, "5"], ["Moor", 3, 2, "66.70"]]
    assert of_column(wrong, key=key) == [
        "data/tables/weather.csv, line 2, share: 66.6 is published here, but wet and days give 66.7.",
        "data/tables/weather.csv, line 3, share: 66 is published here, but wet and days give 67.",
        "data/tables/weather.csv, line 5, share: 66.70 is published here, but wet and days give 66.67.",
    ]


def test_the_fix_says_where_a_document_is_said_to_disagree(tmp_path: Path) -> None:
    (in_a_row,) = sums.check(catalogue_of(table(DAYS, [["Hill", 3, 2, "66.6"]], computed=[SHARE], key="place")))
    start = "Correct the number that was typed wrongly; or, if the document itself disagrees, "
    assert in_a_row.fix == f"{start}add the row under `differs:` of again in the description."
    agreement = {"id": "a", "says": "A sum.", "published": "1", "compute": "sum", "of": ["2"]}
    (in_a_sum,) = sums.check(read_made_up(tmp_path, {"data/agreements.yml": [agreement]}))
    assert in_a_sum.fix == f"{start}say so in `differs:`."


@settings(max_examples=60)
@given(st.integers(1, 99), st.integers(1, 99), st.integers(0, 3), st.sampled_from([0, 1, -1]))
def test_only_the_rounded_share_passes(part: int, whole: int, places: int, off: int) -> None:
    step = Decimal(1).scaleb(-places)
    right = (Decimal(100 * part) / whole).quantize(step, ROUND_HALF_UP)
    assert bool(of_column([["Hill", whole, part, max(Decimal(0), right + off * step)]])) is (off != 0)


def of_excuse(folder: Path, *rows: str, csv: str = "Hill,3,2,66.6\nFord,3,2,66.7\n", **more: Any) -> list[str]:
    computed = [{"name": "more", "title": "More", "change_in": "days"}, {**SHARE, "differs": [{"row": row, "because": "It says so."} for row in rows]}]
    files = {"data/tables/rain.yml": described(DAYS, computed=computed, **{"key": "place", **more}), "data/tables/rain.csv": f"place,days,wet,share\n{csv}"}
    return told(sums.check(read_made_up(folder, files)))


def test_a_row_that_is_said_to_differ_is_there_and_does(tmp_path: Path) -> None:
    assert of_excuse(tmp_path, "Hill") == []
    assert of_excuse(tmp_path, "Hill", "Ford", "Hil", "latest") == [
        'data/tables/rain.yml, line 33, computed.differs: For "Ford" the two numbers agree, but the note says that they do not.',
        'data/tables/rain.yml, line 35, computed.differs: There is no row "Hil". Did you mean "Hill"?',
        'data/tables/rain.yml, line 37, computed.differs: There is no row "latest".',
    ]
    assert of_excuse(tmp_path, "Hill", csv="Hill,3,not stated in the source,66.6\n") == [], "whether it differs cannot be known"
    assert of_excuse(tmp_path, "Hill", csv="Hill,3,2,not stated in the source\n") == []
    assert of_excuse(tmp_path, "Hill", csv="Hill,3,2,66.67\n") == [
        'data/tables/rain.yml, line 31, computed.differs: For "Hill" the two numbers agree, but the note says that they do not.'
    ]
    assert len(of_excuse(tmp_path, "Hill", key=[])) == 2, "without a key no row has a name"


def test_a_file_with_unread_cells_is_not_added_up(tmp_path: Path) -> None:
    files = {"data/tables/rain.yml": described(DAYS, key="place", computed=[SHARE]), "data/tables/rain.csv": "place,days,wet,share\nHill,3,2,66.6\n"}
    catalogue = read_made_up(
        tmp_path, files | {"data/tables/wind.yml": described(DAYS, key="place", computed=[SHARE]), "data/tables/wind.csv": files["data/tables/rain.csv"]}
    )
    assert [line.partition(",")[0] for line in told(sums.check(catalogue))] == ["data/tables/rain.csv", "data/tables/wind.csv"]
    object.__setattr__(catalogue, "lost", frozenset({("number", "rain")}))
    assert [line.partition(",")[0] for line in told(sums.check(catalogue))] == ["data/tables/wind.csv"]


@pytest.mark.parametrize("label", ["Total", "TOTALS", "grand total", "Sum", "all", "Every place"])
@pytest.mark.parametrize("how", [{"total": {"label": "Every place", "columns": ["days"]}}, {"computed": [{"name": "s", "title": "S", "share_of": "days"}]}])
def test_a_row_of_totals_is_not_added_up_with_the_others(label: str, how: dict[str, Any]) -> None:
    places = {"side": "text", "place": "text", "days": "whole number"}
    rows = [["North", "Hill", 2], ["North", label, 2]]
    known = label != "Every place" or "total" in how
    for key, column, line in (("place", "place", 3), (["side", "place"], "place", 3)):
        said = told(sums.check(catalogue_of(table(places, rows, key=key, **how))))
        assert said == ([f'data/tables/weather.csv, line {line}, {column}: The row "{label}" would be added up with the others.'] if known else [])
    headed_by_its_first_column = told(sums.check(catalogue_of(table(places, [["Hill", "North", 2], [label, "", 2]], **how))))
    assert len(headed_by_its_first_column) == known
    assert told(sums.check(catalogue_of(table(places, rows, key="place")))) == [], "where nothing is added up, a total may stand"


def test_nothing_is_added_up_across_a_new_way_of_counting(tmp_path: Path) -> None:
    ways: dict[str, Any] = {
        "total": {"columns": ["other", "n"]},
        "computed": [{"name": "c", "title": "C", "change_in": "n"}, {"name": "s", "title": "S", "share_of": "n"}],
    }
    for begins, places in (("2021/22", ["line 21, total.columns", "line 28, computed.share_of"]), ("2020/21", [])):  # from the first row on, all are alike
        about = described({"year": "year", "n": "whole number", "other": "whole number"}, key="year", **ways)
        about["breaks"] = [{"from": begins, "columns": ["n"], "because": "Fog too."}]
        files = {"data/tables/rain.yml": about, "data/tables/rain.csv": "year,n,other\n2020/21,1,1\n2021/22,2,2\n2022/23,3,3\n"}
        assert told(sums.check(read_made_up(tmp_path, files))) == [
            f"data/tables/rain.yml, {place}: Numbers that are counted in different ways would be added up." for place in places
        ]
    first_year = files | {"data/tables/rain.csv": "year,n,other\n2021/22,2,2\n"}
    assert told(sums.check(read_made_up(tmp_path, first_year))) == [], "one row is counted in one way"


@pytest.mark.parametrize(
    ("compute", "of", "says"),
    [
        ("difference", ["rain | 2021 | n", "rain | 2020 | n"], True),
        ("percentage", ["rain | 2021 | n", "rain | 2020 | n"], True),
        ("quotient", ["rain | 2021 | n", "rain | 2020 | n"], True),
        ("change", ["rain | 2020 | n", "rain | 2021 | n"], True),
        ("change", ["rain | 2020 | other", "rain | 2021 | other"], False),
        ("sum", ["rain | 2020 | n", "rain | 2021 | n"], False),
    ],
)
def test_nothing_is_worked_out_from_two_numbers_that_are_counted_in_different_ways(tmp_path: Path, compute: str, of: list[str], says: bool) -> None:
    about = described({"year": "year", "n": "whole number", "other": "whole number"}, key="year")
    about["breaks"] = [{"from": "2021", "columns": ["n"], "because": "Fog too."}]
    agreement = {"id": "a", "says": "A sum.", "published": "9", "compute": compute, "of": of, "differs": "It prints 9."}
    files = {"data/tables/rain.yml": about, "data/tables/rain.csv": "year,n,other\n2020,1,1\n2021,2,2\n", "data/agreements.yml": [agreement]}
    differently = "data/agreements.yml, line 5, of: The two numbers are counted in different ways, so that nothing can be worked out from both."
    assert told(sums.check(read_made_up(tmp_path, files))) == [differently] * says


def test_the_row_that_is_100_is_there(tmp_path: Path) -> None:
    for base, more in (("Hil", ' Did you mean "Hill"?'), ("2020", ""), ("Hill", None)):
        computed = [{"name": "c", "title": "C", "change_in": "days"}, {"name": "i", "title": "I", "index_of": "days", "base": base}]
        files = {"data/tables/rain.yml": described({"place": "text", "days": "whole number"}, key="place", computed=computed)}
        files |= {"data/tables/rain.csv": "place,days\nHill,8\nFord,12\n"}
        said = [] if more is None else [f'data/tables/rain.yml, line 22, computed.base: There is no row "{base}" to be 100.{more}']
        assert told(sums.check(read_made_up(tmp_path, files))) == said
