"""The PDFs of a release: how many sides, tags, bookmarks, what they say, the same bytes again, and no dead link.

veraPDF, which checks PDF/UA in full, is not used here: what it checks of the structure tree, the metadata, fonts, links and
pictures is read back with pypdf instead. That is not a proof of conformance.
"""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from macros import building, periods
from macros.catalogue import address_of_page
from macros.documents import documents
from macros.outputs import pdf
from macros.website.house import House
from tests.outputs_at_hand import catalogue_at
from tests.whole_sites import ROOT, SMALL, build_command, build_environment, copy_small_site

EPOCH = "1795132800"  # 20 November 2026
A4 = (595, 842)
HOME = "https://www.example.org/"  # the small site's own address, which its made-up sources share


def build(site: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Builds a copy as the command line does, on a fixed day."""
    settings = build_environment({"SOURCE_DATE_EPOCH": EPOCH, **environment})
    return subprocess.run([*build_command(site), *options], cwd=ROOT, env=settings, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site as it is released."""
    folder = copy_small_site(tmp_path_factory.mktemp("small"))
    done = build(folder, "--with-pdfs")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def made(small_site: Path) -> dict[str, Path]:
    """Each PDF of the small site by its name."""
    return {file.stem: file for file in sorted((small_site / "site/pdf").iterdir())}


@cache
def read(file: Path) -> PdfReader:
    """A PDF, read once."""
    return PdfReader(file)


@cache
def text(file: Path) -> str:
    """Its words on one line."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read(file).pages))


def follow(value: Any) -> Any:
    """What a reference stands for."""
    return value.get_object() if isinstance(value, IndirectObject) else value


# Which there are, and how many sides -----------------------------------------------------------------------


def test_every_document_of_the_list_is_made_and_no_other(made: dict[str, Path]) -> None:
    catalogue = catalogue_at(SMALL)
    planned = {document.name for document in documents(catalogue)}
    assert set(made) == planned
    assert {f"briefing-{b.id}" for b in catalogue.all("briefing")} | {f"review-{r.id}" for r in catalogue.all("review")} <= planned
    assert {"report-2022-23", "quarterly-report", "partnership-in-figures", "worried-about-a-child", "poster", "pocket-cards"} <= planned


def test_what_is_held_to_one_side_has_one_side_of_a4(made: dict[str, Path]) -> None:
    one_side = [document.name for document in documents(catalogue_at(SMALL)) if document.one_side]
    assert len(one_side) >= 4
    for name in one_side:
        pages = read(made[name]).pages
        assert len(pages) == 1, name
        assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == A4


def test_print_is_never_too_small_to_read(made: dict[str, Path]) -> None:
    sizes: Counter[float] = Counter()

    def note(words: str, _ctm: object, matrix: list[float], _font: object, size: float) -> None:
        sizes[round(abs(size * matrix[3]), 1)] += len(words.strip())

    for name, file in made.items():
        if name.startswith("briefing-"):
            sizes.clear()
            read(file).pages[0].extract_text(visitor_text=note)
            usual = max(sizes, key=lambda size: sizes[size])
            assert usual >= pdf.SMALLEST, (name, sizes)


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


def test_each_says_that_it_is_tagged_in_which_language_and_what_it_is_called(made: dict[str, Path]) -> None:
    titles = Counter()
    for name, file in made.items():
        reader = read(file)
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"].value is True, name
        assert root["/Lang"] == "en-GB", name
        assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True, name
        assert b'pdfuaid:part="1"' in follow(root["/Metadata"]).get_data(), name
        assert reader.metadata is not None
        assert reader.metadata.title, name
        titles[reader.metadata.title] += 1
        assert str(reader.metadata.author) == "Exampleshire Children's Partnership"
        assert all(page["/Tabs"] == "/S" for page in reader.pages), name
    assert titles["Yearly report 2022/23"] == 1
    assert max(titles.values()) == 1


def test_the_structure_is_sound(made: dict[str, Path]) -> None:
    for name, file in made.items():
        levels = [0]
        for element in elements(read(file)):
            kind = str(element["/S"])
            held = {str(follow(kid)["/S"]) for kid in kids(element) if isinstance(follow(kid), DictionaryObject) and "/S" in follow(kid)}
            assert held <= HOLDS.get(kind, held), (name, kind, held)
            if kind == "/Figure":
                assert len(str(element.get("/Alt", ""))) > 20, name
            if re.fullmatch(r"/H\d", kind):
                levels.append(int(kind[2]))
        assert levels[1] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), name


def test_a_charts_words_are_its_own_description(made: dict[str, Path]) -> None:
    told = [str(element["/Alt"]) for element in elements(read(made["report-2022-23"])) if element["/S"] == "/Figure"]
    assert any("Puddles" in alt and "highest 2,829 (2021/22)" in alt for alt in told), told
    assert len(told) == len(set(told)) > 1


def test_every_cell_of_a_table_names_its_headings(made: dict[str, Path]) -> None:
    cells = [element for element in elements(read(made["partnership-in-figures"])) if element["/S"] == "/TD"]
    assert len(cells) >= 6
    assert all(len(follow(follow(cell["/A"])["/Headers"])) == 2 for cell in cells)


def test_fonts_travel_with_the_document(made: dict[str, Path]) -> None:
    for name, file in made.items():
        for page in read(file).pages:
            for font in follow(follow(page["/Resources"])["/Font"]).values():
                inner = follow(follow(follow(font)["/DescendantFonts"])[0])
                assert "/FontFile2" in follow(inner["/FontDescriptor"]), name


def test_links_lead_to_the_public_site_or_within_and_say_where(made: dict[str, Path]) -> None:
    outside = set()
    for name, file in made.items():
        for page in read(file).pages:
            for annotation in page.get("/Annots", []):
                link = follow(annotation)
                assert link["/Contents"], name
                if "/A" in link:
                    outside.add(str(link["/A"]["/URI"]))
    assert outside
    strange = {address for address in outside if not address.startswith((HOME, "tel:", "mailto:", "https://", "http://"))}
    assert strange == set()
    site = {address.partition("#")[0] for address in outside if address.startswith(HOME)} - {source.link for source in catalogue_at(SMALL).all("source")}
    built = next(iter(made.values())).parents[1]
    assert {a for a in site if not (built / a.removeprefix(HOME) / "index.html").is_file()} == set()


# Contents and bookmarks ------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("name", ["report-2022-23", "quarterly-report"])
def test_a_reports_contents_name_the_pages_on_which_its_chapters_stand(made: dict[str, Path], name: str) -> None:
    reader = read(made[name])
    marks = bookmarks(reader)
    assert marks[0][0] == 0
    assert marks[0][1] == (reader.metadata.title if reader.metadata else None)
    chapters = {title: page for depth, title, page in marks if depth == 1}
    contents = reader.pages[next(i for i, page in enumerate(reader.pages) if "In this report" in page.extract_text())].extract_text()
    printed = {re.sub(r"\s+", " ", title).strip(" ."): int(page) for title, page in re.findall(r"(?m)^(.*?)[ .]{4,}(\d+)$", contents)}
    assert len(printed) >= 6
    assert {title: page - 1 for title, page in printed.items()} == {title: chapters[title] for title in printed}
    assert set(chapters) - set(printed) <= {"In this report", "The year in short", "The quarter in short", "If you are worried about a child"}
    for number, page in enumerate(reader.pages, 1):
        assert f"Page {number} of {len(reader.pages)}" in re.sub(r"\s+", " ", page.extract_text())


def test_a_briefing_has_its_seven_sections_as_bookmarks(made: dict[str, Path]) -> None:
    for name, file in made.items():
        if name.startswith("briefing-"):
            assert [title[0] for depth, title, _ in bookmarks(read(file)) if depth == 1 and title[0].isdigit()] == list("1234567"), name


# What they say ---------------------------------------------------------------------------------------------


def test_poster_and_every_card_hold_every_urgent_number(made: dict[str, Path]) -> None:
    urgent = [contact for contact in catalogue_at(SMALL).all("contact") if contact.urgent]
    assert len(urgent) >= 2
    for contact in urgent:
        assert text(made["poster"]).count(f"{contact.title} {contact.value}") == 1
        assert text(made["pocket-cards"]).count(f"{contact.value} {contact.title}") == 10
        assert contact.value in text(made["worried-about-a-child"])
        assert all(contact.value in text(made[name]) for name in made if name.startswith(("briefing-", "review-", "report-")))
    assert "Kite rescue 01632 960999 At any time" in text(made["worried-about-a-child"])


def test_every_word_of_a_page_that_is_not_for_screens_alone_is_on_paper(made: dict[str, Path]) -> None:
    for document in documents(catalogue_at(SMALL)):
        if document.drawing:
            continue
        file = made[document.name]
        page = file.parents[1] / address_of_page(document.page).strip("/") / "index.html"
        reader = _Said()
        reader.feed(page.read_text(encoding="utf-8").partition('<article class="md-typeset">')[2].partition("</article>")[0])
        said = set(re.findall(r"[^\W_]{3,}", " ".join(reader.words)))
        assert len(said) > 10, document.name
        assert said - set(re.findall(r"[^\W_]{3,}", text(file))) == set(), document.name


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


def test_a_report_holds_the_numbers_of_the_tables(made: dict[str, Path]) -> None:
    table = catalogue_at(SMALL).tables["puddles-by-year"]
    for row in table.rows:
        for cell in row.cells.values():
            assert cell.shown in text(made["report-2022-23"])
    for contents in ("Decisions: not published", "Whether it was done is not published"):
        assert contents in text(made["quarterly-report"])


def test_what_only_a_screen_needs_is_left_out(made: dict[str, Path]) -> None:
    for name, file in made.items():
        for phrase in ("About these numbers", "Tell us what is wrong", "(PDF)", "Search this site", "The numbers in a table"):
            assert phrase not in text(file), (name, phrase)


# The same again, and only what changed ---------------------------------------------------------------------


def test_the_same_content_gives_the_same_bytes_elsewhere_and_otherwise_seeded(small_site: Path, tmp_path: Path) -> None:
    again = copy_small_site(tmp_path)
    done = build(again, "--with-pdfs", PYTHONHASHSEED="77", TZ="Asia/Tokyo", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    first, second = ({file.name: file.read_bytes() for file in (folder / "site/pdf").iterdir()} for folder in (small_site, again))
    assert first == second
    assert len(first) >= 8


def test_one_number_changed_changes_page_and_pdf_and_nothing_else(small_site: Path, tmp_path: Path) -> None:
    changed = copy_small_site(tmp_path)
    figures = changed / "data/figures.yml"
    before = figures.read_text(encoding="utf-8")
    assert before.count("value: 2022-07-11\n") == 1
    figures.write_text(before.replace("value: 2022-07-11\n", "value: 2022-07-12\n"), encoding="utf-8")
    done = build(changed, "--with-pdfs")
    assert done.returncode == 0, done.stdout + done.stderr
    old, new = ({file.stem: file for file in (folder / "site/pdf").iterdir()} for folder in (small_site, changed))
    assert "12 July 2022" in (changed / "site/publications/report-2022-23/index.html").read_text(encoding="utf-8")
    assert "12 July 2022" in text(new["report-2022-23"])
    assert "12 July 2022" not in text(old["report-2022-23"])
    same = {name for name in old if old[name].read_bytes() == new[name].read_bytes()}
    assert same == set(old) - {"report-2022-23"}


# Links to them, and machines that cannot make them ---------------------------------------------------------


def _pdf_links(site: Path) -> set[Path]:
    found = set()
    for page in site.rglob("*.html"):
        for target in re.findall(r'href="([^"]+\.pdf)"', page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                found.add((page.parent / target).resolve())
    return found


def test_each_pdf_is_linked_from_its_page_and_no_link_is_dead(small_site: Path, made: dict[str, Path]) -> None:
    assert _pdf_links(small_site / "site") == {file.resolve() for file in made.values()}
    page = (small_site / "site/learning/briefings/child-q/index.html").read_text(encoding="utf-8")
    assert '<a href="../../../pdf/briefing-child-q.pdf" type="application/pdf">This briefing on one side of A4 (PDF)</a>' in page


def test_an_ordinary_build_links_to_none_and_makes_none(tmp_path: Path) -> None:
    folder = copy_small_site(tmp_path)
    assert build(folder).returncode == 0
    assert not (folder / "site/pdf").exists()
    assert _pdf_links(folder / "site") == set()
    assert str(House(catalogue_at(SMALL)).pdf_links("learning/briefings/child-q.md")) == ""


def test_without_pango_one_line_says_so_and_the_site_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy_small_site(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(pdf, "what_is_missing", lambda: "No PDFs: the library Pango is missing (…).")
    assert building.build(folder, with_pdfs=True) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "PDF" in line]
    assert said == ["No PDFs: the library Pango is missing (…). The site is built without them."]
    assert (folder / "site/index.html").is_file()
    assert _pdf_links(folder / "site") == set()


def test_where_it_is_published_from_that_is_an_error_and_the_site_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_small_site(tmp_path)
    (folder / "site").mkdir()
    (folder / "site/old.html").write_text("as it was", encoding="utf-8")
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(pdf, "what_is_missing", lambda: "No PDFs: the library Pango is missing (…).")
    assert building.build(folder, with_pdfs=True) == 1
    assert "the library Pango is missing" in capsys.readouterr().err
    assert [file.name for file in (folder / "site").iterdir()] == ["old.html"]


def test_each_missing_piece_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pdf.what_is_missing() == ""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert pdf.what_is_missing().startswith("No PDFs: WeasyPrint is not installed")


def test_no_pango_is_told_from_no_weasyprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    assert "libpango-1.0-0 libpangoft2-1.0-0" in pdf.what_is_missing()


# What would be wrong is refused ----------------------------------------------------------------------------


def _spoilt(small_site: Path, tmp_path: Path, path: str, old: str, new: str) -> pdf.BuiltSite:
    folder = tmp_path / "site"
    shutil.copytree(small_site / "site", folder)
    page = folder / path / "index.html"
    spoilt = page.read_text(encoding="utf-8")
    assert old in spoilt
    page.write_text(spoilt.replace(old, new, 1), encoding="utf-8")
    return pdf.built_site(folder)


def _document(folder: Path, name: str) -> tuple[Any, Any]:
    catalogue = catalogue_at(folder)
    return next(document for document in documents(catalogue) if document.name == name), catalogue


def test_a_briefing_that_is_too_long_for_one_side_is_told_by_its_file(small_site: Path, tmp_path: Path) -> None:
    site = _spoilt(small_site, tmp_path, "learning/briefings/child-q", "</article>", "<p>" + "Kites fly. " * 2000 + "</p></article>")
    document, catalogue = _document(small_site, "briefing-child-q")
    with pytest.raises(pdf.CannotMake, match=r"learning/briefings/child-q\.md does not fit on one side of A4.*Shorten it"):
        pdf.make_pdf(document, site, catalogue)


def test_too_many_numbers_do_not_fall_off_the_card(small_site: Path) -> None:
    document, catalogue = _document(small_site, "pocket-cards")
    contact = catalogue.all("contact")[0]
    more = {f"more-{n}": contact.model_copy(update={"id": f"more-{n}", "urgent": True, "hours": "On windy days"}) for n in range(16)}
    crowded = replace(catalogue, records=MappingProxyType({**catalogue.records, "contact": MappingProxyType(more)}))
    with pytest.raises(pdf.CannotMake, match=r"pocket_cards\.html does not fit on one side of A4"):
        pdf.make_pdf(document, pdf.built_site(small_site / "site"), crowded)


@pytest.mark.parametrize(
    "picture", ["https://www.example.com/kite.png", "file:///etc/hostname", "https://www.example.org/../../../etc/hostname", "nothing-there.png"]
)
def test_a_picture_from_anywhere_else_is_not_fetched(small_site: Path, tmp_path: Path, picture: str) -> None:
    site = _spoilt(small_site, tmp_path, "learning/reviews/child-q", "</article>", f'<img src="{picture}" alt="A kite over a made-up hill"></article>')
    document, catalogue = _document(small_site, "review-child-q")
    with pytest.raises(pdf.CannotMake, match=r"review-child-q\.pdf would need something from elsewhere: .* is not part of the site"):
        pdf.make_pdf(document, site, catalogue)


def test_a_picture_of_the_site_is_shown_and_needs_its_words(small_site: Path, tmp_path: Path) -> None:
    site = _spoilt(small_site, tmp_path, "learning/reviews/child-q", "</article>", '<img src="/hill.png" alt="A made-up hill with a kite"></article>')
    document, catalogue = _document(small_site, "review-child-q")
    reader = PdfReader(BytesIO(pdf.make_pdf(document, site, catalogue)))
    assert [str(element["/Alt"]) for element in elements(reader) if element["/S"] == "/Figure"] == ["A made-up hill with a kite"]
    site = _spoilt(small_site, tmp_path / "again", "learning/reviews/child-q", "</article>", '<img src="/hill.png" alt=""></article>')
    with pytest.raises(pdf.CannotMake, match="alt"):
        pdf.make_pdf(document, site, catalogue)


def test_every_side_that_is_planned_has_a_page_to_stand_on() -> None:
    catalogue = catalogue_at(SMALL)
    house = House(catalogue, pdfs=True)
    for document in documents(catalogue):
        assert document.page in catalogue.pages or document.page in house.generated, document.name
        assert document.address in str(house.pdf_links(document.page))
    assert periods.SUMMARY in house.generated
