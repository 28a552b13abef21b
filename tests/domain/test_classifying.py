"""The kind and the issuing body of a paper, from its first page where that is sure, and from the secretary always."""

from __future__ import annotations

import pytest

from meetingroom.domain.papers.classifying import classified
from meetingroom.domain.papers.messages import Accept, Classify, Receive
from meetingroom.domain.people import SERVER
from tests.stories import SECRETARY, Story

KINDS = ("Tờ trình", "Nghị quyết", "Dự thảo nghị quyết", "Báo cáo", "Báo cáo thẩm tra", "Phụ lục")
ISSUERS = ("UBND tỉnh", "Sở Tài chính", "Sở Tài", "Hội đồng nhân dân tỉnh")
HEAD = ("UBND TỈNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ TÀI CHÍNH Độc lập - Tự do - Hạnh phúc", "Số: 05/TTr-STC")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*HEAD, "TỜ TRÌNH", "Về việc phân bổ dự toán"), ("Tờ trình", "Sở Tài chính")),
        (("UBND TỈNH", "SỞ TÀI CHÍNH", "TỜ  TRÌNH"), ("Tờ trình", "Sở Tài chính")),
        (("HỘI ĐỒNG NHÂN DÂN TỈNH", "DỰ THẢO", "NGHỊ QUYẾT"), ("Dự thảo nghị quyết", "Hội đồng nhân dân tỉnh")),
        (("HỘI ĐỒNG NHÂN DÂN TỈNH", "NGHỊ QUYẾT"), ("Nghị quyết", "Hội đồng nhân dân tỉnh")),
        (("BÁO CÁO", "Thẩm tra dự thảo nghị quyết"), ("Báo cáo", "")),
        (("BÁO CÁO", "PHỤ LỤC"), ("", "")),  # two: which of them, the page does not say
        (("Kính gửi: Sở Tài chính", "Theo Tờ trình số 5", "Tờ trình"), ("", "")),  # a letter that speaks of one
        ((*(f"dòng {n}" for n in range(60)), "TỜ TRÌNH"), ("", "")),
        ((), ("", "")),
    ],
)
def test_only_what_the_first_page_says_for_sure(lines: tuple[str, ...], expected: tuple[str, str]) -> None:
    assert classified(lines, KINDS, ISSUERS) == expected


def test_what_the_secretary_said_stays() -> None:
    story = Story.in_session()
    story.give(SECRETARY, Receive(file="f", file_name="a.pdf", size=1, item="one", title="Tờ trình"), made="p")
    story.give(SERVER.id, Accept(paper="p", revision="p", pages=1, sizes=((1, 595.0, 842.0),)))
    story.give(SERVER.id, Classify(paper="p", kind="Tờ trình"))
    assert story.meeting.papers["p"].kind == "Tờ trình"
    story.give(SECRETARY, Classify(paper="p", kind="Báo cáo", issuer="Sở Tài chính"))
    story.give(SERVER.id, Classify(paper="p", kind="Tờ trình"))  # a newer revision was read
    paper = story.meeting.papers["p"]
    assert (paper.kind, paper.issuer) == ("Báo cáo", "Sở Tài chính")
