"""Service and messages in real browsers: tea asked for, taken and brought; a question to the secretariat and its answer."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import LANDSCAPE, TABLET, WALL, Room

pytestmark = pytest.mark.browser
PHONE = (412, 915)

ENDS_INSIDE = """words => {
  const text = document.createRange();
  text.selectNodeContents(words.lastChild);
  return text.getBoundingClientRect().bottom <= words.closest("p").getBoundingClientRect().bottom;
}"""


def test_somebody_needs_something(room: Room) -> None:
    secretary = room.enter("secretary", WALL)
    finance, health = room.enter("finance"), room.enter("health", LANDSCAPE)
    for tablet in (finance, health):
        tablet.locator("lobby-page [data-do=read]").click()
        tablet.keyboard.press("Escape")
    secretary.locator("side-nav a[href='#support']").click()

    # one tap asks; the desk takes it and brings it, and the tablet is told
    finance.evaluate("document.querySelector('bottom-bar [data-do=support]').click()")
    finance.locator("[data-need=water]").click()
    finance.locator("my-support .other input").fill("Một bản dự thảo bằng giấy")
    finance.locator("my-support .other button").click()
    expect(finance.locator(".mine-errands li")).to_have_count(2)
    expect(finance.locator("[data-need=water]")).to_be_disabled()
    waiting = secretary.locator(".errands .is-asked")
    expect(waiting).to_contain_text(["Trà, nước", "Một bản dự thảo bằng giấy"])
    expect(waiting.first).to_contain_text("ghế 06")
    waiting.first.locator("[data-state=taken]").click()
    expect(finance.locator(".mine-errands li").first).to_contain_text("Đang phục vụ")
    finance.locator(".mine-errands [data-do=withdraw]").nth(1).click()
    expect(waiting).to_have_count(0)

    # a question to the secretariat; the answer reaches a closed sheet too, and is counted until it is read
    finance.locator("my-support .say input").fill("Nhờ gửi lại Phụ lục 2")
    finance.locator("my-support .say button").click()
    expect(secretary.locator(".thread")).to_contain_text("Nhờ gửi lại Phụ lục 2")
    finance.locator("dialog [data-act='']").first.click()
    secretary.locator(".errands [data-state=done]").first.click()
    secretary.locator("support-section .say input").fill("Đã gửi lại.")
    secretary.locator("support-section .say button").click()
    expect(finance.locator(".sayings")).to_contain_text("“Trà, nước”: đã xong.")
    expect(finance.locator(".sayings")).to_contain_text("Tin nhắn của Ban Thư ký: Đã gửi lại.")
    expect(finance.locator("bottom-bar [data-do=support] .unread")).to_contain_text("1")
    finance.evaluate("document.querySelector('bottom-bar [data-do=support]').click()")
    expect(finance.locator(".thread")).to_contain_text("Đã gửi lại.")
    expect(finance.locator("bottom-bar [data-do=support] .unread")).to_have_count(0)

    # between delegates only where the meeting allows it
    expect(finance.locator("select[name=peer]")).to_have_count(0)
    secretary.locator("input[name=chat]").check()
    finance.locator("select[name=peer]").select_option("health")
    finance.locator("my-support .say input").fill("Xin ý kiến về Phụ lục 2")
    finance.locator("my-support .say button").click()
    expect(health.locator(".sayings")).to_contain_text("Tin nhắn của Giám đốc Sở Tài chính")
    expect(secretary.locator("support-section")).not_to_contain_text("Xin ý kiến về Phụ lục 2")

    # what is sent without a network goes when there is one again
    finance.context.set_offline(True)
    finance.locator("my-support .say input").fill("Gửi khi có mạng")
    finance.locator("my-support .say button").click()
    expect(finance.locator(".thread .waits")).to_contain_text("Gửi khi có mạng")
    finance.context.set_offline(False)
    expect(finance.locator(".thread .waits")).to_have_count(0)
    expect(finance.locator(".thread")).to_contain_text("Gửi khi có mạng")


def test_service_staff_have_a_page_of_their_own(room: Room) -> None:
    """On a telephone: a new request is counted in the name of the page, taken and done with one large button each."""
    staff, health = room.enter("service", PHONE), room.enter("health", TABLET)
    expect(staff.locator("errand-board .none")).to_be_visible()
    health.locator("lobby-page [data-do=read]").click()
    health.keyboard.press("Escape")
    health.evaluate("document.querySelector('bottom-bar [data-do=support]').click()")
    health.locator("[data-need=technician]").click()
    job = staff.locator(".jobs li").first
    expect(job).to_contain_text("Kỹ thuật")
    expect(job).to_contain_text("Giám đốc Sở Y tế")
    expect(staff).to_have_title(re.compile(r"^\(1\)"))
    staff.locator("[data-kind=water]").click()
    expect(staff.locator(".jobs li")).to_have_count(0)
    staff.locator("[data-kind=all]").click()
    job.locator("[data-state=taken]").click()
    expect(health.locator(".mine-errands li")).to_contain_text("Đang phục vụ")
    assert Axe().run(staff).response["violations"] == []
    job.locator("[data-state=done]").click()
    expect(health.locator(".mine-errands li")).to_contain_text("Đã xong")
    expect(staff.locator("errand-board .none")).to_be_visible()
    expect(staff).not_to_have_title(re.compile(r"^\("))


def test_a_notice_reaches_everybody_is_read_once_and_taken_back(room: Room) -> None:
    secretary, chair, wall = room.enter("secretary", WALL), room.enter("chair", WALL), room.enter("screen", WALL)
    finance = room.enter("finance", init="localStorage.setItem('size', '200')")
    finance.locator("lobby-page [data-do=read]").click()
    finance.keyboard.press("Escape")
    secretary.locator("side-nav a[href='#support']").click()
    break_time, lunch = (
        "Nghỉ giải lao 15 phút tại sảnh tầng 2, mời các đại biểu trở lại lúc 9 giờ 45 phút.",
        "Ăn trưa tại nhà khách.",
    )
    for text in (break_time, lunch):
        secretary.locator("support-section [data-do=notice]").click()
        secretary.locator("#notice-text").fill(text)
        secretary.locator("dialog [data-act=send]").click()
        expect(chair.locator("facts-bar .sent")).to_contain_text([text])
    expect(wall.locator(".wall-notice")).to_contain_text([break_time, lunch])
    said = finance.locator("line-notice .notice")
    expect(said).to_contain_text([break_time, lunch])
    assert said.first.locator(".grow").evaluate(ENDS_INSIDE), "large words are not cut off"

    # read on this device, also after it was started again; the other stays
    said.first.locator("[data-do=read]").click()
    expect(said).to_contain_text([lunch])
    finance.reload()
    expect(said).to_contain_text([lunch])
    secretary.locator("support-section .sent [data-do=withdraw]").nth(1).click()
    expect(said).to_have_count(0)
    expect(wall.locator(".wall-notice")).to_have_count(1)
