"""One meeting in real browsers: chair, three tablets, the wall, and a secretary who replaces a paper in the middle of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from meetingroom.demo.papers import print_paper
from tests.browser.conftest import LANDSCAPE, WALL, Room

pytestmark = pytest.mark.browser


def at_page(page: Page, number: int) -> None:
    """The page shown, really drawn: the reader says so when its image hangs."""
    page.wait_for_function(
        "number => document.querySelector('page-reader')?.dataset.page?.endsWith('/' + number)", arg=number
    )


def open_meeting(chair: Page) -> None:
    chair.locator("[data-do=open]").click()
    chair.locator("dialog [data-act=yes]").click()
    expect(chair.locator(".chip.live")).to_be_visible()


def test_a_meeting_from_check_in_to_the_result(room: Room, tmp_path: Path) -> None:
    chair, wall = room.enter("chair", WALL), room.enter("screen", WALL)
    finance, health, guest = room.enter("finance"), room.enter("health", LANDSCAPE), room.enter("press")
    secretary = room.enter("secretary", WALL)
    expect(wall.locator("h1.title")).to_be_visible()
    for tablet in (finance, health, guest):
        tablet.locator("lobby-page [data-do=check-in]").click()
        expect(tablet.locator("lobby-page [data-do=check-in]")).to_have_count(0)
    expect(chair.locator(".fact")).to_contain_text("2 / 26")
    open_meeting(chair)

    # present and turn
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    for device in (finance, health, guest, chair):
        at_page(device, 1)
    chair.locator(".turning [data-do=next]").click()
    chair.keyboard.press("ArrowRight")
    for device in (finance, health, guest):
        at_page(device, 3)
    expect(wall.locator(".map")).to_contain_text("3 / 27")

    # browse alone, and return
    finance.locator(".edge.right").click()
    at_page(finance, 4)
    expect(finance.locator(".pill")).to_contain_text("trang 3")
    chair.locator(".turning [data-do=next]").click()
    at_page(health, 4)
    expect(finance.locator(".pill")).to_contain_text("trang 4")
    finance.locator(".pill [data-do=follow]").click()
    expect(finance.locator(".pill")).to_have_count(0)

    # hand over presenting, and take it back
    chair.locator("[data-do=hand-over]").click()
    chair.locator("dialog [data-act=to][value=finance]").click()
    finance.locator(".edge.right").click()
    at_page(health, 5)
    chair.locator("[data-do=take-back]").click()
    expect(finance.locator("[data-do=give-back]")).to_have_count(0)

    # ask to speak, be invited, end
    health.locator("[data-do=ask]").click()
    health.locator("#topic").fill("Kinh phí năm 2021")
    health.locator("dialog [data-act=ask]").click()
    expect(chair.locator(".waiting li")).to_contain_text("Kinh phí năm 2021")
    chair.locator(".waiting [data-do=give]").click()
    expect(health.locator(".mine.speak")).to_be_visible()
    expect(wall.locator("footer")).to_contain_text("Giám đốc Sở Y tế")
    health.locator(".mine.speak [data-do=end]").click()
    expect(wall.locator("footer")).to_have_count(0)

    # the secretary replaces the draft while the meeting runs
    chair.locator("agenda-panel [data-item=vote]").first.click()
    at_page(finance, 1)
    draft = tmp_path / "lan-2.pdf"
    draft.write_bytes(print_paper("resolution", 2))
    before = finance.locator("page-reader").get_attribute("data-page")
    secretary.locator("input[data-replace=resolution]").set_input_files(draft)
    expect(finance.locator("top-bar .waits")).to_contain_text("2")
    assert finance.locator("page-reader").get_attribute("data-page") == before, "nothing moves before the chair says so"
    chair.locator("[data-do=switch]").click()
    finance.wait_for_function(
        "before => { const now = document.querySelector('page-reader').dataset.page; return now && now !== before; }",
        arg=before,
    )

    # vote: nobody sees a running result, the wall counts, the result is announced
    chair.locator("[data-do=open-vote]").click()
    chair.locator("dialog [data-act=open]").click()
    finance.locator("[data-choice=yes]").click()
    expect(finance.locator("[data-do=confirm]")).to_contain_text("Tán thành")
    expect(guest.locator(".ballot")).to_have_count(0)
    health.locator("[data-choice=no]").click()
    health.locator("[data-do=confirm]").click()
    expect(health.locator(".recorded")).to_contain_text("Không tán thành")
    expect(wall.locator(".count")).to_contain_text("1")
    expect(finance.locator("[data-do=confirm]")).to_contain_text("Tán thành"), "another's ballot left mine alone"
    finance.locator("[data-do=confirm]").click()
    expect(finance.locator(".recorded")).to_contain_text("Tán thành")
    expect(chair.locator(".electors .has")).to_have_count(2)
    assert "tally" not in wall.content()
    chair.locator("[data-do=close][data-vote]").click()
    expect(chair.locator(".verdict")).to_have_text("Không thông qua")
    expect(finance.locator(".verdict")).to_have_count(0)
    chair.locator("[data-do=announce]").click()
    for device in (finance, guest, wall):
        expect(device.locator(".verdict")).to_have_text("Không thông qua")
        expect(device.locator(".five")).to_contain_text("26")


def test_a_tablet_reads_on_offline_and_comes_back_to_the_chair(room: Room) -> None:
    chair, finance = room.enter("chair", WALL), room.enter("finance")
    finance.locator("lobby-page [data-do=check-in]").click()
    open_meeting(chair)
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    at_page(finance, 1)
    finance.wait_for_timeout(1500)  # the neighbours are being fetched
    finance.context.set_offline(True)
    finance.evaluate("window.dispatchEvent(new Event('offline'))")
    finance.locator(".edge.right").click()
    at_page(finance, 2)
    expect(finance.locator(".notice.warn")).to_be_visible()
    finance.locator("[data-do=ask]").click()
    finance.locator("dialog [data-act=ask]").click()
    for _ in range(4):
        chair.locator(".turning [data-do=next]").click()
    finance.context.set_offline(False)
    expect(finance.locator(".notice.warn")).to_have_count(0, timeout=20_000)
    expect(chair.locator(".waiting li")).to_have_count(1)
    finance.locator(".pill [data-do=follow]").click()
    at_page(finance, 5)


def test_a_killed_server_comes_back_to_the_same_page(room: Room) -> None:
    chair, finance = room.enter("chair", WALL), room.enter("finance")
    finance.locator("lobby-page [data-do=check-in]").click()
    open_meeting(chair)
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    chair.locator(".turning [data-do=next]").click()
    at_page(finance, 2)
    room.server.kill()
    room.server.start()
    chair.wait_for_function(
        "() => !document.querySelector('facts-bar .chip.warn svg use[href$=nowifi]')", timeout=30_000
    )
    chair.locator(".turning [data-do=next]").click()
    at_page(finance, 3)
