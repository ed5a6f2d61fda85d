"""The search index: every word leads back to its page, and what matters more comes first."""

from __future__ import annotations

import gzip
import json
import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.content.catalogue import Catalogue
from macros.models.site import GlossaryTerm
from macros.outputs.search_index import GROUP, INLINE, PARTS, SMALL, SearchPage, part_of, read_html, search_files, words_of
from macros.website.house import House

ROOT = Path(__file__).parents[1]
KITES = GlossaryTerm(id="kcs", term="KCS", long="Kite Care Service", meaning="The people who fix kites.", also=("kite desk", "Fix"))


def page(name: str, html: str = "", title: str = "Untitled", description: str = "", kind: str = "page", found_by: tuple[str, ...] = ()) -> SearchPage:
    return SearchPage(f"/{name}/", title, kind, description, html, found_by)


def leads_to(files: dict[str, bytes], word: str) -> dict[str, int]:
    """The addresses that a word leads to with their weights, read as the script reads them."""
    pages, number, found = json.loads(files["search/titles.json"])["pages"], 0, {}
    for entry in json.loads(files[f"search/words/{part_of(word)}.json"]).get(word, "").split():
        step, _, weight = entry.partition(".")
        number += int(step)
        found[pages[number][2]] = int(weight or 1)
    return found


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=120)), max_size=6))
def test_every_word_of_every_page_leads_back_to_it(texts: list[tuple[str, str]]) -> None:
    texts = [(title, re.sub(r"[<&>\0\r]", " ", text)) for title, text in texts]
    files = search_files([page(f"p{n}", f"<p>{text}</p>", title) for n, (title, text) in enumerate(texts)], [])
    for number, (title, text) in enumerate(texts):
        for word in (*words_of(title), *words_of(text)):
            assert word in SMALL or f"p{number}/" in leads_to(files, word), word


@pytest.fixture(scope="module")
def house(small_catalogue: Catalogue) -> House:
    return House(small_catalogue)


def test_every_cell_of_every_table_is_found(house: House) -> None:
    made = {name: house.generated[f"performance/{name}.md"] for name in house.catalogue.tables}
    files = search_files([page(name, str(entry.html), entry.title) for name, entry in made.items()], [])
    known = {word: leads_to(files, word) for path in files if "/words/" in path for word in json.loads(files[path])}
    cells = 0
    for name, table in house.catalogue.tables.items():
        for row in table.rows:
            for cell in row.cells.values():
                cells += 1
                missing = [word for word in words_of(cell.shown) if word not in SMALL and f"{name}/" not in known.get(word, {})]
                assert not missing, f"{name}: {cell.shown!r} is not found by {missing}"
    assert cells > 150


def test_cells_without_a_blank_between_them_are_not_joined() -> None:
    text, _ = read_html("<tr><th>26.2</th><td>provisional</td><td>2025-04-02</td></tr>")
    assert text == "26.2 provisional 2025-04-02"


def test_what_no_reader_sees_is_not_indexed() -> None:
    text, _ = read_html("<p>kite</p><svg><title>drawn</title><text>axis</text></svg><template><p>copied</p></template><nav>menu</nav>&amp; tail<br>end")
    assert text == "kite & tail end"


