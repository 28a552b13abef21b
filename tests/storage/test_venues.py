"""Rooms: named once, each with the plan it was given last; and which meetings fall into some hours."""

from __future__ import annotations

from meetingroom.domain.shapes import Shape
from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.meetings import Meetings
from meetingroom.storage.venues import Venues

HOUR = 3_600_000


def test_a_room_is_named_once_and_keeps_its_plan(database: Database) -> None:
    venues = Venues(database)
    first, second = venues.add("Phòng họp A", "Tầng 2"), venues.add("Hội trường", "")
    assert first and second and venues.add("phòng  họp a", "") is None
    places = (("01", 800, 80), ("02", 300, 400))
    assert venues.arrange(first.id, Shape.U, places) and not venues.arrange("none", Shape.U, places)
    assert not venues.change(second.id, "PHÒNG HỌP A", "") and venues.change(first.id, "Phòng họp số 1", "Tầng 3")
    kept = next(venue for venue in venues.all() if venue.name == "Phòng họp số 1")
    assert kept and (kept.place, kept.shape, kept.places) == ("Tầng 3", Shape.U, places)
    venues.remove(second.id)
    assert venues.all() == [kept]


def test_which_meetings_fall_into_some_hours(database: Database) -> None:
    journal = Journal(database)
    for key, starts, ends, phase in (
        ("before", 5, 8, "draft"),
        ("across", 5, 9, "published"),
        ("open end", 6, 0, "in_session"),
        ("past", 5, 0, "draft"),
        ("over", 8, 9, "closed"),
        ("after", 10, 11, "draft"),
    ):
        entry = Entry(key, 1, 1, "p", None, "meeting.created", {})
        journal.append([entry], Summary(key, key, starts * HOUR, phase, "A", ends * HOUR))
    assert Meetings(database).around(8 * HOUR, 10 * HOUR, 10) == ["across", "open end"]
    assert Meetings(database).around(8 * HOUR, 10 * HOUR, 1) == ["across"]
