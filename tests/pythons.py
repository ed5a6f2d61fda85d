"""The small site on every Python that is installed here, by MkDocs and by its successor ProperDocs: ``python -m tests.pythons``.

Owns: an environment of its own for each Python from 3.11 to 3.14 that is found, from the locked list alone, and whether all builds are the same
bytes. Never: changes the project. The tests themselves ask the same of the one Python that they run on (tests/test_allowed_settings.py).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.whole_sites import EPOCH, ROOT, build_environment, contents, copy_small_site

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
GENERATORS = ("mkdocs", "properdocs")


def found() -> dict[str, str]:
    """The Pythons that are installed and start, by their version."""
    paths = {version: shutil.which(f"python{version}") for version in VERSIONS}
    return {version: path for version, path in paths.items() if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0}


def environment(path: str, folder: Path) -> str:
    """An environment with what a build needs and ProperDocs, every file checked by its hash; returns its Python."""
    subprocess.run([path, "-m", "venv", str(folder)], check=True)
    python, wanted = str(folder / "bin/python"), folder / "properdocs.txt"
    locked = re.search(r"^properdocs==.*\n(?:    .*\n)+", (ROOT / "requirements/test.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert locked, "requirements/test.txt names no ProperDocs"
    wanted.write_text(locked[0], encoding="utf-8")
    install = [python, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", str(ROOT / "requirements/build.txt")], check=True)
    subprocess.run([*install, "--require-hashes", "--no-deps", "-r", str(wanted)], check=True)
    subprocess.run([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    return python


def built(python: str, generator: str, folder: Path) -> dict[str, str]:
    """Every file of the small site as a generator makes it, as a hash."""
    site = copy_small_site(folder)
    command = [python, "-m", generator, "build", "--quiet"]
    subprocess.run(command, cwd=site, env=build_environment({"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}), check=True)
    return contents(site / "site")


def main() -> int:
    """Says of each Python and generator whether it builds what the first one builds."""
    first: dict[str, str] = {}
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        for version, path in found().items():
            python = environment(path, Path(folder) / version)
            for generator in GENERATORS:
                made = built(python, generator, Path(folder) / f"{version}-{generator}")
                first = first or made
                other = sorted(name for name in made.keys() | first.keys() if made.get(name) != first.get(name))
                differing += len(other)
                print(f"Python {version}, {generator}: {len(made)} files, {'the same bytes' if not other else 'others: ' + ', '.join(other[:5])}")
    print("Not installed here: " + (", ".join(sorted(set(VERSIONS) - set(found()))) or "none") + ".")
    return 1 if differing or not first else 0


if __name__ == "__main__":
    sys.exit(main())
