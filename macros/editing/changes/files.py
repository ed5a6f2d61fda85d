"""What a change does beside the words of pages and lists: files, what is new to the site, and which pages look different in the end.

Owns: comparing the files of two copies of the project, and the pages of the two sites built of them. Never: says what stands in a file.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from filecmp import cmp
from fnmatch import fnmatch
from functools import partial
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from macros.content.catalogue import Catalogue, resolved
from macros.editing.changes.lines import Line, Quote, Section
from macros.editing.outside_links import outside_links

_TOLD = re.compile(r"docs/.*\.md|data/(?!schemas/|templates/).*\.(?:yml|csv)")  # elsewhere, in words
_SHOWN = re.compile(r"docs/")
_LOOKS = re.compile(r"overrides/|mkdocs\.yml\Z")
_DOWNLOADS = ("data/", "calendars/", "feeds/", "pdf/")
_same = partial(cmp, shallow=False)  # by every byte
_SPOKEN = {"phone": "telephone number", "emergency": "telephone number", "email": "e-mail address"}


def look_first(before: Catalogue, after: Catalogue) -> Section:
    """Websites, telephone numbers, addresses and files that the site did not have: by these a change could mislead."""
    section = Section("Look at these first: they are new on the site")
    # What the weekly look leaves out is new all the same.
    then, now = (outside_links(replace(catalogue, records={**catalogue.records, "link-exception": {}})) for catalogue in (before, after))
    known = {urlsplit(link.address).netloc for link in then}
    new = {host: link.file for link in now if (host := urlsplit(link.address).netloc) not in known}
    section.lines += [("website ", Quote(host), ", in ", Quote(file)) for host, file in new.items()]
    numbers = {_plain(contact.value) for contact in before.all("contact")}
    for contact in after.all("contact"):
        if contact.kind in _SPOKEN and _plain(contact.value) not in numbers:
            section.lines.append((f"{_SPOKEN[contact.kind]} ", Quote(contact.value), " of ", Quote(contact.title)))
    old = _files(before.root)
    section.lines += [("file ", *_described(after, name)) for name in sorted(_files(after.root)) if name not in old and _is_loaded(name)]
    return section


def _plain(value: str) -> str:
    """A number or address without what is only for the eye."""
    return re.sub(r"[\s()-]", "", value).casefold()


def _is_loaded(name: str) -> bool:
    """Whether a visitor's browser may load the file itself."""
    return bool(_SHOWN.match(name) or name.startswith("overrides/assets/")) and not _TOLD.fullmatch(name)


def files_changed(before: Catalogue, after: Catalogue) -> Iterator[Section]:
    """Every file that changes and whose text is not told elsewhere; new pictures, documents, styles and scripts are told first of all."""
    shown, looks, rest = Section("Pictures and documents"), Section("How pages look: templates, styles, scripts, settings"), Section("Machinery and tests")
    old, new = _files(before.root), _files(after.root)
    for name in sorted({*old, *new}):
        if _TOLD.fullmatch(name) or (name not in old and _is_loaded(name)) or (name in old and name in new and _same(old[name], new[name])):
            continue
        section = shown if _SHOWN.match(name) else looks if _LOOKS.match(name) else rest
        how = "new: " if name not in old else "taken out: " if name not in new else "replaced: " if section is shown else "changed: "
        section.lines.append((how, *_described(after if name in new else before, name)))
    yield from (shown, looks, rest)


def _files(root: Path) -> dict[str, Path]:
    """Every file of the project by its path, without what git leaves out; but what the site is made of is never left out, as git can be overruled."""
    kept = (root / ".gitignore").read_text(encoding="utf-8").replace("/", "").split() if (root / ".gitignore").is_file() else []
    found: dict[str, Path] = {}
    for folder, folders, names in os.walk(root):
        inside = Path(folder).relative_to(root).parts[:1]
        ignored = [] if inside and inside[0] in ("docs", "data", "overrides") else [".git", *kept]
        folders[:], names = ([name for name in some if not any(fnmatch(name, pattern) for pattern in ignored)] for some in (folders, names))
        found |= {path.relative_to(root).as_posix(): path for name in names if (path := Path(folder, name)).is_file()}
    return found


def _described(catalogue: Catalogue, name: str) -> Line:
    """A file with its size, and the pages that name it as a picture."""
    size = catalogue.sizes.get(name)
    dots: Line = (f" ({size[0]:,} × {size[1]:,} dots)",) if size else ()
    picture = name.removeprefix("docs/")
    on = [page.address for page in catalogue.pages.values() if any(resolved(page.path, link.target) == picture for link in page.links)]
    return (Quote(name), *dots, *((", on ", Quote(", ".join(on))) if on else ()))


def pages_that_differ(before: Path, after: Path) -> Section:
    """Every page that looks different, in two built sites: also those of tables, lists and reports that nobody edits; and the files made of data."""
    section = Section("Pages that look different")
    old, new = _files(before), _files(after)
    pages = [name for name in sorted({*old, *new}) if name.endswith(".html") and not (name in old and name in new and _same(old[name], new[name]))]
    everywhere = {name for name in old.keys() & new.keys() if name.endswith(".html")}
    if everywhere and everywhere == set(pages):
        section.lines.append(("every page of the site",))
    else:
        sorts = [(("new: ",) if name not in old else ("gone: ",) if name not in new else (), name.split("/")[0], name) for name in pages]
        for (how, _), group in groupby(sorted(sorts), key=lambda sort: sort[:2]):  # a line for each section of the site, so that none is left out
            section.lines.append((*how, Quote(", ".join(f"/{name.removesuffix('index.html')}" for *_, name in group))))
    made = [name for name in sorted(new) if name.startswith(_DOWNLOADS) and not name.endswith(".html") and not (name in old and _same(old[name], new[name]))]
    if made:
        section.lines.insert(0, ("files to download or follow: ", Quote(", ".join(made[:10])), *((f" and {len(made) - 10:,} more",) if len(made) > 10 else ())))
    return section
