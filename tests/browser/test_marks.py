"""Marks: what pen, finger and palm do; kept without a network; on one's other tablet; nobody else's business."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from meetingroom.demo.papers import print_paper
from tests.browser.conftest import TABLET, WALL, Room, until
from tests.browser.hands import Hands, Point
from tests.browser.test_offline_papers import HELD

pytestmark = pytest.mark.browser

INK = ".marks-ink path[data-mark]"
UNDERLINE = ".marks-ink rect[data-mark]"
LIGHT = ".page-under rect[data-mark]"


@pytest.fixture(autouse=True)
def in_session(room: Room) -> None:
    """The chair has opened the meeting."""
    chair = room.enter("chair", WALL)
    chair.locator("[data-do=open]").click()
    chair.locator("dialog [data-act=yes]").click()
    chair.locator("[data-do=open]").wait_for(state="detached")


def reading(room: Room, key: str) -> Page:
    """A tablet with the report on it, read alone."""
    page = room.enter(key, TABLET)
    page.locator("bottom-bar [data-do=papers]").click()
    page.locator(".paper[data-paper=report]").click()
    page.wait_for_selector("page-reader[data-page='report-1/1']")
    return page


def words_of(page: Page, revision: str) -> list[list[Any]]:
    """The words of the first page, once the highlighter has them too."""
    page.wait_for_function("() => document.querySelector('mark-bar').pen.page.words.length > 0")
    found: list[list[Any]] = page.request.get(f"{page.url.rsplit('/', 1)[0]}/words/{revision}/1").json()["words"]
    return found


def on_page(page: Page, x: float, y: float) -> Point:
    """Where a point of the page (in points) is on the glass."""
    found = page.evaluate(
        "([x, y]) => { const r = document.querySelector('page-reader'), b = r.getBoundingClientRect();"
        "return [b.left + r.place.x + x * r.place.scale, b.top + r.place.y + y * r.place.scale]; }",
        [x, y],
    )
    return (found[0], found[1])


def test_a_pen_writes_wherever_it_touches_and_fingers_then_only_move(room: Room) -> None:
    page = reading(room, "finance")
    hands = Hands(page)
    hands.pen(*(on_page(page, 100 + 8 * step, 300 + step % 3) for step in range(20)))
    expect(page.locator(INK)).to_have_count(1)
    expect(page.locator("mark-bar.opened")).to_be_visible()
    height = page.locator(INK).evaluate("path => path.getBBox().height")
    hands.pen_down(on_page(page, 100, 500))
    hands.fingers("touchStart", on_page(page, 300, 700))
    hands.fingers("touchMove", on_page(page, 320, 600))
    hands.pen_move(on_page(page, 200, 500))
    hands.fingers("touchEnd")
    hands.pen_up(on_page(page, 200, 500))
    expect(page.locator(INK)).to_have_count(2)
    hands.finger(*(on_page(page, 100 + 8 * step, 600) for step in range(8)))
    expect(page.locator(INK)).to_have_count(2)
    assert height > 2, "the line swells with the pressure"


def test_a_finger_draws_with_a_tool_and_a_second_finger_takes_it_back(room: Room) -> None:
    page = reading(room, "finance")
    hands = Hands(page)
    page.locator("bottom-bar [data-do=mark]").click()
    page.locator("[data-name=pen]").click()
    hands.finger(*(on_page(page, 100 + 8 * step, 300) for step in range(10)))
    expect(page.locator(INK)).to_have_count(1)
    scale = page.evaluate("document.querySelector('page-reader').place.scale")
    one, two = on_page(page, 200, 400), on_page(page, 300, 400)
    hands.fingers("touchStart", one)
    hands.fingers("touchMove", (one[0] - 20, one[1]))
    hands.fingers("touchStart", (one[0] - 20, one[1]), two)
    for step in range(1, 6):
        hands.fingers("touchMove", (one[0] - 20 - 15 * step, one[1]), (two[0] + 15 * step, two[1]))
    hands.fingers("touchEnd")
    page.wait_for_function("before => document.querySelector('page-reader').place.scale > 1.2 * before", arg=scale)
    expect(page.locator(INK)).to_have_count(1)
    page.locator("mark-bar [data-do=undo]").click()
    expect(page.locator(INK)).to_have_count(0)
    page.locator("mark-bar [data-do=redo]").click()
    expect(page.locator(INK)).to_have_count(1)


def test_a_highlight_takes_words_and_the_eraser_takes_the_highlight(room: Room) -> None:
    page = reading(room, "finance")
    hands = Hands(page)
    page.locator("bottom-bar [data-do=mark]").click()
    page.locator("[data-name=highlighter]").click()
    found = words_of(page, "report-1")
    first = next(place for place, word in enumerate(found) if word[4] == "Thực" and found[place + 1][4] == "hiện")
    middle = [((w[0] + w[2]) / 2, (w[1] + w[3]) / 2) for w in found[first : first + 4]]
    hands.finger(*(on_page(page, *point) for point in middle))
    expect(page.locator(LIGHT)).to_have_count(1)
    page.locator("mark-bar [data-do=notes]").click()
    expect(page.locator(".note-line")).to_contain_text("Thực hiện Chương trình")
    assert Axe().run(page).response["violations"] == []
    page.locator("dialog .actions [data-act]").click()
    page.locator("[data-name=eraser]").click()
    x, y = middle[1]
    hands.finger(on_page(page, x, y - 20), on_page(page, x, y), on_page(page, x, y + 20))
    expect(page.locator(LIGHT)).to_have_count(0)


def test_words_are_underlined_and_what_is_chosen_is_moved_coloured_and_deleted(room: Room) -> None:
    """Also without a network; the other tablet has the same afterwards."""
    page, other = reading(room, "finance"), reading(room, "finance")
    page.context.set_offline(True)
    page.locator("bottom-bar [data-do=mark]").click()
    page.locator("[data-name=underline]").click()
    found = words_of(page, "report-1")
    first = next(place for place, word in enumerate(found) if word[4] == "Thực" and found[place + 1][4] == "hiện")
    middle = [((w[0] + w[2]) / 2, (w[1] + w[3]) / 2) for w in found[first : first + 4]]
    hands = Hands(page)
    hands.finger(*(on_page(page, *point) for point in middle))
    expect(page.locator(UNDERLINE)).to_have_count(1)
    page.locator("[data-name=pen]").click()
    hands.finger(*(on_page(page, 100 + 8 * step, 600) for step in range(10)))
    expect(page.locator(INK)).to_have_count(1)
    page.locator("[data-name=select]").click()
    around = [(80, 580), (200, 580), (200, 620), (80, 620), (80, 580)]
    hands.finger(*(on_page(page, *point) for point in around))
    expect(page.locator(".marks-chosen rect")).to_have_count(1)
    assert Axe().run(page).response["violations"] == []
    was = page.locator(INK).evaluate("path => path.getBBox().y")
    hands.finger(*(on_page(page, 130, 600 + 20 * step) for step in range(6)))
    page.wait_for_function("was => document.querySelector('.marks-ink path').getBBox().y > was + 80", arg=was)
    page.locator("mark-bar [data-do=recolour][data-colour=red]").click()
    expect(page.locator(f"{INK}[data-colour=red]")).to_have_count(1)
    thin = page.locator(INK).evaluate("path => path.getBBox().height")
    page.get_by_role("button", name="Nét đậm").click()
    page.wait_for_function("thin => document.querySelector('.marks-ink path').getBBox().height > thin + 0.5", arg=thin)
    page.locator("mark-bar [data-do=undo]").click()
    page.locator("mark-bar [data-do=undo]").click()
    page.locator("mark-bar [data-do=undo]").click()
    page.wait_for_function("was => Math.abs(document.querySelector('.marks-ink path').getBBox().y - was) < 1", arg=was)
    page.keyboard.press("Control+a")
    expect(page.locator(".marks-chosen rect")).to_have_count(2)
    page.keyboard.press("Shift+ArrowDown")
    page.wait_for_function("was => document.querySelector('.marks-ink path').getBBox().y > was + 15", arg=was)
    page.context.set_offline(False)
    expect(other.locator(UNDERLINE)).to_have_count(1)
    other.wait_for_function("was => document.querySelector('.marks-ink path').getBBox().y > was + 15", arg=was)
    page.locator("mark-bar [data-do=remove]").click()
    expect(page.locator(f"{UNDERLINE}, {INK}")).to_have_count(0)
    expect(other.locator(f"{UNDERLINE}, {INK}")).to_have_count(0)
    page.locator("mark-bar [data-do=undo]").click()
    expect(other.locator(f"{UNDERLINE}, {INK}")).to_have_count(2)


def test_what_is_written_without_a_network_reaches_ones_other_tablet_and_nobody_elses(room: Room) -> None:
    tablet, other, neighbour = reading(room, "finance"), reading(room, "finance"), reading(room, "health")
    tablet.context.set_offline(True)
    Hands(tablet).pen(*(on_page(tablet, 100 + 8 * step, 300) for step in range(12)))
    tablet.locator("[data-name=note]").click()
    tablet.touchscreen.tap(*on_page(tablet, 250, 420))
    tablet.locator("dialog textarea").fill("Hỏi: số liệu tháng 7 lấy từ đâu?")
    tablet.locator("dialog [data-act=done]").click()
    expect(tablet.locator(".pin")).to_have_count(1)
    tablet.context.set_offline(False)
    expect(other.locator(INK)).to_have_count(1)
    expect(other.locator(".pin")).to_contain_text("số liệu tháng 7")
    assert Axe().run(other).response["violations"] == []
    assert neighbour.locator(f"{INK}, .pin").count() == 0
    other.locator(".pin").click()
    other.locator("dialog [data-act=delete]").click()
    expect(tablet.locator(".pin")).to_have_count(0)


def test_what_was_not_sent_is_still_there_after_the_page_was_closed(room: Room) -> None:
    tablet = reading(room, "finance")
    address = tablet.url
    tablet.route("**/marks", lambda route: route.abort())
    Hands(tablet).pen(*(on_page(tablet, 100 + 8 * step, 300) for step in range(12)))
    expect(tablet.locator(INK)).to_have_count(1)
    again = tablet.context.new_page()
    tablet.close()
    again.goto(address)
    again.locator("bottom-bar [data-do=papers]").click()
    again.locator(".paper[data-paper=report]").click()
    expect(again.locator(INK)).to_have_count(1)
    other = reading(room, "finance")
    expect(other.locator(INK)).to_have_count(1)


def test_a_stroke_is_kept_though_the_page_closes_under_the_pen(room: Room) -> None:
    tablet = reading(room, "finance")
    address = tablet.url
    tablet.route("**/marks", lambda route: route.abort())
    hands = Hands(tablet)
    hands.pen_down(on_page(tablet, 100, 300))
    for step in range(12):
        hands.pen_move(on_page(tablet, 100 + 8 * step, 300))
    assert tablet.locator("mark-bar.opened").count() == 0, "nothing moves under the hand"
    again = tablet.context.new_page()
    tablet.close()
    again.goto(address)
    again.locator("bottom-bar [data-do=papers]").click()
    again.locator(".paper[data-paper=report]").click()
    expect(again.locator(INK)).to_have_count(1)
    again.locator("top-bar [data-do=settings]").click()
    again.context.set_offline(True)
    again.locator("form[action='/sign-out'] button").click()
    expect(again.locator("dialog .sayings")).to_contain_text("chưa đăng xuất được")
    again.context.set_offline(False)
    again.route("**/marks", lambda route: route.abort())
    hands = Hands(again)
    again.keyboard.press("Escape")
    hands.pen(*(on_page(again, 100 + 8 * step, 400) for step in range(12)))
    again.locator("top-bar [data-do=settings]").click()
    again.locator("form[action='/sign-out'] button").click()
    expect(again.locator("dialog").last).to_contain_text("chỉ có trên máy này")
    again.locator("dialog").last.locator("[data-act='']").click()
    expect(again.locator(INK)).to_have_count(2)


FULL = """const put = IDBObjectStore.prototype.put;
window.full = false;
IDBObjectStore.prototype.put = function (...what) {  // as a full disk does: pages must go before anything comes
  if (window.full) throw new DOMException("no room", "QuotaExceededError");
  return put.apply(this, what);
};
const drop = IDBObjectStore.prototype.delete;
IDBObjectStore.prototype.delete = function (...what) {
  window.full = false;
  return drop.apply(this, what);
};"""


def test_on_a_full_tablet_pages_make_room_for_marks(room: Room) -> None:
    tablet = room.enter("finance", TABLET, init=FULL)
    tablet.locator("bottom-bar [data-do=papers]").click()
    tablet.locator(".paper[data-paper=report]").click()
    tablet.wait_for_selector("page-reader[data-page='report-1/1']")
    until(tablet, f"() => {HELD}.then((keys) => keys.some((key) => key.includes('/words/')))")
    tablet.context.set_offline(True)
    tablet.evaluate("window.full = true")
    Hands(tablet).pen(*(on_page(tablet, 100 + 8 * step, 300) for step in range(12)))
    expect(tablet.locator(INK)).to_have_count(1)
    until(tablet, f"() => {KEPT_MARKS}.then((number) => number === 1)")


KEPT_MARKS = """new Promise((done) => { indexedDB.open("meetingroom-marks").onsuccess = ({ target }) => {
  const all = target.result.transaction("marks").objectStore("marks").getAll();
  all.onsuccess = () => {
    target.result.close();
    done(all.result.filter(({ mark }) => mark.kind === "ink").length);
  };
}; })"""


def test_notes_survive_a_replacement(room: Room) -> None:
    """Marked without a network, the paper replaced meanwhile: back again, what still stands has its marks, the rest asks."""
    page = room.enter("finance", TABLET)
    page.locator("bottom-bar [data-do=papers]").click()
    page.locator(".paper[data-paper=resolution]").click()
    page.wait_for_selector("page-reader[data-page='resolution-1/1']")
    page.locator("bottom-bar [data-do=mark]").click()
    page.locator("[data-name=highlighter]").click()
    found = words_of(page, "resolution-1")
    first = next(place for place, word in enumerate(found) if word[4] == "NGHỊ" and found[place + 1][4] == "QUYẾT")
    page.context.set_offline(True)
    middle = [((w[0] + w[2]) / 2, (w[1] + w[3]) / 2) for w in found[first : first + 2]]
    Hands(page).finger(*(on_page(page, *point) for point in middle))
    expect(page.locator(LIGHT)).to_have_count(1)
    secretary = room.enter("secretary", WALL)
    seat = secretary.url.rsplit("/", 1)[0]
    answer = secretary.request.put(
        f"{seat}/papers/resolution?file_name=moi.pdf",
        data=print_paper("resolution", 2),
        headers={"Origin": room.server.base},
    )
    revision = answer.json()["revision"]
    until(secretary, "async address => (await fetch(address)).ok", f"{seat}/pages/{revision}/1/270", 60_000)
    page.context.set_offline(False)
    page.wait_for_selector(f"page-reader[data-page='{revision}/1']")
    expect(page.locator(LIGHT)).to_have_count(1)
    page.locator("mark-bar [data-do=notes]").click()
    expect(page.locator(".note-line")).to_contain_text("NGHỊ QUYẾT")
    expect(page.locator(".note-line")).to_contain_text("trước ở trang 1")
    page.locator(".note-line").click()
    expect(page.locator("dialog")).to_have_count(0)


def test_what_has_lost_its_passage_waits_and_is_put_back_with_one_tap(room: Room) -> None:
    """A page full of other words: the mark is still there, with a picture of where it was."""
    page = room.enter("finance", TABLET)
    page.locator("bottom-bar [data-do=papers]").click()
    page.locator(".paper[data-paper=resolution]").click()
    page.wait_for_selector("page-reader[data-page='resolution-1/1']")
    Hands(page).pen(*(on_page(page, 150 + 8 * step, 420) for step in range(20)))
    with page.expect_response("**/marks"):
        pass
    secretary = room.enter("secretary", WALL)
    seat = secretary.url.rsplit("/", 1)[0]
    secretary.request.put(
        f"{seat}/papers/resolution?file_name=khac.pdf",
        data=print_paper("services"),
        headers={"Origin": room.server.base},
    )
    page.locator(".waiting-notes").wait_for(timeout=60_000)
    page.locator("mark-bar [data-do=notes]").click()
    page.locator(".old-place svg path").wait_for()
    assert Axe().run(page).response["violations"] == []
    page.locator(".tray [data-act=put]").click()
    page.locator("dialog .actions [data-act]").click()
    expect(page.locator(INK)).to_have_count(1)
    expect(page.locator(".waiting-notes")).to_have_count(0)
