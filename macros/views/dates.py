"""What has a date: events, sessions and news, and the calendars that they make.

Owns: which dated records are in which calendar, and how their days are said. Never: reads the clock, or writes a calendar (``outputs`` do).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from macros.content.catalogue import Catalogue
from macros.models import BY_NAME
from macros.models.base import ContentType, in_words, time_in_words
from macros.models.open_data import EVERYTHING


@dataclass(frozen=True)
class Dated:
    """A record that has a full date, with the time of day and length where they are published."""

    kind: ContentType
    record: Any
    day: date
    starts: str | None
    minutes: int | None


@dataclass(frozen=True)
class Calendar:
    """A calendar to be kept or followed: its address, its name and what is in it."""

    address: str
    title: str
    entries: tuple[Dated, ...]


def dated(catalogue: Catalogue) -> list[Dated]:
    """Everything with a full date, oldest first. What is dated to a month or a year has no place in a calendar."""
    found = []
    for name in ("event", "session", "news"):
        for record in catalogue.all(name):
            day = record.date if name != "news" else date.fromisoformat(record.published) if len(record.published) == 10 else None
            if day:
                found.append(Dated(BY_NAME[name], record, day, getattr(record, "starts", None), getattr(record, "minutes", None)))
    return sorted(found, key=lambda entry: (entry.day, entry.starts or "", entry.kind.name, entry.record.id))


def calendars(catalogue: Catalogue) -> dict[str, Calendar]:
    """The calendars by address: one of everything, one for each dated record; an event's holds its dated sessions too."""
    entries = dated(catalogue)
    found = [Calendar(EVERYTHING, "Everything with a date", tuple(entries))]
    for event in catalogue.all("event"):
        own = tuple(e for e in entries if e.record is event or (e.kind.name == "session" and e.record.event == event.id))
        if own:
            found.append(Calendar(_address("events", event.id), event.title, own))
    found += [Calendar(_address(e.kind.plural, e.record.id), e.record.title, (e,)) for e in entries if e.kind.name != "event"]
    return {calendar.address: calendar for calendar in found}


def calendar_of(catalogue: Catalogue, plural: str, name: str) -> str:
    """The address of a record's calendar; nothing where it has no full date, or its last day has passed: that is a day nobody can keep free."""
    calendar = catalogue.ask(calendars).get(_address(plural, name))
    return calendar.address if calendar and calendar.entries[-1].day >= catalogue.today else ""


def _address(plural: str, name: str) -> str:
    return f"/calendars/{plural}/{name}.ics"


def sessions_by_day(catalogue: Catalogue, event: str) -> list[tuple[str, list[Any]]]:
    """An event's sessions under their themed days, both in the editors' order."""
    days: dict[str, list[Any]] = {}
    for session in catalogue.all("session"):
        if session.event == event:
            days.setdefault(session.theme_day or "Other sessions", []).append(session)
    return list(days.items())


def when(session: Any) -> str:
    """A session's date, time and length in words, as far as they are published."""
    length = session.length or (f"{session.minutes} minutes" if session.minutes else "")
    parts = (session.date and in_words(session.date), session.starts and time_in_words(session.starts), length)
    return ", ".join(part for part in parts if part)


def events_at(catalogue: Catalogue, address: str) -> list[Any]:
    """The events with a full date that the page at an address tells of."""
    return [event for event in catalogue.all("event") if event.date and catalogue.address("event", event).startswith(f"{address}#")]
