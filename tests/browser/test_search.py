"""Searching on the tablet: one tap, without marks, to the page with the words marked; one's own notes as well."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import WALL, Room
from tests.browser.test_marks import on_page, reading

pytestmark = pytest.mark.browser


def test_a_delegate_finds_a_passage_and_a_note(room: Room) -> None:
    chair = room.enter("chair", WALL)
    chair.locator("[data-do=open]").click()
    chair.locator("dialog [data-act=yes]").click()
    chair.locator("[data-do=open]").wait_for(state="detached")
    page = reading(room, "finance")
    page.locator("bottom-bar [data-do=mark]").click()
    page.locator("[data-name=note]").click()
    page.touchscreen.tap(*on_page(page, 250, 420))
    page.locator("dialog textarea").fill("Hỏi Sở Nội vụ: chính quyền điện tử ở xã?")
    page.locator("dialog [data-act=done]").click()
    page.locator("mark-bar [data-do=done]").click()

    page.locator("top-bar [data-do=search]").click()
    page.locator("#search-text").fill("chinh quyen dien tu")
    expect(page.locator(".search-paper .note-line")).to_contain_text("Sở Nội vụ")
    hit = page.locator(".search-hit[data-paper=report][data-page='27']")
    expect(hit.locator("mark").first).to_have_text("Chính quyền điện tử")
    expect(hit.locator(".search-picture rect")).not_to_have_count(0)
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Enter")  # who expects it presses it; the sheet stays
    hit.click()
    page.wait_for_selector("page-reader[data-page='report-1/27']")
    found = page.locator(".page-found rect").first
    expect(found).to_be_in_viewport()
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    page.locator("top-bar [data-do=search]").click()
    offline = page.locator(".search-found > p.note.warn")
    expect(offline).to_contain_text("mất kết nối")
    expect(page.locator(".search-paper .note-line")).to_be_visible()
    expect(hit.locator("mark").first).to_have_text("Chính quyền điện tử")  # of the words kept on this tablet
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(offline).to_have_count(0)  # asked again by itself
    hit.click()
    page.locator(".found-bar [value=back]").click()
    page.wait_for_selector("page-reader[data-page='report-1/1']")
    page.locator(".found-bar [value=rest]").click()
    expect(found).to_have_count(0)


def test_what_was_found_in_all_meetings_leads_to_its_place(room: Room) -> None:
    page = room.enter("finance")
    page.locator("lobby-page .ready").wait_for()
    page.goto(f"{room.server.base}/search")
    page.locator("#q").fill("chinh quyen dien tu")
    page.keyboard.press("Enter")
    hit = page.locator(".found-in a[href*='paper=report&page=27']")
    expect(hit.locator("mark").first).to_have_text("Chính quyền điện tử")
    assert Axe().run(page).response["violations"] == []
    hit.click()
    page.wait_for_selector("page-reader[data-page='report-1/27']")  # past the lobby, at the page
    expect(page.locator(".page-found rect").first).to_be_in_viewport()

    page.goto(f"{room.server.base}/search?q=xep+hang&kind=item")
    page.locator(".found-in li a").first.click()
    expect(page.locator("agenda-list.opened .agenda > li.sought")).to_be_in_viewport()
