"""What a table is: its description (``data/tables/<id>.yml``), in the words of the Table Schema standard where it has them, and its rows.

Never: reads a file, adds up or sorts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema, model_validator

from macros.models.base import Checked, DocumentId, Fault, Identifier, Record, References, Team, Text, ThemeId, WholeNumber, YesNo
from macros.models.cells import NUMERIC, TIMES, Cell, CellFault, ColumnType, read_cell
from macros.models.derived_table import ONE_OR_MORE, Derivation, Origin
from macros.models.partnership import AreaId
from macros.models.periods import Period, PointInTime
from macros.problems import nearest


def _column_name(text: str) -> str:
    if not text.isidentifier() or text != text.lower():
        raise ValueError("must be lower case words joined by underscores, such as published_share")
    return text


_KEY = {"type": ["string", "array"], "items": {"type": "string"}, "maxItems": 2, "$comment": "a column's name, or two in square brackets: [year, area]"}
ColumnName = Annotated[str, AfterValidator(_column_name)]
Pair = Annotated[tuple[ColumnName, ...], Field(min_length=2, max_length=2)]
_ROWS = {**_KEY, "$comment": "the keys of rows in square brackets: [2021/22, 2022/23], or all others"}
del _ROWS["maxItems"]
Rows = Annotated[tuple[Text, ...], ONE_OR_MORE, WithJsonSchema(_ROWS)]
ALL_OTHERS, FROM_THE_ROWS = "all others", "from the rows"
Key = Annotated[tuple[ColumnName, ...], ONE_OR_MORE, Field(max_length=2), WithJsonSchema(_KEY)]


class Constraints(Checked):
    """What a column's cells must keep to."""

    required: YesNo = Field(False, description="Whether every row must have a value (or words that say why not).")
    unique: YesNo = Field(False, description="Whether no value may stand twice.")
    minimum: Decimal | None = Field(None, description="The smallest number allowed.")
    maximum: Decimal | None = Field(None, description="The largest number allowed.")
    enum: tuple[str, ...] = Field((), description="The only values allowed.")


class Column(Checked):
    """One column as published."""

    name: ColumnName = Field(description="The name in the first line of the CSV file.")
    title: Text = Field(description="The heading a reader sees.")
    type: ColumnType = Field(description="What the cells hold.")
    unit: str | None = Field(None, description="What a number counts: children, visits, per 10,000 children.")
    series: Identifier | None = Field(None, description="A name that columns and figures of several years or documents share, where they count the same.")
    better: Literal["up", "down", "neither"] | None = Field(None, description="For numbers over time: which way is good news.")
    comparator: YesNo = Field(False, description="yes: another area's numbers, given for comparison; they stay out of the scorecard.")
    constraints: Constraints = Field(Constraints.model_construct(), description="What the cells must keep to.")
    of: str | None = Field(None, description="In a derived table, what it holds, where not the field of its own name: count, sum | column, table | column.")
    labels: Mapping[str, Text] = Field({}, description="In a derived table, what stands in place of a value, such as jtai-2022: After the inspection.")

    @model_validator(mode="after")
    def _bounds_make_sense(self) -> Column:
        keep = self.constraints
        for name in ("minimum", "maximum"):
            if getattr(keep, name) is not None and not self.is_number:
                says = f'"{name}" is for numbers, and the column holds the type {self.type}.'
                raise Fault(says, "Delete it, or correct the column's type.", "constraints", name)
        if keep.minimum is not None and keep.maximum is not None and keep.minimum > keep.maximum:
            says = f"The smallest number allowed ({keep.minimum}) is larger than the largest ({keep.maximum})."
            raise Fault(says, "Correct one of the two.", "constraints", "minimum")
        return self

    @property
    def is_number(self) -> bool:
        """Whether its cells can be added up and are set to the right."""
        return self.type in NUMERIC


