"""The PDFs of a release: structure, words, fonts, the same bytes on any computer, and text that grows.

veraPDF, which checks PDF/UA in full, is not used here: what it checks of the structure tree, the metadata, fonts, links and
pictures is read back with pypdf instead. That is not a proof of conformance.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from macros.content.catalogue import address_of_page
from macros.content.differences import Difference
from macros.content.generated import reported_years
from macros.outputs import pdf
from macros.outputs.security import HASHES, read_hashes
from macros.problems import Problem
from macros.views.documents import Document, documents
from macros.website import building
from macros.website.house import House
from tests.outputs_at_hand import catalogue_at, site_of
from tests.paper import faults_on_paper, sheets, usual_size
from tests.whole_sites import EPOCH, ROOT, build_command, build_environment, built_once, contents, copy_real_site, copy_small_site

A4 = (595, 842)
OURS = "Atkinson-Hyperlegible-Next"
NO_FONTS = ROOT / "overrides/print/fonts.conf"  # as on a computer without a single font
STRANGE = "→語✈"  # signs that no typeface of ours has


def build(site: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Builds a copy with its PDFs as the command line does, on a fixed day."""
    settings = build_environment({"SOURCE_DATE_EPOCH": EPOCH, **environment})
    return subprocess.run([*build_command(site), "--with-pdfs", *options], cwd=ROOT, env=settings, capture_output=True, text=True, check=False)


def edit(file: Path, old: str, new: str) -> None:
    """One text in the place of another."""
    before = file.read_text(encoding="utf-8")
    assert before.count(old) == 1, (old, file)
    file.write_text(before.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="session")
def small_site(shared_folder: Path) -> Path:
    """The small site as it is released."""
    return built_once(shared_folder, "small release", copy_small_site, "--with-pdfs", SOURCE_DATE_EPOCH=EPOCH).parent


@pytest.fixture(scope="session")
def real_site(shared_folder: Path) -> Path:
    """The real site as it is released, by a computer without a single font."""
    return built_once(shared_folder, "real release", copy_real_site, "--with-pdfs", FONTCONFIG_FILE=str(NO_FONTS)).parent


@pytest.fixture(scope="module", params=["small", "real"])
def site(request: pytest.FixtureRequest) -> Path:
    """Each of the two."""
    found: Path = request.getfixturevalue(f"{request.param}_site")
    return found


@cache
def made(site: Path) -> dict[str, Path]:
    """Each PDF of a site by its name."""
    return {file.stem: file for file in sorted((site / "site/pdf").iterdir())}


def test_the_list_of_hashes_is_written_after_the_pdfs(small_site: Path) -> None:
    assert read_hashes((small_site / "site" / HASHES).read_bytes()) == {name: said for name, said in contents(small_site / "site").items() if name != HASHES}


@cache
def read(file: Path) -> PdfReader:
    """A PDF, read once."""
    return PdfReader(file)


def text(file: Path) -> str:
    """Its words on one line."""
    return re.sub(r"\s+", " ", " ".join(sheet.text for sheet in sheets(file)))


def follow(value: Any) -> Any:
    """What a reference stands for."""
    return value.get_object() if isinstance(value, IndirectObject) else value


# Which there are, and what they say ------------------------------------------------------------------------


def test_every_document_of_the_list_is_made_and_linked_and_no_other(site: Path) -> None:
    catalogue = catalogue_at(site)
    planned = documents(catalogue)
    assert set(made(site)) == {document.name for document in planned}
    assert {"quarterly-report", "partnership-in-figures", "worried-about-a-child", "poster", "pocket-cards"} <= set(made(site))
    assert {f"{kind}-{record.id}" for kind in ("briefing", "review") for record in catalogue.all(kind)} <= set(made(site))
    linked = {file.resolve() for file in made(site).values()}
    assert _pdf_links(site / "site") == linked
    for document in planned:
        page = site / "site" / address_of_page(document.page).strip("/") / "index.html"
        assert f'{document.path}" type="application/pdf">{document.label} (PDF)</a>' in page.read_text(encoding="utf-8")


