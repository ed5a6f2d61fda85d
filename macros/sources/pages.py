"""Pages as editors write them: front matter, Markdown, and the words between {{ and }}.

Owns: where front matter ends, what a page links to, and what is said of anything between braces that is not a word
(``words`` is the gate). Never: runs anything. What is no word is refused before a template engine sees the page.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from macros.problems import Problem, nearest
from macros.sources.files import line_at, read_text, relative
from macros.sources.words import Call, NotAWord, is_word, split_words, words_in
from macros.sources.yaml_files import Document, parse_yaml

# Repetitions are possessive (*+): whatever a page holds, it is read in one pass.
_BRACES = re.compile(r"\{\{(?:(?!\{\{)[^\n])*?\}\}")  # it ends at the next two braces, so that a page is read in one pass
_OPENS = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|\{ *+[a-z_]++\( *+[\"'][^{}\n]*+\}")
_LINK = re.compile(r"(!?)\[((?:[^\[\]\n]|\[[^\[\]\n]*+\](?:\([^()\n]*+\))?)*+)\]\(((?:[^()\n]|\([^()\n]*+\))*+)\)")
_TARGET = re.compile(r"""\s*<?([^\s<>]*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\Z""")
_REFERENCE = re.compile(r"^[ \t>*+\-\d.)]*\[(?!\^[\w-]+\])([^\[\]]*+)\]:[ \t]*(?:\n[ \t>]*)?<?([^\s>]+)", re.MULTILINE)  # a note ([^1]:) is none
_PICTURE_REFERENCE = re.compile(r"!\[([^\[\]]*+)\](?:\s?\[([^\[\]]*+)\])?(?!\()")
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*+[\w#.+-]*+[ \t]*+\Z")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")

LONGEST = 200_000  # characters; some five times the longest page there is
# What else a page may hold at most, several times what any has: beyond it a converter's time grows with the square, and its depth without end.
_LINES, _LINES_TOGETHER, _LINE, _OPENED, _OPENED_TOGETHER = 3_000, 500, 10_000, 1_000, 200
_DEEP = re.compile(r"(?:[ \t>]*+(?:[-+*:]|[0-9]{1,9}+[.)])[ \t]){9}|(?:[ \t]*+>){9}|[ \t>]{41,}+\S")


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
    text, file = read_text(path, root, problems), relative(path, root)
    if text is not None and len(text) > LONGEST:
        says = f"The page has {len(text):,} characters; the longest allowed has {LONGEST:,}."
        problems.append(Problem(file, None, says, "Split it into several pages."))
        return None
    page = None if text is None else parse_page(text, file, problems)
    if page and (found := too_much(page.body, page.body_line)):
        problems.append(Problem(file, *found))
        return None
    return page


def parse_page(text: str, file: str, problems: list[Problem]) -> PageFile | None:
    """The same for text at hand."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" and text.lstrip().startswith("---"):
        problems.append(Problem(file, 1, "Something stands above the front matter.", "Let the file begin with the line ---."))
    elif lines[0].rstrip() != "---":
        fix = "Begin the file with ---, then title: and the other settings, then --- again."
        problems.append(Problem(file, 1, "The page has no front matter.", fix))
    elif end is None:
        problems.append(Problem(file, 1, "The front matter is opened and never closed.", "Put a line --- after the last setting."))
    elif front := parse_yaml("\n".join(lines[1:end]), file, problems, first_line=2):
        if isinstance(front.value, dict):
            return PageFile(file, front, "\n".join(lines[end + 1 :]), end + 2)
        problems.append(Problem(file, 2, "The front matter is not a list of settings.", "Write one `name: value` a line between the two lines ---."))
    return None


def too_much(body: str, first: int) -> tuple[int, str, str] | None:
    """The line at which a page holds more of something than can be turned into HTML in time, what it is, and how to fix it. ``first`` is the body's."""
    together = here = opened = 0
    for number, (written, line) in enumerate(zip(body.split("\n"), blank_code(body).split("\n"), strict=True), first):
        filled = bool(line.strip(" \t>"))
        brackets = line.count("[") + line.count("<")
        together, here, opened = filled * (together + 1), filled * (here + brackets), opened + brackets
        if len(line) > _LINE:
            return number, f"The line has more than {_LINE:,} characters.", "Break it, with a blank line between paragraphs."
        if together > _LINES_TOGETHER:
            return number, f"More than {_LINES_TOGETHER} lines stand together.", "Leave blank lines between them; a long table belongs in data/tables/."
        if here > _OPENED_TOGETHER or opened > _OPENED:
            says = f"Too many brackets are opened: a paragraph may have {_OPENED_TOGETHER}, a page {_OPENED:,}."
            return number, says, "Delete those that belong to no link, or split the page."
        if number - first >= _LINES:
            return number, f"The page has more than {_LINES:,} lines.", "Split it into several pages; a long list belongs in data/."
        if _DEEP.match(line) and _DEEP.match(written):  # code is blank in the one, and what a line begins with in code is not in the other
            return number, "Lists or quotations stand more than eight deep in one another.", "Begin the line further to the left, with fewer signs."
    return None


def words_of(page: PageFile, problems: list[Problem], known: Collection[str]) -> list[Call]:
    """Every word of a page; anything else between braces is a problem. ``known`` are the words of the site, for its message."""
    above = page.body_line - 1
    try:
        pieces = split_words(page.body)
    except NotAWord as wrong:
        before = len(problems)
        calls = list(_words_beside_mistakes(page, problems, known))
        if len(problems) == before:  # what is in order piece by piece must be so as a whole
            problems.append(_not_a_word(page, wrong.position, page.body[wrong.position :][:2], known))
        return calls
    if any(isinstance(piece, str) and _OPENS.search(piece) for piece in pieces):
        return list(_words_beside_mistakes(page, problems, known))
    return [replace(piece, line=piece.line + above) for piece in pieces if not isinstance(piece, str)]


def _words_beside_mistakes(page: PageFile, problems: list[Problem], known: Collection[str]) -> Iterator[Call]:
    """The words of a page that holds something else between braces, which is told wherever it stands between two words."""
    position = 0
    for match in [*_BRACES.finditer(page.body), None]:
        if match and not is_word(match.group()):
            continue  # told with what lies between the words
        stray = _OPENS.search(page.body, position, match.start() if match else len(page.body))
        if stray:
            problems.append(_not_a_word(page, stray.start(), stray.group(), known))
        if match:
            _, _, call = next(words_in(match.group()))
            yield replace(call, line=line_at(page.body, match.start()) + page.body_line - 1)
            position = match.end()


def _not_a_word(page: PageFile, position: int, found: str, known: Collection[str]) -> Problem:
    rest = page.body[position:].partition("\n")[0]
    closed = rest.find("}}") + 2 if "}}" in rest else len(rest)
    excerpt = rest[: min(closed, 60)].strip()
    if found == "{{":
        says, fix = _wrong_braces(rest, excerpt, known)
    elif found in ("}}", "%}"):
        says, fix = f'"{found}" closes something that was not opened.', "Delete it, or write {{ before the word."
    elif found in ("{%", "{#"):
        says = f'"{excerpt}" begins with {found}, which starts a command of the page builder.'
        fix = 'Delete it. A page holds text and words such as {{ table("website-views") }}.'
    else:
        says, fix = f'"{found[:60]}" stands in single braces, so it would be shown as it is.', f"Write two of each: {{{found[:60]}}}."
    return Problem(page.file, line_at(page.body, position) + page.body_line - 1, says, fix)


def _wrong_braces(rest: str, excerpt: str, known: Collection[str]) -> tuple[str, str]:
    """What is wrong behind {{, and how to fix it."""
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
            lines[at] = _CODE.sub(blanks_for, lines[at])
        else:
            lines[at : end + 1] = [" " * len(line) for line in lines[at : end + 1]]
            at = end
        at += 1
    return "\n".join(lines)


def blanks_for(match: re.Match[str]) -> str:
    """As many blanks as it has signs, so that what is around it stays in its place."""
    return " " * len(match.group())


def links_of(page: PageFile) -> list[Link]:
    """The links and pictures of a page's Markdown, in the order of the text.

    What looks like a link and cannot be read as one is among them, as not readable.
    """
    prose = page.prose
    first = page.body_line - 1
    found = list(_links_in(prose, first))
    for match in re.finditer(r"\]\s?\([^\n]*|\)\[(?=/|https?:|[^\]\n]*\.md)[^\n]*", _LINK.sub(blanks_for, prose)):
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


def _label(text: str) -> tuple[str, ...]:
    """A reference's name, whatever the letters and blanks in which it is written."""
    return tuple(text.casefold().split())
