"""The edits that editors make most, each alone on a copy of the real site: ``python -m tests.ordinary_edits``.

Owns: making each edit as the guide says, on records that it finds by what they are, never by name, so that no edit of the real
site can break the edits here; and telling which of them leave the check, the build, the PDFs and the tests of the real site green.
Never: changes the project itself. Upkeep runs it every week; the tests run its edits through the check alone.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw

from macros.content.catalogue import Catalogue, PageEntry
from macros.content.periods import period_of
from macros.content.reading import load_catalogue
from macros.models.base import in_words
from macros.models.table import Table

ROOT = Path(__file__).parents[1]
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "site", ".site-*", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info")
# The tests of the real site without those in a browser, and without the one that makes these edits itself.
TESTS = ["tests/real_site", "--ignore=tests/real_site/test_every_page.py", "--ignore=tests/real_site/test_ordinary_edits.py"]
OF_ALL_ROWS = r"(?:\*|total|latest|earliest|previous) \|"
_YEAR = re.compile(r"(\d{4})(?:/(\d{2}))?\Z")


class NothingSuitable(Exception):
    """The site has no record of the sort that the edit changes."""


Edit = Callable[[Path, Catalogue], str]


# Finding -----------------------------------------------------------------------------------------------------


def first(records: Iterator[Any], what: str) -> Any:
    """The first that there is."""
    for record in records:
        return record
    raise NothingSuitable(f"there is no {what}")


def free_tables(catalogue: Catalogue, rows: str = "") -> Iterator[Table]:
    """Tables of numbers of which no sum and no measure names a cell, or none of these rows: elsewhere a change is rightly asked about."""
    named = " ".join(str(value) for kind in ("agreement", "measure") for record in catalogue.all(kind) for value in record.model_dump().values())
    for table in catalogue.tables.values():
        counts = any(column.type == "whole number" for column in table.about.columns)
        if counts and not table.about.small_counts and not re.search(rf"{re.escape(table.id)} \| {rows}", named):
            yield table


def plain_pages(catalogue: Catalogue) -> Iterator[PageEntry]:
    """Pages of no type of their own that nothing but links leads to."""
    menu = {entry.page.lstrip("/") for entry in catalogue.all("menu-entry")}
    data = "".join(file.read_text(encoding="utf-8") for file in sorted((catalogue.root / "data").glob("*.yml")))
    for page in catalogue.pages.values():
        alone = page.path not in menu and page.path.count("/") == 1 and not page.path.endswith("/index.md")
        made = page.source.front.value.get("render_macros") is not None or page.calls  # a page of the machinery
        if page.kind.name == "page" and alone and not made and f"/{page.path}" not in data and "editors" not in page.meta.audience:
            yield page


# Writing as an editor would --------------------------------------------------------------------------------------


def add_entry(root: Path, file: str, **settings: Any) -> None:
    """An entry at the end of a list."""
    lines = yaml.safe_dump([{name: value for name, value in settings.items() if value is not None}], allow_unicode=True, sort_keys=False, width=10**6)
    path = root / file
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{'' if text.strip() == '[]' else text.rstrip()}\n{lines}", encoding="utf-8")


def set_value(catalogue: Catalogue, kind: str, name: str, *setting: str | int, value: str) -> None:
    """Another value for one setting of an entry of a list, however deep it is."""
    place = catalogue.places[(kind, name)]
    path = catalogue.root / place.document.file
    lines = path.read_text(encoding="utf-8").split("\n")
    number = place.line(*setting) - 1
    assert re.match(rf"[- ]*{setting[-1]}:", lines[number]), f"{path.name}, line {number + 1} is not {setting}"
    lines[number] = f"{lines[number].partition(':')[0]}: {value}"
    path.write_text("\n".join(lines), encoding="utf-8")


def new_page(root: Path, like: PageEntry, path: str, body: str, **settings: str) -> None:
    """A page with the settings of another, but for those given."""
    front = (root / "docs" / like.path).read_text(encoding="utf-8").split("---\n")[1]
    for name, value in settings.items():
        front, found = re.subn(rf"(?m)^{name}:.*$", lambda _, line=f"{name}: {value}": line, front)
        front += "" if found else f"{name}: {value}\n"
    (root / "docs" / path).write_text(f"---\n{front}---\n{body}", encoding="utf-8")


def everywhere(root: Path, old: str, new: str) -> int:
    """One text put in the place of another in every page and list. Returns in how many files."""
    changed = 0
    for path in sorted([*(root / "docs").rglob("*.md"), *(root / "data").glob("*.yml")]):
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new), encoding="utf-8")
            changed += 1
    return changed


def lead_on(root: Path, page: PageEntry, to: str) -> None:
    """A redirect from where a page was; and whatever led to it leads on to the new place."""
    redirects = root / "data/redirects.yml"
    text = redirects.read_text(encoding="utf-8")
    redirects.write_text(re.sub(rf"(?m)^(  to: ){re.escape(page.address)}$", lambda match: f"{match.group(1)}{to}", text), encoding="utf-8")
    name = re.sub(r"\W+", "-", page.path.removesuffix(".md"))
    add_entry(root, "data/redirects.yml", id=f"moved-{name}", **{"from": page.address}, to=to, why="The page has moved.")


# The edits -----------------------------------------------------------------------------------------------------


def a_new_year(root: Path, catalogue: Catalogue) -> str:
    """A new year's row in a table that works its period out from its rows, with the document that the row comes from."""
    table = first((t for t in free_tables(catalogue, OF_ALL_ROWS) if t.about.key == ("year",) and t.rows and _from_the_rows(root, t)), "yearly table")
    last = table.rows[-1]
    year, following = _YEAR.match(last.cells["year"].text), ""
    assert year
    following = str(int(year.group(1)) + 1) + (f"/{(int(year.group(1)) + 2) % 100:02}" if year.group(2) else "")
    period = period_of(following)
    source = catalogue.get("source", table.about.source)
    covered = period_of(source.period)
    assert period
    if not (covered and covered.last >= period.last):
        set_value(catalogue, "table", table.id, "source", value="ordinary-edit")
        _add_source(root, f"{in_words(period.first)} to {in_words(period.last)}", source.kind)
    with (root / f"data/tables/{table.id}.csv").open("a", encoding="utf-8") as file:
        file.write(",".join([following, *(_quoted(cell.text) for name, cell in last.cells.items() if name != "year")]) + "\n")
    return f"{following} in data/tables/{table.id}.csv"


