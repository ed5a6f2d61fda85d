"""The words an editor may write in a page: the places they hold while Markdown is converted, and their answers.

Owns: which component answers which word, and the marks in their places. Never: any logic of its own.
"""

import re
from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from macros.components import Components
from macros.models.words import WORDS, given
from macros.sources.words import Call

_MARK = "\ue000{}\ue001"  # private use characters, which no page may hold: Markdown leaves them alone
_MARKS = re.compile(r"<p>\ue000(\d+)\ue001</p>|\ue000(\d+)\ue001")
_BLOCK = re.compile(r"\s*<(?:div|section|nav|figure|ul|ol|dl|p|details|table|h[1-6])\b")  # what cannot stand inside a paragraph


class PageWords:
    """Takes in the words of a page when mkdocs-macros calls them.

    They are answered when the page is put together and not before: all pages are converted first, and their tables would wait in memory meanwhile.
    """

    def __init__(self) -> None:
        self.asked: dict[str, list[Call]] = {}  # by the page's path, in the order of their marks
        self._page = ""

    def start(self, page: str) -> None:
        """From now on words are those of this page."""
        self._page, self.asked[page] = page, []

    def placeholder(self, name: str) -> Callable[..., str]:
        """What mkdocs-macros calls for a word: it leaves a mark in its place."""

        def mark(*arguments: str, **named: str) -> str:
            asked = self.asked[self._page]
            asked.append(Call(name, arguments, tuple(named.items())))
            return _MARK.format(len(asked) - 1)

        return mark


def answer(components: Components, asked: Call) -> Markup:
    """What a component says to a word. The check has refused every word that is unknown or misused."""
    names, arguments = given(asked.name, asked.arguments, asked.named), WORDS[asked.name].arguments
    needed = [names[argument.name] for argument in arguments if not argument.optional]
    others = {argument.name: names[argument.name] for argument in arguments if argument.optional and argument.name in names}
    found: Markup = getattr(components, asked.name)(*needed, **others)
    return found


def put_in(html: str, answers: Sequence[Markup]) -> str:
    """A converted page with the answers to its words where the marks are; a block loses its paragraph."""

    def place(match: re.Match[str]) -> str:
        piece: str = answers[int(match.group(1) or match.group(2))]
        if "<h2" not in html[: match.start()] + piece:  # right below the page's own heading, where no level may be left out
            piece = re.sub(r"(</?h)([345])", lambda heading: f"{heading.group(1)}{int(heading.group(2)) - 1}", piece)
        if '<a class="number-source"' in piece and html.count("<a ", 0, match.start()) > html.count("</a>", 0, match.start()):
            piece = str(escape(Markup(piece).striptags()))  # noqa: S704  (a component's finished HTML, inside a link of the page's own)
        alone = match.group(1) is not None
        return f"<p>{piece}</p>" if alone and not _BLOCK.match(piece) else str(piece)

    return _MARKS.sub(place, html)


def in_plain_words(text: str, answers: Sequence[Markup]) -> str:
    """A heading with its answers as words alone, for a table of contents; ``striptags`` gives back what escaping took, so it is escaped again."""
    return _MARKS.sub(lambda m: str(escape(Markup(answers[int(m.group(1) or m.group(2))]).striptags())), text)  # noqa: S704  (a component's finished HTML)
