"""Outside: what the floor means for the hardware of the room: which microphone is open, where a camera looks, who waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meetingroom.domain.floor.state import Request, Speech
from meetingroom.domain.phase import Phase

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting


def outside(meeting: Meeting) -> dict[str, Any]:
    """The whole state, so that a unit that comes back needs nothing else. Microphones are named by seat.

    While a speech is paused its microphone is closed and the camera stays; who is interrupted is listed as held.
    """
    floor = meeting.floor
    entry: dict[str, Any] = {"meeting": meeting.id, "phase": meeting.sitting.phase.value, "microphones": [], "held": [],
                             "waiting": []}  # fmt: skip
    if meeting.sitting.phase not in (Phase.IN_SESSION, Phase.ADJOURNED):
        return entry
    if speech := floor.speech:
        entry["speaker"] = _person(meeting, speech) | {
            "kind": speech.kind.value,
            "running": speech.resumed_at is not None,
            "seconds": speech.seconds,
            "spent_ms": speech.spent,
        }
        if speech.resumed_at is not None:
            entry["speaker"]["resumed_at"] = speech.resumed_at
        seat = entry["speaker"].get("seat")
        if seat:
            entry["camera"] = seat
            entry["microphones"] = [seat] if speech.resumed_at is not None else []
    entry["held"] = [_person(meeting, each) for each in floor.interrupted]
    entry["waiting"] = [_person(meeting, each) | {"kind": each.kind.value} for each in floor.requests.values()]
    return entry


def _person(meeting: Meeting, of: Speech | Request) -> dict[str, Any]:
    person = meeting.people[of.participant]
    entry = {"participant": person.id, "name": person.name or person.office}
    return entry | ({"seat": person.seat} if person.seat else {})
