"""The meeting: the whole state, and decide, evolve, replay, view that put the nouns together.

decide(meeting, actor, command, facts) -> Decision        or raises Refused
evolve(meeting, event) -> Meeting                         never refuses; unchanged parts keep their identity
view(meeting, audience, before) -> Shown                  a JSON object; what one may not see is absent
own(meeting, participant) -> dict                         what only this person is shown
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from meetingroom.domain import (
    agenda,
    attendance,
    circulation,
    comments,
    conclusions,
    devices,
    drawings,
    floor,
    issuing,
    minutes,
    movements,
    notices,
    opinions,
    papers,
    people,
    preparing,
    quorum,
    reminders,
    replies,
    reports,
    rights,
    screen,
    seating,
    signing,
    sitting,
    stage,
    support,
    voting,
)
from meetingroom.domain.agenda import Agenda, AgendaCommand
from meetingroom.domain.attendance import Arrived, Attendance, AttendanceCommand, Left
from meetingroom.domain.audience import Audience
from meetingroom.domain.circulation import Circulation, CirculationCommand
from meetingroom.domain.comments import Comments, CommentsCommand
from meetingroom.domain.conclusions import Conclusions, ConclusionsCommand
from meetingroom.domain.devices import Devices, DevicesCommand
from meetingroom.domain.drawings import Drawings, DrawingsCommand
from meetingroom.domain.floor import Floor, FloorCommand
from meetingroom.domain.issuing import Issuing, IssuingCommand
from meetingroom.domain.messages import Command, Event, Role
from meetingroom.domain.minutes import Minutes, MinutesCommand
from meetingroom.domain.movements import Movements
from meetingroom.domain.notices import Notices, NoticesCommand
from meetingroom.domain.opinions import Opinions, OpinionsCommand
from meetingroom.domain.papers import Papers
from meetingroom.domain.papers.messages import PapersCommand, Release
from meetingroom.domain.people import (
    Participant,
    ParticipantAdded,
    ParticipantChanged,
    ParticipantRemoved,
    People,
    PeopleCommand,
)
from meetingroom.domain.phase import Phase
from meetingroom.domain.preparing import Preparing, PreparingCommand
from meetingroom.domain.refusals import require
from meetingroom.domain.reminders import Reminders, RemindersCommand
from meetingroom.domain.replies import Replies, RepliesCommand
from meetingroom.domain.reports import Reports, ReportsCommand
from meetingroom.domain.rights import Entrusted, Rights, RightsCommand, Weighed, Withdrawn
from meetingroom.domain.screen import Screen, ScreenCommand
from meetingroom.domain.seating import Seating, SeatingCommand
from meetingroom.domain.signing import Signing, SigningCommand
from meetingroom.domain.sitting import Address, MeetingCreated, QuorumSet, Sitting, SittingCommand
from meetingroom.domain.stage import Stage, StageCommand
from meetingroom.domain.support import Support, SupportCommand
from meetingroom.domain.voting import Voting, VotingCommand

# What may change whether there is a quorum.
COUNTED = (
    Arrived, Left, ParticipantAdded, ParticipantChanged, ParticipantRemoved, Weighed, Entrusted, Withdrawn, QuorumSet,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """Everything the journal of one meeting says, so far. Frozen; parts are shared between versions."""

    id: str
    sitting: Sitting
    people: People = field(default_factory=dict)
    agenda: Agenda = field(default_factory=Agenda)
    papers: Papers = field(default_factory=dict)
    stage: Stage = field(default_factory=Stage)
    floor: Floor = field(default_factory=Floor)
    attendance: Attendance = field(default_factory=dict)
    movements: Movements = field(default_factory=Movements)
    replies: Replies = field(default_factory=Replies)
    voting: Voting = field(default_factory=dict)
    notices: Notices = field(default_factory=dict)
    screen: Screen = field(default_factory=Screen)
    minutes: Minutes = field(default_factory=Minutes)
    conclusions: Conclusions = field(default_factory=dict)
    circulation: Circulation = field(default_factory=Circulation)
    seating: Seating = field(default_factory=Seating)
    support: Support = field(default_factory=Support)
    devices: Devices = field(default_factory=Devices)
    rights: Rights = field(default_factory=Rights)
    preparing: Preparing = field(default_factory=dict)
    drawings: Drawings = field(default_factory=dict)
    opinions: Opinions = field(default_factory=dict)
    reminders: Reminders = field(default_factory=dict)
    comments: Comments = field(default_factory=Comments)
    signing: Signing = field(default_factory=Signing)
    issuing: Issuing = field(default_factory=dict)
    reports: Reports = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the core may not fetch itself: the time (UTC ms) and one fresh id for what the command creates."""

    now: int
    id: str
    public_key: str = ""  # of the box of the secret vote that is being opened


