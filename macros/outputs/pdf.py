"""The PDFs, made from the pages that a build has just made: tagged, without the network, the same bytes each time.

Owns: how a built page becomes a document for paper (``overrides/print/`` holds its templates and stylesheet), and
saying in one line why none can be made here. Never: reads content files, or runs in an ordinary build.
WeasyPrint lays the pages out; it needs Pango from the system, which is why PDFs are made for publishing only.
"""

from __future__ import annotations

import contextlib
import copy
import html
import logging
import mimetypes
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from macros import views
from macros.catalogue import Catalogue, address_of_page
from macros.documents import Document, documents
from macros.models.base import in_words

if TYPE_CHECKING:
    from weasyprint import Document as LaidOut  # type: ignore[import-not-found,import-untyped,unused-ignore]

TEMPLATES = Path(__file__).parents[2] / "overrides" / "print"
SIZE, SMALLEST, STEP = 10.5, 8.5, 0.5  # points: the usual print, and how small one side of A4 may become
_ARTICLE = re.compile(r'<article class="md-typeset">(.*)</article>', re.DOTALL)
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
_SITE_NAME = re.compile(r'<meta property="og:site_name" content="([^"]*)">')
_SVG = "{http://www.w3.org/2000/svg}"


class CannotMake(Exception):
    """Why a document cannot be made, in words for whoever publishes the site."""


@dataclass(frozen=True)
class BuiltSite:
    """A site as a build left it: its folder, its public address and its name."""

    folder: Path
    address: str
    name: str

    def page(self, path: str) -> str:
        """The HTML of a page by its path below docs/.

        Raises:
            CannotMake: the build made no such page.
        """
        file = self.folder / address_of_page(path).strip("/") / "index.html"
        if not file.is_file():
            raise CannotMake(f"The build made no page {address_of_page(path)}, so there is nothing to print.")
        return file.read_text(encoding="utf-8")


def what_is_missing() -> str:
    """Why no PDF can be made on this machine, in one line; nothing where they can."""
    try:
        import weasyprint  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: F401
    except ImportError:
        return "No PDFs: WeasyPrint is not installed (`make release` sets it up)."
    except OSError:  # it is there, and a library of the system that it loads is not
        return "No PDFs: the library Pango is missing (Debian and Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0)."
    return ""


def make_pdfs(folder: Path, catalogue: Catalogue) -> dict[str, bytes]:
    """Every PDF of a built site, by its path below the site's root.

    Raises:
        CannotMake: a page is missing, does not fit on its one side, or asks for something from elsewhere.
    """
    site = built_site(folder)
    return {document.path: make_pdf(document, site, catalogue) for document in documents(catalogue)}


def built_site(folder: Path) -> BuiltSite:
    """What the home page of a built site says of itself.

    Raises:
        CannotMake: there is no home page, or it does not say where the site will stand.
    """
    home = folder / "index.html"
    text = home.read_text(encoding="utf-8") if home.is_file() else ""
    address, name = _CANONICAL.search(text), _SITE_NAME.search(text)
    if not address or not name:
        raise CannotMake("The home page does not say the site's address and name: give mkdocs.yml a site_url and a site_name.")
    return BuiltSite(folder, html.unescape(address.group(1)), html.unescape(name.group(1)))


def make_pdf(document: Document, site: BuiltSite, catalogue: Catalogue) -> bytes:
    """One document as PDF/UA-1.

    Raises:
        CannotMake: it cannot be made as it should be.
    """
    from weasyprint.urls import FatalURLFetchingError  # type: ignore[import-not-found,import-untyped,unused-ignore]

    text, base = _html(document, site, catalogue)
    with _complaints() as complaints:
        try:
            made: bytes = _lay_out(document, text, base, site).write_pdf(pdf_variant="pdf/ua-1")
        except FatalURLFetchingError as refused:
            raise CannotMake(f"{document.name}.pdf would need something from elsewhere: {refused}.") from None
    if complaints:
        raise CannotMake(f"{document.name}.pdf would not be right: {complaints[0]}")
    return made


def _html(document: Document, site: BuiltSite, catalogue: Catalogue) -> tuple[str, str]:
    """The document as HTML for paper, and the address that its links are relative to."""
    page = site.page(document.page)
    article, address = _ARTICLE.search(page), _CANONICAL.search(page)
    if not article or not address:
        raise CannotMake(f"The page {address_of_page(document.page)} has no article or no address of its own.")
    entry = catalogue.pages.get(document.page)
    names = {
        "document": document,
        "site": site,
        "article": Markup(article.group(1)),  # noqa: S704 - this build made and escaped it
        "address": html.unescape(address.group(1)),
        "title": _title(document, article.group(1)),
        "meta": entry.meta if entry else None,
        "kind": entry.kind.name if entry else "report",
        "urgent": views.urgent_contacts(catalogue),
        "today": catalogue.today,
        "in_words": in_words,
    }
    templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return templates.get_template(f"{document.drawing or 'document'}.html").render(**names), html.unescape(address.group(1))


