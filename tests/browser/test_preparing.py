"""A unit brings the paper it was asked for: uploaded, submitted, sent back, submitted again, approved, read by all."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WALL, Room
from tests.rendering import documents

pytestmark = pytest.mark.browser


def test_a_paper_from_the_unit_to_the_delegates(room: Room) -> None:
    secretary, finance = room.enter("secretary", WALL, page="secretariat#ready"), room.enter("finance")
    secretary.locator("preparing-board [data-do=ask]").click()
    secretary.locator("#p-title").fill("Dự toán bổ sung")
    secretary.locator("#p-unit").fill("Sở Tài chính")
    secretary.locator("#p-who").select_option(label="Giám đốc Sở Tài chính")
    secretary.locator("dialog [data-act=save]").click()
    board = secretary.locator("preparing-board")
    expect(board).to_contain_text("Thiếu 1 tài liệu")

    finance.locator("lobby-page a[href=prepare]").click()
    mine = finance.locator("prepare-page article")
    expect(mine).to_contain_text("Chưa nộp")
    file = {"name": "du-toan.pdf", "mimeType": "application/pdf", "buffer": documents.text(2)}
    mine.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    expect(mine).to_contain_text("2 trang")
    mine.locator("[data-do=submit]").click()
    expect(board).to_contain_text("1 tài liệu chưa duyệt")
    board.locator("[data-do=send-back]").click()
    secretary.locator("#reason").fill("Thiếu biểu số 2")
    secretary.locator("dialog [data-act=go]").click()
    expect(mine).to_contain_text("Trả lại: Thiếu biểu số 2")

    # nobody else has it until it is approved
    health = room.enter("health")
    papers = health.locator("lobby-page .ready li").filter(has_text="tài liệu")
    before = papers.inner_text()
    mine.locator("[data-do=submit]").click()
    board.locator("[data-do=approve]").click()
    expect(mine).to_contain_text("Đã duyệt")
    expect(papers).not_to_have_text(before)
