"""What the numbers of a chart say, in one sentence: how far they rose or fell, since when they were not so high, or which is the largest share.

Owns: the sentences that the site makes, and whether an editor's own is true. A sentence rests on numbers that every reader can see: a hidden or
missing one is never called highest, lowest or a part of the whole, and nothing is compared with what was counted otherwise.
Never: calls a change good or bad, or knows how a chart is drawn.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from macros.content.arithmetic import HUNDRED, change, percentage, rounded, worked_out
from macros.content.editions import is_broken, why_no_change
from macros.content.suppression import TOTAL
from macros.models.cells import ColumnType, show
from macros.models.table import OwnFinding, Table, TableRow

FEW = 20  # of a smaller number nobody speaks in per cent: from 3 to 6 is "by 3"
_FRACTIONS = {"half": HUNDRED / 2, "a third": HUNDRED / 3, "two thirds": HUNDRED * 2 / 3, "a quarter": HUNDRED / 4, "a fifth": HUNDRED / 5}
_ABOUT, _EXACTLY = Decimal(1), Decimal("0.05")  # points of a hundred by which a change may miss a fraction that is said with "about", and without
_SEVERAL, _STEPS, _SHORT = 3, 2, 3  # so many numbers have a highest; so many years back is "since"; a shorter label may be a word of any sentence
_NOUNS = {"year": "years", "quarter": "quarters"}

# The words of an editor's own sentence that are held against the numbers, by what they say of them.
_CLAIMS: Mapping[str, str] = {
    "rose": r"rose|risen|grew|grown|increased|climbed|went up|higher|more|larger",
    "fell": r"fell|fallen|dropped|decreased|declined|shrank|went down|lower|fewer|less|smaller",
    "stayed": r"stayed|unchanged|the same|as many as",
    "highest": r"highest|largest|peak(?:ed)?|record|the most",
    "lowest": r"lowest|smallest|fewest|the least",
    "most": r"(?<!the )most|majority",
}
_OF_WHICH = {"highest": ("last", "to", "top", "most"), "lowest": ("last", "to", "bottom", "least"), "most": ("top", "share")}  # in braces, beside the claim
_AMOUNT = re.compile(
    r"\d(?:[\d,./]*\d)?|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twice|half|halved|double[ds]?|tripled?|thirds?|fifths?|tenths?)\b",
    re.IGNORECASE,
)
_HOLE, _BACKWARDS = re.compile(r"\{(\w*)\}"), re.compile(r"\bfrom \{(?:last|to)\}|\bto \{(?:first|from)\}")


@dataclass(frozen=True)
class Facts:
    """What can be said of one column: the site's own ``sentence``, the words for each name in braces, and which claims are ``true``."""

    sentence: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    true: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Point:
    """A number with its row and what both are called; ``number`` is nothing where there is none to see."""

    row: TableRow
    label: str
    number: Decimal | None
    shown: str


def finding(table: Table) -> str:
    """The sentence over a table's chart: the editor's own where it is true of these rows, else the site's; empty where no sentence is sure."""
    chart = table.about.chart
    if chart is None:
        return ""
    own = chart.finding
    if own and not list(faults(table, own)):
        words = _facts_for(table, own).words
        return _HOLE.sub(lambda hole: words[hole[1]], own.says)
    drawn = [name for name in chart.values if name not in {column.name for column in table.about.columns if column.comparator}]
    return facts(table, drawn[0]).sentence if drawn and chart.kind != "grouped bar" else ""


