"""Moving a page: its new place, every link that led to the old one, and the old address that leads on.

Owns: the text of each file after the move. Never: writes a file, rewrites a sentence, or moves a page that the site's own layouts lead to.
"""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from macros.content.catalogue import PUBLISHED, Catalogue, PageEntry, address_of_page, kind_of_page, resolved
from macros.editing import Refused
from macros.editing.new import with_entry
from macros.editing.published_addresses import as_list
from macros.editing.templates import as_id
from macros.models import CONTENT_TYPES
from macros.models.base import NAME, fault_of_name, references_in
from macros.models.words import WORDS, given
from macros.problems import nearest_path
from macros.rules.redirects import page_addresses

REDIRECTS = "data/redirects.yml"
_LAYOUTS = ("overrides", "macros/components", "macros/models", "macros/outputs", "macros/views", "macros/website")
_ENTRY = re.compile(r"(?m)^- (?:.*\n?(?!- |#))*")


def move(catalogue: Catalogue, asked: str, wanted: str) -> dict[str, str | None]:
    """The text of every file that moving a page changes, by its path; nothing for the file that goes. Both pages are named by address or file.

    Raises Refused where there is no such page, none can be where it is to go, or an engineer has to see to it.
    """
    page = _page(catalogue, asked)
    new = _new_path(catalogue, page, wanted)
    texts = dict(catalogue.texts)
    for other in catalogue.pages.values():
        texts[other.source.file] = _relinked(texts[other.source.file], other, page.path, new)
    for file, text in texts.items():
        if file.startswith("data/") and file.endswith(".yml") and not file.startswith(("data/templates/", "data/schemas/", "data/withdrawn")):
            texts[file] = _renamed_in_data(text, page.path, new)
    for file, line, old_id, new_id in _names(catalogue, page, new):
        lines = texts[file].split("\n")
        lines[line - 1] = re.sub(rf"(?<![\w-]){re.escape(old_id)}(?![\w-])", new_id, lines[line - 1])
        texts[file] = "\n".join(lines)
    texts[REDIRECTS] = _led_on(catalogue, texts.get(REDIRECTS, ""), page.address, address_of_page(new))
    if catalogue.published:
        texts[PUBLISHED] = as_list(catalogue, [address_of_page(new)])
    changed: dict[str, str | None] = {file: text for file, text in texts.items() if text != catalogue.texts.get(file)}
    changed[f"docs/{new}"] = texts[page.source.file]
    return {**changed, page.source.file: None}


def _bare(asked: str) -> str:
    """What a person writes for a page (its address, in full or not, or its file) as the path below docs/ without its ending."""
    return urlsplit(asked.strip()).path.strip("/").removeprefix("docs/").removesuffix(".md").removesuffix("index").strip("/")


def _page(catalogue: Catalogue, asked: str) -> PageEntry:
    page = next((page for page in catalogue.pages.values() if page.address.strip("/") == _bare(asked)), None)
    if page is None:
        near = nearest_path(f"/{_bare(asked)}/", [page.address for page in catalogue.pages.values()])
        raise Refused(f'No page of docs/ is at "{asked}".{f" Did you mean {near}?" if near else ""} A page that the build makes moves with its data.')
    if page.kind.name == "topic" or not page.address.strip("/"):
        raise Refused("The home page and a topic stay where they are: a topic is named after its theme.")
    named = re.compile(rf"(?<![\w/-])(?:/{re.escape(page.address.strip('/'))}/|{re.escape(page.path)})(?![\w-])")
    layouts = (file for folder in _LAYOUTS for ending in ("py", "html", "js") for file in sorted((catalogue.root / folder).rglob(f"*.{ending}")))
    if file := next((file for file in layouts if named.search(file.read_text(encoding="utf-8"))), None):
        where = file.relative_to(catalogue.root).as_posix()
        raise Refused(f"The site's own program leads to {page.address} ({where}), so an engineer has to move this page.")
    return page