class _Reader(HTMLParser):
    """Reads a page's text as a parser of any HTML does: what ``read_html`` is held against."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.headings, self.skipped, self.inside = "", "", 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("svg", "script", "style", "template", "nav", "form", "aside"):
            self.skipped += 1
        elif tag not in INLINE.split("|"):
            self.text += " "
            self.inside += tag in ("h2", "h3", "h4", "caption", "figcaption")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("svg", "script", "style", "template", "nav", "form", "aside"):
            self.skipped -= 1
        elif tag not in INLINE.split("|"):
            self.text += " "
            if tag in ("h2", "h3", "h4", "caption", "figcaption"):
                self.inside -= 1
                self.headings += " "

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.text += data
            self.headings += data if self.inside else ""


def test_a_page_is_read_as_a_parser_of_any_html_reads_it(house: House) -> None:
    pages = [made.html for made in house.generated.values()]
    for entry in house.catalogue.pages.values():
        house.components.start_page()
        pages += [house.components.page_header(entry), house.components.furniture(entry), house.components.page_footer(entry)]
    pages += [house.components.finder(), house.components.glossary(), "a &amp; b &lt;i&gt; <p title='3 > 2'>c<b>d</b>e</p>f<!-- g --><br/>h"]
    assert len(pages) > 50 and sum(map(len, pages)) > 50_000
    for html in pages:
        reader = _Reader()
        reader.feed(str(html))
        reader.close()
        assert read_html(str(html)) == (" ".join(reader.text.split()), " ".join(reader.headings.split()))


def test_a_title_weighs_more_than_a_heading_and_a_heading_more_than_text() -> None:
    files = search_files(
        [page("title", title="Kites"), page("heading", "<h2>Kites</h2>"), page("caption", "<table><caption>Kites</caption></table>"),
         page("often", "<p>" + "kites " * 500 + "</p>"), page("once", "<p>kites</p>")], []
    )  # fmt: skip
    weights = leads_to(files, "kites")
    assert weights["title/"] > weights["heading/"] == weights["caption/"] > weights["often/"] > weights["once/"] > 0


def test_a_neighbours_table_comes_after_the_same_words_of_this_area() -> None:
    files = search_files([page("here", title="Kites", kind="data"), page("there", title="Kites", kind="neighbour")], [])
    weights = leads_to(files, "kites")
    assert weights["here/"] > weights["there/"]


@pytest.mark.parametrize("said", ["Ring KCS.", "Ring the Kite Care Service.", "Kite care service", "ring the kite desk", "Ring the KITE DESK"])
def test_a_page_is_found_by_every_wording_of_what_it_names(said: str) -> None:
    files = search_files([page("a", f"<p>{said}</p>"), page("b", "<p>Nothing of the kind.</p>")], [KITES])
    for word in ("kcs", "care", "desk", "fix"):
        assert "a/" in leads_to(files, word), word
        assert "b/" not in leads_to(files, word), word


def test_an_abbreviation_is_not_taken_for_the_word_it_is_spelled_like() -> None:
    files = search_files([page("verb", "<p>We fix nets.</p>"), page("name", "<p>Fix is open.</p>")], [KITES])
    assert "verb/" not in leads_to(files, "kcs")
    assert "name/" in leads_to(files, "kcs")


def test_a_word_that_is_said_outweighs_one_that_is_only_meant() -> None:
    texts = {"meant": "<p>Ring the kite desk.</p>", "said": "<p>KCS. KCS. KCS. KCS.</p>", "heading": "<h2>KCS</h2>", "desk": "<h2>Desk</h2>"}
    files = search_files([page(name, html) for name, html in texts.items()], [KITES])
    weights = leads_to(files, "kcs")
    assert weights["heading/"] > weights["said/"] > weights["meant/"]
    assert leads_to(files, "desk")["desk/"] > leads_to(files, "desk")["said/"]


def test_a_glossary_entry_is_a_result_of_its_own() -> None:
    files = search_files([page("a", "<p>KCS</p>")], [KITES])
    weights = leads_to(files, "kcs")
    assert max(weights, key=lambda address: weights[address]) == "glossary/#term-kcs"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Children's CHILDREN’S", ["childrens", "childrens"]),
        ("1,234 and 12,34", ["1234", "and", "12", "34"]),
        ("26.2% of £3.50", ["26.2", "of", "3.50"]),
        ("2022/23, 8.30am.", ["2022", "23", "8.30am"]),
        ("Café naïve ﬁle", ["cafe", "naive", "file"]),
        ("self-harm e.g. A&E", ["self", "harm", "e", "g", "a", "e"]),
        ("", []),
    ],
)
def test_words_are_cut_as_people_type_them(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_the_script_and_the_index_agree() -> None:
    script = (ROOT / "overrides/assets/scripts/search.js").read_text(encoding="utf-8")
    assert f"const PARTS = {PARTS};" in script and f"const GROUP = {GROUP};" in script
    assert json.loads(search_files([], [])["search/titles.json"])["small"] == sorted(SMALL) and ".small." in script
    assert all(0 <= part_of(word) < PARTS for word in ("a", "kite", "żaglówka", "𝒳yz"))


def test_two_results_of_one_title_say_of_what_kind_they_are() -> None:
    shown = [page("a", title="Kites", kind="topic"), page("b", title="Kites", kind="priority"), page("c", title="Hills", kind="topic")]
    pages = json.loads(search_files(shown, [])["search/titles.json"])["pages"]
    assert [title for title, *_ in pages] == ["Kites (topic)", "Kites (priority)", "Hills"]


def test_a_word_that_says_nothing_alone_leads_to_titles_only() -> None:
    files = search_files([page("text", "<p>who can help</p>"), page("title", title="Who can help")], [])
    assert set(leads_to(files, "who")) == {"title/"} and set(leads_to(files, "help")) == {"text/", "title/"}


def test_the_words_that_an_editor_gives_lead_there_more_than_any_text() -> None:
    files = search_files([page("said", "<p>mash mash mash</p>"), page("given", found_by=("MASH", "front door"))], [])
    weights = leads_to(files, "mash")
    assert weights["given/"] > weights["said/"] and set(leads_to(files, "door")) == {"given/"}


@pytest.mark.parametrize(
    ("written", "digits"), [("0300 123 5022", "03001235022"), ("01632 960001", "01632960001"), ("0800 1111", "08001111"), ("020 7946 0000", "02079460000")]
)
def test_a_telephone_number_is_found_without_its_blanks(written: str, digits: str) -> None:
    files = search_files([page("a", f"<p>Ring {written}, or 2022 to 2023.</p>")], [])
    assert set(leads_to(files, digits)) == {"a/"} and leads_to(files, "20222023") == {}


def test_where_a_child_may_be_asking_reviews_news_and_tables_count_nothing_and_childrens_pages_most() -> None:
    kinds = dict(json.loads(search_files([], [])["search/titles.json"])["kinds"])
    not_for_children = {"For people who work with children", "Review", "7-minute briefing", "Priority", "News", "Report", "Table", "Neighbouring area"}
    assert {kind for kind, counts in kinds.items() if counts == 0} == not_for_children
    assert max(kinds, key=lambda kind: kinds[kind]) == "For children and young people"


def test_spelling_holds_every_word_long_enough_to_be_mistyped() -> None:
    assert json.loads(search_files([page("a", "<p>safeguarding kite 2023 fog</p>", "Fog")], [])["search/spelling.json"]) == ["kite", "safeguarding"]


def test_what_a_page_is_about_stands_in_its_group() -> None:
    files = search_files([page(f"p{n}", description=f"About {n}.") for n in range(GROUP + 2)], [])
    assert json.loads(files["search/about/1.json"]) == [f"About {GROUP}.", f"About {GROUP + 1}."] and len(json.loads(files["search/about/0.json"])) == GROUP


def test_words_weigh_the_same_in_whatever_order_pages_come() -> None:
    pages = [page(f"p{n}", f"<p>kite {n} &eacute;t&eacute;</p>", f"Title {n}") for n in range(30)]
    shuffled = random.Random(7).sample(pages, len(pages))
    words = {word for entry in pages for word in words_of(f"{entry.title} {entry.html}")}
    files, others = search_files(pages, [KITES]), search_files(shuffled, [KITES])
    assert words and all(leads_to(files, word) == leads_to(others, word) for word in words)


def test_two_thousand_pages_stay_light_enough_for_a_slow_phone() -> None:
    dice = random.Random(11)
    letters = "etaoinshrdlucmfwygpbvk"
    vocabulary = ["".join(dice.choices(letters, weights=range(len(letters), 0, -1), k=dice.randint(2, 11))) for _ in range(12_000)]
    often = [1 / rank for rank in range(1, len(vocabulary) + 1)]  # as words are spread in any language
    pages = [page(f"p{n}", f"<p>{' '.join(dice.choices(vocabulary, weights=often, k=300))}</p>", f"Page {n}") for n in range(2_000)]
    sizes = {path: len(gzip.compress(data, 6)) for path, data in search_files(pages, []).items()}
    # A search fetches the titles and such a file for each word, at once: 75 KB take a slow phone under half a second.
    assert max(size for path, size in sizes.items() if "/words/" in path) < 45_000
    assert sizes["search/titles.json"] < 30_000 and sizes["search/spelling.json"] < 75_000
    assert max(size for path, size in sizes.items() if "/about/" in path) < 5_000
