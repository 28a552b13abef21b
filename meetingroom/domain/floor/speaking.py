"""Speaking: given, paused, extended, interrupted and resumed, ended; its clock runs only while it is not paused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from meetingroom.domain.floor.asking import without
from meetingroom.domain.floor.state import (
    PRIORITY,
    URGENT,
    Floor,
    Kind,
    Speech,
    Turn,
    allowance,
    budget,
    limit,
    remaining,
    request_of,
)
from meetingroom.domain.messages import ATTENDEES, OFFICE, Command, Event, Id, Seconds, command, event
from meetingroom.domain.people import known
from meetingroom.domain.refusals import require
from meetingroom.domain.sitting import MeetingAdjourned, MeetingClosed

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


@command("floor.give", by=OFFICE)
class Give(Command):
    """To anyone, asked or not. A question or a point of order interrupts who is speaking; any other kind ends it.

    Without `seconds` the limit of the kind and the item holds (0: no limit), or what is left of the person's allotment,
    of the unit's budget or of the item's discussion.
    """

    participant: Id
    kind: Kind = Kind.SPEAK
    seconds: Seconds | None = None


@command("floor.pause", by=OFFICE)
class Pause(Command):
    pass


@command("floor.resume", by=OFFICE)
class ResumeSpeech(Command):
    pass


@command("floor.extend", by=OFFICE, when="somebody speaks under a limit")
class Extend(Command):
    seconds: Seconds


@command("floor.end", by=ATTENDEES, when="chair and secretary always; others their own speech")
class End(Command):
    """Who was interrupted then goes on with the rest of the time."""


@event("floor.given")
class FloorGiven(Event):
    """`interrupts`: the speech at hand waits; otherwise it has ended before."""

    participant: str
    seconds: int
    at: int
    item: str | None = None
    request: str | None = None
    kind: Kind = Kind.SPEAK
    speech: str = ""
    topic: str = ""
    to: str | None = None
    interrupts: bool = False


@event("floor.paused")
class SpeechPaused(Event):
    at: int


@event("floor.resumed")
class SpeechResumed(Event):
    at: int


@event("floor.extended")
class SpeechExtended(Event):
    seconds: int


@event("floor.ended")
class SpeechEnded(Event):
    participant: str
    at: int
    spent: int
    speech: str = ""


@event("floor.taken_up")
class SpeechTakenUp(Event):
    """Who was interrupted last goes on."""

    participant: str
    at: int


SpeakingCommand = Give | Pause | ResumeSpeech | Extend | End


def decide(meeting: Meeting, actor: Participant, command: SpeakingCommand, facts: Facts) -> tuple[Event, ...]:
    floor = meeting.floor
    match command:
        case Give():
            return _give(meeting, command, facts)
        case Pause():
            require(_speech(floor).resumed_at is not None, "floor.not_running")
            return (SpeechPaused(at=facts.now),)
        case ResumeSpeech():
            require(_speech(floor).resumed_at is None, "floor.not_paused")
            return (SpeechResumed(at=facts.now),)
        case Extend():
            require(_speech(floor).seconds, "floor.no_limit")
            return (SpeechExtended(seconds=command.seconds),)
        case End():
            require(actor.role in OFFICE or _speech(floor).participant == actor.id, "not_permitted")
            waiting = floor.interrupted[-1:]
            taken_up = (SpeechTakenUp(participant=each.participant, at=facts.now) for each in waiting)
            return (_ended(_speech(floor), facts), *taken_up)
        case _:
            assert_never(command)


def _give(meeting: Meeting, command: Give, facts: Facts) -> tuple[Event, ...]:
    person = known(meeting, command.participant)
    require(person.role in ATTENDEES, "floor.cannot_speak")
    floor, item = meeting.floor, meeting.agenda.current
    request = request_of(floor, person.id, command.kind)
    interrupts = _interrupts(floor.speech, person.id, command.kind)
    given = FloorGiven(
        participant=person.id,
        seconds=_seconds(meeting, person, command),
        at=facts.now,
        item=request.item if request else item,
        request=request.id if request else None,
        kind=command.kind,
        speech=facts.id,
        topic=request.topic if request else "",
        to=request.to if request else None,
        interrupts=interrupts,
    )
    return (*(() if interrupts else _cleared(floor, command.kind, facts)), given)


def _seconds(meeting: Meeting, person: Participant, command: Give) -> int:
    """Whoever has overdrawn and is given the floor all the same has it as long as everybody."""
    if command.seconds is not None:
        return command.seconds
    floor, item = meeting.floor, meeting.agenda.current
    seconds = limit(floor.rules, command.kind, item)
    for left in (allowance(floor, person.id), budget(floor, meeting.people, person.unit), remaining(floor, item)):
        if left is not None and left >= 1000:
            seconds = min(seconds, left // 1000) if seconds else left // 1000
    return seconds


def _interrupts(speech: Speech | None, participant: str, kind: Kind) -> bool:
    """Only what is more urgent than the speech at hand, and nobody interrupts themselves."""
    if speech is None or speech.participant == participant:
        return False
    return kind in URGENT and PRIORITY[kind] < PRIORITY[speech.kind]


def _cleared(floor: Floor, kind: Kind, facts: Facts) -> tuple[Event, ...]:
    """The speech at hand ends. An interruption and the answer to it leave those waiting who were interrupted."""
    leaves_waiting = kind in URGENT or kind is Kind.REPLY
    ending = (() if leaves_waiting else floor.interrupted) + ((floor.speech,) if floor.speech else ())
    return tuple(_ended(speech, facts) for speech in reversed(ending))


def _speech(floor: Floor) -> Speech:
    require(floor.speech is not None, "floor.nobody_speaks")
    assert floor.speech is not None
    return floor.speech


def _ended(speech: Speech, facts: Facts) -> SpeechEnded:
    spent = speech.spent_at(facts.now)
    return SpeechEnded(participant=speech.participant, at=facts.now, spent=spent, speech=speech.id)


def evolve(floor: Floor, event: Event) -> Floor:
    speech = floor.speech
    match event:
        case FloorGiven():
            return _given(floor, event)
        case SpeechPaused() | MeetingAdjourned() if speech and speech.resumed_at is not None:
            return replace(floor, speech=_paused(speech, event.at))
        case SpeechResumed() if speech:
            return replace(floor, speech=replace(speech, resumed_at=event.at))
        case SpeechExtended() if speech:
            return replace(floor, speech=replace(speech, seconds=speech.seconds + event.seconds))
        case SpeechEnded():
            return _over(floor, event)
        case SpeechTakenUp() if floor.interrupted:
            *others, last = floor.interrupted
            return replace(floor, speech=replace(last, resumed_at=event.at), interrupted=tuple(others))
        case MeetingClosed():
            speeches = (*floor.interrupted, *((speech,) if speech else ()))
            turns = {each.id: _turn(each, each.spent_at(event.at)) for each in speeches}
            return replace(floor, requests={}, speech=None, interrupted=(), turns={**floor.turns, **turns})
        case _:
            return floor


def _given(floor: Floor, event: FloorGiven) -> Floor:
    speech = Speech(
        event.speech, event.participant, event.kind, event.topic, event.item, event.to, event.seconds, event.at,
        resumed_at=event.at,
    )  # fmt: skip
    left = without(floor, event.request)
    if event.interrupts and floor.speech:
        left = replace(left, interrupted=(*floor.interrupted, _paused(floor.speech, event.at)))
    return replace(left, speech=speech)


def _over(floor: Floor, event: SpeechEnded) -> Floor:
    speeches = (*floor.interrupted, *((floor.speech,) if floor.speech else ()))
    turns = {each.id: _turn(each, event.spent) for each in speeches if each.id == event.speech}
    return replace(
        floor,
        speech=None if floor.speech and floor.speech.id == event.speech else floor.speech,
        interrupted=tuple(each for each in floor.interrupted if each.id != event.speech),
        turns={**floor.turns, **turns},
    )


def _paused(speech: Speech, at: int) -> Speech:
    return replace(speech, spent=speech.spent_at(at), resumed_at=None)


def _turn(speech: Speech, spent: int) -> Turn:
    return Turn(speech.participant, speech.kind, speech.item, speech.started_at, spent)
