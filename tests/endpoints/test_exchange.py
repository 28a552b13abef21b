"""Documents from and to another agency, through a real server and a peer that speaks HTTP."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from sqlalchemy import update

from meetingroom.exchange.letter import Attachment, Business, Letter, Organ, Status
from meetingroom.exchange.reading import read
from meetingroom.exchange.writing import told, written
from meetingroom.storage.accounts import Accounts
from meetingroom.storage.engine import Beside, Database
from meetingroom.storage.library import place_of
from meetingroom.storage.tables import DISPATCH
from tests.endpoints.conftest import Door
from tests.endpoints.test_search import _give, _until
from tests.exchange.peer import TOKEN, Peer, peer
from tests.exchange.test_edxml import LETTER, THEM
from tests.rendering import documents
from tests.stories import FINANCE

FORM = "application/x-www-form-urlencoded"
US = Organ("000.00.00.H37", "Ủy ban nhân dân tỉnh")
CAME = replace(
    LETTER,
    sender=THEM,
    receivers=(US,),
    subject="Tờ trình về dự toán",
    attachments=(Attachment("to-trinh.pdf", "application/pdf", documents.text(2)), Attachment("bang.txt", "", b"x")),
)
SEND = {
    "do": "send",
    "what": "conclusions",
    "to": "000.00.12.H37; Sở Tài chính\n000.00.13.H37; Sở Y tế",
    "number": "05",
    "notation": "TB-VP",
    "kind": "Thông báo",
    "place": "Lạng Sơn",
    "promulgated": "2026-03-09",
    "subject": "Kết luận phiên họp",
    "signer": "Nguyễn Văn A",
    "position": "Chánh Văn phòng",
}

Here = tuple[Door, Peer]


@pytest.fixture
def here(own_door: Callable[..., Door]) -> Iterator[Here]:
    with peer() as gateway:
        settings = {"EXCHANGE": gateway.address, "EXCHANGE_TOKEN": TOKEN, "EXCHANGE_ORGAN": US.id}
        yield own_door(environment={f"MEETINGROOM_{name}": value for name, value in settings.items()}), gateway


def page(door: Door, visitor: str = "secretary") -> str:
    answer = door.ask("GET", f"{door.seat(visitor)}/exchange", visitor)
    return answer.body.decode() if answer.status == 200 else ""


def do(door: Door, **fields: str) -> int:
    body = urlencode(fields).encode()
    return door.ask("POST", f"{door.seat('secretary')}/exchange", "secretary", body, Content_Type=FORM).status


def dispatch(door: Door) -> str:
    found = re.search(r'name="dispatch" value="(\w+)"', page(door))
    assert found
    return found[1]


def clerk(door: Door, **fields: str) -> int:
    """As the administrator, who has given that right to themselves."""
    with contextlib.closing(Beside(door.server.data)) as opened:
        accounts = Accounts(opened)
        accounts.set_clerk(accounts.all()[0].id, True)
    body = urlencode(fields).encode()
    return door.ask("POST", "/dispatches", "administrator", body, Content_Type=FORM).status


def outbox(door: Door) -> str:
    return door.ask("GET", "/dispatches", "administrator").body.decode()


def clerk_sends(door: Door) -> None:
    """Whatever waits for the clerk."""
    assert clerk(door, do="look") == 303
    for one in re.findall(
        r'name="dispatch" value="([^"]+)"><button class="btn strong" name="do" value="send"', outbox(door)
    ):
        assert clerk(door, do="send", dispatch=one) == 303


def conclude(door: Door) -> None:
    made = _give(door, "conclusions.write", {"text": "Giao Sở Tài chính rà soát"})
    _give(door, "conclusions.publish", {"conclusion": made})


def at_once(door: Door, **fields: str) -> list[int]:
    """What three posts of one form at the same moment are answered."""
    headers = {"Cookie": door.cookie("secretary"), "Origin": door.server.base, "Content-Type": FORM}
    path, body = f"{door.seat('secretary')}/exchange", urlencode(fields).encode()
    with ThreadPoolExecutor(3) as hands:
        return sorted(hands.map(lambda _: door.server.ask("POST", path, headers, body).status, range(3)))


def papers(door: Door) -> int:
    journal = door.ask("GET", f"{door.seat('secretary')}/journal.json", "secretary").body.decode()
    return journal.count(r"\"title\":\"05/TB-UBND")


def said(gateway: Peer) -> list[Letter | Status]:
    return [read(body, 1 << 20) for body in gateway.got]


def test_a_document_that_came_is_filed_as_a_paper_and_its_sender_hears_of_it(here: Here) -> None:
    door, gateway = here
    gateway.offered = {"one": written(CAME), "bad": b"no xml"}
    assert do(door, do="look") == 303
    assert gateway.offered == {}
    assert "Tờ trình về dự toán" in page(door) and "không đọc được" in page(door)
    key = dispatch(door)
    assert do(door, do="file", dispatch=key, item="one", attachment="1") == 422  # no paper can be made of it
    assert do(door, do="file", dispatch=key, item="none", attachment="0") == 422
    assert do(door, do="file", dispatch=key, item="one", attachment="0") == 303
    assert do(door, do="file", dispatch=key, item="one", attachment="0") == 422, "filed once"
    assert do(door, do="look") == 303
    answers = [each for each in said(gateway) if isinstance(each, Status)]
    assert [(each.code, each.about.document, each.sender.id) for each in answers] == [
        ("01", CAME.document, US.id),
        ("03", CAME.document, US.id),
    ]
    listed = door.ask("GET", f"{door.seat('secretary')}/journal.json", "secretary").body.decode()
    assert "05/TB-UBND: Tờ trình về dự toán" in listed
    gateway.offered = {"again": written(CAME)}
    do(door, do="look")
    assert page(door).count("Tờ trình về dự toán") == 1, "what is offered once more is known"
    for other in ("chair", "delegate", "guest", "stranger"):
        assert page(door, other) == ""


def test_what_was_filed_when_the_server_stopped_is_filed_once_also_by_another_secretary(here: Here) -> None:
    door, gateway = here
    gateway.offered = {"one": written(CAME)}
    do(door, do="look")
    filed = {"do": "file", "dispatch": dispatch(door), "item": "one", "attachment": "0"}
    assert do(door, **filed) == 303
    door.server.kill()  # and let it have ended before it had answered
    with contextlib.closing(Database(door.server.data)) as database, database.transaction() as connection:
        connection.execute(update(DISPATCH).values(status="01", paper=""))
    door.server.start()
    office = {"office": "Phó Chánh Văn phòng", "role": "secretary", "member": False, "seat": "2", "rank": 2}
    _give(door, "people.change", {"participant": FINANCE, **office})
    body = urlencode(filed).encode()
    assert door.ask("POST", f"{door.seat('delegate')}/exchange", "delegate", body, Content_Type=FORM).status == 303
    assert papers(door) == 1


def test_what_cannot_be_read_does_not_stay_before_what_can(here: Here) -> None:
    door, gateway = here
    foreign = {f"a{key}": f'<?xml version="1.0" encoding="TCVN3"?><edXML a="{key}"/>'.encode() for key in range(50)}
    gateway.offered = foreign | {"b": written(CAME)}  # one look takes fifty
    do(door, do="look")
    do(door, do="look")
    assert gateway.offered == {} and page(door).count("không đọc được") == 50
    assert "Tờ trình về dự toán" in page(door)


def test_a_message_that_cannot_be_read_for_a_moment_can_be_filed_afterwards(here: Here) -> None:
    door, gateway = here
    gateway.offered = {"one": written(CAME)}
    do(door, do="look")
    kept = place_of(door.server.data / "papers", hashlib.sha256(written(CAME)).hexdigest())
    gone = kept.rename(kept.with_suffix(".gone"))
    assert "to-trinh.pdf" not in page(door)
    gone.rename(kept)
    assert "to-trinh.pdf" in page(door)


def test_who_files_at_the_same_moment_files_once(here: Here) -> None:
    door, gateway = here
    gateway.offered = {"one": written(CAME)}
    do(door, do="look")
    key = dispatch(door)
    assert at_once(door, do="file", dispatch=key, item="one", attachment="0") == [303, 422, 422]
    do(door, do="look")
    assert papers(door) == 1
    assert [each.code for each in said(gateway) if isinstance(each, Status)] == ["01", "03"]
    door.server.kill()  # and let it have ended before it had answered
    with contextlib.closing(Database(door.server.data)) as database, database.transaction() as connection:
        connection.execute(update(DISPATCH).where(DISPATCH.c.id == key).values(status="01"))
    door.server.start()
    assert do(door, do="file", dispatch=key, item="one", attachment="0") == 303
    assert papers(door) == 1


def test_a_form_sent_twice_sends_one_letter_to_each(here: Here) -> None:
    door, gateway = here
    conclude(door)
    key = re.search(r'name="id" value="([^"]+)"', page(door))
    assert key and at_once(door, **SEND, id=key[1]) == [303] * 3
    clerk_sends(door)
    do(door, do="look")
    assert sorted(each.receivers[0].id for each in said(gateway) if isinstance(each, Letter)) == [
        "000.00.12.H37",
        "000.00.13.H37",
    ]
    do(door, **SEND | {"number": "06"}, id=key[1])
    clerk_sends(door)
    do(door, do="look")
    assert len(gateway.got) == 4, "another letter by the same form"


def test_a_document_is_refused_with_a_reason_and_a_recall_is_answered(here: Here) -> None:
    door, gateway = here
    gateway.offered = {"one": written(CAME)}
    do(door, do="look")
    key = dispatch(door)
    assert do(door, do="refuse", dispatch=key, reason="x") == 303 and "Gửi nhầm" not in outbox(door), "no secretary's"
    assert clerk(door, do="refuse", dispatch=key) == 422
    assert clerk(door, do="refuse", dispatch=key, reason="Gửi nhầm nơi nhận") == 303
    assert clerk(door, do="refuse", dispatch=key, reason="Gửi nhầm nơi nhận") == 422
    recall = replace(CAME, document="r", business=Business.RECALL, about=CAME.document, attachments=())
    gateway.offered = {"two": written(recall)}
    do(door, do="look")
    assert "đề nghị thu hồi" in page(door)
    [asked] = re.findall(r'name="dispatch" value="(\w+)"><p>', outbox(door))
    assert clerk(door, do="agree", dispatch=asked) == 303
    do(door, do="look")
    answers = [(each.code, each.text) for each in said(gateway) if isinstance(each, Status)]
    assert answers == [("01", ""), ("02", "Gửi nhầm nơi nhận"), ("01", ""), ("15", "")]


def test_a_notice_of_conclusions_is_sent_to_each_and_what_they_say_is_shown(here: Here) -> None:
    door, gateway = here
    made = _give(door, "conclusions.write", {"text": "Giao Sở Tài chính rà soát"})
    assert 'value="conclusions"' not in page(door) and do(door, **SEND) == 422, "a draft"
    _give(door, "conclusions.publish", {"conclusion": made})
    assert 'value="conclusions"' in page(door)
    assert do(door, **SEND | {"what": "minutes"}) == 422, "before they are approved"
    assert do(door, **SEND | {"signer": ""}) == 422
    assert do(door, **SEND | {"to": ""}) == 422
    assert do(door, **SEND) == 303
    do(door, do="look")
    assert not [each for each in said(gateway) if isinstance(each, Letter)] and "Chờ văn thư gửi" in page(door)
    clerk_sends(door)
    do(door, do="look")
    letters = [each for each in said(gateway) if isinstance(each, Letter)]
    assert {each.receivers[0].id for each in letters} == {"000.00.12.H37", "000.00.13.H37"}
    assert {(each.document, each.number, each.sender.id) for each in letters} == {(letters[0].document, "05", US.id)}
    assert letters[0].attachments[0].content.startswith(b"%PDF")
    gateway.offered = {"status": told(Status(THEM, letters[0].reference, "03", "Văn thư đã nhận", ""))}
    do(door, do="look")
    assert "Văn thư đã nhận" in page(door) and page(door).count("Đã tiếp nhận") == 1


def test_only_who_has_the_right_sends_and_recalls_under_the_agency_s_name(here: Here) -> None:
    door, gateway = here
    assert door.ask("GET", "/dispatches", "administrator").status == 404, "nobody, until an administrator names them"
    conclude(door)
    assert do(door, **SEND | {"to": "000.00.12.H37; Sở Tài chính"}) == 303
    assert clerk(door, do="look") == 303
    [held] = re.findall(r'name="dispatch" value="([^"]+)"><button', outbox(door))
    assert door.ask("GET", f"/dispatches/{held}.pdf", "administrator").body.startswith(b"%PDF")
    for visitor in ("secretary", "chair", "delegate"):
        assert door.ask("GET", f"/dispatches/{held}.pdf", visitor).status in (401, 404)
    assert clerk(door, do="return", dispatch=held) == 422
    assert clerk(door, do="return", dispatch=held, reason="Thiếu căn cứ") == 303
    assert "Thiếu căn cứ" in page(door) and clerk(door, do="send", dispatch=held) == 422
    assert do(door, **SEND | {"to": "000.00.12.H37; Sở Tài chính", "number": "06"}) == 303
    clerk_sends(door)
    _until(lambda: bool([each for each in said(gateway) if isinstance(each, Letter)]))
    [sent] = re.findall(r'name="dispatch" value="([^"]+)"><div class="field grow"><label for="recall-', outbox(door))
    assert clerk(door, do="recall", dispatch=sent) == 422
    body = urlencode({"do": "recall", "dispatch": sent, "reason": "Sai thể thức"}).encode()
    headers = {"Cookie": door.cookie("administrator"), "Origin": door.server.base, "Content-Type": FORM}
    with ThreadPoolExecutor(6) as hands:  # a button pressed twice, or by two clerks
        pressed = [hands.submit(door.server.ask, "POST", "/dispatches", headers, body) for _ in range(6)]
    assert sorted(each.result().status for each in pressed) == [303] + [422] * 5, "once"
    _until(lambda: len([each for each in said(gateway) if isinstance(each, Letter)]) == 2)
    first, recall = [each for each in said(gateway) if isinstance(each, Letter)]
    assert (recall.business, recall.about, recall.reason) == (Business.RECALL, first.document, "Sai thể thức")
    gateway.offered = {"yes": told(Status(THEM, recall.reference, "15", "", ""))}
    do(door, do="look")
    assert "Đồng ý thu hồi" in outbox(door)
    log = door.ask("GET", "/admin/audit.csv", "administrator").body.decode()
    assert log.count("Đề nghị thu hồi văn bản đã gửi") == 1 and "Thiếu căn cứ" in log


def test_a_sender_hears_how_far_their_document_is(here: Here) -> None:
    door, gateway = here
    gateway.offered = {"one": written(CAME)}
    do(door, do="look")
    key = dispatch(door)
    assert clerk(door, do="tell", dispatch=key, code="05") == 422, "before it was taken in"
    assert do(door, do="file", dispatch=key, item="one", attachment="0") == 303
    assert clerk(door, do="tell", dispatch=key, code="05") == 303
    assert clerk(door, do="tell", dispatch=key, code="04") == 422, "never back"
    assert clerk(door, do="tell", dispatch=key, code="06") == 303
    do(door, do="look")
    assert [each.code for each in said(gateway) if isinstance(each, Status)] == ["01", "03", "05", "06"]


def test_a_gateway_that_fails_costs_no_document(here: Here) -> None:
    door, gateway = here
    gateway.deaf = True
    conclude(door)
    assert do(door, **SEND) == 303
    clerk_sends(door)
    do(door, do="look")
    assert gateway.got == [] and "chưa gửi được" in page(door)
