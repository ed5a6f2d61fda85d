"""Makes one change after another and runs the room's tests for each in a process of its own, which begins where they are collected.

Owns: the trial of a change: which tests, in which order, for how long. Never: changes a file; ``tests.mutation`` runs it in a copy of the project and
reads the answer after ``=>``.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from pydantic import BaseModel

from tests.mutation_of_constants import slips_in

# A change that makes a test run for ever is noticed once it has taken many times what it takes without it. It is processor time, as on a busy machine
# the clock on the wall would make every change look noticed.
_LEAST_SECONDS, _TIMES, _MOST_SECONDS = 3, 10, 10
_NOT_MADE = 99
_BRIEFLY = ("--tb=no", "--assert=plain")  # that a test failed is all that is asked: to say how takes several times as long
_Items = list[pytest.Item]
Trial = tuple[str, Callable[[_Items], None]]  # the change in words, and making it where these tests are to run


def trials_of_constants(files: list[str]) -> Iterator[Trial]:
    """What stands outside functions, changed in the copy's own files."""
    for file in files:
        for change, make in slips_in(file):
            yield change, lambda _, make=make: make()


def trials_of_functions() -> Iterator[Trial]:
    """The mutants that mutmut wrote into its folder, which is the one to be in; each is looked for by the tests that call its function."""
    calling = _stats()["tests_by_mangled_function_name"]
    for meta in sorted(Path("macros").rglob("*.meta")):
        for name in json.loads(meta.read_text("utf-8"))["exit_code_by_key"]:
            yield name, partial(_begin_mutant, name, {*calling.get(name.rpartition("__mutmut_")[0], ())})


def _begin_mutant(name: str, calling: set[str], items: _Items) -> None:
    os.environ["MUTANT_UNDER_TEST"] = name
    items[:] = [item for item in items if item.nodeid in calling]


def _stats() -> dict[str, Any]:
    """What mutmut noted when it ran the tests: which of them call a function, and how long each takes."""
    kept = Path("mutmut-stats.json")
    found: dict[str, Any] = json.loads((kept if kept.exists() else "mutants" / kept).read_text("utf-8"))
    return found


def _build(model: type[BaseModel]) -> None:
    """The project's models build themselves when they are first used; each child would do it again."""
    if model.__module__.startswith("macros."):
        model.model_rebuild()
    for narrower in model.__subclasses__():
        _build(narrower)


class EachTrial:
    """A pytest plugin: once the tests are collected, each change is made in a child that runs them and says by its end whether one failed."""

    def __init__(self, trials: Callable[[], Iterator[Trial]], only: list[str] | None) -> None:
        self.trials, self.only = trials, None if only is None else {*only}
        self.found: list[tuple[str, bool]] = []
        self.noticed_by: dict[str, Counter[str]] = defaultdict(Counter)  # of each place: the tests that noticed a change of it
        self.seconds: dict[str, float] = _stats()["duration_by_test"]
        self.answer = -1

    def pytest_collection(self) -> None:
        """That an example fails is enough: no smaller one is looked for."""
        settings.register_profile("briefly", settings.get_profile("steady"), phases=(Phase.explicit, Phase.generate))
        settings.load_profile("briefly")

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        seconds = min(_MOST_SECONDS, _LEAST_SECONDS + _TIMES * self.seconds.get(item.nodeid, 1))
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds), resource.getrlimit(resource.RLIMIT_CPU)[1]))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os.write(self.answer, report.nodeid.encode())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        trials = list(self.trials())
        _build(BaseModel)
        gc.freeze()  # what is there already is no child's to look through
        for change, make in trials:
            if self.only is not None and self.only.isdisjoint((change.strip(), place_of(change))):
                self.found.append((change, True))
                continue
            sys.stdout.flush()
            noticed_by = self.noticed_by[change.partition("\n")[0].partition("__mutmut_")[0]]
            told, self.answer = os.pipe()
            child = os.fork()
            if not child:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
                try:
                    make(session.items)
                except Exception:
                    os._exit(_NOT_MADE)
                # What noticed one change of a place most likely notices the next; then the quickest, as most changes are noticed by any.
                session.items.sort(key=lambda item: (-noticed_by[item.nodeid], self.seconds.get(item.nodeid, 0)))
                return None  # pytest goes on and runs the tests
            os.close(self.answer)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            if status == _NOT_MADE:
                raise RuntimeError(f"This change could not be made: {change}")
            self.found.append((change, status not in (0, pytest.ExitCode.NO_TESTS_COLLECTED)))
            noticed_by[os.read(told, 4096).decode()] += 1
            os.close(told)
        return True


def place_of(mutant: str) -> str:
    """The function that mutmut changed, or the method with its class."""
    return mutant.partition("__mutmut_")[0].rpartition(".")[2].removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")


def main(files: list[str], only: list[str] | None, tests: list[str]) -> int:
    """Tries what stands outside the functions of these files; without files, mutmut's mutants. Those of ``only`` these functions and changes, if given."""
    parent = os.getpid()
    plugin = EachTrial(partial(trials_of_constants, files) if files else trials_of_functions, only)
    status = pytest.main(["-x", "-q", *_BRIEFLY, *tests], plugins=[plugin])
    if os.getpid() != parent:
        os._exit(status)  # a child leaves at once and without tidying up
    print(f"\n=> {json.dumps(plugin.found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*json.load(sys.stdin), sys.argv[1:]))
