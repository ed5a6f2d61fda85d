"""What a new annual report asks for: tables, actions, measures, pages … that rest on the reports before it, until each is done or answered.

Owns: what is on that list and when a thing on it is done; whatever can be seen in the content itself is seen there. Never: writes a file, or takes
silence for an answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.content.catalogue import Catalogue, PageEntry, is_own
from macros.content.editions import last_day
from macros.content.generated import reported_years
from macros.content.periods import period_of
from macros.content.standing import headlines, is_over, known, not_looked_in
from macros.models import CONTENT_TYPES
from macros.models.documents import YearWork
from macros.models.words import given

NOT_THERE, OTHERS = "not in the document", "other"
# What is asked of each kind of thing. For some, one answer may settle all that are left: "other tables: not in the document".
ASKS: Mapping[str, tuple[str, str]] = {
    "table": ("tables", "Add the report's rows with their edition"),
    "period": ("periods", "See whether the table's `period:` still holds, which ends before the report begins"),
    "action": ("actions", "Add a line of `history:` in data/actions.yml"),
    "measure": ("measures", "Add one of `results:` in data/measures.yml"),
    "priority": ("priorities", "Add one of `spans:` on its page"),
    "role": ("roles", "Add who holds it now, and `until:` or `replaced_by:` here, in data/roles.yml"),
    "figure": ("figures", "Add the report's number in data/figures.yml with the same `series:`, and a headline too"),
    "list": ("lists", "Add what the report tells of"),
    "absence": ("absences", "Look in the report. Write `not in the document` here, or `found_in:` in data/absences.yml"),
    "page": ("pages", "Read it against the report, and name that among its `sources:` or say when it was `reviewed:`"),
}
_EACH_ALONE = ("period", "absence", "page")  # nobody can answer these without having looked at each
_DATED = ("news",)  # pages that tell of a day gone by


@dataclass(frozen=True)
class Item:
    """One thing that is asked for; ``more`` is what is particular about it."""

    kind: str
    name: str
    more: str = ""

    @property
    def key(self) -> str:
        """Its line in data/year_work.yml, without the colon."""
        return f"{self.kind} {self.name}"


def others(kind: str) -> str:
    """The line that answers for all things of a kind that are left; nothing where each must be looked at."""
    return "" if kind in _EACH_ALONE else f"{OTHERS} {ASKS[kind][0]}"


def left(catalogue: Catalogue, work: YearWork) -> list[Item]:
    """What is neither done nor answered. An absence is answered where it is kept: there it names the documents in which somebody has looked."""
    answered = {key for key, answer in work.answers.items() if answer}
    return [item for item in undone(catalogue, work) if item.kind == "absence" or answered.isdisjoint((item.key, others(item.kind)))]


def undone(catalogue: Catalogue, work: YearWork) -> list[Item]:
    """Everything that a report asks for and that the content does not yet show as done, in the order of ``ASKS``; as at the report's own last day."""
    ends = last_day(catalogue, work.report)
    before = [one for one in catalogue.ask(reported_years) if one.period.last < ends]
    if not before:
        return []
    return [*_lists(catalogue, work, [one.source.id for one in before], before[0].year), *_pages(catalogue, work, {one.source.id for one in before})]


def _lists(catalogue: Catalogue, work: YearWork, older: list[str], year_before: str) -> Iterator[Item]:
    report, ends, newest = work.report, last_day(catalogue, work.report), older[0]
    about = period_of(catalogue.get("source", report).period or "")
    for table in catalogue.tables.values():
        documents = {edition.source for edition in table.editions}
        rests = documents.intersection(older if table.about.time else [newest])
        if rests and not table.about.derived and is_own(catalogue, table.about.area) and report not in {*documents, *(r.source for r in table.about.revisions)}:
            yield Item("table", table.id)

    for table in catalogue.tables.values():
        ends_early = about and (period := period_of(table.about.period)) and period.last < about.first
        if ends_early and any(edition.source == report and not edition.period for edition in table.editions):
            yield Item("period", table.id, table.about.period)

    def waits(said: Any) -> bool:
        return bool(said) and report not in {one.source for one in said}

    for action in catalogue.all("action"):
        said = known(catalogue, action.history, ends)
        if waits(said) and next((one.status for one in reversed(said) if one.status), "") != "done":
            yield Item("action", action.id)
    years = {p.id: {year for span in known(catalogue, p.spans, ends) for year in span.years} for p in catalogue.all("priority")}
    for measure in catalogue.all("measure"):
        if waits(known(catalogue, measure.results, ends)) and about and about.year in years.get(measure.priority, ()):
            yield Item("measure", measure.id)
    for priority in catalogue.all("priority"):
        if waits(known(catalogue, priority.spans, ends)) and max(years[priority.id]) >= year_before:
            yield Item("priority", priority.id)
    for role in catalogue.all("role"):
        if role.source in older and not (role.until or role.replaced_by or is_over(catalogue, "role", role, ends)):
            yield Item("role", role.id)
    for figure in headlines(catalogue):
        if figure.source in older:
            yield Item("figure", figure.id)
    for kind in CONTENT_TYPES:
        named = [getattr(record, "sources", None) or (getattr(record, "source", None),) for record in catalogue.all(kind.name)]
        if (not kind.is_pages or kind.newest_first) and any(newest in names for names in named) and not any(report in names for names in named):
            yield Item("list", kind.plural)
    for absence in catalogue.all("absence"):
        if not absence.found_in and report in {source.id for source in not_looked_in(catalogue, absence)}:
            yield Item("absence", absence.id, absence.looked_for)


def _pages(catalogue: Catalogue, work: YearWork, older: set[str]) -> list[Item]:
    """The pages that rest on the reports before it, those first that write a number beside which a newer one stands."""
    found: list[tuple[bool, str, Item]] = []
    for page in catalogue.pages.values():
        newer = any(one.source.id in page.meta.sources for one in catalogue.ask(reported_years) if one.source.id not in older)
        if page.is_for_editors or page.kind.name in _DATED or newer or page.meta.last_found_right >= work.begun_on:
            continue
        pinned = sorted(set(_outdated(catalogue, page, work.report)))
        if pinned or older.intersection(page.meta.sources):
            lines = f"it has newer or corrected numbers for line {', '.join(map(str, pinned))}" if pinned else ""
            found.append((not pinned, page.path, Item("page", page.path, lines)))
    return [item for *_, item in sorted(found, key=lambda one: one[:2])]


def _outdated(catalogue: Catalogue, page: PageEntry, report: str) -> Iterator[int]:
    """The lines on which a page shows the report's rows, a number that it corrected, or one of a row where it printed a later row of that table."""
    for call in page.calls:
        names = given(call.name, call.arguments, call.named) if call.name in ("value", "table", "chart") else {}
        table = catalogue.tables.get(names.get("table", names.get("id", "")))
        if table is None:
            continue
        row = table.row(names.get("row", ""))  # the words around the latest may be of the year before
        if call.name != "value" or names["row"] in ("latest", "previous"):
            shown = [row] if row else table.rows
        else:
            shown = [other for other in table.rows if row and (when := table.when(row)) and (since := table.when(other)) and since > when]
        corrected = any(one.source == report and (row is None or one.row == table.key_of(row)) for one in table.about.revisions)
        if corrected or any(edition.source == report for one in shown for edition in table.editions_of(one)):
            yield call.line
