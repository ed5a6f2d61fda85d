"""Calendars: read back with a calendar program's own library, and held against what the pages show."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from macros.components import Components
from macros.content.catalogue import Catalogue
from macros.content.differences import Difference
from macros.models.base import in_words, time_in_words
from macros.outputs import calendars
from macros.views import dates
from tests.outputs_at_hand import ELSEWHERE, files_of, small, small_files, with_record, without

LONDON = ZoneInfo("Europe/London")


def read(content: bytes) -> Calendar:
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    return calendar


def entries(content: bytes) -> dict[str, Event]:
    found = {str(event["uid"]): event for event in read(content).walk("VEVENT")}
    assert len(found) == len(read(content).walk("VEVENT")), "two entries share a name"
    return found  # type: ignore[return-value]


def test_the_calendar_of_everything_holds_each_full_date_of_the_catalogue_and_no_other() -> None:
    found = {(str(e["summary"]), e.decoded("dtstart")) for e in entries(small_files()["calendars/everything.ics"]).values()}
    wanted = set()
    for kind in ("event", "session", "news"):
        for record in small().all(kind):
            day = record.date if kind != "news" else None
            if kind == "news" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", record.published):
                day = date.fromisoformat(record.published)
            starts = getattr(record, "starts", None)
            if day:
                wanted.add((record.title, datetime.combine(day, datetime.strptime(starts, "%H:%M").time(), LONDON) if starts else day))
    assert {title for title, _ in wanted} == {"Kite Week", "Knots that hold", "The kite was found"}
    assert {(title, start.astimezone(LONDON) if isinstance(start, datetime) else start) for title, start in found} == wanted


BEFORE = date(2022, 7, 1)  # when Kite Week was still to come


def test_a_day_that_has_passed_is_offered_to_no_calendar_and_says_so_in_those_that_hold_it() -> None:
    components = Components(small())
    shown = str(components.listing("events") + components.listing("sessions") + components.timetable("kite-week-2022") + components.calendars())
    assert "Add to calendar" not in shown
    assert set(re.findall(r'href="/(calendars/[^"]+)"', shown)) == {"calendars/everything.ics", "calendars/page-reviews.ics"}
    assert "An event whose day has passed says so in its entry." in shown
    for today, passed in ((small().today, True), (date(2022, 7, 12), True), (date(2022, 7, 11), False)):
        (event,) = entries(files_of(replace(small(), today=today))["calendars/sessions/knots.ics"]).values()
        assert str(event["description"]).startswith("This day has passed.") is passed
    components = Components(replace(small(), today=date(2022, 7, 11)))
    assert str(components.timetable("kite-week-2022")).count("Add to calendar") == 2, "on the very day it can still be kept"


def test_a_session_says_in_the_calendar_what_its_page_says() -> None:
    catalogue = replace(small(), today=BEFORE)
    page = str(Components(catalogue).timetable("kite-week-2022"))
    shown = re.search(r'id="session-knots">.*?</li>', page, re.DOTALL)
    assert shown
    address = re.search(r'href="/(calendars/sessions/knots\.ics)"', shown.group())
    assert address, "no way to the calendar beside the session"
    (event,) = entries(small_files()[address.group(1)]).values()
    start = event.decoded("dtstart")
    assert start.utcoffset() == timedelta(hours=1), "July is summer time"
    assert f"{in_words(start.date())}, {time_in_words(start.strftime('%H:%M'))}, 30 minutes" in shown.group()
    assert "11 July 2022, 2pm" in shown.group()
    assert event.decoded("duration") == timedelta(minutes=30)
    assert str(event["summary"]) in shown.group()
    assert "Host: String Group." in str(event["description"])


def test_a_session_without_a_date_has_no_calendar_and_no_link_to_one() -> None:
    assert "calendars/sessions/tails.ics" not in small_files()
    page = str(Components(replace(small(), today=BEFORE)).timetable("kite-week-2022"))
    assert "sessions/tails.ics" not in page
    assert page.count("Add to calendar") == 2  # the week and its one dated session


def test_an_event_stands_in_the_list_with_its_calendar_and_the_calendar_holds_its_sessions() -> None:
    page = str(Components(replace(small(), today=BEFORE)).listing("events"))
    assert 'href="/calendars/events/kite-week-2022.ics"' in page
    found = entries(small_files()["calendars/events/kite-week-2022.ics"])
    assert set(found) == {"event-kite-week-2022@example.org", "session-knots@example.org"}
    week = found["event-kite-week-2022@example.org"]
    assert (week.decoded("dtstart"), week.decoded("dtend")) == (date(2022, 7, 11), date(2022, 7, 12))
    assert str(week["location"]) == "The hill"
    assert str(week["url"]) == "https://kites.example/training/learning-week/"


def test_every_link_to_a_calendar_leads_to_a_file() -> None:
    components = Components(replace(small(), today=BEFORE))
    shown = str(components.listing("events") + components.listing("sessions") + components.calendars() + components.timetable("kite-week-2022"))
    links = set(re.findall(r'href="/(calendars/[^"]+)"', shown))
    assert {"calendars/everything.ics", "calendars/events/kite-week-2022.ics", "calendars/sessions/knots.ics"} <= links <= set(small_files())


@pytest.mark.parametrize(
    ("starts", "day", "offset"),
    [("14:00", date(2027, 1, 15), 0), ("14:00", date(2027, 7, 15), 1), ("00:30", date(2027, 3, 28), 0), ("09:00", date(2027, 3, 28), 1)],
)
def test_times_are_those_of_the_clocks_in_london(starts: str, day: date, offset: int) -> None:
    catalogue = with_record(small(), "session", "knots", date=day, starts=starts)
    (event,) = entries(files_of(catalogue)["calendars/sessions/knots.ics"]).values()
    start = event.decoded("dtstart")
    assert start.utcoffset() == timedelta(hours=offset)
    assert start.strftime("%H:%M") == starts
    assert b"DTSTART;TZID=Europe/London:" in files_of(catalogue)["calendars/sessions/knots.ics"]


def test_the_time_zone_that_is_sent_along_changes_its_clocks_when_london_does() -> None:
    (zone,) = read(small_files()["calendars/everything.ics"]).walk("VTIMEZONE")
    sent = zone.to_tz()  # type: ignore[attr-defined]
    moment = datetime(1997, 1, 1, 12)
    while moment.year < 2037:
        assert moment.replace(tzinfo=sent).utcoffset() == moment.replace(tzinfo=LONDON).utcoffset(), moment
        moment += timedelta(days=1)


def test_without_a_published_length_an_entry_has_no_end_and_says_why() -> None:
    for length, said in ((None, "How long it takes is not given."), ("about half an hour", "Length: about half an hour.")):
        catalogue = with_record(small(), "session", "knots", minutes=None, length=length)
        (event,) = entries(files_of(catalogue)["calendars/sessions/knots.ics"]).values()
        assert "dtend" not in event
        assert "duration" not in event
        assert said in str(event["description"]).splitlines()


def test_without_a_published_time_an_entry_lasts_the_day_and_says_so() -> None:
    event = entries(small_files()["calendars/events/kite-week-2022.ics"])["event-kite-week-2022@example.org"]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2022, 7, 11), date(2022, 7, 12))
    assert "No time of day is given." in str(event["description"]), "true of what a document says and of what the team announced"


def test_what_was_moved_cancelled_or_changed_is_put_right_in_a_calendar_that_holds_it() -> None:
    def knots(**changed: object) -> Event:
        catalogue = with_record(small(), "session", "knots", date=date(2027, 7, 11), **changed)
        (event,) = entries(files_of(catalogue)["calendars/sessions/knots.ics"]).values()
        return event

    as_it_was, moved, cancelled = knots(), knots(moved_to=date(2027, 7, 20)), knots(status="cancelled")
    assert as_it_was["uid"] == moved["uid"] == cancelled["uid"]
    assert [(event["sequence"], event["status"], event["transp"]) for event in (as_it_was, moved, cancelled)] == [
        (0, "CONFIRMED", "OPAQUE"),
        (1, "CONFIRMED", "OPAQUE"),
        (1, "CANCELLED", "TRANSPARENT"),
    ]
    assert (as_it_was.decoded("dtstart").date(), moved.decoded("dtstart").date()) == (date(2027, 7, 11), date(2027, 7, 20))
    assert str(moved["description"]).startswith("Moved from 11 July 2027.")
    assert str(cancelled["summary"]) == f"Cancelled: {as_it_was['summary']}"
    history = ((date(2026, 3, 20), "changed"), (date(2026, 3, 4), "changed"), (date(2026, 1, 10), "added"))
    publications = tuple((day, (Difference(how, "session", "knots"),)) for day, how in history)  # type: ignore[arg-type]
    (event,) = entries(files_of(replace(small(), publications=publications))["calendars/sessions/knots.ics"]).values()
    assert (event["sequence"], event.decoded("last-modified").date(), event.decoded("dtstamp").date()) == (2, date(2026, 3, 20), date(2026, 3, 20))


def test_an_event_of_several_days_ends_with_the_last() -> None:
    catalogue = with_record(small(), "event", "kite-week-2022", last_day=date(2022, 7, 15))
    event = entries(files_of(catalogue)["calendars/events/kite-week-2022.ics"])["event-kite-week-2022@example.org"]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2022, 7, 11), date(2022, 7, 16))


def undated() -> Catalogue:
    return without(small(), "event", "session", "news")


def test_where_nothing_is_dated_the_page_says_so_and_the_calendar_is_still_a_calendar() -> None:
    content = files_of(undated())["calendars/everything.ics"]
    calendar = read(content)
    assert not calendar.walk("VEVENT")
    assert calendar.subcomponents, "a calendar must hold something (RFC 5545, 3.4)"
    assert not [name for name in files_of(undated()) if name.startswith(("calendars/events/", "calendars/sessions/"))]
    page = str(Components(undated()).calendars())
    assert "nothing yet" in page
    assert "No events or sessions are listed" in page


def test_the_page_stops_saying_that_nothing_is_to_come_when_something_is() -> None:
    coming = with_record(small(), "session", "knots", date=small().today + timedelta(days=3))
    assert "No events or sessions are listed" not in str(Components(coming).calendars())
    assert "No events or sessions are listed" in str(Components(small()).calendars())


def test_what_is_past_stays_in_the_calendar() -> None:
    later = files_of(replace(small(), today=date(2099, 1, 1)))
    assert later["calendars/everything.ics"] == small_files()["calendars/everything.ics"]
    assert "session-knots@example.org" in entries(later["calendars/everything.ics"])


def test_the_stamp_of_an_entry_is_the_day_on_which_its_page_was_reviewed() -> None:
    event = entries(small_files()["calendars/everything.ics"])["event-kite-week-2022@example.org"]
    assert event.decoded("dtstamp") == datetime.combine(small().pages["training/learning-week.md"].meta.last_found_right, datetime.min.time(), UTC)


def test_names_of_entries_do_not_change_with_the_address_of_the_site() -> None:
    elsewhere = calendars.files(small(), replace(ELSEWHERE, address="http://127.0.0.1:8000/"))
    assert set(entries(elsewhere["calendars/everything.ics"])) == set(entries(small_files()["calendars/everything.ics"]))


def test_every_page_is_in_the_calendar_of_reviews_on_the_day_it_is_due() -> None:
    found = entries(small_files()["calendars/page-reviews.ics"])
    due = {(str(e["summary"]), e.decoded("dtstart")) for e in found.values()}
    wanted = {(f"Read again: {page.meta.title}", page.meta.review_by) for page in small().pages.values()}
    wanted |= {(f"Check again: {contact.title}", contact.review_by) for contact in small().all("contact")}
    assert due == wanted
    assert len(found) == len(small().pages) + len(small().all("contact"))
    assert {str(e["class"]) for e in found.values()} == {"PRIVATE"}
    assert b"Disallow: /calendars/page-reviews.ics\n" in small_files()["robots.txt"]


def test_calendars_keep_to_the_form_that_the_standard_asks_for() -> None:
    calendars_there = {name: content for name, content in small_files().items() if name.endswith(".ics")}
    assert len(calendars_there) > 3
    for name, content in calendars_there.items():
        assert content.endswith(b"END:VCALENDAR\r\n"), name
        assert not re.search(rb"(?<!\r)\n", content), name
        assert max(len(line) for line in content.split(b"\r\n")) <= 75, name
        assert not read(content).errors, name
        for event in read(content).walk("VEVENT"):
            assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event), name


@pytest.mark.parametrize(
    ("clock", "words"), [("14:00", "2pm"), ("12:30", "12:30pm"), ("00:15", "12:15am"), ("09:05", "9:05am"), ("12:00", "12pm"), ("23:59", "11:59pm")]
)
def test_times_are_written_as_people_write_them(clock: str, words: str) -> None:
    assert time_in_words(clock) == words


def test_the_calendars_are_those_that_the_pages_ask_for() -> None:
    addresses = {address.lstrip("/") for address in dates.calendars(small())}
    assert addresses | {"calendars/page-reviews.ics"} == {name for name in small_files() if name.endswith(".ics")}
