"""Minutes are approved as they were read: most of their text follows the journal and changes without anybody editing it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from meetingroom.domain.conclusions import PublishConclusion, WriteConclusion
from meetingroom.domain.papers.messages import RevisionReceived
from meetingroom.domain.sitting import Close
from meetingroom.storage.library import Library
from tests.endpoints.line import Line, handshake
from tests.rendering import documents
from tests.servers import Answer, Server, found
from tests.stories import CHAIR, FINANCE, GUEST, SECRETARY, Story


class Desk:
    """A server with a closed meeting, at which the chair and the secretary are signed in."""

    def __init__(self, data: Path, **environment: str) -> None:
        story = Story.in_session()
        lead = story.meeting.people[FINANCE].office
        story.give(SECRETARY, WriteConclusion(text="Giao Sở Tài chính rà soát", item="one", lead=lead), made="c")
        story.give(CHAIR, PublishConclusion(conclusion="c"))
        story.give(CHAIR, Close())
        paper = Library(data / "papers", 10**9, 30).keep(documents.text(1)).hash
        events = [replace(each, file=paper) if isinstance(each, RevisionReceived) else each for each in story.events]
        codes = found(data, "m", events)
        self.server = Server(data, environment=environment)
        self.cookies = {
            who: self.server.ask("GET", f"/j/{codes[who]}").cookie for who in (CHAIR, SECRETARY, FINANCE, GUEST)
        }

    def ask(self, who: str, path: str, body: bytes | None = None) -> Answer:
        headers = {"Cookie": self.cookies[who], "Origin": self.server.base}
        return self.server.ask("GET" if body is None else "POST", f"/m/m/{who}/{path}", headers, body or b"")

    def seen(self, who: str) -> bytes:
        """What the page sends back with the approval."""
        return str(json.loads(self.ask(who, "minutes").body)["seen"]).encode()

    def give(self, who: str, do: str, **arguments: object) -> None:
        headers = {"Cookie": self.cookies[who], "Origin": self.server.base}
        with handshake(self.server.port, f"/m/m/{who}/live", headers) as line:
            _greeted(line).say({"id": do, "do": do, "with": arguments})
            line.hear("done")


def _greeted(line: Line) -> Line:
    line.say({"hello": 1})
    line.hear("hello")
    return line


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path / "data")
    with opened.server:
        yield opened


def test_a_conclusion_changed_meanwhile_is_read_before_it_is_approved(desk: Desk) -> None:
    read = desk.seen(CHAIR)
    desk.give(SECRETARY, "conclusions.write", text="Giao Sở Y tế báo cáo", item="one")
    assert desk.seen(CHAIR) == read, "a draft is in no minutes"
    made = next(key for key in _conclusions(desk) if key != "c")
    desk.give(SECRETARY, "conclusions.publish", conclusion=made)
    for who, path in ((SECRETARY, "minutes/submission"), (CHAIR, "minutes/approval")):
        refused = desk.ask(who, path, read)
        assert (refused.status, json.loads(refused.body)["code"]) == (409, "minutes.not_as_read")
    assert desk.ask(SECRETARY, "minutes/submission", desk.seen(SECRETARY)).status == 200
    assert desk.ask(CHAIR, "minutes/approval", desk.seen(CHAIR)).status == 200
    assert "Giao Sở Y tế báo cáo" in desk.ask(SECRETARY, "minutes").body.decode()


def test_the_draft_goes_to_the_members_as_it_was_read(desk: Desk) -> None:
    assert desk.ask(FINANCE, "minutes/draft").status == 404, "nothing was sent"
    due = int(time.time() * 1000) + 3_600_000
    for body in (b"", b"[]", b'{"seen": 1, "due": 2}', b"[" * 1000):
        assert desk.ask(SECRETARY, "minutes/draft", body).status == 409
    old = json.dumps({"seen": "x", "due": due}).encode()
    assert json.loads(desk.ask(SECRETARY, "minutes/draft", old).body)["code"] == "minutes.not_as_read"
    late = json.dumps({"seen": desk.seen(SECRETARY).decode(), "due": 1}).encode()
    assert json.loads(desk.ask(SECRETARY, "minutes/draft", late).body)["code"] == "comments.too_soon"
    sent = json.dumps({"seen": desk.seen(SECRETARY).decode(), "due": due}).encode()
    assert desk.ask(FINANCE, "minutes/draft", sent).status == 404
    assert desk.ask(SECRETARY, "minutes/draft", sent).status == 200
    told = json.loads(desk.ask(FINANCE, "minutes/draft").body)
    texts = {each["key"]: each["text"] for each in told["sections"]}
    assert "Giao Sở Tài chính rà soát" in texts["one"] and "form.number" not in texts
    assert desk.ask(GUEST, "minutes/draft").status == 404
    desk.give(SECRETARY, "minutes.change", section="one", text="Viết lại")
    assert "Viết lại" not in desk.ask(FINANCE, "minutes/draft").body.decode(), "what was sent stays as it was sent"
    desk.give(FINANCE, "comments.give", section="one", text="Thiếu hạn")


def _conclusions(desk: Desk) -> list[str]:
    headers = {"Cookie": desk.cookies[CHAIR], "Origin": desk.server.base}
    with handshake(desk.server.port, f"/m/m/{CHAIR}/live", headers) as line:
        line.say({"hello": 1})
        return list(line.hear("hello")["view"]["conclusions"])
