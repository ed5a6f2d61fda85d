"""Rule: the words in a page must exist and name things that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from macros.content.catalogue import Catalogue, PageEntry
from macros.models import BY_PLURAL
from macros.models.table import Table, TableDescription
from macros.models.words import WORDS, Argument, Word
from macros.problems import Problem, nearest
from macros.sources.words import Call

_LISTED = tuple(kind.plural for kind in BY_PLURAL.values() if kind.listed)
_IN_LINK = re.compile(r"\[[^\]\n]*\{\{[^\]\n]*\]\(|\]\([^)\n]*\{\{")


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
            yield from _check_block(page, call)
        else:
            yield from _check_inline(page, call)


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
        yield from _check_filter(catalogue, page, call, argument, given)
        return
    if argument.names in ("row", "column"):
        table = catalogue.tables.get(given["table"])
        if table:
            yield from _check_row(catalogue, page, call, table, given["row"]) if argument.names == "row" else _check_column(page, call, table, given)
        return
    known = _LISTED if argument.names == "plural" else catalogue.names(argument.names)
    if value not in known and not catalogue.is_lost(argument.names, value):
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


def _check_filter(catalogue: Catalogue, page: PageEntry, call: Call, argument: Argument, given: dict[str, str]) -> Iterator[Problem]:
    """A list narrowed until nothing is left shows nothing, which nobody notices."""
    value, name = given[argument.name], argument.name
    if call.name == "groups":
        periods = tuple(dict.fromkeys(group.period for group in catalogue.all("group")))
        if not any(value in period for period in periods) and not catalogue.is_lost("group", "*"):
            yield _problem(page, call, f'No group has a period that speaks of "{value}".' + nearest(value, periods), f"Write some of: {'; '.join(periods)}.")
        return
    kind = BY_PLURAL.get(given["plural"])
    if kind is None:
        return
    if name not in kind.filters:
        narrowed = [f for f in kind.filters if f in ("theme", "kind", "year", "audience")]
        yield _problem(
            page,
            call,
            f'The list "{kind.plural}" cannot be narrowed by {name}.',
            f"Delete it; this list can be narrowed by: {', '.join(narrowed) or 'nothing'}.",
        )
        return
    known = tuple(dict.fromkeys(found for record in catalogue.all(kind.name) for found in _values(record, name)))
    if value not in known and not any(lost == kind.name for lost, _ in catalogue.lost):
        yield _problem(
            page, call, f'Nothing in the list "{kind.plural}" has the {name} "{value}".' + nearest(value, known), f"Write one of: {', '.join(known)}."
        )


def _values(record: Any, name: str) -> tuple[str, ...]:
    """What a record has of a filter: its kind, its audiences, its years or that of its date."""
    if name == "year":
        return tuple(getattr(record, "years", ())) or (record.year if hasattr(record, "year") else str(getattr(record, "published", ""))[:4],)
    value = getattr(record, name, ())
    return value if isinstance(value, tuple) else (value,)


def _check_row(catalogue: Catalogue, page: PageEntry, call: Call, table: Table, row: str) -> Iterator[Problem]:
    if row == "total":
        if table.about.total is None:
            yield _problem(page, call, f'The table "{table.id}" has no total row.', "Add `total:` to its description, or name a row.")
    elif table.row(row) is None and not catalogue.is_lost("number", table.id):
        yield _problem(
            page,
            call,
            f'The table "{table.id}" has no row "{row}".' + nearest(row, table.keys),
            "Write a row's name as it stands in the CSV file, or: latest, previous, earliest, total.",
        )


def _check_column(page: PageEntry, call: Call, table: Table, given: dict[str, str]) -> Iterator[Problem]:
    name, about = given["column"], table.about
    titles = {c.title.lower(): c.name for c in about.columns} | {c.title.lower(): c.name for c in about.computed}
    columns = [*(c.name for c in about.columns), *(c.name for c in about.computed)]
    if name not in columns:
        meant = f' Did you mean "{titles[name.lower()]}"?' if name.lower() in titles else nearest(name, columns)
        yield _problem(page, call, f'The table "{table.id}" has no column "{name}".{meant}', f"Write one of: {', '.join(columns)}.")
    elif given["row"] == "total" and about.total and name not in _totalled(about):
        yield _problem(
            page,
            call,
            f'The total row of "{table.id}" has nothing for "{name}".',
            f"Write one of: {', '.join(_totalled(about))}; or add the column to `total:`.",
        )


def _totalled(about: TableDescription) -> list[str]:
    """The columns that the total row shows something for."""
    columns = list(about.total.columns) if about.total else []
    return columns + [c.name for c in about.computed if c.share_of or (c.ratio and all(name in columns for name in c.ratio))]


def _check_block(page: PageEntry, call: Call) -> Iterator[Problem]:
    lines = ["", *page.source.body.split("\n"), ""]
    here = call.line - page.source.body_line + 1
    line = lines[here]
    if not (line.strip().startswith("{{") and line.strip().endswith("}}") and line.count("{{") == 1):
        yield _problem(
            page, call, f'"{call.name}" shows a block, and here it stands inside a sentence.', "Put it on a line of its own, with a blank line above and below."
        )
    elif lines[here - 1].strip() or lines[here + 1].strip():
        side = "above" if lines[here - 1].strip() else "below"
        yield _problem(page, call, f'"{call.name}" shows a block, and the line {side} it is not blank.', "Leave a blank line above and below.")
    elif line.startswith("    ") and not _in_box(lines[:here]):
        yield _problem(
            page, call, f'"{call.name}" stands so far to the right that it would be shown as an example of code.', "Begin it at the start of the line."
        )


def _in_box(above: Sequence[str]) -> bool:
    """Whether the lines above belong to a box (!!! note), whose text stands four blanks to the right."""
    opening = next((line for line in reversed(above) if line.strip() and not line.startswith("    ")), "")
    return opening.startswith(("!!!", "???"))


def _check_inline(page: PageEntry, call: Call) -> Iterator[Problem]:
    line = page.source.body.split("\n")[call.line - page.source.body_line]
    if _IN_LINK.search(line):
        yield _problem(page, call, f'"{call.name}" stands inside a link or a picture.', "Put it before or after.")


def _problem(page: PageEntry, call: Call, says: str, fix: str) -> Problem:
    return Problem(page.source.file, call.line, says, fix)
