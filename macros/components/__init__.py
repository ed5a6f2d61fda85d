"""Answers to HTML: every piece of a page that data makes.

Owns: the templates in ``overrides/components/`` and what each is given. Everything is escaped by the template engine. Links begin with
"/" and are made relative to the page by ``website``. Never: reads content files or the clock, or decides what belongs where (``views`` do).
"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from macros.components.charts import draw
from macros.content.catalogue import Catalogue, PageEntry, address_of_page, neighbour, partnership
from macros.content.editions import last_day
from macros.content.findings import finding
from macros.content.generated import MOST_LISTED, ListedYear, listed_years, reported_years
from macros.content.standing import is_over, known, replacing, standing
from macros.content.suppression import HIDDEN
from macros.models import BY_NAME, BY_PLURAL, open_data
from macros.models.base import day, in_words
from macros.models.table import Table
from macros.views import changes, dates, duties, measures, overviews, pages, records, scorecard, tables
from macros.views.freshness import SOON, everything_due
from macros.views.reports.actions import actions_of
from macros.views.reports.parts import abbreviations_in
from macros.views.ways_in import ways_in

TEMPLATES = Path(__file__).resolve().parents[2] / "overrides" / "components"
NEWEST = 20  # entries that stand above the years of a long list
WORDS_A_MINUTE = 200  # a usual figure for reading silently with care
_LETTERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")  # small numbers as a sentence writes them
DOORS = ("children", "parents", "professionals")  # audiences with a door on the home page, a colour and a drawing of their own
REPORTS_ON = ("publications/index.md", "publications/annual-reports.md")  # pages that end with the list of reports


class Translated(FileSystemBytecodeCache):
    """One engine's templates as Python has translated them: beside its translations of this folder, and for as long as this process runs."""

    def __init__(self, engine: str) -> None:
        super().__init__(str(Path(__file__).parent / "__pycache__"), f"{engine}-%s.template")
        self._jinja, self._kept = version("jinja2"), dict[str, bytes]()
        self.used: set[str] = set()  # keys of all that was asked for

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - a copy of the project elsewhere has the same templates
        return super().get_cache_key(name)

    def load_bytecode(self, bucket: Bucket) -> None:  # the bucket refuses what is not of its text, and now what is of another Jinja or other settings
        self.used.add(bucket.key)
        engine = bucket.environment
        bucket.checksum += repr((self._jinja, engine.trim_blocks, engine.lstrip_blocks, bool(engine.autoescape), sorted(engine.extensions)))
        if kept := self._kept.get(bucket.key):
            bucket.bytecode_from_string(kept)
        else:
            with suppress(Exception):  # a file that is cut off or spoilt raises errors of any kind
                super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


_TRANSLATED = Translated("components")


