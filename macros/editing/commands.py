"""The editors' commands: schemas, new, fix, withdraw, year, move, changes, freshness, from-form, made-again, folder, doctor, compare-live.

Owns: their arguments and what they print. Never: does the work itself.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from macros.check import check, is_called_a_slip, time_limit, today
from macros.content.catalogue import PUBLISHED
from macros.editing import Refused
from macros.editing.quoting import prose
from macros.models.site import ROLES
from macros.problems import errors
from macros.problems import tell as tell_problems

_NOT_THE_SAME = "The published site is not the one that was built"
_WHAT_TO_DO = """Every night the published site is held against one that is built again from the same commit. If somebody published at that
moment, run the workflow Compare again. Otherwise find out who changed the site outside the repository; the workflow Publish puts it right."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds each command with its arguments and what it runs: a function of the options and the project's folder that returns the exit status."""

    def command(name: str, run: Callable[[argparse.Namespace, Path], int], about: str) -> argparse.ArgumentParser:
        parser = commands.add_parser(name, help=about)
        parser.set_defaults(run=run)
        return parser

    command("schemas", _schemas, "write templates, schemas, issue forms and the guide's lists of settings from the models")
    new = command("new", _new, 'begin a new entry: new review "Child L"')
    new.add_argument("kind", help="review, briefing, news, session, table, publication…")
    new.add_argument("title", help="its title, in quotation marks")
    fix = command("fix", _fix, "fix what is certain: encodings, line ends, blanks, dates, numbers, order")
    fix.add_argument("--show", action="store_true", help="say what would be fixed and change nothing")
    withdraw = command("withdraw", _withdraw, "take a page down: find every trace of it, and with --write remove what is certain")
    withdraw.add_argument("page", help="its address or path, such as /news/a-day/ or docs/news/a-day.md")
    withdraw.add_argument("--also", action="append", default=[], metavar="NAME", help="another name to look for; may be given several times")
    withdraw.add_argument("--decided-by", choices=ROLES, default=ROLES[0], help="who decided it, by role")
    withdraw.add_argument("--write", action="store_true", help="do it; without this, nothing is changed")
    year = command("year", _year, "begin what a new annual report asks for, or take out of its list what is done: year 2023/24")
    year.add_argument("year", help="the year it is about, such as 2023/24")
    moving = command("move", _move, "move or rename a page: rewrite every link to it, and lead its old address on")
    moving.add_argument("page", help="its address or file, such as /training/learning-week/")
    moving.add_argument("to", help="its new address or file, such as /training/learning-weeks/")
    changes = command("changes", _changes, "say in words what will change on the site")
    changes.add_argument("base", type=Path, help="a copy of the project as it was")
    changes.add_argument("--built", action="store_true", help="both have been built: name every page that looks different, too")
    changes.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="how it is told")
    freshness = command("freshness", _freshness, "say what is past its date or due soon, owner by owner")
    freshness.add_argument("--links", action="store_true", help="ask every outside address too, which takes minutes")
    freshness.add_argument("--format", choices=("text", "json"), default="text", help="how it is told")
    form = command("from-form", _from_form, "say what is to be done about an issue, and turn an answered form into a new file")
    form.add_argument("event", type=Path, help="the file in which GitHub describes the issue")
    start = command("start", _start, "begin the site of another partnership: the machinery as it is, and pages that ask for what belongs on them")
    start.add_argument("folder", type=Path, help="a folder outside this project that is not there yet")
    start.add_argument("--name", default="Our Area Safeguarding Children's Partnership", help="what the partnership is called, in quotation marks")
    start.add_argument("--area", default="Our Area", help="the area it works in")
    start.add_argument("--address", default="https://safeguarding.example/", help="where the site will be")
    start.add_argument("--repository", default="https://github.com/our-organisation/website", help="where its repository will be")
    command("doctor", _doctor, "say what this copy of the project lacks, and what to set on GitHub")
    moved = command("made-again", _made_again, "say which packages moved and which forms changed, for Upkeep")
    moved.add_argument("before", type=Path, help="a copy of the project as it was")
    folder = command("folder", _folder, "copy the built site so that it opens without a server")
    folder.add_argument("target", type=Path, help="the folder to make")
    live = command("compare-live", _compare_live, "say where a published site is not the one in a folder: exit status 1; 2 where it cannot be asked")
    live.add_argument("folder", type=Path, help="a site built from the same commit for the same day")
    live.add_argument("address", help="where it is published, such as https://www.example.org/")
    live.add_argument("--format", choices=("text", "json"), default="text", help="how it is told")


def _schemas(_: argparse.Namespace, root: Path) -> int:
    from macros.editing.generated_files import write

    print("\n".join(write(root, today())) or "All of them are in step with the models.")
    return 0


def _new(options: argparse.Namespace, root: Path) -> int:
    from macros.editing.new import new_entry, write_files

    files = new_entry(root, options.kind, options.title, today())
    done = [f"{'Added to the end of' if (root / path).exists() else 'Wrote'} {path}" for path in files]
    write_files(root, files)
    print(*done, sep="\n")
    print("Fill in what is blank or marked TO WRITE, then run: make check")
    return 0


