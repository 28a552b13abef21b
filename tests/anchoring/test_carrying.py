"""Notes survive a replacement: marks follow their words, ask where that is not sure, and are never lost."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.anchoring.carrying import carry
from meetingroom.anchoring.pages import Text
from meetingroom.domain import marks
from meetingroom.domain.marks import PIN, Kind, Mark
from tests.anchoring.printing import HEIGHT, WIDTH, highlight, note, printed, scanned, stroke, under
from tests.domain.test_marks import any_mark

REPORT = (
    "Trong 8 tháng toàn tỉnh tiếp nhận 527.679 văn bản đến và phát hành 137.300 văn bản đi trên môi trường mạng ; "
    "tỷ lệ văn bản điện tử ký số giữa các cơ quan nhà nước tăng đều qua từng tháng . Phần mềm một cửa điện tử được kết "
    "nối với Cổng dịch vụ công của tỉnh thông qua nền tảng tích hợp chia sẻ dữ liệu ; thủ tục hành chính được giải quyết "
    "trên hệ thống tại 20 sở ban ngành . Công tác bảo đảm an toàn an ninh thông tin được duy trì ."
).split()
MORE = [f"đoạn{number}" for number in range(900)]  # a paper of some pages, each word once
PAPER = [*REPORT, *MORE]


def at(word: str, paper: list[str] = PAPER) -> int:
    return paper.index(word)


def test_a_highlight_follows_its_words_to_another_page() -> None:
    before = printed(PAPER)
    mark = highlight(before, at("toàn"), at("nhận"))
    after = printed([*(f"mới{number}" for number in range(500)), *PAPER])
    carried = carry(before, after, [mark], "r2")["h"]
    assert carried.page > 1
    assert under(after, carried) == under(before, mark) == "toàn tỉnh tiếp nhận"
    assert carried.revision == "r2"
    assert carried.body["carried"] == {"revision": "r1", "page": 1, "box": list(mark.box)}


def test_an_underline_follows_its_words_line_by_line() -> None:
    before = printed(PAPER)
    mark = replace(highlight(before, at("toàn"), at("nhận")), kind=Kind.UNDERLINE)
    after = printed([*(f"mới{number}" for number in range(500)), *PAPER])
    carried = carry(before, after, [mark], "r2")["h"]
    assert under(after, carried) == under(before, mark) == "toàn tỉnh tiếp nhận"
    assert carried.kind is Kind.UNDERLINE


def test_a_passage_of_words_that_stand_everywhere_is_whole_and_not_called_changed() -> None:
    sections = [[*(f"Mục {n} . Dự án số {n}").split(), *("của tỉnh giao xã").split(), f"riêng{n}"] for n in range(60)]
    before = printed([word for section in sections for word in section])
    order = [*sections[40:], *sections[:20], "thêm một mục mới".split(), *sections[20:40]]
    after = printed([word for section in order for word in section])
    for number in (5, 25, 45, 59):
        start = 11 * number
        mark = highlight(before, start, start + 6)
        if before.words[start].page != before.words[start + 6].page:
            continue
        carried = carry(before, after, [mark], "r2")["h"]
        assert under(after, carried) == under(before, mark)
        assert "changed" not in carried.body["carried"]


def test_a_passage_whose_number_was_corrected_keeps_its_mark_and_says_so() -> None:
    before = printed(PAPER)
    mark = highlight(before, at("nhận"), at("bản"))
    after = printed([word.replace("527.679", "530.112") for word in PAPER])
    carried = carry(before, after, [mark], "r2")["h"]
    assert under(after, carried) == "nhận 530.112 văn bản"
    assert carried.body["carried"]["changed"] is True


def test_a_single_number_that_was_replaced_is_found_by_the_words_around() -> None:
    before = printed(PAPER)
    mark = highlight(before, at("137.300"), at("137.300"))
    after = printed([word.replace("137.300", "141.052") for word in PAPER])
    carried = carry(before, after, [mark], "r2")["h"]
    assert under(after, carried) == "141.052"
    assert carried.body["carried"]["changed"] is True


def test_a_passage_that_was_moved_takes_its_marks_along() -> None:
    before = printed(PAPER)
    mark = highlight(before, at("Phần"), at("Cổng"))
    moved = [word for word in PAPER if word not in REPORT] + REPORT
    after = printed(moved)
    assert under(after, carry(before, after, [mark], "r2")["h"]) == under(before, mark)


def test_what_was_taken_out_asks_for_a_place() -> None:
    before = printed(PAPER)
    mark = highlight(before, at("Phần"), at("Cổng"))
    after = printed([word for word in PAPER if word not in REPORT[at("Phần") - 3 : at("dữ") + 3]])
    assert carry(before, after, [mark], "r2") == {}


def test_ink_and_notes_keep_their_place_beside_the_words() -> None:
    before = printed(PAPER)
    word = before.words[at("đoạn200")]
    line = stroke(word.page, word.box[0], word.box[3] + 1, word.box[2])
    pin = note(word.page, word.box[0] - 30, word.box[1])
    after = printed([*("thêm" + str(number) for number in range(30)), *PAPER])
    placed = carry(before, after, [line, pin], "r2")
    now = next(each for each in after.words if each.text == "đoạn200")
    assert placed["i"].page == placed["n"].page == now.page
    assert abs(placed["i"].box[1] - now.box[3] - 1) < 1
    assert abs(placed["n"].box[1] - now.box[1]) < 1
    assert placed["i"].body["points"][2:] == line.body["points"][2:], "a stroke keeps its shape"


def test_on_scanned_pages_the_picture_of_the_page_is_known_again() -> None:
    before = scanned("0f0f0f0f0f0f0f0f", "00ff00ff00ff00ff")
    after = scanned("123456789abcdef0", "0f0f0f0f0f0f0f0e", "00ff00ff00ff00ff")
    placed = carry(before, after, [note(1, 50, 60, "a"), note(2, 70, 80, "b")], "r2")
    assert {key: (mark.page, mark.body["x"]) for key, mark in placed.items()} == {"a": (2, 50), "b": (3, 70)}
    assert carry(before, scanned("123456789abcdef0", ""), [note(1, 50, 60)], "r2") == {}


def test_a_second_replacement_carries_on_from_the_first() -> None:
    first, second, third = printed(PAPER), printed(["một", *PAPER]), printed(["một", "hai", *PAPER])
    mark = highlight(first, at("toàn"), at("nhận"))
    once = carry(first, second, [mark], "r2")["h"]
    twice = carry(second, third, [once], "r3")["h"]
    assert under(third, twice) == under(first, mark)
    assert twice.body["carried"]["revision"] == "r2"


def test_a_passage_that_went_and_came_back_is_found_by_what_it_says() -> None:
    first, other = printed(PAPER), printed([f"khác{number}" for number in range(300)])
    mark = highlight(first, at("toàn"), at("nhận") + 3)
    said = under(first, mark)
    mark = replace(mark, body={**mark.body, "text": said})
    assert carry(first, other, [mark], "r2") == {}
    put = replace(highlight(other, 40, 46), body={**highlight(other, 40, 46).body, "text": said})
    again = printed(["thêm", *PAPER])
    assert under(again, carry(other, again, [put], "r3")["h"]) == said
    twice = printed([*PAPER, *said.split(), *MORE[:40]])
    assert carry(other, twice, [put], "r3") == {}, "nobody knows which of the two"


def test_a_mark_beyond_the_edge_of_a_scanned_page_is_brought_onto_the_page() -> None:
    page = scanned("0f0f0f0f0f0f0f0f")
    carried = carry(page, page, [note(1, -40, HEIGHT + 1)], "r2")["n"]
    assert carried.box == (0, HEIGHT - PIN, PIN, HEIGHT)


# -- nothing is lost, ever -------------------------------------------------------------------------------------------

words = st.lists(st.sampled_from([*REPORT[:30], "12", "-", "…"]), max_size=120)
papers = st.one_of(
    words.map(lambda chosen: printed(chosen, lines_a_page=4)),
    st.lists(st.sampled_from(["", "0f0f0f0f0f0f0f0f", "ffffffffffffffff"]), min_size=1, max_size=3).map(
        lambda looks: scanned(*looks)
    ),
)


@settings(deadline=None)
@given(before=papers, after=papers, sent=st.lists(any_mark, max_size=6, unique_by=lambda mark: mark["id"]))
def test_carrying_never_loses_a_mark(before: Text, after: Text, sent: list[dict[str, Any]]) -> None:
    """Whatever the papers and wherever the marks: each is afterwards on the new revision, whole, or where it was."""
    had = [marks.read(mark) for mark in sent]
    placed = carry(before, after, had, "r2")
    assert placed.keys() <= {mark.id for mark in had}
    for mark in had:
        _is_whole(mark, placed.get(mark.id, mark), after)


def _is_whole(before: Mark, now: Mark, paper: Text) -> None:
    assert (now.id, now.paper, now.kind, now.at, now.deleted) == (
        before.id,
        before.paper,
        before.kind,
        before.at,
        False,
    )
    assert now.body.get("colour") == before.body.get("colour")
    assert now.body.get("text") == before.body.get("text")
    if now is before:
        return
    assert now.revision == "r2"
    assert 1 <= now.page <= len(paper.pages)
    assert marks.read(marks.write(now)) == now, "it can be kept and sent"
    if now.kind is Kind.INK:
        assert now.body["points"][2:] == before.body["points"][2:]
        assert now.body["width"] == before.body["width"]
    else:
        left, top, right, bottom = now.box
        # A device may send a box without any extent at the very corner: it still touches the page.
        assert right >= 0 and bottom >= 0 and left <= WIDTH and top <= HEIGHT, "it is on the page"


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_marks_are_on_the_right_words_however_a_paper_is_edited(seed: int) -> None:
    """Each word is unique here, so that right and wrong are known: no highlight ever lies on other words than its own."""
    chance = random.Random(seed)
    before = printed(MORE)
    had = [
        highlight(before, n, n + 3, f"h{n}")
        for n in range(0, 880, 40)
        if before.words[n].page == before.words[n + 3].page
    ]
    edited = list(MORE)
    for _ in range(chance.randrange(12)):
        start = chance.randrange(len(edited))
        if chance.random() < 0.5:
            del edited[start : start + chance.randrange(60)]
        else:
            edited[start:start] = [f"thêm{chance.random()}" for _ in range(chance.randrange(60))]
    after = printed(edited)
    for key, mark in carry(before, after, had, "r2").items():
        was = under(before, next(each for each in had if each.id == key)).split()
        now = [word for word in under(after, mark).split() if not word.startswith("thêm")]
        assert set(now) <= set(was)
        assert len(now) >= 2