def _pdf_links(site: Path) -> set[Path]:
    found = set()
    for page in site.rglob("*.html"):
        for target in re.findall(r'href="([^"]+\.pdf)"', page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                found.add((page.parent / target).resolve())
    return found


def test_an_ordinary_build_links_to_none_and_makes_none(tmp_path: Path) -> None:
    folder = copy_small_site(tmp_path)
    environment = build_environment({"SITE_PDFS": "1"})
    assert subprocess.run(build_command(folder), cwd=ROOT, env=environment, capture_output=True, check=False).returncode == 0
    assert not (folder / "site/pdf").exists()
    assert _pdf_links(folder / "site") == set()


def test_every_word_of_a_page_that_is_not_for_screens_alone_is_on_paper(site: Path) -> None:
    for document in documents(catalogue_at(site)):
        if document.drawing:
            continue
        file = made(site)[document.name]
        reader = _Said()
        reader.feed(article_of(site, document))
        said = set(re.findall(r"[^\W_]{2,}", " ".join(reader.words)))
        assert len(said) > 10, document.name
        assert said - set(re.findall(r"[^\W_]{2,}", text(file))) == set(), document.name
        for phrase in ("About these numbers", "Tell us what is wrong", "(PDF)", "Search this site", "The numbers in a table"):
            assert phrase not in text(file), (document.name, phrase)


def article_of(site: Path, document: Document) -> str:
    """What a document is made from, of its built page."""
    page = site / "site" / address_of_page(document.page).strip("/") / "index.html"
    return page.read_text(encoding="utf-8").partition('<article class="md-typeset">')[2].partition("</article>")[0]


class _Said(HTMLParser):
    """The words of an article, without what is for screens alone."""

    SCREEN_ONLY = frozenset(["visually-hidden", "pdf-links", "furniture"])
    VOID = frozenset(["br", "hr", "img", "input", "meta", "link", "path", "circle", "rect", "line"])

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        contents = tag == "nav" and "report-contents" not in classes
        hidden = contents or tag in ("title", "desc", "button", "form", "template", "summary") or bool(classes & self.SCREEN_ONLY)
        if tag not in self.VOID:
            self._open.append(hidden)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._open) and not data.startswith("About th"):  # the way to a table's own page
            self.words.append(data)


def test_poster_and_every_card_hold_every_urgent_number(site: Path) -> None:
    urgent = [contact for contact in catalogue_at(site).all("contact") if contact.urgent]
    assert len(urgent) >= 2
    found = made(site)
    for contact in urgent:
        assert text(found["poster"]).count(f"{contact.title} {contact.value}") == 1
        assert text(found["pocket-cards"]).count(f"{contact.value} {contact.title}") == 10
        assert all(contact.value in text(found[name]) for name in found if name.startswith(("briefing-", "review-", "report-", "worried-")))


# Tags ------------------------------------------------------------------------------------------------------

