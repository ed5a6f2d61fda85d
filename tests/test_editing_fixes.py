"""Certain fixes: each is made, said, and changes nothing that a reader would understand otherwise."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from macros import __main__ as door
from macros.content.arithmetic import worked_out
from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.editing.fixes import fix_all, fix_file, write
from macros.editing.fixes.values import Doubt, iso_date, plain_number
from macros.editing.fixes.work import Work
from macros.problems import errors
from macros.rules import check_all
from macros.sources.pages import parse_page
from macros.sources.yaml_files import parse_yaml
from macros.website.generated_pages import checked_sums
from tests.mistakes_corpus import TODAY
from tests.whole_sites import ROOT

DESCRIPTION = """title: Kites
columns:
  - name: day
    title: Day
    type: date
  - name: year
    title: Year
    type: year
  - name: kites
    title: Kites
    type: whole number
  - name: share
    title: Share
    type: percentage
  - name: cost
    title: Cost
    type: money
  - name: flown
    title: Flown
    type: yes/no
  - name: name
    title: Name
    type: text
"""
HEADING = "day,year,kites,share,cost,flown,name\n"


def fixed(root: Path, file: str, data: bytes | str) -> Work:
    """What becomes of one file below ``root``."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return fix_file(path, root) or Work(file, path.read_bytes())


def table(root: Path, row: str) -> tuple[str, Work]:
    """A row of a table after fixing."""
    (root / "data/tables").mkdir(parents=True, exist_ok=True)
    (root / "data/tables/kites.yml").write_text(DESCRIPTION)
    found = fixed(root, "data/tables/kites.csv", f"{HEADING}{row}\n")
    return found.data.decode().removeprefix(HEADING).removesuffix("\n"), found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('25/12/2026,2022/23,"1,234",7.5%,"£1,234.50",Yes,Red', "2026-12-25,2022/23,1234,7.5,1234.50,yes,Red"),
        ("5/5/2026,2022-23,12,1,£0.50,no,Red", "2026-05-05,2022/23,12,1,0.50,no,Red"),
        ("14 February 2026,2022/2023,-3,1%,1,no,Red", "2026-02-14,2022/23,-3,1,1,no,Red"),
        ("12/25/2026,2022/23,1,1,1,no,Red", "2026-12-25,2022/23,1,1,1,no,Red"),
        ("2026-12-25,2022/23, 12 ,1,1,no,“Red”", "2026-12-25,2022/23,12,1,1,no,Red"),
        ("Not available,2022/23,Not Asked,1,1,no,\u00a0Red\u00a0", "not available,2022/23,not asked,1,1,no,Red"),
    ],
)
def test_cells_are_written_as_the_site_writes_them(before: str, after: str, tmp_path: Path) -> None:
    row, found = table(tmp_path, before)
    assert row == after
    assert len(found.fixes) == 1 and found.fixes[0].line == 2
    assert found.fixes[0].before == before and found.fixes[0].after == after
    assert " became " in found.fixes[0].says


@pytest.mark.parametrize(
    "row",
    [
        "2026-12-25,2022/23,12,1,1,no,Red",
        "2026-12-25,2022/23,12 kites,1,1,no,Red",  # what it counts belongs in the heading: a person moves it
        "2026-12-25,2022/23,7.5%,1,1,no,Red",  # a percentage of what? the column holds whole numbers
        "2026-12-25,2022/23,£5,5,1,no,Red",
        '2026-12-25,2022/23,"12,34",1,1,no,Red',  # a list, or a comma for a point
        "2026-12-25,2017-19,12,1,1,no,Red",
        "31/02/2026,2022/23,12,1,1,no,Red",
        "N/A,2022/23,n/a,1,1,no,Red",  # not available, or does not apply?
        "2026-12-25,2022/23,12,1,1,no,“Red” and “blue”",
        "2026-12-25,2022/23,1,234,1,1,no,Red",  # one cell too many
    ],
)
def test_what_is_not_certain_is_left(row: str, tmp_path: Path) -> None:
    after, found = table(tmp_path, row)
    assert after == row and found.fixes == []


def test_a_date_with_two_meanings_is_left_and_said(tmp_path: Path) -> None:
    after, found = table(tmp_path, "03/04/2026,2022/23,12,1,1,no,Red")
    assert after.startswith("03/04/2026,") and found.fixes == []
    [doubt] = found.doubts
    assert (doubt.file, doubt.line, doubt.field) == ("data/tables/kites.csv", 2, "day")
    assert doubt.says == '"03/04/2026" may be 3 April or 4 March 2026: write 2026-04-03 or 2026-03-04.'


