"""Pages as editors write them: front matter, Markdown, and the words between {{ and }}.

Owns: where front matter ends, and the grammar of words: a name, brackets, and quoted text inside them.
Never: runs anything. What does not fit the grammar is refused, so a page is text with names in it and
not a program; nothing of a page ever reaches a template engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from macros.problems import Problem
from macros.sources.files import line_at, read_text, relative
from macros.sources.yaml_files import Document, parse_yaml

_STRING = r"""(?:"[^"\\{}\n]*"|'[^'\\{}\n]*')"""
_ARGUMENT = rf"(?:[a-z_]+\s*=\s*)?{_STRING}"
WORD = re.compile(rf"\{{\{{\s*([a-z_]+)\(\s*((?:{_ARGUMENT}\s*,\s*)*(?:{_ARGUMENT})?)\s*\)\s*\}}\}}")
_ONE_ARGUMENT = re.compile(rf"(?:([a-z_]+)\s*=\s*)?({_STRING})")
_OPENS = re.compile(r"\{\{|\{%|\{#|\}\}|%\}")
_LINK = re.compile(r"(!?)\[((?:[^\[\]\n]|\[[^\]\n]*\])*)\]\(\s*<?([^)>\s]*)>?(?:\s+\"[^\"\n]*\")?\s*\)")
_REFERENCE = re.compile(r"^ {0,3}\[([^\]\n]+)\]:\s*<?(\S+?)>?(?:\s+.*)?$", re.MULTILINE)
_FENCE = re.compile(r"^(?P<mark>`{3,}|~{3,}).*?^(?P=mark)[^\S\n]*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")


@dataclass(frozen=True)
class Call:
    """One word in a page: ``{{ table("website-views") }}``."""

    name: str
    arguments: tuple[str, ...]
    named: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True)
class Link:
    """One link or picture in a page's Markdown."""

    target: str
    text: str
    line: int
    picture: bool


@dataclass(frozen=True)
class PageFile:
    """A page in its parts. ``body_line`` is the line of the file on which the Markdown begins."""

    file: str
    front: Document
    body: str
    body_line: int

    @property
    def prose(self) -> str:
        """The Markdown with code blanked out, line for line, so that examples are not taken for content."""
        return blank_code(self.body)


def read_page(path: Path, root: Path, problems: list[Problem]) -> PageFile | None:
    """A page's front matter and Markdown, or nothing where either cannot be told from the other."""
    text = read_text(path, root, problems)
    return None if text is None else parse_page(text, relative(path, root), problems)


def parse_page(text: str, file: str, problems: list[Problem]) -> PageFile | None:
    """The same for text at hand."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        if text.lstrip().startswith("---"):
            says, fix = "Something stands above the front matter.", "Let the file begin with the line ---."
        else:
            says, fix = "The page has no front matter.", "Begin the file with ---, then title: and the other settings, then --- again."
        problems.append(Problem(file, 1, says, fix))
        return None
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        problems.append(Problem(file, 1, "The front matter is opened and never closed.", "Put a line --- after the last setting."))
        return None
    front = parse_yaml("\n".join(lines[1:end]), file, problems, first_line=2)
    if front is None:
        return None
    if not isinstance(front.value, dict):
        problems.append(Problem(file, 2, "The front matter is not a list of settings.", "Write one `name: value` a line between the two lines ---."))
        return None
    return PageFile(file, front, "\n".join(lines[end + 1 :]), end + 2)


def split_words(body: str) -> list[str | Call]:
    """A page's text and words in turn. Whatever is not exactly a word stays text and is never run."""
    pieces: list[str | Call] = []
    done = 0
    for match in WORD.finditer(body):
        pieces.append(body[done : match.start()])
        pieces.append(_call(match, line_at(body, match.start())))
        done = match.end()
    pieces.append(body[done:])
    return pieces


def _call(match: re.Match[str], line: int) -> Call:
    positional: list[str] = []
    named: list[tuple[str, str]] = []
    for name, quoted in _ONE_ARGUMENT.findall(match.group(2)):
        if name:
            named.append((name, quoted[1:-1]))
        else:
            positional.append(quoted[1:-1])
    return Call(match.group(1), tuple(positional), tuple(named), line)


def words_of(page: PageFile, problems: list[Problem]) -> list[Call]:
    """Every word of a page; anything else between braces is a problem."""
    calls: list[Call] = []
    position = 0
    for match in [*WORD.finditer(page.body), None]:
        end = match.start() if match else len(page.body)
        stray = _OPENS.search(page.body, position, end)
        if stray:
            problems.append(_not_a_word(page, stray))
        if match:
            calls.append(_call(match, line_at(page.body, match.start()) + page.body_line - 1))
            position = match.end()
    return calls


def _not_a_word(page: PageFile, match: re.Match[str]) -> Problem:
    line = line_at(page.body, match.start()) + page.body_line - 1
    excerpt = page.body[match.start() :].split("\n", 1)[0][:60].strip()
    if match.group() == "{{":
        plain = re.match(r"\{\{\s*([a-z_]+)\s*\}\}", excerpt)
        if plain:
            return Problem(page.file, line, f"{excerpt} has no brackets.", f'Write {{{{ {plain.group(1)}("…") }}}} with the name of what is to be shown.')
        if "}}" not in excerpt:
            return Problem(page.file, line, f'"{excerpt}" opens with {{{{ and does not close on the same line.', "Close it with }}.")
        return Problem(
            page.file,
            line,
            f'"{excerpt}" is not something a page may say.',
            'Between {{ and }} only a word of this site may stand, with quoted names in its brackets: {{ table("website-views") }}.',
        )
    if match.group() in ("}}", "%}"):
        return Problem(page.file, line, f'"{match.group()}" closes something that was not opened.', "Delete it, or write {{ before the word.")
    return Problem(page.file, line, f'"{excerpt}" begins with {match.group()}, which starts a command of the page builder.', "Delete it. A page holds text and words such as {{ table(\"website-views\") }}.")


def blank_code(text: str) -> str:
    """The same text with code blocks and code spans replaced by blanks of the same shape."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match.group())

    return _CODE.sub(blank, _FENCE.sub(blank, text))


def links_of(page: PageFile) -> list[Link]:
    """The links and pictures of a page's Markdown, in the order of the text."""
    prose = page.prose
    found = [
        Link(m.group(3), m.group(2), line_at(prose, m.start()) + page.body_line - 1, m.group(1) == "!")
        for m in _LINK.finditer(prose)
    ]
    found += [Link(m.group(2), m.group(1), line_at(prose, m.start()) + page.body_line - 1, False) for m in _REFERENCE.finditer(prose)]
    return sorted(found, key=lambda link: link.line)
