"""The words an editor may write in a page, what each takes and what each shows.

Owns: the vocabulary. The check reads it to tell a wrong word; mkdocs-macros calls what stands in its place.
Never: answers one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Argument:
    """One argument. ``names`` is what it must name: a content type, or table, row, column, kind, chart, plan, day."""

    name: str
    names: str
    optional: bool = False


@dataclass(frozen=True)
class Word:
    """A word: its arguments in order, whether it stands on a line of its own, and what it shows."""

    name: str
    arguments: tuple[Argument, ...]
    block: bool
    shows: str
    example: str


_THEME = Argument("theme", "theme", optional=True)
_AS_AT = Argument("as_at", "day", optional=True)  # what was there, or was known, on that day
WORDS: Mapping[str, Word] = {
    word.name: word
    for word in (
        Word("table", (Argument("id", "table"),), True, "A table with its caption, notes, period and source.", '{{ table("website-views") }}'),
        Word("chart", (Argument("id", "chart"),), True, "A table drawn as a chart, with the table under it.", '{{ chart("consultations") }}'),
        Word("finding", (Argument("id", "chart"),), False, "What a chart shows, as its own sentence says.", '{{ finding("consultations") }}'),
        Word(
            "value",
            (Argument("table", "table"), Argument("row", "row"), Argument("column", "column")),
            False,
            "One cell, in a sentence.",
            '{{ value("consultations", "2020/21", "referrals") }}',
        ),
        Word("figure", (Argument("id", "figure"),), False, "One number of the figures list, in a sentence.", '{{ figure("website-visitors-2022-23") }}'),
        Word("source", (Argument("id", "source"),), False, "A document's name, linked to what it holds.", '{{ source("annual-report-2022-23") }}'),
        Word(
            "listing",
            (Argument("plural", "plural"), _THEME, Argument("kind", "text", True), Argument("year", "text", True), Argument("audience", "text", True), _AS_AT),
            True,
            'A list of records, newest first where they have dates; with as_at="2021-03-31", those that were there on that day.',
            '{{ listing("reviews", theme="neglect") }}',
        ),
        Word("coming", (), True, "Every event and session that is still to come; where there is none, it says so.", "{{ coming() }}"),
        Word("timetable", (Argument("event", "event"),), True, "An event's sessions under their themed days.", '{{ timetable("learning-week-2023") }}'),
        Word(
            "measures",
            (Argument("priority", "priority"), _AS_AT),
            True,
            "A priority's success measures and whether they were met.",
            '{{ measures("neglect") }}',
        ),
        Word("actions", (Argument("plan", "plan"), _AS_AT), True, "The actions of a plan, with owner, date and status.", '{{ actions("jtai-2022") }}'),
        Word("groups", (Argument("period", "text", True), _AS_AT), True, "The partnership's groups with their duties.", '{{ groups("2019") }}'),
        Word("structure", (Argument("period", "text", True),), True, "Who reports to whom, drawn from the groups.", '{{ structure("2019") }}'),
        Word("priority_years", (), True, "The priorities by year, those of the newest year first.", "{{ priority_years() }}"),
        Word("glossary", (), True, "Every term with its meaning.", "{{ glossary() }}"),
        Word("contact", (Argument("id", "contact"),), True, "A contact as a card.", '{{ contact("childline") }}'),
        Word("contacts", (), True, "Every contact as cards, urgent ones first.", "{{ contacts() }}"),
        Word("calls", (), True, "Whom to ring in danger, by day, by night and as a child: large numbers to press.", "{{ calls() }}"),
        Word("look", (), True, "The colours, letters, drawings and signs of this website, in every state.", "{{ look() }}"),
        Word("phone", (Argument("id", "contact"),), False, "A number to tap, in a sentence.", '{{ phone("childline") }}'),
        Word("answer", (Argument("id", "question"),), False, "What the partnership answers, or that it is to be confirmed.", '{{ answer("data-controller") }}'),
        Word("not_found", (Argument("id", "absence"),), False, "That something was looked for in documents and not found.", '{{ not_found("amounts-paid") }}'),
        Word("document_count", (), False, "How many documents this website rests on, as a word.", "{{ document_count() }}"),
        Word("documents_end", (), False, "The month in which the newest of them ends.", "{{ documents_end() }}"),
        Word("newest_report", (), False, "The newest annual report, linked to what it holds.", "{{ newest_report() }}"),
        Word("questions", (), True, "What only the partnership can say, and what it has answered.", "{{ questions() }}"),
        Word("timeline", (), True, "The partnership's dated events, drawn in lanes and in order.", "{{ timeline() }}"),
        Word("duties", (), True, "What a partnership must publish, with the evidence.", "{{ duties() }}"),
        Word("scorecard", (), True, "The newest number of each series and the one before.", "{{ scorecard() }}"),
        Word("open_data", (), True, "Every table and list of records as files to download.", "{{ open_data() }}"),
        Word("feeds", (), True, "The feeds of what is new.", "{{ feeds() }}"),
        Word("calendars", (), True, "The calendars to keep or follow.", "{{ calendars() }}"),
        Word("freshness", (), True, "Every page, contact and table with its owner and its day for review.", "{{ freshness() }}"),
        Word("changes", (), True, "What was added, changed, corrected or withdrawn on this site, day by day.", "{{ changes() }}"),
        Word("ways_in", (), True, "Links that begin a new entry on GitHub.", "{{ ways_in() }}"),
        Word("finder", (), True, "Everything to learn from, with filters.", "{{ finder() }}"),
    )
}


def given(word: str, arguments: Iterable[str], named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A word's arguments by their names, whether or not a page writes these."""
    return dict(zip((argument.name for argument in WORDS[word].arguments), arguments, strict=False)) | dict(named)
