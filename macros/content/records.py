"""From a mapping of text to a record of a model, with every fault at its line.

Owns: what no setting may hold, and which fields name other records. Never: reads a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

from macros.models.base import References
from macros.models.faults import fit
from macros.models.pages import Page
from macros.models.table import TableDescription
from macros.problems import Problem
from macros.sources.yaml_files import At, Document

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_BRACES = re.compile(r"\{[{%#]|[}%#]\}")
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>?")
_Model = TypeVar("_Model", bound=BaseModel)


def as_name(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "a-name"


def validated(model: type[_Model], value: dict[str, Any], document: Document, at: At, title: str, problems: list[Problem]) -> _Model | None:
    not_written = ("id",) if issubclass(model, (Page, TableDescription)) else ()
    found = fit(model, value, title, not_written)
    if not isinstance(found, list):
        return found
    for fault in found:
        name = ".".join(str(part) for part in fault.at if isinstance(part, str)) or None
        problems.append(Problem(document.file, document.line((*at, *fault.at)), fault.says, fault.fix, field=name))
    return None


def refuse_markup(document: Document, problems: list[Problem], also_tags: bool = False) -> None:
    """Braces would be taken for a command by the page builder, and a tag in a page's setting for HTML."""
    for at, text in _texts(document.value, ()):
        name = next((str(part) for part in at if isinstance(part, str)), None)
        if _BRACES.search(text):
            problems.append(
                Problem(document.file, document.line(at), "Braces such as {{ cannot stand in a setting.", "Write the words themselves.", field=name)
            )
        tag = _TAG.search(text) if also_tags else None
        if tag:
            problems.append(
                Problem(document.file, document.line(at), f'"{tag.group()[:30]}" is HTML, which a setting cannot hold.', "Write the words alone.", field=name)
            )


def _texts(value: object, at: At) -> Iterator[tuple[At, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _texts(item, (*at, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*at, key))


def references_in(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """The fields of a model that name other records: (field, content type)."""
    for name, info in model.model_fields.items():
        targets = [m.to for m in info.metadata if isinstance(m, References)] or _references_in_type(info.annotation)
        for target in targets:
            yield name, target


def _references_in_type(annotation: Any) -> list[str]:
    own = [m.to for m in getattr(annotation, "__metadata__", ()) if isinstance(m, References)]
    for argument in getattr(annotation, "__args__", ()):
        own += _references_in_type(argument)
    return own