def _title(document: Document, article: str) -> str:
    if document.drawing:
        return document.label
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", article, re.DOTALL)
    return Markup(heading.group(1)).striptags() if heading else document.label  # noqa: S704


def _lay_out(document: Document, text: str, base: str, site: BuiltSite) -> LaidOut:
    if not document.one_side:
        return _render(text, base, site, SIZE)
    size = document.largest
    while size >= SMALLEST:
        laid_out = _render(text, base, site, size)
        if len(laid_out.pages) == 1:
            return laid_out
        size -= STEP
    where = document.page if not document.drawing else f"overrides/print/{document.drawing}.html"
    raise CannotMake(f"{where} does not fit on one side of A4, even in small print of {SMALLEST} points. Shorten it.")


def _render(text: str, base: str, site: BuiltSite, size: float) -> LaidOut:
    from weasyprint import CSS, HTML  # type: ignore[import-not-found,import-untyped,unused-ignore]

    fetcher = _only_from(site)
    source = HTML(string=text, base_url=base, url_fetcher=fetcher)
    for_paper(source.etree_element)
    sheet = (TEMPLATES / "print.css").read_text(encoding="utf-8")
    return source.render(stylesheets=[CSS(string=f"{sheet}\nhtml {{ font-size: {size}pt }}", url_fetcher=fetcher)], pdf_variant="pdf/ua-1")


def _only_from(site: BuiltSite) -> Any:
    """Fetches a picture from the folder of the build, and nothing from anywhere else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # type: ignore[import-not-found,import-untyped,unused-ignore]

    class FromTheBuild(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
            path = unquote(urlsplit(url).path).lstrip("/")
            file = (site.folder / unquote(url.removeprefix(site.address))).resolve() if url.startswith(site.address) else None
            if file is None or not file.is_relative_to(site.folder.resolve()) or not file.is_file():
                raise FatalURLFetchingError(f"{url} is not part of the site")
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": mimetypes.guess_type(path)[0] or "application/octet-stream"})

    return FromTheBuild()


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """What WeasyPrint finds wrong while it works; it would go on in silence."""
    found: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger, keep = logging.getLogger("weasyprint"), Keep(logging.WARNING)
    logger.addHandler(keep)
    before, logger.propagate = logger.propagate, False
    try:
        yield found
    finally:
        logger.removeHandler(keep)
        logger.propagate = before


# From a page for screens to a document for paper -----------------------------------------------------------


def for_paper(root: ET.Element) -> None:
    """Mends a page's tree in place: what paper cannot do goes, and every picture says in words what it shows."""
    for mend in (_drop_furniture, _draw_charts, _drop_decoration, _flatten_lists):
        mend(root)


def _drop_furniture(root: ET.Element) -> None:
    """Scripts, forms, buttons, the page's foot and lists of contents that are not a report's."""
    _drop(root, _is_furniture)


def _is_furniture(element: ET.Element) -> bool:
    classes = _classes(element)
    if element.tag in ("script", "template", "form", "button", "footer"):
        return True
    if element.tag == "nav":
        return "report-contents" not in classes
    leads_away = "source-line" in classes and not (element.text or "").strip() and len(element) > 0 and element[0].tag == "a"
    return leads_away or bool(classes & {"pdf-links", "edit"})


def _drop_decoration(root: ET.Element) -> None:
    """Drawings that only repeat the word beside them."""
    _drop(root, lambda element: element.tag == f"{_SVG}svg" and element.get("aria-hidden") == "true")


def _drop(parent: ET.Element, unwanted: Callable[[ET.Element], bool]) -> None:
    """Takes elements out and leaves the text that follows each."""
    before: ET.Element | None = None
    for child in list(parent):
        if isinstance(child.tag, str) and unwanted(child):
            tail = child.tail or ""
            if before is None:
                parent.text = (parent.text or "") + tail
            else:
                before.tail = (before.tail or "") + tail
            parent.remove(child)
        else:
            _drop(child, unwanted)
            before = child


