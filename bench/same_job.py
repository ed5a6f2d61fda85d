"""What this site does with the benchmark's pages, done by Eleventy and Hugo too, and whether all of them came to the same.

Their templates are in ``bench/peers/``. Owns: the pages, tables and lists as these two keep them, and the comparison of what was built: tables with
their shares and totals, files to download, listings by theme, the feed. Never: runs a generator.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from bench.pages import DESCRIPTION, SUMMARY, THEMES, TablePage, body_of, title_of, write_csv

PEERS = Path(__file__).parent / "peers"
ATOM = "{http://www.w3.org/2005/Atom}"
SOURCES = [{"id": "general-guidance", "title": "Common safety advice"}]


def write_eleventy(folder: Path, pages: list[TablePage]) -> None:
    """The pages in Markdown and their tables in CSV, as the templates for Eleventy read them."""
    shutil.copytree(PEERS / "eleventy", folder, dirs_exist_ok=True)
    data = folder / "docs/_data"
    _write_tables(data / "rows", data / "about", pages)
    _write_json(data / "sources.json", SOURCES)
    _write_json(data / "themes.json", [{"id": theme, "title": title_of(theme)} for theme in THEMES])
    front = 'layout: page.njk\ntags: ["{page.theme}"]\nrests_on: [general-guidance]\n'
    _write_pages(folder / "docs", pages, front, '{{% table "{page.table}" %}}', ("index.md", "layout: frame.njk\n"))


def write_hugo(folder: Path, pages: list[TablePage]) -> None:
    """The pages in Markdown and their tables in CSV, as the templates for Hugo read them."""
    shutil.copytree(PEERS / "hugo", folder, dirs_exist_ok=True)
    _write_tables(folder / "assets/data/tables", folder / "data/tables", pages)
    _write_json(folder / "data/sources.json", SOURCES)
    for theme in THEMES:
        (folder / f"content/topics/{theme}").mkdir(parents=True)
        (folder / f"content/topics/{theme}/_index.md").write_text(f"---\ntitle: {title_of(theme)}\n---\n", encoding="utf-8")
    front = 'topics: ["{page.theme}"]\nsources: [general-guidance]\n'
    _write_pages(folder / "content", pages, front, '{{{{< table "{page.table}" >}}}}', ("_index.md", ""))


def _write_tables(rows: Path, about: Path, pages: list[TablePage]) -> None:
    rows.mkdir(parents=True)
    about.mkdir(parents=True)
    columns = [{"name": "name", "title": "Name", "type": "Text"}, {"name": "number", "title": "Number", "type": "Whole number", "unit": "things"}]
    told = {"summary": SUMMARY, "subject": "website", "period": "Never", "source": "general-guidance", "place": "Nowhere", "columns": columns, "share": "Share"}
    for page in pages:
        if page.rows:
            write_csv(rows / f"{page.table}.csv", page)
            _write_json(about / f"{page.table}.json", {"title": page.title, **told})


def _write_json(file: Path, held: object) -> None:
    file.write_text(json.dumps(held), encoding="utf-8")


def _write_pages(folder: Path, pages: list[TablePage], front: str, table: str, home: tuple[str, str]) -> None:
    (folder / home[0]).write_text(f"---\ntitle: Home\n{home[1]}---\n\nWelcome to the benchmark.\n", encoding="utf-8")
    for page in pages:
        file = folder / f"{page.path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        settings = f"title: {page.title}\ndescription: {DESCRIPTION}\n{front.format(page=page)}written_on: 2026-01-01\nreview_by: 2036-01-01\n"
        settings += f"published: {page.published}\n" if page.published else ""
        file.write_text(f"---\n{settings}---\n\n{body_of(page, table.format(page=page))}", encoding="utf-8")


def differences(site: Path, pages: list[TablePage], same_job: bool) -> Iterator[str]:
    """What a built site says otherwise than its pages and tables: nothing where all is well.

    Every generator must show each table's numbers, shares and total. Those with ``same_job`` must also have a page for each table, its files, the pages of
    each theme, and the feed.
    """
    for page in pages:
        if page.rows:
            right = [*page.shown, ("Total", f"{page.total:,}", "100.0%")]
            places = [f"{page.path}/index.html", *([f"performance/{page.table}/index.html"] if same_job else [])]
            for place in places:
                yield from _held(place, right, lambda place=place: _rows_of(site / place))
            if same_job:
                files = site / "data/tables"
                kept = [(name, str(number)) for name, number in page.rows]
                yield from _held(f"{page.table}.csv", kept, lambda file=files / f"{page.table}.csv": _csv(file))
                yield from _held(f"{page.table}.json", kept, lambda file=files / f"{page.table}.json": _json(file))
    for theme in THEMES:
        of_theme = {page.path for page in pages if page.theme == theme}
        yield from _held(f"topics/{theme}", of_theme, lambda theme=theme: _listed(site / f"topics/{theme}/index.html"))
    if same_job:
        news = [(f"{page.published}T00:00:00Z", page.title, f"/{page.path}/", title_of(page.theme)) for page in pages if page.published]
        news.sort(reverse=True)
        yield from _held("feeds/news.xml", news, lambda: _entries(site / "feeds/news.xml"))


def _held(place: str, right: object, found_by: Callable[[], object]) -> Iterator[str]:
    try:
        found = found_by()
    except (OSError, ValueError, KeyError, ET.ParseError) as error:
        yield f"{place} cannot be read: {error}"
        return
    if found != right:
        pairs = zip(found, right, strict=False) if isinstance(found, list) and isinstance(right, list) else ()
        first = next((f": {one} in place of {other}" for one, other in pairs if one != other), "")
        yield f"{place} is not what it must be{first}"


class _Table(HTMLParser):
    """The cells below the headings of the one table on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, ...]] = []
        self._row: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th"):
            self._in = tag
            self._row.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self.rows.append(tuple(cell.strip() for cell in self._row))
            self._row = []
        elif tag == self._in:
            self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self._row[-1] += data


def _rows_of(file: Path) -> list[tuple[str, ...]]:
    text = file.read_text(encoding="utf-8")
    table = _Table()
    table.feed(text[text.index("<table") : text.index("</table>")])
    return table.rows[1:]


def _csv(file: Path) -> list[tuple[str, ...]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return [tuple(row) for row in csv.reader(opened)][1:]


def _json(file: Path) -> list[tuple[str, ...]]:
    return [(row["name"], str(row["number"])) for row in json.loads(file.read_text(encoding="utf-8"))["rows"]]


def _listed(file: Path) -> set[str]:
    text = file.read_text(encoding="utf-8")
    part = "article" if "<article" in text else "main"  # beside an article Material's own menu stands in main
    words = text[text.index(f"<{part}") : text.index(f"</{part}>")]
    return {f"{folder}/page-{number}" for folder, number in re.findall(r'href="[^"]*?(news|section-\d+)/page-(\d+)/?"', words)}


def _entries(file: Path) -> list[tuple[str, str, str, str]]:
    found = []
    for entry in ET.parse(file).getroot().iter(f"{ATOM}entry"):
        themes = [category.attrib["term"] for category in entry.iter(f"{ATOM}category")]
        where = "".join(urlsplit(link.attrib["href"]).path for link in entry.iter(f"{ATOM}link"))
        found.append((entry.findtext(f"{ATOM}updated", ""), entry.findtext(f"{ATOM}title", ""), where, themes[-1] if themes else ""))
    return found
