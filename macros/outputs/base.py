"""What every output is: files by their paths below the site's folder, and one way of writing JSON.

Never: knows what an output holds.
"""

import json

from macros.settings import Site

__all__ = ["Files", "Site", "as_json"]
Files = dict[str, bytes]


def as_json(value: object) -> bytes:
    """JSON without blanks: half a megabyte of them were published, and browsers and editors lay it out for whoever reads it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
