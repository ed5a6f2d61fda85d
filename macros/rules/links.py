"""Rule: a link must lead somewhere."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from macros.content.catalogue import Catalogue, PageEntry, address_of_page, resolved
from macros.content.generated import generated_paths
from macros.models import CONTENT_TYPES
from macros.models.base import Record
from macros.problems import Problem, nearest, nearest_path
from macros.settings import written_settings
from macros.sources.pages import Link

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\Z")
_PRIVATE = (".local", ".localhost", ".internal", ".lan", ".home", ".arpa", ".onion")
_Fault = tuple[str, str]  # what is wrong, and how to fix it


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Links, the menu, evidence and versions name a page of the site, and an entry of it that is there; pictures exist and have words that say what they show."""
    for page in catalogue.pages.values():
        if page.meta.replaced_by:
            yield from _check_named(catalogue, page.kind.name, page.meta, "replaced_by", page.meta.replaced_by)
        for link in page.links:
            for says, fix in _faults(catalogue, page, link):
                yield page.problem(link.line, says, fix)
    for entry in catalogue.all("menu-entry"):
        yield from _check_named(catalogue, "menu-entry", entry, "page", entry.page)
    for duty in catalogue.all("publication-duty"):
        for number, named in enumerate(duty.evidence):
            yield from _check_named(catalogue, "publication-duty", duty, "evidence", named, number)
    for event in catalogue.all("event"):
        if event.page:
            yield from _check_named(catalogue, "event", event, "page", event.page)
            yield from _check_timetable(catalogue, event)
    for version in catalogue.all("version"):
        yield from _check_named(catalogue, "version", version, "version_of", version.version_of)


