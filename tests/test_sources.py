"""Files are read exactly as they stand: nothing is converted, shifted or dropped, and every line is known."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macros.problems import Problem
from macros.sources.csv_files import Grid, parse_csv
from macros.sources.files import LARGEST, column_at, line_at, read_text, walk
from macros.sources.yaml_files import Document, parse_yaml


def text_of(data: bytes, folder: Path) -> str:
    path = folder / "file.csv"
    path.write_bytes(data)
    problems: list[Problem] = []
    text = read_text(path, folder, problems)
    assert text is not None and problems == []
    return text


def yaml_of(text: str) -> Document:
    problems: list[Problem] = []
    document = parse_yaml(text, "data/a.yml", problems)
    assert document is not None and problems == [], problems
    return document


def csv_of(text: str) -> Grid:
    problems: list[Problem] = []
    grid = parse_csv(text, "data/tables/a.csv", problems)
    assert grid is not None and problems == [], problems
    return grid


# Bytes to text ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a,b\n1,2\n", "a,b\n1,2\n"),
        (b"\xef\xbb\xbfa,b\n1,2\n", "a,b\n1,2\n"),  # Excel's "CSV UTF-8" begins with a mark
        (b"a,b\r\n1,2\r\n", "a,b\n1,2\n"),
        (b"a,b\r1,2\r", "a,b\n1,2\n"),
        ("Caf\u00e9 – £5, “so” … 30 °C\n".encode(), "Caf\u00e9 – £5, “so” … 30 °C\n"),
        ("no\u00a0break".encode(), "no\u00a0break"),
        (b"", ""),
    ],
)
def test_good_text_comes_back_as_it_is(data: bytes, text: str, tmp_path: Path) -> None:
    assert text_of(data, tmp_path) == text


def test_a_pipe_does_not_keep_the_check_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "file.csv")
    problems: list[Problem] = []
    assert read_text(tmp_path / "file.csv", tmp_path, problems) is None
    assert "not an ordinary file" in problems[0].says


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_text(tmp_path / "file.csv", tmp_path, problems) is None
    assert len(problems) == 1


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    assert len(text_of(b"x" * LARGEST, tmp_path)) == LARGEST


def test_places_count_from_one() -> None:
    assert (line_at("ab\ncd", 0), column_at("ab\ncd", 0)) == (1, 1)
    assert (line_at("ab\ncd", 4), column_at("ab\ncd", 4)) == (2, 2)


def test_files_are_found_in_a_fixed_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b/z.md", "b/a.md", "a.md", ".git/x", "b/.hidden", "c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert [path.relative_to(tmp_path).as_posix() for path in walk(tmp_path)] == ["a.md", "b/a.md", "b/z.md", "c.md"]
    assert list(walk(tmp_path / "nowhere")) == []


def test_links_out_of_the_project_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.md").write_text("x")
    (tmp_path / "docs" / "in").symlink_to(tmp_path / "secret")
    assert [path.name for path in walk(tmp_path / "docs")] == ["in"]


# YAML -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "NO",
        "no",
        "Yes",
        "on",
        "off",
        "true",
        "1.10",
        "0151",
        "007",
        "14:00",
        "1:30",
        "2022-07-11",
        "1e3",
        ".5",
        "0x1F",
        "1_000",
        "NaN",
        ".inf",
        "N/A",
        "=",
        "12.0",
        "+44",
        "2022-02-30",
    ],
)
def test_a_plain_value_stays_the_text_that_stands_there(written: str) -> None:
    """YAML would make false, 1.1, 105, 840, a date or a number of these."""
    assert yaml_of(f"a: {written}\n").value == {"a": written}
    assert yaml_of(f"a: [{written}]\n").value == {"a": [written]}


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_nothing_is_nothing(written: str) -> None:
    assert yaml_of(f"a: {written}\nb: x\n").value == {"a": None, "b": "x"}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"Kites: a guide"', "Kites: a guide"),
        ("'Kites #1'", "Kites #1"),
        ('"~"', "~"),
        ('""', ""),
        ("'it''s'", "it's"),
        ('"two\\nlines"', "two\nlines"),
        ("C# and A#1", "C# and A#1"),
        ("https://www.example.org/#top", "https://www.example.org/#top"),
        ("|\n  first # not a remark\n  second", "first # not a remark\nsecond\n"),
        (">\n  first\n  second", "first second\n"),
        ("one\n  and on", "one and on"),
        ("a, b and c", "a, b and c"),
        ("Children’s “kites”", "Children’s “kites”"),
        ("a [b] {c}", "a [b] {c}"),
    ],
)
def test_values_as_editors_write_them(written: str, value: str) -> None:
    assert yaml_of(f"a: {written}\n").value == {"a": value}


def test_remarks_and_json_and_windows_ends_are_fine() -> None:
    assert yaml_of("# a remark\na: x\n# another\n").value == {"a": "x"}
    assert yaml_of('[{"id": "kites", "n": 1}]').value == [{"id": "kites", "n": "1"}]
    assert yaml_of("---\na: x\n").value == {"a": "x"}
    assert yaml_of("").value is None
    assert yaml_of("[]").value == []


def test_every_key_and_entry_knows_its_line() -> None:
    document = yaml_of("- id: kites\n  also:\n    - red\n    - blue\n\n- id: puddles\n  deep: {a: x,\n    b: y}\n")
    assert document.line(()) == 1
    assert document.line((0, "id")) == 1
    assert document.line((0, "also", 1)) == 4
    assert document.line((1,)) == 6
    assert document.line((1, "deep", "b")) == 8
    assert document.line((1, "missing")) == 6, "a key that is not there is told at the entry that lacks it"
    assert document.line((9, "id")) == 1


def test_front_matter_counts_lines_from_the_top_of_its_file() -> None:
    problems: list[Problem] = []
    document = parse_yaml("title: A\nthemes:\n  - x", "docs/a.md", problems, first_line=2)
    assert document is not None
    assert document.line(("themes", 0)) == 4
    parse_yaml("title: A\ntitle: B", "docs/a.md", problems, first_line=2)
    assert problems[0].line == 3


# CSV --------------------------------------------------------------------------------------------------------


def test_rows_and_their_lines() -> None:
    grid = csv_of('a,b\n1,"two\nlines"\n3,\n"x ""y"" z",007\n')
    assert grid.heading == ("a", "b")
    assert [(row.line, row.cells) for row in grid.rows] == [(2, ("1", "two\nlines")), (4, ("3", "")), (5, ('x "y" z', "007"))]


@pytest.mark.parametrize("text", ["a,b\n1,2", "a,b\n1,2\n", '"a","b"\n"1","2"\n'])
def test_the_last_line_end_and_quotation_marks_make_no_difference(text: str) -> None:
    assert [row.cells for row in csv_of(text).rows] == [("1", "2")]


def test_one_column_is_a_table_too() -> None:
    grid = csv_of("a\n1\n2\n")
    assert [row.cells for row in grid.rows] == [("1",), ("2",)]


@pytest.mark.parametrize(
    "cell",
    [
        "-",
        "- none",
        "-5",
        "+44 1632 960001",
        "-12.5",
        "+5",
        "5 - 10",
        "16+",
        "a=b",
        "a@example.org",
        "50%",
        "#1",
        "“a” and b",
        "a “b”",
        "£5",
        "1,5",
        'He said "no"',
        "{a}",
    ],
)
def test_cells_that_look_odd_and_are_fine(cell: str) -> None:
    quoted = cell.replace('"', '""')
    assert csv_of(f'a,b\n"{quoted}",x\n').rows[0].cells == (cell, "x")


def test_every_fault_of_a_file_is_told_at_once() -> None:
    problems: list[Problem] = []
    assert parse_csv("a,b,c\n1,2\n =x,#REF!,y\n,,\n", "t.csv", problems) is None
    assert {(problem.line, problem.field) for problem in problems} == {(2, None), (3, "a"), (3, "b"), (4, None)}
