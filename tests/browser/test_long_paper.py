"""A paper of 600 pages: read, searched, marked with and without a network, replaced in another order; no mark is lost."""

from __future__ import annotations

import re

import pymupdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import TABLET, WALL, Room, until
from tests.browser.hands import Hands
from tests.browser.test_marks import LIGHT, on_page
from tests.browser.test_offline_papers import HELD

pytestmark = pytest.mark.browser

PAGES = 600
SIZE = (595, 335)  # points; low pages are drawn sooner
FONT = pymupdf.Font(language="vi")
PREPARED = 120_000  # ms: two minutes where other tests run beside this one


def printed(sections: list[int]) -> bytes:
    """A page for each section; its number stands at its foot."""
    document = pymupdf.open()
    for number, section in enumerate(sections, start=1):
        page = document.new_page(width=SIZE[0], height=SIZE[1])
        writer = pymupdf.TextWriter(page.rect)
        for line, said in enumerate(says(section)):
            writer.append((50, 50 + 30 * line), said, font=FONT, fontsize=14)
        writer.append((290, 325), str(number), font=FONT, fontsize=10)
        writer.write_text(page)
    return bytes(document.tobytes(garbage=3, deflate=True))


def says(section: int) -> list[str]:
    words = [f"xã {(section * factor) % 997} giao {(section * factor) % 613} tỷ đồng" for factor in (7, 11, 13, 17, 19)]
    return [f"Mục {section}. Dự án số {section} của tỉnh", *words, f"Sở Xây dựng chịu trách nhiệm về dự án {section}."]


def go_to(page: Page, number: int, revision: str) -> None:
    page.locator("top-bar [data-do=pages]").click()
    page.locator("#go-to").fill(str(number))
    page.locator("dialog [data-act=go]").click()
    page.wait_for_selector(f"page-reader[data-page='{revision}/{number}'] .page-image img")


def title_of(page: Page, section: int) -> list[list[float]]:
    """The boxes of "Dự án số …" on the page that is shown, once the tools have its words."""
    page.wait_for_function(
        "section => document.querySelector('mark-bar').pen.page.words[1]?.[4] === `${section}.`", arg=section
    )
    words = page.evaluate("document.querySelector('mark-bar').pen.page.words.slice(2, 6)")
    assert [word[4] for word in words] == f"Dự án số {section}".split()
    return [word[:4] for word in words]


# The page does not move any more: a notice or a turn may have begun to move it.
STILL = """() => new Promise((done) => {
  const reader = document.querySelector("page-reader");
  const place = () => JSON.stringify([reader.place, reader.getBoundingClientRect()]);
  const was = place();
  setTimeout(() => done(place() === was), 300);
})"""
LIES_ON = """([light, left, right, top]) => {
  const lights = document.querySelectorAll(light), box = lights[0]?.getBBox();
  return lights.length === 1 &&
    Math.abs(box.x - left) < 3 && Math.abs(box.x + box.width - right) < 3 && Math.abs(box.y - top) < 5;
}"""


def highlight(page: Page, section: int) -> None:
    until(page, STILL)
    middles = [((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in title_of(page, section)]
    Hands(page).finger(*(on_page(page, *middle) for middle in middles))
    lies_on_its_words(page, section)


def lies_on_its_words(page: Page, section: int) -> None:
    """One light, and on the title: that of the page before may still be there for a moment."""
    first, *_, last = title_of(page, section)
    until(page, LIES_ON, [LIGHT, first[0], last[2], first[1]])


def test_all_marks_are_found_again_in_a_long_paper_that_was_replaced(room: Room) -> None:
    secretary, chair = room.enter("secretary", WALL), room.enter("chair", WALL)
    chair.locator("[data-do=open]").click()
    chair.locator("dialog [data-act=yes]").click()
    chair.locator("[data-do=open]").wait_for(state="detached")
    chair.close()
    seat, headers = secretary.url.rsplit("/", 1)[0], {"Origin": room.server.base}
    sections = list(range(1, PAGES + 1))
    address = f"{seat}/papers?item=eight-months&file_name=dai.pdf"
    brought = secretary.request.put(address, data=printed(sections), headers=headers).json()
    paper, first = brought["paper"], brought["revision"]

    page = room.enter("finance", TABLET)
    page.locator("bottom-bar [data-do=papers]").click()
    page.locator(f".paper[data-paper='{paper}']").click(timeout=PREPARED)
    page.wait_for_selector(f"page-reader[data-page='{first}/1'] .page-image img")
    page.locator("top-bar [data-do=search]").click()
    page.locator("#search-text").fill("so xay dung chiu trach nhiem ve du an 412")
    page.locator(f".search-hit[data-paper='{paper}'][data-page='412']").click()
    page.wait_for_selector(f"page-reader[data-page='{first}/412'] .page-image img")
    expect(page.locator(".page-found rect").first).to_be_in_viewport()
    page.locator(".found-bar [value=rest]").click()
    page.locator("bottom-bar [data-do=mark]").click()
    page.locator("[data-name=highlighter]").click()
    highlight(page, 412)
    for number in (3, 250, 599):
        go_to(page, number, first)
        highlight(page, number)

    # The next page was brought with its words before anybody turned to it.
    until(page, f"() => {HELD}.then((keys) => keys.some((key) => key.endsWith('/words/{first}/600')))")
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(f"page-reader[data-page='{first}/600'] .page-image img")
    expect(page.locator("line-notice .warn")).to_be_visible()  # it moves the page down
    highlight(page, 600)
    page.locator("top-bar [data-do=search]").click()
    page.locator("#search-text").fill("du an so 250")
    expect(page.locator(f".search-hit[data-paper='{paper}'][data-page='250'] mark").first).to_be_visible()
    page.locator(".search-sheet [data-act='']").click()
    moved = [9001, 9002, *sections[500:], *sections[:249], 9003, *sections[249:500]]
    again = secretary.request.put(f"{seat}/papers/{paper}?file_name=moi.pdf", data=printed(moved), headers=headers)
    second = again.json()["revision"]
    until(secretary, "async address => (await fetch(address)).ok", f"{seat}/pages/{second}/1/270", PREPARED)

    page.context.set_offline(False)
    page.wait_for_selector(f"page-reader[data-page^='{second}/']")
    page.locator("mark-bar [data-do=notes]").click()
    lines = page.locator(".note-line")
    expect(lines).to_have_count(5, timeout=PREPARED)  # the last one is carried once it has been said
    for section in (3, 250, 412, 599, 600):
        line = lines.filter(has_text=re.compile(rf"Dự án số {section}\b"))
        expect(line).to_contain_text(f"trước ở trang {section}")
        line.click()
        page.wait_for_selector(f"page-reader[data-page='{second}/{moved.index(section) + 1}'] .page-image img")
        lies_on_its_words(page, section)
        page.locator("mark-bar [data-do=notes]").click()
