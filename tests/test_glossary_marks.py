"""Abbreviations are written out where a reader first meets them, and nothing else of a page is touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.components.glossary_marks import GlossaryMarks
from macros.content.reading import load_catalogue
from macros.models.site import GlossaryTerm
from macros.website.house import House
from tests.mistakes_corpus import TODAY


def term(short: str, long: str | None, also: tuple[str, ...] = (), explain: bool = True) -> GlossaryTerm:
    return GlossaryTerm(id=re.sub(r"\W+", "-", short.lower()), term=short, long=long, meaning="A thing of this test.", also=also, explain=explain)


MARKS = GlossaryMarks(
    [
        term("KCS", "Kite Care Service", ("kite desk",)),
        term("KiD", "kites & drums"),
        term("k-ART", "Kite Art"),
        term("WIND", None),
        term("UK", "United Kingdom", explain=False),
    ]
)
LONG = ' <span class="short-for">(Kite Care Service)</span>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Ring KCS. KCS answers.</p><p>KCS.</p>", f"<p>Ring KCS{LONG}. KCS answers.</p><p>KCS.</p>"),
        ("<p>KiD, k-ART</p>", '<p>KiD <span class="short-for">(kites &amp; drums)</span>, k-ART <span class="short-for">(Kite Art)</span></p>'),
        ("<h2>KCS</h2><p><a>KCS</a> <code>KCS</code> <b>KCS</b></p>", f"<h2>KCS</h2><p><a>KCS</a> <code>KCS</code> <b>KCS{LONG}</b></p>"),
        ("<svg><text>KCS</text></svg><abbr>KCS</abbr><p>KCS</p>", f"<svg><text>KCS</text></svg><abbr>KCS</abbr><p>KCS{LONG}</p>"),
        ("<p>The nets (KCS) hold.</p>", '<p>The nets (KCS<span class="short-for">: Kite Care Service</span>) hold.</p>'),
        ("<p>Two KCSs.</p>", '<p>Two KCSs <span class="short-for">(KCS: Kite Care Service)</span>.</p>'),
        ("<p>KCS's nets, KiD&#39;s drums.</p>", f'<p>KCS\'s{LONG} nets, KiD&#39;s <span class="short-for">(kites &amp; drums)</span> drums.</p>'),
        ("<p>R&amp;D by KCS &ndash; now.</p>", f"<p>R&amp;D by KCS{LONG} &ndash; now.</p>"),
        ("<p>Not here.</p>\n<p>A line\nthen KCS</p>", f"<p>Not here.</p>\n<p>A line\nthen KCS{LONG}</p>"),
    ],
)
def test_the_first_place_is_explained(before: str, after: str) -> None:
    assert MARKS.explain(before) == after


@pytest.mark.parametrize(
    "html",
    [
        "<p>No abbreviation.</p>",
        "<p>kcs, Kcs, KCSX, XKCS, KCS-led, KCS.org, kite@KCS, /KCS/ and #KCS are other words.</p>",
        "<p>Kite Care Service (KCS) and KCS again.</p>",
        "<p>KCS, the Kite Care Service.</p>",
        "<p>The <em>kite care</em> service is called KCS.</p>",
        "<p>Ring the kite desk (KCS) or <strong>kite desk</strong>, or KCS.</p>",
        "<p>WIND has no long form, and everybody knows the UK.</p>",
        '<p title="KCS">In an attribute.</p><!-- KCS -->',
        '<P TITLE="KCS > x">In an attribute.</P><script>KCS</script>',
    ],
)
def test_a_page_that_needs_no_explanation_comes_out_as_it_went_in(html: str) -> None:
    assert MARKS.explain(html) == html


def test_a_synonym_elsewhere_in_the_sentence_does_not_explain() -> None:
    assert LONG in MARKS.explain("<p>KCS is not far from the kite desk.</p>")


def test_a_table_stays_as_published_and_is_explained_in_a_line_above_it() -> None:
    table = '<div class="table-scroll"><table><caption>KCS</caption><tr><th>KCS</th><td>KiD</td></tr></table></div>'
    html = f'<p>Before.</p><div class="data-table">{table}</div><p>KCS after.</p>'
    done = MARKS.explain(html)
    assert done == html.replace(table, f'<p class="source-line">Short forms in this table: KCS (Kite Care Service), KiD (kites &amp; drums).</p>\n{table}')


def test_a_table_without_a_frame_is_explained_above_itself() -> None:
    assert MARKS.explain("<p>See:</p><table><tr><td>KCS</td></tr></table>").startswith('<p>See:</p><p class="source-line">Short forms')


def test_what_was_explained_before_a_table_is_not_explained_again() -> None:
    assert "Short forms" not in MARKS.explain("<p>KCS</p><table><tr><td>KCS</td></tr></table>")


def test_what_is_explained_only_inside_closed_details_is_explained_again_outside() -> None:
    done = MARKS.explain("<p>Start.</p><details><summary>KCS</summary><p>KCS one.</p></details><p>KCS two.</p><p>KCS three.</p>")
    assert done == f"<p>Start.</p><details><summary>KCS</summary><p>KCS{LONG} one.</p></details><p>KCS{LONG} two.</p><p>KCS three.</p>"


PIECES = [
    "<p>", "</p>", "<td>", "</td>", "<table>", "</table>", "<details>", "</details>", "<div class='x'>", "</div>", "<a>", "</a>", "<svg>", "</svg>",
    "<", ">", "&", "&amp;", "&#39;", "&#x", ";", "\n", " ", "KCS", "KCSs", "KiD", "'s", "(", ")", "x", "<!--", "-->", "<p", '"',
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_nothing_is_changed_but_what_is_added(pieces: list[str]) -> None:
    html = "".join(pieces)
    done = MARKS.explain(html)
    plain = re.sub(r' ?<span class="short-for">.*?</span>|<p class="source-line">Short forms in this table: .*?</p>\n', "", done)
    assert plain == html


def test_a_table_page_keeps_every_cell_and_explains_its_short_forms(small_site: Path) -> None:
    table = small_site / "data/tables/kite-rules.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Share the hill,", "Ask the KDO,"), encoding="utf-8")
    catalogue, problems = load_catalogue(small_site, TODAY)
    assert problems == []
    house = House(catalogue)
    pages = {path: str(made.html) for path, made in house.generated.items()}
    done = {path: house.explain(html) for path, html in pages.items()}
    cells = re.compile(r"<t[dh][ >].*?</t[dh]>", re.DOTALL)
    assert [path for path in pages if done[path] != pages[path]] == ["performance/kite-rules.md"]
    assert "Short forms in this table: KDO (Kite Day Officer)." in done["performance/kite-rules.md"]
    for path in pages:
        assert cells.findall(done[path]) == cells.findall(pages[path]), path
