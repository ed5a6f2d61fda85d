"""Rules that look across records, one a file; the docstring of each check is the rule as editors read it.

Owns: the list of rules and running them all. Never: fixes data in silence, renders, or stops at the first.
"""

from collections.abc import Callable, Iterable

from macros.content.catalogue import Catalogue
from macros.problems import Problem
from macros.rules import (
    abbreviations,
    absences,
    addresses,
    briefing_shape,
    charts,
    children_first,
    downloads,
    editions,
    history,
    links,
    markdown_safety,
    measure_verdicts,
    old_promises,
    one_partnership,
    page_words,
    pasted_text,
    phone_numbers,
    pictures,
    plain_words,
    printable,
    privacy,
    reading_ease,
    redirects,
    references,
    review_dates,
    security_contact,
    silence,
    small_counts,
    sums,
    unfinished,
    versions,
    year_work,
    years,
)

Rule = Callable[[Catalogue], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    references.check,
    one_partnership.check,
    page_words.check,
    addresses.check,
    links.check,
    redirects.check,
    markdown_safety.check,
    pasted_text.check,
    sums.check,
    charts.check,
    small_counts.check,
    phone_numbers.check,
    privacy.check,
    pictures.check,
    downloads.check,
    years.check,
    editions.check,
    measure_verdicts.check,
    history.check,
    briefing_shape.check,
    children_first.check,
    review_dates.check,
    unfinished.check,
    silence.check,
    versions.check,
    security_contact.check,
    abbreviations.check,
    printable.check,
    reading_ease.check,
    plain_words.check,
    old_promises.check,
    absences.check,
    year_work.check,
)


def check_all(catalogue: Catalogue) -> list[Problem]:
    """Every problem that any rule finds."""
    return [problem for rule in RULES for problem in rule(catalogue)]
