"""A new entry, written where it belongs, for those who work on their own computer.

Owns: the file a new entry goes into and its first text. Never: overwrites anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.editing import Refused
from macros.editing.kinds import settings_of
from macros.editing.templates import TABLE_NUMBERS, Value, as_id, template
from macros.models import KINDS, TABLE
from macros.models.base import ContentType, fault_of_name
from macros.problems import nearest
from macros.writing import write_whole


@dataclass(frozen=True)
class NewFile:
    """A file to write; ``adds_to`` says that the text goes after what is there."""

    path: str
    text: str
    adds_to: bool = False


def new_entry(root: Path, kind_name: str, title: str, today: date) -> list[NewFile]:
    """The files that a new entry of a kind (in the singular or plural) needs.

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
    files = new_files(kind, name, {field.name: [title] if field.many else title}, today)
    for file in files:
        if not file.adds_to and (root / file.path).exists():
            raise Refused(f"{file.path} is there already. Give the new entry another title.")
    return files


def new_files(kind: ContentType, name: str, values: dict[str, Value], today: date) -> list[NewFile]:
    """The same for a name and settings at hand."""
    if kind is TABLE:
        return [NewFile(f"{kind.home}{name}.yml", template(kind, today, values)), NewFile(f"{kind.home}{name}.csv", TABLE_NUMBERS)]
    if kind.is_pages:
        return [NewFile(f"{kind.home}{name}.md", template(kind, today, values))]
    return [NewFile(kind.home, template(kind, today, {"id": name, **values}), adds_to=True)]


def write_files(root: Path, files: Mapping[str, str | None]) -> None:
    """Writes whole files, and then takes away those that are to go."""
    for path, text in sorted(files.items(), key=lambda file: file[1] is None):
        if text is None:
            (root / path).unlink()
        else:
            write_whole(root / path, text.encode())


def write(root: Path, file: NewFile) -> None:
    """Writes a new file, or adds to the end of a list."""
    path = root / file.path
    before = path.read_text(encoding="utf-8") if file.adds_to and path.exists() else ""
    before = before.removesuffix("[]\n")  # how a list with nothing in it is written
    gap = "" if not before or before.endswith("\n") else "\n"
    write_whole(path, f"{before}{gap}{file.text}".encode())
