"""What is wrong with a link to where an editor fixes it.

Owns: the words of these problems, and finding the file that a link of a finished page comes from: a line of its Markdown, a record, a template, or else
the file the page is made from. It looks only where something is wrong, so it may take its time. Never: decides what is wrong (``site_links`` does).
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

from macros.content.catalogue import Catalogue, address_of_page
from macros.content.loading import texts_in
from macros.models import CONTENT_TYPES
from macros.problems import Problem
from macros.views.documents import documents
from macros.website.house import House
from macros.website.site_links import Fault, SiteLinks

_SHOWN = 2  # pages that are named; the others are counted
_TEMPLATES = Path(__file__).resolve().parents[2] / "overrides"
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*\s*\Z")
_EXPRESSION = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
_IN_TEMPLATE = re.compile(r'\s(id|href|src|action)="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{]|\{(?![{%]))*)"')


def dead_links(links: SiteLinks, house: House, folder: Path) -> list[Problem]:
    """What is wrong with the links of a site that was just built into ``folder``; PDFs that are made after it count as there."""
    files = {document.path for document in documents(house.catalogue)} if house.pdfs else set()
    for where, _, names in os.walk(folder):
        below = Path(where).relative_to(folder).as_posix()
        files |= {name if below == "." else f"{below}/{name}" for name in names}
    faults = links.faults(files)
    if not faults:
        return []
    sources = {page.path: page.source.file for page in house.catalogue.pages.values()} | {path: made.file for path, made in house.generated.items()}
    made_from = {f"{address_of_page(path)}index.html".lstrip("/"): file for path, file in sources.items()} | {"404.html": "overrides/404.html"}
    return problems(faults, links, house.catalogue, made_from, _TEMPLATES)


def problems(faults: Iterable[Fault], links: SiteLinks, catalogue: Catalogue, made_from: Mapping[str, str], templates: Path) -> list[Problem]:
    """Every fault as an editor is told of it; one that shows on many pages and is fixed in one place is told once.

    ``made_from`` gives the file behind each page of the site: its Markdown, or the data of a generated page.
    """
    finder = _Finder(links, catalogue, made_from, templates)
    found: dict[tuple[Problem, Fault], list[str]] = {}
    for fault in faults:
        found.setdefault((finder.origin(fault), replace(fault, file="")), []).append(fault.file)
    return [replace(problem, says=_says(fault, files)) for (problem, fault), files in found.items()]


def _says(fault: Fault, files: list[str]) -> str:
    pages = [file for file in files if file.endswith(".html")]
    names = [f"/{file.removesuffix('index.html')}" for file in pages or files]
    more, one = len(names) - _SHOWN, len(names) == 1
    shown = f"{', '.join(names[:_SHOWN])} and {more} more" if more > 0 else " and ".join(names)
    where = f"The {'page' if pages else 'file'}{'' if one else 's'} {shown}"
    if fault.kind == "repeated id":
        return f'{where} {"has" if one else "have"} the id "{fault.target}" twice, so a link to the second leads to the first.'
    near = f' Did you mean "{fault.near}"?' if fault.near else ""
    path, _, place = fault.target.partition("#")
    wrong = "nothing is there" if fault.kind == "no page" else f'the page {path} has no heading or entry with the id "{place}"'
    return f"{where} {'links' if one else 'link'} to {fault.target}, and {wrong}.{near}"


class _Finder:
    """Looks for what wrote a link: where to fix it and how, as a problem that does not say yet what is wrong."""

    def __init__(self, links: SiteLinks, catalogue: Catalogue, made_from: Mapping[str, str], templates: Path) -> None:
        self._links, self._catalogue, self._made_from = links, catalogue, made_from
        pages = {page.source.file: page for page in catalogue.pages.values()}
        self._written = {file: pages[made] for file, made in made_from.items() if made in pages}
        self._known: dict[Fault, Problem | None] = {}
        files = sorted(templates.rglob("*.html"))
        self._templates = [(f"{templates.name}/{path.relative_to(templates).as_posix()}", path.read_text(encoding="utf-8")) for path in files]

    def origin(self, fault: Fault) -> Problem:
        """The most exact place that can be told. What does not depend on the page is kept: most faults are the same one on many pages."""
        twice = fault.kind == "repeated id"
        if in_page := self._in_heading(fault) if twice else self._in_markdown(fault):
            return in_page
        anywhere = Fault(fault.kind, "", fault.target)
        if anywhere not in self._known:
            self._known[anywhere] = self._in_template(anywhere) if twice else self._in_record(anywhere) or self._in_template(anywhere)
        fix = "Show each list, table and heading once on the page." if twice else "Correct the link, or put back what it leads to."
        return self._known[anywhere] or Problem(self._made_from.get(fault.file, fault.file), None, "", fix)

    def _in_markdown(self, fault: Fault) -> Problem | None:
        page = self._written.get(fault.file)
        if page is None:
            return None
        for link in page.links:
            path, mark, place = urljoin(f"/{page.path}", link.target).partition("#")
            if path.startswith("/") and path.endswith(".md"):
                path = address_of_page(path.lstrip("/"))
            if self._leads(fault, f"{path}{mark}{place}"):
                fix = "Correct the link." if fault.kind == "no page" else "Correct what follows the sign #, or leave it out to link to the page itself."
                return Problem(page.source.file, link.line, "", fix)
        return None

    def _leads(self, fault: Fault, target: str) -> bool:
        found = self._links.resolved(fault.file, target)
        return found is not None and f"/{found}" == fault.target

    def _in_record(self, fault: Fault) -> Problem | None:
        """The record that is said to be there, or the setting of a record that gives the address."""
        records = [(kind, record) for kind in CONTENT_TYPES for record in self._catalogue.all(kind.name)]
        for kind, record in records:
            if not kind.is_pages and self._catalogue.address(kind.name, record) == fault.target:
                place = self._catalogue.places[(kind.name, record.id)]
                page = f"{fault.target.partition('#')[0].lstrip('/')}index.html"
                fix = f"Show this entry on that page ({self._made_from.get(page, page)}), or correct the address of its kind in macros/models/."
                return Problem(place.document.file, place.line(), "", fix)
        for kind, record in records:
            for field, value in record.model_dump(mode="json", by_alias=True).items():
                if any(self._leads(fault, text) for _, text in texts_in(value) if text.startswith(("/", "http"))):
                    place = self._catalogue.places[(kind.name, record.id)]
                    return Problem(place.document.file, place.line(field), "", "Correct the address.", field)
        return None

    def _in_heading(self, fault: Fault) -> Problem | None:
        from markdown.extensions.toc import slugify

        if page := self._written.get(fault.file):
            for number, line in reversed(list(enumerate(page.source.prose.split("\n"), page.source.body_line))):
                heading = _HEADING.match(line)
                if heading and slugify(heading.group(1), "-") == fault.target:
                    return Problem(page.source.file, number, "", "Give the heading other words.")
        return None

    def _in_template(self, fault: Fault) -> Problem | None:
        """The template whose link could have come out like this; of several the one with most of it written out."""
        wanted = ("id",) if fault.kind == "repeated id" else ("href", "src", "action")
        fix = "Give each its own id." if fault.kind == "repeated id" else "Correct the link in the template, or give the page what it leads to."
        found: list[tuple[int, Problem]] = []
        for name, text in self._templates:
            for match in _IN_TEMPLATE.finditer(text):
                parts = _EXPRESSION.split(match.group(2))
                literal = "".join(parts[::2])
                pattern = "".join(".*?" if odd % 2 else re.escape(part) for odd, part in enumerate(parts))
                if match.group(1) in wanted and parts[0] and re.search("[a-z]", literal) and re.fullmatch(pattern, fault.target):
                    found.append((len(literal), Problem(name, text.count("\n", 0, match.start(2)) + 1, "", fix)))
        return max(found, key=lambda pair: pair[0])[1] if found else None
