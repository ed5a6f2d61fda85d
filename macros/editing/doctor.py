"""What a copy of the project can tell of itself before it goes to work: this computer, the settings, and what was made from what.

Owns: asking each of them and saying what to do. Never: asks GitHub; what only GitHub can tell is printed from CONTRIBUTING.md, in its order.
"""

import re
import subprocess
from pathlib import Path

from macros.check import check, today
from macros.editing.generated_files import stale
from macros.outputs.pdf import what_is_missing
from macros.problems import errors
from macros.settings import read_settings

_SECTION = re.compile(r"## The first day on GitHub\n\n.*?(?=\n## |\Z)", re.DOTALL)


def examine(root: Path) -> list[str]:
    """Everything that is not as it should be, with what to do about it; nothing where all is well."""
    day = today()
    found = [f"{path} is out of step: run `make schemas`." for path in stale(root, day)]
    if wrong := errors(check(root, day)[1]):
        found.append(f"The content has {len(wrong):,} {'problem' if len(wrong) == 1 else 'problems'}: run `make check`.")
    if missing := what_is_missing():
        found.append(missing)
    return [*found, *_addresses(root)]


def _addresses(root: Path) -> list[str]:
    """Whether the settings, the owners and the place that this copy came from speak of one repository."""
    settings, found = read_settings(root), []
    if not settings.address.startswith("https://"):
        found.append("site_url in mkdocs.yml is not the address of the site: write it with https://.")
    repository = "/".join(settings.repository.rstrip("/").split("/")[-2:])
    asked = subprocess.run(["git", "remote", "get-url", "origin"], cwd=root, capture_output=True, text=True, check=False)  # noqa: S607
    origin = asked.stdout.strip().removesuffix(".git")
    if origin and not re.search(rf"[/:]{re.escape(repository)}\Z", origin):
        found.append("repo_url in mkdocs.yml is not where this copy came from: links to change a page would lead elsewhere. Correct it.")
    owners = root / ".github/CODEOWNERS"
    named = set(re.findall(r"(?m) @(\S+)/\S+", owners.read_text(encoding="utf-8"))) if owners.is_file() else set()
    found += [f".github/CODEOWNERS names teams of {name}, and repo_url is of another owner." for name in sorted(named - {repository.partition("/")[0]})]
    return found


def first_day(root: Path) -> str:
    """What must be set on GitHub once, in order."""
    guide = root / "CONTRIBUTING.md"
    found = _SECTION.search(guide.read_text(encoding="utf-8")) if guide.is_file() else None
    return found.group().strip() if found else ""
