"""The seat plan on paper: where each seat stands as a part of the sheet, and who sits there; who has none is listed below."""

from __future__ import annotations

from dataclasses import dataclass

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import ATTENDEES, Role
from meetingroom.domain.people import Participant
from meetingroom.export.times import day, hour
from meetingroom.words import Words

WIDEST, DEEPEST = 0.16, 0.2  # of the sheet: a seat is no larger, however few there are
GAP = 0.94  # of the way to the next seat is its own


@dataclass(frozen=True, slots=True)
class PlacedSeat:
    """`x` is the middle, `y` the upper edge, from 0 to 1."""

    number: str
    name: str
    x: float
    y: float
    chair: bool


@dataclass(frozen=True, slots=True)
class SeatPlan:
    heading: str
    title: str
    place: str
    seats: tuple[PlacedSeat, ...]
    seat_width: float
    seat_depth: float
    unseated: tuple[str, ...]
    unseated_heading: str


def seat_plan(meeting: Meeting, words: Words) -> SeatPlan | None:
    """None where no plan was made."""
    places = meeting.seating.places
    if not places:
        return None
    people = sorted((p for p in meeting.people.values() if p.role in ATTENDEES), key=lambda person: person.rank)
    by_seat = {person.seat: person for person in people if person.seat in places}
    columns, rows = (sorted({getattr(place, axis) for place in places.values()}) for axis in ("x", "y"))
    width, depth = _size([(place.x, place.y) for place in places.values()], columns, rows)
    across, down = max(1, columns[-1] - columns[0]), max(1, rows[-1] - rows[0])
    seats = tuple(
        PlacedSeat(
            number=number,
            name=_called(by_seat[number]) if number in by_seat else "",
            x=round(width / 2 + (1 - width) * ((place.x - columns[0]) / across if columns[1:] else 0.5), 4),
            y=round((1 - depth) * ((place.y - rows[0]) / down if rows[1:] else 0), 4),
            chair=number in by_seat and by_seat[number].role is Role.CHAIR,
        )
        for number, place in places.items()
    )
    sitting = meeting.sitting
    when = f"{hour(words, sitting.starts)}, {day(words, sitting.starts)}"
    return SeatPlan(
        heading=words.text("seating.plan.heading"),
        title=sitting.title,
        place=", ".join(part for part in (sitting.room, when) if part),
        seats=seats,
        seat_width=width,
        seat_depth=depth,
        unseated=tuple(_called(person) for person in people if person.seat not in places),
        unseated_heading=words.text("seating.plan.unseated"),
    )


def _size(spots: list[tuple[int, int]], columns: list[int], rows: list[int]) -> tuple[float, float]:
    """As large as it may be without touching another: seats are neighbours across, or down, or neither."""
    width, depth = WIDEST, DEEPEST
    across, down = max(1, columns[-1] - columns[0]), max(1, rows[-1] - rows[0])
    for index, (x, y) in enumerate(spots):
        for other_x, other_y in spots[index + 1 :]:
            aside, below = abs(x - other_x) / across, abs(y - other_y) / down
            if aside >= below and aside > 0:
                width = min(width, GAP * aside / (1 + GAP * aside))
            elif below > 0:
                depth = min(depth, GAP * below / (1 + GAP * below))
    return width, depth


def _called(person: Participant) -> str:
    return person.name or person.office
