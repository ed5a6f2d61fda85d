"""Documents to download: what a PDF lacks is told, and each has a page beside it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from weasyprint import HTML

from macros import __main__ as door
from macros.content.reading import load_catalogue
from macros.rules import check_all
from macros.sources.pdf_files import LARGEST
from tests.made_up import page, told
from tests.mistakes_corpus import TODAY
from tests.whole_sites import build, copy_small_site

FILE = "docs/publications/files/kites.pdf"


def written(language: str = "en-GB", script: str = "", password: str = "", attached: bytes = b"", **about: str) -> bytes:
    """A PDF of one blank page."""
    writer, written = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({f"/{name}": text for name, text in about.items()})
    if language:
        writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    if script:
        runs = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)})
        writer.root_object[NameObject("/OpenAction")] = runs
    if attached:
        writer.add_attachment("kite.txt", attached)
    if password:
        writer.encrypt(password)
    writer.write(written)
    return written.getvalue()


def said_of(site: Path, data: bytes | None, **pages: str) -> list[str]:
    (site / FILE).parent.mkdir(parents=True, exist_ok=True)
    if data is not None:
        (site / FILE).write_bytes(data)
    for name, text in pages.items():
        (site / f"docs/publications/{name}.md").write_text(text, encoding="utf-8")
    catalogue, problems = load_catalogue(site, TODAY)
    found = told([*problems, *check_all(catalogue)])
    return [line for line in found if line.startswith(FILE) or "leads to nothing" in line or "does not link" in line]


def test_what_a_document_lacks_is_told(small_site: Path) -> None:
    beside = page("Kites in words", "All about kites: [the same as a PDF](/publications/files/kites.pdf).").replace(
        "sources:\n- almanac", "sources: [yearbook-2023]"
    )
    assert said_of(small_site, written(Title="Kites"), kites=beside) == []
    packed = HTML(string="<html lang=en><title>Kites</title><body><h1>Kites</h1>").write_pdf()
    assert said_of(small_site, packed) == [], "WeasyPrint packs what a document says of itself"
    for data, says in (
        (written(), "has no title"),
        (written(Title=" "), "has no title"),
        (written("", Title="Kites"), "does not say its language"),
        (written(Title="Kites", Author="Kim Kite"), "names its author"),
        (written(Title="Kites", script="app.alert(1)"), "holds a script"),
        (written(Title="Kites", attached=b"kite"), "another file"),
        (written(Title="Kites", password="kite"), "is locked"),
        (b"PK\x03\x04", "something else"),
        (b"%PDF-1.7 /Title (Kites) /Producer (x) endobj /Lang (en)" + b"x" * LARGEST, "the largest allowed is"),
    ):
        found = said_of(small_site, data)
        assert len(found) == 1 and says in found[0], (says, found)


def test_a_document_has_a_page_beside_it_and_leads_somewhere(small_site: Path) -> None:
    data = written(Title="Kites")
    assert said_of(small_site, data) == [f"{FILE}: No page beside the document says the same in words: docs/publications/kites.md is missing."]
    alone = page("Kites in words", "All about kites.").replace("sources:\n- almanac", "sources: [yearbook-2023]")
    assert any("does not link to it" in line for line in said_of(small_site, data, kites=alone))
    wrong = alone.replace("All about kites.", "[The PDF](/publications/files/kite.pdf) and [the PDF](files/kites.pdf)")
    assert any(
        'The link "/publications/files/kite.pdf" leads to nothing. Did you mean "/publications/files/kites.pdf"?' in line
        for line in said_of(small_site, data, kites=wrong)
    )
    (small_site / "docs/topics/kites.pdf").write_bytes(data)
    assert "docs/topics/kites.pdf: A PDF does not belong in docs/ but in docs/publications/files/." in told(load_catalogue(small_site, TODAY)[1])


def test_a_document_is_published_with_its_hash_and_goes_with_its_page(tmp_path: Path) -> None:
    site = copy_small_site(tmp_path)
    beside = page("Kites in words", "All about kites: [the same as a PDF](/publications/files/kites.pdf).").replace(
        "sources:\n- almanac", "sources: [yearbook-2023]"
    )
    said_of(site, written(Title="Kites"), kites=beside)
    done = build(site, SOURCE_DATE_EPOCH="1795132800")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (site / "site/publications/files/kites.pdf").read_bytes() == (site / FILE).read_bytes()
    assert "publications/files/kites.pdf" in (site / "site/files.sha256").read_text("utf-8")
    assert 'href="../files/kites.pdf"' in (site / "site/publications/kites/index.html").read_text("utf-8")
    assert door.main(["withdraw", "/publications/kites/", str(site), "--write"]) == 0
    assert not (site / FILE).exists() and not (site / "docs/publications/kites.md").exists()


def test_a_full_address_of_this_site_leads_somewhere(small_site: Path) -> None:
    text = "[A](https://www.example.org/topics/puddles/) [B](https://example.org/topics/puddle/) [C](https://www.example.org/) [D](https://www.example.org/data/kites.csv)"
    (small_site / "docs/topics/kites.md").write_text((small_site / "docs/topics/kites.md").read_text("utf-8") + f"\n{text}\n", encoding="utf-8")
    catalogue, _ = load_catalogue(small_site, TODAY)
    found = [problem.says for problem in check_all(catalogue) if problem.file == "docs/topics/kites.md"]
    assert found == ['"https://example.org/topics/puddle/" is an address of this site, and nothing is there. Did you mean "/topics/puddles.md"?']