@dataclass(frozen=True, slots=True)
class Decision:
    """What has happened then; `made` is the id of what was created, for the one who asked.

    `seal`: the secret ballot to be sealed and kept in the same transaction; its event is completed with the receipt.
    """

    events: tuple[Event, ...]
    made: str | None = None
    seal: bytes | None = None


def found(
    *, meeting: str, founder: Participant, title: str, kind: str, room: str, starts: int, organisation: str,
    address: Address, written: bool = False, ends: int = 0,
    template: bool = False, rule: str = "", circle: str = "", unit: str = "",
) -> tuple[Event, ...]:  # fmt: skip
    """The first events of a new meeting: it exists, and its founder is in it to prepare it."""
    created = MeetingCreated(
        meeting=meeting,
        title=title,
        kind=kind,
        room=room,
        starts=starts,
        organisation=organisation,
        address=address,
        written=written,
        ends=ends,
        template=template,
        rule=rule,
        circle=circle,
        unit=unit,
    )
    return (created, people.joined(founder))


def permitted(actor: Participant, kind: type[Command]) -> bool:
    """Whether this role may give such a command at all; `decide` asks for the rest."""
    return actor.role in kind.by


def decide(meeting: Meeting, actor: Participant, command: Command, facts: Facts) -> Decision:
    """The events that follow from the command now. Raises Refused; changes nothing."""
    require(permitted(actor, type(command)), "not_permitted")
    events = _decide(meeting, actor, command, facts)
    if meeting.sitting.phase is Phase.IN_SESSION and any(isinstance(event, COUNTED) for event in events):
        events = (*events, *quorum.changed(meeting, _after(meeting, events), facts.now))
    made = facts.id if facts.id in _created(events) else None
    return Decision(events, made, voting.sealing(meeting, actor, command) if events else None)


def _decide(meeting: Meeting, actor: Participant, command: Command, facts: Facts) -> tuple[Event, ...]:
    """One line a noun; mypy checks that each gets its own commands, a test that none is forgotten."""
    match command:
        case _ if isinstance(command, SittingCommand):
            return sitting.decide(meeting, actor, command, facts)
        case _ if isinstance(command, PeopleCommand):
            return people.decide(meeting, actor, command, facts)
        case _ if isinstance(command, AgendaCommand):
            return agenda.decide(meeting, actor, command, facts)
        case _ if isinstance(command, PapersCommand):
            return papers.decide(meeting, actor, command, facts)
        case _ if isinstance(command, PreparingCommand):
            return preparing.decide(meeting, actor, command, facts)
        case _ if isinstance(command, OpinionsCommand):
            return opinions.decide(meeting, actor, command, facts)
        case _ if isinstance(command, RemindersCommand):
            return reminders.decide(meeting, actor, command, facts)
        case _ if isinstance(command, StageCommand):
            return stage.decide(meeting, actor, command, facts)
        case _ if isinstance(command, FloorCommand):
            return floor.decide(meeting, actor, command, facts)
        case _ if isinstance(command, AttendanceCommand):
            return attendance.decide(meeting, actor, command, facts)
        case _ if isinstance(command, RepliesCommand):
            return replies.decide(meeting, actor, command, facts)
        case _ if isinstance(command, RightsCommand):
            return rights.decide(meeting, actor, command, facts)
        case _ if isinstance(command, VotingCommand):
            return voting.decide(meeting, actor, command, facts)
        case _ if isinstance(command, NoticesCommand):
            return notices.decide(meeting, actor, command, facts)
        case _ if isinstance(command, ScreenCommand):
            return screen.decide(meeting, actor, command, facts)
        case _ if isinstance(command, MinutesCommand):
            return minutes.decide(meeting, actor, command, facts)
        case _ if isinstance(command, CommentsCommand):
            return comments.decide(meeting, actor, command, facts)
        case _ if isinstance(command, SigningCommand):
            return signing.decide(meeting, actor, command, facts)
        case _ if isinstance(command, IssuingCommand):
            return issuing.decide(meeting, actor, command, facts)
        case _ if isinstance(command, ReportsCommand):
            return reports.decide(meeting, actor, command, facts)
        case _ if isinstance(command, ConclusionsCommand):
            return conclusions.decide(meeting, actor, command, facts)
        case _ if isinstance(command, CirculationCommand):
            return circulation.decide(meeting, actor, command, facts)
        case _ if isinstance(command, SeatingCommand):
            return seating.decide(meeting, actor, command, facts)
        case _ if isinstance(command, SupportCommand):
            return support.decide(meeting, actor, command, facts)
        case _ if isinstance(command, DevicesCommand):
            return devices.decide(meeting, actor, command, facts)
        case _ if isinstance(command, DrawingsCommand):
            return drawings.decide(meeting, actor, command, facts)
        case _:
            raise AssertionError(f"no noun decides {type(command).__name__}")


