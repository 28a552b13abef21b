"""Seating: the plan of the room, seat by seat. Who sits where is a person's seat number, which `people` keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any, assert_never

from meetingroom.domain.messages import ATTENDEES, OFFICE, Between, Command, Event, Id, Line, command, event
from meetingroom.domain.people import Participant, ParticipantChanged, known, reseated
from meetingroom.domain.phase import require_not_closed
from meetingroom.domain.refusals import require
from meetingroom.domain.replies import Standing
from meetingroom.domain.shapes import DEPTH, MOST_SEATS, WIDTH, Shape, spots

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting

Across = Annotated[int, Between(0, WIDTH)]
Down = Annotated[int, Between(0, DEPTH)]
Few = Annotated[int, Between(0, 120)]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a seat stands on the plan: `x` from the left, `y` from the chair's end of the room."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Seating:
    """`places` by seat number, in the order of precedence: the first for who ranks first."""

    shape: Shape | None = None
    places: Mapping[str, Place] = field(default_factory=dict)


@command("seating.arrange", by=OFFICE)
class ArrangeSeats(Command):
    """A new plan. `head`: seats at the chair's table; `columns` seats in a row or along a side, `rows` of them."""

    shape: Shape
    head: Few
    rows: Few
    columns: Few


@command("seating.take", by=OFFICE, wire=False)
class TakePlan(Command):
    """The plan that is kept for the room, seat by seat: number, x and y."""

    shape: Shape
    places: tuple[tuple[Line, Across, Down], ...]


@command("seating.move", by=OFFICE)
class MoveSeat(Command):
    seat: Id
    x: Across
    y: Down


@command("seating.add", by=OFFICE)
class AddSeat(Command):
    x: Across
    y: Down


@command("seating.remove", by=OFFICE)
class RemoveSeat(Command):
    """Whoever had it has no seat then."""

    seat: Id


@command("seating.rename", by=OFFICE)
class RenameSeat(Command):
    seat: Id
    number: Line


@command("seating.place", by=OFFICE)
class PlacePerson(Command):
    """Two people change places if the seat is taken; without a seat the person has none."""

    participant: Id
    seat: Id = ""


@command("seating.fill", by=OFFICE, when="there is a plan")
class FillSeats(Command):
    """By the order of precedence. `keep`: who has a seat of the plan keeps it, the others take what is free.

    Who is excused from the whole meeting gets no seat.
    """

    keep: bool


@event("seating.arranged")
class SeatsArranged(Event):
    """`places`: number, x and y of each seat. What was decided stays, also when shapes are drawn otherwise one day."""

    shape: Shape
    places: tuple[tuple[str, int, int], ...]


@event("seating.moved")
class SeatMoved(Event):
    seat: str
    x: int
    y: int


@event("seating.added")
class SeatAdded(Event):
    seat: str
    x: int
    y: int


@event("seating.removed")
class SeatRemoved(Event):
    seat: str


@event("seating.renamed")
class SeatRenamed(Event):
    seat: str
    number: str


SeatingCommand = ArrangeSeats | TakePlan | MoveSeat | AddSeat | RemoveSeat | RenameSeat | PlacePerson | FillSeats


def decide(meeting: Meeting, actor: Participant, command: SeatingCommand, facts: Facts) -> tuple[Event, ...]:
    require_not_closed(meeting)
    places = meeting.seating.places
    match command:
        case ArrangeSeats():
            return (_arranged(meeting, command),)
        case TakePlan():
            require(command.places, "seating.none")
            return (SeatsArranged(shape=command.shape, places=command.places),)
        case AddSeat():
            require(len(places) < MOST_SEATS, "seating.too_many", n=MOST_SEATS)
            return (SeatAdded(seat=_free_number(meeting), x=command.x, y=command.y),)
        case MoveSeat():
            require(command.seat in places, "seating.no_such_seat")
            return (SeatMoved(**vars(command)),)
        case RemoveSeat():
            require(command.seat in places, "seating.no_such_seat")
            return (SeatRemoved(seat=command.seat), *(reseated(each, "") for each in _holders(meeting, command.seat)))
        case RenameSeat():
            return _renamed(meeting, command)
        case PlacePerson():
            return tuple(_placed(meeting, command))
        case FillSeats():
            require(places, "seating.none")
            return tuple(_filled(meeting, command.keep))
        case _:
            assert_never(command)


