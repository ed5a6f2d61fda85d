"""Rule: a 7-minute briefing has seven numbered sections and fits seven minutes."""

import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.problems import Problem

MOST_WORDS = 700
SECTIONS = 7
_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Exactly seven sections, numbered 1 to 7, at most 700 words, the last of them questions for a team."""
    for page in catalogue.pages.values():
        if page.kind.name != "briefing":
            continue
        first, body = page.source.body_line, page.source.body
        headings = list(_HEADING.finditer(body))
        for number, heading in enumerate(headings[:SECTIONS], 1):
            if not heading.group(1).startswith(f"{number}. "):
                says = f'Section {number} is headed "{heading.group(1)}".'
                yield page.problem(page.line_at(heading.start()), says, f"Begin its heading with ## {number}.")
        if len(headings) != SECTIONS:
            says = f"A briefing has {SECTIONS} sections; this one has {len(headings)}."
            yield page.problem(first, says, "Join or split sections, each with a heading that begins with ## and its number.")
        if (words := word_count(body)) > MOST_WORDS:
            says = f"The briefing has {words} words; at most {MOST_WORDS} can be read in seven minutes."
            yield page.problem(first, says, f"Cut {words - MOST_WORDS} words.")
        if headings and "?" not in body[headings[-1].end() :]:
            fix = "End with questions that a team can talk about."
            yield page.problem(page.line_at(headings[-1].start()), "The last section asks no question.", fix)


def word_count(text: str) -> int:
    """The words of a Markdown text as a reader counts them."""
    return len(re.findall(r"[^\W_][\w'’-]*", re.sub(r"\]\([^)]*\)|^#+|[*_`]", " ", text, flags=re.MULTILINE)))
