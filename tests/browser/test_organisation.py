"""A meeting is planned with what the organisation keeps: its rooms, their plans, its people; clashes are said at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from meetingroom.domain.messages import Role
from meetingroom.domain.people import ChangeParticipant
from meetingroom.storage.circles import Circles
from meetingroom.storage.directory import Directory, Person
from meetingroom.storage.engine import Database
from tests.browser.conftest import PATIENCE, WALL
from tests.browser.test_comfort import Comfort
from tests.browser.test_trust import LOGIN, PASSWORD, sign_in
from tests.servers import Server, administrator, found
from tests.stories import SECRETARY, Story

pytestmark = pytest.mark.browser


def organisation(data: Path) -> None:
    """Two committees of the same people in room A at the same hour, and a directory with a group of two."""
    administrator(data, LOGIN, PASSWORD)
    story = Story.of_a_committee()
    own = ChangeParticipant(participant=SECRETARY, office="Thư ký", role=Role.SECRETARY, account=LOGIN)
    story.give(SECRETARY, own)
    found(data, "m", story.events)
    found(data, "n", Story.of_a_committee("n").events)
    database = Database(data)
    directory, circles = Directory(database), Circles(database)
    directory.add([(Person(name, office="Ủy viên UBND"), "UBND tỉnh") for name in ("Lê An", "Trần Bình", "Vũ Cường")])
    an, _, cuong = (person.id for person in directory.people())
    circle = circles.add("Thường trực")
    assert circle
    circles.arrange(circle.id, [cuong, an])
    database.close()


def test_a_meeting_is_planned(browser: Browser, tmp_path: Path) -> None:
    data, comfort = tmp_path / "data", Comfort()
    organisation(data)
    with Server(data) as server:
        context = browser.new_context(
            viewport={"width": WALL[0], "height": WALL[1]}, locale="vi-VN", base_url=server.base
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        sign_in(page)
        add_room(page)
        comfort.check(page, "room")

        page.goto(f"/m/m/{SECRETARY}/secretariat#general")
        notice = page.locator("general-section planning-notice .note")
        expect(notice).to_contain_text("Trùng phòng và trùng người")
        expect(notice).to_contain_text("Chủ tịch UBND tỉnh")
        comfort.check(page, "general")
        page.locator("#g-room").fill("Phòng khác")
        page.locator("#g-ends").fill("2030-01-01T11:00")  # leaves the field: what is typed is asked about
        expect(notice).not_to_contain_text("Trùng phòng")
        expect(notice).to_contain_text("Trùng người")

        page.locator("side-nav a[href='#seating']").click()
        page.locator("seating-section [data-do=take]").click()
        expect(page.locator("seat-map .seat.is-free")).to_have_count(8)

        page.locator("side-nav a[href='#people']").click()
        expect(page.locator("people-section planning-notice .note")).to_contain_text("Trùng")
        page.locator("people-section a[href$='/directory']").click()
        page.locator("#in-circle").select_option(label="Thường trực (2)")
        page.locator("form[role=search] button").click()
        expect(page.locator(".chosen b")).to_have_text(["Vũ Cường", "Lê An"])
        page.locator("button[value=all]").click()
        expect(page.locator(".note.good")).to_contain_text("Đã thêm 2 người")
        comfort.check(page, "chosen")
        page.locator("a[href$='secretariat#people']").click()
        rows = page.locator("people-section tbody tr")
        expect(rows.filter(has_text="Vũ Cường")).to_contain_text("Ủy viên UBND")
        expect(rows.filter(has_text="Lê An")).to_have_count(1)
        expect(rows.filter(has_text="Trần Bình")).to_have_count(0)
        begin_with_a_template(page, comfort)
        context.close()
    assert comfort.faults == []


def begin_with_a_template(page: Page, comfort: Comfort) -> None:
    """A template of its own group, and a meeting that begins with it."""
    page.goto("/")
    comfort.check(page, "home")
    page.locator("a[href='/meetings/new']").click()
    page.locator("#title").fill("Họp giao ban")
    page.locator("input[value=template]").check()
    page.locator("#circle").select_option(label="Thường trực (2 người)")
    page.locator("form[action='/meetings'] button.strong").click()
    expect(page.locator("meeting-head")).to_contain_text("Mẫu phiên họp")
    expect(page.locator("meeting-head [data-do=publish]")).to_have_count(0)
    expect(page.get_by_role("link", name="Các phiên họp")).to_have_attribute("href", "/")
    page.locator("side-nav a[href='#general']").click()
    expect(page.locator("#g-circle option")).to_have_count(2)
    page.locator("#g-rule").select_option("hdnd")
    page.locator("general-section button.strong").click()
    expect(page.locator(".sayings")).to_contain_text("Đã lưu")
    comfort.check(page, "template")
    page.goto("/meetings/new")
    page.locator("#former").select_option(label="Họp giao ban")
    page.locator("button[value=fill]").click()
    expect(page.locator("#title")).to_have_value("Họp giao ban")
    page.locator("#title").fill("Giao ban tuần 37")
    page.locator("#day").fill("2030-05-06")
    page.locator("#until").fill("10:00")
    page.locator("#chair").fill("Lê An – Ủy viên UBND")
    page.locator("button[value=rooms]").click()
    expect(page.locator("#rooms .note")).to_contain_text("1/1 phòng còn trống")
    page.get_by_role("radio", name="A", exact=False).first.check()
    comfort.check(page, "begin")
    page.locator("button[value=found]").click()
    expect(page.locator("meeting-head [data-do=publish]")).to_be_visible()
    expect(page.locator("#g-room")).to_have_value("A")
    page.locator("side-nav a[href='#people']").click()
    expect(page.locator("people-section tbody tr").filter(has_text="Vũ Cường")).to_have_count(1)
    page.locator("side-nav a[href='#general']").click()
    expect(page.locator("#g-rule")).to_have_value("hdnd")


def add_room(page: Page) -> None:
    page.goto("/admin/rooms")
    page.locator("#name").fill("A")
    page.locator("main form button.strong").click()
    page.locator("#shape").select_option("round")
    page.locator("#head").fill("2")
    page.locator("#columns").fill("6")
    page.locator("button[value=plan]").click()
    expect(page.locator(".venue-plan circle")).to_have_count(8)
