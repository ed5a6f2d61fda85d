"""Whatever stands in a file, the check answers: it reads it or says what is wrong, at once, and nothing gets past it.

Each test makes up files by the hundred. The same ones are made up every time (see ``conftest``).
"""

from __future__ import annotations

import csv
import io
import itertools
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import Any

import markdown
import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from macros.content.catalogue import Catalogue, PageEntry
from macros.content.reading import load_catalogue
from macros.models.cells import Cell
from macros.models.periods import Period
from macros.models.words import WORDS
from macros.problems import Problem, errors, tell
from macros.rules import check_all, links, markdown_safety, page_words
from macros.sources.csv_files import parse_csv
from macros.sources.files import read_text
from macros.sources.kept import Kept
from macros.sources.pages import LONGEST, links_of, parse_page, words_of
from macros.sources.words import Call, NotAWord, split_words
from macros.sources.yaml_files import parse_yaml
from tests.mistakes_corpus import SMALL_SITE, TODAY, fresh_site
from tests.time_limit import ends_within

FILES = (
    "data/themes.yml",
    "data/figures.yml",
    "data/agreements.yml",
    "data/tables/kite-clubs.csv",
    "data/tables/puddles-by-year.yml",
    "docs/topics/kites.md",
    "docs/learning/reviews/child-q.md",
)
# Pieces that mean something to one of the readers; torn from their places they make the nastiest files.
PIECES = (
    "---\n", "- id: ", "\n", "\r\n", "\r", "  ", "\t", ": ", " #", "[", "]", "{", "}", "{{ ", " }}", '{{ table("kite-clubs") }}', "{% ", "&a ", "*a",
    "!!python/object:x ", "|\n", ">\n",
    '"', "'", ",", ";", "<<<<<<< HEAD\n", "=======\n", "```\n", "~~~\n", "`", "<script>", "[a](b)", "![a](/hill.png)", "[k]: /x\n", "# ", "## 1. x\n",
    "=SUM(A1)", "#REF!", "1,234", "2019/20", "01/12/2026",
    "title: x\n", "themes: [kites]\n", "year,puddles\n", "\ufeff", "\u200b", "\u202e", "\u00a0", "é", "“", "NaN", "null", "~", "? ", "%YAML 1.1\n",
    "...\n", "<<: ", "\\", "\x00",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25).map("".join)


# Any bytes in any file --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the small site; each example changes a file of it and puts it back."""
    return fresh_site(tmp_path_factory.mktemp("properties"))


KEPT = Kept()  # of the files that an example leaves alone nothing is read again


@contextmanager
def holding(path: Path, data: bytes) -> Iterator[None]:
    kept = path.read_bytes()
    path.write_bytes(data)
    try:
        yield
    finally:
        path.write_bytes(kept)


def answers(site: Path, file: str, data: bytes) -> None:
    """The whole check with one file replaced: it ends, and what it says is complete and can be told."""
    with holding(site / file, data):
        catalogue, problems = load_catalogue(site, TODAY, KEPT)
        everything = [*problems, *check_all(catalogue)]
    for problem in everything:
        assert problem.file and problem.says and problem.fix
        assert problem.line is None or problem.line >= 1
    assert tell(everything) and tell(everything, "json")
    if problems:
        assert any(problem.file == file for problem in errors(problems)) or not errors(problems), problems


@settings(max_examples=80)
@given(file=st.sampled_from(FILES), data=st.binary(max_size=200))
def test_any_bytes(site: Path, file: str, data: bytes) -> None:
    answers(site, file, data)


@settings(max_examples=130)
@given(file=st.sampled_from(FILES), text=TEXTS)
def test_any_mixture_of_what_readers_know(site: Path, file: str, text: str) -> None:
    answers(site, file, text.encode("utf-8", "surrogatepass"))


@settings(max_examples=160)
@given(file=st.sampled_from(FILES), at=st.floats(0, 1), length=st.integers(0, 30), piece=st.sampled_from(PIECES) | st.text(max_size=3))
def test_any_piece_torn_out_or_put_in(site: Path, file: str, at: float, length: int, piece: str) -> None:
    text = (SMALL_SITE / file).read_text()
    start = int(at * len(text))
    answers(site, file, (text[:start] + piece + text[start + length :]).encode("utf-8", "surrogatepass"))