def _from_the_rows(root: Path, table: Table) -> bool:
    return "\nperiod: from the rows\n" in (root / f"data/tables/{table.id}.yml").read_text(encoding="utf-8")


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if re.search(r'[",\n]', cell) else cell


def _add_source(root: Path, period: str, kind: str) -> None:
    add_entry(root, "data/sources.yml", id="ordinary-edit", title="A newer document", period=period, kind=kind,
              holds="The numbers of one more year.")  # fmt: skip


def a_corrected_cell(root: Path, catalogue: Catalogue) -> str:
    """The last digit of a number."""
    for table in free_tables(catalogue):
        used = {name for computed in table.about.computed if computed.agrees_with for name in (*computed.uses, computed.agrees_with)}
        for column in table.about.columns:
            for row in table.rows:
                cell = row.cells[column.name]
                if column.type == "whole number" and column.name not in used and not cell.is_gap and re.fullmatch(r"[1-9]\d+", cell.text):
                    path = root / f"data/tables/{table.id}.csv"
                    lines = path.read_text(encoding="utf-8").split("\n")
                    other = cell.text[:-1] + str((int(cell.text[-1]) + 1) % 10)
                    changed = re.sub(rf"(?<![^,]){cell.text}(?![^,])", other, lines[row.line - 1], count=1)
                    if changed != lines[row.line - 1]:
                        lines[row.line - 1] = changed
                        path.write_text("\n".join(lines), encoding="utf-8")
                        return f"{cell.text} to {other} in data/tables/{table.id}.csv, line {row.line}"
    raise NothingSuitable("there is no number that nothing else rests on")


