"""What every output is made with: the site's own address and name, and one way of writing JSON.

Owns: absolute addresses. Never: knows what an output holds.
"""

import json
from dataclasses import dataclass

Files = dict[str, bytes]


@dataclass(frozen=True)
class Site:
    """Where the site is published, such as ``https://www.example.org/``, and what it is called."""

    address: str
    name: str

    def absolute(self, address: str) -> str:
        """An address of this site in full: ``/news/`` is ``https://www.example.org/news/``."""
        return self.address.rstrip("/") + address if address.startswith("/") else address


def path_of(address: str) -> str:
    """The file at an address, below the site's folder."""
    return address.lstrip("/")


def as_json(value: object) -> bytes:
    """JSON without blanks: half a megabyte of them were published, and browsers and editors lay it out for whoever reads it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
