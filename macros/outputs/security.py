"""How to tell us of a weakness, for programs and researchers (RFC 9116), and the hashes by which anybody can look whether a site is the one we made.

Owns: what stands in both files. Never: invents an address or a day: whom to write to and until when are those of the partnership's contact.
"""

import hashlib
import re
from datetime import date
from pathlib import Path

from macros.content.catalogue import Catalogue
from macros.outputs.base import Files, Site

SECURITY = "/.well-known/security.txt"
HASHES, DAY = "files.sha256", "built-for.txt"
_HASH = re.compile(r"(?m)^([0-9a-f]{64})  (.+)$")


def files(catalogue: Catalogue, site: Site) -> Files:
    """``security.txt``: good until the partnership's contact must be looked at again, which the list of what is due says 60 days before."""
    contact = next((contact for contact in catalogue.all("contact") if contact.id == "partnership" and contact.kind == "email"), None)
    if contact is None:  # a site that is only being begun
        return {}
    lines = [f"Contact: {contact.address}", f"Expires: {contact.review_by}T00:00:00Z", "Preferred-Languages: en", f"Canonical: {site.absolute(SECURITY)}"]
    return {SECURITY.lstrip("/"): "".join(f"{line}\n" for line in lines).encode()}


def hashed(folder: Path, today: date) -> Files:
    """The day that a finished site is made for, and the SHA-256 of each of its files, as ``sha256sum --check`` reads them. To be written last."""
    found = {DAY: hashlib.sha256(day := f"{today}\n".encode()).hexdigest()}
    for path in folder.rglob("*"):
        if path.is_file() and (name := path.relative_to(folder).as_posix()) not in (HASHES, DAY):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return {DAY: day, HASHES: "".join(f"{found[name]}  {name}\n" for name in sorted(found)).encode()}


def read_hashes(content: bytes) -> dict[str, str]:
    """The hash of each path in such a list. A line of another form is left out."""
    return {name: said for said, name in _HASH.findall(content.decode("utf-8", "replace"))}
