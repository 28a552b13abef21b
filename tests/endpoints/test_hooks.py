"""Webhooks over a real server and a real receiver: signed, sent again until taken, also after a kill, and no redirect."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import json
import queue
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, NamedTuple

import pytest

from tests.endpoints.conftest import NAMED_PAPER, OPEN_PAPER, Door
from tests.endpoints.test_carry import FORM
from tests.endpoints.test_feed import Chair

PATIENCE = 40


class Got(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """Another system. It answers with the statuses it is given, then with 204."""

    def __init__(self) -> None:
        got: queue.Queue[Got] = queue.Queue()
        answers: list[int] = []

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = answers.pop(0) if answers else 204
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()
                got.put(Got(self.path, {name.lower(): value for name, value in self.headers.items()}, body))

            do_GET = do_POST

            def log_message(self, *_: Any) -> None:
                pass

        self.got, self.answers = got, answers
        self.server = HTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self.server.server_port}/in?of=the-portal"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    opened = Receiver()
    yield opened
    opened.server.shutdown()
    opened.server.server_close()


def hooked(door: Door, url: str, *occasions: str) -> bytes:
    """The secret of a new hook."""
    form = "&".join(
        [f"do=make&url={url.replace('?', '%3F').replace('=', '%3D')}", *(f"{each}=on" for each in occasions)]
    )
    page = door.ask("POST", "/admin/api/hooks", "administrator", form.encode(), Content_Type=FORM)
    found = re.search(r"whsec_([\w+/]+=*)", html.unescape(page.body.decode()))
    assert page.status == 200 and found, page.status
    return base64.b64decode(found[1])


def test_another_system_is_told_signed_and_again_until_it_takes_it(
    own_door: Callable[..., Door], receiver: Receiver
) -> None:
    door = own_door()
    secret = hooked(door, receiver.url, "result.published", "paper.released")
    receiver.answers += [302]  # nobody is led elsewhere, and it is not taken yet
    chair = Chair(door)
    chair.give("voting.prepare", item="two", question="Thông qua?")
    rows = json.loads(door.ask("GET", f"{door.seat('chair')}/journal.json", "chair").body)
    rows = rows["entries"] if isinstance(rows, dict) else rows
    (vote,) = (json.loads(row["body"])["vote"] for row in rows if row["name"] == "voting.prepared")
    chair.give("voting.open", vote=vote)
    chair.give("voting.close", vote=vote)
    chair.give("voting.announce", vote=vote)
    first = receiver.got.get(timeout=PATIENCE)
    assert first.path == "/in?of=the-portal"
    told = json.loads(first.body)
    assert (told["type"], told["meeting"], told["about"]) == ("result.published", "m", vote)
    marked = f"{first.headers['webhook-id']}.{first.headers['webhook-timestamp']}.".encode() + first.body
    mark = base64.b64encode(hmac.digest(secret, marked, hashlib.sha256)).decode()
    assert first.headers["webhook-signature"] == f"v1,{mark}"

    chair.line.connection.close()
    until = time.monotonic() + PATIENCE
    while "302" not in door.ask("GET", "/admin/api/hooks", "administrator").body.decode():
        assert time.monotonic() < until
    door.server.kill()  # what was not taken is still to be told by the server that comes after
    door.server.start()
    second = receiver.got.get(timeout=PATIENCE + 60)
    assert second.headers["webhook-id"] == first.headers["webhook-id"] and second.path == first.path
    assert receiver.got.empty(), "the withheld redirect was not followed, and nothing is told twice"
    page = door.ask("GET", "/admin/api/hooks", "administrator").body.decode()
    assert "whsec_" not in page and "the-portal" in page
    assert "whsec_" not in door.server.logged() and "Traceback" not in door.server.logged()
    for part in door.server.data.rglob("*.db*"):
        assert base64.b64encode(secret) not in part.read_bytes() and secret not in part.read_bytes()


def test_what_is_for_some_only_is_told_to_nobody_outside(own_door: Callable[..., Door], receiver: Receiver) -> None:
    door = own_door()
    hooked(door, receiver.url, "meeting.published", "paper.released", "minutes.approved", "result.published")
    chair = Chair(door)
    for number, readers in enumerate(("members", "everyone")):
        paper = OPEN_PAPER if readers == "everyone" else NAMED_PAPER
        later = {"release_at": 4_000_000_000_000}
        chair.give("papers.change", paper=paper, title=f"Tài liệu {number}", readers=readers, **later)
        chair.give("papers.release", paper=paper)
    told = json.loads(receiver.got.get(timeout=PATIENCE).body)
    assert told["about"] == OPEN_PAPER and receiver.got.empty()
    chair.line.connection.close()
