"""What a change does to pages: new, gone, rewritten, moved, past their date.

Owns: showing what was rewritten with a few words around it. Never: compares tables or lists.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from macros.content.catalogue import Catalogue, PageEntry
from macros.content.differences import Difference
from macros.editing.changes.lines import LONGEST, MOST_PIECES, Line, Quote, Section, around
from macros.editing.changes.records import fields_changed
from macros.editing.quoting import cut
from macros.models.base import in_words
from macros.views.freshness import everything_due


def pages_changed(before: Catalogue, after: Catalogue, found: Iterable[Difference]) -> Iterator[Section]:
    pages = [difference for difference in found if difference.kind == "page"]
    for title, how, there in (("Pages added", "added", after.pages), ("Pages removed", "removed", before.pages)):
        named = [there[difference.name] for difference in pages if difference.how == how and difference.name in there]
        yield Section(title, [(Quote(page.meta.title), " at ", Quote(page.address)) for page in named])
    moved = [(d.was, d.name) for d in pages if d.how == "moved" and d.was in before.pages and d.name in after.pages]
    both = [(after.pages[there], before.pages[here]) for here, there in moved]
    yield Section("Pages moved", [(Quote(fresh.meta.title), " from ", Quote(old.address), " to ", Quote(fresh.address)) for fresh, old in both])
    for path, page in before.pages.items():
        if fresh := after.pages.get(dict(moved).get(path, path)):
            yield Section(f"Page changed: {fresh.meta.title} ({fresh.address})", [*fields_changed(page.meta, fresh.meta), *_text_changed(page, fresh)])


def _text_changed(old: PageEntry, fresh: PageEntry) -> list[Line]:
    """Paragraphs that were added, taken out or rewritten, each cut to the words that differ."""
    first, second = _paragraphs(old.source.body), _paragraphs(fresh.source.body)
    found: list[Line] = []
    for what, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        for was, now in zip_longest(first[a:b], second[c:d]) if what != "equal" else ():
            if was is None or now is None:
                found.append(("new text: " if was is None else "taken out: ", Quote(cut(now or was or "", LONGEST))))
            else:
                before, after = around(was.split(" "), now.split(" "))
                found.append(("text: ", Quote(before), " becomes ", Quote(after)))
    more = len(found) - MOST_PIECES
    return found if more <= 0 else [*found[:MOST_PIECES], (f"and {more} more places in its text",)]


def _paragraphs(body: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=[-#>*] |\d+\. )", body) if part.strip()]


def past_review(before: Catalogue, after: Catalogue) -> Section:
    """Pages of this change that are past their date, and how many there are in all."""
    touched = {f"docs/{path}" for path, page in after.pages.items() if path not in before.pages or before.pages[path].source.body != page.source.body}
    overdue = [due for due in everything_due(after) if due.state == "overdue"]
    says = ": if you have read it through, move its dates on"
    lines: list[Line] = [(Quote(due.title), f" was due on {in_words(due.review_by)}{says}") for due in overdue if due.file in touched]
    if lines:
        lines.append((f"{len(overdue):,} in all on the whole site; the page on freshness lists them",))
    return Section("Past the day for review (this stops nothing)", lines)
