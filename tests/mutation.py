"""Mutation testing: the rooms where a silent error harms are changed in one small way at a time, and their tests must notice.

Owns: which rooms, which tests try them, and the table in ``MUTATION.md``. mutmut writes what is changed inside functions;
it cannot reach what stands outside them, so ``tests.mutation_of_constants`` changes the patterns, numbers, lists and marks there.
Never: part of ``make test``; changes a file of the project other than the table.

    make mutate                        every room
    make mutate MUTATE="views sums"    some; the table keeps what was last found in the others

Why a mutant may live is said in ``mutation_survivors.yml``. One without a reason, or a room under its share, ends it with 1.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "tests/MUTATION.md"
REASONS = ROOT / "tests/mutation_survivors.yml"
WORKSHOP = ROOT / ".cache/mutation"
LEAST = 90  # per cent of a room's mutants that its tests must notice


@dataclass(frozen=True)
class Room:
    """Files of ``macros/`` (stars stand for any name), and what pytest is told so that it runs their fast tests alone."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


ROOMS = {
    "verdicts": Room(("macros/content/verdicts.py", "macros/rules/measure_verdicts.py"), ("tests/rules/test_measure_verdicts.py",)),
    "references": Room(("macros/rules/references.py",), ("tests/rules/test_references.py",)),
    "sums": Room(("macros/rules/sums.py",), ("tests/rules/test_sums.py",)),
    "small_counts": Room(
        ("macros/rules/small_counts.py", "macros/content/relations.py", "macros/content/possible_values.py"),
        ("tests/rules/test_small_counts.py", "-k", "not thousand_cells and not trying_everything and not small_site"),
    ),
    "arithmetic": Room(("macros/content/arithmetic.py",), ("tests/test_arithmetic.py",)),
    "suppression": Room(("macros/content/suppression.py",), ("tests/test_suppression.py", "-k", "not built_site")),
    "words": Room(
        ("macros/sources/pages.py", "macros/sources/words.py", "macros/models/words.py"), ("tests/test_words.py", "-k", "not small_site and not what_passes")
    ),
    "privacy": Room(("macros/rules/privacy.py", "macros/sources/plain_text.py"), ("tests/rules/test_privacy.py", "-k", "not missed_by_nothing")),
    "views": Room(
        tuple(f"macros/views/{name}.py" for name in ("tables", "scorecard", "records", "measures", "dates", "pages")),
        ("tests/test_views.py", "tests/test_views_through_time.py"),
    ),
}
# `mutmut show` for many at once: it takes half a second to begin.
_SHOW = "import json, sys; from mutmut.mutation.diff_apply import get_diff_for_mutant; print(json.dumps([*map(get_diff_for_mutant, sys.argv[1:])]))"
# Wording alone, which the corpus of mistakes holds to the letter (tests/mistakes/*.yml).
_WORDING = [r'^\s*(says|fix)(, fix)? = \(?f?["\']', r"^\s*f?[\"'][A-Z`][^\"']*[.:] ?[\"'],?$"]


Mutant = tuple[str, str, bool]  # where the change was made, the lines as they were and as they became, and whether a test noticed


@dataclass(frozen=True)
class Tried:
    """What was found in a room, and on which day: how many mutants, how many of them no test noticed, and why each may live, alike ones once."""

    day: str
    mutants: int
    living: int
    survivors: dict[tuple[str, str], str]

    @property
    def share(self) -> float:
        """How many of a hundred were noticed."""
        return 100 * (1 - self.living / self.mutants)


def try_room(name: str) -> Tried:
    """Every mutant of a room, tried in a copy of the project."""
    folder = _copy_for(ROOMS[name], WORKSHOP / name)
    mutants = [*_mutants_of_functions(folder, ROOMS[name]), *_mutants_of_constants(folder, ROOMS[name])]
    living = [(place, change) for place, change, noticed in mutants if not noticed]
    reasons = _reasons(name)
    return Tried(date.today().isoformat(), len(mutants), len(living), {spot: reasons.get(spot, "no reason is given") for spot in living})


def last_tried() -> dict[str, Tried]:
    """What the page says was last found in each room."""
    page = TABLE.read_text("utf-8")
    survivors: dict[str, dict[tuple[str, str], str]] = {}
    for name, place, because, change in re.findall(r"^- (\w+), `([^`]+)`: (.*)\n\n  ```diff\n((?:  .*\n)+?)  ```$", page, re.MULTILINE):
        survivors.setdefault(name, {})[place, re.sub("^  ", "", change.rstrip("\n"), flags=re.MULTILINE)] = because
    rows = re.findall(r"^\| (\w+) \| ([\d,]+) \| [\d,]+ \| (\d+) \| [\d.]+% \| ([\d-]+) \|$", page, re.MULTILINE)
    return {name: Tried(day, int(count.replace(",", "")), int(living), survivors.get(name, {})) for name, count, living, day in rows}


