"""A conclusion is written at the console, read on the tablets, followed in the secretariat, and stands in the minutes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WALL, Room
from tests.browser.test_meeting import open_meeting

pytestmark = pytest.mark.browser


def test_a_conclusion_from_the_chair_s_mouth_to_the_minutes(room: Room) -> None:
    chair, finance = room.enter("chair", WALL), room.enter("finance")
    secretary = room.enter("secretary", WALL, page="secretariat#conclusions")
    finance.locator("lobby-page [data-do=check-in]").click()
    open_meeting(chair)
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    chair.locator("[data-do=conclude]").click()
    chair.locator("#c-text").fill("Bố trí đủ kinh phí")
    chair.locator("#c-lead").fill("Sở Tài chính")
    chair.locator("#c-due").fill("2020-11-20")
    chair.locator("dialog [data-act=save]").click()
    expect(secretary.locator("conclusions-section article .chip")).to_have_text("Nháp")
    expect(finance.locator("line-notice")).not_to_contain_text("kinh phí")

    secretary.locator("conclusions-section [data-do=publish]").click()
    expect(finance.locator("line-notice")).to_contain_text("Chủ tọa kết luận: Bố trí đủ kinh phí")
    finance.locator("line-notice [data-do=read]").click()
    expect(finance.locator("line-notice")).not_to_contain_text("kinh phí")
    expect(finance.locator("agenda-list .concluded")).to_contain_text("Sở Tài chính")
    expect(secretary.locator("conclusions-section article .chip")).to_contain_text("Quá hạn")
    secretary.locator("conclusions-section [data-do=settle]").click()
    expect(secretary.locator("conclusions-section article .chip")).to_have_text("Đã xong")

    secretary.evaluate("location.hash = 'minutes'")
    expect(secretary.locator("textarea[data-section=eight-months]")).to_have_value(
        "Giám đốc Sở Thông tin và Truyền thông trình bày: Báo cáo kết quả xây dựng Chính quyền điện tử 8 tháng đầu năm "
        "2020.\nKết luận: Bố trí đủ kinh phí; chủ trì: Sở Tài chính; hoàn thành trước ngày 20 tháng 11 năm 2020."
    )