HOLDS = {
    "/L": {"/LI", "/L", "/Caption"},
    "/LI": {"/Lbl", "/LBody", "/L"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
}


def elements(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the structure tree in reading order."""

    def walk(value: Any) -> Iterator[DictionaryObject]:
        element = follow(value)
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element
            for kid in kids(element):
                yield from walk(kid)

    root = follow(reader.trailer["/Root"]["/StructTreeRoot"])
    for kid in root["/K"]:
        yield from walk(kid)


def kids(element: DictionaryObject) -> list[Any]:
    """What an element holds."""
    found = follow(element.get("/K", []))
    return list(found) if isinstance(found, list) else [found]


def test_each_says_that_it_is_tagged_in_which_language_and_what_it_is_called(site: Path) -> None:
    titles = Counter()
    for name, file in made(site).items():
        reader = read(file)
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"].value is True, name
        assert root["/Lang"] == "en-GB", name
        assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True, name
        assert b'pdfuaid:part="1"' in follow(root["/Metadata"]).get_data(), name
        assert reader.metadata is not None
        assert reader.metadata.title, name
        titles[reader.metadata.title] += 1
        assert str(reader.metadata.author) == site_of(site).name
        for page in reader.pages:
            assert page["/Tabs"] == "/S", name
            assert (round(page.mediabox.width), round(page.mediabox.height)) == A4, name
    assert max(titles.values()) == 1


def test_the_structure_is_sound(site: Path) -> None:
    pictured, headed = {}, 0
    for name, file in made(site).items():
        levels, told = [0], []
        for element in elements(read(file)):
            kind = str(element["/S"])
            held = {str(follow(kid)["/S"]) for kid in kids(element) if isinstance(follow(kid), DictionaryObject) and "/S" in follow(kid)}
            assert held <= HOLDS.get(kind, held), (name, kind, held)
            if kind == "/Figure":
                told.append(str(element.get("/Alt", "")))
            if kind == "/TD":
                assert len(follow(follow(element["/A"])["/Headers"])) >= 1, name
                headed += 1
            if re.fullmatch(r"/H\d", kind):
                levels.append(int(kind[2]))
        assert levels[1] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), name
        assert len(told) == len(set(told)), name
        assert all(len(words) > 20 for words in told), name
        pictured[name] = len(told)
    drawn = {document.name: article_of(site, document).count('<svg class="drawing ') for document in documents(catalogue_at(site)) if not document.drawing}
    assert {name: count for name, count in drawn.items() if pictured[name] < count} == {}, "every drawing of a page is a picture that says what it shows"
    assert (sum(drawn.values()) and headed > 20) or site.name != "small_site"  # which has charts and tables; another's may yet have none


def faults_in_headings(reader: PdfReader) -> list[str]:
    """Headings of tables that do not say what they are headings of, and cells whose headings cannot be found by the list of their ids."""
    found, headings = [], {}
    for element in elements(reader):
        attributes = follow(element.get("/A", {}))
        if element["/S"] == "/TH":
            headings[str(element["/ID"])] = element
            if attributes.get("/Scope") not in ("/Row", "/Column"):
                found.append(f"no scope: {element['/ID']}")
    listed = follow(follow(reader.trailer["/Root"]["/StructTreeRoot"]).get("/IDTree", {})).get("/Names", [])
    if list(map(str, listed[::2])) != sorted(headings):
        found.append("the list of ids is not complete and in order")
    if [follow(reference) for reference in listed[1::2]] != [headings.get(str(name)) for name in listed[::2]]:
        found.append("an id leads elsewhere")
    cells = [element for element in elements(reader) if element["/S"] == "/TD"]
    return found + [f"no such heading: {name}" for cell in cells for name in follow(follow(cell["/A"])["/Headers"]) if str(name) not in headings]


def test_what_each_heading_of_a_table_is_for_can_be_found(site: Path) -> None:
    assert {name: faults for name, file in made(site).items() if (faults := faults_in_headings(read(file)))} == {}


def test_such_a_fault_is_seen_and_a_heading_over_rows_is_one_of_their_cells(small_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f'<tr class="group"><th scope="rowgroup" colspan="2">{name}</th></tr><tr><th scope="row">{name} 1</th><td>7</td></tr>' for name in "AB")
    table = f'<table><thead><tr><th scope="col">Kite</th><th scope="col">Puddles</th></tr></thead><tbody>{rows}</tbody></table></article>'
    for name, works in (("good", True), ("bad", False)):
        if not works:
            monkeypatch.setattr(pdf, "_name_headings", lambda *_: None)
        file = tmp_path / f"{name}.pdf"
        spoilt = _spoilt(small_site, tmp_path / name, "learning/reviews/child-q", "</article>", table)
        file.write_bytes(spoilt.make(_document(small_site, "review-child-q")).content)
        assert bool(faults_in_headings(read(file))) is not works
    said = {str(element["/ID"]): element for element in elements(read(tmp_path / "good.pdf")) if element["/S"] == "/TH"}
    places = [[str(heading) for heading in follow(follow(cell["/A"])["/Headers"])] for cell in elements(read(tmp_path / "good.pdf")) if cell["/S"] == "/TD"]
    spanning = [name for name, heading in said.items() if "/ColSpan" in follow(heading["/A"])]
    assert [names[0] for names in places[-2:]] == spanning[-2:]
    assert [follow(said[name]["/A"])["/Scope"] for name in places[-1]] == ["/Column", "/Row", "/Column"]


def test_links_lead_to_the_public_site_or_within_and_say_where(site: Path) -> None:
    public = site_of(site).address
    outside = set()
    for name, file in made(site).items():
        for page in read(file).pages:
            for annotation in page.get("/Annots", []):
                link = follow(annotation)
                assert link["/Contents"], name
                if "/A" in link:
                    outside.add(str(link["/A"]["/URI"]))
    assert {address for address in outside if not address.startswith(("tel:", "mailto:", "https://", "http://"))} == set()
    ours = {address.partition("#")[0].removeprefix(public) for address in outside if address.startswith(public)}
    assert ours
    assert {path for path in ours if not (site / "site" / path / "index.html").is_file()} == set()


def bookmarks(reader: PdfReader) -> list[tuple[int, str, int]]:
    """Depth, title and page of each."""
    found: list[tuple[int, str, int]] = []

    def walk(entries: Any, depth: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, depth + 1)
            else:
                found.append((depth, str(entry.title), int(reader.get_destination_page_number(entry) or 0)))

    walk(reader.outline, 0)
    return found


def test_a_reports_contents_name_the_pages_on_which_its_chapters_begin(site: Path) -> None:
    reports = [document.name for document in documents(catalogue_at(site)) if document.is_report]
    assert len(reports) == len(reported_years(catalogue_at(site))) + 1, "and the quarterly report, which is always there"
    for name in reports:
        reader = read(made(site)[name])
        chapters = {title: page for depth, title, page in bookmarks(reader) if depth == 1}
        contents = "\n".join(sheet.text for sheet in sheets(made(site)[name])[:3])
        printed = {re.sub(r"\s+", " ", title).strip(" ."): int(page) for title, page in re.findall(r"(?m)^(.*?)[ .]{4,}(\d+)$", contents)}
        assert len(printed) >= 4, name
        assert {title: page - 1 for title, page in printed.items()} == {title: chapters[title] for title in printed}
        for number, sheet in enumerate(sheets(made(site)[name]), 1):
            assert f"Page {number} of {len(reader.pages)}" in re.sub(r"\s+", " ", sheet.text)


# Fonts, and the same bytes on any computer -----------------------------------------------------------------


def fonts(file: Path) -> set[str]:
    """The names of the typefaces in a PDF, each of which is embedded."""
    found = set()
    for page in read(file).pages:
        for font in follow(follow(page["/Resources"])["/Font"]).values():
            inner = follow(follow(follow(font)["/DescendantFonts"])[0])
            assert "/FontFile2" in follow(inner["/FontDescriptor"]), file.name
            found.add(str(inner["/BaseFont"]).partition("+")[2].removesuffix("-Bold"))
    return found


def test_each_holds_the_sites_own_typeface_and_no_other(site: Path) -> None:
    assert {name: fonts(file) for name, file in made(site).items()} == {name: {OURS} for name in made(site)}


MAKE_ONE = """
import sys
from pathlib import Path
from macros.outputs import pdf
from tests.outputs_at_hand import catalogue_at, site_of
from macros.views.documents import documents
catalogue = catalogue_at(Path(sys.argv[1]))
printed = pdf.Printer(Path(sys.argv[2]), catalogue).make(next(d for d in documents(catalogue) if d.name == "review-child-q"))
print("".join(sorted(printed.boxes)))
Path(sys.argv[3]).write_bytes(printed.content)
"""


def test_a_sign_of_no_typeface_of_ours_is_a_box_even_where_the_computer_could_draw_it(small_site: Path, tmp_path: Path) -> None:
    built = tmp_path / "site"
    shutil.copytree(small_site / "site", built)
    edit(built / "learning/reviews/child-q/index.html", "</article>", f"<p><em>{STRANGE}</em> <code>{STRANGE}</code></p></article>")
    others = _computer_with_a_font_of(STRANGE, tmp_path / "fonts")
    for name, settings in (("with", others), ("without", NO_FONTS)):
        command = [sys.executable, "-c", MAKE_ONE, str(small_site), str(built), str(tmp_path / f"{name}.pdf")]
        environment = build_environment({"SOURCE_DATE_EPOCH": EPOCH, "FONTCONFIG_FILE": str(settings), "PYTHONIOENCODING": "utf-8"})
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == "".join(sorted(STRANGE))
    assert fonts(tmp_path / "with.pdf") == {OURS}
    assert (tmp_path / "with.pdf").read_bytes() == (tmp_path / "without.pdf").read_bytes()


def _computer_with_a_font_of(signs: str, folder: Path) -> Path:
    """The settings of Fontconfig on a computer whose one font has some signs, in every family's name that is asked for."""
    folder.mkdir()
    pen = TTGlyphPen(None)
    for move, point in ((pen.moveTo, (0, 0)), (pen.lineTo, (500, 0)), (pen.lineTo, (250, 700))):
        move(point)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "sign"])
    builder.setupCharacterMap({ord(sign): "sign" for sign in signs + " "})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "sign": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "sign": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Elsewhere", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(folder / "elsewhere.ttf")
    settings = folder / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{folder}</dir></fontconfig>", encoding="utf-8")
    return settings


