"""What is drawn for the room is kept with the minutes: a page with the ink on it, in the documents and in the archive."""

from __future__ import annotations

import io
import json
import time
import zipfile

import pymupdf

from tests.endpoints.conftest import OPEN_PAPER, Door
from tests.endpoints.line import Line, handshake
from tests.rendering import documents


def live(door: Door, visitor: str) -> Line:
    headers = {"Cookie": door.cookie(visitor), "Origin": door.server.base}
    return handshake(door.server.port, f"{door.seat(visitor)}/live", headers)


def give(line: Line, name: str, **arguments: object) -> None:
    line.say({"id": f"{name}-{time.monotonic_ns()}", "do": name, "with": arguments})
    line.hear("done")


def test_ink_of_the_presenter_is_kept_with_the_minutes_and_archived(door: Door) -> None:
    drawings = f"{door.seat('secretary')}/drawings"
    with live(door, "chair") as chair:
        chair.say({"hello": 1})
        give(chair, "stage.show", paper=OPEN_PAPER, page=2)
        assert door.ask("POST", drawings, "secretary").status == 409, "nothing is drawn"
        stroke = {"paper": OPEN_PAPER, "page": 2, "id": "s1", "colour": "blue", "points": [100, 100, 200, 150]}
        chair.say({"signal": "ink", "with": stroke})
        give(chair, "notices.send", text="Sau nét vẽ")  # what was sent before has arrived
    assert door.ask("POST", f"{door.seat('delegate')}/drawings", "delegate").status == 404
    assert door.ask("POST", drawings, "secretary").status == 200
    with live(door, "secretary") as secretary:
        secretary.say({"hello": 1})
        (key, told), *_ = secretary.hear("view")["view"]["drawings"].items()
    assert told["page"] == 2
    answer = door.ask("GET", f"{drawings}/{key}", "secretary")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.headers["Cache-Control"] == "no-store"
    check(answer.body)
    assert door.ask("GET", f"{door.seat('delegate')}/drawings/{key}", "delegate").status == 404
    assert "Nét vẽ trên trang 2" in words_of(
        door.ask("GET", f"{door.seat('chair')}/documents/minutes.docx", "chair").body
    )
    with live(door, "chair") as chair:
        chair.say({"hello": 1})
        give(chair, "meeting.close")
    for name in ("report", "draft"):  # the stories name files by what they are
        place = door.server.data / "papers" / name[:2] / f"{name}.pdf"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(documents.text(1))
    archive = f"{door.seat('secretary')}/archive"
    door.ask("POST", archive, "secretary")
    told = {"state": "making"}
    while told["state"] == "making":
        time.sleep(0.1)
        told = json.loads(door.ask("GET", archive, "secretary").body)
    assert told["state"] == "ready", door.server.logged()
    with zipfile.ZipFile(io.BytesIO(door.ask("GET", f"{archive}?file", "secretary").body)) as file:
        check(file.read("van-ban/net-ve-01.pdf"))
        assert "net-ve-01.pdf" in file.read("index.html").decode()
        assert "drawings.kept" in file.read("journal.jsonl").decode()


def check(content: bytes) -> None:
    (page,) = pymupdf.open("pdf", content)
    (ink,) = page.annots()
    assert ink.type[1] == "Ink" and ink.colors["stroke"][2] > 0.7
    assert "Trang 2" in page.get_text() and "Nét vẽ trên trang 2" in page.get_text()


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        return file.read("word/document.xml").decode()
