"""Documents are issued as files that change no more, come back signed, are put right by new ones, and archived as they are."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pymupdf
import pytest

from tests.endpoints.conftest import LOGIN, PASSWORD, Door
from tests.endpoints.test_minutes import Desk
from tests.endpoints.test_signing import archived
from tests.endpoints.test_tasks import said
from tests.rendering import documents
from tests.signatures.test_signatures import changed, signed
from tests.stories import CHAIR, FINANCE, SECRETARY


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path / "desk")
    with opened.server:
        yield opened


def issue(desk: Desk, **said: str) -> tuple[int, dict[str, str]]:
    headers = {"Cookie": desk.cookies[SECRETARY], "Origin": desk.server.base}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    answer = desk.server.ask("POST", f"/m/m/{SECRETARY}/issued", headers, urlencode(said).encode())
    return answer.status, json.loads(answer.body)


def put(desk: Desk, path: str, content: bytes) -> tuple[int, dict[str, object]]:
    headers = {"Cookie": desk.cookies[SECRETARY], "Origin": desk.server.base}
    answer = desk.server.ask("PUT", f"/m/m/{SECRETARY}/{path}", headers, content)
    return answer.status, json.loads(answer.body)


def read(content: bytes) -> str:
    with pymupdf.open(stream=content) as opened:
        return " ".join(" ".join(page.get_text() for page in opened).split())


def test_a_notice_is_issued_signed_and_replaced_by_one_that_names_it(desk: Desk) -> None:
    status, told = issue(desk, id="i1", kind="conclusions", number="15/TB-VP")
    assert status == 201
    assert issue(desk, id="i1", kind="conclusions", number="15/TB-VP")[1]["code"] == "issuing.issued_already"
    first = f"issued/{told['document']}.pdf"
    printed = desk.ask(SECRETARY, first).body
    assert "15/TB-VP" in read(printed) and "Giao Sở Tài chính rà soát" in read(printed)
    desk.give(SECRETARY, "conclusions.change", conclusion="c", text="Giao Sở Y tế", item="one")
    assert desk.ask(CHAIR, first).body == printed, "it changes no more"
    assert desk.ask(FINANCE, first).status == 404

    once = signed(printed, "Nguyễn Văn A")
    for content, code in (
        (printed, "signing.no_signature"),
        (changed(once), "signing.not_whole"),
        (signed(documents.text(1), "Nguyễn Văn A"), "signing.not_ours"),
    ):
        assert put(desk, first, content)[1]["code"] == code
    assert put(desk, first, once) == (201, {"signers": ["Nguyễn Văn A"]})
    assert desk.ask(SECRETARY, first).body == once

    again = {"kind": "conclusions", "number": "16/TB-VP", "corrects": told["document"]}
    assert issue(desk, **again)[1]["code"] == "issuing.needs_reason"
    status, second = issue(desk, **again, reason="Giao nhầm cơ quan.")
    text = read(desk.ask(SECRETARY, f"issued/{second['document']}.pdf").body)
    assert status == 201 and "thay thế Thông báo kết luận số 15/TB-VP" in text and "Giao nhầm cơ quan." in text
    assert "Giao Sở Y tế" in text and desk.ask(SECRETARY, first).body == once
    assert issue(desk, kind="attendance")[0] == issue(desk, kind="invitation")[0] == 201
    assert [issue(desk, kind=kind)[0] for kind in ("other", "x", "")] == [400, 400, 400]


def test_what_was_issued_goes_into_the_archive_and_is_taken_in_elsewhere_signed(
    desk: Desk, own_door: Callable[..., Door]
) -> None:
    notice = issue(desk, kind="conclusions", number="15/TB-VP")[1]["document"]
    once = signed(desk.ask(SECRETARY, f"issued/{notice}.pdf").body, "Nguyễn Văn A")
    assert put(desk, f"issued/{notice}.pdf", once)[0] == 201
    resolution = signed(documents.text(1), "Trần Thị B")
    assert put(desk, "issued?title=" + quote("Nghị quyết số 7"), documents.text(1))[1]["code"] == "signing.no_signature"
    status, other = put(desk, "issued?title=" + quote("Nghị quyết số 7"), resolution)
    assert (status, other["signers"]) == (201, ["Trần Thị B"])
    assert put(desk, "issued?title=" + quote("Báo cáo (Mật)"), resolution)[1]["code"] == "marked_secret_name"
    assert desk.ask(CHAIR, "minutes/approval", desk.seen(CHAIR)).status == 200
    minutes = signed(desk.ask(SECRETARY, "documents/minutes.pdf").body, "Lê Văn C")
    assert put(desk, "minutes/signed", minutes)[0] == 201
    correction = {"kind": "correction", "corrects": "minutes", "reason": "Điểm 2 đọc là:\n15 tỷ đồng."}
    status, corrects = issue(desk, **correction)
    text = read(desk.ask(SECRETARY, f"issued/{corrects['document']}.pdf").body)
    assert status == 201 and "Đính chính" in text and "Biên bản" in text and "15 tỷ đồng." in text

    shown = {"do": "report", "percent": "100", "note": "Đã rà soát"}
    finance = {"Cookie": desk.cookies[FINANCE], "Origin": desk.server.base}
    assert said(desk.server, "/tasks/m/c", finance, shown, ("bao-cao.pdf", documents.text(2))).status == 303

    content = archived(desk)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("van-ban/phat-hanh/")]
        assert [name.rsplit("/", 1)[1][:6] for name in names] == ["01 Thô", "02 Ngh", "03 Thô"]
        assert archive.read(names[0]) == once and archive.read(names[1]) == resolution
        assert archive.read("van-ban/bien-ban.pdf") == minutes
        assert archive.read("minh-chung/01 bao-cao.pdf") == documents.text(2)
        assert all(quote(name) in archive.read("index.html").decode() for name in names)

    door = own_door()
    door.server.stop()  # it has a meeting m of its own
    for file in door.server.data.glob("meetingroom.db*"):
        file.unlink()
    door.server.start()
    setup = urlencode({"login": LOGIN, "password": PASSWORD, "again": PASSWORD}).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": door.server.base}
    assert door.server.ask("POST", "/setup", form, setup).status == 303
    taken = door.ask("PUT", "/admin/archives", "administrator", content, Content_Type="application/zip")
    assert taken.status == 201, taken.body
    cookie = {"Cookie": door.cookie("administrator"), "Origin": door.server.base}
    entered = door.server.ask("POST", "/admin/archives", cookie | {"Content-Type": form["Content-Type"]}, b"meeting=m")
    seat = entered.headers["Location"].rsplit("/", 1)[0]
    for path, kept in ((f"issued/{notice}.pdf", once), ("documents/minutes.pdf", minutes)):
        body = door.server.ask("GET", f"{seat}/{path}", cookie).body
        assert hashlib.sha256(body).digest() == hashlib.sha256(kept).digest()
    again = door.server.ask(
        "POST", f"{seat}/issued", cookie | {"Content-Type": form["Content-Type"]}, b"kind=attendance"
    )
    assert again.status == 409, "nobody changes it there"
