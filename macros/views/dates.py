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
    """A record that has a full date (for what was moved, the new one) and its last, with the time of day and length where they are known."""

    kind: ContentType
    record: Any
    day: date
    last: date
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
            day = record.day if name != "news" else date.fromisoformat(record.published) if len(record.published) == 10 else None
            if day:
                last = day if name == "news" else record.last
                found.append(Dated(BY_NAME[name], record, day, last, getattr(record, "starts", None), getattr(record, "minutes", None)))
    return sorted(found, key=lambda entry: (entry.day, entry.starts or "", entry.kind.name, entry.record.id))


def coming(catalogue: Catalogue) -> list[Dated]:
    """The events and sessions whose last day is today or later, the next first. What was cancelled stays among them until its day."""
    return [entry for entry in catalogue.ask(dated) if entry.kind.name != "news" and entry.last >= catalogue.today]


def calendars(catalogue: Catalogue) -> dict[str, Calendar]:
    """The calendars by address: one of everything, one for each dated record; that of an event or series holds its dated sessions too."""
    entries = catalogue.ask(dated)
    found = [Calendar(EVERYTHING, "Everything with a date", tuple(entries))]
    for event in catalogue.all("event"):
        own = tuple(e for e in entries if e.record is event or (e.kind.name == "session" and e.record.event == event.id))
        if own:
            found.append(Calendar(_address("events", event.id), event.title, own))
    for series in catalogue.all("training-series"):
        if own := tuple(e for e in entries if e.kind.name == "session" and e.record.series == series.id):
            found.append(Calendar(_address("training-series", series.id), series.title, own))
    found += [Calendar(_address(e.kind.plural, e.record.id), e.record.title, (e,)) for e in entries if e.kind.name != "event"]
    return {calendar.address: calendar for calendar in found}


def calendar_of(catalogue: Catalogue, plural: str, name: str) -> str:
    """The address of a record's calendar; nothing where it has no full date, or its last day has passed or was cancelled: nobody can keep that free."""
    calendar = catalogue.ask(calendars).get(_address(plural, name))
    kept = calendar and any(entry.last >= catalogue.today and not getattr(entry.record, "status", None) for entry in calendar.entries)
    return calendar.address if calendar and kept else ""


def _address(plural: str, name: str) -> str:
    return f"/calendars/{plural}/{name}.ics"


def sessions_by_day(catalogue: Catalogue, event: str) -> list[tuple[str, list[Any]]]:
    """An event's sessions under their themed days, both in the editors' order."""
    days: dict[str, list[Any]] = {}
    for session in catalogue.all("session"):
        if session.event == event:
            days.setdefault(session.theme_day or "Other sessions", []).append(session)
    return list(days.items())


def sessions_of(catalogue: Catalogue, series: str) -> tuple[list[Any], list[Any]]:
    """The sessions of a series: those to come, the next first, and those whose day has passed or is not known, the newest first."""
    own = sorted((s for s in catalogue.all("session") if s.series == series), key=lambda s: (s.day or date.min, s.starts or ""))
    ahead = [session for session in own if session.day and session.day >= catalogue.today]
    return ahead, [session for session in reversed(own) if session not in ahead]


def when(held: Any) -> str:
    """The day of an event or session with its time and length in words, as far as they are known."""
    minutes, starts = getattr(held, "minutes", None), getattr(held, "starts", None)
    length = getattr(held, "length", None) or (f"{minutes} minutes" if minutes else "")
    days = held.when if held.last_day else held.day and in_words(held.day)
    parts = (days, starts and time_in_words(starts), length)
    return ", ".join(part for part in parts if part)


def events_at(catalogue: Catalogue, address: str) -> list[Any]:
    """The events with a full date that the page at an address tells of."""
    return [event for event in catalogue.all("event") if event.day and event.shown_at == address]
