"""The secretary's week on a real server: from a list of people in a table to a meeting that is archived and verifies.

Nothing is written into the database beforehand but the administrator's account; nothing is done but what a person does.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LANDSCAPE, PATIENCE, TABLET, WALL
from tests.browser.test_bodies import YES, cast
from tests.browser.test_minutes import decide
from tests.browser.test_trust import LOGIN, PASSWORD, sign_in
from tests.rendering.documents import says
from tests.servers import Server, administrator

pytestmark = pytest.mark.browser

PEOPLE = (
    ("Chủ tịch UBND tỉnh", "Văn phòng UBND tỉnh"),
    ("Phó Chủ tịch UBND tỉnh", "Văn phòng UBND tỉnh"),
    ("Giám đốc Sở Tài chính", "Sở Tài chính"),
    ("Giám đốc Sở Y tế", "Sở Y tế"),
)
AGENDA = ("Báo cáo tình hình kinh tế - xã hội tháng 11", "Tờ trình điều chỉnh kế hoạch đầu tư công")
QUESTION = "Thông qua việc điều chỉnh kế hoạch đầu tư công?"


class Week:
    """The secretary at a large screen, everybody else at a tablet, each in a browser of their own."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server = browser, server
        self.faults: list[str] = []
        self.secretary = self.page(WALL)
        sign_in(self.secretary)

    def page(self, size: tuple[int, int]) -> Page:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            has_touch=size in (TABLET, LANDSCAPE),
            locale="vi-VN",
            base_url=self.server.base,
            accept_downloads=True,
        )
        opened = context.new_page()
        opened.set_default_timeout(PATIENCE)
        opened.on("pageerror", lambda error: self.faults.append(str(error)))
        return opened

    def section(self, name: str) -> None:
        self.secretary.locator(f"side-nav a[href='#{name}']").click()

    def document(self, name: str) -> bytes:
        """As the secretary opens it from the list of documents."""
        self.section("documents")
        address = self.secretary.locator(f"documents-section a[href$='/documents/{name}.pdf']").get_attribute("href")
        answer = self.secretary.request.get(str(address))
        assert answer.ok and answer.body().startswith(b"%PDF-")
        return answer.body()


@pytest.fixture
def week(browser: Browser, tmp_path: Path) -> Iterator[Week]:
    administrator(tmp_path / "data", LOGIN, PASSWORD)
    with Server(tmp_path / "data") as server:
        opened = Week(browser, server)
        yield opened
        for context in list(browser.contexts):
            context.close()
    assert opened.faults == []


def test_from_a_list_of_people_to_an_archive_that_verifies(week: Week, tmp_path: Path) -> None:
    take_in_people(week.secretary)
    plan(week)
    codes = invite(week)
    chair = enter(week, codes[PEOPLE[0][0]], WALL)
    members = [enter(week, codes[office], TABLET) for office, _ in PEOPLE[1:]]
    meet(week, chair, members)
    write_minutes(week, chair)
    check(archived(week, tmp_path))


def take_in_people(page: Page) -> None:
    """Monday: the personnel office has sent a table."""
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet
    sheet.append(["Họ và tên", "Chức vụ", "Đơn vị"])
    for number, (office, unit) in enumerate(PEOPLE, 1):
        sheet.append([f"Cán bộ {number}", office, unit])
    book.save(file)
    page.goto("/admin/people/import")
    page.locator("#file").set_input_files(
        {
            "name": "can-bo.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": file.getvalue(),
        }
    )
    page.locator("main form button.strong").click()
    expect(page.locator("tbody tr")).to_have_count(len(PEOPLE))
    page.locator("button[name=save]").click()
    expect(page.locator("main")).to_contain_text("Giám đốc Sở Y tế")


def plan(week: Week) -> None:
    """Tuesday and Wednesday: the meeting, who comes, what is dealt with, the papers, the vote."""
    page = week.secretary
    page.goto("/")
    page.locator("a[href='/meetings/new']").click()
    page.locator("#title").fill("Phiên họp thường kỳ tháng 11")
    page.locator("form[action='/meetings'] button.strong").click()

    week.section("people")
    page.locator("people-section a[href$='/directory']").click()
    found = page.locator("input[name=who]")
    expect(found).to_have_count(len(PEOPLE))
    for number in range(len(PEOPLE)):
        found.nth(number).check()
    page.locator("button[value=chosen]").click()
    expect(page.locator(".note.good")).to_contain_text(f"Đã thêm {len(PEOPLE)} người")
    page.locator("a[href$='secretariat#people']").click()
    row = page.locator("people-section tbody tr").filter(has_text=PEOPLE[0][0]).filter(has_text="Cán bộ 1")
    row.locator("[data-do=edit]").click()
    page.locator("#p-role").select_option("chair")
    page.locator("dialog [data-act=save]").click()
    expect(row).to_contain_text("Chủ trì")

    week.section("agenda")
    for title in AGENDA:
        page.locator("agenda-section [data-do=add]").first.click()
        page.locator("dialog [name=title]").fill(title)
        page.locator("dialog [data-act=save]").click()
        expect(page.locator("agenda-section li[data-item]").filter(has_text=title)).to_be_visible()
    for title in AGENDA:
        item = page.locator("agenda-section li[data-item]").filter(has_text=title)
        item.locator("input[data-into]").set_input_files(
            {"name": f"{title}.pdf", "mimeType": "application/pdf", "buffer": says(title)}
        )
        expect(item.locator(".paper .chip.good")).to_be_visible()

    week.section("votes")
    page.locator("votes-section [data-do=prepare]").click()
    page.locator("#vote-question").fill(QUESTION)
    page.locator("#vote-item").select_option(label=f"2. {AGENDA[1]}")
    page.locator("#vote-rule").select_option("ubnd")
    page.locator("dialog [data-act=prepare]").click()
    expect(page.locator("votes-section h3")).to_have_text(QUESTION)


