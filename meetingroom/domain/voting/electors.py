"""Electors: what they were called when they were let into a vote, so that a name changed later changes no ballot's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from meetingroom.domain.messages import Event
from meetingroom.domain.people import members
from meetingroom.domain.voting.messages import ElectorAdmitted, VoteOpened, Written

if TYPE_CHECKING:
    from meetingroom.domain.people import Participant, People


@dataclass(frozen=True, slots=True)
class Elector:
    id: str
    name: str
    office: str
    unit: str
    rank: int


def written(person: Participant) -> Written:
    return (person.id, person.name, person.office, person.unit, person.rank)


def electors(called: Iterable[Written]) -> dict[str, Elector]:
    return {one[0]: Elector(*one) for one in called}


def in_order(called: Iterable[Elector]) -> list[Elector]:
    """By precedence."""
    return sorted(called, key=lambda elector: elector.rank)


def completed(event: Event, people: People) -> Event:
    """An event of a journal that did not keep names and members yet, with those of the moment it happened."""
    match event:
        case VoteOpened() if not event.called or not event.members:
            called = event.called or tuple(written(people[key]) for key in event.electors if key in people)
            return replace(event, called=called, members=event.members or members(people))
        case ElectorAdmitted(called=(), participant=key) if key in people:
            return replace(event, called=(written(people[key]),))
        case _:
            return event
