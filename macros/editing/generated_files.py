"""The files that `make schemas` writes: schemas, templates, issue forms, the guide's made pages, editor settings.

Owns: which files those are, writing them, and telling which are out of step with the models or, the lists in forms, with the data. Never: decides what is in them.
"""

import contextlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from macros.content.reading import load_catalogue
from macros.editing import guide
from macros.editing.forms import FORMS, chooser, forms
from macros.editing.schemas import file_schema
from macros.editing.templates import TABLE_NUMBERS, template
from macros.models import KINDS, TABLE
from macros.settings import read_settings
from macros.sources.pages import read_page
from macros.writing import write_whole

_FOLDERS = ("data/schemas", "data/templates", FORMS)
SETTINGS, MESSAGES = "docs/contribute/settings.md", "docs/contribute/messages.md"


def generated_files(root: Path, today: date) -> dict[str, str]:
    """Every generated file by its path, as it should be."""
    found = {f"data/schemas/{kind.name}.json": _json(file_schema(kind)) for kind in KINDS}
    found |= {f"data/templates/{kind.name}.{'md' if kind.is_pages else 'yml'}": template(kind) for kind in KINDS}
    found["data/templates/table.csv"] = TABLE_NUMBERS
    site = read_settings(root).address.rstrip("/") if (root / "mkdocs.yml").is_file() else ""
    data = load_catalogue(root, today)[0]
    for name, form in {**forms(data.names, site), "config.yml": chooser(site)}.items():
        text = yaml.dump(form, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)
        found[f"{FORMS}/{name}"] = f"# Made from macros/models and data/ by `make schemas`. Do not change it by hand.\n{text}"
    found[SETTINGS] = guide.settings_page(*_dates(root, SETTINGS, today))
    found[MESSAGES] = guide.messages_page(*_dates(root, MESSAGES, today))
    found[".vscode/settings.json"] = _json(_editor_settings())
    return found


def stale(root: Path, today: date) -> list[str]:
    """The generated files that are missing, out of step, or left over."""
    wanted = generated_files(root, today)
    wrong = [path for path, text in wanted.items() if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text]
    there = [path.relative_to(root).as_posix() for folder in _FOLDERS for path in (root / folder).glob("*") if path.is_file()]
    return sorted([*wrong, *(path for path in there if path not in wanted)])


def write(root: Path, today: date) -> list[str]:
    """Writes what is stale, deletes what is left over, and returns the paths."""
    wanted = generated_files(root, today)
    changed = stale(root, today)
    for path in changed:
        if path in wanted:
            write_whole(root / path, wanted[path].encode())
        else:
            (root / path).unlink()
    return changed


def _dates(root: Path, path: str, today: date) -> tuple[date, date]:
    """The dates that a made page has: a person moves on when it is to be reviewed."""
    page = read_page(root / path, root, []) if (root / path).is_file() else None
    if page and isinstance(front := page.front.value, dict):
        with contextlib.suppress(KeyError, ValueError):
            return date.fromisoformat(str(front["written_on"])), date.fromisoformat(str(front["review_by"]))
    return today, date(today.year + 1, today.month, min(today.day, 28))


def _editor_settings() -> dict[str, Any]:
    """Settings of VS Code and Codespaces: each file of data/ with its schema, and saving as the check wants it."""
    lists = [kind for kind in KINDS if not kind.is_pages]
    homes = {kind: [f"{kind.home}*.yml"] if kind is TABLE else [kind.home, f"{kind.home.removesuffix('.yml')}/*.yml"] for kind in lists}
    return {
        "editor.wordWrap": "on",
        "files.associations": {"*.yml": "yaml"},
        "files.autoSave": "afterDelay",
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "files.watcherExclude": {"**/site/**": True, "**/.venv/**": True},
        "search.exclude": {"site": True, "data/schemas": True},
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "files.trimTrailingWhitespace": True},
        "yaml.schemas": {f"./data/schemas/{kind.name}.json": files for kind, files in homes.items()},
        "yaml.schemaStore.enable": False,
        "yaml.yamlVersion": "1.2",
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


class _Dumper(yaml.SafeDumper):
    """YAML as people write it: several lines as a block, lists set in."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


_Dumper.add_representer(str, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None))
