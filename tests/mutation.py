"""Mutation testing: the rooms where a silent error harms are changed in one small way at a time, and their tests must notice.

Owns: which rooms, which tests try them, and the table in ``MUTATION.md``. mutmut writes what is changed inside functions;
it cannot reach what stands outside them, so ``tests.mutation_of_constants`` changes the patterns, numbers, lists and marks there.
Never: part of ``make test``; changes a file of the project other than the table.

    make mutate                        every room
    make mutate MUTATE="views sums"    some; the table keeps what was last found in the others
    make mutate MUTATE="again views"   after tests were added: the functions and constants in which one lived; all others count as noticed, as before

Why a mutant may live is said in ``mutation_survivors.yml``. One without a reason, or a room under its share, ends it with 1.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from tests.mutation_trials import place_of

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


_SMALL_COUNTS = ("tests/rules/test_small_counts.py", "-k", "not thousand and not trying_everything and not small_site")
_RELATIONS = ("tests/rules/test_relations.py", *_SMALL_COUNTS)
ROOMS = {
    "verdicts": Room(("macros/content/verdicts.py", "macros/rules/measure_verdicts.py"), ("tests/rules/test_measure_verdicts.py",)),
    "references": Room(("macros/rules/references.py",), ("tests/rules/test_references.py",)),
    "sums": Room(("macros/rules/sums.py",), ("tests/rules/test_sums.py",)),
    "small_counts": Room(("macros/rules/small_counts.py",), _SMALL_COUNTS),
    "possible_values": Room(("macros/content/possible_values.py",), _RELATIONS),
    "relations": Room(("macros/content/relations.py",), _RELATIONS),
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


Spot = tuple[str, str]  # where a change was made, and the lines as they were and as they became
Mutant = tuple[str, str, bool]  # the same, and whether a test noticed


@dataclass(frozen=True)
class Tried:
    """What was found in a room, and on which day: how many mutants, how many of them no test noticed, and which these are, alike ones once."""

    day: str
    mutants: int
    living: int
    survivors: tuple[Spot, ...]

    @property
    def share(self) -> float:
        """How many of a hundred were noticed."""
        return 100 * (1 - self.living / self.mutants)


def try_room(name: str, lived: Iterable[Spot] | None = None) -> Tried:
    """Every mutant of a room, tried in a copy of the project; or only those where one lived, and all others count as noticed."""
    folder = _copy_for(ROOMS[name], WORKSHOP / name)
    only = None if lived is None else sorted({part for place, change in lived for part in (place, f"{place}\n{change}")})
    mutants = [*_mutants_of_functions(folder, ROOMS[name], only), *_mutants_of_constants(folder, ROOMS[name], only)]
    living = [(place, change.strip()) for place, change, noticed in mutants if not noticed]
    return Tried(date.today().isoformat(), len(mutants), len(living), tuple(dict.fromkeys(living)))


def last_tried() -> dict[str, Tried]:
    """What the page says was last found in each room."""
    page = TABLE.read_text("utf-8")
    survivors: dict[str, list[Spot]] = {}
    for name, place, changes in re.findall(r"^- (\w+), `([^`]+)`: .*\n\n  ```diff\n((?:(?:  .*)?\n)+?)  ```$", page, re.MULTILINE):
        survivors.setdefault(name, []).extend((place, re.sub("^  ", "", change, flags=re.MULTILINE)) for change in changes[:-1].split("\n\n"))
    rows = re.findall(r"^\| (\w+) \| ([\d,]+) \| [\d,]+ \| (\d+) \| [\d.]+% \| ([\d-]+) \|$", page, re.MULTILINE)
    return {name: Tried(day, int(count.replace(",", "")), int(living), tuple(survivors.get(name, ()))) for name, count, living, day in rows}


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


def _run(folder: Path, *command: str, told: str = "") -> str:
    """What a command that is told something prints in the copy, with no pytest plugin but pytest's own: they cost a second a mutant."""
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run([sys.executable, *command], cwd=folder, env=environment, input=told, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def _mutants_of_functions(folder: Path, room: Room, only: list[str] | None) -> Iterator[Mutant]:
    _run(folder, "-m", "mutmut", "run", "--max-children", "1", "*__mutmut_1")  # it writes all mutants and notes which test calls what, and tries a few
    found = _tried(folder / "mutants", [], room, only)
    lived = [name for name, noticed in found if not noticed]
    shown = dict(zip(lived, json.loads(_run(folder, "-c", _SHOW, *lived)), strict=True))
    for name, noticed in found:
        lines = [line for line in shown.get(name, "").splitlines() if line.startswith(("-", "+")) and not line.startswith(("---", "+++"))]
        yield (place_of(name), "\n".join(f"{line[0]} {line[1:].strip()}" for line in lines), noticed)


def _mutants_of_constants(folder: Path, room: Room, only: list[str] | None) -> Iterator[Mutant]:
    files = [path.relative_to(folder).as_posix() for pattern in room.files for path in sorted(folder.glob(pattern))]
    for change, noticed in _tried(folder, files, room, only):
        place, _, lines = change.partition("\n")
        yield (place, lines, noticed)


def _tried(folder: Path, files: list[str], room: Room, only: list[str] | None) -> list[tuple[str, bool]]:
    printed = _run(folder, "-m", "tests.mutation_trials", *room.tests, told=json.dumps([files, only]))
    found: list[tuple[str, bool]] = json.loads(printed.rpartition("\n=> ")[2])
    return found


def _reasons(room: str) -> dict[Spot, str]:
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
    """The page with the table and every survivor, those of one place that may live for one reason together. The reasons are those given today."""
    table, survivors = [], dict[tuple[str, str, str], list[str]]()
    for name, tried in ((name, found[name]) for name in ROOMS if name in found):
        noticed = tried.mutants - tried.living
        table.append(f"| {name} | {tried.mutants:,} | {noticed:,} | {tried.living} | {tried.share:.1f}% | {tried.day} |")
        reasons = _reasons(name)
        for place, change in tried.survivors:
            because = reasons.get((place, change), "no reason is given")
            survivors.setdefault((name, place, because), []).append("\n".join(f"  {line}" for line in change.splitlines()))
    listed = (
        "\n\n".join([f"- {name}, `{place}`: {because}", "  ```diff\n" + "\n\n".join(changes) + "\n  ```"])
        for (name, place, because), changes in survivors.items()
    )
    table += [f"| {name} | | | | | not yet |" for name in ROOMS if name not in found]
    return _PAGE.format(table="\n".join(table), survivors="\n\n".join(listed))


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
    for name in [name for name in names if name != "again"] or ROOMS:
        tried = try_room(name, last_tried()[name].survivors if "again" in names else None)
        print(f"{name}: {tried.mutants - tried.living:,} of {tried.mutants:,} noticed", flush=True)
        TABLE.write_text(page_of(last_tried() | {name: tried}), encoding="utf-8")
        wrong += wrong_with(name, tried)
    print(*wrong, sep="\n\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
