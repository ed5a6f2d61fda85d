"""Text as a reader sees it, so that a rule that looks for words or numbers is not misled by how they are set.

Owns: entities, escapes, emphasis, lines that run on, and the many signs for one digit, dash, blank, ``@`` or full stop, each made the one of the
typewriter; and where a found text stands in the original. Never: says what the text may hold, or is shown to anybody.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from html import unescape

_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")  # of YAML between double quotes
_BEYOND = re.compile(r"[^\x00-\x7f]+")
# Every other end of a line runs on: after it stands neither a blank line nor the beginning of a heading, an entry, a row or a setting.
_RUNS_ON = re.compile(r"\n(?![ \t>]*+(?:\n|\Z|[-+*#|]|[0-9]{1,9}[.)] |[\w-]++:(?:\s|\Z)|[^\n|]*+\|))[ \t>]*+")
_SIGNS = {**dict.fromkeys("*`^~\\", ""), "==": "", **dict.fromkeys("\t\x0b\x0c", " ")}  # of emphasis, and blanks
_EMPHASIS = re.compile(r"_(?:(?<![^\W_]_)_*+|_*+(?![^\W_]))")
_BLANKS = re.compile("  +")
_SPELT = ("dot", "at)", "at]", "@ ", "@]", "@)")  # what an address has that is spelt out
_DOT = re.compile(r" ?[\[(]dot[\])] ?| dot ", re.IGNORECASE)
_AT = re.compile(r" ?[\[(](?:at|@)[\])] ?| @ ", re.IGNORECASE)
_SAID_AT = re.compile(r" (?:at|AT) (?=[\w-]{1,60}\.[A-Za-z])")
_PARTS = (re.compile(r"(?=\n[\n#|+*-])"), re.compile(r"(?=\n)"))  # where a text may be cut and each part made plain alone: runs on, or does not
_SAME = {"\u2212": "-", "\u2043": "-", "\u00b7": ".", "\u2022": ".", "\u2044": "/", "\u2215": "/", "\u2018": "'", "\u2019": "'"}
_SAME |= {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "ħ": "h", "ı": "i"}  # letters without an accent to take off
_SAME |= {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "þ": "th", "Þ": "Th"}


def plain(text: str, runs_on: bool = True) -> str:
    """The text without typography. ``runs_on`` says that a sentence may go on in the next line, which the rows of a CSV file do not."""
    if "\\" in text:
        text = _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2] or found[3], 16), 0x10FFFF)), text)
    if "&" in text:
        text = unescape(text)
    text = typed(text)
    if runs_on:
        text = _RUNS_ON.sub(" ", text)
    for sign, instead in _SIGNS.items():  # far quicker than str.translate, as most texts have none of them
        text = text.replace(sign, instead)
    text = _BLANKS.sub(" ", _EMPHASIS.sub("", text))
    small = text.lower()
    if any(sign in small for sign in _SPELT):
        text = _AT.sub("@", _DOT.sub(".", text))
    return _SAID_AT.sub(_as_sign, text)


def _as_sign(found: re.Match[str]) -> str:
    """``kim.kite at example.org`` is an address, ``look at example.org`` is not."""
    return "@" if "." in found.string[max(0, found.start() - 40) : found.start()].rpartition(" ")[2] else found.group()


def typed(text: str) -> str:
    """The text with the letters and signs of a typewriter, as far as they have one: ``Łódź – 1½`` is ``Lodz - 11/2``."""
    return _BEYOND.sub(lambda found: _typed(found.group()), text)


@lru_cache(maxsize=4096)
def _typed(signs: str) -> str:
    return "".join(map(_one_typed, signs))


def _one_typed(sign: str) -> str:
    typed = []
    for part in unicodedata.normalize("NFKD", sign):
        kind = unicodedata.category(part)
        digit = unicodedata.digit(part, None)
        if digit is not None:
            typed.append(str(digit))
        elif kind[0] != "M" and kind not in ("Cf", "Cc", "Cn"):
            typed.append("-" if kind == "Pd" else " " if kind[0] == "Z" else _SAME.get(part, part))
    return "".join(typed)


def place_in(text: str, offset: int, runs_on: bool) -> int:
    """Where in a text the sign stands that is at ``offset`` of its plain form; within an entity or escape, a few signs from there."""
    start = 0
    for part in _PARTS[not runs_on].split(text):
        length = len(plain(part, runs_on))
        if offset < length:
            return start + bisect_right(range(len(part)), offset, key=lambda end: len(plain(part[:end], runs_on))) - 1
        offset, start = offset - length, start + len(part)
    return len(text)
