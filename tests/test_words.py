"""The gate: what a page may say between braces, what is refused there, and that what passes is what Jinja would see."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import settings
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from macros.components import Components
from macros.content.catalogue import Catalogue
from macros.models.words import WORDS, Word, given
from macros.problems import Problem
from macros.rules import page_words
from macros.sources import words
from macros.sources.pages import LONGEST, Link, PageFile, blank_code, links_of, parse_page, read_page, words_of
from macros.sources.words import NotAWord, is_word, split_words
from macros.website.words import put_in

FRONT = "---\ntitle: A\n---\n"
Said = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...], int]


def page_of(body: str) -> PageFile:
    problems: list[Problem] = []
    page = parse_page(FRONT + body, "docs/a.md", problems)
    assert page is not None and problems == [], problems
    return page


def gate(text: str) -> tuple[list[Said], list[tuple[int | None, str, str]]]:
    """The words of a page that holds a text from its fourth line on, and what is told of the rest."""
    problems: list[Problem] = []
    page = page_of(text)
    calls = [(call.name, call.arguments, call.named, call.line) for call in words_of(page, problems, WORDS)]
    assert all(problem.file == "docs/a.md" for problem in problems)
    return calls, [(problem.line, problem.says, problem.fix) for problem in problems]


# What passes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("", []),
        ("No words { here } at all.", []),
        ("{{ glossary() }}", [("glossary", (), (), 4)]),
        ("{{glossary( )}}", [("glossary", (), (), 4)]),
        ('{{ table("a-b") }}', [("table", ("a-b",), (), 4)]),
        ("{{table('a-b')}}", [("table", ("a-b",), (), 4)]),
        ('{{ open_data("2020/21, (b) | c") }}', [("open_data", ("2020/21, (b) | c",), (), 4)]),
        ("{{ figure(\"it's\") }}{{ figure('\"') }}", [("figure", ("it's",), (), 4), ("figure", ('"',), (), 4)]),
        ('{{ value("t",  "r" ,"c") }}', [("value", ("t", "r", "c"), (), 4)]),
        ('{{ listing("reviews", theme="kites", year = "2023") }}', [("listing", ("reviews",), (("theme", "kites"), ("year", "2023")), 4)]),
        ("{{ listing(plural='reviews') }}", [("listing", (), (("plural", "reviews"),), 4)]),
        (
            'One {{ figure("a") }}\n\ntwo {{ figure("b") }} {{ figure("c") }}\n',
            [("figure", ("a",), (), 4), ("figure", ("b",), (), 6), ("figure", ("c",), (), 6)],
        ),
        ("{{ a_word() }}", [("a_word", (), (), 4)]),
        ("\n{{ a_word() }}", [("a_word", (), (), 5)]),
        ('{{ a_word("", of_two="", x="b") }}', [("a_word", ("",), (("of_two", ""), ("x", "b")), 4)]),
    ],
)
def test_words_are_read_with_their_arguments_and_lines(text: str, calls: list[Said]) -> None:
    assert gate(text) == (calls, [])


@pytest.mark.parametrize("text", ["a { b } c", "{single}", "50 % } off", "function() { return }", "a {b c", "}", "{ }", "{x}(y)"])
def test_single_braces_are_ordinary_text(text: str) -> None:
    assert gate(text) == ([], [])


# What is refused -------------------------------------------------------------------------------------------

NO_PAGE_SAYS_IT = "is not something a page may say."
A_WORD = 'Between {{ and }} only a word of this site may stand, with quoted names in its brackets: {{ table("website-views") }}.'
BRACKETS = "Write {{ table() }}, with quoted names in the brackets where the word needs them."
STRAIGHT = 'The quotation marks are curly. Type straight ones (").'
A_PAGE_HOLDS = 'Delete it. A page holds text and words such as {{ table("website-views") }}.'
ONE_OF_OURS = f"Write out what a reader is to see, or one of the site's words: {', '.join(WORDS)}."


@pytest.mark.parametrize(
    ("text", "line", "says", "fix"),
    [
        ("{{ table }}", 4, "{{ table }} has no brackets.", BRACKETS),
        ("{{ tabel }}", 4, 'The site knows no word "tabel". Did you mean "table"?', ONE_OF_OURS),
        ("{{qq}}", 4, 'The site knows no word "qq".', ONE_OF_OURS),
        ("{{table}}", 4, "{{table}} has no brackets.", BRACKETS),
        ("{{ table(a-b) }}", 4, f'"{{{{ table(a-b) }}}}" {NO_PAGE_SAYS_IT}', 'Put the name in quotation marks: {{ table("a-b") }}.'),
        ("{{table(2020)}}", 4, f'"{{{{table(2020)}}}}" {NO_PAGE_SAYS_IT}', 'Put the name in quotation marks: {{ table("2020") }}.'),
        ("{{ table(“a”) }}", 4, f'"{{{{ table(“a”) }}}}" {NO_PAGE_SAYS_IT}', STRAIGHT),
        ("{{ table(‘a’) }}", 4, f'"{{{{ table(‘a’) }}}}" {NO_PAGE_SAYS_IT}', STRAIGHT),
        ("{{ 7 }}", 4, f'"{{{{ 7 }}}}" {NO_PAGE_SAYS_IT}', A_WORD),
        ("a {{ 7 }} b }} c\nd\ne", 4, f'"{{{{ 7 }}}}" {NO_PAGE_SAYS_IT}', A_WORD),
        ('x\n\n{{ table("a") + 1 }}', 6, f'"{{{{ table("a") + 1 }}}}" {NO_PAGE_SAYS_IT}', A_WORD),
        ("{{ table", 4, '"{{ table" opens with {{ and does not close on the same line.', "Close it with }}."),
        ('{{ table(\n"a") }}\nb', 4, '"{{ table(" opens with {{ and does not close on the same line.', "Close it with }}."),
        ("a }} b", 4, '"}}" closes something that was not opened.', "Delete it, or write {{ before the word."),
        ("a %} b", 4, '"%}" closes something that was not opened.', "Delete it, or write {{ before the word."),
        ("{% if a %}", 4, '"{% if a %}" begins with {%, which starts a command of the page builder.', A_PAGE_HOLDS),
        ("a\n{# b #}", 5, '"{# b #}" begins with {#, which starts a command of the page builder.', A_PAGE_HOLDS),
        ('{ table("a") }', 4, '"{ table("a") }" stands in single braces, so it would be shown as it is.', 'Write two of each: {{ table("a") }}.'),
        ("{table('a')}", 4, "\"{table('a')}\" stands in single braces, so it would be shown as it is.", "Write two of each: {{table('a')}}."),
    ],
)
def test_what_is_no_word_is_told_with_the_way_to_write_it(text: str, line: int, says: str, fix: str) -> None:
    assert gate(text) == ([], [(line, says, fix)])


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("a\n{{ x }}", 2), ("a {{ x + }}", 2), ("a {{ table(", 2), ("a {{ table(b) }}", 2), ('a {{ table("a")\t}}', 2), ("{{ !", 0), ("a {{ ! }} {{ x }}", 2),
        ("ab {% x", 3), ("a {# b #}", 2), ("ab {# b", 3), ('{{ table("a") }} {{', 17), ('{{ table("a") }} {# b', 17), ("a\r\n{{ table() }}", 2),
    ],
)  # fmt: skip
def test_what_is_no_word_is_refused_where_it_begins(text: str, position: int) -> None:
    """The template engine's own wall says where (``macros.website.gate``)."""
    with pytest.raises(NotAWord, match=r"\ABetween \{\{ and \}\} only a word may stand, with quoted names in its brackets\.\Z") as refused:
        split_words(text)
    assert refused.value.position == position