def _arranged(meeting: Meeting, command: ArrangeSeats) -> SeatsArranged:
    found = spots(command.shape, command.head, command.rows, command.columns)
    require(found, "seating.none")
    require(len(found) <= MOST_SEATS, "seating.too_many", n=MOST_SEATS)
    numbered = _numbers(meeting, len(found))
    return SeatsArranged(shape=command.shape, places=tuple((next(numbered), x, y) for x, y in found))


def _numbers(meeting: Meeting, least: int) -> Iterator[str]:
    """1, 2, 3 … as this meeting writes them: with a nought before, unless people already sit on a seat “1”."""
    bare = any(len(person.seat) == 1 and person.seat.isdecimal() for person in meeting.people.values())
    wide = 1 if bare else max(2, len(str(least)))
    return (f"{number:0{wide}d}" for number in range(1, 10_000))


def _free_number(meeting: Meeting) -> str:
    taken = {person.seat for person in meeting.people.values()} | set(meeting.seating.places)
    wide = max((len(seat) for seat in meeting.seating.places), default=2)
    return next(number for number in _numbers(meeting, 10 ** (wide - 1)) if number not in taken)


def _holders(meeting: Meeting, seat: str) -> list[Participant]:
    return [person for person in meeting.people.values() if seat and person.seat == seat]


def _renamed(meeting: Meeting, command: RenameSeat) -> tuple[Event, ...]:
    require(command.seat in meeting.seating.places, "seating.no_such_seat")
    require(command.number, "seating.needs_number")
    if command.number == command.seat:
        return ()
    taken = command.number in meeting.seating.places or _holders(meeting, command.number)
    require(not taken, "people.seat_taken", seat=command.number)
    moved = (reseated(each, command.number) for each in _holders(meeting, command.seat))
    return (SeatRenamed(seat=command.seat, number=command.number), *moved)


def _placed(meeting: Meeting, command: PlacePerson) -> Iterator[ParticipantChanged]:
    person = known(meeting, command.participant)
    require(person.role in ATTENDEES, "attendance.cannot_attend")
    require(not command.seat or command.seat in meeting.seating.places, "seating.no_such_seat")
    if command.seat == person.seat:
        return
    for other in _holders(meeting, command.seat):
        yield reseated(other, person.seat)
    yield reseated(person, command.seat)


def _filled(meeting: Meeting, keep: bool) -> Iterator[ParticipantChanged]:
    places, answers = meeting.seating.places, meeting.replies.answers
    seated: dict[str, str] = {}  # participant → seat
    waiting: list[str] = []
    for person in sorted(meeting.people.values(), key=lambda person: (person.rank, person.id)):
        reply = answers.get(person.id)
        away = reply and reply.standing is Standing.EXCUSED and reply.since is None and reply.until is None
        if person.role not in ATTENDEES or away:
            continue
        if keep and person.seat in places:
            seated[person.id] = person.seat
        else:
            waiting.append(person.id)
    free = (seat for seat in places if seat not in set(seated.values()))
    seated |= dict(zip(waiting, free, strict=False))
    taken = set(seated.values())
    for person in meeting.people.values():
        seat = seated.get(person.id, "" if not keep or person.seat in taken else person.seat)
        if person.role in ATTENDEES and seat != person.seat:
            yield reseated(person, seat)


def evolve(seating: Seating, event: Event) -> Seating:
    places = seating.places
    match event:
        case SeatsArranged():
            return Seating(event.shape, {seat: Place(x, y) for seat, x, y in event.places})
        case SeatMoved() if event.seat in places:
            return replace(seating, places={**places, event.seat: Place(event.x, event.y)})
        case SeatAdded():
            return replace(seating, places={**places, event.seat: Place(event.x, event.y)})
        case SeatRemoved():
            return replace(seating, places={seat: place for seat, place in places.items() if seat != event.seat})
        case SeatRenamed():
            named = {event.number if seat == event.seat else seat: place for seat, place in places.items()}
            return replace(seating, places=named)
        case _:
            return seating


SEES = ("seating",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Where the seats are is for everyone; who sits there stands with the people."""
    seating = meeting.seating
    places = {
        seat: {"x": place.x, "y": place.y, "order": order} for order, (seat, place) in enumerate(seating.places.items())
    }
    return {"places": places} | ({"shape": seating.shape.value} if seating.shape else {})
