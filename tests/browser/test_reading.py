"""The tablet as a reading desk: contents, bookmarks, links and the way back, found again on one's other tablet."""

from __future__ import annotations

import pymupdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import LANDSCAPE, TABLET, WALL, Room, until
from tests.browser.hands import Hands, Point
from tests.rendering import documents

pytestmark = pytest.mark.browser

PAGES = 12
LAPTOP = (1366, 768)


def linked_paper() -> bytes:
    """Each page says which it is; the first has a link to page 9, the second to page 11; with contents of its own."""
    paper = pymupdf.open()
    for number in range(1, PAGES + 1):
        paper.new_page().insert_text((72, 100), f"Noi dung trang {number}", fontsize=16)
    target = pymupdf.Point(0, 60)
    box = pymupdf.Rect(70, 84, 260, 106)
    for page, leads in ((paper[0], 8), (paper[1], 10)):
        page.insert_link({"kind": pymupdf.LINK_GOTO, "page": leads, "from": box, "to": target})
    paper.set_toc([[1, f"Điều {number}. Quy định", number] for number in range(1, PAGES + 1)])
    return bytes(paper.tobytes())


@pytest.fixture
def revision(room: Room) -> str:
    """The secretary has replaced the report by a paper with links; the meeting is open."""
    secretary = room.enter("secretary", WALL)
    seat = secretary.url.rsplit("/", 1)[0]
    answer = secretary.request.put(
        f"{seat}/papers/report?file_name=a.pdf", data=linked_paper(), headers={"Origin": room.server.base}
    )
    revision = str(answer.json()["revision"])
    until(secretary, "async address => (await fetch(address)).ok", f"{seat}/pages/{revision}/1/270", 60_000)
    chair = room.enter("chair", WALL)
    chair.locator("[data-do=open]").click()
    chair.locator("dialog [data-act=yes]").click()
    chair.locator("[data-do=open]").wait_for(state="detached")
    return revision


def open_report(page: Page) -> None:
    page.locator("bottom-bar [data-do=papers]").click()
    page.locator(".paper[data-paper=report]").click()


def shows(page: Page, revision: str, number: int) -> None:
    page.wait_for_selector(f"page-reader[data-page='{revision}/{number}']")


def test_contents_links_and_bookmarks_lead_there_and_back(room: Room, revision: str) -> None:
    page = room.enter("finance", TABLET)
    open_report(page)
    shows(page, revision, 1)
    page.locator("bottom-bar [data-do=pages]").tap()
    page.locator(".entry", has_text="Điều 5.").tap()
    shows(page, revision, 5)
    page.locator("top-bar [data-do=bookmark]").tap()
    page.locator("paper-view [data-do=back]").tap()
    shows(page, revision, 1)
    link = page.locator(".page-links button").bounding_box()
    assert link
    Hands(page).finger((link["x"] + link["width"] / 2, link["y"] + link["height"] / 2))
    shows(page, revision, 9)
    page.locator("paper-view [data-do=back]").tap()
    shows(page, revision, 1)
    page.locator("paper-view [data-do=forward]").tap()
    shows(page, revision, 9)
    page.locator("bottom-bar [data-do=pages]").tap()
    page.locator("#tab-bookmarks").tap()
    expect(page.locator(".note-line")).to_contain_text("Điều 5. Quy định")
    assert Axe().run(page).response["violations"] == []
    page.locator(".note-line").tap()
    shows(page, revision, 5)


def test_bookmarks_and_the_page_read_last_are_on_ones_other_tablet_and_nobody_elses(room: Room, revision: str) -> None:
    page, neighbour = room.enter("finance", TABLET), room.enter("health", TABLET)
    open_report(page)
    shows(page, revision, 1)
    page.locator("bottom-bar [data-do=pages]").tap()
    page.locator("#go-to").fill("7")
    page.locator("dialog [data-act=go]").tap()
    shows(page, revision, 7)
    expect(page.locator("agenda-list")).to_contain_text("đang đọc trang 7")
    page.locator("top-bar [data-do=bookmark]").tap()
    with page.expect_response("**/marks"):
        pass
    other = room.enter("finance", TABLET)
    open_report(other)
    shows(other, revision, 7)
    expect(other.locator("top-bar [data-do=bookmark]")).to_have_attribute("aria-pressed", "true")
    open_report(neighbour)
    shows(neighbour, revision, 1)
    neighbour.locator("bottom-bar [data-do=pages]").tap()
    neighbour.locator("#tab-bookmarks").tap()
    expect(neighbour.locator("dialog .note-line")).to_have_count(0)


