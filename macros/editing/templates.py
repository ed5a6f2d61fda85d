"""What a new entry starts from: every setting with its help above it, and the headings of a new page.

Owns: the text of a new page, list entry or table. Never: writes a file, or knows a setting that no model has.
Lines that begin with # explain and may be deleted. What must be written is left blank, or marked TO WRITE,
so that the check tells what is missing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from macros.content.periods import months_later
from macros.editing.kinds import Setting, help_on, settings_of
from macros.models import TABLE
from macros.models.base import ContentType

OWNER = "business-team"
_PLAIN = re.compile(r"[A-Za-z0-9][^\n:#\"'{}\[\],&*!|>%@`]*\Z")
Value = str | Sequence[str]


def template(kind: ContentType, today: date | None = None, values: Mapping[str, Value] | None = None, body: str = "") -> str:
    """A new entry of a kind. ``values`` are filled in; with ``today`` the dates of review are."""
    filled = {"owner": OWNER, **(_review_dates(today) if today else {}), **(values or {})}
    if kind.is_pages:
        lines = _settings(kind, filled, "", f"# {kind.what_it_is}")
        return "\n".join(["---", *lines, "---", body or kind.starts or "TO WRITE\n"])
    if kind is TABLE:
        return "\n".join([*_settings(kind, filled, "", f"# {kind.what_it_is} The numbers stand beside it, in a .csv file of the same name."), ""])
    entry = list(_settings(kind, filled, "  ", f"# {kind.what_it_is}"))
    first = next(number for number, line in enumerate(entry) if line.startswith("  id:"))
    entry[first - 1 : first + 1] = [entry[first - 1].strip(), f"- {entry[first].strip()}"]
    return "\n".join([*entry, ""])


def table_numbers(rows: str = "") -> str:
    """The .csv file beside the description of a new table: its columns are those of the description."""
    return f"year,number\n{rows or '2022/23,TO WRITE'}\n"


def _review_dates(today: date) -> dict[str, str]:
    return {"reviewed_on": today.isoformat(), "review_by": months_later(today, 12).isoformat()}


def _settings(kind: ContentType, values: Mapping[str, Value], indent: str, heading: str) -> Iterator[str]:
    settings = sorted(settings_of(kind), key=_place)
    yield heading
    yield "# Lines that begin with # explain, and may be deleted. These settings are needed:"
    for setting in settings:
        if setting.needed:
            yield from _lines(setting, values, indent)
    yield f"{indent}# These may stay blank, or be deleted:"
    for setting in settings:
        if not setting.needed:
            yield from _lines(setting, values, indent)


def _place(setting: Setting) -> int:
    """Name and title first, the source last; the others as the model has them."""
    return {"id": -2, "title": -1, "source": 1, "place": 2}.get(setting.name, 0)


def _lines(setting: Setting, values: Mapping[str, Value], indent: str) -> Iterator[str]:
    yield f"{indent}# {help_on(setting)}"
    if setting.parts and setting.needed:
        yield f"{indent}{setting.name}:"
        yield from _COLUMNS
        return
    value = values.get(setting.name, "")
    yield f"{indent}{setting.name}:{' ' + yaml_text(value) if value else ''}"


# A new table begins with two columns; each of their settings is explained in the guide.
_COLUMNS = (
    "  # The name of the first column, as in the .csv file, its heading, and what its cells hold:",
    "  - name: year",
    "    title: Year",
    "    type: year",
    "  - name: number",
    "    title: TO WRITE",
    "    type: whole number",
    "    unit: TO WRITE",
)


def yaml_text(value: Value) -> str:
    """A value as YAML holds it on one line: in double quotes where it would be read as something else."""
    if not isinstance(value, str):
        return f"[{', '.join(yaml_text(item) for item in value)}]"
    if _PLAIN.match(value) and value == value.strip() and value != "null":
        return value
    return json.dumps(value, ensure_ascii=False)


_SPELT = str.maketrans({"'": "", "’": "", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})  # no accent to take off


def as_id(title: str) -> str:
    """A title as an id or a file's name: ``Child L`` is ``child-l``, ``Café`` is ``cafe``."""
    letters = unicodedata.normalize("NFKD", title.casefold().translate(_SPELT))
    return re.sub(r"[^a-z0-9]+", "-", "".join(letter for letter in letters if not unicodedata.combining(letter))).strip("-")[:60].strip("-")


def names_itself(kind: ContentType) -> str:
    """The setting that a new entry's title goes into: ``title``, or the first needed one that is written freely."""
    settings = settings_of(kind)
    if any(setting.name == "title" for setting in settings):
        return "title"
    return next(setting.name for setting in settings if setting.needed and not setting.options and setting.name not in ("id", "source", "place"))
