"""Stage: the paper and page the room is looking at, and who turns it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain import papers
from meetingroom.domain.agenda import ItemEntered
from meetingroom.domain.audience import Audience
from meetingroom.domain.messages import OFFICE, Command, Event, Id, PageNumber, Role, command, event
from meetingroom.domain.papers import known_paper
from meetingroom.domain.papers.messages import PaperChanged, PaperWithdrawn, Readers, RevisionAccepted, RevisionSwitched
from meetingroom.domain.people import ParticipantRemoved, known
from meetingroom.domain.phase import require_not_closed
from meetingroom.domain.refusals import Refused, require

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

PRESENTERS = OFFICE | {Role.DELEGATE, Role.GUEST}
WHILE_PRESENTING = "chair and secretary always; others while presenting was handed to them"


@dataclass(frozen=True, slots=True)
class Stage:
    """Empty when `paper` is None. `presenter` is whom the chair handed presenting to; None: the chair's table."""

    paper: str | None = None
    page: int = 1
    presenter: str | None = None
    turned_at: int = 0


@command("stage.show", by=PRESENTERS, when=WHILE_PRESENTING)
class Show(Command):
    paper: Id
    page: PageNumber = 1


@command("stage.turn_page", by=PRESENTERS, when=WHILE_PRESENTING)
class TurnPage(Command):
    """Names the paper it means: a tap that arrives after the stage moved on must not turn another paper's page."""

    paper: Id
    page: PageNumber


@command("stage.clear", by=OFFICE)
class Clear(Command):
    pass


@command("stage.hand_over", by=OFFICE)
class HandOver(Command):
    participant: Id


@command("stage.take_back", by=PRESENTERS, when=WHILE_PRESENTING)
class TakeBack(Command):
    """Also given by the presenter, who is done."""


@event("stage.shown")
class PaperShown(Event):
    paper: str
    page: int
    at: int


@event("stage.page_turned")
class PageTurned(Event):
    page: int
    at: int


@event("stage.cleared")
class StageCleared(Event):
    at: int


@event("stage.handed_over")
class HandedOver(Event):
    participant: str


@event("stage.taken_back")
class TakenBack(Event):
    pass


StageCommand = Show | TurnPage | Clear | HandOver | TakeBack


def decide(meeting: Meeting, actor: Participant, command: StageCommand, facts: Facts) -> tuple[Event, ...]:
    require_not_closed(meeting)
    stage = meeting.stage
    match command:
        case Show():
            _require_presenting(meeting, actor)
            _require_page(meeting, actor, command.paper, command.page)
            return (*leave(meeting, command.paper), PaperShown(paper=command.paper, page=command.page, at=facts.now))
        case TurnPage():
            _require_presenting(meeting, actor)
            require(stage.paper is not None, "stage.empty")
            require(stage.paper == command.paper, "stage.moved_on")
            _require_page(meeting, actor, command.paper, command.page)
            return () if command.page == stage.page else (PageTurned(page=command.page, at=facts.now),)
        case Clear():
            return (*leave(meeting), StageCleared(at=facts.now)) if stage.paper else ()
        case HandOver():
            person = known(meeting, command.participant)
            require(person.role in PRESENTERS, "floor.cannot_speak")
            return () if stage.presenter == person.id else (HandedOver(participant=person.id),)
        case TakeBack():
            _require_presenting(meeting, actor)
            return (TakenBack(),) if stage.presenter else ()
        case _:
            assert_never(command)


def _require_presenting(meeting: Meeting, actor: Participant) -> None:
    require(actor.role in OFFICE or meeting.stage.presenter == actor.id, "stage.not_presenter")


def _require_page(meeting: Meeting, actor: Participant, paper_id: str, page: int) -> None:
    """A paper one may not read is one that does not exist. Papers for named persons are never put before the room."""
    paper = known_paper(meeting, paper_id)
    if not papers.may_read(meeting, actor, paper):
        raise Refused("papers.unknown")
    require(paper.readers is not Readers.NAMED, "stage.named_paper")
    require(papers.is_out(meeting, paper) and paper.shown, "papers.not_ready")
    pages = paper.shown.pages if paper.shown else 0
    require(page <= pages, "stage.no_such_page", page=page, pages=pages)


def leave(meeting: Meeting, goes_on: str | None = None) -> tuple[Event, ...]:
    """What the room no longer looks at is read in its newest revision."""
    return papers.switched(*(paper for paper in meeting.papers.values() if paper.id != goes_on))


def show_first_of(meeting: Meeting, item: str, facts: Facts) -> tuple[Event, ...]:
    """What puts the first paper of an item on the stage that the room may see; clears the stage if there is none."""
    for paper in meeting.papers.values():
        if paper.item == item and paper.readers is not Readers.NAMED and papers.is_out(meeting, paper):
            return (*leave(meeting), PaperShown(paper=paper.id, page=1, at=facts.now))
    return (*leave(meeting), StageCleared(at=facts.now)) if meeting.stage.paper else ()


def evolve(stage: Stage, event: Event) -> Stage:
    match event:
        case PaperShown():
            return replace(stage, paper=event.paper, page=event.page, turned_at=event.at)
        case PageTurned():
            return replace(stage, page=event.page, turned_at=event.at)
        case StageCleared():
            return replace(stage, paper=None, page=1, turned_at=event.at)
        case HandedOver():
            return replace(stage, presenter=event.participant)
        case TakenBack():
            return replace(stage, presenter=None)
        case ItemEntered():
            return replace(stage, presenter=None)
        case ParticipantRemoved() if event.participant == stage.presenter:
            return replace(stage, presenter=None)
        case RevisionAccepted() if event.paper == stage.paper and not event.waits:
            return replace(stage, page=min(stage.page, event.pages))
        case RevisionSwitched() if event.paper == stage.paper:
            return replace(stage, page=min(stage.page, event.pages))
        case PaperWithdrawn() if event.paper == stage.paper:
            return replace(stage, paper=None, page=1)
        case PaperChanged() if event.paper == stage.paper and (event.readers is Readers.NAMED or not event.released):
            return replace(stage, paper=None, page=1)
        case _:
            return stage


SEES = ("stage", "papers", "sitting", "preparing")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Who may not read the staged paper sees that there is a presenter, and no paper."""
    stage = meeting.stage
    entry: dict[str, Any] = {"presenter": stage.presenter} if stage.presenter else {}
    if stage.paper is None or stage.paper not in meeting.papers:
        return entry
    paper = meeting.papers[stage.paper]
    if not papers.is_out(meeting, paper) or not papers.audience_reads(meeting, paper, audience):
        return entry
    return entry | {
        "paper": paper.id,
        "revision": paper.current,
        "page": stage.page,
        "item": paper.item,
        "turned_at": stage.turned_at,
    }
