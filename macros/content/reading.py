"""Reading everything below the project's folder into one catalogue.

Owns: the order in which it is read, and that every problem is heard at once. Never: applies a rule across records (``rules`` do).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
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
    frozen = {kind: MappingProxyType(found) for kind, found in loading.records.items()}
    photographs = list(_photographs_of(root))
    catalogue = Catalogue(
        root,
        today,
        MappingProxyType(loading.tables),
        MappingProxyType(frozen),
        MappingProxyType(loading.pages),
        MappingProxyType(loading.places),
        frozenset(loading.files),
        frozenset(loading.lost),
        MappingProxyType(loading.published),
        MappingProxyType(_texts_of(root, kept)),
        MappingProxyType({name: carried_by(data, ending) for name, ending, data in photographs}),
        MappingProxyType({name: size_of(data, ending) for name, ending, data in photographs}),
    )
    return catalogue, loading.problems


def _texts_of(root: Path, kept: Kept | None) -> dict[str, str]:
    def read(path: Path) -> str | None:
        return kept.read("text", [path], lambda: text_as_it_stands(path)) if kept else text_as_it_stands(path)

    found = {relative(path, root): read(path) for folder in ("docs", "data") for path in walk(root / folder)}
    return {name: text for name, text in found.items() if text is not None}


def _photographs_of(root: Path) -> Iterator[tuple[str, str, bytes]]:
    """Each photograph's name, ending and bytes."""
    for path in walk(root / "docs"):
        if path.suffix.lower() in PHOTOGRAPHS and path.is_file() and not path.is_symlink():
            yield relative(path, root), path.suffix.lower(), path.read_bytes()