def _flatten_lists(root: ET.Element) -> None:
    """A list of terms holds terms and meanings alone: boxes around the pairs would break the list for readers' tools."""
    for terms in root.iter("dl"):
        for box in [child for child in terms if child.tag == "div"]:
            at = list(terms).index(box)
            name = box.get("id")
            if name and len(box):
                box[0].set("id", name)
            terms.remove(box)
            for offset, part in enumerate(box):
                terms.insert(at + offset, part)


def _classes(element: ET.Element) -> set[str]:
    return set((element.get("class") or "").split())


# Charts: WeasyPrint gives a drawing neither the page's styles nor its width --------------------------------

WIDTH = 640  # units across; the stylesheet scales the drawing to the column
_KEY_LINE = 22
_CHART_STYLE = """
text { font-family: "Liberation Sans", "DejaVu Sans", sans-serif; font-size: 15px; fill: #18252c }
.value { font-weight: bold } .label { fill: #41515a } .axis { stroke: #41515a; stroke-width: 1 }
.segment { stroke-width: 3; fill: none }
.series-1.bar, .series-1 > * { fill: #0b5563 } .series-2.bar, .series-2 > * { fill: #9a3f13 }
.series-3.bar, .series-3 > * { fill: #5a3d8a } .series-4.bar, .series-4 > * { fill: #3d5a12 }
.series-1.segment { stroke: #0b5563 } .series-2.segment { stroke: #9a3f13; stroke-dasharray: 9 5 }
.series-3.segment { stroke: #5a3d8a; stroke-dasharray: 3 5 } .series-4.segment { stroke: #3d5a12; stroke-dasharray: 14 4 3 4 }
"""


def _draw_charts(root: ET.Element) -> None:
    for figure in root.iter("figure"):
        drawing = figure.find(f"{_SVG}svg")
        if drawing is not None:
            _draw(figure, drawing)


def _draw(figure: ET.Element, drawing: ET.Element) -> None:
    """One chart with its styles, a fixed width, its key inside it, and its description as alternative text."""
    title, description = drawing.find(f"{_SVG}title"), drawing.find(f"{_SVG}desc")
    if title is not None and description is not None:
        title.text = f"{title.text}. {description.text}"
        drawing.remove(description)
    key = next((child for child in figure if "chart-key" in _classes(child)), None)
    height = float(drawing.get("height") or 0)
    above = 0
    if key is not None:
        above = _KEY_LINE * len(key) + 6
        figure.remove(key)
    shapes = ET.Element(f"{_SVG}g", {"transform": f"translate(0,{above})"})
    for child in list(drawing):
        if child is not title:
            drawing.remove(child)
            shapes.append(_in_units(child))
    style = ET.Element(f"{_SVG}style")
    style.text = _CHART_STYLE
    drawing.append(style)
    if key is not None:
        for number, entry in enumerate(key):
            drawing.append(_key_entry(entry, number))
    drawing.append(shapes)
    drawing.set("width", str(WIDTH))
    drawing.set("height", str(height + above))
    drawing.set("viewBox", f"0 0 {WIDTH} {height + above}")


def _in_units(element: ET.Element) -> ET.Element:
    """A shape with its percentages turned into units; a small drawing within the drawing becomes a moved group."""
    for name in ("x", "x1", "x2", "width"):
        value = element.get(name)
        if value and value.endswith("%"):
            element.set(name, f"{float(value[:-1]) * WIDTH / 100:g}")
    if element.tag == f"{_SVG}svg":
        group = ET.Element(f"{_SVG}g", {"class": element.get("class", ""), "transform": f"translate({element.get('x', '0')},{element.get('y', '0')})"})
        group.extend(list(element))
        return group
    return element


def _key_entry(entry: ET.Element, number: int) -> ET.Element:
    """One line of the key: a stretch of the series' line, its mark and its name."""
    series = next((name for name in _classes(entry) if name.startswith("series-")), "series-1")
    group = ET.Element(f"{_SVG}g", {"transform": f"translate(0,{number * _KEY_LINE})"})
    ET.SubElement(group, f"{_SVG}line", {"class": f"segment {series}", "x1": "0", "y1": "10", "x2": "36", "y2": "10"})
    swatch = entry.find(f"{_SVG}svg")
    if swatch is not None:
        marks = ET.SubElement(group, f"{_SVG}g", {"class": series, "transform": "translate(0,2)"})
        marks.extend(copy.deepcopy(shape) for shape in swatch if shape.tag != f"{_SVG}line")
    words = ET.SubElement(group, f"{_SVG}text", {"x": "46", "y": "15"})
    words.text = "".join(entry.itertext()).strip()
    return group
