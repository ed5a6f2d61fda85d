"""Rules that look across records, one a file; the docstring of each check is the rule as editors read it.

Owns: the list of rules and running them all. Never: fixes data in silence, renders, or stops at the first.
"""

from collections.abc import Callable, Iterable
from importlib import import_module

from macros.content.catalogue import Catalogue
from macros.problems import Problem

Rule = Callable[[Catalogue], Iterable[Problem]]

RULES: tuple[Rule, ...] = tuple(import_module(f"macros.rules.{name}").check for name in (
    "references", "one_partnership", "page_words", "addresses", "links", "redirects", "markdown_safety", "pasted_text", "sums", "charts", "small_counts",
    "phone_numbers", "privacy", "pictures", "downloads", "years", "editions", "measure_verdicts", "history", "briefing_shape", "children_first", "review_dates",
    "unfinished", "silence", "versions", "security_contact", "abbreviations", "printable", "reading_ease", "plain_words", "old_promises", "absences", "year_work",
))  # fmt: skip


def check_all(catalogue: Catalogue) -> list[Problem]:
    """Every problem that any rule finds."""
    return [problem for rule in RULES for problem in rule(catalogue)]
