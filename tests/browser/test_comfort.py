"""For everyone: axe finds nothing on any page, in both lights and at twice the text size; nothing runs off the side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import LANDSCAPE, TABLET, WALL, Room

pytestmark = pytest.mark.browser

DARK_AND_LARGE = "try { localStorage.setItem('theme', 'dark'); localStorage.setItem('size', '200') } catch {}"


class Comfort:
    """Collects what is wrong on all pages, so that one run tells everything."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def check(self, page: Page, where: str) -> None:
        for rule in Axe().run(page).response["violations"]:
            nodes = [
                f"{node['html'][:110]} ({node['any'][0]['message'][:140] if node['any'] else ''})"
                for node in rule["nodes"]
            ]
            self.faults.append(f"{where}: {rule['id']}: {nodes[:3]}")
        wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        if wide > 1:
            self.faults.append(f"{where}: wider than its screen by {wide}")


@pytest.fixture
def comfort() -> Iterator[Comfort]:
    collected = Comfort()
    yield collected
    assert collected.faults == [], "\n" + "\n".join(collected.faults)


@pytest.mark.parametrize("init", ["", DARK_AND_LARGE], ids=["light", "dark-200"])
def test_axe_finds_nothing(room: Room, comfort: Comfort, init: str) -> None:
    chair, wall = room.enter("chair", WALL, init=init), room.enter("screen", WALL)
    tablet, wide = room.enter("finance", TABLET, init=init), room.enter("health", LANDSCAPE, init=init)
    secretary = room.enter("secretary", WALL, init=init)
    for page in (tablet, wide):
        page.locator("lobby-page [data-do=check-in]").wait_for()
    wall.locator("h1.title").wait_for()
    comfort.check(tablet, "lobby")
    comfort.check(wall, "welcome")
    for page in (tablet, wide):
        page.locator("lobby-page [data-do=check-in]").click()
    chair.locator("[data-do=open]").click()
    chair.locator("dialog [data-act=yes]").click()
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    chair.wait_for_selector("page-reader[data-page$='/1']")
    tablet.wait_for_selector("page-reader[data-page$='/1']")
    comfort.check(chair, "console")
    comfort.check(tablet, "reading")
    comfort.check(wide, "reading, landscape")
    comfort.check(wall, "stage")
    chair.locator("agenda-panel [data-item=vote]").first.click()
    chair.locator("[data-do=open-vote]").click()
    comfort.check(chair, "rule card")
    chair.locator("dialog [data-act=open]").click()
    tablet.locator("[data-choice=yes]").click()
    comfort.check(tablet, "ballot")
    tablet.locator("[data-do=confirm]").click()
    tablet.locator(".recorded").wait_for()
    comfort.check(tablet, "recorded")
    comfort.check(chair, "vote on the console")
    comfort.check(wall, "vote on the wall")
    chair.locator("[data-do=close][data-vote]").click()
    chair.locator("[data-do=announce]").click()
    tablet.locator(".verdict").wait_for()
    wall.locator(".verdict").wait_for()
    comfort.check(tablet, "result")
    comfort.check(wall, "result on the wall")
    secretary.locator("side-nav a[href='#seating']").click()
    secretary.locator("seating-section [data-do=make]").click()
    secretary.locator("dialog [data-act=make]").click()
    folded = chair.locator("facts-bar [data-do=menu]")
    if folded.is_visible():
        folded.click()
        chair.locator("dialog [data-act=do]").first.click()
    else:
        chair.locator("facts-bar [data-do=seats]").click()
    chair.locator("seat-map .seat").first.wait_for()
    comfort.check(chair, "seats on the console")
    for section in ("agenda", "seating", "support", "general", "people", "votes", "ready"):
        secretary.locator(f"side-nav a[href='#{section}']").click()
        secretary.locator(f"{section}-section h2").wait_for()
        if section == "votes":
            secretary.locator(".rights-card summary").click()
            secretary.locator("votes-section [data-do=names]").click()
            secretary.locator("dialog table, dialog ul").first.wait_for()
            comfort.check(secretary, "list of names")
            secretary.keyboard.press("Escape")
        comfort.check(secretary, section)


@pytest.mark.parametrize("path", ["/demo", "/join", "/sign-in", "/docs", "/guide", "/verify", "/nowhere"])
def test_axe_finds_nothing_on_plain_pages(room: Room, comfort: Comfort, path: str) -> None:
    page = room.enter("finance")
    page.goto(room.server.base + path)
    comfort.check(page, path)
