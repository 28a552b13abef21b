"""A vote on an item: prepared, opened for the members present, closed, announced.

Nobody's view depends on a choice while the vote is open. Recorded ballots are events with names; secret ballots will
be sealed outside the journal and need no other course than this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.agenda import known_item
from meetingroom.domain.messages import (
    ATTENDEES,
    OFFICE,
    SYSTEM,
    Command,
    Event,
    Id,
    Line,
    Prose,
    Role,
    Seconds,
    command,
    event,
)
from meetingroom.domain.people import members
from meetingroom.domain.phase import Phase, require_not_closed, require_session
from meetingroom.domain.refusals import require
from meetingroom.domain.voting.rule import MORE_THAN_HALF_OF_MEMBERS, RULES, Rule
from meetingroom.domain.voting.tally import Choice, Numbers, count

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


class VotePhase(StrEnum):
    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Result:
    """Computed once, at closing, and never again."""

    tally: Mapping[Choice, int]
    carried: bool
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Vote:
    """`electors` are fixed at opening. `seconds` is the time planned for it, 0 without a limit."""

    id: str
    item: str
    question: str
    seconds: int
    rule: Rule
    phase: VotePhase = VotePhase.PREPARED
    electors: frozenset[str] = frozenset()
    total_members: int = 0
    ballots: Mapping[str, Choice] = field(default_factory=dict)
    opened_at: int | None = None
    closes_at: int | None = None
    closed_at: int | None = None
    result: Result | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.phase is VotePhase.OPEN


Voting = Mapping[str, Vote]


@command("voting.prepare", by=OFFICE)
class Prepare(Command):
    item: Id
    question: Prose
    seconds: Seconds = 0


@command("voting.change", by=OFFICE, when="it is not open yet")
class ChangeVote(Command):
    vote: Id
    question: Prose
    seconds: Seconds = 0


@command("voting.remove", by=OFFICE, when="it is not open yet")
class RemoveVote(Command):
    vote: Id


@command("voting.open", by=OFFICE, when="no other vote is open and members are present")
class OpenVote(Command):
    vote: Id


@command("voting.cast", by=OFFICE | {Role.DELEGATE}, when="one is an elector of the open vote")
class Cast(Command):
    """May be repeated until closing; the last one counts."""

    vote: Id
    choice: Choice


@command("voting.extend", by=OFFICE)
class ExtendVote(Command):
    vote: Id
    seconds: Seconds


@command("voting.close", by=OFFICE | SYSTEM)
class CloseVote(Command):
    vote: Id


@command("voting.announce", by=OFFICE)
class Announce(Command):
    vote: Id


@command("voting.cancel", by=OFFICE)
class Cancel(Command):
    vote: Id
    reason: Line = ""


@event("voting.prepared")
class VotePrepared(Event):
    vote: str
    item: str
    question: str
    seconds: int
    rule: str


@event("voting.changed")
class VoteChanged(Event):
    vote: str
    question: str
    seconds: int


@event("voting.removed")
class VoteRemoved(Event):
    vote: str


@event("voting.opened")
class VoteOpened(Event):
    vote: str
    electors: tuple[str, ...]
    total_members: int
    at: int
    closes_at: int | None = None


@event("voting.cast", quiet=True)
class BallotCast(Event):
    vote: str
    participant: str
    choice: Choice


@event("voting.extended")
class VoteExtended(Event):
    vote: str
    closes_at: int


@event("voting.closed")
class VoteClosed(Event):
    """Carries the count, so that the journal can be read without the program; replaying it never counts anew."""

    vote: str
    at: int
    yes: int
    no: int
    abstain: int
    carried: bool
    invited: int
    present: int


@event("voting.announced")
class ResultAnnounced(Event):
    vote: str
    at: int


@event("voting.cancelled")
class VoteCancelled(Event):
    vote: str
    reason: str
    at: int


VotingCommand = Prepare | ChangeVote | RemoveVote | OpenVote | Cast | ExtendVote | CloseVote | Announce | Cancel


def decide(meeting: Meeting, actor: Participant, command: VotingCommand, facts: Facts) -> tuple[Event, ...]:
    require_not_closed(meeting)
    match command:
        case Prepare():
            known_item(meeting, command.item)
            require(command.question, "voting.needs_question")
            return (VotePrepared(vote=facts.id, rule=MORE_THAN_HALF_OF_MEMBERS.name, **vars(command)),)
        case ChangeVote():
            require(_known(meeting, command.vote).phase is VotePhase.PREPARED, "voting.not_prepared")
            require(command.question, "voting.needs_question")
            return (VoteChanged(**vars(command)),)
        case RemoveVote():
            require(_known(meeting, command.vote).phase is VotePhase.PREPARED, "voting.not_prepared")
            return (VoteRemoved(vote=command.vote),)
        case OpenVote():
            return _open(meeting, _known(meeting, command.vote), facts)
        case Cast():
            return _cast(_known(meeting, command.vote), actor, command.choice)
        case ExtendVote():
            vote = _open_vote(meeting, command.vote)
            closes_at = (vote.closes_at or facts.now) + command.seconds * 1000
            return (VoteExtended(vote=vote.id, closes_at=closes_at),)
        case CloseVote():
            return (_closed(meeting, _open_vote(meeting, command.vote), facts),)
        case Announce():
            require(_known(meeting, command.vote).phase is VotePhase.CLOSED, "voting.not_closed")
            return (ResultAnnounced(vote=command.vote, at=facts.now),)
        case Cancel():
            vote = _known(meeting, command.vote)
            require(vote.phase in (VotePhase.PREPARED, VotePhase.OPEN), "voting.finished")
            return (VoteCancelled(vote=vote.id, reason=command.reason, at=facts.now),)
        case _:
            assert_never(command)


def _known(meeting: Meeting, vote: str) -> Vote:
    require(vote in meeting.voting, "voting.unknown")
    return meeting.voting[vote]


def _open_vote(meeting: Meeting, vote: str) -> Vote:
    found = _known(meeting, vote)
    require(found.is_open, "voting.not_open")
    return found


def _open(meeting: Meeting, vote: Vote, facts: Facts) -> tuple[Event, ...]:
    """The electorate is every member present now; who arrives later finds the vote opened without them."""
    require_session(meeting)
    require(vote.phase is VotePhase.PREPARED, "voting.not_prepared")
    require(not any(other.is_open for other in meeting.voting.values()), "voting.already_open")
    total = members(meeting.people)
    electors = tuple(member for member in total if member in meeting.attendance)
    require(electors, "voting.nobody_present")
    closes_at = facts.now + vote.seconds * 1000 if vote.seconds else None
    return (VoteOpened(vote=vote.id, electors=electors, total_members=len(total), at=facts.now, closes_at=closes_at),)


def _cast(vote: Vote, actor: Participant, choice: Choice) -> tuple[Event, ...]:
    """The order of the journal decides: a ballot after the closing is late, whatever a tablet's clock says."""
    require(vote.is_open, "voting.not_open")
    require(actor.id in vote.electors, "voting.not_entitled")
    if vote.ballots.get(actor.id) is choice:
        return ()
    return (BallotCast(vote=vote.id, participant=actor.id, choice=choice),)


