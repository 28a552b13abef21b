"""What a presenter does on the page is seen by all: the part that is magnified, the pointer; and who left is called back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LANDSCAPE, WALL, Room
from tests.browser.test_meeting import at_page, open_meeting

pytestmark = pytest.mark.browser

SHOWN = """() => {
  const reader = document.querySelector('page-reader');
  return { x: (reader.view.width / 2 - reader.place.x) / reader.place.scale,
           y: (reader.view.height / 2 - reader.place.y) / reader.place.scale, zoomed: reader.isZoomed };
}"""


def shows(page: Page, x: float, y: float) -> None:
    """The middle of the reader comes to lie at this point of the page."""
    page.wait_for_function(
        f"([x, y]) => {{ const at = ({SHOWN})(); return at.zoomed && Math.hypot(at.x - x, at.y - y) < 12; }}",
        arg=[x, y],
    )


def shows_all(page: Page) -> None:
    page.wait_for_function(f"() => !({SHOWN})().zoomed")


def magnify(page: Page) -> dict[str, float]:
    """Turn the wheel with Ctrl in the middle of the page."""
    box = page.locator("page-reader").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.45)
    page.keyboard.down("Control")
    for _ in range(4):
        page.mouse.wheel(0, -60)
    page.keyboard.up("Control")
    page.wait_for_function(f"() => ({SHOWN})().zoomed")
    found: dict[str, float] = page.evaluate(SHOWN)
    return found


def test_the_room_follows_the_part_the_presenter_shows(room: Room) -> None:
    chair, wall = room.enter("chair", WALL), room.enter("screen", WALL)
    finance, health = room.enter("finance"), room.enter("health", LANDSCAPE)
    for tablet in (finance, health):
        tablet.locator("lobby-page [data-do=check-in]").click()
    open_meeting(chair)
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    for device in (chair, finance, health, wall):
        at_page(device, 1)

    part = magnify(chair)
    for device in (finance, health, wall):
        shows(device, part["x"], part["y"])
    newcomer = room.enter("press")
    at_page(newcomer, 1)
    shows(newcomer, part["x"], part["y"])

    chair.locator(".stage [data-do=tool-pointer]").click()
    box = chair.locator("page-reader").bounding_box()
    assert box
    for step in range(5):
        chair.mouse.move(box["x"] + box["width"] / 2 + step, box["y"] + box["height"] / 2)
        chair.wait_for_timeout(40)
    for device in (finance, health, wall):
        expect(device.locator(".pointer-spot")).not_to_have_attribute("hidden", "")
    chair.mouse.move(5, 5)
    for device in (finance, health, wall):
        expect(device.locator(".pointer-spot")).to_be_hidden()
    chair.locator(".stage [data-do=tool-pointer]").click()

    # who moves on alone reads alone, and is told where the others are
    finance.locator("page-reader").evaluate("reader => reader.zoomBy(1.5)")
    expect(finance.locator(".pill")).to_contain_text("trang 1")
    expect(wall.locator(".small-page")).to_be_visible()
    chair.keyboard.press("0")
    shows_all(health)
    expect(wall.locator(".small-page")).to_have_count(0)
    assert finance.evaluate(SHOWN)["zoomed"]

    # the chair calls everyone back
    chair.locator("[data-do=call]").click()
    finance.locator("call-notice [data-do=later]").click()
    expect(finance.locator("call-notice .called")).to_have_count(0)
    expect(finance.locator(".pill")).to_be_visible()
    finance.locator(".pill [data-do=follow]").click()
    shows_all(finance)
    finance.locator(".edge.right").click()
    chair.locator("[data-do=call]").click()
    expect(finance.locator("call-notice .called")).to_be_visible()
    expect(finance.locator(".pill")).to_have_count(0, timeout=15_000)
    at_page(finance, 1)


def test_who_was_handed_presenting_points_from_the_tablet(room: Room) -> None:
    chair, finance, health = room.enter("chair", WALL), room.enter("finance"), room.enter("health", LANDSCAPE)
    for tablet in (finance, health):
        tablet.locator("lobby-page [data-do=check-in]").click()
    open_meeting(chair)
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    chair.locator("[data-do=hand-over]").click()
    chair.locator("dialog [data-act=to][value=finance]").click()
    finance.locator("[data-do=tool-pointer]").click()
    at_page(health, 1)
    box = finance.locator("page-reader").bounding_box()
    assert box
    finance.mouse.move(box["x"] + 300, box["y"] + 300)
    finance.mouse.down()
    for step in range(5):
        finance.mouse.move(box["x"] + 300 + 4 * step, box["y"] + 300)
        finance.wait_for_timeout(40)
    for device in (health, chair):
        expect(device.locator(".pointer-spot")).not_to_have_attribute("hidden", "")
    finance.mouse.up()
    chair.locator("[data-do=take-back]").click()
    expect(finance.locator(".stage-tools")).to_have_count(0)


def test_everyone_sees_the_ink_grow_may_hide_it_and_it_goes_with_the_page(room: Room) -> None:
    chair, wall, finance = room.enter("chair", WALL), room.enter("screen", WALL), room.enter("finance")
    finance.locator("lobby-page [data-do=check-in]").click()
    open_meeting(chair)
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    for device in (chair, finance, wall):
        at_page(device, 1)
    chair.locator("[data-do=tool-pen]").click()
    chair.locator("[data-colour=blue]").click()
    box = chair.locator("page-reader").bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4
    chair.mouse.move(x, y)
    chair.mouse.down()
    chair.mouse.move(x + 60, y + 30, steps=6)
    for device in (finance, wall):
        expect(device.locator(".stage-ink path.blue")).to_have_count(1)
    chair.mouse.move(x + 120, y, steps=6)
    chair.mouse.up()
    drawn = chair.locator(".stage-ink path").get_attribute("d")
    for device in (finance, wall, room.enter("press")):
        expect(device.locator(".stage-ink path")).to_have_attribute("d", drawn or "")
    finance.locator("[data-do=ink-hide]").click()
    expect(finance.locator(".stage-ink path")).to_have_count(0)
    finance.locator("[data-do=ink-hide]").click()
    expect(finance.locator(".stage-ink path")).to_have_count(1)
    chair.locator("[data-do=ink-minutes]").click()
    secretary = room.enter("secretary", WALL, page="secretariat#minutes")
    expect(secretary.locator("minutes-section [href*='/drawings/']")).to_contain_text("trang 1")
    chair.locator(".turning [data-do=next]").click()
    chair.locator(".turning [data-do=before]").click()
    for device in (finance, wall, chair):
        at_page(device, 1)
        expect(device.locator(".stage-ink path")).to_have_count(0)
