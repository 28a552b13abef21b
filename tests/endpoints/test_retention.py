"""Closed meetings past the years they are kept are listed with the state of their archive; others are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Entry, Journal, Summary
from tests.endpoints.conftest import Door

FORM = "application/x-www-form-urlencoded"


def page(door: Door) -> str:
    return door.ask("GET", "/admin/retention", "administrator").body.decode()


def say(door: Door, years: str) -> int:
    body = urlencode({"years": years}).encode()
    return door.ask("POST", "/admin/retention", "administrator", body, Content_Type=FORM).status


def test_what_is_past_its_years_is_listed(own_door: Callable[..., Door]) -> None:
    door = own_door()
    door.server.stop()
    database, this = Database(door.server.data), datetime.now(UTC).year
    for key, years, phase in (("old", 12, "closed"), ("open", 12, "adjourned"), ("new", 8, "closed")):
        starts = int(datetime(this - years, 1, 15, tzinfo=UTC).timestamp() * 1000)
        entries = [Entry(key, version, 1, "s", None, "x", {}) for version in (1, 2)]
        Journal(database).append(entries, Summary(key, f"Phiên họp {key}", starts, phase, ""))
    database.close()
    archives = door.server.data / "archives"
    archives.mkdir()
    (archives / "old-1.zip").write_bytes(b"")  # of an earlier version: there is more to archive now
    door.server.start()
    assert "Phiên họp old" not in page(door), "before a time is set"
    assert say(door, "10") == 303
    assert "Phiên họp old" in page(door) and "Chưa lập hồ sơ" in page(door)
    assert "Phiên họp open" not in page(door) and "Phiên họp new" not in page(door)
    (archives / "old-2.zip").write_bytes(b"")
    assert "Đã lập hồ sơ" in page(door) and "Chưa lập hồ sơ" not in page(door)
    for wrong in ("-1", "101", "x", ""):
        assert say(door, wrong) == 422
    assert 'value="10"' in page(door)
    assert say(door, "0") == 303 and "Phiên họp old" not in page(door)
