"""A closed meeting past its years is announced, its archive checked, and then it is gone, with all that was only its own."""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import insert, update

from meetingroom.domain.messages import write as written
from meetingroom.domain.papers.messages import RevisionReceived
from meetingroom.storage.engine import Database
from meetingroom.storage.erasures import OF_A_MEETING
from meetingroom.storage.invitations import Invitations
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.library import Library
from meetingroom.storage.tables import ERASURE, MARK, MEETING, PARTICIPATION
from tests.endpoints.conftest import LOGIN, OPEN_PAPER, Door
from tests.export.stories import held_story
from tests.rendering import documents
from tests.servers import Answer
from tests.stories import FINANCE, SECRETARY

FORM = "application/x-www-form-urlencoded"
PAGE = "/admin/retention/old"
TITLE, DAY = "Phiên họp thường kỳ tháng Giêng", "15/01/2010"
STARTS = 1_263_546_000_000  # 15/01/2010 in Vietnam


def with_an_old_meeting(door: Door) -> tuple[str, Path, Path]:
    """The secretary's code, a paper of its own and one that the committee's meeting has too."""
    door.server.stop()
    database = Database(door.server.data)
    library = Library(door.server.data / "papers", 10**9, 30)
    own, shared = library.keep(documents.text(1)), library.keep(documents.text(2))
    files = {"report": own.hash, "draft": shared.hash}
    events = [
        replace(each, file=files[each.revision]) if isinstance(each, RevisionReceived) else each
        for each in held_story().events
    ]
    events = [replace(each, meeting="old") if each.tag == "meeting.created" else each for each in events]
    entries = [Entry("old", n, 1, "secretary", None, each.tag, written(each)) for n, each in enumerate(events, 1)]
    Journal(database).append(entries, Summary("old", TITLE, STARTS, "closed", "A", kind="Thường kỳ"))
    code = Invitations(database, door.server.data / "keys").code("old", SECRETARY)
    note = {"version": 1, "at": 1, "paper": "report", "revision": "report", "page": 1, "kind": "note", "body": "{}"}
    with database.transaction() as connection:
        row = {"meeting": "old", "login": LOGIN, "participant": FINANCE, "role": "delegate"}
        connection.execute(insert(PARTICIPATION).values(**row))
        connection.execute(insert(MARK).values(meeting="old", participant=FINANCE, id="mine", deleted=False, **note))
    database.close()
    paths = library.path_of(own.hash), library.path_of(shared.hash)
    for path in paths:  # a paper of years ago
        os.utime(path, (1_263_546_000, 1_263_546_000))
    door.server.start()
    return code, *paths


@contextmanager
def stopped(door: Door) -> Iterator[Database]:
    """The database of a server that is down; it is up again afterwards."""
    if door.server.process.poll() is None:
        door.server.stop()
    database = Database(door.server.data)
    yield database
    database.close()
    door.server.start()


def post(door: Door, path: str = PAGE, **fields: str) -> Answer:
    return door.ask("POST", path, "administrator", urlencode(fields).encode(), Content_Type=FORM)


def archive(door: Door, code: str) -> bytes:
    """As the secretary makes and fetches it."""
    headers = {"Cookie": door.server.ask("GET", f"/j/{code}").cookie, "Origin": door.server.base}
    address = f"/m/old/{SECRETARY}/archive"
    door.server.ask("POST", address, headers)
    while json.loads(door.server.ask("GET", address, headers).body)["state"] == "making":
        time.sleep(0.1)
    return door.server.ask("GET", f"{address}?file", headers).body


def check(door: Door, content: bytes) -> tuple[int, str]:
    answer = door.ask("PUT", PAGE, "administrator", content, Content_Type="application/zip")
    told = json.loads(answer.body)
    return answer.status, told.get("code") or told.get("archive")


def page(door: Door, path: str = PAGE, accept: str = "text/html") -> tuple[int, str]:
    answer = door.ask("GET", path, "administrator", Accept=accept)
    return answer.status, answer.body.decode()


def announce(door: Door, **other: str) -> Answer:
    due = (datetime.now() + timedelta(days=15)).date().isoformat()
    return post(door, do="announce", **({"decision": "QĐ số 12/QĐ-UBND", "due": due, "day": DAY} | other))


def make_due(door: Door) -> None:
    with stopped(door) as database, database.transaction() as connection:
        connection.execute(update(ERASURE).values(due=1))