@pytest.mark.parametrize(
    ("text", "one"),
    [('{{ table("a") }}', True), ('x{{ table("a") }}', False), ('{{ table("a") }}x', False), ('x{{ table("a") }}x', False), ('{{ table("a") }}' * 2, False), ("x", False), ("", False), ("{{ 7 }}", False)],
)  # fmt: skip
def test_a_word_and_nothing_else(text: str, one: bool) -> None:
    assert is_word(text) is one


@pytest.mark.parametrize(
    "inside",
    [
        'table("a").x', 'table("a")[0]', 'table("a") | safe', 'table("a" ~ "b")', 'table("a" "b")', "table(a)", "table(1)", "table(none)", 'table(["a"])', 'table(x=y)', 'table(*"a")', 'table(**"a")',
        'Table("a")', 'tablé("a")', 'table2("a")', '"a"', "table", "table()()", 'table("a"', 'table "a")', 'table("a\\n")', 'table("a\\x7d")', 'table("{")', 'table("}")', 'table("a" if 1)', '1 + table("a")',
        '("a")', 'table("a""b")', 'table(x="a"y="b")', 'table(="a")', 'table(x="a\\n")', 'table(x="{")', 'table(x="}")', 'not("a")', "true()", 'false("a")', "none()", 'table("a", x="b" + "c")', 'table("a"), table("b")', "cycler.__init__.__globals__", 'table(table("a"))', 'not table("a")', '-table("a")', 'table("a")-', "", " ", 'table("a\')', "table(,)", 'table("a";"b")', 'table(x-y="a")', 'table(2="a")',
    ],
)  # fmt: skip
def test_nothing_but_one_call_with_quoted_texts_passes(inside: str) -> None:
    calls, told = gate(f"{{{{ {inside} }}}}")
    assert calls == [] and len(told) == 1