class Difference(Checked):
    """Where the published figure and the one worked out do not agree, and why it stays so."""

    row: Text = Field(description="The row's key.")
    because: Text = Field(description="What the document shows, in one sentence.")


class Computed(Checked):
    """One column that is worked out: exactly one of share_of, ratio, change_in, index_of, mean_of."""

    name: ColumnName = Field(description="A name for the column.")
    title: Text = Field(description="The heading a reader sees.")
    share_of: ColumnName | None = Field(None, description="Each row's percentage of this column's total.")
    ratio: Pair | None = Field(None, description="The first column as a percentage of the second.")
    change_in: ColumnName | None = Field(None, description="The change in this column on the row before, in per cent.")
    index_of: ColumnName | None = Field(None, description="This column with the row named by base as 100.")
    base: Text | None = Field(None, description="For index_of: the key of the row that is 100, such as 2016/17.")
    mean_of: ColumnName | None = Field(None, description="The mean of this column over a few rows that follow one another, the row itself the last.")
    over: Annotated[WholeNumber, Field(ge=2, le=12)] | None = Field(None, description="For mean_of: how many rows.")
    as_: Literal["percentage", "number"] = Field("percentage", alias="as", description="number: the change as a plain difference.")
    decimals: Annotated[WholeNumber, Field(ge=0, le=4)] = Field(1, description="Places after the point.")
    agrees_with: ColumnName | None = Field(None, description="A published column that must say the same, to its own precision.")
    differs: tuple[Difference, ...] = Field((), description="Rows where the two do not agree, each with its reason.")

    @model_validator(mode="after")
    def _exactly_one(self) -> Computed:
        if sum(way is not None for way in (self.share_of, self.ratio, self.change_in, self.index_of, self.mean_of)) != 1:
            raise Fault("A computed column says one of share_of, ratio, change_in, index_of and mean_of, and no other.", "Keep the one that is meant.")
        for of, needed in (("index_of", "base"), ("mean_of", "over")):
            if (getattr(self, of) is None) != (getattr(self, needed) is None):
                raise Fault(f'"{of}" and "{needed}" belong together.', f"Write both, or neither: {type(self).model_fields[needed].description}")
        return self

    @property
    def way(self) -> str:
        """How it is worked out, by the name of the setting."""
        return next(way for way in ("ratio", "share_of", "change_in", "index_of", "mean_of") if getattr(self, way))

    @property
    def uses(self) -> tuple[str, ...]:
        """The columns it is worked out from."""
        return self.ratio or (getattr(self, self.way),)

    @property
    def shown_as(self) -> ColumnType:
        """How its numbers are written: as percentages, but for an index, a mean and a plain difference."""
        return "decimal" if self.base or self.over or (self.change_in and self.as_ == "number") else "percentage"


class Total(Checked):
    """The row beneath the others."""

    label: Text = Field("Total", description="What the row is called.")
    columns: tuple[ColumnName, ...] = Field(description="The columns to add up.", min_length=1)


class OwnFinding(Checked):
    """An editor's own sentence over a chart, in place of the one that the site makes; ``content.findings`` holds it against the numbers."""

    says: Text = Field(
        description="The sentence, its numbers, years and names in braces: {first}, {last}, {from}, {to}, {years}, {change}, {since}; {top}, {most}, "
        "{bottom}, {least}, {total}, {share}. The rest is checked: rose, fell, stayed, more, fewer, highest, lowest, most."
    )
    of: ColumnName | None = Field(None, description="The column it speaks of. Left out: the first that is drawn.")
    than: ColumnName | None = Field(None, description="Where it says more or fewer than something: that column, which each row is held against.")


