"""The seat plan in real browsers: made and adjusted by the secretary, live on the console and on the wall."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import WALL, Room
from tests.browser.test_floor import ask
from tests.browser.test_meeting import open_meeting

pytestmark = pytest.mark.browser


def middle(seat: Locator) -> tuple[float, float]:
    box = seat.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_room_from_above(room: Room) -> None:
    secretary, chair, wall = room.enter("secretary", WALL), room.enter("chair", WALL), room.enter("screen", WALL)
    finance, health = room.enter("finance"), room.enter("health")
    finance.locator("lobby-page [data-do=check-in]").click()

    # a plan from a form, filled by precedence
    secretary.locator("side-nav a[href='#seating']").click()
    secretary.locator("seating-section [data-do=make]").click()
    secretary.locator("dialog input[value=round]").check()
    expect(secretary.locator("dialog #s-columns")).to_have_value("30")
    secretary.locator("dialog [data-act=make]").click()
    expect(secretary.locator("seat-map .seat")).to_have_count(30)
    expect(secretary.locator("seat-map .seat[data-person=finance]")).to_have_class("seat is-present")

    # adjusted by hand and by keys; two people change places
    secretary.locator("seating-section [data-do=edit]").click()
    seat = secretary.locator("seat-editor .seat[data-seat='01']")
    before = middle(seat)
    secretary.mouse.move(*before)
    secretary.mouse.down()
    secretary.mouse.move(before[0] + 90, before[1] + 60, steps=4)
    secretary.mouse.up()
    expect(secretary.locator("seat-editor input[name=number]")).to_have_value("01")
    dragged = middle(seat)
    assert abs(dragged[0] - before[0] - 90) < 8 and abs(dragged[1] - before[1] - 60) < 8
    style = seat.get_attribute("style") or ""
    seat.press("Shift+ArrowDown")
    expect(seat).not_to_have_attribute("style", style)
    secretary.locator("seat-editor select[name=person]").select_option("finance")
    expect(seat).to_contain_text("Sở Tài chính")
    expect(secretary.locator("seat-editor .seat[data-seat='06']")).to_contain_text("Chủ tịch UBND tỉnh")

    # on the console a tap marks who is here, or gives the floor to who asks
    chair.locator("[data-do=seats]").click()
    chair.locator(".seat[data-person=health]").click()
    expect(chair.locator(".seat[data-person=health]")).to_have_class("seat is-present")
    expect(health.locator("lobby-page [data-do=check-in]")).to_have_count(0)
    open_meeting(chair)
    ask(health)
    chair.locator(".seat[data-person=health].is-asking").click()
    expect(health.locator(".mine.speak")).to_be_visible()
    expect(chair.locator(".seat[data-person=health]")).to_have_class("seat is-speaking")
    chair.locator(".seat[data-person=finance]").click()
    expect(chair.locator(".seat[data-person=health]")).to_have_class("seat is-speaking")
    expect(chair.locator(".picked")).to_contain_text("Giám đốc Sở Tài chính")

    # on the wall when the chair wants it
    chair.locator("[data-do=screen]").click()
    chair.locator("dialog button[value=seats]").click()
    expect(wall.locator(".seat.is-speaking")).to_contain_text("Sở Y tế")
    expect(wall.locator("footer")).to_contain_text("Giám đốc Sở Y tế")

    # a vote takes the middle of the console
    chair.locator("[data-do=open-vote]").click()
    chair.locator("dialog [data-act=open]").click()
    expect(chair.locator("seat-panel")).to_be_hidden()
    expect(chair.locator("vote-panel")).to_be_visible()