@pytest.mark.parametrize(
    "text",
    [
        '{{- table("a") }}',
        '{{ table("a") -}}',
        '{{+ table("a") }}',
        '{{{ table("a") }}}',
        '{{{ table("a") }}',
        '{{\ntable("a")\n}}',
        '{{ table("a\nb") }}',
        '{{ table(x="a\nb") }}',
        '{{ table("a")\t}}',
    ],
)
def test_braces_that_mean_more_to_the_engine_do_not_pass(text: str) -> None:
    calls, told = gate(text)
    assert calls == [] and told


def test_each_thing_between_two_words_is_told_once_and_the_words_are_still_read() -> None:
    calls, told = gate('{{ figure("a") }} {{ x }} {% y %} {{ figure("b") }}\n\n{{ figure("c") }} }}')
    assert [(name, arguments, line) for name, arguments, _, line in calls] == [("figure", ("a",), 4), ("figure", ("b",), 4), ("figure", ("c",), 6)]
    assert [(line, says) for line, says, _ in told] == [(4, 'The site knows no word "x".'), (6, '"}}" closes something that was not opened.')]


def test_a_long_mistake_is_quoted_in_part() -> None:
    _, ((_, says, _),) = gate("{{ 7" + "0" * 80 + " }} and more")
    assert says == f'"{{{{ 7{"0" * 56}" {NO_PAGE_SAYS_IT}'
    _, ((_, says, fix),) = gate("{ x('" + "y" * 100 + "') }")
    assert says.startswith("\"{ x('" + "y" * 55 + '"') and fix == "Write two of each: {{ x('" + "y" * 55 + "}."


PIECES = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "{",
    "}",
    " ",
    "\n",
    "table",
    "value",
    "(",
    ")",
    '"a"',
    "'b'",
    ",",
    "=",
    "x=",
    "|",
    ".",
    "\\",
    '"',
    "'",
    "~",
    "-",
    "1",
    "é",
]
NEARLY = st.builds(
    lambda word, place, length, piece: word[: place % len(word)] + piece + word[place % len(word) + length :],
    st.sampled_from(['{{ table("a") }}', "{{ value('a', \"b\", 'c') }}", '{{ listing("a", x="b") }} and {{ glossary() }}']),
    st.integers(0, 60),
    st.integers(0, 2),
    st.sampled_from(["", *PIECES]),
)
ENGINE = Environment()  # nothing is rendered by it


