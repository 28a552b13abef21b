"""A page that is in memory is answered at once: as it is the long way, in turn, and to nobody else."""

from __future__ import annotations

import contextlib
import http.client
from collections.abc import Callable, Iterator

import pytest

from tests.endpoints.conftest import NAMED_PAPER, OPEN_PAPER, Door
from tests.endpoints.test_protection import protect

Said = tuple[int, dict[str, str], bytes]


class Browser:
    """One connection that stays open."""

    def __init__(self, door: Door, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", door.server.port, timeout=30)
        self.cookie = cookie

    def get(self, path: str, body: bytes | None = None, **headers: str) -> Said:
        sent = {"Cookie": self.cookie} | {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request("GET", path, body, sent)
        answer = self.connection.getresponse()
        told = {
            name.lower(): value for name, value in answer.getheaders() if name.lower() not in ("date", "connection")
        }
        return answer.status, told, answer.read()


Browse = Callable[[Door, str], Browser]


@pytest.fixture
def browse() -> Iterator[Browse]:
    with contextlib.ExitStack() as opened:

        def begin(door: Door, cookie: str) -> Browser:
            browser = Browser(door, cookie)
            opened.callback(browser.connection.close)
            return browser

        yield begin


def page(door: Door, visitor: str, paper: str = OPEN_PAPER, number: int = 1) -> str:
    return f"{door.seat(visitor)}/pages/{paper}/{number}/1080"


def test_it_is_the_same_answer(door: Door, browse: Browse) -> None:
    browser = browse(door, door.cookie("delegate"))
    path = page(door, "delegate")
    drawn, kept, again = (browser.get(path) for _ in range(3))
    assert drawn[0] == 200 and drawn == kept == again
    assert browser.get(path, b"x" * 100) == kept, "what comes with a body is answered too, and the next after it"
    assert browser.get(path)[2] == kept[2]
    status, told, body = browser.get(path, If_None_Match=kept[1]["etag"])
    assert (status, told["etag"], body) == (304, kept[1]["etag"], b"")
    assert browse(door, browser.cookie).get(path, Connection="close") == kept


def test_answers_come_in_the_order_they_were_asked_for(door: Door, browse: Browse) -> None:
    """What has to be drawn first is not overtaken by what is there, also where both are asked for in one packet."""
    cookie = door.cookie("delegate")
    browser = browse(door, cookie)
    ready, drawn = page(door, "delegate"), page(door, "delegate", number=2)
    first = browser.get(ready)[2]
    assert browser.connection.sock
    lines = f" HTTP/1.1\r\nHost: 127.0.0.1:{door.server.port}\r\nCookie: {cookie}\r\n\r\n"
    browser.connection.sock.sendall("".join(f"GET {path}{lines}" for path in (ready, drawn, ready)).encode())
    answers = browser.connection.sock.makefile("rb")
    bodies = []
    for _ in range(3):
        assert answers.readline().split()[1] == b"200"
        told = http.client.parse_headers(answers)
        bodies.append(answers.read(int(told["Content-Length"])))
    answers.close()
    assert bodies[0] == first != bodies[1]
    assert bodies[2] == first


@pytest.mark.parametrize("visitor", ["nobody", "guest", "service", "screen", "stranger", "administrator"])
def test_it_is_nobody_elses(door: Door, visitor: str, browse: Browse) -> None:
    reader = browse(door, door.cookie("delegate"))
    path = page(door, "delegate", NAMED_PAPER)
    assert [reader.get(path)[0] for _ in range(2)] == [200, 200]
    other = browse(door, door.cookie(visitor))
    for asked in (path, page(door, visitor, NAMED_PAPER)):
        status, told, body = other.get(asked)
        assert status in (401, 404) and not body.startswith(b"\x89PNG"), (asked, status)
        assert "content-security-policy" in told


def test_it_ends_with_the_session_and_with_the_paper(own_door: Callable[..., Door], browse: Browse) -> None:
    door = own_door()
    one, two = (browse(door, door.cookie("delegate")) for _ in range(2))
    path = page(door, "delegate")
    plain = one.get(path)
    assert plain == one.get(path) == two.get(path)
    door.server.ask("POST", "/sign-out", {"Cookie": one.cookie, "Origin": door.server.base})
    assert one.get(path)[0] == 401
    protect(door, OPEN_PAPER, watermarked=True)
    assert two.get(path)[2] != plain[2], "with the reader's name"
    protect(door, OPEN_PAPER, kept=False)
    assert two.get(path)[1]["cache-control"] == "no-store"
