"""Where the project stands on GitHub and where the site is published, as mkdocs.yml says.

Owns: those two addresses. Never: asks either.
"""

from __future__ import annotations

from pathlib import Path

from macros.sources.yaml_files import read_yaml


def repository_of(root: Path) -> str:
    """The address of the project's repository, such as https://github.com/owner/name; nothing where none is set."""
    return _address(root, "repo_url")


def site_of(root: Path) -> str:
    """The address of the published site, without a stroke at its end."""
    return _address(root, "site_url")


def _address(root: Path, setting: str) -> str:
    document = read_yaml(root / "mkdocs.yml", root, [])
    settings = document.value if document else None
    return str(settings.get(setting) or "").rstrip("/") if isinstance(settings, dict) else ""
