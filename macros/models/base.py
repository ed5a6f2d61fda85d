"""What every record and content type has, and the kinds of text that fields hold (identifier, date as published, yes/no, references).

Never: reads a file or looks at another record.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from macros.models.reasons import REASONS

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")  # of an entry, a file or a folder
# Digits are written out: \d would also take those of other scripts, which Python reads and readers do not.
_YEAR = re.compile(r"([0-9]{4})(?:/([0-9]{2}))?\Z")
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?\Z")
# Names that Windows keeps for devices, whatever their ending, so that nobody there could check the site out.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)
_LONGEST_NAME = 100  # characters of a file's or folder's name; disks take 255, and programs that check it out add to it
_TEAM = re.compile(r"(?:[a-z]+-)*(?:team|office|officer|board|group|lead|manager|partnership|partners|service|unit|council)\Z")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]+\Z")


class Fault(ValueError):
    """Why a record does not fit its model: what is wrong, how to fix it, and at which of its settings."""

    def __init__(self, says: str, fix: str, *at: str | int) -> None:
        super().__init__(says)
        self.says, self.fix, self.at = says, fix, at


PARTNERSHIP = "partnership"  # the source, in data/sources.yml, of what the team itself announces


@dataclass(frozen=True)
class References:
    """Says that a field names a record of another type; ``rules.references`` checks that it is there."""

    to: str


def references_in(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """The fields of a model that name other records: (field, content type)."""
    for name, info in model.model_fields.items():
        for target in [m.to for m in info.metadata if isinstance(m, References)] or _references_in_type(info.annotation):
            yield name, target


def _references_in_type(annotation: Any) -> list[str]:
    own = [m.to for m in getattr(annotation, "__metadata__", ()) if isinstance(m, References)]
    for argument in getattr(annotation, "__args__", ()):
        own += _references_in_type(argument)
    return own


def _not_blank(text: str) -> str:
    if text and not text.strip():
        raise ValueError("holds nothing but blanks")
    if text in REASONS:
        raise ValueError("cannot stand in place of this value")
    return text


def web_address(text: str) -> str:
    """An address on the web: never a script, a file or a page packed into a link. Raises ValueError where it is none."""
    if not _WEB_ADDRESS.match(text):
        raise ValueError("must be a web address: https:// and no blanks")
    return text


def fault_of_name(name: str) -> str | None:
    """Why no file or folder can have a name on every computer, to follow ``it``."""
    if len(name) > _LONGEST_NAME:
        return f"has a name of {len(name)} characters; the longest allowed has {_LONGEST_NAME}"
    if _DEVICE.match(name):
        return "has a name that Windows keeps for itself"
    return "has a name that ends in a full stop, which Windows cannot keep" if name.endswith(".") else None


def partial_date(text: str) -> str:
    """A date as far as it was published. Raises ValueError where it is none."""
    match = _PARTIAL.match(text)
    if not match:
        raise ValueError("must be a date as far as it was published: 2023, 2023-02 or 2023-02-14")
    try:
        date(*(int(part or 1) for part in match.groups()))
    except ValueError:
        raise ValueError("is a date that does not exist; write 2023, 2023-02 or 2023-02-14") from None
    return text


def day(text: object) -> date:
    """A full date as ISO 8601 writes it. Raises ValueError for others: 01/12/2026 is January to some and December to others."""
    if isinstance(text, date):
        return text
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("must be a date written year-month-day, such as 2026-12-01")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("is a day that does not exist; write year-month-day, such as 2026-12-01") from None


def year(text: str) -> str:
    """A year, or the year from April to March. Raises ValueError where it is neither."""
    match = _YEAR.match(text)
    if not match:
        raise ValueError("must be a year: 2019, or 2019/20 for April to March")
    following = f"{(int(match[1]) + 1) % 100:02}"
    if match[2] and match[2] != following:
        raise ValueError(f"must run into the next year: {match[1]}/{following}")
    return text


def _identifier(text: str) -> str:
    if not NAME.match(text):
        raise ValueError("must be lower case words joined by hyphens, such as safer-sleep")
    if fault := fault_of_name(text):
        raise ValueError(fault)
    return text


def _team(text: str) -> str:
    if not _TEAM.match(text):
        raise PydanticCustomError("not_a_team", "who looks after it is no team or post")  # the name of a person is not repeated
    return text


def _document(source: str) -> str:
    if source == PARTNERSHIP:
        raise ValueError("is the partnership's own word, and here a document is needed, as for every figure")
    return source


def matching(pattern: str, must: str) -> AfterValidator:
    """Lets through a text that is of a pattern as a whole; ``must`` says what another is not."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(must)
        return text

    return AfterValidator(check)


