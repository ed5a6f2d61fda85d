"""YAML read as editors mean it: every value is text, and every key knows its line.

Never: guesses a type. YAML 1.1 would read NO as false, 1.10 as 1.1, 0151 as 105 and 14:00 as 840; here they stay text
and the model converts them. Anchors, aliases, tags and second documents are refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import yaml

from macros.problems import Problem
from macros.sources.files import Unreadable, read_text, relative

# PyYAML's C reader is some ten times faster; the Python one gives the same events where it is missing.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 12
_IN_QUOTES = "Put the value in double quotes."
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
        return next((self.lines[at[:length]] for length in range(len(at), -1, -1) if at[:length] in self.lines), None)


def read_yaml(path: Path, root: Path, problems: list[Problem]) -> Document | None:
    """A YAML file, or nothing where it cannot be read; what is wrong is added to ``problems``."""
    text = read_text(path, root, problems)
    return None if text is None else parse_yaml(text, relative(path, root), problems)


def parse_yaml(text: str, file: str, problems: list[Problem], first_line: int = 1) -> Document | None:
    """The same for text at hand, such as front matter, whose first line is ``first_line`` of its file."""
    shift = first_line - 1
    reader = _Reader(text, file, shift, problems)
    try:
        _refuse_traps(text)
        value = reader.read()
    except Unreadable as refused:
        problems.append(refused.problem(file, shift))
    except yaml.MarkedYAMLError as error:
        problems.append(_in_plain_words(error, text).problem(file, shift))
    except (yaml.YAMLError, ValueError):
        problems.append(Problem(file, first_line, "The file cannot be read as YAML.", "Compare it with a file of the same kind that works."))
    else:
        return None if reader.failed else Document(file, value, MappingProxyType(reader.lines))
    return None


def slip_in(text: str, file: str) -> Problem | None:
    """Why a text is no YAML of any kind, whatever else the lists of editors are held to."""
    try:
        _refuse_traps(text)
        list(yaml.parse(text, Loader=_Loader))
    except Unreadable as refused:
        return refused.problem(file, 0)
    except yaml.MarkedYAMLError as error:
        return _in_plain_words(error, text).problem(file, 0)
    except yaml.YAMLError:
        return Problem(file, None, "The file cannot be read as YAML.", "Compare it with what it was: git diff.")
    return None


def _refuse_traps(text: str) -> None:
    """What would be read without complaint but not as meant, or with a message nobody understands."""
    for number, line in enumerate(text.split("\n"), 1):
        indent = line[: len(line) - len(line.lstrip(" \t" + _ODD_BLANKS))]
        if "\t" in indent:
            raise Unreadable("The line begins with a tab.", "Use two spaces for each step to the right.", number)
        if indent.strip(" "):
            says = "The line begins with a no-break space, which looks like a space but is none."
            raise Unreadable(says, "Delete the blanks and type ordinary spaces.", number)
        if _ODD_BLANK_AFTER_SIGN.match(line):
            says = "A no-break space stands after the colon or dash; it looks like a space but is none."
            raise Unreadable(says, "Delete it and type an ordinary space.", number)
    if text.lstrip().lower().startswith(("<!doctype", "<html")):
        raise Unreadable("This is a web page, perhaps a sign-in page saved by mistake, not data.", "Put the data itself here.", 1)


class _Reader:
    """Builds values from the parser's events, so that anchors and tags are seen before they do anything."""

    def __init__(self, text: str, file: str, shift: int, problems: list[Problem]) -> None:
        self.text_lines = text.split("\n")
        self.file, self.shift, self.problems = file, shift, problems
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)
        self.lines: dict[At, int] = {}
        self.failed = False

    def read(self) -> Value:
        value: Value = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and self.lines:
                raise Unreadable("A second document begins here (---).", "Keep one list or block in a file; delete the line ---.", _line(event))
            if isinstance(event, yaml.NodeEvent):
                value = self._node(event, ())
        return value

    def _node(self, event: yaml.Event, at: At) -> Value:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable("A value begins with *, which YAML reads as a reference to another place.", _IN_QUOTES, line)
        if len(at) > _DEEPEST:
            raise Unreadable("The lists stand too deep inside one another.", "Compare the indentation with a file of the same kind that works.", line)
        if getattr(event, "anchor", None):
            raise Unreadable("A value begins with &, which YAML reads as a label.", _IN_QUOTES, line)
        if getattr(event, "tag", None) not in (None, "!"):
            raise Unreadable("A value begins with !, which YAML reads as a command.", _IN_QUOTES, line)
        self.lines.setdefault(at, line + self.shift)
        if isinstance(event, yaml.ScalarEvent) and event.style:  # in quotes; else None from the Python reader, "" from the C reader
            return event.value
        if isinstance(event, yaml.ScalarEvent):
            end = event.end_mark
            if end and end.line < len(self.text_lines) and self.text_lines[end.line][end.column :].lstrip().startswith("#"):
                kept = f'only "{event.value}" would be kept' if event.value else "nothing would be kept"
                fix = "Put the whole value in double quotes, or move the remark to a line of its own."
                raise Unreadable(f'Everything after " #" is left out: {kept}.', fix, end.line + 1)
            return None if event.value in ("", "~", "null") else event.value
        if not isinstance(event, yaml.SequenceStartEvent):
            return self._mapping(at)
        items: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*at, len(items))))
        return items

    def _mapping(self, at: At) -> dict[str, Value]:
        found: dict[str, Value] = {}
        lacks_dash = False  # a second id begins a new entry whose dash is missing: what follows it is not told once more
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                if "{{" in self.text_lines[line - 1]:
                    raise Unreadable("Braces such as {{ cannot stand here.", "Write the words themselves.", line)
                raise Unreadable("A list or block stands where a name is expected.", "Write `name: value`, one a line.", line)
            key = event.value
            if event.tag not in (None, "!") or event.anchor:
                raise Unreadable("A name begins with & or !, which YAML reads as a command.", "Write the plain name.", line)
            if key in found:
                self.failed = True
                if not lacks_dash:
                    says = f'"{key}" stands twice; the first is in line {self.lines[(*at, key)]}.'
                    new_entry = "If a new entry begins here, put a dash before it: - id: …; else keep one of the two."
                    fix = new_entry if key == "id" else "Keep one of the two."
                    self.problems.append(Problem(self.file, line + self.shift, says, fix, field=key))
                lacks_dash |= key == "id"
            self.lines.setdefault((*at, key), line + self.shift)
            found[key] = self._node(next(self.events), (*at, key))
        return found


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1


