"""People: who takes part in this meeting, in which role, with or without a vote."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, assert_never

from meetingroom.domain.messages import OFFICE, SYSTEM, Between, Command, Event, Id, Line, Role, command, event
from meetingroom.domain.phase import Phase, require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting

Rank = Annotated[int, Between(0, 100_000)]


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone in one meeting. `rank` is the order of precedence, 1 first; `account` a sign-in name, if they have one."""

    id: str
    name: str
    office: str
    unit: str
    role: Role
    member: bool
    seat: str
    rank: int
    account: str | None = None


People = Mapping[str, Participant]

SERVER = Participant("system", "", "", "", Role.SYSTEM, False, "", 0)


@command("people.add", by=OFFICE)
class AddParticipant(Command):
    office: Line
    role: Role
    name: Line = ""
    unit: Line = ""
    member: bool = False
    seat: Line = ""
    rank: Rank = 0
    account: Line = ""


Entry = tuple[Line, Line, Line, Role, bool, Line, Line]
"""Office, unit, name, role, whether they have a vote, seat, account."""


@command("people.import", by=OFFICE, wire=False)
class ImportParticipants(Command):
    """A list from a file or the directory, as the secretary has seen and confirmed it: all of them or none."""

    entries: tuple[Entry, ...]


@command("people.join", by=SYSTEM, when="who keeps its unit becomes its secretary", wire=False)
class JoinAsSecretary(Command):
    """Recorded like everything: the others see who has come."""

    name: Line
    office: Line
    account: Line


@command("people.change", by=OFFICE)
class ChangeParticipant(Command):
    participant: Id
    office: Line
    role: Role
    name: Line = ""
    unit: Line = ""
    member: bool = False
    seat: Line = ""
    rank: Rank = 0
    account: Line = ""


@command("people.remove", by=OFFICE)
class RemoveParticipant(Command):
    participant: Id


@event("people.added")
class ParticipantAdded(Event):
    participant: str
    name: str
    office: str
    unit: str
    role: Role
    member: bool
    seat: str
    rank: int
    account: str | None = None


@event("people.changed")
class ParticipantChanged(Event):
    participant: str
    name: str
    office: str
    unit: str
    role: Role
    member: bool
    seat: str
    rank: int
    account: str | None = None


@event("people.removed")
class ParticipantRemoved(Event):
    participant: str


PeopleCommand = AddParticipant | ImportParticipants | JoinAsSecretary | ChangeParticipant | RemoveParticipant


def decide(meeting: Meeting, actor: Participant, command: PeopleCommand, facts: Facts) -> tuple[Event, ...]:
    """Who takes part may change until the meeting is closed; those in an open vote stay as they are until that is.

    Afterwards the record stands on their names: only how somebody gets in may still change, and who never took part.
    """
    match command:
        case AddParticipant():
            require(not command.member or not _closed(meeting), "people.recorded")
            _check(meeting, command, facts.id)
            rank = command.rank or 1 + max((person.rank for person in meeting.people.values()), default=0)
            return (ParticipantAdded(participant=facts.id, **_written(command, rank)),)
        case JoinAsSecretary():
            return _joining(meeting, command, facts)
        case ImportParticipants():
            require(not _closed(meeting), "people.recorded")
            return _imported(meeting, command, facts)
        case ChangeParticipant():
            person = known(meeting, command.participant)
            _check(meeting, command, person.id)
            rank = command.rank or person.rank
            if _recorded(meeting, person):
                same = _identity(replace(person, rank=rank)) == _identity(replace(person, **_written(command, rank)))
                require(same, "people.recorded")
            if (command.role, command.member) != (person.role, person.member):
                _not_in_open_vote(meeting, person.id)
            _keeps_a_secretary(meeting, person, command.role)
            return (ParticipantChanged(participant=person.id, **_written(command, rank)),)
        case RemoveParticipant():
            person = known(meeting, command.participant)
            require(not _recorded(meeting, person), "people.recorded")
            _not_in_open_vote(meeting, person.id)
            _keeps_a_secretary(meeting, person, None)
            return (ParticipantRemoved(participant=person.id),)
        case _:
            assert_never(command)


def _joining(meeting: Meeting, command: JoinAsSecretary, facts: Facts) -> tuple[Event, ...]:
    """Whoever is in it already stays who they are, and is in its office from now on."""
    require_not_closed(meeting)
    there = next((each for each in meeting.people.values() if each.account == command.account), None)
    if there:
        _not_in_open_vote(meeting, there.id)
        return () if there.role in OFFICE else (changed(replace(there, role=Role.SECRETARY)),)
    rank = 1 + max((person.rank for person in meeting.people.values()), default=0)
    one = Participant(facts.id, command.name, command.office, "", Role.SECRETARY, False, "", rank, command.account)
    return (joined(one),)


def _imported(meeting: Meeting, command: ImportParticipants, facts: Facts) -> tuple[Event, ...]:
    """Each entry is checked as if those before it were already there."""
    events: list[Event] = []
    people = meeting.people
    first = 1 + max((person.rank for person in people.values()), default=0)
    for index, (office, unit, name, role, member, seat, account) in enumerate(command.entries):
        added = AddParticipant(
            office=office, unit=unit, name=name, role=role, member=member, seat=seat, account=account
        )
        key = facts.id if index == 0 else f"{facts.id}-{index}"
        _check(replace(meeting, people=people), added, key)
        event = ParticipantAdded(participant=key, **_written(added, first + index))
        people = evolve(people, event)
        events.append(event)
    return tuple(events)


