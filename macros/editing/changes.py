"""What a change will do to the site, in words: pages, tables cell by cell, list entries, links, dates.

Owns: comparing the catalogue before and after, and telling it for a terminal and for a pull request.
Never: judges a change (the check does), or lets what it quotes come to life.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Literal

from macros import views
from macros.catalogue import Catalogue, PageEntry
from macros.editing.freshness import everything_due
from macros.editing.quoting import code, cut, fit, prose
from macros.models import CONTENT_TYPES
from macros.models.base import ContentType, Record, in_words
from macros.models.table import Column, Computed, Table, TableDescription
from macros.models.words import WORDS
from macros.problems import Problem, errors, in_order, new_since
from macros.rules import links

MOST_BYTES = 60_000  # GitHub takes 65,536 characters in a comment
_MOST_LINES, _MOST_PIECES, _LONGEST = 60, 12, 200
_NOTHING = "Nothing that visitors see changes."


@dataclass(frozen=True)
class Quote:
    """A piece of the content itself within a sentence of ours."""

    text: str


Line = tuple[str | Quote, ...]


@dataclass
class Section:
    """One heading of the report with its lines; ``to_do`` makes them boxes to tick."""

    title: str
    lines: list[Line] = field(default_factory=list)
    to_do: bool = False
    more: int = 0


def compare(before: Catalogue, after: Catalogue, problems: Sequence[Problem], known: Iterable[Problem] = ()) -> list[Section]:
    """Everything that changes on the site, most urgent first.

    ``problems`` are those of the new content, ``known`` those of the old: advice that stood there before is not repeated.
    """
    advice = [problem for problem in in_order(new_since(known, problems)) if problem.severity == "warning"]
    broken = set(links.check(after))
    stopping = [problem for problem in in_order(errors(problems)) if problem not in broken]
    unread = {problem.file for problem in stopping}
    sections = [
        Section("To be mended before it can be published", [_problem(p) for p in stopping], to_do=True),
        Section("Links that would be broken", [_problem(p) for p in in_order(broken)], to_do=True),
        *_pages(before, after),
        *_tables(before, after, unread),
        *_records(before, after, unread),
        _addresses_gone(before, after),
        Section("Advice, which stops nothing", [_problem(p) for p in advice]),
        _past_review(before, after),
    ]
    for section in sections:
        section.more = max(0, len(section.lines) - _MOST_LINES)
        del section.lines[_MOST_LINES:]
    return [section for section in sections if section.lines]


def _problem(problem: Problem) -> Line:
    return (Quote(problem.where), f": {problem.says} To mend: {problem.fix}")


# Pages -----------------------------------------------------------------------------------------------------


def _pages(before: Catalogue, after: Catalogue) -> Iterator[Section]:
    gone = {path: page for path, page in before.pages.items() if path not in after.files}
    new = {path: page for path, page in after.pages.items() if path not in before.pages}
    moved = [(old, there) for old in gone for there in new if gone[old].source.body.strip() == new[there].source.body.strip() != ""]
    was, now = {old for old, _ in moved}, {there for _, there in moved}
    yield Section("Pages added", [(Quote(page.meta.title), " at ", Quote(page.address)) for path, page in new.items() if path not in now])
    yield Section("Pages removed", [(Quote(page.meta.title), " at ", Quote(page.address)) for path, page in gone.items() if path not in was])
    yield Section(
        "Pages moved", [(Quote(new[there].meta.title), " from ", Quote(gone[old].address), " to ", Quote(new[there].address)) for old, there in moved]
    )
    both = [(page, after.pages[path]) for path, page in before.pages.items() if path in after.pages]
    for old, fresh in both:
        lines = [*_fields_changed(old.meta, fresh.meta), *_text_changed(old, fresh)]
        yield Section(f"Page changed: {fresh.meta.title} ({fresh.address})", lines)


def _text_changed(old: PageEntry, fresh: PageEntry) -> list[Line]:
    """Paragraphs that were added, taken out or rewritten, each cut to the words that differ."""
    first, second = _paragraphs(old.source.body), _paragraphs(fresh.source.body)
    found: list[Line] = []
    for what, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        for number in range(max(b - a, d - c)):
            was = first[a + number] if a + number < b else ""
            now = second[c + number] if c + number < d else ""
            found.append(_rewritten(was, now))
    shown = found[:_MOST_PIECES]
    return [*shown, (f"and {len(found) - len(shown)} more places in its text",)] if len(found) > len(shown) else shown


def _paragraphs(body: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=[-#>*] |\d+\. )", body) if part.strip()]


def _rewritten(was: str, now: str) -> Line:
    if not was:
        return ("new text: ", Quote(cut(now, _LONGEST)))
    if not now:
        return ("taken out: ", Quote(cut(was, _LONGEST)))
    old, new = _around(was.split(" "), now.split(" "))
    return ("text: ", Quote(old), " becomes ", Quote(new))


def _around(old: list[str], new: list[str], context: int = 4) -> tuple[str, str]:
    """Both texts without the words they share at either end, but for a few."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = next((n for n, (a, b) in enumerate(zip(reversed(old[start:]), reversed(new[start:]), strict=False)) if a != b), min(len(old), len(new)) - start)
    begin, close = max(0, start - context), max(0, end - context)

    def shown(words: list[str]) -> str:
        return cut(f"{'… ' if begin else ''}{' '.join(words[begin : len(words) - close])}{' …' if close else ''}", _LONGEST)

    return shown(old), shown(new)