class Components:
    """The pieces of pages for one catalogue. Each method returns finished, escaped HTML."""

    def __init__(self, catalogue: Catalogue, repository: str = "") -> None:
        self.catalogue, self.ask = catalogue, catalogue.ask
        self.repository = repository  # its address, for links that begin a change
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, bytecode_cache=_TRANSLATED
        )
        self._templates.filters["capitalize"] = lambda text: text[:1].upper() + text[1:]  # Jinja's own makes the other letters small
        calendar_of = partial(catalogue.ask, dates.calendar_of)
        self._templates.globals.update(
            catalogue=catalogue,
            in_words=in_words,
            addresses=open_data,
            most=MOST_LISTED,
            calendar_of=calendar_of,
            anchor_of=self._anchor,
            own_changes=self._own_changes,
            neighbour=partial(neighbour, catalogue),
            origins_of=partial(tables.origins, catalogue),
            notes_of=partial(tables.notes, catalogue),
            marks_of=partial(tables.marks, catalogue),
        )
        for question in (known, is_over, replacing, records.took_place_of):
            self._templates.globals[question.__name__] = partial(catalogue.ask, question)
        self._used: dict[str, int] = {}
        self._rows_of: dict[str, tuple[Table, Markup, bool, int]] = {}

    def render(self, template: str, **names: Any) -> Markup:
        """The template of a piece with all that it needs to be given."""
        return Markup(self._templates.get_template(template).render(**names))  # noqa: S704  (the template engine has escaped it)

    def start_page(self) -> None:
        """Ids are counted from one on each page."""
        self._used = {}

    def _anchor(self, name: str) -> str:
        """An id that no other piece of the page has: the second table of one name gets a number."""
        self._used[name] = self._used.get(name, 0) + 1
        return name if self._used[name] == 1 else f"{name}-{self._used[name]}"

    # What the words of a page show: each method is a word that editors write. ``models.words`` says what it takes and shows.

    def table(self, name: str) -> Markup:
        return self._table(self.catalogue.tables[name])

    def _table(self, table: Table, on_own_page: bool = False, named_by: str = "") -> Markup:
        """The table, with a caption unless what has the id ``named_by`` is its name."""
        names = {"anchor": self._anchor(f"table-{table.id}"), "on_own_page": on_own_page, "named_by": named_by}
        _, rows, stacks, left_out = self._rows(table)
        return self.render("table.html", rows=rows, stacks=stacks, left_out=left_out, table=table, about=table.about, **names)

    def _rows(self, table: Table) -> tuple[Table, Markup, bool, int]:
        """The rows of a table, made once for all pages that show it; whether a phone stacks their cells, and how many rows are left out."""
        made = self._rows_of.get(table.id)
        if made is None or made[0] is not table:  # a report shows fewer rows under the same name
            arranged = tables.beginning(tables.arrange(table))
            stacks = arranged.stacks
            made = self._rows_of[table.id] = table, self.render("table_rows.html", arranged=arranged, stacks=stacks), stacks, arranged.left_out
        return made

    def chart(self, name: str) -> Markup:
        return self._chart(self.catalogue.tables[name])

    def _chart(self, table: Table, on_own_page: bool = False) -> Markup:
        anchor = self._anchor(f"chart-{table.id}")
        drawing, numbers = draw(tables.arrange(table), self.catalogue.all("town")), self._table(table, on_own_page=True, named_by=f"{anchor}-name")
        return self.render("chart.html", table=table, about=table.about, drawing=drawing, anchor=anchor, numbers=numbers, on_own_page=on_own_page)

    def as_printed(self, table: Table) -> Markup:
        """A table that holds only what some documents printed, drawn where it can be."""
        return self._chart(table) if table.about.chart else self._table(table)

    def finding(self, name: str) -> Markup:
        table = self.catalogue.tables[name]
        return self.render("number.html", shown=finding(table) or table.about.title, address=f"/performance/{name}/")

    def value(self, table: str, row: str, column: str) -> Markup:
        cell = tables.cell(self.catalogue, table, row, column)
        shown = "a number hidden to protect people" if cell is HIDDEN else cell.shown or "not stated in the source"
        return self.render("number.html", shown=shown, address=f"/performance/{table}/")

    def figure(self, name: str) -> Markup:
        return self.render("number.html", shown=self.catalogue.get("figure", name).shown, address=f"/performance/figures/#figure-{name}")

    def source(self, name: str) -> Markup:
        return self.render("source.html", source=self.catalogue.get("source", name))

    def listing(self, plural: str, **filters: str) -> Markup:
        items = self.ask(records.listed, plural, *map(filters.get, ("theme", "kind", "year", "audience", "as_at")))
        years = () if filters else self.ask(listed_years).get(BY_PLURAL[plural].name, ())
        return self._listing(plural, items[:NEWEST] if years else items, years, **filters)

    def listing_of_year(self, plural: str, year: str) -> Markup:
        """The page of one year of a long list."""
        dated = BY_PLURAL[plural].newest_first
        items = [item for item in self.ask(records.listed, plural) if getattr(item.record, dated).startswith(year)]
        return self._listing(plural, items, self.ask(listed_years)[BY_PLURAL[plural].name], of_year=year)

    def _listing(self, plural: str, items: Sequence[records.Item], years: Sequence[ListedYear], of_year: str = "", **filters: str) -> Markup:
        dated = groupby(items, key=lambda item: item.record.published[:4]) if plural == "news" and not (filters or of_year) else ()
        return self.render(
            "listing.html",
            kind=BY_PLURAL[plural],
            items=items,
            by_year=[(year, list(same)) for year, same in dated],
            years=years,
            of_year=of_year,
            by=day(filters["as_at"]) if "as_at" in filters else None,
            from_source=partial(self.ask, records.from_source),
            sessions_of=partial(self.ask, dates.sessions_of),
            when=dates.when,
        )

    def timetable(self, event: str) -> Markup:
        sessions = self.ask(dates.sessions_by_day, event)
        return self.render("timetable.html", event=self.catalogue.get("event", event), days=sessions, when=dates.when)

    def coming(self, most: int | None = None) -> Markup:
        return self.render("coming.html", coming=self.ask(dates.coming)[:most], when=dates.when)

    def measures(self, priority: str, as_at: str | None = None) -> Markup:
        return self.render("measures.html", measures=self.ask(measures.measures_for, priority, day(as_at) if as_at else None))

    def actions(self, plan: str, as_at: str | None = None) -> Markup:
        found = self.ask(actions_of, plan, day(as_at) if as_at else None)
        return self.render("actions.html", actions=found, parts=overviews.progress(found), as_at=as_at, anchor=self._anchor(f"actions-{plan}"))

    def groups(self, period: str | None = None, as_at: str | None = None) -> Markup:
        return self.render("groups.html", groups=self.ask(records.groups_in, period, as_at))

    def structure(self, period: str | None = None) -> Markup:
        trees, alone = self.ask(overviews.structure, period)
        return self.render("structure.html", trees=trees, alone=alone)

    def priority_years(self) -> Markup:
        return self.render("priority_years.html", grid=self.ask(overviews.priority_years))

    def glossary(self) -> Markup:
        return self.render("glossary.html", terms=sorted(self.catalogue.all("glossary-term"), key=lambda term: term.term.lower()))

    def contact(self, name: str) -> Markup:
        return self.render("contact.html", contacts=[self.catalogue.get("contact", name)], anchored=False)

    def calls(self) -> Markup:
        return self.render("calls.html", urgent=self.ask(records.urgent_contacts))

    def look(self) -> Markup:
        drawn = next((self.chart(name) for name in self.catalogue.names("chart")), None)
        return self.render("look.html", doors=DOORS, chart=drawn)

    def contacts(self) -> Markup:
        everyone = sorted(self.catalogue.all("contact"), key=lambda c: (not c.urgent, c.order))  # the template says of each that is over what to use instead
        return self.render("contact.html", contacts=everyone, anchored=True)

    def phone(self, name: str) -> Markup:
        return self.render("phone.html", contact=self.catalogue.get("contact", name))

    def answer(self, name: str) -> Markup:
        return self.render("answer.html", question=self.catalogue.get("question", name))

    def not_found(self, name: str) -> Markup:
        return Markup.escape(self.catalogue.get("absence", name).says)

    def document_count(self) -> Markup:
        number = sum(source.is_document for source in self.catalogue.all("source"))
        return Markup.escape(_LETTERS[number] if number < len(_LETTERS) else number)

    def documents_end(self) -> Markup:
        last = max(last_day(self.catalogue, source.id) for source in self.catalogue.all("source") if source.is_document)
        return Markup.escape(in_words(last.isoformat()[:7]))

    def newest_report(self) -> Markup:
        return self.render("source.html", source=self.ask(reported_years)[0].source)

    def questions(self) -> Markup:
        return self.render("questions.html", questions=self.catalogue.all("question"))

    def timeline(self) -> Markup:
        ticks, lanes = self.ask(overviews.lanes)
        return self.render("timeline.html", ticks=ticks, lanes=lanes, events=sorted(self.catalogue.all("timeline-event"), key=lambda event: event.starts))

    def duties(self) -> Markup:
        return self.render("duties.html", views=duties.duty_views(self.catalogue), pages=self.ask(pages.links_by_path))

    def finder(self) -> Markup:
        items = self.ask(records.finder_items)
        years = sorted({year for entry in items for year in records.years_of(entry.record)}, reverse=True)
        themes = [theme for theme in self.catalogue.all("theme") if any(records.has_theme(entry.record, theme.id) for entry in items)]
        by_kind = [(kind, list(same)) for kind, same in groupby(items, key=lambda item: item.kind)]
        more = {"years_of": records.years_of, "listed_years": self.ask(listed_years)}
        return self.render("finder.html", items=items, by_kind=by_kind, years=years, themes=themes, **more)

    def open_data(self) -> Markup:
        kinds = [(BY_NAME[name], len(self.catalogue.all(name))) for name in open_data.OPEN_RECORDS]
        return self.render("open_data.html", subjects=self.ask(tables.tables_by_subject), rows=self.ask(tables.row_counts), kinds=kinds)

    def feeds(self) -> Markup:
        return self.render("feeds.html", feeds=open_data.FEEDS)

    def calendars(self) -> Markup:
        return self.render("calendars.html", entries=dates.dated(self.catalogue), coming=self.coming())

    def freshness(self) -> Markup:
        due = self.ask(everything_due)
        kinds = [(title, [d for d in due if d.kind == kind]) for kind, title in (("page", "Pages"), ("contact", "Contacts"), ("table", "Tables"))]
        return self.render("freshness.html", due=due, kinds=kinds, days=SOON.days)

    def _own_changes(self, path: str) -> Markup:
        """The last days on which a page changed, linked to what changed on them."""
        changed, shown, place = self.ask(changes.page_days, path), self.ask(changes.shown_days), self.ask(changes.page_of_changes)
        return self.render("own_changes.html", changed=changed, shown=shown, place=place)

    def changes(self) -> Markup:
        return self.render("changes.html", days=self.ask(changes.shown_days).values(), every=self.ask(changes.days), hows=changes.HOWS)

    def ways_in(self) -> Markup:
        return self.render("ways_in.html", ways=ways_in(self.catalogue, self.repository))

    def scorecard(self) -> Markup:
        return self.render("scorecard.html", scores=self.ask(scorecard.scorecard))

    # Around the text of a page.

    def page_header(self, page: PageEntry) -> Markup:
        """What stands between a page's heading and its text: the facts of its kind."""
        minutes = max(1, round(len(page.source.body.split()) / WORDS_A_MINUTE))
        return self.render("page_header.html", page=page, meta=page.meta, minutes=minutes, urgent=self.ask(records.urgent_contacts))

    def page_standing(self, page: PageEntry) -> str:
        """As of when a page's facts stood, to be said after its first paragraph. News has a date, and the home page says it lower down."""
        return "" if page.kind.name == "news" or page.path == "index.md" else self._as_things_stood(page.meta.sources)

    def _as_things_stood(self, sources: tuple[str, ...], place: str = "") -> Markup:
        return self.render("as_things_stood.html", stood=self.ask(standing, sources), place=place).strip()

    def page_footer(self, page: PageEntry) -> Markup:
        """What a page gathers by itself: all of a topic, the reports there are, or what the home page holds."""
        if page.kind.name == "topic":
            return self.render("hub.html", hub=self.ask(records.hub, page.meta.id), theme=self.catalogue.get("theme", page.meta.id))
        if page.path in REPORTS_ON:
            return self.render("report_list.html", years=self.ask(reported_years))
        if page.path != "index.md":
            return Markup()
        entries = [(self.catalogue.pages[entry.page[1:]].meta.audience[0], entry) for entry in self.catalogue.all("menu-entry")]
        doors = {audience: entry for audience, entry in reversed(entries) if audience in DOORS and entry.where == "header"}  # the first of each
        others = [entry for _, entry in entries if entry.says and entry not in doors.values()]
        stood = self._as_things_stood(tuple(source.id for source in self.catalogue.all("source") if source.is_document))
        return self.render(
            "home.html",
            calls=self.calls(),
            skyline=f"drawings/skyline-{self.ask(partnership).area}.svg",
            doors=[(audience, doors[audience], address_of_page(doors[audience].page[1:])) for audience in DOORS if audience in doors],
            entries=[(entry, address_of_page(entry.page[1:])) for entry in others],
            findings=self.ask(tables.told_first)[:3],
            stood=stood,
            latest=self.ask(records.latest, 5),
            training=self.coming(3),
        )

    def furniture(self, page: PageEntry) -> Markup:
        """Who looks after a page, when it was reviewed, what it rests on, and what is related."""
        related, themes = self.ask(records.related, page.path), self.ask(records.theme_titles, page.meta.themes)
        return self.render("furniture.html", page=page, meta=page.meta, related=related, themes=themes, write_to=self.ask(records.where_to_write))

    # Pages that no editor writes.

    def table_page(self, name: str) -> Markup:
        """A page of the performance section: the table, its chart, notes and downloads."""
        table = self.catalogue.tables[name]
        body = (self._chart if table.about.chart else self._table)(table, on_own_page=True)
        users, themes = self.ask(tables.uses_of_table, name), self.ask(records.theme_titles, table.about.themes)
        newest, *others = reversed(tables.origins(self.catalogue, table))
        stood = self._as_things_stood((newest.source.id, *(one.source.id for one in others)), "" if others else newest.place)
        more = {"users": users, "themes": themes, "kinds": BY_PLURAL}
        return self.render("table_page.html", table=table, about=table.about, stood=stood, body=body, rows=len(table.rows), **more)

    def event_page(self, name: str) -> Markup:
        """The page of an event about which nobody has written one."""
        event = self.catalogue.get("event", name)
        return self.render(
            "event_page.html", event=event, timetable=self.timetable(name), themes=self.ask(records.theme_titles, event.themes), today=self.catalogue.today
        )

    def citation(self, name: str, site_name: str, address: str) -> Markup:
        """One line to copy for whoever cites a number of a table. Its date is that of the table as it is, so that a page does not change every day."""
        day = self.ask(changes.page_changed, f"performance/{name}.md")
        table = self.catalogue.tables[name]
        return self.render("citation.html", table=table, about=table.about, site_name=site_name, address=address, day=day)

    def table_index(self) -> Markup:
        """Every table by subject, by year and by document."""
        subjects, years, documents = map(self.ask, (tables.tables_by_subject, tables.tables_by_year, tables.tables_by_source))
        return self.render("table_index.html", subjects=subjects, years=years, documents=documents)

    def figures(self) -> Markup:
        """Every number of the figures list, by subject; what has several numbers, as of two years, is named once."""
        by_subject: dict[str, dict[tuple[str, str], list[Any]]] = {}
        for figure in self.catalogue.all("figure"):
            by_subject.setdefault(figure.subject, {}).setdefault((figure.title, figure.area), []).append(figure)
        return self.render("figures.html", subjects=dict(sorted(by_subject.items())), years=tables.by_year(self.catalogue.all("figure")))

    def report(self, kind: str, report: Any) -> Markup:
        """A report (year, quarter or summary) with the abbreviations it uses explained at its end."""
        self.start_page()
        body = self.render(f"report_{kind}.html", report=report, pieces=self)
        if kind == "summary":
            return body
        return body + self.render("report_end.html", report=report, terms=abbreviations_in(self.catalogue, body.striptags()))