def _fix(options: argparse.Namespace, root: Path) -> int:
    from macros.content.reading import load_catalogue
    from macros.editing.fixes import fix_all, write
    from macros.editing.published_addresses import add_new

    fixed = fix_all(root)
    if not options.show:
        write(root, fixed)
    fixes = [fix for found in fixed for fix in found.fixes]
    for fix in fixes:
        print(f"{fix.file}, line {fix.line}: {fix.says}.")
    for doubt in (doubt for found in fixed for doubt in found.doubts):
        print(f"{doubt.where}: left as it is. {doubt.says} {doubt.fix}")
    how_many = f"{len(fixes):,} {'fix' if len(fixes) == 1 else 'fixes'}{', none of them made yet' if options.show else ''}."
    print(how_many if fixes else "Nothing was to be fixed that is certain.")
    catalogue = load_catalogue(root, today())[0]
    if new := add_new(catalogue) if catalogue.published and not options.show else []:
        print(f"Listed in {PUBLISHED}, so that no address dies: {', '.join(new)}.")
    return 0


def _year(options: argparse.Namespace, root: Path) -> int:
    from macros.content.reading import load_catalogue
    from macros.content.year_work import ASKS, left
    from macros.editing.new import write_files
    from macros.editing.year import begin, work_list

    catalogue, problems = load_catalogue(root, today())
    if errors(problems):
        print(f"{tell_problems(errors(problems))}\n\nNothing was written. Fix this first.")
        return 1
    report, files = begin(catalogue, options.year)
    write_files(root, files)
    files |= (listed := work_list(load_catalogue(root, today())[0], report, today()))
    write_files(root, listed)
    print(*(f"Wrote {file}" for file in files), sep="\n")
    catalogue = load_catalogue(root, today())[0]
    kinds = Counter(item.kind for work in catalogue.all("year-work") if work.report == report for item in left(catalogue, work))
    counted = ", ".join(f"{number} of the {ASKS[kind][0]}" for kind, number in kinds.items())
    print(f"Left: {counted or 'nothing'}. Each is a line of data/year_work.yml, and what is marked TO WRITE is told by: make check")
    return 0


def _withdraw(options: argparse.Namespace, root: Path) -> int:
    from macros.content.reading import load_catalogue
    from macros.editing.new import write_files
    from macros.editing.withdraw import OUTSIDE, withdraw

    catalogue, problems = load_catalogue(root, today())
    if errors(problems):
        print(f"{tell_problems(errors(problems))}\n\nWhat cannot be read cannot be searched, so nothing was changed. Fix this first.")
        return 1
    gone = withdraw(catalogue, options.page, options.also, options.decided_by)
    if options.write:
        write_files(root, gone.files)
    parts = (
        ("Removed" if options.write else "Would be removed; nothing is changed without --write", gone.removed),
        (f"A neutral page, decided by the {options.decided_by} (--decided-by names others), {'is now' if options.write else 'would be'} at", gone.addresses),
        ("To be rewritten by a person", gone.left),
        ("To be read too, as they share a theme and may tell of it without its name", gone.unnamed),
        ("Outside these files, in this order", [f"{number}. {step}" for number, step in enumerate(OUTSIDE, 1)]),
    )
    for heading, lines in parts:
        print(f"{heading}:", *(lines or ["nothing"]), sep="\n  ", end="\n\n")
    wrong = errors(check(root, today())[1]) if options.write or not gone.removed else []
    if wrong:
        print(f"What the check says now:\n\n{tell_problems(wrong)}\n")
    again = shlex.join(["python", "-m", "macros", "withdraw", options.page, *(f"--also={name}" for name in gone.names)])
    done = "Nothing is left in these files." if options.write or not gone.removed else "Nothing would be left in these files: do it with --write."
    print(f"Rewrite what is left, then try again: {again}" if gone.left or wrong else done)
    return 1 if gone.left or wrong else 0


def _move(options: argparse.Namespace, root: Path) -> int:
    from macros.editing.move import move
    from macros.editing.new import write_files

    catalogue, problems = check(root, today())
    if errors(problems):
        print(f"{tell_problems(errors(problems))}\n\nNothing was moved. Fix this first.")
        return 1
    changed = move(catalogue, options.page, options.to)
    write_files(root, changed)
    print(*(f"{'Removed' if text is None else 'Wrote'} {file}" for file, text in changed.items()), sep="\n")
    left = errors(check(root, today())[1])
    print(tell_problems(left) if left else "Every link leads to the new place, and the old address leads on.")
    return 1 if left else 0


def _changes(options: argparse.Namespace, root: Path) -> int:
    from macros.editing.changes import compare
    from macros.editing.changes.lines import tell
    from macros.editing.fixes import fix_all

    with time_limit(root):
        before, known = check(options.base.resolve(), today())
        after, problems = check(root, today())
        sections = compare(before, after, problems, known, options.built, is_called_a_slip())
    if options.format == "json":
        fixes = [fix for found in fix_all(root) for fix in found.fixes if fix.before is not None and fix.after is not None][:200]
        told = [{"file": fix.file, "line": fix.line, "before": fix.before, "after": fix.after} for fix in fixes]
        print(json.dumps({"summary": tell(sections, "markdown"), "fixes": told}, ensure_ascii=False))
    else:
        print(tell(sections, options.format))
    return 0


