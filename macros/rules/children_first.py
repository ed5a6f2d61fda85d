"""Rule: a page for children never leads to a review of what happened to a child."""

import posixpath
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.models import BY_NAME
from macros.models.pages import NOT_FOR_CHILDREN
from macros.models.words import given
from macros.problems import Problem

_KEPT_OFF = [BY_NAME[kind] for kind in NOT_FOR_CHILDREN]
_FIX = "Take it out, and say in a few words here what children need to know. If the page is for adults, take children out of its audience."


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """No link, list or finder on a page whose audience includes children leads to reviews or briefings."""
    for page in catalogue.pages.values():
        if "children" not in page.meta.audience:
            continue
        for link in page.links:
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(page.path), link.target.partition("#")[0]))
            if f"docs{target}".startswith(tuple(kind.home for kind in _KEPT_OFF)):
                yield page.problem(link.line, f'The page is for children, and its link "{link.text}" leads to a review or a briefing on one.', _FIX)
        for call in page.calls:
            if call.name == "finder" or (
                call.name == "listing" and given(call.name, call.arguments, call.named).get("plural") in [kind.plural for kind in _KEPT_OFF]
            ):
                yield page.problem(call.line, f'The page is for children, and the word "{call.name}" lists reviews or briefings.', _FIX)
