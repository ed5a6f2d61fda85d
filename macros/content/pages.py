"""Pages: ``docs/**/*.md``, each with its settings, its words and its links.

Owns: which files may stand in ``docs/`` and of which kind a page is. Never: renders.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from macros.content.catalogue import PageEntry, Place, kind_of_page
from macros.content.loading import Loading
from macros.content.records import NAME, as_name, refuse_markup, validated
from macros.models.base import ContentType
from macros.models.pages import Page
from macros.models.words import WORDS
from macros.problems import Problem
from macros.sources.files import check_picture, relative, walk
from macros.sources.pages import PageFile, links_of, read_page, words_of

_DOCS_ENDINGS = (".md", ".png", ".jpg", ".jpeg", ".svg", ".webp", ".pdf", ".txt", ".css", ".js", ".ico", ".xml", ".webmanifest")


def load_pages(loading: Loading) -> None:
    docs = loading.root / "docs"
    for path in walk(docs):
        file = relative(path, loading.root)
        name = file.removeprefix("docs/")
        if path.is_symlink():
            loading.problems.append(Problem(file, None, "This is a symbolic link, which can lead out of the project.", "Put the file itself here."))
            continue
        if path.suffix.lower() not in _DOCS_ENDINGS:
            loading.problems.append(
                Problem(
                    file,
                    None,
                    f'A file ending in "{path.suffix or "nothing"}" does not belong in docs/.',
                    "Put pages (.md) and pictures here, lists and tables in data/.",
                )
            )
            continue
        loading.files.add(name)
        wrong = [part for part in name.removesuffix(path.suffix).split("/") if not NAME.match(part)]
        if wrong or path.suffix != path.suffix.lower():
            last = not wrong or wrong[0] == path.stem
            right = as_name(wrong[0] if wrong else path.stem) + (path.suffix.lower() if last else "")
            says = f'"{wrong[0] if wrong else path.name}" becomes part of an address, so it may hold only small letters, digits and hyphens.'
            loading.problems.append(Problem(file, None, says, f'Rename it "{right}".'))
        if path.suffix == ".md":
            loading.take("page", [path], partial(load_page, file=path, path=name))
        else:
            check_picture(path, loading.root, loading.problems)
    if "index.md" not in loading.files:
        loading.problems.append(Problem("docs/index.md", None, "The home page is missing.", "Put it back: the site begins with docs/index.md."))
        loading.files.add("index.md")  # so that links to it are not told as well


def load_page(loading: Loading, file: Path, path: str) -> None:
    kind = kind_of_page(path)
    name = path.removesuffix(".md")
    page_id = name if kind.name == "page" else name.rpartition("/")[2]
    source = read_page(file, loading.root, loading.problems)
    meta = _settings(loading, source, kind, page_id) if source else None
    if source is None or meta is None:
        loading.lost.add((kind.name, page_id))
        return
    calls = words_of(source, loading.problems, WORDS) if meta.render_macros else []
    loading.pages[path] = PageEntry(kind, meta, source, tuple(calls), tuple(links_of(source)))
    loading.records[kind.name][page_id] = meta
    loading.places[(kind.name, page_id)] = Place(source.front, ())


def _settings(loading: Loading, source: PageFile, kind: ContentType, page_id: str) -> Page | None:
    settings = source.front.value
    assert isinstance(settings, dict)
    if "id" in settings:
        loading.problems.append(
            Problem(source.file, source.front.line(("id",)), "A page's id is its file's name and is not written.", "Delete the line.", field="id")
        )
        return None
    refuse_markup(source.front, loading.problems, also_tags=True)
    meta = validated(kind.model, {**settings, "id": page_id}, source.front, (), kind.title, loading.problems)
    return meta if isinstance(meta, Page) else None