def _after(meeting: Meeting, events: Iterable[Event]) -> Meeting:
    for event in events:
        meeting = evolve(meeting, event)
    return meeting


def _created(events: Iterable[Event]) -> set[str]:
    return {value for event in events for value in vars(event).values() if isinstance(value, str)}


def evolve(meeting: Meeting, event: Event) -> Meeting:
    """The meeting after the event. Every noun hears every event and answers with its part, changed or the same."""
    event = voting.completed(event, meeting.people)
    return Meeting(
        meeting.id,
        sitting.evolve(meeting.sitting, event),
        people.evolve(meeting.people, event),
        agenda.evolve(meeting.agenda, event),
        papers.evolve(meeting.papers, event),
        stage.evolve(meeting.stage, event),
        floor.evolve(meeting.floor, event),
        attendance.evolve(meeting.attendance, event),
        movements.evolve(meeting.movements, event),
        replies.evolve(meeting.replies, event),
        voting.evolve(meeting.voting, event),
        notices.evolve(meeting.notices, event),
        screen.evolve(meeting.screen, event),
        minutes.evolve(meeting.minutes, event),
        conclusions.evolve(meeting.conclusions, event),
        circulation.evolve(meeting.circulation, event),
        seating.evolve(meeting.seating, event),
        support.evolve(meeting.support, event),
        devices.evolve(meeting.devices, event),
        rights.evolve(meeting.rights, event),
        preparing.evolve(meeting.preparing, event),
        drawings.evolve(meeting.drawings, event),
        opinions.evolve(meeting.opinions, event),
        reminders.evolve(meeting.reminders, event),
        comments.evolve(meeting.comments, event),
        signing.evolve(meeting.signing, event),
        issuing.evolve(meeting.issuing, event),
        reports.evolve(meeting.reports, event),
    )


def replay(events: Iterable[Event]) -> Meeting:
    """The meeting from its whole journal; the first event must be MeetingCreated."""
    stream = iter(events)
    first = next(stream)
    assert isinstance(first, MeetingCreated), "a journal begins with meeting.created"
    meeting = Meeting(
        first.meeting,
        Sitting(
            first.title,
            first.kind,
            first.room,
            first.starts,
            first.organisation,
            first.address,
            written=first.written,
            ends=first.ends,
            template=first.template,
            rule=first.rule,
            circle=first.circle,
            unit=first.unit,
        ),
    )
    return _after(meeting, stream)


View = dict[str, Any]
_Part = tuple[str, Callable[[Meeting, Audience], dict[str, Any]], tuple[str, ...]]

