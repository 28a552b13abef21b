"""What is told outside the house of what has happened: that there is something to read, never what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from meetingroom.domain.audience import Audience
from meetingroom.domain.messages import Event
from meetingroom.domain.minutes import MinutesApproved
from meetingroom.domain.papers import audience_reads
from meetingroom.domain.papers.messages import PaperReleased, RevisionAccepted, RevisionSwitched
from meetingroom.domain.sitting import MeetingPublished
from meetingroom.domain.voting import ResultAnnounced

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting


class Occasion(StrEnum):
    """What another system may want to be told."""

    MEETING_PUBLISHED = "meeting.published"
    PAPER_RELEASED = "paper.released"
    RESULT_PUBLISHED = "result.published"
    MINUTES_APPROVED = "minutes.approved"


@dataclass(frozen=True, slots=True)
class Outward:
    """`about`: the paper or the vote, empty where it is the meeting itself."""

    occasion: Occasion
    about: str = ""


def outward(meeting: Meeting, events: Iterable[Event]) -> tuple[Outward, ...]:
    """Of these events of a meeting, as it is after them. A paper that is not everyone's is not even named."""
    return tuple(told for event in events if (told := _of(meeting, event)))


def _of(meeting: Meeting, event: Event) -> Outward | None:
    match event:
        case MeetingPublished():
            return Outward(Occasion.MEETING_PUBLISHED)
        case PaperReleased() | RevisionAccepted() | RevisionSwitched():
            paper = meeting.papers.get(event.paper)
            seen = paper is not None and paper.stays and audience_reads(meeting, paper, Audience.GUEST)
            held = isinstance(event, RevisionAccepted) and event.waits
            return Outward(Occasion.PAPER_RELEASED, event.paper) if seen and not held else None
        case ResultAnnounced():
            return Outward(Occasion.RESULT_PUBLISHED, event.vote)
        case MinutesApproved():
            return Outward(Occasion.MINUTES_APPROVED)
        case _:
            return None
