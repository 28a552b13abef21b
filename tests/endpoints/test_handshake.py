"""The websocket's door: only a page of ours, only a session that lasts, only one's own seat. All before a frame is read."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from tests.endpoints.conftest import PEOPLE, Door
from tests.endpoints.line import handshake


def status(door: Door, path: str, **headers: str | None) -> int:
    """The status of the answer to a handshake; 101 opens the line."""
    with handshake(door.server.port, path, headers) as line:
        return line.status


def live(door: Door, visitor: str = "delegate") -> str:
    return f"{door.seat(visitor)}/live"


def test_from_a_page_of_ours_with_a_session_the_line_opens(door: Door) -> None:
    for visitor in PEOPLE:
        assert status(door, live(door, visitor), Cookie=door.cookie(visitor), Origin=door.server.base) == 101


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://elsewhere.example",
        "http://{host}.elsewhere.example",
        "http://elsewhere.example/{host}",
        "http://user@{host}",
        "ftp://{host}",
        "file://",
        "http://sub.{host}",
        "{host}",
    ],
)
def test_from_anywhere_else_it_does_not(door: Door, origin: str | None) -> None:
    host = door.server.base.split("//")[1]
    shown = origin.format(host=host) if origin is not None else None
    assert status(door, live(door), Cookie=door.cookie("delegate"), Origin=shown) == 403


def test_two_origins_are_not_one_of_ours(door: Door) -> None:
    cookie = door.cookie("delegate")
    line = handshake(door.server.port, live(door), {"Cookie": cookie, "Origin": "http://a.example"}, door.server.base)
    with line:
        assert line.status in (400, 403)


def test_without_a_session_that_lasts_it_does_not(door: Door) -> None:
    ended = door.cookie("delegate")
    door.server.ask("POST", "/sign-out", {"Cookie": ended, "Origin": door.server.base})
    token = door.cookie("delegate").removeprefix("session=")
    for cookie in (
        None,
        "",
        "session=",
        "session=made.up",
        f"session={token.rsplit('.', 1)[0]}.{token.rsplit('.', 1)[1][::-1]}",  # signed by nobody
        f"session={token.rsplit('.', 1)[0]}",
        ended,
        door.cookie("guest"),  # of another participant
        door.cookie("stranger"),  # of another meeting
        door.cookie("administrator"),  # who is not in this meeting
    ):
        assert status(door, live(door), Cookie=cookie, Origin=door.server.base) == 403, cookie


def test_a_seat_that_does_not_exist_looks_like_one_that_is_not_ours(door: Door) -> None:
    for path in ("/m/m/nobody/live", "/m/none/finance/live"):
        assert status(door, path, Cookie=door.cookie("delegate"), Origin=door.server.base) == 403


def test_no_line_opens_anywhere_else(door: Door) -> None:
    for path in ("/", "/live", f"{door.seat('delegate')}/tablet", "/s/0/icons.svg"):
        assert status(door, path, Cookie=door.cookie("delegate"), Origin=door.server.base) in (403, 404)


def test_an_origin_of_the_settings_is_ours_too(own_door: Callable[..., Door]) -> None:
    door = own_door(environment={"MEETINGROOM_ORIGINS": "https://hop.tinh.example:8443"})
    cookie = door.cookie("delegate")
    assert status(door, live(door), Cookie=cookie, Origin="https://hop.tinh.example:8443") == 101
    assert status(door, live(door), Cookie=cookie, Origin="https://hop.tinh.example") == 403
    assert status(door, live(door), Cookie=cookie, Origin="http://hop.tinh.example:8443") == 403


def test_a_forwarded_host_is_believed_of_nobody(door: Door) -> None:
    headers = {
        "Cookie": door.cookie("delegate"),
        "Origin": "http://elsewhere.example",
        "X-Forwarded-Host": "elsewhere.example",
    }
    assert status(door, live(door), **headers) == 403


def test_a_handshake_that_never_ends_holds_up_nobody(door: Door) -> None:
    half = [socket.create_connection(("127.0.0.1", door.server.port)) for _ in range(20)]
    for one in half:
        one.sendall(b"GET /m/m/finance/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n")
    assert status(door, live(door), Cookie=door.cookie("delegate"), Origin=door.server.base) == 101
    for one in half:
        one.close()
