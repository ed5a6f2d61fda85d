"""A new entry, written where it belongs, for those who work on their own computer.

Owns: the file a new entry goes into and its first text. Never: overwrites anything.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from macros.editing import Refused
from macros.editing.kinds import settings_of
from macros.editing.templates import TABLE_NUMBERS, Value, as_id, template
from macros.models import KINDS, TABLE
from macros.models.base import ContentType, fault_of_name
from macros.problems import nearest
from macros.writing import write_whole


def new_entry(root: Path, kind_name: str, title: str, today: date) -> dict[str, str]:
    """The files that a new entry of a kind (in the singular or plural) needs, by path with their whole text.

    Raises Refused where there is no such kind, the title makes no name, or the entry is there already.
    """
    kind = next((kind for kind in KINDS if kind_name in (kind.name, kind.plural)), None)
    if kind is None:
        known = [kind.name for kind in KINDS]
        raise Refused(f'There is no kind of entry called "{kind_name}".{nearest(kind_name, known)} Known are: {", ".join(known)}.')
    name = as_id(title)
    if not name:
        raise Refused(f'No file name can be made from "{title}": give it a title with letters or digits.')
    if fault := fault_of_name(name):
        raise Refused(f'A file called "{name}" {fault}: give it a longer title.')
    # The title goes into the setting of that name, or into the first needed one that is written freely.
    titled = [setting for setting in settings_of(kind) if setting.name == "title"]
    free = [setting for setting in settings_of(kind) if setting.needed and not setting.options and setting.name not in ("id", "source", "place")]
    field = (titled or free)[0]
    files = new_files(root, kind, name, {field.name: [title] if field.many else title}, today)
    for path in files:
        if path != kind.home and (root / path).exists():
            raise Refused(f"{path} is there already. Give the new entry another title.")
    return files


def new_files(root: Path, kind: ContentType, name: str, values: dict[str, Value], today: date) -> dict[str, str]:
    """The same for a name and settings at hand."""
    if kind is TABLE:
        return {f"{kind.home}{name}.yml": template(kind, today, values), f"{kind.home}{name}.csv": TABLE_NUMBERS}
    if kind.is_pages:
        return {f"{kind.home}{name}.md": template(kind, today, values)}
    before = (root / kind.home).read_text(encoding="utf-8") if (root / kind.home).exists() else ""
    return {kind.home: with_entry(before, template(kind, today, {"id": name, **values}))}


def with_entry(before: str, entry: str) -> str:
    """A list with one entry more, at its end."""
    before = before.removesuffix("[]\n")  # how a list with nothing in it is written
    gap = "" if not before or before.endswith("\n") else "\n"
    return f"{before}{gap}{entry}"


def write_files(root: Path, files: Mapping[str, str | None]) -> None:
    """Writes whole files, and then takes away those that are to go."""
    for path, text in sorted(files.items(), key=lambda file: file[1] is None):
        if text is None:
            (root / path).unlink()
        else:
            write_whole(root / path, text.encode())
