"""Presence: who is connected and who follows the stage. Fleeting: never in the journal, never a quorum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from meetingroom.live.seat import Seat


def shown(seats: Iterable[Seat]) -> dict[str, Any]:
    """What the console is told: devices by participant, and who of them looks at the stage."""
    connected: dict[str, int] = {}
    following: dict[str, bool] = {}
    for seat in seats:
        if seat.version is None:
            continue
        connected[seat.participant] = connected.get(seat.participant, 0) + 1
        if seat.following:
            following[seat.participant] = True
    return {"connected": connected, "following": following}
