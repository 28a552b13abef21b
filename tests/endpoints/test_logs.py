"""What people write stays out of the log, whatever fails: it is read by technicians, copied and sent to others."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

from tests.endpoints.conftest import OPEN_PAPER, Door
from tests.endpoints.line import handshake

CANARY = "chim-hoang-yen"


def test_a_failing_database_tells_the_log_nothing_that_was_written(own_door: Callable[..., Door]) -> None:
    door = own_door()
    seat, cookie = door.seat("secretary"), door.cookie("secretary")
    line = handshake(door.server.port, f"{seat}/live", {"Cookie": cookie, "Origin": door.server.base})
    with closing(sqlite3.connect(door.server.data / "meetingroom.db")) as database:
        for table in ("entry", "mark", "account", "invitation"):
            database.execute(f"ALTER TABLE {table} RENAME TO {table}_elsewhere")
    body = {"colour": "yellow", "x": 1.0, "y": 1.0, "text": CANARY}
    note = {"id": "n", "paper": OPEN_PAPER, "revision": OPEN_PAPER, "page": 1, "kind": "note", "body": body, "at": 1}
    sent = json.dumps({"since": 0, "marks": [note]}).encode()
    headers = {"Cookie": cookie, "Origin": door.server.base}
    assert door.server.ask("POST", f"{seat}/marks", headers, sent).status == 500
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": door.server.base}
    assert door.server.ask("POST", "/sign-in", form, f"login={CANARY}&password={CANARY}".encode()).status == 500
    keys = (
        f"/j/{CANARY}",
        f"/d/{CANARY}",
        f"/calendar/{CANARY}/{CANARY}.ics",
        f"/search?q={CANARY}",
        f"/join?code={CANARY}",
    )
    for path in keys:
        door.server.ask("GET", path, headers)
    with line:
        line.say({"id": CANARY, "do": "notices.send", "with": {"text": CANARY}})
        assert line.hear("refused")["code"] == "unrecorded"
    logged = door.server.logged()
    assert logged.count("no such table") >= 5, "all of them failed, and the log says why"
    assert CANARY not in logged
