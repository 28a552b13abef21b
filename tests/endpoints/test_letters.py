"""Invitations by e-mail, through a real mail server on this machine."""

from __future__ import annotations

import asyncio
import email
import re
import socket
import threading
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar

from meetingroom.mail.letters import acceptable
from tests.endpoints.conftest import Door
from tests.endpoints.line import handshake
from tests.stories import FINANCE, HEALTH, JUSTICE

FORM = "application/x-www-form-urlencoded"


class Box:
    """What the mail server was handed; it does not take mail for addresses that begin with `gone`."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.open = threading.Event()  # while it is not, a letter is being taken and taken
        self.open.set()

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address.startswith("gone"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        await asyncio.to_thread(self.open.wait, 60)
        made = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(made, EmailMessage)
        self.letters.append(made)
        return "250 OK"


class Office:
    """The secretary of a server that knows a mail server."""

    def __init__(self, folder: Path, port: int) -> None:
        environment = {
            "MEETINGROOM_MAIL_HOST": "127.0.0.1",
            "MEETINGROOM_MAIL_PORT": str(port),
            "MEETINGROOM_MAIL_SECURITY": "none",
            "MEETINGROOM_MAIL_FROM": "vanphong@tinh.example",
        }
        self.door = Door(folder, environment=environment)
        self.headers = {"Cookie": self.door.cookie("secretary"), "Origin": self.door.server.base, "Accept": "text/html"}
        self.path = f"{self.door.seat('secretary')}/letters"

    def post(self, **fields: str) -> int:
        body = urlencode({name.replace("_", "-", 1): value for name, value in fields.items()}).encode()
        return self.door.server.ask("POST", self.path, self.headers | {"Content-Type": FORM}, body).status

    def page(self) -> str:
        return self.door.server.ask("GET", self.path, self.headers).body.decode()

    def finished(self) -> str:
        """The page once nothing is being sent any more."""
        for _ in range(100):
            if "Đang gửi" not in (page := self.page()):
                return page
            time.sleep(0.1)
        raise AssertionError("still sending")


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def office(tmp_path: Path, box: Box) -> Iterator[Office]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mail = Controller(box, hostname="127.0.0.1", port=port)
    mail.start()
    made = Office(tmp_path, port)
    yield made
    made.door.server.stop()
    mail.stop()


def test_each_gets_a_letter_of_their_own_with_the_meeting_for_the_calendar(office: Office, box: Box) -> None:
    addresses = {f"address_{FINANCE}": "taichinh@tinh.example", f"address_{HEALTH}": "yte@tinh.example"}
    assert office.post(do="send", **addresses, **{f"to_{FINANCE}": "on", f"to_{HEALTH}": "on"}) == 303
    page = office.finished()
    assert page.count("Đã gửi lúc") == 2
    first, second = box.letters
    assert (first["To"].addresses[0].addr_spec, second["To"].addresses[0].addr_spec) == (
        "taichinh@tinh.example", "yte@tinh.example",
    )  # fmt: skip
    body = first.get_body(("plain",))
    assert body and "Giám đốc Sở Tài chính" in body.get_content() and "Mã cá nhân" not in body.get_content()
    (calendar,) = (part for part in first.iter_attachments() if part.get_content_type() == "text/calendar")
    (event,) = Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")
    assert event["summary"] == "Phiên họp" and event["location"] == "A"


def test_the_code_goes_along_only_where_that_was_asked_for(office: Office, box: Box) -> None:
    office.post(do="send", codes="on", **{f"address_{FINANCE}": "taichinh@tinh.example", f"to_{FINANCE}": "on"})
    office.finished()
    (letter,) = box.letters
    body = letter.get_body(("plain",))
    assert body
    code = re.search(r"/j/(\w+)", body.get_content())
    assert code and code[1] == office.door.codes[FINANCE]
    (paper,) = (part for part in letter.iter_attachments() if part.get_content_type() == "application/pdf")
    assert paper.get_content().startswith(b"%PDF")


def test_a_wrong_address_sends_nothing_and_an_unknown_one_is_told(office: Office, box: Box) -> None:
    typed = {f"address_{FINANCE}": "tai chinh", f"address_{HEALTH}": "yte@tinh.example", f"to_{HEALTH}": "on"}
    assert office.post(do="send", **typed) == 422
    assert box.letters == [] and "yte@tinh.example" not in office.page()
    office.post(
        do="send",
        **{f"address_{JUSTICE}": "gone@tinh.example", f"to_{JUSTICE}": "on"},
        **{f"address_{HEALTH}": "yte@tinh.example", f"to_{HEALTH}": "on"},
    )
    page = office.finished()
    assert "không nhận địa chỉ này" in page and page.count("Đã gửi lúc") == 1
    assert len(box.letters) == 1


def test_a_mail_server_that_is_away_is_said(office: Office) -> None:
    door = office.door
    door.server.stop()
    door.server.environment = {**door.server.environment, "MEETINGROOM_MAIL_PORT": "1"}
    door.server.start()
    office.post(do="send", **{f"address_{FINANCE}": "taichinh@tinh.example", f"to_{FINANCE}": "on"})
    assert "không kết nối được" in office.finished()


@pytest.mark.parametrize(
    "address", ["a@b\nBcc: c@d", "a@b, c@d", "a", "@b", "a@", "a b@c", "đ@c.vn", "x" * 250 + "@b.vn", "<a@b>"]
)
def test_an_address_is_one_address_and_nothing_else(address: str) -> None:
    assert not acceptable(address)


def test_who_is_to_bring_a_paper_tomorrow_is_written_to_once(office: Office, box: Box) -> None:
    assert office.post(do="save", **{f"address_{FINANCE}": "taichinh@tinh.example"}) == 303
    headers = {"Cookie": office.headers["Cookie"], "Origin": office.headers["Origin"]}
    seat = office.door.seat("secretary")
    with handshake(office.door.server.port, f"{seat}/live", headers) as line:
        line.say({"hello": 1})
        now = line.hear("hello")["now"]
        for number, participant in enumerate((FINANCE, HEALTH)):  # of the second no address is known
            asked = {"item": "one", "title": "Dự toán", "participant": participant, "due": now + 3_600_000}
            line.say({"id": f"ask{number}", "do": "preparing.ask", "with": asked})
            line.hear("done")
    for _ in range(200):
        if box.letters:
            break
        time.sleep(0.1)
    (letter,) = box.letters
    body = letter.get_body(("plain",))
    assert body and "đề nghị nộp tài liệu “Dự toán”" in body.get_content()


def test_who_does_what_was_concluded_is_written_to_before_its_day(office: Office, box: Box) -> None:
    assert office.post(do="save", **{f"address_{FINANCE}": "taichinh@tinh.example"}) == 303
    headers = {"Cookie": office.headers["Cookie"], "Origin": office.headers["Origin"]}
    text = "Bố trí kinh phí\ncho cả năm " + "và các năm sau " * 20
    with handshake(office.door.server.port, f"{office.door.seat('secretary')}/live", headers) as line:
        line.say({"hello": 1})
        due = line.hear("hello")["now"] + 3_600_000
        line.say({"id": "w", "do": "conclusions.write", "with": {"text": text, "lead": "Sở Tài chính", "due": due}})
        made = line.hear("done")["made"]
        line.say({"id": "p", "do": "conclusions.publish", "with": {"conclusion": made}})
        line.hear("done")
    for _ in range(200):
        if box.letters:
            break
        time.sleep(0.1)
    (letter,) = box.letters
    body = letter.get_body(("plain",))
    assert letter["Subject"].startswith("Nhắc hạn: Bố trí kinh phí") and len(letter["Subject"]) < 130
    assert body and "Theo kết luận tại cuộc họp “Phiên họp”" in body.get_content()


def test_who_stops_in_between_has_written_to_some_and_to_nobody_further(office: Office, box: Box) -> None:
    box.open.clear()
    people = (FINANCE, HEALTH, JUSTICE)
    addresses = {f"address_{person}": f"{person}@tinh.example" for person in people}
    office.post(do="send", **addresses, **{f"to_{person}": "on" for person in people})
    assert "Dừng lại" in office.page()
    stopped = office.door.server.ask("POST", f"{office.path}?do=stop", office.headers | {"Content-Type": FORM})
    assert stopped.status == 303
    box.open.set()
    page = office.finished()
    assert len(box.letters) == 1 and page.count("Đã gửi lúc") == 1 and page.count("Chưa gửi<") >= 2
