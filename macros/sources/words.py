"""The gate for words in pages: a page is text with names in it, never a program.

Owns: what a word is, ``{{ name("text", other="text") }}``, read with Jinja's own lexer and parser, so that what passes
here is what the template engine sees; what is written in the usual way is read by a pattern, for which Jinja need not be loaded. Never: runs
anything, or knows which words there are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from macros.sources.files import line_at

WORD = re.compile(r"\{\{[^{}\n]*+\}\}")  # a word in text that has passed the gate, for rules that look at the text around it
_NAME = re.compile(r"[a-z_]+")
_OPENING = re.compile(r"\{\{|\{%|\{#")
# A word as editors write it: texts in double quotes, those with names last. The two patterns and Jinja see the same in it; a test compares them.
_USUAL = re.compile(r'\{\{ *+([a-z_]++)\(((?:"[^"\\{}\n]*+"(?:, *+|(?=\))))*+(?:[a-z_]++="[^"\\{}\n]*+"(?:, *+|(?=\))))*+)\) *+\}\}')
_GIVEN = re.compile(r'(?:([a-z_]++)=)?"([^"]*+)"')
_NO_NAMES = ("not", "true", "false", "none")  # to Jinja
_IN_TEXT = re.compile(r"[\\{}\n]")  # what no quoted text may hold: a brace, a backslash or the end of a line


@dataclass(frozen=True)
class Call:
    """One word in a page: ``{{ table("website-views") }}``."""

    name: str
    arguments: tuple[str, ...]
    named: tuple[tuple[str, str], ...]
    line: int = 0  # where it is not known


class NotAWord(ValueError):
    """Something between braces is not a word. ``position`` is where it begins in the text."""

    def __init__(self, position: int) -> None:
        super().__init__("Between {{ and }} only a word may stand, with quoted names in its brackets.")
        self.position = position


def split_words(text: str) -> list[str | Call]:
    """A page's text and words in turn; joined, the texts and words are the page.

    Raises NotAWord at the first thing that the template engine would take for anything but text or a word.
    """
    pieces: list[str | Call] = []
    done = 0
    for start, end, call in words_in(text):
        pieces += [text[done:start], call]
        done = end
    return [*pieces, text[done:]]


def is_word(text: str) -> bool:
    """Whether a text is one word and nothing else."""
    try:
        pieces = split_words(text)
    except NotAWord:
        return False
    return len(pieces) == 3 and not pieces[0] and not pieces[2]


def words_in(text: str) -> Iterator[tuple[int, int, Call]]:
    """Each word with its beginning and end in the text. Raises as ``split_words`` does."""
    if "{" not in text:
        return
    usual = {match.start(): match for match in _USUAL.finditer(text) if match[1] not in _NO_NAMES}
    if "\r" not in text and all(match.start() in usual for match in _OPENING.finditer(text)):
        for start, match in usual.items():
            given = _GIVEN.findall(match[2])
            named = tuple((name, value) for name, value in given if name)
            yield start, match.end(), Call(match[1], tuple(value for name, value in given if not name), named, line_at(text, start))
        return
    yield from _words_as_jinja_reads(text)


def _words_as_jinja_reads(text: str) -> Iterator[tuple[int, int, Call]]:
    from jinja2 import TemplateSyntaxError

    position, opened = 0, None
    tokens: list[tuple[str, str]] = []
    try:
        for line, kind, value in _jinja().lex(text):
            if kind == "variable_begin" and value == "{{":
                opened, tokens = position, []
            elif kind == "variable_end" and value == "}}" and opened is not None:
                end = position + len(value)
                yield opened, end, _call(text[opened:end], tokens, opened, line)
                opened = None
            elif opened is not None:
                tokens.append((kind, value))
            elif kind != "data":  # a command, a remark, raw text, or braces that eat the blanks around them
                raise NotAWord(position)
            position += len(value)
    except TemplateSyntaxError as error:
        raise NotAWord(opened or 0) from error
    if opened is not None:
        raise NotAWord(opened)


def _call(word: str, tokens: list[tuple[str, str]], position: int, line: int) -> Call:
    """The word that Jinja's parser sees, if it is one call of a name with constant texts, each written as one text."""
    from jinja2 import TemplateSyntaxError, nodes

    try:
        body = _jinja().parse(word).body
    except (TemplateSyntaxError, RecursionError, ValueError) as error:
        raise NotAWord(position) from error
    match body:
        case [nodes.Output(nodes=[nodes.Call(node=nodes.Name(name=name), dyn_args=None, dyn_kwargs=None) as call])]:
            pass
        case _:
            raise NotAWord(position)
    constants = [*call.args, *(keyword.value for keyword in call.kwargs)]
    texts = [constant.value for constant in constants if isinstance(constant, nodes.Const) and isinstance(constant.value, str)]
    written = [value[1:-1] for kind, value in tokens if kind == "string"]  # "a" "b" would be joined
    if not _NAME.fullmatch(name) or len(texts) != len(constants) or texts != written or any(map(_IN_TEXT.search, written)):
        raise NotAWord(position)
    if any(kind == "whitespace" and set(value) != {" "} for kind, value in tokens):
        raise NotAWord(position)
    named = tuple(zip((keyword.key for keyword in call.kwargs), texts[len(call.args) :], strict=True))
    return Call(name, tuple(texts[: len(call.args)]), named, line)


@cache
def _jinja() -> Any:
    """Jinja as it comes, to read with; nothing is ever rendered by it."""
    from jinja2 import Environment

    return Environment()  # noqa: S701  (it renders nothing, so there is nothing to escape)
