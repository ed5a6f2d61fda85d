"""The second wall: the gate for words again, inside the template engine of mkdocs-macros.

Owns: refusing, as the engine reads a page, everything that the check refuses. Never: answers a word. mkdocs.yml names it
in ``j2_extensions``; a page that came past the check stops the build here and is not run.
"""

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension

from macros.models.words import WORDS
from macros.sources.words import NotAWord, words_in


class Gate(Extension):
    """Reads each page before Jinja does."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The page as it is. Raises TemplateSyntaxError where it holds anything but text and the site's words."""
        try:
            for _, _, call in words_in(source):
                if call.name not in WORDS:
                    raise TemplateSyntaxError(f'The site knows no word "{call.name}".', call.line, name, filename)
        except NotAWord as wrong:
            raise TemplateSyntaxError(str(wrong), source.count("\n", 0, wrong.position) + 1, name, filename) from wrong
        return source
