"""Opinions as a document, and the form for written answers, on the pages that come out."""

from __future__ import annotations

import pymupdf

from meetingroom.domain.circulation import SendRound
from meetingroom.domain.opinions import GiveOpinion
from meetingroom.domain.voting import Prepare
from meetingroom.export import opinions
from meetingroom.export.document import Document
from meetingroom.export.documents import Letterhead
from meetingroom.export.typeset import pdf
from tests.export.stories import legal_words
from tests.stories import FINANCE, HEALTH, MEMBERS, SECRETARY, Story

WORDS = legal_words()
HEAD = Letterhead("Lạng Sơn", 1_600_000_000_000)


def read(*made: Document) -> list[str]:
    """The words of each page, in one line."""
    pages = pymupdf.open(stream=pdf(made, None, HEAD.now), filetype="pdf")  # type: ignore[no-untyped-call]
    return [" ".join(page.get_text().split()) for page in pages]


def test_one_takes_along_one_s_own_and_the_office_all() -> None:
    story = Story.of_a_committee()
    assert opinions.given(story.meeting, WORDS, HEAD, None) is None
    story.give(FINANCE, GiveOpinion(item="one", text="Đồng ý với tờ trình", public=True))
    story.give(HEALTH, GiveOpinion(item="two", text="Cần làm rõ nguồn vốn", public=False))
    mine = opinions.given(story.meeting, WORDS, HEAD, story.meeting.people[FINANCE])
    everything = opinions.given(story.meeting, WORDS, HEAD, None)
    assert mine and everything
    (page,) = read(mine)
    assert "Đồng ý với tờ trình" in page and "nguồn vốn" not in page
    (page,) = read(everything)
    assert "Ý kiến của Giám đốc Sở Y tế (chỉ chủ tọa và thư ký đọc): Cần làm rõ nguồn vốn" in page


def test_a_form_for_each_member_without_what_is_secret() -> None:
    story = Story.of_a_committee(written=True)
    story.give(SECRETARY, Prepare(item="one", question="Thông qua kế hoạch?", rule="ubnd"), made="plan")
    story.give(SECRETARY, Prepare(item="two", question="Đồng ý phương án?", secret=True), made="secret")
    story.give(SECRETARY, SendRound(due=story.now + 86_400_000))
    pages = read(*opinions.forms(story.meeting, WORDS, HEAD))
    assert len(pages) == len(MEMBERS), "one page each"
    for page in pages:
        assert "PHIẾU LẤY Ý KIẾN" in page and "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
        assert "Thông qua kế hoạch?" in page and "☐ Tán thành" in page and "☐ Không tán thành" in page
        assert "Đồng ý phương án?" not in page, "a signature would tell who voted how"
        assert "NGƯỜI CHO Ý KIẾN" in page and "Thời hạn trả lời: trước" in page
    made = pdf(opinions.forms(story.meeting, WORDS, HEAD), None, HEAD.now)
    first = pymupdf.open(stream=made, filetype="pdf")[0]  # type: ignore[no-untyped-call]
    right = max(word[2] for word in first.get_text("words"))
    assert right <= first.rect.width - 15 * 72 / 25.4 + 0.5, "within the margin"
    assert "Giám đốc Sở Tài chính" in pages[1]
    assert opinions.forms(Story.in_session().meeting, WORDS, HEAD) == []
