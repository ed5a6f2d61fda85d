"""What an editor can add, and each of its settings in words.

Owns: reading the models for people: which settings a kind of entry has, which are needed, how each is written. Templates, forms and the guide
all ask here. Never: repeats what a model says.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from macros.editing.schemas import named_by_file, record_schema
from macros.models import BY_NAME
from macros.models.base import ContentType, references_in


@dataclass(frozen=True)
class Setting:
    """One setting: its name, what it is for, how it is written, and whether it must be there."""

    name: str
    says: str
    written: str
    needed: bool
    options: tuple[str, ...] = ()
    many: bool = False
    names: str = ""  # the kind of entry whose id it is
    parts: tuple["Setting", ...] = ()  # the settings within it, where it is a block or a list of blocks

    @property
    def help(self) -> str:
        """What it is for and how it is written, without saying anything twice."""
        if self.parts or (self.written.startswith("text") and not re.search(r"\d", self.written)):
            return self.says
        if self.names and re.search(r"\bids?\b", self.says):
            return f"{self.says} In square brackets: [a, b]." if self.many else self.says
        written = self.written if self.written not in self.says else ""
        return f"{self.says} {written[:1].upper()}{written[1:]}{'.' if written else ''}".strip()


@cache
def settings_of(kind: ContentType) -> tuple[Setting, ...]:
    """Every setting of a kind, in the order of its model, without the id where the file's name is the id."""
    schema = record_schema(kind.model)
    found = _settings(schema, schema.get("$defs", {}), dict(references_in(kind.model)))
    return tuple(setting for setting in found if setting.name != "id" or not named_by_file(kind))


def _settings(schema: Mapping[str, Any], parts: Mapping[str, Any], references: Mapping[str, str]) -> tuple[Setting, ...]:
    found = []
    for name, about in schema["properties"].items():
        # A setting that may be blank is written "this or nothing" in a schema; here only this matters.
        plain = next((choice for choice in about.get("anyOf", ()) if choice.get("type") != "null"), about)
        many = plain.get("type") == "array"
        one = plain["items"] if many else plain
        block, names = parts.get(one.get("$ref", "").rpartition("/")[2]), references.get(name, "")
        either = [one, *(about.get("anyOf", ()) if "enum" in one else ())]  # a value of a list, or why there is none
        options = () if block else tuple(dict.fromkeys(option for choice in either for option in choice.get("enum", ()) if isinstance(option, str)))
        written = ("a list of blocks" if many else "a block of settings") if block else _written(one, many, names)
        inner = _settings(block, parts, {}) if block else ()
        found.append(Setting(name, about.get("description", ""), written, name in schema.get("required", []), options, many, names, inner))
    return tuple(found)


def _written(one: Mapping[str, Any], many: bool, names: str) -> str:
    """How a value is written, or several of them."""
    least, most = one.get("minLength", 1), one.get("maxLength")
    if names:
        kind = BY_NAME[names]
        noun, where = kind.name.replace("-", " "), f"the file names in {kind.home}" if named_by_file(kind) else kind.home
        return f"ids from {where}, in square brackets: [a, b]" if many else f"the id of {'an' if noun[0] in 'aeiou' else 'a'} {noun}, from {where}"
    if "$comment" in one:
        how = str(one["$comment"])
    elif one.get("enum"):
        how = f"one of: {', '.join(one['enum'])}"
    elif one.get("type") in ("integer", "number"):
        how = "a whole number" if one["type"] == "integer" else "a number"
    elif most:
        how = f"text of {least} to {most} characters" if least > 1 else f"text of at most {most} characters"
    else:
        return "one a line below, each after a dash" if many else "text"
    return f"in square brackets, {how.replace('one of:', 'any of:')}" if many else how
