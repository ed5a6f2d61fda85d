"""What a change does to pages: new, gone, rewritten, moved, past their date.

Owns: showing what was rewritten with a few words around it. Never: compares tables or lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from macros.content.catalogue import Catalogue, PageEntry
from macros.editing.changes.lines import LONGEST, MOST_PIECES, Line, Quote, Section
from macros.editing.changes.records import fields_changed
from macros.editing.changes.tables import is_there
from macros.editing.quoting import cut
from macros.models.base import in_words
from macros.views.freshness import everything_due


def pages_changed(before: Catalogue, after: Catalogue) -> Iterator[Section]:
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
        lines = [*fields_changed(old.meta, fresh.meta), *_text_changed(old, fresh)]
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
    shown = found[:MOST_PIECES]
    return [*shown, (f"and {len(found) - len(shown)} more places in its text",)] if len(found) > len(shown) else shown


def _paragraphs(body: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=[-#>*] |\d+\. )", body) if part.strip()]


def _rewritten(was: str, now: str) -> Line:
    if not was:
        return ("new text: ", Quote(cut(now, LONGEST)))
    if not now:
        return ("taken out: ", Quote(cut(was, LONGEST)))
    old, new = _around(was.split(" "), now.split(" "))
    return ("text: ", Quote(old), " becomes ", Quote(new))


def _around(old: list[str], new: list[str], context: int = 4) -> tuple[str, str]:
    """Both texts without the words they share at either end, but for a few."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = next((n for n, (a, b) in enumerate(zip(reversed(old[start:]), reversed(new[start:]), strict=False)) if a != b), min(len(old), len(new)) - start)
    begin, close = max(0, start - context), max(0, end - context)

    def shown(words: list[str]) -> str:
        return cut(f"{'… ' if begin else ''}{' '.join(words[begin : len(words) - close])}{' …' if close else ''}", LONGEST)

    return shown(old), shown(new)


def addresses_gone(before: Catalogue, after: Catalogue) -> Section:
    """Addresses that people may have kept or linked to."""
    led_on = {redirect.from_.rstrip("/") for redirect in after.all("redirect")}
    gone = [page.address for path, page in before.pages.items() if path not in after.files]
    gone += [f"/performance/{name}/" for name in before.tables if name not in after.tables and not is_there(after, name)]
    return Section("Addresses that stop working", [(Quote(address),) for address in gone if address.rstrip("/") not in led_on])


def past_review(before: Catalogue, after: Catalogue) -> Section:
    """Pages of this change that are past their date, and how many there are in all."""
    touched = {f"docs/{path}" for path, page in after.pages.items() if path not in before.pages or before.pages[path].source.body != page.source.body}
    overdue = [due for due in everything_due(after) if due.state == "overdue"]
    lines: list[Line] = [
        (Quote(due.title), f" was due on {in_words(due.review_by)}: if you have read it through, move its dates on") for due in overdue if due.file in touched
    ]
    if lines:
        lines.append((f"{len(overdue):,} in all on the whole site; the page on freshness lists them",))
    return Section("Past the day for review (this stops nothing)", lines)
