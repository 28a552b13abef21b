"""Attendance in real browsers: an absence asked and granted with a substitute, the door, a quorum that breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WALL, Room

pytestmark = pytest.mark.browser

MEMBERS_NEEDED = 18


def test_the_quorum_breaks_while_in_session(room: Room, tmp_path: Path) -> None:
    chair, finance = room.enter("chair", WALL), room.enter("finance")
    secretary = room.enter("secretary", WALL)

    # before the meeting: asked, granted, and somebody is sent
    finance.locator("my-reply [data-do=away]").click()
    finance.locator("dialog #reason").fill("Họp tại Bộ Tài chính")
    finance.locator("dialog #substitute").fill("Phó Giám đốc Sở Tài chính")
    finance.locator("dialog [data-act=ask]").click()
    secretary.locator("side-nav a[href='#attendance']").click()
    asking = secretary.locator(".asking-away li")
    expect(asking).to_contain_text("Họp tại Bộ Tài chính")
    asking.locator("[data-do=consent]").click()
    expect(finance.locator("my-reply .note.good")).to_contain_text("đồng ý cho đồng chí vắng")
    expect(secretary.locator("attendance-list .people")).to_contain_text("dự thay Giám đốc Sở Tài chính")

    # at the door: found by a few letters, marked by one tap
    door = room.enter("secretary", page="door")
    everyone = door.locator("attendance-list .people li", has_not_text="Khách mời")
    marks = everyone.filter(has_not_text="dự thay").filter(has_not_text="Vắng có phép")
    seek = door.locator("input[type=search]")
    seek.fill("so y te")
    expect(marks).to_have_count(1)
    seek.fill("")
    expect(marks.nth(MEMBERS_NEEDED)).to_be_visible()

    # or by a reader, which types what the personal code says, whatever was touched last; then taken back by a tap
    read = room.server.link("health")
    seek.blur()
    door.keyboard.type(read)
    door.keyboard.press("Enter")
    expect(door.locator(".sayings")).to_contain_text("Đã điểm danh: Giám đốc Sở Y tế")
    expect(seek).to_have_value("")
    scanned = door.locator("attendance-list .people li", has_text="Giám đốc Sở Y tế").locator("[data-do=mark]")
    expect(scanned).to_have_attribute("aria-pressed", "true")
    door.keyboard.type(read)
    door.keyboard.press("Enter")
    expect(door.locator(".sayings")).to_contain_text("đã được điểm danh trước đó")
    scanned.click()
    expect(scanned).to_have_attribute("aria-pressed", "false")
    for place in range(MEMBERS_NEEDED):
        marks.nth(place).locator("[data-do=mark]").click()
        expect(marks.nth(place).locator("[data-do=mark]")).to_have_attribute("aria-pressed", "true")
    chair.locator("[data-do=open]").click()
    expect(chair.locator(".chip.live")).to_be_visible()
    expect(chair.locator("quorum-notice .quorum")).to_have_count(0)

    # one leaves, and the console says so at once; one comes, and it is well again
    marks.nth(3).locator("[data-do=mark]").click()
    warning = chair.locator("quorum-notice .quorum")
    expect(warning).to_contain_text(f"Có mặt {MEMBERS_NEEDED - 1}, cần ít nhất {MEMBERS_NEEDED}")
    warning.locator("[data-do=roll]").click()
    chair.locator("dialog attendance-list li.gone [data-do=mark]").click()
    expect(warning).to_have_count(0)

    with secretary.expect_download() as download:
        secretary.locator("[data-do=export]").click()
    saved = tmp_path / "roll.csv"
    download.value.save_as(saved)
    table = saved.read_text("utf-8-sig")
    assert "Giám đốc Sở Tài chính" in table and "Họp tại Bộ Tài chính" in table and "Vắng có phép" in table

    chair.keyboard.press("Escape")

    # somebody asks to leave early; the chair agrees on the spot; who has left may check in again
    health = room.enter("health")
    health.locator("bottom-bar [data-do=support]").click()
    health.locator("my-support [data-do=leave]").click()
    health.locator("dialog #reason").fill("Tiếp đoàn kiểm tra")
    health.locator("dialog [data-act=ask]").click()
    asks = chair.locator("quorum-notice .sent")
    expect(asks).to_contain_text("Giám đốc Sở Y tế xin vắng từ")
    expect(asks).to_contain_text("Tiếp đoàn kiểm tra")
    asks.locator("[data-do=consent]").click()
    expect(health.locator(".mine").filter(has_text="đồng ý")).to_be_visible()
    health.locator(".mine [data-do=leave]").click()
    expect(health.locator(".mine [data-do=check-in]")).to_be_visible()
    expect(warning).to_contain_text(f"Có mặt {MEMBERS_NEEDED - 1}")
