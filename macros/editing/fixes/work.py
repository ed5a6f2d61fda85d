"""A file's lines while they are fixed, and what was done to each.

Owns: line numbers as they were in the file. Never: knows what is right.
"""

from dataclasses import dataclass

from macros.editing.fixes.values import Doubt
from macros.problems import Problem
from macros.sources.yaml_files import Document, parse_yaml

BLANKS = " \t\u00a0"


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


class Work:
    """A file as it should be, what was fixed in it (``fixes``), and what was left because it is not certain (``doubts``).

    A line taken out becomes nothing, so that numbers stay right; ``order`` is the new order of the lines, where it changes.
    """

    def __init__(self, file: str, was: bytes, text: str = "", fixes: list[Fix] | None = None) -> None:
        self.file, self._was = file, was
        self.lines: list[str | None] = [*text.split("\n")]
        self.fixes = fixes or []
        self.doubts: list[Problem] = []
        self.order: list[int] | None = None

    @property
    def data(self) -> bytes:
        lines = self.lines if self.order is None else [self.lines[number] for number in self.order]
        return "\n".join(line for line in lines if line is not None).encode() if self.fixes else self._was

    def fix_end(self) -> None:
        """One line end at the end of the file, and no blank lines above it."""
        last = max((number for number, line in enumerate(self.lines) if line and line.strip(BLANKS)), default=-1)
        if last < 0:
            return
        for number in range(last + 2, len(self.lines)):
            self.change(number, None, "" if number > last + 2 else "blank lines at the end were taken out")
        if last + 1 == len(self.lines):
            self.lines.append("")
            self.fixes.append(Fix(self.file, last + 1, "the last line was given its line end"))
        elif self.lines[last + 1]:
            self.change(last + 1, "", "blanks at the end of the file were taken out")

    def change(self, number: int, after: str | None, says: str) -> None:
        """Changes the line at an index, and says so unless there is nothing to say."""
        before, self.lines[number] = self.lines[number], after
        if says and before != after:
            self.fixes.append(Fix(self.file, number + 1, says, before, after))

    def doubt(self, line: int, doubt: Doubt, field: str) -> None:
        self.doubts.append(Problem(self.file, line, f"{doubt}.", "A person must say which is meant.", field=field, severity="warning"))

    def parsed(self, begin: int = 0, end: int | None = None) -> Document | None:
        """What lines say as YAML, or nothing where they cannot be read."""
        return parse_yaml("\n".join(line or "" for line in self.lines[begin:end]), self.file, [], first_line=begin + 1)
