"""Seeded pages for the benchmark: prose, and a table of 20 to 200 rows on one page in three.

Owns: what the pages say, the same for every generator. Never: runs one.
"""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from dataclasses import dataclass
from html import escape
from pathlib import Path

from macros.check import check, today
from macros.models import CONTENT_TYPES
from macros.models.words import WORDS
from macros.sources.words import split_words
from macros.website.house import House

ROOT = Path(__file__).parents[1]
VOCABULARY = [
    "safe",
    "help",
    "child",
    "family",
    "school",
    "nurse",
    "plan",
    "review",
    "meeting",
    "worker",
    "visit",
    "evening",
    "number",
    "report",
    "learning",
    "practice",
    "partner",
    "week",
    "police",
    "health",
    "council",
    "teacher",
    "parent",
    "carer",
    "friend",
    "home",
    "street",
    "town",
    "listen",
    "speak",
    "notice",
    "record",
    "share",
    "agree",
    "change",
    "support",
    "early",
    "clear",
    "plain",
    "short",
    "long",
    "simple",
    "careful",
    "kind",
    "honest",
    "open",
    "ready",
    "quick",
    "slow",
    "first",
    "second",
    "third",
    "next",
    "last",
    "other",
    "same",
    "every",
]
WORDS_A_PAGE = 577
REAL_LISTS = ("sources", "contacts", "glossary", "partnership", "subjects")  # what every page of ours carries: urgent numbers and abbreviations explained
PAGES_A_SECTION = 25
# What the frame, feeds and lists of ours lead to, so that no link is dead: pages that nobody else makes.
LED_TO = ("search", "worried-about-a-child", "safety", "training", "performance", "data", "news", "learning/reviews", "learning/briefings")
LED_TO_WITH_WORDS = {
    "contact/index": "{{ contacts() }}",
    "glossary/index": "{{ glossary() }}",
    "publications/index": '{{ listing("sources") }}',
    "training/booking": "By post.",
}


@dataclass(frozen=True)
class TablePage:
    """One page: its path, title, paragraphs and, on one page in three, rows of a table."""

    path: str
    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[tuple[str, int, str], ...]

    @property
    def table(self) -> str:
        """The name of its table."""
        return f"table-{self.path.replace('/', '-')}"


def make_pages(count: int, seed: int = 20261120) -> list[TablePage]:
    """``count`` pages in sections of 25, the same for the same seed."""
    rng = random.Random(seed)
    pages = []
    for number in range(count):
        sections = []
        for part in range(5):
            paragraphs = tuple(_sentence_block(rng, WORDS_A_PAGE // 15) for _ in range(3))
            sections.append((f"Part {part + 1}: {' '.join(rng.choices(VOCABULARY, k=3))}", paragraphs))
        rows: tuple[tuple[str, int, str], ...] = ()
        if number % 3 == 0:
            rows = tuple(
                (f"Row {n + 1} {rng.choice(VOCABULARY)}", rng.randrange(100_000), f"{rng.randrange(10_000) / 100:.2f}") for n in range(rng.randrange(20, 201))
            )
        pages.append(
            TablePage(f"section-{number // PAGES_A_SECTION + 1}/page-{number + 1}", f"Page {number + 1} {rng.choice(VOCABULARY)}", tuple(sections), rows)
        )
    return pages


def _sentence_block(rng: random.Random, words: int) -> str:
    chosen = rng.choices(VOCABULARY, k=words)
    return " ".join(" ".join(chosen[i : i + 13]).capitalize() + "." for i in range(0, len(chosen), 13))


def _body(page: TablePage, table: str) -> str:
    parts = []
    for number, (heading, paragraphs) in enumerate(page.sections):
        parts += [f"## {heading}", *paragraphs]
        if number == 1 and page.rows:
            parts.append(table)
    return "\n\n".join(parts) + "\n"


def html_table(page: TablePage) -> str:
    """The table as static HTML, for generators that do not read our data."""
    rows = "".join(f'<tr><th scope="row">{escape(a)}</th> <td>{b:,}</td> <td>{c}%</td></tr>\n' for a, b, c in page.rows)
    return f'<table>\n<caption>{page.title}</caption>\n<thead><tr><th scope="col">Name</th> <th scope="col">Number</th> <th scope="col">Share</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>'


def write_ours(folder: Path, pages: list[TablePage]) -> None:
    """The pages as this site keeps them: front matter, words, tables as CSV and description."""
    (folder / "data/tables").mkdir(parents=True)
    (folder / "docs").mkdir()
    for kind in CONTENT_TYPES:
        if not kind.is_pages:
            (folder / kind.home).write_text("[]\n", encoding="utf-8")
    for name in REAL_LISTS:
        shutil.copy(ROOT / f"data/{name}.yml", folder / f"data/{name}.yml")
    areas = (ROOT / "data/areas.yml").read_text(encoding="utf-8").split("\n- ")  # the neighbours have no tables here
    (folder / "data/areas.yml").write_text("\n- ".join(areas[:2]) + "\n", encoding="utf-8")
    (folder / "data/menu.yml").write_text("- id: home\n  title: Home\n  page: /index.md\n  where: header\n", encoding="utf-8")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.split("watch:")[0] + "extra_css:" + settings.split("extra_css:")[1]
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    for part in ("macros", "overrides"):
        (folder / part).symlink_to(ROOT / part)
    own = {f"{name}/index": "Made so that a link leads here." for name in LED_TO} | LED_TO_WITH_WORDS
    own_pages = [(path, f"The {path}", f"{body}\n") for path, body in own.items()]
    for path, title, body in [
        ("index", "Home", "Welcome to the benchmark.\n"),
        *own_pages,
        *((p.path, p.title, _body(p, f'{{{{ table("{p.table}") }}}}')) for p in pages),
    ]:
        front = (
            f"---\ntitle: {title}\ndescription: A page made for measuring how long a build takes here.\naudience: [everyone]\nthemes: []\nowner: business-team\n"
            "written_on: 2026-01-01\nreview_by: 2036-01-01\nsources: [general-guidance]\n---\n"
        )
        file = folder / "docs" / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(front + body, encoding="utf-8")
    for page in pages:
        if page.rows:
            _write_table(folder, page)


def _write_table(folder: Path, page: TablePage) -> None:
    stem = folder / "data/tables" / page.table
    with stem.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "number", "share"))
        writer.writerows(page.rows)
    stem.with_suffix(".yml").write_text(
        f"title: {page.title}\nsummary: Numbers made for measuring.\nsubject: website\nperiod: Never\nsource: general-guidance\nplace: Nowhere\nkey: name\n"
        "columns:\n  - name: name\n    title: Name\n    type: text\n  - name: number\n    title: Number\n    type: whole number\n    unit: things\n"
        "  - name: share\n    title: Share\n    type: percentage\n",
        encoding="utf-8",
    )


