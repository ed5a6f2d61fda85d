"""The PDFs, made from the pages that a build has just made: tagged, without the network, the same bytes each time.

Owns: laying the documents out with WeasyPrint (``overrides/print/`` holds their templates and stylesheet), which of the last release need not be made
again, and saying in one line why none can be made here: it needs Pango from the system, which is why PDFs are made for publishing only.
What is printed is the article of the finished page, so that paper and screen say the same. Never: reads content files, runs in an ordinary build, uses
a font of the computer, or stops a build because a text has grown.
"""

import contextlib
import hashlib
import logging
import mimetypes
import os
import re
import sys
import warnings
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from macros.content.catalogue import Catalogue, address_of_page
from macros.models.base import in_words
from macros.outputs.paper import for_paper
from macros.problems import Problem
from macros.settings import Site, read_settings
from macros.sources.kept import version
from macros.views import records
from macros.views.changes import dates_of_record, page_days
from macros.views.documents import Document, documents, outgrown
from macros.writing import write_whole

TEMPLATES = Path(__file__).parents[2] / "overrides" / "print"
SIZE, STEP = 10.5, 0.5  # points: the usual print, and by how much it shrinks to fit one side
FONTS = ("assets/styles/fonts-print.css", "assets/styles/fonts.css")  # the stylesheets of the site that PDFs have too
_NEVER_FETCHED = (".html", ".css", ".js", ".json", ".csv", ".xml", ".ics", ".txt", ".gz", ".sha256")
_ARTICLE = re.compile(r'<article class="md-typeset">(.*)</article>', re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_INSTALL = "Debian and Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_NO_GLYPH = re.compile(r'\.notdef glyph rendered .*"(.+)" \(U\+', re.DOTALL)


class CannotMake(Exception):
    """Its two arguments say why a document cannot be made, and what to do about it, for whoever changed what it is made from."""


def what_is_missing() -> str:
    """Why no PDF can be made on this machine, in one line; nothing where they can."""
    try:
        # It speaks for itself of what it lacks, and of a machine without fonts, which will do: ours are brought along.
        with warnings.catch_warnings(action="ignore"), contextlib.redirect_stdout(None):
            from weasyprint.text.ffi import harfbuzz_subset  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return "No PDFs: WeasyPrint is not installed (`make release` sets it up)."
    except OSError:
        return f"No PDFs: the library Pango is missing ({_INSTALL})."
    return "" if harfbuzz_subset else f"No PDFs: the library HarfBuzz-Subset is missing ({_INSTALL})."


def make_pdfs(folder: Path, catalogue: Catalogue, kept: Path | None = None) -> tuple[dict[str, bytes], list[Problem]]:
    """Every PDF of the site that was built in ``folder``, by its path below the site's root, and what there is to say of them.

    A document that cannot be made is an error. One that has outgrown its side, or holds a character that none of our fonts has, is made, with advice.
    ``kept`` is a folder with the PDFs of the last release, each named for all that it was made from: one that would be made from the same is taken from
    there, byte for byte. Afterwards it holds those of this release, but for those with advice, which is to be told each time.
    """
    made: dict[str, bytes] = {}
    problems: list[Problem] = []
    printer = Printer(folder, catalogue)
    wanted: set[Path] = set()
    for document in documents(catalogue):
        before, told = kept and kept / f"{document.name}-{printer.made_from(document)}.pdf", len(problems)
        if before:
            wanted.add(before)
            if before.is_file():
                made[document.path] = before.read_bytes()
                continue
        page = None if document.drawing else catalogue.pages.get(document.page)
        file = page.source.file if page else f"overrides/print/{document.drawing or 'document'}.html"
        try:
            printed = printer.make(document)
        except CannotMake as reason:
            problems.append(Problem(file, None, *reason.args))
            continue
        made[document.path] = printed.content
        if document.one_side and printed.sides > 1:
            problems.append(outgrown(catalogue, document, printed.sides))
        if unknown := [sign for sign in sorted(printed.boxes) if not any(sign in text for text in catalogue.texts.values())]:
            says = f"{document.name}.pdf shows a box instead of {' '.join(unknown)}, which the site's typeface does not have."
            problems.append(Problem(file, None, says, "Write it in words.", severity="warning"))
        if before and len(problems) == told:
            write_whole(before, printed.content)
    for old in set(kept.glob("*.pdf")) - wanted if kept else ():
        old.unlink()
    return made, problems


@dataclass(frozen=True)
class Printed:
    """One finished document: its bytes, its number of pages, and the characters in it that no font of ours has."""

    content: bytes
    sides: int
    boxes: frozenset[str]


class Printer:
    """One run: what all its documents share, which are the fonts, the stylesheets and the templates."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        from weasyprint import CSS, HTML  # type: ignore[import-not-found,import-untyped,unused-ignore]

        self.folder, self.catalogue = folder, catalogue
        site = read_settings(catalogue.root)
        self.site = Site(site.address or "/", site.name)
        fetcher, self._fonts = _only_from(folder, self.site.address), _fonts_alone()
        self._css, self._tree = partial(CSS, url_fetcher=fetcher, font_config=self._fonts), partial(HTML, url_fetcher=fetcher)
        self._templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self._templates.globals.update(site=self.site, urgent=records.urgent_contacts(catalogue), in_words=in_words, source=partial(catalogue.get, "source"))
        styles = (folder / "assets/styles/site.css").read_text(encoding="utf-8")
        self._colours = dict(reversed(re.findall(r"--([\w-]+): *([^;}]+)", styles)))  # the first of each name is for light
        with _complaints() as complaints:
            deep = self._css(string=f":root {{ --deep: {self._colours['deep']} }}")
            letters = [self._css(url=f"{self.site.address}{name}") for name in FONTS]
            self._sheets = [*letters, self._css(filename=TEMPLATES / "print.css"), deep]
        assert not complaints, complaints[0]

    def make(self, document: Document) -> Printed:
        """One document as PDF/UA-1: in its usual print, or on one side in the largest print with which it has the fewest sides.

        Raises CannotMake where it cannot be made as it should be.
        """
        from weasyprint.urls import FatalURLFetchingError  # type: ignore[import-not-found,import-untyped,unused-ignore]

        sizes = [SIZE]
        if document.one_side:
            sizes = [document.largest - STEP * step for step in range(int((document.largest - document.smallest) / STEP) + 1)]
        with _complaints() as complaints:
            try:
                laid_out = self._largest(self._tree_of(document, document.one_side), sizes)
                if document.one_side and len(laid_out.pages) > 1:
                    laid_out = self._largest(self._tree_of(document, one_side=False), sizes)
                content: bytes = laid_out.write_pdf(pdf_variant="pdf/ua-1", finisher=_name_headings)
            except FatalURLFetchingError as refused:
                fix = "Keep the picture in docs/ and name its address on this site."
                raise CannotMake(f"{document.name}.pdf would need something from elsewhere: {refused}.", fix) from None
        boxes = frozenset(match.group(1) for said in complaints if (match := _NO_GLYPH.match(said)))
        if wrong := [said for said in complaints if not _NO_GLYPH.match(said)]:
            raise CannotMake(f"{document.name}.pdf would not be right: {wrong[0]}", "Correct what the page shows, or how overrides/print/ prints it.")
        return Printed(content, len(laid_out.pages), boxes)

    def _largest(self, text: Any, sizes: list[float]) -> Any:
        """The text in the largest of some sizes, which run downwards, with which it has no more sides than in the smallest."""
        at = cache(lambda size: self._render(text, size))
        fewest = len(at(sizes[-1]).pages)
        return at(sizes[bisect_left(sizes, True, key=lambda size: len(at(size).pages) <= fewest)])

    def made_from(self, document: Document) -> str:
        """A hash of all that decides a PDF's bytes: its HTML, every file that it may fetch, what lays it out, this code and its packages."""
        html = self._html(document, document.one_side) + self._html(document, one_side=False)
        return hashlib.blake2b(self._shared + f"{document}{html}".encode(), digest_size=16).hexdigest()

    @cached_property
    def _shared(self) -> bytes:
        from weasyprint.text.ffi import pango  # type: ignore[import-not-found,import-untyped,unused-ignore]

        digest = hashlib.blake2b(version() + f"{pango.pango_version()}{self._colours}".encode())
        others = sorted(file for file in self.folder.rglob("*.*") if file.is_file() and file.suffix not in _NEVER_FETCHED)
        for file in (*sorted(TEMPLATES.iterdir()), *(self.folder / name for name in FONTS), *others):
            digest.update(file.name.encode() + hashlib.blake2b(file.read_bytes()).digest())
        return digest.digest()

    def _day(self, document: Document) -> date:
        """When what a document shows last changed, as the history says: its page, the urgent numbers, of a report anything; without a history the day of this build."""
        numbers = [day for contact in records.urgent_contacts(self.catalogue) for day, _ in dates_of_record(self.catalogue, "contact", contact.id)]
        page = [] if document.drawing else page_days(self.catalogue, document.page)
        report = [] if document.page in self.catalogue.pages else [day for day, _ in self.catalogue.publications or ()]
        return max([*numbers, *page, *report], default=self.catalogue.today)

    def _html(self, document: Document, one_side: bool) -> str:
        address = address_of_page(document.page)
        built = self.folder / address.strip("/") / "index.html"
        found = _ARTICLE.search(built.read_text(encoding="utf-8"))
        assert found, f"{built} has no article"
        article = Markup(found.group(1))  # noqa: S704 - this build made and escaped it
        heading = None if document.drawing else _HEADING.search(article)
        title = Markup(heading.group(1)).striptags() if heading else document.label  # noqa: S704 - the same
        names = {"document": document, "one_side": one_side, "article": article, "title": title, "address": self.site.absolute(address)}
        page, template = self.catalogue.pages.get(document.page), self._templates.get_template(f"{document.drawing or 'document'}.html")
        return template.render(names, page=page, day=self._day(document))

    def _tree_of(self, document: Document, one_side: bool) -> Any:
        """The document as a tree for paper; what it links to is relative to the address of its page."""
        source = self._tree(string=self._html(document, one_side), base_url=self.site.absolute(address_of_page(document.page)))
        for_paper(source.etree_element, self._colours)
        return source

    def _render(self, text: Any, size: float) -> Any:
        render = partial(text.render, font_config=self._fonts, pdf_variant="pdf/ua-1")
        sheets = [*self._sheets, self._css(string=f"html {{ font-size: {size}pt }}")]
        try:
            return render(stylesheets=sheets)
        except AssertionError:  # a row of a grid is taller than a page, which WeasyPrint does not break
            return render(stylesheets=[*sheets, self._css(string="dl, dd, ul, dd > * { display: block !important }")])


def _name_headings(_document: Any, pdf: Any) -> None:
    """Says what each heading of a table is a heading of, which WeasyPrint does not, and lists them all, so that readers' programs find a cell's headings.

    A heading that spans its table stands above the rows that follow it, and is one of the headings of their cells (ISO 32000-1, 14.7.2 and 14.8.5.7).
    """
    from pydyf import Array, Dictionary  # type: ignore[import-not-found,import-untyped,unused-ignore]

    tree = [part for part in pdf.objects if isinstance(part, Dictionary)]
    elements = {element.reference: element for element in tree if "S" in element and "K" in element}
    named, over, spanning = [], {}, []
    for row in [element for element in elements.values() if element["S"] == "/TR"]:
        part, cells = elements[row["P"]], [elements[cell] for cell in row["K"]]
        if spans := len(cells) == 1 and "ColSpan" in cells[0]["A"]:
            over[row["P"]] = cells[0]["ID"]
            spanning.append(cells[0]["ID"])
        for cell in cells:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = "/Column" if spans or part["S"] == "/THead" else "/Row"
                named.append((cell["ID"], cell.reference))
            elif row["P"] in over:
                cell["A"]["Headers"] = Array([over[row["P"]], *(heading for heading in cell["A"]["Headers"] if heading not in spanning)])
    named.sort(key=lambda pair: pair[0].string)
    [root] = [part for part in tree if part.get("Type") == "/StructTreeRoot"]
    root["IDTree"] = Dictionary({"Names": Array(part for pair in named for part in pair)})


def _fonts_alone() -> Any:
    """An empty store of fonts, which takes in those of our stylesheets: no font or setting of this computer alters a byte."""
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-not-found,import-untyped,unused-ignore]

    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(TEMPLATES / "fonts.conf")
    try:
        return FontConfiguration()
    finally:
        del os.environ["FONTCONFIG_FILE"]
        os.environ.update({"FONTCONFIG_FILE": before} if before is not None else {})


def _only_from(folder: Path, address: str) -> Any:
    """Fetches a picture or font from the folder of the build, and nothing from anywhere else. ``address`` is that of the site."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # type: ignore[import-not-found,import-untyped,unused-ignore]

    class FromTheBuild(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
            file = (folder / unquote(url.removeprefix(address))).resolve() if url.startswith(address) else None
            if file is None or not file.is_relative_to(folder.resolve()) or not file.is_file():
                raise FatalURLFetchingError(f"{url} is not part of the site")
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": mimetypes.guess_type(file)[0] or "application/octet-stream"})

    return FromTheBuild()


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """What WeasyPrint finds wrong while it works, complete when it has ended; it would go on in silence."""
    found: list[str] = []
    logger, keep = logging.getLogger("weasyprint"), BufferingHandler(sys.maxsize)
    keep.setLevel(logging.WARNING)
    logger.addHandler(keep)
    before, logger.propagate = logger.propagate, False
    try:
        yield found
    finally:
        logger.removeHandler(keep)
        logger.propagate = before
        found += [record.getMessage() for record in keep.buffer]