def _fields_changed(old: Record | TableDescription, fresh: Record | TableDescription, skip: tuple[str, ...] = ("id",)) -> list[Line]:
    lines: list[Line] = []
    for name, _ in fresh:
        was, now = getattr(old, name, None), getattr(fresh, name)
        if was != now and name not in skip:
            label = name.replace("_", " ")
            lines.append((f"{label}: ", Quote(_value(was)), " becomes ", Quote(_value(now))))
    return lines


def _value(value: Any) -> str:
    """A setting as people write it."""
    if value is None or value == ():
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, tuple):
        return cut(", ".join(_value(item) for item in value), _LONGEST)
    return cut(getattr(value, "title", None) or str(value), _LONGEST) if not isinstance(value, str) else cut(value, _LONGEST)


def _addresses_gone(before: Catalogue, after: Catalogue) -> Section:
    """Addresses that people may have kept or linked to."""
    led_on = {redirect.from_.rstrip("/") for redirect in after.all("redirect")}
    gone = [page.address for path, page in before.pages.items() if path not in after.files]
    gone += [f"/performance/{name}/" for name in before.tables if name not in after.tables and not _there(after, name)]
    return Section("Addresses that stop working", [(Quote(address),) for address in gone if address.rstrip("/") not in led_on])


def _past_review(before: Catalogue, after: Catalogue) -> Section:
    """Pages of this change that are past their date, and how many there are in all."""
    touched = {f"docs/{path}" for path, page in after.pages.items() if path not in before.pages or before.pages[path].source.body != page.source.body}
    overdue = [due for due in everything_due(after) if due.state == "overdue"]
    lines: list[Line] = [
        (Quote(due.title), f" was due on {in_words(due.review_by)}: if you have read it through, move its dates on") for due in overdue if due.file in touched
    ]
    if lines:
        lines.append((f"{len(overdue):,} in all on the whole site; the page on freshness lists them",))
    return Section("Past the day for review (this stops nothing)", lines)


# Tables ----------------------------------------------------------------------------------------------------


def _there(after: Catalogue, name: str) -> bool:
    return (after.root / f"data/tables/{name}.yml").exists()


