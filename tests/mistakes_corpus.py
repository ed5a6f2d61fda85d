"""The corpus of mistakes: what is done to the small site, and what the check must say to it.

Owns: reading ``tests/mistakes/*.yml`` and trying one mistake on a fresh copy of ``tests/small_site``.
Never: judges; the tests in ``test_mistakes.py`` do.

A case is one entry of a list:

    - mistake: a number written with a comma       what went wrong, in the editor's words
      in: data/tables/puddles-by-year.csv          the file it is done to
      change: 2021/22,2829                         text that stands there once …
      to: 2021/22,2,829                            … and what is put in its place
      told: |                                      exactly what the check says, as a terminal shows it
        data/tables/puddles-by-year.csv, line 5
          Line 5 has 6 cells, but the heading has 5.
          To fix: …

Other things that can be done: ``change_every`` (all places), ``holds`` (the whole file), ``bytes`` (the
whole file, one letter a byte), ``add`` (at the end), ``repeat``/``times`` (one text over and over),
``saved_as`` (an encoding), ``remove``, ``rename``/``to``, ``link``/``to`` (a symbolic link), and ``and``,
a list of further steps.

``python -m tests.mistakes_corpus`` writes what the check says today into every ``told``; read the
difference before you keep it, line by line: it is what editors will be told.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from macros.content.reading import load_catalogue
from macros.problems import Problem, tell
from macros.rules import RULES, Rule
from macros.sources.kept import Kept

HERE = Path(__file__).parent
SMALL_SITE = HERE / "small_site"
MISTAKES = HERE / "mistakes"
TODAY = date(2026, 11, 20)
_OPENS_A_STEP = ("in", "remove", "rename", "link")


@dataclass(frozen=True)
class Case:
    """One mistake and what must be said to it."""

    family: str
    mistake: str
    steps: tuple[Mapping[str, str], ...]
    told: str

    def __str__(self) -> str:
        return f"{self.family}: {self.mistake}"


@dataclass(frozen=True)
class Tried:
    """What checking a site with one mistake gave: what reading found, what each rule found, and how many lines each file has."""

    read: tuple[Problem, ...]
    by_rule: Mapping[Rule, tuple[Problem, ...]]
    lines: Mapping[str, int]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything to fix."""
        return (*self.read, *(problem for found in self.by_rule.values() for problem in found))

    @property
    def told(self) -> str:
        """Everything the check says, as a terminal shows it, without the line of sums at the end."""
        return as_told(self.problems)


def as_told(problems: Sequence[Problem]) -> str:
    """Problems as a terminal shows them, without the line of sums at the end."""
    return tell(problems).rpartition("\n\n")[0] if problems else ""


def read_corpus() -> tuple[Case, ...]:
    """Every case of every file, in order."""
    return tuple(case for path in sorted(MISTAKES.glob("*.yml")) for case in _read_family(path))


def _read_family(path: Path) -> Iterator[Case]:
    # Every value stays the text that stands there, as in the machinery itself.
    for entry in yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader):
        first: dict[str, Any] = {key: value for key, value in entry.items() if key not in ("mistake", "told", "and")}
        yield Case(path.stem, entry["mistake"], (first, *entry.get("and", ())), entry.get("told", "").strip())


def try_out(case: Case, site: Path, kept: Kept) -> Tried:
    """The case done to ``site``, a copy of the small site, and checked; then undone, so that the next may follow.

    ``kept`` is what the cases before have left of the same site: only what this one changed is read again, as in a preview.
    """
    with made(case, site):
        catalogue, problems = load_catalogue(site, TODAY, kept)
        by_rule = {rule: tuple(rule(catalogue)) for rule in RULES}
        told = (*problems, *(problem for found in by_rule.values() for problem in found))
        lines = {problem.file: _lines(site / problem.file) for problem in told if problem.line}
    return Tried(tuple(problems), by_rule, lines)


@contextmanager
def made(case: Case, site: Path) -> Iterator[None]:
    """A site with the mistake in it, and without it afterwards."""
    for step in case.steps:
        _do(step, site)
    try:
        yield
    finally:
        for step in reversed(case.steps):
            for name in (step[_kind(step)], step["to"] if _kind(step) == "rename" else step[_kind(step)]):
                _put_back(name, site)


def _put_back(name: str, site: Path) -> None:
    """What stands there in the small site, or nothing."""
    path, original = site / name, SMALL_SITE / name
    if path.is_symlink() or path.is_file():
        path.unlink()
    for folder in path.parents:
        if folder.is_dir() and not (SMALL_SITE / folder.relative_to(site)).exists() and not any(folder.iterdir()):
            folder.rmdir()
        if folder.parent == site:
            break
    if original.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(original, path)


def fresh_site(folder: Path) -> Path:
    """A copy of the small site below ``folder``."""
    return shutil.copytree(SMALL_SITE, folder / "site")


def _lines(path: Path) -> int:
    return path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def _kind(step: Mapping[str, str]) -> str:
    return next(key for key in _OPENS_A_STEP if key in step)


def _do(step: Mapping[str, str], root: Path) -> None:
    kind = _kind(step)
    path = root / step[kind]
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "remove":
        path.unlink()
    elif kind == "rename":
        (root / step["to"]).parent.mkdir(parents=True, exist_ok=True)
        path.rename(root / step["to"])
    elif kind == "link":
        path.symlink_to(step["to"])
    else:
        path.write_bytes(_changed(step, path))


def _changed(step: Mapping[str, str], path: Path) -> bytes:
    if "bytes" in step:
        return step["bytes"].encode("latin-1")
    text = path.read_text("utf-8") if path.exists() else ""
    if "holds" in step:
        text = step["holds"]
    elif "repeat" in step:
        text = step["repeat"] * int(step["times"]) + step.get("and_then", "") * int(step.get("and_then_times", "0"))
    elif "add" in step:
        text += step["add"]
    elif "change" in step:
        assert text.count(step["change"]) == 1, f"{step['change']!r} stands {text.count(step['change'])} times in {path.name}"
        text = text.replace(step["change"], step["to"] if "to" in step else step["to_repeat"] * int(step["times"]))
    elif "change_every" in step:
        assert step["change_every"] in text
        text = text.replace(step["change_every"], step["to"])
    return text.encode(step.get("saved_as", "utf-8"))


def _rewrite(path: Path) -> None:
    """The family with today's answers; everything else in the file stays as it is."""
    text = path.read_text("utf-8")
    parts = re.split(r"(?m)^(?=- mistake:)", text)
    cases = list(_read_family(path))
    written = [parts[0]]
    with tempfile.TemporaryDirectory() as folder:
        site, kept_files = fresh_site(Path(folder)), Kept()
        for case, part in zip(cases, parts[1:], strict=True):
            told = try_out(case, site, kept_files).told
            kept = re.split(r"(?m)^  told:", part)[0].rstrip("\n")
            indented = "\n".join(f"    {line}" if line else "" for line in told.split("\n"))
            written.append(f"{kept}\n  told: |\n{indented}\n\n")
    path.write_text("".join(written).rstrip("\n") + "\n", "utf-8")
    assert [(c.mistake, c.steps) for c in _read_family(path)] == [(c.mistake, c.steps) for c in cases]


if __name__ == "__main__":
    for family in sorted(MISTAKES.glob("*.yml")):
        _rewrite(family)
