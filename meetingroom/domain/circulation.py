"""Circulation: questions sent round to all members for written answers by a day, without a sitting (lấy ý kiến bằng phiếu).

The Chairman of a People's Committee may have a matter decided so (Luật Tổ chức chính quyền địa phương, Điều 118): by the same
majority of all members as in a sitting; the result is reported at the next one. Every question is an ordinary vote whose
electors are all members, wherever they are; the timekeeper opens and closes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.messages import OFFICE, Command, Event, Line, Moment, command, event
from meetingroom.domain.people import members
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import require
from meetingroom.domain.sitting import MeetingCirculated, MeetingClosed, MeetingPublished, require_no_template
from meetingroom.domain.voting.messages import ResultAnnounced, VoteCancelled, VoteExtended
from meetingroom.domain.voting.vote import Vote, VotePhase

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

SHORTEST = 10 * 60_000  # milliseconds a member has at least to read and answer


@dataclass(frozen=True, slots=True)
class Circulation:
    """`questions` are the votes that were sent; `due` is when the last answer is taken."""

    questions: tuple[str, ...] = ()
    sent_at: int | None = None
    due: int | None = None
    recalled: str = ""


@command("circulation.send", by=OFFICE, when="it is a written vote, not yet sent, with a question prepared")
class SendRound(Command):
    due: Moment


@command("circulation.extend", by=OFFICE, when="it was sent; to a later time only")
class ExtendRound(Command):
    due: Moment


@command("circulation.recall", by=OFFICE, when="it was sent; with a reason")
class RecallRound(Command):
    reason: Line


@command("circulation.finish", by=OFFICE, when="every question is closed and no tie waits for a decision")
class FinishRound(Command):
    """All results are announced and the record is closed."""


@event("circulation.sent")
class RoundSent(Event):
    questions: tuple[str, ...]
    due: int
    at: int


@event("circulation.extended")
class RoundExtended(Event):
    due: int


@event("circulation.recalled")
class RoundRecalled(Event):
    reason: str
    at: int


CirculationCommand = SendRound | ExtendRound | RecallRound | FinishRound


def decide(meeting: Meeting, actor: Participant, command: CirculationCommand, facts: Facts) -> tuple[Event, ...]:
    require(meeting.sitting.written, "circulation.not_written")
    match command:
        case SendRound():
            return _send(meeting, command, facts)
        case ExtendRound():
            _require_sent(meeting)
            require(command.due > (meeting.circulation.due or 0), "circulation.not_later")
            require(command.due > facts.now, "circulation.not_later")
            extended = (
                VoteExtended(vote=vote.id, closes_at=command.due) for vote in _questions(meeting) if vote.is_open
            )
            return (RoundExtended(due=command.due), *extended)
        case RecallRound():
            _require_sent(meeting)
            require(command.reason, "circulation.needs_reason")
            # A box that is being opened must be counted to its end: only then is its key destroyed.
            require(not any(v.phase is VotePhase.COUNTING for v in meeting.voting.values()), "circulation.counting")
            open_ = (vote for vote in _questions(meeting) if vote.phase in (VotePhase.OPEN, VotePhase.SUSPENDED))
            cancelled = (VoteCancelled(vote=vote.id, reason=command.reason, at=facts.now) for vote in open_)
            return (RoundRecalled(reason=command.reason, at=facts.now), *cancelled, MeetingClosed(at=facts.now))
        case FinishRound():
            return _finish(meeting, facts)
        case _:
            assert_never(command)


def _send(meeting: Meeting, command: SendRound, facts: Facts) -> tuple[Event, ...]:
    phase = meeting.sitting.phase
    require_no_template(meeting)
    require(phase in (Phase.DRAFT, Phase.PUBLISHED), "circulation.sent_already")
    require(members(meeting.people), "circulation.nobody")
    require(command.due >= facts.now + SHORTEST, "circulation.too_soon")
    prepared = [vote for vote in meeting.voting.values() if vote.phase is VotePhase.PREPARED]
    require(prepared, "circulation.no_question")
    require(not any(vote.by_hand for vote in prepared), "circulation.by_hand")
    published = (MeetingPublished(),) if phase is Phase.DRAFT else ()
    questions = tuple(vote.id for vote in prepared)
    return (*published, MeetingCirculated(at=facts.now), RoundSent(questions=questions, due=command.due, at=facts.now))


def _finish(meeting: Meeting, facts: Facts) -> tuple[Event, ...]:
    _require_sent(meeting)
    votes = _questions(meeting)
    ended = (VotePhase.CLOSED, VotePhase.ANNOUNCED, VotePhase.CANCELLED)
    require(all(vote.phase in ended for vote in votes), "circulation.not_closed")
    require(not any(vote.is_open for vote in meeting.voting.values()), "circulation.not_closed")
    require(not any(vote.awaiting for vote in votes), "voting.tie_undecided")
    closed = (vote for vote in votes if vote.phase is VotePhase.CLOSED)
    announced = (ResultAnnounced(vote=vote.id, at=facts.now) for vote in closed)
    return (*announced, MeetingClosed(at=facts.now))


def _require_sent(meeting: Meeting) -> None:
    require(meeting.sitting.phase is Phase.CIRCULATING, "circulation.not_sent")


def _questions(meeting: Meeting) -> list[Vote]:
    return [meeting.voting[key] for key in meeting.circulation.questions if key in meeting.voting]


def unopened(meeting: Meeting) -> tuple[str, ...]:
    """The questions that were sent and are still to be opened, each with a key of its own if it is secret."""
    if meeting.sitting.phase is not Phase.CIRCULATING:
        return ()
    return tuple(vote.id for vote in _questions(meeting) if vote.phase is VotePhase.PREPARED)


def evolve(circulation: Circulation, event: Event) -> Circulation:
    match event:
        case RoundSent():
            return Circulation(event.questions, event.at, event.due)
        case RoundExtended():
            return replace(circulation, due=event.due)
        case RoundRecalled():
            return replace(circulation, recalled=event.reason)
        case _:
            return circulation


SEES = ("circulation",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """When the answers are due, or why it was recalled."""
    circulation = meeting.circulation
    entry: dict[str, Any] = {"questions": {key: order for order, key in enumerate(circulation.questions)}}
    for name in ("sent_at", "due", "recalled"):
        if value := getattr(circulation, name):
            entry[name] = value
    return entry
