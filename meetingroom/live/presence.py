"""Presence: who is connected and who follows the stage, here and at other processes. Fleeting: never in the journal, never
a quorum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from meetingroom.live.ink import Missing
from meetingroom.live.seat import Seat

GONE = 12_000  # milliseconds after which a process that says nothing more is taken for dead

# How many devices of a person, whether one follows the stage, the names they gave themselves.
Present = tuple[int, bool, tuple[str, ...]]
Payload = dict[str, Any]


@dataclass(slots=True)
class Process:
    """Another one, as it said last."""

    heard: int
    people: dict[str, Present] = field(default_factory=dict)


class Presence:
    """Of one room."""

    def __init__(self) -> None:
        self._others: dict[str, Process] = {}
        self._told: dict[str, Present] | None = None  # to the others; None: nothing, or they have asked anew

    def shown(self, seats: Iterable[Seat]) -> Payload:
        """What the console is told: devices by participant, and who of them looks at the stage."""
        connected: dict[str, int] = {}
        following: dict[str, bool] = {}
        for people in (_here(seats), *(process.people for process in self._others.values())):
            for key, (devices, follows, _) in people.items():
                connected[key] = connected.get(key, 0) + devices
                if follows:
                    following[key] = True
        return {"connected": connected, "following": following}

    def elsewhere(self, participant: str) -> int:
        """How many devices of this person are at other processes."""
        return sum(process.people[participant][0] for process in self._others.values() if participant in process.people)

    def devices(self, seats: Iterable[Seat]) -> set[tuple[str, str]]:
        """Participant and name of each device that has one."""
        everywhere = (_here(seats), *(process.people for process in self._others.values()))
        return {(key, name) for people in everywhere for key, (_, _, names) in people.items() for name in names}

    def news(self, seats: Iterable[Seat]) -> Payload | None:
        """For the other processes: what has changed since they were told; empty as a sign of life."""
        here, told = _here(seats), self._told or {}
        if not here and not told:
            return None
        changed: Payload = {key: here.get(key) for key in here | told if here.get(key) != told.get(key)}
        payload: Payload = {"people": changed} | ({"anew": True} if self._told is None else {})
        self._told = here
        return payload

    def again(self) -> None:
        """The others may know nothing."""
        self._told = None

    def hear(self, origin: str, payload: Payload, now: int) -> bool:
        """Whether somebody there has come or gone. Raises Missing where this goes on from what was not heard, or forgotten."""
        if origin not in self._others and not payload.get("anew"):
            raise Missing
        process = self._others.setdefault(origin, Process(now))
        before = dict(process.people)
        process.heard = now
        if payload.get("anew"):
            process.people.clear()
        for key, present in payload["people"].items():
            if present:
                devices, follows, names = present
                process.people[key] = (devices, follows, tuple(names))
            else:
                process.people.pop(key, None)
        return before != process.people

    def forget(self, now: int) -> bool:
        """Whether a process was there that says nothing any more."""
        gone = [origin for origin, process in self._others.items() if now - process.heard > GONE]
        for origin in gone:
            del self._others[origin]
        return bool(gone)


def _here(seats: Iterable[Seat]) -> dict[str, Present]:
    found: dict[str, Present] = {}
    for seat in seats:
        if seat.version is not None:
            devices, follows, names = found.get(seat.participant, (0, False, ()))
            names = (*names, seat.device) if seat.device else names
            found[seat.participant] = (devices + 1, follows or seat.following, names)
    return found
