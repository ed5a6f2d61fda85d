"""Mutation testing: the rooms where a silent error harms are changed in one small way at a time, and their tests must notice.

Owns: which rooms, which tests try them, and the table in ``MUTATION.md``. mutmut changes what stands inside functions;
it cannot reach what stands outside them, so ``tests.mutation_of_constants`` changes the patterns, numbers, lists and marks there.
Never: part of ``make test``; changes a file of the project other than the table.

    make mutate                        every room
    make mutate MUTATE="views sums"    some; the table keeps what was last found in the others, once all have been tried

Why a mutant may live is said in ``mutation_survivors.yml``. One without a reason, or a room under its share, ends it with 1.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
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
    "views": Room(tuple(f"macros/views/{name}.py" for name in ("tables", "scorecard", "records", "measures", "dates", "pages")), ("tests/test_views.py",)),
}
# Wording alone, which the corpus of mistakes holds to the letter (tests/mistakes/*.yml).
_WORDING = [r'^\s*(says|fix)(, fix)? = \(?f?["\']', r"^\s*f?[\"'][A-Z`][^\"']*[.:] ?[\"'],?$"]


@dataclass(frozen=True)
class Mutant:
    """One change: where it was made, the lines as they were and as they became, and whether a test noticed."""

    place: str
    change: str
    noticed: bool


@dataclass(frozen=True)
class Tried:
    """What was found in a room, and on which day."""

    day: str
    mutants: tuple[Mutant, ...]

    @property
    def living(self) -> list[Mutant]:
        """The mutants that no test noticed."""
        return [mutant for mutant in self.mutants if not mutant.noticed]


def try_room(name: str) -> None:
    """Every mutant of a room, tried in a copy of the project; what is found is kept beside it."""
    folder = _copy_for(ROOMS[name], WORKSHOP / name)
    mutants = (*_mutants_of_functions(folder), *_mutants_of_constants(folder, ROOMS[name]))
    _kept(name).write_text(json.dumps([date.today().isoformat(), [astuple(mutant) for mutant in mutants]]), encoding="utf-8")


def _kept(name: str) -> Path:
    return WORKSHOP / f"{name}.json"


def last_tried() -> dict[str, Tried]:
    """What was last found in each room that was ever tried here."""
    kept = {name: json.loads(_kept(name).read_text("utf-8")) for name in ROOMS if _kept(name).exists()}
    return {name: Tried(day, tuple(Mutant(*mutant) for mutant in mutants)) for name, (day, mutants) in kept.items()}


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
timeout_constant = 10.0
timeout_multiplier = 3.0
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


def _mutants_of_functions(folder: Path) -> Iterator[Mutant]:
    _run(folder, "-m", "mutmut", "run", "--max-children", "1")
    results = _run(folder, "-m", "mutmut", "results", "--all", "true")
    for name, status in (line.strip().split(": ") for line in results.splitlines() if ": " in line):
        noticed = status in ("killed", "timeout")
        shown = "" if noticed else _run(folder, "-m", "mutmut", "show", name)
        lines = [line for line in shown.splitlines() if line.startswith(("-", "+")) and not line.startswith(("---", "+++"))]
        place = name.partition("__mutmut_")[0].rpartition(".")[2].removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
        yield Mutant(place, "\n".join(f"{line[0]} {line[1:].strip()}" for line in lines), noticed)


def _mutants_of_constants(folder: Path, room: Room) -> Iterator[Mutant]:
    files = [path.relative_to(folder).as_posix() for pattern in room.files for path in sorted(folder.glob(pattern))]
    found = json.loads(_run(folder, "-m", "tests.mutation_of_constants", json.dumps(files), *room.tests).rpartition("\n=> ")[2])
    return (Mutant(*mutant) for mutant in found)


def _reasons() -> dict[tuple[str, str, str], str]:
    entries = yaml.safe_load(REASONS.read_text("utf-8")) or []
    return {(entry["room"], entry["in"], change.strip()): " ".join(entry["because"].split()) for entry in entries for change in entry["changes"]}


def wrong_with(name: str, tried: Tried) -> Iterator[str]:
    """A share that is too small, survivors without a reason, reasons without a survivor."""
    share = _share(tried)
    if share < LEAST:
        yield f"{name}: {share:.1f}% noticed, and {LEAST}% are needed"
    reasons = {(place, change) for room, place, change in _reasons() if room == name}
    living = {(mutant.place, mutant.change) for mutant in tried.living}
    yield from (f"{name}, {place}: no reason is given for\n{change}" for place, change in sorted(living - reasons))
    yield from (f"{name}, {place}: this reason is of no mutant that lives\n{change}" for place, change in sorted(reasons - living))


def _share(tried: Tried) -> float:
    return 100 * (1 - len(tried.living) / len(tried.mutants))


def page_of(found: dict[str, Tried]) -> str:
    """The page with the table and every survivor."""
    reasons = _reasons()
    table, survivors = [], []
    for name, tried in found.items():
        count, living = len(tried.mutants), len(tried.living)
        table.append(f"| {name} | {count:,} | {count - living:,} | {living} | {_share(tried):.1f}% | {tried.day} |")
        for mutant in tried.living:
            because = reasons.get((name, mutant.place, mutant.change), "no reason is given")
            change = "\n".join(f"  {line}" for line in mutant.change.splitlines())
            survivors.append(f"- {name}, `{mutant.place}`: {because}\n\n  ```diff\n{change}\n  ```")
    return _PAGE.format(table="\n".join(table), survivors="\n\n".join(dict.fromkeys(survivors)))


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
    """Tries the rooms named, or all of them, and writes the page once every room has been tried."""
    for name in names or ROOMS:
        try_room(name)
        tried = last_tried()[name]
        print(f"{name}: {len(tried.mutants) - len(tried.living):,} of {len(tried.mutants):,} noticed", flush=True)
    found = last_tried()
    if found.keys() == ROOMS.keys():
        TABLE.write_text(page_of(found), encoding="utf-8")
    wrong = [line for name in names or ROOMS for line in wrong_with(name, found[name])]
    print(*wrong, sep="\n\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