class Chart(Checked):
    """How the table is drawn."""

    kind: Literal["bar", "grouped bar", "line", "map"] = Field(
        description="bar: one number a row; grouped bar: several; line: over years; map: one dot for each that was counted, "
        "where its town lies (data/towns.yml)."
    )
    label: ColumnName = Field(description="The column that names each bar or point.")
    values: tuple[ColumnName, ...] = Field(description="The columns of numbers drawn, all of one unit.", min_length=1, max_length=4)
    finding: OwnFinding | None = Field(None, description="What the chart shows, in a sentence of your own. Left out: the site makes one of the numbers.")
    rest: Text | None = Field(None, description="For shares of one whole that do not make it up: what the rest is called, such as Not stated.")
    nested: YesNo = Field(False, description="Say yes where each row is a part of the row above.")


class AddsUp(Checked):
    """Columns that add up to another in every row."""

    whole: ColumnName = Field(description="The column that holds the sum.")
    parts: tuple[ColumnName, ...] = Field(description="The columns it is the sum of.", min_length=2)


class SmallCounts(Checked):
    """How counts of people that are too small to be published are hidden; ``suppression`` does it."""

    threshold: Annotated[WholeNumber, Field(ge=4, le=20)] = Field(description="The smallest count shown: 6 hides 1 to 5; zero stays zero.")
    columns: tuple[ColumnName, ...] = Field((), description="The columns that count people; without this line every column of whole numbers.")
    adds_up: tuple[AddsUp, ...] = Field((), description="Columns that add up to another in every row: a hidden part could be worked out from the rest.")
    nothing_else_adds_up: YesNo = Field(False, description="Say yes where what looks like a sum, change or share of other numbers is chance.")


class Edition(Checked):
    """The rows that one of a table's documents printed, named by their keys or by the first and last year, quarter or date."""

    source: DocumentId = Field(description="The document, by its id in data/sources.yml.")
    place: Text = Field(description="Where in the document: the heading, table or page.")
    rows: Rows = Field((), description="The rows it printed first, by their keys; all others: those that no other edition names.")
    from_: PointInTime | None = Field(None, alias="from", description="Or the year, quarter or date of the first row it printed first.")
    to: PointInTime | None = Field(None, description="And of the last. Left out: the newest.")
    repeats: Rows = Field((), description="Rows of an earlier document that it printed again, by their keys.")
    period: Text | None = Field(None, description="The time its rows are about, in words, where the rows do not say it.")
    notes: tuple[Text, ...] = Field((), description="What a reader must know of these rows alone.")

    @model_validator(mode="after")
    def _names_rows_one_way(self) -> Edition:
        if bool(self.rows) == bool(self.from_ or self.to):
            raise Fault("An edition says which rows it printed in one way, by `rows:` or by `from:` and `to:`.", "Write one of the two.")
        return self

    def names(self, key: str, when: Period | None) -> bool:
        """Whether it says that it printed the row of that key and time first."""
        if self.rows:
            return key in self.rows
        return when is not None and (self.from_ is None or self.from_.first <= when.first) and (self.to is None or when.last <= self.to.last)


class Revision(Checked):
    """A number that a later document gave otherwise than the one before it."""

    row: Text = Field(description="The row's key.")
    column: ColumnName = Field(description="The column's name.")
    was: Text = Field(description="What was printed before, as the cell had it.")
    now: Text = Field(description="What was printed since, as the cell has it now.")
    source: DocumentId = Field(description="The later document, by its id in data/sources.yml.")
    because: Text = Field(description="Why, as the document says, or that it does not say. One sentence.")


class Break(Checked):
    """A point from which numbers are counted in another way, so that none before it is compared with one after it."""

    from_: PointInTime = Field(alias="from", description="The first year, quarter or date that is counted the new way.")
    columns: tuple[ColumnName, ...] = Field((), description="The columns it is about. Left out: all of them.")
    because: Text = Field(description="What is counted otherwise, in one sentence.")


