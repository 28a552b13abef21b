"""Clashes: meetings planned for the same hours in the same room, or with the same people. Said, never refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from meetingroom.domain.messages import ATTENDEES
from meetingroom.domain.people import Participant, called, same
from meetingroom.domain.phase import Phase
from meetingroom.domain.separation import Tree, over
from meetingroom.domain.sitting import USUAL_HOURS

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Plan:
    """What is being planned: `room` as it is called, empty: none; `ends` 0: nobody has said."""

    room: str
    starts: int
    ends: int = 0

    @property
    def until(self) -> int:
        return self.ends or self.starts + USUAL_HOURS * 3_600_000


@dataclass(frozen=True, slots=True)
class Clash:
    """Another meeting at these hours: in this room, or of these people, by precedence."""

    other: Meeting
    room: bool
    people: tuple[str, ...]


Rooms = Mapping[tuple[str, str], str]
"""(Unit, name as it is compared) → which room that is."""


def place(room: str, unit: str, rooms: Rooms, tree: Tree) -> str:
    """Which room a meeting of this unit means by a name: its own one, else that of a unit above, else of one below.

    Every unit has a "Phòng họp số 1". A name no room has is taken for the same place wherever it is written.
    """
    name = same(room)
    near = [unit, *over(unit, tree)]
    found = next((rooms[each, name] for each in near if (each, name) in rooms), "")
    below = (key for (each, called), key in rooms.items() if called == name and unit in over(each, tree))
    return found or next(below, f"?{name}")


def clashes(
    meeting: Meeting,
    plan: Plan,
    others: Iterable[Meeting],
    rooms: Rooms = MappingProxyType({}),
    tree: Tree = MappingProxyType({}),
) -> Iterator[Clash]:
    """The next first. A meeting without hours of its own is taken to last as long as most do."""
    here = place(plan.room, meeting.sitting.unit, rooms, tree)
    for other in sorted(others, key=lambda each: each.sitting.starts):
        sitting = other.sitting
        apart = sitting.starts >= plan.until or sitting.planned_end <= plan.starts
        if other.id == meeting.id or apart or sitting.written or sitting.phase is Phase.CLOSED:
            continue
        room = bool(plan.room and sitting.room) and place(sitting.room, sitting.unit, rooms, tree) == here
        people = tuple(_both(meeting, other))
        if room or people:
            yield Clash(other, room, people)


def _both(meeting: Meeting, other: Meeting) -> Iterator[str]:
    there = {key for person in other.people.values() for key in _keys(person)}
    for person in sorted(meeting.people.values(), key=lambda person: person.rank):
        if not there.isdisjoint(_keys(person)):
            yield called(person)


def _keys(person: Participant) -> set[tuple[str, str]]:
    """By what somebody is known again in another meeting: their account, or office or name with the unit."""
    if person.role not in ATTENDEES:
        return set()
    by_name = {(same(called(person)), same(person.unit))}
    return by_name | ({("account", person.account)} if person.account else set())
