"""The minutes: they follow the meeting, two people write without losing a word, the chair approves, and they are locked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WALL, Room
from tests.browser.test_meeting import open_meeting

pytestmark = pytest.mark.browser

REPORT = "textarea[data-section=eight-months]"


def write(page: Page, text: str) -> None:
    """Written, left, and saved."""
    page.locator(REPORT).fill(text)
    page.locator(REPORT).blur()


def test_minutes_are_drafted_edited_by_two_approved_and_locked(room: Room) -> None:
    chair = room.enter("chair", WALL)
    secretary = room.enter("secretary", WALL, page="secretariat#minutes")
    expect(secretary.locator("textarea[data-section='form.begins']")).to_be_visible()
    open_meeting(chair)
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    expect(secretary.locator(REPORT)).to_have_value("Giám đốc Sở Thông tin và Truyền thông trình bày: "
        "Báo cáo kết quả xây dựng Chính quyền điện tử 8 tháng đầu năm 2020.")  # fmt: skip

    # two write in the same section: the later one is shown the other's text and chooses
    second = room.enter("chair", WALL, page="secretariat#minutes")
    expect(second.locator(REPORT)).to_be_visible()
    second.locator(REPORT).press("End")  # touched, read, not yet written
    second.route("**/minutes", lambda route: route.abort())  # the other's change does not arrive in time
    write(secretary, "Giám đốc Sở Thông tin và Truyền thông báo cáo.")
    expect(secretary.locator("[data-do=retake][data-section=eight-months]")).to_be_visible()
    write(second, "Chủ tọa ghi.")
    expect(second.locator(".minutes-part [role=alert]")).to_be_visible()
    second.unroute("**/minutes")
    expect(second.locator(REPORT)).to_have_value("Chủ tọa ghi.")
    second.locator("[data-do=theirs]").click()
    expect(second.locator(REPORT)).to_have_value("Giám đốc Sở Thông tin và Truyền thông báo cáo.")

    # take over from the journal again, then write anew
    secretary.locator("[data-do=retake][data-section=eight-months]").click()
    secretary.locator("dialog [data-act=yes]").click()
    expect(secretary.locator(REPORT)).to_have_value("Giám đốc Sở Thông tin và Truyền thông trình bày: "
        "Báo cáo kết quả xây dựng Chính quyền điện tử 8 tháng đầu năm 2020.")  # fmt: skip
    write(secretary, "Báo cáo đã được nghe.")
    expect(secretary.locator("[data-do=retake][data-section=eight-months]")).to_be_visible()

    chair.locator("facts-bar [data-do=close]").first.click()
    chair.locator("dialog [data-act=yes]").click()
    for page in (secretary, second):  # what is submitted and approved is what has been read
        expect(page.locator("textarea[data-section='form.close']")).to_have_value(re.compile(r"kết thúc vào \d"))
    decide(secretary, "submit")
    decide(second, "approve")
    for page in (secretary, second):
        expect(page.locator("minutes-section .note.good")).to_contain_text("Chủ tịch UBND tỉnh đã duyệt")
        expect(page.locator("minutes-section textarea")).to_have_count(0)
    expect(secretary.locator("minutes-section article", has_text="Báo cáo kết quả 8 tháng")).to_contain_text(
        "đã được nghe"
    )


def decide(page: Page, what: str) -> None:
    """As often as the page says that something changed meanwhile and asks to read again."""
    button = page.locator(f"[data-do={what}]")
    for _ in range(5):
        button.click()
        page.locator("dialog [data-act=yes]").click()
        page.wait_for_timeout(1_500)
        if not button.count():
            return
    raise AssertionError(f"{what} was not done")


def test_a_speech_is_noted_while_it_is_given(room: Room) -> None:
    chair, finance = room.enter("chair", WALL), room.enter("finance")
    secretary = room.enter("secretary", WALL, page="secretariat#minutes")
    finance.locator("lobby-page [data-do=check-in]").click()
    open_meeting(chair)
    finance.locator("bottom-bar [data-do=ask]").click()
    finance.locator("dialog [data-act=ask]").click()
    chair.locator("floor-panel [data-do=give]").first.click()
    secretary.locator("minutes-section [data-do=note]").first.click()
    secretary.locator("#note").fill("Đề nghị bổ sung kinh phí.")
    secretary.locator("dialog [data-act=save]").click()
    expect(secretary.locator("minutes-section")).to_contain_text("Đang phát biểu")
    expect(secretary.locator("minutes-section")).to_contain_text("Đề nghị bổ sung kinh phí.")
