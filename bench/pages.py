"""Seeded pages for the benchmark: prose, a table of 20 to 200 rows on one page in three, a theme for each, and news among them.

Owns: what the pages say, the same for every generator: written out for those that do no more than make pages, and as Markdown and CSV for those
that do the rest themselves. Never: runs one.
"""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
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
DESCRIPTION = "A page made for measuring how long a build takes here."
SUMMARY = "Numbers made for measuring."
REAL_LISTS = ("sources", "contacts", "glossary", "partnership", "subjects")  # what every page of ours carries: urgent numbers and abbreviations explained
PAGES_A_SECTION = 25
NEWS_AT = 7  # which page of a section is news instead
THEMES = ("early-help", "family-life", "health", "home", "practice", "school")
# What the frame, feeds and lists of ours lead to, so that no link is dead: pages that nobody else makes.
LED_TO = ("search", "worried-about-a-child", "safety", "training", "performance", "data", "learning/reviews", "learning/briefings")
LED_TO_WITH_WORDS = {
    "contact/index": "{{ contacts() }}",
    "glossary/index": "{{ glossary() }}",
    "news/index": '{{ listing("news") }}',
    "publications/index": '{{ listing("sources") }}',
    "training/booking": "By post.",
}


@dataclass(frozen=True)
class TablePage:
    """One page: its path, title, theme, paragraphs and, on one page in three, rows of a table; one in 25 is news, with its day."""

    path: str
    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[tuple[str, int], ...]
    theme: str
    published: str

    @property
    def table(self) -> str:
        """The name of its table."""
        return f"table-{self.path.replace('/', '-')}"

    @property
    def total(self) -> int:
        """What its table's numbers add up to."""
        return sum(number for _, number in self.rows)

    @property
    def shown(self) -> list[tuple[str, str, str]]:
        """Its table's cells as every generator must show them: each number, and its share of the total in per cent, to one place."""
        tenth = Decimal("0.1")
        return [(name, f"{number:,}", f"{(Decimal(100 * number) / self.total).quantize(tenth, ROUND_HALF_UP)}%") for name, number in self.rows]


