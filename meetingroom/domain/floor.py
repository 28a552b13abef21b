"""Floor: who asks to speak, who speaks, and how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.messages import ATTENDEES, OFFICE, Command, Event, Id, Line, Seconds, command, event
from meetingroom.domain.people import ParticipantRemoved, known
from meetingroom.domain.phase import Phase, require_session
from meetingroom.domain.refusals import require
from meetingroom.domain.sitting import MeetingAdjourned, MeetingClosed

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


@dataclass(frozen=True, slots=True)
class Request:
    id: str
    participant: str
    topic: str
    item: str | None
    asked_at: int


@dataclass(frozen=True, slots=True)
class Speech:
    """`seconds` allowed (0: no limit); `spent` milliseconds up to the last pause; `resumed_at` while it runs."""

    participant: str
    item: str | None
    seconds: int
    started_at: int
    spent: int = 0
    resumed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """`requests` in the order in which they wait; `spoken` counts the speeches of each person."""

    requests: Mapping[str, Request] = field(default_factory=dict)
    speech: Speech | None = None
    spoken: Mapping[str, int] = field(default_factory=dict)


@command("floor.request", by=ATTENDEES, when="the meeting is in session and none of one's own is waiting")
class Ask(Command):
    topic: Line = ""


@command("floor.withdraw", by=ATTENDEES)
class WithdrawRequest(Command):
    pass


@command("floor.give", by=OFFICE)
class Give(Command):
    """To anyone, asked or not. Whoever is speaking has then finished."""

    participant: Id
    seconds: Seconds = 300


@command("floor.pause", by=OFFICE)
class Pause(Command):
    pass


@command("floor.resume", by=OFFICE)
class ResumeSpeech(Command):
    pass


@command("floor.extend", by=OFFICE)
class Extend(Command):
    seconds: Seconds


@command("floor.end", by=ATTENDEES, when="chair and secretary always; others their own speech")
class End(Command):
    pass


@command("floor.decline", by=OFFICE)
class Decline(Command):
    request: Id
    reason: Line = ""


@command("floor.move", by=OFFICE)
class MoveRequest(Command):
    request: Id
    before: Id | None = None


@event("floor.requested", quiet=True)
class FloorRequested(Event):
    request: str
    participant: str
    topic: str
    at: int
    item: str | None = None


@event("floor.withdrawn", quiet=True)
class RequestWithdrawn(Event):
    request: str
    participant: str


@event("floor.declined")
class RequestDeclined(Event):
    request: str
    reason: str


@event("floor.moved")
class RequestMoved(Event):
    request: str
    before: str | None = None


@event("floor.given")
class FloorGiven(Event):
    participant: str
    seconds: int
    at: int
    item: str | None = None
    request: str | None = None


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


FloorCommand = Ask | WithdrawRequest | Give | Pause | ResumeSpeech | Extend | End | Decline | MoveRequest


def decide(meeting: Meeting, actor: Participant, command: FloorCommand, facts: Facts) -> tuple[Event, ...]:
    require_session(meeting)
    floor = meeting.floor
    match command:
        case Ask():
            require(request_of(floor, actor.id) is None, "floor.already_waiting")
            item = meeting.agenda.current
            return (
                FloorRequested(request=facts.id, participant=actor.id, topic=command.topic, item=item, at=facts.now),
            )
        case WithdrawRequest():
            request = request_of(floor, actor.id)
            return (RequestWithdrawn(request=request.id, participant=actor.id),) if request else ()
        case Give():
            return _give(meeting, command, facts)
        case Pause():
            require(_speech(floor).resumed_at is not None, "floor.not_running")
            return (SpeechPaused(at=facts.now),)
        case ResumeSpeech():
            require(_speech(floor).resumed_at is None, "floor.not_paused")
            return (SpeechResumed(at=facts.now),)
        case Extend():
            _speech(floor)
            return (SpeechExtended(seconds=command.seconds),)
        case End():
            require(actor.role in OFFICE or _speech(floor).participant == actor.id, "not_permitted")
            return _ended(_speech(floor), facts)
        case Decline():
            require(command.request in floor.requests, "floor.no_request")
            return (RequestDeclined(request=command.request, reason=command.reason),)
        case MoveRequest():
            require(command.request in floor.requests, "floor.no_request")
            require(command.before is None or command.before in floor.requests, "floor.no_request")
            return () if command.before == command.request else (RequestMoved(**vars(command)),)
        case _:
            assert_never(command)


def _give(meeting: Meeting, command: Give, facts: Facts) -> tuple[Event, ...]:
    person = known(meeting, command.participant)
    require(person.role in ATTENDEES, "floor.cannot_speak")
    speech, request = meeting.floor.speech, request_of(meeting.floor, person.id)
    ended = _ended(speech, facts) if speech else ()
    given = FloorGiven(
        participant=person.id,
        seconds=command.seconds,
        at=facts.now,
        item=meeting.agenda.current,
        request=request.id if request else None,
    )
    return (*ended, given)


def request_of(floor: Floor, participant: str) -> Request | None:
    """The request this person has waiting; at most one."""
    return next((request for request in floor.requests.values() if request.participant == participant), None)


def _speech(floor: Floor) -> Speech:
    require(floor.speech is not None, "floor.nobody_speaks")
    assert floor.speech is not None
    return floor.speech


def _ended(speech: Speech, facts: Facts) -> tuple[Event, ...]:
    return (SpeechEnded(participant=speech.participant, at=facts.now, spent=_spent(speech, facts.now)),)


def _spent(speech: Speech, now: int) -> int:
    return speech.spent + (max(0, now - speech.resumed_at) if speech.resumed_at is not None else 0)


def evolve(floor: Floor, event: Event) -> Floor:
    match event:
        case FloorRequested():
            request = Request(event.request, event.participant, event.topic, event.item, event.at)
            return replace(floor, requests={**floor.requests, request.id: request})
        case RequestWithdrawn() | RequestDeclined():
            return _without(floor, event.request)
        case RequestMoved():
            return replace(floor, requests=_moved(floor.requests, event))
        case FloorGiven():
            speech = Speech(event.participant, event.item, event.seconds, event.at, resumed_at=event.at)
            return replace(_without(floor, event.request), speech=speech)
        case SpeechPaused() | MeetingAdjourned() if floor.speech and floor.speech.resumed_at is not None:
            return replace(floor, speech=replace(floor.speech, spent=_spent(floor.speech, event.at), resumed_at=None))
        case SpeechResumed() if floor.speech:
            return replace(floor, speech=replace(floor.speech, resumed_at=event.at))
        case SpeechExtended() if floor.speech:
            return replace(floor, speech=replace(floor.speech, seconds=floor.speech.seconds + event.seconds))
        case SpeechEnded():
            spoken = {**floor.spoken, event.participant: floor.spoken.get(event.participant, 0) + 1}
            return replace(floor, speech=None, spoken=spoken)
        case MeetingClosed():
            return replace(floor, requests={}, speech=None)
        case ParticipantRemoved():
            return _without_person(floor, event.participant)
        case _:
            return floor


def _without(floor: Floor, request: str | None) -> Floor:
    if request not in floor.requests:
        return floor
    return replace(floor, requests={key: other for key, other in floor.requests.items() if key != request})


def _moved(requests: Mapping[str, Request], event: RequestMoved) -> dict[str, Request]:
    order = [key for key in requests if key != event.request]
    order.insert(order.index(event.before) if event.before else len(order), event.request)
    return {key: requests[key] for key in order}


def _without_person(floor: Floor, participant: str) -> Floor:
    request = request_of(floor, participant)
    left = _without(floor, request.id) if request else floor
    speaking = left.speech is not None and left.speech.participant == participant
    return replace(left, speech=None) if speaking else left


SEES = ("floor", "sitting")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """The list of those who wait is public in the room, as a raised hand is; so is the clock of the speech."""
    floor = meeting.floor
    if meeting.sitting.phase not in (Phase.IN_SESSION, Phase.ADJOURNED):
        return {"requests": {}}
    entry: dict[str, Any] = {
        "requests": {request.id: _shown(request, order) for order, request in enumerate(floor.requests.values())}
    }
    if floor.speech:
        entry["speech"] = _shown_speech(floor.speech)
    if audience.is_office:
        entry["spoken"] = dict(floor.spoken)
    return entry


def _shown(request: Request, order: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"participant": request.participant, "asked_at": request.asked_at, "order": order}
    if request.topic:
        entry["topic"] = request.topic
    if request.item:
        entry["item"] = request.item
    return entry


def _shown_speech(speech: Speech) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "participant": speech.participant,
        "seconds": speech.seconds,
        "started_at": speech.started_at,
        "spent_ms": speech.spent,
        "running": speech.resumed_at is not None,
    }
    if speech.item:
        entry["item"] = speech.item
    if speech.resumed_at is not None:
        entry["resumed_at"] = speech.resumed_at
    return entry


def own(meeting: Meeting, participant: Participant) -> dict[str, Any]:
    """The own request, and whether this person has the floor."""
    request, speech = request_of(meeting.floor, participant.id), meeting.floor.speech
    entry: dict[str, Any] = {"request": request.id} if request else {}
    if speech and speech.participant == participant.id:
        entry["speaking"] = True
    return entry
