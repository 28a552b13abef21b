"""The meeting as a calendar entry (RFC 5545), for the phone and the office's calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec

from meetingroom.domain.moments import sayable
from meetingroom.domain.sitting import Sitting

USUAL_MINUTES = 180  # where the agenda names no times


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting in a feed; `ends` 0: nobody has said."""

    meeting: str
    title: str
    room: str
    starts: int
    ends: int


class NoCalendar(Exception):
    """The extra `invite` is not installed."""


def offered() -> bool:
    """Whether calendars can be written here."""
    return find_spec("icalendar") is not None


def entry(sitting: Sitting, meeting: str, minutes: int, sender: str, now: int, version: int) -> bytes:
    """METHOD:REQUEST. The same meeting sent again with a higher `version` replaces the entry. Raises NoCalendar.

    `minutes`: as long as the agenda is, where nobody has planned an end.
    """
    try:
        from icalendar import Calendar, Event, vCalAddress
    except ModuleNotFoundError as error:
        raise NoCalendar from error
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//meetingroom//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST")
    event.add("uid", f"{meeting}@meetingroom")
    event.add("sequence", version)
    event.add("dtstamp", _date(now))
    event.add("dtstart", _date(sitting.starts))
    event.add("dtend", _date(sitting.ends or sitting.starts + (minutes or USUAL_MINUTES) * 60_000))
    event.add("summary", sitting.title)
    event.add("location", sitting.room)
    event.add("organizer", vCalAddress(f"mailto:{sender}"))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def feed_of(planned: Iterable[Planned], name: str, now: int) -> bytes:
    """All of somebody's meetings, to be fetched again and again. Raises NoCalendar."""
    try:
        from icalendar import Calendar, Event
    except ModuleNotFoundError as error:
        raise NoCalendar from error
    calendar = Calendar()
    calendar.add("prodid", "-//meetingroom//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for each in planned:
        event = Event()
        event.add("uid", f"{each.meeting}@meetingroom")
        event.add("dtstamp", _date(now))
        event.add("dtstart", _date(each.starts))
        event.add("dtend", _date(each.ends or each.starts + USUAL_MINUTES * 60_000))
        event.add("summary", each.title)
        event.add("location", each.room)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _date(at: int) -> datetime:
    return datetime.fromtimestamp(sayable(at) / 1000, UTC)
