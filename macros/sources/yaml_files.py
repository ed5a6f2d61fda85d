"""YAML read as editors mean it: every value is text, and every key knows its line.

Owns: the plain subset of YAML that editors may write, and where each key stands.
Never: guesses a type. YAML 1.1 would read NO as false, 1.10 as 1.1, 0151 as 105 and 14:00 as 840; here
they stay text and the model converts them. Anchors, aliases, tags and second documents are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import yaml

from macros.problems import Problem
from macros.sources.files import read_text, relative

# PyYAML's C reader is some ten times faster; the Python one gives the same events where it is missing.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 12
_ODD_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ODD_BLANK_AFTER_SIGN = re.compile(rf" *(?:- +)*(?:-|[\w-]+:)[{_ODD_BLANKS}]")
Value = None | str | list["Value"] | dict[str, "Value"]
At = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """What a YAML file holds, and the line of each key and list entry by its path."""

    file: str
    value: Value
    lines: Mapping[At, int]

    def line(self, at: At) -> int | None:
        """The line of a key, or of the nearest thing around it where the key itself is not there."""
        for length in range(len(at), -1, -1):
            if at[:length] in self.lines:
                return self.lines[at[:length]]
        return None


class _Refused(Exception):
    """Something outside the plain subset; carries the problem to be told."""

    def __init__(self, line: int, says: str, fix: str) -> None:
        super().__init__(says)
        self.line, self.says, self.fix = line, says, fix


def read_yaml(path: Path, root: Path, problems: list[Problem]) -> Document | None:
    """A YAML file, or nothing where it cannot be read; what is wrong is added to ``problems``."""
    text = read_text(path, root, problems)
    return None if text is None else parse_yaml(text, relative(path, root), problems)


def parse_yaml(text: str, file: str, problems: list[Problem], first_line: int = 1) -> Document | None:
    """The same for text at hand, such as front matter, whose first line is ``first_line`` of its file."""
    shift = first_line - 1
    trap = _trap(text)
    if trap:
        problems.append(Problem(file, trap[0] + shift, trap[1], trap[2]))
        return None
    reader = _Reader(text, file, shift, problems)
    try:
        value = reader.read()
    except _Refused as refused:
        problems.append(Problem(file, refused.line + shift, refused.says, refused.fix))
        return None
    except yaml.MarkedYAMLError as error:
        problems.append(_in_plain_words(error, text, file, shift))
        return None
    except (yaml.YAMLError, ValueError):
        problems.append(Problem(file, first_line, "The file cannot be read as YAML.", "Compare it with a file of the same kind that works."))
        return None
    return None if reader.failed else Document(file, value, MappingProxyType(reader.lines))


def _trap(text: str) -> tuple[int, str, str] | None:
    """What would be read without complaint but not as meant, or with a message nobody understands."""
    for number, line in enumerate(text.split("\n"), 1):
        indent = line[: len(line) - len(line.lstrip(" \t" + _ODD_BLANKS))]
        if "\t" in indent:
            return number, "The line begins with a tab.", "Use two spaces for each step to the right."
        if indent.strip(" "):
            return number, "The line begins with a no-break space, which looks like a space but is none.", "Delete the blanks and type ordinary spaces."
        if _ODD_BLANK_AFTER_SIGN.match(line):
            return number, "A no-break space stands after the colon or dash; it looks like a space but is none.", "Delete it and type an ordinary space."
    start = text.lstrip().lower()
    if start.startswith(("<!doctype", "<html")):
        return 1, "This is a web page, perhaps a sign-in page saved by mistake, not data.", "Put the data itself here."
    return None


class _Reader:
    """Builds values from the parser's events, so that anchors and tags are seen before they do anything."""

    def __init__(self, text: str, file: str, shift: int, problems: list[Problem]) -> None:
        self.text_lines = text.split("\n")
        self.file, self.shift, self.problems = file, shift, problems
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)
        self.lines: dict[At, int] = {}
        self.failed = False
        self._twice_id: set[At] = set()

    def read(self) -> Value:
        value: Value = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Refused(self._line(event), "A second document begins here (---).", "Keep one list or block in a file; delete the line ---.")
            elif isinstance(event, yaml.NodeEvent):
                value = self._node(event, (), 0)
        return value

    def _line(self, event: yaml.Event) -> int:
        return int(event.start_mark.line) + 1 if event.start_mark else 1

    def _rest_of_line(self, event: yaml.ScalarEvent) -> str:
        """What follows a value on its last line."""
        end = event.end_mark
        return self.text_lines[end.line][end.column :] if end and end.line < len(self.text_lines) else ""

    def _node(self, event: yaml.Event, at: At, depth: int) -> Value:
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(self._line(event), "A value begins with *, which YAML reads as a reference to another place.", "Put the value in double quotes.")
        if depth > _DEEPEST:
            raise _Refused(
                self._line(event), "The lists stand too deep inside one another.", "Compare the indentation with a file of the same kind that works."
            )
        if getattr(event, "anchor", None):
            raise _Refused(self._line(event), "A value begins with &, which YAML reads as a label.", "Put the value in double quotes.")
        if getattr(event, "tag", None) not in (None, "!"):
            raise _Refused(self._line(event), "A value begins with !, which YAML reads as a command.", "Put the value in double quotes.")
        self.lines.setdefault(at, self._line(event) + self.shift)
        if isinstance(event, yaml.ScalarEvent):
            return self._text(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(at, depth)
        return self._mapping(at, depth)

    def _text(self, event: yaml.ScalarEvent) -> str | None:
        plain = not event.style  # None from the Python reader, "" from the C reader
        if plain and self._rest_of_line(event).lstrip().startswith("#"):
            kept = f'only "{event.value}" would be kept' if event.value else "nothing would be kept"
            fix = "Put the whole value in double quotes, or move the remark to a line of its own."
            raise _Refused(event.end_mark.line + 1 if event.end_mark else 1, f'Everything after " #" is left out: {kept}.', fix)
        if plain and event.value in ("", "~", "null"):
            return None
        return event.value

    def _list(self, at: At, depth: int) -> list[Value]:
        items: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*at, len(items)), depth + 1))
        return items

    def _mapping(self, at: At, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                if "{{" in self.text_lines[self._line(event) - 1]:
                    raise _Refused(self._line(event), "Braces such as {{ cannot stand here.", "Write the words themselves.")
                raise _Refused(self._line(event), "A list or block stands where a name is expected.", "Write `name: value`, one a line.")
            key, line = event.value, self._line(event) + self.shift
            if event.tag not in (None, "!") or event.anchor:
                raise _Refused(self._line(event), "A name begins with & or !, which YAML reads as a command.", "Write the plain name.")
            if key in found:
                self._tell_twice(key, line, self.lines[(*at, key)], entry_lacks_dash="id" in found and at in self._twice_id)
                if key == "id":
                    self._twice_id.add(at)
            self.lines.setdefault((*at, key), line)
            found[key] = self._node(next(self.events), (*at, key), depth + 1)
        return found

    def _tell_twice(self, key: str, line: int, first: int, entry_lacks_dash: bool) -> None:
        """A second id begins a new entry whose dash is missing: what follows it is not told once more."""
        self.failed = True
        if entry_lacks_dash:
            return
        fix = "If a new entry begins here, put a dash before it: - id: …; else keep one of the two." if key == "id" else "Keep one of the two."
        self.problems.append(Problem(self.file, line, f'"{key}" stands twice; the first is in line {first}.', fix, field=key))


_PLAIN_WORDS: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "A colon followed by a blank stands inside a value.", "Put the whole value in double quotes."),
    (
        "could not find expected ':'",
        "A line has a name without a colon, or a value that runs on from the line above.",
        "Write `name: value`; begin lines that run on with more blanks.",
    ),
    ("block scalar", "A value begins with | or >, which YAML keeps for itself.", "Put the value in double quotes."),
    ("<document start>", "The document ends above this line, and more follows.", "Delete the line that holds nothing but three dots."),
    ("unexpected end of stream", "A quotation mark is opened and never closed.", "Close it with the same mark at the end of the value."),
    ("unknown escape character", "A backslash stands inside double quotes.", "Use single quotes, or write the backslash twice."),
    (
        "did not find expected key",
        "The line does not fit with the one above: it is set too far left or right, or a quotation mark is not closed.",
        "Line it up with the entries around it.",
    ),
    ("did not find expected '-' indicator", "The line does not fit into the list above.", "Begin each entry with a dash and a blank, all at the same place."),
    ("block sequence entries are not allowed", "A dash stands where a value is expected.", "Begin the list on the next line, two blanks to the right."),
    ("cannot start any token", "A value begins with a sign that YAML keeps for itself, such as @, ` or %.", "Put the value in double quotes."),
    ("did not find expected ',' or", "A bracket [ or { is opened and not closed.", "Close it, or put the value in double quotes."),
    ("found undefined tag handle", "A value begins with !, which YAML reads as a command.", "Put the value in double quotes."),
    ("alphabetic or numeric character", "A value begins with * or &, which YAML keeps for itself.", "Put the value in double quotes."),
)