def test_one_number_changed_changes_page_and_pdf_and_not_a_byte_elsewhere_on_a_computer_without_a_font(small_site: Path, tmp_path: Path) -> None:
    changed = copy_small_site(tmp_path)
    edit(changed / "data/figures.yml", "value: 2022-07-11\n", "value: 2022-07-12\n")
    done = build(changed, FONTCONFIG_FILE=str(NO_FONTS), PYTHONHASHSEED="77", TZ="Asia/Tokyo", LC_ALL="C")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "font" not in done.stderr.lower()
    old, new = made(small_site), made(changed)
    assert "12 July 2022" in (changed / "site/publications/report-2022-23/index.html").read_text(encoding="utf-8")
    assert "12 July 2022" in text(new["report-2022-23"])
    assert "12 July 2022" not in text(old["report-2022-23"])
    same = {name for name in old if old[name].read_bytes() == new[name].read_bytes()}
    assert same == set(old) - {"report-2022-23"} and len(same) >= 7


# Text that grows -------------------------------------------------------------------------------------------


def test_no_sheet_is_nearly_empty_and_no_print_too_small(site: Path) -> None:
    assert {name: faults for name, file in made(site).items() if (faults := faults_on_paper(file))} == {}


def test_what_is_to_have_one_side_has_one_in_print_that_can_be_read(site: Path) -> None:
    for document in documents(catalogue_at(site)):
        if document.one_side:
            file = made(site)[document.name]
            assert len(read(file).pages) == 1 or site.name != "small_site", document.name
            assert usual_size(file) >= (9.9 if document.name.startswith("briefing-") else 9), document.name