def _whole_number(text: object) -> int:
    if isinstance(text, int):
        return text
    if not isinstance(text, str) or not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise ValueError("must be a whole number, in digits only")
    return int(text)


def _yes_no(text: object) -> bool:
    if not isinstance(text, bool) and text not in ("yes", "true", "no", "false"):
        raise ValueError("must be yes or no")
    return text in (True, "yes", "true")


def written(how: str, pattern: str = "", options: tuple[str, ...] = ()) -> WithJsonSchema:
    """How a kind of text is written: in words for the editors' guide, as a pattern or options for their tools."""
    check: dict[str, object] = {"enum": list(options)} if options else {"pattern": pattern}
    # A yes is a word in an editor's file and a truth in what is published, so the words are told of the former alone.
    return WithJsonSchema({"type": "string", **check, "$comment": how}, mode="validation" if options else None)


Identifier = Annotated[str, AfterValidator(_identifier), written("lower case words joined by hyphens, such as safer-sleep", r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Day = Annotated[date, BeforeValidator(day), written("a date, year-month-day, such as 2026-12-01", r"^\d{4}-\d{2}-\d{2}$")]
PartialDate = Annotated[str, AfterValidator(partial_date), written("a date as far as it was published: 2023, 2023-02 or 2023-02-14", r"^\d{4}(-\d{2}){0,2}$")]
Year = Annotated[str, AfterValidator(year), written("a year: 2019, or 2019/20 for April to March", r"^\d{4}(/\d{2})?$")]
Team = Annotated[str, AfterValidator(_team), written("a team or post in small letters, such as business-team; never a person", f"^{_TEAM.pattern[:-2]}$")]
YesNo = Annotated[bool, BeforeValidator(_yes_no), written("yes or no", options=("yes", "no"))]
WholeNumber = Annotated[int, BeforeValidator(_whole_number)]
Text = Annotated[str, Field(min_length=1, max_length=5_000), AfterValidator(_not_blank)]
Language = Annotated[
    str,
    matching("[a-z]{2,3}", "must be the code of a language, such as pl for Polish or cy for Welsh"),
    written("a code of two or three letters, such as pl for Polish or cy for Welsh", r"^[a-z]{2,3}$"),
]
WebAddress = Annotated[str, AfterValidator(web_address), written("a web address, from https:// on", r"^https?://\S+$")]
ThemeId = Annotated[str, References("theme")]
SourceId = Annotated[str, References("source")]
DocumentId = Annotated[str, AfterValidator(_document), References("source")]


class Checked(BaseModel):
    """What editors write: checked once, then never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Record(Checked):
    """Something editors keep."""

    id: Identifier = Field(description="A short name that never changes, in lower case with hyphens. It becomes part of addresses.")


def titled_by(field: str) -> property:
    """The title of records that have none of their own, for lists: another of their fields."""
    return property(attrgetter(field))


class Said(Checked):
    """What one document says of something. What stands today is the newest document's word, whatever the order in the file (``content.standing``)."""

    source: DocumentId = Field(description="The document this comes from, by its id in data/sources.yml.")
    place: Text = Field(description="Where in the document: the heading, table or page.")


WHERE_FROM = "Write `announced_on:` with the day of the change where the partnership itself announces it"


class AnnouncedRecord(Record):
    """A record whose facts come from a document, or are the partnership's own word on the day it announced them."""

    announced_on: Day | None = Field(
        None, description="The day of the change, where the partnership itself announces it; then no source and place are written."
    )
    source: SourceId = Field(PARTNERSHIP, description="The document this comes from, by its id in data/sources.yml, if it comes from one.")
    place: Text | None = Field(None, description="Where in that document: the heading, table or page.")

    @property
    def announced(self) -> str:
        """Whose word it is and since when, in words; nothing where a document says it."""
        return f"Announced by the partnership on {in_words(self.announced_on)}" if self.announced_on else ""

    @model_validator(mode="after")
    def _comes_from_somewhere(self) -> Self:
        if self.announced_on:
            if self.source != PARTNERSHIP or self.place:
                fix = "Keep `announced_on:` where it is the partnership's own word, or `source:` and `place:` where a document says it."
                raise Fault("It comes from a document, and is announced by the partnership too.", fix, "announced_on")
        elif self.source == PARTNERSHIP:
            raise Fault("Nothing says where it comes from.", f"{WHERE_FROM}; or `source:` and `place:` where a document says it.", "source")
        elif not self.place:
            raise Fault('"place" is missing.', "Write `place: …`. Where in the document: the heading, table or page.", "place")
        return self


class SourcedRecord(Said, Record):
    """A record whose facts come from a document."""


class Lasting(Record):
    """Something that begins, ends and may be ``replaced_by`` another: then it stays where it is, and leaves the search and the lists of what is current."""

    from_: PartialDate | None = Field(None, alias="from", description="Since when it is there, or in force, as far as published.")
    until: PartialDate | None = Field(None, description="When it ended, as far as published. Left out: it goes on, as far as we know.")


@dataclass(frozen=True)
class ContentType:
    """Everything the machinery must know of a content type, declared once.

    ``home`` is the YAML list or the folder of pages that holds its records; ``plural`` is what several are called, where
    the rule of English does not say it. Pages may have it ``listed``, narrowed by the ``filters`` theme, kind, year and
    audience, and ordered by the field ``newest_first``. ``address`` is where a record that is not a page is shown, such as
    ``/publications/#{id}``. ``starts`` is the Markdown that a new page begins with. ``sorted_by`` is the field by which
    the file itself is kept in order, A to Z, where the order says nothing else.
    """

    name: str
    title: str
    model: type[Record]
    home: str
    plural: str = ""
    filters: tuple[str, ...] = ()
    newest_first: str = ""
    address: str = ""
    starts: str = ""
    sorted_by: str = ""
    listed: bool = True

    def __post_init__(self) -> None:
        regular = self.name if self.name.endswith("s") else f"{self.name[:-1]}ies" if self.name.endswith("y") else f"{self.name}s"
        object.__setattr__(self, "plural", self.plural or regular)

    @property
    def is_pages(self) -> bool:
        """Whether each record is a page of its own."""
        return self.home.startswith("docs/")

    @property
    def what_it_is(self) -> str:
        """The first paragraph of the model's own description, on one line."""
        return " ".join((self.model.__doc__ or "").split("\n\n")[0].replace("``", "").split())


def in_words(moment: str | date) -> str:
    """A date as people write it: ``14 February 2023``, ``February 2023`` or ``2023``."""
    if isinstance(moment, date):
        return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    match = _PARTIAL.match(moment)
    if not match:
        return moment
    return (f"{int(match[3])} " if match[3] else "") + (f"{MONTHS[int(match[2]) - 1]} " if match[2] else "") + match[1]


def time_in_words(clock: str) -> str:
    """A time of day as people write it: ``14:00`` is ``2pm``, ``12:30`` is ``12:30pm``."""
    hour, minute = (int(part) for part in clock.split(":"))
    return f"{(hour - 1) % 12 + 1}{f':{minute:02}' if minute else ''}{'am' if hour < 12 else 'pm'}"
