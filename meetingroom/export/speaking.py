"""Speaking over several meetings: who spoke how often and how long, who was there and never did.

A person is who bears the same name (or office, where people are invited by office) in the same unit: there is no other
thread from one meeting to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import ATTENDEES, Role
from meetingroom.domain.minutes import Happened
from meetingroom.export.tables import folded


@dataclass(slots=True)
class Share:
    """Of one person. `attended` counts the meetings they came to, `spoke` those in which they had the floor."""

    name: str
    unit: str
    invited: int = 0
    attended: int = 0
    spoke: int = 0
    times: int = 0
    spent: int = 0
    last: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


def shares(meetings: Iterable[Meeting]) -> list[Share]:
    """Who spoke longest first; those who never did last, who came most often before the others."""
    found: dict[tuple[str, str], Share] = {}
    for meeting in meetings:
        for person in meeting.people.values():
            if person.role not in ATTENDEES or person.role is Role.SECRETARY:
                continue
            name = person.name or person.office
            share = found.setdefault((folded(name), folded(person.unit)), Share(name, person.unit))
            turns = [turn for turn in meeting.floor.turns.values() if turn.participant == person.id]
            course = meeting.minutes.course
            share.invited += 1
            share.attended += any(fact.kind is Happened.ARRIVED for fact in course.about(person.id))
            share.spoke += bool(turns)
            share.times += len(turns)
            share.spent += sum(turn.spent for turn in turns)
            share.last = max([share.last, *(turn.started_at for turn in turns)])
            for turn in turns:
                share.kinds[turn.kind.value] = share.kinds.get(turn.kind.value, 0) + 1
    return sorted(found.values(), key=lambda each: (-each.spent, -each.attended, folded(each.name)))