def faults(table: Table, own: OwnFinding) -> Iterator[tuple[str, str]]:
    """What is not true, or cannot be checked, in an editor's own sentence; and how to fix each."""
    column = own.of or _first(table)
    found, bare, holes = _facts_for(table, own), _HOLE.sub(" ", own.says), dict.fromkeys(_HOLE.findall(own.says))
    for hole in (hole for hole in holes if not found.words.get(hole)):
        known = ", ".join(f"{{{name}}}" for name, words in found.words.items() if words)
        yield f'The sentence asks for "{{{hole}}}", which these rows do not give.', f"They give: {known or 'nothing with a name'}."
    typed = [amount[0]] if (amount := _AMOUNT.search(bare)) else []
    labels = {point.label for point in _points(table, column) if len(point.label) > _SHORT}
    typed += [label for label in sorted(labels) if re.search(rf"(?<!\w){re.escape(label)}(?!\w)", bare)]
    for text in dict.fromkeys(typed):
        says = f'The sentence has "{text}" typed into it, which would stay when the numbers change.'
        yield says, "Write a name in braces in its place, such as {last}, {to}, {change} or {top}."
    if backwards := _BACKWARDS.search(own.says):
        yield f'"{backwards[0]}" is the wrong way round: {{from}} and {{first}} come before {{to}} and {{last}}.', "Change their places."
    claims = {claim: said[0] for claim, words in _CLAIMS.items() if (said := re.search(rf"\b(?:{words})\b", bare, re.IGNORECASE))}
    if not claims:
        yield "Nothing in this sentence can be checked.", "Say what the numbers did: rose, fell, stayed, more, fewer, highest, lowest, most."
    for claim, word in claims.items():
        if claim not in found.true or (claim in _OF_WHICH and not holes.keys() & set(_OF_WHICH[claim])):
            instead = f', or delete the lines of "finding": the site then writes: {found.sentence}' if found.sentence else ""
            yield f'The sentence says "{word}", which its numbers do not show.', f"Correct it{instead}."


def rest_of(table: Table) -> Decimal | None:
    """What is missing to the whole of a chart's shares; nothing where they make it up, or one of them cannot be seen."""
    numbers = [point.number for point in _points(table, _first(table))]
    known = [number for number in numbers if number is not None]
    rest = HUNDRED - sum(known, Decimal(0))
    return rest if len(known) == len(numbers) and rest > 0 else None


def _first(table: Table) -> str:
    return table.about.chart.values[0] if table.about.chart else ""


def _facts_for(table: Table, own: OwnFinding) -> Facts:
    of = own.of or _first(table)
    return _compared(_points(table, of), _points(table, own.than)) if own.than else facts(table, of)


def facts(table: Table, column: str) -> Facts:
    """What can be said of a column of a table with a chart, over time where its rows follow one another in it."""
    points = _points(table, column)
    if _follows_in_time(table):
        return _over_time(table, column, points)
    return Facts() if table.about.time else _among(table, column, points)


def _follows_in_time(table: Table) -> bool:
    """Whether each row comes after the one above: as a year, quarter or date names it, or as a change on the row before is asked for."""
    about = table.about
    if about.time:
        return about.key == (about.time,)
    return not about.sort and not about.group_by and any(computed.change_in for computed in about.computed)


def _points(table: Table, column: str) -> list[_Point]:
    """The numbers of a column as anybody may see them, the earliest first where time names the rows."""
    label = table.about.chart.label if table.about.chart else table.about.row_header
    computed = next((one for one in table.about.computed if one.name == column), None)
    values = [None if v is None else rounded(v, computed.decimals) for v in worked_out(table, computed)] if computed else []
    points = []
    for place, row in enumerate(table.rows):
        number = values[place] if computed else row.number(column)
        shown = show(number, computed.shown_as) if computed else row.cells[column].shown
        points.append(_Point(row, row.cells[label].shown if label in row.cells else table.key_of(row), number, shown))
    if not table.about.time:
        return points
    dated = [(when.first, point) for point in points if (when := table.when(point.row))]  # what has no time has no place in a line of it
    return [point for _, point in sorted(dated, key=lambda pair: pair[0])]


