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


LINE = 120  # characters: what fits stands on one line, as a row of a table mostly does


def as_json(value: object) -> bytes:
    """JSON that people can read: the standard library's indenting sets each cell on a line of its own, and takes several times as long."""
    return (_laid_out(value, "") + "\n").encode()


def _laid_out(value: object, indent: str) -> str:
    if not isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False)
    if len(value) < LINE / 4 and len(line := json.dumps(value, ensure_ascii=False)) <= LINE:  # more will not fit
        return line
    deeper = indent + "  "
    if not isinstance(value, dict):
        return "[\n" + ",\n".join(deeper + _laid_out(item, deeper) for item in value) + f"\n{indent}]"
    fields = (f"{deeper}{json.dumps(str(name), ensure_ascii=False)}: {_laid_out(item, deeper)}" for name, item in value.items())
    return "{\n" + ",\n".join(fields) + f"\n{indent}}}"
