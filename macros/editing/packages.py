"""Which packages moved on, in words, and the files that Upkeep proposes with them.

Owns: comparing two lists of locked packages. Never: chooses a version (``make lock`` does) or asks anybody for one.
"""

import re
from pathlib import Path
from typing import Any

from macros.editing.forms import FORMS
from macros.editing.quoting import code

_LOCKED = re.compile(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)")
_SITE = "requirements/build.txt"


def made_again(before: Path, after: Path) -> dict[str, Any]:
    """Every list of packages and form that differs between two copies of the project, and what moved: ``files`` by path, and a ``message``."""
    paths = sorted(path.relative_to(after).as_posix() for pattern in ("requirements/*.txt", f"{FORMS}/*.yml") for path in after.glob(pattern))
    texts = {path: (_text(before / path), _text(after / path)) for path in paths}
    changed = {path: new for path, (old, new) in texts.items() if old != new}
    lists = {path: both for path, both in texts.items() if path in changed and path.startswith("requirements/")}
    site = _moves(*lists.pop(_SITE, ("", "")))
    others = {line: None for both in lists.values() for line in _moves(*both) if line not in site}
    forms = [f"The lists in {code(path)} are those of the data again." for path in changed if path.startswith(FORMS)]
    sections = (("The site is made with", site), ("Only tests and measurements use", list(others)), ("Forms", forms))
    return {"files": changed, "message": "\n\n".join("\n".join([f"## {title}", "", *(f"- {line}" for line in lines)]) for title, lines in sections if lines)}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _moves(old: str, new: str) -> list[str]:
    was, now = _versions(old), _versions(new)
    lines = []
    for name in sorted({*was, *now}):
        if name not in was:
            lines.append(f"{code(name)} {now[name]} is new")
        elif name not in now:
            lines.append(f"{code(name)} {was[name]} is no longer needed")
        elif was[name] != now[name]:
            lines.append(f"{code(name)} {was[name]} becomes {now[name]}")
    return lines if lines or old == new else ["the same versions, with other hashes"]


def _versions(text: str) -> dict[str, str]:
    """The version of each package; several where it depends on the machine."""
    found: dict[str, list[str]] = {}
    for name, version in _LOCKED.findall(text):
        found.setdefault(name, []).append(version)
    return {name: " and ".join(dict.fromkeys(versions)) for name, versions in found.items()}
