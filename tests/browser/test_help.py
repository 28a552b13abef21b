"""Help on every page, and the tour on a tablet held either way: it points at what is there and keeps nobody from it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LANDSCAPE, TABLET, WALL, Room

pytestmark = pytest.mark.browser

# The ring lies on the page, and the words do not hide the middle of what they are about.
POINTS = """() => {
  const ring = document.querySelector("guided-tour .ring").getBoundingClientRect();
  const words = document.querySelector("guided-tour section").getBoundingClientRect();
  const [x, y] = [ring.x + ring.width / 2, ring.y + ring.height / 2];
  const large = ring.height > innerHeight / 2;
  const covered = x > words.left && x < words.right && y > words.top && y < words.bottom;
  return ring.right > 0 && ring.x < innerWidth && ring.bottom > 0 && ring.y < innerHeight && (large || !covered);
}"""


def walk(tablet: Page) -> list[str]:
    """Titles of all steps, from the first to the last."""
    tour, titles = tablet.locator("guided-tour"), []
    tour.wait_for()
    while tour.count():
        titles.append(tour.locator("h2").inner_text())
        assert tablet.evaluate(POINTS), titles[-1]
        tour.locator("[data-do=next]").click()
    return titles


def test_the_tour_points_at_everything_a_delegate_uses(room: Room) -> None:
    upright, wide = room.enter("finance", TABLET), room.enter("health", LANDSCAPE)
    for tablet in (upright, wide):
        tablet.locator("lobby-page [data-do=tour]").click()
    first, second = walk(upright), walk(wide)
    assert len(first) >= 9 and len(second) >= 8
    assert {"Xin phát biểu", "Biểu quyết", "Ghi chú riêng"} <= {*first} & {*second}
    assert "Mọi tài liệu" in first and "Chương trình và tài liệu" in second

    # started again from the settings, left in the middle, and everything usable meanwhile
    upright.locator("top-bar [data-do=settings]").click()
    upright.locator("dialog [data-act=help]").click()
    upright.locator("dialog summary").first.click()
    expect(upright.locator("dialog details[open] p")).to_be_visible()
    upright.locator("#feedback").fill("Chữ trên nút nhỏ quá")
    upright.locator("dialog [data-act=send]").click()
    expect(upright.locator("dialog .sayings")).to_contain_text("Đã gửi góp ý")
    upright.locator("dialog [data-act=tour]").click()
    upright.locator("bottom-bar [data-do=papers]").click()
    expect(upright.locator("agenda-list.opened")).to_have_count(1)
    upright.keyboard.press("Escape")
    expect(upright.locator("guided-tour")).to_have_count(0)


def test_the_office_has_help_of_its_own(room: Room) -> None:
    for key, settings in (("chair", "facts-bar [data-do=settings]"), ("secretary", "meeting-head [data-do=settings]")):
        page = room.enter(key, WALL)
        page.locator(settings).click()
        page.locator("dialog [data-act=help]").click()
        assert page.locator("dialog summary").count() >= 6
        expect(page.locator("dialog [data-act=tour]")).to_have_count(0)
