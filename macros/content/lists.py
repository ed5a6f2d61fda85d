"""Lists of records: ``data/*.yml``, and folders of such files.

Owns: which files are lists, and turning their entries into records. Never: knows what a record means.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from macros.content.catalogue import PUBLISHED, Place
from macros.content.loading import Loading, lose_all
from macros.content.records import NAME, refuse_markup, validated
from macros.models import CONTENT_TYPES
from macros.models.base import ContentType
from macros.problems import Problem, nearest
from macros.sources.files import read_text, relative, walk
from macros.sources.yaml_files import Document, read_yaml

_GENERATED = ("schemas", "templates")


def load_lists(loading: Loading) -> None:
    homes = {kind.home: kind for kind in CONTENT_TYPES if not kind.is_pages}
    data = loading.root / "data"
    known = [home.removeprefix("data/") for home in homes]
    likely: set[str] = set()
    for path in sorted(data.glob("*"), key=lambda p: (p.stem, p.is_dir())) if data.is_dir() else []:
        name = relative(path, loading.root)
        if name in homes:
            loading.take("list", [path], partial(load_list, kind=homes[name], path=path))
        elif f"{name}.yml" in homes and path.is_dir() and not path.is_symlink():
            _load_folder(loading, homes[f"{name}.yml"], path)
        elif name == PUBLISHED:
            _load_published(loading, path)
        elif not path.name.startswith("."):
            _tell_unknown(loading, path, known)
            likely.add("data/" + nearest(path.name, known, say="{}").strip('"'))
    for home, kind in homes.items():
        if not (loading.root / home).exists() and not (loading.root / home).with_suffix("").is_dir():
            lose_all(loading, kind)
            if home not in likely:
                loading.problems.append(Problem(home, None, "The list is missing.", "Put the file back; a list with nothing in it holds the two signs []."))


def _load_published(loading: Loading, path: Path) -> None:
    """The list of published addresses: one a line, and remarks that begin with #."""
    for number, line in enumerate((read_text(path, loading.root, loading.problems) or "").split("\n"), 1):
        if line and not line.startswith("#"):
            loading.published.setdefault(line, number)


def _tell_unknown(loading: Loading, path: Path, known: list[str]) -> None:
    name = relative(path, loading.root)
    if path.is_symlink():
        loading.problems.append(Problem(name, None, "This is a symbolic link, which can lead out of the project.", "Put the file itself here."))
    elif not path.is_dir():
        fix = "Correct its name, or move it: a list the site knows stands in data/, a table in data/tables/, a page or picture in docs/."
        loading.problems.append(Problem(name, None, "The site does not know this file." + nearest(path.name, known), fix))
    elif path.name not in ("tables", *_GENERATED):
        loading.problems.append(
            Problem(name, None, f'The site knows no folder "{path.name}" in data/.', "Put lists in data/ itself and tables in data/tables/.")
        )


def _load_folder(loading: Loading, kind: ContentType, folder: Path) -> None:
    """Entries of a list in files of their own, such as data/sessions/spring.yml: a new one touches no other."""
    for path in walk(folder):
        if path.suffix != ".yml" or path.parent != folder:
            loading.problems.append(
                Problem(
                    relative(path, loading.root),
                    None,
                    f"Only .yml files stand here, each with entries of {kind.home}.",
                    "Rename the file so that it ends in .yml, or move it.",
                )
            )
            lose_all(loading, kind)
        else:
            loading.take("list", [path], partial(load_list, kind=kind, path=path))


def load_list(loading: Loading, kind: ContentType, path: Path) -> None:
    document = read_yaml(path, loading.root, loading.problems)
    if document is None or not _is_list(document, loading.problems):
        lose_all(loading, kind)
        return
    refuse_markup(document, loading.problems)
    assert isinstance(document.value, list)
    for number, value in enumerate(document.value):
        if isinstance(value, dict):
            record = validated(kind.model, value, document, (number,), kind.title, loading.problems)
        else:
            record, value = None, {}
            loading.problems.append(
                Problem(
                    document.file,
                    document.line((number,)),
                    "This entry has no settings.",
                    "Begin it with `- id: ` and its name, then one `name: value` a line.",
                )
            )
        if record is not None:
            loading.listed.append((kind, record, Place(document, (number,))))
        else:
            loading.lost.update(_names_lost(kind, value.get("id")))


def _is_list(document: Document, problems: list[Problem]) -> bool:
    if document.value is None:
        problems.append(Problem(document.file, 1, "The file is empty.", "Put its entries back; a list with nothing in it holds the two signs []."))
    elif not isinstance(document.value, list):
        problems.append(
            Problem(
                document.file, 1, "The file is not a list.", "Begin each entry with `- id: ` and its name, and set its other lines two blanks to the right."
            )
        )
    return isinstance(document.value, list)


def _names_lost(kind: ContentType, name: object) -> set[tuple[str, str]]:
    """What an entry that does not fit would have been called. Without a proper id it may be anything."""
    lost = {(kind.name, name if isinstance(name, str) and NAME.match(name) else "*")}
    return lost | {("plan", "*")} if kind.name == "action" else lost
