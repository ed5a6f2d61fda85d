"""Each rule on its own: what it lets through, and what it says where the corpus does not reach."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest

from macros import rules
from macros.content.catalogue import Catalogue
from macros.content.generated import generated_paths
from macros.content.reading import load_catalogue
from macros.problems import Problem
from macros.rules import RULES, check_all, printable
from macros.rules.briefing_shape import word_count
from macros.rules.markdown_safety import BOXES
from macros.sources.kept import Kept
from tests.mistakes_corpus import TODAY

Change = Callable[[str, str, str], None]
MODULES = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))


def problems_of(root: Path) -> list[Problem]:
    catalogue, problems = load_catalogue(root, TODAY)
    return [*problems, *check_all(catalogue)]


@pytest.fixture
def change(small_site: Path) -> Change:
    """Puts one text in the place of another in a file of the small site."""

    def changed(file: str, old: str, new: str) -> None:
        path = small_site / file
        text = path.read_text()
        assert text.count(old) == 1
        path.write_text(text.replace(old, new))

    return changed


# The list of rules ------------------------------------------------------------------------------------------


def test_every_rule_is_on_the_list_once() -> None:
    assert sorted(rule.__module__.rpartition(".")[2] for rule in RULES) == MODULES


@pytest.mark.parametrize("name", MODULES)
def test_every_rule_says_what_it_is_in_words_for_editors(name: str) -> None:
    module = importlib.import_module(f"macros.rules.{name}")
    assert (module.__doc__ or "").startswith("Rule: ")
    sentence = (module.check.__doc__ or "").strip()
    assert sentence.endswith(".") and len(sentence) > 40


def test_rules_look_and_do_not_touch(small_catalogue: Catalogue) -> None:
    assert check_all(small_catalogue) == check_all(small_catalogue) == []


# Words and blocks -------------------------------------------------------------------------------------------

PAGE, TEXT = "docs/topics/kites.md", "Kites are held by a string."
Tried = Callable[[str], list[str]]


@pytest.fixture
def tried(small_site: Path) -> Tried:
    """What is said of a text that stands in the place of another in a page of the small site."""
    path, kept = small_site / PAGE, Kept()
    page = path.read_text(encoding="utf-8")

    def told(text: str) -> list[str]:
        path.write_text(page.replace(TEXT, text), encoding="utf-8")
        catalogue, problems = load_catalogue(small_site, TODAY, kept)
        return [f"{problem.where}: {problem.says}" for problem in (*problems, *check_all(catalogue))]

    assert told("A [link](/no/such/page.md)."), "what is wrong is told"
    return told


WORDS_USED_AS_THEY_ARE_MEANT = [
    '{{ table("kite-clubs") }}',
    '\n\n{{ table("kite-clubs") }}\n\n',
    '   {{ table("kite-clubs") }}',
    '!!! note "Look"\n\n    {{ contact("advice") }}\n',
    '!!! note\n\n    Words.\n\n    {{ contact("advice") }}\n',
    '{{ table("kite-clubs") }}\n\n{{ table("kite-rules") }}',
    '{{ listing("reviews") }}',
    '{{ listing("reviews", theme="kites", year="2023") }}',
    '{{ listing(plural="reviews", audience="leaders") }}',
    "{{ groups() }}",
    'There were {{ value("puddles-by-year", "latest", "deep") }} of them.',
    'There were {{ value("kite-clubs", "total", "share") }} of them.',
    'On {{ value("kite-clubs", "North, High Flyers", "founded") }} they began.',
    '- There were {{ figure("kites-in-the-air") }} kites.',
    '| Kites | {{ figure("kites-in-the-air") }} |\n|---|---|\n| a | b |',
    '## {{ figure("kites-in-the-air") }} kites',
    'See [puddles](/topics/puddles.md) and {{ source("yearbook-2023") }}.',
]


def test_words_used_as_they_are_meant(tried: Tried) -> None:
    assert {text: told for text in WORDS_USED_AS_THEY_ARE_MEANT if (told := tried(text))} == {}


def test_a_table_with_a_wrong_cell_is_still_there_for_pages(small_site: Path, change: Change) -> None:
    """Its row may be the one that was misspelt, so nothing is said of rows and sums until it is fixed."""
    change("data/tables/puddles-by-year.csv", "2021/22,2829", "2O21/22,2829")
    assert [(problem.file, problem.line) for problem in problems_of(small_site)] == [("data/tables/puddles-by-year.csv", 5)]


# Links ------------------------------------------------------------------------------------------------------


LINKS_THAT_LEAD_SOMEWHERE = [
    "[a](/topics/puddles.md)",
    "[a](puddles.md)",
    "[a](../index.md)",
    "[a](/topics/puddles.md#deep)",
    "[a](#here)",
    "[a](/performance/kite-clubs.md)",
    "[a](/performance/catalogue.md)",
    "[a](https://www.example.com/x?y=z#w)",
    "![A hill](/hill.png)",
    "![A hill](../hill.png 'The hill')",
    "[![A hill](/hill.png)](/topics/puddles.md)",
    "<https://www.example.org/>",
    "[a][k] and ![A hill][h]\n\n[k]: /topics/puddles.md\n\n[h]: /hill.png",
]


def test_links_that_lead_somewhere(tried: Tried) -> None:
    assert {text: told for text in LINKS_THAT_LEAD_SOMEWHERE if (told := tried(text))} == {}


def test_the_pages_that_the_build_makes_can_be_linked_to(small_catalogue: Catalogue) -> None:
    made = generated_paths(small_catalogue)
    assert "performance/kite-clubs.md" in made and "performance/figures.md" in made
    assert not made & {f for f in small_catalogue.files if f.endswith(".md")}


# Markdown ---------------------------------------------------------------------------------------------------


LINKS_THAT_LIE = [
    *("tel:118118", "TEL:%30%39", "mailto:help%40evil.example", "mailto:a@b.example", "tel:+44999"),
    *(
        "http://127.0.0.1/",
        "https://[::1]/",
        "http://localhost/x",
        "https://printer.local/",
        "https://2130706433/",
        "https://router.home/",
        "https://10.1.2.3/a",
    ),
    *(
        "https://www.nspcc.org.uk@evil.example/",
        "https://nspcc.org.uk:8443/",
        "https://nspcс.org.uk/",
        "https://evil%2eexample/",
        "https://www.nspcc.org.uk\u200b.evil.example/",
    ),
    *("javascript:x()", "data:text/html,x", "ftp://example.com/"),
]


def test_links_that_lie_about_where_they_lead(tried: Tried) -> None:
    assert [target for target in LINKS_THAT_LIE if not tried(f"[999]({target})")] == []


BOXES_THAT_ARE_NONE = [
    "!!! visually-hidden",
    "!!! urgent-answer",
    "!!! leave",
    "!!! note visually-hidden",
    "??? to-fix",
    "???+ leaving",
    "!!! Note",
    "!!!hidden",
    "!!! md-overlay now",
]


def test_a_box_cannot_borrow_what_another_part_of_the_page_looks_like(tried: Tried) -> None:
    assert [box for box in BOXES_THAT_ARE_NONE if not any("There is no box" in says for says in tried(f'{box} "Ring me"\n    Words.'))] == []
    assert [told for box in BOXES if (told := tried(f'!!! {box} "Mind"\n    Words.'))] == []


MARKDOWN_THAT_IS_NO_HTML = [
    "5 < 6 and 7 > 6",
    "a <3 b",
    "`<b>` is bold",
    "```html\n<script>x</script>\n```",
    "&lt;b&gt;",
    "## Part\n\n### Piece",
    "C# is a note",
    "Part\n----",
    "1 =\n\n= 2",
    "{ curly }",
    "a_b_c *d* **e**",
]


def test_markdown_that_is_no_html(tried: Tried) -> None:
    assert {text: told for text in MARKDOWN_THAT_IS_NO_HTML if (told := tried(text))} == {}


# Sums and verdicts ------------------------------------------------------------------------------------------


def test_a_published_share_is_held_to_its_own_precision(small_site: Path, change: Change) -> None:
    change("data/tables/puddles-by-year.csv", "800,628,78.5", "800,628,79")
    assert problems_of(small_site) == []
    change("data/tables/puddles-by-year.csv", "800,628,79", "800,628,78")
    assert len(problems_of(small_site)) == 1


def test_a_total_row_is_welcome_where_nothing_is_added_up(small_site: Path, change: Change) -> None:
    change("data/tables/puddle-register.csv", "Apple Lane", "Total")
    assert problems_of(small_site) == []


def test_a_verdict_that_differs_is_fine_with_a_note(small_site: Path, change: Change) -> None:
    change("data/measures.yml", "published_verdict: met\n", "published_verdict: not met\n")
    assert len(problems_of(small_site)) == 1
    change(
        "data/measures.yml",
        "      says: More kites flew than in the year before.",
        "      says: More kites flew than in the year before.\n      note: It says so all the same.",
    )
    assert problems_of(small_site) == []


# Briefings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One two three.", 3),
        ("## 1. What it is", 4),
        ("[the review](/learning/reviews/child-q.md)", 2),
        ("**bold** and `code`", 3),
        ("don’t count half-terms twice", 4),
        ("", 0),
        ("– —", 0),
    ],
)
def test_words_are_counted_as_a_reader_counts(text: str, words: int) -> None:
    assert word_count(text) == words


def test_words_for_the_search_alone_may_be_of_any_script_and_no_others(small_site: Path) -> None:
    page = small_site / "docs/topics/puddles.md"
    text = page.read_text(encoding="utf-8")
    for words in ("[калюжа, kałuża]", "\n  - калюжа\n  - kałuża", "\n- калюжа", "[kałuża,\n  калюжа]"):
        page.write_text(text.replace("themes: []", f"themes: []\nfound_by: {words}"), encoding="utf-8")
        assert not list(printable.check(load_catalogue(small_site, TODAY)[0]))
    page.write_text(text.replace("Puddles are wet.", "Puddles are мокрий."), encoding="utf-8")
    assert [problem.line for problem in printable.check(load_catalogue(small_site, TODAY)[0])] == [11]
