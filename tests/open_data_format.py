"""The shape of what is published below /data/, and which new version a change of it needs: ``python -m tests.open_data_format`` writes it down.

Owns: tests/open_data_format.yml, a line for each file and field with the types it may hold. Never: looks at a value, or writes down a shape that its
version does not allow.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from macros.models.open_data import FORMAT
from tests.outputs_at_hand import files_with_a_history
from tests.whole_sites import ROOT

GOLDEN = Path(__file__).with_suffix(".yml")
Shape = Mapping[str, str]
_TYPES = {str: "string", bool: "boolean", int: "number", float: "number", dict: "object", list: "list", type(None): "null"}


def shape_of(files: Mapping[str, bytes]) -> Shape:
    """Each file below data/, whatever its table is called, and each field in it: the name of a field to the types it may hold."""
    found: dict[str, set[str]] = {}
    for path, content in files.items():
        if not path.startswith("data/"):
            continue
        file = re.sub(r"^(data/tables/)(?!csv-metadata\.)[^.]+", r"\1*", path)
        if path.endswith(".csv") or path.startswith("data/schemas/"):
            found[file] = {"one heading line of the columns' names" if path.endswith(".csv") else "JSON Schema"}
            continue
        value = json.loads(content)
        named = value.get("$schema", "").partition("/data/")[2]
        schema = json.loads(files[f"data/{named}"]) if named else None
        for field, types in _described(schema, schema.get("$defs", {})) if schema else _seen(value):
            found.setdefault(f"{file} {field}".strip(), set()).update(types)
    return {name: " or ".join(sorted(types)) for name, types in sorted(found.items())}


def _described(part: Mapping[str, Any], shared: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, set[str]]]:
    """The fields that a JSON Schema describes."""
    if "$ref" in part:
        part = shared[part["$ref"].rpartition("/")[2]]
    for choice in part.get("anyOf", ()):
        yield from _described(choice, shared, name)
    types = part.get("type", [])
    if types or "enum" in part:
        yield name, {{"array": "list", "integer": "number"}.get(kind, kind) for kind in ([types] if isinstance(types, str) else types)} or {"string"}
    for inner, about in part.get("properties", {}).items():
        yield from _described(about, shared, f"{name}.{inner}".strip("."))
    if isinstance(part.get("additionalProperties"), dict):
        yield from _described(part["additionalProperties"], shared, f"{name}.*")
    if "items" in part:
        yield from _described(part["items"], shared, f"{name}[]")


def _seen(value: object, name: str = "") -> Iterator[tuple[str, set[str]]]:
    """The fields of a file without a schema of ours, as they are in an example."""
    yield name, {_TYPES[type(value)]}
    for inner, held in value.items() if isinstance(value, dict) else ():
        yield from _seen(held, f"{name}.{inner}".strip("."))
    for held in value if isinstance(value, list) else ():
        yield from _seen(held, f"{name}[]")


def refusal(before: Shape, then: str, after: Shape, now: str, changelog: str) -> str | None:
    """Why a new shape may not go with a version, or nothing. ``then`` and ``now`` are versions such as 1.0."""
    changed = sorted(name for name in before if after.get(name) != before[name])
    more = sorted(after.keys() - before.keys())
    (first, second), (new_first, new_second) = (tuple(map(int, version.split("."))) for version in (then, now))
    if not changed and not more:
        return None if now == then else f"nothing changed since {then}, so FORMAT in macros/models/open_data.py stays"
    wanted = f"{first + 1}.0" if changed else f"{first}.{second + 1}"
    if f"{new_first}.{new_second}" != wanted:
        return f"FORMAT in macros/models/open_data.py must be {wanted}: " + ("gone or changed: " + ", ".join(changed) if changed else "new: " + ", ".join(more))
    if f"format {wanted}" not in changelog:
        return f"CHANGELOG.md must say what changed with format {wanted}"
    return None


def kept() -> tuple[Shape, str]:
    """The shape that was written down, and its version."""
    found = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    return found["shape"], found["version"]


def main() -> int:
    """Writes the shape of today down, where its version allows it."""
    shape = shape_of(files_with_a_history())
    if GOLDEN.exists() and (reason := refusal(*kept(), shape, FORMAT, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))):
        sys.stderr.write(f"Not written: {reason}.\n")
        return 1
    text = yaml.safe_dump({"version": FORMAT, "shape": dict(shape)}, sort_keys=False, width=10**6)
    GOLDEN.write_text(f"# Written by `python -m tests.open_data_format`: what programs that read /data/ rely on.\n{text}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