def text_of(node: nodes.Expr) -> str:
    """The text that stands in a word; anything else fails."""
    assert isinstance(node, nodes.Const) and isinstance(node.value, str)
    return node.value


@settings(max_examples=250)
@any_of(NEARLY | st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_passes_is_to_the_engine_text_and_those_calls_alone(text: str) -> None:
    calls, told = gate(text)
    if told:
        return
    seen: list[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]] = []
    for output in ENGINE.parse(text).body:
        assert isinstance(output, nodes.Output)
        for node in output.nodes:
            if not isinstance(node, nodes.TemplateData):
                assert isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and not node.dyn_args and not node.dyn_kwargs
                named = tuple((pair.key, text_of(pair.value)) for pair in node.kwargs)
                seen.append((node.node.name, tuple(map(text_of, node.args)), named))
    assert seen == [(name, arguments, named) for name, arguments, named, _ in calls]


# Where a page's text begins ----------------------------------------------------------------------------------

LET_IT_BEGIN = "Let the file begin with the line ---."
BEGIN = "Begin the file with ---, then title: and the other settings, then --- again."
ONE_A_LINE = "Write one `name: value` a line between the two lines ---."


@pytest.mark.parametrize(
    ("text", "line", "says", "fix"),
    [
        ("\n---\ntitle: A\n---\n", 1, "Something stands above the front matter.", LET_IT_BEGIN),
        ("  ---\ntitle: A\n---\n", 1, "Something stands above the front matter.", LET_IT_BEGIN),
        ("----\ntitle: A\n---\n", 1, "Something stands above the front matter.", LET_IT_BEGIN),
        ("title: A\n", 1, "The page has no front matter.", BEGIN),
        ("", 1, "The page has no front matter.", BEGIN),
        ("---\ntitle: A\n", 1, "The front matter is opened and never closed.", "Put a line --- after the last setting."),
        ("---\n- a\n---\n", 2, "The front matter is not a list of settings.", ONE_A_LINE),
        ("---\n---\n", 2, "The front matter is not a list of settings.", ONE_A_LINE),
    ],
)
def test_a_page_without_its_settings_is_told(text: str, line: int, says: str, fix: str) -> None:
    problems: list[Problem] = []
    assert parse_page(text, "docs/a.md", problems) is None
    assert problems == [Problem("docs/a.md", line, says, fix)]


def test_settings_that_cannot_be_read_are_told_by_their_line_of_the_page() -> None:
    problems: list[Problem] = []
    assert parse_page("---\na: b\na: c\n---\n", "docs/a.md", problems) is None
    assert [(problem.file, problem.line) for problem in problems] == [("docs/a.md", 3)]


@pytest.mark.parametrize(("text", "body", "line"), [("---\na: b\n---\nx\n---\ny", "x\n---\ny", 4), ("--- \na: b\n\n---\t\n", "", 5), ("---\na: b\n---", "", 4)])
def test_a_pages_text_begins_below_its_settings(text: str, body: str, line: int) -> None:
    problems: list[Problem] = []
    page = parse_page(text, "docs/a.md", problems)
    assert page is not None and problems == []
    assert (page.file, page.front.value, page.body, page.body_line) == ("docs/a.md", {"a": "b"}, body, line)


