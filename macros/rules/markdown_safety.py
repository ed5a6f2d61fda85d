"""Rule: a page is Markdown, not HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.catalogue import Catalogue
from macros.problems import Problem
from macros.sources.files import line_at
from macros.sources.pages import WORD

_TAG = re.compile(r"<(?:/?[a-zA-Z][^\n<>]*>?|!--|!\[|\?)")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+|[^\s<>@]+@[^\s<>@]+)>")
_ATTRIBUTES = re.compile(r"\{:?\s*[.#][\w-]|\{:|\{[^{}\n]*\bon\w+\s*=", re.IGNORECASE)
_H1 = re.compile(r"^(?:# |[^\n]+\n=+\s*$)", re.MULTILINE)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """No HTML tags, no attributes in braces, and no second page heading: the title is the heading."""
    for page in catalogue.pages.values():
        if not page.meta.render_macros:
            continue
        prose = WORD.sub(lambda m: " " * len(m.group()), page.source.prose)
        prose = _AUTOLINK.sub(lambda m: " " * len(m.group()), prose)
        first = page.source.body_line
        for match in _TAG.finditer(prose):
            yield Problem(
                page.source.file,
                line_at(prose, match.start()) + first - 1,
                f'"{match.group()[:30]}" is HTML, which a page cannot hold.',
                "Write Markdown instead. For a smaller-than sign write &lt;.",
            )
        for match in _ATTRIBUTES.finditer(prose):
            yield Problem(page.source.file, line_at(prose, match.start()) + first - 1, f'"{match.group()[:30]}…" sets an attribute in braces.', "Delete the braces and what is in them.")
        heading = _H1.search(prose)
        if heading:
            yield Problem(page.source.file, line_at(prose, heading.start()) + first - 1, "The page has a second main heading; its title is the first.", "Begin the heading with ## instead of #.")
