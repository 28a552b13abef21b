"""Papers on the tablet: all pages come in the background, and without a network a page never opened before is there."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, WALL, Room, until

pytestmark = pytest.mark.browser


def test_pages_never_opened_are_read_without_a_network(room: Room) -> None:
    chair, finance = room.enter("chair", WALL), room.enter("finance")
    asked: list[str] = []
    finance.on("request", lambda request: asked.append(request.url))
    finance.locator("lobby-page [data-do=check-in]").click()
    chair.locator("[data-do=open]").click()
    chair.locator("dialog [data-act=yes]").click()
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    finance.locator("top-bar .open-agenda").click()
    expect(finance.locator("kept-papers progress")).to_be_visible()
    expect(finance.locator("kept-papers .good")).to_be_visible(timeout=180_000)
    secretary = room.enter("secretary", WALL)
    secretary.locator("side-nav a[href='#ready']").click()
    row = secretary.locator("delivery-board tr[data-key='finance-0']")
    expect(row.locator("progress.whole")).to_be_visible(timeout=PATIENCE)
    pages = [url for url in asked if re.search(r"/pages/.*/1080$", url)]
    assert pages and max(Counter(pages).values()) == 1, "no image is brought twice"

    finance.context.set_offline(True)
    finance.evaluate("window.dispatchEvent(new Event('offline'))")
    finance.locator(".drawer .paper[aria-current=false]").last.click()
    for _ in range(2):
        finance.locator(".edge.right").click()
    finance.wait_for_function("() => document.querySelector('page-reader')?.dataset.page?.endsWith('/3')")
    width = finance.locator("page-reader .page-image img").evaluate("image => image.naturalWidth")
    assert width == 1080
    finance.wait_for_selector("page-reader .page-words span", state="attached")  # they can be selected and marked
    finance.locator("top-bar .linklike, .tab[data-do=pages]").last.click()
    finance.locator("dialog [role=tab][value=pages]").click()
    finance.wait_for_function("() => document.querySelector('dialog page-thumb img')?.naturalWidth === 270")
    finance.keyboard.press("Escape")
    finance.locator("[data-do=search]").first.click()
    finance.locator("#search-text").fill("phan mem mot cua")
    expect(finance.locator(".search-found")).to_contain_text("mọi trang có trên máy này")
    expect(finance.locator(".search-hit mark").first).to_have_text(re.compile("phần mềm một cửa", re.IGNORECASE))
    finance.locator(".search-hit").first.click()
    finance.wait_for_selector("page-reader .page-found rect", state="attached")


def test_a_paper_that_becomes_protected_is_drawn_anew_and_leaves_the_tablet(room: Room) -> None:
    finance, secretary = room.enter("finance"), room.enter("secretary", WALL)
    finance.locator("lobby-page [data-do=read]").click()
    finance.locator(".drawer .paper").first.click()
    finance.wait_for_selector("page-reader .page-image img")
    until(finance, f"() => {HELD}.then((keys) => keys.some((key) => key.includes('/pages/')))")
    revision = finance.locator("page-reader").get_attribute("data-page").split("/")[0]
    before = finance.locator("page-reader .page-image img").get_attribute("src")
    secretary.locator("[data-do=paper]").first.click()
    secretary.locator("dialog input[name=watermarked]").check()
    secretary.locator("dialog [data-act=save]").click()
    finance.wait_for_function(f"() => document.querySelector('page-reader .page-image img')?.src !== '{before}'")
    until(finance, f"() => {HELD}.then((keys) => !keys.some((key) => key.includes('/{revision}')))")
    finance.locator("top-bar .open-agenda").click()
    expect(finance.locator(".drawer .paper").first).to_contain_text("không lưu trên máy")


HELD = """new Promise((done) => { indexedDB.open("meetingroom").onsuccess = ({ target }) => {
  const keys = target.result.transaction("pages").objectStore("pages").getAllKeys();
  keys.onsuccess = () => { target.result.close(); done(keys.result); };
}; })"""
