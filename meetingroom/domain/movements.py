"""Movements: when each came, left and came back, and since when the meeting has been without its quorum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from meetingroom.domain.attendance import Arrived, Left
from meetingroom.domain.messages import Event
from meetingroom.domain.people import ParticipantRemoved
from meetingroom.domain.quorum import QuorumLost, QuorumReached

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Stay:
    """From arrival to departure, milliseconds; without departure still here."""

    arrived_at: int
    left_at: int | None = None


@dataclass(frozen=True, slots=True)
class Movements:
    stays: Mapping[str, tuple[Stay, ...]] = field(default_factory=dict)
    quorum_lost_at: int | None = None


def evolve(movements: Movements, event: Event) -> Movements:
    match event:
        case Arrived():
            stays = (*movements.stays.get(event.participant, ()), Stay(event.at))
            return replace(movements, stays={**movements.stays, event.participant: stays})
        case Left() if event.participant in movements.stays:
            *before, last = movements.stays[event.participant]
            stays = (*before, replace(last, left_at=event.at))
            return replace(movements, stays={**movements.stays, event.participant: stays})
        case QuorumLost():
            return replace(movements, quorum_lost_at=event.at)
        case QuorumReached():
            return replace(movements, quorum_lost_at=None)
        case ParticipantRemoved() if event.participant in movements.stays:
            stays_left = {key: stays for key, stays in movements.stays.items() if key != event.participant}
            return replace(movements, stays=stays_left)
        case _:
            return movements


SEES = ("movements",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Who comes late and leaves early is for chair and secretary."""
    if not audience.is_office:
        return {}
    moved = meeting.movements
    stays = {key: {str(at): _shown(stay) for at, stay in enumerate(all_of)} for key, all_of in moved.stays.items()}
    entry: dict[str, Any] = {"stays": stays}
    return entry | ({"quorum_lost_at": moved.quorum_lost_at} if moved.quorum_lost_at is not None else {})


def _shown(stay: Stay) -> dict[str, Any]:
    shown = {"arrived_at": stay.arrived_at}
    return shown | ({"left_at": stay.left_at} if stay.left_at is not None else {})
