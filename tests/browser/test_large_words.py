"""For weak eyes: with large words the page keeps most of the height, and every button its word."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import LANDSCAPE, TABLET, WALL, Room, until
from tests.browser.test_meeting import open_meeting
from tests.browser.test_votes import open_vote

pytestmark = pytest.mark.browser

PHONE = (390, 844)
LARGE = "try { localStorage.setItem('size', '200') } catch {}"
# What share of the height the page has, and which words of the bars are not to be seen whole.
FITS = """share => {
    const bars = 'top-bar .title, bottom-bar .tab > span:not(.num), bottom-bar .ask > span, mark-bar .tool > span';
    const seen = [...document.querySelectorAll(bars)].filter(word => word.checkVisibility() && word.offsetParent);
    const whole = word => word.offsetWidth > 20 && word.scrollWidth <= word.clientWidth + 1;
    const inside = word => word.getBoundingClientRect().right <= innerWidth && word.getBoundingClientRect().left >= 0;
    const block = word => getComputedStyle(word).display === 'inline' || whole(word);
    return seen.length > 4 && seen.every(word => inside(word) && block(word))
        && document.querySelector('main').offsetHeight > share * innerHeight;
}"""


def turned(page: Page, size: tuple[int, int], share: float) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    until(page, FITS, share)


def test_with_large_words_the_page_keeps_most_of_the_height_and_every_button_its_word(room: Room) -> None:
    page = room.enter("finance", TABLET, init=LARGE)
    page.locator("lobby-page [data-do=read]").tap()
    page.locator(".paper[data-paper=report]").tap()
    page.wait_for_selector("page-reader[data-page='report-1/1'] img")
    page.locator("line-notice [data-do=not-large]").tap()
    plain = page.locator("line-notice [data-do=mode]")
    if plain.is_visible():
        plain.tap()
    for size, share in ((TABLET, 0.75), (LANDSCAPE, 0.75), (PHONE, 0.6)):
        turned(page, size, share)
    turned(page, TABLET, 0.75)
    page.locator(".tab[data-do=mark]").tap()
    for size in (LANDSCAPE, TABLET):
        turned(page, size, 0.65)
    page.locator("mark-bar [data-colour=red][data-do=colour]").tap()
    page.locator("mark-bar [data-do=width][data-step='2']").tap()
    expect(page.locator("mark-bar [data-name=pen] .sample")).to_have_attribute("data-colour", "red")
    expect(page.locator("mark-bar [data-name=pen] .sample")).to_have_attribute("style", "--wide: 8px")
    assert Axe().run(page).response["violations"] == []
    page.locator("mark-bar [data-do=done]").tap()
    page.locator(".tab.more").tap()
    assert Axe().run(page).response["violations"] == []
    page.locator("dialog [data-act=pages]").tap()
    expect(page.locator("dialog .panel")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".tab.more").tap()
    page.locator("dialog [data-act=large]").tap()
    expect(page.locator(".large-text")).to_contain_text("Chính quyền điện tử")


def test_large_print_is_offered_once_to_who_has_chosen_large_words(room: Room) -> None:
    page = room.enter("finance", TABLET)
    page.locator("lobby-page [data-do=read]").tap()
    page.locator(".paper[data-paper=report]").tap()
    page.wait_for_selector("page-reader[data-page='report-1/1'] img")
    expect(page.locator("line-notice [data-do=large]")).to_have_count(0)
    page.locator("top-bar [data-do=settings]").tap()
    page.locator("dialog [data-size='150']").tap()
    page.locator("dialog .btn.strong").tap()
    page.locator("line-notice [data-do=large]").tap()
    expect(page.locator(".large-text")).to_contain_text("Chính quyền điện tử")
    page.locator("large-print [data-do=page]").tap()
    expect(page.locator("page-reader .page-image img").first).to_be_visible()
    expect(page.locator("line-notice [data-do=large]")).to_have_count(0)


WHOLE = """() => {
    const whole = part => part.scrollWidth <= part.clientWidth + 1;
    const parts = [...document.querySelectorAll('.ballot h1, .ballot .vote, .ballot .confirm .btn')];
    const seen = ({ top, bottom, left, right }) => top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
    return parts.length > 5 && parts.every(part => seen(part.getBoundingClientRect()) && whole(part));
}"""


def test_with_large_words_a_ballot_is_seen_whole_and_confirmed_without_scrolling(room: Room) -> None:
    chair, page = room.enter("chair", WALL), room.enter("finance", TABLET, init=LARGE)
    page.locator("lobby-page [data-do=check-in]").tap()
    open_meeting(chair)
    chair.locator("agenda-panel [data-item=vote]").first.click()
    open_vote(chair)
    page.locator("[data-choice=abstain]").tap()
    for width, height in (LANDSCAPE, TABLET):
        page.set_viewport_size({"width": width, "height": height})
        until(page, WHOLE)
    assert Axe().run(page).response["violations"] == []
    page.locator("[data-do=confirm]").tap()
    expect(page.locator(".recorded")).to_be_visible()