def _in_plain_words(error: yaml.MarkedYAMLError, text: str, file: str, shift: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = (mark.line + 1) if mark else 1
    message = f"{error.context or ''} {error.problem or ''}"
    # These two are noticed only further down; the context says where they began.
    if error.context_mark and ("unexpected end of stream" in message or "could not find expected ':'" in message):
        line = error.context_mark.line + 1
    says, fix = "The line cannot be read as YAML.", "Compare it with an entry that works: `name: value`, two blanks for each step to the right."
    for sign, plain, fix in _PLAIN_WORDS:
        if sign in message:
            says, fix = plain, fix
            break
    lines = re.sub(r"\n+\Z", "", text).split("\n")
    line = min(line, len(lines))
    says, fix = _by_the_line(message, lines[line - 1], mark.column if mark else 0) or (says, fix)
    return Problem(file, line + shift, says, fix)


_AFTER_QUOTE = re.compile(r"[^\"']*?[:-] +([\"']).*\1.*\S")
_AFTER_BRACKET = re.compile(r"[^\[{]*?[:-] +[\[{].*[\]}].*\S")


def _by_the_line(message: str, line: str, column: int) -> tuple[str, str] | None:
    """What the line itself shows more plainly than the reader's message."""
    if "mapping values are not allowed" in message and ":" not in line[:column]:
        return "The line does not line up with the one above it.", "Set it as far to the right as the entries around it."
    if "did not find expected key" not in message:
        return None
    if _AFTER_QUOTE.match(line):
        return "Text stands after a closing quotation mark.", "Put the whole value in double quotes; an apostrophe needs none."
    if _AFTER_BRACKET.match(line):
        return "A value begins with a bracket, and text stands after the closing one.", "Put the whole value in double quotes."
    return None