class TableDescription(Record):
    """A table's title, columns and arrangement."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["source", "place"]}, {"required": ["editions"]}, {"required": ["derived"]}]})

    source: DocumentId | None = Field(None, description="The document this comes from, by its id in data/sources.yml.")
    place: Text | None = Field(None, description="Where in the document: the heading, table or page.")
    editions: tuple[Edition, ...] = Field((), description="In place of source and place, where several documents printed rows of it: each with its rows.")
    id: Identifier = Field(description="The file's name without its ending.")
    title: Text = Field(description="What the table shows, as its caption.")
    summary: Text = Field(description="One or two plain sentences for a reader who is new to it.")
    subject: Annotated[str, References("subject")] = Field(description="Which part of the catalogue it belongs to.")
    themes: tuple[ThemeId, ...] = Field((), description="The topic pages it belongs on.")
    area: AreaId | None = Field(None, description="Whose figures they are, where not the partnership's own: a neighbour, by its id in data/areas.yml.")
    period: Text = Field(description="The time the figures are about, in words; where years, quarters or dates name the rows: from the rows.")
    notes: tuple[Text, ...] = Field((), description="What a reader must know: gaps, contradictions in the document, rounding.")
    derived: Derivation | None = Field(None, description="For a table without a CSV file: what it is made from, in place of source and place too.")
    columns: tuple[Column, ...] = Field(description="The columns, in the order of the CSV file.", min_length=1)
    key: Key = Field((), description="The column (or two) whose value names a row.")
    sort: str | None = Field(None, description="A column and an order: views, largest first · name, A to Z.")
    group_by: ColumnName | None = Field(None, description="A text column whose values become headings within the table.")
    computed: tuple[Computed, ...] = Field((), description="Columns that are worked out.")
    total: Total | None = Field(None, description="A row of totals.")
    chart: Chart | None = Field(None, description="How the table is drawn.")
    long: YesNo = Field(False, description="Whether it gets a search box and sorting.")
    published_counts: YesNo = Field(False, description="Say yes where small counts of people stand in the published document itself.")
    revisions: tuple[Revision, ...] = Field((), description="Numbers that a later document corrected, the first correction first.")
    breaks: tuple[Break, ...] = Field((), description="Points from which numbers are counted in another way.")
    small_counts: SmallCounts | None = Field(None, description="For numbers that are not public yet: how counts of people that are too small are hidden.")
    owner: Team = Field("business-team", description="Who looks after it.")

    @model_validator(mode="after")
    def _names_exist(self) -> TableDescription:
        names = [column.name for column in self.columns]
        computed = [column.name for column in self.computed]
        for position, name in enumerate([*names, *computed]):
            if name in [*names, *computed][:position]:
                place = ("columns", position) if position < len(names) else ("computed", position - len(names))
                raise Fault(f'The column "{name}" is named twice.', "Give each column, computed ones too, a name of its own.", *place, "name")
        for number in (n for n, column in enumerate(self.columns) if not self.derived and (column.of or column.labels)):
            raise Fault("Only a derived table has columns with `of:` or `labels:`.", "Delete the line, or write `derived:`.", "columns", number)
        for name, must_be_numbers, at in self._columns_spoken_of():
            if name not in names and not (at[0] in ("sort", "chart") and name in computed):
                raise Fault(f'There is no column "{name}".' + nearest(name, names), f"Write one of: {', '.join(names)}.", *at)
            if must_be_numbers and name in names and not self.column(name).is_number:
                raise Fault(f'The column "{name}" does not hold numbers.', "Name a column of numbers, or correct the column's type.", *at)
        if self.sort and self.sort.partition(", ")[2] not in ORDERS:
            raise Fault(f'"{self.sort}" does not say in which order.', f"Write the column, a comma and one of: {'; '.join(ORDERS)}.", "sort")
        if self.small_counts:
            self._hiding_is_sound(self.small_counts)
        self._documents_make_sense()
        return self

    def _documents_make_sense(self) -> None:
        missing = [name for name in ("source", "place") if getattr(self, name) is None]
        for named in (name for name in ("source", "place", "editions") if self.derived and getattr(self, name)):
            raise Fault("A derived table has the documents of what it is made from, and names none itself.", "Delete the line.", named)
        if missing and not self.editions and not self.derived:
            raise Fault(f'"{missing[0]}" is missing.', "Write `source: …` and `place: …`: the document this comes from, and where in it.", missing[0])
        if self.editions and len(missing) < len(("source", "place")):
            raise Fault("The document is named twice, by source and place and by editions.", "Keep one of the two.", "editions")
        if self.small_counts and (self.editions or self.revisions):  # two totals side by side, or a number as it was, could give a hidden one away
            raise Fault("A table that hides small counts cannot have editions or revisions.", "Make a table for each document.", "small_counts")
        timed = {"editions": any(not e.rows for e in self.editions), "breaks": self.breaks, "period": self.period == FROM_THE_ROWS}
        if (at := next((name for name, needs in timed.items() if needs), None)) and not self.time:
            raise Fault("No year, quarter or date names the rows.", "Name the column of years, quarters or dates under `key:`.", at)
        for number, one in enumerate(self.revisions):
            try:
                read_cell(one.was, self.column(one.column).type)
            except CellFault as fault:
                raise Fault(fault.says, fault.fix, "revisions", number, "was") from None

    def _hiding_is_sound(self, small: SmallCounts) -> None:
        if self.published_counts:
            raise Fault("The counts cannot be both published already and hidden.", "Keep one of published_counts and small_counts.", "small_counts")
        for name in self.counts:
            if self.column(name).type != "whole number":
                raise Fault(f'The column "{name}" does not hold whole numbers, so it counts nobody.', "Take it out of the list.", "small_counts", "columns")
            if name in (*self.key, self.group_by):
                raise Fault(f'The column "{name}" names the rows and cannot be hidden.', "Name another column under `key:` or `group_by:`.", "small_counts")
        seen: set[str] = set()
        for number, sum_ in enumerate(small.adds_up):
            at = ("small_counts", "adds_up", number, "whole")
            if sum_.whole in seen:
                raise Fault(f'"{sum_.whole}" is a sum twice, or a part of a sum further up.', "Put sums of sums below the sums they are made of.", *at)
            seen |= {sum_.whole, *sum_.parts}
            if not seen <= set(self.counts):
                raise Fault("A column of this sum is not among those whose small counts are hidden.", "List it under `columns:` of small_counts too.", *at)

    def _columns_spoken_of(self) -> Iterator[tuple[str, bool, tuple[str | int, ...]]]:
        """The name of every column in the settings, whether it must hold numbers, and at which setting it is named."""
        yield from ((name, False, ("key",)) for name in self.key)
        if self.group_by:
            yield self.group_by, False, ("group_by",)
        if self.sort:
            yield self.sort.partition(", ")[0], False, ("sort",)
        if self.total:
            yield from ((name, True, ("total", "columns")) for name in self.total.columns)
        if self.small_counts:
            yield from ((name, True, ("small_counts", "columns")) for name in self.small_counts.columns)
            for number, sum_ in enumerate(self.small_counts.adds_up):
                yield from ((name, True, ("small_counts", "adds_up", number)) for name in (sum_.whole, *sum_.parts))
        for number, column in enumerate(self.computed):
            yield from ((name, True, ("computed", number, column.way)) for name in column.uses)
            if column.agrees_with:
                yield column.agrees_with, True, ("computed", number, "agrees_with")
        yield from ((one.column, False, ("revisions", number, "column")) for number, one in enumerate(self.revisions))
        yield from ((name, True, ("breaks", number, "columns")) for number, one in enumerate(self.breaks) for name in one.columns)
        if self.chart:
            yield self.chart.label, False, ("chart", "label")
            yield from ((name, True, ("chart", "values")) for name in self.chart.values)
            own = self.chart.finding
            yield from ((name, True, ("chart", "finding", of)) for of in ("of", "than") if own and (name := getattr(own, of)))

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError where there is none."""
        return {column.name: column for column in self.columns}[name]

    def key_of(self, row: TableRow) -> str:
        """What a row is called: its key's cells, joined by a comma where there are two."""
        return ", ".join(row.cells[name].text for name in self.key)

    @property
    def time(self) -> str | None:
        """The one column of the key that says when, if there is one."""
        found = [name for name in self.key if self.column(name).type in TIMES]
        return found[0] if len(found) == 1 else None

    @property
    def counts(self) -> tuple[str, ...]:
        """The columns whose small counts are hidden."""
        if self.small_counts is None:
            return ()
        return self.small_counts.columns or tuple(column.name for column in self.columns if column.type == "whole number")

    @property
    def row_header(self) -> str:
        """The column that heads each row: the last of the key, or the first column."""
        return self.key[-1] if self.key else self.columns[0].name