def _over_time(table: Table, column: str, points: Sequence[_Point]) -> Facts:
    """From the first number to the last since something began to be counted differently."""
    begins = max((place for place, (above, here) in enumerate(pairwise(points), 1) if is_broken(table, column, above.row, here.row)), default=0)
    stretch = points[begins:]
    known = [(point, point.number) for point in stretch if point.number is not None]
    if len(known) < _STEPS:
        return Facts()
    (first, was), (last, now) = known[0], known[-1]
    at = table.about.column(table.about.time).type if table.about.time else "text"
    record, since = _record(table, column, stretch)
    words = {"first": first.shown, "last": last.shown, "from": first.label, "to": last.label, "since": since}
    words["change"] = "" if was == now else _amount(was, now, _type(table, column))
    whens = [when.first.year for point in (first, last) if (when := table.when(point.row))]
    words["years"] = str(whens[1] - whens[0]) if at == "year" and whens[1] - whens[0] > 1 else ""
    stayed = len(known) == len(stretch) and len({number for _, number in known}) == 1
    true = {"rose" if now > was else "fell" if now < was else "", "stayed" if stayed else "", record}
    before, by_then = _dated(first.label, last.label, at)
    subject = {one.name: one.title for one in table.about.computed}.get(column) or table.about.column(column).title
    if stayed:
        sentence = f"{subject} stayed at {last.shown} from {first.label} to {last.label}"
    elif was == now:
        sentence = f"{subject} came to {last.shown} {by_then}, the same as {before or 'at first'}"
    else:
        sentence = f"{subject} {'rose' if now > was else 'fell'} by {words['change']}, from {first.shown} {before} to {last.shown} {by_then}"
        among = f"since {since}" if since else f"of the {len(stretch)} {_NOUNS.get(at, 'numbers')} given"
        sentence += f", the {record} {among}" if record else ""
    return Facts(" ".join(sentence.split()), words, frozenset(true - {""}))


def _dated(before: str, after: str, kind: str) -> tuple[str, str]:
    """When each of two numbers was, in a sentence; nothing where a label explains itself in brackets, as the drawing does."""
    if kind == "text":
        return ("", "") if "(" in before + after else (f"({before})", f"({after})")
    word = "on" if kind == "date" else "in"
    return f"{word} {before}", f"{word} {after}"


def _record(table: Table, column: str, stretch: Sequence[_Point]) -> tuple[str, str]:
    """Whether the last number is the highest or lowest of all, or since when; neither where one that is missing could be it."""
    *earlier, last = [point.number for point in stretch]
    numbers = [number for number in earlier if number is not None]
    if last is None or len(stretch) < _SEVERAL or not numbers:
        return "", ""
    if len(numbers) == len(earlier):
        for claim, is_record in (("highest", last > max(numbers)), ("lowest", last < min(numbers))):
            if is_record:
                return claim, ""
    claim = "highest" if last > numbers[-1] else "lowest" if last < numbers[-1] else ""
    for back, (above, here) in enumerate(pairwise(reversed(stretch)), 1):
        if here.number is None or why_no_change(table, column, here.row, above.row):
            break
        if (claim == "highest" and here.number >= last) or (claim == "lowest" and here.number <= last):
            return (claim, here.label) if back > _STEPS else ("", "")
    return "", ""


def _amount(was: Decimal, now: Decimal, kind: ColumnType) -> str:
    """How far it is from one number to the other: in percentage points, as a fraction or per cent, or as it is where numbers are small."""
    apart = abs(now - was)
    if kind == "percentage":
        return f"{show(apart, 'decimal')} percentage point{'s' if apart != 1 else ''}"
    share = abs(change(was, now) or Decimal(0))
    if min(was, now) < FEW or rounded(share, 0) == 0:
        return show(apart, kind)
    for fraction, exact in _FRACTIONS.items():
        if abs(share - exact) <= _ABOUT:
            return fraction if abs(share - exact) <= _EXACTLY else f"about {fraction}"
    return show(rounded(share, 0), "percentage")


