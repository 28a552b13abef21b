"""Before the meeting: one says something to everybody, another to the chair only."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LANDSCAPE, WALL, Room

pytestmark = pytest.mark.browser


def say(tablet: Page, text: str, public: str) -> None:
    tablet.locator("lobby-page [data-do=read]").click()
    tablet.locator("agenda-list [data-do=opinions]").first.click()
    tablet.locator("#o-text").fill(text)
    tablet.locator(f"dialog input[value={public}]").check()
    tablet.locator("dialog [data-act=give]").click()
    expect(tablet.locator("agenda-list [data-do=opinions]").first).to_contain_text("Ý kiến (")


def test_opinions_reach_whom_they_are_for(room: Room) -> None:
    chair, finance, health = (
        room.enter("chair", WALL),
        room.enter("finance", LANDSCAPE),
        room.enter("health", LANDSCAPE),
    )
    say(finance, "Đồng ý với tờ trình", "yes")
    say(health, "Cần làm rõ nguồn vốn", "no")
    expect(chair.locator("agenda-panel [data-do=opinions]")).to_contain_text("(2)")
    chair.locator("agenda-panel [data-do=opinions]").click()
    expect(chair.locator("dialog")).to_contain_text("Cần làm rõ nguồn vốn")
    expect(finance.locator("agenda-list [data-do=opinions]").first).to_contain_text("Ý kiến (1)")
    health.locator("agenda-list [data-do=opinions]").first.click()
    expect(health.locator("dialog .note")).to_contain_text("Đồng ý với tờ trình")
