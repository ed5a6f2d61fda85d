"""Finds what the tests need of the system: a Chromium browser and Pango; installs them where it may.

Owns: where the browser is. Never: downloads a browser itself. Run before the tests; says in one line what
is missing where it cannot install it, and then stops, so that nothing is passed over in silence.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PACKAGES = {"a Chromium browser": "chromium", "Pango (for the PDFs)": "libpango-1.0-0 libpangoft2-1.0-0"}


def find_browser() -> str | None:
    """The path of a Chromium browser: that of CHROME where it is set, else the first on the path."""
    named = os.environ.get("CHROME")
    return named if named else next((found for name in BROWSERS if (found := shutil.which(name))), None)


def missing() -> list[str]:
    """What is not there, in words."""
    found = []
    if find_browser() is None:
        found.append("a Chromium browser")
    if ctypes.util.find_library("pango-1.0") is None or ctypes.util.find_library("pangoft2-1.0") is None:
        found.append("Pango (for the PDFs)")
    return found


def install(what: list[str]) -> bool:
    """Installs Debian's packages where this is Debian and we are root. Says whether it did."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    packages = [name for item in what for name in PACKAGES[item].split()]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def main() -> int:
    """Exit status 0 when everything is there."""
    needed = missing()
    if needed and not install(needed):
        names = " ".join(PACKAGES[item] for item in needed)
        print(f"The tests need {' and '.join(needed)}: install {names} (Debian and Ubuntu: sudo apt-get install {names}).", file=sys.stderr)
        return 1
    if still := missing():
        print(f"Installed, but still not found: {' and '.join(still)}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