def _tables(before: Catalogue, after: Catalogue, unread: set[str]) -> Iterator[Section]:
    new = [table for name, table in after.tables.items() if name not in before.tables]
    gone = [table for name, table in before.tables.items() if name not in after.tables and not _there(after, name)]
    yield Section("Tables added", [(Quote(t.about.title), f" with {_rows(t)}, at ", Quote(f"/performance/{t.id}/")) for t in new])
    yield Section("Tables removed", [(Quote(t.about.title), f" with {_rows(t)}") for t in gone])
    for name, table in before.tables.items():
        fresh = after.tables.get(name)
        if fresh is None or f"data/tables/{name}.csv" in unread or _same(table, fresh):
            continue
        skip = ("id", "columns", "computed")
        lines = [*_fields_changed(table.about, fresh.about, skip), *_columns_changed(table, fresh), *_cells_changed(table, fresh)]
        if lines:
            yield Section(f"Table changed: {fresh.about.title}", [*lines, *_shown_on(after, "table", name)])


def _rows(table: Table) -> str:
    return "1 row" if len(table.rows) == 1 else f"{len(table.rows):,} rows"


def _same(old: Table, fresh: Table) -> bool:
    return old.about == fresh.about and [[c.text for c in r.cells.values()] for r in old.rows] == [[c.text for c in r.cells.values()] for r in fresh.rows]


def _columns_changed(old: Table, fresh: Table) -> Iterator[Line]:
    was, now = _columns(old), _columns(fresh)
    for name, column in now.items():
        if name not in was:
            yield ("column added: ", Quote(column.title))
        elif column != was[name]:
            yield ("column ", Quote(name), ": its description changes")
    for name, column in was.items():
        if name not in now:
            yield ("column taken out: ", Quote(column.title))


def _columns(table: Table) -> dict[str, Column | Computed]:
    return {**{column.name: column for column in table.about.columns}, **{column.name: column for column in table.about.computed}}


def _cells_changed(old: Table, fresh: Table) -> list[Line]:
    """Each cell that a reader will see otherwise, also those that the site works out: old value, new value."""
    first, second = views.arrange(old), views.arrange(fresh)
    headings = {h.name: h for h in second.headings if h.name in {o.name for o in first.headings}}
    lines: list[Line] = []
    for was, now in _paired(old, fresh, first, second):
        if was is None and now is not None:
            lines.append(("row added: ", Quote(_row_in_words(now, second))))
        elif now is None and was is not None:
            lines.append(("row taken out: ", Quote(_row_in_words(was, first))))
        elif was is not None and now is not None:
            for name, heading in headings.items():
                before, after = was.cells.get(name), now.cells.get(name)
                if before and after and before.shown != after.shown:
                    how = " (worked out)" if heading.worked_out or now is second.total else ""
                    lines.append(
                        (Quote(now.key), ", ", Quote(heading.title), f"{how}: ", Quote(before.shown or "blank"), " becomes ", Quote(after.shown or "blank"))
                    )
    return lines


def _row_in_words(row: views.ShownRow, table: views.ArrangedTable) -> str:
    cells = [f"{h.title} {row.cells[h.name].shown or 'blank'}" for h in table.headings if h.name in row.cells]
    return cut("; ".join(cells), _LONGEST)


Pair = tuple[views.ShownRow | None, views.ShownRow | None]


def _paired(old: Table, fresh: Table, first: views.ArrangedTable, second: views.ArrangedTable) -> Iterator[Pair]:
    """Rows by their key; where a table has none, by what stands in them."""
    before, after = _all_rows(first), _all_rows(second)
    if old.about.key and old.about.key == fresh.about.key:
        was, now = {row.key: row for row in before}, {row.key: row for row in after}
        yield from ((was.get(key), row) for key, row in now.items())
        yield from ((row, None) for key, row in was.items() if key not in now)
    else:
        texts = [[tuple(c.text for c in row.cells.values()) for row in rows] for rows in (before, after)]
        for what, a, b, c, d in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
            if what != "equal":
                for n in range(max(b - a, d - c)):
                    yield (before[a + n] if a + n < b else None, after[c + n] if c + n < d else None)
    if first.total and second.total:
        yield first.total, second.total


def _all_rows(table: views.ArrangedTable) -> list[views.ShownRow]:
    return [row for group in table.groups for row in group.rows]


# List entries ----------------------------------------------------------------------------------------------