def test_blank_rows_go_and_the_rows_below_keep_their_numbers(tmp_path: Path) -> None:
    row, found = table(tmp_path, "2026-12-25,2022/23,12,1,1,no,Red\n,,,,,,\n2026-12-26,2022/23,1%,1%,1,no,Blue\n\n\n")
    assert row == "2026-12-25,2022/23,12,1,1,no,Red\n2026-12-26,2022/23,1%,1,1,no,Blue"
    assert {(fix.line, fix.after) for fix in found.fixes if fix.says != "blank lines at the end were taken out"} == {
        (3, None),
        (4, "2026-12-26,2022/23,1%,1,1,no,Blue"),
    }


def test_a_cell_of_several_lines_is_left_as_it_stands(tmp_path: Path) -> None:
    row = '2026-12-25,2022/23,12,1,1,no,"Red\n\nand  blue "\n2026-12-26,2022/23,12,1,1,Yes,Green'
    after, _ = table(tmp_path, row)
    assert after == row.replace("Yes", "yes")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("name\nZoë\n".encode("cp1252"), "Windows-1252"),
        (b"\xef\xbb\xbfname\nZo\xc3\xab\n", "BOM"),
        ("name\nZoë\n".encode("utf-16"), "UTF-16"),
        ("name\r\nZoë\r\n".encode(), "line ends"),
        ("name\nZoë".encode(), "line end"),
        ("name\nZoë\n\n\n".encode(), "blank lines"),
    ],
)
def test_files_become_plain_text(data: bytes, said: str, tmp_path: Path) -> None:
    found = fixed(tmp_path, "data/tables/names.csv", data)
    assert found.data == "name\nZoë\n".encode()
    assert any(said in fix.says for fix in found.fixes), found.fixes


def test_an_encoding_that_cannot_be_told_is_left(tmp_path: Path) -> None:
    path = tmp_path / "data/tables/names.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes("name\nЖанна\n".encode("cp1251"))
    assert fix_file(path, tmp_path) is None
    path.write_bytes(b"PK\x03\x04 an Excel file")
    assert fix_file(path, tmp_path) is None


def test_lists_and_pages_lose_what_cannot_be_seen_and_keep_line_breaks(tmp_path: Path) -> None:
    found = fixed(
        tmp_path, "docs/news/2026-01-kites.md", "---\ntitle: Kites \npublished: 14/02/2026\n---\nA line  \nbroken here. \n\t\n{{ table(“kites”) }} and “said”\n"
    )
    assert found.data.decode() == '---\ntitle: Kites\npublished: 2026-02-14\n---\nA line  \nbroken here.\n\n{{ table("kites") }} and “said”\n'
    entry = fixed(tmp_path, "data/contacts.yml", "- id: one\n\u00a0 title:\u00a0One\n  review_by: 1 March 2026\n  note: 01/02/2026\n")
    assert entry.data.decode() == "- id: one\n  title: One\n  review_by: 2026-03-01\n  note: 01/02/2026\n"


def test_a_month_may_stand_where_only_a_month_was_published(tmp_path: Path) -> None:
    found = fixed(tmp_path, "docs/news/2026-01-kites.md", "---\npublished: February 2026\nreview_by: February 2026\n---\n")
    assert found.data.decode() == "---\npublished: 2026-02\nreview_by: February 2026\n---\n"


def test_a_list_that_declares_its_order_is_sorted_with_its_remarks(tmp_path: Path) -> None:
    top, kite = "# Terms of the yearbook.\n", "- id: kite\n  term: kite\n  meaning: x\n"
    gust, abc = "# From the old list.\n- id: gust\n  term: Gust\n  meaning: y\n\n", "- id: abc\n  term: '@abc'\n  meaning: z\n"
    text = top + kite + gust + abc
    found = fixed(tmp_path, "data/glossary.yml", text)
    assert found.data.decode() == top + abc + gust + kite
    assert [fix.before for fix in found.fixes] == [None]
    assert "A to Z" in found.fixes[0].says
    contacts = text.replace("term:", "title:")
    assert fixed(tmp_path, "data/contacts.yml", contacts).data.decode() == contacts, "a list whose order means something stays as it is"


def test_content_that_needs_no_fix_is_left_byte_for_byte(small_site: Path) -> None:
    write(small_site, fix_all(small_site))
    before = {path: path.read_bytes() for path in small_site.rglob("*") if path.is_file()}
    assert [(found.file, found.fixes) for found in fix_all(small_site)] == []
    write(small_site, fix_all(small_site))
    assert {path: path.read_bytes() for path in small_site.rglob("*") if path.is_file()} == before


