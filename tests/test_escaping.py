"""Whatever is written into a field is shown as text: in pages, drawings, open data, calendars, feeds and the search.

Each attack is put into every text field of every record, table and page of the small site that the check lets it
into; the site is built, and everything in it is read again. Where the attack is shown it stands there letter for
letter; no element, attribute, address or line is there that the site without the attack does not have.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from macros.check import check, today
from macros.components.charts import LETTERS
from macros.models import CONTENT_TYPES
from tests.page_reader import read_page
from tests.whole_sites import build, copy_small_site

# Each ends in a mark of its own where it is used, so that what is shown can be held against what was written.
ATTACKS = {
    "markup": "\"'><x-attack onx=1 style=a:b></script></style></title></textarea></svg>--><!--]]><svg onx=1><img src=x onerror=1>&lt;x-attack&gt;&#60;b&#62;",
    "markdown": "[a](javascript:alert(1)) ![b](//evil.example/c.png) `c` **d** <https://evil.example> | e | \\ ~f~ ${g} $(h)",
    "lines": "one\r\nATTENDEE:mailto:x\r\nDTSTART:20200101\nBEGIN:VEVENT\n\nEND:VCALENDAR\n# heading\n",
    "formula": "=cmd|' /C calc'!A0 @SUM(1) +1 -1 \" , ; \\n \\; \\,",
}
FIRST = {"formula"}  # stands before the text and not after it
# The title and description of a page are short, so what is put there is shorter.
SHORT = {
    "markup": "\"' onx=1 x='--&lt;b onx=1&gt; < a > b",
    "markdown": "[a](javascript:alert(1)) `c` **d** ${g}",
    "lines": "one\r\nATTENDEE:x\nBEGIN:VEVENT\n\n# heading\n",
    "formula": "=cmd|' /C calc'!A0 \" , ; \\n \\;",
}
IN_SHORT = {("page", "title"), ("page", "description")}
Place = tuple[str, str]  # a file (every page is "page"), and a field by its names without numbers


# What other files call by its name: a word in a page names the row of a table, a sum names both.
NAMED_ELSEWHERE: set[Place] = {
    ("table", "columns.constraints.enum"), ("table", "computed.differs.row"), ("table", "derived.from"), ("table", "derived.by"), ("table", "columns.of"),
    ("kite-clubs.csv", "area"), ("kite-clubs.csv", "club"), ("pseudonyms.yml", "name"), ("towns.yml", "title"),
}  # fmt: skip


def mark(number: int) -> str:
    return f"\u00a7{number}\u00a7"


class Poison:
    """Puts an attack into fields, and remembers which."""

    def __init__(self, root: Path, name: str, refused: set[Place]) -> None:
        self.root, self.refused = root, refused
        self.attack, self.short, self.first = ATTACKS[name], SHORT[name], name in FIRST
        self.places: Counter[Place] = Counter()
        self.owners: set[int] = set()
        self.written = 0

    def everywhere(self) -> None:
        for path in sorted((self.root / "data").glob("**/*.yml")):
            kind = "table" if path.parent.name == "tables" else path.name
            self._yaml(path, kind)
        for path in sorted((self.root / "data/tables").glob("*.csv")):
            self._csv(path)
        for path in sorted((self.root / "docs").glob("**/*.md")):
            self._page(path)

    def _text(self, text: str, place: Place) -> str:
        if place in self.refused:
            return text
        self.places[place] += 1
        self.written += 1
        if place[1] == "owner":
            self.owners.add(self.written)
        attack = self.short if place in IN_SHORT else self.attack
        return f"{attack}{mark(self.written)} {text}" if self.first else f"{text} {attack}{mark(self.written)}"

    def _leaves(self, value: Any, kind: str, names: tuple[str, ...]) -> Any:
        if isinstance(value, dict):
            return {key: self._leaves(item, kind, (*names, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self._leaves(item, kind, names) for item in value]
        return self._text(value, (kind, ".".join(names))) if value else value

    def _yaml(self, path: Path, kind: str) -> None:
        value = self._leaves(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader), kind, ())
        path.write_text(_as_yaml(value), encoding="utf-8")

    def _csv(self, path: Path) -> None:
        rows = list(csv.reader(path.read_text("utf-8").splitlines()))
        heading = rows[0]
        changed = [[self._text(cell, (path.name, heading[n])) if cell else cell for n, cell in enumerate(row)] for row in rows[1:]]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([heading, *changed])

    def _page(self, path: Path) -> None:
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        settings = self._leaves(yaml.load(front, Loader=yaml.BaseLoader), "page", ())
        body += self._in_the_text(path)
        path.write_text(f"---\n{_as_yaml(settings)}---\n{body}", encoding="utf-8")

    def _in_the_text(self, path: Path) -> str:
        """Code is the one place in a page where anything may stand; a heading goes into the list of contents too."""
        if ("text", path.name) in self.refused or "\n" in self.attack or "`" in self.attack:
            return ""
        return f"\n\n## Code `{self.attack}` in a heading\n\nText `{self.attack}` and &lt;x-attack onx=1&gt;.\n\n- `{self.attack}`\n"


def _as_yaml(value: Any) -> str:
    return yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**6, sort_keys=False)


# A table whose every word is drawn: in a chart, as headings of groups, and as the names of rows.
DRAWN = """title: Colours of kites
summary: Made up.
subject: website
period: Summer 2022
source: yearbook-2023
place: Colours
columns:
  - name: shade
    title: Shade
    type: text
  - name: colour
    title: Colour
    type: text
  - name: kites
    title: Kites
    type: whole number
    unit: kites
