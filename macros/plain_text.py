"""Plain text in Markdown is left alone: what holds no sign that Markdown knows cannot be changed by looking for such signs.

Owns: which signs those are. Never: changes what a page says; a test converts every page, and pages made by chance, with
and without it. Most of a page is plain, and looking for a dozen forms in all of it took two fifths of the conversion.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString

# Code, escapes, links, pictures, HTML, entities, emphasis, a line's forced end, and what an earlier step has set aside.
_SIGNS = re.compile(rf"[`\\\[!<&*_{STX}]|  \n")
_BEFORE_INLINE = 21  # the step that looks for them has 20


class _LeaveAlone(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _SIGNS.search(element.text):
                element.text = AtomicString(element.text)


class PlainText(Extension):
    """Markdown's own way of saying that a text needs no further work, said of every text that needs none."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Adds the step."""
        md.treeprocessors.register(_LeaveAlone(md), "plain_text", _BEFORE_INLINE)
