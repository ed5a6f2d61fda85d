"""Where the project stands on GitHub, as mkdocs.yml says. Owns that one fact. Never: asks GitHub."""

from __future__ import annotations

from pathlib import Path

from macros.sources.yaml_files import read_yaml


def repository_of(root: Path) -> str:
    """The address of the project's repository, such as https://github.com/owner/name; nothing where none is set."""
    document = read_yaml(root / "mkdocs.yml", root, [])
    settings = document.value if document else None
    return str(settings.get("repo_url") or "").rstrip("/") if isinstance(settings, dict) else ""
