"""Asking to speak: requests with kind and topic, withdrawn by who made them, declined or moved by the chair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from meetingroom.domain.floor.state import PRIORITY, Declined, Floor, Kind, Request, request_of
from meetingroom.domain.messages import ATTENDEES, OFFICE, Command, Event, Id, Line, command, event
from meetingroom.domain.people import known
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


@command(
    "floor.request",
    by=ATTENDEES,
    when="the meeting is in session, the list is open (a point of order always may), and none of one's own of this "
    "kind is waiting",
)
class Ask(Command):
    """`to`: who is asked; a question needs it."""

    topic: Line = ""
    kind: Kind = Kind.SPEAK
    to: Id | None = None


@command("floor.withdraw", by=ATTENDEES)
class WithdrawRequest(Command):
    """One's own request; without an id all of them."""

    request: Id | None = None


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
    kind: Kind = Kind.SPEAK
    to: str | None = None


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


AskingCommand = Ask | WithdrawRequest | Decline | MoveRequest


def decide(meeting: Meeting, actor: Participant, command: AskingCommand, facts: Facts) -> tuple[Event, ...]:
    floor = meeting.floor
    match command:
        case Ask():
            return _ask(meeting, actor, command, facts)
        case WithdrawRequest():
            mine = [each for each in floor.requests.values() if each.participant == actor.id]
            chosen = [each for each in mine if command.request in (None, each.id)]
            return tuple(RequestWithdrawn(request=each.id, participant=actor.id) for each in chosen)
        case Decline():
            require(command.request in floor.requests, "floor.no_request")
            return (RequestDeclined(request=command.request, reason=command.reason),)
        case MoveRequest():
            require(command.request in floor.requests, "floor.no_request")
            require(command.before is None or command.before in floor.requests, "floor.no_request")
            return () if command.before == command.request else (RequestMoved(**vars(command)),)
        case _:
            assert_never(command)


def _ask(meeting: Meeting, actor: Participant, command: Ask, facts: Facts) -> tuple[Event, ...]:
    rules = meeting.floor.rules
    require(rules.open or command.kind is Kind.ORDER, "floor.list_closed")
    require(not rules.present_only or actor.id in meeting.attendance, "floor.not_present")
    require(request_of(meeting.floor, actor.id, command.kind) is None, "floor.already_waiting")
    asked = command.to if command.kind is Kind.QUESTION else None
    if command.kind is Kind.QUESTION:
        require(asked and asked != actor.id, "floor.needs_person")
    if asked:
        require(known(meeting, asked).role in ATTENDEES, "floor.needs_person")
    requested = FloorRequested(
        request=facts.id,
        participant=actor.id,
        topic=command.topic,
        item=meeting.agenda.current,
        at=facts.now,
        kind=command.kind,
        to=asked,
    )
    return (requested,)


def evolve(floor: Floor, event: Event) -> Floor:
    match event:
        case FloorRequested():
            request = Request(event.request, event.participant, event.kind, event.topic, event.item, event.to, event.at)
            declined = {key: each for key, each in floor.declined.items() if key != event.participant}
            return replace(floor, requests=_queued(floor.requests, request), declined=declined)
        case RequestWithdrawn():
            return without(floor, event.request)
        case RequestDeclined():
            request = floor.requests[event.request]
            declined = {**floor.declined, request.participant: Declined(request.id, request.kind, event.reason)}
            return replace(without(floor, request.id), declined=declined)
        case RequestMoved():
            return replace(floor, requests=_moved(floor.requests, event))
        case _:
            return floor


def without(floor: Floor, request: str | None) -> Floor:
    """The floor without this request, if it waits."""
    if request not in floor.requests:
        return floor
    return replace(floor, requests={key: other for key, other in floor.requests.items() if key != request})


def _queued(requests: Mapping[str, Request], request: Request) -> dict[str, Request]:
    """After the last one that is as urgent or more: what the chair moved by hand stays where it was put."""
    order = list(requests.values())
    equals = [place for place, other in enumerate(order) if PRIORITY[other.kind] <= PRIORITY[request.kind]]
    order.insert(equals[-1] + 1 if equals else 0, request)
    return {each.id: each for each in order}


def _moved(requests: Mapping[str, Request], event: RequestMoved) -> dict[str, Request]:
    order = [key for key in requests if key != event.request]
    order.insert(order.index(event.before) if event.before else len(order), event.request)
    return {key: requests[key] for key in order}
