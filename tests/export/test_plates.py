"""Name plates: one sheet a person by precedence, the same text twice, once upside down, and nothing runs off."""

from __future__ import annotations

import pymupdf

from meetingroom.domain.people import ChangeParticipant
from meetingroom.export.plates import plates
from meetingroom.export.typeset import plates_pdf
from tests.export.stories import legal_words
from tests.stories import FINANCE, SECRETARY, Story

MM = 72 / 25.4


def test_plates_by_precedence() -> None:
    story = Story.of_a_committee()
    person = story.meeting.people[FINANCE]
    long = "Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch Thường trực Ủy ban nhân dân tỉnh"
    story.give(SECRETARY, ChangeParticipant(
        participant=FINANCE, office=long, role=person.role, name="Nguyễn Thị Hương Giang", unit="Sở Tài chính",
        member=True, seat="2", rank=2))  # fmt: skip
    made = plates(story.meeting, legal_words())
    assert [plate.name for plate in made][:2] == ["Chủ tịch UBND tỉnh", "Nguyễn Thị Hương Giang"]
    assert made[1].seat == "ghế 2" and made[0].office == ""
    assert all(plate.name != "Màn hình phòng họp" for plate in made)
    printed = pymupdf.open(stream=plates_pdf(made, None, 0), filetype="pdf")
    assert printed.page_count == len(made) == 7
    lines = [line for block in printed[1].get_text("dict")["blocks"] for line in block.get("lines", [])]
    name = [line for line in lines if "Hương Giang" in "".join(span["text"] for span in line["spans"])]
    assert sorted(round(line["dir"][0]) for line in name) == [-1, 1], "read from both sides"
    for line in lines:
        assert line["bbox"][0] >= 10 * MM and line["bbox"][2] <= 200 * MM
    faces = sorted(line["bbox"][1] // (99 * MM) for line in name)
    assert faces == [0, 1], "each on its own side of the fold"