def invite(week: Week) -> dict[str, str]:
    """Thursday: published, the invitation as a letter, a sheet with a code for each; the codes by office."""
    page = week.secretary
    page.locator("meeting-head [data-do=publish]").click()
    page.locator("dialog [data-act=publish]").click()
    expect(page.locator("meeting-head [data-do=publish]")).to_have_count(0)
    week.document("invitations")
    week.section("people")
    sheets = week.secretary.context.new_page()
    sheets.goto(page.url.split("secretariat")[0] + "invitations")
    cards = sheets.locator(".invitation").filter(has=sheets.locator("code"))
    codes = {}
    for office, _ in PEOPLE:
        card = cards.filter(has=sheets.locator("p", has_text=re.compile(f"^{office}")))
        codes[office] = card.locator("code").inner_text()
    sheets.close()
    return codes


def enter(week: Week, code: str, size: tuple[int, int]) -> Page:
    page = week.page(size)
    page.goto("/join")
    page.locator("#code").fill(code)
    page.locator("main button.strong").click()
    page.wait_for_url(re.compile("/m/"))
    return page


def meet(week: Week, chair: Page, members: list[Page]) -> None:
    """Friday morning: they come, the second item is decided, the meeting is closed."""
    for member in members:
        member.locator("lobby-page [data-do=check-in]").click()
    week.section("people")
    week.secretary.get_by_label("Ghi có mặt Cán bộ 1").check()
    chair.locator("[data-do=open]").click()
    expect(chair.locator("facts-bar [data-do=people]")).to_contain_text("4 / 4 có mặt")
    chair.locator("agenda-panel [data-item]").nth(1).click()
    chair.locator("[data-do=open-vote]").last.click()
    chair.locator("dialog [data-act=open]").click()
    for page in (*members, chair):
        cast(page, YES)
    chair.locator("ballot-sheet [data-do=away]").click()
    chair.locator("[data-do=close][data-vote]").click()
    expect(chair.locator(".verdict")).to_have_text("Thông qua")
    chair.locator("[data-do=announce]").click()
    expect(members[0].locator("#result-question")).to_have_text(QUESTION)
    chair.locator("facts-bar [data-do=close]").first.click()
    chair.locator("dialog [data-act=yes]").click()


def write_minutes(week: Week, chair: Page) -> None:
    """Friday afternoon: what the journal says is read over, submitted and approved."""
    page = week.secretary
    week.section("minutes")
    expect(page.locator("textarea[data-section='form.close']")).to_have_value(re.compile(r"kết thúc vào \d"))
    decide(page, "submit")
    chair.get_by_text("Xem và duyệt biên bản").click()
    expect(chair.locator("textarea[data-section='form.close']")).to_have_value(re.compile(r"kết thúc vào \d"))
    decide(chair, "approve")
    expect(page.locator("minutes-section .note.good")).to_contain_text("đã duyệt")
    text = " ".join("".join(sheet.get_text() for sheet in pymupdf.open(stream=week.document("minutes"))).split())
    assert "BIÊN BẢN" in text and QUESTION[:-1] in text and all(title in text for title in AGENDA)


def archived(week: Week, folder: Path) -> Path:
    page = week.secretary
    week.section("documents")
    page.locator("[data-do=archive]").click()
    with page.expect_download() as coming:
        page.locator("documents-section a[href$='/archive?file']").click()
    coming.value.save_as(folder / "archive.zip")
    with zipfile.ZipFile(folder / "archive.zip") as packed:
        packed.extractall(folder / "archive")
    return folder / "archive"


def check(archive: Path) -> None:
    """On a machine without the system: Python alone, isolated, in the folder of the archive."""
    command = [sys.executable, "-I", "verify.py", "."]
    said = subprocess.run(command, cwd=archive, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    index = (archive / "index.html").read_text()
    assert QUESTION in index and all(title in index for title in AGENDA)
