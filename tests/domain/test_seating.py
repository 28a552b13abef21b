"""The seat plan: drawn from a form, adjusted seat by seat, filled by precedence; people keep their numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.audience import Audience
from meetingroom.domain.replies import AskAbsence, RecordReply
from meetingroom.domain.seating import (
    AddSeat,
    ArrangeSeats,
    FillSeats,
    MoveSeat,
    PlacePerson,
    RemoveSeat,
    RenameSeat,
)
from meetingroom.domain.shapes import DEPTH, WIDTH, Shape, spots
from meetingroom.domain.sitting import Close
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, SCREEN, SECRETARY, Story


def planned(shape: Shape = Shape.U, head: int = 3, rows: int = 1, columns: int = 3) -> Story:
    story = Story.of_a_committee()
    story.give(SECRETARY, ArrangeSeats(shape=shape, head=head, rows=rows, columns=columns))
    return story


def seats(story: Story) -> dict[str, str]:
    people = story.view(Audience.SCREEN)["people"]
    return {key: person["seat"] for key, person in people.items() if "seat" in person}


@given(shape=st.sampled_from(Shape), head=st.integers(0, 12), rows=st.integers(0, 8), columns=st.integers(0, 14))
def test_seats_stand_in_the_room_and_apart(shape: Shape, head: int, rows: int, columns: int) -> None:
    found = spots(shape, head, rows, columns)
    sides = 2 * rows * columns if shape is Shape.U else columns if shape is Shape.ROUND else rows * columns
    assert len(found) == head + sides
    assert all(0 <= x <= WIDTH and 0 <= y <= DEPTH for x, y in found)
    assert len(set(found)) == len(found), "no two seats on one spot"


@pytest.mark.parametrize("shape", Shape)
def test_who_ranks_first_sits_in_the_middle_at_the_top(shape: Shape) -> None:
    first, *others = spots(shape, 3, 2, 4)
    assert abs(first[0] - WIDTH // 2) <= 1
    assert all(first[1] <= y for _, y in others)


def test_a_plan_is_numbered_as_the_people_already_are() -> None:
    story = planned()
    assert list(story.view(Audience.MEMBER)["seating"]["places"]) == [str(n) for n in range(1, 10)]
    assert story.view(Audience.GUEST)["seating"]["shape"] == "u"
    for person in (CHAIR, FINANCE, HEALTH, JUSTICE, HOME):
        story.give(SECRETARY, PlacePerson(participant=person))
    story.give(SECRETARY, ArrangeSeats(shape=Shape.ROWS, head=1, rows=2, columns=2))
    assert list(story.view(Audience.MEMBER)["seating"]["places"]) == ["01", "02", "03", "04", "05"]


def test_filling_by_precedence() -> None:
    story = planned()
    story.give(SECRETARY, FillSeats(keep=True))
    kept = {CHAIR: "1", FINANCE: "2", HEALTH: "3", JUSTICE: "4", HOME: "5", GUEST: "6", SECRETARY: "7"}
    assert seats(story) == kept
    story.give(SECRETARY, PlacePerson(participant=CHAIR, seat="6"))
    assert seats(story) == kept | {CHAIR: "6", GUEST: "1"}, "two who change places"
    assert story.give(SECRETARY, FillSeats(keep=True)) == ()
    story.give(SECRETARY, FillSeats(keep=False))
    assert seats(story) == kept


def test_who_is_excused_from_all_of_it_needs_no_seat() -> None:
    story = planned()
    story.give(SECRETARY, RecordReply(participant=FINANCE, coming=False, reason="Ốm"))
    story.give(HEALTH, AskAbsence(reason="Họp khác", since=10, until=20))
    story.give(SECRETARY, FillSeats(keep=False))
    assert FINANCE not in seats(story)
    assert seats(story)[HEALTH] == "2"


def test_more_people_than_seats() -> None:
    story = planned(head=2, rows=0, columns=0)
    story.give(SECRETARY, FillSeats(keep=False))
    assert seats(story) == {CHAIR: "1", FINANCE: "2"}


def test_adjusting_single_seats() -> None:
    story = planned()
    story.give(SECRETARY, MoveSeat(seat="1", x=10, y=20))
    assert story.view(Audience.MEMBER)["seating"]["places"]["1"] == {"x": 10, "y": 20, "order": 0}
    story.give(SECRETARY, AddSeat(x=5, y=5))
    assert "10" in story.view(Audience.MEMBER)["seating"]["places"]
    story.give(SECRETARY, RenameSeat(seat="2", number="A2"))
    assert seats(story)[FINANCE] == "A2", "who sits there goes with the seat"
    story.refuses(SECRETARY, RenameSeat(seat="1", number="A2"), "people.seat_taken")
    story.refuses(SECRETARY, RenameSeat(seat="1", number=""), "seating.needs_number")
    assert story.give(SECRETARY, RenameSeat(seat="1", number="1")) == ()
    story.give(SECRETARY, RemoveSeat(seat="A2"))
    assert FINANCE not in seats(story)
    for command in (MoveSeat(seat="A2", x=1, y=1), RemoveSeat(seat="A2"), RenameSeat(seat="A2", number="2")):
        story.refuses(SECRETARY, command, "seating.no_such_seat")
    story.refuses(SECRETARY, PlacePerson(participant=FINANCE, seat="A2"), "seating.no_such_seat")
    assert story.give(SECRETARY, PlacePerson(participant=CHAIR, seat="1")) == ()


def test_what_is_refused() -> None:
    story = Story.of_a_committee()
    story.refuses(SECRETARY, FillSeats(keep=True), "seating.none")
    story.refuses(SECRETARY, ArrangeSeats(shape=Shape.U, head=0, rows=0, columns=5), "seating.none")
    story.refuses(SECRETARY, ArrangeSeats(shape=Shape.ROWS, head=0, rows=120, columns=60), "seating.too_many")
    story.refuses(FINANCE, ArrangeSeats(shape=Shape.U, head=3, rows=1, columns=3), "not_permitted")
    story.refuses(SECRETARY, PlacePerson(participant=SCREEN, seat=""), "attendance.cannot_attend")
    story.give(SECRETARY, ArrangeSeats(shape=Shape.ROWS, head=0, rows=20, columns=20))
    story.refuses(SECRETARY, AddSeat(x=1, y=1), "seating.too_many")
    story = Story.in_session()
    story.give(CHAIR, Close())
    story.refuses(SECRETARY, ArrangeSeats(shape=Shape.U, head=3, rows=1, columns=3), "meeting.closed")
