"""Rule: a link must lead somewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from macros.catalogue import Catalogue, PageEntry
from macros.problems import Problem, nearest
from macros.sources.pages import Link

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ALLOWED = ("https:", "http:", "mailto:", "tel:")
# Pages that the build makes: their addresses may be linked to though no file stands in docs/.
GENERATED = re.compile(r"performance/(?:[a-z0-9-]+)\.md\Z")


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Links between pages name a file in docs/; pictures exist and have words that say what they show."""
    for page in catalogue.pages.values():
        for link in page.links:
            yield from _check_link(catalogue, page, link)


def _check_link(catalogue: Catalogue, page: PageEntry, link: Link) -> Iterator[Problem]:
    file, line = page.source.file, link.line
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
        yield Problem(file, line, f'The link "{link.target}" leads to nothing.' + _suggest(target, catalogue), "Name a file in docs/ from its root, such as /topics/neglect.md.")


def _is_generated(catalogue: Catalogue, target: str) -> bool:
    if not GENERATED.match(target):
        return False
    stem = target.removeprefix("performance/").removesuffix(".md")
    return stem in catalogue.tables or stem in ("figures", "agreements", "catalogue")


def _suggest(target: str, catalogue: Catalogue) -> str:
    for guess in (f"{target}.md", f"{target}/index.md"):
        if guess in catalogue.files:
            return f' Did you mean "/{guess}"?'
    return nearest(target, catalogue.files, say=' Did you mean "/{}"?').replace('"/"', '"/').replace('""', '"')