def is_address(address: str) -> bool:
    """Whether a link says where it leads: within the site, or to a public website whose name is spelt in plain letters.

    Never to a telephone or mailbox, whose words could say one thing and ring another: those come from ``data/contacts.yml``.
    """
    if re.search(r"[\s\\]|[^ -~]", address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if not parts.scheme and not parts.netloc:
        return ":" not in parts.path.partition("/")[0]
    return parts.scheme in ("https", "http") and bool(_HOST.match(parts.netloc)) and not parts.netloc.endswith(_PRIVATE)


def _check_named(catalogue: Catalogue, kind: str, record: Record, field: str, named: str, *more: int) -> Iterator[Problem]:
    """A page that a list names from the root of docs/."""
    target = named.removeprefix("/")
    if not named.startswith("/") or not _is_there(catalogue, target):
        says = f'The page "{named}" is not there.' + _suggest(target.strip("/"), catalogue)
        yield catalogue.problem(kind, record.id, field, says, "Name a file in docs/ from its root, such as /topics/index.md.", *more)


def _check_timetable(catalogue: Catalogue, event: Any) -> Iterator[Problem]:
    """The page about an event shows its sessions: their links lead there."""
    page = catalogue.pages.get(event.page.lstrip("/"))
    shown = page is None or event.id in page.source.body
    if session := next((session for session in catalogue.all("session") if session.event == event.id and not shown), None):
        fix = f'Write {{{{ timetable("{event.id}") }}}} there; or delete the line `page:` of the event, and the build makes a page for it.'
        yield catalogue.problem("session", session.id, "event", f"The page of its event, {event.page}, does not show sessions.", fix)


def _faults(catalogue: Catalogue, page: PageEntry, link: Link) -> Iterator[_Fault]:
    if "{{" in link.target:
        return  # told with the word that stands there
    if not link.readable:
        yield f'The link cannot be read at "{link.target}".', "Write it on one line, without blanks in its target: [words](/folder/page.md)."
        return
    if link.picture and not link.text.strip():
        fix = "Say in the square brackets what it shows: ![A room with chairs in a circle](room.jpg)"
        yield "The picture has no words for people who cannot see it.", fix
    elif not link.text.strip():
        yield "The link has no words.", "Say in the square brackets where it leads."
    if fault := _fault_of_target(catalogue, page, link):
        yield fault


def _fault_of_target(catalogue: Catalogue, page: PageEntry, link: Link) -> _Fault | None:
    """Why a link leads nowhere, or where it must not, and how to fix it."""
    if scheme := _SCHEME.match(link.target):
        if scheme.group().lower() in ("tel:", "mailto:"):
            says = f'A link may not begin with "{scheme.group()}": its words could say one thing and ring another.'
            return says, 'Write the word that takes it from data/contacts.yml: {{ phone("emergency") }} or {{ contact("partnership") }}.'
        if scheme.group().lower() not in ("https:", "http:"):
            return f'A link may not begin with "{scheme.group()}".', "Link to a page, or to an address that begins with https://."
        if not is_address(link.target):
            fix = "Write the public name of the website in small plain letters, such as https://www.example.org/page, without a port, a name before @ or other signs."
            return f'"{link.target}" does not say plainly where it leads.', fix
        if link.picture:
            says = "The picture would be loaded from another website, which could then see who reads the page."
            return says, "Put the picture in docs/ and name it there."
        return _fault_within(catalogue, link) if _host(link.target) == catalogue.ask(_own_host) else None
    if link.target.startswith("//"):
        return f'"{link.target}" leads to another website without saying how.', "Begin it with https://."
    path, _, anchor = link.target.partition("#")
    if not path:
        return None if anchor else ("The link leads nowhere.", "Write the page it leads to, such as /topics/neglect.md.")
    target = resolved(page.path, path)
    if _is_there(catalogue, target):
        return _fault_of_anchor(catalogue, target, anchor)
    if link.target.startswith("www."):
        return f'"{link.target}" is an address of another website without its beginning.', f"Write https://{link.target}."
    suggestion = _suggest(target, catalogue, link.text)
    if link.picture:
        fix = "Put the picture in docs/ and name it from there: /folder/picture.png."
        return f'The picture "{link.target}" leads to nothing.{suggestion}', fix
    return f'The link "{link.target}" leads to nothing.{suggestion}', "Name a file in docs/ from its root, such as /topics/neglect.md."


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower().removeprefix("www.")


def _own_host(catalogue: Catalogue) -> str:
    """The name under which this site is published."""
    return next((_host(setting.text) for setting in written_settings(catalogue.root) if setting.name == "site_url"), "") or "?"


def _fault_within(catalogue: Catalogue, link: Link) -> _Fault | None:
    """Why an address of this site itself, written in full, leads nowhere. What the build makes beside pages is not known here."""
    path = urlsplit(link.target).path.strip("/").removesuffix("index.html").rstrip("/")
    if posixpath.splitext(path)[1] not in ("", ".html", ".md", ".pdf", ".png", ".jpg", ".jpeg", ".webp"):
        return None
    if any(_is_there(catalogue, file) for file in (path, f"{path}.md", f"{path}/index.md".lstrip("/"))):
        return None
    old = [redirect.from_.strip("/") for redirect in catalogue.all("redirect")]
    says = f'"{link.target}" is an address of this site, and nothing is there.{_suggest(f"{path}.md", catalogue, link.text)}'
    return None if path in old else (says, "Name the page's file, such as /topics/neglect.md.")


def _fault_of_anchor(catalogue: Catalogue, target: str, anchor: str) -> _Fault | None:
    """Why there is no such entry on the page that lists a type. Other places on pages are held when the site is built, by ``site_links``."""
    page = catalogue.pages.get(target)
    for kind in CONTENT_TYPES:
        listed_on, _, pattern = kind.address.partition("#")
        prefix = pattern.removesuffix("{id}")
        if not prefix or listed_on != address_of_page(target) or not anchor.startswith(prefix):
            continue
        name, known = anchor.removeprefix(prefix), catalogue.names(kind.name)
        if name in known or catalogue.is_lost(kind.name, name):
            continue
        from markdown.extensions.toc import slugify  # seldom needed, and slow to load

        headings = [line.strip("# ") for line in page.source.prose.split("\n") if line.startswith("#")] if page else []
        if anchor not in [slugify(heading, "-") for heading in headings]:
            says = f'The link leads to the {kind.name.replace("-", " ")} "{name}", and there is none.' + nearest(name, known)
            return says, "Write one that exists after the sign #, or link to the page."
    return None


def _is_there(catalogue: Catalogue, target: str) -> bool:
    """Whether a path below docs/ is a file or a page that the build makes, or may be one of a table that could not be read."""
    table = target.removeprefix("performance/").removesuffix(".md")
    return target in catalogue.files or target in generated_paths(catalogue) or catalogue.is_lost("table", table)


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
