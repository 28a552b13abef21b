"""The sitting itself: its title, place and time, and its course from draft to closed (`meeting.*` on the wire)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, assert_never

from meetingroom.domain import quorum, stage
from meetingroom.domain.agenda import ItemEntered, known_item
from meetingroom.domain.messages import OFFICE, Between, Command, Event, Id, Line, Minutes, Moment, command, event
from meetingroom.domain.phase import Phase, require_not_closed, require_session
from meetingroom.domain.quorum import Quorum
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

Part = Annotated[int, Between(1, 1000)]

TEMPLATE = "template"  # in lists, in place of a phase
USUAL_HOURS = 3  # where nobody has said when it ends


class Address(StrEnum):
    """How the pages address the reader."""

    DONG_CHI = "dong_chi"
    DAI_BIEU = "dai_bieu"
    ONG_BA = "ong_ba"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Sitting:
    title: str
    kind: str
    room: str
    starts: int
    organisation: str
    address: Address
    phase: Phase = Phase.DRAFT
    opened_at: int | None = None
    adjourned_at: int | None = None
    resumes_at: int | None = None
    closed_at: int | None = None
    without_quorum: bool = False
    quorum: Quorum = Quorum()
    written: bool = False  # nobody gathers: questions are sent round (circulation)
    ends: int = 0  # as planned; 0: nobody has said
    template: bool = False  # never held: meetings that come again begin with it
    rule: str = ""  # by which votes are decided unless another is chosen; the name of a preset
    circle: str = ""  # of a template: who is invited, as the circle is then
    unit: str = ""  # whose meeting it is (`separation`), for good; empty: the whole agency's

    @property
    def listed(self) -> str:
        """Its phase in lists of meetings."""
        return TEMPLATE if self.template else self.phase.value

    @property
    def planned_end(self) -> int:
        return self.ends or self.starts + USUAL_HOURS * 3_600_000


@command("meeting.describe", by=OFFICE)
class Describe(Command):
    title: Line
    kind: Line
    room: Line
    starts: Moment
    organisation: Line
    address: Address
    ends: Moment = 0
    rule: Line = ""
    circle: Line = ""


@command("meeting.set_quorum", by=OFFICE)
class SetQuorum(Command):
    """What part of the members, or with `weighted` of their votes, must be present; with `exceed` more than that."""

    numerator: Part
    denominator: Part
    exceed: bool = False
    weighted: bool = False


@command("meeting.publish", by=OFFICE)
class Publish(Command):
    pass


@command(
    "meeting.open",
    by=OFFICE,
    when="the quorum is present, or with `regardless`, which is recorded",
)
class Open(Command):
    regardless: bool = False


@command("meeting.go_to", by=OFFICE, when="the meeting is in session")
class GoTo(Command):
    item: Id


@command("meeting.adjourn", by=OFFICE, when="no vote is open")
class Adjourn(Command):
    minutes: Minutes | None = None


@command("meeting.resume", by=OFFICE)
class Resume(Command):
    pass


@command("meeting.close", by=OFFICE, when="no vote is open")
class Close(Command):
    pass


@event("meeting.created")
class MeetingCreated(Event):
    meeting: str
    title: str
    kind: str
    room: str
    starts: int
    organisation: str
    address: Address
    written: bool = False
    ends: int = 0
    template: bool = False
    rule: str = ""
    circle: str = ""
    unit: str = ""


@event("meeting.described")
class MeetingDescribed(Event):
    title: str
    kind: str
    room: str
    starts: int
    organisation: str
    address: Address
    ends: int = 0
    rule: str = ""
    circle: str = ""


@event("meeting.quorum_set")
class QuorumSet(Event):
    numerator: int
    denominator: int
    exceed: bool
    weighted: bool


@event("meeting.published")
class MeetingPublished(Event):
    pass


@event("meeting.opened")
class MeetingOpened(Event):
    at: int
    members_present: int
    total_members: int
    without_quorum: bool
    votes_present: int = 0  # where the quorum is one of votes
    total_votes: int = 0


@event("meeting.adjourned")
class MeetingAdjourned(Event):
    at: int
    resumes_at: int | None = None


@event("meeting.resumed")
class MeetingResumed(Event):
    at: int


@event("meeting.circulated")
class MeetingCirculated(Event):
    """It was sent to its members for written answers."""

    at: int


@event("meeting.closed")
class MeetingClosed(Event):
    at: int


SittingCommand = Describe | SetQuorum | Publish | Open | GoTo | Adjourn | Resume | Close


def decide(meeting: Meeting, actor: Participant, command: SittingCommand, facts: Facts) -> tuple[Event, ...]:
    phase = meeting.sitting.phase
    match command:
        case Describe():
            require_not_closed(meeting)
            require(command.title, "meeting.needs_title")
            require(not command.ends or command.ends > command.starts, "meeting.ends_before_it_starts")
            return (MeetingDescribed(**vars(command)),)
        case SetQuorum():
            require_not_closed(meeting)
            require(command.numerator <= command.denominator - command.exceed, "meeting.quorum_too_large")
            return (QuorumSet(**vars(command)),)
        case Publish():
            require(phase is Phase.DRAFT, "meeting.not_draft")
            require_no_template(meeting)
            return (MeetingPublished(),)
        case Open():
            require(not meeting.sitting.written, "meeting.is_written")
            require(phase is Phase.PUBLISHED, "meeting.not_published")
            return _open(meeting, command, facts)
        case GoTo():
            require_session(meeting)
            known_item(meeting, command.item)
            return () if command.item == meeting.agenda.current else _enter(meeting, command.item, facts)
        case Adjourn():
            require(phase is Phase.IN_SESSION, "meeting.not_in_session")
            _no_open_vote(meeting)
            resumes_at = facts.now + command.minutes * 60_000 if command.minutes else None
            return (MeetingAdjourned(at=facts.now, resumes_at=resumes_at),)
        case Resume():
            require(phase is Phase.ADJOURNED, "meeting.not_adjourned")
            return (MeetingResumed(at=facts.now),)
        case Close():
            require(phase in (Phase.IN_SESSION, Phase.ADJOURNED), "meeting.not_in_session")
            _no_open_vote(meeting)
            return (*stage.leave(meeting), MeetingClosed(at=facts.now))
        case _:
            assert_never(command)


def require_no_template(meeting: Meeting) -> None:
    """Raise Refused where a meeting is only what others begin with."""
    require(not meeting.sitting.template, "meeting.is_template")


def _open(meeting: Meeting, command: Open, facts: Facts) -> tuple[Event, ...]:
    """Opening without quorum needs `regardless`; the event keeps that it was so, and with how many."""
    count, weighted = quorum.count(meeting), meeting.sitting.quorum.weighted
    lacking = "meeting.no_quorum_of_votes" if weighted else "meeting.no_quorum"
    require(count.quorate or command.regardless, lacking, present=count.present, quorum=count.needed)
    opened = MeetingOpened(
        at=facts.now,
        members_present=count.members_present,
        total_members=count.total_members,
        without_quorum=not count.quorate,
        votes_present=count.present if weighted else 0,
        total_votes=count.total if weighted else 0,
    )
    first = next(iter(meeting.agenda.items), None)
    return (opened, *(_enter(meeting, first, facts) if first else ()))


def _enter(meeting: Meeting, item: str, facts: Facts) -> tuple[Event, ...]:
    """An item comes with its first paper on the stage; the chair then has one tap less to make."""
    return (ItemEntered(item=item, at=facts.now), *stage.show_first_of(meeting, item, facts))


def _no_open_vote(meeting: Meeting) -> None:
    require(not any(vote.is_open for vote in meeting.voting.values()), "meeting.vote_open")


def evolve(sitting: Sitting, event: Event) -> Sitting:
    match event:
        case MeetingDescribed():
            return replace(sitting, **vars(event))
        case QuorumSet():
            return replace(sitting, quorum=Quorum(**vars(event)))
        case MeetingPublished():
            return replace(sitting, phase=Phase.PUBLISHED)
        case MeetingOpened():
            return replace(sitting, phase=Phase.IN_SESSION, opened_at=event.at, without_quorum=event.without_quorum)
        case MeetingAdjourned():
            return replace(sitting, phase=Phase.ADJOURNED, adjourned_at=event.at, resumes_at=event.resumes_at)
        case MeetingResumed():
            return replace(sitting, phase=Phase.IN_SESSION, adjourned_at=None, resumes_at=None)
        case MeetingCirculated():
            return replace(sitting, phase=Phase.CIRCULATING, opened_at=event.at)
        case MeetingClosed():
            return replace(sitting, phase=Phase.CLOSED, closed_at=event.at, adjourned_at=None, resumes_at=None)
        case _:
            return sitting


SEES = ("sitting",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Shown to all, also before publication: whoever was let in may know where and when."""
    sitting = meeting.sitting
    entry: dict[str, Any] = {"id": meeting.id, "phase": sitting.phase.value, "address": sitting.address.value}
    for name in ("title", "kind", "room", "organisation", "starts"):
        entry[name] = getattr(sitting, name)
    for name in ("opened_at", "adjourned_at", "resumes_at", "closed_at"):
        if (moment := getattr(sitting, name)) is not None:
            entry[name] = moment
    entry |= {name: value for name in ("ends", "rule", "circle") if (value := getattr(sitting, name))}
    for name in ("without_quorum", "written", "template"):
        if getattr(sitting, name):
            entry[name] = True
    return entry
