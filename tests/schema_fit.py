"""Content held against the schemas that editors' tools use, as those tools read it.

Owns: which files a schema is for, and what does not fit. Never: asserts.
"""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from macros.editing.schemas import file_schema
from macros.models import TABLE
from macros.models.base import ContentType


def validator(kind: ContentType) -> Draft7Validator:
    """What holds a file of this kind against its schema. Raises where the schema itself is none."""
    schema = file_schema(kind)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def as_an_editor_reads(text: str) -> object:
    """YAML 1.2 with types, as VS Code's extension reads it; through JSON, so that only plain values are left."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


def files_of(root: Path, kind: ContentType) -> list[Path]:
    """The files of a site that hold entries of a kind."""
    if kind is TABLE:
        return sorted((root / kind.home).glob("*.yml"))
    if kind.is_pages:
        return [page for page in sorted((root / kind.home).glob("*.md")) if page.name != "index.md" or kind.name == "page"]
    return [root / kind.home]


def faults(root: Path, kind: ContentType) -> list[str]:
    """What in a site's files does not fit the schema of its kind, one line each."""
    check, found = validator(kind), []
    for file in files_of(root, kind):
        text = file.read_text(encoding="utf-8")
        written = text.split("---\n")[1] if file.suffix == ".md" else text
        found += [f"{file.name}: {error.message}" for error in check.iter_errors(as_an_editor_reads(written))]
    return found
