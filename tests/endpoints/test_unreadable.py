"""A meeting whose journal cannot be read: said to those whom it concerns, and all other meetings go on."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from meetingroom.storage.engine import Database
from meetingroom.storage.guarding import unguard
from tests.endpoints.conftest import Door
from tests.stories import FINANCE

HTML = {"Accept": "text/html"}


def test_one_damaged_journal_does_not_stop_the_server(own_door: Callable[..., Door]) -> None:
    door = own_door()
    chair, stranger = door.cookie("chair"), door.cookie("stranger")
    door.server.stop()
    database = Database(door.server.data)
    with database.transaction() as connection:
        unguard(connection)
        connection.execute(text("UPDATE entry SET name = 'of.a_newer_program' WHERE stream = 'm' AND version = 12"))
    database.close()
    door.server.start()
    page = door.server.ask("GET", f"{door.seat('chair')}/console", HTML | {"Cookie": chair})
    assert page.status == 503 and "Không đọc được nhật ký" in page.body.decode()
    assert door.server.ask("GET", f"{door.seat('chair')}/console", HTML | {"Cookie": stranger}).status == 404
    assert door.server.ask("GET", f"/m/n/{FINANCE}/tablet", HTML | {"Cookie": stranger}).status == 200
    home = door.ask("GET", "/", "administrator", **HTML).body.decode()
    assert "Không đọc được nhật ký" in home and "meetingroom verify" in home
    assert door.server.logged().count("journal not readable") >= 1