def write_stock(folder: Path, pages: list[TablePage]) -> None:
    """The pages as stock Material (and Zensical) read them, tables as static HTML."""
    _write_markdown(folder / "docs", pages, "", "index.md")
    (folder / "mkdocs.yml").write_text(_STOCK_SETTINGS, encoding="utf-8")


def write_real_ours(folder: Path) -> None:
    """The real site as it is kept."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for part in ("docs", "data"):
        shutil.copytree(ROOT / part, folder / part)
    for part in ("macros", "overrides"):
        (folder / part).symlink_to(ROOT / part)


def write_real_stock(folder: Path) -> None:
    """The real site's Markdown for stock Material, with everything that data makes in a page written out as static HTML.

    What the layout adds to every page of ours (who looks after it, its sources, what is related) is left out.
    """
    catalogue, _ = check(ROOT, today())
    house = House(catalogue)
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=lambda _, names: [name for name in names if name.endswith(".md")])
    pages = {
        path: (entry.meta.title, _written_out(house, entry.source.body) if entry.meta.render_macros else entry.source.body)
        for path, entry in catalogue.pages.items()
    }
    pages |= {path: (made.title, _one_block(made.html)) for path, made in house.generated.items()}
    for path, (title, body) in pages.items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {json.dumps(title)}\n---\n\n{body}\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_STOCK_SETTINGS, encoding="utf-8")


def _written_out(house: House, body: str) -> str:
    house.components.start_page()
    pieces = []
    for piece in split_words(body):
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        arguments = [argument.name for argument in WORDS[piece.name].arguments]
        given = dict(zip(arguments, piece.arguments, strict=False)) | dict(piece.named)
        html = _answer(house, piece.name, given)
        pieces.append(f"\n\n{_one_block(html)}\n\n" if html.lstrip().startswith(("<div", "<table", "<figure", "<ul", "<dl", "<section")) else html)
    return "".join(pieces)


def _answer(house: House, word: str, given: dict[str, str]) -> str:
    needed = [given.pop(argument.name) for argument in WORDS[word].arguments if not argument.optional]
    return str(getattr(house.components, word)(*needed, **given))


def _one_block(html: str) -> str:
    """HTML without blank lines, which would end a block of it within Markdown."""
    return re.sub(r"\n\s*\n", "\n", html.strip())


def write_eleventy(folder: Path, pages: list[TablePage]) -> None:
    """The pages as Eleventy reads them, with a plain layout."""
    _write_markdown(folder / "docs", pages, "layout: page.njk\n", "index.md")
    layouts = folder / "docs/_includes"
    layouts.mkdir()
    (layouts / "page.njk").write_text(_LAYOUT.format(title="{{ title }}", content="{{ content | safe }}"), encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module", "private": true}\n', encoding="utf-8")


def write_hugo(folder: Path, pages: list[TablePage]) -> None:
    """The pages as Hugo reads them, with a plain layout."""
    _write_markdown(folder / "content", pages, "", "_index.md")
    layouts = folder / "layouts/_default"
    layouts.mkdir(parents=True)
    for name in ("single", "list"):
        (layouts / f"{name}.html").write_text(_LAYOUT.format(title="{{ .Title }}", content="{{ .Content }}"), encoding="utf-8")
    (folder / "hugo.toml").write_text(
        'baseURL = "https://www.example.org/"\ntitle = "Benchmark"\n[markup.goldmark.renderer]\nunsafe = true\n', encoding="utf-8"
    )


_STOCK_SETTINGS = "site_name: Benchmark\nsite_url: https://www.example.org/\ntheme:\n  name: material\n  font: false\n"
_LAYOUT = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body><main><h1>{title}</h1>\n{content}</main></body></html>\n'
)


def _write_markdown(folder: Path, pages: list[TablePage], extra: str, home: str) -> None:
    folder.mkdir(parents=True)
    (folder / home).write_text(f"---\ntitle: Home\n{extra}---\n\nWelcome to the benchmark.\n", encoding="utf-8")
    for page in pages:
        file = folder / f"{page.path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {page.title}\n{extra}---\n\n{_body(page, html_table(page))}", encoding="utf-8")
