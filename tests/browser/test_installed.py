"""The installed tablet: opened without a network it shows meeting and papers; signing out leaves nothing on the device."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, TABLET, WALL, Room, chromium, until
from tests.servers import DemoServer

pytestmark = pytest.mark.browser

LEFT = """async () => {
  let left = 0;
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result); });
    for (const table of base.objectStoreNames) {
      left += await new Promise((done) => {
        base.transaction(table).objectStore(table).count().onsuccess = (event) => done(event.target.result);
      });
    }
    base.close();
  }
  return left + ("caches" in window ? (await caches.keys()).length : 0);
}"""


def read_first_page(page: Page) -> None:
    page.locator("lobby-page [data-do=read]").click()
    page.locator(".drawer .paper").first.click()
    page.wait_for_selector("page-reader[data-page$='/1'] .page-image img")


def test_a_reload_without_a_server_shows_the_meeting_and_its_papers(room: Room) -> None:
    tablet = room.enter("finance")
    read_first_page(tablet)
    shown = tablet.locator("page-reader").get_attribute("data-page")
    until(tablet, "() => caches.match(location.pathname).then((kept) => kept !== undefined)")
    tablet.wait_for_timeout(3_500)  # what was shown is written down every three seconds
    room.server.stop()
    tablet.reload()
    expect(tablet.locator("line-notice .warn")).to_be_visible(timeout=PATIENCE)
    read_first_page(tablet)
    assert tablet.locator("page-reader").get_attribute("data-page") == shown
    tablet.locator("top-bar [data-do=search]").click()
    tablet.locator("#search-text").fill("cong hoa xa hoi")
    expect(tablet.locator(".search-hit[data-page='1'] mark").first).to_have_text(
        re.compile("cộng hòa xã hội", re.IGNORECASE)
    )
    tablet.locator(".search-sheet [data-act='']").click()
    home = tablet.context.new_page()
    home.goto(room.server.base + "/")
    expect(home.locator("lobby-page h1")).to_be_visible(timeout=PATIENCE)
    room.server.start()
    expect(tablet.locator("line-notice .warn")).to_be_hidden(timeout=PATIENCE)
    tablet.locator("top-bar [data-do=settings]").click()
    tablet.locator("form[action='/sign-out'] button").click()
    tablet.wait_for_url("**/demo")
    assert tablet.evaluate(LEFT) == 0


AWAKE = """const ask = navigator.wakeLock.request.bind(navigator.wakeLock);
const locks = [];
navigator.wakeLock.request = async (kind) => { locks.push(await ask(kind)); return locks.at(-1); };
let away = false;
Object.defineProperty(document, "visibilityState", { get: () => (away ? "hidden" : "visible") });
window.held = () => locks.filter((lock) => !lock.released).length;
window.lookAway = async (now) => {  // as the browser does: who is not seen holds nothing
  away = now;
  if (away) await Promise.all(locks.map((lock) => lock.release()));
  document.dispatchEvent(new Event("visibilitychange"));
};"""


def test_what_is_looked_at_stays_awake_while_the_meeting_is_on(room: Room) -> None:
    chair, tablet = room.enter("chair", WALL), room.enter("finance", init=AWAKE)
    screen = room.enter("screen", WALL, init=AWAKE)
    screen.wait_for_function("() => window.held() === 1")
    assert tablet.evaluate("window.held()") == 0, "before the meeting a tablet may sleep"
    chair.locator("[data-do=open]").click()
    chair.locator("dialog [data-act=yes]").click()
    tablet.wait_for_function("() => window.held() === 1")
    for page in (tablet, screen):
        page.evaluate("window.lookAway(true)")
        assert page.evaluate("window.held()") == 0
        page.evaluate("window.lookAway(false)")
        page.wait_for_function("() => window.held() === 1")


def test_the_bars_of_the_browser_are_put_away_and_brought_back(room: Room) -> None:
    tablet = room.enter("finance")
    read_first_page(tablet)
    tablet.locator("top-bar [data-do=settings]").click()
    full = tablet.locator("dialog [data-full]")
    expect(full).to_have_attribute("aria-pressed", "false")
    full.click()
    tablet.wait_for_function("() => document.fullscreenElement === document.documentElement")
    expect(tablet.locator("dialog")).to_have_count(0)  # a sheet that was open before lies unseen under the whole page
    tablet.locator("top-bar [data-do=settings]").click()
    expect(full).to_have_attribute("aria-pressed", "true")
    full.click()
    tablet.wait_for_function("() => document.fullscreenElement === null")


def test_a_tablet_is_emptied_when_its_card_is_replaced(room: Room) -> None:
    tablet = room.enter("finance")
    secretary = room.enter("secretary", WALL, "invitations")
    read_first_page(tablet)
    until(tablet, "() => caches.match(location.pathname).then((kept) => kept !== undefined)")
    assert tablet.evaluate(LEFT) > 0
    with secretary.expect_event("console", lambda said: said.text == "on paper"):
        secretary.evaluate("() => addEventListener('beforeprint', () => console.log('on paper'))")
        secretary.get_by_role("button", name="In các mã").click()
    secretary.locator("form:has(input[name=participant][value=finance]) button").click()
    expect(tablet.locator("line-notice a[href='/join']")).to_be_visible(timeout=PATIENCE)
    until(tablet, f"() => ({LEFT})().then((left) => left === 0)")


@pytest.fixture
def plain(browser: Browser, server: DemoServer) -> Iterator[Page]:
    """A tablet that reaches the server by a name, over plain http: to browsers that is not a secure context."""
    path, options = chromium(), ["--no-sandbox", "--host-resolver-rules=MAP hop.test 127.0.0.1"]
    other = browser.browser_type.launch(executable_path=path, args=options)
    size = {"width": TABLET[0], "height": TABLET[1]}
    page = other.new_context(viewport=size, locale="vi-VN").new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(server.link("finance").replace("127.0.0.1", "hop.test"))
    yield page
    other.close()


def test_on_plain_http_the_tablet_says_so_once_and_signing_out_empties_it(plain: Page) -> None:
    assert not plain.evaluate("isSecureContext")
    read_first_page(plain)
    expect(plain.locator("line-notice [data-do=mode]")).to_be_visible()
    plain.locator("line-notice [data-do=mode]").click()
    plain.reload()
    read_first_page(plain)
    expect(plain.locator("line-notice [data-do=mode]")).to_have_count(0)
    assert plain.evaluate(LEFT) > 0
    plain.locator("top-bar [data-do=settings]").click()
    plain.locator("form[action='/sign-out'] button").click()
    plain.wait_for_url("**/demo")
    assert plain.evaluate(LEFT) == 0
