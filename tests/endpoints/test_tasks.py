"""What was concluded in all meetings one keeps: a list, a board, and how far each has come. Others see none of it."""

from __future__ import annotations

import io
import re
import time
from urllib.parse import quote

import openpyxl

from tests.endpoints.conftest import Door
from tests.endpoints.line import handshake
from tests.endpoints.test_carry import Secretary
from tests.rendering import documents
from tests.servers import Answer, Server
from tests.stories import FINANCE

DAY = 24 * 3_600_000


def test_the_tasks_of_all_meetings_stand_in_one_list(door: Door) -> None:
    secretary, now = Secretary(door), int(time.time() * 1000)
    made = []
    for title, text, due in (
        ("Phiên tháng 8", "Bố trí kinh phí", now - 2 * DAY + 3_600_000),
        ("Phiên tháng 9", "Mua máy", now + DAY),
    ):
        seat = secretary.meeting(title)
        (task,) = secretary.give(seat, ("conclusions.write", {"text": text, "lead": "Sở Tài chính <b>", "due": due}))
        secretary.give(
            seat, ("conclusions.write", {"text": "Chưa công bố"}), ("conclusions.publish", {"conclusion": task})
        )
        made.append(f"/tasks/{seat.split('/')[2]}/{task}")
    page = secretary.ask("GET", "/tasks").body.decode()
    assert page.index("Bố trí kinh phí") < page.index("Mua máy") and "Phiên tháng 8" in page
    assert "Chưa công bố" not in page and "Sở Tài chính &lt;b&gt;" in page and "Sở Tài chính <b>" not in page
    assert "Quá hạn 2 ngày" in page
    board = secretary.ask("GET", "/tasks?form=board").body.decode()
    assert re.search('class="column soon".*?Mua máy', board, re.S) and "Phiên tháng 9" in board
    late = secretary.ask("GET", "/tasks?standing=late").body.decode()
    assert "Bố trí kinh phí" in late and "Mua máy" not in late
    assert "Mua máy" not in secretary.ask("GET", "/tasks?standing=done").body.decode()

    task = made[0]
    page = secretary.ask("GET", task).body.decode()
    [key] = re.findall(r'name="id" value="([^"]+)"', page)
    for _ in range(2):  # pressed twice: said once
        said = secretary.ask("POST", task, f"id={key}&do=progress&note={quote('Đang lập dự toán')}")
        assert said.status == 303
    page = secretary.ask("GET", task).body.decode()
    assert page.count("Đang lập dự toán") == 1
    [key] = re.findall(r'name="id" value="([^"]+)"', page)
    assert secretary.ask("POST", task, f"id={key}&do=done&note=").status == 303
    assert "Bố trí kinh phí" not in secretary.ask("GET", "/tasks").body.decode()
    assert "Bố trí kinh phí" in secretary.ask("GET", "/tasks?form=board").body.decode(), "in the last column"
    old = f"id=from-an-old-page&note={quote('Nói thêm')}&do="
    assert secretary.ask("POST", task, f"{old}progress").status == 303
    assert "Nói thêm" in secretary.ask("GET", task).body.decode()
    assert [secretary.ask("POST", task, old + do).status for do in ("", "x")] == [400, 400]
    assert "Bố trí kinh phí" not in secretary.ask("GET", "/tasks").body.decode(), "still done"
    for visitor in ("chair", "delegate", "stranger"):
        assert "Mua máy" not in door.ask("GET", "/tasks?standing=all", visitor).body.decode()
        assert door.ask("GET", made[1], visitor).status == 404


def test_who_keeps_a_meeting_by_a_personal_code_has_its_tasks(door: Door) -> None:
    cookie = {"Cookie": door.cookie("secretary"), "Origin": door.server.base}
    with handshake(door.server.port, f"{door.seat('secretary')}/live", cookie) as line:
        line.say({"hello": 1})
        line.say({"id": "w", "do": "conclusions.write", "with": {"text": "Rà soát quy chế"}})
        task = line.hear("done")["made"]
        line.say({"id": "p", "do": "conclusions.publish", "with": {"conclusion": task}})
        line.hear("done")
    assert "Rà soát quy chế" in door.server.ask("GET", "/tasks", cookie).body.decode()
    assert door.ask("GET", f"/tasks/m/{task}", "delegate").status == 404


