"""Four bodies in real browsers, each by the settings of its votes alone; what each publishes verifies on its own.

One server for all four. The chair marks who is present, prepares, opens, closes and announces; members vote on tablets.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from meetingroom.domain.agenda import AddItem, Kind
from meetingroom.domain.attendance import Mark
from meetingroom.domain.messages import Role
from meetingroom.domain.people import AddParticipant, ChangeParticipant
from meetingroom.domain.seating import ArrangeSeats, PlacePerson
from meetingroom.domain.shapes import Shape
from meetingroom.domain.sitting import Address, Describe, Open, Publish
from tests.browser.conftest import WALL, Room
from tests.rendering.test_portrait import picture
from tests.servers import Server, found
from tests.stories import CHAIR, SECRETARY, Story

pytestmark = pytest.mark.browser

BODIES = {  # the chair and two members who come; the others stay away
    "ubnd": ("UBND tỉnh", "Chủ tịch UBND tỉnh", "Giám đốc Sở Tài chính", "Giám đốc Sở Y tế", "Giám đốc Sở Tư pháp"),
    "hdnd": ("HĐND tỉnh", "Chủ tịch HĐND tỉnh", "Đại biểu Nguyễn Văn An", "Đại biểu Trần Thị Bình"),
    "works": ("Hội nghị người lao động", "Chủ tịch Công đoàn", "Tổ trưởng Tổ cơ khí", "Tổ trưởng Tổ điện"),
    "company": ("Công ty cổ phần Cấp nước", "Chủ tịch Hội đồng quản trị", "Cổ đông Lê Văn Cường", "Quỹ đầu tư Đông Á",
                "Cổ đông Phạm Thị Dung"),
    "short": ("UBND huyện", "Chủ tịch UBND huyện", "Trưởng phòng Một", "Trưởng phòng Hai", "Trưởng phòng Ba",
              "Trưởng phòng Bốn", "Trưởng phòng Năm"),
}  # fmt: skip


def story_of(body: str) -> Story:
    """A meeting in session with one item; nothing of votes, rules or rights is set."""
    organisation, *offices = BODIES[body]
    story = Story.founded(body)
    story.give(SECRETARY, Describe(title=f"Phiên họp {organisation}", kind="Thường kỳ", room="A", starts=0,
                                   organisation=organisation, address=Address.NEUTRAL))  # fmt: skip
    story.give(SECRETARY, ChangeParticipant(participant=SECRETARY, office="Thư ký", role=Role.SECRETARY))
    for index, office in enumerate(offices):
        role = Role.DELEGATE if index else Role.CHAIR
        story.give(
            SECRETARY, AddParticipant(office=office, role=role, member=True), made=f"m{index}" if index else CHAIR
        )
    for person in (CHAIR, "m1", "m2"):
        story.give(SECRETARY, Mark(participant=person, present=True))
    story.give(SECRETARY, AddItem(title="Nội dung biểu quyết", kind=Kind.DECISION), made="one")
    story.give(SECRETARY, AddParticipant(office="Màn hình", role=Role.SCREEN), made="screen")
    story.give(SECRETARY, ArrangeSeats(shape=Shape.U, head=1, rows=1, columns=3))
    for seat, person in zip(story.meeting.seating.places, (CHAIR, "m1", "m2"), strict=False):
        story.give(SECRETARY, PlacePerson(participant=person, seat=seat))
    story.give(SECRETARY, Publish())
    story.give(CHAIR, Open(regardless=True))
    return story


class Hosted(Server):
    """`meetingroom serve` on meetings that are already there; personal codes by meeting and person."""

    codes: dict[str, dict[str, str]]

    def link(self, key: str) -> str:
        body, person = key.split("/")
        return f"{self.base}/j/{self.codes[body][person]}"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    data = tmp_path_factory.mktemp("bodies") / "data"
    codes = {body: found(data, body, story_of(body).events) for body in BODIES}
    with Hosted(data) as running:
        running.codes = codes
        yield running


class Sitting:
    """The chair at the console, two members at their tablets."""

    def __init__(self, room: Room, body: str) -> None:
        self.room, self.body = room, body
        self.chair = room.enter(f"{body}/{CHAIR}", WALL)
        self.one, self.two = room.enter(f"{body}/m1"), room.enter(f"{body}/m2")
        self.console = self.chair.url

    def prepare(self, question: str, **settings: str | bool) -> None:
        """Everything of a vote that is set, is set here."""
        self.chair.locator("[data-do=prepare]").first.click()
        self.chair.locator("#vote-question").fill(question)
        for name, value in settings.items():
            field = self.chair.locator(f"#vote-{name}")
            if name == "each":
                self.chair.locator("dialog details summary").click()
            if isinstance(value, bool):
                self.chair.locator("dialog details summary").click()
                self.chair.locator(f"dialog [name={name}]").set_checked(value)
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self.chair.locator("dialog [data-act=prepare]").click()
        expect(self.chair.locator("dialog")).to_have_count(0)

    def open(self) -> None:
        self.chair.locator("[data-do=open-vote]").last.click()
        self.chair.locator("dialog [data-act=open]").click()
        expect(self.chair.locator("dialog")).to_have_count(0)

    def close(self) -> None:
        self.chair.locator("ballot-sheet [data-do=away]").click()  # voted or not, the chair goes back to the console
        self.chair.locator("[data-do=close][data-vote]").click()

    def announce(self) -> None:
        self.chair.locator("[data-do=announce]").click()
        expect(self.one.locator("#result-question")).to_be_visible()

    def verified(self, folder: Path) -> str:
        """What verify.py, as the server hands it out, says of the file it publishes, and nothing of ours is in reach."""
        sheet = self.one.locator(SHEET).get_attribute("href")
        base = self.one.url.rsplit("/", 1)[0]
        for name, address in (("vote.json", f"{base}/{sheet}/published.json"), ("verify.py", "/verify.py")):
            answer = self.one.request.get(address if address.startswith("http") else self.room.server.base + address)
            (folder / name).write_bytes(answer.body())
        command = [sys.executable, "-I", "verify.py", "vote.json"]
        said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stdout + said.stderr
        return said.stdout


def cast(page: Page, *options: str, right: str = "") -> None:
    """Two taps: the choices, and the confirmation that repeats them."""
    if right:
        page.locator(f"[data-right='{right}']").first.click()
    for option in options:
        page.locator(option).click()
    page.locator("ballot-sheet [data-do=confirm]").click()
    expect(page.locator(".recorded")).to_be_visible()


YES, NO = "[data-choice=yes]", "[data-choice=no]"
SHEET = "a[href^='votes/']"


@pytest.fixture
def sitting(request: pytest.FixtureRequest, browser: Browser, host: Hosted) -> Iterator[Sitting]:
    room = Room(browser, host)  # type: ignore[arg-type]
    yield Sitting(room, request.param)
    room.close()
    assert room.faults == []


@pytest.mark.parametrize("sitting", ["ubnd"], indirect=True)
def test_a_people_s_committee_counts_all_its_members_and_a_tie_goes_with_the_chairman(
    sitting: Sitting, tmp_path: Path
) -> None:
    sitting.prepare("Thông qua Kế hoạch đầu tư công?", rule="ubnd")
    sitting.open()
    expect(sitting.one.locator(".ballot .rule")).to_contain_text("Cần ít nhất 3 trên 4 thành viên")
    cast(sitting.one, YES)
    cast(sitting.two, NO)
    cast(sitting.chair, YES)
    sitting.close()
    expect(sitting.chair.locator(".verdict")).to_have_text("Không thông qua"), "two of four are not more than half"
    sitting.announce()
    assert "q: not carried (short)" in sitting.verified(tmp_path)


@pytest.mark.parametrize("sitting", ["hdnd"], indirect=True)
def test_a_people_s_council_removes_a_deputy_in_secret_with_two_thirds(sitting: Sitting, tmp_path: Path) -> None:
    sitting.prepare("Bãi nhiệm đại biểu Hoàng Văn Em?", rule="hdnd_removal", secret="yes")
    sitting.open()
    cast(sitting.one, YES)
    cast(sitting.two, NO)
    cast(sitting.chair, YES)
    receipt = sitting.one.locator(".receipt").inner_text()
    sitting.close()
    expect(sitting.chair.locator(".verdict")).to_have_text("Thông qua")
    expect(sitting.chair.locator(".result .rule")).to_contain_text("cần ít nhất 2")
    sitting.announce()
    expect(sitting.one.locator(".note.good")).to_contain_text(receipt)
    assert "q: carried (majority)" in sitting.verified(tmp_path)
    assert receipt in (tmp_path / "vote.json").read_text()


@pytest.mark.parametrize("sitting", ["works"], indirect=True)
def test_a_works_council_elects_persons_in_secret(sitting: Sitting, tmp_path: Path) -> None:
    persons = "Nguyễn Thị Hoa – Công nhân Tổ cơ khí\nTrần Văn Khải – Kỹ sư điện\nLê Thị Lan – Kế toán"
    sitting.prepare("Bầu Ban thanh tra nhân dân", kind="election", options=persons, secret="yes", rule="most_votes",
                    places="2")  # fmt: skip
    office = sitting.room.enter(f"works/{SECRETARY}", WALL, "secretariat#votes")
    office.locator("[data-photo-of='1']").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture("PNG")}
    )
    expect(office.locator(".photo-row img")).to_have_count(1)
    sitting.open()
    expect(sitting.one.locator(".candidate img")).to_have_js_property("naturalWidth", 240)
    cast(sitting.one, "[data-option='1']", "[data-option='2']")
    cast(sitting.two, "[data-option='1']", "[data-option='3']")
    cast(sitting.chair, "[data-option='2']")
    sitting.close()
    expect(sitting.chair.locator(".verdict")).to_have_text("Trúng cử 2 trên 2 người cần bầu")
    expect(sitting.chair.locator(".outcomes .won")).to_contain_text(["Nguyễn Thị Hoa", "Trần Văn Khải"])
    sitting.announce()
    said = sitting.verified(tmp_path)
    assert "3 ballots" in said and "3: not carried (outranked)" in said
    sheet = str(sitting.one.locator(SHEET).get_attribute("href"))
    sitting.one.goto(sitting.one.url.rsplit("/", 1)[0] + "/" + sheet)
    expect(sitting.one.locator("th img")).to_have_js_property("naturalWidth", 240)


@pytest.mark.parametrize("sitting", ["company"], indirect=True)
def test_a_company_counts_shares_and_proxies(sitting: Sitting, tmp_path: Path) -> None:
    office = sitting.room.enter(f"company/{SECRETARY}", WALL, "secretariat#votes")
    office.locator(".rights-card summary").click()
    for person, votes in ((CHAIR, "5200000"), ("m1", "2500000"), ("m2", "1600000"), ("m3", "700000")):
        office.locator(f"[data-weigh={person}]").fill(votes)
        office.locator(f"[data-weigh={person}]").press("Tab")
    expect(office.locator(".rights-card")).to_contain_text("10.000.000")
    office.locator("side-nav a[href='#general']").click()
    for name, value in (("exceed", "yes"), ("weighted", "yes")):
        office.locator(f"general-section [name={name}]").select_option(value)
    office.locator("general-section [name=denominator]").fill("2")
    office.locator("general-section [name=numerator]").fill("1")
    office.locator("general-section button.strong").click()
    expect(sitting.chair.locator("facts-bar [data-do=people]")).to_contain_text("93 % phiếu")  # m3 is not here
    office.locator("side-nav a[href='#votes']").click()
    office.locator("[data-do=entrust][data-person=m3]").click()
    office.locator("#right-holder").select_option("m1")
    office.locator("#right-note").fill("Giấy ủy quyền số 03 ngày 12/10")
    office.locator("dialog [data-act=entrust]").click()
    expect(office.locator("[data-do=withdraw][data-person=m3]")).to_be_visible()
    assert Axe().run(office).response["violations"] == []
    expect(sitting.chair.locator("facts-bar [data-do=people]")).to_contain_text("100 % phiếu")

    sitting.prepare("Thông qua phương án phát hành cổ phiếu?", rule="shares")
    sitting.open()
    cast(sitting.chair, YES)
    cast(sitting.two, NO)
    expect(sitting.one.locator(".rights")).to_contain_text("2.500.000 phiếu")
    cast(sitting.one, NO)
    cast(sitting.one, YES, right="m3")
    expect(sitting.one.locator(".right svg")).to_have_count(2), "both are cast, each for itself"
    sitting.close()
    rule = sitting.chair.locator(".result .rule")
    expect(rule).to_contain_text("10.000.000 phiếu biểu quyết dự họp, cần ít nhất 5.000.001")
    expect(rule).to_contain_text("tán thành 5.900.000 – thông qua")
    sitting.announce()
    expect(sitting.two.locator(".result")).to_contain_text(re.compile("59% tổng số"))
    assert "4 ballots" in sitting.verified(tmp_path)
    sitting.two.goto(sitting.two.url.rsplit("/", 1)[0] + "/" + str(sitting.one.locator(SHEET).get_attribute("href")))
    expect(sitting.two.locator("main")).to_contain_text("Cổ đông Lê Văn Cường biểu quyết thay")


@pytest.mark.parametrize("sitting", ["ubnd"], indirect=True)
def test_another_opinion_is_written_and_a_tie_is_the_chair_s_to_decide(sitting: Sitting, tmp_path: Path) -> None:
    """Đồng ý, Không đồng ý, Ý kiến khác; one against one, and the words of the third on every list."""
    sitting.prepare("Thống nhất phương án?", wording="agree", rule="custom", base="cast", tie="casting")
    sitting.open()
    cast(sitting.chair, NO)
    cast(sitting.one, YES)
    sitting.two.locator("[data-choice=other]").click()
    expect(sitting.two.locator("[data-do=confirm]")).to_be_disabled(), "not without its words"
    sitting.two.locator("#other-text").fill("Bổ sung nguồn vốn ở Điều 3")
    cast(sitting.two)
    expect(sitting.two.locator(".recorded")).to_contain_text("Ý kiến khác: “Bổ sung nguồn vốn ở Điều 3”")
    sitting.close()
    expect(sitting.chair.locator("[data-do=announce]")).to_be_disabled()
    sitting.chair.locator(".casting [data-choice=yes]").click()
    assert Axe().run(sitting.chair).response["violations"] == []
    sitting.chair.locator("[data-do=decide-tie]").click()
    expect(sitting.chair.locator(".verdict")).to_have_text("Thông qua")
    expect(sitting.chair.locator(".result .rule")).to_contain_text(
        "Chủ tịch UBND tỉnh quyết định khi ngang phiếu: đồng ý, thông qua"
    )
    sitting.chair.locator("[data-do=names]").click()
    expect(sitting.chair.locator("dialog .choice.other .names")).to_contain_text("“Bổ sung nguồn vốn ở Điều 3”")
    sitting.chair.locator("dialog [data-act='']").click()
    sitting.announce()
    wall = sitting.room.enter("ubnd/screen", WALL, "screen")
    expect(wall.locator(".verdict")).to_have_text("Thông qua")
    sitting.chair.locator("[data-do=wall]").click()
    expect(wall.locator(".chosen-seats .seat.other")).to_contain_text("Giám đốc Sở Y tế")
    sitting.chair.locator("[data-do=wall]").click()
    expect(wall.locator(".verdict")).to_be_visible()
    assert "q: carried (casting)" in sitting.verified(tmp_path)
    sheet = f"{sitting.one.url.rsplit('/', 1)[0]}/{sitting.one.locator(SHEET).get_attribute('href')}"
    assert "Ý kiến khác,Bổ sung nguồn vốn ở Điều 3" in sitting.one.request.get(f"{sheet}/list.csv").text()
    sitting.one.goto(sheet)
    expect(sitting.one.locator("main")).to_contain_text("Ý kiến khác: Bổ sung nguồn vốn ở Điều 3")


@pytest.mark.parametrize("sitting", ["short"], indirect=True)
def test_without_a_quorum_nothing_is_carried_and_that_is_said_before_and_after(
    sitting: Sitting, tmp_path: Path
) -> None:
    sitting.prepare("Thông qua quy chế?", rule="ubnd")
    sitting.chair.locator("[data-do=open-vote]").last.click()
    expect(sitting.chair.locator("dialog .note.bad")).to_contain_text("Có mặt 3 trên 6 thành viên, cần 4")
    expect(sitting.chair.locator("dialog [data-act=open].danger")).to_be_visible()
    sitting.chair.locator("dialog [data-act=open]").click()
    for page in (sitting.one, sitting.two, sitting.chair):
        cast(page, YES)
    sitting.close()
    expect(sitting.chair.locator(".verdict")).to_have_text("Không thông qua")
    expect(sitting.chair.locator(".result .rule")).to_contain_text("Không đủ số người theo quy định")
    sitting.announce()
    assert "q: not carried (no_quorum)" in sitting.verified(tmp_path)


@pytest.mark.parametrize("sitting", ["works"], indirect=True)
def test_votes_are_spread_over_persons_and_a_tie_is_voted_on_again_at_once(sitting: Sitting, tmp_path: Path) -> None:
    sitting.prepare(
        "Chọn hai mẫu nhà ăn", kind="choice", options="Mẫu A\nMẫu B\nMẫu C", rule="most_votes", places="2", each="2"
    )
    sitting.open()
    more = "[data-choice=more][data-option='{}']"
    cast(sitting.one, more.format(1), more.format(1))
    expect(sitting.one.locator(".recorded")).to_contain_text("Mẫu A (2)")
    cast(sitting.two, more.format(1), more.format(3))
    sitting.close()
    expect(sitting.chair.locator(".outcomes li")).to_contain_text(["3 phiếu", "0 phiếu", "1 phiếu"])
    sitting.announce()
    sitting.verified(tmp_path)

    sitting.prepare("Đổi giờ làm ca?", rule="custom", base="cast", tie="repeat")
    for again, (answer, verdict) in enumerate(((NO, "Không thông qua"), (YES, "Thông qua"))):
        if not again:
            sitting.open()
        cast(sitting.one, YES)
        cast(sitting.two, answer)
        sitting.close()
        expect(sitting.chair.locator(".verdict")).to_have_text(verdict)
        if not again:
            sitting.chair.locator("[data-do=repeat-now]").click()
            sitting.chair.locator("dialog [data-act=open]").click()
            expect(sitting.one.locator(".ballot")).to_contain_text("Biểu quyết lại")
    sitting.announce()
    assert "q: carried (majority)" in sitting.verified(tmp_path)


@pytest.mark.parametrize("sitting", ["hdnd"], indirect=True)
def test_people_vote_on_paper_and_the_tellers_report_is_entered(sitting: Sitting, tmp_path: Path) -> None:
    persons = "Nguyễn Thị Hoa – Phó Trưởng ban Pháp chế\nTrần Văn Khải – Ủy viên Ban Kinh tế"
    sitting.prepare("Bầu Trưởng ban Pháp chế", kind="election", options=persons, secret="yes", method="paper",
                    rule="most_votes")  # fmt: skip
    office = sitting.room.enter(f"hdnd/{SECRETARY}", WALL, "secretariat#votes")
    empty = office.locator("votes-section a[href*='ballots.pdf']").last
    printed = office.request.get(office.url.split("secretariat")[0] + str(empty.get_attribute("href")))
    assert printed.body().startswith(b"%PDF-")
    sitting.open()
    expect(sitting.one.locator(".ballot-bar")).to_contain_text("Bỏ phiếu giấy")
    sitting.chair.locator("[data-do=count]").click()
    for name, number in (("issued", "3"), ("returned", "3"), ("valid", "2"), ("invalid", "1")):
        sitting.chair.locator(f"#count-{name}").fill(number)
    sitting.chair.get_by_label("Nguyễn Thị Hoa").fill("2")
    sitting.chair.locator("#count-tellers").fill("Ông An, bà Bình")
    assert Axe().run(sitting.chair).response["violations"] == []
    sitting.chair.locator("dialog [data-act=enter]").click()
    sitting.chair.locator("[data-do=close][data-vote]").click()
    expect(sitting.chair.locator(".verdict")).to_have_text("Trúng cử 1 trên 1 người cần bầu")
    sitting.announce()
    expect(sitting.one.locator(".result")).to_contain_text("Ban kiểm phiếu: Ông An, bà Bình")
    assert "1: carried (majority)" in sitting.verified(tmp_path)


@pytest.mark.parametrize("sitting", ["works"], indirect=True)
def test_a_ballot_does_not_vanish_without_a_word_when_its_vote_is_cancelled_or_ends(sitting: Sitting) -> None:
    sitting.prepare("Đổi ca đêm?", rule="simple")
    sitting.open()
    cast(sitting.one, YES)
    sitting.chair.locator("ballot-sheet [data-do=away]").click()
    sitting.chair.locator("[data-do=cancel]").click()
    sitting.chair.locator("#reason").fill("Câu hỏi có sai sót")
    sitting.chair.locator("dialog [data-act=cancel]").click()
    for tablet in (sitting.one, sitting.two):
        expect(tablet.locator(".told")).to_contain_text("Biểu quyết đã hủy: Đổi ca đêm? Lý do: Câu hỏi có sai sót.")
    for tablet in (sitting.one, sitting.two):
        tablet.locator("[data-do=told]").click()
        expect(tablet.locator(".told")).to_have_count(0)
    expect(sitting.chair.locator("vote-panel .verdict")).to_have_text("Biểu quyết đã hủy")
    sitting.chair.locator("[data-do=done]").click()
    expect(sitting.chair.locator("vote-panel")).to_be_hidden()
    sitting.prepare("Đổi giờ ăn trưa?", rule="simple")
    sitting.open()
    cast(sitting.one, YES)
    sitting.two.locator(NO).click()
    expect(sitting.two.locator("[data-do=confirm]")).to_be_visible()
    sitting.close()
    expect(sitting.two.locator(".told")).to_contain_text("chưa xác nhận: Đổi giờ ăn trưa?")
    expect(sitting.one.locator(".ballot")).to_have_count(0)
    expect(sitting.one.locator(".told")).to_have_count(0)