# name in the view, the noun that shows it, and the parts of the state it is made from
PARTS: tuple[_Part, ...] = (
    ("meeting", sitting.view, sitting.SEES),
    ("people", people.view, people.SEES),
    ("agenda", agenda.view, agenda.SEES),
    ("papers", papers.view, papers.SEES),
    ("stage", stage.view, stage.SEES),
    ("floor", floor.view, floor.SEES),
    ("attendance", attendance.view, attendance.SEES),
    ("movements", movements.view, movements.SEES),
    ("replies", replies.view, replies.SEES),
    ("voting", voting.view, voting.SEES),
    ("notices", notices.view, notices.SEES),
    ("screen", screen.view, screen.SEES),
    ("minutes", minutes.view, minutes.SEES),
    ("conclusions", conclusions.view, conclusions.SEES),
    ("circulation", circulation.view, circulation.SEES),
    ("seating", seating.view, seating.SEES),
    ("support", support.view, support.SEES),
    ("devices", devices.view, devices.SEES),
    ("rights", rights.view, rights.SEES),
    ("preparing", preparing.view, preparing.SEES),
    ("drawings", drawings.view, drawings.SEES),
    ("opinions", opinions.view, opinions.SEES),
    ("reminders", reminders.view, reminders.SEES),
    ("comments", comments.view, comments.SEES),
    ("signing", signing.view, signing.SEES),
    ("issuing", issuing.view, issuing.SEES),
    ("reports", reports.view, reports.SEES),
)
TO_STAFF = frozenset({"meeting", "people", "support"})  # whom to go to, and nothing of what is dealt with


@dataclass(frozen=True, slots=True)
class Shown:
    """A view and the meeting it was made of, so that the next one can keep what has not changed."""

    meeting: Meeting
    view: View


def view(meeting: Meeting, audience: Audience, before: Shown | None = None) -> Shown:
    """What this audience may see. Parts made from unchanged state are the same objects as in `before`."""
    parts: View = {}
    for name, show, sees in PARTS:
        if audience is Audience.STAFF and name not in TO_STAFF:
            continue
        if before is not None and all(getattr(meeting, part) is getattr(before.meeting, part) for part in sees):
            parts[name] = before.view[name]
        else:
            parts[name] = show(meeting, audience)
    return Shown(meeting, parts)


def own(meeting: Meeting, participant: Participant) -> View:
    """What is this person's alone: role, presence, request, ballots, papers meant for them by name."""
    mine: View = {"id": participant.id, "role": participant.role.value, "member": participant.member}
    if participant.role is Role.STAFF:
        return mine | devices.own(meeting, participant)
    mine["present"] = participant.id in meeting.attendance
    mine["presenting"] = participant.role is not Role.SCREEN and meeting.stage.presenter == participant.id
    mine |= floor.own(meeting, participant)
    mine |= replies.own(meeting, participant)
    mine |= devices.own(meeting, participant)
    mine |= voting.own(meeting, participant)
    mine |= preparing.own(meeting, participant)
    mine |= opinions.own(meeting, participant)
    mine |= comments.own(meeting, participant)
    mine["papers"] = papers.own(meeting, participant)
    return mine


def due(meeting: Meeting, now: int) -> tuple[Command, ...]:
    """Deadlines that have passed, as the ordinary commands the timekeeper gives for them."""
    releases = (Release(paper=paper) for paper in papers.due(meeting, now))
    openings = (voting.OpenVote(vote=vote) for vote in circulation.unopened(meeting))
    closings = (voting.CloseVote(vote=vote) for vote in voting.due(meeting.voting, now))
    return (*releases, *openings, *closings, *comments.due(meeting, now))


def expects(meeting: Meeting) -> bool:
    """Whether anything may happen here although nobody is connected: a deadline, a count, a paper to come."""
    return (
        any(vote.is_open for vote in meeting.voting.values())
        or any(not paper.released and paper.release_at is not None for paper in meeting.papers.values())
        or bool(papers.being_prepared(meeting.papers))
        or preparing.waited_for(meeting)
        or bool(circulation.unopened(meeting))
        or meeting.comments.open
    )


def participant(meeting: Meeting, key: str) -> Participant | None:
    """Who this is now, or None if removed."""
    return meeting.people.get(key)
