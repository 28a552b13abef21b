"""Support over HTTP: asked, taken, done; messages that only two see; who it concerns hears of it over the websocket."""

from __future__ import annotations

import json
from typing import Any

from tests.endpoints.conftest import Door
from tests.endpoints.line import Line, handshake


def say(door: Door, visitor: str, **said: Any) -> tuple[int, dict[str, Any]]:
    answer = door.ask("POST", f"{door.seat(visitor)}/support", visitor, json.dumps(said).encode())
    return answer.status, json.loads(answer.body) if answer.body[:1] == b"{" else {}


def shown(door: Door, visitor: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(door.ask("GET", f"{door.seat(visitor)}/support", visitor).body)
    return found


def connected(door: Door, visitor: str) -> Line:
    """A device that has said hello."""
    headers = {"Cookie": door.cookie(visitor), "Origin": door.server.base}
    line = handshake(door.server.port, f"{door.seat(visitor)}/live", headers)
    line.say({"hello": 1})
    line.hear("view")
    return line


def test_from_asked_to_done(door: Door) -> None:
    tea = {"id": "tea-1", "need": "water", "text": "Không đường"}
    assert say(door, "guest", ask=tea)[0] == say(door, "guest", ask=tea)[0] == 200
    (errand,) = [each for each in shown(door, "secretary")["errands"] if each["id"] == "tea-1"]
    assert (errand["state"], errand["text"], errand["participant"]) == ("asked", "Không đường", "guest")
    assert all(each["id"] != "tea-1" for each in shown(door, "delegate")["errands"])
    assert say(door, "delegate", move={"id": "tea-1", "state": "taken"})[0] == 404, (
        "not theirs: as if it were not there"
    )
    assert say(door, "guest", move={"id": "tea-1", "state": "done"})[1]["refused"] == "not_permitted"
    assert say(door, "secretary", move={"id": "tea-1", "state": "taken"})[0] == 200
    assert say(door, "secretary", move={"id": "tea-1", "state": "taken"})[0] == 200
    assert say(door, "secretary", move={"id": "tea-1", "state": "done"})[0] == 200
    (mine,) = [each for each in shown(door, "guest")["errands"] if each["id"] == "tea-1"]
    assert (mine["state"], mine["by"]) == ("done", "secretary")
    assert say(door, "guest", move={"id": "tea-1", "state": "withdrawn"})[1]["refused"] == "support.moved_on"


def test_service_staff_bring_what_is_asked_and_hear_nothing_else(door: Door) -> None:
    with connected(door, "service") as staff:
        for errand, need in (("cup", "water"), ("beamer", "technician"), ("call-1", "secretary")):
            assert say(door, "guest", ask={"id": errand, "need": need})[0] == 200
        assert staff.hear("signal")["with"] == {"what": "errand"}
    told = shown(door, "service")
    assert {each["id"] for each in told["errands"]} >= {"cup", "beamer"}
    assert all(each["need"] != "secretary" for each in told["errands"]) and told["messages"] == []
    assert say(door, "service", move={"id": "cup", "state": "taken"})[0] == 200
    assert say(door, "service", move={"id": "cup", "state": "done"})[0] == 200
    assert say(door, "service", move={"id": "call-1", "state": "taken"})[0] == 404, "the secretary's, not theirs"
    assert say(door, "service", say={"id": "note-7", "text": "Xin chào"})[1]["refused"] == "not_permitted"
    (mine,) = [each for each in shown(door, "guest")["errands"] if each["id"] == "cup"]
    assert (mine["state"], mine["by"]) == ("done", "service")


def test_service_staff_see_who_sits_where_and_nothing_of_the_meeting(door: Door) -> None:
    headers = {"Cookie": door.cookie("service"), "Origin": door.server.base}
    with handshake(door.server.port, f"{door.seat('service')}/live", headers) as line:
        line.say({"hello": 1})
        frame = line.hear("view")
        assert set(frame["view"]) == {"meeting", "people", "support"}
        line.say({"id": "c1", "do": "attendance.check_in", "with": {}})
        assert line.hear("refused")["code"] == "not_permitted"


def test_who_it_concerns_hears_of_it(door: Door) -> None:
    with connected(door, "secretary") as desk, connected(door, "delegate") as other:
        assert say(door, "guest", say={"id": "note-1", "text": "Nhờ gửi lại tài liệu"})[0] == 200
        assert desk.hear("signal")["with"] == {"what": "message"}
        assert say(door, "secretary", say={"id": "note-2", "text": "Đã gửi", "to": "guest"})[0] == 200
        assert say(door, "secretary", say={"id": "note-3", "text": "Mời ra ngoài", "to": "finance"})[0] == 200
        assert other.hear("signal")["with"] == {"what": "message"}
    texts = [each["text"] for each in shown(door, "guest")["messages"]]
    assert texts == ["Nhờ gửi lại tài liệu", "Đã gửi"]
    assert "Mời ra ngoài" in str(shown(door, "delegate")) and "Đã gửi" not in str(shown(door, "delegate"))


def test_between_delegates_only_where_allowed(door: Door) -> None:
    status, refused = say(door, "guest", say={"id": "note-9", "text": "Xin chào", "to": "finance"})
    assert status == 409 and refused["refused"] == "support.no_chat" and "Ban Thư ký" in refused["text"]


def test_nonsense_changes_nothing(door: Door) -> None:
    before = shown(door, "guest")
    for said in (
        {}, {"ask": {"id": "", "need": "water"}}, {"ask": {"id": "x", "need": "gold"}}, {"ask": []}, {"say": {"id": "x"}},
        {"move": {"id": "x", "state": "gone"}}, {"ask": {"id": "x", "need": "water", "participant": "chair"}},
    ):  # fmt: skip
        assert say(door, "guest", **said)[0] == 400, said
    assert say(door, "guest", say={"id": "x", "text": "y" * 20_000})[0] == 413
    assert shown(door, "guest") == before