def longer_hours(root: Path, catalogue: Catalogue) -> str:
    """More words in the hours of a contact that is printed on the cards."""
    contacts = [*catalogue.all("contact")]
    contact = first((c for c in sorted(contacts, key=lambda c: not c.urgent) if c.hours and c.kind != "emergency"), "contact with hours")
    set_value(catalogue, "contact", contact.id, "hours", value=f"{contact.hours}, closed on bank holidays")
    return f"the hours of {contact.id}"


def a_news_post(root: Path, catalogue: Catalogue) -> str:
    """A post with today's date."""
    like = first((page for page in catalogue.pages.values() if page.kind.name == "news"), "news")
    path = f"news/{catalogue.today:%Y-%m}-an-ordinary-edit.md"
    body = "The partnership met. What it decided will be told here.\n"
    new_page(root, like, path, body, title="The partnership met", description="The partnership met this month, and this page tells what came of it.",
             published=catalogue.today.isoformat())  # fmt: skip
    return f"docs/{path}"


def a_coming_session(root: Path, catalogue: Catalogue) -> str:
    """An event some weeks from now and its session, with its time."""
    like = first(iter(catalogue.all("event")), "event")
    day = catalogue.today + timedelta(days=40)
    add_entry(root, "data/events.yml", id="ordinary-edit", title="Days still to come", summary="Short sessions for everybody.", held=in_words(day),
              date=day.isoformat(), format="online", source=like.source, place="The programme")  # fmt: skip
    add_entry(root, "data/sessions.yml", id="ordinary-edit-session", title="A session still to come", event="ordinary-edit", held=in_words(day), date=day.isoformat(),
              starts="14:00", minutes=60, length="1 hour", format="online", source=like.source, place="The programme")  # fmt: skip
    return f"an event with a session on {day}"


def a_review_and_its_briefing(root: Path, catalogue: Catalogue) -> str:
    """A review and a briefing that name one another, and the name that the review uses in the register."""
    reviews = (page for page in catalogue.pages.values() if page.kind.name == "review" and page.meta.briefing)
    review = first(reviews, "review with a briefing")
    briefing = catalogue.pages[f"learning/briefings/{review.meta.briefing}.md"]
    taken = {pseudonym.name for pseudonym in catalogue.all("pseudonym")}
    name = next(f"Child {letter}" for letter in "XYWVUTSRQPONMLKJHGFEDCBA" if f"Child {letter}" not in taken)
    slug = name.lower().replace(" ", "-")
    add_entry(root, "data/pseudonyms.yml", id=slug, name=name, review=slug, source=review.meta.sources[0], place="The review")
    told = "This review looked at how services worked together, and at what they can learn from it.\n"
    new_page(root, review, f"learning/reviews/{slug}.md", told, title=name, pseudonym=name, briefing=slug, published=f"{catalogue.today:%Y-%m}",
             description="What a review found about how services worked together, and what they can learn.")  # fmt: skip
    body = briefing.source.body.replace(f"/learning/reviews/{review.meta.id}.md", f"/learning/reviews/{slug}.md")
    new_page(root, briefing, f"learning/briefings/{slug}.md", body, title=f"{name} in seven minutes", review=slug,
             description="A short briefing for team meetings on what one more review found.")  # fmt: skip
    return f"docs/learning/reviews/{slug}.md and its briefing"


def a_renamed_page(root: Path, catalogue: Catalogue) -> str:
    """A page under another name, every link to it rewritten, and its old address leading on."""
    page = first(plain_pages(catalogue), "page that can be renamed")
    new = page.path.replace(".md", "-renamed.md")
    (root / "docs" / page.path).rename(root / "docs" / new)
    files = everywhere(root, f"(/{page.path}", f"(/{new}") + _relative_links(root, page.path, Path(new).name)
    lead_on(root, page, f"/{new.removesuffix('.md')}/")
    return f"docs/{page.path} to docs/{new}, links in {files} files"


