"""What a new entry starts from: every setting with its help above it, and the headings of a new page.

Owns: the text of a new page, list entry or table. Never: writes a file, or knows a setting that no model has. Lines that begin with # explain and
may be deleted. What must be written is left blank, or marked TO WRITE, so that the check says what is missing.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from macros.content.periods import months_later
from macros.editing.kinds import settings_of
from macros.models import TABLE
from macros.models.base import ContentType
from macros.sources.plain_text import typed

OWNER = "business-team"
PLACES = {"id": -2, "title": -1, "source": 1, "place": 2, "announced_on": 3, "status": 4, "moved_to": 5}  # the others are between these, as in their model
_PLAIN = re.compile(r"[A-Za-z0-9][^\n:#\"'{}\[\],&*!|>%@`]*\Z")
# A new table begins with two columns; each of their settings is explained in the guide.
_COLUMNS = """\
  # The name of the first column, as in the .csv file, its heading, and what its cells hold:
  - name: year
    title: Year
    type: year
  - name: number
    title: TO WRITE
    type: whole number
    unit: TO WRITE"""
TABLE_NUMBERS = "year,number\n2022/23,TO WRITE\n"  # the .csv file beside it
Value = str | Sequence[str]


def template(kind: ContentType, today: date | None = None, values: Mapping[str, Value] | None = None, body: str = "") -> str:
    """A new entry of a kind. ``values`` are filled in; with ``today`` its dates are."""
    dates = {"written_on": today.isoformat(), "review_by": months_later(today, 12).isoformat()} if today else {}
    if today and not (values or {}).get("source"):  # until a document is named it is the partnership's own word
        dates["announced_on"] = today.isoformat()
    filled: dict[str, Value] = {"owner": OWNER, **dates, **(values or {})}
    if kind.is_pages:
        return "\n".join(["---", f"# {kind.what_it_is}", *_settings(kind, filled), "---", body or kind.starts or "TO WRITE\n"])
    if kind is TABLE:
        return "\n".join([f"# {kind.what_it_is} The numbers stand beside it, in a .csv file of the same name.", *_settings(kind, filled), ""])
    explained, about_id, own_id, *others = _settings(kind, filled, "  ")
    return "\n".join([f"# {kind.what_it_is}", explained, about_id.strip(), f"- {own_id.strip()}", *others, ""])


def _settings(kind: ContentType, values: Mapping[str, Value], indent: str = "") -> Iterator[str]:
    yield "# Lines that begin with # explain, and may be deleted. These settings are needed:"
    in_order = sorted(settings_of(kind), key=lambda setting: PLACES.get(setting.name, 0))
    for needed in (True, False):
        if not needed:
            yield f"{indent}# These may stay blank, or be deleted:"
        for setting in in_order:
            if needed == (setting.needed or setting.name == "announced_on"):  # the one or a source is
                value = values.get(setting.name)
                yield f"{indent}# {setting.help}"
                yield f"{indent}{setting.name}:{' ' + yaml_text(value) if value else ''}"
                if setting.parts and needed and kind is TABLE:
                    yield _COLUMNS
                elif setting.parts and needed:  # the shape of a block, to be written below without its #
                    for number, part in enumerate(setting.parts):
                        yield f"{indent}#   {'  ' if number else '- '}{part.name}: {'' if part.needed else '(may be left out) '}{part.help}"


def yaml_text(value: Value) -> str:
    """A value as YAML holds it on one line: in double quotes where it would be read as something else."""
    if not isinstance(value, str):
        return f"[{', '.join(yaml_text(item) for item in value)}]"
    return value if _PLAIN.match(value) and value == value.strip() and value != "null" else json.dumps(value, ensure_ascii=False)


def as_id(title: str) -> str:
    """A title as an id or a file's name: ``Child L`` is ``child-l``, ``Café`` is ``cafe``."""
    return re.sub(r"[^a-z0-9]+", "-", typed(title).casefold().replace("'", "")).strip("-")[:60].strip("-")