def test_a_longer_text_is_printed_smaller_and_then_on_a_second_side_and_stops_nothing(tmp_path: Path) -> None:
    folder = copy_small_site(tmp_path)
    contacts = folder / "data/contacts.yml"
    hours = "Monday to Friday 9am to 5pm, closed on bank holidays" + "".join(f", gale{n}" for n in range(120))
    edit(contacts, "hours: Monday to Friday 9am to 5pm", f"hours: {hours}")
    briefing = folder / "docs/learning/briefings/child-q.md"
    edit(briefing, "Hold the string.\n", "".join(f"- Hold string{n} well.\n" for n in range(150)))
    done = build(folder, "--format", "github")
    assert done.returncode == 0, done.stdout + done.stderr
    told = re.findall(r"(?m)^::(\w+) file=([^,]+),line=(\d+),.*::(\S+) no longer fits on one side of A4.* goes on to (\d+) sides", done.stdout)
    at = {str(contacts.relative_to(folder)): "hours: Monday", str(briefing.relative_to(folder)): "## 5. What to do"}
    for level, file, line, name, sides in told:
        assert level == "warning"
        assert (folder / file).read_text(encoding="utf-8").split("\n")[int(line) - 1].strip().startswith(at[file])
        assert len(read(made(folder)[name.removesuffix(".pdf")]).pages) == int(sides) >= 2
    assert sorted(name for *_, name, _ in told) == ["briefing-child-q.pdf", "pocket-cards.pdf", "poster.pdf"]
    for name, copies in (("poster", 1), ("pocket-cards", 10)):
        assert all(text(made(folder)[name]).count(f"gale{n}") >= copies for n in range(120)), name
        assert text(made(folder)[name]).count("01632 960999") == copies
    assert all(f"string{n} well" in text(made(folder)["briefing-child-q"]) for n in range(150))
    assert [fault for file in made(folder).values() for fault in faults_on_paper(file) if "beyond the edge" in fault] == []


