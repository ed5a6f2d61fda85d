"""What a change will do to the site, in words: what is new, pages, tables cell by cell, list entries, files, links, dates.

Owns: telling each value before and after, and the order of what is said; ``content.differences`` finds what is new, gone or moved, as for the
site's own list of changes. Never: judges a change (the check does), or lets what it quotes come to life.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby

from macros.content.catalogue import Catalogue
from macros.content.differences import differences
from macros.content.year_work import ASKS, left
from macros.editing.changes.files import files_changed, look_first, pages_that_differ
from macros.editing.changes.lines import MOST_LINES, Quote, Section, problem_line
from macros.editing.changes.pages import pages_changed, past_review
from macros.editing.changes.records import records_changed
from macros.editing.changes.tables import tables_changed
from macros.models.documents import YearWork
from macros.problems import Problem, errors, in_order, new_since
from macros.rules import editions, links, redirects


def compare(
    before: Catalogue, after: Catalogue, problems: Sequence[Problem], known: Iterable[Problem] = (), built: bool = False, slip: bool = False
) -> list[Section]:
    """Everything that changes on the site, most urgent first.

    ``problems`` are those of the new content, ``known`` those of the old: advice that was there before is not repeated. Where both sites
    are ``built``, every page that looks different is named. Where the change is called a ``slip`` of typing, the numbers that it puts right are.
    """
    problems = [*problems, *redirects.lost_since(after, redirects.site_addresses(before))]
    listed = {catalogue.places["year-work", name].document.file for catalogue in (before, after) for name in catalogue.names("year-work")}
    advice = [p for p in in_order(new_since(known, problems)) if p.severity == "warning" and p.file not in listed]
    broken = set(links.check(after))
    stopping = [problem for problem in in_order(errors(problems)) if problem not in broken]
    unread = {problem.file for problem in stopping}
    numbers = list(editions.changed_since(after, before))
    stopping = in_order([*stopping, *([] if slip else numbers)])
    found = list(differences(before.texts, after.texts))
    sections = [
        Section("To be fixed before it can be published", [problem_line(p) for p in stopping], to_do=True),
        Section("Links that would be broken", [problem_line(p) for p in in_order(broken)], to_do=True),
        Section("Called a slip of typing: look each up in its document", [(Quote(p.where), f": {p.says}") for p in in_order(numbers) if slip]),
        look_first(before, after),
        *pages_changed(before, after, found),
        *tables_changed(before, after, found),
        *records_changed(before, after, found, unread),
        *files_changed(before, after),
        *map(partial(_left_of_year, after), after.all("year-work")),
        *([pages_that_differ(before.root / "site", after.root / "site")] if built else []),
        Section("Advice, which stops nothing", [problem_line(p) for p in advice]),
        past_review(before, after),
    ]
    for section in sections:
        section.more = max(0, len(section.lines) - MOST_LINES)
        del section.lines[MOST_LINES:]
    return [section for section in sections if section.lines]


def _left_of_year(catalogue: Catalogue, work: YearWork) -> Section:
    """How much is left of what an annual report asks for, kind by kind, with the first of each."""
    section = Section(f"Left to do for {work.report}, which stops nothing")
    for kind, items in groupby(left(catalogue, work), key=lambda item: item.kind):
        names = [item.name for item in items]
        section.lines.append(
            (f"{len(names):,} of the {ASKS[kind][0]}: ", Quote(", ".join(names[:5])), *((f" and {len(names) - 5:,} more",) if len(names) > 5 else ()))
        )
    return section