def changed(content: bytes) -> bytes:
    """The same archive with one paper that is another."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(into, "w") as file:
        for name in read.namelist():
            file.writestr(name, read.read(name) + (b" " if name.startswith("tai-lieu/") else b""))
    return into.getvalue()


def test_a_meeting_is_erased_step_by_step_and_its_stone_stays(own_door: Callable[..., Door]) -> None:
    door = own_door()
    code, own, shared = with_an_old_meeting(door)
    assert page(door)[0] == 404, "kept for ever as long as nobody has said how long"
    kinds = {"years": "0", "kind-0": "Thường kỳ", "years-0": "10"}
    assert post(door, "/admin/retention", **kinds).status == 303
    assert TITLE in page(door, "/admin/retention")[1] and page(door)[0] == 200

    assert check(door, b"x") == (409, "announce")
    soon = (datetime.now() + timedelta(days=2)).date().isoformat()
    for wrong in ({"decision": " "}, {"due": soon}, {"due": "mai"}, {"day": "16/01/2010"}):
        assert announce(door, **wrong).status == 422
    assert announce(door, day="15-1-2010").status == 303
    assert "sẽ bị hủy từ" in page(door, "/")[1], "whoever took part reads it on their home page"
    assert post(door, do="erase", title=TITLE).status == 422, "before its day"

    content = archive(door, code)
    assert check(door, b"PK no archive") == (422, "no_archive")
    assert check(door, changed(content)) == (422, "changed")
    digest = hashlib.sha256(content).hexdigest()
    assert check(door, content) == (201, digest)
    assert post(door, do="erase", title=TITLE).status == 422, "still before its day"
    make_due(door)
    assert post(door, do="erase", title="Phiên họp khác").status == 422
    assert own.exists() and page(door)[0] == 200
    assert post(door, do="erase", title=TITLE.lower()).status == 303

    again = door.ask("PUT", "/admin/archives", "administrator", content, Content_Type="application/zip")
    assert json.loads(again.body)["code"] == "erasing", "what is taken in now would be removed with what is left"
    assert page(door)[0] == 404
    gone = page(door, "/admin/retention")[1]
    assert TITLE in gone and digest in gone and "QĐ số 12/QĐ-UBND" in gone
    status, text = page(door, f"/m/old/{FINANCE}/tablet")
    assert status == 410 and TITLE in text and digest in text
    assert page(door, f"/m/old/{FINANCE}/tablet", "application/json")[0] == 410
    assert door.ask("GET", f"/m/old/{FINANCE}/tablet", "secretary", Accept="text/html").status == 404
    assert door.server.ask("GET", f"/j/{code}").status != 303, "the code admits nobody any more"
    log = door.ask("GET", "/admin/audit.csv", "administrator").body.decode()
    assert log.count("Hủy hồ sơ cuộc họp trên máy chủ") == 1 and digest in log

    with stopped(door) as database, database.transaction() as connection:
        connection.execute(update(ERASURE).values(erased_at=2))  # so long ago that no other process writes any more
        for table, column in OF_A_MEETING.items():
            assert connection.execute(table.select().where(column == "old")).first() is None, table.name
    swept(door)
    assert not own.exists() and shared.exists(), "another meeting names it"
    assert not list((door.server.data / "archives").glob("old-*"))
    assert not list((door.server.data / "pages").glob(f"*/{own.stem}"))
    assert door.ask("GET", f"{door.seat('chair')}/words/{OPEN_PAPER}/1", "chair").status == 200
    assert "request failed" not in door.server.logged()


def swept(door: Door) -> None:
    until = time.monotonic() + 30
    while "đang xóa nốt tệp" in page(door, "/admin/retention")[1]:
        assert time.monotonic() < until, door.server.logged()[-2000:]
        time.sleep(0.2)


def test_a_server_killed_as_it_erases_goes_on_when_it_is_started(own_door: Callable[..., Door]) -> None:
    door = own_door()
    code, own, _ = with_an_old_meeting(door)
    assert post(door, "/admin/retention", years="10").status == 303
    assert announce(door).status == 303
    assert check(door, archive(door, code))[0] == 201
    make_due(door)
    assert post(door, do="erase", title=TITLE).status == 303
    door.server.kill()
    with stopped(door) as database, database.transaction() as connection:
        connection.execute(update(ERASURE).values(erased_at=2))
        assert connection.execute(MEETING.select().where(MEETING.c.id == "old")).first() is None
    swept(door)
    assert not own.exists() and not own.with_suffix(".erasing").exists()


def test_what_has_gone_on_is_checked_again_and_what_is_kept_after_all_stays(own_door: Callable[..., Door]) -> None:
    door = own_door()
    code, own, _ = with_an_old_meeting(door)
    assert post(door, "/admin/retention", years="10").status == 303
    assert announce(door).status == 303
    content = archive(door, code)
    assert check(door, content)[0] == 201
    with stopped(door) as database:
        version, _ = Journal(database).head("old")
        later = {"text": "Ghi thêm", "notice": "n", "at": 1}
        Journal(database).append([Entry("old", version + 1, 1, SECRETARY, None, "notices.posted", later)], None)
        with database.transaction() as connection:
            connection.execute(update(ERASURE).values(due=1))
    assert post(door, do="erase", title=TITLE).status == 422, "its archive lacks what was recorded since"
    assert check(door, content)[1] in ("older", "unknown")
    assert post(door, do="withdraw").status == 303
    assert "Báo trước việc hủy" in page(door)[1] and own.exists()
    assert "sẽ bị hủy từ" not in page(door, "/")[1]
