"""Rights: how many votes a member has, and who casts them for somebody who has given a proxy.

Both only count in votes whose rule allows them (`Rule.weighted`, `Rule.by_proxy`); no preset of a public body does. A vote
takes them as they stand when it opens. Chains are refused: who casts for others has not given their own right away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, assert_never

from meetingroom.domain.audience import Audience
from meetingroom.domain.messages import OFFICE, Between, Command, Event, Id, Line, Role, command, event
from meetingroom.domain.people import ParticipantChanged, ParticipantRemoved, known
from meetingroom.domain.phase import Phase, require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

# Whole votes; a share of capital is counted in its smallest unit. The sum of all members' stays exact in JavaScript.
MOST_VOTES = 10**12
Weight = Annotated[int, Between(1, MOST_VOTES)]
Value = TypeVar("Value")
MAY_HOLD = OFFICE | {Role.DELEGATE}


@dataclass(frozen=True, slots=True)
class Proxy:
    """Who casts, and by which paper."""

    holder: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """Members not named have one vote and cast it themselves."""

    weights: Mapping[str, int] = field(default_factory=dict)
    proxies: Mapping[str, Proxy] = field(default_factory=dict)


@command("rights.weigh", by=OFFICE)
class Weigh(Command):
    """So many votes a member has, where the rule of a vote counts votes and not heads."""

    participant: Id
    weight: Weight


@command("rights.entrust", by=OFFICE, when="it makes no chain")
class Entrust(Command):
    """A member lets somebody else cast for them, present or not. `note`: the paper that says so."""

    participant: Id
    holder: Id
    note: Line = ""


# member, votes (0: as before), holder (empty: no proxy), paper
Entry = tuple[Id, Annotated[int, Between(0, MOST_VOTES)], Id, Line]


@command("rights.import", by=OFFICE, when="none of them makes a chain", wire=False)
class ImportRights(Command):
    """A register from a file, as the secretary has seen and confirmed it: all of it or nothing."""

    entries: tuple[Entry, ...]


@command("rights.withdraw", by=OFFICE)
class Withdraw(Command):
    participant: Id


@event("rights.weighed")
class Weighed(Event):
    participant: str
    weight: int


@event("rights.entrusted")
class Entrusted(Event):
    participant: str
    holder: str
    note: str = ""


@event("rights.withdrawn")
class Withdrawn(Event):
    participant: str


RightsCommand = Weigh | Entrust | ImportRights | Withdraw


def decide(meeting: Meeting, actor: Participant, command: RightsCommand, facts: Facts) -> tuple[Event, ...]:
    """An open vote keeps the rights it was opened with, whatever is decided here meanwhile."""
    require_not_closed(meeting)
    return _imported(meeting, command) if isinstance(command, ImportRights) else _decided(meeting, command)


def _imported(meeting: Meeting, command: ImportRights) -> tuple[Event, ...]:
    """Each is checked as if those before it were already so; what is as it was is not said again."""
    events: list[Event] = []
    for member, weight, holder, note in command.entries:
        asked: list[Weigh | Entrust] = []
        if weight and weight != meeting.rights.weights.get(member, 1):
            asked.append(Weigh(participant=member, weight=weight))
        if holder and meeting.rights.proxies.get(member) != Proxy(holder, note):
            asked.append(Entrust(participant=member, holder=holder, note=note))
        for each in asked:
            decided = _decided(meeting, each)
            events += decided
            meeting = replace(meeting, rights=reduce(evolve, decided, meeting.rights))
    return tuple(events)


def _decided(meeting: Meeting, command: Weigh | Entrust | Withdraw) -> tuple[Event, ...]:
    require(known(meeting, command.participant).member, "people.cannot_vote")
    match command:
        case Weigh():
            return (Weighed(participant=command.participant, weight=command.weight),)
        case Entrust():
            return _entrust(meeting, command)
        case Withdraw():
            return (
                (Withdrawn(participant=command.participant),) if command.participant in meeting.rights.proxies else ()
            )
        case _:
            assert_never(command)


def _entrust(meeting: Meeting, command: Entrust) -> tuple[Event, ...]:
    proxies = meeting.rights.proxies
    require(known(meeting, command.holder).role in MAY_HOLD, "rights.cannot_hold")
    require(command.holder != command.participant, "rights.to_oneself")
    require(command.holder not in proxies, "rights.chain")
    require(all(proxy.holder != command.participant for proxy in proxies.values()), "rights.chain")
    return (Entrusted(participant=command.participant, holder=command.holder, note=command.note),)


def evolve(rights: Rights, event: Event) -> Rights:
    match event:
        case Weighed():
            return replace(rights, weights={**rights.weights, event.participant: event.weight})
        case Entrusted():
            return replace(rights, proxies={**rights.proxies, event.participant: Proxy(event.holder, event.note)})
        case Withdrawn():
            return replace(rights, proxies=_without(rights.proxies, event.participant))
        case ParticipantRemoved():
            return _gone(rights, event.participant, holds=False, votes=False)
        case ParticipantChanged():
            return _gone(rights, event.participant, holds=event.role in MAY_HOLD, votes=event.member)
        case _:
            return rights


def _gone(rights: Rights, participant: str, *, holds: bool, votes: bool) -> Rights:
    """Who has no vote any more has no weight and no proxy; who may not cast any more casts for nobody."""
    proxies = rights.proxies
    if not votes:
        proxies = _without(proxies, participant)
    if not holds and any(proxy.holder == participant for proxy in proxies.values()):
        proxies = {member: proxy for member, proxy in proxies.items() if proxy.holder != participant}
    weights = rights.weights if votes else _without(rights.weights, participant)
    same = proxies is rights.proxies and weights is rights.weights
    return rights if same else Rights(weights, proxies)


def _without(values: Mapping[str, Value], key: str) -> Mapping[str, Value]:
    return {name: value for name, value in values.items() if name != key} if key in values else values


SEES = ("rights", "sitting")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """The register of rights: open to those who vote, as the list of shareholders is."""
    if not audience.is_office and (audience is not Audience.MEMBER or meeting.sitting.phase is Phase.DRAFT):
        return {}
    rights = meeting.rights
    return {
        "weights": dict(rights.weights),
        "proxies": {
            member: {"holder": proxy.holder} | ({"note": proxy.note} if proxy.note else {})
            for member, proxy in rights.proxies.items()
        },
    }
