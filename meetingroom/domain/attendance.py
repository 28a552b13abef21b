"""Attendance: who has checked in, and whether that is a quorum of the total membership.

Present is a journalled act; being connected is fleeting, lives in `live.presence` and never touches quorum or right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.messages import ATTENDEES, OFFICE, Command, Event, Id, command, event
from meetingroom.domain.people import ParticipantRemoved, known, members
from meetingroom.domain.phase import Phase, require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

Attendance = Mapping[str, int]  # participant → checked in at (ms)

# The quorum of a People's Committee: at least two thirds of all members (Luật Tổ chức chính quyền địa phương 77/2015,
# Điều 114; later laws renumber the article). The fraction becomes a setting of the body with the rules of voting.
QUORUM_OF, QUORUM_IN = 2, 3


@dataclass(frozen=True, slots=True)
class Count:
    """Members only; guests never count."""

    total_members: int
    members_present: int
    quorum: int

    @property
    def quorate(self) -> bool:
        return self.total_members > 0 and self.members_present >= self.quorum


def count(meeting: Meeting) -> Count:
    return _counted(meeting, meeting.attendance)


def _counted(meeting: Meeting, attendance: Attendance) -> Count:
    total = members(meeting.people)
    present = sum(1 for member in total if member in attendance)
    return Count(len(total), present, -(-len(total) * QUORUM_OF // QUORUM_IN))


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


@event("attendance.quorum_lost")
class QuorumLost(Event):
    """In session: with this departure fewer members are present than the meeting needs."""

    at: int
    members_present: int
    quorum: int


@event("attendance.quorum_reached")
class QuorumReached(Event):
    at: int
    members_present: int
    quorum: int


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
    moved = Arrived(participant=person.id, at=facts.now) if present else Left(participant=person.id, at=facts.now)
    return (moved, *_quorum_changed(meeting, moved, facts))


def _quorum_changed(meeting: Meeting, moved: Event, facts: Facts) -> tuple[Event, ...]:
    """The moment at which a meeting in session loses its quorum, or has it again, stands in the record."""
    before, after = count(meeting), _counted(meeting, evolve(meeting.attendance, moved))
    if meeting.sitting.phase is not Phase.IN_SESSION or before.quorate == after.quorate:
        return ()
    kind = QuorumReached if after.quorate else QuorumLost
    return (kind(at=facts.now, members_present=after.members_present, quorum=after.quorum),)


def evolve(attendance: Attendance, event: Event) -> Attendance:
    match event:
        case Arrived():
            return {**attendance, event.participant: event.at}
        case Left() | ParticipantRemoved() if event.participant in attendance:
            return {key: at for key, at in attendance.items() if key != event.participant}
        case _:
            return attendance


SEES = ("attendance", "people")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    counted = count(meeting)
    return {
        "present": {participant: {"at": at} for participant, at in meeting.attendance.items()},
        "total_members": counted.total_members,
        "members_present": counted.members_present,
        "quorum": counted.quorum,
        "quorate": counted.quorate,
    }