@pytest.mark.parametrize(("length", "fits"), [(LONGEST, True), (LONGEST + 1, False)])
def test_a_page_may_be_long_and_no_longer(tmp_path: Path, length: int, fits: bool) -> None:
    paragraph = "x" * 198 + "\n\n"
    text = FRONT + paragraph * (length // len(paragraph))
    (tmp_path / "a.md").write_text(text[: length - 1] + "x", encoding="utf-8")
    problems: list[Problem] = []
    assert (read_page(tmp_path / "a.md", tmp_path, problems) is not None) is fits
    assert [(problem.file, problem.line, problem.says, problem.fix) for problem in problems] == (
        [] if fits else [("a.md", None, "The page has 200,001 characters; the longest allowed has 200,000.", "Split it into several pages.")]
    )


BREAK = "Break it, with a blank line between paragraphs."
LEAVE_BLANK_LINES = "Leave blank lines between them; a long table belongs in data/tables/."
DELETE = "Delete those that belong to no link, or split the page."
BEGIN_FURTHER_LEFT = "Begin the line further to the left, with fewer signs."


def test_a_page_that_would_take_too_long_to_show_is_told_at_the_line_where_it_becomes_too_much(tmp_path: Path) -> None:
    """A page of the most that is allowed passes; one sign or line more does not."""
    too_deep = "Lists or quotations stand more than eight deep in one another."
    brackets = "Too many brackets are opened: a paragraph may have 200, a page 1,000."
    five_full_paragraphs = ("[" * 150 + "\n" + "<" * 50 + "\n\n") * 5
    for most, more, line, says, fix in (
        ("a\n\n" + "x" * 10_000, "x", 6, "The line has more than 10,000 characters.", BREAK),
        ("a\n\n" + "X\n" * 499 + "X", "\nX", 506, "More than 500 lines stand together.", LEAVE_BLANK_LINES),
        ("> a\n" * 300 + "> \t\n" + "> a\n" * 499 + "> a", "\n> a", 805, "More than 500 lines stand together.", LEAVE_BLANK_LINES),
        ("`[`\n\n" + "[" * 120 + "\n" + "<" * 80, "<", 7, brackets, DELETE),
        ("<" * 120 + "\n" + "[" * 80, "\n[", 6, brackets, DELETE),
        (five_full_paragraphs, "[", 19, brackets, DELETE),
        (five_full_paragraphs, "<", 19, brackets, DELETE),
        ("a\n\n" * 1_499 + "a\n", "\n", 3_004, "The page has more than 3,000 lines.", "Split it into several pages; a long list belongs in data/."),
        ("a\n\n" + "- " * 8 + "a", "\n\n" + "- " * 9 + "a", 8, too_deep, BEGIN_FURTHER_LEFT),
        (". " * 9 + "a", "\n\n" + "-  " * 9 + "a", 6, too_deep, BEGIN_FURTHER_LEFT),
        ("1234567890. " * 9 + "a", "\n\n" + "\t>" * 9 + "a", 6, too_deep, BEGIN_FURTHER_LEFT),
        (">" * 8 + "a", "\n" + ">" * 9 + "a", 5, too_deep, BEGIN_FURTHER_LEFT),
        (">" * 8 + "a", "\n" + " >" * 9 + "a", 5, too_deep, BEGIN_FURTHER_LEFT),
        (" " * 40 + "a", "\n" + " " * 41 + "a", 5, too_deep, BEGIN_FURTHER_LEFT),
        ("\t" * 40 + "a", "\n>>>" + "\t" * 38 + "a", 5, too_deep, BEGIN_FURTHER_LEFT),
        ("1. - + * : 1) > - 1. a", "\n1. - + * : 1) >\t- 123456789. -\ta", 5, too_deep, BEGIN_FURTHER_LEFT),
    ):
        problems: list[Problem] = []
        (tmp_path / "a.md").write_text(FRONT + most, encoding="utf-8")
        assert read_page(tmp_path / "a.md", tmp_path, problems) and not problems, (problems, more)
        (tmp_path / "a.md").write_text(FRONT + most + more, encoding="utf-8")
        assert read_page(tmp_path / "a.md", tmp_path, problems) is None
        assert problems == [Problem("a.md", line, says, fix)]


def test_a_page_and_what_is_wrong_with_it_have_the_name_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{FRONT}Text.", encoding="utf-8")
    (tmp_path / "b.md").write_text("No settings.", encoding="utf-8")
    problems: list[Problem] = []
    page = read_page(tmp_path / "a.md", tmp_path, problems)
    assert page is not None and (page.file, page.body, problems) == ("a.md", "Text.", [])
    assert read_page(tmp_path / "b.md", tmp_path, problems) is None and [problem.file for problem in problems] == ["b.md"]


def test_a_page_that_is_no_text_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff\xfe\x00")
    problems: list[Problem] = []
    assert read_page(tmp_path / "a.md", tmp_path, problems) is None
    assert [problem.file for problem in problems] == ["a.md"]


# Links and code ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](b.md)", [("b.md", "a", False)]),
        ("![a](b.png)", [("b.png", "a", True)]),
        ('[a](b.md "title")', [("b.md", "a", False)]),
        ("[a](b.md 'title')", [("b.md", "a", False)]),
        ("[a](<b.md>)", [("b.md", "a", False)]),
        ("[a]( b.md )", [("b.md", "a", False)]),
        ("[a [b] c](d.md)", [("d.md", "a [b] c", False)]),
        ("[a](https://x.org/y_(z))", [("https://x.org/y_(z)", "a", False)]),
        ("[![a](b.png)](c.md)", [("c.md", "![a](b.png)", False), ("b.png", "a", True)]),
        ("[a](b.md) and [c](d.md)", [("b.md", "a", False), ("d.md", "c", False)]),
        ("[a][k]\n\n[k]: b.md", [("b.md", "k", False)]),
        ("![a][k]\n\n[k]: b.png", [("b.png", "k", True)]),
        ("![k]\n\n[k]: <b.png> 'title'", [("b.png", "k", True)]),
        ("![a][A  Kite]\n\n[a kite]: b.png", [("b.png", "a kite", True)]),
        ("> [k]: b.md", [("b.md", "k", False)]),
        ("- [k]:\n  b.md", [("b.md", "k", False)]),
        ("`[a](b.md)`", []),
        ("```\n[a](b.md)\n```", []),
        ("[a] and (b)", []),
        ("A list of [1] and [2], see f(x)[0]", []),
    ],
)
def test_links_and_pictures_are_found(text: str, found: list[tuple[str, str, bool]]) -> None:
    links = links_of(page_of(text))
    assert [(link.target, link.text, link.picture) for link in links] == found
    assert all(link.readable for link in links)