def _among(table: Table, column: str, points: Sequence[_Point]) -> Facts:
    """The largest and the smallest of rows that do not follow one another, and its share where they make up a whole."""
    about, known = table.about, [(point, point.number) for point in points if point.number is not None]
    if len(known) < _STEPS:
        return Facts()
    whole = len(known) == len(points) and min(number for _, number in known) >= 0
    most, least = max(number for _, number in known), min(number for _, number in known)
    tops, bottoms = ([point for point, number in known if number == of] for of in (most, least))
    words = {"most": tops[0].shown, "least": bottoms[0].shown}
    words |= {name: ends[0].label for name, ends in (("top", tops), ("bottom", bottoms)) if len(ends) == 1}
    true = {"highest", "lowest"} if len(known) == len(points) else set()
    if about.chart and about.chart.nested and whole:
        (first, all_), (last, reached) = known[0], known[-1]
        words = {"first": first.shown, "last": last.shown, "from": first.label, "to": last.label, "share": _share(reached, all_)}
        return Facts(f"{last.shown} of {first.shown} came as far as the last step: {last.label}", words, frozenset())
    if most == least:
        return Facts(f"{'All' if whole else 'All that are given'} are the same: {tops[0].shown}", words, frozenset({"stayed"} if whole else ()))
    summed = column in (about.total.columns if about.total else ()) or any(one.share_of == column for one in about.computed)
    total = sum((number for _, number in known), Decimal(0))
    kind = _type(table, column)
    if summed and whole and len(tops) == 1 and (TOTAL, column) not in table.hidden:
        words |= {"total": show(total, kind), "share": _share(most, total)}
        true |= {"most"} if most * 2 > total else set()
        unit = "" if kind == "money" else f" {about.column(column).unit or ''}".rstrip()
        part = f" ({words['share']})" if words["share"] else ""
        return Facts(f"{tops[0].label} accounted for {tops[0].shown} of {words['total']}{unit}{part}", words, frozenset(true))
    if about.chart and about.chart.rest and whole and len(tops) == 1 and rest_of(table):
        true |= {"most"} if most * 2 > HUNDRED else set()
        return Facts(f"{tops[0].label} accounted for {tops[0].shown}", words, frozenset(true))
    of_those = "" if len(known) == len(points) else "of those with a number, "
    ends = [f"{claim}: {_named(names, len(known))}" for claim, names in (("highest", tops), ("lowest", bottoms))]
    sentence = of_those + "; ".join(ends)
    return Facts(sentence[:1].upper() + sentence[1:], words, frozenset(true))


def _named(points: Sequence[_Point], of: int) -> str:
    """Rows that share a place, by name with their number; or their number, and how many of all rows have it, where they are many."""
    names, shown = [point.label for point in points], points[0].shown
    return f"{shown} ({len(names)} of {of} rows)" if len(names) > _SEVERAL else f"{' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))} ({shown})"


def _share(part: Decimal, whole: Decimal) -> str:
    """A part of a whole in whole per cent; nothing where rounding would say none of it, or all."""
    found = rounded(percentage(part, whole) or Decimal(0), 0)
    return show(found, "percentage") if 0 < found < HUNDRED else ""


def _compared(points: Sequence[_Point], others: Sequence[_Point]) -> Facts:
    """Whether one column is above or below another in every row."""
    pairs = [(one.number, other.number) for one, other in zip(points, others, strict=True)]
    known = [(one, other) for one, other in pairs if one is not None and other is not None]
    if not known or len(known) < len(pairs):
        return Facts()
    true = {"rose": all(a > b for a, b in known), "fell": all(a < b for a, b in known), "stayed": all(a == b for a, b in known)}
    return Facts(true=frozenset(claim for claim, holds in true.items() if holds))


def _type(table: Table, column: str) -> ColumnType:
    computed = next((one for one in table.about.computed if one.name == column), None)
    return computed.shown_as if computed else table.about.column(column).type
