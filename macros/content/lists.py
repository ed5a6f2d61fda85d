"""Lists of records: ``data/*.yml``, and folders of such files.

Owns: which files are lists, and turning their entries into records. Never: knows what a record means.
"""

from pathlib import Path

from macros.content.catalogue import PUBLISHED, Place
from macros.content.loading import Loading
from macros.content.records import NAME, record_of, refuse_markup
from macros.models import CONTENT_TYPES
from macros.models.base import ContentType
from macros.problems import nearest
from macros.sources.files import read_text, relative, walk
from macros.sources.yaml_files import read_yaml


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
