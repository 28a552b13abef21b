"""Uploads over HTTP: what is sent again because its answer was lost is there once."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import docx
import pytest

from meetingroom.domain.audience import merge
from meetingroom.domain.papers import being_prepared
from meetingroom.domain.papers.messages import Accept, Receive
from meetingroom.endpoints.papers.uploads import until_recorded
from meetingroom.rendering import recognition
from tests.endpoints.conftest import OPEN_PAPER, Door
from tests.endpoints.line import handshake
from tests.live.hall import hall
from tests.rendering import documents
from tests.stories import FINANCE, SECRETARY


def test_a_file_sent_twice_with_the_same_id_is_one_paper(door: Door) -> None:
    path = f"{door.seat('secretary')}/papers?item=one&file_name=a.pdf&id=twice"
    first, second = (door.ask("PUT", path, "secretary", documents.text(1)) for _ in range(2))
    assert (first.status, second.status) == (201, 201)
    assert json.loads(first.body) == json.loads(second.body)


def test_what_cannot_be_done_now_is_said_so(door: Door) -> None:
    path = f"{door.seat('secretary')}/papers/no-such-paper?file_name=a.pdf"
    answer = door.ask("PUT", path, "secretary", documents.text(1))
    assert answer.status == 409
    assert json.loads(answer.body)["code"] == "papers.unknown"


def test_a_mark_that_cannot_be_read_does_not_keep_a_paper_from_being_there(own_door: Callable[..., Door]) -> None:
    door = own_door()
    wrong = ("m", FINANCE, "x", 1, 1, OPEN_PAPER, OPEN_PAPER, 1, "note", "no JSON", False)
    with closing(sqlite3.connect(door.server.data / "meetingroom.db")) as database, database:
        database.execute(f"INSERT INTO mark VALUES ({', '.join('?' * len(wrong))})", wrong)
    path = f"{door.seat('secretary')}/papers/{OPEN_PAPER}?file_name=a.pdf"
    revision = json.loads(door.ask("PUT", path, "secretary", documents.text(3)).body)["revision"]
    with handshake(door.server.port, f"{door.seat('secretary')}/live", _headers(door)) as line:
        line.say({"hello": 1})
        papers = line.hear("view")["view"]["papers"]
        while papers[OPEN_PAPER]["revisions"][revision]["state"] != "ready":
            papers = merge(papers, line.hear("patch")["patch"].get("papers", {}))
    assert "marks not foreseen" in door.server.logged()


def _headers(door: Door) -> dict[str, str]:
    return {"Cookie": door.cookie("secretary"), "Origin": door.server.base}


def test_a_prepared_paper_is_recorded_once_the_disk_takes_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            received = Receive(item="one", title="Dự thảo", file="f" * 64, file_name="a.pdf", size=1)
            made = (await here.room.give(SECRETARY, received)).made or ""
            here.journal.failing = OSError("no space left on device")
            accept = Accept(paper=made, revision=made, pages=1, sizes=((1, 595.0, 842.0),))
            recording = asyncio.ensure_future(until_recorded(here.room, accept))
            await here.record.reached.wait()
            await asyncio.sleep(0.1)
            assert not recording.done()
            here.journal.failing = None
            await recording
            assert not being_prepared(here.room.meeting.papers)

    asyncio.run(story())


def marked() -> bytes:
    return documents.says("MẬT", "Số: 12/BC-UBND")


def stamped_scan() -> bytes:
    return documents.scanned(documents.says('<span style="font-size: 20pt"><b>TỐI MẬT</b></span>', "Số: 12/BC-UBND"))


needs_tesseract = pytest.mark.skipif(not recognition.is_installed(), reason="Tesseract with `vie` is not installed")


@pytest.mark.parametrize("made", [marked, pytest.param(stamped_scan, marks=needs_tesseract)])
def test_a_paper_with_a_secrecy_marking_is_refused_and_nothing_of_it_is_left(
    own_door: Callable[..., Door], made: Callable[[], bytes]
) -> None:
    door, secret = own_door(), made()
    path = f"{door.seat('secretary')}/papers?item=one&file_name=bao-cao.pdf"
    revision = json.loads(door.ask("PUT", path, "secretary", secret).body)["revision"]
    with handshake(door.server.port, f"{door.seat('secretary')}/live", _headers(door)) as line:
        line.say({"hello": 1})
        papers = line.hear("view")["view"]["papers"]
        while papers[revision]["revisions"][revision]["state"] == "preparing":
            papers = merge(papers, line.hear("patch")["patch"].get("papers", {}))
    shown = papers[revision]["revisions"][revision]
    assert (shown["state"], shown["reason"], shown["numbers"]["page"]) == ("rejected", "marked_secret", 1)
    patience = time.monotonic() + 10
    while left(door, secret) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not left(door, secret)


def test_a_file_whose_name_says_it_is_secret_is_not_taken_in(own_door: Callable[..., Door]) -> None:
    door, secret = own_door(), documents.text(1)
    path = f"{door.seat('secretary')}/papers?item=one&file_name={quote('Báo cáo (Tối mật).pdf')}"
    answer = door.ask("PUT", path, "secretary", secret)
    assert (answer.status, json.loads(answer.body)["code"]) == (409, "marked_secret_name")
    assert not left(door, secret)


def test_where_the_settings_say_so_marked_papers_are_taken(own_door: Callable[..., Door]) -> None:
    door = own_door(environment={"MEETINGROOM_MARKED_SECRET": "true"})
    path = f"{door.seat('secretary')}/papers?item=one&file_name={quote('Báo cáo (Mật).pdf')}"
    assert door.ask("PUT", path, "secretary", documents.says("MẬT")).status == 201


def left(door: Door, content: bytes) -> list[Path]:
    """What the server has of a file; the pages of other papers may be made meanwhile."""
    name = hashlib.sha256(content).hexdigest()
    kept = [
        path for path in (door.server.data / "papers").rglob("*") if path.is_file() and path.read_bytes() == content
    ]
    return kept + [path for path in door.server.data.rglob("*") if name in str(path)]


def test_an_office_file_becomes_a_paper_or_is_said_not_to(own_door: Callable[..., Door]) -> None:
    """Whether LibreOffice is there or not, the file itself is not kept."""
    door = own_door()
    made, file = docx.Document(), io.BytesIO()
    made.add_paragraph("Tờ trình về dự toán")
    made.save(file)
    path = f"{door.seat('secretary')}/papers?item=one&file_name={quote('Tờ trình số 1.2.docx')}"
    answer = door.ask("PUT", path, "secretary", file.getvalue())
    if answer.status == 415:
        assert json.loads(answer.body)["code"] == "no_office" and not left(door, file.getvalue())
        return
    assert answer.status == 201
    assert not left(door, file.getvalue())
    with handshake(door.server.port, f"{door.seat('secretary')}/live", _headers(door)) as line:
        line.say({"hello": 1})
        paper = line.hear("view")["view"]["papers"][json.loads(answer.body)["paper"]]
    assert paper["title"] == "Tờ trình số 1.2"


def test_a_unit_brings_what_was_asked_of_it_and_nobody_else_does(own_door: Callable[..., Door]) -> None:
    door = own_door()
    with handshake(door.server.port, f"{door.seat('secretary')}/live", _headers(door)) as line:
        line.say({"hello": 1})
        line.hear("hello")
        asked = {"item": "one", "title": "Dự toán", "participant": FINANCE}
        line.say({"id": "ask", "do": "preparing.ask", "with": asked})
        key = line.hear("done")["made"]
        bring = f"papers?asked={key}&file_name=a.pdf"
        assert door.ask("PUT", f"{door.seat('guest')}/{bring}", "guest", documents.text(1)).status == 404
        answer = door.ask("PUT", f"{door.seat('delegate')}/{bring}&id=b1", "delegate", documents.text(1))
        made = json.loads(answer.body)
        assert (answer.status, made["paper"]) == (201, made["revision"])
        answer = door.ask("PUT", f"{door.seat('delegate')}/{bring}&id=b2", "delegate", documents.text(2))
        assert (answer.status, json.loads(answer.body)["paper"]) == (201, made["paper"])
    page = f"pages/{made['revision']}/1/1080"
    for _ in range(200):
        if door.ask("GET", f"{door.seat('delegate')}/{page}", "delegate").status == 200:
            break
        time.sleep(0.1)
    statuses = {
        who: door.ask("GET", f"{door.seat(who)}/{page}", who).status for who in ("secretary", "guest", "screen")
    }
    assert statuses == {"secretary": 200, "guest": 404, "screen": 404}
    assert door.ask("GET", f"{door.seat('delegate')}/{page}", "delegate").status == 200
