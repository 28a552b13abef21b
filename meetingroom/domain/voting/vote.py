"""A vote: prepared, opened for the members present, suspended and resumed, closed, announced; or cancelled.

What has happened makes the state here; what may be asked is in conduct.py, who sees what in showing.py. Nobody's view
depends on a choice while the vote runs. Recorded ballots are events with names; a secret one is an event that says only
that somebody voted, and a sealed envelope outside the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from meetingroom.domain.messages import Event
from meetingroom.domain.voting.ballot import Answer, Ballot, Method, VoteForm, form_of, rule_of
from meetingroom.domain.voting.electors import Elector, electors
from meetingroom.domain.voting.messages import (
    AnswerEntered,
    BallotCast,
    CountEntered,
    ElectorAdmitted,
    ElectorExcused,
    EnvelopeCast,
    PhotoHidden,
    PhotoShown,
    ReadyAsked,
    ReadySaid,
    ResultAnnounced,
    TieDecided,
    VoteCancelled,
    VoteChanged,
    VoteClosed,
    VoteEvent,
    VoteExtended,
    VoteOpened,
    VotePrepared,
    VoteRemoved,
    VoteResumed,
    VoteStopped,
    VoteSuspended,
)
from meetingroom.domain.voting.photos import Photo, kept
from meetingroom.domain.voting.rule import By, Rule
from meetingroom.domain.voting.tally import Numbers, Outcome, Tally, Weighed


class VotePhase(StrEnum):
    PREPARED = "prepared"
    OPEN = "open"
    SUSPENDED = "suspended"
    COUNTING = "counting"  # a secret vote whose box is being opened
    CLOSED = "closed"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


RUNNING = frozenset({VotePhase.OPEN, VotePhase.SUSPENDED, VotePhase.COUNTING})


@dataclass(frozen=True, slots=True)
class Report:
    """What tellers counted by hand, as the secretary entered it."""

    counts: Tally
    issued: int
    returned: int
    valid: int
    invalid: int
    blank: int
    tellers: str


@dataclass(frozen=True, slots=True)
class Result:
    """Computed once, at closing, and never again; only the chair may still have to decide a tie.

    `sheets`, `texts`, `urn`: what a secret vote publishes.
    """

    tally: Tally
    outcomes: Mapping[str, Outcome]
    numbers: Numbers
    blank: int
    sheets: tuple[Ballot, ...] = ()
    texts: tuple[str, ...] = ()
    urn: tuple[str, ...] = ()

    @property
    def carried(self) -> bool:
        """Whether anything was carried; of one question, whether it was."""
        return any(outcome.carried for outcome in self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Vote:
    """`electors` are fixed at opening; later ones are admitted one by one. `again` is the vote this one repeats.

    `called`: their names as they were then; who was excused later is still in it.
    `holders`: who casts for an elector, if not they themselves. `weights`: of all members, where votes are weighed.
    """

    id: str
    form: VoteForm
    rule: Rule
    again: str | None = None
    photos: Mapping[str, Photo] = field(default_factory=dict)
    phase: VotePhase = VotePhase.PREPARED
    ready_asked_at: int | None = None
    ready: frozenset[str] = frozenset()
    excused: Mapping[str, str] = field(default_factory=dict)
    electors: frozenset[str] = frozenset()
    admitted: frozenset[str] = frozenset()
    called: Mapping[str, Elector] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    members: frozenset[str] = frozenset()
    total_members: int = 0
    chair: str = ""
    public_key: str = ""
    without_quorum: bool = False
    ballots: Mapping[str, Ballot] = field(default_factory=dict)
    receipts: Mapping[str, str] = field(default_factory=dict)
    entered: Mapping[str, str] = field(default_factory=dict)  # answers that came on paper: elector → who entered it
    report: Report | None = None
    opened_at: int | None = None
    closes_at: int | None = None
    left: int | None = None
    closed_at: int | None = None
    result: Result | None = None
    casting: Mapping[str, Answer] = field(default_factory=dict)  # how the chair has decided a tie
    cast_by: str = ""
    reason: str = ""
    void: bool = False

    @property
    def item(self) -> str:
        return self.form.item

    @property
    def question(self) -> str:
        return self.form.question

    @property
    def is_open(self) -> bool:
        """Opened and not yet counted, also while it is suspended."""
        return self.phase in RUNNING

    @property
    def by_hand(self) -> bool:
        return self.form.method is not Method.DEVICES

    @property
    def voters(self) -> Mapping[str, object]:
        """Who has voted; never what."""
        return self.receipts if self.form.secret else self.ballots

    @property
    def awaiting(self) -> tuple[str, ...]:
        """Options with a tie that the chair has yet to decide."""
        if self.phase is not VotePhase.CLOSED or not self.result:
            return ()
        return tuple(option for option, outcome in self.result.outcomes.items() if outcome.by is By.AWAITS)

    def weight(self, elector: str) -> int:
        """How many votes an elector has."""
        return self.weights.get(elector, 1)

    def holder(self, elector: str) -> str:
        """Who casts for this elector."""
        return self.holders.get(elector, elector)

    @property
    def is_complete(self) -> bool:
        """Every elector has voted."""
        return bool(self.electors) and len(self.voters) == len(self.electors)


Voting = Mapping[str, Vote]


def due(voting: Voting, now: int) -> tuple[str, ...]:
    """Open votes whose time is over, or that close by themselves when all have voted."""
    return tuple(vote.id for vote in voting.values() if vote.phase is VotePhase.OPEN and _is_due(vote, now))


def _is_due(vote: Vote, now: int) -> bool:
    if vote.by_hand:
        return False  # the numbers must be entered first
    over = vote.closes_at is not None and vote.closes_at <= now
    return over or (vote.form.when_complete and vote.is_complete)


def evolve(voting: Voting, event: Event) -> Voting:
    match event:
        case VotePrepared():
            form = VoteForm(**form_of(event))
            return {**voting, event.vote: Vote(event.vote, form, rule_of(form), event.again)}
        case VoteRemoved():
            return {key: vote for key, vote in voting.items() if key != event.vote}
        case _ if isinstance(event, VoteEvent):
            return {**voting, event.vote: _evolved(voting[event.vote], event)}
        case _:
            return voting


def _evolved(vote: Vote, event: VoteEvent) -> Vote:
    match event:
        case VoteChanged():
            form = VoteForm(**form_of(event))
            return replace(vote, form=form, rule=rule_of(form), photos=kept(vote.photos, vote.form, form))
        case PhotoShown():
            return replace(vote, photos={**vote.photos, event.option: Photo(event.file, event.at)})
        case PhotoHidden():
            return replace(vote, photos={o: photo for o, photo in vote.photos.items() if o != event.option})
        case ReadyAsked():
            return replace(vote, ready_asked_at=event.at, ready=frozenset())
        case ReadySaid():
            return replace(vote, ready=vote.ready | {event.participant})
        case ElectorExcused():
            excused = {**vote.excused, event.participant: event.note}
            return replace(vote, excused=excused, electors=vote.electors - {event.participant})
        case VoteOpened():
            return _opened(vote, event)
        case ElectorAdmitted():
            return _admitted(vote, event)
        case BallotCast():
            ballot = Ballot(event.marks, event.text)
            entered = {elector: name for elector, name in vote.entered.items() if elector != event.participant}
            return replace(vote, ballots={**vote.ballots, event.participant: ballot}, entered=entered)
        case AnswerEntered():
            ballots = {**vote.ballots, event.participant: Ballot(event.marks, event.text)}
            return replace(vote, ballots=ballots, entered={**vote.entered, event.participant: event.called})
        case EnvelopeCast():
            return replace(vote, receipts={**vote.receipts, event.participant: event.receipt})
        case CountEntered():
            return replace(vote, report=_report(event))
        case VoteExtended():
            return replace(vote, closes_at=event.closes_at)
        case VoteSuspended():
            return replace(vote, phase=VotePhase.SUSPENDED, closes_at=None, left=event.left)
        case VoteResumed():
            return replace(vote, phase=VotePhase.OPEN, closes_at=event.closes_at, left=None)
        case VoteStopped():
            return replace(vote, phase=VotePhase.COUNTING, closed_at=event.at)
        case VoteClosed():
            result = _result(vote, event)
            return replace(vote, phase=VotePhase.CLOSED, closed_at=vote.closed_at or event.at, result=result)
        case TieDecided():
            return _decided(vote, event)
        case ResultAnnounced():
            return replace(vote, phase=VotePhase.ANNOUNCED)
        case VoteCancelled():
            return replace(
                vote, phase=VotePhase.CANCELLED, reason=event.reason, closed_at=event.at, void=event.void
            )  # fmt: skip
        case _:
            assert_never(event)


def _opened(vote: Vote, event: VoteOpened) -> Vote:
    """The rule as it was at opening, whatever a later version of the program makes of its name."""
    rule = Rule(**{name: getattr(event, name) for name in Rule.__dataclass_fields__})
    return replace(
        vote,
        phase=VotePhase.OPEN,
        rule=rule,
        electors=frozenset(event.electors),
        called=electors(event.called),
        holders=dict(event.proxies),
        weights=dict(event.weights),
        members=frozenset(event.members),
        total_members=event.total_members,
        chair=event.chair,
        public_key=event.public_key,
        without_quorum=event.without_quorum,
        opened_at=event.at,
        closes_at=event.closes_at,
        ready_asked_at=None,
    )


def _admitted(vote: Vote, event: ElectorAdmitted) -> Vote:
    one = {event.participant}
    holders = {**vote.holders, event.participant: event.holder} if event.holder else vote.holders
    called = {**vote.called, **electors(event.called)}
    return replace(
        vote,
        electors=vote.electors | one,
        admitted=vote.admitted | one,
        holders=holders,
        called=called,
        members=vote.members | one,
        total_members=event.total_members or vote.total_members,
        weights={**vote.weights, event.participant: event.weight} if event.weight else vote.weights,
    )


def _decided(vote: Vote, event: TieDecided) -> Vote:
    """The count stays what it is; what became of the ties is what the chair has said."""
    assert vote.result is not None
    outcomes = dict(vote.result.outcomes)
    for option, answer in event.marks:
        outcomes[option] = replace(outcomes[option], carried=answer is Answer.YES, by=By.CASTING)
    result = replace(vote.result, outcomes=outcomes)
    return replace(vote, result=result, casting=dict(event.marks), cast_by=event.called)


def _tally(counts: tuple[tuple[str, Answer, int], ...]) -> Tally:
    tally: dict[str, dict[Answer, int]] = {}
    for option, answer, number in counts:
        tally.setdefault(option, {})[answer] = number
    return tally


def _report(event: CountEntered) -> Report:
    return Report(
        _tally(event.counts), event.issued, event.returned, event.valid, event.invalid, event.blank, event.tellers
    )


def _result(vote: Vote, event: VoteClosed) -> Result:
    outcomes = {
        option: Outcome(carried, By(by), of, needed) for option, carried, by, of, needed in event.outcomes
    }  # fmt: skip
    weighed = Weighed(*event.weighed) if event.weighed else None
    numbers = Numbers(vote.total_members, event.invited, event.present, len(vote.electors), event.cast, weighed)
    sheets = tuple(Ballot(marks) for marks in event.sheets)
    return Result(_tally(event.counts), outcomes, numbers, event.blank, sheets, event.texts, event.urn)
