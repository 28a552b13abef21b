"""Attendance: who has checked in.

Present is a journalled act; being connected is fleeting, lives in `live.presence` and never touches quorum or right.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain import quorum
from meetingroom.domain.floor.asking import RequestWithdrawn
from meetingroom.domain.messages import ATTENDEES, OFFICE, Command, Event, Id, command, event
from meetingroom.domain.people import ParticipantRemoved, known
from meetingroom.domain.phase import require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

Attendance = Mapping[str, int]  # participant → checked in at (ms)


@command("attendance.check_in", by=ATTENDEES)
class CheckIn(Command):
    pass


@command("attendance.leave", by=ATTENDEES)
class Leave(Command):
    """One's own departure, for good or for a while; coming back is checking in again."""


@command("attendance.mark", by=OFFICE)
class Mark(Command):
    participant: Id
    present: bool


@event("attendance.arrived", quiet=True)
class Arrived(Event):
    participant: str
    at: int


@event("attendance.left", quiet=True)
class Left(Event):
    participant: str
    at: int


AttendanceCommand = CheckIn | Leave | Mark


def decide(meeting: Meeting, actor: Participant, command: AttendanceCommand, facts: Facts) -> tuple[Event, ...]:
    require_not_closed(meeting)
    match command:
        case CheckIn():
            return _mark(meeting, actor, True, facts)
        case Leave():
            return _mark(meeting, actor, False, facts)
        case Mark():
            person = known(meeting, command.participant)
            require(person.role in ATTENDEES, "attendance.cannot_attend")
            return _mark(meeting, person, command.present, facts)
        case _:
            assert_never(command)


def _mark(meeting: Meeting, person: Participant, present: bool, facts: Facts) -> tuple[Event, ...]:
    """Saying what is already so is no mistake and changes nothing."""
    if present == (person.id in meeting.attendance):
        return ()
    if present:
        return (Arrived(participant=person.id, at=facts.now),)
    return (Left(participant=person.id, at=facts.now), *_withdrawn(meeting, person))


def _withdrawn(meeting: Meeting, person: Participant) -> tuple[Event, ...]:
    """Where only who is present may ask to speak, nobody who has left waits to."""
    if not meeting.floor.rules.present_only:
        return ()
    mine = (each for each in meeting.floor.requests.values() if each.participant == person.id)
    return tuple(RequestWithdrawn(request=each.id, participant=person.id) for each in mine)


def evolve(attendance: Attendance, event: Event) -> Attendance:
    match event:
        case Arrived():
            return {**attendance, event.participant: event.at}
        case Left() | ParticipantRemoved() if event.participant in attendance:
            return {key: at for key, at in attendance.items() if key != event.participant}
        case _:
            return attendance


SEES = ("attendance", "people", "sitting", "rights")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    counted, wanted = quorum.count(meeting), meeting.sitting.quorum
    entry: dict[str, Any] = {
        "present": {participant: {"at": at} for participant, at in meeting.attendance.items()},
        "total_members": counted.total_members,
        "members_present": counted.members_present,
        "quorum": counted.needed,
        "quorate": counted.quorate,
        "rule": {"numerator": wanted.numerator, "denominator": wanted.denominator, "exceed": wanted.exceed},
    }
    return entry | ({"votes": {"total": counted.total, "present": counted.present}} if wanted.weighted else {})
