"""Preparing: papers that units are asked for by a day; they upload and submit them, the office approves or sends back.

A meeting whose secretary uploads the papers knows nothing of this. A paper that was asked for leaves the office and those
who write it only once it is approved; then it is like every other: published with the meeting, released, withdrawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain import papers
from meetingroom.domain.agenda import ItemRemoved, known_item
from meetingroom.domain.messages import ATTENDEES, OFFICE, Command, Event, Id, Line, Moment, command, event
from meetingroom.domain.papers.messages import PaperMoved, PaperWithdrawn, RevisionReceived
from meetingroom.domain.people import ParticipantRemoved, called, known
from meetingroom.domain.phase import Phase, require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


class State(StrEnum):
    DRAFT = "draft"  # asked for; perhaps uploaded, not submitted
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Asked:
    """One paper a unit is to bring. `participant` uploads it, if anybody but the office; `paper` is there once there is
    a file; `reason`: why it was sent back.
    """

    id: str
    item: str
    title: str
    unit: str
    participant: str | None
    due: int | None
    paper: str | None = None
    state: State = State.DRAFT
    submitted_at: int = 0
    reason: str = ""
    approved_by: str = ""


Preparing = Mapping[str, Asked]


@command("preparing.ask", by=OFFICE)
class AskPaper(Command):
    item: Id
    title: Line
    unit: Line = ""
    participant: Id | None = None
    due: Moment | None = None


@command("preparing.change", by=OFFICE, when="it is not approved")
class ChangeAsked(Command):
    asked: Id
    title: Line
    unit: Line = ""
    participant: Id | None = None
    due: Moment | None = None


@command("preparing.cancel", by=OFFICE, when="it is not approved; a file that came stays with the office")
class CancelAsked(Command):
    """The paper is no longer asked for. What was uploaded becomes an ordinary paper that is withdrawn."""

    asked: Id


@command("preparing.deliver", by=ATTENDEES, when="it was asked of them and is not approved", wire=False)
class Deliver(Command):
    """A file for a paper that was asked for has been stored. Only the server gives this, like papers.receive."""

    asked: Id
    file: Line
    file_name: Line
    size: int


@command("preparing.submit", by=ATTENDEES, when="it was asked of them and a file has become pages")
class SubmitPaper(Command):
    asked: Id


@command("preparing.approve", by=OFFICE, when="a file has become pages; `revision` is the one that was read")
class ApprovePaper(Command):
    asked: Id
    revision: Id


@command("preparing.send_back", by=OFFICE, when="it is submitted; with a reason")
class SendBack(Command):
    asked: Id
    reason: Line


@event("preparing.asked")
class PaperAsked(Event):
    asked: str
    item: str
    title: str
    unit: str
    participant: str | None = None
    due: int | None = None


@event("preparing.cancelled")
class AskedCancelled(Event):
    asked: str


@event("preparing.delivered")
class PaperDelivered(Event):
    asked: str
    paper: str


@event("preparing.submitted")
class PaperSubmitted(Event):
    asked: str
    by: str
    at: int


@event("preparing.approved")
class PaperApproved(Event):
    asked: str
    revision: str
    by: str
    at: int


@event("preparing.sent_back")
class PaperSentBack(Event):
    asked: str
    reason: str
    at: int


PreparingCommand = AskPaper | ChangeAsked | CancelAsked | Deliver | SubmitPaper | ApprovePaper | SendBack


def decide(meeting: Meeting, actor: Participant, command: PreparingCommand, facts: Facts) -> tuple[Event, ...]:
    require_not_closed(meeting)
    match command:
        case AskPaper():
            known_item(meeting, command.item)
            return (_asked(meeting, command, facts.id, command.item),)
        case ChangeAsked():
            asked = _pending(meeting, command.asked)
            return (_asked(meeting, command, asked.id, asked.item),)
        case CancelAsked():
            asked = _pending(meeting, command.asked)
            paper = _paper(meeting, asked)
            # Nobody has approved it: it must not come out by being no longer asked for.
            hidden = (PaperWithdrawn(paper=paper.id),) if paper and not paper.withdrawn else ()
            return (*hidden, AskedCancelled(asked=asked.id))
        case Deliver():
            return _deliver(meeting, _own(meeting, actor, command.asked), command, facts)
        case SubmitPaper():
            asked = _own(meeting, actor, command.asked)
            require(asked.state is not State.SUBMITTED, "preparing.submitted_already")
            _ready(meeting, asked)
            return (PaperSubmitted(asked=asked.id, by=actor.id, at=facts.now),)
        case ApprovePaper():
            asked = _pending(meeting, command.asked)
            require(_ready(meeting, asked).current == command.revision, "preparing.newer_revision")
            return (PaperApproved(**vars(command), by=called(actor), at=facts.now),)
        case SendBack():
            asked = _pending(meeting, command.asked)
            require(asked.state is State.SUBMITTED, "preparing.not_submitted")
            require(command.reason, "preparing.needs_reason")
            return (PaperSentBack(**vars(command), at=facts.now),)
        case _:
            assert_never(command)


def _asked(meeting: Meeting, command: AskPaper | ChangeAsked, key: str, item: str) -> PaperAsked:
    require(command.title, "papers.needs_title")
    if command.participant is not None:
        require(known(meeting, command.participant).role in ATTENDEES, "people.unknown")
    return PaperAsked(
        asked=key,
        item=item,
        title=command.title,
        unit=command.unit,
        participant=command.participant,
        due=command.due,
    )


def _deliver(meeting: Meeting, asked: Asked, command: Deliver, facts: Facts) -> tuple[Event, ...]:
    """A file that comes after submission makes it a draft again: what is approved is what was submitted."""
    paper = _paper(meeting, asked)
    received = RevisionReceived(
        paper=paper.id if paper else facts.id,
        revision=facts.id,
        item=paper.item if paper else asked.item,
        title=paper.title if paper else asked.title,
        file=command.file,
        file_name=command.file_name,
        size=command.size,
        at=facts.now,
    )
    return (PaperDelivered(asked=asked.id, paper=received.paper), received)


def _pending(meeting: Meeting, asked: str) -> Asked:
    require(asked in meeting.preparing, "preparing.unknown")
    found = meeting.preparing[asked]
    require(found.state is not State.APPROVED, "preparing.approved_already")
    return found


def _own(meeting: Meeting, actor: Participant, asked: str) -> Asked:
    """What was asked of this person; the office may bring in what came to it by other ways."""
    require(may_bring(meeting, actor, asked), "preparing.unknown")
    return _pending(meeting, asked)


def may_bring(meeting: Meeting, person: Participant, asked: str) -> bool:
    """Whether this person may upload for it; asked before a file is taken in at all."""
    found = meeting.preparing.get(asked)
    return found is not None and (found.participant == person.id or person.role in OFFICE)


def _paper(meeting: Meeting, asked: Asked) -> papers.Paper | None:
    return meeting.papers.get(asked.paper) if asked.paper else None


def _ready(meeting: Meeting, asked: Asked) -> papers.Paper:
    """The paper, if its newest file has become pages: else one would submit or approve what nobody can read."""
    paper = _paper(meeting, asked)
    require(paper is not None and paper.current is not None, "preparing.no_file")
    assert paper
    newest = max(paper.revisions.values(), key=lambda revision: revision.number)
    require(newest.state is not papers.RevisionState.PREPARING, "preparing.being_drawn")
    return paper


def evolve(preparing: Preparing, event: Event) -> Preparing:
    match event:
        case PaperAsked():
            former = preparing.get(event.asked)
            values = {name: value for name, value in vars(event).items() if name != "asked"}
            return _with(preparing, replace(former, **values) if former else Asked(event.asked, **values))
        case AskedCancelled():
            return {key: asked for key, asked in preparing.items() if key != event.asked}
        case PaperDelivered():
            asked = preparing[event.asked]
            state = State.DRAFT if asked.state is State.SUBMITTED else asked.state
            return _with(preparing, replace(asked, paper=event.paper, state=state))
        case PaperSubmitted():
            submitted = replace(preparing[event.asked], state=State.SUBMITTED, submitted_at=event.at, reason="")
            return _with(preparing, submitted)
        case PaperApproved():
            return _with(preparing, replace(preparing[event.asked], state=State.APPROVED, approved_by=event.by))
        case PaperSentBack():
            return _with(preparing, replace(preparing[event.asked], state=State.RETURNED, reason=event.reason))
        case PaperMoved() if moved := next((a for a in preparing.values() if a.paper == event.paper), None):
            return _with(preparing, replace(moved, item=event.item))
        case ItemRemoved() if any(asked.item in event.items for asked in preparing.values()):
            return {key: asked for key, asked in preparing.items() if asked.item not in event.items}
        case ParticipantRemoved() if any(asked.participant == event.participant for asked in preparing.values()):
            return {
                key: replace(asked, participant=None) if asked.participant == event.participant else asked
                for key, asked in preparing.items()
            }
        case _:
            return preparing


def _with(preparing: Preparing, asked: Asked) -> Preparing:
    return {**preparing, asked.id: asked}


def waited_for(meeting: Meeting) -> bool:
    """Whether a day is set for a paper that is not there yet."""
    if meeting.sitting.phase is Phase.CLOSED:
        return False
    return any(asked.due and asked.state is not State.APPROVED for asked in meeting.preparing.values())


SEES = ("preparing",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """What is not approved yet is between the office and whoever writes it."""
    if not audience.is_office:
        return {}
    return {asked.id: _shown(asked, order) for order, asked in enumerate(meeting.preparing.values())}


def own(meeting: Meeting, participant: Participant) -> dict[str, Any]:
    """What this person is to bring, with the file as it is; also before the meeting is published."""
    mine = {
        asked.id: _shown(asked, order) | _of_item(meeting, asked)
        for order, asked in enumerate(meeting.preparing.values())
        if asked.participant == participant.id
    }
    return {"preparing": mine} if mine else {}


def _of_item(meeting: Meeting, asked: Asked) -> dict[str, Any]:
    paper = _paper(meeting, asked)
    entry: dict[str, Any] = {"of": meeting.agenda.items[asked.item].title}
    return entry | ({"file": papers.as_brought(paper)} if paper else {})


def _shown(asked: Asked, order: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"item": asked.item, "title": asked.title, "state": asked.state.value, "order": order}
    for name in ("unit", "participant", "due", "paper", "submitted_at", "reason", "approved_by"):
        if value := getattr(asked, name):
            entry[name] = value
    return entry
