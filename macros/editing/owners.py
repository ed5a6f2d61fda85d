"""What each owner is asked to look at again, as the text of one issue.

Owns: how an owner is told of what is due and of links that lead nowhere. Never: decides when something is due (``views.freshness`` does).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from macros.content.catalogue import Catalogue
from macros.editing.outside_links import DeadLink
from macros.editing.quoting import code
from macros.models.base import in_words
from macros.views.freshness import Due, everything_due

_MOST = 150  # lines of one section of an issue, which may hold 65,536 characters in all
_INTRODUCTION = """\
This list is written again every week. Nothing in it stops a change or takes a page off the site.

Read each thing through. If it is right, say so in a page with `reviewed: 2026-12-01 by the business team`
(the day and your role), and move `review_by` to the next date. If it is not, put it right.

"""


@dataclass(frozen=True)
class OwnersList:
    """Everything one owner is asked to do, as the text of one issue; empty where there is nothing."""

    owner: str
    title: str
    text: str


def owners_lists(catalogue: Catalogue, dead: Iterable[DeadLink] = ()) -> list[OwnersList]:
    """One list for every owner there is, also for those with nothing to do, whose issue can be closed."""
    due, dead = everything_due(catalogue), list(dead)
    found = []
    for owner in sorted({d.owner for d in due} | {link.owner for link in dead}):
        mine = [d for d in due if d.owner == owner]
        links = [link for link in dead if link.owner == owner]
        dead_lines = [f"- [ ] {code(link.address)} ({link.says}), in {code(link.file)}{f', line {link.line}' if link.line else ''}" for link in links]
        text = (
            _section("Past its date", [_line(d) for d in mine if d.state == "overdue"])
            + _section("Due within sixty days", [_line(d) for d in mine if d.state == "due soon"])
            + _section("Links that lead nowhere", dead_lines)
        )
        found.append(OwnersList(owner, f"To look at again: {owner.replace('-', ' ')}", _INTRODUCTION + text.removesuffix("\n") if text else ""))
    return found


def _section(title: str, lines: list[str]) -> str:
    more = [f"- and {len(lines) - _MOST:,} more, which the site's own page on freshness lists"] if len(lines) > _MOST else []
    return "\n".join([f"## {title}", "", *lines[:_MOST], *more, "", ""]) if lines else ""


def _line(due: Due) -> str:
    with_pages = ", with the page that shows it" if due.kind == "table" else ""
    return f"- [ ] {due.kind.capitalize()} {code(due.title)}, due {in_words(due.review_by)}{with_pages}: {code(due.file)}"
