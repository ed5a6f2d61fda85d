"""What is wrong with the content, and how it is told.

Owns: ``Problem``, and lists of them for a terminal, as GitHub annotations and as JSON. Never: raises on the first, or decides what is wrong.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Literal

_LONGEST_NAME = 300  # characters; what is longer was no slip of the pen, and comparing takes the square of its length
Format = Literal["text", "github", "json"]
Severity = Literal["error", "warning"]


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
    severity: Severity = "error"

    @property
    def where(self) -> str:
        """The place in words: ``data/figures.yml, line 3, value``."""
        line = "" if self.line is None else f"line {self.line}"
        column = "" if self.column is None else f"character {self.column}"
        return ", ".join(filter(None, (self.file, line, self.field or column)))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [problem for problem in problems if problem.severity == "error"]


def new_since(known: Iterable[Problem], problems: Iterable[Problem]) -> list[Problem]:
    """What stops a build, and the advice that was not given before: on an earlier line the same advice is the same."""
    before = {(problem.file, problem.says) for problem in known}
    return [problem for problem in problems if problem.severity == "error" or (problem.file, problem.says) not in before]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file and line, so that an editor fixes from the top."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line or 0, p.column or 0, p.field or "", p.says))


def nearest(name: str, known: Iterable[str], say: str = " Did you mean {}?") -> str:
    """`` Did you mean x?`` where one of ``known`` is close to ``name``, else nothing."""
    options = {k.lower(): k for k in known if len(k) <= _LONGEST_NAME}
    found = get_close_matches(name.lower(), options, n=1, cutoff=0.5) if len(name) <= _LONGEST_NAME else []
    return say.format(f'"{options[found[0]]}"') if found else ""


def nearest_path(path: str, known: Iterable[str]) -> str | None:
    """The file or address that is likely meant, by its own name first and its folder second.

    A page that was moved has its name in another folder, and one that was renamed keeps words of its name. As a whole
    every path lies near the others of its folder.
    """
    names: dict[str, list[str]] = {}
    path = path[-_LONGEST_NAME:]
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
    if style == "json":
        return json.dumps([asdict(problem) for problem in ordered], ensure_ascii=False, indent=2)
    if style == "github":
        return "\n".join(map(_as_annotation, ordered))
    stopping = errors(ordered)
    advised = len(ordered) - len(stopping)
    if advised and not advice:
        return f"{tell(stopping)}\n{_counted(advised, 'piece')} of advice: python -m macros check --advice"
    if not ordered:
        return "Everything was read and checked: nothing to fix."
    closing = []
    if stopping:
        files = len({problem.file for problem in stopping})
        closing.append(f"{_counted(len(stopping), 'problem')} in {_counted(files, 'file')}. Nothing was published.")
    if advised:
        closing.append(f"{_counted(advised, 'piece')} of advice, which {'stops' if advised == 1 else 'stop'} nothing.")
    return "\n\n".join([*map(_in_lines, ordered), " ".join(closing)])


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _in_lines(problem: Problem) -> str:
    """A problem for a terminal. What is quoted from a file may run over several lines, and a line of its own could begin a workflow command."""
    breaks = re.compile(r"\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")
    where, says, fix = (breaks.sub(" ", text) for text in (problem.where, problem.says, problem.fix))
    return f"{where}\n  {'Advice: ' if problem.severity == 'warning' else ''}{says}\n  To fix: {fix}"


def _as_annotation(problem: Problem) -> str:
    place = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.where}
    named = ",".join(f"{name}={_escaped(str(value), in_property=True)}" for name, value in place.items() if value is not None)
    return f"::{problem.severity} {named}::{_escaped(f'{problem.says} To fix: {problem.fix}')}"


def _escaped(text: str, in_property: bool = False) -> str:
    """Escaping that GitHub's workflow commands ask for, so that no content can start a command of its own."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text