def _closed(meeting: Meeting, vote: Vote, facts: Facts) -> VoteClosed:
    tally = count(vote.ballots)
    carried = tally[Choice.YES] >= vote.rule.needed(vote.total_members)
    invited = sum(1 for person in meeting.people.values() if person.role in ATTENDEES)
    return VoteClosed(
        vote=vote.id,
        at=facts.now,
        yes=tally[Choice.YES],
        no=tally[Choice.NO],
        abstain=tally[Choice.ABSTAIN],
        carried=carried,
        invited=invited,
        present=len(meeting.attendance),
    )


def due(meeting: Meeting, now: int) -> tuple[str, ...]:
    """Open votes whose time is over."""
    return tuple(
        vote.id
        for vote in meeting.voting.values()
        if vote.is_open and vote.closes_at is not None and vote.closes_at <= now
    )


def evolve(voting: Voting, event: Event) -> Voting:
    match event:
        case VotePrepared():
            vote = Vote(event.vote, event.item, event.question, event.seconds, RULES[event.rule])
            return {**voting, vote.id: vote}
        case VoteRemoved():
            return {key: vote for key, vote in voting.items() if key != event.vote}
        case (
            VoteChanged()
            | VoteOpened()
            | BallotCast()
            | VoteExtended()
            | VoteClosed()
            | ResultAnnounced()
            | VoteCancelled()
        ):
            return {**voting, event.vote: _evolved(voting[event.vote], event)}
        case _:
            return voting


