"""The words of a change: sections of lines, for a terminal and for a pull request.

Owns: how what others wrote is quoted, and how much is said. Never: finds out what changed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from macros.editing.quoting import code, cut, fit, prose
from macros.problems import Problem

MOST_BYTES = 60_000  # GitHub takes 65,536 characters in a comment
MOST_LINES, MOST_PIECES, LONGEST = 60, 12, 200
_NOTHING = "Nothing that visitors see changes."


@dataclass(frozen=True)
class Quote:
    """A piece of the content itself within a sentence of ours."""

    text: str


Line = tuple[str | Quote, ...]


@dataclass
class Section:
    """One heading of the report with its lines; ``to_do`` makes them boxes to tick, ``more`` counts lines that are left out."""

    title: str
    lines: list[Line] = field(default_factory=list)
    to_do: bool = False
    more: int = 0


def problem_line(problem: Problem) -> Line:
    return (Quote(problem.where), f": {problem.says} To fix: {problem.fix}")


def around(old: list[str], new: list[str], context: int = 4) -> tuple[str, str]:
    """Both texts without the words they share at either end, but for a few."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = next((n for n, (a, b) in enumerate(zip(reversed(old[start:]), reversed(new[start:]), strict=False)) if a != b), min(len(old), len(new)) - start)
    begin, close = max(0, start - context), max(0, end - context)

    def shown(words: list[str]) -> str:
        return cut(f"{'… ' if begin else ''}{' '.join(words[begin : len(words) - close])}{' …' if close else ''}", LONGEST)

    return shown(old), shown(new)


def tell(sections: Iterable[Section], style: Literal["text", "markdown"] = "text") -> str:
    """The report for a terminal, or as the Markdown of a comment with boxes to tick."""
    sections = list(sections)
    if style == "markdown":
        return fit(_as_markdown(sections), MOST_BYTES, "The rest is left out here: it is too long. `make check` on a computer shows it all.")
    blocks = []
    for section in sections:
        lines = [f"  - {_line(line, lambda text: f'“{text}”', str)}" for line in section.lines]
        blocks.append("\n".join([section.title, *lines, *([f"  - and {section.more:,} more"] if section.more else [])]))
    return "\n\n".join(blocks) or _NOTHING


def _as_markdown(sections: list[Section]) -> str:
    to_do = sum(len(section.lines) + section.more for section in sections if section.to_do)
    opening = "**Everything was read and checked: nothing to fix.**"
    if to_do:
        opening = f"**{to_do:,} {'thing' if to_do == 1 else 'things'} to fix.** Until then nothing is published and the site stays as it is."
    parts = ["## What this will change on the site", "", opening, ""]
    if all(section.title.startswith(("Advice", "Past")) for section in sections):
        parts += [_NOTHING, ""]
    for section in sections:
        box = "- [ ] " if section.to_do else "- "
        parts += [f"### {prose(section.title)}", "", *(f"{box}{_line(line, code, prose)}" for line in section.lines)]
        parts += [f"- and {section.more:,} more", ""] if section.more else [""]
    return "\n".join(parts)


def _line(line: Line, quote: Callable[[str], str], plain: Callable[[str], str]) -> str:
    """A line in one style. Our own words keep their blanks at the ends, which joining needs."""
    pieces = []
    for piece in line:
        if isinstance(piece, Quote):
            pieces.append(quote(piece.text))
        else:
            words = piece.strip()
            lead, _, trail = piece.partition(words)
            pieces.append(f"{lead}{plain(words)}{trail}" if words else piece)
    return "".join(pieces)