def _new_path(catalogue: Catalogue, page: PageEntry, wanted: str) -> str:
    bare = _bare(wanted)
    new = f"{bare}/index.md" if page.path.endswith("/index.md") else f"{bare}.md"
    for part in bare.split("/"):
        if not NAME.match(part) or fault_of_name(part):
            raise Refused(f'"{wanted}" is no address for a page: write small letters, digits and hyphens, such as /training/learning-week/.')
    if kind_of_page(new) is not page.kind:
        raise Refused(f"In that folder are pages of another kind ({kind_of_page(new).title}), with other settings. Choose a folder for the same kind.")
    if address_of_page(new) in page_addresses(catalogue):
        raise Refused(f"There is a page at {address_of_page(new)} already.")
    return new


def _relinked(text: str, page: PageEntry, old: str, new: str) -> str:
    """A page's text with its links to the old place led to the new one. On the page that moves, links that began at its folder begin at docs/."""
    at_lines = [0, *(match.end() for match in re.finditer("\n", text))]
    for link in reversed(page.links):  # from the end, so that what was found above stays where it is
        path, mark, place = link.target.partition("#")
        leads_to = resolved(page.path, link.target)
        if not path or re.match(r"[a-z]+:|//", path) or (leads_to != old and (page.path != old or path.startswith("/"))):
            continue
        found = re.compile(rf"(?<=[(<\s]){re.escape(link.target)}(?=[)>\s]|\Z)").search(text, at_lines[link.line - 1])
        if found:
            text = f"{text[: found.start()]}/{new if leads_to == old else leads_to}{mark}{place}{text[found.end() :]}"
    front, rest = text[: at_lines[page.source.body_line - 1]], text[at_lines[page.source.body_line - 1] :]
    return _renamed_in_data(front, old, new) + rest


def _renamed_in_data(text: str, old: str, new: str) -> str:
    """A list or the settings of a page with the file, and the address where something leads to it, called by their new names."""
    text = re.sub(rf"(?<![\w./-])(docs/|/){re.escape(old)}(?![\w-])", rf"\g<1>{new}", text)
    address = re.escape(address_of_page(old))
    return re.sub(rf"(?m)^((?!\s*(?:- )?from:).*?)(?<![\w.:/-]){address}(?=[#\s\"'),]|$)", rf"\g<1>{address_of_page(new)}", text)


def _names(catalogue: Catalogue, page: PageEntry, new: str) -> Iterator[tuple[str, int, str, str]]:
    """Where a page is named by its id, as a review is: the file, the line, and the id before and after."""
    old_id, new_id = page.meta.id, posixpath.basename(new).removesuffix(".md")
    if page.kind.name == "page" or old_id == new_id:
        return
    for kind in CONTENT_TYPES:
        for field, target in references_in(kind.model):
            for record in catalogue.all(kind.name) if target == page.kind.name else ():
                value, place = getattr(record, field), catalogue.places[(kind.name, record.id)]
                for number, name in enumerate(value if isinstance(value, tuple) else (value,)):
                    if name == old_id and (line := place.line(field, number) or place.line(field)):
                        yield place.document.file, line, old_id, new_id
    for other in catalogue.pages.values():
        for call in other.calls:
            names = {argument.name: argument.names for argument in WORDS[call.name].arguments}
            if any(names[name] == page.kind.name and value == old_id for name, value in given(call.name, call.arguments, call.named).items()):
                yield other.source.file, call.line, old_id, new_id


def _led_on(catalogue: Catalogue, text: str, old: str, new: str) -> str:
    """The list of old addresses with one more, and without one from where the page goes now."""
    here = {redirect.id for redirect in catalogue.all("redirect") if redirect.from_.rstrip("/") == new.rstrip("/")}
    text = _ENTRY.sub(lambda entry: "" if any(re.match(rf"- id: {name}\s", entry.group()) for name in here) else entry.group(), text)
    name, taken = as_id(f"moved {old}"), {*catalogue.names("redirect")} - here
    while name in taken:
        name += "-again"
    return with_entry(text, f"- id: {name}\n  from: {old}\n  to: {new}\n  why: The page has moved.\n")
