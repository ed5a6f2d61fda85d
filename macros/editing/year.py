"""What a new annual report asks for, begun and kept: its source and publication, the editions of its rows, and the list of what is left.

Owns: writing what is certain. Never: says what a report holds: TO WRITE stands where somebody must look.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from macros.content.catalogue import Catalogue, is_own
from macros.content.editions import last_day, span, time_of
from macros.content.generated import reported_years
from macros.content.periods import period_of
from macros.content.year_work import ASKS, NOT_THERE, others, undone
from macros.editing import Refused
from macros.editing.templates import yaml_text
from macros.models.base import year as year_of
from macros.models.documents import YearWork
from macros.models.periods import Period, point
from macros.models.table import FROM_THE_ROWS, Table

_LIST = "data/year_work.yml"
_HEAD = f"""# What is left to do for a new annual report. The command python -m macros year 2023/24 writes it, and takes out what is done when it is given again.
# Do what a line asks for in its own file. Where there is nothing to do, say so after its colon, such as: {NOT_THERE}
"""


class CannotBegin(Refused):
    """Why the work on a report cannot be begun, said to the person who asked for it."""


def begin(catalogue: Catalogue, year: str) -> tuple[str, dict[str, str]]:
    """The id of the annual report of a year such as 2023/24, and the files that change, by path with their new text.

    These are the lists of documents where it is not in them, tables with rows of the year that no edition names, and absences looked for in it.

    Raises:
        CannotBegin: it is no year from April to March, or no annual report of the partnership came before it.
    """
    try:
        about = point(year_of(year), "year")
    except ValueError as fault:
        raise CannotBegin(f"{year} {fault}.") from None
    before = next((one.source for one in catalogue.ask(reported_years) if one.period.last < about.first), None)
    if not about.year or before is None:
        raise CannotBegin(f"{year} is no year from April to March, such as 2023/24, with an annual report before it.")
    alike = (s for s in catalogue.all("source") if (s.kind, s.publisher) == (before.kind, before.publisher) and period_of(s.period or "") == about)
    found = next(alike, None)
    report = found.id if found else f"annual-report-{year.replace('/', '-')}"
    files = {} if found else _document(catalogue, report, before, about)
    for table in catalogue.tables.values():
        if is_own(catalogue, table.about.area) and not table.about.derived and (text := _with_edition(catalogue, table, report, about)):
            files[f"data/tables/{table.id}.yml"] = text
    begun = [work for work in catalogue.all("year-work") if work.report == report]
    if looked := {key.removeprefix("absence ") for work in begun for key, answer in work.answers.items() if key.startswith("absence ") and answer}:
        files |= _looked_through(catalogue, looked, report)
    return report, files


def work_list(catalogue: Catalogue, report: str, today: date) -> dict[str, str]:
    """The list of work with what is left for a report, and the answers that were given."""
    before = {work.report: work for work in catalogue.all("year-work")}
    name = (period_of(catalogue.get("source", report).period or "") or Period(today, today)).financial_year.replace("/", "-")
    works = before | {report: before.get(report) or YearWork(id=name, report=report, begun_on=today, answers={})}
    return {_LIST: _HEAD + "\n".join("\n".join(_entry(catalogue, work)) + "\n" for work in works.values())}


def _entry(catalogue: Catalogue, work: YearWork) -> Iterator[str]:
    yield from (f"- id: {work.id}", f"  report: {work.report}", f"  begun_on: {work.begun_on}", "  answers:")
    items = undone(catalogue, work)
    for kind, found in groupby(items, key=lambda item: item.kind):
        yield f"    # {ASKS[kind][1]}"
        all_others = others(kind)
        for key, more in (*((item.key, item.more) for item in found), *([(all_others, "")] if all_others else [])):
            yield from [f"    # {more}:"] if more else []
            yield f"    {key}:{' ' + yaml_text(answer) if (answer := work.answers.get(key)) else ''}"


def _document(catalogue: Catalogue, report: str, before: Any, about: Period) -> dict[str, str]:
    """The lists of sources and publications with the new report at their end."""
    same = {"id": report, "title": f"Annual report {about.year}", "kind": before.kind, "publisher": before.publisher or "", "period": about.in_words}
    holds = {"holds": "TO WRITE: what is in it, in one or two sentences"}
    published = {"published": "TO WRITE: when it was published; or these words: date not given", "source": report, "place": "The whole document"}
    return {
        file: catalogue.texts[file].removesuffix("[]\n").rstrip()
        + "\n\n- "
        + "\n  ".join(f"{name}: {yaml_text(value)}" for name, value in entry.items() if value)
        + "\n"
        for file, entry in (("data/sources.yml", same | holds), ("data/publications.yml", same | holds | published))
    }


def _with_edition(catalogue: Catalogue, table: Table, report: str, about: Period) -> str:
    """A description in which the rows that no other document can have printed are the report's; nothing where there are none.

    What was said with one document at hand, its place, notes and period, is from now on said of its own rows.
    """
    timed = [(when, row) for row in table.rows if (when := time_of(table, row)) and when.first < when.last]  # a day may have been ahead when it was printed
    new = [(when, row) for when, row in timed if when.last <= about.last and all(last_day(catalogue, e.source) < when.first for e in table.editions_of(row))]
    old = [row for when, row in timed if new and when.last < new[0][0].first]
    if not old:
        return ""
    place = catalogue.places["table", table.id]
    lines = catalogue.texts[place.document.file].split("\n")
    mine = [f"  - source: {report}", '    place: "TO WRITE: where in the report"']
    if table.about.time:
        first, last, until = (row.cells[table.about.time].text for row in (new[0][1], new[-1][1], old[-1]))
        mine, theirs = [*mine, f"    from: {first}", f"    to: {last}"], f"to: {until}"
    else:  # texts that name a time have no first and last
        mine, theirs = [*mine, f"    rows: [{', '.join(yaml_text(table.key_of(row)) for _, row in new)}]"], "rows: all others"
    if table.about.editions:
        at = place.line("editions") or 0
        for number, edition in reversed(list(enumerate(table.about.editions))):
            if not edition.rows and edition.to is None:
                lines.insert(place.line("editions", number, "source") or at, f"    {theirs}")
        indent = len(lines[at]) - len(lines[at].lstrip()) - 2
        lines[at:at] = [" " * indent + line if indent >= 0 else line[-indent:] for line in mine]
        return "\n".join(lines)
    block = {name: _block(lines, place.line(name) or 0) for name in ("source", "place", "notes", "period") if place.line(name) != place.line()}
    said = block["source"] + block["place"] + [theirs] + block.get("notes", [])
    moves = table.about.time and period_of(table.about.period) is not None and not any("from the rows" in line for line in block["period"])
    if moves and span(table.about, old) != table.about.period:
        said += block["period"]
    editions = ["editions:", *(f"    {line}" if number else f"  - {line}" for number, line in enumerate(said)), *mine]
    kept = "\n".join(lines)
    for name in ("notes", "place", *(["period"] if moves else [])):
        kept = kept.replace("\n".join(block[name]) + "\n", f"period: {FROM_THE_ROWS}\n" if name == "period" else "", 1) if name in block else kept
    return kept.replace("\n".join(block["source"]), "\n".join(editions), 1)


def _block(lines: list[str], line: int) -> list[str]:
    """The lines of a setting at the left edge, from its own to the next setting's."""
    following = next((at for at in range(line, len(lines)) if re.match(r"[a-z_]+:|#|\Z", lines[at])), len(lines))
    return lines[line - 1 : following]


def _looked_through(catalogue: Catalogue, looked: Collection[str], report: str) -> dict[str, str]:
    """The absences with the report among the documents in which each of these was looked for."""
    files: dict[str, list[str]] = {}
    for name in looked:
        if (absence := catalogue.get("absence", name)) and report not in absence.documents:
            place = catalogue.places["absence", name]
            lines = files.setdefault(place.document.file, catalogue.texts[place.document.file].split("\n"))
            at = (place.line("documents") or 1) - 1
            old = absence.documents[-1]
            at = next(n for n in range(at, len(lines)) if old in lines[n])  # on one line in brackets, or one a line after dashes
            lines[at] = lines[at].replace("]", f", {report}]") if "]" in lines[at] else f"{lines[at]}\n{lines[at].replace(old, report)}"
    return {file: "\n".join(lines) for file, lines in files.items()}
