"""Rule: a link must lead somewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue, PageEntry, address_of_page
from macros.models import CONTENT_TYPES
from macros.models.base import Record
from macros.problems import Problem, nearest, nearest_path
from macros.rules.addresses import generated_paths
from macros.sources.pages import Link

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ALLOWED = ("https:", "http:", "mailto:", "tel:")
_WITHOUT_WORDS = {
    "picture": (
        "The picture has no words for people who cannot see it.",
        "Say in the square brackets what it shows: ![A room with chairs in a circle](room.jpg)",
    ),
    "link": ("The link has no words.", "Say in the square brackets where it leads."),
}
_NAME_IT = {
    "picture": "Put the picture in docs/ and name it from there: /folder/picture.png.",
    "link": "Name a file in docs/ from its root, such as /topics/neglect.md.",
}


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Links, the menu and evidence name a page of the site, and an entry of it that is there; pictures exist and have words that say what they show."""
    for page in catalogue.pages.values():
        for link in page.links:
            yield from _check_link(catalogue, page, link)
    for entry in catalogue.all("menu-entry"):
        yield from _check_named(catalogue, "menu-entry", entry, "page", entry.page)
    for duty in catalogue.all("publication-duty"):
        for number, named in enumerate(duty.evidence):
            yield from _check_named(catalogue, "publication-duty", duty, "evidence", named, number)


def _check_link(catalogue: Catalogue, page: PageEntry, link: Link) -> Iterator[Problem]:
    if "{{" in link.target:
        return  # told with the word that stands there
    faults = []
    if not link.readable:
        faults.append((f'The link cannot be read at "{link.target}".', "Write it on one line, without blanks in its target: [words](/folder/page.md)."))
    else:
        if not link.text.strip():
            faults.append(_WITHOUT_WORDS["picture" if link.picture else "link"])
        faults += filter(None, [_target_fault(catalogue, page, link)])
    for says, fix in faults:
        yield Problem(page.source.file, link.line, says, fix)


def _target_fault(catalogue: Catalogue, page: PageEntry, link: Link) -> tuple[str, str] | None:
    """Why a link leads nowhere, or where it must not, and how to fix it."""
    scheme = _SCHEME.match(link.target)
    if scheme:
        return _elsewhere_fault(link, scheme.group())
    if link.target.startswith("//"):
        return f'"{link.target}" leads to another website without saying how.', "Begin it with https://."
    path, _, anchor = link.target.partition("#")
    if not path:
        return None if anchor else ("The link leads nowhere.", "Write the page it leads to, such as /topics/neglect.md.")
    target = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(page.path), path))
    if target in catalogue.files or _is_generated(catalogue, target):
        return _record_fault(catalogue, target, anchor)
    if link.target.startswith("www."):
        return f'"{link.target}" is an address of another website without its beginning.', f"Write https://{link.target}."
    what = "picture" if link.picture else "link"
    return f'The {what} "{link.target}" leads to nothing.' + _suggest(target, catalogue, link.text), _NAME_IT[what]


def _record_fault(catalogue: Catalogue, target: str, anchor: str) -> tuple[str, str] | None:
    """Why there is no such entry on the page that lists a type. Other places on pages are held when the site is built, by ``site_links``."""
    for kind in CONTENT_TYPES:
        page, _, pattern = kind.address.partition("#")
        prefix = pattern.removesuffix("{id}")
        if not prefix or page != address_of_page(target) or not anchor.startswith(prefix):
            continue
        name, known = anchor.removeprefix(prefix), catalogue.names(kind.name)
        if name not in known and not catalogue.is_lost(kind.name, name) and not _has_heading(catalogue.pages.get(target), anchor):
            what = kind.name.replace("-", " ")
            return f'The link leads to the {what} "{name}", and there is none.' + nearest(
                name, known
            ), "Write one that exists after the sign #, or link to the page."
    return None


def _has_heading(page: PageEntry | None, anchor: str) -> bool:
    from markdown.extensions.toc import slugify

    lines = page.source.prose.split("\n") if page else []
    return any(line.startswith("#") and slugify(line.strip("# "), "-") == anchor for line in lines)


def _elsewhere_fault(link: Link, scheme: str) -> tuple[str, str] | None:
    if not link.target.lower().startswith(_ALLOWED):
        return f'A link may not begin with "{scheme}".', "Link to a page, or to an address that begins with https://."
    if link.picture:
        return "The picture would be loaded from another website, which could then see who reads the page.", "Put the picture in docs/ and name it there."
    return None


def _check_named(catalogue: Catalogue, kind: str, record: Record, field: str, named: str, *more: int) -> Iterator[Problem]:
    """A page that a list names from the root of docs/."""
    target = named.removeprefix("/")
    if not named.startswith("/") or (target not in catalogue.files and not _is_generated(catalogue, target)):
        yield catalogue.problem(
            kind,
            record.id,
            field,
            f'The page "{named}" is not there.' + _suggest(target.strip("/"), catalogue),
            "Name a file in docs/ from its root, such as /topics/index.md.",
            *more,
        )


def _is_generated(catalogue: Catalogue, target: str) -> bool:
    return target in generated_paths(catalogue) or catalogue.is_lost("table", target.removeprefix("performance/").removesuffix(".md"))


def _suggest(target: str, catalogue: Catalogue, words: str = "") -> str:
    """The file that is likely meant: where a redirect leads, the one page whose title the link's words are, or one of a name like it."""
    is_page = posixpath.splitext(target)[1] in ("", ".md")
    files = [file for file in (*catalogue.files, *generated_paths(catalogue)) if file.endswith(".md") is is_page]
    old = address_of_page(target)
    new = next((redirect.to.partition("#")[0] for redirect in catalogue.all("redirect") if redirect.from_ == old), None)
    moved = [file for file in files if file.endswith(".md") and address_of_page(file) == new]
    titled = [page.path for page in catalogue.pages.values() if is_page and page.meta.title.casefold() == words.strip().casefold()]
    likely = next((found[0] for found in (moved, titled) if len(found) == 1), None) or nearest_path(target, files)
    return f' Did you mean "/{likely}"?' if likely else ""
