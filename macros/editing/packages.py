"""Which packages moved on and what else was made again, in words, and the files that Upkeep proposes.

Owns: comparing two lists of locked packages. Never: chooses a version (``make lock`` does) or asks anybody for one.
"""

import re
from pathlib import Path
from typing import Any

from macros.content.catalogue import PUBLISHED
from macros.editing.forms import FORMS
from macros.editing.quoting import code

_LOCKED = re.compile(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)")
_SITE, _OTHERS, _MADE = "The site is made with", "Only tests and measurements use", "Forms and lists"


def made_again(before: Path, after: Path) -> dict[str, Any]:
    """Every list of packages, form and list of addresses that differs between two copies of the project, and what moved: ``files`` by path, and a ``message``."""
    files, said = {}, dict[str, str]()  # each line once, by what is said, with the section it stands in; the site's own list is read first
    for path in sorted([*after.glob("requirements/*.txt"), *after.glob(f"{FORMS}/*.yml"), *after.glob(PUBLISHED)], key=lambda path: path.name != "build.txt"):
        name, new = path.relative_to(after).as_posix(), path.read_text(encoding="utf-8")
        old = (before / name).read_text(encoding="utf-8") if (before / name).is_file() else ""
        if old != new:
            files[name] = new
            section = _MADE if name.startswith((FORMS, PUBLISHED)) else _SITE if path.name == "build.txt" else _OTHERS
            made = [
                f"the new addresses {code(' '.join(sorted(line for line in {*new.split()} - {*old.split()} if line.startswith('/'))))} are listed, so that none dies"
            ]
            made = made if name == PUBLISHED else [f"the lists in {code(name)} are those of the data again"]
            for line in made if section == _MADE else _moves(old, new):
                said.setdefault(line, section)
    parts = {section: [f"- {line}" for line in said if said[line] == section] for section in (_SITE, _OTHERS, _MADE)}
    return {"files": files, "message": "\n\n".join("\n".join([f"## {section}", "", *lines]) for section, lines in parts.items() if lines)}


def _moves(old: str, new: str) -> list[str]:
    was, now = (dict(_LOCKED.findall(text)) for text in (old, new))
    lines = [
        f"{code(name)} {was.get(name, 'not there')} becomes {now.get(name, 'not needed')}" for name in sorted({*was, *now}) if was.get(name) != now.get(name)
    ]
    return lines or ["the same versions, with other hashes"]