def known(meeting: Meeting, participant: str) -> Participant:
    """The participant, or Refused(people.unknown)."""
    require(participant in meeting.people, "people.unknown")
    return meeting.people[participant]


def reseated(person: Participant, seat: str) -> ParticipantChanged:
    """The same person on another seat, or on none."""
    return changed(replace(person, seat=seat))


def changed(person: Participant) -> ParticipantChanged:
    """The event that says who somebody is from now on."""
    return ParticipantChanged(
        participant=person.id,
        name=person.name,
        office=person.office,
        unit=person.unit,
        role=person.role,
        member=person.member,
        seat=person.seat,
        rank=person.rank,
        account=person.account,
    )


def same(text: str) -> str:
    """Equal for what is the same however it was typed: NFC or NFD, capitals, spaces. Diacritics count: Hùng is not Hưng."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def called(person: Participant) -> str:
    """By name, or by office where people are invited by office."""
    return person.name or person.office


def standing_of(name: str, office: str, unit: str) -> str:
    """What stands under or behind what a person is called: the office and its unit, unless the office says it already."""
    if not name:
        return unit
    return ", ".join(part for part in (office, "" if same(unit) in same(office) else unit) if part)


def members(people: People) -> tuple[str, ...]:
    """Ids of all who have a vote: the total membership, present or not."""
    return tuple(person.id for person in people.values() if person.member)


def _check(meeting: Meeting, command: AddParticipant | ChangeParticipant, own_id: str) -> None:
    require(command.office or command.name, "people.needs_office")
    require(command.role is not Role.SYSTEM, "not_permitted")
    require(not command.member or command.role in (OFFICE | {Role.DELEGATE}), "people.cannot_vote")
    taken = {person.seat for person in meeting.people.values() if person.seat and person.id != own_id}
    require(command.seat not in taken, "people.seat_taken", seat=command.seat)
    others = {person.account for person in meeting.people.values() if person.account and person.id != own_id}
    require(_sign_in_name(command) not in others, "people.account_taken", account=command.account)


def _written(command: AddParticipant | ChangeParticipant, rank: int) -> dict[str, Any]:
    return {
        "name": command.name,
        "office": command.office,
        "unit": command.unit,
        "role": command.role,
        "member": command.member,
        "seat": command.seat,
        "rank": rank,
        "account": _sign_in_name(command),
    }


def _sign_in_name(command: AddParticipant | ChangeParticipant) -> str | None:
    """As accounts know it: case does not count."""
    return command.account.casefold() or None


def _not_in_open_vote(meeting: Meeting, participant: str) -> None:
    require(
        not any(
            vote.is_open and participant in (*vote.electors, *vote.holders.values()) for vote in meeting.voting.values()
        ),
        "people.in_open_vote",
    )


def _closed(meeting: Meeting) -> bool:
    return meeting.sitting.phase is Phase.CLOSED


def _recorded(meeting: Meeting, person: Participant) -> bool:
    """Whether the record of a closed meeting names this person: a member, or somebody something is told of."""
    told = any(fact.about == person.id for fact in meeting.minutes.course.facts)
    return _closed(meeting) and (person.member or person.role in OFFICE or told)


def _identity(person: Participant) -> tuple[object, ...]:
    return (person.name, person.office, person.unit, person.role, person.member, person.rank)


def _keeps_a_secretary(meeting: Meeting, person: Participant, role: Role | None) -> None:
    """Somebody must remain who can let the others in again."""
    others = [other for other in meeting.people.values() if other.role in OFFICE and other.id != person.id]
    require(others or role in OFFICE, "people.last_secretary")


def evolve(people: People, event: Event) -> People:
    match event:
        case ParticipantAdded() | ParticipantChanged():
            return {**people, event.participant: written(event)}
        case ParticipantRemoved():
            return {key: person for key, person in people.items() if key != event.participant}
        case _:
            return people


def written(event: ParticipantAdded | ParticipantChanged) -> Participant:
    """Who somebody is by what was written down last."""
    return Participant(
        event.participant,
        event.name,
        event.office,
        event.unit,
        event.role,
        event.member,
        event.seat,
        event.rank,
        event.account,
    )


def joined(person: Participant) -> ParticipantAdded:
    """The event that says so: what `written` reads."""
    return ParticipantAdded(
        participant=person.id,
        name=person.name,
        office=person.office,
        unit=person.unit,
        role=person.role,
        member=person.member,
        seat=person.seat,
        rank=person.rank,
        account=person.account,
    )


SEES = ("people",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Everyone may know who takes part; screens and staff are of interest only where the meeting is prepared."""
    return {
        person.id: shown(person) | ({"account": person.account} if person.account and audience.is_office else {})
        for person in meeting.people.values()
        if person.role not in (Role.SCREEN, Role.STAFF) or audience.is_office
    }


def shown(person: Participant) -> dict[str, Any]:
    entry: dict[str, Any] = {"office": person.office, "role": person.role.value, "rank": person.rank}
    for name in ("name", "unit", "seat"):
        if value := getattr(person, name):
            entry[name] = value
    if person.member:
        entry["member"] = True
    return entry
