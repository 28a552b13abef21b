"""A conclusion of the meeting is found among the tasks of all meetings, on the board, and its progress reaches the tablets."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WALL, Room
from tests.browser.test_comfort import Comfort

pytestmark = pytest.mark.browser


def test_a_task_is_followed_over_all_meetings(room: Room) -> None:
    secretary = room.enter("secretary", WALL, page="secretariat#conclusions")
    secretary.locator("[data-do=write]").click()
    secretary.locator("#c-text").fill("Bố trí đủ kinh phí")
    secretary.locator("#c-lead").fill("Sở Tài chính")
    secretary.locator("#c-due").fill("2020-11-20")
    secretary.locator("dialog [data-act=publish]").click()
    expect(secretary.locator("conclusions-section article .chip")).to_contain_text("Quá hạn")

    office = room.enter("secretary", WALL)
    comfort = Comfort()
    office.goto(f"{room.server.base}/tasks?form=board")
    comfort.check(office, "board")
    office.locator(".column.late a").click()
    comfort.check(office, "task")
    office.locator("#note").fill("Đã trình dự toán bổ sung")
    office.locator("button[value=progress]").click()
    expect(office.locator(".told li")).to_contain_text("Đã trình dự toán bổ sung")
    expect(secretary.locator("conclusions-section article .note")).to_contain_text("Đã trình dự toán bổ sung")
    office.locator("button[value=done]").click()
    expect(secretary.locator("conclusions-section article .chip")).to_have_text("Đã xong")
    office.goto(f"{room.server.base}/tasks?standing=done")
    expect(office.locator("tbody")).to_contain_text("Bố trí đủ kinh phí")
    comfort.check(office, "list")
    assert comfort.faults == []
