"""What records are: one file a content type, and the list of them.

Owns: fields, their types and the editors' help on each. Never: reads files or compares records.
To add a content type: write its file with a model and a ``TYPE`` line, and name it in the list below.
"""

from __future__ import annotations

from importlib import import_module

from macros.models.base import ContentType
from macros.models.table import TableDescription

_NAMES = (
    "theme",
    "source",
    "figure",
    "agreement",
    "measure",
    "action",
    "group",
    "partner",
    "publication",
    "publication_duty",
    "contact",
    "glossary_term",
    "event",
    "session",
    "training_series",
    "audit",
    "menu_entry",
    "timeline_event",
    "link_exception",
    "redirect",
    "pseudonym",
    "privacy_allowed",
    "page",
    "review",
    "briefing",
    "priority",
    "topic",
    "news",
)
CONTENT_TYPES: tuple[ContentType, ...] = tuple(import_module(f"macros.models.{name}").TYPE for name in _NAMES)
# A table is two files, so it is read in its own way; for editors it is a kind of entry like the others.
TABLE = ContentType(name="table", plural="tables", title="Tables", model=TableDescription, home="data/tables/")
KINDS: tuple[ContentType, ...] = (*CONTENT_TYPES, TABLE)
BY_NAME = {kind.name: kind for kind in CONTENT_TYPES}
BY_PLURAL = {kind.plural: kind for kind in CONTENT_TYPES}
