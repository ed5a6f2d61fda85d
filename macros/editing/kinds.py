"""What an editor can add, and each of its settings in words.

Owns: reading the models for people: which settings a kind of entry has, which are needed, how each is
written. Templates, forms and the guide all ask here. Never: repeats what a model says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from macros.content.records import references_in
from macros.editing.schemas import record_schema
from macros.models import BY_NAME, KINDS, TABLE
from macros.models.base import ContentType


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
    parts: tuple[Setting, ...] = ()  # the settings within it, where it is a block or a list of blocks


def kind_called(name: str) -> ContentType | None:
    """The kind of entry of that name, in the singular or plural."""
    return next((kind for kind in KINDS if name in (kind.name, kind.plural)), None)


@cache
def settings_of(kind: ContentType) -> tuple[Setting, ...]:
    """Every setting of a kind, in the order of its model, without the id where the file's name is the id."""
    schema = record_schema(kind.model)
    found = _settings(schema, schema.get("$defs", {}), dict(references_in(kind.model)))
    return tuple(setting for setting in found if setting.name != "id" or not named_by_file(kind))


def named_by_file(kind: ContentType) -> bool:
    """Whether an entry's id is the name of its file: pages and tables."""
    return kind.is_pages or kind is TABLE


def help_on(setting: Setting) -> str:
    """What a setting is for and how it is written, without saying anything twice."""
    if setting.parts or (setting.written.startswith("text") and not re.search(r"\d", setting.written)):
        return setting.says
    if setting.names and re.search(r"\bids?\b", setting.says):
        return f"{setting.says} In square brackets: [a, b]." if setting.many else setting.says
    written = setting.written if setting.written not in setting.says else ""
    return f"{setting.says} {written[:1].upper()}{written[1:]}{'.' if written else ''}".strip()


def _settings(schema: Mapping[str, Any], parts: Mapping[str, Any], references: Mapping[str, str]) -> tuple[Setting, ...]:
    needed = schema.get("required", [])
    return tuple(_setting(name, about, name in needed, parts, references.get(name, "")) for name, about in schema["properties"].items())


def _setting(name: str, about: Mapping[str, Any], needed: bool, parts: Mapping[str, Any], names: str) -> Setting:
    plain = _without_nothing(about)
    many = plain.get("type") == "array"
    one = plain["items"] if many else plain
    block = parts.get(one.get("$ref", "").rpartition("/")[2])
    options = () if block else tuple(option for option in one.get("enum", ()) if isinstance(option, str))
    inner = _settings(block, parts, {}) if block else ()
    return Setting(name, about.get("description", ""), _written(one, many, names, bool(block)), needed, options, many, names, inner)


def _without_nothing(about: Mapping[str, Any]) -> Mapping[str, Any]:
    """A setting that may be blank is written "this or nothing" in a schema; here only this matters."""
    choices = [choice for choice in about.get("anyOf", ()) if choice.get("type") != "null"]
    return choices[0] if choices else about


def _written(one: Mapping[str, Any], many: bool, names: str, block: bool) -> str:
    if block:
        return "a list of blocks" if many else "a block of settings"
    if names:
        how = f"the id of {_a(BY_NAME[names].name.replace('-', ' '))}, from {_where(BY_NAME[names])}"
    elif "$comment" in one:
        how = str(one["$comment"])
    elif one.get("enum"):
        how = f"one of: {', '.join(one['enum'])}"
    else:
        how = {"integer": "a whole number", "number": "a number"}.get(str(one.get("type")), _length(one))
    if not many:
        return how
    if how == "text":
        return "one a line below, each after a dash"
    return f"ids from {_where(BY_NAME[names])}, in square brackets: [a, b]" if names else f"in square brackets, {how.replace('one of:', 'any of:')}"


def _length(one: Mapping[str, Any]) -> str:
    least, most = one.get("minLength", 1), one.get("maxLength")
    if most:
        return f"text of {least} to {most} characters" if least > 1 else f"text of at most {most} characters"
    return "text"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _where(kind: ContentType) -> str:
    return f"the file names in {kind.home}" if named_by_file(kind) else kind.home