def _copy_for(room: Room, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("macros", "overrides", "tests"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "browser"))
    (folder / "pyproject.toml").write_text(
        f"""[tool.pytest.ini_options]
addopts = "-q -p no:cacheprovider -p no:unraisableexception -p no:threadexception"
[tool.mutmut]
source_paths = ["macros"]
only_mutate = {json.dumps(room.files)}
also_copy = ["overrides"]
pytest_add_cli_args_test_selection = {json.dumps(room.tests)}
do_not_mutate_patterns = {json.dumps(_WORDING)}
use_git_change_detection = false
""",
        encoding="utf-8",
    )
    return folder


def _run(folder: Path, *command: str) -> str:
    """What a command prints in the copy, with no pytest plugin but pytest's own: they cost a second a mutant."""
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run([sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def _mutants_of_functions(folder: Path, room: Room) -> Iterator[Mutant]:
    _run(folder, "-m", "mutmut", "run", "--max-children", "1", "*__mutmut_1")  # it writes all mutants and notes which test calls what, and tries a few
    found = _tried(folder / "mutants", [], room)
    lived = [name for name, noticed in found if not noticed]
    shown = dict(zip(lived, json.loads(_run(folder, "-c", _SHOW, *lived)), strict=True))
    for name, noticed in found:
        lines = [line for line in shown.get(name, "").splitlines() if line.startswith(("-", "+")) and not line.startswith(("---", "+++"))]
        place = name.partition("__mutmut_")[0].rpartition(".")[2].removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
        yield (place, "\n".join(f"{line[0]} {line[1:].strip()}" for line in lines), noticed)


def _mutants_of_constants(folder: Path, room: Room) -> Iterator[Mutant]:
    files = [path.relative_to(folder).as_posix() for pattern in room.files for path in sorted(folder.glob(pattern))]
    for change, noticed in _tried(folder, files, room):
        place, _, lines = change.partition("\n")
        yield (place, lines, noticed)


def _tried(folder: Path, files: list[str], room: Room) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = json.loads(_run(folder, "-m", "tests.mutation_trials", json.dumps(files), *room.tests).rpartition("\n=> ")[2])
    return found


def _reasons(room: str) -> dict[tuple[str, str], str]:
    entries = [entry for entry in yaml.safe_load(REASONS.read_text("utf-8")) or [] if entry["room"] == room]
    return {(entry["in"], change.strip()): " ".join(entry["because"].split()) for entry in entries for change in entry["changes"]}


def wrong_with(name: str, tried: Tried) -> Iterator[str]:
    """A share that is too small, survivors without a reason, reasons without a survivor."""
    if tried.share < LEAST:
        yield f"{name}: {tried.share:.1f}% noticed, and {LEAST}% are needed"
    reasons, living = set(_reasons(name)), set(tried.survivors)
    yield from (f"{name}, {place}: no reason is given for\n{change}" for place, change in sorted(living - reasons))
    yield from (f"{name}, {place}: this reason is of no mutant that lives\n{change}" for place, change in sorted(reasons - living))


def page_of(found: dict[str, Tried]) -> str:
    """The page with the table and every survivor."""
    table, survivors = [], []
    for name, tried in ((name, found[name]) for name in ROOMS if name in found):
        noticed = tried.mutants - tried.living
        table.append(f"| {name} | {tried.mutants:,} | {noticed:,} | {tried.living} | {tried.share:.1f}% | {tried.day} |")
        for (place, change), because in tried.survivors.items():
            lines = "\n".join(f"  {line}" for line in change.splitlines())
            survivors.append(f"- {name}, `{place}`: {because}\n\n  ```diff\n{lines}\n  ```")
    return _PAGE.format(table="\n".join(table), survivors="\n\n".join(survivors))


_PAGE = """# What the tests would notice

Written by `make mutate`. Each room is changed in one small way at a time: a `<` becomes `<=`, an argument is left out, an order turned round,
a branch of a pattern dropped. A change that no test of the room notices is a survivor. Wording of messages is left alone where the corpus of mistakes
(`tests/mistakes/`) holds it to the letter. Which files and tests make a room is in `tests/mutation.py`, why a survivor may live in `tests/mutation_survivors.yml`.

| room | mutants | noticed | survived | share | tried on |
|---|--:|--:|--:|--:|---|
{table}

## Survivors

{survivors}
"""


def main(names: Sequence[str]) -> int:
    """Tries the rooms named, or all of them, and writes what it found into the page after each."""
    wrong: list[str] = []
    for name in names or ROOMS:
        tried = try_room(name)
        print(f"{name}: {tried.mutants - tried.living:,} of {tried.mutants:,} noticed", flush=True)
        TABLE.write_text(page_of(last_tried() | {name: tried}), encoding="utf-8")
        wrong += wrong_with(name, tried)
    print(*wrong, sep="\n\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
