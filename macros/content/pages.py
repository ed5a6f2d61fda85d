"""Pages: ``docs/**/*.md``, each with its settings, its words and its links.

Owns: which files may stand in ``docs/`` and of which kind a page is. Never: renders.
"""

from pathlib import Path

from macros.content.catalogue import PageEntry, Place, kind_of_page
from macros.content.loading import Loading
from macros.content.records import NAME, as_name, record_of_file
from macros.models.page import Page
from macros.models.words import WORDS
from macros.sources.files import check_picture, relative, walk
from macros.sources.pages import links_of, read_page, words_of

_DOCS_ENDINGS = (".md", ".png", ".jpg", ".jpeg", ".svg", ".webp", ".pdf", ".txt", ".css", ".js", ".ico", ".xml", ".webmanifest")


def load_pages(loading: Loading) -> None:
    """Every page, and the name of every file in docs/; what cannot stand there is told."""
    for path in walk(loading.root / "docs"):
        name = relative(path, loading.root).removeprefix("docs/")
        ending = path.suffix.lower()
        if path.is_symlink():
            loading.tell(path, "This is a symbolic link, which can lead out of the project.", "Put the file itself here.")
            continue
        if ending not in _DOCS_ENDINGS:
            says = f'A file ending in "{path.suffix or "nothing"}" does not belong in docs/.'
            loading.tell(path, says, "Put pages (.md) and pictures here, lists and tables in data/.")
            continue
        loading.files.add(name)
        wrong = next((part for part in name.removesuffix(path.suffix).split("/") if not NAME.match(part)), "")
        if wrong or path.suffix != ending:
            right = as_name(wrong or path.stem) + (ending if wrong in ("", path.stem) else "")
            says = f'"{wrong or path.name}" becomes part of an address, so it may hold only small letters, digits and hyphens.'
            loading.tell(path, says, f'Rename it "{right}".')
        if path.suffix == ".md":
            loading.take([path], load_page, path, name)
        else:
            check_picture(path, loading.root, loading.problems)
    if "index.md" not in loading.files:
        loading.tell("docs/index.md", "The home page is missing.", "Put it back: the site begins with docs/index.md.")
        loading.files.add("index.md")  # so that links to it are not told as well


def load_page(loading: Loading, file: Path, path: str) -> None:
    """One page, by its ``path`` below docs/."""
    kind = kind_of_page(path)
    name = path.removesuffix(".md")
    page_id = name if kind.name == "page" else name.rpartition("/")[2]
    source = read_page(file, loading.root, loading.problems)
    meta = record_of_file(loading, kind.model, source.front, page_id, "page", kind.title) if source else None
    if source is None or not isinstance(meta, Page):
        loading.lost.add((kind.name, page_id))
        return
    calls = words_of(source, loading.problems, WORDS) if meta.render_macros else []
    loading.pages[path] = PageEntry(kind, meta, source, tuple(calls), tuple(links_of(source)))
    loading.listed.append((kind, meta, Place(source.front)))
