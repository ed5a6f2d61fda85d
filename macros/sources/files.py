"""Files found and turned from bytes into text.

Owns: which files there are, encodings, size, and the marks that show a file is not what its name says.
Never: looks at what the text means.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from macros.problems import Problem

LARGEST = 5_000_000  # bytes; ordinary files have some thousands, so this is a mistake long before
LARGEST_TABLE = 10_000_000  # bytes of a .csv file; some 200,000 rows
_CONFLICT = re.compile(r"^(<{7}( |$)|>{7}( |$)|\|{7}( |$)|={7}$)", re.MULTILINE)
# Characters that no editor means to type: they hide or reorder what a reader sees (UTS #55), or mark places for the machinery.
HIDDEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
# UTF-8 that was read as Windows-1252 and saved again: ’ becomes â€™, é becomes Ã©, £ becomes Â£.
_GARBLED = re.compile("â[€‚„†‡ˆ‰]|Ã[\u0080-\u00bfƒŒœŠšŽžŸ‚„†‡ˆ‰‹›‘’“”•–—˜™…€]|Â[\u00a0-\u00bf]")
# What English text holds beyond ASCII. A file of another encoding that is full of other signs is left alone.
_USUAL = set("£€‘’“”–—…•·°½¼¾×éèêëáàâäíìîïóòôöúùûüçñÉÈÀÁÖÜ®©™\u00a0")
_TEXTS = (".md", ".yml", ".csv", ".txt", ".json")
_LOST = "\ufffd"
_NOT_TEXT = (
    (b"PK\x03\x04", "an Excel, Word or zip file with another name"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file with another name"),
    (b"%PDF", "a PDF with another name"),
    (b"{\\rtf", "a rich text document with another name"),
    (b"\xff\xfe", "text saved as UTF-16 (Excel calls it Unicode Text)"),
    (b"\xfe\xff", "text saved as UTF-16 (Excel calls it Unicode Text)"),
    (b"version https://git-lfs", "a Git LFS pointer, not the file itself"),
)
BEGINS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".webp": b"RIFF"}


class Unreadable(Exception):
    """A file cannot be used: what is wrong, how to fix it, and where it is seen."""

    def __init__(self, says: str, fix: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(says)
        self.says, self.fix, self.line, self.column = says, fix, line, column

    def problem(self, file: str, lines_above: int = 0) -> Problem:
        """The same as a problem of ``file``, whose part that was read begins below so many lines."""
        return Problem(file, self.line + lines_above if self.line else None, self.says, self.fix, column=self.column)


def relative(path: Path, root: Path) -> str:
    """The path as editors see it on GitHub: from the root, with forward slashes."""
    name, above = path.as_posix(), f"{root.as_posix()}/"
    return name[len(above) :] if name.startswith(above) else path.relative_to(root).as_posix()


def walk(folder: Path) -> Iterator[Path]:
    """Every file below a folder in a fixed order, hidden ones left out; symbolic links are not followed."""
    if not folder.is_dir() or folder.is_symlink():
        return
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(folder / entry.name)
        else:
            yield folder / entry.name


def read_text(path: Path, root: Path, problems: list[Problem]) -> str | None:
    """The file's text with Unix line ends, or nothing where it cannot be trusted.

    Problems told: a symbolic link, a file that cannot be read or is too large, a file that is not text,
    a wrong encoding, merge conflict marks, characters that hide or reorder text.
    """
    try:
        return _decoded(bytes_of(path), path.suffix)
    except Unreadable as refused:
        problems.append(refused.problem(relative(path, root)))
        return None


def text_as_it_stands(path: Path) -> str | None:
    """A text for rules that look at words and not at what they mean: what cannot be read is left to ``read_text`` to tell."""
    if path.suffix.lower() not in _TEXTS:
        return None
    try:
        data = bytes_of(path)
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decoded_as_meant(data)[0] or data.decode("utf-8", "replace")
    except Unreadable:
        return None


def check_picture(path: Path, root: Path, problems: list[Problem]) -> None:
    """Tells a picture that is empty or is not what its name says."""
    ending = path.suffix.lower()
    try:
        data = bytes_of(path)
        if not data:
            raise Unreadable("The file is empty.", "Put the picture itself here.")
        if data.startswith(b"version https://git-lfs"):
            raise Unreadable("This is a Git LFS pointer, not the file itself.", "Add the file itself.")
        if not data.startswith(BEGINS.get(ending, b"")):
            fix = f"Save it again as {ending.removeprefix('.').upper()}, or correct its ending."
            raise Unreadable(f"The file's name ends in {ending}, and what is in it is something else.", fix)
    except Unreadable as refused:
        problems.append(refused.problem(relative(path, root)))


def bytes_of(path: Path) -> bytes:
    """What is in a file. Raises Unreadable where it is none, is no ordinary one, or is too large."""
    try:
        state = path.lstat()
        if stat.S_ISLNK(state.st_mode):
            raise Unreadable("This is a symbolic link, which can lead out of the project.", "Put the file itself here.")
        if not stat.S_ISREG(state.st_mode):  # a pipe or device would keep the check waiting for ever
            raise FileNotFoundError(0, "it is not an ordinary file")
        if state.st_size > (most := LARGEST_TABLE if path.suffix == ".csv" else LARGEST):
            text = path.suffix in (".csv", ".yml", ".md")
            fix = "Split it, or leave out what the site does not show." if text else "Save it again as a smaller file."
            raise Unreadable(f"The file has {state.st_size:,} bytes; the largest allowed is {most:,}.", fix)
        return path.read_bytes()
    except OSError as error:
        says = f"The file cannot be read ({error.strerror or 'unknown reason'})."
        raise Unreadable(says, "Check that it exists and is an ordinary file.") from error


def _decoded(data: bytes, ending: str) -> str:
    save_again = "Save it again as CSV UTF-8 (in Excel: File, Save As, CSV UTF-8)." if ending == ".csv" else "Save it again as plain text, UTF-8."
    for start, what in _NOT_TEXT:
        if data.startswith(start):
            raise Unreadable(f"This is {what}.", "Add the file itself." if "LFS" in what else save_again, 1)
    if b"\0" in data:
        says = "There is a NUL byte: the file is damaged or is not text."
        raise Unreadable(says, save_again, len(data[: data.index(b"\0") + 1].splitlines()))
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        # Excel on Windows saves "CSV" as Windows-1252, so say which letter is meant: that is how editors find it.
        letter = data[error.start : error.start + 1].decode("cp1252", errors="replace")
        says = "The file is not UTF-8 text." if letter == _LOST else f'The letter "{letter}" is saved in the Windows-1252 encoding, not in UTF-8.'
        raise Unreadable(says, save_again, len(data[: error.start + 1].splitlines())) from error
    _refuse_what_nobody_meant(text)
    return text


def decoded_as_meant(data: bytes) -> tuple[str, list[str]]:
    """The text of a file however a program saved it, and what was other than plain UTF-8. It is empty where the file is no text for certain."""
    done: list[str] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
        if "\ufffd" in text:
            return "", []
        done.append("was saved as UTF-16 and is saved as UTF-8")
    elif b"\0" in data or data.startswith(b"PK\x03\x04"):
        return "", []
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
            if not {c for c in text if ord(c) > 126} <= _USUAL:
                return "", []  # the check says what is wrong; which letter was meant is for a person to say
            done.append("was saved in the Windows-1252 encoding and is saved as UTF-8")
    if text.startswith("\ufeff"):
        text = text.lstrip("\ufeff")
        done.append("began with a mark (BOM) that is not needed")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        done.append("had the line ends of Windows or an old Mac")
    return text, done


def _refuse_what_nobody_meant(text: str) -> None:
    """Marks of a merge, letters that an earlier program did not understand, and characters that cannot be seen."""
    conflict = _CONFLICT.search(text)
    if conflict:
        fix = "Keep the version that is right and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
        raise Unreadable("A merge conflict mark stands here: two people changed the same place.", fix, line_at(text, conflict.start()))
    garbled = _GARBLED.search(text)
    place = garbled.start() if garbled else text.find(_LOST)
    if place >= 0:
        column = column_at(text, place)
        shown = HIDDEN.sub("", text[place - min(12, column - 1) : place + 6].split("\n")[0]).strip()
        says = f'Letters were lost at "{shown}": the file was once opened in the wrong encoding and saved.'
        raise Unreadable(says, "Type the text around them again.", line_at(text, place), column)
    hidden = HIDDEN.search(text)
    if hidden:
        place, name = hidden.start(), unicodedata.name(hidden.group(), "control character").lower()
        says = f"There is a character that cannot be seen (U+{ord(hidden.group()):04X}, {name})."
        raise Unreadable(says, "Delete it and type the text around it again.", line_at(text, place), column_at(text, place))


def line_at(text: str, position: int) -> int:
    """The line, counted from 1, of a position in a text."""
    return text.count("\n", 0, position) + 1


def column_at(text: str, position: int) -> int:
    """The place in its line, counted from 1, of a position in a text."""
    return position - text.rfind("\n", 0, position)
