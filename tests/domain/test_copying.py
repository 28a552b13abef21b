"""What a meeting takes over from an earlier one: the plan of the room, the rules of the floor, whether delegates may write."""

from __future__ import annotations

from meetingroom.domain import meeting as domain
from meetingroom.domain.copying import copied
from meetingroom.domain.floor import Allot
from meetingroom.domain.seating import ArrangeSeats
from meetingroom.domain.shapes import Shape
from meetingroom.domain.support import AllowChat
from tests.stories import CHAIR, FINANCE, SECRETARY, Story


def test_the_room_and_its_rules_come_again() -> None:
    former = Story.in_session()
    former.give(SECRETARY, ArrangeSeats(shape=Shape.ROUND, head=0, rows=0, columns=8))
    former.give(CHAIR, Allot(seconds=600))
    former.give(CHAIR, AllowChat(allowed=True))
    new = Story.founded("n")
    for event in copied(former.meeting, new.meeting.people[SECRETARY], people=True, agenda=True):
        new.tell(event)
    assert new.meeting.seating == former.meeting.seating
    assert new.meeting.floor.rules.person == 600 and new.meeting.support.chat
    assert new.meeting.people[FINANCE].seat == "2" and not new.meeting.attendance
    assert domain.replay(new.events) == new.meeting
