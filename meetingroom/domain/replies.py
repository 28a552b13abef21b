"""Replies: who of those invited will come, asks to stay away (báo vắng), and who comes in their place.

A member's absence needs the Chairman's consent (Luật Tổ chức chính quyền địa phương 77/2015, Điều 114). A substitute
attends and may speak, and has no vote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.messages import ATTENDEES, OFFICE, Command, Event, Id, Line, Moment, Role, command, event
from meetingroom.domain.people import Participant, ParticipantAdded, ParticipantRemoved, known
from meetingroom.domain.phase import require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting


class Standing(StrEnum):
    """What somebody invited has said, and what was answered to it."""

    CONFIRMED = "confirmed"
    ASKED = "asked"
    EXCUSED = "excused"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reply:
    """`since` and `until` (ms): an absence from a part of the meeting only. `substitute`: whom they propose to send."""

    standing: Standing
    at: int
    reason: str = ""
    since: int | None = None
    until: int | None = None
    substitute: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Replies:
    """`substitutes`: participant → whom they stand in for."""

    answers: Mapping[str, Reply] = field(default_factory=dict)
    substitutes: Mapping[str, str] = field(default_factory=dict)


@command("replies.confirm", by=ATTENDEES)
class Confirm(Command):
    """I will come; also takes back that one asked to stay away."""


@command("replies.ask_absence", by=ATTENDEES, when="with a reason")
class AskAbsence(Command):
    """`since`, `until`: absent from a part only. `substitute`: the office of who comes instead."""

    reason: Line
    since: Moment | None = None
    until: Moment | None = None
    substitute: Line = ""


@command("replies.decide", by=OFFICE, when="the person has asked to stay away")
class DecideAbsence(Command):
    """With consent a proposed substitute joins the meeting, without a vote."""

    participant: Id
    consent: bool
    answer: Line = ""


@command("replies.record", by=OFFICE)
class RecordReply(Command):
    """What somebody said by telephone: will come (no reason needed), or is excused."""

    participant: Id
    coming: bool
    reason: Line = ""


@event("replies.confirmed", quiet=True)
class Confirmed(Event):
    participant: str
    at: int


@event("replies.absence_asked", quiet=True)
class AbsenceAsked(Event):
    participant: str
    at: int
    reason: str
    since: int | None = None
    until: int | None = None
    substitute: str = ""


@event("replies.absence_decided", quiet=True)
class AbsenceDecided(Event):
    participant: str
    at: int
    consent: bool
    answer: str
    by: str


@event("replies.substituted")
class Substituted(Event):
    """`participant` attends in place of `absent`."""

    participant: str
    absent: str


RepliesCommand = Confirm | AskAbsence | DecideAbsence | RecordReply


def decide(meeting: Meeting, actor: Participant, command: RepliesCommand, facts: Facts) -> tuple[Event, ...]:
    require_not_closed(meeting)
    match command:
        case Confirm():
            return (Confirmed(participant=actor.id, at=facts.now),)
        case AskAbsence():
            require(command.reason, "replies.needs_reason")
            if command.since is not None and command.until is not None:
                require(command.since < command.until, "replies.ends_before_it_begins")
            return (AbsenceAsked(participant=actor.id, at=facts.now, **vars(command)),)
        case DecideAbsence():
            return _decide(meeting, actor, command, facts)
        case RecordReply():
            person = _invited(meeting, command.participant)
            if command.coming:
                return (Confirmed(participant=person.id, at=facts.now),)
            asked = AbsenceAsked(participant=person.id, at=facts.now, reason=command.reason)
            decided = AbsenceDecided(participant=person.id, at=facts.now, consent=True, answer="", by=actor.id)
            return (asked, decided)
        case _:
            assert_never(command)


def _decide(meeting: Meeting, actor: Participant, command: DecideAbsence, facts: Facts) -> tuple[Event, ...]:
    person = _invited(meeting, command.participant)
    reply = meeting.replies.answers.get(person.id)
    require(reply is not None and reply.standing is not Standing.CONFIRMED, "replies.not_asked")
    assert reply
    decided = AbsenceDecided(
        participant=person.id, at=facts.now, consent=command.consent, answer=command.answer, by=actor.id
    )
    comes = command.consent and reply.substitute and person.id not in meeting.replies.substitutes.values()
    return (decided, *(_substitute(person, reply.substitute, facts) if comes else ()))


def _substitute(person: Participant, office: str, facts: Facts) -> tuple[Event, ...]:
    """Next to whom they stand in for in the order of precedence, and without a vote."""
    added = ParticipantAdded(
        participant=facts.id,
        name="",
        office=office,
        unit=person.unit,
        role=Role.DELEGATE if person.role in OFFICE else person.role,
        member=False,
        seat="",
        rank=person.rank,
    )
    return (added, Substituted(participant=facts.id, absent=person.id))


def _invited(meeting: Meeting, participant: str) -> Participant:
    person = known(meeting, participant)
    require(person.role in ATTENDEES, "attendance.cannot_attend")
    return person


def evolve(replies: Replies, event: Event) -> Replies:
    match event:
        case Confirmed():
            return _answered(replies, event.participant, Reply(Standing.CONFIRMED, event.at))
        case AbsenceAsked():
            reply = Reply(Standing.ASKED, event.at, event.reason, event.since, event.until, event.substitute)
            return _answered(replies, event.participant, reply)
        case AbsenceDecided() if event.participant in replies.answers:
            standing = Standing.EXCUSED if event.consent else Standing.REFUSED
            reply = replace(replies.answers[event.participant], standing=standing, answer=event.answer)
            return _answered(replies, event.participant, reply)
        case Substituted():
            return replace(replies, substitutes={**replies.substitutes, event.participant: event.absent})
        case ParticipantRemoved():
            gone = event.participant
            return Replies(
                {key: reply for key, reply in replies.answers.items() if key != gone},
                {key: absent for key, absent in replies.substitutes.items() if gone not in (key, absent)},
            )
        case _:
            return replies


def _answered(replies: Replies, participant: str, reply: Reply) -> Replies:
    return replace(replies, answers={**replies.answers, participant: reply})


SEES = ("replies",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Whom a substitute stands in for is for all; reasons of an absence are for chair and secretary."""
    entry: dict[str, Any] = {"substitutes": dict(meeting.replies.substitutes)}
    if audience.is_office:
        entry["answers"] = {key: _shown(reply) for key, reply in meeting.replies.answers.items()}
    return entry


def _shown(reply: Reply) -> dict[str, Any]:
    entry: dict[str, Any] = {"standing": reply.standing.value, "at": reply.at}
    given = {name: getattr(reply, name) for name in ("reason", "since", "until", "substitute", "answer")}
    return entry | {name: value for name, value in given.items() if value not in (None, "")}


def own(meeting: Meeting, participant: Participant) -> dict[str, Any]:
    """One's own reply and what was answered to it."""
    reply = meeting.replies.answers.get(participant.id)
    return {"reply": _shown(reply)} if reply else {}
