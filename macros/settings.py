"""The site's settings. Owns: asking MkDocs for them, outside a build; absolute addresses. Never: reads mkdocs.yml itself."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Site:
    """Where the site is published, such as ``https://www.example.org/``, what it is called, and the address of its repository; each may be empty."""

    address: str
    name: str
    repository: str = ""

    def absolute(self, address: str) -> str:
        """An address of this site in full: ``/news/`` is ``https://www.example.org/news/``."""
        return self.address.rstrip("/") + address if address.startswith("/") else address


def read_settings(root: Path) -> Site:
    """The settings of the project at ``root``. Raises mkdocs.exceptions.Abort where MkDocs cannot read them."""
    from mkdocs.config import load_config

    config = load_config(str(root / "mkdocs.yml"))
    return Site(config.site_url or "", config.site_name, config.repo_url or "")
