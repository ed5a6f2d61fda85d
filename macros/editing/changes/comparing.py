"""Two catalogues compared: everything that a change does, in sections.

Owns: the order of the sections. Never: words them for one reader or another (``lines`` does).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from macros.content.catalogue import Catalogue
from macros.editing.changes.lines import MOST_LINES, Quote, Section, problem_line, tell
from macros.editing.changes.pages import addresses_gone, pages_changed, past_review
from macros.editing.changes.records import records_changed
from macros.editing.changes.tables import tables_changed
from macros.models.base import ContentType
from macros.problems import Problem, errors, in_order, new_since
from macros.rules import links


def compare(before: Catalogue, after: Catalogue, problems: Sequence[Problem], known: Iterable[Problem] = ()) -> list[Section]:
    """Everything that changes on the site, most urgent first.

    ``problems`` are those of the new content, ``known`` those of the old: advice that stood there before is not repeated.
    """
    advice = [problem for problem in in_order(new_since(known, problems)) if problem.severity == "warning"]
    broken = set(links.check(after))
    stopping = [problem for problem in in_order(errors(problems)) if problem not in broken]
    unread = {problem.file for problem in stopping}
    sections = [
        Section("To be fixed before it can be published", [problem_line(p) for p in stopping], to_do=True),
        Section("Links that would be broken", [problem_line(p) for p in in_order(broken)], to_do=True),
        *pages_changed(before, after),
        *tables_changed(before, after, unread),
        *records_changed(before, after, unread),
        addresses_gone(before, after),
        Section("Advice, which stops nothing", [problem_line(p) for p in advice]),
        past_review(before, after),
    ]
    for section in sections:
        section.more = max(0, len(section.lines) - MOST_LINES)
        del section.lines[MOST_LINES:]
    return [section for section in sections if section.lines]


__all__ = ["ContentType", "Quote", "Section", "compare", "tell"]
