"""What is wrong with the content, and how it is told.

Owns: ``Problem`` and the three ways of telling a list of them (terminal, GitHub annotations, JSON).
Never: raises on the first problem, reads a file, or decides what is wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Literal

Format = Literal["text", "github", "json"]


@dataclass(frozen=True)
class Problem:
    """One thing to fix, said to somebody who has never seen code.

    ``file`` is relative to the project's root, with forward slashes. ``line`` and ``column`` count from 1.
    ``field`` names the column heading or the front matter key, where there is one. ``says`` is what was
    found and ``fix`` is how to fix it, each a plain sentence. A ``warning`` never stops a build.
    """

    file: str
    line: int | None
    says: str
    fix: str
    field: str | None = None
    column: int | None = None
    severity: Literal["error", "warning"] = "error"

    @property
    def where(self) -> str:
        """The place in words: ``data/figures.yml, line 3, value``."""
        parts = [self.file]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.field:
            parts.append(self.field)
        elif self.column is not None:
            parts.append(f"character {self.column}")
        return ", ".join(parts)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [problem for problem in problems if problem.severity == "error"]


def new_since(known: Iterable[Problem], problems: Iterable[Problem]) -> list[Problem]:
    """What stops a build, and the advice that was not given before: on an earlier line the same advice is the same."""
    before = {(problem.file, problem.says) for problem in known}
    return [problem for problem in problems if problem.severity == "error" or (problem.file, problem.says) not in before]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file and line, so that an editor fixes from the top."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.file, p.line or 0, p.column or 0, p.field or "", p.says))


def nearest(name: str, known: Iterable[str], say: str = " Did you mean {}?") -> str:
    """`` Did you mean x?`` where one of ``known`` is close to ``name``, else nothing."""
    options = {k.lower(): k for k in known}
    found = get_close_matches(name.lower(), options, n=1, cutoff=0.5)
    return say.format(f'"{options[found[0]]}"') if found else ""


def nearest_path(path: str, known: Iterable[str]) -> str | None:
    """The file or address that is likely meant, by its own name first and its folder second.

    A page that was moved has its name in another folder, and one that was renamed keeps words of its name. Paths as
    a whole are not compared: every page of a folder lies near every other, and nearest of all the folder's own page.
    """
    names: dict[str, list[str]] = {}
    for other in known:
        names.setdefault(_own_name(other), []).append(other)
    name = _own_name(path)
    words = set(name.split("-"))

    def likeness(other: str) -> float:
        others = set(other.split("-"))
        return SequenceMatcher(None, name, other).ratio() + (0.3 if words <= others or others <= words else 0)

    likely = max(names, key=likeness, default="")
    return max(names[likely], key=lambda other: SequenceMatcher(None, path, other).ratio()) if likely and likeness(likely) >= 0.6 else None


def _own_name(path: str) -> str:
    """``neglect`` of /topics/neglect.md, /topics/neglect/ and topics/neglect/index.md."""
    return path.lower().rstrip("/").removesuffix("/index.md").rpartition("/")[2].partition(".")[0]


def tell(problems: Sequence[Problem], style: Format = "text", advice: bool = True) -> str:
    """All problems at once, in the form that the reader's tool understands.

    Without ``advice`` a terminal shows what must be fixed and only counts what is advised.
    """
    ordered = in_order(problems)
    return {"text": _as_text if advice else _as_text_without_advice, "github": _as_github, "json": _as_json}[style](ordered)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _as_text(problems: Sequence[Problem]) -> str:
    if not problems:
        return "Everything was read and checked: nothing to fix."
    blocks = []
    for problem in problems:
        label = "Advice: " if problem.severity == "warning" else ""
        blocks.append(f"{_one_line(problem.where)}\n  {label}{_one_line(problem.says)}\n  To fix: {_one_line(problem.fix)}")
    stopping = errors(problems)
    advice = len(problems) - len(stopping)
    closing = []
    if stopping:
        files = len({problem.file for problem in stopping})
        closing.append(f"{_counted(len(stopping), 'problem')} in {_counted(files, 'file')}. Nothing was published.")
    if advice:
        closing.append(f"{_counted(advice, 'piece')} of advice, which stop nothing.".replace("1 piece of advice, which stop", "1 piece of advice, which stops"))
    return "\n\n".join([*blocks, " ".join(closing)])


def _as_text_without_advice(problems: Sequence[Problem]) -> str:
    stopping = errors(problems)
    count = len(problems) - len(stopping)
    told = _as_text(stopping)
    return f"{told}\n{_counted(count, 'piece')} of advice: python -m macros check --advice" if count else told


def _one_line(text: str) -> str:
    """What is quoted from a file may run over several lines, and a line of its own could begin a workflow command."""
    return re.sub(r"\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*", " ", text)


def _escape_github(text: str, in_property: bool = False) -> str:
    """Escaping that GitHub's workflow commands ask for, so that no content can start a command of its own."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


def _as_github(problems: Sequence[Problem]) -> str:
    lines = []
    for problem in problems:
        place = [f"file={_escape_github(problem.file, True)}"]
        if problem.line is not None:
            place.append(f"line={problem.line}")
        if problem.column is not None:
            place.append(f"col={problem.column}")
        place.append(f"title={_escape_github(problem.where, True)}")
        lines.append(f"::{problem.severity} {','.join(place)}::{_escape_github(f'{problem.says} To fix: {problem.fix}')}")
    return "\n".join(lines)


def _as_json(problems: Sequence[Problem]) -> str:
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)
