"""Pages as editors write them: front matter, Markdown, and the words between {{ and }}.

Owns: where front matter ends, and the grammar of words: a name, brackets, and quoted text inside them.
Never: runs anything. What does not fit the grammar is refused, so a page is text with names in it and
not a program; nothing of a page ever reaches a template engine.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from macros.problems import Problem, nearest
from macros.sources.files import line_at, read_text, relative
from macros.sources.yaml_files import Document, parse_yaml

# Repetitions are possessive (*+): whatever a page holds, it is read in one pass.
_STRING = r"""(?:"[^"\\{}\n]*+"|'[^'\\{}\n]*+')"""
_ARGUMENT = rf"(?:[a-z_]++ *+= *+)?{_STRING}"
WORD = re.compile(rf"(?<!\{{)\{{\{{ *+([a-z_]++)\( *+((?:{_ARGUMENT} *+(?:, *+|(?=\))))*+)\) *+\}}\}}(?!\}})")
_ONE_ARGUMENT = re.compile(rf"(?:([a-z_]+) *= *)?({_STRING})")
_OPENS = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|\{ *+[a-z_]++\( *+[\"'][^{}\n]*+\}")
_LINK = re.compile(r"(!?)\[((?:[^\[\]\n]|\[[^\[\]\n]*+\](?:\([^()\n]*+\))?)*+)\]\(((?:[^()\n]|\([^()\n]*+\))*+)\)")
_TARGET = re.compile(r"""\s*<?([^\s<>]*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\Z""")
_REFERENCE = re.compile(r"^[ \t>*+\-\d.)]*\[([^\[\]]*+)\]:[ \t]*(?:\n[ \t>]*)?<?([^\s>]+)", re.MULTILINE)
_PICTURE_REFERENCE = re.compile(r"!\[([^\[\]]*+)\](?:\s?\[([^\[\]]*+)\])?(?!\()")
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*+[\w#.+-]*+[ \t]*+\Z")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")

LONGEST = 200_000  # characters; ten times the longest page there is


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
    readable: bool = True


@dataclass(frozen=True)
class PageFile:
    """A page in its parts. ``body_line`` is the line of the file on which the Markdown begins."""

    file: str
    front: Document
    body: str
    body_line: int

    @cached_property
    def prose(self) -> str:
        """The Markdown with code blanked out, line for line, so that examples are not taken for content."""
        return blank_code(self.body)


def read_page(path: Path, root: Path, problems: list[Problem]) -> PageFile | None:
    """A page's front matter and Markdown, or nothing where either cannot be told from the other."""
    text = read_text(path, root, problems)
    if text is not None and len(text) > LONGEST:
        problems.append(
            Problem(relative(path, root), None, f"The page has {len(text):,} characters; the longest allowed has {LONGEST:,}.", "Split it into several pages.")
        )
        return None
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


def words_of(page: PageFile, problems: list[Problem], known: Collection[str]) -> list[Call]:
    """Every word of a page; anything else between braces is a problem. ``known`` are the words of the site, for its message."""
    calls: list[Call] = []
    position = 0
    for match in [*WORD.finditer(page.body), None]:
        end = match.start() if match else len(page.body)
        stray = _OPENS.search(page.body, position, end)
        if stray:
            problems.append(_not_a_word(page, stray, known))
        if match:
            calls.append(_call(match, line_at(page.body, match.start()) + page.body_line - 1))
            position = match.end()
    return calls


def _not_a_word(page: PageFile, match: re.Match[str], known: Collection[str]) -> Problem:
    line = line_at(page.body, match.start()) + page.body_line - 1
    rest = page.body[match.start() :].split("\n", 1)[0]
    closed = rest.find("}}") + 2 if "}}" in rest else len(rest)
    excerpt = rest[: min(closed, 60)].strip()
    if match.group() == "{{":
        says, fix = _wrong_braces(rest, excerpt, known)
        return Problem(page.file, line, says, fix)
    if match.group()[0] == "{" and match.group()[-1] == "}":
        return Problem(
            page.file, line, f'"{match.group()[:60]}" stands in single braces, so it would be shown as it is.', f"Write two of each: {{{match.group()[:60]}}}."
        )
    if match.group() in ("}}", "%}"):
        return Problem(page.file, line, f'"{match.group()}" closes something that was not opened.', "Delete it, or write {{ before the word.")
    return Problem(
        page.file,
        line,
        f'"{excerpt}" begins with {match.group()}, which starts a command of the page builder.',
        'Delete it. A page holds text and words such as {{ table("website-views") }}.',
    )


def _wrong_braces(rest: str, excerpt: str, known: Collection[str]) -> tuple[str, str]:
    """What is wrong behind {{, and how to mend it."""
    if "}}" not in rest:
        return f'"{excerpt}" opens with {{{{ and does not close on the same line.', "Close it with }}."
    says = f'"{excerpt}" is not something a page may say.'
    plain = re.match(r"\{\{\s*([a-z_]+)\s*\}\}", excerpt)
    if plain and plain.group(1) not in known:
        name = plain.group(1)
        return f'The site knows no word "{name}".{nearest(name, known)}', f"Write out what a reader is to see, or one of the site's words: {', '.join(known)}."
    if plain:
        return f"{excerpt} has no brackets.", f"Write {{{{ {plain.group(1)}() }}}}, with quoted names in the brackets where the word needs them."
    if re.search("[“”‘’]", excerpt):
        return says, 'The quotation marks are curly. Type straight ones (").'
    bare = re.match(r"\{\{\s*([a-z_]+)\(([\w-]+)\)\s*\}\}", excerpt)
    if bare:
        return says, f'Put the name in quotation marks: {{{{ {bare.group(1)}("{bare.group(2)}") }}}}.'
    return says, 'Between {{ and }} only a word of this site may stand, with quoted names in its brackets: {{ table("website-views") }}.'


def blank_code(text: str) -> str:
    """The same text with code blocks and code spans replaced by blanks of the same shape.

    Only what is certain to be shown as code counts: a fence with no more than a language on its first line,
    closed by the same signs alone, and a span that closes on its own line. The rest stays and is checked.
    """
    if "`" not in text and "~~~" not in text:
        return text
    lines = text.split("\n")
    bare: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.startswith(("```", "~~~")):
            bare.setdefault(line.rstrip(" \t"), []).append(number)
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        closing = bare.get(fence.group(1), []) if fence else []
        after = bisect_right(closing, at)
        end = closing[after] if after < len(closing) else None
        if end is None:
            lines[at] = _CODE.sub(_blank, lines[at])
        else:
            lines[at : end + 1] = [" " * len(line) for line in lines[at : end + 1]]
            at = end
        at += 1
    return "\n".join(lines)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def links_of(page: PageFile) -> list[Link]:
    """The links and pictures of a page's Markdown, in the order of the text.

    What looks like a link and cannot be read as one is among them, as not readable.
    """
    prose = page.prose
    first = page.body_line - 1
    found = list(_links_in(prose, first))
    for match in re.finditer(r"\]\s?\([^\n]*|\)\[(?=/|https?:|[^\]\n]*\.md)[^\n]*", _LINK.sub(_blank, prose)):
        found.append(Link(match.group().strip()[:60], "", line_at(prose, match.start()) + first, False, readable=False))
    pictured = {_label(m.group(2) or m.group(1)) for m in _PICTURE_REFERENCE.finditer(prose)}
    for match in _REFERENCE.finditer(prose):
        found.append(Link(match.group(2), match.group(1), line_at(prose, match.start(2)) + first, _label(match.group(1)) in pictured))
    return sorted(found, key=lambda link: link.line)


def _links_in(text: str, lines_above: int) -> Iterator[Link]:
    """Links in a text, and the pictures that stand inside their words."""
    for match in _LINK.finditer(text):
        line = line_at(text, match.start()) + lines_above
        target = _TARGET.match(match.group(3))
        yield Link(target.group(1) if target else match.group(3).strip(), match.group(2), line, match.group(1) == "!", readable=target is not None)
        yield from _links_in(match.group(2), line - 1)


def _label(text: str) -> str:
    return " ".join(text.lower().split())
