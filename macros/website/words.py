"""The words an editor may write in a page: the places they hold while Markdown is converted, and their answers.

Owns: which component answers which word, and the marks in their places. Never: any logic of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from macros.components import Components
from macros.models.words import WORDS

_MARK = "\ue000{}\ue001"  # private use characters, which no page may hold: Markdown leaves them alone
_MARKS = re.compile(r"<p>\ue000(\d+)\ue001</p>|\ue000(\d+)\ue001")
_BLOCK = re.compile(r"\s*<(?:div|section|nav|figure|ul|ol|dl|p|details|table|h[1-6])\b")  # what cannot stand inside a paragraph


@dataclass(frozen=True)
class Asked:
    """A word as mkdocs-macros has called it."""

    name: str
    arguments: tuple[str, ...]
    named: tuple[tuple[str, str], ...]


class PageWords:
    """Takes in the words of a page when mkdocs-macros calls them, and puts the answers into the converted page.

    They are answered when the page is put together and not before: all pages are converted first, and their tables
    would wait in memory meanwhile.
    """

    def __init__(self) -> None:
        self._asked: dict[str, list[Asked]] = {}  # by the page's path
        self._page = ""

    def start(self, page: str) -> None:
        """From now on words are those of this page."""
        self._page, self._asked[page] = page, []

    def placeholders(self) -> Iterable[tuple[str, Callable[..., str]]]:
        """Each word's name with what mkdocs-macros calls for it, which leaves a mark in its place."""
        return ((name, self._placeholder(name)) for name in WORDS)

    def _placeholder(self, name: str) -> Callable[..., str]:
        def mark(*arguments: str, **named: str) -> str:
            asked = self._asked[self._page]
            asked.append(Asked(name, arguments, tuple(named.items())))
            return _MARK.format(len(asked) - 1)

        return mark

    def of(self, page: str) -> Sequence[Asked]:
        """The words of a page, in the order of their marks."""
        return self._asked.get(page, ())


def answer(components: Components, asked: Asked) -> Markup:
    """What a component says to a word. The check has refused every word that is unknown or misused."""
    arguments = WORDS[asked.name].arguments
    given = dict(zip((argument.name for argument in arguments), asked.arguments, strict=False)) | dict(asked.named)
    needed = [given[argument.name] for argument in arguments if not argument.optional]
    others = {argument.name: given[argument.name] for argument in arguments if argument.optional and argument.name in given}
    found: Markup = getattr(components, asked.name)(*needed, **others)
    return found


def put_in(html: str, answers: Sequence[Markup]) -> str:
    """A converted page with the answers to its words where the marks are; a block loses its paragraph."""
    return _MARKS.sub(lambda match: _place(match, html, answers), html)


def _place(match: re.Match[str], html: str, answers: Sequence[Markup]) -> str:
    piece = answers[int(match.group(1) or match.group(2))]
    if "<h2" not in html[: match.start()]:
        piece = _one_level_up(piece)
    alone = match.group(1) is not None
    return f"<p>{piece}</p>" if alone and not _BLOCK.match(piece) else str(piece)


def _one_level_up(piece: Markup) -> Markup:
    """Headings of a piece that follows the page's own heading directly: no level may be left out."""
    return Markup(re.sub(r"(</?h)([345])", lambda m: f"{m.group(1)}{int(m.group(2)) - 1}", piece))  # noqa: S704  (a component's finished HTML)


def in_plain_words(text: str, answers: Sequence[Markup]) -> str:
    """A heading with its answers as words alone, for a table of contents; ``striptags`` gives back what escaping took, so it is escaped again."""
    return _MARKS.sub(lambda m: str(escape(Markup(answers[int(m.group(1) or m.group(2))]).striptags())), text)  # noqa: S704  (a component's finished HTML)
