"""The command line: ``python -m macros check | build | serve | outputs``, and the editors' commands.

Owns: arguments and exit statuses, and that what the machine refuses is said in a sentence. Never: does the work itself.
"""

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Collection
from pathlib import Path

from macros.check import OutOfTime, check, is_called_a_slip, today
from macros.editing import Refused
from macros.editing.commands import add_commands
from macros.editing.forms import old_lists
from macros.editing.published_addresses import addresses_of_main
from macros.problems import Problem, errors, new_since, tell
from macros.rules.editions import changed_since
from macros.rules.redirects import lost_since, site_addresses
from macros.settings import written_settings
from macros.sources.files import read_text
from macros.sources.kept import kept_on_disk
from macros.sources.yaml_files import slip_in
from macros.writing import refusal


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 all well, 1 something to fix or refused by the machine, 2 not understood or not answered, 130 stopped by Ctrl+C."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "outputs" and not options.addresses and options.folder is None:
        parser.error("name the folder to write into, or say --addresses")
    root = options.root.resolve()
    try:
        if not (root / "mkdocs.yml").is_file():
            print(f"{root} is not the website's folder: it has no mkdocs.yml.", file=sys.stderr)
            return 1
        if not written_settings(root):
            print(tell(_slip(root), getattr(options, "format", "text")))
            return 1
        status: int = options.run(options, root)
        sys.stdout.flush()
    except OutOfTime as late:
        print(tell([late.problem]))
        return 1
    except Refused as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # in which what read our words has gone, such as `head`
            told = vars(options)
            print(refusal(error, told.get("target") or told.get("folder") or root), file=sys.stderr)
        with contextlib.suppress(OSError, ValueError):  # what waits to be printed would fail once more while Python ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _slip(root: Path) -> list[Problem]:
    """Why mkdocs.yml says nothing that MkDocs could read."""
    problems: list[Problem] = []
    text = read_text(root / "mkdocs.yml", root, problems)
    if text is not None:
        problems.append(
            slip_in(text, "mkdocs.yml") or Problem("mkdocs.yml", None, "The file holds no setting.", "Put back what it said: git checkout mkdocs.yml")
        )
    return problems


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m macros", description="Checks and builds the partnership's website.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="read everything and say what is to be fixed")
    checking.set_defaults(run=_check)
    checking.add_argument("--format", choices=("text", "github", "json"), default="text", help="how problems are told")
    checking.add_argument(
        "--since",
        type=Path,
        metavar="FOLDER",
        help="a copy of the project as it was: leave out advice that it had too, and say which of its pages are gone and which of its numbers changed",
    )
    checking.add_argument("--advice", action="store_true", help="tell what is advised too, such as long sentences, and not only what must be fixed")
    building = commands.add_parser("build", help="check, then build into site/ only if all is well")
    building.set_defaults(run=_build)
    building.add_argument("--with-pdfs", action="store_true", help="make the PDFs too, for publishing (needs WeasyPrint and Pango)")
    building.add_argument("--format", choices=("text", "github"), default="text", help="how problems are told")
    serving = commands.add_parser("serve", help="check, build and show the site on this computer, and again after every change")
    serving.set_defaults(run=_serve)
    serving.add_argument("--address", default="127.0.0.1:8000", help="where the site is shown")
    outputs = commands.add_parser("outputs", help="check, then write what leaves the site beside its pages: open data, calendars, feeds, old addresses")
    outputs.set_defaults(run=_outputs)
    outputs.add_argument("folder", nargs="?", type=Path, help="the folder to write into")
    outputs.add_argument("--addresses", action="store_true", help="add new pages to the list of published addresses instead")
    add_commands(commands)
    outputs.add_argument("--root", default=".", type=Path, help="the project's folder (default: this one)")
    for command in commands.choices.values():
        if command is not outputs:
            command.add_argument("root", nargs="?", default=".", type=Path, help="the project's folder (default: this one)")
    return parser


def _check(options: argparse.Namespace, root: Path) -> int:
    gc.disable()  # a moment later all of it is thrown away
    with kept_on_disk(root) as kept:
        catalogue, problems = check(root, today(), kept)
    problems += old_lists(catalogue)
    before: Collection[str] | None = None
    if options.since:
        base, known = check(options.since.resolve(), today())
        problems, before = new_since([*known, *old_lists(base)], problems), site_addresses(base)
        problems += [] if is_called_a_slip() else changed_since(catalogue, base)
    elif (before := addresses_of_main(root)) is None and catalogue.published and options.format == "text":
        print("Without Git and its branch main no page that is gone can be seen, but for those on the list of published addresses.", file=sys.stderr)
    problems += lost_since(catalogue, before or ())
    if told := tell(problems, options.format, options.advice):
        print(told)
    return 1 if errors(problems) else 0


def _build(options: argparse.Namespace, root: Path) -> int:
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from macros.website import building

    return building.build(root, options.with_pdfs, options.format)


def _serve(options: argparse.Namespace, root: Path) -> int:
    """Runs MkDocs' own preview: kept pages stay (--dirty), and a warning does not end it (--no-strict)."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.__main__ import cli

    address = options.address
    if not address.rpartition(":")[2].isdigit():
        print(f'"{address}" is not an address such as 127.0.0.1:8000.', file=sys.stderr)
        return 1
    settings = ["--config-file", str(root / "mkdocs.yml"), "--dev-addr", address]
    try:
        cli.main(["serve", "--dirty", "--no-strict", "--quiet", *settings], standalone_mode=False)
    except OSError as error:
        print(f"The site cannot be shown at {address}: {error.strerror}. Stop what is shown there, or name another with --address.", file=sys.stderr)
        return 1
    return 0


def _outputs(options: argparse.Namespace, root: Path) -> int:
    from macros.editing.published_addresses import add_new
    from macros.outputs import every_output, write
    from macros.settings import read_settings
    from macros.views.changes import with_history

    catalogue, problems = check(root, today())
    if errors(problems):
        print(tell(errors(problems)))
        return 1
    if options.addresses:
        add_new(catalogue)
    if options.folder:
        write(every_output(with_history(catalogue), read_settings(root)), options.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
