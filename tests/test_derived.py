"""Derived tables: counted from records, joined, stacked and summed up, exactly; and nothing that a part hides can be had from one.

The reference works with plain lists and fractions, cell by cell, and knows nothing of pandas. What is hidden is searched for by trying every table
that looks the same to a reader.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import event, given, settings
from hypothesis import strategies as st

from macros.check import check
from macros.components import Components
from macros.content.arithmetic import worked_out
from macros.content.catalogue import Catalogue
from macros.content.derived import load_derived
from macros.content.loading import Loading
from macros.content.suppression import without_small_counts
from macros.models.table import Table
from macros.outputs.tables import as_csv
from macros.problems import tell
from macros.rules import small_counts
from macros.sources.kept import Remembered, kept_on_disk
from tests.made_up import catalogue_of, table
from tests.mistakes_corpus import TODAY

GAPS = ("not available", "withheld")
Row = Mapping[str, str]
COLUMNS: dict[str, Any] = {"place": "text", "area": "text", "year": "year", "n": "whole number", "d": "decimal"}


def derive(
    folder: Path, derived: Mapping[str, Any], columns: Sequence[Mapping[str, Any]], *given_tables: Table, sessions: Sequence[Any] = (), **more: Any
) -> Table:
    """The table that the description makes of these tables and records. Fails where anything is said against it."""
    loading = Loading(folder, tables={one.id: one for one in given_tables})
    loading.records["session"] = {session.id: session for session in sessions}
    about = {"title": "Derived", "summary": "Made up.", "subject": "website", "period": "Never", "derived": dict(derived), **more}
    about["columns"] = [{"title": column["name"].title(), **column} for column in columns]
    (folder / "data/tables").mkdir(parents=True, exist_ok=True)
    (folder / "data/tables/made.yml").write_text(yaml.safe_dump(about, sort_keys=False), encoding="utf-8")
    load_derived(loading, ["made"])
    assert loading.problems == [], tell(loading.problems)
    return loading.tables["made"]


def texts(made: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells.values()] for row in made.rows]


@st.composite
def random_rows(draw: Callable[..., Any], name: str) -> list[dict[str, str]]:
    """Up to eight rows of a made-up table, most often many of few areas and years, so that several are counted together; numbers large enough for a float to
    lose something of."""
    number = st.one_of(st.integers(0, 10**16).map(str), st.sampled_from(GAPS))
    decimal = st.one_of(st.decimals(-(10**12), 10**12, places=3, allow_nan=False).map(lambda d: format(d, "f")), st.sampled_from(GAPS))
    keys = draw(st.permutations(list(itertools.product("KLM", ("2019/20", "2020/21", "2021/22")))))[: draw(st.sampled_from((8, 7, 4, 1)))]
    return [{"place": f"{name} {key}", "area": key[0], "year": key[1], "n": draw(number), "d": draw(decimal)} for key in keys]


def as_table(name: str, rows: Sequence[Row], **more: Any) -> Table:
    return table(COLUMNS, [[row[column] for column in COLUMNS] for row in rows], name=name, **more)


def added(cells: Sequence[str]) -> str:
    """What cells add up to, by fractions of one thousandth; the first gap where there is one."""
    gap = next((cell for cell in cells if cell in GAPS), "")
    if gap or not cells:
        return gap or "0"
    places = max(len(cell.partition(".")[2]) for cell in cells)
    total = sum(int(Fraction(cell) * 10**places) for cell in cells)
    digits = str(abs(total)).rjust(places + 1, "0")
    return ("-" if total < 0 else "") + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


@settings(max_examples=25)
@given(st.data())
def test_counts_and_sums_are_those_of_a_slow_reference(tmp_path_factory: Any, data: st.DataObject) -> None:
    rows = data.draw(random_rows("one"))
    by = data.draw(st.sampled_from((["area"], ["year"], ["area", "year"])))
    across = data.draw(st.sampled_from((None, *({"area", "year"} - {*by}))))
    wanted = data.draw(st.sampled_from((None, *({row["area"] for row in rows}))))
    chosen = [row for row in rows if wanted in (None, row["area"])]
    values = sorted({row[across] for row in chosen}) if across else []
    columns: list[dict[str, Any]] = [{"name": name, "type": COLUMNS[name]} for name in by]
    columns += [{"name": "many", "type": "whole number", "of": "count"}, {"name": "all_n", "type": "whole number", "of": "sum | n"}]
    columns += [{"name": f"c{at}", "type": "whole number", "of": f"count | {value}"} for at, value in enumerate(values)]
    columns += [{"name": f"d{at}", "type": "decimal", "of": f"sum | d | {value}"} for at, value in enumerate(values)]
    how = {"from": "one", "by": by, **({"across": across} if across else {}), **({"where": {"area": wanted}} if wanted else {})}
    made = derive(tmp_path_factory.getbasetemp(), how, columns, as_table("one", rows))
    names = [*dict.fromkeys(tuple(row[name] for name in by) for row in chosen)]
    names.sort(key=lambda key: key[by.index("year")] if "year" in by else "")
    expected, read = [], []
    for key in names:
        of_row = [row for row in chosen if tuple(row[name] for name in by) == key]
        cells = [*key, str(len(of_row)), added([row["n"] for row in of_row])]
        cells += [str(sum(row[across or ""] == value for row in of_row)) for value in values]
        cells += [added([row["d"] for row in of_row if row[across or ""] == value]) for value in values]
        expected.append(cells)
        read.append({row["place"] for row in of_row})
    assert texts(made) == expected
    traced = [{rows[at]["place"] for _, at, _ in made.made_from[number, "many"]} for number in range(len(expected))]
    assert traced == read, "each count leads back to what was counted"


@settings(max_examples=25)
@given(st.data())
def test_joins_and_stacks_are_those_of_a_slow_reference(tmp_path_factory: Any, data: st.DataObject) -> None:
    one, two = data.draw(random_rows("one")), data.draw(random_rows("two"))
    tables = [as_table(name, rows, key=["area", "year"], notes=[f"Note of {name}."]) for name, rows in (("one", one), ("two", two))]
    folder, both = tmp_path_factory.getbasetemp(), {"from": ["one", "two"]}
    key = [{"name": "year", "type": "year"}, {"name": "area", "type": "text"}]
    joined = derive(
        folder,
        {**both, "joined_on": ["area", "year"]},
        [*key, {"name": "x", "type": "decimal", "of": "two | d"}, {"name": "y", "type": "whole number", "of": "one | n"}],
        *tables,
    )
    keys = sorted(dict.fromkeys((row["area"], row["year"]) for row in (*one, *two)), key=lambda pair: pair[1])

    def at(rows: Sequence[Row], pair: tuple[str, str], column: str) -> str:
        return next((row[column] for row in rows if (row["area"], row["year"]) == pair), "not stated in the source")

    assert texts(joined) == [[pair[1], pair[0], at(two, pair, "d"), at(one, pair, "n")] for pair in keys]
    stacked = derive(
        folder, both, [*key, {"name": "of_table", "type": "text", "of": "table", "labels": {"two": "Second"}}, {"name": "n", "type": "whole number"}], *tables
    )
    assert texts(stacked) == [[row["year"], row["area"], name, row["n"]] for name, rows in (("one", one), ("Second", two)) for row in rows]
    for made in (joined, stacked):
        assert made.about.notes == ("Weather: Note of one.", "Weather: Note of two.") and made.sources == ("almanac",)
        numbers = {(row, column): made.rows[row].cells[column].text for row, column in made.made_from if column in ("x", "y", "n")}
        for spot, text in numbers.items():
            origins = [{"one": one, "two": two}[name][row][column] for name, row, column in made.made_from[spot]]
            assert origins == ([text] if origins else []) and (origins or text == "not stated in the source"), (
                "each cell leads back to the one it was copied from"
            )


def test_records_are_counted_under_each_theme_and_under_the_year_of_a_date(tmp_path: Path) -> None:
    def session(name: str, held: object, *themes: str, minutes: int | None = None) -> Any:
        return SimpleNamespace(id=name, date=held, themes=themes, minutes=minutes, source="almanac", place=f"Page {name}")

    sessions = [
        session("a", "2023-01-30", "kites", "wind", minutes=30),
        session("b", "1 April 2022 to 31 March 2023", "wind"),
        session("c", None),
        session("d", "Due in 2023", "kites"),
    ]
    themes = derive(
        tmp_path,
        {"from": "sessions", "by": "themes"},
        [{"name": "themes", "type": "text"}, {"name": "n", "type": "whole number", "of": "count"}],
        sessions=sessions,
    )
    assert texts(themes) == [["kites", "2"], ["wind", "2"], ["does not apply", "1"]]
    assert [(one.source, one.place) for one in themes.editions] == [("almanac", "4 places, named with each entry")]
    years = derive(
        tmp_path,
        {"from": "sessions", "by": "date"},
        [{"name": "year", "type": "year", "of": "date"}, {"name": "n", "type": "whole number", "of": "count"}],
        sessions=sessions,
    )
    assert texts(years) == [["2022/23", "1"], ["2023", "1"], ["date not given", "1"], ["not stated in the source", "1"]]
    minutes = derive(tmp_path, {"from": "sessions"}, [{"name": "minutes", "type": "whole number"}, {"name": "themes", "type": "text"}], sessions=sessions)
    assert texts(minutes)[:2] == [["30", "kites, wind"], ["not stated in the source", "wind"]]


REVISION = {"row": "2021/22", "column": "n", "was": "40", "now": "41", "source": "atlas", "because": "One was in a cloud."}


def test_documents_and_breaks_are_carried_and_nothing_is_worked_out_across_a_break(tmp_path: Path) -> None:
    rows = [["2020/21", "K", 10], ["2020/21", "L", 20], ["2021/22", "K", 40], ["2021/22", "L", 80]]
    editions = [{"source": "almanac", "place": "Page 1", "rows": ["2020/21, K", "2020/21, L"]}, {"source": "atlas", "place": "Page 2", "rows": "all others"}]
    broken = {"breaks": [{"from": "2021/22", "because": "Fog counts too."}], "source": None, "place": None, "editions": editions}
    part = table({"year": "year", "area": "text", "n": "whole number"}, rows, name="part", key=["year", "area"], **broken)
    columns = [{"name": "year", "type": "year"}, {"name": "all", "type": "whole number", "of": "sum | n"}]
    ways = [
        {"name": "c", "title": "C", "change_in": "all"},
        {"name": "i", "title": "I", "index_of": "all", "base": "2020/21"},
        {"name": "m", "title": "M", "mean_of": "all", "over": "2"},
    ]
    made = derive(tmp_path, {"from": "part", "by": "year"}, columns, part, key="year", computed=ways)
    assert texts(made) == [["2020/21", "30"], ["2021/22", "120"]]
    assert [worked_out(made, computed) for computed in made.about.computed] == [[None, None], [Decimal(100), None], [None, None]]
    assert [(one.from_.title, one.columns) for one in made.about.breaks] == [("2021/22", ("all",))]
    assert [(edition.source, edition.place) for edition in made.editions] == [("almanac", "Page 1"), ("atlas", "Page 2")]
    own = [{"name": "row", "type": "text", "of": "area"}, {"name": "n", "type": "whole number"}]
    for more in (
        {"computed": [{"name": "i", "title": "I", "share_of": "n"}]},
        {"computed": [{"name": "c", "title": "C", "change_in": "n"}]},
        {"total": {"columns": ["n"]}},
    ):
        with pytest.raises(AssertionError, match="counted in different ways would be held against one another"):
            derive(tmp_path, {"from": "part"}, own, part, key="row", **more)  # no year in it carries the break
    assert derive(tmp_path, {"from": "part", "where": {"year": "2021/22"}}, own, part, key="row", total={"columns": ["n"]}).about.total
    corrected = table({"year": "year", "n": "whole number"}, [["2020/21", 10], ["2021/22", 41]], name="part", key="year", revisions=[REVISION])
    copied = derive(tmp_path, {"from": "part"}, [{"name": "year", "type": "year"}, {"name": "m", "type": "whole number", "of": "n"}], corrected, key="year")
    assert [(one.row, one.column, one.was, one.now) for one in copied.about.revisions] == [("2021/22", "m", "40", "41")]
    assert derive(tmp_path, {"from": "part", "by": "year"}, [*columns[:1], {**columns[1], "of": "count"}], corrected, key="year").about.revisions == ()
    with pytest.raises(AssertionError, match="counted in different ways"):
        derive(tmp_path, {"from": "part", "by": "area"}, [{"name": "area", "type": "text"}, columns[1]], part)


@settings(max_examples=60)
@given(st.lists(st.one_of(st.none(), st.integers(0, 10**9)), min_size=1, max_size=7), st.integers(0, 6), st.integers(2, 4))
def test_an_index_and_a_rolling_mean_are_those_of_fractions(numbers: Sequence[int | None], base: int, over: int) -> None:
    base %= len(numbers)
    ways: list[dict[str, Any]] = [
        {"name": "i", "title": "I", "index_of": "n", "base": str(2000 + base)},
        {"name": "m", "title": "M", "mean_of": "n", "over": str(over)},
    ]
    rows = [[2000 + at, "" if number is None else number] for at, number in enumerate(numbers)]
    made = table({"year": "year", "n": "whole number"}, rows, key="year", computed=ways)
    index, mean = (worked_out(made, computed) for computed in made.about.computed)

    def same(found: Decimal | None, exact: Fraction | None) -> bool:
        if found is None or exact is None:
            return found is None and exact is None
        tenths = int(exact * 10 + Fraction(1, 2))  # halves up: nothing here is below zero
        return found.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) == Decimal(tenths) / 10

    for at, number in enumerate(numbers):
        start, window = numbers[base], numbers[max(0, at - over + 1) : at + 1]
        assert same(index[at], Fraction(100 * number, start) if number is not None and start else None)
        whole = [n for n in window if n is not None]
        assert same(mean[at], Fraction(sum(whole), over) if len(whole) == over else None)


# What a part hides ------------------------------------------------------------------------------------------

THRESHOLD, ENOUGH = 4, 3  # a hidden count is 1, 2 or 3: as few as a threshold may leave

KINDS: dict[str, Any] = {"place": "text", "area": "text", "n": {"type": "whole number", "unit": "children"}}


def hiding(counts: Sequence[int], areas: Sequence[str]) -> Table:
    small = {"threshold": str(THRESHOLD), "nothing_else_adds_up": "yes"}
    rows = [[f"Place {at}", area, count] for at, (count, area) in enumerate(zip(counts, areas, strict=True))]
    return without_small_counts(table(KINDS, rows, name="part", key="place", small_counts=small))


def by_area(folder: Path, part: Table) -> Table:
    columns = [{"name": "area", "type": "text"}, {"name": "n", "type": "whole number", "unit": "children", "of": "sum | n"}]
    return derive(folder, {"from": "part", "by": "area"}, columns, part, key="area")


def looks(part: Table, made: Table) -> object:
    return texts(part), texts(made)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from("KL")), min_size=2, max_size=4))
def test_no_hidden_count_can_be_had_from_a_derived_table_that_is_let_through(tmp_path_factory: Any, rows: Sequence[tuple[int, str]]) -> None:
    folder, counts, areas = tmp_path_factory.getbasetemp(), [count for count, _ in rows], [area for _, area in rows]
    part = hiding(counts, areas)
    made = by_area(folder, part)
    told = [problem for problem in small_counts.check(catalogue_of(part, made)) if "worked out" in problem.says]
    hidden = [at for at in range(len(rows)) if (at, "n") in part.hidden]
    small = [at for at in hidden if 0 < counts[at] < THRESHOLD]
    possible: dict[int, set[int]] = {at: set() for at in small}
    for others in itertools.product(range(1, THRESHOLD), repeat=len(small)):
        changed = [*counts]
        for at, count in zip(small, others, strict=True):
            changed[at] = count
        other = hiding(changed, areas)
        if looks(other, by_area(folder, other)) == looks(part, made):
            for at in small:
                possible[at].add(changed[at])
    given_away = any(len(values) < ENOUGH for values in possible.values())
    event(f"{'given away' if given_away else 'safe'}, {'refused' if told else 'let through'}")
    assert told or not given_away


def test_a_sum_that_gives_a_hidden_count_away_is_refused_with_the_way_to_work_it_out(tmp_path: Path) -> None:
    part = hiding([2, 9, 1, 3, 3, 7], "KKLLLL")
    made = by_area(tmp_path, part)
    assert texts(made) == [["K", "11"], ["L", "14"]] and [row.cells["n"].text for row in part.rows] == ["c", "9", "c", "c", "c", "7"]
    (problem,) = small_counts.check(catalogue_of(part, made))
    assert problem.line == 2
    assert problem.says == "This hidden count can be worked out, or nearly so, from what is shown: made, K, n is made of part, n: Place 0, Place 1."
    assert problem.fix == "Take the column out of made, or leave rows that hide counts out of it with `where:`."
    small_sum = by_area(tmp_path, hiding([1, 1, 9], "KKL"))
    assert texts(small_sum) == [["K", "c"], ["L", "9"]], "a sum that is small itself is hidden"
    copied = derive(
        tmp_path, {"from": "part"}, [{"name": "place", "type": "text"}, {"name": "n", "type": "whole number", "unit": "children"}], part, key="place"
    )
    assert [row[1] for row in texts(copied)] == ["c", "9", "c", "c", "c", "7"], "a copy hides what its part hides"
    second = table(KINDS, [["A", "K", 2], ["B", "K", 9], ["C", "L", 8]], name="part", key="place", small_counts={"threshold": "4"}, total={"columns": ["n"]})
    copied = derive(tmp_path, {"from": "part"}, [{"name": "place", "type": "text"}, {"name": "n", "type": "whole number"}], without_small_counts(second))
    assert [row[1] for row in texts(copied)] == ["c", "c", "8"], "also a number that is hidden to protect another"


# One record more, and what is kept --------------------------------------------------------------------------


def test_an_added_session_changes_the_count_the_table_the_chart_the_file_and_the_sentence_together(small_site: Path) -> None:
    def shown() -> tuple[Catalogue, list[str]]:
        catalogue, problems = check(small_site, TODAY)
        assert not problems, tell(problems)
        pieces = Components(catalogue)
        found = [pieces.value("sessions-by-format", row, "sessions").striptags() for row in ("total", "On the hill")]
        found += [pieces.table("sessions-by-format"), pieces.chart("sessions-by-format"), as_csv(catalogue.tables["sessions-by-format"]).decode()]
        return catalogue, list(map(str, found))

    _, before = shown()
    rules = (
        "title: Rules\nsummary: Made up.\nsubject: website\nperiod: Always\nderived:\n  from: kite-rules\ncolumns:\n- {name: rule, title: Rule, type: text}\n"
    )
    (small_site / "data/tables/rules-again.yml").write_text(rules, encoding="utf-8")
    sessions = small_site / "data/sessions.yml"
    one_more = (
        "- id: landing\n  title: A soft landing\n  event: kite-week-2022\n  held: Friday\n  format: in person\n  source: yearbook-2023\n  place: Kite Week\n"
    )
    sessions.write_text(sessions.read_text(encoding="utf-8") + one_more, encoding="utf-8")
    catalogue, after = shown()
    assert (before[:2], after[:2]) == (["2", "1"], ["3", "2"])
    assert "On the hill accounted for 2 " in after[3] and "All are the same: 1" in before[3]
    assert "On the hill,2" in after[4] and "On the hill,1" in before[4]
    assert before[2] != after[2] and ">2</td>" in after[2]
    assert "</a>: row 2</dd>" in Components(catalogue).table_page("rules-again"), "a table without a key is traced by the number of its row"
    page = Components(catalogue).table_page("sessions-by-format")
    assert page[page.index("How it was made") :].count("A soft landing") == 1 and "Knots that hold" in page


def test_what_was_found_before_is_taken_from_the_disk_only_where_nothing_has_changed(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import sys; from macros.__main__ import main; code = main(['check', sys.argv[1]]); print('pandas' in sys.modules, 'PIL' in sys.modules, code)"

    def checked() -> str:
        return subprocess.run([sys.executable, "-c", program, str(small_site)], capture_output=True, text=True, check=True).stdout

    monkeypatch.setenv("CI", "true")
    first, kept = checked(), small_site / ".cache/kept"
    assert first.endswith("True True 0\n") and not kept.exists(), "where strangers' changes are checked nothing is believed and nothing left"
    monkeypatch.delenv("CI")
    assert [checked(), checked()] == [first, first.replace("True True", "False False")], "a check of what has not changed loads neither pandas nor Pillow"
    before = kept.read_bytes()
    lists, page = small_site / "data/sessions.yml", small_site / "docs/topics/puddles.md"
    words = page.read_text(encoding="utf-8")
    lists.write_text(lists.read_text(encoding="utf-8").replace("format: in person", "format: online"), encoding="utf-8")
    page.write_text(words + "\nHer NHS number is 943 476 5919.\n", encoding="utf-8")
    told = checked()
    assert told.endswith("True False 1\n") and "docs/topics/puddles.md" in told, "what was edited is read, made and looked through again, and nothing else"
    monkeypatch.setenv("CI", "true")
    assert told.replace("True False 1", "True True 1") == checked()
    monkeypatch.delenv("CI")
    page.write_text(words, encoding="utf-8")
    assert checked().endswith("False False 0\n") and b"943 476 5919" not in kept.read_bytes(), "what is gone is kept no longer"
    for spoilt in (b"\xff", before[:-50]):
        kept.write_bytes(spoilt)
        assert checked().endswith("True True 0\n")


def test_what_is_large_is_left_on_disk_for_no_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(Remembered, "every", {})
    worked: list[str] = []

    def look(text: str) -> int:
        worked.append(text[:5])
        return len(text)

    texts = ["small", "large" * 200_001]
    for number, text in enumerate(texts):
        (tmp_path / str(number)).write_text(text, encoding="utf-8")
    files = [tmp_path / "0", tmp_path / "1"]
    written = []
    for _ in range(3):
        answer = Remembered(look)  # as another command has it
        with kept_on_disk(tmp_path) as kept:
            kept.begin()
            found = [kept.read("length", [file], partial(look, text)) for file, text in zip(files, texts, strict=True)]
            assert found == [5, 1_000_005] == [answer(text) for text in texts]
        written.append((tmp_path / ".cache/kept").stat().st_mtime_ns)
    assert worked == ["small", "large", "small", "large", *["large", "large"] * 2], "of files and of texts, in the second and third command"
    assert len(set(written)) == 1, "what is large is no reason to write the file again"
