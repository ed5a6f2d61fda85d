"""Certain fixes: what has only one right way to be put right, and means the same before and after.

Owns: which files are fixed, their encodings and line ends; blanks, quotation marks, dates and numbers as people type them, the order of lists that
declare one. Every fix is named. Never: decides between two meanings: 03/04/2026 is 3 April to some and 4 March to others, so it is left and said.
"""

from pathlib import Path

from macros.editing.fixes.tables import described_columns, fix_table
from macros.editing.fixes.texts import fix_text
from macros.editing.fixes.work import Fix, Work
from macros.sources.files import decoded_as_meant, relative, walk
from macros.writing import write_whole


def fix_all(root: Path) -> list[Work]:
    """Every file of content in which something was fixed or left in doubt. Nothing is written."""
    data = (path for path in walk(root / "data") if path.suffix in (".csv", ".yml") and path.parent.name not in ("schemas", "templates"))
    pages = (path for path in walk(root / "docs") if path.suffix == ".md")
    fixed = [fix_file(path, root) for path in (*data, *pages)]
    return [found for found in fixed if found and (found.fixes or found.doubts)]


def write(root: Path, fixed: list[Work]) -> None:
    for found in fixed:
        if found.fixes:
            write_whole(root / found.file, found.data)


def fix_file(path: Path, root: Path) -> Work | None:
    """One file fixed, or nothing where it cannot be read as text at all, or holds none: the check says that."""
    if path.is_symlink():
        return None
    data, file = path.read_bytes(), relative(path, root)
    text, done = decoded_as_meant(data)
    fixes = [Fix(file, 1, says) for says in done]
    if not text.strip():
        return None
    work = Work(file, data, text, fixes)
    work.fix_end()
    if path.suffix == ".csv":
        fix_table(work, described_columns(path.with_suffix(".yml"), root))
    else:
        fix_text(work)
    return work