_PLAIN_WORDS = (  # by what the reader says, the last of anything else
    ("mapping values are not allowed", "A colon followed by a blank stands inside a value.", "Put the whole value in double quotes."),
    (
        "could not find expected ':'",
        "A line has a name without a colon, or a value that runs on from the line above.",
        "Write `name: value`; begin lines that run on with more blanks.",
    ),
    ("block scalar", "A value begins with | or >, which YAML keeps for itself.", _IN_QUOTES),
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
    ("cannot start any token", "A value begins with a sign that YAML keeps for itself, such as @, ` or %.", _IN_QUOTES),
    ("did not find expected ',' or", "A bracket [ or { is opened and not closed.", "Close it, or put the value in double quotes."),
    ("found undefined tag handle", "A value begins with !, which YAML reads as a command.", _IN_QUOTES),
    ("alphabetic or numeric character", "A value begins with * or &, which YAML keeps for itself.", _IN_QUOTES),
    ("", "The line cannot be read as YAML.", _IN_QUOTES),
)
_AFTER_QUOTE = re.compile(r"[^\"']*?[:-] +([\"']).*\1.*\S")
_AFTER_BRACKET = re.compile(r"[^\[{]*?[:-] +[\[{].*[\]}].*\S")


def _in_plain_words(error: yaml.MarkedYAMLError, text: str) -> Unreadable:
    """The reader's message in words of ours, or what the line itself shows more plainly."""
    mark = error.problem_mark or error.context_mark
    message = f"{error.context or ''} {error.problem or ''}"
    # These two are noticed only further down; the context says where they began.
    late = error.context_mark and ("unexpected end of stream" in message or "could not find expected ':'" in message)
    lines = re.sub(r"\n+\Z", "", text).split("\n")
    begins = error.context_mark if late else mark
    number = min(begins.line + 1 if begins else 1, len(lines))
    line, misplaced = lines[number - 1], "did not find expected key" in message
    if "mapping values are not allowed" in message and ":" not in line[: mark.column if mark else 0]:
        return Unreadable("The line does not line up with the one above it.", "Set it as far to the right as the entries around it.", number)
    if misplaced and _AFTER_QUOTE.match(line):
        return Unreadable("Text stands after a closing quotation mark.", "Put the whole value in double quotes; an apostrophe needs none.", number)
    if misplaced and _AFTER_BRACKET.match(line):
        return Unreadable("A value begins with a bracket, and text stands after the closing one.", "Put the whole value in double quotes.", number)
    says, fix = next((says, fix) for sign, says, fix in _PLAIN_WORDS if sign in message)
    return Unreadable(says, fix, number)