def test_links_know_their_lines() -> None:
    text = "[a](a.md)\n[b][k] and\n![two\nlines](c.png)\n\n[k]: b.md\n[l]:\n  d.md\n[![e](e.png)](f.md)\n[g](g h)\n"
    assert [(link.target, link.line) for link in links_of(page_of(text)) if link.readable] == [
        ("a.md", 4), ("b.md", 9), ("d.md", 11), ("f.md", 12), ("e.png", 12),
    ]  # fmt: skip
    nested = links_of(page_of("\n\n[see ![e](e.png)](f.md)"))
    assert [(link.target, link.line, link.picture) for link in nested] == [("f.md", 6, False), ("e.png", 6, True)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](b c.md)", Link("b c.md", "a", 4, picture=False, readable=False)),
        ("[a](b.md", Link("](b.md", "", 4, picture=False, readable=False)),
        ("\n[a](b\n.md)", Link("](b", "", 5, picture=False, readable=False)),
        ("[a\nb](c.md)", Link("](c.md)", "", 5, picture=False, readable=False)),
        ("[a] (b.md)", Link("] (b.md)", "", 4, picture=False, readable=False)),
        ('[a](b.md "title)', Link('b.md "title', "a", 4, picture=False, readable=False)),
        ("(a)[/b.md]", Link(")[/b.md]", "", 4, picture=False, readable=False)),
        ("(a)[b.md]", Link(")[b.md]", "", 4, picture=False, readable=False)),
        ("(a)[http://b.example]", Link(")[http://b.example]", "", 4, picture=False, readable=False)),
        ("(a)[https://b.example]", Link(")[https://b.example]", "", 4, picture=False, readable=False)),
        ("[a](b.md) title)[/x.md]", Link(")[/x.md]", "", 4, picture=False, readable=False)),
        ("[a](" + "b" * 80, Link("](" + "b" * 58, "", 4, picture=False, readable=False)),
    ],
)
def test_what_only_looks_like_a_link_is_found_too(text: str, found: Link) -> None:
    assert [link for link in links_of(page_of(text)) if not link.readable] == [found]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a `b` c", "a     c"),
        ("a ``b`c`` d", "a         d"),
        ("```\nx\n```\ny", "   \n \n   \ny"),
        ("```python\nx\n```\ny", "         \n \n   \ny"),
        ("~~~~\n~~~\n~~~~\ny", "    \n   \n    \ny"),
        ("~~~~\nx\n~~~\ny", "~~~~\nx\n~~~\ny"),
        ("```\nx\n``` \t\ny", "   \n \n     \ny"),
        ("```\nx\n```X\ny", "```\nx\n```X\ny"),
        ("```\nx\n```\u00a0\ny", "```\nx\n```\u00a0\ny"),
        ("```python\nx", "```python\nx"),
        ("```\nx\n```\ny\n```\nz\n```", "   \n \n   \ny\n   \n \n   "),
        ("`a`\n`b`\n`c`", "   \n   \n   "),
        ("``` a b\nx\n```\ny", "``` a b\nx\n```\ny"),
        ("  ```\nx\n  ```", "  ```\nx\n  ```"),
        (r"\`x`", r"\`x`"),
        ("`x\ny`", "`x\ny`"),
        ("no code", "no code"),
    ],
)
def test_code_is_blanked_place_for_place(text: str, left: str) -> None:
    assert blank_code(text) == left