ORDERS = ("largest first", "smallest first", "A to Z")
Spot = tuple[int, str]  # a cell by the number of its row, from zero, and its column


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its line in the CSV file and its cells by column name."""

    line: int
    cells: Mapping[str, Cell]

    def number(self, column: str) -> Decimal | None:
        """The number in a cell; nothing where there is none or it is hidden."""
        value = self.cells[column].value
        return value if isinstance(value, Decimal) else None


@dataclass(frozen=True)
class Table:
    """A description and its typed rows, in the order of the file.

    ``rows`` are fit to be shown: where ``suppression`` has hidden cells, ``hidden`` says which, and ``true_rows``
    keep what the file says, for sums and never to be shown. ``made_from`` says from which cells those of a derived table are made.
    """

    about: TableDescription
    rows: tuple[TableRow, ...]
    hidden: frozenset[Spot] = frozenset()
    true_rows: tuple[TableRow, ...] = field(default=(), repr=False)
    made_from: Mapping[Spot, tuple[Origin, ...]] = field(default_factory=dict, repr=False)

    @property
    def file(self) -> str:
        """The file that says what is in its cells."""
        return f"data/tables/{self.id}.{'yml' if self.about.derived else 'csv'}"

    @property
    def rows_for_sums(self) -> tuple[TableRow, ...]:
        """The rows as the file has them, hidden numbers included."""
        return self.true_rows or self.rows

    @property
    def id(self) -> str:
        return self.about.id

    def key_of(self, row: TableRow) -> str:
        """What a row is called: its key's cells, joined by a comma where there are two."""
        return self.about.key_of(row)

    def when(self, row: TableRow) -> Period | None:
        """The year, quarter or date of a row; nothing where none names it."""
        found = row.cells[self.about.time].value if self.about.time else None
        return found if isinstance(found, Period) else None

    def editions_of(self, row: TableRow) -> tuple[Edition, ...]:
        """The editions that say they printed a row first: one, unless the description is wrong."""
        named = tuple(e for e in self.editions if e.names(self.key_of(row), self.when(row)))
        return named or tuple(e for e in self.editions if e.rows == (ALL_OTHERS,))

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """The table's documents; one that printed every row where no more are named."""
        if self.about.editions or self.about.source is None or self.about.place is None:
            return self.about.editions
        return (Edition.model_construct(source=self.about.source, place=self.about.place, rows=(ALL_OTHERS,)),)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the documents that its rows come from."""
        if not self.about.editions:
            return (self.about.source or "",)
        return tuple(dict.fromkeys(edition.source for row in self.rows for edition in self.editions_of(row)))

    def row(self, key: str) -> TableRow | None:
        """The row called ``key``; ``earliest``, ``previous`` and ``latest`` count from the ends of the file."""
        if key in ("earliest", "latest", "previous"):
            place = {"earliest": 0, "latest": -1, "previous": -2}[key]
            return self.rows[place] if len(self.rows) >= abs(place) + (place >= 0) else None
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, TableRow]:
        return dict(zip(reversed(self.keys), reversed(self.rows), strict=False))  # of two rows of one name the first, of which a rule tells

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What each row is called, in order."""
        return tuple(self.key_of(row) for row in self.rows) if self.about.key else ()