def _records(before: Catalogue, after: Catalogue, unread: set[str]) -> Iterator[Section]:
    for kind in CONTENT_TYPES:
        if kind.is_pages:
            continue
        old, new = before.records.get(kind.name, {}), after.records.get(kind.name, {})
        section = Section(kind.title)
        for name, record in new.items():
            if name not in old:
                section.lines.append(("added: ", Quote(_name_of(record))))
            elif record != old[name]:
                section.lines += [(Quote(_name_of(record)), ", ", *line) for line in _fields_changed(old[name], record)]
                section.lines += _shown_on(after, kind.name, name)
        for name, record in old.items():
            file = before.places[(kind.name, name)].document.file
            if name not in new and file not in unread:
                section.lines.append(("taken out: ", Quote(_name_of(record))))
        yield section


def _name_of(record: Any) -> str:
    return cut(str(next((getattr(record, name) for name in ("title", "term", "duty", "says", "address") if getattr(record, name, None)), record.id)), 100)


def _shown_on(catalogue: Catalogue, kind: str, name: str) -> list[Line]:
    """The pages whose words name an entry, and so show the new value."""
    pages = [page for page in catalogue.pages.values() if _names(page, kind, name)]
    if not pages:
        return []
    shown = ", ".join(page.address for page in pages[:6]) + (f" and {len(pages) - 6} more" if len(pages) > 6 else "")
    return [("shown on: ", Quote(shown))]


def _names(page: PageEntry, kind: str, name: str) -> bool:
    takes = {kind, "chart"} if kind == "table" else {kind}
    return any(
        argument.names in takes and value == name
        for call in page.calls
        if call.name in WORDS
        for argument, value in zip(WORDS[call.name].arguments, call.arguments, strict=False)
    )


# Told ------------------------------------------------------------------------------------------------------

Style = Literal["text", "markdown"]


def tell(sections: Iterable[Section], style: Style = "text") -> str:
    """The report for a terminal, or as the Markdown of a comment with boxes to tick."""
    sections = list(sections)
    if style == "markdown":
        return fit(_as_markdown(sections), MOST_BYTES, "The rest is left out here: it is too long. `make check` on a computer shows it all.")
    return _as_text(sections)


def _as_text(sections: list[Section]) -> str:
    if not sections:
        return _NOTHING
    blocks = []
    for section in sections:
        lines = [f"  - {_line(line, lambda text: f'“{text}”', str)}" for line in section.lines]
        more = [f"  - and {section.more:,} more"] if section.more else []
        blocks.append("\n".join([section.title, *lines, *more]))
    return "\n\n".join(blocks)


def _as_markdown(sections: list[Section]) -> str:
    to_do = sum(len(section.lines) + section.more for section in sections if section.to_do)
    opening = (
        "**Everything was read and checked: nothing to mend.**"
        if not to_do
        else f"**{to_do:,} {'thing' if to_do == 1 else 'things'} to mend.** Until then nothing is published and the site stays as it is."
    )
    parts = ["## What this will change on the site", "", opening, ""]
    if not [section for section in sections if not section.to_do and not section.title.startswith(("Advice", "Past"))]:
        parts += [_NOTHING, ""]
    for section in sections:
        box = "- [ ] " if section.to_do else "- "
        parts += [f"### {prose(section.title)}", "", *(f"{box}{_line(line, code, prose)}" for line in section.lines)]
        parts += [f"- and {section.more:,} more"] if section.more else []
        parts.append("")
    return "\n".join(parts)


def _line(line: Line, quote: Callable[[str], str], plain: Callable[[str], str]) -> str:
    """A line in one style. Our own words keep their blanks at the ends, which joining needs."""
    pieces = []
    for piece in line:
        if isinstance(piece, Quote):
            pieces.append(quote(piece.text))
        else:
            lead, trail = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
            pieces.append(f"{lead}{plain(piece)}{trail}" if plain is not str else piece)
    return "".join(pieces)


__all__ = ["ContentType", "Quote", "Section", "compare", "tell"]