def test_large_print_and_night_for_tired_eyes(room: Room, revision: str) -> None:
    """Chosen once, the device remembers; the words of the page are set anew, and turning goes on."""
    page = room.enter("finance", TABLET)
    open_report(page)
    shows(page, revision, 1)
    page.locator("top-bar [data-do=settings]").tap()
    page.locator("[data-choice=paper][value=night]").tap()
    page.locator("[data-choice=large][value=on]").tap()
    assert Axe().run(page).response["violations"] == []
    page.locator("dialog .btn.strong").tap()
    text = page.locator(".large-text")
    expect(text).to_contain_text("Noi dung trang 1")
    before = text.evaluate("text => parseFloat(getComputedStyle(text).fontSize)")
    page.locator("[data-do=larger]").tap()
    page.locator(".next-page").tap()
    expect(text).to_contain_text("Noi dung trang 2")
    assert text.evaluate("text => parseFloat(getComputedStyle(text).fontSize)") > 1.1 * before
    assert Axe().run(page).response["violations"] == []
    page.reload()
    open_report(page)
    expect(page.locator(".large-text")).to_contain_text("Noi dung trang")
    page.locator("large-print [data-do=page]").tap()
    expect(page.locator("large-print")).to_have_count(0)
    assert page.locator(".page-image img").evaluate("image => getComputedStyle(image).filter") != "none"


SCROLLING = "try { localStorage.setItem('reading', JSON.stringify({ layout: 'scroll' })) } catch {}"


def test_pages_under_each_other_are_scrolled_written_on_and_kept_when_the_tablet_is_turned(
    room: Room, revision: str
) -> None:
    page = room.enter("finance", TABLET, init=SCROLLING)
    open_report(page)
    shows(page, revision, 1)
    hands = Hands(page)
    for steps in (16, 8):
        hands.finger(*((400, 900 - 40 * step) for step in range(steps)))
    shows(page, revision, 2)
    seen = page.locator(f".companion[data-beside='{revision}/1'] img")
    expect(seen).to_be_visible()
    above = seen.bounding_box()
    assert above
    foot = above["y"] + above["height"]
    hands.pen(*((200 + 8 * step, foot - 30) for step in range(20)))
    shows(page, revision, 1)
    expect(page.locator(".marks-ink path[data-mark]")).to_have_count(1)
    assert abs(page.locator("page-reader > .page-sheet").bounding_box()["y"] - above["y"]) < 2  # type: ignore[index]
    page.locator("mark-bar [data-do=done]").click()
    hands.finger(*((400, 800 - 40 * step) for step in range(8)))
    shows(page, revision, 2)
    page.set_viewport_size({"width": 1180, "height": 820})
    shows(page, revision, 2)


def test_deep_zoom_is_sharp_on_every_page_in_sight(room: Room, revision: str) -> None:
    page = room.enter("finance", TABLET, init=SCROLLING)
    open_report(page)
    shows(page, revision, 1)
    until(
        page,
        "() => { const reader = document.querySelector('page-reader'); reader.zoomBy(2); return reader.place.scale > 4; }",
    )
    page.evaluate("document.querySelector('page-reader').lookFrom(740)")
    for sheet in ("page-reader > .page-sheet", f".companion[data-beside='{revision}/2']"):
        expect(page.locator(f"{sheet} .page-tiles img").first).to_be_visible()


SPREAD = SCROLLING.replace("scroll", "spread")


def middle_of(found: Locator) -> Point:
    box = found.bounding_box()
    assert box
    return (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def select(page: Page, first: Locator, last: Locator) -> None:
    """A finger rests on a word and draws on to another one."""
    hands, start, end = Hands(page), middle_of(first), middle_of(last)
    hands.fingers("touchStart", start)
    expect(page.locator(".selection-bar")).to_be_visible()
    for part in (0.5, 1.0):
        hands.fingers("touchMove", (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])))
    hands.fingers("touchEnd")