@pytest.mark.parametrize("opens", ["``` c#", "``` c++", "~~~ a.b-c", "``` \tpy \t", "~~~", "````", "```\tpy", "```py\t", "```   "])
def test_an_example_of_code_may_name_its_language(opens: str) -> None:
    closes = "````" if opens == "````" else opens[:3]
    assert blank_code(f"{opens}\nx\n{closes}\ny") == f"{' ' * len(opens)}\n \n{' ' * len(closes)}\ny"


@pytest.mark.parametrize("text", ["``\nx\n``\ny", "~~\nx\n~~\ny", "`` c", "a ``` b``c", "```a``"])
def test_too_few_signs_or_signs_that_do_not_match_are_no_code(text: str) -> None:
    assert blank_code(text) == text


@pytest.mark.parametrize("mark", ["", "> ", "* ", "+ ", "- ", "1. ", "2) ", "\t"])
@pytest.mark.parametrize("between", [" ", "", "\t", "\n\t", "\n> "])
def test_an_address_kept_below_the_text_is_a_link(mark: str, between: str) -> None:
    found = links_of(page_of(f"{mark}[k]:{between}</a.md>"))
    assert [(link.target, link.text, link.picture, link.readable) for link in found] == [("/a.md", "k", False, True)]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("x [k]: /a.md", None), ("[^1]: note", None), ("[^a-b]: note", None), ("[^a b]: /c.md", "/c.md"), ("[^]: /d.md", "/d.md"), ("[]: /e.md", "/e.md"),
        ("[a[b]: /f.md", None),
    ],
)  # fmt: skip
def test_a_footnote_is_no_link_and_what_looks_like_one_is(text: str, target: str | None) -> None:
    assert [link.target for link in links_of(page_of(text))] == ([target] if target else [])


@pytest.mark.parametrize("text", ["![a] [b]", "![a]b", "![][b]", "![a][]", "![a\n][b]", "![a][b[c]", "![a[b][c]", "![]\n"])
def test_a_picture_that_names_nothing_kept_below_is_none(text: str) -> None:
    assert links_of(page_of(text)) == []


@pytest.mark.parametrize(
    ("target", "readable"),
    [("<b.md>", True), ("b.md 'c'", True), ('b.md  "c"', True), ('b.md ""', True), ("b.md ''", True), ("b.md (c)", False), ("<b<c>", False)],
)
def test_a_link_may_have_a_title_in_quotation_marks(target: str, readable: bool) -> None:
    (link,) = links_of(page_of(f"[a]({target})"))
    assert link.readable is readable and (link.target == "b.md") is readable


