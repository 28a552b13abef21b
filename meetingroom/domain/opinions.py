"""Opinions: what people think of an item's papers before it comes up, said to everybody or to chair and secretariat only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.agenda import ItemRemoved, known_item
from meetingroom.domain.audience import Audience
from meetingroom.domain.messages import ATTENDEES, Command, Event, Id, Prose, command, event
from meetingroom.domain.people import ParticipantRemoved
from meetingroom.domain.phase import Phase, require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person's on one item; `public`: everybody who takes part may read it, else chair and secretariat only."""

    id: str
    item: str
    participant: str
    text: str
    public: bool
    at: int


Opinions = Mapping[str, Opinion]


@command("opinions.give", by=ATTENDEES, when="the agenda is published; takes the place of one's former one on the item")
class GiveOpinion(Command):
    item: Id
    text: Prose
    public: bool


@command("opinions.take_back", by=ATTENDEES, when="it is one's own")
class TakeBackOpinion(Command):
    opinion: Id


@event("opinions.given", quiet=True)
class OpinionGiven(Event):
    opinion: str
    item: str
    participant: str
    text: str
    public: bool
    at: int


@event("opinions.taken_back", quiet=True)
class OpinionTakenBack(Event):
    opinion: str
    participant: str


OpinionsCommand = GiveOpinion | TakeBackOpinion


def decide(meeting: Meeting, actor: Participant, command: OpinionsCommand, facts: Facts) -> tuple[Event, ...]:
    require_not_closed(meeting)
    match command:
        case GiveOpinion():
            require(meeting.sitting.phase is not Phase.DRAFT, "meeting.not_published")
            known_item(meeting, command.item)
            require(command.text, "opinions.needs_text")
            former = (each.id for each in meeting.opinions.values() if _is(each, command.item, actor.id))
            key = next(former, facts.id)
            return (OpinionGiven(opinion=key, participant=actor.id, at=facts.now, **vars(command)),)
        case TakeBackOpinion():
            found = meeting.opinions.get(command.opinion)
            require(found is not None and found.participant == actor.id, "opinions.unknown")
            return (OpinionTakenBack(opinion=command.opinion, participant=actor.id),)
        case _:
            assert_never(command)


def _is(opinion: Opinion, item: str, participant: str) -> bool:
    return opinion.item == item and opinion.participant == participant


def evolve(opinions: Opinions, event: Event) -> Opinions:
    match event:
        case OpinionGiven():
            given = Opinion(event.opinion, event.item, event.participant, event.text, event.public, event.at)
            return {**opinions, given.id: given}
        case OpinionTakenBack():
            return {key: each for key, each in opinions.items() if key != event.opinion}
        case ItemRemoved() if any(each.item in event.items for each in opinions.values()):
            return {key: each for key, each in opinions.items() if each.item not in event.items}
        case ParticipantRemoved() if any(each.participant == event.participant for each in opinions.values()):
            return {key: each for key, each in opinions.items() if each.participant != event.participant}
        case _:
            return opinions


SEES = ("opinions",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """The office reads all, who takes part the public ones; none is shown on the wall."""
    if audience is Audience.SCREEN:
        return {}
    return {
        each.id: _shown(each, order)
        for order, each in enumerate(meeting.opinions.values())
        if audience.is_office or each.public
    }


def own(meeting: Meeting, participant: Participant) -> dict[str, Any]:
    """One's own, also those to the office only."""
    mine = [each for each in meeting.opinions.values() if each.participant == participant.id]
    return {"opinions": {each.id: _shown(each, order) for order, each in enumerate(mine)}} if mine else {}


def _shown(opinion: Opinion, order: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"item": opinion.item, "participant": opinion.participant, "text": opinion.text}
    entry |= {"at": opinion.at, "order": order}
    return entry | ({"public": True} if opinion.public else {})