key: colour
group_by: shade
total:
  columns: [kites]
chart:
  kind: bar
  label: colour
  values: [kites]
"""


def site_to_attack(folder: Path) -> Path:
    root = copy_small_site(folder)
    (root / "data/tables/kite-colours.yml").write_text(DRAWN, encoding="utf-8")
    (root / "data/tables/kite-colours.csv").write_text("shade,colour,kites\nBright,Red,3\nDull,Grey,14\nDull,Brown,7\n", encoding="utf-8")
    return root


def poisoned(folder: Path, name: str) -> tuple[Path, Poison]:
    """A small site with the attack wherever the check lets it stand."""
    refused = set(NAMED_ELSEWHERE)
    for attempt in range(30):
        root = site_to_attack(folder / str(attempt))
        poison = Poison(root, name, refused)
        poison.everywhere()
        told = [problem for problem in check(root, today())[1] if problem.severity == "error"]
        if not told:
            return root, poison
        before = len(refused)
        for problem in told:
            refused |= _fields_of(problem.file, problem.field, poison)
        assert len(refused) > before, f"nothing more can be taken back, but the check says: {[(p.where, p.says[:200]) for p in told[:3]]}"
    raise AssertionError("the check still finds something")


def _fields_of(file: str, field: str | None, poison: Poison) -> set[Place]:
    """The places that a message is about: the field it names, or all of its file where it names none."""
    path = Path(file)
    kind = "page" if path.suffix == ".md" else "table" if path.parent.name == "tables" and path.suffix == ".yml" else path.name
    mine = {place for place in poison.places if place[0] == kind}
    named = {place for place in mine if field and (place[1] == field or place[1].startswith(f"{field}."))}
    return named or ({("text", path.name)} if kind == "page" else mine)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = site_to_attack(tmp_path_factory.mktemp("plain"))
    page = root / "docs/contact/index.md"
    page.write_text(page.read_text("utf-8") + "\n\n## Code `a` in a heading\n\nText `a`.\n\n- `a`\n", encoding="utf-8")
    done = build(root)
    assert done.returncode == 0, (done.stdout + done.stderr)[-1500:]
    return root / "site"


Built = tuple[Path, Poison]


@pytest.fixture(scope="module", params=ATTACKS)
def attacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    root, poison = poisoned(tmp_path_factory.mktemp(request.param), request.param)
    done = build(root)
    assert done.returncode == 0, (done.stdout + done.stderr)[-1500:]
    return root / "site", poison


def each(site: Path, ending: str) -> Iterator[tuple[str, str]]:
    found = sorted(site.rglob(f"*{ending}"))
    assert found, f"the site has no {ending}"
    for path in found:
        yield path.relative_to(site).as_posix(), path.read_bytes().decode("utf-8")


def squeezed(text: str) -> str:
    return " ".join(text.split())


def check_words(words: str, poison: Poison, where: str) -> int:
    """Wherever a mark is shown, the attack stands before it letter for letter; in a chart, the end of it that its line has room for. Returns how often.

    An owner is an id, of which a page shows the words without hyphens.
    """
    shown = 0
    for match in re.finditer("\u00a7(\\d+)\u00a7", words):
        if int(match.group(1)) in poison.owners:
            continue
        before = squeezed(words[: match.start()][-3 * len(poison.attack) - 50 :])
        in_a_chart = len(words) <= LETTERS and any(squeezed(whole).endswith(before) for whole in (poison.attack, poison.short))
        assert in_a_chart or before.endswith((squeezed(poison.attack), squeezed(poison.short))), f"{where}: {before[-200:]!r} is not {poison.attack!r}"
        shown += 1
    return shown


def test_the_attack_reaches_nearly_every_text_field(attacked: Built) -> None:
    _, poison = attacked
    if poison.first or "\n" in poison.attack:
        assert len(poison.places) >= 15
        return
    homes = {place[0] for place in poison.places}
    lists = {Path(kind.home).name for kind in CONTENT_TYPES if not kind.is_pages}
    assert lists - {"privacy_allowed.yml", "withdrawn.yml", "partnership.yml", "towns.yml"} <= homes, f"no field of {lists - homes} was reached"
    assert {"page", "table", "kite-rules.csv", "puddle-register.csv"} <= homes
    assert {("kite-colours.csv", "colour"), ("kite-colours.csv", "shade")} <= set(poison.places)
    fields = ("title", "summary", "notes", "place", "period", "columns.title", "columns.unit", "computed.title", "computed.differs.because", "total.label")
    for place in [("page", "title"), ("page", "description"), *(("table", field) for field in fields)]:
        assert place in poison.places, place
    assert len(poison.places) >= 100 and poison.written >= 250


def test_pages_have_no_element_attribute_or_address_of_the_attack(attacked: Built, plain: Path) -> None:
    site, poison = attacked
    usual = {form for _, text in each(plain, ".html") for form in read_page(text).forms}
    shown = 0
    for name, text in each(site, ".html"):
        page = read_page(text)
        assert page.faults == [], name
        assert page.forms <= usual, f"{name}: {page.forms - usual}"
        told = [words for block in page.data_blocks for words in _strings(json.loads(block))]
        for words in [*told, *page.words]:
            shown += check_words(words, poison, name)
    assert shown > (0 if poison.first or "\n" in poison.attack else 100)


def test_open_data_and_search_hold_the_text_as_it_was_written(attacked: Built) -> None:
    site, poison = attacked
    shown = 0
    for name, text in each(site, ".json"):
        for words in _strings(json.loads(text)):
            shown += check_words(words, poison, name)
    assert shown > 30


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def test_tables_as_files_keep_their_shape_and_hold_no_formula(attacked: Built, plain: Path) -> None:
    site, poison = attacked
    for name, text in each(site, ".csv"):
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        usual = list(csv.reader(io.StringIO((plain / name).read_text("utf-8"), newline="")))
        assert rows[0] == usual[0] and [len(row) for row in rows] == [len(row) for row in usual], name
        for cell in (cell for row in rows for cell in row):
            assert not re.match(r"[=@\t\r]|[+-](?!\d|\Z)", cell), f"{name}: {cell[:40]}"
            check_words(cell, poison, name)


def test_calendars_have_no_line_of_the_attack(attacked: Built, plain: Path) -> None:
    site, poison = attacked
    shown = 0
    for name, text in each(site, ".ics"):
        usual = _unfolded((plain / name).read_bytes().decode("utf-8"))
        assert Counter(re.split("[:;]", line)[0] for line in _unfolded(text)) == Counter(re.split("[:;]", line)[0] for line in usual), name
        for line in _unfolded(text):
            shown += check_words(re.sub(r"\\(.)", lambda m: "\n" if m.group(1) in "nN" else m.group(1), line), poison, name)
    assert shown > 10


def _unfolded(text: str) -> list[str]:
    assert "\n" not in text.replace("\r\n", ""), "a calendar's lines end in CR LF"
    return re.sub(r"\r\n[ \t]", "", text).removesuffix("\r\n").split("\r\n")


def test_feeds_have_no_element_of_the_attack(attacked: Built, plain: Path) -> None:
    site, poison = attacked
    usual = {(element.tag, *sorted(element.attrib)) for _, text in each(plain, ".xml") for element in ElementTree.fromstring(text).iter()}
    for name, text in each(site, ".xml"):
        assert "<!" not in re.sub(r"<!\[CDATA\[.*?\]\]>", "", text, flags=re.DOTALL)
        for element in ElementTree.fromstring(text).iter():
            assert (element.tag, *sorted(element.attrib)) in usual, name
            words = element.text or ""
            if element.get("type") == "html":
                inside = read_page(words)
                assert inside.faults == [] and not any(tag.startswith("x-") or attribute.startswith("on") for tag, attribute in inside.forms)
                words = " ".join(inside.words)
            check_words(words, poison, name)
