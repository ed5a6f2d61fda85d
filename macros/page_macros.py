"""The words an editor may write in a page, each answered by a component.

Owns: which component answers which word, and the marks that hold its place while Markdown is converted.
Never: any logic of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup, escape

from macros.components import Components
from macros.models.words import WORDS
from macros.sources.pages import Call, split_words

_MARK = "\ue000{}\ue001"  # private use characters, which no page may hold: Markdown leaves them alone
_MARKS = re.compile(r"<p>\ue000(\d+)\ue001</p>|\ue000(\d+)\ue001")
_BLOCK = re.compile(r"\s*<(?:div|section|nav|figure|ul|ol|dl|p|details|table|h[1-6])\b")  # what cannot stand inside a paragraph


def answers(components: Components) -> Mapping[str, Callable[..., Markup]]:
    """The component that answers each word of the vocabulary."""
    return {name: getattr(components, name) for name in WORDS}


def _one_level_up(piece: Markup) -> Markup:
    """Headings of a piece that follows the page's own heading directly: no level may be left out."""
    return Markup(re.sub(r"(</?h)([345])", lambda m: f"{m.group(1)}{int(m.group(2)) - 1}", piece))  # noqa: S704  (a component's finished HTML)


class PageWords:
    """Puts the answers to a page's words in their places, around the conversion of its Markdown.

    They are answered when the page is put together and not before: all pages are converted first, and their tables
    would wait in memory meanwhile.
    """

    def __init__(self, components: Components) -> None:
        self._answers = answers(components)
        self._pieces: list[Markup] = []
        self.calls: list[Call] = []  # the words of the page that was marked last, in the order of their marks

    def mark(self, body: str) -> str:
        """A page's Markdown with a mark in the place of each word."""
        self.calls = []
        return "".join(piece if isinstance(piece, str) else self._mark(piece) for piece in split_words(body))

    def _mark(self, call: Call) -> str:
        self.calls.append(call)
        return _MARK.format(len(self.calls) - 1)

    def _answer(self, call: Call) -> Markup:
        # The check has refused every word that is unknown or misused; what is left is answered.
        arguments = WORDS[call.name].arguments
        given = dict(zip((argument.name for argument in arguments), call.arguments, strict=False)) | dict(call.named)
        needed = [given[argument.name] for argument in arguments if not argument.optional]
        others = {argument.name: given[argument.name] for argument in arguments if argument.optional and argument.name in given}
        return self._answers[call.name](*needed, **others)

    def place(self, html: str, calls: Sequence[Call]) -> str:
        """The converted page with the answers to its ``calls`` where the marks stood; a block loses its paragraph."""
        self._pieces = [self._answer(call) for call in calls]
        return _MARKS.sub(lambda match: self._place_one(match, html), html)

    def _place_one(self, match: re.Match[str], html: str) -> str:
        piece = self._pieces[int(match.group(1) or match.group(2))]
        if "<h2" not in html[: match.start()]:
            piece = _one_level_up(piece)
        alone = match.group(1) is not None
        return f"<p>{piece}</p>" if alone and not _BLOCK.match(piece) else str(piece)

    def plain(self, text: str) -> str:
        """A text of the page placed last as words alone, for a table of contents; ``striptags`` gives back what escaping took, so it is escaped again."""
        return _MARKS.sub(lambda m: str(escape(Markup(self._pieces[int(m.group(1) or m.group(2))]).striptags())), text)  # noqa: S704  (a component's finished HTML)
