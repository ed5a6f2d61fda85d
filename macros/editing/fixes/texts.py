"""Fixes in lists and pages: blanks, quotation marks, dates, and the order of lists that declare one.

Owns: the lines of YAML and Markdown. Never: rewrites prose.
"""

import re

from macros.content.catalogue import TABLES, kind_of_page
from macros.editing.fixes.values import Doubt, iso_date
from macros.editing.fixes.work import BLANKS, Fix, Work
from macros.editing.kinds import settings_of
from macros.models import KINDS, TABLE
from macros.models.base import ContentType
from macros.rules.pasted_text import faults_in, straight_settings
from macros.sources.pages import blanks_for
from macros.sources.words import is_word
from macros.sources.yaml_files import Value, parse_yaml

_ODD_INDENT = re.compile(r"^[ \u00a0\u2007\u202f\u3000]+(?=\S)")
_ODD_AFTER_SIGN = re.compile(r"^( *(?:- +)*(?:-|[\w-]+:))[\u00a0\u2007\u202f\u3000]+")
_CURLY_WORD = re.compile(r"\{\{[^{}\n]*[“”‘’][^{}\n]*\}\}")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def fix_text(work: Work) -> None:
    """Fixes a list, or a page: its settings and the blanks and words in its text."""
    page = work.file.endswith(".md")
    begin, end = 0, len(work.lines)
    if page:
        bare = [(line or "").rstrip() for line in work.lines]
        begin, end = (1, bare.index("---", 1)) if bare[0] == "---" and "---" in bare[1:] else (0, 0)
    _fix_blanks(work, begin, end)
    for number, line in enumerate(work.lines[begin:end], begin):
        work.change(number, line and straight_settings(line), "curly quotation marks around a setting were made straight")
    if page:
        _fix_pasted(work, end + bool(end))  # a blank cell at the end of a row is a tab, so blanks are taken out afterwards
        for number, line in enumerate(work.lines[end:], end):
            if line is not None:
                bare_line = line.rstrip(BLANKS)  # two blanks at the end of a line of Markdown are a line break, so they stay
                line = line if bare_line and line[len(bare_line) :].startswith("  ") else bare_line
                work.change(number, line, "blanks that cannot be seen were taken out")
                straight = _CURLY_WORD.sub(lambda found: word if is_word(word := found[0].translate(_STRAIGHT)) else found[0], line)
                work.change(number, straight, "curly quotation marks inside the braces were made straight")
        kind: ContentType | None = kind_of_page(work.file.removeprefix("docs/"))
    elif work.file.startswith(f"{TABLES}/"):
        kind = TABLE
    else:
        kind = next((k for k in KINDS if not k.is_pages and (k.home == work.file or work.file.startswith(k.home.removesuffix(".yml") + "/"))), None)
    if kind:
        _fix_dates(work, kind, begin, end)
        if kind.sorted_by and not page:
            _sort(work, kind)


def _fix_pasted(work: Work, begin: int) -> None:
    """What is nearly Markdown, where it has one reading, in a page whose text begins at a line."""
    faults, fixed = faults_in("\n".join(line or "" for line in work.lines[begin:]))
    for at, line in enumerate(fixed):
        if line != work.lines[begin + at]:
            done = dict.fromkeys(fault.done for fault in faults if fault.line == at and fault.done)
            work.change(begin + at, line, "; ".join(done) or "it was put right with the lines above")


def _fix_blanks(work: Work, begin: int, end: int) -> None:
    """Blanks that cannot be seen or look like ordinary ones; all or none, should the settings then say something else."""
    fixed = [None if line is None else _ODD_AFTER_SIGN.sub(r"\1 ", _ODD_INDENT.sub(blanks_for, line)).rstrip(BLANKS) for line in work.lines[begin:end]]
    before, after = work.parsed(begin, end), parse_yaml("\n".join(line or "" for line in fixed), work.file, [])
    if before is None or (after is not None and _without_blanks(after.value) == _without_blanks(before.value)):
        for number, line in enumerate(fixed, begin):
            work.change(number, line, "blanks that cannot be seen were taken out or made ordinary")


def _without_blanks(value: Value) -> object:
    if isinstance(value, dict):
        return {name: _without_blanks(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_without_blanks(item) for item in value]
    return "".join((value or "").split())


def _fix_dates(work: Work, kind: ContentType, begin: int, end: int) -> None:
    document = work.parsed(begin, end)
    if document is None:
        return
    dates = {setting.name: setting.written.startswith("a date as far") for setting in settings_of(kind) if setting.written.startswith("a date")}
    entries = enumerate(document.value) if isinstance(document.value, list) else [(None, document.value)]
    for number, entry in entries:
        for name, partial in dates.items():
            value = entry.get(name) if isinstance(entry, dict) else None
            if isinstance(value, str):
                _fix_date(work, document.line((name,) if number is None else (number, name)) or 1, name, value, partial)


def _fix_date(work: Work, line: int, name: str, value: str, partial: bool) -> None:
    try:
        fixed = iso_date(value.strip(), partial)
    except Doubt as doubt:
        return work.doubt(line, doubt, name)
    head, colon, rest = (work.lines[line - 1] or "").partition(":")
    if fixed and rest.strip().strip("\"'") == value:
        work.change(line - 1, f"{head}{colon} {fixed}", f"{value} became {fixed}")
    return None


def _sort(work: Work, kind: ContentType) -> None:
    """Puts the entries of a list in the order its kind declares; comments above an entry move with it."""
    document = work.parsed()
    entries = document.value if document and isinstance(document.value, list) else []
    names = [str(entry.get(kind.sorted_by) or "") if isinstance(entry, dict) else "" for entry in entries]
    begins = [number for number, line in enumerate(work.lines) if line is not None and line.startswith("- ")]
    if not entries or not all(names) or len(begins) != len(entries):
        return
    first = begins[0]
    for place, begin in enumerate(begins[1:], 1):  # remarks at the top belong to the file
        while (work.lines[begin - 1] or "").startswith("#"):
            begin -= 1
        begins[place] = begin
    end = len(work.lines) - 1 if work.lines[-1] == "" else len(work.lines)
    blocks = [range(begin, following) for begin, following in zip(begins, [*begins[1:], end], strict=True)]
    words = [re.sub(r"[^a-z0-9]+", " ", name.lower()).strip() for name in names]
    order = sorted(range(len(blocks)), key=lambda place: words[place])
    if order != sorted(order):
        work.order = [*range(first), *(number for place in order for number in blocks[place]), *range(end, len(work.lines))]
        moved = names[next(place for place, was in enumerate(order) if place != was)]
        work.fixes.append(Fix(work.file, first + 1, f"the list was put in order by {kind.sorted_by}, A to Z (from {moved} on)"))