def test_a_little_more_text_takes_smaller_print_and_no_second_side(small_site: Path, tmp_path: Path) -> None:
    printer, document = _printer(small_site), _document(small_site, "briefing-child-q")
    longer = _spoilt(small_site, tmp_path, "learning/briefings/child-q", "</article>", "<p>" + "Kites fly. " * 330 + "</p></article>")
    before, after = printer.make(document), longer.make(document)
    assert before.sides == after.sides == 1
    (tmp_path / "before.pdf").write_bytes(before.content)
    (tmp_path / "after.pdf").write_bytes(after.content)
    heading_before, heading_after = (max(words.size for words in sheets(tmp_path / f"{name}.pdf")[0].words) for name in ("before", "after"))
    assert heading_after < heading_before


@pytest.mark.parametrize(
    ("name", "path", "old", "longest"),
    [
        ("review-child-q", "learning/reviews/child-q", "</dd>", 400),
        ("review-child-q", "learning/reviews/child-q", "flew into a tree.", 400),
        ("partnership-in-figures", "performance/summary", "</td>", 1),  # WeasyPrint takes minutes for a whole page in which any letter may end a line
    ],
)
def test_no_word_is_lost_where_one_piece_is_longer_than_a_page(small_site: Path, tmp_path: Path, name: str, path: str, old: str, longest: int) -> None:
    """What WeasyPrint cannot break over pages, such as a row of a grid, is laid out so that it can."""
    words = [f"gust{n}" for n in range(1_500)]
    printed = _spoilt(small_site, tmp_path, path, old, f" {' '.join(words)} {'e' * longest}{old}").make(_document(small_site, name))
    (tmp_path / "long.pdf").write_bytes(printed.content)
    assert printed.sides > 1
    assert set(words) <= set(text(tmp_path / "long.pdf").split())
    assert [fault for fault in faults_on_paper(tmp_path / "long.pdf") if "beyond the edge" in fault] == []


# What would be wrong is told -------------------------------------------------------------------------------


def _printer(folder: Path, built: Path | None = None) -> pdf.Printer:
    return pdf.Printer(built or folder / "site", catalogue_at(folder))


def _document(folder: Path, name: str) -> Document:
    return next(document for document in documents(catalogue_at(folder)) if document.name == name)


def _spoilt(small_site: Path, tmp_path: Path, path: str, old: str, new: str) -> pdf.Printer:
    folder = tmp_path / "site"
    shutil.copytree(small_site / "site", folder)
    page = folder / path / "index.html"
    spoilt = page.read_text(encoding="utf-8")
    before, found, after = spoilt.partition('<article class="md-typeset">')
    assert old in after
    page.write_text(before + found + after.replace(old, new, 1), encoding="utf-8")
    return _printer(small_site, folder)


@pytest.mark.parametrize(
    "picture", ["https://www.example.com/kite.png", "file:///etc/hostname", "https://www.example.org/../../../etc/hostname", "nothing-there.png"]
)
def test_a_picture_from_anywhere_else_is_not_fetched(small_site: Path, tmp_path: Path, picture: str) -> None:
    printer = _spoilt(small_site, tmp_path, "learning/reviews/child-q", "</article>", f'<img src="{picture}" alt="A kite over a made-up hill"></article>')
    with pytest.raises(pdf.CannotMake, match=r"review-child-q\.pdf would need something from elsewhere: .* is not part of the site"):
        printer.make(_document(small_site, "review-child-q"))