def _relative_links(root: Path, path: str, new: str) -> int:
    """Links from pages of the same folder, which name the file alone."""
    changed = 0
    for file in (root / "docs" / path).parent.glob("*.md"):
        text = file.read_text(encoding="utf-8")
        other = re.sub(rf"\]\({re.escape(Path(path).name)}(?=[)#])", lambda _: f"]({new}", text)
        changed += other != text
        file.write_text(other, encoding="utf-8")
    return changed


def a_new_document(root: Path, catalogue: Catalogue) -> str:
    """A document that facts can come from, and its entry among the publications."""
    like = first(iter(catalogue.all("publication")), "publication")
    _add_source(root, f"{catalogue.today.year}", catalogue.get("source", like.source).kind)
    add_entry(root, "data/publications.yml", id="ordinary-edit", title="A newer document", kind=like.kind, publisher=like.publisher,
              period=str(catalogue.today.year), published="date not given", holds="What was decided.", source="ordinary-edit", place="The whole document")  # fmt: skip
    return "data/sources.yml and data/publications.yml"


def an_actions_status(root: Path, catalogue: Catalogue) -> str:
    """What was under way is done."""
    action = first((action for action in catalogue.all("action") if action.status != "done"), "action that is not done")
    set_value(catalogue, "action", action.id, "history", len(action.history) - 1, "status", value="done")
    return f"{action.id} is done"


def a_prioritys_prose(root: Path, catalogue: Catalogue) -> str:
    """One more paragraph on a priority's page."""
    page = first((page for page in catalogue.pages.values() if page.kind.name == "priority"), "priority")
    with (root / "docs" / page.path).open("a", encoding="utf-8") as file:
        file.write("\nThe partnership goes on working on this, and will say here what has changed.\n")
    return f"docs/{page.path}"


def another_picture(root: Path, catalogue: Catalogue) -> str:
    """A picture replaced by one of another size."""
    picture = first((path for path in sorted((root / "docs").rglob("*")) if path.suffix in (".png", ".jpg")), "picture")
    with Image.open(picture) as old:
        new = Image.new("RGB", (min(old.width + 120, 1200), min(old.height + 90, 900)), "#0b4a53")
    ImageDraw.Draw(new).rectangle((20, 20, new.width - 20, new.height - 20), outline="#f6c35b", width=8)
    written = io.BytesIO()
    new.save(written, "PNG" if picture.suffix == ".png" else "JPEG")
    picture.write_bytes(written.getvalue())
    return picture.relative_to(root).as_posix()


def a_deleted_page(root: Path, catalogue: Catalogue) -> str:
    """A page taken away, every link to it led to the beginning of its section, and its address leading there."""
    page = first(plain_pages(catalogue), "page that can be deleted")
    index = f"{page.path.partition('/')[0]}/index.md"
    (root / "docs" / page.path).unlink()
    files = _without_places(root, page.path, index) + _relative_links(root, page.path, "index.md")
    lead_on(root, page, f"/{index.removesuffix('index.md')}")
    return f"docs/{page.path}, links in {files} files"


def _without_places(root: Path, path: str, new: str) -> int:
    changed = 0
    for file in (root / "docs").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        other = re.sub(rf"\(/{re.escape(path)}(?:#[^)\s]*)?(?=[)\s])", lambda _: f"(/{new}", text)
        changed += other != text
        file.write_text(other, encoding="utf-8")
    return changed


def a_new_term(root: Path, catalogue: Catalogue) -> str:
    """A word with its meaning."""
    add_entry(root, "data/glossary.yml", id="ordinary-edit", term="ordinary edit", meaning="A change of the kind that is made every week.")
    return "data/glossary.yml"


