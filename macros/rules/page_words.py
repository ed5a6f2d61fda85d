"""Rule: the words in a page must exist and name things that exist."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from macros.content.catalogue import Catalogue, PageEntry
from macros.content.standing import is_over
from macros.models import BY_PLURAL
from macros.models.base import day
from macros.models.table import Table
from macros.models.words import WORDS, Argument, Word
from macros.problems import Problem, nearest
from macros.sources.words import Call

_LISTED = tuple(kind.plural for kind in BY_PLURAL.values() if kind.listed)
_IN_LINK = re.compile(r"\[[^\]\n]*\{\{[^\]\n]*\]\(|\]\([^)\n]*\{\{")
_LABELS = {"plural": "list", "chart": "table with a chart"}
_HOW_TO_ADD = {
    "table": "Correct the name, or add the table to data/tables/.",
    "chart": "Correct the name, or add `chart:` to the table's description.",
    "plural": f"Write one of: {', '.join(_LISTED)}.",
}
_Faults = Iterator[tuple[str, str]]  # what is wrong, and how to fix it


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A word such as {{ table("…") }} must be one the site knows, with the arguments it takes."""
    for page in catalogue.pages.values():
        for call in page.calls:
            for says, fix in _faults_of_call(catalogue, page, call):
                yield page.problem(call.line, says, fix)


def _faults_of_call(catalogue: Catalogue, page: PageEntry, call: Call) -> _Faults:
    word = WORDS.get(call.name)
    if word is None:
        yield f'The site knows no word "{call.name}".' + nearest(call.name, WORDS), f"Write one of: {', '.join(WORDS)}."
        return
    given, faults = _bind(word, call)
    for says in faults:
        yield says, f"Write it like this: {word.example}"
    if faults:
        return
    for argument in word.arguments:
        if argument.name in given:
            yield from _faults_of_argument(catalogue, call, argument, given)
    lines, here = page.source.body.split("\n"), call.line - page.source.body_line
    if word.block:
        yield from _faults_of_block(call, ["", *lines, ""], here + 1)
    elif _IN_LINK.search(lines[here]):
        yield f'"{call.name}" stands inside a link or a picture.', "Put it before or after."


def _bind(word: Word, call: Call) -> tuple[dict[str, str], list[str]]:
    """The names given, by argument, and what is wrong with how they are given."""
    faults: list[str] = []
    names = [argument.name for argument in word.arguments]
    if len(call.arguments) > len(names):
        faults.append(f'"{word.name}" takes {len(names) or "no"} name{"" if len(names) == 1 else "s"} in its brackets, and here stand {len(call.arguments)}.')
    given = dict(zip(names, call.arguments, strict=False))
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


def _faults_of_argument(catalogue: Catalogue, call: Call, argument: Argument, given: Mapping[str, str]) -> _Faults:
    value, kind = given[argument.name], argument.names
    table = catalogue.tables.get(given.get("table", ""))
    if kind == "day":
        try:
            day(value)
        except ValueError as fault:
            yield f'"{value}" {fault}.', 'Write the day in quotes, such as as_at="2021-03-31".'
    elif kind == "text":
        yield from _faults_of_filter(catalogue, call, argument.name, given)
    elif kind == "row" and table:
        if value == "total":
            if table.about.total is None:
                yield f'The table "{table.id}" has no total row.', "Add `total:` to its description, or name a row."
        elif table.row(value) is None and not catalogue.is_lost("number", table.id):
            says = f'The table "{table.id}" has no row "{value}".' + nearest(value, table.keys)
            yield says, "Write a row's name as it stands in the CSV file, or: latest, previous, earliest, total."
    elif kind == "column" and table:
        yield from _faults_of_column(table, value, given["row"])
    elif kind not in ("row", "column"):
        known = _LISTED if kind == "plural" else catalogue.names(kind)
        if value not in known and not catalogue.is_lost(kind, value):
            says = f'There is no {_LABELS.get(kind, kind)} called "{value}".' + nearest(value, known)
            yield says, _HOW_TO_ADD.get(kind, "Correct the name, or add the entry to its list in data/.")
        elif kind == "contact" and (contact := catalogue.get(kind, value)) and is_over(catalogue, kind, contact, catalogue.today):
            yield f'The contact "{value}" is no longer in use.', f"Name {contact.replaced_by or 'another'} instead."


