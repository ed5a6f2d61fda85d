"""Documents to download: what a PDF says of itself.

Owns: which faults of a PDF can be seen without drawing it. Never: reads its text, which a person must look through, as they must its pictures.
Source: ISO 32000-1, 7.5.7 (object streams), 14.3.3 (document information), 14.9.2 (natural language).
"""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from macros.problems import Problem
from macros.sources.files import Unreadable, bytes_of, relative

LARGEST = 3_000_000  # bytes: on a poor line a telephone takes half a minute for it
_PACKED = re.compile(rb"/ObjStm\b.{0,500}?stream\r?\n", re.DOTALL)
_INFORMATION = re.compile(rb"/(?:Producer|Creator|CreationDate|ModDate)\b")
_TEXT = rb"\s*(?:\((?!\s*\))|<(?!<|\s*>|feff>))"  # a text that is not blank, however it is written
_RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")


def check_document(path: Path, root: Path, problems: list[Problem]) -> None:
    """Tells a PDF that is too large, none, locked or can run something, that lacks a title or language, or that names a person as its author."""
    try:
        data = bytes_of(path)
    except Unreadable as refused:
        problems.append(refused.problem(relative(path, root)))
        return
    for says, fix in _faults(data):  # an organisation may be an author
        problems.append(Problem(relative(path, root), None, says, fix, severity="warning" if "author" in says else "error"))


def _faults(data: bytes) -> Iterator[tuple[str, str]]:
    if not data.startswith(b"%PDF-"):
        yield "The file's name ends in .pdf, and what is in it is something else.", "Export it again as a PDF."
        return
    if len(data) > LARGEST:
        yield f"The document has {len(data):,} bytes; the largest allowed is {LARGEST:,}.", "Export it for the web, with smaller pictures, or split it."
    if b"/Encrypt" in data:
        yield "The document is locked, so that some readers' programs cannot read it aloud.", "Export it again without a password."
        return
    whole = data + b"".join(map(_unpacked, (data[match.end() :] for match in _PACKED.finditer(data))))
    about = b" ".join(part for part in re.split(rb"endobj|>>\s*<<", whole) if _INFORMATION.search(part))
    if not re.search(rb"/Title" + _TEXT, about, re.IGNORECASE) and not re.search(rb"<dc:title>.{0,200}?<rdf:li[^>]*>\s*[^<\s]", whole, re.DOTALL):
        yield "The document has no title, so that its tab and a screen reader name only the file.", "Write one (Word: File, Info, Title) and export it again."
    if not re.search(rb"/Lang" + _TEXT, whole):
        says = "The document does not say its language, so that a screen reader may read it in another."
        yield says, "Set it (Word: Review, Language) and export a tagged PDF."
    if re.search(rb"/Author" + _TEXT, about, re.IGNORECASE) or re.search(rb"<dc:creator>.{0,200}?<rdf:li[^>]*>\s*[^<\s]", whole, re.DOTALL):
        yield "The document names its author.", "Where that is a person, delete the name (Word: File, Info, Author) and export it again."
    if _RUNS.search(whole):
        yield "The document holds a script, another file or something that starts a program.", "Print it to a new PDF, which has none."


def _unpacked(packed: bytes) -> bytes:
    """A stream of objects as it was before it was packed; nothing where it is packed in another way."""
    try:
        return zlib.decompressobj().decompress(packed, 4_000_000)
    except zlib.error:
        return b""
