"""Rule: the words in a page must exist and name things that exist."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalogue import Catalogue, PageEntry
from macros.models import BY_PLURAL
from macros.models.words import WORDS, Argument, Word
from macros.problems import Problem, nearest
from macros.sources.pages import Call

_LISTED = tuple(kind.plural for kind in BY_PLURAL.values() if kind.columns)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A word such as {{ table("…") }} must be one the site knows, with the arguments it takes."""
    for page in catalogue.pages.values():
        for call in page.calls:
            yield from _check_call(catalogue, page, call)


def _check_call(catalogue: Catalogue, page: PageEntry, call: Call) -> Iterator[Problem]:
    word = WORDS.get(call.name)
    if word is None:
        yield _problem(page, call, f'The site knows no word "{call.name}".' + nearest(call.name, WORDS), f"Write one of: {', '.join(WORDS)}.")
        return
    given, faults = _bind(word, call)
    for says in faults:
        yield _problem(page, call, says, f"Write it like this: {word.example}")
    if not faults:
        for argument in word.arguments:
            if argument.name in given:
                yield from _check_argument(catalogue, page, call, argument, given)
        if word.block:
            yield from _check_line(page, call)


def _bind(word: Word, call: Call) -> tuple[dict[str, str], list[str]]:
    given: dict[str, str] = {}
    faults: list[str] = []
    names = [argument.name for argument in word.arguments]
    if len(call.arguments) > len(names):
        faults.append(f'"{word.name}" takes {len(names) or "no"} name{"" if len(names) == 1 else "s"} in its brackets, and here stand {len(call.arguments)}.')
    given.update(zip(names, call.arguments, strict=False))
    for name, value in call.named:
        if name not in names:
            faults.append(f'"{word.name}" knows no "{name}=".' + nearest(name, names))
        elif name in given:
            faults.append(f'"{name}" is given twice.')
        given[name] = value
    missing = [a.name for a in word.arguments if not a.optional and a.name not in given]
    if missing and not faults:
        faults.append(f'"{word.name}" needs {" and ".join(missing)} in its brackets.')
    return given, faults


def _check_argument(catalogue: Catalogue, page: PageEntry, call: Call, argument: Argument, given: dict[str, str]) -> Iterator[Problem]:
    value = given[argument.name]
    if argument.names == "text":
        return
    if argument.names == "row":
        yield from _check_row(catalogue, page, call, given)
        return
    if argument.names == "column":
        table = catalogue.tables.get(given["table"])
        columns = [c.name for c in (*table.about.columns, *table.about.computed)] if table else [value]
        if value not in columns:
            yield _problem(page, call, f'The table "{given["table"]}" has no column "{value}".' + nearest(value, columns), f"Write one of: {', '.join(columns)}.")
        return
    known = _LISTED if argument.names == "plural" else catalogue.names(argument.names)
    if value not in known:
        label = {"plural": "list", "chart": "table with a chart"}.get(argument.names, argument.names)
        yield _problem(page, call, f'There is no {label} called "{value}".' + nearest(value, known), _how_to_add(argument.names))


def _how_to_add(kind: str) -> str:
    if kind == "table":
        return "Correct the name, or add the table to data/tables/."
    if kind == "chart":
        return "Correct the name, or add `chart:` to the table's description."
    if kind == "plural":
        return f"Write one of: {', '.join(_LISTED)}."
    return "Correct the name, or add the entry to its list in data/."


def _check_row(catalogue: Catalogue, page: PageEntry, call: Call, given: dict[str, str]) -> Iterator[Problem]:
    table = catalogue.tables.get(given["table"])
    row = given["row"]
    if table is None:
        return
    if row == "total":
        if table.about.total is None:
            yield _problem(page, call, f'The table "{table.id}" has no total row.', "Add `total:` to its description, or name a row.")
    elif table.row(row) is None:
        yield _problem(page, call, f'The table "{table.id}" has no row "{row}".' + nearest(row, table.keys), "Write a row's name as it stands in the CSV file, or: latest, previous, earliest, total.")


def _check_line(page: PageEntry, call: Call) -> Iterator[Problem]:
    line = page.source.body.split("\n")[call.line - page.source.body_line]
    if not (line.strip().startswith("{{") and line.strip().endswith("}}") and line.count("{{") == 1):
        yield _problem(page, call, f'"{call.name}" shows a block, and here it stands inside a sentence.', "Put it on a line of its own, with a blank line above and below.")


def _problem(page: PageEntry, call: Call, says: str, fix: str) -> Problem:
    return Problem(page.source.file, call.line, says, fix)
