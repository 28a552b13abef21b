"""Planning: clashes are named while hours are typed; the plan of a room is taken by a meeting, and kept from one."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

from tests.endpoints.conftest import Door

FORM = "application/x-www-form-urlencoded"


def post(door: Door, path: str, **fields: str) -> str:
    body = urlencode(fields).encode()
    answer = door.ask("POST", path, "administrator", body, Content_Type=FORM)
    return answer.headers.get("Location") or str(answer.status)


def test_another_meeting_of_the_room_is_named(door: Door) -> None:
    """The stories' two committees are the same people in room A at the same hour."""
    seat = door.seat("secretary")
    told = json.loads(door.ask("GET", f"{seat}/planning", "secretary").body)
    (clash,) = told["clashes"]
    assert clash["title"] == "Phiên họp" and clash["room"] == "A" and clash["people"][0] == "Chủ tịch UBND tỉnh"
    elsewhere = json.loads(door.ask("GET", f"{seat}/planning?room=B", "secretary").body)["clashes"]
    assert [other["room"] for other in elsewhere] == [""]
    later = f"{seat}/planning?room=A&starts=90000000&ends=99000000"
    assert json.loads(door.ask("GET", later, "secretary").body)["clashes"] == []


def test_a_body_is_read_no_further_than_it_may_be_long(door: Door) -> None:
    seat = door.seat("secretary")
    for path in ("planning", "minutes/draft", "minutes/approval", "minutes/submission"):
        assert door.ask("POST", f"{seat}/{path}", "secretary", b"x" * 300_000).status == 413, path


def test_the_plan_of_a_room_is_taken_and_kept(door: Door) -> None:
    seat = door.seat("secretary")
    address = post(door, "/admin/rooms", name="a", place="Tầng 2")
    assert address.startswith("/admin/rooms/") and post(door, "/admin/rooms", name="A") == "422"
    assert door.ask("POST", f"{seat}/planning", "secretary", b"take").status == 404  # it has no plan yet
    assert post(door, address, do="plan", shape="u", head="0", rows="0", columns="0") == "422"
    assert post(door, address, do="plan", shape="round", head="2", rows="0", columns="6") == address
    rooms = json.loads(door.ask("GET", f"{seat}/planning", "secretary").body)["rooms"]
    assert rooms == [{"name": "a", "place": "Tầng 2", "seats": 8}]
    assert door.ask("POST", f"{seat}/planning", "secretary", b"take").status == 204
    assert door.ask("GET", f"{seat}/documents/seatplan.pdf", "secretary").status == 200
    assert door.ask("POST", f"{seat}/planning", "secretary", b"keep").status == 404  # came with a code, not an account
    page = door.ask("GET", address, "administrator").body.decode()
    assert len(re.findall("<circle", page)) == 8
    assert post(door, address, do="remove") == "/admin/rooms"
