"""The phases a meeting goes through, and the two questions every noun asks about them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting


class Phase(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    IN_SESSION = "in_session"
    ADJOURNED = "adjourned"
    CIRCULATING = "circulating"  # questions are with the members, nobody gathers
    CLOSED = "closed"


def require_session(meeting: Meeting) -> None:
    """Raise Refused unless the meeting is in session."""
    require(meeting.sitting.phase is Phase.IN_SESSION, "meeting.not_in_session")


def require_not_closed(meeting: Meeting) -> None:
    """Raise Refused once the meeting is closed: its record is then finished."""
    require(meeting.sitting.phase is not Phase.CLOSED, "meeting.closed")
