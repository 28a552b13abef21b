"""The draft of the minutes goes to the members: one comments, one agrees, the secretary answers beside the section."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WALL, Room
from tests.browser.test_comfort import Comfort
from tests.browser.test_meeting import open_meeting

pytestmark = pytest.mark.browser


def test_a_draft_is_commented_on_and_the_comment_answered(room: Room) -> None:
    chair, finance = room.enter("chair", WALL), room.enter("finance")
    secretary = room.enter("secretary", WALL, page="secretariat#minutes")
    open_meeting(chair)
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    chair.locator("facts-bar [data-do=close]").first.click()
    chair.locator("dialog [data-act=yes]").click()
    # what is sent is what has been read
    expect(secretary.locator("textarea[data-section='form.close']")).to_have_value(re.compile(r"kết thúc vào \d"))
    secretary.locator("[data-do=circulate]").click()
    secretary.locator("dialog [data-act=send]").click()
    expect(secretary.locator("minutes-section .comment-round")).to_contain_text("Đang lấy ý kiến")

    finance.locator("line-notice a[href=draft]").click()
    report = finance.locator("draft-page article", has_text="8 tháng đầu năm 2020")
    report.locator("[data-do=comment]").click()
    finance.locator("#c-text").fill("Đề nghị ghi rõ số liệu")
    finance.locator("dialog [data-act=give]").click()
    expect(report.locator(".said .chip")).to_have_text("Chờ xử lý")

    beside = secretary.locator("minutes-section .said-list")
    expect(beside).to_contain_text("Đề nghị ghi rõ số liệu")
    beside.locator("[data-do=decline-comment]").click()
    secretary.locator("#c-answer").fill("Số liệu ở phụ lục")
    secretary.locator("dialog [data-act=answer]").click()
    expect(report.locator(".said")).to_contain_text("Số liệu ở phụ lục")
    expect(report.locator(".said .chip")).to_have_text("Không tiếp thu")
    comfort = Comfort()
    comfort.check(finance, "draft")
    assert comfort.faults == []
    finance.locator("[data-do=agree]").click()
    expect(finance.locator(".agreeing")).to_contain_text("đã nhất trí")
    expect(secretary.locator("minutes-section .comment-round")).to_contain_text("1 người nhất trí")
