"""Empty ballots to print: names, offices, photographs and a box for each answer; nothing tells a secret one from another."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from meetingroom.domain.voting import Cancel, Prepare
from meetingroom.domain.voting.ballot import Kind, Method, Wording
from meetingroom.export.ballots import ballots
from meetingroom.export.document import BOX, Document, Table
from meetingroom.export.word import docx
from meetingroom.rendering.portrait import portrait
from tests.export.test_layout import AT, WORDS, opened
from tests.export.test_results import text_of
from tests.rendering.test_portrait import picture
from tests.stories import CHAIR, SECRETARY, Story

PERSONS = (("Nguyễn Văn An", "Giám đốc Sở Tài chính"), ("Trần Thị Bình", "Giám đốc Sở Y tế"), ("Lê Chi", ""))


def asked(**form: Any) -> Story:
    story = Story.in_session()
    form = {"question": "Bầu Tổ công tác", "method": Method.PAPER, **form}
    story.give(SECRETARY, Prepare(item="two", **form), made="v")
    return story


def table(made: Document) -> Table:
    return next(part for part in made.parts if isinstance(part, Table))


def boxes(made: Document) -> list[int]:
    """How many boxes are to be marked on each line."""
    return [sum(cell == BOX for cell in row) for row in table(made).rows]


def test_an_election_has_names_offices_photographs_and_a_box_for_each() -> None:
    story = asked(kind=Kind.ELECTION, options=PERSONS, places=2, most=2, secret=True, blank=True)
    (made,) = ballots(story.meeting, WORDS, {"v": {"2": portrait(picture("JPEG"))}})
    text = text_of(made)
    assert "PHIẾU BẦU Bầu Tổ công tác" in text and "Nguyễn Văn An, Giám đốc Sở Tài chính" in text
    assert "không quá 2 ô" in text and "không ký" in text and "tính là phiếu trắng" in text
    assert boxes(made) == [1, 1, 1] and not made.signers, "nobody's name is on a secret ballot"
    page = opened(made)[0]
    assert len(page.get_images()) == 1
    squares = [drawn for drawn in page.get_drawings() if abs(drawn["rect"].width - drawn["rect"].height) < 0.1]
    assert len(squares) == 3, "drawn, whatever letters the fonts have"
    with zipfile.ZipFile(io.BytesIO(docx([made], AT))) as written:
        assert any(name.startswith("word/media/") for name in written.namelist())
        assert written.read("word/document.xml").decode().count(BOX) == 3


@pytest.mark.parametrize(
    ("form", "title", "lines"),
    [
        ({"kind": Kind.CONFIDENCE, "options": PERSONS, "secret": True}, "PHIẾU TÍN NHIỆM", [3, 3, 3]),
        ({"kind": Kind.QUESTIONS, "options": PERSONS}, "PHIẾU BIỂU QUYẾT", [3, 3, 3]),
        ({"wording": Wording.AGREE}, "PHIẾU BIỂU QUYẾT", [1, 1, 1]),
        ({"kind": Kind.CHOICE, "options": PERSONS, "each": 2, "most": 3}, "PHIẾU BIỂU QUYẾT", [0, 0, 0]),
    ],
    ids=["confidence", "questions", "agree", "spread"],
)
def test_each_kind_has_its_own(form: dict[str, Any], title: str, lines: list[int]) -> None:
    (made,) = ballots(asked(**form).meeting, WORDS)
    assert made.title == title and boxes(made) == lines
    assert bool(made.signers) is not bool(form.get("secret")), "a recorded vote is signed"
    assert not re.search(r"record\.|answer\.|Nơi nhận|Số:", text_of(made))


def test_only_what_is_voted_on_paper_is_printed() -> None:
    story = asked()
    story.give(SECRETARY, Prepare(item="two", question="Trên máy?"), made="w")
    story.give(SECRETARY, Prepare(item="two", question="Lần hai?", method=Method.PAPER), made="x")
    assert [made.about[0] for made in ballots(story.meeting, WORDS)] == ["Bầu Tổ công tác", "Lần hai?"]
    assert [made.about[0] for made in ballots(story.meeting, WORDS, only="x")] == ["Lần hai?"]
    story.give(CHAIR, Cancel(vote="x"))
    assert len(ballots(story.meeting, WORDS)) == 1
