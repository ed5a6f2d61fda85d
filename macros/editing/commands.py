"""The editors' commands: schemas, new, fix, changes, freshness, from-form, folder.

Owns: their arguments and what they print. Never: does the work itself.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from macros.check import check
from macros.content.reading import load_catalogue

_Run = Callable[[argparse.Namespace, Path, date], int]


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds each command with its arguments."""
    commands.add_parser("schemas", help="write templates, schemas, issue forms and the guide's lists of settings from the models")
    new = commands.add_parser("new", help='begin a new entry: new review "Child L"')
    new.add_argument("kind", help="review, briefing, news, session, table, publication…")
    new.add_argument("title", help="its title, in quotation marks")
    fix = commands.add_parser("fix", help="fix what is certain: encodings, line ends, blanks, dates, numbers, order")
    fix.add_argument("--show", action="store_true", help="say what would be fixed and change nothing")
    changes = commands.add_parser("changes", help="say in words what will change on the site")
    changes.add_argument("base", type=Path, help="a copy of the project as it was")
    changes.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="how it is told")
    freshness = commands.add_parser("freshness", help="say what is past its date or due soon, owner by owner")
    freshness.add_argument("--links", action="store_true", help="ask every outside address too, which takes minutes")
    freshness.add_argument("--format", choices=("text", "json"), default="text", help="how it is told")
    form = commands.add_parser("from-form", help="turn an answered issue form into a new file")
    form.add_argument("event", type=Path, help="the file in which GitHub describes the issue")
    folder = commands.add_parser("folder", help="copy the built site so that it opens without a server")
    folder.add_argument("target", type=Path, help="the folder to make")
    for name in RUNS:
        commands.choices[name].add_argument("root", nargs="?", default=".", type=Path, help="the project's folder (default: this one)")


def run(options: argparse.Namespace, root: Path, today: date) -> int:
    """Runs one of these commands and returns its exit status."""
    return RUNS[options.command](options, root, today)


def _schemas(_: argparse.Namespace, root: Path, today: date) -> int:
    from macros.editing.generated_files import write

    changed = write(root, today)
    print("\n".join(changed) if changed else "All of them are in step with the models.")
    return 0


def _new(options: argparse.Namespace, root: Path, today: date) -> int:
    from macros.editing.new import CannotAdd, new_entry, write

    try:
        files = new_entry(root, options.kind, options.title, today)
    except CannotAdd as reason:
        print(reason, file=sys.stderr)
        return 1
    for file in files:
        write(root, file)
        print(f"{'Added to the end of' if file.adds_to else 'Wrote'} {file.path}")
    print("Fill in what is blank or marked TO WRITE, then run: make check")
    return 0


def _fix(options: argparse.Namespace, root: Path, _: date) -> int:
    from macros.editing.fixes.files import fix_all, write

    fixed = fix_all(root)
    fixes = [fix for found in fixed for fix in found.fixes]
    for found in fixed:
        if not options.show:
            write(root, [found])
        for fix in found.fixes:
            print(f"{fix.file}, line {fix.line}: {fix.says}.")
    for doubt in (doubt for found in fixed for doubt in found.doubts):
        print(f"{doubt.where}: left as it is. {doubt.says} {doubt.fix}")
    print(
        f"{len(fixes):,} {'fix' if len(fixes) == 1 else 'fixes'}{', none of them made yet' if options.show and fixes else ''}."
        if fixes
        else "Nothing was to be fixed that is certain."
    )
    return 0


def _changes(options: argparse.Namespace, root: Path, today: date) -> int:
    from macros.editing.changes import compare
    from macros.editing.changes.lines import tell
    from macros.editing.fixes.files import fix_all

    before, known = check(options.base.resolve(), today)
    after, problems = check(root, today)
    sections = compare(before, after, problems, known)
    if options.format == "json":
        fixes = [
            {"file": m.file, "line": m.line, "before": m.before, "after": m.after}
            for found in fix_all(root)
            for m in found.fixes
            if m.before is not None and m.after is not None
        ]
        print(json.dumps({"summary": tell(sections, "markdown"), "fixes": fixes[:200]}, ensure_ascii=False))
    else:
        print(tell(sections, options.format))
    return 0


def _freshness(options: argparse.Namespace, root: Path, today: date) -> int:
    from macros.editing.outside_links import dead_links, outside_links
    from macros.editing.owners import owners_lists

    catalogue, _ = load_catalogue(root, today)
    lists = owners_lists(catalogue, dead_links(outside_links(catalogue)) if options.links else ())
    if options.format == "json":
        print(json.dumps([{"owner": found.owner, "title": found.title, "text": found.text} for found in lists], ensure_ascii=False))
    else:
        print("\n\n".join(f"{found.title}\n\n{found.text or 'Nothing is due.'}" for found in lists))
    return 0


def _from_form(options: argparse.Namespace, root: Path, today: date) -> int:
    from macros.editing.forms import CannotRead, proposal

    issue = json.loads(options.event.read_text(encoding="utf-8"))["issue"]
    try:
        proposed = proposal(issue["body"] or "", [label["name"] for label in issue["labels"]], int(issue["number"]), today)
    except CannotRead as reason:
        print(json.dumps({"refused": str(reason)}))
        return 0
    print(json.dumps(_proposed(proposed, root, today), ensure_ascii=False))
    return 0


def _proposed(proposed: Any, root: Path, today: date) -> dict[str, str]:
    """The file that a form asks for, with what the check and the comparison say about it."""
    from macros.editing.changes import compare
    from macros.editing.changes.lines import tell
    from macros.editing.new import write

    if (root / proposed.file.path).exists():
        return {"refused": f"There is a file {proposed.file.path} already. Change the title in the form, and it is read again."}
    before, known = check(root, today)
    write(root, proposed.file)
    after, problems = check(root, today)
    return {
        "path": proposed.file.path,
        "text": proposed.file.text,
        "title": proposed.title,
        "message": tell(compare(before, after, problems, known), "markdown"),
    }


def _folder(options: argparse.Namespace, root: Path, _: date) -> int:
    from macros.editing.open_from_folder import copy_to_folder

    pages = copy_to_folder(root / "site", options.target)
    print(f"{pages:,} pages in {options.target}. Open index.html there.")
    return 0


RUNS: Mapping[str, _Run] = {
    "schemas": _schemas,
    "new": _new,
    "fix": _fix,
    "changes": _changes,
    "freshness": _freshness,
    "from-form": _from_form,
    "folder": _folder,
}
