"""A staff list through the administrator's pages: previewed, saved, invited to a meeting; and one that is far too long."""

from __future__ import annotations

import html
import io
import re
import statistics
import time
from pathlib import Path
from urllib.parse import urlencode

from loads import folder
from openpyxl import Workbook

from tests.servers import Answer, Server, administrator

PEOPLE, TOO_MANY = 500, 50_000
LOGIN, PASSWORD = "quan-tri", "mot-mat-khau-dai"
HEADS = ("Họ và tên", "Chức vụ", "Đơn vị", "Thư điện tử", "Điện thoại", "Tài khoản")
FORM = "application/x-www-form-urlencoded"


def measure(rounds: int) -> dict[str, float]:
    """Milliseconds of each step, the median; every round on an empty directory."""
    runs = [_run() for _ in range(max(1, rounds))]
    return {what: statistics.median(run[what] for run in runs) for what in runs[0]}


def _run() -> dict[str, float]:
    with folder() as place:
        administrator(place / "data", LOGIN, PASSWORD)
        with Server(place / "data") as server:
            office = _Office(server)
            return office.times()


class _Office:
    def __init__(self, server: Server) -> None:
        self.server, self.took = server, dict[str, float]()
        signed = self.ask("", "POST", "/sign-in", urlencode({"login": LOGIN, "password": PASSWORD}).encode(), FORM)
        self.cookie = signed.cookie

    cookie = ""

    def ask(self, what: str, method: str, path: str, body: bytes = b"", kind: str = FORM) -> Answer:
        asked = time.perf_counter()
        headers = {"Cookie": self.cookie, "Origin": self.server.base, "Content-Type": kind}
        answer = self.server.ask(method, path, headers, body)
        assert answer.status < 400 or what.endswith("refused"), (path, answer.status)
        if what:
            self.took[what] = (time.perf_counter() - asked) * 1000
        return answer

    def times(self) -> dict[str, float]:
        rows = [_person(number) for number in range(PEOPLE)]
        preview = self.send(f"{PEOPLE} people: preview", _workbook(rows))
        cells = re.search(r'name="cells" value="([^"]*)"', preview)
        assert cells and f"{PEOPLE} dòng dùng được" in html.unescape(preview)
        columns = {name: str(index) for index, name in enumerate(("name", "office", "unit", "email", "phone", "login"))}
        form = urlencode({"cells": html.unescape(cells[1]), **columns, "save": "1"}).encode()
        self.ask(f"{PEOPLE} people: saved", "POST", "/admin/people/import", form)
        page = self.ask("the directory's page", "GET", "/admin/people").body.decode()
        assert f">{PEOPLE}</span>" in page
        seat = str(self.ask("", "POST", "/meetings", b"title=Hop").headers["Location"]).rsplit("/", 1)[0]
        wanted = urlencode({"do": "all", "as": "member", "q": "Nguyễn"}).encode()
        added = self.ask(f"{PEOPLE} people: invited", "POST", f"{seat}/directory", wanted)
        assert str(added.headers["Location"]).endswith(f"added={PEOPLE}")
        many = [_person(number) for number in range(TOO_MANY)]
        text = "\n".join(";".join(row) for row in (HEADS, *many)).encode()
        told = html.unescape(self.send(f"{TOO_MANY} rows of {len(text) >> 20} MB CSV: refused", text))
        assert "hơn 2.000 dòng" in told or "quá lớn" in told
        self.send(f"{TOO_MANY} rows of XLSX: refused", _workbook(many))
        assert f">{PEOPLE}</span>" in self.ask("", "GET", "/admin/people").body.decode()  # nothing half-saved
        return self.took

    def send(self, what: str, content: bytes) -> str:
        edge = b"--edge\r\n"
        head = b'Content-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
        body = edge + head + content + b"\r\n--edge--\r\n"
        answer = self.ask(what, "POST", "/admin/people/import", body, "multipart/form-data; boundary=edge")
        return answer.body.decode()


def _person(number: int) -> tuple[str, ...]:
    unit = number % 40
    return (
        f"Nguyễn Văn Số {number}", "Chuyên viên", f"Sở thứ {unit}", f"so{number}@tinh.gov.vn", f"0912{number:06}", f"so{number}"
    )  # fmt: skip


def _workbook(rows: list[tuple[str, ...]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADS, *rows):
        sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


if __name__ == "__main__":
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    for step, ms in measure(1).items():
        print(f"{step}: {ms:.0f} ms")