def test_after_every_fix_that_there_is_the_sums_are_the_same(small_site: Path, small_catalogue: Catalogue) -> None:
    rewrite(small_site / "data/tables/kite-clubs.csv", ("1234.50", '"£1,234.50"'), ("2001-05-06", "6 May 2001"), ("yes", "Yes"), (",640,", ", 640 ,"))
    rewrite(small_site / "data/tables/puddles-by-year.csv", ("2829", '"2,829"'), ("78.5", "78.5%"), ("2018/19", "2018-19"))
    assert errors(load_catalogue(small_site, TODAY)[1]), "nothing was spoilt, so the fixes below would prove nothing"
    write(small_site, fix_all(small_site))
    after, problems = load_catalogue(small_site, TODAY)
    assert [*problems, *check_all(after)] == []
    assert checked_sums(after) == checked_sums(small_catalogue) != []
    for name, table in small_catalogue.tables.items():
        assert [worked_out(after.tables[name], computed) for computed in table.about.computed] == [
            worked_out(table, computed) for computed in table.about.computed
        ]
        assert [[cell.value for cell in row.cells.values()] for row in after.tables[name].rows] == [
            [cell.value for cell in row.cells.values()] for row in table.rows
        ]


def rewrite(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def test_the_command_shows_first_and_then_fixes(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(small_site, fix_all(small_site))
    page = small_site / "docs/topics/kites.md"
    before = page.read_bytes()
    page.write_bytes(before.replace(b"\n", b"\r\n"))
    assert door.main(["fix", "--show", str(small_site)]) == 0
    assert "none of them made yet" in capsys.readouterr().out
    assert b"\r" in page.read_bytes()
    assert door.main(["fix", str(small_site)]) == 0
    assert capsys.readouterr().out == "docs/topics/kites.md, line 1: had the line ends of Windows or an old Mac.\n1 fix.\n"
    assert page.read_bytes() == before
    assert door.main(["fix", str(small_site)]) == 0
    assert capsys.readouterr().out == "Nothing was to be fixed that is certain.\n"


def test_after_the_fixes_the_check_is_content(small_site: Path) -> None:
    csv_file = next(iter(sorted((small_site / "data/tables").glob("*.csv"))))
    csv_file.write_bytes(b"\xef\xbb\xbf" + csv_file.read_bytes().replace(b"\n", b"\r\n") + b",,\r\n\r\n")
    before, _ = load_catalogue(ROOT / "tests/small_site", TODAY)
    write(small_site, fix_all(small_site))
    after, problems = load_catalogue(small_site, TODAY)
    assert errors(problems) == []
    assert [dict(row.cells) for row in after.tables[csv_file.stem].rows] == [dict(row.cells) for row in before.tables[csv_file.stem].rows]


# Whatever stands there ---------------------------------------------------------------------------------------

ODD = st.text(alphabet=st.sampled_from(list("abc,\"'“”:#-{}()[]|> \t\n\u00a0é0129/.%£")) | st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=80)


def cells(text: str) -> list[list[str]] | None:
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(cell.strip(" \t\u00a0") for cell in row)]
    except csv.Error:
        return None


@given(ODD)
@example('a,"b\nc ",“d”\n')
def test_a_text_cell_says_the_same_afterwards(text: str) -> None:
    """In columns of text nothing changes but blanks at the ends, quotation marks around and words for a gap."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found = fixed(Path(folder), "data/tables/odd.csv", text)
        assert fixed(Path(folder), "data/tables/odd.csv", found.data).fixes == [], "fixing twice fixes again"
    before, after = cells(text.lstrip("\ufeff")), cells(found.data.decode())
    if before is not None:
        assert after is not None
        bare = [[cell.strip(" \t\u00a0").strip("“”").strip(" \t\u00a0").lower() for cell in row] for row in (*before, *after)]
        assert bare[: len(before)] == bare[len(before) :]


@given(ODD)
def test_a_list_says_the_same_afterwards(text: str) -> None:
    import tempfile

    source = f"- id: one\n  title: {text}\n"
    with tempfile.TemporaryDirectory() as folder:
        found = fixed(Path(folder), "data/contacts.yml", source)
    before, after = parse_yaml(source, "x", []), parse_yaml(found.data.decode(), "x", [])
    if before is not None:
        assert after is not None and plain(after.value) == plain(before.value)


def plain(value: object) -> object:
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return "".join(value.split()) if isinstance(value, str) else value or ""


@given(ODD)
def test_a_page_says_the_same_afterwards(text: str) -> None:
    import tempfile

    source = f"---\ntitle: One\n---\n{text}\n"
    with tempfile.TemporaryDirectory() as folder:
        found = fixed(Path(folder), "docs/one.md", source)
    before, after = parse_page(source, "x", []), parse_page(found.data.decode(), "x", [])
    if before is not None:
        straight = str.maketrans("“”‘’", "\"\"''")
        assert after is not None
        assert [line.split() for line in after.body.translate(straight).strip().split("\n")] == [
            line.split() for line in before.body.translate(straight).strip().split("\n")
        ]


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1900, 2100), st.sampled_from("/."))
def test_no_date_is_ever_read_two_ways(day: int, month: int, year: int, sign: str) -> None:
    from macros.editing.fixes.values import Doubt

    try:
        found = iso_date(f"{day:02}{sign}{month:02}{sign}{year}")
    except Doubt:
        assert day <= 12 and day != month
    else:
        assert found in (f"{year}-{month:02}-{day:02}", None)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_a_number_keeps_its_value_and_its_places(number: object) -> None:
    assert plain_number(f"{number:,}", "decimal") == f"{number}"
    assert plain_number(f"{number:,}%", "percentage") == f"{number}"
    assert plain_number(f"{number:,}%", "money") is None


def test_no_file_outside_the_content_is_touched(small_site: Path) -> None:
    write(small_site, fix_all(small_site))
    shutil.copytree(ROOT / "data/templates", small_site / "data/templates")
    stray = small_site / "data/templates/session.yml"
    stray.write_bytes(stray.read_bytes().replace(b"\n", b"\r\n"))
    (small_site / "data/tables/link.csv").symlink_to(small_site / "mkdocs.yml")
    assert fix_all(small_site) == []


def test_a_table_as_excel_saves_it_is_told_at_once_and_fixed_at_once(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Semicolons, another encoding, capitals and blanks in the headings, empty columns and rows, dates, commas, percent signs: one round of each."""
    name = "data/tables/clubs-in-full"
    (small_site / f"{name}.yml").write_text(
        DESCRIPTION.replace("title: Kites\n", "title: Kites\nsummary: All kites.\nsubject: website\nperiod: 2026\nsource: yearbook-2023\nplace: page 1\n", 1)
    )
    rows = [
        "Day;Year;KITES;Share; Cost ;flown;Name;;",
        "25/12/2026;2022-23;1,234;7,5%;£2.50;Yes;Café;;",
        ";;;;;;;;",
        "24-Dec-26;2023/24;12;1;1;no;Red;;",
        ";;;;;;;;",
    ]
    plain = "day,year,kites,share,cost,flown,name\n2026-12-25,2022/23,1234,7.5,2.50,yes,Café\n2026-12-24,2023/24,12,1,1,no,Red\n"
    for encoding, lines in (
        ("cp1252", rows),
        ("utf-16", rows),
        ("utf-8-sig", ["sep=;", *rows]),
        ("cp1252", [row.replace("7,5", "7.5").replace(";", "\t") for row in rows]),
    ):
        (small_site / f"{name}.csv").write_bytes("\r\n".join(lines).encode(encoding))
        _, problems = load_catalogue(small_site, TODAY)
        told = " ".join(problem.says for problem in problems if problem.file == f"{name}.csv")
        wanted = ["not by commas", "are not written as", "hold nothing", "are blank", '"25/12/2026"', '"2022-23"', '"1,234"', '%"', '"£2.50"', '"24-Dec-26"']
        assert [part for part in [*wanted, *(["saved"] if encoding != "utf-8-sig" else ["sep="])] if part not in told] == [], (encoding, told)
        write(small_site, fix_all(small_site))
        assert (small_site / f"{name}.csv").read_text("utf-8") == plain, encoding
        assert errors(load_catalogue(small_site, TODAY)[1]) == []


def test_a_comma_among_semicolons_may_be_a_decimal_one() -> None:
    assert (plain_number("7,5", "decimal", True), plain_number("1,234", "whole number", True), plain_number("1,234.5", "money", True)) == (
        "7.5",
        "1234",
        "1234.5",
    )
    with pytest.raises(Doubt, match=r"may be 1234 or 1\.234"):
        plain_number("1,234", "decimal", True)
    assert iso_date("2026-12-25 00:00:00") == "2026-12-25" and iso_date("25-Dec-26") == "2026-12-25" and iso_date("25 Dec 26") is None