def copied(page: Page) -> str:
    page.locator(".selection-bar button").first.click()
    expect(page.locator(".selection-bar")).to_be_hidden()
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_words_and_links_of_every_page_in_sight(room: Room, revision: str) -> None:
    """By finger and by mouse, on the page that is read, on the one beside it, and over both."""
    page = room.enter("finance", LANDSCAPE, init=SPREAD)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".paper[data-paper=report]").tap()
    shows(page, revision, 1)
    left, right = (
        page.locator("page-reader > .page-sheet .page-words span"),
        page.locator(".companion .page-words span"),
    )
    expect(right).to_have_count(4)
    select(page, right.nth(0), right.nth(3))
    expect(page.locator(".companion .page-chosen rect")).to_have_count(1)
    assert copied(page) == "Noi dung trang 2"
    shows(page, revision, 1)
    select(page, left.nth(2), right.nth(1))
    assert copied(page) == "trang 1\nNoi dung"
    Hands(page).finger(middle_of(page.locator(".companion .page-links button")))
    shows(page, revision, 11)
    page.locator("top-bar [data-do=search]").tap()
    page.locator("#search-text").fill("noi dung")
    page.locator(".search-hit[data-paper=report]").first.tap()
    expect(page.locator("page-reader > .page-sheet .page-found rect")).to_have_count(1)
    expect(page.locator(".companion .page-found rect")).to_have_count(1)

    laptop = room.enter("health", LAPTOP, init=SPREAD)
    laptop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    laptop.locator(".paper[data-paper=report]").click()
    shows(laptop, revision, 1)
    laptop.keyboard.press("ArrowRight")
    shows(laptop, revision, 3)
    words = laptop.locator(f".companion[data-beside='{revision}/4'] .page-words span")
    expect(words).to_have_count(4)
    laptop.mouse.move(*middle_of(words.nth(1)))
    laptop.mouse.down()
    laptop.mouse.move(*middle_of(words.nth(2)))
    laptop.mouse.up()
    expect(laptop.locator(".selection-bar")).to_be_visible()
    assert copied(laptop) == "dung trang"
    laptop.keyboard.press("ArrowLeft")
    laptop.locator(f".companion[data-beside='{revision}/2'] .page-links button").click()
    shows(laptop, revision, 11)


def test_what_is_selected_stays_when_its_page_is_scrolled_away_and_is_drawn_on_beyond_the_edge(
    room: Room, revision: str
) -> None:
    page = room.enter("finance", TABLET, init=SCROLLING)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_report(page)
    shows(page, revision, 1)
    hands, words = Hands(page), page.locator("page-reader > .page-sheet .page-words span")
    select(page, words.nth(0), words.nth(1))
    for _ in range(4):
        page.keyboard.press("PageDown")
    expect(page.locator(f"[data-beside='{revision}/1']")).to_have_count(0)
    expect(page.locator(".selection-bar")).to_be_hidden()
    page.keyboard.press("Control+c")
    until(page, "async () => (await navigator.clipboard.readText()) === 'Noi dung'")
    page.keyboard.press("Home")
    shows(page, revision, 1)
    expect(page.locator(".page-chosen rect")).to_have_count(1)
    expect(page.locator(".selection-bar")).to_be_visible()
    hands.finger((600, 700))
    expect(page.locator(".selection-bar")).to_be_hidden()
    hands.fingers("touchStart", middle_of(words.nth(0)))
    expect(page.locator(".selection-bar")).to_be_visible()
    frame = page.locator("page-reader").bounding_box()
    assert frame
    hands.fingers("touchMove", (400, frame["y"] + frame["height"] - 6))
    expect(page.locator(f"[data-beside='{revision}/4'] .page-chosen rect")).to_have_count(1)
    hands.fingers("touchEnd")
    assert copied(page).startswith("Noi dung trang 1\nNoi dung trang 2\nNoi dung trang 3")


