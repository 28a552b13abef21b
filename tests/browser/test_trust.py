"""A stranger's device is noticed and put out; an administrator's day, with a second factor, in pages axe finds nothing on."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from meetingroom.domain.floor import Give
from meetingroom.domain.messages import Role
from meetingroom.domain.people import ChangeParticipant
from meetingroom.domain.sitting import Close
from meetingroom.storage.second import PERIOD, hotp
from tests.browser.conftest import TABLET, WALL, Room
from tests.browser.test_comfort import DARK_AND_LARGE, Comfort
from tests.servers import Server, administrator, found
from tests.stories import CHAIR, FINANCE, SECRETARY, Story

pytestmark = pytest.mark.browser

LOGIN, PASSWORD = "quan-tri", "mot-mat-khau-dai"


@pytest.fixture
def comfort() -> Iterator[Comfort]:
    collected = Comfort()
    yield collected
    assert collected.faults == [], "\n" + "\n".join(collected.faults)


def test_a_stranger_s_device_is_put_out_by_the_delegate(room: Room, comfort: Comfort) -> None:
    chair, own = room.enter("chair", WALL), room.enter("finance", TABLET)
    own.locator("lobby-page").wait_for()
    stranger = room.enter("finance", TABLET)
    notice = own.locator("device-notice [role=alert]")
    expect(notice).to_contain_text("Một thiết bị khác vừa đăng nhập bằng mã của đồng chí")
    expect(stranger.locator("device-notice [role=alert]")).to_have_count(0)
    comfort.check(own, "notice")
    notice.locator("[data-do=disown]").click()
    own.locator("dialog [data-act=yes]").click()
    expect(notice).to_have_count(0)
    expect(stranger.locator("line-notice")).to_contain_text("Phiên đăng nhập đã kết thúc")
    told = chair.locator("device-notice [role=alert]")
    expect(told).to_contain_text("báo có thiết bị lạ")
    told.locator("[data-do=settle]").click()
    expect(told).to_have_count(0)
    own.goto(own.url.rsplit("/", 1)[0] + "/devices")
    own.locator("button[value=close]").click()
    expect(own.locator(".note.good")).to_contain_text("Mã đã khóa")
    own.locator("button[value=link]").click()
    comfort.check(own, "devices")
    assert room.faults == []


@pytest.mark.parametrize("init", ["", DARK_AND_LARGE], ids=["light", "dark-200"])
def test_an_administrator_s_day(browser: Browser, tmp_path: Path, comfort: Comfort, init: str) -> None:
    data = tmp_path / "data"
    administrator(data, LOGIN, PASSWORD)
    found(data, "held", held().events)
    with Server(data) as server:
        context = browser.new_context(viewport={"width": 820, "height": 1180}, locale="vi-VN", base_url=server.base)
        if init:
            context.add_init_script(init)
        page = context.new_page()
        sign_in(page)
        page.goto("/admin/accounts")
        page.locator("#name").fill("Nguyễn Thị Hòa")
        page.locator("#login").fill("hoa")
        page.locator("form.card button.strong").click()
        expect(page.locator(".secret")).to_be_visible()
        comfort.check(page, "account")
        for path in (
            "/admin",
            "/admin/accounts",
            "/admin/sessions",
            "/admin/audit",
            "/admin/rules",
            "/admin/people",
            "/admin/people/import",
            "/admin/rooms",
            "/admin/api",
            "/admin/api/hooks",
            "/admin/archives",
            "/speaking",
            "/statistics",
            "/calendar",
            "/account",  # the last: what follows is done there
        ):
            page.goto(path)
            comfort.check(page, path)
        page.goto("/admin/people")
        page.locator("#circle-name").fill("Thành viên UBND")
        page.locator("button[value=circle]").click()
        page.locator("a", has_text="Thành viên UBND").click()
        expect(page.locator("h1")).to_have_text("Thành viên UBND")
        comfort.check(page, "circle")
        page.goto(f"/m/held/{CHAIR}/directory")
        comfort.check(page, "choosing people")
        page.goto("/account")
        secret = page.locator(".typed").inner_text().replace(" ", "")
        page.locator("#code").fill(code(secret))
        page.locator("button[value=second]").click()
        expect(page.locator(".recoveries li")).to_have_count(10)
        page.goto("/admin/rules/ubnd")
        page.locator("#numerator").fill("2")
        page.locator("[name=denominator]").fill("3")
        comfort.check(page, "rule")
        page.locator("form button.strong").click()
        expect(page.locator("li", has_text="Ủy ban nhân dân").locator(".chip.accent")).to_be_visible()
        page.goto("/")
        with page.expect_navigation():
            page.locator("form[action='/sign-out'] button").click()
        sign_in(page)
        comfort.check(page, "code")
        page.locator("#code").fill(code(secret, 1))
        page.locator("main button.strong").click()
        expect(page.locator("a[href='/admin']")).to_be_visible()
        context.close()


def held() -> Story:
    """A meeting the administrator chaired; somebody spoke, others did not."""
    story = Story.in_session()
    chair = ChangeParticipant(participant=CHAIR, office="Chủ tịch", role=Role.CHAIR, member=True, account=LOGIN)
    story.give(SECRETARY, chair)
    story.give(CHAIR, Give(participant=FINANCE))
    story.give(CHAIR, Close())
    return story


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.locator("#login").fill(LOGIN)
    page.locator("#password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main button.strong").click()


def code(secret: str, later: int = 0) -> str:
    return hotp(base64.b32decode(secret), int(time.time()) // PERIOD + later)
