"""From a mapping of text to a record of a model, with every fault at its line.

Owns: what no setting may hold, and which fields name other records. Never: reads a file.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

from macros.content.catalogue import Place
from macros.content.loading import Loading
from macros.models.base import References
from macros.models.faults import fit
from macros.sources.yaml_files import At, Document

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_BRACES = re.compile(r"\{[{%#]|[}%#]\}")
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>?")
_Model = TypeVar("_Model", bound=BaseModel)


def as_name(stem: str) -> str:
    """The likeliest proper name for a file or folder: small letters and digits, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "a-name"


def record_of_file(loading: Loading, model: type[_Model], document: Document, name: str, what: str, title: str, tags: bool = True) -> _Model | None:
    """The record of which a whole file, or the front matter of one, holds the settings; its id is the file's name."""
    assert isinstance(document.value, dict)
    if "id" in document.value:
        says = f"A {what}'s id is its file's name and is not written."
        loading.tell(document.file, says, "Delete the line.", document.line(("id",)), "id")
        return None
    refuse_markup(loading, document, tags)
    return record_of(loading, model, {**document.value, "id": name}, Place(document), title, not_written=("id",))


def record_of(loading: Loading, model: type[_Model], value: dict[str, Any], place: Place, title: str, not_written: tuple[str, ...] = ()) -> _Model | None:
    """The record that a mapping makes, or nothing where it does not fit; ``title`` is what such records are called."""
    found = fit(model, value, title, not_written)
    if not isinstance(found, list):
        return found
    for fault in found:
        field = ".".join(part for part in fault.at if isinstance(part, str)) or None
        loading.tell(place.document.file, fault.says, fault.fix, place.line(*fault.at), field)
    return None


def refuse_markup(loading: Loading, document: Document, tags: bool = False) -> None:
    """Braces would be taken for a command by the page builder, and a tag in a page's setting for HTML."""
    for at, text in _texts(document.value, ()):
        if not ("{" in text or "}" in text or (tags and "<" in text)):
            continue
        line, field = document.line(at), next((part for part in at if isinstance(part, str)), None)
        if _BRACES.search(text):
            loading.tell(document.file, "Braces such as {{ cannot stand in a setting.", "Write the words themselves.", line, field)
        if tags and (tag := _TAG.search(text)):
            says = f'"{tag.group()[:30]}" is HTML, which a setting cannot hold.'
            loading.tell(document.file, says, "Write the words alone.", line, field)


def _texts(value: object, at: At) -> Iterator[tuple[At, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list | dict):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(item, (*at, key))


def references_in(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """The fields of a model that name other records: (field, content type)."""
    for name, info in model.model_fields.items():
        for target in [m.to for m in info.metadata if isinstance(m, References)] or _references_in_type(info.annotation):
            yield name, target


def _references_in_type(annotation: Any) -> list[str]:
    own = [m.to for m in getattr(annotation, "__metadata__", ()) if isinstance(m, References)]
    for argument in getattr(annotation, "__args__", ()):
        own += _references_in_type(argument)
    return own
