"""What the site was made with: a bill of materials in the CycloneDX form, from the locked list of packages.

Owns: that form, as far as it is needed to name each package, its version and the files that are accepted for it.
Never: asks a registry, or looks at what happens to be installed: the lock says what a build may use.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

LOCK = "requirements/build.txt"
_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=(sha256):([0-9a-f]{64})")


def bill_of_materials(root: Path) -> str:
    """The bill as JSON: the same lock gives the same bytes."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": project["name"], "name": project["name"], "version": project["version"]}},
        "components": [_component(name, version, hashes) for name, version, hashes in locked(root)],
    }
    return json.dumps(bill, indent=2, ensure_ascii=False) + "\n"


def locked(root: Path) -> list[tuple[str, str, list[str]]]:
    """Each package of the lock: its name, its version, and the hashes of the files that are accepted."""
    found: list[tuple[str, str, list[str]]] = []
    for line in (root / LOCK).read_text("utf-8").splitlines():
        package = _PACKAGE.match(line)
        if package:
            found.append((package.group(1), package.group(2), []))
        for accepted in _HASH.finditer(line):
            found[-1][2].append(accepted.group(2))
    return found


def _component(name: str, version: str, hashes: list[str]) -> dict[str, object]:
    address = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "properties": [{"name": "accepted-file:sha256", "value": accepted} for accepted in hashes],
    }
