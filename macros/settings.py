"""The site's settings. Owns: asking MkDocs for them, outside a build; what mkdocs.yml says on which line; absolute addresses. Never: says what a setting does.

MkDocs takes 0.6 seconds to load the settings, with every plugin, which is nearly as long as a check of everything, and keeps no lines. So a rule that
depends on a setting asks for it as it is written, and so does what refuses settings; nothing else reads mkdocs.yml.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OF_MANY_PARTS = ("theme", "theme.palette", "extra", "markdown_extensions", "plugins", "plugins.macros")  # each part is a setting by itself


@dataclass(frozen=True)
class Site:
    """Where the site is published, such as ``https://www.example.org/``, what it is called, and the address of its repository; each may be empty."""

    address: str
    name: str
    repository: str = ""

    def absolute(self, address: str) -> str:
        """An address of this site in full: ``/news/`` is ``https://www.example.org/news/``."""
        return self.address.rstrip("/") + address if address.startswith("/") else address


@dataclass(frozen=True)
class Written:
    """A setting as somebody wrote it: its full name, such as ``theme.palette.primary``, its line, and its value, or none where only its name counts."""

    name: str
    line: int
    node: yaml.Node | None

    @property
    def text(self) -> str:
        """Its value where that is one text or number; of one that MkDocs alone can read, such as !ENV, nothing."""
        return str(self.node.value) if isinstance(self.node, yaml.ScalarNode) and self.node.tag.startswith("tag:yaml.org,2002:") else ""


def read_settings(root: Path) -> Site:
    """The settings of the project at ``root``. Raises mkdocs.exceptions.Abort where MkDocs cannot read them."""
    from mkdocs.config import load_config

    config = load_config(str(root / "mkdocs.yml"))
    return Site(config.site_url or "", config.site_name, config.repo_url or "")


def written_settings(root: Path) -> list[Written]:
    """What mkdocs.yml of the project at ``root`` says, from its top. Nothing where there is none or it is no YAML, which MkDocs refuses."""
    try:
        return list(_written(yaml.compose((root / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Loader)))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return []


def _written(node: yaml.Node | None, group: str = "") -> Iterator[Written]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{group}.{key.value.rpartition('/')[2]}".lstrip(".")
            by_name = group in ("plugins", "markdown_extensions")
            if by_name or value.tag != "tag:yaml.org,2002:null":
                yield Written(name, key.start_mark.line + 1, None if by_name else value)
            if name in _OF_MANY_PARTS:
                yield from _written(value, name)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.ScalarNode):
                yield Written(f"{group}.{item.value.rpartition('/')[2]}", item.start_mark.line + 1, None)
            else:
                yield from _written(item, group)
