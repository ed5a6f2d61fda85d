"""The site's settings. Owns: asking MkDocs for them, outside a build. Never: reads mkdocs.yml itself."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """The address of the published site (with a slash at its end), its name, and the address of its repository; each may be empty."""

    site_url: str
    site_name: str
    repo_url: str


def read_settings(root: Path) -> Settings:
    """The settings of the project at ``root``. Raises mkdocs.exceptions.Abort where MkDocs cannot read them."""
    from mkdocs.config import load_config

    config = load_config(str(root / "mkdocs.yml"))
    return Settings(config.site_url or "", config.site_name, config.repo_url or "")
