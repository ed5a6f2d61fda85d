"""Reading everything below the project's folder into one catalogue.

Owns: the order in which it is read, and that every problem is heard at once. Never: applies a rule across records (``rules`` do).
"""

from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

from macros.content.catalogue import Catalogue
from macros.content.lists import load_lists
from macros.content.loading import Loading
from macros.content.pages import load_pages
from macros.content.tables import load_tables
from macros.problems import Problem
from macros.sources.files import relative, text_as_it_stands, walk
from macros.sources.kept import Kept
from macros.sources.pictures import PHOTOGRAPHS, carried_by, size_of


def load_catalogue(root: Path, today: date, kept: Kept | None = None) -> tuple[Catalogue, list[Problem]]:
    """Everything below ``root``, with every problem of reading and typing it.

    Where there are problems the catalogue holds what could be read, so that the rules can look at the rest
    and an editor hears everything at once. With ``kept`` only files that have changed are read again, and the
    records, tables and pages of all others are the same objects as before.
    """
    loading = Loading(root, kept)
    if kept:
        kept.begin()
    load_lists(loading)
    load_tables(loading)
    load_pages(loading)
    texts, carried, sizes = {}, {}, {}
    for path in (path for folder in ("docs", "data") for path in walk(root / folder)):
        name, ending = relative(path, root), path.suffix.lower()
        text = kept.read("text", [path], partial(text_as_it_stands, path)) if kept else text_as_it_stands(path)
        if text is not None:
            texts[name] = text
        if name.startswith("docs/") and ending in PHOTOGRAPHS and path.is_file() and not path.is_symlink():
            picture = path.read_bytes()
            carried[name], sizes[name] = carried_by(picture, ending), size_of(picture, ending)
    catalogue = Catalogue(
        root,
        today,
        tables=MappingProxyType(loading.tables),
        records=MappingProxyType({kind: MappingProxyType(found) for kind, found in loading.records.items()}),
        pages=MappingProxyType(loading.pages),
        places=MappingProxyType(loading.places),
        files=frozenset(loading.files),
        lost=frozenset(loading.lost),
        published=MappingProxyType(loading.published),
        texts=MappingProxyType(texts),
        carried=MappingProxyType(carried),
        sizes=MappingProxyType(sizes),
    )
    return catalogue, loading.problems
