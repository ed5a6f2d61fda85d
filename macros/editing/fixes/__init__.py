"""Certain fixes: what has only one right way to be put right, and means the same before and after.

Owns: which files are fixed, their encodings and line ends; blanks, quotation marks, dates and numbers as people type them, the order of lists that
declare one. Every fix is named. Never: decides between two meanings: 03/04/2026 is 3 April to some and 4 March to others, so it is left and said.
"""

from pathlib import Path

from macros.editing.fixes.tables import column_types, fix_table
from macros.editing.fixes.texts import fix_text
from macros.editing.fixes.work import Fix, Work
from macros.sources.files import relative, walk
from macros.writing import write_whole

# What English text holds beyond ASCII. A file of another encoding that is full of other signs is left alone.
_USUAL = set("£€‘’“”–—…•·°½¼¾×éèêëáàâäíìîïóòôöúùûüçñÉÈÀÁÖÜ®©™\u00a0")


def fix_all(root: Path) -> list[Work]:
    """Every file of content in which something was fixed or left in doubt. Nothing is written."""
    data = (path for path in walk(root / "data") if path.suffix in (".csv", ".yml") and path.parent.name not in ("schemas", "templates"))
    pages = (path for path in walk(root / "docs") if path.suffix == ".md")
    fixed = [fix_file(path, root) for path in (*data, *pages)]
    return [found for found in fixed if found and (found.fixes or found.doubts)]


def write(root: Path, fixed: list[Work]) -> None:
    """Puts the fixed files in their places."""
    for found in fixed:
        if found.fixes:
            write_whole(root / found.file, found.data)


def fix_file(path: Path, root: Path) -> Work | None:
    """One file fixed, or nothing where it cannot be read as text at all, or holds none: the check says that."""
    if path.is_symlink():
        return None
    data, file = path.read_bytes(), relative(path, root)
    text, fixes = _decoded(data, file)
    if not text.strip():
        return None
    work = Work(file, data, text, fixes)
    work.fix_end()
    if path.suffix == ".csv":
        fix_table(work, column_types(path.with_suffix(".yml"), root))
    else:
        fix_text(work)
    return work


def _decoded(data: bytes, file: str) -> tuple[str, list[Fix]]:
    """The text of a file, which is empty where it is none."""
    fixes: list[Fix] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
        if "\ufffd" in text:
            return "", []
        fixes.append(Fix(file, 1, "was saved as UTF-16 and is saved as UTF-8"))
    elif b"\0" in data or data.startswith(b"PK\x03\x04"):
        return "", []
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
            if not {c for c in text if ord(c) > 126} <= _USUAL:
                return "", []  # the check says what is wrong; which letter was meant is for a person to say
            fixes.append(Fix(file, 1, "was saved in the Windows-1252 encoding and is saved as UTF-8"))
    if text.startswith("\ufeff"):
        text = text.lstrip("\ufeff")
        fixes.append(Fix(file, 1, "began with a mark (BOM) that is not needed"))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        fixes.append(Fix(file, 1, "had the line ends of Windows or an old Mac"))
    return text, fixes
