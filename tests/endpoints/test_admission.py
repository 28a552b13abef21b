"""An archive of one server taken in by another: read there, changed by nobody, and refused when anything is not as it was."""

from __future__ import annotations

import hashlib
import io
import json
import os
import socket
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from meetingroom.domain.meeting import replay
from meetingroom.domain.messages import write as written
from meetingroom.domain.papers.messages import RevisionReceived
from meetingroom.domain.people import ParticipantAdded
from meetingroom.export import archive
from meetingroom.export.admission import Inadmissible, admitted
from meetingroom.export.archive import Material
from meetingroom.export.documents import Letterhead
from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.library import Library, place_of
from meetingroom.storage.origin import Origin
from tests.endpoints.conftest import LOGIN, Door
from tests.endpoints.line import handshake
from tests.endpoints.test_carry import FORM
from tests.export.stories import held_story, legal_words
from tests.rendering import documents

Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The archive of a held meeting "abroad", file by file; its secretary there is called as the administrator is here."""
    folder = tmp_path_factory.mktemp("abroad")
    library, database = Library(folder / "papers", 10**9, 30), Database(folder / "data")
    stored = library.keep(documents.text(2))
    story = held_story()
    events = []
    for event in story.events:
        if isinstance(event, RevisionReceived):
            event = replace(event, file=stored.hash)
        if isinstance(event, ParticipantAdded) and event.participant == "secretary":
            event = replace(event, account=LOGIN)
        events.append(replace(event, meeting="abroad") if event.tag == "meeting.created" else event)
    journal = Journal(database)
    entries = [Entry("abroad", n, 1, "secretary", None, e.tag, written(e)) for n, e in enumerate(events, start=1)]
    journal.append(entries, Summary("abroad", "Phiên họp", 0, "closed", "A"))
    told = Material(replay(events), legal_words(), Letterhead("Huế", 0), None, journal.rows("abroad"), library.path_of)
    archive.write(folder / "a.zip", told, lambda done, of: None)
    database.close()
    with zipfile.ZipFile(folder / "a.zip") as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(parts: Parts, sums: bool = True, kind: int = zipfile.ZIP_STORED) -> bytes:
    """As a ZIP; the list of digests made anew, as whoever forges one would."""
    if sums:
        lines = (
            f"{hashlib.sha256(body).hexdigest()}  {name}\n"
            for name, body in sorted(parts.items())
            if name != "SHA256SUMS"
        )
        parts = parts | {"SHA256SUMS": "".join(lines).encode()}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", kind) as file:
        for name, body in parts.items():
            file.writestr(zipfile.ZipInfo(name), body, kind)
    return content.getvalue()


def without_last(parts: Parts) -> Parts:
    """The journal as it was before the meeting was closed."""
    lines = parts["journal.jsonl"].splitlines(keepends=True)
    return parts | {"journal.jsonl": b"".join(lines[:-1])}


def renamed(parts: Parts) -> Parts:
    lines = parts["journal.jsonl"].decode().splitlines()
    entry = json.loads(lines[3])
    entry["body"]["office"] = "Khác"
    lines[3] = json.dumps(entry)
    return parts | {"journal.jsonl": "\n".join(lines).encode()}


def other_paper(parts: Parts) -> Parts:
    return {name: body + b" " if name.startswith("tai-lieu/") else body for name, body in parts.items()}


FORGED: dict[str, tuple[Callable[[Parts], bytes], str]] = {
    "no zip": (lambda parts: b"PK no zip at all", "no_archive"),
    "another zip": (lambda parts: packed({"a.txt": b"x"}), "no_archive"),
    "a paper changed": (lambda parts: packed(other_paper(parts), sums=False), "changed"),
    "a paper changed and listed so": (lambda parts: packed(other_paper(parts)), "paper"),
    "a file added": (lambda parts: packed(parts | {"van-ban/x.pdf": b"%PDF"}, sums=False), "not_listed"),
    "a file left out": (lambda parts: packed({n: b for n, b in parts.items() if n != "index.html"}, sums=False), "not_listed"),
    "the journal changed": (lambda parts: packed(renamed(parts)), "chain"),
    "the journal not JSON": (lambda parts: packed(parts | {"journal.jsonl": b"[]\n{\n"}), "chain"),
    "a meeting that goes on": (lambda parts: packed(without_last(parts)), "not_closed"),
    "a way out": (lambda parts: packed(parts | {"../../keys/x": b"x"}), "path"),
    "a way out as Windows writes it": (lambda parts: packed(parts | {"..\\x": b"x"}), "path"),
    "a bomb": (lambda parts: packed(parts | {"van-ban/x": bytes(64 << 20)}, kind=zipfile.ZIP_DEFLATED), "pressed"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_what_is_not_as_it_was_is_not_taken_in(parts: Parts, tmp_path: Path, name: str) -> None:
    make, code = FORGED[name]
    (tmp_path / "a.zip").write_bytes(make(parts))
    with pytest.raises(Inadmissible) as refused:
        admitted(tmp_path / "a.zip")
    assert refused.value.code == code


def test_a_meeting_of_another_server_is_read_and_not_changed(parts: Parts, own_door: Callable[..., Door]) -> None:
    door, content = own_door(), packed(parts)

    def put(body: bytes) -> tuple[int, dict[str, str]]:
        answer = door.ask("PUT", "/admin/archives", "administrator", body, Content_Type="application/zip")
        return answer.status, json.loads(answer.body)

    paper = door.server.data / "papers" / place_of(Path(), hashlib.sha256(documents.text(2)).hexdigest())
    paper.parent.mkdir(parents=True, exist_ok=True)
    paper.write_bytes(documents.text(2))
    os.utime(paper, (1, 1))
    forged = put(packed(renamed(parts)))
    assert forged[0] == 422 and "dòng 4" in forged[1]["text"]
    assert put(content) == (201, {"meeting": "abroad", "key": ""})
    assert paper.stat().st_mtime > 1, "as new: a meeting that is being erased does not take it along"
    assert put(content)[0] == 409, "once"
    assert "Phiên họp" in door.ask("GET", "/admin/archives", "administrator").body.decode()
    for visitor in ("administrator", "secretary"):
        seat = door.ask("GET", "/m/abroad/secretary/secretariat", visitor)
        assert seat.status == 404, "an account of the same name elsewhere is somebody else's"

    cookie = door.cookie("administrator")
    headers = {"Cookie": cookie, "Origin": door.server.base, "Content-Type": FORM}
    entered = door.server.ask("POST", "/admin/archives", headers, b"meeting=abroad")
    assert entered.headers["Location"].startswith("/m/abroad/") and entered.status == 303
    seat = entered.headers["Location"].rsplit("/", 1)[0]
    assert door.server.ask("GET", entered.headers["Location"], {"Cookie": cookie}).status == 200
    image = door.server.ask("GET", f"{seat}/pages/report/1/1080", {"Cookie": cookie})
    assert image.status == 200 and image.headers["Content-Type"].startswith("image/")
    journal = door.server.ask("GET", f"{seat}/journal.json", {"Cookie": cookie})
    assert journal.status == 200
    with handshake(door.server.port, f"{seat}/live", {"Cookie": cookie, "Origin": door.server.base}) as line:
        line.say({"hello": 1})
        assert line.hear("view")["view"]["meeting"]["phase"] == "closed"
        line.say({"id": "x", "do": "minutes.change", "with": {"section": "form.place", "text": "Khác"}})
        assert line.hear("refused")["code"] == "meeting.foreign"
    log = door.ask("GET", "/admin/audit.csv", "administrator").body.decode()
    assert log.count("Nhập hồ sơ phiên họp") == 1
    assert not list((door.server.data / "archives").glob("*.foreign")), "what was sent is not left lying about"


def test_an_archive_is_signed_by_who_made_it_or_not_taken_in(parts: Parts, tmp_path: Path) -> None:
    origin, place = Origin(b"abroad"), tmp_path / "a.zip"
    place.write_bytes(packed(parts))
    assert admitted(place).key == ""
    told = json.dumps({"key": origin.key, "signature": origin.signature(parts["SHA256SUMS"])}).encode()
    place.write_bytes(packed(parts | {"SHA256SUMS.sig": told}, sums=False))
    assert admitted(place).key == origin.key
    place.write_bytes(
        packed(parts | {"SHA256SUMS.sig": told.replace(b'"signature": "', b'"signature": "00')}, sums=False)
    )
    with pytest.raises(Inadmissible) as refused:
        admitted(place)
    assert refused.value.code == "signature"


def test_who_stops_sending_leaves_nothing(own_door: Callable[..., Door]) -> None:
    door = own_door()
    head = f"PUT /admin/archives HTTP/1.1\r\nHost: 127.0.0.1:{door.server.port}\r\nOrigin: {door.server.base}\r\n"
    head += f"Cookie: {door.cookie('administrator')}\r\nContent-Length: 1000000\r\n\r\n"

    def coming() -> bool:
        return any((door.server.data / "archives").glob("*.foreign"))

    def wait(there: bool) -> None:
        deadline = time.monotonic() + 60
        while coming() is not there:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    with socket.create_connection(("127.0.0.1", door.server.port)) as line:
        line.sendall(head.encode() + b"PK")
        wait(True)
    wait(False)
    assert door.ask("GET", "/admin/archives", "administrator").status == 200
    assert "Traceback" not in door.server.logged()
