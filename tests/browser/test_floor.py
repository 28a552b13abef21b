"""Speaking in real browsers: a question interrupts a speech, which goes on with the rest of its time; the list in order."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LANDSCAPE, WALL, Room, until
from tests.browser.test_meeting import open_meeting

pytestmark = pytest.mark.browser


def ask(tablet: Page, kind: str = "speak", topic: str = "", to: str = "") -> None:
    tablet.locator("[data-do=ask]").click()
    if kind != "speak":
        tablet.locator("dialog .more-kinds summary").click()
        tablet.locator(f"dialog input[value={kind}]").check()
    if to:
        tablet.locator("#to").select_option(to)
    tablet.locator("#topic").fill(topic)
    tablet.locator("dialog [data-act=ask]").click()


def seconds(page: Page, selector: str) -> int:
    """What a clock shows now."""
    minutes, rest = page.locator(selector).inner_text().split(":")
    return int(minutes) * 60 + int(rest)


def of_store(what: str) -> str:
    """A function for the page that answers with this of its store."""
    return f"""async () => {{
      const main = document.querySelector("script[type=module][src*=main]").src;
      return (await import(new URL("../lib/store.js", main))).store.{what};
    }}"""


IS_CLOSED = of_store("view.floor.rules.open === false")
NOW = of_store("now()")


def test_an_interrupted_speech_goes_on_with_the_rest(room: Room) -> None:
    chair, wall = room.enter("chair", WALL), room.enter("screen", WALL)
    finance, health, justice = room.enter("finance"), room.enter("health", LANDSCAPE), room.enter("justice")
    for tablet in (finance, health, justice):
        tablet.locator("lobby-page [data-do=check-in]").click()
    open_meeting(chair)
    ask(finance, topic="Kinh phí năm 2021")
    chair.locator(".waiting [data-do=give]").click()
    expect(finance.locator(".mine.speak")).to_contain_text("Mời đồng chí phát biểu")

    # a question needs somebody who is asked; it waits before the speech that was asked for earlier
    ask(justice, topic="Thể chế")
    health.locator("[data-do=ask]").click()
    health.locator("dialog .more-kinds summary").click()
    health.locator("dialog input[value=question]").check()
    health.locator("dialog [data-act=ask]").click()
    expect(health.locator("dialog .error")).to_be_visible()
    health.locator("#to").select_option("finance")
    health.locator("#topic").fill("Vì sao chưa kết nối?")
    health.locator("dialog [data-act=ask]").click()
    expect(chair.locator(".waiting li").first).to_contain_text("Chất vấn")
    expect(justice.locator(".mine").filter(has_text="Đã đăng ký")).to_contain_text("thứ 2")

    # it interrupts; who is asked is told so, and may answer with one tap
    chair.locator(".waiting [data-kind=question]").click()
    expect(finance.locator(".mine").filter(has_text="Tạm ngừng")).to_contain_text("nói tiếp, còn")
    expect(finance.locator(".mine").filter(has_text="chất vấn")).to_be_visible()
    expect(wall.locator("footer")).to_contain_text("Giám đốc Sở Y tế")
    expect(wall.locator("footer")).to_contain_text("Chất vấn → Giám đốc Sở Tài chính")
    expect(justice.locator("floor-line .speaks")).to_contain_text("Giám đốc Sở Y tế Chất vấn")
    expect(health.locator("floor-line .speaks")).to_have_count(0)
    rest = seconds(chair, ".rests b")
    finance.locator("[data-do=answer]").click()
    expect(chair.locator(".waiting li").first).to_contain_text("Trả lời, giải trình")
    ending = time.monotonic()
    health.locator(".mine.speak [data-do=end]").click()
    expect(finance.locator(".mine.speak")).to_be_visible()
    used = rest - seconds(finance, ".mine .left")
    assert 0 <= used <= time.monotonic() - ending + 1, "the time of the question was not his"

    # the order of the list by keys, by drag, by button; a reason reaches who is declined
    first, second = chair.locator(".waiting li").nth(0), chair.locator(".waiting li").nth(1)
    expect(second).to_contain_text("Giám đốc Sở Tư pháp")
    second.locator(".grip").press("ArrowUp")
    expect(first).to_contain_text("Giám đốc Sở Tư pháp")
    first.locator(".grip").hover()
    chair.mouse.down()
    box = second.bounding_box()
    assert box
    chair.mouse.move(box["x"] + 40, box["y"] + box["height"] - 4, steps=5)
    chair.mouse.up()
    expect(second).to_contain_text("Giám đốc Sở Tư pháp")
    second.locator("[data-do=up]").click()
    expect(first).to_contain_text("Giám đốc Sở Tư pháp")
    first.locator("[data-do=decline]").click()
    chair.locator("dialog [data-act=because]").first.click()
    expect(justice.locator(".mine.declined")).to_contain_text("Không còn thời gian")
    justice.locator(".mine.declined [data-do=read]").click()
    expect(justice.locator(".mine.declined")).to_have_count(0)

    # the item has a time of its own, counted on the wall and on every tablet too, and prolonged with one press
    chair.locator("[data-do=rules]").click()
    chair.locator("dialog input[name=cap]").fill("2")
    chair.locator("dialog [data-act=save]").click()
    clock = chair.locator(".discussion")
    expect(clock).to_contain_text("/ 2:00")
    for counted in (wall.locator("footer .discussion"), justice.locator(".talks"), finance.locator(".talks")):
        expect(counted).to_contain_text(":")
    chair.locator("[data-do=prolong]").click()
    expect(clock).to_contain_text("/ 7:00")

    # a closed list; who has spoken and who not
    chair.locator("[data-do=rules]").click()
    chair.locator("dialog input[name=open]").uncheck()
    chair.locator("dialog [data-act=save]").click()
    until(justice, IS_CLOSED)  # nothing on the tablet shows it before one asks
    justice.locator("[data-do=ask]").click()
    expect(justice.locator("dialog input[value=speak]")).to_be_disabled()
    expect(justice.locator("dialog input[value=order]")).to_be_checked()
    chair.locator("[data-do=end]").click()
    chair.locator("[data-do=speaking]").click()
    expect(chair.locator("speaking-table tbody tr")).to_have_count(2)
    expect(chair.locator("speaking-table .names li")).to_contain_text(["Giám đốc Sở Tư pháp"])


def clock_error(page: Page) -> float:
    """How far the page's idea of the server's time is off, ms, beyond what the way to the page takes at most.

    The server runs on this machine. Of several answers the quickest says most.
    """
    tries = []
    for _ in range(5):
        before = time.time()
        shown = page.evaluate(NOW)
        after = time.time()
        tries.append((after - before, abs(shown / 1000 - (before + after) / 2) - (after - before) / 2))
    return 1000 * min(tries)[1]


def test_clocks_of_all_devices_show_the_same_whatever_their_own_says(room: Room) -> None:
    behind = "{ const now = Date.now; Date.now = () => now() - 3_600_000 }"
    chair, finance = room.enter("chair", WALL), room.enter("finance", init=behind)
    finance.locator("lobby-page [data-do=check-in]").click()
    open_meeting(chair)
    ask(finance)
    chair.locator(".waiting [data-do=give]").click()
    expect(finance.locator(".mine .left")).to_be_visible()
    ahead = room.enter("health", init="{ const now = Date.now; Date.now = () => now() + 86_400_000 }")
    ahead.locator(".mine, lobby-page").first.wait_for(state="attached")
    for page in (chair, finance, ahead):
        page.wait_for_function("() => document.querySelector('.chip, .mine, h1')")
        assert clock_error(page) <= 100, "all devices agree to a tenth of a second"
    for _ in range(3):
        finance.wait_for_timeout(700)
        before, between, after = (
            seconds(*at) for at in ((chair, ".speaking .big"), (finance, ".mine .left"), (chair, ".speaking .big"))
        )
        assert after - 1 <= between <= before + 1
