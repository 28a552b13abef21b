"""The sheet of a counted vote: the same figures as everywhere, photographs, who took no part, and what the tellers report."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pymupdf

from meetingroom.domain.attendance import CheckIn
from meetingroom.domain.sitting import GoTo
from meetingroom.domain.voting import Admit, Cancel, Cast, CloseVote, EnterCount, Excuse, OpenVote, Prepare, Repeat
from meetingroom.domain.voting.ballot import Answer, Kind, Method
from meetingroom.export import documents
from meetingroom.export.document import Document
from meetingroom.export.results import result, results
from meetingroom.export.typeset import pdf
from meetingroom.export.word import docx
from meetingroom.rendering.portrait import portrait
from tests.export.stories import held
from tests.export.test_layout import AT, WORDS, opened
from tests.rendering.test_portrait import picture
from tests.stories import CHAIR, FINANCE, HEALTH, HOME, JUSTICE, SECRETARY, Story


def text_of(*made: Document) -> str:
    return " ".join("".join(page.get_text() for page in opened(*made)).split())


def test_a_vote_sheet_has_the_five_numbers_and_the_names() -> None:
    text = text_of(*results(held(), WORDS))
    for line in ("Tổng số thành viên 5", "Được mời 7", "Có quyền 5", "Đã biểu quyết 4", "Tán thành 3 60,0%"):
        assert line in text
    assert "Giám đốc Sở Tư pháp Không tán thành" in text


def election(**form: Any) -> Story:
    """Two candidates, one vote for the first."""
    story = Story.in_session()
    candidates = (("Nguyễn Văn An", "Giám đốc Sở Tài chính"), ("Trần Thị Bình", "Giám đốc Sở Y tế"))
    form = {"question": "Bầu Trưởng ban", "kind": Kind.ELECTION, "options": candidates, **form}
    story.give(SECRETARY, Prepare(item="two", **form), made="v")
    story.give(CHAIR, OpenVote(vote="v"))
    if story.meeting.voting["v"].form.method is Method.DEVICES:
        story.give(CHAIR, Cast(vote="v", marks=(("1", Answer.YES),)))
        story.give(CHAIR, CloseVote(vote="v"))
    return story


def test_a_candidate_s_photograph_stands_beside_the_name() -> None:
    story = election()
    sheet = result(story.meeting, WORDS, story.meeting.voting["v"], {"1": portrait(picture("JPEG"))})
    printed = pymupdf.open(stream=pdf([sheet], None, AT), filetype="pdf")
    assert sum(len(page.get_images()) for page in printed) == 1, "who has none is named without"
    text = " ".join("".join(page.get_text() for page in printed).split())
    assert "Nguyễn Văn An, Giám đốc Sở Tài chính 1 20,0% 20,0% 100,0%" in text and "Trần Thị Bình" in text
    with zipfile.ZipFile(io.BytesIO(docx([sheet], AT))) as written:
        assert sum(name.startswith("word/media/") for name in written.namelist()) == 1


def test_who_took_no_part_and_who_came_in_late_stands_on_the_sheet_and_in_the_minutes() -> None:
    story = Story.in_session(present=(CHAIR, FINANCE, HEALTH, JUSTICE))
    story.give(SECRETARY, Prepare(item="two", question="Thông qua?"), made="v")
    story.give(CHAIR, GoTo(item="two"))
    story.give(CHAIR, Excuse(vote="v", participant=HEALTH, note="Có lợi ích liên quan"))
    story.give(CHAIR, OpenVote(vote="v"))
    story.give(HOME, CheckIn())
    story.give(CHAIR, Admit(vote="v", participant=HOME))
    story.give(CHAIR, CloseVote(vote="v"))
    for made in (result(story.meeting, WORDS, story.meeting.voting["v"]), documents.minutes(story.meeting, WORDS)):
        text = text_of(made)
        assert "Không tham gia biểu quyết: Giám đốc Sở Y tế (Có lợi ích liên quan)." in text
        assert "Được cho biểu quyết sau khi mở: Giám đốc Sở Nội vụ." in text


def test_a_vote_and_the_one_that_repeats_it_name_each_other() -> None:
    story = Story.in_session()
    for number, end in enumerate((Cancel(vote="v0", reason="Sai câu hỏi"), CloseVote(vote="v1"), CloseVote(vote="v2"))):
        asked = Repeat(vote=f"v{number - 1}") if number else Prepare(item="two", question="Thông qua?")
        story.give(CHAIR, asked, made=f"v{number}")
        story.give(CHAIR, OpenVote(vote=f"v{number}"))
        story.give(CHAIR, end)
    second, third = (text_of(made) for made in results(story.meeting, WORDS))
    assert re.search(r"Biểu quyết lại: lần trước mở lúc .+ đã hủy, lý do: Sai câu hỏi\.", second)
    assert "Đã biểu quyết lại: mở lúc" in second and "Đã biểu quyết lại" not in third
    assert re.search(r"Biểu quyết lại: lần trước mở lúc .+; kết quả lần trước vẫn được lưu\.", third)


def test_the_report_of_the_tellers_is_printed_with_their_names() -> None:
    story = election(method=Method.PAPER)
    counts = (("1", Answer.YES, 3), ("2", Answer.YES, 1))
    report = {"issued": 5, "returned": 5, "valid": 4, "invalid": 1}
    story.give(SECRETARY, EnterCount(vote="v", counts=counts, tellers="Ông An, bà Bình", **report))
    story.give(CHAIR, CloseVote(vote="v"))
    text = text_of(*results(story.meeting, WORDS))
    assert "Phát ra 5 phiếu, thu về 5, hợp lệ 4, không hợp lệ 1" in text and "Ban kiểm phiếu: Ông An, bà Bình." in text