VoteEvent = VoteChanged | VoteOpened | BallotCast | VoteExtended | VoteClosed | ResultAnnounced | VoteCancelled


def _evolved(vote: Vote, event: VoteEvent) -> Vote:
    match event:
        case VoteChanged():
            return replace(vote, question=event.question, seconds=event.seconds)
        case VoteOpened():
            return replace(
                vote,
                phase=VotePhase.OPEN,
                electors=frozenset(event.electors),
                total_members=event.total_members,
                opened_at=event.at,
                closes_at=event.closes_at,
            )
        case BallotCast():
            return replace(vote, ballots={**vote.ballots, event.participant: event.choice})
        case VoteExtended():
            return replace(vote, closes_at=event.closes_at)
        case VoteClosed():
            return replace(vote, phase=VotePhase.CLOSED, closed_at=event.at, result=_result(vote, event))
        case ResultAnnounced():
            return replace(vote, phase=VotePhase.ANNOUNCED)
        case VoteCancelled():
            return replace(vote, phase=VotePhase.CANCELLED, reason=event.reason, closed_at=event.at)
        case _:
            assert_never(event)


def _result(vote: Vote, event: VoteClosed) -> Result:
    tally = {Choice.YES: event.yes, Choice.NO: event.no, Choice.ABSTAIN: event.abstain}
    numbers = Numbers(vote.total_members, event.invited, event.present, len(vote.electors), len(vote.ballots))
    return Result(tally, event.carried, numbers)


SEES = ("voting", "sitting", "people")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Prepared votes belong to the office; a cancelled one stays visible, so that nobody wonders where it went."""
    if meeting.sitting.phase is Phase.DRAFT and not audience.is_office:
        return {}
    total = len(members(meeting.people))
    return {
        vote.id: _shown(vote, total, audience)
        for vote in meeting.voting.values()
        if audience.is_office or vote.opened_at is not None
    }


def _shown(vote: Vote, members_now: int, audience: Audience) -> dict[str, Any]:
    base = members_now if vote.phase is VotePhase.PREPARED else vote.total_members
    entry: dict[str, Any] = {
        "item": vote.item,
        "question": vote.question,
        "phase": vote.phase.value,
        "recorded": True,
        "options": [{"id": choice.value} for choice in Choice],
        "rule": _shown_rule(vote.rule, base),
    }
    for name in ("opened_at", "closes_at", "closed_at"):
        if (moment := getattr(vote, name)) is not None:
            entry[name] = moment
    if vote.seconds:
        entry["seconds"] = vote.seconds
    if vote.reason:
        entry["reason"] = vote.reason
    if vote.opened_at is not None:
        entry |= {"electorate": len(vote.electors), "voted": len(vote.ballots)}
    if vote.is_open and audience.is_office:
        entry["electors"] = {elector: True for elector in sorted(vote.electors)}
        entry["voted_by"] = {elector: True for elector in vote.ballots}
    if vote.result and (vote.phase is VotePhase.ANNOUNCED or audience.is_office):
        entry["result"] = _shown_result(vote, vote.result)
    return entry


def _shown_rule(rule: Rule, base: int) -> dict[str, Any]:
    return {
        "name": rule.name,
        "law": rule.law,
        "base": rule.base.value,
        "of": base,
        "needed": rule.needed(base),
    }


def _shown_result(vote: Vote, result: Result) -> dict[str, Any]:
    numbers = result.numbers
    return {
        "tally": {choice.value: number for choice, number in result.tally.items()},
        "carried": result.carried,
        "total_members": numbers.total_members,
        "invited": numbers.invited,
        "present": numbers.present,
        "entitled": numbers.entitled,
        "voted": numbers.voted,
        "choices": {voter: choice.value for voter, choice in vote.ballots.items()},
    }


def own(meeting: Meeting, participant: Participant) -> dict[str, Any]:
    """One's own ballots, and the votes one is an elector of."""
    votes = [vote for vote in meeting.voting.values() if participant.id in vote.electors]
    return {
        "electors": {vote.id: True for vote in votes},
        "ballots": {vote.id: vote.ballots[participant.id].value for vote in votes if participant.id in vote.ballots},
    }
