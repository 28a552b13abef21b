"""What changed: the paper that was replaced says so, the list leads to each place, both revisions scroll together."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from meetingroom.demo.papers import print_paper
from tests.browser.conftest import LANDSCAPE, WALL, Room

pytestmark = pytest.mark.browser

SCROLLED = "[...document.querySelectorAll('.changes-pane')].map(pane => pane.scrollTop)"


def test_a_replaced_paper_shows_what_changed(room: Room) -> None:
    chair = room.enter("chair", WALL)
    chair.locator("[data-do=open]").click()
    chair.locator("dialog [data-act=yes]").click()
    chair.locator("[data-do=open]").wait_for(state="detached")
    secretary = room.enter("secretary", WALL)
    seat = secretary.url.rsplit("/", 1)[0]
    address, headers = f"{seat}/papers/resolution?file_name=moi.pdf", {"Origin": room.server.base}
    secretary.request.put(address, data=print_paper("resolution", 2), headers=headers)
    page = room.enter("finance", LANDSCAPE)
    page.locator(".paper[data-paper=resolution]:has(.renewed)").click(timeout=60_000)
    page.locator(".see-changes").click()
    expect(page.locator(".change").first).to_be_visible()
    expect(page.locator(".changes-pane.new g.now rect").first).to_be_in_viewport()
    assert Axe().run(page).response["violations"] == []
    page.locator("[data-act=step][value='1']").click()
    expect(page.locator(".change").nth(1)).to_have_attribute("aria-current", "true")
    page.wait_for_timeout(300)  # until what was gone to lies still
    before = page.evaluate(SCROLLED)
    page.locator(".changes-pane.new").hover()
    page.mouse.wheel(0, 300)
    page.wait_for_function(f"before => {SCROLLED}.every((at, index) => at > before[index])", arg=before)
    page.set_viewport_size({"width": 820, "height": 1180})
    page.locator(".changes-side [value=old]").click()
    expect(page.locator(".changes-pane.old")).to_be_visible()
    expect(page.locator(".changes-pane.new")).not_to_be_visible()
    expect(page.locator(".changes-pair select")).to_have_count(0)  # there are only two
    page.locator(".changes [data-act='']").click()
    secretary.request.put(address, data=print_paper("resolution", 1), headers=headers)
    expect(page.locator(".see-changes")).to_contain_text("Bản 3", timeout=60_000)
    page.locator(".see-changes").click()
    changed = page.locator(".changes [role=status]")
    expect(changed).to_contain_text("từ bản 2 sang bản 3")
    page.locator("[name=older]").select_option(label="Bản 1")
    expect(changed).to_have_text("Không có chữ nào thay đổi.")  # the third is the first again
    page.locator("[name=newer]").select_option(label="Bản 2")
    expect(changed).to_contain_text("từ bản 1 sang bản 2")
    expect(page.locator(".changes-pane.new g.now rect").first).to_be_in_viewport()
    assert Axe().run(page).response["violations"] == []
