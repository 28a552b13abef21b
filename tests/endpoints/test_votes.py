"""What is handed out of a counted vote: sheet, PDF, CSV and the file to check, the same numbers on all, and to whom."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from meetingroom import verifier
from meetingroom.domain.voting import Announce, Cast, CloseVote, EnterCount, OpenVote, Prepare
from meetingroom.domain.voting.ballot import Answer, Method, Wording
from tests.domain.test_circulation import DAY, answer, enter, run_timekeeper, sent
from tests.domain.test_voting import ABSTAIN, YES, say
from tests.servers import Server, found
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, SECRETARY, Story


def story() -> Story:
    """v, announced: one in favour, one abstains, one blank, two do not vote. w, not announced: another opinion. h: hands."""
    told = Story.in_session()
    told.give(SECRETARY, Prepare(item="two", question="Thông qua?", blank=True), made="v")
    told.give(SECRETARY, Prepare(item="two", question="Thống nhất?", wording=Wording.AGREE), made="w")
    told.give(CHAIR, OpenVote(vote="v"))
    told.give(FINANCE, say(YES))
    told.give(HEALTH, say(ABSTAIN))
    told.give(JUSTICE, Cast(vote="v", marks=()))
    told.give(CHAIR, CloseVote(vote="v"))
    told.give(CHAIR, Announce(vote="v"))
    told.give(CHAIR, OpenVote(vote="w"))
    told.give(FINANCE, Cast(vote="w", marks=(("q", Answer.OTHER),), text="=Bổ sung Điều 3"))
    told.give(CHAIR, CloseVote(vote="w"))
    told.give(SECRETARY, Prepare(item="two", question="Giơ tay?", method=Method.HANDS), made="h")
    told.give(CHAIR, OpenVote(vote="h"))
    counts = (("q", Answer.YES, 3), ("q", Answer.NO, 1))
    told.give(SECRETARY, EnterCount(vote="h", counts=counts, tellers="Ông An, bà Bình"))
    told.give(CHAIR, CloseVote(vote="h"))
    return told


class Desk:
    def __init__(self, server: Server, codes: dict[str, str]) -> None:
        self.server = server
        self.cookies = {person: server.ask("GET", f"/j/{code}").cookie for person, code in codes.items()}

    def get(self, person: str, path: str) -> tuple[int, bytes]:
        answer = self.server.ask("GET", f"/m/m/{person}/votes/{path}", {"Cookie": self.cookies[person]})
        return answer.status, answer.body

    def rows(self, person: str, vote: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.get(person, f"{vote}/list.csv")[1].decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    data: Path = tmp_path_factory.mktemp("votes") / "data"
    codes = found(data, "m", story().events)
    with Server(data) as server:
        yield Desk(server, codes)


def test_blank_abstaining_and_not_voting_are_three_things_on_every_paper(desk: Desk) -> None:
    said = {row["Thành viên"]: (row["Phiếu"], row["Thông qua?"]) for row in desk.rows(GUEST, "v")}
    assert list(said.values()) == [
        ("Không bỏ phiếu", ""), ("Đã bỏ phiếu", "Tán thành"), ("Đã bỏ phiếu", "Không biểu quyết"), ("Phiếu trắng", ""),
        ("Không bỏ phiếu", ""),
    ]  # fmt: skip
    sheet = re.sub(r"<[^>]+>|\s+", " ", desk.get(GUEST, "v")[1].decode())
    for words in ("Đã biểu quyết 3", "Không bỏ phiếu 2", "Phiếu trắng 1", "Tổng số thành viên 5"):
        assert words in re.sub(r" +", " ", sheet)
    status, content = desk.get(GUEST, "v/sheet.pdf")
    with pymupdf.open(stream=content) as printed:
        text = " ".join(" ".join(page.get_text() for page in printed).split())
    assert status == 200 and "Phiếu trắng" in text and text.count("Không bỏ phiếu") == 3
    assert {float(share.replace(",", ".")) for share in re.findall(r"([\d,]+)%", text)} == {0.0, 20.0, 33.3}
    file = json.loads(desk.get(GUEST, "v/published.json")[1])
    assert verifier.faults(file) == [] and (file["result"]["voted"], file["result"]["blank"]) == (3, 1)


@pytest.mark.parametrize("path", ["w", "w/sheet.pdf", "w/list.csv", "w/published.json"])
def test_a_result_that_is_not_announced_is_the_office_s_own(desk: Desk, path: str) -> None:
    assert [desk.get(person, path)[0] for person in (CHAIR, SECRETARY, FINANCE, GUEST)] == [200, 200, 404, 404]


def test_another_opinion_stands_in_words_and_is_no_formula(desk: Desk) -> None:
    [finance] = [row for row in desk.rows(CHAIR, "w") if row["Phiếu"] == "Đã bỏ phiếu"]
    assert (finance["Thống nhất?"], finance["Ý kiến khác"]) == ("Ý kiến khác", "'=Bổ sung Điều 3")
    assert "=Bổ sung Điều 3" in desk.get(CHAIR, "w")[1].decode()
    assert HOME in json.loads(desk.get(CHAIR, "w/published.json")[1])["electors"]


def test_what_people_have_counted_is_in_the_list_with_who_counted_on_the_sheet(desk: Desk) -> None:
    counted = [(row["Phương án"], row["Số phiếu"]) for row in desk.rows(CHAIR, "h")]
    assert counted == [("Tán thành", "3"), ("Không tán thành", "1"), ("Không biểu quyết", "0")]
    assert "Ban kiểm phiếu: Ông An, bà Bình." in desk.get(CHAIR, "h")[1].decode()


def test_an_answer_entered_from_paper_says_so_on_every_paper(tmp_path: Path) -> None:
    round_ = sent()
    enter(round_, HEALTH, Answer.NO)
    answer(round_, "first", finance=Answer.YES)
    round_.now += 6 * DAY
    run_timekeeper(round_)
    codes = found(tmp_path / "data", "m", round_.events)
    name = round_.meeting.people[SECRETARY].office
    with Server(tmp_path / "data") as server:
        desk = Desk(server, codes)
        entered = f"nhập từ phiếu giấy, người nhập: {name}"
        assert desk.get(SECRETARY, "first")[1].decode().count(entered) == 1
        with pymupdf.open(stream=desk.get(SECRETARY, "first/sheet.pdf")[1]) as printed:
            assert " ".join(" ".join(page.get_text() for page in printed).split()).count(entered) == 1
        by = {row["Thành viên"]: row["Người nhập từ phiếu giấy"] for row in desk.rows(SECRETARY, "first")}
        assert {person: who for person, who in by.items() if who} == {"Giám đốc Sở Y tế": name}
        assert verifier.faults(json.loads(desk.get(SECRETARY, "first/published.json")[1])) == []
