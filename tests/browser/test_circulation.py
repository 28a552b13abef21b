"""Questions sent round: the secretary sends, members read and answer on their own, the results reach them all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from meetingroom.domain.voting import Prepare
from tests.browser.conftest import PATIENCE, TABLET, WALL
from tests.servers import Server, found
from tests.stories import FINANCE, HEALTH, JUSTICE, SECRETARY, Story

pytestmark = pytest.mark.browser


class Round:
    """A written vote with a recorded and a secret question, prepared and published."""

    def __init__(self, browser: Browser, data: Path) -> None:
        story = Story.of_a_committee(written=True)
        story.give(SECRETARY, Prepare(item="one", question="Thông qua kế hoạch?", rule="ubnd"), made="plan")
        story.give(SECRETARY, Prepare(item="two", question="Đồng ý phương án?", secret=True), made="secret")
        self.browser, self.codes = browser, found(data, "m", story.events)
        self.server = Server(data)
        self.faults: list[str] = []

    def enter(self, who: str, size: tuple[int, int]) -> Page:
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.faults.append(f"{who}: {error}"))
        page.goto(f"{self.server.base}/j/{self.codes[who]}")
        return page


@pytest.fixture
def sent_round(browser: Browser, tmp_path: Path) -> Iterator[Round]:
    made = Round(browser, tmp_path / "data")
    yield made
    made.server.stop()
    assert made.faults == []


def answer(tablet: Page, choice: str) -> None:
    tablet.locator(f".ballot [data-choice={choice}]").click()
    tablet.locator(".ballot [data-do=confirm]").click()
    expect(tablet.locator(".ballot .recorded")).to_be_visible()


def test_members_answer_in_their_own_time_and_all_hear_the_result(sent_round: Round) -> None:
    secretary, finance = sent_round.enter(SECRETARY, WALL), sent_round.enter(FINANCE, TABLET)
    expect(finance.locator("lobby-page")).to_contain_text("chưa được gửi")
    expect(finance.locator("lobby-page [data-do=check-in]")).to_have_count(0)
    expect(secretary.locator("side-nav a[href='#minutes']")).to_have_count(0)
    secretary.locator("side-nav a[href='#circulation']").click()
    secretary.locator("[data-do=send]").click()
    secretary.locator("dialog [data-act=go]").click()

    # both questions are there at once; the ballot waits until the member has read and asks for it
    bar = finance.locator("ballot-sheet .ballot-bar")
    expect(bar).to_contain_text("Đã trả lời 0 / 2")
    expect(finance.locator("ballot-sheet .ballot")).to_have_count(0)
    bar.locator("[data-do=back]").click()
    answer(finance, "yes")
    finance.locator("[data-do=question][data-vote=secret]").click()
    answer(finance, "no")
    finance.locator(".ballot [data-do=away]").click()
    expect(bar).to_contain_text("Đã trả lời 2 / 2")
    health = sent_round.enter(HEALTH, TABLET)
    health.locator("ballot-sheet [data-do=back]").click()
    answer(health, "yes")

    # the secretary sees who has answered, never what, who is missing when the day is near, and gives more time
    rows = secretary.locator("circulation-section tbody tr")
    expect(rows.filter(has_text="Sở Tài chính")).to_contain_text("Đã trả lời")
    expect(rows.filter(has_text="Sở Y tế")).to_contain_text("Đã trả lời 1 / 2")
    expect(secretary.locator("circulation-section .note")).to_have_count(0)
    before = bar.inner_text()
    secretary.locator("[data-do=extend]").click()
    secretary.locator("dialog [data-act=go]").click()
    expect(bar).not_to_have_text(before)


def test_a_recall_tells_everybody_why(sent_round: Round) -> None:
    secretary, finance = sent_round.enter(SECRETARY, WALL), sent_round.enter(FINANCE, TABLET)
    secretary.locator("side-nav a[href='#circulation']").click()
    secretary.locator("[data-do=send]").click()
    secretary.locator("dialog [data-act=go]").click()
    secretary.locator("[data-do=recall]").click()
    secretary.locator("dialog #reason").fill("Cần họp bàn trực tiếp")
    secretary.locator("dialog [data-act=go]").click()
    expect(finance.locator("line-notice")).to_contain_text("Cần họp bàn trực tiếp")
    expect(finance.locator("ballot-sheet .ballot-bar")).to_have_count(0)


def test_an_answer_on_paper_is_entered_and_its_member_sees_by_whom(sent_round: Round) -> None:
    secretary, justice = sent_round.enter(SECRETARY, WALL), sent_round.enter(JUSTICE, TABLET)
    secretary.locator("side-nav a[href='#circulation']").click()
    secretary.locator("[data-do=send]").click()
    secretary.locator("dialog [data-act=go]").click()
    bar = justice.locator("ballot-sheet .ballot-bar")
    expect(bar).to_contain_text("Đã trả lời 0 / 2")
    secretary.locator("side-nav a[href='#votes']").click()
    card = secretary.locator("votes-section section[data-key=plan]")
    expect(secretary.locator("votes-section [data-do=paper]")).to_have_count(1)  # not of the secret question
    card.locator("[data-do=paper]").click()
    secretary.locator("dialog select").select_option(label="Giám đốc Sở Tư pháp")
    secretary.locator("dialog input[value=no]").check()
    secretary.locator("dialog [data-act=enter]").click()
    expect(card).to_contain_text("Đã trả lời 1/5, trong đó 1 phiếu giấy")
    expect(bar).to_contain_text("Đã trả lời 1 / 2")
    bar.locator("[data-do=back]").click()
    justice.locator("[data-do=question][data-vote=plan]").click()
    expect(justice.locator(".ballot .recorded")).to_contain_text("nhập câu trả lời này từ phiếu giấy")


def test_near_the_day_the_secretary_reads_who_is_missing(sent_round: Round) -> None:
    secretary, finance = sent_round.enter(SECRETARY, WALL), sent_round.enter(FINANCE, TABLET)
    secretary.locator("side-nav a[href='#circulation']").click()
    secretary.locator("[data-do=send]").click()
    due = datetime.now(timezone(timedelta(hours=7))) + timedelta(hours=3)
    secretary.locator("dialog #due").fill(f"{due:%Y-%m-%dT%H:%M}")
    secretary.locator("dialog [data-act=go]").click()
    missing = secretary.locator("circulation-section .note")
    expect(missing).to_contain_text("Sắp hết hạn, còn 5 thành viên")
    finance.locator("ballot-sheet [data-do=back]").click()
    answer(finance, "yes")
    finance.locator("[data-do=question][data-vote=secret]").click()
    answer(finance, "no")
    expect(missing).to_contain_text("còn 4 thành viên")
    expect(missing).not_to_contain_text("Sở Tài chính")
    row = secretary.locator("circulation-section tbody tr").filter(has_text="Sở Y tế")
    expect(row.locator(".chip.warn")).to_contain_text("Chưa trả lời · sắp hết hạn")
