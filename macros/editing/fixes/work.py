"""A file's lines while they are fixed, and what was done to each.

Owns: line numbers as they were in the file. Never: knows what is right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from macros.problems import Problem


@dataclass(frozen=True)
class Fix:
    """One fix: the line it is in (counted in the file as it was), what was done, and the line before and after.

    ``before`` is nothing where the whole file was fixed, ``after`` is nothing where the line was taken out.
    """

    file: str
    line: int
    says: str
    before: str | None = None
    after: str | None = None


@dataclass
class Fixed:
    """A file as it should be, what was fixed in it, and what was left because it is not certain."""

    file: str
    data: bytes
    fixes: list[Fix] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)


@dataclass
class Work:
    """A file's lines while they are fixed. A line taken out becomes nothing, so that numbers stay right."""

    file: str
    lines: list[str | None]
    fixes: list[Fix]
    doubts: list[Problem] = field(default_factory=list)
    order: list[int] | None = None

    def __init__(self, file: str, lines: list[str], fixes: list[Fix]) -> None:
        self.file, self.lines, self.fixes, self.doubts, self.order = file, list(lines), fixes, [], None
        self._end()

    def _end(self) -> None:
        """One line end at the end of the file, and no blank lines above it."""
        content = [number for number, line in enumerate(self.lines) if line and line.strip(" \t\u00a0")]
        last = content[-1] if content else -1
        if last < 0:
            return
        for number in range(last + 2, len(self.lines)):
            self.change(number, None, "blank lines at the end were taken out", quiet=number > last + 2)
        if last + 1 == len(self.lines):
            self.lines.append("")
            self.fixes.append(Fix(self.file, last + 1, "the last line was given its line end"))
        elif self.lines[last + 1]:
            self.change(last + 1, "", "blanks at the end of the file were taken out")

    def change(self, number: int, after: str | None, says: str, quiet: bool = False) -> None:
        """Changes the line at an index, and says so."""
        before = self.lines[number]
        if before == after:
            return
        self.lines[number] = after
        if not quiet:
            self.fixes.append(Fix(self.file, number + 1, says, before, after))

    def text(self) -> str:
        """The file as it should be."""
        lines = self.lines if self.order is None else [self.lines[number] for number in self.order]
        return "\n".join(line for line in lines if line is not None)