def make_pages(count: int, seed: int = 20261120) -> list[TablePage]:
    """``count`` pages in sections of 25, the same for the same seed."""
    rng = random.Random(seed)
    pages = []
    for number in range(count):
        sections = []
        for part in range(5):
            paragraphs = tuple(_sentence_block(rng, WORDS_A_PAGE // 15) for _ in range(3))
            sections.append((f"Part {part + 1}: {' '.join(rng.choices(VOCABULARY, k=3))}", paragraphs))
        rows: tuple[tuple[str, int], ...] = ()
        if number % 3 == 0:
            rows = tuple((f"Row {n + 1} {rng.choice(VOCABULARY)}", rng.randrange(100_000)) for n in range(rng.randrange(20, 201)))
        is_news = number % PAGES_A_SECTION == NEWS_AT
        folder = "news" if is_news else f"section-{number // PAGES_A_SECTION + 1}"
        published = str(date(2025, 12, 31) - timedelta(days=number)) if is_news else ""
        title = f"Page {number + 1} {rng.choice(VOCABULARY)}"
        pages.append(TablePage(f"{folder}/page-{number + 1}", title, tuple(sections), rows, THEMES[number % len(THEMES)], published))
    return pages


def _sentence_block(rng: random.Random, words: int) -> str:
    chosen = rng.choices(VOCABULARY, k=words)
    return " ".join(" ".join(chosen[i : i + 13]).capitalize() + "." for i in range(0, len(chosen), 13))


def body_of(page: TablePage, table: str) -> str:
    """Its Markdown, with what it writes where its table belongs."""
    parts = []
    for number, (heading, paragraphs) in enumerate(page.sections):
        parts += [f"## {heading}", *paragraphs]
        if number == 1 and page.rows:
            parts.append(table)
    return "\n\n".join(parts) + "\n"


def html_table(page: TablePage) -> str:
    """The table as static HTML, for generators that do not read our data."""
    rows = "".join(f'<tr><th scope="row">{escape(a)}</th> <td>{b}</td> <td>{c}</td></tr>\n' for a, b, c in page.shown)
    head = '<thead><tr><th scope="col">Name</th> <th scope="col">Number</th> <th scope="col">Share (worked out)</th></tr></thead>'
    foot = f'<tfoot><tr><th scope="row">Total</th> <td>{page.total:,}</td> <td>100.0%</td></tr></tfoot>'
    return f"<table>\n<caption>{page.title}</caption>\n{head}\n<tbody>\n{rows}</tbody>\n{foot}\n</table>"


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
    themes = "".join(f"- id: {theme}\n  title: {title_of(theme)}\n  summary: A theme made for measuring.\n" for theme in THEMES)
    (folder / "data/themes.yml").write_text(themes, encoding="utf-8")
    own = {f"{name}/index": "Made so that a link leads here." for name in LED_TO} | LED_TO_WITH_WORDS
    own |= {f"topics/{theme}": f'{{{{ listing("pages", theme="{theme}") }}}}' for theme in THEMES}
    own_pages = [(path, title_of(path), f"{body}\n", "", "") for path, body in own.items()]
    for path, title, body, theme, published in [
        ("index", "Home", "Welcome to the benchmark.\n", "", ""),
        *own_pages,
        *((p.path, p.title, body_of(p, f'{{{{ table("{p.table}") }}}}'), p.theme, p.published) for p in pages),
    ]:
        front = (
            f"---\ntitle: {title}\ndescription: {DESCRIPTION}\naudience: [everyone]\nthemes: [{theme}]\nowner: business-team\n"
            "written_on: 2026-01-01\nreview_by: 2036-01-01\nsources: [general-guidance]\n" + (f"published: {published}\n" if published else "") + "---\n"
        )
        file = folder / "docs" / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(front + body, encoding="utf-8")
    for page in pages:
        if page.rows:
            _write_table(folder, page)


def _write_table(folder: Path, page: TablePage) -> None:
    stem = folder / "data/tables" / page.table
    write_csv(stem.with_suffix(".csv"), page)
    stem.with_suffix(".yml").write_text(
        f"title: {page.title}\nsummary: {SUMMARY}\nsubject: website\nperiod: Never\nsource: general-guidance\nplace: Nowhere\nkey: name\n"
        "columns:\n  - name: name\n    title: Name\n    type: text\n  - name: number\n    title: Number\n    type: whole number\n    unit: things\n"
        "computed:\n  - name: share\n    title: Share\n    share_of: number\ntotal:\n  columns: [number]\n",
        encoding="utf-8",
    )


def write_csv(file: Path, page: TablePage) -> None:
    """The table's numbers as they are kept."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows([("name", "number"), *page.rows])


def title_of(path: str) -> str:
    """What a page or theme is called that has no title of its own."""
    return path.removesuffix("/index").rpartition("/")[2].replace("-", " ").capitalize()


def write_stock(folder: Path, pages: list[TablePage]) -> None:
    """The pages as stock Material (and Zensical) read them, tables as static HTML."""
    write_markdown(folder / "docs", pages, "", "index.md", "../{}.md")
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
    write_markdown(folder / "docs", pages, "layout: page.njk\n", "index.md", "/{}/")
    layouts = folder / "docs/_includes"
    layouts.mkdir()
    (layouts / "page.njk").write_text(_LAYOUT.format(title="{{ title }}", content="{{ content | safe }}"), encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module", "private": true}\n', encoding="utf-8")


def write_hugo(folder: Path, pages: list[TablePage]) -> None:
    """The pages as Hugo reads them, with a plain layout."""
    write_markdown(folder / "content", pages, "", "_index.md", "/{}/")
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


def write_markdown(folder: Path, pages: list[TablePage], extra: str, home: str, link: str) -> None:
    """Each page with its table written out, and a page that lists those of each theme; ``link`` is how this generator writes one."""
    lists = [(f"topics/{t}", title_of(t), "".join(f"- [{p.title}]({link.format(p.path)})\n" for p in pages if p.theme == t)) for t in THEMES]
    home_page = (home.removesuffix(".md"), "Home", "Welcome to the benchmark.\n")
    for path, title, body in [home_page, *lists, *((page.path, page.title, body_of(page, html_table(page))) for page in pages)]:
        file = folder / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {title}\n{extra}---\n\n{body}", encoding="utf-8")