def _freshness(options: argparse.Namespace, root: Path) -> int:
    from macros.content.reading import load_catalogue
    from macros.editing.outside_links import dead_links, outside_links
    from macros.editing.owners import owners_lists

    catalogue, _ = load_catalogue(root, today())
    lists = owners_lists(catalogue, dead_links(outside_links(catalogue)) if options.links else ())
    if options.format == "json":
        print(json.dumps([vars(found) for found in lists], ensure_ascii=False))
    else:
        print("\n\n".join(f"{found.title}\n\n{found.text or 'Nothing is due.'}" for found in lists))
    return 0


def _from_form(options: argparse.Namespace, root: Path) -> int:
    """Prints what is to be done about an issue, by its kind: private, stranger, refused, proposal (with the file it asks for) or nothing."""
    from macros.editing.forms import ANSWERS, MOVE, TEAM, answer_with, asked_to_move, is_private, proposal
    from macros.editing.move import move
    from macros.editing.new import write_files
    from macros.editing.published_addresses import add_new
    from macros.settings import read_settings

    def say(kind: str, **more: object) -> int:
        print(json.dumps({"kind": kind, **more}, ensure_ascii=False))
        return 0

    issue, site = json.loads(options.event.read_text(encoding="utf-8"))["issue"], read_settings(root).address.rstrip("/")
    before, known = check(root, today())
    if errors(known):
        print(tell_problems(errors(known)), file=sys.stderr)  # where lists cannot be read, private text could pass for something known
        return 1
    private = {"kind": "private", "answer": ANSWERS["private"].format(site=site)}
    if is_private(before, issue["title"], issue["body"] or ""):
        return say(**private)
    if issue["author_association"] not in TEAM:
        return say("stranger", answer=ANSWERS["stranger"].format(site=site))
    labels = [label["name"] for label in issue["labels"]]
    if not any(label.startswith("proposal: ") for label in labels):
        return say("nothing")
    files: dict[str, str | None]
    path = ""
    try:
        if MOVE in labels:
            page, new = asked_to_move(issue["body"] or "")
            files, title = move(before, page, new), f"move {page} to {new}"
        else:
            path, text, title = proposal(issue["body"] or "", labels, int(issue["number"]), today())
            files = {path: text}
            if (root / path).exists():
                raise Refused(f"There is a file {path} already. Change the title in the form, and it is read again.")
            if is_private(before, text):  # put together, lines may say what none of them said alone
                return say(**private)
    except Refused as reason:
        return say("refused", answer=prose(str(reason)))
    write_files(root, files)
    after, problems = check(root, today())
    if wrong := errors(problems):
        return say("refused", answer=answer_with(wrong, path))
    if after.published and add_new(after):  # a page's own address, or that which the build makes for an event
        files[PUBLISHED] = (root / PUBLISHED).read_text(encoding="utf-8")
    return say("proposal", files=files, title=title)


def _start(options: argparse.Namespace, root: Path) -> int:
    from macros.editing.start import Names, start

    pages = start(root, options.folder, Names(options.name, options.area, options.address, options.repository), today())
    print(f"{len(pages)} pages wait to be written in {options.folder}. Next: cd {shlex.quote(str(options.folder))}, git init, make serve.")
    print("What each waits for: .venv/bin/python -m macros check --advice")
    return 0


def _doctor(_: argparse.Namespace, root: Path) -> int:
    from macros.editing.doctor import examine, first_day

    found = examine(root)
    print("\n".join(found) or "As far as this copy can tell, all is well.", first_day(root), sep="\n\n")
    return 1 if found else 0


def _made_again(options: argparse.Namespace, root: Path) -> int:
    from macros.editing.packages import made_again

    print(json.dumps(made_again(options.before.resolve(), root), ensure_ascii=False))
    return 0


def _folder(options: argparse.Namespace, root: Path) -> int:
    from macros.editing.open_from_folder import copy_to_folder

    pages = copy_to_folder(root / "site", options.target)
    print(f"{pages:,} pages in {options.target}. Open index.html there.")
    return 0


def _compare_live(options: argparse.Namespace, _: Path) -> int:
    from macros.editing.live import compare

    try:
        different, unasked = compare(options.folder, options.address)
    except ValueError:
        print(f'"{options.address}" is not an address such as https://www.example.org/.', file=sys.stderr)
        return 2
    text = "\n".join(f"- {line}" for line in different + unasked)
    if options.format == "json":  # in the form in which freshness says what is due
        print(json.dumps([{"owner": "published-site", "title": _NOT_THE_SAME, "text": text and f"{_WHAT_TO_DO}\n\n{text}"}]))
    else:
        print(text or "Every file is the one that was built.")
    return 1 if different else 2 if unasked else 0
