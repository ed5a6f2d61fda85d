"""Rule: a link must lead somewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from macros.catalogue import Catalogue, PageEntry
from macros.models.base import Record
from macros.problems import Problem, nearest
from macros.rules.addresses import generated_paths
from macros.sources.pages import Link

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ALLOWED = ("https:", "http:", "mailto:", "tel:")


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Links, the menu and evidence name a page of the site; pictures exist and have words that say what they show."""
    for page in catalogue.pages.values():
        for link in page.links:
            yield from _check_link(catalogue, page, link)
    for entry in catalogue.all("menu-entry"):
        yield from _check_named(catalogue, "menu-entry", entry, "page", entry.page)
    for duty in catalogue.all("publication-duty"):
        for number, named in enumerate(duty.evidence):
            yield from _check_named(catalogue, "publication-duty", duty, "evidence", named, number)


def _check_link(catalogue: Catalogue, page: PageEntry, link: Link) -> Iterator[Problem]:
    file, line = page.source.file, link.line
    if "{{" in link.target:
        return  # told with the word that stands there
    if not link.readable:
        yield Problem(file, line, f'The link cannot be read at "{link.target}".', "Write it on one line, without blanks in its target: [words](/folder/page.md).")
        return
    if link.picture and not link.text.strip():
        yield Problem(file, line, "The picture has no words for people who cannot see it.", "Say in the square brackets what it shows: ![A room with chairs in a circle](room.jpg)")
    if not link.picture and not link.text.strip():
        yield Problem(file, line, "The link has no words.", "Say in the square brackets where it leads.")
    scheme = _SCHEME.match(link.target)
    if scheme:
        if not link.target.lower().startswith(_ALLOWED):
            yield Problem(file, line, f'A link may not begin with "{scheme.group()}".', "Link to a page, or to an address that begins with https://.")
        elif link.picture:
            yield Problem(file, line, "The picture would be loaded from another website, which could then see who reads the page.", "Put the picture in docs/ and name it there.")
        return
    if link.target.startswith("//"):
        yield Problem(file, line, f'"{link.target}" leads to another website without saying how.', "Begin it with https://.")
        return
    path, _, anchor = link.target.partition("#")
    if not path:
        if not anchor:
            yield Problem(file, line, "The link leads nowhere.", "Write the page it leads to, such as /topics/neglect.md.")
        return
    target = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(page.path), path))
    if target not in catalogue.files and not _is_generated(catalogue, target):
        if link.target.startswith("www."):
            yield Problem(file, line, f'"{link.target}" is an address of another website without its beginning.', f"Write https://{link.target}.")
            return
        what, fix = ("picture", "Put the picture in docs/ and name it from there: /folder/picture.png.") if link.picture else ("link", "Name a file in docs/ from its root, such as /topics/neglect.md.")
        yield Problem(file, line, f'The {what} "{link.target}" leads to nothing.' + _suggest(target, catalogue), fix)


def _check_named(catalogue: Catalogue, kind: str, record: Record, field: str, named: str, *more: int) -> Iterator[Problem]:
    """A page that a list names from the root of docs/."""
    target = named.removeprefix("/")
    if not named.startswith("/") or (target not in catalogue.files and not _is_generated(catalogue, target)):
        yield catalogue.problem(kind, record.id, field, f'The page "{named}" is not there.' + _suggest(target.strip("/"), catalogue), "Name a file in docs/ from its root, such as /topics/index.md.", *more)


def _is_generated(catalogue: Catalogue, target: str) -> bool:
    return target in generated_paths(catalogue) or catalogue.is_lost("table", target.removeprefix("performance/").removesuffix(".md"))


def _suggest(target: str, catalogue: Catalogue) -> str:
    for guess in (f"{target}.md", f"{target}/index.md"):
        if guess in catalogue.files:
            return f' Did you mean "/{guess}"?'
    return nearest(target, catalogue.files, say=' Did you mean "/{}"?').replace('"/"', '"/').replace('""', '"')