# The vocabulary --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", WORDS.values(), ids=lambda word: word.name)
def test_a_word_takes_what_its_component_takes_and_its_example_passes(word: Word) -> None:
    wanted = inspect.signature(getattr(Components, word.name)).parameters.values()
    named = [parameter for parameter in wanted if parameter.name not in ("self", "on_own_page") and parameter.kind is not parameter.VAR_KEYWORD]
    required = [argument for argument in word.arguments if not argument.optional]
    assert len(required) == sum(parameter.default is parameter.empty for parameter in named)
    calls, told = gate(word.example)
    assert told == [] and [name for name, *_ in calls] == [word.name]
    ((_, arguments, written, _),) = calls
    assert {argument.name for argument in required} <= set(given(word.name, arguments, written)) <= {argument.name for argument in word.arguments}
    assert WORDS[word.name] is word and word.shows.endswith(".")


def test_words_of_the_small_site_show_a_block_where_they_stand_on_their_own_line(small_catalogue: Catalogue) -> None:
    components = Components(small_catalogue)
    calls = [call for page in small_catalogue.pages.values() for call in page.calls]
    assert {call.name for call in calls} == set(WORDS), "the small site uses every word"
    for call in calls:
        arguments = given(call.name, call.arguments, call.named)
        positional = [arguments.pop(argument.name) for argument in WORDS[call.name].arguments if not argument.optional]
        html = str(getattr(components, call.name)(*positional, **arguments)).strip()
        assert bool(re.match(r"<(?!a |span|abbr)", html)) is WORDS[call.name].block, f"{call.name}: {html[:60]}"


def test_words_of_the_small_site_name_what_is_there(small_catalogue: Catalogue) -> None:
    assert list(page_words.check(small_catalogue)) == []


def test_arguments_have_their_names_whether_or_not_a_page_writes_them() -> None:
    assert given("value", ("t", "r", "c"), ()) == given("value", ("t",), (("column", "c"), ("row", "r"))) == {"table": "t", "row": "r", "column": "c"}
    assert given("listing", ("reviews",), (("year", "2021"),)) == {"plural": "reviews", "year": "2021"}
    assert given("groups", (), ()) == {}


def test_these_words_stand_in_a_sentence_and_all_others_on_a_line_of_their_own() -> None:
    assert {word.name for word in WORDS.values() if not word.block} == {
        "value",
        "finding",
        "figure",
        "source",
        "phone",
        "answer",
        "not_found",
        "document_count",
        "documents_end",
        "newest_report",
    }


def test_a_number_in_a_sentence_leads_to_its_table_or_entry_and_is_plain_within_another_link(small_catalogue: Catalogue) -> None:
    components, mark = Components(small_catalogue), "\ue0000\ue001"
    number = components.value("puddles-by-year", "2020/21", "puddles")
    assert number == '<a class="number-source" href="/performance/puddles-by-year/">1,030</a>'
    assert 'href="/performance/figures/#figure-kites-in-the-air"' in components.figure("kites-in-the-air")
    assert put_in(f'<p><a href="/x/">{mark} puddles</a>, {mark}.</p>', [number]) == f'<p><a href="/x/">1,030 puddles</a>, {number}.</p>'


@any_of(
    st.lists(
        st.sampled_from(["{{ ", "{{", "}}", "kite", "not", "(", ")", '"a b"', ", ", "k=", "{%", "{#", "\n", "\r\n", "-", " ", '{{ chart("x", to="é") }}']),
        max_size=9,
    )
)
def test_the_pattern_sees_in_a_text_what_jinja_sees(parts: list[str]) -> None:
    def read(reader: Callable[[str], Iterator[Any]]) -> object:
        try:
            return list(reader("".join(parts)))
        except NotAWord as refused:
            return refused.position

    assert read(words.words_in) == read(words._words_as_jinja_reads)
