"""Floor: who asks to speak and what for, who speaks and how long, who was interrupted, who has spoken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.floor import asking, rules, speaking
from meetingroom.domain.floor.asking import (
    Ask,
    AskingCommand,
    Decline,
    FloorRequested,
    MoveRequest,
    RequestDeclined,
    RequestMoved,
    RequestWithdrawn,
    WithdrawRequest,
)
from meetingroom.domain.floor.rules import AddTime, Allot, Arrange, Cap, Prolong, RulesCommand, SetBudget, SetLimit
from meetingroom.domain.floor.speaking import (
    End,
    Extend,
    FloorGiven,
    Give,
    Pause,
    ResumeSpeech,
    SpeakingCommand,
    SpeechEnded,
)
from meetingroom.domain.floor.state import Floor, Kind, Request, Speech, Turn, allowance, budget, discussed, limit
from meetingroom.domain.messages import Event
from meetingroom.domain.people import ParticipantRemoved
from meetingroom.domain.phase import Phase, require_not_closed, require_session

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

__all__ = [
    "AddTime", "Allot", "Arrange", "Ask", "Cap", "Decline", "End", "Extend", "Floor", "FloorCommand", "FloorGiven",
    "FloorRequested", "Give", "Kind", "MoveRequest", "Pause", "Prolong", "Request", "RequestDeclined", "RequestMoved",
    "RequestWithdrawn", "ResumeSpeech", "SetBudget", "SetLimit", "Speech", "SpeechEnded", "Turn", "WithdrawRequest",
]  # fmt: skip

FloorCommand = AskingCommand | SpeakingCommand | RulesCommand


def decide(meeting: Meeting, actor: Participant, command: FloorCommand, facts: Facts) -> tuple[Event, ...]:
    """The rules of the floor may be set beforehand; speaking belongs to the session."""
    match command:
        case _ if isinstance(command, RulesCommand):
            require_not_closed(meeting)
            return rules.decide(meeting, command)
        case _ if isinstance(command, AskingCommand):
            require_session(meeting)
            return asking.decide(meeting, actor, command, facts)
        case _ if isinstance(command, SpeakingCommand):
            require_session(meeting)
            return speaking.decide(meeting, actor, command, facts)
        case _:
            assert_never(command)


def evolve(floor: Floor, event: Event) -> Floor:
    if isinstance(event, ParticipantRemoved):
        return _without_person(floor, event.participant)
    after = speaking.evolve(asking.evolve(floor, event), event)
    arranged = rules.evolve(after.rules, event)
    return after if arranged is after.rules else replace(after, rules=arranged)


def _without_person(floor: Floor, participant: str) -> Floor:
    """Requests and speeches go, who was interrupted comes next; questions to this person stay, to nobody in particular."""
    requests = {
        key: replace(each, to=None) if each.to == participant else each
        for key, each in floor.requests.items()
        if each.participant != participant
    }
    speeches = (*floor.interrupted, *((floor.speech,) if floor.speech else ()))
    left = [each for each in speeches if each.participant != participant]
    return replace(
        floor,
        requests=requests,
        speech=left[-1] if left else None,
        interrupted=tuple(left[:-1]),
        declined={key: each for key, each in floor.declined.items() if key != participant},
    )


SEES = ("floor", "sitting", "agenda")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """The list of those who wait is public in the room, as a raised hand is; so is the clock of the speech."""
    floor = meeting.floor
    current = meeting.agenda.current
    entry: dict[str, Any] = {"requests": {}, "interrupted": {}, "rules": _shown_rules(floor, current, audience)}
    if audience.is_office:
        entry["turns"] = {key: _shown_turn(turn) for key, turn in floor.turns.items()}
    if meeting.sitting.phase not in (Phase.IN_SESSION, Phase.ADJOURNED):
        return entry
    entry["requests"] = {each.id: _shown(each, order) for order, each in enumerate(floor.requests.values())}
    if floor.speech:
        entry["speech"] = _shown_speech(floor.speech)
    entry["interrupted"] = {each.id: _shown_speech(each) for each in floor.interrupted}
    if current and current in floor.rules.caps:
        entry["discussion"] = _shown_discussion(floor, current)
    return entry


def _shown_rules(floor: Floor, current: str | None, audience: Audience) -> dict[str, Any]:
    """`seconds` is the limit of a speech now; all limits and the budgets are for those who set them."""
    rules = floor.rules
    shown: dict[str, Any] = {"open": rules.open, "present_only": rules.present_only, "sound": rules.sound}
    shown["seconds"] = limit(rules, Kind.SPEAK, current)
    if audience.is_office:
        shown["limits"] = {kind.value: seconds for kind, seconds in rules.limits.items()}
        shown["budgets"] = dict(rules.budgets)
        shown["person"] = rules.person
    return shown


def _shown_discussion(floor: Floor, item: str) -> dict[str, Any]:
    """The clock of the item: what was spoken up to the last pause; since then the speech at hand, if it is about it."""
    speech = floor.speech if floor.speech and floor.speech.item == item else None
    entry: dict[str, Any] = {"item": item, "seconds": floor.rules.caps[item]}
    entry["spent_ms"] = discussed(floor, item) + (speech.spent if speech else 0)
    entry["running"] = speech is not None and speech.resumed_at is not None
    return entry | ({"resumed_at": speech.resumed_at} if speech and speech.resumed_at is not None else {})


def _shown(request: Request, order: int) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "participant": request.participant,
        "kind": request.kind.value,
        "asked_at": request.asked_at,
        "order": order,
    }
    return entry | _given(request, "topic", "item", "to")


def _shown_speech(speech: Speech) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": speech.id,
        "participant": speech.participant,
        "kind": speech.kind.value,
        "seconds": speech.seconds,
        "started_at": speech.started_at,
        "spent_ms": speech.spent,
        "running": speech.resumed_at is not None,
    }
    return entry | _given(speech, "topic", "item", "to", "resumed_at")


def _shown_turn(turn: Turn) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "participant": turn.participant,
        "kind": turn.kind.value,
        "started_at": turn.started_at,
        "spent_ms": turn.spent,
    }
    return entry | _given(turn, "item")


def _given(part: object, *names: str) -> dict[str, Any]:
    """The fields that say something; a view holds no nulls."""
    found = {name: getattr(part, name) for name in names}
    return {name: value for name, value in found.items() if value not in (None, "")}


def own(meeting: Meeting, participant: Participant) -> dict[str, Any]:
    """One's own requests by kind, whether one has the floor or was interrupted, and what was declined last."""
    floor, me = meeting.floor, participant.id
    mine = {each.kind.value: each.id for each in floor.requests.values() if each.participant == me}
    entry: dict[str, Any] = {"requests": mine}
    if floor.speech and floor.speech.participant == me:
        entry["speaking"] = True
    if any(each.participant == me for each in floor.interrupted):
        entry["interrupted"] = True
    left = allowance(floor, me)
    if left is not None:
        entry["allowance_ms"] = left
    of_unit = budget(floor, meeting.people, participant.unit)
    if of_unit is not None:
        entry["budget_ms"] = of_unit
    if me in floor.declined:
        declined = floor.declined[me]
        entry["declined"] = {"request": declined.request, "kind": declined.kind.value, "reason": declined.reason}
    return entry