def test_a_laptop_reads_by_keys_alone(room: Room, revision: str) -> None:
    page = room.enter("finance", LAPTOP)
    page.locator(".paper[data-paper=report]").click()
    shows(page, revision, 1)
    page.keyboard.press("ArrowRight")
    shows(page, revision, 2)
    page.keyboard.press("KeyB")
    expect(page.locator("top-bar [data-do=bookmark]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("KeyG")
    page.locator("#go-to").fill("9")
    page.keyboard.press("Enter")
    shows(page, revision, 9)
    page.keyboard.press("Alt+ArrowLeft")
    shows(page, revision, 2)
    page.keyboard.press("?")
    expect(page.locator("dialog .keys")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.locator("dialog [name=letters]").uncheck()
    page.keyboard.press("Enter")
    page.keyboard.press("KeyL")
    page.keyboard.press("End")
    shows(page, revision, PAGES)
    expect(page.locator("large-print")).to_have_count(0)


def test_a_scan_is_said_in_the_agenda_not_to_be_searchable(room: Room) -> None:
    secretary, page = room.enter("secretary", WALL), room.enter("finance", LANDSCAPE)
    seat = secretary.url.rsplit("/", 1)[0]
    secretary.request.put(
        f"{seat}/papers/report?file_name=quet.pdf", data=documents.photograph(), headers={"Origin": room.server.base}
    )
    page.locator("lobby-page [data-do=read]").tap()
    expect(page.locator(".paper[data-paper=report] .described")).to_have_text("Không tìm kiếm được chữ", timeout=60_000)
    assert Axe().run(page).response["violations"] == []


def write(page: Page, reader: str) -> None:
    """A stroke of the pen across the middle."""
    x, y = middle_of(page.locator(reader))
    Hands(page).pen(*((x - 60 + 8 * step, y) for step in range(16)))


def test_two_papers_are_read_and_written_on_at_once_and_change_places(room: Room, revision: str) -> None:
    """Beside each other on a tablet held wide, above each other on one held upright."""
    page = room.enter("finance", LANDSCAPE)
    page.locator(".paper[data-paper=report]").tap()
    shows(page, revision, 1)
    page.locator("top-bar [data-do=settings]").tap()
    page.locator("[data-choice=split][value=on]").tap()
    page.locator("dialog .btn.strong").tap()
    page.locator("second-view select").select_option("resolution")
    page.wait_for_selector("second-view page-reader[data-page='resolution-1/1']")
    page.locator("second-view [data-do=second-next]").tap()
    page.wait_for_selector("second-view page-reader[data-page='resolution-1/2']")
    shows(page, revision, 1)
    heights = [box["height"] for side in page.locator("page-reader").all() if (box := side.bounding_box())]
    assert len(heights) == 2 and min(heights) > 0.4 * LANDSCAPE[1]
    assert Axe().run(page).response["violations"] == []
    first, second = "paper-view .marks-ink path[data-mark]", "second-view .marks-ink path[data-mark]"
    write(page, "second-view page-reader")
    expect(page.locator(second)).to_have_count(1)
    expect(page.locator(first)).to_have_count(0)
    page.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
    page.wait_for_function(
        "() => { const [one, two] = [...document.querySelectorAll('page-reader')].map(e => e.getBoundingClientRect());"
        "return two.top > one.bottom && Math.min(one.height, two.height) > 240; }"
    )
    write(page, "paper-view page-reader")
    expect(page.locator(first)).to_have_count(1)
    page.locator("mark-bar [data-name=select]").tap()
    page.keyboard.press("Control+a")
    expect(page.locator("paper-view .marks-chosen rect")).to_have_count(1)
    write(page, "second-view page-reader")
    expect(page.locator("paper-view .marks-chosen rect")).to_have_count(0)
    page.locator("mark-bar [data-do=done]").tap()
    page.locator("[data-do=second-swap]").tap()
    page.wait_for_selector("paper-view page-reader[data-page='resolution-1/2']")
    page.wait_for_selector(f"second-view page-reader[data-page='{revision}/1']")
    expect(page.locator(first)).to_have_count(1)
    page.locator("[data-do=second-close]").tap()
    expect(page.locator("second-view page-reader")).to_be_hidden()


def test_the_half_touched_last_has_keys_bookmark_pages_and_the_way_back(room: Room, revision: str) -> None:
    page = room.enter("finance", LANDSCAPE)
    page.locator(".paper[data-paper=report]").tap()
    shows(page, revision, 1)
    page.locator("top-bar [data-do=settings]").tap()
    page.locator("[data-choice=split][value=on]").tap()
    page.locator("dialog .btn.strong").tap()
    in_second = f"second-view page-reader[data-page='{revision}/%d']"
    page.wait_for_selector(in_second % 1)
    expect(page.locator("paper-view")).to_have_class("in-hand")
    page.locator("second-view page-reader").tap()
    expect(page.locator("second-view")).to_have_class("in-hand")
    expect(page.locator("paper-view")).not_to_have_class("in-hand")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(in_second % 2)
    expect(page.locator("top-bar .linklike")).to_contain_text("trang 2 / 12")
    page.locator("top-bar [data-do=bookmark]").tap()
    expect(page.locator("top-bar [data-do=bookmark]")).to_have_attribute("aria-pressed", "true")
    page.locator("bottom-bar [data-do=pages]").tap()
    page.locator(".entry", has_text="Điều 9.").tap()
    page.wait_for_selector(in_second % 9)
    page.wait_for_selector(f"paper-view page-reader[data-page='{revision}/1']")
    page.locator("second-view [data-do=back]").tap()
    page.wait_for_selector(in_second % 2)
    page.locator("paper-view page-reader").tap()
    expect(page.locator("top-bar .linklike")).to_contain_text("trang 1 / 12")
    expect(page.locator("top-bar [data-do=bookmark]")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("End")
    page.wait_for_selector(f"paper-view page-reader[data-page='{revision}/{PAGES}']")
    page.wait_for_selector(in_second % 2)
    page.locator("second-view page-reader").tap()
    page.locator("[data-do=second-close]").tap()
    expect(page.locator("top-bar .linklike")).to_contain_text(f"trang {PAGES} / {PAGES}")