@settings(max_examples=65)
@given(file=st.sampled_from(FILES), data=st.data())
def test_any_lines_swapped_doubled_or_lost(site: Path, file: str, data: st.DataObject) -> None:
    lines = (SMALL_SITE / file).read_text().splitlines(keepends=True)
    order = data.draw(st.lists(st.sampled_from(range(len(lines))), max_size=len(lines)))
    answers(site, file, "".join(lines[number] for number in order).encode())


@given(data=st.binary(max_size=60), prefix=st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04", b"a,b\n"]))
def test_any_bytes_are_text_or_a_problem(tmp_path_factory: pytest.TempPathFactory, data: bytes, prefix: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(prefix + data)
    problems: list[Problem] = []
    text = read_text(path, path.parent, problems)
    assert (text is None) == bool(problems)
    if text is not None:
        assert "\r" not in text and "\0" not in text
        assert text == (prefix + data).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


# The readers give back what was written ---------------------------------------------------------------------

VISIBLE = st.characters(codec="utf-8", exclude_categories=("C", "Z"))
WORDS_OF_TEXT = st.text(VISIBLE | st.just(" "), max_size=12).map(lambda text: " ".join(text.split()))
NUMBERS = st.integers(-(10**9), 10**9).map(str) | st.decimals(min_value=-(10**6), max_value=10**6, places=2).map(str)
CELLS = {
    "text": WORDS_OF_TEXT,
    "whole number": st.integers(-(10**12), 10**12).map(str),
    "decimal": NUMBERS,
    "percentage": NUMBERS,
    "money": NUMBERS,
    "date": st.dates().map(date.isoformat),
    "year": st.integers(1900, 2098).flatmap(lambda year: st.sampled_from([str(year), f"{year}/{(year + 1) % 100:02}"])),
    "quarter": st.tuples(st.integers(1900, 2098), st.integers(1, 4)).map(lambda when: f"{when[0]}/{(when[0] + 1) % 100:02} Q{when[1]}"),
    "yes/no": st.sampled_from(["yes", "no"]),
}
GAPS = st.sampled_from(["", "not available", "not stated in the source", "does not apply"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """The types of a table's columns and its rows, none of them blank."""
    kinds = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=6))
    row = st.tuples(*(CELLS[kind] | GAPS for kind in kinds)).map(list).filter(any)
    return kinds, draw(st.lists(row, min_size=1, max_size=8))


@settings(max_examples=160)
@given(table=tables())
@example(table=(["text"], [["Â¡"]]))  # letters lost on the way are told by their place in the line
def test_a_table_written_by_a_spreadsheet_comes_back_as_it_was_typed(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[list[str], list[list[str]]]
) -> None:
    kinds, rows = table
    names = [f"c{number}" for number in range(len(kinds))]
    written = io.StringIO()
    csv.writer(written).writerows([names, *rows])
    catalogue, problems = load_one_table(tmp_path_factory, names, kinds, written.getvalue())
    if problems:  # what a spreadsheet would run or a reader would stumble over is refused, and says where
        assert {problem.file for problem in problems} == {"data/tables/made-up.csv"}
        assert all(problem.line and problem.line > 1 and (problem.field or problem.column) for problem in problems)
        assert any(suspicious(cell) for row in rows for cell in row)
        return
    made_up = catalogue.tables["made-up"]
    assert [[row.cells[name].text for name in names] for row in made_up.rows] == rows
    for row in made_up.rows:
        for name, kind in zip(names, kinds, strict=True):
            assert_typed(row.cells[name], kind)


def load_one_table(folders: pytest.TempPathFactory, names: list[str], kinds: list[str], text: str) -> tuple[Catalogue, list[Problem]]:
    root = folders.getbasetemp() / "one-table"
    (root / "data" / "tables").mkdir(parents=True, exist_ok=True)
    columns = [{"name": name, "title": name, "type": kind} for name, kind in zip(names, kinds, strict=True)]
    about = {"title": "T", "summary": "S", "subject": "website", "period": "P", "source": "s", "place": "P", "columns": columns}
    (root / "data" / "tables" / "made-up.yml").write_text(yaml.safe_dump(about), "utf-8")
    (root / "data" / "tables" / "made-up.csv").write_text(text, "utf-8", newline="")
    catalogue, problems = load_catalogue(root, TODAY)
    return catalogue, [problem for problem in errors(problems) if problem.file.startswith("data/tables/")]


def suspicious(cell: str) -> bool:
    """A cell that may be refused: a formula, an error of a spreadsheet, braces, curly quotes around, another word for nothing, odd blanks."""
    return bool(
        re.match(r"[=@+\-#“”]", cell)
        or "{" in cell
        or cell.lower() in ("n/a", "na", "none", "null", "nan")
        or re.search(r"[\s]", cell.replace(" ", ""))
        or "Ã" in cell
        or "Â" in cell
        or "â" in cell
    )


def assert_typed(cell: Cell, kind: str) -> None:
    if cell.text in ("", "not available", "not stated in the source", "does not apply"):
        assert cell.value is None and cell.shown == cell.text
    elif kind == "date":
        assert cell.value == Period(date.fromisoformat(cell.text), date.fromisoformat(cell.text))
    elif kind == "yes/no":
        assert cell.value is (cell.text == "yes") and cell.shown == cell.text.capitalize()
    elif kind in ("year", "quarter"):
        month = 1 if len(cell.text) == 4 else {"1": 4, "2": 7, "3": 10, "4": 1}[cell.text[-1]] if kind == "quarter" else 4
        assert isinstance(cell.value, Period) and cell.value.first == date(int(cell.text[:4]) + (kind == "quarter" and month == 1), month, 1)
        assert kind == "quarter" or cell.shown == cell.text
    elif kind == "text":
        assert cell.value == cell.shown == cell.text
    else:
        assert isinstance(cell.value, Decimal) and cell.value == Decimal(cell.text)
        bare = re.sub(r"[£%,]", "", cell.shown).replace("−", "-")
        assert bare == (cell.text if cell.value else cell.text.lstrip("-"))


@given(st.lists(st.lists(st.text(VISIBLE, min_size=1, max_size=8), min_size=3, max_size=3), min_size=1, max_size=6), st.integers(0, 5))
def test_one_cell_too_many_never_shifts_a_row(rows: list[list[str]], where: int) -> None:
    where %= len(rows)
    written = io.StringIO()
    csv.writer(written).writerows([["a", "b", "c"], *([*row, "x"] if number == where else row for number, row in enumerate(rows))])
    problems: list[Problem] = []
    assert parse_csv(written.getvalue().replace("\r\n", "\n"), "t.csv", problems) is None
    assert any(problem.line == where + 2 and "4 cells" in problem.says for problem in problems)


SCALARS = st.text(VISIBLE | st.sampled_from(" \t:#'\"-{}[],&*!|>%@`~?"), max_size=15)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(st.text("abcdefgh_", min_size=1, max_size=6), inner, min_size=1, max_size=4),
    max_leaves=12,
)


@given(value=VALUES)
def test_every_yaml_value_comes_back_as_text(value: Any) -> None:
    text = yaml.safe_dump({"top": value}, allow_unicode=True, default_style='"', width=10_000)
    problems: list[Problem] = []
    document = parse_yaml(text, "a.yml", problems)
    assert document is not None and document.value == {"top": value}, problems


@given(
    st.text("abcXYZ0123456789 .,;/-_()+=?€£é’–", min_size=1, max_size=20)
    .map(str.strip)
    .filter(lambda t: t and not t.startswith(("-", "?", "=", ",")) and t not in ("null", "~"))
)
def test_plain_yaml_values_are_never_converted(text: str) -> None:
    assume(not text.startswith((". ", "- ", "? ")) and text not in ("---", "..."))
    problems: list[Problem] = []
    document = parse_yaml(f"a: {text}\nb:\n  - {text}\n", "a.yml", problems)
    assert document is not None and document.value == {"a": text, "b": [text]}, problems


@given(TEXTS)
@example('{{ a("x") }}{{ b() }}{{ c("}}") }} {{ no')
def test_words_and_text_make_the_page_again(text: str) -> None:
    """Between the words nothing is lost, and a word is nothing but what stands in its braces: so nothing of a page can hide from the check."""
    try:
        pieces = split_words(text)
    except NotAWord as wrong:
        assert 0 <= wrong.position < len(text)
        return
    done = 0
    for piece, following in itertools.zip_longest(pieces[::2], pieces[1::2]):
        assert isinstance(piece, str) and text[done:].startswith(piece)
        done += len(piece)
        if following is not None:
            assert isinstance(following, Call)
            written = re.match(r"\{\{\s*(\w+)\s*\(([^{}]*)\)\s*\}\}", text[done:])
            assert written and written.group(1) == following.name
            given = [*following.arguments, *(part for pair in following.named for part in pair)]
            assert sorted(re.sub(r"[\s\"',=]", "", written.group(2))) == sorted(re.sub(r"[\s\"',=]", "", "".join(given)))
            done += written.end()
    assert done == len(text)


# A page that passes is harmless -----------------------------------------------------------------------------

TAGS = {
    "p": {"class"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"}, "ul": set(), "ol": {"start"}, "li": {"id"}, "sup": {"id"}, "em": set(),
    "strong": set(), "code": {"class"},
    "pre": set(), "blockquote": set(), "hr": set(), "br": set(), "a": {"href", "title", "class"}, "img": {"src", "alt", "title"}, "table": set(),
    "thead": set(), "tbody": set(), "tr": set(),
    "th": {"style"}, "td": {"style"}, "div": {"class"},
}  # fmt: skip
SPELLS = (
    "[a](/topics/puddles.md)", "[a](", "](", ")", "![a](/hill.png)", "![", "[", "]", "(", "<", ">", "</", "<!--", "-->", "<?", "<![CDATA[", "<b>",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "<a href=javascript:x>", "javascript:alert(1)", "JAVASCRIPT:", "data:text/html,x", "vbscript:x", "//evil.example", "https://evil.example/x.png",
    "&#106;avascript:", "&colon;", "[k]: javascript:alert(1)", "[k]: ",
    "[a][k]", "![a][k]", "[k]", ":", "\n", "\n\n", "    ", "\t", "> ", "- ", "1. ", "`", "``", "```", "~~~", "\\", "\\`", "```\n", "``` x y\n",
    "~~~~\n", "'", '"', " 'x'", ' "x"', " onclick=x", "{: onclick=x }",
    "{", "}", "|", "---|---\n", "| a | b |\n", "*", "_", "#", "## ", "\n===\n", "\n---\n", "!!! note\n    ", "&lt;", "&#60;script&#62;", "\u00a0",
    "x", "word ", "<https://a.example>", "<kites@example.org>", "^", "[^1]", "[TOC]", "*[k]: ",
)  # fmt: skip


def site_markdown() -> markdown.Markdown:
    """Markdown as the build converts it: the site's own extensions and those that MkDocs always adds."""
    settings_of = yaml.load((SMALL_SITE / "mkdocs.yml").read_text("utf-8"), Loader=yaml.SafeLoader)["markdown_extensions"]
    names = [next(iter(entry)) if isinstance(entry, dict) else entry for entry in settings_of]
    return markdown.Markdown(extensions=[*dict.fromkeys(["toc", "tables", "fenced_code", *names])])


CONVERTER = site_markdown()


class Harmless(HTMLParser):
    """Fails on any tag, attribute or address that no page should be able to make."""

    def __init__(self, files: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.files = files

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, f"<{tag}>"
        for name, value in attrs:
            assert name in TAGS[tag], f"<{tag} {name}>"
            if name in ("href", "src"):
                self.check_address(tag, value or "")

    def check_address(self, tag: str, address: str) -> None:
        plain = re.sub(r"[\x00-\x20]", "", address).lower()
        scheme = re.match(r"[a-z][a-z0-9+.-]*:", plain)
        if scheme:
            assert scheme.group() in ("http:", "https:", "mailto:", "tel:"), address
            assert tag == "a", f"a picture from elsewhere: {address}"
            return
        path = address.partition("#")[0]
        target = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join("topics", path))
        assert not plain.startswith(("//", "\\\\")), address
        assert not path or target in self.files or target in ("performance/figures.md", "performance/kite-clubs.md"), address

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


@cache
def small() -> Catalogue:
    """The small site; not a fixture, because a failing example would print the whole of it."""
    return load_catalogue(SMALL_SITE, TODAY)[0]


def problems_of_page(body: str) -> list[Problem]:
    """What the check says of a page of this text, if it were the only page there is."""
    problems: list[Problem] = []
    entry = small().pages["topics/kites.md"]
    source = parse_page(f"---\ntitle: Kites\n---\n{body}", "docs/topics/kites.md", problems)
    assert source is not None
    page: PageEntry = replace(entry, source=source, calls=tuple(words_of(source, problems, WORDS)), links=tuple(links_of(source)))
    one = replace(small(), pages=MappingProxyType({"topics/kites.md": page}))
    return [*problems, *markdown_safety.check(one), *links.check(one), *page_words.check(one)]


def assert_harmless(body: str) -> bool:
    """Whether the check lets a text through; if it does, what the build makes of it must be harmless."""
    if any(ord(letter) < 32 and letter not in "\n\t" for letter in body):
        return False
    if problems_of_page(body):
        return False
    CONVERTER.reset()
    Harmless(small().files).feed(CONVERTER.convert(body))
    return True


@settings(max_examples=4000)
@given(st.lists(st.sampled_from(SPELLS), min_size=1, max_size=10).map("".join))
@example("\\`<img src=x onerror=alert(1)>`")
@example("`a\n`<img src=x onerror=alert(1)>`")
@example("``` a b c\n<script>alert(1)</script>\n```")
@example("> [k]: javascript:alert(1)\n\n[k]")
@example("- a\n\n    [k]: javascript:alert(1)\n\n[k]")
@example("[a\nb](javascript:alert(1))")
@example("[a](javascript:alert(1)\n'x')")
@example("![a][k]\n\n[k]: https://evil.example/x.png")
@example("> # Kites")
@example("> Kites\n> ===")
@example("- # Kites")
@example("<https://a.example>\n===")
@example(" \n===")
@example("[![a](https://evil.example/x.png)](/topics/puddles.md)")
def test_a_page_that_passes_the_check_holds_nothing_that_acts(body: str) -> None:
    assert_harmless(body)


def test_the_search_for_harm_does_convert_pages() -> None:
    """Otherwise the test above would prove nothing."""
    assert assert_harmless("## Kites\n\n[a](/topics/puddles.md) and ![A hill](/hill.png)\n\n| a | b |\n|---|---|\n| `<b>` | <https://a.example> |\n")
    with pytest.raises(AssertionError):
        Harmless(small().files).feed("<p onclick='x'>")
    with pytest.raises(AssertionError):
        Harmless(small().files).feed('<a href="java&#10;script:x">')


# Nothing takes for ever -------------------------------------------------------------------------------------

REPEATED = (
    "[", "]", "[a](", "[a]", "](", "![", "(", ")", "`", "``x", "a`b``c```d````", "```\n", "```a\n", "~~~\n", "<", "<a", "<!--", "{", "{{", "{{ x(",
    "{{ x(\"a\",", "{{ x( ", "{%", "}}", " ", "\t", "\n", "- ", "> ",
    "#", "=", "a\n=\n", "|", "[k]: x\n", "[k]:\n", "[a\n", "*", "_", "\\", "&", '"', "'", "{ x(\"", "{{ x(\"\")", "{:", "{ on", "a b ", "![a][",
    "[a][b]", ")[/", "] (", "é", "[[a]", "[a](()", "[a](b \"",
)  # fmt: skip


ENOUGH = 20  # seconds of computing, which on a busy machine counts several times; the longest takes one, and what grows with the square of its length would take minutes


def test_a_page_of_one_thing_over_and_over_is_read_at_once() -> None:
    small()
    for piece in REPEATED:
        with ends_within(ENOUGH, piece):
            problems_of_page(piece * (LONGEST // 8 // len(piece)))


def test_a_list_of_one_thing_over_and_over_is_read_at_once() -> None:
    for piece in ("[", "{", "{a: ", "- ", "a: ", "? ", "'", '"', "- a\n", "a: b\n", " a:\n", "#", "[a,", "|\n ", "&a ", "!a ", "\n", "a\n", "- - "):
        with ends_within(ENOUGH, piece):
            parse_yaml(piece * (200_000 // len(piece)), "a.yml", [])


def test_a_table_of_one_thing_over_and_over_is_read_at_once() -> None:
    for piece in (",", '"', '"",', "a,b\n", "\n", ",\n", "a\n", "=1,", "a,b,c\na,b\n", '"\n', "a,“b,c”\n", "a;", "x"):
        with ends_within(ENOUGH, piece):
            parse_csv("a,b\n" + piece * (300_000 // len(piece)), "a.csv", [])