def test_a_unit_reports_on_its_task_with_a_paper_and_the_secretary_accepts(door: Door) -> None:
    secretary = {"Cookie": door.cookie("secretary"), "Origin": door.server.base}
    delegate = {"Cookie": door.cookie("delegate"), "Origin": door.server.base}
    with handshake(door.server.port, f"{door.seat('secretary')}/live", secretary) as line:
        line.say({"hello": 1})
        unit = line.hear("view")["view"]["people"][FINANCE]
        lead = unit.get("unit") or unit["office"]
        line.say({"id": "rw", "do": "conclusions.write", "with": {"text": "Bố trí vốn đối ứng", "lead": lead}})
        task = line.hear("done")["made"]
        line.say({"id": "rp", "do": "conclusions.publish", "with": {"conclusion": task}})
        line.hear("done")
    path = f"/tasks/m/{task}"
    assert "Bố trí vốn đối ứng" in door.server.ask("GET", "/tasks", delegate).body.decode()
    page = door.server.ask("GET", path, delegate).body.decode()
    assert "Báo cáo tiến độ" in page and 'value="done"' not in page, "the office alone says that it is done"
    assert door.ask("GET", path, "guest").status == 404
    assert said(door.server, path, delegate, {"do": "done"}).status == 404

    assert said(door.server, path, delegate, {"do": "report", "percent": "60"}).status == 409, "neither words nor paper"
    told = {"do": "report", "percent": "60", "note": "Đã trình HĐND"}
    refused = said(door.server, path, delegate, told, ("to-trinh.pdf", b"no PDF"))
    assert refused.status == 422 and "Đã trình HĐND</textarea>" in refused.body.decode(), "what was written stays"
    assert 'max="100" value="60"' in refused.body.decode()
    assert said(door.server, path, delegate, told, ("Tờ trình (Mật).pdf", documents.text(1))).status == 422
    assert said(door.server, path, delegate, told, ("to-trinh.pdf", documents.text(1))).status == 303
    assert "Có báo cáo chờ xác nhận" in door.server.ask("GET", "/tasks", secretary).body.decode()
    page = door.server.ask("GET", path, secretary).body.decode()
    assert "Đã trình HĐND" in page and "60 %" in page
    [paper] = re.findall(rf'href="({path}/[^"]+\.pdf)"', page)
    assert door.server.ask("GET", paper, secretary).body == door.server.ask("GET", paper, delegate).body
    assert door.ask("GET", paper, "guest").status == 404
    report = paper.rsplit("/", 1)[1].removesuffix(".pdf")
    assert said(door.server, path, secretary, {"do": "decline", "report": report}).status == 409
    assert said(door.server, path, secretary, {"do": "accept", "report": report}).status == 303
    listed = door.server.ask("GET", "/tasks", delegate).body.decode()
    assert "60 %" in listed and "Có báo cáo chờ" not in listed
    [sheet] = read_sheet(door.server.ask("GET", "/tasks.xlsx", delegate).body)
    assert sheet[1:3] == ("Bố trí vốn đối ứng", lead) and sheet[7] == 60


def said(
    server: Server, path: str, who: dict[str, str], fields: dict[str, str], file: tuple[str, bytes] | None = None
) -> Answer:
    """As a browser sends the form of a page."""
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items()]
    body = "".join(parts).encode()
    if file:
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n\r\n'
        body += head.encode() + file[1] + b"\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=x", "Accept": "text/html"}
    return server.ask("POST", path, who | kind, body + b"--x--\r\n")


def read_sheet(content: bytes) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.active
    return list(book.active.iter_rows(min_row=2, values_only=True))
