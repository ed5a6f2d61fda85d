"""Rule: a page is Markdown, not HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from macros.content.catalogue import Catalogue
from macros.problems import Problem
from macros.sources.files import line_at
from macros.sources.words import WORD

_TAG = re.compile(r"<(?:[a-zA-Z/][^\n<>]*>?|!--|[!?][^\n<>]*>?)")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+|[^\s<>@]+@[^\s<>@]+)>")
_ATTRIBUTES = re.compile(r"\{:?\s*\.[\w-]|\{\s+#[\w-]|\{:|\{[^{}\n]*\bon\w+\s*=", re.IGNORECASE)
_H1 = re.compile(r"^(?:[ \t]*+(?:>|(?:[*+-]|[0-9]++\.)(?=[ \t])))*+[ \t]*+(?:#(?!#)|=+[ \t]*$)", re.MULTILINE)
_OPEN_CODE = re.compile(r"`[^\n]*|^~~~[^\n]*", re.MULTILINE)
Found = tuple[int, str, str]  # position in the text, what is wrong, how to fix it


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """No HTML tags, no attributes in braces, no second page heading (the title is the heading), and examples of code that close."""
    for page in catalogue.pages.values():
        for position, says, fix in _found_in(page.source.prose, page.meta.render_macros):
            yield Problem(page.source.file, line_at(page.source.prose, position) + page.source.body_line - 1, says, fix)


@lru_cache(maxsize=16_384)  # a preview looks at the same texts after every edit
def _found_in(text: str, words_are_answered: bool) -> tuple[Found, ...]:
    prose = _prose(text, words_are_answered)
    return (*_html(prose), *_attributes(prose), *_heading(prose), *_open_code(prose))


def _prose(text: str, words_are_answered: bool) -> str:
    """The text without addresses in angle brackets and without words, where they are answered and not shown; each letter in its place."""
    return _AUTOLINK.sub(_blank, WORD.sub(_blank, text) if words_are_answered else text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _html(prose: str) -> Iterator[Found]:
    told: set[int] = set()
    for match in _TAG.finditer(prose):
        line = line_at(prose, match.start())
        if line not in told:
            told.add(line)
            yield match.start(), f'"{match.group()[:30]}" is HTML, which a page cannot hold.', "Write Markdown instead. For a smaller-than sign write &lt;."


def _attributes(prose: str) -> Iterator[Found]:
    for match in _ATTRIBUTES.finditer(prose):
        yield match.start(), f'"{match.group()[:30]}…" sets an attribute in braces.', "Delete the braces and what is in them."


def _heading(prose: str) -> Iterator[Found]:
    """One number sign, or a line of equals signs, which makes a heading of the line above it."""
    heading = _H1.search(prose)
    if heading:
        yield heading.start(), "The page has a second main heading; its title is the first.", "Begin the heading with ## and a blank."


def _open_code(prose: str) -> Iterator[Found]:
    """Where code seems to begin and does not, what follows would be shown as something else."""
    for match in _OPEN_CODE.finditer(prose):
        if match.group().startswith(("```", "~~~")):
            yield (
                match.start(),
                f'"{match.group()[:30]}" begins an example of code that does not close.',
                "Write the three signs on a line of their own above and below, after the upper ones no more than a language.",
            )
        else:
            yield match.start(), "A backtick opens an example of code that does not close on this line.", "Close it with a backtick, or delete the backtick."
