"""Fixes in lists and pages: blanks, quotation marks, dates, and the order of lists that declare one.

Owns: the lines of YAML and Markdown. Never: rewrites prose.
"""

from __future__ import annotations

import re

from macros.content.catalogue import TABLES, kind_of_page
from macros.editing.fixes.values import Doubt, iso_date
from macros.editing.fixes.work import Fix, Work
from macros.editing.kinds import settings_of
from macros.models import KINDS, TABLE
from macros.models.base import ContentType
from macros.problems import Problem
from macros.sources.words import is_word
from macros.sources.yaml_files import Document, Value, parse_yaml

_ODD_INDENT = re.compile(r"^([ \u00a0\u2007\u202f\u3000]+)(?=\S)")
_ODD_AFTER_SIGN = re.compile(r"^( *(?:- +)*(?:-|[\w-]+:))[\u00a0\u2007\u202f\u3000]+")
_CURLY_WORD = re.compile(r"\{\{[^{}\n]*[“”‘’][^{}\n]*\}\}")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def fix_text(work: Work) -> None:
    page = work.file.endswith(".md")
    begin, end = _settings(work) if page else (0, len(work.lines))
    _fix_blanks(work, begin, end)
    if page:
        for number in range(end, len(work.lines)):
            line = work.lines[number]
            if line is not None:
                work.change(number, _without_trailing(line), "blanks that cannot be seen were taken out")
                work.change(number, _CURLY_WORD.sub(_straight, work.lines[number] or ""), "curly quotation marks inside the braces were made straight")
    kind = kind_of_page(work.file.removeprefix("docs/")) if page else _kind_of_list(work.file)
    if kind:
        _fix_dates(work, kind, begin, end)
        if kind.sorted_by and not page:
            _sort(work, kind)


def _settings(work: Work) -> tuple[int, int]:
    """The lines between the two lines of dashes at the top of a page: the first, and the one after the last."""
    bare = [(line or "").rstrip() for line in work.lines]
    return (1, bare.index("---", 1)) if bare[0] == "---" and "---" in bare[1:] else (0, 0)


def _fix_blanks(work: Work, begin: int, end: int) -> None:
    """Blanks that cannot be seen or look like ordinary ones; all or none, should the settings then say something else."""
    fixed = [None if line is None else _ODD_AFTER_SIGN.sub(r"\1 ", _ODD_INDENT.sub(_ordinary, line)).rstrip(" \t\u00a0") for line in work.lines[begin:end]]
    before = parse_yaml("\n".join(line or "" for line in work.lines[begin:end]), work.file, [])
    after = parse_yaml("\n".join(line or "" for line in fixed), work.file, [])
    if before is None or (after is not None and _without_blanks(after.value) == _without_blanks(before.value)):
        for number, line in enumerate(fixed, begin):
            work.change(number, line, "blanks that cannot be seen were taken out or made ordinary")


def _ordinary(match: re.Match[str]) -> str:
    return " " * len(match.group(1))


def _without_blanks(value: Value) -> object:
    if isinstance(value, dict):
        return {name: _without_blanks(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_without_blanks(item) for item in value]
    return "".join((value or "").split())


def _without_trailing(line: str) -> str:
    """Two blanks at the end of a line of Markdown are a line break, so they stay."""
    bare = line.rstrip(" \t\u00a0")
    return line if bare and line[len(bare) :].startswith("  ") else bare


def _straight(match: re.Match[str]) -> str:
    straight = match.group().translate(_STRAIGHT)
    return straight if is_word(straight) else match.group()


def _kind_of_list(file: str) -> ContentType | None:
    if file.startswith(f"{TABLES}/"):
        return TABLE
    return next((kind for kind in KINDS if not kind.is_pages and (kind.home == file or file.startswith(kind.home.removesuffix(".yml") + "/"))), None)


def _fix_dates(work: Work, kind: ContentType, begin: int, end: int) -> None:
    document = parse_yaml("\n".join(line or "" for line in work.lines[begin:end]), work.file, [], first_line=begin + 1)
    if document is None:
        return
    dates = {setting.name: setting.written.startswith("a date as far") for setting in settings_of(kind) if setting.written.startswith("a date")}
    entries = enumerate(document.value) if isinstance(document.value, list) else [(None, document.value)]
    for number, entry in entries:
        for name, partial in dates.items():
            value = entry.get(name) if isinstance(entry, dict) else None
            at = (name,) if number is None else (number, name)
            if isinstance(value, str):
                _fix_date(work, document, at, name, value, partial)


def _fix_date(work: Work, document: Document, at: tuple[str | int, ...], name: str, value: str, partial: bool) -> None:
    line = document.line(at) or 1
    try:
        fixed = iso_date(value.strip(), partial)
    except Doubt as doubt:
        work.doubts.append(Problem(work.file, line, f"{doubt}.", "A person must say which is meant.", field=name, severity="warning"))
        return
    text = work.lines[line - 1] or ""
    head, colon, rest = text.partition(":")
    if fixed and rest.strip().strip("\"'") == value:
        work.change(line - 1, f"{head}{colon} {fixed}", f"{value} became {fixed}")


def _sort(work: Work, kind: ContentType) -> None:
    """Puts the entries of a list in the order its kind declares; comments above an entry move with it."""
    document = parse_yaml("\n".join(line or "" for line in work.lines), work.file, [])
    if document is None or not isinstance(document.value, list) or not all(isinstance(entry, dict) and entry.get(kind.sorted_by) for entry in document.value):
        return
    starts = [number for number, line in enumerate(work.lines) if line is not None and line.startswith("- ")]
    if not starts or len(starts) != len(document.value):
        return
    begins = [starts[0], *(_with_comments(work, start) for start in starts[1:])]  # remarks at the top belong to the file
    end = len(work.lines) - 1 if work.lines[-1] == "" else len(work.lines)
    blocks = [list(range(begin, following)) for begin, following in zip(begins, [*begins[1:], end], strict=True)]
    words = [re.sub(r"[^a-z0-9]+", " ", str(entry[kind.sorted_by]).lower()).strip() for entry in document.value if isinstance(entry, dict)]
    order = sorted(range(len(blocks)), key=lambda place: words[place])
    if order == sorted(order):
        return
    work.order = [*range(begins[0]), *(number for place in order for number in blocks[place]), *range(end, len(work.lines))]
    moved = document.value[next(place for place, was in enumerate(order) if place != was)]
    work.fixes.append(Fix(work.file, starts[0] + 1, f"the list was put in order by {kind.sorted_by}, A to Z (from {moved[kind.sorted_by]} on)"))  # type: ignore[index,call-overload]


def _with_comments(work: Work, start: int) -> int:
    while (work.lines[start - 1] or "").startswith("#"):
        start -= 1
    return start
