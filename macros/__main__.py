"""The command line: ``python -m macros check | build | serve | outputs``.

Owns: arguments and exit statuses, and that what the machine refuses is said in a sentence. Never: does the work itself.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from pathlib import Path

from macros.check import check, today
from macros.editing import commands as editing
from macros.problems import errors, new_since, tell
from macros.writing import refusal


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 all well, 1 something to fix or refused by the machine, 130 stopped by Ctrl+C."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "outputs" and not options.addresses and options.folder is None:
        parser.error("name the folder to write into, or say --addresses")
    try:
        status = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # what read our words has gone, such as `head`
        return _silenced()
    except OSError as error:
        told = vars(options)
        print(refusal(error, told.get("target") or told.get("folder") or options.root.resolve()), file=sys.stderr)
        return _silenced()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return status


def _silenced() -> int:
    """Exit status 1, and nothing more is said: what waits to be printed would fail once more while Python ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m macros", description="Checks and builds the partnership's website.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help_text in (
        ("check", "read everything and say what is to be fixed"),
        ("build", "check, then build into site/ only if all is well"),
        ("serve", "check, build and show the site on this computer, and again after every change"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("root", nargs="?", default=".", type=Path, help="the project's folder (default: this one)")
        if name == "check":
            command.add_argument("--format", choices=("text", "github", "json"), default="text", help="how problems are told")
            command.add_argument("--since", type=Path, metavar="FOLDER", help="leave out advice that a copy of the project as it was had too")
            command.add_argument("--advice", action="store_true", help="tell what is advised too, such as long sentences, and not only what must be fixed")
        if name == "build":
            command.add_argument("--with-pdfs", action="store_true", help="make the PDFs too, for publishing (needs WeasyPrint and Pango)")
            command.add_argument("--format", choices=("text", "github"), default="text", help="how problems are told")
        if name == "serve":
            command.add_argument("--address", default="127.0.0.1:8000", help="where the site is shown")
    command = commands.add_parser("outputs", help="check, then write what leaves the site beside its pages: open data, calendars, feeds, old addresses")
    command.add_argument("folder", nargs="?", type=Path, help="the folder to write into")
    command.add_argument("--root", default=".", type=Path, help="the project's folder (default: this one)")
    command.add_argument("--addresses", action="store_true", help="add new pages to the list of published addresses instead")
    editing.add_commands(commands)
    return parser


def _run(options: argparse.Namespace) -> int:
    root = options.root.resolve()
    if not (root / "mkdocs.yml").is_file():
        print(f"{root} is not the website's folder: it has no mkdocs.yml.", file=sys.stderr)
        return 1
    if options.command == "check":
        return _check(root, options.format, options.advice, options.since)
    if options.command == "outputs":
        return _outputs(root, options.folder, options.addresses)
    if options.command in editing.RUNS:
        return editing.run(options, root, today())
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    if options.command == "build":
        from macros.website import building

        return building.build(root, options.with_pdfs, options.format)
    return _serve(root, options.address)


def _serve(root: Path, address: str) -> int:
    """Runs MkDocs' own preview: kept pages stay (--dirty), and a warning does not end it (--no-strict)."""
    from mkdocs.__main__ import cli

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


def _check(root: Path, style: str, advice: bool, since: Path | None) -> int:
    gc.disable()  # a moment later all of it is thrown away
    _, problems = check(root, today())
    if since:
        problems = new_since(check(since.resolve(), today())[1], problems)
    told = tell(problems, style, advice)  # type: ignore[arg-type]
    if told:
        print(told)
    return 1 if errors(problems) else 0


def _outputs(root: Path, folder: Path | None, addresses: bool) -> int:
    from macros.editing import published_addresses
    from macros.outputs import Site, every_output, write
    from macros.settings import read_settings

    catalogue, problems = check(root, today())
    if errors(problems):
        print(tell(errors(problems)))
        return 1
    if addresses:
        published_addresses.add_new(catalogue)
    if folder:
        settings = read_settings(root)
        write(every_output(catalogue, Site(settings.site_url, settings.site_name)), folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
