"""Reading everything below the project's folder into one catalogue.

Owns: what may stand in docs/ and data/; lists (``data/*.yml`` and folders of such files) and pages; that every problem is heard at once.
Never: knows what a record means, or applies a rule across records (``rules`` do).
"""

from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

from macros.content.catalogue import DOWNLOADS, PUBLISHED, Catalogue, PageEntry, Place, kind_of_page
from macros.content.derived import load_derived
from macros.content.loading import Loading, as_name, record_of, record_of_file, refuse_markup
from macros.content.tables import load_tables
from macros.models import CONTENT_TYPES
from macros.models.base import NAME, ContentType, fault_of_name
from macros.models.pages import Page
from macros.models.words import WORDS
from macros.problems import Problem, nearest
from macros.sources.files import check_picture, read_text, relative, text_as_it_stands, walk
from macros.sources.kept import Kept
from macros.sources.pages import links_of, read_page, words_of
from macros.sources.pdf_files import check_document
from macros.sources.pictures import PHOTOGRAPHS, carried_by, size_of
from macros.sources.yaml_files import read_yaml

_DOCS_ENDINGS = (".md", ".png", ".jpg", ".jpeg", ".webp")  # whatever else a browser opens can run a script


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
    derived = load_tables(loading)
    load_pages(loading)
    load_derived(loading, derived)
    texts, carried, sizes = {}, {}, {}
    for path in (path for folder in ("docs", "data") for path in walk(root / folder)):
        name, ending = relative(path, root), path.suffix.lower()
        text = kept.read("text", [path], partial(text_as_it_stands, path)) if kept else text_as_it_stands(path)
        if text is not None:
            texts[name] = text
        if name.startswith("docs/") and ending in PHOTOGRAPHS and path.is_file() and not path.is_symlink():
            look = partial(_of_picture, path, ending)
            carried[name], sizes[name] = kept.read("picture", [path], look) if kept else look()
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


def _of_picture(path: Path, ending: str) -> tuple[list[str] | None, tuple[int, int] | None]:
    picture = path.read_bytes()
    return carried_by(picture, ending), size_of(picture, ending)


def load_lists(loading: Loading) -> None:
    """Every list, and the addresses that were published; what else stands in data/ is told."""
    homes = {kind.home: kind for kind in CONTENT_TYPES if not kind.is_pages}
    known = [home.removeprefix("data/") for home in homes]
    likely: set[str] = set()
    for path in sorted((loading.root / "data").glob("*"), key=lambda p: (p.stem, p.is_dir())):
        name = relative(path, loading.root)
        if name in homes:
            loading.take([path], load_list, homes[name], path)
        elif f"{name}.yml" in homes and path.is_dir() and not path.is_symlink():
            _load_folder(loading, homes[f"{name}.yml"], path)
        elif name == PUBLISHED:  # one address a line, and remarks that begin with #
            for number, line in enumerate((read_text(path, loading.root, loading.problems) or "").split("\n"), 1):
                if line and not line.startswith("#"):
                    loading.published.setdefault(line, number)
        elif not path.name.startswith("."):
            likely.add("data/" + nearest(path.name, known, say="{}").strip('"'))
            if path.is_symlink():
                loading.tell(path, "This is a symbolic link, which can lead out of the project.", "Put the file itself here.")
            elif not path.is_dir():
                fix = "Correct its name, or move it: a list the site knows stands in data/, a table in data/tables/, a page or picture in docs/."
                loading.tell(path, "The site does not know this file." + nearest(path.name, known), fix)
            elif path.name not in ("tables", "schemas", "templates"):
                fix = "Put lists in data/ itself and tables in data/tables/."
                loading.tell(path, f'The site knows no folder "{path.name}" in data/.', fix)
    for home, kind in homes.items():
        if not (loading.root / home).exists() and not (loading.root / home).with_suffix("").is_dir():
            _lose(loading, kind)
            if home not in likely:
                loading.tell(home, "The list is missing.", "Put the file back; a list with nothing in it holds the two signs [].")


