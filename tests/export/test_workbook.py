"""Attendance as a workbook: read back by another reader of the same format, and no name is a formula."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from meetingroom.domain.people import ChangeParticipant
from meetingroom.export.workbook import rows, xlsx
from tests.export.stories import held_story, legal_words
from tests.stories import HOME, SECRETARY, Story

WORDS = legal_words()


def read(story: Story) -> list[dict[str, object]]:
    book = load_workbook(io.BytesIO(xlsx(rows(story.meeting, WORDS), "Điểm danh")))
    heading, *lines = book["Điểm danh"].iter_rows(values_only=True)
    return [dict(zip(map(str, heading), line, strict=True)) for line in lines]


def test_everyone_with_times() -> None:
    lines = {str(line["Chức vụ"]): line for line in read(held_story())}
    assert list(lines)[:2] == ["Chủ tịch UBND tỉnh", "Giám đốc Sở Tài chính"]
    assert "Màn hình phòng họp" not in lines
    health = lines["Giám đốc Sở Y tế"]
    assert (health["Giờ đến"], health["Giờ về"], health["Tình trạng"]) == ("19:26", "19:30", "Có mặt")
    assert lines["Chuyên viên Văn phòng UBND tỉnh"]["Tình trạng"] == "Vắng mặt"


def test_a_name_is_no_formula() -> None:
    story = Story.of_a_committee()
    person = story.meeting.people[HOME]
    evil = '=HYPERLINK("http://elsewhere.example";"x")'
    story.give(SECRETARY, ChangeParticipant(participant=HOME, office=evil, role=person.role, member=True, rank=5))
    book = load_workbook(io.BytesIO(xlsx(rows(story.meeting, WORDS), "Điểm danh")))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value == evil]  # type: ignore[union-attr]
    assert [cell.data_type for cell in cells] == ["s"]
