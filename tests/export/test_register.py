"""A register that comes in: people found by name or office, numbers as they are written here, no chains, nobody twice."""

from __future__ import annotations

import pytest

from meetingroom.domain.rights import Entrust, ImportRights, Weigh
from meetingroom.export.register import rows
from tests.stories import CHAIR, FINANCE, HEALTH, HOME, JUSTICE, SECRETARY, Story

HEAD = ["Cổ đông", "Số phiếu", "Người được ủy quyền", "Giấy ủy quyền"]


def errors(*lines: list[str], story: Story | None = None) -> list[str]:
    meeting = (story or Story.of_a_committee()).meeting
    return [row.error for row in rows([HEAD, *lines], meeting.people.values(), meeting.rights)]


def test_a_register_is_saved_as_it_was_read() -> None:
    story = Story.of_a_committee()
    cells = [
        HEAD, ["chủ tịch UBND tỉnh", "1.500.000", "", ""], ["Giám đốc Sở Tài chính", "2,500", "", ""],
        ["Giám đốc Sở Tư pháp", "700 000", "Giám đốc Sở Tài chính", "Số 12"], ["Ai đó", "5", "", ""],
    ]  # fmt: skip
    read = rows(cells, story.meeting.people.values(), story.meeting.rights)
    assert [(row.line, row.error) for row in read] == [(2, ""), (3, ""), (4, ""), (5, "unknown")]
    story.give(SECRETARY, ImportRights(entries=tuple(row.entry for row in read if not row.error)))
    rights = story.meeting.rights
    assert rights.weights == {CHAIR: 1_500_000, FINANCE: 2500, JUSTICE: 700_000}
    assert (rights.proxies[JUSTICE].holder, rights.proxies[JUSTICE].note) == (FINANCE, "Số 12")
    assert story.give(SECRETARY, ImportRights(entries=tuple(row.entry for row in read if not row.error))) == ()


def test_columns_stand_in_order_where_there_is_no_heading() -> None:
    meeting = Story.of_a_committee().meeting
    (row,) = rows([["Giám đốc Sở Y tế", "3"]], meeting.people.values(), meeting.rights)
    assert row.error == "" and row.entry == (HEALTH, 3, "", "")


@pytest.mark.parametrize("votes", ["0", "-3", "1.5", "1,50", "x", "=1+1", "9" * 40, "1.000.00", "²"])
def test_what_is_no_number_of_votes_is_said(votes: str) -> None:
    assert errors(["Giám đốc Sở Y tế", votes, "", ""]) == ["votes"]


def test_nobody_twice_and_no_chains() -> None:
    health, home, justice = "Giám đốc Sở Y tế", "Giám đốc Sở Nội vụ", "Giám đốc Sở Tư pháp"
    assert errors([health, "1", "", ""], [health, "2", "", ""]) == ["", "twice"]
    assert errors([health, "", health, ""]) == ["chain"]
    assert errors([health, "", home, ""], [home, "", justice, ""]) == ["chain", "chain"]
    assert errors([health, "", "Ai đó", ""]) == ["unknown_holder"]
    assert errors(["Chánh Văn phòng Hội Nông dân", "1", "", ""]) == ["unknown"], "a guest has no vote"
    story = Story.of_a_committee()
    story.give(SECRETARY, Entrust(participant=HOME, holder=JUSTICE))
    assert errors([justice, "", health, ""], story=story) == ["chain"], "nor with what was given before"


def test_all_of_it_or_nothing() -> None:
    story = Story.of_a_committee()
    story.give(SECRETARY, Weigh(participant=CHAIR, weight=5))
    entries = ((HEALTH, 7, "", ""), (HOME, 0, HOME, ""))
    story.refuses(SECRETARY, ImportRights(entries=entries), "rights.to_oneself")
    story.refuses(FINANCE, ImportRights(entries=entries), "not_permitted")
    assert story.meeting.rights.weights == {CHAIR: 5}