def _faults_of_filter(catalogue: Catalogue, call: Call, name: str, given: Mapping[str, str]) -> _Faults:
    """A list narrowed until nothing is left shows nothing, which nobody notices."""
    value = given[name]
    if call.name in ("groups", "structure"):
        periods = tuple(dict.fromkeys(group.period for group in catalogue.all("group")))
        if not any(value in period for period in periods) and not catalogue.is_lost("group", "*"):
            yield f'No group has a period that speaks of "{value}".' + nearest(value, periods), f"Write some of: {'; '.join(periods)}."
        return
    kind = BY_PLURAL.get(given["plural"])
    if kind is None:
        return
    if name not in kind.filters:
        ways = ", ".join(f for f in kind.filters if f in ("theme", "kind", "year", "audience")) or "nothing"
        yield f'The list "{kind.plural}" cannot be narrowed by {name}.', f"Delete it; this list can be narrowed by: {ways}."
        return
    known = tuple(dict.fromkeys(found for record in catalogue.all(kind.name) for found in _values(record, name)))
    if value not in known and not any(lost == kind.name for lost, _ in catalogue.lost):
        yield f'Nothing in the list "{kind.plural}" has the {name} "{value}".' + nearest(value, known), f"Write one of: {', '.join(known)}."


def _values(record: Any, name: str) -> tuple[str, ...]:
    """What a record has of a filter: its kind, its audiences, its years or that of its date."""
    if name == "year":
        return tuple(getattr(record, "years", ())) or (record.year if hasattr(record, "year") else str(getattr(record, "published", ""))[:4],)
    value = getattr(record, name, ())
    return value if isinstance(value, tuple) else (value,)


def _faults_of_column(table: Table, name: str, row: str) -> _Faults:
    about = table.about
    titles = {c.title.lower(): c.name for c in about.columns} | {c.title.lower(): c.name for c in about.computed}
    columns = [*(c.name for c in about.columns), *(c.name for c in about.computed)]
    totalled = list(about.total.columns) if about.total else []  # the columns that the total row shows something for
    totalled += [c.name for c in about.computed if c.share_of or (c.ratio and set(c.ratio) <= set(totalled))]
    if name not in columns:
        meant = f' Did you mean "{titles[name.lower()]}"?' if name.lower() in titles else nearest(name, columns)
        yield f'The table "{table.id}" has no column "{name}".{meant}', f"Write one of: {', '.join(columns)}."
    elif row == "total" and about.total and name not in totalled:
        says = f'The total row of "{table.id}" has nothing for "{name}".'
        yield says, f"Write one of: {', '.join(totalled)}; or add the column to `total:`."


def _faults_of_block(call: Call, lines: Sequence[str], here: int) -> _Faults:
    line, bare = lines[here], lines[here].strip()
    if not (bare.startswith("{{") and bare.endswith("}}") and line.count("{{") == 1):
        says = f'"{call.name}" shows a block, and here it stands inside a sentence.'
        yield says, "Put it on a line of its own, with a blank line above and below."
    elif lines[here - 1].strip() or lines[here + 1].strip():
        side = "above" if lines[here - 1].strip() else "below"
        yield f'"{call.name}" shows a block, and the line {side} it is not blank.', "Leave a blank line above and below."
    elif line.startswith("    "):
        # The text of a box (!!! note) stands four blanks to the right.
        opening = next((above for above in reversed(lines[:here]) if above.strip() and not above.startswith("    ")), "")
        if not opening.startswith(("!!!", "???")):
            says = f'"{call.name}" stands so far to the right that it would be shown as an example of code.'
            yield says, "Begin it at the start of the line."