EDITS: tuple[Edit, ...] = (
    a_new_year, a_corrected_cell, longer_hours, a_news_post, a_coming_session, a_review_and_its_briefing, a_renamed_page, a_new_document,
    an_actions_status, a_prioritys_prose, another_picture, a_deleted_page, a_new_term,
)  # fmt: skip


# Trying them -----------------------------------------------------------------------------------------------------


@dataclass
class Tried:
    """What became of one edit: what was done, and of each step whether it was green, with what a red one said."""

    name: str
    done: str = ""
    steps: dict[str, bool] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    @property
    def is_green(self) -> bool:
        return all(self.steps.values())


def copy_project(folder: Path) -> Path:
    """The whole project but for what is made or installed."""
    shutil.copytree(ROOT, folder, ignore=_LEFT_OUT, symlinks=True)
    for name in (".venv", "node_modules"):
        if (ROOT / name).exists():
            (folder / name).symlink_to(ROOT / name)
    return folder


def try_out(edit: Edit, folder: Path, steps: dict[str, list[str]]) -> Tried:
    """One edit on a copy of the project in ``folder``, and every step after it, a red one or not."""
    root = copy_project(folder / edit.__name__)
    catalogue, _ = load_catalogue(root, today())
    tried = Tried(edit.__name__.replace("_", " "))
    try:
        tried.done = edit(root, catalogue)
    except NothingSuitable as reason:
        tried.done = f"left out: {reason}"
        return tried
    for step, command in steps.items():
        environment = {**os.environ, "PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1"}
        ran = subprocess.run([sys.executable, "-m", *command], cwd=root, env=environment, capture_output=True, text=True, check=False)
        tried.steps[step] = ran.returncode == 0
        if ran.returncode:
            tried.said[step] = (ran.stdout + ran.stderr)[-3000:]
    shutil.rmtree(root)
    return tried


def today() -> date:
    """The day on which it is tried."""
    return datetime.now(UTC).date()


def as_table(outcomes: list[Tried], steps: list[str]) -> str:
    """The outcomes in Markdown."""
    lines = ["| edit | what was done | " + " | ".join(steps) + " |", "|---|---|" + "---|" * len(steps)]
    for tried in outcomes:
        marks = [{True: "green", False: "**red**", None: "–"}[tried.steps.get(step)] for step in steps]
        lines.append(f"| {tried.name} | {tried.done} | " + " | ".join(marks) + " |")
    said = [f"### {tried.name}: {step}\n\n```text\n{text}\n```" for tried in outcomes for step, text in tried.said.items()]
    return "\n".join(lines) + "\n\n" + "\n\n".join(said)


def main() -> int:
    """Tries every edit, tells what became of it, and ends with 1 if any step was red."""
    parser = argparse.ArgumentParser(prog="python -m tests.ordinary_edits", description="Ordinary edits of the real site, each alone.")
    parser.add_argument("--only", metavar="EDIT", help="one edit, by the name of its function")
    parser.add_argument("--with-pdfs", action="store_true", help="make the PDFs too, as publishing does")
    parser.add_argument("--tests", nargs="*", default=TESTS, help="which tests to run (none: leave them out)")
    options = parser.parse_args()
    steps = {"check": ["macros", "check", "."], "build": ["macros", "build", ".", *(["--with-pdfs"] if options.with_pdfs else [])]}
    if options.tests:
        steps["tests"] = ["pytest", "-n", "0", "-q", *options.tests]
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        for edit in EDITS:
            if options.only in (None, edit.__name__):
                begun = time.monotonic()
                outcomes.append(try_out(edit, Path(folder), steps))
                print(
                    f"{edit.__name__}: {'green' if outcomes[-1].is_green else 'RED'} after {time.monotonic() - begun:.0f} seconds", file=sys.stderr, flush=True
                )
    print(as_table(outcomes, list(steps)))
    return 0 if outcomes and all(tried.is_green for tried in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