def _load_folder(loading: Loading, kind: ContentType, folder: Path) -> None:
    """Entries of a list in files of their own, such as data/sessions/spring.yml: a new one touches no other."""
    for path in walk(folder):
        if path.suffix == ".yml" and path.parent == folder:
            loading.take([path], load_list, kind, path)
        else:
            says = f"Only .yml files stand here, each with entries of {kind.home}."
            loading.tell(path, says, "Rename the file so that it ends in .yml, or move it.")
            _lose(loading, kind)


def load_list(loading: Loading, kind: ContentType, path: Path) -> None:
    """One file of a list, its entries in ``listed``."""
    document = read_yaml(path, loading.root, loading.problems)
    if document is None or not isinstance(document.value, list):
        _lose(loading, kind)
        if document and document.value is None:
            loading.tell(path, "The file is empty.", "Put its entries back; a list with nothing in it holds the two signs [].", 1)
        elif document:
            fix = "Begin each entry with `- id: ` and its name, and set its other lines two blanks to the right."
            loading.tell(path, "The file is not a list.", fix, 1)
        return
    refuse_markup(loading, document)
    for number, value in enumerate(document.value):
        place = Place(document, (number,))
        if not isinstance(value, dict):
            loading.tell(path, "This entry has no settings.", "Begin it with `- id: ` and its name, then one `name: value` a line.", place.line())
            _lose(loading, kind)
        elif record := record_of(loading, kind.model, value, place, kind.title):
            loading.listed.append((kind, record, place))
        else:
            _lose(loading, kind, value.get("id"))


def _lose(loading: Loading, kind: ContentType, name: object = None) -> None:
    """Something of that name stands in what could not be read. Without a proper name it may be anything."""
    loading.lost.add((kind.name, name if isinstance(name, str) and NAME.match(name) else "*"))
    if kind.name == "action":  # which names the plans
        loading.lost.add(("plan", "*"))


def load_pages(loading: Loading) -> None:
    """Every page, and the name of every file in docs/; what cannot stand there is told."""
    for path in walk(loading.root / "docs"):
        name = relative(path, loading.root).removeprefix("docs/")
        ending = path.suffix.lower()
        if path.is_symlink():
            loading.tell(path, "This is a symbolic link, which can lead out of the project.", "Put the file itself here.")
            continue
        if ending == ".pdf" and not name.startswith(DOWNLOADS):
            loading.tell(
                path, f"A PDF does not belong in docs/ but in docs/{DOWNLOADS}.", "Move it there, and add a page beside it that says the same in words."
            )
            continue
        if ending not in (*_DOCS_ENDINGS, ".pdf"):
            says = f'A file ending in "{path.suffix or "nothing"}" does not belong in docs/.'
            fix = "Put pages (.md) and pictures (.png, .jpg, .webp) here, lists and tables in data/. A drawing is saved as PNG; what a document says goes on a page."
            loading.tell(path, says, fix)
            continue
        if name.startswith("assets/"):
            says = "The folder assets/ holds the site's own scripts, styles and pictures; a file here would take the place of one of them."
            loading.tell(path, says, "Put the picture beside the page that shows it, in another folder.")
            continue
        loading.files.add(name)
        wrong = next((part for part in name.removesuffix(path.suffix).split("/") if not NAME.match(part)), "")
        if wrong or path.suffix != ending:
            right = as_name(wrong or path.stem) + (ending if wrong in ("", path.stem) else "")
            says = f'"{wrong or path.name}" becomes part of an address, so it may hold only small letters, digits and hyphens.'
            loading.tell(path, says, f'Rename it "{right}".')
        elif fault := next(filter(None, map(fault_of_name, name.removesuffix(path.suffix).split("/"))), None):
            loading.tell(path, f"The file or its folder {fault}.", "Rename it, such as with one word more or fewer.")
        if path.suffix == ".md":
            loading.take([path], load_page, path, name)
        elif ending == ".pdf":
            check_document(path, loading.root, loading.problems)
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