def test_all_that_cannot_be_made_is_told_at_once_by_the_files_it_is_made_from(small_site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    for path, picture in (
        ("learning/reviews/child-q", '<img src="/hill.png" alt="">'),
        ("learning/briefings/child-q", '<img src="//example.com/x.png" alt="A hill">'),
    ):
        if not folder.exists():
            shutil.copytree(small_site / "site", folder)
        edit(folder / path / "index.html", "</article>", f"{picture}</article>")
    files, problems = pdf.make_pdfs(folder, catalogue_at(small_site))
    assert {(problem.severity, problem.file) for problem in problems} == {
        ("error", "docs/learning/reviews/child-q.md"),
        ("error", "docs/learning/briefings/child-q.md"),
    }
    assert all(problem.says.endswith(".") or "alt" in problem.says for problem in problems)
    assert set(files) == {f"pdf/{name}.pdf" for name in made(small_site)} - {"pdf/review-child-q.pdf", "pdf/briefing-child-q.pdf"}


def test_a_picture_of_the_site_is_shown_with_its_words(small_site: Path, tmp_path: Path) -> None:
    printer = _spoilt(small_site, tmp_path, "learning/reviews/child-q", "</article>", '<img src="/hill.png" alt="A made-up hill with a kite"></article>')
    (tmp_path / "hill.pdf").write_bytes(printer.make(_document(small_site, "review-child-q")).content)
    assert [str(element["/Alt"]) for element in elements(read(tmp_path / "hill.pdf")) if element["/S"] == "/Figure"] == ["A made-up hill with a kite"]


# What need not be made again -------------------------------------------------------------------------------


def test_only_what_has_changed_is_made_again_and_advice_is_told_each_time(small_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built, kept, again = tmp_path / "site", tmp_path / "kept", list[str]()
    shutil.copytree(small_site / "site", built)
    catalogue, chosen = catalogue_at(small_site), tuple(_document(small_site, name) for name in ("review-child-q", "pocket-cards"))
    make = pdf.Printer.make
    monkeypatch.setattr(pdf, "documents", lambda _: chosen)
    monkeypatch.setattr(pdf.Printer, "make", lambda printer, document: again.append(document.name) or make(printer, document))

    def release() -> tuple[dict[str, bytes], list[Problem], list[str]]:
        again.clear()
        files, problems = pdf.make_pdfs(built, catalogue, kept)
        return files, problems, sorted(again)

    first, _, made_now = release()
    assert made_now == ["pocket-cards", "review-child-q"]
    assert first == {document.path: made(small_site)[document.name].read_bytes() for document in chosen}
    assert release() == (first, [], [])
    edit(built / "learning/reviews/child-q/index.html", "flew into a tree.", "flew into a pond.")
    second, _, made_now = release()
    assert made_now == ["review-child-q"]
    assert second["pdf/review-child-q.pdf"] == pdf.make_pdfs(built, catalogue)[0]["pdf/review-child-q.pdf"] != first["pdf/review-child-q.pdf"]
    assert len(list(kept.iterdir())) == 2, "what the last release does not hold is taken away"
    edit(built / "learning/reviews/child-q/index.html", "flew into a pond.", STRANGE)
    for _ in range(2):
        _, [advice], made_now = release()
        assert (advice.severity, made_now) == ("warning", ["review-child-q"])
    before = pdf.Printer(built, catalogue).made_from(chosen[1])
    font = "assets/fonts/atkinson-hyperlegible-next-latin-{}.woff2"
    for file, other in (("hill.png", b"another"), (pdf.FONTS[0], b""), (font.format(400), (built / font.format(700)).read_bytes())):
        was = (built / file).read_bytes()
        (built / file).write_bytes(other)
        assert pdf.Printer(built, catalogue).made_from(chosen[1]) != before, file
        (built / file).write_bytes(was)
    assert pdf.Printer(built, catalogue).made_from(chosen[1]) == before


def test_a_pdf_says_when_its_content_last_changed_and_not_when_it_was_made(small_site: Path, tmp_path: Path) -> None:
    catalogue, review, cards = catalogue_at(small_site), _document(small_site, "review-child-q"), _document(small_site, "pocket-cards")
    urgent = next(contact.id for contact in catalogue.all("contact") if contact.urgent)
    told = ((date(2026, 3, 4), "contact", urgent), (date(2026, 5, 6), "page", review.page), (date(2026, 7, 8), "page", "index.md"))
    later = replace(catalogue, today=date(2027, 1, 1), publications=[(day, (Difference("changed", kind, name, ("text",)),)) for day, kind, name in told])
    for of, document, day in ((later, review, "20260506"), (later, cards, "20260304"), (catalogue, cards, "20261120")):
        (tmp_path / "one.pdf").write_bytes(pdf.Printer(small_site / "site", of).make(document).content)
        assert f"D:{day}" in str(PdfReader(tmp_path / "one.pdf").metadata)
    assert "Made on 20 November 2026." in text(made(small_site)["pocket-cards"])


def test_pdfs_of_before_are_believed_where_nobody_else_can_have_put_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert building._last_pdfs(tmp_path) == tmp_path / ".cache/pdfs"
    monkeypatch.setenv("CI", "true")
    assert building._last_pdfs(tmp_path) is None


def test_a_sign_of_no_typeface_that_the_rule_cannot_see_is_told_by_its_page(small_site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(small_site / "site", folder)
    edit(folder / "learning/briefings/child-q/index.html", "</article>", f"{STRANGE[-1]}</article>")
    _, problems = pdf.make_pdfs(folder, catalogue_at(small_site))
    assert [(problem.severity, problem.file) for problem in problems] == [("warning", "docs/learning/briefings/child-q.md")]
    assert problems[0].says == "briefing-child-q.pdf shows a box instead of ✈, which the site's typeface does not have."


def test_an_error_stops_the_build_and_the_site_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _with_old_site(tmp_path, monkeypatch)
    monkeypatch.setattr(pdf, "make_pdfs", lambda *_: ({}, [Problem("docs/index.md", None, "It cannot be made.", "Make it so that it can.")]))
    assert building.build(folder, with_pdfs=True) == 1
    assert "It cannot be made." in capsys.readouterr().out
    assert [file.name for file in (folder / "site").iterdir()] == ["old.html"]


def _with_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = copy_small_site(tmp_path)
    (folder / "site").mkdir()
    (folder / "site/old.html").write_text("as it was", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return folder


# Computers that cannot make them ---------------------------------------------------------------------------

# Python that finds no library of the system whose name holds a word.
WITHOUT = """
import sys, cffi
found = cffi.FFI.dlopen
def dlopen(self, name, *rest):
    if sys.argv[1] in (name or ""):
        raise OSError(f"cannot load library {name}")
    return found(self, name, *rest)
cffi.FFI.dlopen = dlopen
from macros.__main__ import main
sys.exit(main(["build", sys.argv[2], "--with-pdfs"]))
"""


def build_without(library: str, site: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Builds where a library is missing."""
    settings = {**build_environment(environment), "CI": environment.get("CI", "")}
    return subprocess.run([sys.executable, "-c", WITHOUT, library, str(site)], cwd=ROOT, env=settings, capture_output=True, text=True, check=False)


def test_without_pango_one_line_says_so_first_and_the_site_is_built(tmp_path: Path) -> None:
    folder = copy_small_site(tmp_path)
    done = build_without("pango-1.0", folder)
    assert done.returncode == 0, done.stderr
    [said] = [line for line in done.stdout.splitlines() if line and "checked" not in line]
    assert said == (
        "No PDFs: the library Pango is missing (Debian and Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0). "
        "The site is built without them."
    )
    assert _pdf_links(folder / "site") == set()


@pytest.mark.parametrize(("library", "name"), [("pango-1.0", "Pango"), ("harfbuzz-subset", "HarfBuzz-Subset")])
def test_where_it_is_published_from_nothing_is_built_and_the_site_stays(library: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _with_old_site(tmp_path, monkeypatch)
    done = build_without(library, folder, CI="true")
    assert done.returncode == 1
    assert re.fullmatch(rf"No PDFs: the library {name} is missing \(.*libharfbuzz-subset0\)\.\n", done.stderr)
    assert not (folder / ".site-new").exists()
    assert [file.name for file in (folder / "site").iterdir()] == ["old.html"]


def test_no_weasyprint_is_told_from_no_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pdf.what_is_missing() == ""
    monkeypatch.setitem(sys.modules, "weasyprint.text.ffi", None)
    assert pdf.what_is_missing().startswith("No PDFs: WeasyPrint is not installed")


def test_every_side_that_is_planned_has_a_page_to_stand_on(small_site: Path) -> None:
    catalogue = catalogue_at(small_site)
    house = House(catalogue, pdfs=True)
    for document in documents(catalogue):
        assert document.page in catalogue.pages or document.page in house.generated, document.name
        assert document.address in str(house.pdf_links(document.page))


def test_making_them_leaves_the_settings_of_fontconfig_as_they_were(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    _printer(small_site)
    assert os.environ["FONTCONFIG_FILE"] == "/etc/fonts/fonts.conf"
    monkeypatch.delenv("FONTCONFIG_FILE")
    _printer(small_site)
    assert "FONTCONFIG_FILE" not in os.environ
