"""Drawings: ink of the presenter that is kept with the minutes, as it was on a page when chair or secretary said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.messages import OFFICE, Command, Event, Id, PageNumber, command, event
from meetingroom.domain.minutes import State
from meetingroom.domain.papers import known_paper
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

MOST = 100  # of a meeting

Strokes = tuple[tuple[str, tuple[float, ...]], ...]
"""Colour, and x and y of each place of the pen, in points of the page."""


@dataclass(frozen=True, slots=True)
class Drawing:
    id: str
    paper: str
    revision: str
    page: int
    strokes: Strokes
    kept_at: int


Drawings = Mapping[str, Drawing]


@command("drawings.keep", by=OFFICE, when="something is drawn on the page that is shown", wire=False)
class Keep(Command):
    """The server knows what is drawn: no device says it for the others."""

    paper: Id
    revision: Id
    page: PageNumber
    strokes: Strokes


@command("drawings.drop", by=OFFICE, when="until the minutes are approved")
class Drop(Command):
    drawing: Id


@event("drawings.kept")
class DrawingKept(Event):
    drawing: str
    paper: str
    revision: str
    page: int
    strokes: Strokes
    at: int


@event("drawings.dropped")
class DrawingDropped(Event):
    drawing: str


DrawingsCommand = Keep | Drop


def decide(meeting: Meeting, actor: Participant, command: DrawingsCommand, facts: Facts) -> tuple[Event, ...]:
    require(meeting.minutes.state is not State.APPROVED, "drawings.approved")
    match command:
        case Keep():
            require(command.revision in known_paper(meeting, command.paper).revisions, "papers.unknown")
            require(bool(command.strokes), "drawings.nothing")
            require(len(meeting.drawings) < MOST, "drawings.too_many", most=MOST)
            return (
                DrawingKept(
                    drawing=facts.id,
                    paper=command.paper,
                    revision=command.revision,
                    page=command.page,
                    strokes=command.strokes,
                    at=facts.now,
                ),
            )
        case Drop():
            require(command.drawing in meeting.drawings, "drawings.unknown")
            return (DrawingDropped(drawing=command.drawing),)
        case _:
            assert_never(command)


def evolve(drawings: Drawings, event: Event) -> Drawings:
    match event:
        case DrawingKept():
            kept = Drawing(event.drawing, event.paper, event.revision, event.page, event.strokes, event.at)
            return {**drawings, event.drawing: kept}
        case DrawingDropped():
            return {key: each for key, each in drawings.items() if key != event.drawing}
        case _:
            return drawings


SEES = ("drawings",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Where something was kept; what it is comes as a page of its own."""
    if not audience.is_office:
        return {}
    return {
        each.id: {"paper": each.paper, "page": each.page, "kept_at": each.kept_at} for each in meeting.drawings.values()
    }
