"""The seat plan on paper: one sheet, every name at its seat, nothing over another and nothing off the sheet."""

from __future__ import annotations

from itertools import combinations

import pymupdf
import pytest

from meetingroom.domain.messages import Role
from meetingroom.domain.people import AddParticipant
from meetingroom.domain.seating import ArrangeSeats, FillSeats
from meetingroom.domain.shapes import Shape
from meetingroom.export.seatplan import seat_plan
from meetingroom.export.typeset import seat_plan_pdf
from tests.export.stories import legal_words
from tests.stories import SECRETARY, Story


@pytest.mark.parametrize("shape", list(Shape))
def test_every_name_at_its_seat(shape: Shape) -> None:
    story = Story.of_a_committee()
    assert seat_plan(story.meeting, legal_words()) is None
    for number in range(30):
        story.give(
            SECRETARY, AddParticipant(office=f"Trưởng phòng Tài chính - Kế hoạch huyện {number}", role=Role.DELEGATE)
        )
    story.give(SECRETARY, ArrangeSeats(shape=shape, head=3, rows=4, columns=32 if shape is Shape.ROUND else 8))
    story.give(SECRETARY, FillSeats(keep=False))
    plan = seat_plan(story.meeting, legal_words())
    assert plan and sum(seat.name != "" for seat in plan.seats) + len(plan.unseated) == 37
    assert sum(seat.chair for seat in plan.seats) == 1
    for one, other in combinations(plan.seats, 2):
        apart = abs(one.x - other.x) >= plan.seat_width or abs(one.y - other.y) >= plan.seat_depth
        assert apart, (one, other)
    half = plan.seat_width / 2 - 1e-3  # rounded
    assert all(half <= seat.x <= 1 - half for seat in plan.seats)
    assert all(0 <= seat.y <= 1.001 - plan.seat_depth for seat in plan.seats)
    sheet = pymupdf.open(stream=seat_plan_pdf(plan, None, 0), filetype="pdf")
    assert sheet.page_count == 1
    text = " ".join(sheet[0].get_text().split())
    assert "Chủ tịch UBND tỉnh" in text and "Sơ đồ chỗ ngồi".upper() in text.upper()
