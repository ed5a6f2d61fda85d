"""Files found and turned from bytes into text.

Owns: which files there are, encodings, size, and the marks that show a file is not what its name says.
Never: looks at what the text means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from macros.problems import Problem

LARGEST = 5_000_000  # bytes; the longest real table has some 200 rows, so this is a mistake long before
_CONFLICT = re.compile(r"^(<{7}( |$)|>{7}( |$)|\|{7}( |$))", re.MULTILINE)
# Characters that no editor means to type: they hide or reorder what a reader sees (UTS #55).
_HIDDEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ue000-\uf8ff]")
_NOT_TEXT = (
    (b"PK\x03\x04", "an Excel or zip file with another name", "In Excel choose File, Save As, CSV UTF-8, and put that file here."),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file with another name", "In Excel choose File, Save As, CSV UTF-8, and put that file here."),
    (b"%PDF", "a PDF with another name", "Type or paste its text into a new file."),
    (b"\xff\xfe", "text saved as UTF-16 (Excel calls it Unicode Text)", "Save it again as UTF-8 (in Excel: CSV UTF-8)."),
    (b"\xfe\xff", "text saved as UTF-16 (Excel calls it Unicode Text)", "Save it again as UTF-8 (in Excel: CSV UTF-8)."),
    (b"version https://git-lfs", "a Git LFS pointer, not the file itself", "Add the file itself."),
)


def relative(path: Path, root: Path) -> str:
    """The path as editors see it on GitHub: from the root, with forward slashes."""
    return path.relative_to(root).as_posix()


def walk(folder: Path) -> Iterator[Path]:
    """Every file below a folder in a fixed order, hidden ones left out; symbolic links are not followed."""
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from walk(path)
        else:
            yield path


def read_text(path: Path, root: Path, problems: list[Problem]) -> str | None:
    """The file's text with Unix line ends, or nothing where it cannot be trusted.

    Problems told: a symbolic link, a file that cannot be read or is too large, a file that is not text,
    a wrong encoding, merge conflict marks, characters that hide or reorder text.
    """
    name = relative(path, root)
    if path.is_symlink():
        problems.append(Problem(name, None, "This is a symbolic link, which can lead out of the project.", "Put the file itself here."))
        return None
    try:
        size = path.stat().st_size
        if size > LARGEST:
            problems.append(Problem(name, None, f"The file has {size:,} bytes; the largest allowed is {LARGEST:,}.", "Split it, or leave out what the site does not show."))
            return None
        data = path.read_bytes()
    except OSError as error:
        problems.append(Problem(name, None, f"The file cannot be read ({error.strerror or 'unknown reason'}).", "Check that it exists and is an ordinary file."))
        return None
    return _decode(data, name, problems)


def _decode(data: bytes, name: str, problems: list[Problem]) -> str | None:
    for start, what, fix in _NOT_TEXT:
        if data.startswith(start):
            problems.append(Problem(name, 1, f"This is {what}.", fix))
            return None
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        problems.append(Problem(name, line, "There is a NUL byte: the file is damaged or is not text.", "Save it again as UTF-8 text."))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(_wrong_encoding(data, error.start, name))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if _readable(text, name, problems) else None


def _wrong_encoding(data: bytes, position: int, name: str) -> Problem:
    """Excel on Windows saves "CSV" as Windows-1252, so say which letter is meant: that is how editors find it."""
    line = data[:position].count(b"\n") + 1
    letter = data[position : position + 1].decode("cp1252", errors="replace")
    return Problem(
        name,
        line,
        f'The letter "{letter}" is saved in the Windows-1252 encoding, not in UTF-8.',
        "Save the file as UTF-8 (in Excel: File, Save As, CSV UTF-8).",
    )


def _readable(text: str, name: str, problems: list[Problem]) -> bool:
    conflict = _CONFLICT.search(text)
    if conflict:
        problems.append(
            Problem(
                name,
                line_at(text, conflict.start()),
                "A merge conflict mark stands here: two people changed the same place.",
                "Keep the version that is right and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.",
            )
        )
        return False
    hidden = _HIDDEN.search(text)
    if hidden:
        code = ord(hidden.group())
        label = unicodedata.name(hidden.group(), "control character").lower()
        problems.append(
            Problem(
                name,
                line_at(text, hidden.start()),
                f"There is a character that cannot be seen (U+{code:04X}, {label}).",
                "Delete it and type the text around it again.",
                column=column_at(text, hidden.start()),
            )
        )
        return False
    return True


def line_at(text: str, position: int) -> int:
    """The line, counted from 1, of a position in a text."""
    return text.count("\n", 0, position) + 1


def column_at(text: str, position: int) -> int:
    """The place in its line, counted from 1, of a position in a text."""
    return position - text.rfind("\n", 0, position)
