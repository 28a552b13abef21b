"""Name plates to stand on the tables: what is on each, in the order of precedence."""

from __future__ import annotations

from dataclasses import dataclass

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import ATTENDEES
from meetingroom.words import Words


@dataclass(frozen=True, slots=True)
class Plate:
    """`name` in large letters: of the person, or the office of who is invited by office. `seat` is on the foot."""

    name: str
    office: str
    organisation: str
    seat: str


def plates(meeting: Meeting, words: Words) -> list[Plate]:
    people = sorted(meeting.people.values(), key=lambda person: (person.rank, person.id))
    return [
        Plate(
            name=person.name or person.office,
            office=person.office if person.name else "",
            organisation=person.unit if person.name else "",
            seat=words.text("common.seat", seat=person.seat) if person.seat else "",
        )
        for person in people
        if person.role in ATTENDEES
    ]
